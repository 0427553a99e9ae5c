//! A delta as offsets into its frame: cheap to move, built into an event only when it is yielded.

use crate::{
    audio::AudioFormat,
    event::{
        AudioDelta, Epoch, Event, Executor, Ids, InputTranscript, Lane, Payload, Previous,
        RemotePhase, RemoteTool, TextDelta, ToolArgumentsDelta, TranscriptUpdate, VideoDelta,
    },
    id::Id,
    json::{Kind, Slot, Value},
};
#[cfg(test)]
use alloc::string::String;
use alloc::{borrow::Cow, boxed::Box, sync::Arc};
use core::time::Duration;

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
}

/// Where a delta lies in the session's audio, as the frame tells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cursor {
    Seconds(Slot),
    Millis(Slot),
}

impl Cursor {
    fn at(self, frame: &str) -> Option<Duration> {
        match self {
            Self::Seconds(slot) => slot.of(frame).seconds(),
            Self::Millis(slot) => slot.of(frame).millis(),
        }
    }
}

impl Default for Cursor {
    fn default() -> Self {
        Self::Seconds(Slot::default())
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Delta {
    pub(crate) kind: DeltaKind,
    pub(crate) event_id: Slot,
    pub(crate) response: Slot,
    pub(crate) item: Slot,
    pub(crate) call: Slot,
    pub(crate) body: Slot,
    /// The media type, where the wire tells it.
    pub(crate) mime: Slot,
    pub(crate) cursor: Cursor,
    pub(crate) output_index: Option<u32>,
    pub(crate) content_index: Option<u32>,
    pub(crate) epoch: Epoch,
    /// The format of audio, where the wire tells it.
    pub(crate) format: Option<AudioFormat>,
    /// Comes with the word that its reply was cut.
    pub(crate) stale: bool,
    pub(crate) made: Made,
}

/// What a delta says, and whose it is.
pub(crate) struct Read<'f> {
    pub(crate) kind: DeltaKind,
    response: Option<Cow<'f, str>>,
    /// The response that it belongs to, where it names none.
    pub(crate) adopted: Option<Arc<str>>,
    item: Option<Cow<'f, str>>,
    /// The agent's call, where it is one.
    call: Option<Cow<'f, str>>,
    pub(crate) index: u32,
    pub(crate) text: Cow<'f, str>,
    pub(crate) format: AudioFormat,
}

impl<'f> Read<'f> {
    /// Audio that is no text.
    pub(crate) fn raw(of: (Option<&'f str>, Option<&'f str>), format: AudioFormat) -> Self {
        Self {
            kind: DeltaKind::Audio,
            response: of.0.map(Cow::Borrowed),
            adopted: None,
            item: of.1.map(Cow::Borrowed),
            call: None,
            index: 0,
            text: Cow::Borrowed(""),
            format,
        }
    }

    pub(crate) fn response(&self) -> Option<&str> {
        self.response.as_deref().or(self.adopted.as_deref())
    }

    pub(crate) fn item(&self) -> Option<&str> {
        self.item.as_deref()
    }

    /// What the text is a part of: the agent's call, else the item.
    pub(crate) fn part(&self) -> Option<&str> {
        self.call.as_deref().or_else(|| self.item())
    }
}

impl Delta {
    /// A delta that says no more than what it adds.
    pub(crate) fn new(kind: DeltaKind, body: Slot) -> Self {
        Self {
            kind,
            event_id: Slot::default(),
            response: Slot::default(),
            item: Slot::default(),
            call: Slot::default(),
            body,
            mime: Slot::default(),
            cursor: Cursor::default(),
            output_index: None,
            content_index: None,
            epoch: Epoch::default(),
            format: None,
            stale: false,
            made: Made::default(),
        }
    }

    fn format(&self) -> AudioFormat {
        self.format.unwrap_or(AudioFormat::pcm16(24_000))
    }

