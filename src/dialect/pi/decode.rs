//! Frames of the agent: found fields, and which message says what. One message is one arm.

use super::{message, reply, report};
use crate::{
    delta::id,
    dialect::{Body, Decoded, Fact, ReplyOver, agent},
    event::{AgentEvent, Event, Ids, Outcome, RemotePhase, Str},
    json::{Fault, Value},
};
use alloc::{borrow::Cow, boxed::Box, string::String, vec, vec::Vec};

pub(super) type Frame<'f> = agent::Frame<'f, 21>;

/// The top-level keys that are read.
#[derive(Clone, Copy)]
pub(super) enum Key {
    Type,
    AssistantMessageEvent,
    Message,
    Id,
    Command,
    Success,
    Error,
    Data,
    Messages,
    WillRetry,
    Aborted,
    ToolCallId,
    ToolName,
    PartialResult,
    Result,
    IsError,
    Reason,
    ErrorMessage,
    FinalError,
    Level,
    Event,
}

const KEYS: [&str; 21] = [
    "type",
    "assistantMessageEvent",
    "message",
    "id",
    "command",
    "success",
    "error",
    "data",
    "messages",
    "willRetry",
    "aborted",
    "toolCallId",
    "toolName",
    "partialResult",
    "result",
    "isError",
    "reason",
    "errorMessage",
    "finalError",
    "level",
    "event",
];

/// Decodes one line of the agent.
pub(crate) fn decode(text: &str, nesting: usize) -> Result<Decoded<'_>, Fault> {
    let frame = Frame::new(text, nesting, KEYS)?;
    Ok(frame.decoded(message))
}

pub(super) fn at<'t, 'f>(frame: &'t Frame<'f>, key: Key) -> Value<'t, 'f> {
    frame.value(key as usize)
}

pub(super) fn text<'f>(frame: &Frame<'f>, key: Key) -> Option<Str<'f>> {
    at(frame, key).text()
}

fn message<'f>(frame: &Frame<'f>, kind: &str) -> Body<'f> {
    Body::Facts(match kind {
        "message_update" => return reply::update(frame),
        "message_start" => message::started(frame),
        "message_end" => message::ended(frame),
        // What they say, the messages and the tools around them say too.
        "agent_start" | "turn_start" | "turn_end" => vec![Fact::Redundant],
        "agent_end" => run_over(frame),
        "agent_settled" => vec![Fact::Settles, Fact::ReplyOver(Box::new(settled(frame)))],
        "tool_execution_start" => vec![tool(frame, RemotePhase::Running)],
        "tool_execution_update" => vec![tool(frame, result(frame, Key::PartialResult, true))],
        "tool_execution_end" => vec![tool(frame, result(frame, Key::Result, false))],
        "auto_retry_start" => vec![
            Fact::Event(Event::ResponseReset(Ids::default())),
            other(frame, kind),
        ],
        "queue_update"
        | "bash_execution_update"
        | "extension_ui_request"
        | "entry_appended"
        | "summarization_retry_scheduled"
        | "summarization_retry_attempt_start"
        | "summarization_retry_finished" => vec![other(frame, kind)],
        _ => report::message(frame, kind)
            .unwrap_or_else(|| vec![frame.unknown(at(frame, Key::Type))]),
    })
}

/// What is known to come from agents, and means nothing to a session.
fn other<'f>(frame: &Frame<'f>, kind: &str) -> Fact<'f> {
    agent::event(AgentEvent::Other {
        kind: Some(Cow::Owned(kind.into())),
        raw: Cow::Borrowed(frame.text),
    })
}

/// The end of a run, unless it is tried again.
fn run_over<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    if at(frame, Key::WillRetry).bool() == Some(true) {
        return vec![Fact::Redundant];
    }
    let messages = at(frame, Key::Messages).elements();
    let last = messages.into_iter().rev().find_map(message::outcome);
    vec![Fact::RunOver(Box::new(over(frame, last)))]
}

fn settled<'f>(frame: &Frame<'f>) -> ReplyOver<'f> {
    let aborted = at(frame, Key::Aborted).bool() == Some(true);
    over(frame, aborted.then(agent::aborted))
}

fn over<'f>(frame: &Frame<'f>, outcome: Option<Outcome<'f>>) -> ReplyOver<'f> {
    ReplyOver {
        command: None,
        outcome,
        raw: Cow::Borrowed(frame.text),
    }
}

fn tool<'f>(frame: &Frame<'f>, phase: RemotePhase<'f>) -> Fact<'f> {
    let call = id(at(frame, Key::ToolCallId));
    agent::tool(call, text(frame, Key::ToolName), phase, Ids::default())
}

/// Each partial result is all that there is so far.
fn result<'f>(frame: &Frame<'f>, key: Key, partial: bool) -> RemotePhase<'f> {
    let result = at(frame, key);
    RemotePhase::Result {
        output: said(result.field("content")).unwrap_or_else(|| result.raw().unwrap_or_default()),
        is_error: at(frame, Key::IsError).bool() == Some(true),
        partial,
    }
}

/// The texts of a content, one behind the other; a content may be one text.
pub(super) fn said<'f>(content: Value<'_, 'f>) -> Option<Str<'f>> {
    if let Some(text) = content.str() {
        return Some(text);
    }
    if content.kind != crate::json::Kind::Array {
        return None;
    }
    let mut texts = content
        .elements()
        .into_iter()
        .filter_map(|part| part.field("text").str());
    let first = texts.next().unwrap_or_default();
    Some(texts.fold(first, |all, text| Cow::Owned(String::from(all) + &text)))
}
