//! What the server says beyond the family. One message is one arm.

use super::settings;
use crate::{
    config::Dialect,
    delta::id,
    dialect::{
        Body, Decoded, Fact,
        openai::{
            decode::{Frame, decode_with, one},
            names::Key,
            report,
        },
    },
    event::{AgentEvent, Event, Executor, RemotePhase, RemoteTool, Severity, Timed},
    json::Fault,
};
use alloc::{borrow::Cow, boxed::Box, vec, vec::Vec};

pub(crate) fn decode(text: &str, nesting: usize) -> Result<Decoded<'_>, Fault> {
    decode_with(text, Dialect::AzureVoiceLive, nesting, extra)
}

fn extra<'f>(frame: &Frame<'f>, kind: &str) -> Option<Body<'f>> {
    message(frame, kind).map(Body::Facts)
}

fn message<'f>(frame: &Frame<'f>, kind: &str) -> Option<Vec<Fact<'f>>> {
    Some(match kind {
        "session.created" => settings::session(frame, true),
        "session.updated" => settings::session(frame, false),
        "response.animation_viseme.delta"
        | "response.animation_blendshapes.delta"
        | "response.audio_timestamp.delta"
        | "response.audio_transcript.annotation.added" => one(timed(frame)),
        // Each of them has told all there is.
        "response.animation_viseme.done"
        | "response.animation_blendshapes.done"
        | "response.audio_timestamp.done" => vec![Fact::Redundant],
        "conversation.item.created"
        | "conversation.item.retrieved"
        | "response.output_item.added"
        | "response.output_item.done"
            if !frame.value(Key::Item).is_some() =>
        {
            // The item is optional; without it nothing is said.
            vec![Fact::Redundant]
        }
        "response.invocation.delta" => one(Event::Agent(Box::new(AgentEvent::Other {
            kind: frame.value(Key::Type).str(),
            raw: Cow::Borrowed(frame.text),
        }))),
        "rtc.call.error" => one(report::error(frame)),
        _ => {
            return search(frame, kind)
                .or_else(|| avatar(frame, kind))
                .or_else(|| agent(frame, kind));
        }
    })
}

fn timed<'f>(frame: &Frame<'f>) -> Event<'f> {
    let [at] = frame.others(["audio_offset_ms"]);
    Event::Timed(Box::new(Timed {
        ids: frame.ids(),
        kind: frame.value(Key::Type).str().unwrap_or_default(),
        at: at.millis(),
        raw: Cow::Borrowed(frame.text),
    }))
}

/// Searches that the provider makes; their results stand in their items.
fn search<'f>(frame: &Frame<'f>, kind: &str) -> Option<Vec<Fact<'f>>> {
    let (name, phase) = match kind {
        "response.web_search_call.in_progress" | "response.web_search_call.searching" => {
            ("web_search", RemotePhase::Running)
        }
        "response.file_search_call.in_progress" | "response.file_search_call.searching" => {
            ("file_search", RemotePhase::Running)
        }
        "response.web_search_call.completed" => ("web_search", found()),
        "response.file_search_call.completed" => ("file_search", found()),
        _ => return None,
    };
    Some(one(Event::RemoteTool(Box::new(RemoteTool {
        call_id: frame.id(Key::ItemId),
        name: Some(Cow::Borrowed(name)),
        executor: Executor::Provider,
        phase,
        ids: frame.ids(),
    }))))
}

fn found() -> RemotePhase<'static> {
    RemotePhase::Result {
        output: Cow::Borrowed(""),
        is_error: false,
        partial: false,
    }
}

/// An avatar's and a call's media pass elsewhere: how to connect them, and what the avatar does.
fn avatar<'f>(frame: &Frame<'f>, kind: &str) -> Option<Vec<Fact<'f>>> {
    let (code, told) = match kind {
        "session.avatar.connecting" => ("avatar_connecting", "server_sdp"),
        "session.avatar.switch_to_speaking" => ("avatar_speaking", "turn_id"),
        "session.avatar.switch_to_idle" => ("avatar_idle", "turn_id"),
        "rtc.call.sdp.created" => ("rtc_call_created", "sdp_answer"),
        _ => return None,
    };
    let [message] = frame.others([told]);
    let (code, message) = (Some(Cow::Borrowed(code)), message.str().unwrap_or_default());
    Some(one(report::notice(frame, Severity::Info, code, message)))
}

/// Agents that the voice agent consults.
fn agent<'f>(frame: &Frame<'f>, kind: &str) -> Option<Vec<Fact<'f>>> {
    let what = kind.strip_prefix("session.subagent.")?;
    let raw = Cow::Borrowed(frame.text);
    let [consultation, name] = frame.others(["consultation_id", "subagent_name"]);
    let (id, name) = (id(consultation), name.str());
    let event = match what {
        "started" => AgentEvent::SubagentStarted { id, name, raw },
        "completed" => AgentEvent::SubagentDone { id, ok: true, raw },
        "aborted" => AgentEvent::SubagentDone { id, ok: false, raw },
        _ => return None,
    };
    Some(one(Event::Agent(Box::new(event))))
}
