//! The life of a response, its parts and its calls.

use super::{
    compatible,
    decode::{Frame, missing, one},
    item::{self, validity},
    names::Key,
    report::{fault, usage},
};
use crate::{
    config::Dialect,
    delta::id,
    dialect::Fact,
    event::{
        AudioDone, By, Completion, Content, ConversationRef, Epoch, Event, Executor, FrameFault,
        Ids, Incompletion, Initiator, Lane, Origin, Outcome, Previous, RemotePhase, RemoteTool,
        ResponseFinished, ResponseStarted, Str, TextDone, TextStatus, ToolCall,
    },
    id::Id,
    json::{Kind, Value},
};
use alloc::{borrow::Cow, boxed::Box, string::String, vec, vec::Vec};

pub(super) fn message<'f>(frame: &Frame<'f>, kind: &str) -> Option<Vec<Fact<'f>>> {
    Some(match kind {
        "response.created" => created(frame),
        "response.done" => done(frame),
        "response.cancelled" | "response.canceled" => cancelled(frame),
        "response.content_part.added" => vec![part_added(frame)],
        "response.content_part.done" => part_done(frame),
        "response.output_text.done" | "response.text.done" => {
            vec![text_done(frame, Lane::Display, Key::Text, "text")]
        }
        "response.output_audio_transcript.done" | "response.audio_transcript.done" => {
            vec![text_done(
                frame,
                Lane::Spoken,
                Key::Transcript,
                "transcript",
            )]
        }
        "response.output_audio.done" | "response.audio.done" => audio_done(frame),
        "response.function_call_arguments.done" => vec![arguments_done(frame)],
        "response.mcp_call_arguments.done" => {
            let text = frame.value(Key::Arguments).raw().unwrap_or_default();
            one(remote_call(frame, RemotePhase::Arguments { text }))
        }
        "response.mcp_call.in_progress" => one(remote_call(frame, RemotePhase::Running)),
        "mcp_list_tools.in_progress" => one(listing(frame, RemotePhase::Running)),
        // Their output, or what failed, is told by the item.
        "response.mcp_call.completed" | "response.mcp_call.failed" => vec![Fact::Redundant],
        "mcp_list_tools.completed" => one(listing(
            frame,
            RemotePhase::Result {
                output: Cow::Borrowed(""),
                is_error: false,
                partial: false,
            },
        )),
        "mcp_list_tools.failed" => one(listing(frame, RemotePhase::Failed)),
        _ => return None,
    })
}

/// What `response.created` and `response.done` carry.
struct Response<'t, 'f> {
    value: Value<'t, 'f>,
    ids: Ids<'f>,
    status: Value<'t, 'f>,
    details: Value<'t, 'f>,
    output: Value<'t, 'f>,
    conversation: Value<'t, 'f>,
    metadata: Value<'t, 'f>,
    usage: Value<'t, 'f>,
}

fn response<'t, 'f>(frame: &'t Frame<'f>) -> Response<'t, 'f> {
    let value = frame.value(Key::Response);
    let [
        own_id,
        status,
        details,
        output,
        conversation,
        metadata,
        usage,
    ] = value.fields([
        "id",
        "status",
        "status_details",
        "output",
        "conversation_id",
        "metadata",
        "usage",
    ]);
    let mut ids = frame.ids();
    ids.response_id = id(own_id).or(ids.response_id);
    // Some servers tell it beside the response, and leave an empty object inside.
    let beside = frame.value(Key::Usage);
    let says_nothing = beside.is_some() && usage.members().is_empty();
    Response {
        value,
        ids,
        status,
        details,
        output,
        conversation,
        metadata,
        usage: if says_nothing { beside } else { usage },
    }
}

fn created<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let response = response(frame);
    let mut facts = one(started(&response));
    if response.value.kind != Kind::Object {
        facts.insert(0, frame.malformed(missing(response.value, "response")));
    }
    facts
}

fn started<'f>(response: &Response<'_, 'f>) -> Event<'f> {
    Event::ResponseStarted(Box::new(ResponseStarted {
        ids: response.ids.clone(),
        conversation: conversation(response.conversation),
        initiator: Initiator::Server,
        metadata: metadata(response.metadata),
    }))
}

