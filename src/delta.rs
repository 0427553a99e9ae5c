//! A delta as offsets into its frame: cheap to move, built into an event only when it is yielded.

use crate::{
    audio::AudioFormat,
    event::{
        AudioDelta, Epoch, Event, Executor, Ids, InputTranscript, Lane, Payload, Previous,
        RemotePhase, RemoteTool, TextDelta, ToolArgumentsDelta, TranscriptUpdate, VideoDelta,
    },
    id::Id,
    json::{Kind, Slot, Value},
    slots::Slots,
};
#[cfg(test)]
use alloc::string::String;
use alloc::{borrow::Cow, boxed::Box, sync::Arc};
use core::time::Duration;

mod read;

pub(crate) use read::Read;

/// What a delta adds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeltaKind {
    Text(Lane),
    Audio,
    Video,
    Arguments,
    RemoteArguments(Executor),
    InputTranscript,
}

/// Names that the session made for what a delta leaves nameless.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Made {
    pub(crate) response: Option<Arc<str>>,
    pub(crate) item: Option<Arc<str>>,
    pub(crate) call: Option<Arc<str>>,
    /// Which part of the item.
    pub(crate) index: Option<u32>,
}

impl Made {
    pub(crate) const NONE: Self = Self {
        response: None,
        item: None,
        call: None,
        index: None,
    };
}

/// What a moment in the session's audio is counted in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Unit {
    Second,
    Millisecond,
}

impl Unit {
    pub(crate) fn duration(self, cursor: Value<'_, '_>) -> Option<Duration> {
        match self {
            Self::Second => cursor.seconds(),
            Self::Millisecond => cursor.millis(),
        }
    }
}

/// Which value of a delta's frame a slot is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// The name of the frame.
    Kind,
    EventId,
    Response,
    Item,
    Call,
    Body,
    /// The media type, where the wire tells it.
    Mime,
    /// Where it lies in the session's audio.
    Cursor,
    OutputIndex,
    ContentIndex,
    /// One from which nothing is read: no delta has a slot for it.
    Idle,
}

/// How many fields a delta has slots for.
pub(crate) const FIELDS: usize = Field::Idle as usize;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Delta {
    pub(crate) kind: DeltaKind,
    pub(crate) slots: Slots,
    /// What the cursor is counted in.
    pub(crate) unit: Unit,
    pub(crate) epoch: Epoch,
    /// The format of audio, where the wire tells it.
    pub(crate) format: Option<AudioFormat>,
    /// It is still to be told of. One that comes with the word that its reply was cut never is.
    pub(crate) due: bool,
    pub(crate) made: Option<Arc<Made>>,
}

/// All that an event of a delta may tell.
pub(crate) struct Told<'f> {
    pub(crate) ids: Ids<'f>,
    pub(crate) call_id: Option<Id<'f>>,
    pub(crate) body: Cow<'f, str>,
    pub(crate) mime: Cow<'f, str>,
    pub(crate) at: Option<Duration>,
    pub(crate) epoch: Epoch,
    pub(crate) format: AudioFormat,
}

impl DeltaKind {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "what is told is not moved")]
    pub(crate) fn event(self, told: Told<'_>) -> Event<'_> {
        let Told { ids, body, .. } = told;
        match self {
            Self::Text(lane) => Event::TextDelta(TextDelta {
                ids,
                lane,
                delta: body,
                start: told.at,
            }),
            Self::Audio => Event::AudioDelta(AudioDelta {
                ids,
                epoch: told.epoch,
                format: told.format,
                payload: Payload::Base64(body),
                at: told.at,
            }),
            Self::Video => Event::VideoDelta(Box::new(VideoDelta {
                ids,
                epoch: told.epoch,
                mime: told.mime,
                payload: body,
            })),
            Self::Arguments => Event::ToolArgumentsDelta(ToolArgumentsDelta {
                ids,
                call_id: told.call_id,
                delta: body,
                path: None,
            }),
            Self::RemoteArguments(executor) => Event::RemoteTool(Box::new(RemoteTool {
                call_id: remote_call(executor, told.call_id, &ids),
                name: None,
                executor,
                phase: RemotePhase::Arguments { text: body },
                ids,
            })),
            Self::InputTranscript => Event::InputTranscript(InputTranscript {
                item_id: ids.item_id,
                content_index: ids.content_index.unwrap_or_default(),
                previous: Previous::Unknown,
                update: TranscriptUpdate::Delta { text: body },
                at: told.at,
            }),
        }
    }
}

/// A call that the provider makes is named by its item, where it has no name.
fn remote_call<'f>(executor: Executor, told: Option<Id<'f>>, ids: &Ids<'f>) -> Option<Id<'f>> {
    match executor {
        Executor::Provider => told.or_else(|| ids.item_id.clone()),
        Executor::Agent => told,
    }
}

impl Delta {
    /// A delta that says no more than what it adds.
    pub(crate) fn new(kind: DeltaKind, body: Slot) -> Self {
        Self {
            kind,
            slots: Slots::default(),
            unit: Unit::Second,
            epoch: Epoch::default(),
            format: None,
            due: true,
            made: None,
        }
        .with(Field::Body, body)
    }

    /// The same, where another value of it lies there.
    pub(crate) fn with(mut self, field: Field, slot: Slot) -> Self {
        self.slots.set(field, slot);
        self
    }

