//! How the tests of the machines draw what comes of every trigger in every state.

use super::{Action, Out};
use crate::event::{Event, Outcome, RemotePhase, Settlement};
use alloc::{
    collections::VecDeque,
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt::{Debug, Write as _};

/// What a trigger leads to: the state after it, and what is told.
pub(super) struct Step<S> {
    pub(super) after: S,
    pub(super) told: Vec<String>,
}

/// Draws all states with all triggers. What changes nothing and tells nothing is named last.
pub(super) fn chart<S: Copy + Debug + PartialEq, T: Copy + Debug>(
    states: &[S],
    triggers: &[T],
    step: impl Fn(S, T) -> Step<S>,
) -> String {
    let mut chart = String::new();
    for &state in states {
        writeln!(chart, "{state:?}").unwrap();
        let mut nothing = Vec::new();
        for &trigger in triggers {
            let Step { after, told } = step(state, trigger);
            if after == state && told.is_empty() {
                nothing.push(format!("{trigger:?}"));
                continue;
            }
            let trigger = format!("{trigger:?}");
            let line = format!(
                "{trigger:<20} {:<12} {}",
                format!("{after:?}"),
                told.join(", ")
            );
            writeln!(chart, "    {}", line.trim_end()).unwrap();
        }
        if !nothing.is_empty() {
            writeln!(chart, "    nothing: {}", nothing.join(", ")).unwrap();
        }
    }
    chart
}

pub(super) fn out<'f>() -> Out<'f> {
    Out::after(VecDeque::new())
}

/// The names of what was told.
pub(super) fn told(out: Out<'_>) -> Vec<String> {
    let events = out.finish();
    events
        .iter()
        .map(|event| event.name().to_string())
        .collect()
}

/// What was told, with what the machines decide of it, and then what is to be sent.
pub(super) fn told_and_sent(mut out: Out<'_>) -> Vec<String> {
    let actions = out.take_actions();
    let events = out.finish();
    let told = events.iter().map(shown);
    told.chain(actions.iter().map(sent)).collect()
}

fn shown(event: &Event<'_>) -> String {
    match event {
        Event::ResponseFinished(finished) => match &finished.outcome {
            Outcome::Failed(_) => String::from("ended Failed"),
            outcome => format!("ended {outcome:?}"),
        },
        Event::RemoteTool(tool) => format!("remote {}", phase(&tool.phase)),
        Event::Interrupted(cut) => format!("interrupted, heard {:?}", cut.heard),
        Event::FlushPlayback(flush) => format!("flush {}", flush.epoch.0),
        Event::Truncated(cut) => format!("truncated {:?}", cut.heard),
        Event::CommandSettled(settled) => match &settled.outcome {
            Settlement::Rejected(_) => String::from("settled Rejected"),
            outcome => format!("settled {outcome:?}"),
        },
        other => String::from(other.name()),
    }
}

fn phase(phase: &RemotePhase<'_>) -> &'static str {
    match phase {
        RemotePhase::Started => "started",
        RemotePhase::Arguments { .. } => "arguments",
        RemotePhase::Running => "running",
        RemotePhase::Result { partial: true, .. } => "partial",
        RemotePhase::Result { .. } => "result",
        RemotePhase::Failed => "failed",
    }
}

fn sent(action: &Action) -> String {
    match action {
        Action::Create(_) => String::from("> create"),
        Action::Continue => String::from("> continue"),
        Action::Cancel { response_id, .. } => {
            format!(
                "> cancel {}",
                response_id.as_deref().unwrap_or("the active one")
            )
        }
        Action::Truncate { item, heard, .. } => format!("> truncate {item} {heard:?}"),
        Action::Delete { item } => format!("> delete {item}"),
        Action::ClearOutput => String::from("> clear output"),
        Action::End => String::from("> end"),
        Action::Pong(timestamp) => format!("> pong {timestamp}"),
    }
}

/// The lines of a literal chart, without what only indents it in the source.
#[track_caller]
pub(super) fn assert_chart(chart: &str, wanted: &str) {
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim_end);
        lines
            .filter(|line| !line.is_empty())
            .map(String::from)
            .collect()
    };
    assert!(
        lines(chart) == lines(wanted),
        "is:\n{chart}\nwanted:\n{wanted}"
    );
}
