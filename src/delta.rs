//! A delta as offsets into its frame: copied freely, built into an event only when it is yielded.

use crate::{
    audio::AudioFormat,
    event::{
        AudioDelta, Epoch, Event, Executor, Ids, InputTranscript, Lane, Payload, Previous,
        RemotePhase, RemoteTool, TextDelta, ToolArgumentsDelta, TranscriptUpdate,
    },
    id::Id,
    json::{Kind, Slot, Value},
};
#[cfg(test)]
use alloc::string::String;
use alloc::{borrow::Cow, boxed::Box, sync::Arc};

/// What a delta adds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeltaKind {
    Text(Lane),
    Audio,
    Arguments,
    RemoteArguments,
    InputTranscript,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Delta {
    pub(crate) kind: DeltaKind,
    pub(crate) event_id: Slot,
    pub(crate) response: Slot,
    pub(crate) item: Slot,
    pub(crate) call: Slot,
    pub(crate) body: Slot,
    pub(crate) output_index: Option<u32>,
    pub(crate) content_index: Option<u32>,
    pub(crate) epoch: Epoch,
    /// Of the frame's own; absent where it is the session's.
    pub(crate) format: Option<AudioFormat>,
}

/// What a delta says, and whose it is.
pub(crate) struct Read<'f> {
    pub(crate) kind: DeltaKind,
    response: Option<Cow<'f, str>>,
    /// The response that it belongs to, where it names none.
    pub(crate) adopted: Option<Arc<str>>,
    item: Option<Cow<'f, str>>,
    pub(crate) index: u32,
    pub(crate) text: Cow<'f, str>,
    pub(crate) format: AudioFormat,
}

impl Read<'_> {
    pub(crate) fn response(&self) -> Option<&str> {
        self.response.as_deref().or(self.adopted.as_deref())
    }

    pub(crate) fn item(&self) -> Option<&str> {
        self.item.as_deref()
    }
}

impl Delta {
    /// What it adds.
    pub(crate) fn text(self, frame: &str) -> Cow<'_, str> {
        self.body.of(frame).str().unwrap_or_default()
    }

    /// What it says and whose it is, read once for all machines.
    pub(crate) fn read(self, frame: &str) -> Read<'_> {
        Read {
            kind: self.kind,
            response: named(self.response.of(frame)),
            adopted: None,
            item: named(self.item.of(frame)),
            index: self.content_index.unwrap_or_default(),
            text: self.text(frame),
            format: self.format(),
        }
    }

    fn format(self) -> AudioFormat {
        self.format.unwrap_or(AudioFormat::pcm16(24_000))
    }

    /// The event, built from the frame that the delta came in.
    pub(crate) fn event(self, frame: &str) -> Event<'_> {
        let body = self.text(frame);
        match self.kind {
            DeltaKind::Text(lane) => Event::TextDelta(TextDelta {
                ids: self.ids(frame),
                lane,
                delta: body,
                start: None,
            }),
            DeltaKind::Audio => Event::AudioDelta(AudioDelta {
                ids: self.ids(frame),
                epoch: self.epoch,
                format: self.format(),
                payload: Payload::Base64(body),
            }),
            DeltaKind::Arguments => Event::ToolArgumentsDelta(ToolArgumentsDelta {
                ids: self.ids(frame),
                call_id: id(self.call.of(frame)),
                delta: body,
                path: None,
            }),
            DeltaKind::RemoteArguments => self.remote(frame, body),
            DeltaKind::InputTranscript => Event::InputTranscript(InputTranscript {
                item_id: id(self.item.of(frame)),
                content_index: self.content_index.unwrap_or_default(),
                previous: Previous::Unknown,
                update: TranscriptUpdate::Delta { text: body },
                at: None,
            }),
        }
    }

    fn remote<'f>(&self, frame: &'f str, text: Cow<'f, str>) -> Event<'f> {
        Event::RemoteTool(Box::new(RemoteTool {
            // A call that the provider makes is named by its item.
            call_id: id(self.call.of(frame)).or_else(|| id(self.item.of(frame))),
            name: None,
            executor: Executor::Provider,
            phase: RemotePhase::Arguments { text },
            ids: self.ids(frame),
        }))
    }

    fn ids<'f>(&self, frame: &'f str) -> Ids<'f> {
        Ids {
            event_id: id(self.event_id.of(frame)),
            response_id: id(self.response.of(frame)),
            item_id: id(self.item.of(frame)),
            output_index: self.output_index,
            content_index: self.content_index,
        }
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
        let delta = Self {
            kind,
            event_id: Slot::default(),
            response: slot(response),
            item: slot(item),
            call: Slot::default(),
            body: slot(body),
            output_index: None,
            content_index: None,
            epoch: Epoch::default(),
            format: None,
        };
        (delta, frame)
    }
}
