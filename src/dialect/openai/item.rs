//! Conversation items, wherever the wire carries them.

use super::{
    decode::{Frame, missing, one},
    names::Key,
};
use crate::{
    delta::id,
    dialect::Fact,
    event::{
        Content, Event, FrameFault, Ids, Item, ItemDeleted, ItemKind, Origin, Previous, Role,
        Status, Str, Truncated, Validity,
    },
    json::{Fault, Kind, Value, object},
};
use alloc::{boxed::Box, vec, vec::Vec};

pub(super) fn message<'f>(frame: &Frame<'f>, kind: &str) -> Option<Vec<Fact<'f>>> {
    Some(match kind {
        "conversation.item.added" => added(frame, Origin::Conversation),
        "conversation.item.created" => told_once(frame, Origin::Conversation, is_whole),
        "conversation.item.done" => done(frame, Origin::Conversation),
        "response.output_item.added" => added(frame, Origin::Response),
        "response.output_item.done" => done(frame, Origin::Response),
        "conversation.item.retrieved" => match here(frame, Origin::Conversation) {
            Ok(item) => one(Event::ItemRetrieved(item)),
            Err(fault) => vec![frame.malformed(fault)],
        },
        "conversation.item.truncated" => one(truncated(frame)),
        "conversation.item.deleted" => one(Event::ItemDeleted(ItemDeleted {
            item_id: frame.id(Key::ItemId),
        })),
        _ => return None,
    })
}

fn added<'f>(frame: &Frame<'f>, origin: Origin) -> Vec<Fact<'f>> {
    match here(frame, origin) {
        Ok(item) => one(Event::ItemAdded(item)),
        Err(fault) => vec![frame.malformed(fault)],
    }
}

fn done<'f>(frame: &Frame<'f>, origin: Origin) -> Vec<Fact<'f>> {
    match here(frame, origin) {
        Ok(item) => one(Event::ItemDone(item)),
        Err(fault) => vec![frame.malformed(fault)],
    }
}

/// An item that may be told of only here: where it `is_done`, it has been added and is done.
pub(in crate::dialect) fn told_once<'f>(
    frame: &Frame<'f>,
    origin: Origin,
    is_done: fn(&Item<'_>) -> bool,
) -> Vec<Fact<'f>> {
    let mut facts = added(frame, origin);
    let finished_item = match facts.first() {
        Some(Fact::Event(Event::ItemAdded(item))) => is_done(item).then(|| item.clone()),
        _ => None,
    };
    facts.extend(finished_item.map(|item| Fact::Event(Event::ItemDone(item))));
    facts
}

/// What is not in progress has been added and is done.
pub(in crate::dialect) fn is_whole(item: &Item<'_>) -> bool {
    item.status.as_ref() != Some(&Status::InProgress)
}

fn here<'f>(frame: &Frame<'f>, origin: Origin) -> Result<Box<Item<'f>>, FrameFault> {
    let value = frame.value(Key::Item);
    if value.kind != Kind::Object {
        return Err(missing(value, "item"));
    }
    Ok(Box::new(item(value, frame.ids(), frame.previous(), origin)))
}

pub(super) fn item<'f>(
    value: Value<'_, 'f>,
    mut ids: Ids<'f>,
    previous: Previous<'f>,
    origin: Origin,
) -> Item<'f> {
    let [own_id, kind, role, status, call_id, name, inside @ ..] = value.fields([
        "id",
        "type",
        "role",
        "status",
        "call_id",
        "name",
        "content",
        "arguments",
        "output",
        "error",
        "tools",
        "server_label",
        "approval_request_id",
        "approve",
        "reason",
    ]);
    ids.item_id = id(own_id).or(ids.item_id);
    Item {
        ids,
        previous,
        kind: item_kind(kind, role),
        role: role.str().map(|role| role_of(&role)),
        status: status.str().map(|status| status_of(&status)),
        origin,
        call_id: id(call_id),
        name: name.str(),
        content: content(inside),
        raw: value.raw().unwrap_or_default(),
    }
}