    #[inline]
    fn value<'f>(&self, field: Field, frame: &'f str) -> Value<'_, 'f> {
        self.slots.get(field).of(frame)
    }

    #[inline]
    pub(crate) fn format(&self) -> AudioFormat {
        self.format.unwrap_or(AudioFormat::pcm16(24_000))
    }

    fn at(&self, frame: &str) -> Option<Duration> {
        self.unit.duration(self.value(Field::Cursor, frame))
    }

    /// What it adds.
    pub(crate) fn text<'f>(&self, frame: &'f str) -> Cow<'f, str> {
        self.value(Field::Body, frame).str().unwrap_or_default()
    }

    pub(crate) fn call_id<'f>(&self, frame: &'f str) -> Option<Cow<'f, str>> {
        named(self.value(Field::Call, frame)).or_else(|| named(self.value(Field::Item, frame)))
    }

    /// The event, built from the frame that the delta came in.
    pub(crate) fn event<'f>(&self, frame: &'f str) -> Event<'f> {
        self.kind.event(Told {
            ids: self.ids(frame),
            call_id: self.id(Field::Call, frame),
            body: self.text(frame),
            mime: self.value(Field::Mime, frame).str().unwrap_or_default(),
            at: self.at(frame),
            epoch: self.epoch,
            format: self.format(),
        })
    }

    /// Whether nothing on the wire says what it adds to.
    pub(crate) fn is_nameless(&self) -> bool {
        let of = match self.kind {
            DeltaKind::InputTranscript => Field::Item,
            _ => Field::Response,
        };
        matches!(self.slots.get(of).kind, Kind::Absent | Kind::Null)
    }

    #[inline]
    fn ids<'f>(&self, frame: &'f str) -> Ids<'f> {
        Ids {
            event_id: self.id(Field::EventId, frame),
            response_id: self.id(Field::Response, frame),
            item_id: self.id(Field::Item, frame),
            output_index: self.output(frame),
            content_index: self.index(frame),
        }
    }

    /// A name as the frame has it, else as the session made it.
    #[inline]
    fn id<'f>(&self, field: Field, frame: &'f str) -> Option<Id<'f>> {
        match self.slots.plain(field, frame) {
            Some(name) if !name.is_empty() => Id::borrowed(name),
            _ if self.slots.is_absent(field) => self.made_id(field),
            _ => self.odd_id(field, frame),
        }
    }

    #[inline(never)]
    fn odd_id<'f>(&self, field: Field, frame: &'f str) -> Option<Id<'f>> {
        id(self.value(field, frame)).or_else(|| self.made_id(field))
    }

    fn made_id(&self, field: Field) -> Option<Id<'static>> {
        let made = self.made.as_deref()?;
        let name = match field {
            Field::Response => &made.response,
            Field::Item => &made.item,
            Field::Call => &made.call,
            _ => return None,
        };
        name.clone().map(Id::shared)
    }

    /// Which item of its response it adds to, as far as that is told.
    #[inline]
    pub(crate) fn output(&self, frame: &str) -> Option<u32> {
        self.number(Field::OutputIndex, frame)
    }

    /// Which part of its item it adds to, as far as that is told.
    #[inline]
    pub(crate) fn index(&self, frame: &str) -> Option<u32> {
        let told = self.number(Field::ContentIndex, frame);
        told.or_else(|| self.made.as_deref()?.index)
    }

    #[inline]
    fn number(&self, field: Field, frame: &str) -> Option<u32> {
        match self.slots.digit(field, frame) {
            None if !self.slots.is_absent(field) => self.value(field, frame).u32(),
            digit => digit,
        }
    }
}

/// Audio that is a whole frame, and what it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RawAudio {
    pub(crate) of: Arc<Made>,
    pub(crate) output_index: Option<u32>,
    pub(crate) epoch: Epoch,
    pub(crate) format: AudioFormat,
}

/// An identifier as the wire has it: a string, by some servers a number; `""` is none.
pub(crate) fn id<'f>(value: Value<'_, 'f>) -> Option<Id<'f>> {
    match named(value)? {
        Cow::Borrowed(text) => Id::borrowed(text),
        Cow::Owned(text) => Some(Id::shared(Arc::from(text))),
    }
}

fn named<'f>(value: Value<'_, 'f>) -> Option<Cow<'f, str>> {
    if let Some(name) = value.plain() {
        return (!name.is_empty()).then_some(Cow::Borrowed(name));
    }
    let is_name = matches!(value.kind, Kind::String | Kind::Number);
    value.text().filter(|text| is_name && !text.is_empty())
}

#[cfg(test)]
impl Delta {
    /// A delta as a decoder hands it over, and the frame that it lies in.
    pub(crate) fn sample(
        kind: DeltaKind,
        response: &str,
        item: &str,
        body: &str,
    ) -> (Self, String) {
        let mut frame = String::new();
        let mut slot = |text: &str| {
            let start = u32::try_from(frame.len()).unwrap();
            frame.push_str(text);
            Slot {
                start,
                end: u32::try_from(frame.len()).unwrap(),
                kind: Kind::String,
                escaped: false,
            }
        };
        let (response, item) = (slot(response), slot(item));
        let delta = Self::new(kind, slot(body))
            .with(Field::Response, response)
            .with(Field::Item, item);
        (delta, frame)
    }
}
