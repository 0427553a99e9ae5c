//! A delta that went where the last one of its stream did, and of which all stands in its frame.
//!
//! What most frames are: it is all offsets, and nothing is asked twice on the way to its event.

use crate::{
    audio::AudioFormat,
    event::{AudioDelta, Epoch, Event, Ids, Lane, Payload, TextDelta},
    id::Id,
    slots::Span,
};
use alloc::borrow::Cow;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Followed {
    /// The name of the frame.
    pub(crate) kind: Span,
    /// Whose it is: none of these says nothing.
    pub(crate) event_id: Span,
    pub(crate) response: Span,
    pub(crate) item: Span,
    pub(crate) body: Span,
    pub(crate) output_index: Option<u32>,
    pub(crate) content_index: Option<u32>,
    pub(crate) epoch: Epoch,
    pub(crate) format: AudioFormat,
    /// How its words are meant; none where it is audio.
    pub(crate) lane: Option<Lane>,
}

impl Followed {
    /// The event, built from the frame that the delta came in.
    #[inline(never)]
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
