//! A delta that went where the last one of its stream did, and of which all stands in its frame.
//!
//! What most frames are: it is all offsets, and nothing is asked twice on the way to its event.

use crate::{
    audio::AudioFormat,
    delta::{Delta, DeltaKind, Field},
    event::{AudioDelta, Epoch, Event, Ids, Lane, Payload, TextDelta},
    id::Id,
    slots::{Bases, Found, Measure, Span},
};
use alloc::borrow::Cow;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Followed {
    /// The name of the frame.
    pub(crate) kind: Span,
    /// Whose it is: each of these says something.
    pub(crate) event_id: Span,
    response: Span,
    item: Span,
    body: Span,
    output_index: Option<u32>,
    content_index: Option<u32>,
    epoch: Epoch,
    format: AudioFormat,
    /// How its words are meant; none where it is audio.
    lane: Option<Lane>,
}

/// What the deltas of a stream have in common, and where the rest lies in its frames.
#[derive(Debug)]
pub(crate) struct Pattern {
    kind: Measure,
    event_id: Measure,
    response: Measure,
    item: Measure,
    body: Measure,
    output_index: Option<u32>,
    content_index: Option<u32>,
    format: AudioFormat,
    lane: Option<Lane>,
}

impl Pattern {
    /// That of the stream of a delta, measured like that, if it is words or sound, and no name of it is
    /// missing or odd.
    pub(crate) fn new(
        delta: &Delta,
        from: &Bases,
        [output_index, content_index]: [Option<u32>; 2],
    ) -> Option<Self> {
        let lane = match delta.kind {
            DeltaKind::Text(lane) => Some(lane),
            DeltaKind::Audio => None,
            _ => return None,
        };
        let slots = &delta.slots;
        let names = [Field::Kind, Field::Response, Field::Item];
        let told = slots.is_plain(Field::EventId) && names.iter().all(|name| slots.is_name(*name));
        let plain = told && slots.is_absent(Field::Cursor) && delta.made.is_none();
        let measure = |field| slots.measure(field, from);
        plain.then(|| Self {
            kind: measure(Field::Kind),
            event_id: measure(Field::EventId),
            response: measure(Field::Response),
            item: measure(Field::Item),
            body: measure(Field::Body),
            output_index,
            content_index,
            format: delta.format(),
            lane,
        })
    }

    /// Whether a frame is named, where its gaps lie there.
    #[inline]
    pub(crate) fn names(&self, found: &Found) -> bool {
        !self.event_id.of(found).is_empty()
    }

    /// The delta of such a frame.
    #[inline]
    pub(crate) fn of(&self, found: &Found, epoch: Epoch) -> Followed {
        Followed {
            kind: self.kind.of(found),
            event_id: self.event_id.of(found),
            response: self.response.of(found),
            item: self.item.of(found),
            body: self.body.of(found),
            output_index: self.output_index,
            content_index: self.content_index,
            epoch,
            format: self.format,
            lane: self.lane,
        }
    }
}

impl Followed {
    /// The event, built from the frame that the delta came in.
    #[inline]
    pub(crate) fn event<'f>(&self, frame: &'f str) -> Event<'f> {
        let name = |span: Span| Some(Id::of_text(span.of(frame)));
        let ids = Ids {
            event_id: name(self.event_id),
            response_id: name(self.response),
            item_id: name(self.item),
            output_index: self.output_index,
            content_index: self.content_index,
        };
        let body = Cow::Borrowed(self.body.of(frame));
        match self.lane {
            Some(lane) => Event::TextDelta(TextDelta {
                ids,
                lane,
                delta: body,
                start: None,
            }),
            None => Event::AudioDelta(AudioDelta {
                ids,
                epoch: self.epoch,
                format: self.format,
                payload: Payload::Base64(body),
                at: None,
            }),
        }
    }
}
