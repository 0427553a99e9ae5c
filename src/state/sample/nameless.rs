//! A server that leaves everything nameless, and what is told of what it says, in few words.

use crate::{
    capabilities::{Capabilities, Names, Resumes},
    config::Config,
    delta::{Delta, DeltaKind, Field},
    dialect::Fact,
    event::{
        Event, InterruptCause, Interrupted, Lane, Outcome, Resumption, Speech, SuppressedReason,
        TranscriptUpdate,
    },
    id::Id,
    state::{Out, State, chart::out, responses::Response},
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// All machines together, as such a server drives them.
pub(in crate::state) fn machines() -> State {
    let config = Config::sample();
    let capabilities = Capabilities {
        names: Names::Session,
        resumes: Resumes::Handle,
        activity: true,
        cancel: false,
        acknowledges: false,
        prompts: true,
        replaces_active: true,
        server_truncates: true,
        server_continues_after_tools: true,
        takes_back_calls: true,
        ..Capabilities::of(config.dialect)
    };
    State::new(&config, capabilities)
}

pub(in crate::state) fn observe(machines: &mut State, fact: Fact<'_>) -> Vec<String> {
    let mut out = out();
    machines.observe(fact, &mut out);
    words(out)
}

/// A delta that names nothing.
pub(in crate::state) fn adds(machines: &mut State, kind: DeltaKind, body: &str) -> Vec<String> {
    let (named, frame) = Delta::sample(kind, "", "", body);
    let delta = Delta::new(kind, named.slots.get(Field::Body));
    observe(machines, Fact::Delta(delta, &frame))
}

pub(in crate::state) fn audio(machines: &mut State) -> Vec<String> {
    adds(machines, DeltaKind::Audio, "AAAA")
}

/// The model says something aloud.
pub(in crate::state) fn spoken(machines: &mut State) -> Vec<String> {
    adds(machines, DeltaKind::Text(Lane::Spoken), "so")
}

/// The user was understood to say something.
pub(in crate::state) fn heard(machines: &mut State) -> Vec<String> {
    adds(machines, DeltaKind::InputTranscript, "hm")
}

pub(in crate::state) fn event(machines: &mut State, event: Event<'_>) -> Vec<String> {
    observe(machines, Fact::Event(event))
}

pub(in crate::state) fn ended(machines: &mut State, outcome: Outcome<'static>) -> Vec<String> {
    event(
        machines,
        Event::ResponseFinished(Response::ended_by_us(outcome)),
    )
}

pub(in crate::state) fn cut(machines: &mut State) -> Vec<String> {
    let cut = Interrupted {
        response_id: None,
        cause: InterruptCause::Server,
        heard: None,
    };
    event(machines, Event::Interrupted(cut))
}

pub(in crate::state) fn speech() -> Speech<'static> {
    Speech {
        item_id: None,
        at: None,
    }
}

pub(in crate::state) fn resumption(handle: Option<&str>, resumable: bool) -> Event<'_> {
    Event::Resumption(Resumption {
        handle: handle.map(Into::into),
        resumable,
        last_consumed: None,
    })
}

/// What is told, with its names in short, and why nothing is, where that is not a matter of course.
pub(in crate::state) fn words(out: Out<'_>) -> Vec<String> {
    let silence = match out.silence() {
        Some(SuppressedReason::Late) => Some(String::from("late")),
        Some(SuppressedReason::StaleEpoch) => Some(String::from("stale")),
        Some(SuppressedReason::Duplicate) => Some(String::from("told before")),
        _ => None,
    };
    let events = out.finish();
    let told = events.iter().map(|event| short(&word(event)));
    told.chain(silence).collect()
}

fn short(words: &str) -> String {
    let short = words.replace("local_response_", "r");
    short
        .replace("local_item_", "i")
        .replace("local_call_", "c")
}

fn word(event: &Event<'_>) -> String {
    match event {
        Event::UserTurnStarted(turn) => format!("turn {} began", id(turn.item_id.as_ref())),
        Event::UserTurnCommitted(turn) => {
            format!(
                "turn {} committed, {:?}",
                id(turn.item_id.as_ref()),
                turn.previous
            )
        }
        Event::InputTranscript(heard) => {
            format!(
                "heard {} {}",
                id(heard.item_id.as_ref()),
                update(&heard.update)
            )
        }
        Event::SpeechStarted(speech) => format!("speech {}", id(speech.item_id.as_ref())),
        Event::SpeechStopped(speech) => format!("speech {} over", id(speech.item_id.as_ref())),
        Event::Interrupted(cut) => format!("cut {}", id(cut.response_id.as_ref())),
        Event::Usage(report) => format!("usage of {:?}", report.scope),
        Event::Resumption(told) => {
            format!("handle {:?}", told.handle.as_deref())
        }
        Event::GoingAway(going) => format!("going in {:?}, {:?}", going.time_left, going.plan),
        other => of_reply(other),
    }
}

fn of_reply(event: &Event<'_>) -> String {
    match event {
        Event::ResponseStarted(started) => {
            format!("{} began", id(started.ids.response_id.as_ref()))
        }
        Event::ResponseFinished(finished) => {
            let usage = finished.usage.as_ref().map(|usage| usage.total_tokens);
            let usage = usage.map(|tokens| format!(" for {tokens}"));
            let usage = usage.unwrap_or_default();
            let reply = id(finished.ids.response_id.as_ref());
            format!("{reply} {:?}{usage}", finished.outcome)
        }
        Event::ItemAdded(item) => format!("{} began", id(item.ids.item_id.as_ref())),
        Event::ItemDone(item) => format!("{} done", id(item.ids.item_id.as_ref())),
        Event::AudioDelta(delta) => format!("audio {}", id(delta.ids.item_id.as_ref())),
        Event::AudioDone(done) => format!("audio {} done", id(done.ids.item_id.as_ref())),
        Event::TextDelta(delta) => {
            let index = delta.ids.content_index.unwrap_or_default();
            format!(
                "{:?} {}.{index}",
                delta.lane,
                id(delta.ids.item_id.as_ref())
            )
        }
        Event::TextDone(done) => {
            let index = done.ids.content_index.unwrap_or_default();
            let item = id(done.ids.item_id.as_ref());
            format!("{:?} {item}.{index} {:?}", done.lane, done.status)
        }
        Event::RemoteTool(tool) => {
            let (reply, call) = (id(tool.ids.response_id.as_ref()), id(tool.call_id.as_ref()));
            format!("remote {call} of {reply}")
        }
        Event::Timed(aside) => format!("aside of {}", id(aside.ids.response_id.as_ref())),
        Event::ToolCallStarted(call) => format!("{} began", id(call.call_id.as_ref())),
        Event::ToolArgumentsDelta(delta) => format!("piece of {}", id(delta.call_id.as_ref())),
        Event::ToolCall(call) => format!("{} {}", call.call_id.as_str(), call.arguments),
        other => other.name().to_string(),
    }
}

fn id<'i>(id: Option<&'i Id<'_>>) -> &'i str {
    id.map_or("-", Id::as_str)
}

fn update(update: &TranscriptUpdate<'_>) -> String {
    match update {
        TranscriptUpdate::Delta { .. } => String::from("more"),
        TranscriptUpdate::Snapshot { text } => format!("now {text:?}"),
        TranscriptUpdate::Final { text, .. } => format!("all {text:?}"),
        other => format!("{other:?}"),
    }
}