/// The type names of items; a message is often known by its role alone.
fn item_kind(kind: Value<'_, '_>, role: Value<'_, '_>) -> ItemKind {
    match kind.str().as_deref() {
        Some("message" | "force_message") => ItemKind::Message,
        Some("function_call") => ItemKind::FunctionCall,
        Some("function_call_output") => ItemKind::FunctionCallOutput,
        Some("mcp_list_tools") => ItemKind::McpListTools,
        Some("mcp_call" | "mcp_tool_call") => ItemKind::McpCall,
        Some("mcp_approval_request") => ItemKind::McpApprovalRequest,
        Some("mcp_approval_response") => ItemKind::McpApprovalResponse,
        Some(other) => ItemKind::Other(other.into()),
        None if role.is_some() => ItemKind::Message,
        None => ItemKind::Other("".into()),
    }
}

fn role_of(role: &str) -> Role {
    match role {
        "user" => Role::User,
        "assistant" => Role::Assistant,
        "system" => Role::System,
        "developer" => Role::Developer,
        other => Role::Other(other.into()),
    }
}

fn status_of(status: &str) -> Status {
    match status {
        "in_progress" => Status::InProgress,
        "completed" => Status::Completed,
        "incomplete" => Status::Incomplete,
        other => Status::Other(other.into()),
    }
}

/// The parts of a message, and what calls and their answers hold instead of parts.
fn content<'f>(
    [
        parts,
        arguments,
        output,
        fault,
        tools,
        server_label,
        approval_id,
        approve,
        reason,
    ]: [Value<'_, 'f>; 9],
) -> Vec<Content<'f>> {
    let mut content = parts.map(part);
    content.extend(arguments.raw().map(arguments_part));
    content.extend(output.raw().map(|text| Content::Output { text }));
    content.extend(fault.raw().map(|raw| Content::Fault { raw }));
    content.extend(tools.raw().map(|raw| Content::Tools { raw }));
    content.extend(server_label.str().map(|label| Content::Server { label }));
    if approve.is_some() || approval_id.is_some() {
        content.push(Content::Approval {
            approval_id: id(approval_id),
            approve: approve.bool(),
            reason: reason.str(),
        });
    }
    content
}

fn arguments_part(text: Str<'_>) -> Content<'_> {
    Content::Arguments {
        validity: validity(&text),
        text,
    }
}

/// Whether the arguments of a call are what a function can take.
pub(crate) fn validity(arguments: &str) -> Validity {
    match object(arguments) {
        Ok(()) => Validity::Object,
        Err(Fault::NotAnObject) => Validity::NotObject,
        Err(_) if arguments.trim().is_empty() => Validity::Empty,
        Err(_) => Validity::Malformed,
    }
}

/// A content part; the beta's `text` and `audio` are the GA's `output_text` and `output_audio`.
pub(super) fn part<'f>(value: Value<'_, 'f>) -> Content<'f> {
    let [kind, text, transcript, audio, format, url, detail] = value.fields([
        "type",
        "text",
        "transcript",
        "audio",
        "format",
        "image_url",
        "detail",
    ]);
    match kind.str().as_deref() {
        Some("input_text" | "output_text" | "text") => Content::Text {
            text: text.str().unwrap_or_default(),
        },
        Some("input_audio" | "output_audio" | "audio" | "transcript") => Content::Audio {
            transcript: transcript.str().or_else(|| text.str()),
            audio: audio.str(),
            format: format.raw(),
        },
        Some("input_image") => Content::Image {
            url: url.raw(),
            detail: detail.str(),
        },
        _ => Content::Other {
            kind: kind.str(),
            raw: value.raw().unwrap_or_default(),
        },
    }
}

/// `audio_end_ms` is what was heard, by the server's own account; some tell what is left as text.
fn truncated<'f>(frame: &Frame<'f>) -> Event<'f> {
    Event::Truncated(Box::new(Truncated {
        ids: frame.ids(),
        heard: frame.value(Key::AudioEndMs).millis().unwrap_or_default(),
        received: None,
        heard_text: frame.value(Key::Transcript).str(),
        confirmed: true,
    }))
}
