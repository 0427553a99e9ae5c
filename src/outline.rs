//! A delta in outline: where its values lie in its frame, if they stand there as they are.
//!
//! That is what most frames are, and all that is kept of them: nothing is asked twice on the way to
//! their event.

use crate::{
    audio::AudioFormat,
    delta::{Delta, DeltaKind, Field, Made, Unit},
    event::{AudioDelta, Epoch, Event, Ids, Lane, Payload, TextDelta},
    id::Id,
    loose::Loose,
    slots::{Bases, Found, Measure, Span},
};
use alloc::{borrow::Cow, sync::Arc};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Outline {
    /// The name of the frame.
    pub(crate) kind: Span,
    /// Whose it is.
    pub(crate) event_id: Span,
    pub(crate) response: Span,
    pub(crate) item: Span,
    pub(crate) body: Span,
    pub(crate) output_index: Option<u32>,
    pub(crate) content_index: Option<u32>,
    pub(crate) epoch: Epoch,
    pub(crate) format: AudioFormat,
}

/// What the deltas of a stream have in common, and where the rest lies in their frames.
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
    /// What they are, if they say no more than whose they are.
    pub(crate) plain: Option<Plain>,
    of: DeltaKind,
    /// What else they tell, and what it is counted in.
    more: Measure,
    unit: Unit,
    /// The names that the session made.
    pub(crate) made: Option<Arc<Made>>,
}

/// What a delta is of that says whose it is, and nothing else.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Plain {
    Words(Lane),
    Audio,
}

impl Outline {
    /// That of nothing.
    pub(crate) const NONE: Self = Self {
        kind: Span::EMPTY,
        event_id: Span::EMPTY,
        response: Span::EMPTY,
        item: Span::EMPTY,
        body: Span::EMPTY,
        output_index: None,
        content_index: None,
        epoch: Epoch(0),
        format: AudioFormat::pcm16(24_000),
    };

    /// The event of a delta that says whose it is, and nothing else.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "where it meets the loop over the events, none is moved"
    )]
    pub(crate) fn event<'f>(&self, plain: Plain, frame: &'f str) -> Event<'f> {
        let name = |span: Span| Some(Id::of_text(span.of(frame)));
        let ids = Ids {
            event_id: name(self.event_id),
            response_id: name(self.response),
            item_id: name(self.item),
            output_index: self.output_index,
            content_index: self.content_index,
        };
        let body = Cow::Borrowed(self.body.of(frame));
        match plain {
            Plain::Words(lane) => Event::TextDelta(TextDelta {
                ids,
                lane,
                delta: body,
                start: None,
            }),
            Plain::Audio => Event::AudioDelta(AudioDelta {
                ids,
                epoch: self.epoch,
                format: self.format,
                payload: Payload::Base64(body),
                at: None,
            }),
        }
    }
}

impl Pattern {
    /// That of the stream of a delta, measured like that; none if something of it is odd.
    pub(crate) fn new(
        delta: &Delta,
        from: &Bases,
        [output_index, content_index]: [Option<u32>; 2],
    ) -> Option<Self> {
        let text = |field| delta.slots.measure(field, from);
        let made = delta.made.clone();
        Some(Self {
            kind: text(Field::Kind)?,
            event_id: text(Field::EventId)?,
            response: text(Field::Response)?,
            item: text(Field::Item)?,
            body: text(Field::Body)?,
            output_index,
            content_index: content_index.or_else(|| made.as_deref()?.index),
            format: delta.format(),
            plain: Plain::of(delta),
            of: delta.kind,
            more: match delta.kind {
                DeltaKind::Arguments | DeltaKind::RemoteArguments(_) => text(Field::Call)?,
                DeltaKind::Video => text(Field::Mime)?,
                _ => delta.slots.measure_number(Field::Cursor, from),
            },
            unit: delta.unit,
            made,
        })
    }

    /// Whether the delta of a frame whose gaps lie there says whose it is, and nothing else.
    #[inline]
    pub(crate) fn is_plain(&self, found: &Found) -> bool {
        self.plain.is_some() && !self.event_id.of(found).is_empty()
    }

    /// The outline of the delta of such a frame.
    #[inline]
    pub(crate) fn outline(&self, found: &Found, epoch: Epoch) -> Outline {
        Outline {
            kind: self.kind.of(found),
            event_id: self.event_id.of(found),
            response: self.response.of(found),
            item: self.item.of(found),
            body: self.body.of(found),
            output_index: self.output_index,
            content_index: self.content_index,
            epoch,
            format: self.format,
        }
    }

    /// What it may have beside.
    pub(crate) fn loose(&self, found: &Found) -> Loose {
        Loose {
            of: self.of,
            more: self.more.of(found),
            unit: self.unit,
        }
    }
}

impl Plain {
    fn of(delta: &Delta) -> Option<Self> {
        let slots = &delta.slots;
        let names = [Field::Kind, Field::Response, Field::Item];
        let named = slots.is_plain(Field::EventId) && names.iter().all(|name| slots.is_name(*name));
        let plain = named && slots.is_absent(Field::Cursor) && delta.made.is_none();
        match delta.kind {
            DeltaKind::Text(lane) if plain => Some(Self::Words(lane)),
            DeltaKind::Audio if plain => Some(Self::Audio),
            _ => None,
        }
    }
}
