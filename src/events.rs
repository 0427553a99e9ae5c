//! What one frame caused.

use crate::{
    delta::{Delta, RawAudio},
    event::Event,
    json::Slot,
};
use alloc::collections::VecDeque;
use core::{fmt, iter::FusedIterator};

/// A frame as it was received.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Frame<'f> {
    /// A text frame.
    Text(&'f str),
    /// A binary frame.
    Binary(&'f [u8]),
}

/// Prints lengths, never content.
impl fmt::Debug for Frame<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Binary(bytes) => write!(f, "Binary({} bytes)", bytes.len()),
        }
    }
}

/// The events that one frame caused, oldest first.
///
/// They borrow the frame, never the session: commands may be sent, and frames polled and received,
/// while iterating. The frame has been applied whole already; dropping this loses the events, not
/// the state.
#[must_use = "the events of a frame are lost to the caller when this is dropped"]
#[derive(Clone, PartialEq)]
pub struct Events<'f> {
    frame: Frame<'f>,
    /// The text that the slots lie in.
    text: &'f str,
    kind: Slot,
    event_id: Slot,
    queue: VecDeque<Event<'f>>,
    /// A delta is still offsets here: its event is built where it is yielded.
    delta: Option<Delta>,
    /// The same, where the frame itself is the audio.
    raw: Option<RawAudio>,
    /// How many of the queue come before the delta, or the audio.
    before: usize,
}

impl<'f> Events<'f> {
    pub(crate) fn new(frame: Frame<'f>, queue: VecDeque<Event<'f>>) -> Self {
        Self {
            frame,
            text: "",
            kind: Slot::default(),
            event_id: Slot::default(),
            queue,
            delta: None,
            raw: None,
            before: 0,
        }
    }

    /// A delta, behind the first `before` of what its frame caused besides: made at once, for each
    /// move costs.
    pub(crate) fn of_delta(
        (text, kind, event_id): (&'f str, Slot, Slot),
        delta: Delta,
        before: usize,
        queue: VecDeque<Event<'f>>,
    ) -> Self {
        Self {
            frame: Frame::Text(text),
            text,
            kind,
            event_id,
            before,
            queue,
            delta: Some(delta),
            raw: None,
        }
    }

    /// The same events, of a frame whose name and id lie in `text`.
    pub(crate) fn named(self, text: &'f str, kind: Slot, event_id: Slot) -> Self {
        Self {
            text,
            kind,
            event_id,
            ..self
        }
    }

    /// The same events, of a frame that came in another form.
    pub(crate) fn of(self, frame: Frame<'f>) -> Self {
        Self { frame, ..self }
    }

    pub(crate) fn with_raw(self, raw: RawAudio, before: usize) -> Self {
        Self {
            raw: Some(raw),
            before,
            ..self
        }
    }

    /// Returns the wire name of the frame; none where it has no plain one.
    #[must_use]
    pub fn kind(&self) -> Option<&'f str> {
        self.plain(self.kind)
    }

    /// Returns the identifier that the server gave the frame.
    #[must_use]
    pub fn event_id(&self) -> Option<&'f str> {
        self.plain(self.event_id).filter(|id| !id.is_empty())
    }

    /// Returns the frame itself.
    #[must_use]
    pub const fn frame(&self) -> Frame<'f> {
        self.frame
    }

    fn plain(&self, slot: Slot) -> Option<&'f str> {
        slot.of(self.text).plain()
    }
}

impl<'f> Iterator for Events<'f> {
    type Item = Event<'f>;

    fn next(&mut self) -> Option<Event<'f>> {
        let due = if self.before == 0 {
            self.delta.take()
        } else {
            None
        };
        if let Some(delta) = due {
            return Some(delta.event(self.text));
        }
        if let (0, Frame::Binary(audio)) = (self.before, self.frame) {
            if let Some(raw) = self.raw.take() {
                return Some(raw.event(audio));
            }
        }
        self.before = self.before.saturating_sub(1);
        self.queue.pop_front()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let one = usize::from(self.delta.is_some() || self.raw.is_some());
        let left = self.queue.len() + one;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Events<'_> {}

impl FusedIterator for Events<'_> {}

/// Prints how many events are left.
impl fmt::Debug for Events<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("frame", &self.frame)
            .field("left", &self.len())
            .finish()
    }
}
