//! Server frames: found fields, and which message says what. One message is one arm.

use super::{
    compatible, input, item,
    names::{KEYS, Key, index},
    report, response, session,
};
use crate::{
    config::Dialect,
    delta::{Delta, DeltaKind, Field, id},
    dialect::{Body, Decoded, Fact},
    event::{Event, Executor, FrameFault, Ids, Lane, Malformed, Previous, Str, Unknown},
    id::Id,
    json::{Fault, Fields, Kind, Slot, Value},
};
use alloc::{borrow::Cow, vec, vec::Vec};

/// One server frame with its wanted values found.
pub(in crate::dialect) struct Frame<'f> {
    pub(in crate::dialect) dialect: Dialect,
    pub(in crate::dialect) text: &'f str,
    fields: Fields<'f, KEYS>,
}

impl<'f> Frame<'f> {
    pub(in crate::dialect) fn value(&self, key: Key) -> Value<'_, 'f> {
        self.fields.value(key as usize)
    }

    /// The value of the frame that lies there.
    pub(super) fn at(&self, slot: Slot) -> Value<'_, 'f> {
        self.fields.at(slot)
    }

    pub(in crate::dialect) fn slot(&self, key: Key) -> Slot {
        self.fields.slot(key as usize)
    }

    pub(in crate::dialect) fn id(&self, key: Key) -> Option<Id<'f>> {
        id(self.value(key))
    }

    pub(in crate::dialect) fn ids(&self) -> Ids<'f> {
        Ids {
            event_id: self.id(Key::EventId),
            response_id: self.id(Key::ResponseId),
            item_id: self.id(Key::ItemId),
            output_index: self.value(Key::OutputIndex).u32(),
            content_index: self.value(Key::ContentIndex).u32(),
        }
    }

    /// `null` is first, absent says nothing.
    pub(in crate::dialect) fn previous(&self) -> Previous<'f> {
        let value = self.value(Key::PreviousItemId);
        if value.is_null() {
            return Previous::First;
        }
        id(value).map_or(Previous::Unknown, Previous::After)
    }

    pub(in crate::dialect) fn malformed(&self, fault: FrameFault) -> Fact<'f> {
        let kind = self.value(Key::Type).str();
        Fact::Event(Event::Malformed(Malformed {
            kind,
            fault,
            raw: Cow::Borrowed(self.text),
        }))
    }

    /// A text that the message is nothing without.
    pub(in crate::dialect) fn required(
        &self,
        key: Key,
        field: &'static str,
    ) -> Result<Str<'f>, FrameFault> {
        let value = self.value(key);
        value.str().ok_or_else(|| missing(value, field))
    }
}

pub(in crate::dialect) fn missing(value: Value<'_, '_>, field: &'static str) -> FrameFault {
    if value.is_some() {
        FrameFault::Mistyped { field }
    } else {
        FrameFault::Missing { field }
    }
}

/// Decodes one server frame.
pub(crate) fn decode(text: &str, dialect: Dialect, nesting: usize) -> Result<Decoded<'_>, Fault> {
    decode_with(text, dialect, nesting, |_, _| None)
}

/// Decodes one server frame of a dialect that says some things otherwise: `extra` is asked first,
/// with the name of the message.
pub(crate) fn decode_with<'f>(
    text: &'f str,
    dialect: Dialect,
    nesting: usize,
    extra: fn(&Frame<'f>, &str) -> Option<Body<'f>>,
) -> Result<Decoded<'f>, Fault> {
    let mut frame = Frame {
        dialect,
        text,
        fields: Fields::of(text),
    };
    frame.fields.scan(nesting, index)?;
    let body = match frame.value(Key::Type).str() {
        Some(kind) => extra(&frame, &kind).unwrap_or_else(|| message(&frame, &kind)),
        None => untyped(&frame),
    };
    Ok(Decoded {
        kind: frame.slot(Key::Type),
        event_id: frame.slot(Key::EventId),
        body,
    })
}

fn untyped<'f>(frame: &Frame<'f>) -> Body<'f> {
    let kind = frame.value(Key::Type);
    Body::Facts(vec![if kind.is_some() {
        frame.malformed(FrameFault::Mistyped { field: "type" })
    } else {
        unknown(frame)
    }])
}

fn unknown<'f>(frame: &Frame<'f>) -> Fact<'f> {
    let kind = frame.value(Key::Type).str();
    Fact::Event(Event::Unknown(Unknown {
        kind,
        raw: Cow::Borrowed(frame.text),
    }))
}

fn message<'f>(frame: &Frame<'f>, kind: &str) -> Body<'f> {
    if let Some(kind) = delta_kind(kind) {
        return delta(frame, kind);
    }
    let facts = response::message(frame, kind)
        .or_else(|| item::message(frame, kind))
        .or_else(|| input::message(frame, kind))
        .or_else(|| session::message(frame, kind))
        .or_else(|| report::message(frame, kind))
        .or_else(|| compatible::message(frame, kind));
    Body::Facts(facts.unwrap_or_else(|| vec![unknown(frame)]))
}

/// The messages that stream, each with one text in `delta`.
fn delta_kind(kind: &str) -> Option<DeltaKind> {
    Some(match kind {
        "response.output_audio.delta" | "response.audio.delta" => DeltaKind::Audio,
        "response.output_audio_transcript.delta" | "response.audio_transcript.delta" => {
            DeltaKind::Text(Lane::Spoken)
        }
        "response.output_text.delta" | "response.text.delta" => DeltaKind::Text(Lane::Display),
        "response.function_call_arguments.delta" => DeltaKind::Arguments,
        "response.mcp_call_arguments.delta" => DeltaKind::RemoteArguments(Executor::Provider),
        "conversation.item.input_audio_transcription.delta" | "transcription.delta" => {
            DeltaKind::InputTranscript
        }
        _ => return None,
    })
}

pub(in crate::dialect) fn delta<'f>(frame: &Frame<'f>, kind: DeltaKind) -> Body<'f> {
    let body = frame.slot(Key::Delta);
    // The protocol makes the text of an input transcript's delta optional; nothing is a delta too.
    let optional = kind == DeltaKind::InputTranscript && !body.of(frame.text).is_some();
    if body.kind != Kind::String {
        if let Some(body) = compatible::delta(frame, kind) {
            return body;
        }
        if !optional {
            return Body::Facts(vec![frame.malformed(missing(body.of(frame.text), "delta"))]);
        }
    }
    Body::Delta(delta_of(frame, kind, body))
}

pub(super) fn delta_of(frame: &Frame<'_>, kind: DeltaKind, body: Slot) -> Delta {
    let fields = [
        (Field::EventId, Key::EventId),
        (Field::Response, Key::ResponseId),
        (Field::Item, Key::ItemId),
        (Field::Call, Key::CallId),
        (Field::Cursor, Key::StartTime),
        (Field::OutputIndex, Key::OutputIndex),
        (Field::ContentIndex, Key::ContentIndex),
    ];
    let delta = Delta::new(kind, body);
    fields.into_iter().fold(delta, |delta, (field, key)| {
        delta.with(field, frame.slot(key))
    })
}

/// One event, as the facts of a message.
pub(in crate::dialect) fn one(event: Event<'_>) -> Vec<Fact<'_>> {
    vec![Fact::Event(event)]
}