/// `null` is out of band; absent says nothing.
fn conversation<'f>(value: Value<'_, 'f>) -> ConversationRef<'f> {
    if value.is_null() {
        return ConversationRef::OutOfBand;
    }
    id(value).map_or(ConversationRef::Default, ConversationRef::Id)
}

fn metadata<'f>(value: Value<'_, 'f>) -> Vec<(Str<'f>, Str<'f>)> {
    let members = value.members().into_iter();
    members
        .filter_map(|(key, value)| Some((key, value.raw()?)))
        .collect()
}

/// The end comes even if the rest of the message is damaged: it is the only one there will be.
///
/// Servers of the beta's shape may say nothing but that it came, or send the start under this name.
fn done<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let response = response(frame);
    let beta = frame.dialect == Dialect::OpenAiBeta;
    if beta && response.status.str().as_deref() == Some("in_progress") {
        return in_progress(&response);
    }
    let bare = beta && !response.value.is_some();
    let outcome = if bare || response.value.kind == Kind::Object {
        outcome(response.status, response.details)
    } else {
        Outcome::Lost
    };
    let mut facts = Vec::new();
    if outcome == Outcome::Lost {
        facts.push(frame.malformed(missing(response.value, "response")));
    }
    if response.usage.is_some() && response.usage.kind != Kind::Object {
        facts.push(frame.malformed(FrameFault::Mistyped { field: "usage" }));
    }
    facts.extend(output(&response));
    facts.push(Fact::Event(ended(&response, outcome)));
    facts
}

/// The end of a response of which nothing more is told: it has completed.
pub(in crate::dialect) fn completed<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let outcome = Outcome::Completed(Completion::EndTurn);
    one(ended(&response(frame), outcome))
}

/// Only a name tells whether it has begun before.
fn in_progress<'f>(response: &Response<'_, 'f>) -> Vec<Fact<'f>> {
    if response.ids.response_id.is_some() {
        one(started(response))
    } else {
        vec![Fact::Redundant]
    }
}

/// Everything the response put out, as it stands at the end.
fn output<'f>(response: &Response<'_, 'f>) -> Vec<Fact<'f>> {
    let items = response
        .output
        .elements()
        .into_iter()
        .filter(|value| value.kind == Kind::Object);
    let facts = items.zip(0..).map(|(value, output_index)| {
        let ids = Ids {
            event_id: response.ids.event_id.clone(),
            response_id: response.ids.response_id.clone(),
            item_id: None,
            output_index: Some(output_index),
            content_index: None,
        };
        let item = item::item(value, ids, Previous::Unknown, Origin::Response);
        Fact::Event(Event::ItemDone(Box::new(item)))
    });
    facts.collect()
}

fn audio_done<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let mut facts = one(Event::AudioDone(AudioDone {
        ids: frame.ids(),
        epoch: Epoch::default(),
    }));
    if compatible::ends_response(frame) {
        let outcome = Outcome::Completed(Completion::EndTurn);
        facts.push(Fact::Event(ended(&response(frame), outcome)));
    }
    facts
}

fn ended<'f>(response: &Response<'_, 'f>, outcome: Outcome<'f>) -> Event<'f> {
    Event::ResponseFinished(Box::new(ResponseFinished {
        ids: response.ids.clone(),
        outcome,
        usage: usage(response.usage, false),
        had_audio: false,
        had_text: false,
        calls: 0,
        empty: false,
        metadata: metadata(response.metadata),
        raw: response.value.raw(),
    }))
}

/// The legacy end of a cancelled response; a `response.done` may still follow.
fn cancelled<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let response = response(frame);
    let reason = reason(response.details);
    one(ended(&response, Outcome::Cancelled(by(reason.as_deref()))))
}

/// `status_details` is an object, a string, `null` or absent; some servers say that it is nothing.
fn reason<'f>(details: Value<'_, 'f>) -> Option<Str<'f>> {
    let reason = details.str().or_else(|| details.field("reason").str());
    reason.filter(|reason| reason != "unimplemented")
}

