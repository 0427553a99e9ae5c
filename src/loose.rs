//! What a delta may have beside its outline: names that the session made, a moment, a call.

use crate::{
    delta::{Delta, DeltaKind, Made, Told, Unit},
    event::{AudioDelta, Event, Ids, Payload},
    id::Id,
    outline::{Outline, Pattern},
    slots::{Bases, Found, Span},
};
use alloc::{borrow::Cow, sync::Arc};
use core::time::Duration;

/// A delta of which something may be missing, or that may tell more than whose it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Loose {
    /// What it is of.
    pub(crate) of: DeltaKind,
    /// What else it tells: where it lies in the session's audio, its call, its media type.
    pub(crate) more: Span,
    /// What a moment is counted in.
    pub(crate) unit: Unit,
}

impl Loose {
    pub(crate) const NONE: Self = Self {
        of: DeltaKind::Audio,
        more: Span::EMPTY,
        unit: Unit::Second,
    };

    /// A delta as it was decoded, unless something of it is odd.
    pub(crate) fn of(delta: &Delta, frame: &str) -> Option<(Outline, Self)> {
        let indices = [delta.output(frame), delta.index(frame)];
        let pattern = Pattern::new(delta, &Bases::default(), indices)?;
        let found = Found::default();
        Some((pattern.outline(&found, delta.epoch), pattern.loose(&found)))
    }

    /// The event; `made` are the names that are not there.
    #[inline]
    pub(crate) fn event<'f>(
        self,
        outline: &Outline,
        made: Option<&Made>,
        frame: &'f str,
    ) -> Event<'f> {
        let made = made.unwrap_or(&Made::NONE);
        self.of.event(Told {
            ids: ids(outline, made, frame),
            call_id: match self.of {
                DeltaKind::Arguments | DeltaKind::RemoteArguments(_) => {
                    name(self.more, made.call.as_ref(), frame)
                }
                _ => None,
            },
            body: Cow::Borrowed(outline.body.of(frame)),
            mime: Cow::Borrowed(self.more.of(frame)),
            at: self.at(frame),
            epoch: outline.epoch,
            format: outline.format,
        })
    }

    fn at(&self, frame: &str) -> Option<Duration> {
        let more = (!self.more.is_empty()).then_some(self.more)?;
        self.unit.duration(more.number().of(frame))
    }
}

#[inline]
fn ids<'f>(outline: &Outline, made: &Made, frame: &'f str) -> Ids<'f> {
    Ids {
        event_id: name(outline.event_id, None, frame),
        response_id: name(outline.response, made.response.as_ref(), frame),
        item_id: name(outline.item, made.item.as_ref(), frame),
        output_index: outline.output_index,
        content_index: outline.content_index,
    }
}

/// A name as the frame has it, else as the session made it.
#[inline]
fn name<'f>(told: Span, made: Option<&Arc<str>>, frame: &'f str) -> Option<Id<'f>> {
    let told = Id::borrowed(told.of(frame));
    told.or_else(|| made.cloned().map(Id::shared))
}

/// The event of audio that is a whole frame.
pub(crate) fn raw<'f>(outline: &Outline, of: &Made, audio: &'f [u8]) -> Event<'f> {
    Event::AudioDelta(AudioDelta {
        ids: ids(outline, of, ""),
        epoch: outline.epoch,
        format: outline.format,
        payload: Payload::Raw(Cow::Borrowed(audio)),
        at: None,
    })
}
