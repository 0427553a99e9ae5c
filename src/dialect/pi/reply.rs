//! What the model says while it answers: the events inside `message_update`.

use super::{
    decode::{Frame, Key},
    message,
};
use crate::{
    delta::{DeltaKind, Field, id},
    dialect::{Body, Fact, agent},
    event::{Event, Executor, Ids, Lane, Previous, RemotePhase, Str, TextDone, TextStatus},
    id::Id,
    json::Value,
};
use alloc::{borrow::Cow, boxed::Box, vec, vec::Vec};

/// The keys of an event, each the index of its slot.
const KEYS: [&str; 10] = [
    "type",
    "contentIndex",
    "delta",
    "content",
    "id",
    "toolName",
    "toolCall",
    "partial",
    "message",
    "error",
];

/// An event inside its frame.
struct Update<'t, 'f> {
    index: Option<u32>,
    content: Value<'t, 'f>,
    id: Value<'t, 'f>,
    name: Value<'t, 'f>,
    call: Value<'t, 'f>,
    partial: Value<'t, 'f>,
}

pub(super) fn update<'f>(frame: &Frame<'f>) -> Body<'f> {
    const FIELD: &str = "assistantMessageEvent";
    let inner = match frame.inner(Key::AssistantMessageEvent as usize, FIELD, KEYS) {
        Ok(inner) => inner,
        Err(fault) => return Body::Facts(vec![frame.malformed(fault)]),
    };
    let [
        kind,
        index,
        delta,
        content,
        id,
        name,
        call,
        partial,
        whole,
        error,
    ] = inner;
    let delta = |kind| {
        frame.delta_of(kind, delta.slot(), |delta| {
            delta.slots.set(Field::ContentIndex, index.slot());
        })
    };
    let update = Update {
        index: index.u32(),
        content,
        id,
        name,
        call,
        partial,
    };
    Body::Facts(match kind.str().as_deref() {
        Some("text_delta") => return delta(DeltaKind::Text(Lane::Display)),
        Some("thinking_delta") => return delta(DeltaKind::Text(Lane::Thought)),
        Some("toolcall_delta") => return delta(DeltaKind::RemoteArguments(Executor::Agent)),
        Some("text_end") => vec![text(&update, Lane::Display)],
        Some("thinking_end") => vec![text(&update, Lane::Thought)],
        Some("toolcall_start") => vec![call_started(&update)],
        Some("toolcall_end") => vec![call_whole(&update)],
        Some("done") => stopped(whole),
        Some("error") => stopped(error),
        // The message has begun, or the first delta begins the part.
        Some("start" | "text_start" | "thinking_start") => vec![Fact::Redundant],
        _ => vec![frame.unknown(kind)],
    })
}

fn ids<'f>(update: &Update<'_, 'f>) -> Ids<'f> {
    Ids {
        content_index: update.index,
        ..Ids::default()
    }
}

fn text<'f>(update: &Update<'_, 'f>, lane: Lane) -> Fact<'f> {
    Fact::Event(Event::TextDone(Box::new(TextDone {
        ids: ids(update),
        lane,
        text: update.content.str().unwrap_or_default(),
        suffix: Cow::Borrowed(""),
        previous: Previous::Unknown,
        status: TextStatus::Final,
    })))
}

/// Older versions name the call only in the message so far.
fn call_started<'f>(update: &Update<'_, 'f>) -> Fact<'f> {
    let so_far = || {
        let at = update.index.and_then(|index| usize::try_from(index).ok());
        let parts = update.partial.field("content").elements();
        at.and_then(|at| parts.get(at).copied()).unwrap_or_default()
    };
    let (call, name): (Option<Id<'f>>, Option<Str<'f>>) = if update.id.is_some() {
        (id(update.id), update.name.str())
    } else {
        let [call, name] = so_far().fields(["id", "name"]);
        (id(call), name.str())
    };
    agent::tool(call, name, RemotePhase::Started, ids(update))
}

fn call_whole<'f>(update: &Update<'_, 'f>) -> Fact<'f> {
    let [call, name, arguments] = update.call.fields(["id", "name", "arguments"]);
    let text = arguments.raw().unwrap_or_default();
    let phase = RemotePhase::Arguments { text };
    agent::tool(id(call), name.str(), phase, ids(update))
}

/// The message so far says how it ended; its own end follows.
fn stopped<'f>(message: Value<'_, 'f>) -> Vec<Fact<'f>> {
    let outcome = message::outcome(message);
    vec![outcome.map_or(Fact::Redundant, Fact::Stopped)]
}
