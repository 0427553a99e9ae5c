//! What one frame caused.

use crate::{
    delta::{Delta, Field, RawAudio},
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
    one: One,
    /// The one is not yielded yet.
    due: bool,
    /// How many of the queue come before it.
    before: usize,
    queue: Option<VecDeque<Event<'f>>>,
}

/// What is not an event until it is yielded: no event is moved once it is made.
#[derive(Clone, PartialEq)]
enum One {
    /// Nothing but events. The name of the frame, and its identifier.
    None(Slot, Slot),
    /// Offsets into the text.
    Delta(Delta),
    /// The frame itself is the audio.
    Raw(RawAudio),
}

impl<'f> Events<'f> {
    pub(crate) fn new(frame: Frame<'f>, queue: VecDeque<Event<'f>>) -> Self {
        Self {
            frame,
            text: "",
            one: One::None(Slot::default(), Slot::default()),
            due: false,
            before: 0,
            queue: Some(queue),
        }
    }

    /// Nothing but a delta.
    #[inline]
    pub(crate) fn of_delta(text: &'f str, delta: Delta) -> Self {
        Self {
            frame: Frame::Text(text),
            text,
            one: One::Delta(delta),
            due: true,
            before: 0,
            queue: None,
        }
    }

    /// The same delta, in a frame that has its gaps elsewhere.
    #[inline]
    pub(crate) fn moved(&mut self, moves: impl FnOnce(&mut Delta)) {
        if let One::Delta(delta) = &mut self.one {
            moves(delta);
        }
    }

    /// The same events, and others: so many of them come before.
    pub(crate) fn among(self, before: usize, queue: VecDeque<Event<'f>>) -> Self {
        Self {
            before,
            queue: Some(queue),
            ..self
        }
    }

    /// The same events, of a frame whose name and id lie in `text`.
    pub(crate) fn named(self, text: &'f str, kind: Slot, event_id: Slot) -> Self {
        Self {
            text,
            one: One::None(kind, event_id),
            ..self
        }
    }

    /// The same events, of a frame that came in another form.
    pub(crate) fn of(self, frame: Frame<'f>) -> Self {
        Self { frame, ..self }
    }

    pub(crate) fn with_raw(self, raw: RawAudio, before: usize) -> Self {
        Self {
            one: One::Raw(raw),
            due: true,
            before,
            ..self
        }
    }

    /// Returns the wire name of the frame; none where it has no plain one.
    #[must_use]
    pub fn kind(&self) -> Option<&'f str> {
        match &self.one {
            One::None(kind, _) => kind.of(self.text).plain(),
            One::Delta(delta) => delta.slots.plain(Field::Kind, self.text),
            One::Raw(_) => None,
        }
    }

    /// Returns the identifier that the server gave the frame.
    #[must_use]
    pub fn event_id(&self) -> Option<&'f str> {
        let id = match &self.one {
            One::None(_, event_id) => event_id.of(self.text).plain(),
            One::Delta(delta) => delta.slots.plain(Field::EventId, self.text),
            One::Raw(_) => None,
        };
        id.filter(|id| !id.is_empty())
    }

    /// Returns the frame itself.
    #[must_use]
    pub const fn frame(&self) -> Frame<'f> {
        self.frame
    }
}

impl<'f> Iterator for Events<'f> {
    type Item = Event<'f>;

    fn next(&mut self) -> Option<Event<'f>> {
        if self.before == 0 && core::mem::take(&mut self.due) {
            match (&mut self.one, self.frame) {
                (One::Delta(delta), _) => return Some(delta.event(self.text)),
                (One::Raw(raw), Frame::Binary(audio)) => return Some(raw.event(audio)),
                _ => {}
            }
        }
        self.before = self.before.saturating_sub(1);
        self.queue.as_mut()?.pop_front()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let queued = self.queue.as_ref().map_or(0, VecDeque::len);
        let left = queued + usize::from(self.due);
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
