//! Frames of the agent. One message is one arm, or one small function.

use super::reply;
use crate::{
    delta::id,
    dialect::{Body, Decoded, Detection, Fact, ReplyOver, SessionFact, agent},
    event::{
        AgentEvent, Class, Event, Fault, Notice, Outcome, Ready, Retry, Scope, ServerError,
        Severity, Source, Str,
    },
    id::Id,
    json::{self, Value},
    usage::{Tokens, Usage},
};
use alloc::{borrow::Cow, boxed::Box, vec, vec::Vec};

/// The version that is spoken here.
const VERSION: &str = "1";

pub(super) type Frame<'f> = agent::Frame<'f, 15>;

/// The top-level keys that are read: of a response, its body stands among them.
#[derive(Clone, Copy)]
pub(super) enum Key {
    Type,
    Event,
    Id,
    Command,
    Ok,
    Cancelled,
    Error,
    Message,
    Usage,
    SessionId,
    Model,
    ProtocolVersion,
    Payload,
    SubagentId,
    AgentName,
}

const KEYS: [&str; 15] = [
    "type",
    "event",
    "id",
    "command",
    "ok",
    "cancelled",
    "error",
    "message",
    "usage",
    "session_id",
    "model",
    "protocol_version",
    "payload",
    "subagent_id",
    "agent_name",
];

/// Decodes one line of the agent.
pub(crate) fn decode(text: &str, nesting: usize) -> Result<Decoded<'_>, json::Fault> {
    let frame = Frame::new(text, nesting, KEYS)?;
    Ok(frame.decoded(message))
}

fn message<'f>(frame: &Frame<'f>, kind: &str) -> Body<'f> {
    Body::Facts(match kind {
        "message_update" => return reply::update(frame),
        "ready" => ready(frame),
        "agent_end" => usage(frame),
        "response" => response(frame),
        "error" => vec![Fact::Event(error(frame))],
        "subagent_start" | "subagent_update" | "subagent_done" => subagent(frame, kind),
        "event" => vec![Fact::Event(notice(frame))],
        _ => vec![frame.unknown(frame.value(Key::Type as usize))],
    })
}

fn text<'f>(frame: &Frame<'f>, key: Key) -> Option<Str<'f>> {
    frame.value(key as usize).text()
}

fn named<'f>(frame: &Frame<'f>, key: Key) -> Option<Id<'f>> {
    id(frame.value(key as usize))
}

/// Another version than the one that is spoken here may still be understood.
fn ready<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let version = text(frame, Key::ProtocolVersion);
    let foreign = version.as_ref().is_some_and(|version| version != VERSION);
    let model = text(frame, Key::Model);
    let mut facts = vec![
        Fact::Session(Box::new(SessionFact {
            created: true,
            ready: Ready {
                session_id: named(frame, Key::SessionId),
                model: model.clone(),
                protocol_version: version,
                raw: Cow::Borrowed(frame.text),
                ..Ready::default()
            },
            settings: None,
            detection: Detection::default(),
        })),
        agent::in_effect(model, None),
    ];
    if foreign {
        facts.push(Fact::Event(Event::Notice(Box::new(Notice {
            severity: Severity::Warning,
            source: Source::Session,
            code: Some(Cow::Borrowed("protocol_version")),
            message: Cow::Borrowed("the agent speaks another version of the protocol"),
            raw: Cow::Borrowed(frame.text),
        }))));
    }
    facts
}

/// What the prompt consumed; its end comes apart.
fn usage<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let [input, output, read, written, model] = frame.value(Key::Usage as usize).fields([
        "input_tokens",
        "output_tokens",
        "cache_read_input_tokens",
        "cache_creation_input_tokens",
        "model",
    ]);
    let count = |value: Value<'_, '_>| value.u64().unwrap_or_default();
    let (read, written) = (count(read), count(written));
    let input = agent::sum([count(input), read, written]);
    let output = count(output);
    let total = |total| Tokens {
        total,
        ..Tokens::default()
    };
    vec![Fact::ReplyUsage(Box::new(Usage {
        input: total(input),
        output: total(output),
        total_tokens: input.saturating_add(output),
        cached: total(read),
        cache_write: total(written),
        model: model.str().map(Cow::into_owned),
        ..Usage::default()
    }))]
}

fn response<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let command = text(frame, Key::Command);
    let ok = frame.value(Key::Ok as usize).bool() != Some(false);
    let answer = Fact::Answer(agent::answer(named(frame, Key::Id), fault(frame, ok)));
    match command.as_deref() {
        Some("prompt" | "follow_up") => vec![Fact::ReplyOver(Box::new(over(frame, ok)))],
        Some("abort") => vec![answer],
        Some("set_model") if ok => vec![
            agent::updated(frame.text),
            agent::in_effect(text(frame, Key::Model), None),
            answer,
        ],
        Some("new_session") if ok => vec![Fact::Emptied, agent::updated(frame.text), answer],
        _ => vec![agent::responded(command, ok, frame.text), answer],
    }
}

fn fault<'f>(frame: &Frame<'f>, ok: bool) -> Option<Fault<'f>> {
    (!ok).then(|| Fault {
        message: text(frame, Key::Error),
        ..Fault::default()
    })
}

/// The end of a turn: the only word that it is over.
fn over<'f>(frame: &Frame<'f>, ok: bool) -> ReplyOver<'f> {
    let cancelled = frame.value(Key::Cancelled as usize).bool() == Some(true);
    let outcome = match fault(frame, ok) {
        Some(fault) => Outcome::Failed(fault),
        None if cancelled => agent::aborted(),
        None => agent::completed(),
    };
    ReplyOver {
        command: named(frame, Key::Id),
        outcome: Some(outcome),
        raw: Cow::Borrowed(frame.text),
    }
}

fn error<'f>(frame: &Frame<'f>) -> Event<'f> {
    Event::Error(Box::new(ServerError {
        class: Class::Unknown,
        scope: Scope::Session,
        code: None,
        kind: None,
        message: text(frame, Key::Message),
        param: None,
        client_event_id: named(frame, Key::Id),
        session_usable: true,
        retry: Retry::Never,
        raw: Cow::Borrowed(frame.text),
    }))
}

fn subagent<'f>(frame: &Frame<'f>, kind: &str) -> Vec<Fact<'f>> {
    let id = named(frame, Key::SubagentId);
    let raw = Cow::Borrowed(frame.text);
    vec![agent::event(match kind {
        "subagent_start" => AgentEvent::SubagentStarted {
            id,
            name: text(frame, Key::AgentName),
            raw,
        },
        "subagent_update" => AgentEvent::SubagentUpdated { id, raw },
        _ => AgentEvent::SubagentDone { id, ok: true, raw },
    })]
}

/// Something that happened outside of the conversation.
fn notice<'f>(frame: &Frame<'f>) -> Event<'f> {
    let [source, severity, said, formatted] =
        frame
            .value(Key::Payload as usize)
            .fields(["source", "severity", "text", "formatted"]);
    Event::Notice(Box::new(Notice {
        severity: match severity.str().as_deref() {
            Some("error" | "high" | "critical") => Severity::Error,
            Some("warning" | "warn" | "medium") => Severity::Warning,
            _ => Severity::Info,
        },
        source: Source::Agent,
        code: source.str(),
        message: said.str().or_else(|| formatted.str()).unwrap_or_default(),
        raw: Cow::Borrowed(frame.text),
    }))
}