    /// What it adds.
    pub(crate) fn text<'f>(&self, frame: &'f str) -> Cow<'f, str> {
        self.body.of(frame).str().unwrap_or_default()
    }

    /// What it says and whose it is, read once for all machines.
    pub(crate) fn read<'r>(&'r self, frame: &'r str) -> Read<'r> {
        let made = |name: &'r Option<Arc<str>>| name.as_deref().map(Cow::Borrowed);
        Read {
            kind: self.kind,
            response: named(self.response.of(frame)).or_else(|| made(&self.made.response)),
            adopted: None,
            item: named(self.item.of(frame)).or_else(|| made(&self.made.item)),
            call: match self.kind {
                DeltaKind::RemoteArguments(Executor::Agent) => {
                    named(self.call.of(frame)).or_else(|| made(&self.made.call))
                }
                _ => None,
            },
            index: self.content_index.unwrap_or_default(),
            text: self.text(frame),
            format: self.format(),
        }
    }

    pub(crate) fn call_id<'f>(&self, frame: &'f str) -> Option<Cow<'f, str>> {
        named(self.call.of(frame)).or_else(|| named(self.item.of(frame)))
    }

    /// The event, built from the frame that the delta came in.
    pub(crate) fn event(self, frame: &str) -> Event<'_> {
        let body = self.text(frame);
        match self.kind {
            DeltaKind::Text(lane) => Event::TextDelta(TextDelta {
                ids: self.ids(frame),
                lane,
                delta: body,
                start: self.cursor.at(frame),
            }),
            DeltaKind::Audio => Event::AudioDelta(AudioDelta {
                ids: self.ids(frame),
                epoch: self.epoch,
                format: self.format(),
                payload: Payload::Base64(body),
                at: self.cursor.at(frame),
            }),
            DeltaKind::Video => Event::VideoDelta(Box::new(VideoDelta {
                ids: self.ids(frame),
                epoch: self.epoch,
                mime: self.mime.of(frame).str().unwrap_or_default(),
                payload: body,
            })),
            DeltaKind::Arguments => Event::ToolArgumentsDelta(ToolArgumentsDelta {
                ids: self.ids(frame),
                call_id: id(self.call.of(frame)),
                delta: body,
                path: None,
            }),
            DeltaKind::RemoteArguments(executor) => self.remote(executor, frame, body),
            DeltaKind::InputTranscript => Event::InputTranscript(InputTranscript {
                item_id: self.item_id(frame),
                content_index: self.content_index.unwrap_or_default(),
                previous: Previous::Unknown,
                update: TranscriptUpdate::Delta { text: body },
                at: self.cursor.at(frame),
            }),
        }
    }

    fn remote<'f>(&self, executor: Executor, frame: &'f str, text: Cow<'f, str>) -> Event<'f> {
        Event::RemoteTool(Box::new(RemoteTool {
            call_id: self.remote_call(executor, frame),
            name: None,
            executor,
            phase: RemotePhase::Arguments { text },
            ids: self.ids(frame),
        }))
    }

    /// A call that the provider makes is named by its item, where it has no name.
    fn remote_call<'f>(&self, executor: Executor, frame: &'f str) -> Option<Id<'f>> {
        let told = id(self.call.of(frame)).or_else(|| self.made.call.clone().map(Id::shared));
        match executor {
            Executor::Provider => told.or_else(|| self.item_id(frame)),
            Executor::Agent => told,
        }
    }

    fn item_id<'f>(&self, frame: &'f str) -> Option<Id<'f>> {
        id(self.item.of(frame)).or_else(|| self.made.item.clone().map(Id::shared))
    }

    /// Whether nothing on the wire says what it adds to.
    pub(crate) fn is_nameless(&self) -> bool {
        let of = match self.kind {
            DeltaKind::InputTranscript => self.item,
            _ => self.response,
        };
        matches!(of.kind, Kind::Absent | Kind::Null)
    }

    fn ids<'f>(&self, frame: &'f str) -> Ids<'f> {
        Ids {
            event_id: id(self.event_id.of(frame)),
            response_id: id(self.response.of(frame))
                .or_else(|| self.made.response.clone().map(Id::shared)),
            item_id: self.item_id(frame),
            output_index: self.output_index,
            content_index: self.content_index,
        }
    }
}

/// Audio that is a whole frame, and what it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RawAudio {
    pub(crate) response: Option<Arc<str>>,
    pub(crate) item: Option<Arc<str>>,
    pub(crate) output_index: Option<u32>,
    pub(crate) epoch: Epoch,
    pub(crate) format: AudioFormat,
}

impl RawAudio {
    /// The event, built from the frame that is the audio.
    pub(crate) fn event(self, frame: &[u8]) -> Event<'_> {
        Event::AudioDelta(AudioDelta {
            ids: Ids {
                response_id: self.response.map(Id::shared),
                item_id: self.item.map(Id::shared),
                output_index: self.output_index,
                ..Ids::default()
            },
            epoch: self.epoch,
            format: self.format,
            payload: Payload::Raw(Cow::Borrowed(frame)),
            at: None,
        })
    }
}

/// An identifier as the wire has it: a string, by some servers a number; `""` is none.
pub(crate) fn id(value: Value<'_>) -> Option<Id<'_>> {
    match named(value)? {
        Cow::Borrowed(text) => Id::borrowed(text),
        Cow::Owned(text) => Some(Id::shared(Arc::from(text))),
    }
}

fn named(value: Value<'_>) -> Option<Cow<'_, str>> {
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
        let delta = Self {
            response,
            item,
            ..Self::new(kind, slot(body))
        };
        (delta, frame)
    }
}