fn outcome<'f>(status: Value<'_, 'f>, details: Value<'_, 'f>) -> Outcome<'f> {
    let reason = reason(details);
    match status.str().as_deref() {
        None | Some("completed") => Outcome::Completed(Completion::EndTurn),
        Some("cancelled" | "canceled") => Outcome::Cancelled(by(reason.as_deref())),
        Some("incomplete") => Outcome::Incomplete(incompletion(reason.as_deref())),
        Some(status @ "in_progress") => Outcome::Incomplete(incompletion(Some(status))),
        Some("failed") => {
            let mut fault = fault(details.field("error"));
            fault.message = fault.message.or_else(|| details.str());
            Outcome::Failed(fault)
        }
        Some(other) => Outcome::Completed(Completion::Other(other.into())),
    }
}

fn by(reason: Option<&str>) -> By {
    match reason {
        Some("turn_detected") => By::UserSpeech,
        Some("client_cancelled") => By::Client,
        other => By::Other(String::from(other.unwrap_or_default())),
    }
}

fn incompletion(reason: Option<&str>) -> Incompletion {
    match reason {
        Some("max_output_tokens" | "max_tokens") => Incompletion::MaxTokens,
        Some("content_filter") => Incompletion::ContentFilter,
        other => Incompletion::Other(String::from(other.unwrap_or_default())),
    }
}

fn text_done<'f>(frame: &Frame<'f>, lane: Lane, key: Key, field: &'static str) -> Fact<'f> {
    let text = frame.required(key, field).or_else(|fault| {
        // Some servers have it under the other's key.
        let other = [Key::Text, Key::Transcript].map(|key| frame.value(key).str());
        other.into_iter().flatten().next().ok_or(fault)
    });
    match text {
        Ok(text) => Fact::Event(text_event(frame, lane, text)),
        Err(fault) => frame.malformed(fault),
    }
}

fn text_event<'f>(frame: &Frame<'f>, lane: Lane, text: Str<'f>) -> Event<'f> {
    Event::TextDone(Box::new(TextDone {
        ids: frame.ids(),
        lane,
        text,
        suffix: Cow::Borrowed(""),
        previous: Previous::Unknown,
        status: TextStatus::Final,
    }))
}

fn part_added<'f>(frame: &Frame<'f>) -> Fact<'f> {
    let spoken = matches!(item::part(frame.value(Key::Part)), Content::Audio { .. });
    Fact::PartAdded(
        frame.ids(),
        if spoken { Lane::Spoken } else { Lane::Display },
    )
}

/// The end of a part tells its text once more.
fn part_done<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    match item::part(frame.value(Key::Part)) {
        Content::Text { text } => one(text_event(frame, Lane::Display, text)),
        Content::Audio {
            transcript: Some(text),
            ..
        } => one(text_event(frame, Lane::Spoken, text)),
        _ => vec![Fact::Redundant],
    }
}

/// Without a `call_id` the item names the call, or it is given a name: nobody could answer it
/// otherwise.
fn arguments_done<'f>(frame: &Frame<'f>) -> Fact<'f> {
    let named = frame.id(Key::CallId).or_else(|| frame.id(Key::ItemId));
    let Some(call_id) = named.or_else(|| compatible::call_name(frame)) else {
        return frame.malformed(missing(frame.value(Key::CallId), "call_id"));
    };
    let value = frame.value(Key::Arguments);
    let Some(arguments) = value.raw() else {
        return frame.malformed(missing(value, "arguments"));
    };
    Fact::Event(Event::ToolCall(Box::new(ToolCall {
        call_id,
        name: frame.value(Key::Name).str(),
        validity: validity(&arguments),
        arguments,
        ids: frame.ids(),
    })))
}

/// A call that the provider makes is named by its item.
fn remote_call<'f>(frame: &Frame<'f>, phase: RemotePhase<'f>) -> Event<'f> {
    let call_id = frame.id(Key::CallId).or_else(|| frame.id(Key::ItemId));
    remote(frame, call_id, phase)
}

/// The listing of tools is no call.
fn listing<'f>(frame: &Frame<'f>, phase: RemotePhase<'f>) -> Event<'f> {
    remote(frame, None, phase)
}

fn remote<'f>(frame: &Frame<'f>, call_id: Option<Id<'f>>, phase: RemotePhase<'f>) -> Event<'f> {
    Event::RemoteTool(Box::new(RemoteTool {
        call_id,
        name: frame.value(Key::Name).str(),
        executor: Executor::Provider,
        phase,
        ids: frame.ids(),
    }))
}
