//! The points of the recordings of Azure Voice Live.

use crate::common::run;
use core::time::Duration;
use realtime_proto::{AgentEvent, Event, RemotePhase, Severity};

#[test]
fn an_avatar_speaks_words_that_have_their_times() {
    let run = run("azure-voice-live/avatar_turn");
    let notices = run.all(|event| match event {
        Event::Notice(notice) => notice.code.as_ref().map(ToString::to_string),
        _ => None,
    });
    let timed = run.all(|event| match event {
        Event::Timed(timed) => timed.at.map(|at| at.as_millis()),
        _ => None,
    });
    let video = run.names(&["video_delta"]).len();
    let wanted = [
        "avatar_connecting",
        "avatar_idle",
        "avatar_speaking",
        "avatar_idle",
    ];
    assert_eq!(
        (notices, timed, video),
        (
            wanted.map(String::from).to_vec(),
            vec![50, 50, 240, 240, 520, 520],
            3
        )
    );
}

#[test]
fn an_answered_call_is_continued_once() {
    let run = run("azure-voice-live/tool_call");
    let calls = run.summary.calls;
    let calls = [calls.delivered, calls.answered, calls.cancelled];
    assert_eq!(
        (calls, run.outcomes(), run.summary.commands.accepted),
        ([1, 1, 0], [2, 0, 0, 0, 0], 3)
    );
}

#[test]
fn what_the_server_truncates_nobody_else_does() {
    let run = run("azure-voice-live/barge_in_auto_truncate");
    let truncated = run.all(|event| match event {
        Event::Truncated(truncated) => Some((truncated.confirmed, truncated.heard)),
        _ => None,
    });
    let order = run.names(&["interrupted", "flush_playback"]);
    assert_eq!(
        (truncated, order, run.summary.transmits, run.outcomes()),
        (
            vec![(true, Duration::from_millis(150))],
            vec!["interrupted", "flush_playback"],
            0,
            [1, 1, 0, 0, 0]
        )
    );
}

#[test]
fn a_search_of_the_provider_runs_and_has_a_result() {
    let run = run("azure-voice-live/web_search");
    let phases = run.all(|event| match event {
        Event::RemoteTool(tool) => Some(match &tool.phase {
            RemotePhase::Running => "running",
            RemotePhase::Result { .. } => "result",
            _ => "other",
        }),
        Event::Notice(notice) if notice.severity == Severity::Warning => Some("warning"),
        Event::Timed(_) => Some("citation"),
        _ => None,
    });
    assert_eq!(
        phases,
        ["warning", "running", "running", "result", "citation"]
    );
}

#[test]
fn an_agent_greets_unasked_and_consults_another() {
    let run = run("azure-voice-live/foundry_agent");
    let agents = run.all(|event| match event {
        Event::Agent(agent) => Some(match &**agent {
            AgentEvent::SubagentStarted { .. } => "started",
            AgentEvent::SubagentDone { ok: true, .. } => "done",
            _ => "other",
        }),
        Event::Ready(ready) => ready.expires_at.map(|_| "expires"),
        _ => None,
    });
    assert_eq!(
        (agents, run.outcomes()),
        (vec!["expires", "started", "other", "done"], [2, 0, 0, 0, 0])
    );
}
