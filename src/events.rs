//! What one frame caused.

use crate::{
    delta::{Delta, Field, RawAudio},
    event::Event,
    followed::Followed,
    json::Slot,
};
use alloc::collections::VecDeque;
use core::{fmt, iter::FusedIterator, mem::take};

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
#[derive(Clone)]
pub struct Events<'f> {
    /// The text that the slots lie in.
    text: &'f str,
    of: Of<'f>,
}

/// A delta alone is not an event until it is yielded: no event is moved once it is made.
#[derive(Clone)]
enum Of<'f> {
    /// Offsets into the text, which may be told already, or may have come as bytes.
    Followed {
        delta: Followed,
        due: bool,
        binary: bool,
    },
    /// The same, of which something is not in the text, or not as it stands.
    Delta { delta: Delta, binary: bool },
    /// The frame itself is the audio, which may be told already.
    Raw {
        raw: Option<RawAudio>,
        audio: &'f [u8],
    },
    /// Whatever else; the name of the frame, and its identifier.
    Queue {
        queue: VecDeque<Event<'f>>,
        frame: Frame<'f>,
        kind: Slot,
        event_id: Slot,
    },
}

impl<'f> Events<'f> {
    pub(crate) fn new(frame: Frame<'f>, queue: VecDeque<Event<'f>>) -> Self {
        Self {
            text: "",
            of: Of::Queue {
                queue,
                frame,
                kind: Slot::default(),
                event_id: Slot::default(),
            },
        }
    }

    /// Nothing but a delta.
    #[inline]
    pub(crate) const fn of_delta(text: &'f str, delta: Delta) -> Self {
        let binary = false;
        let of = Of::Delta { delta, binary };
        Self { text, of }
    }

    /// Nothing but audio that is the frame.
    pub(crate) const fn of_raw(audio: &'f [u8], raw: RawAudio) -> Self {
        let raw = Some(raw);
        Self {
            text: "",
            of: Of::Raw { raw, audio },
        }
    }

    /// Nothing but a delta that is all in its text.
    #[inline]
    pub(crate) const fn of_followed(text: &'f str, delta: Followed) -> Self {
        Self {
            text,
            of: Of::Followed {
                delta,
                due: true,
                binary: false,
            },
        }
    }

    /// The same events, of a frame whose name and id lie in `text`.
    pub(crate) fn named(mut self, text: &'f str, name: Slot, id: Slot) -> Self {
        if let Of::Queue { kind, event_id, .. } = &mut self.of {
            (*kind, *event_id) = (name, id);
        }
        Self { text, ..self }
    }

    /// The same events, of a text that came as bytes.
    pub(crate) fn of_binary(mut self, bytes: &'f [u8]) -> Self {
        match &mut self.of {
            Of::Followed { binary, .. } | Of::Delta { binary, .. } => *binary = true,
            Of::Queue { frame, .. } => *frame = Frame::Binary(bytes),
            Of::Raw { .. } => {}
        }
        self
    }

    /// Returns the wire name of the frame; none where it has no plain one.
    #[must_use]
    pub fn kind(&self) -> Option<&'f str> {
        match &self.of {
            Of::Followed { delta, .. } => Some(delta.kind.of(self.text)),
            Of::Delta { delta, .. } => delta.slots.plain(Field::Kind, self.text),
            Of::Queue { kind, .. } => kind.of(self.text).plain(),
            Of::Raw { .. } => None,
        }
    }

    /// Returns the identifier that the server gave the frame.
    #[must_use]
    pub fn event_id(&self) -> Option<&'f str> {
        let id = match &self.of {
            Of::Followed { delta, .. } => Some(delta.event_id.of(self.text)),
            Of::Delta { delta, .. } => delta.slots.plain(Field::EventId, self.text),
            Of::Queue { event_id, .. } => event_id.of(self.text).plain(),
            Of::Raw { .. } => None,
        };
        id.filter(|id| !id.is_empty())
    }

    /// Returns the frame itself.
    #[must_use]
    pub const fn frame(&self) -> Frame<'f> {
        match &self.of {
            Of::Followed { binary, .. } | Of::Delta { binary, .. } => match binary {
                false => Frame::Text(self.text),
                true => Frame::Binary(self.text.as_bytes()),
            },
            Of::Queue { frame, .. } => *frame,
            Of::Raw { audio, .. } => Frame::Binary(audio),
        }
    }

    /// Written elsewhere than a delta alone: the compiler then builds that where it is wanted.
    #[inline(never)]
    fn next_other(&mut self, next: &mut Option<Event<'f>>) {
        *next = match &mut self.of {
            Of::Queue { queue, .. } => queue.pop_front(),
            Of::Raw { raw, audio } => raw.take().map(|raw| raw.event(audio)),
            Of::Delta { delta, .. } => take(&mut delta.due).then(|| delta.event(self.text)),
            Of::Followed { .. } => None,
        };
    }
}

impl<'f> Iterator for Events<'f> {
    type Item = Event<'f>;

    #[inline]
    fn next(&mut self) -> Option<Event<'f>> {
        match &mut self.of {
            Of::Followed { due: false, .. } => None,
            Of::Followed { delta, due, .. } => {
                *due = false;
                Some(delta.event(self.text))
            }
            _ => {
                let mut other = None;
                self.next_other(&mut other);
                other
            }
        }
    }

    /// A delta alone is made where it is handed over; a loop would move it once more.
    #[inline]
    fn fold<B, F: FnMut(B, Event<'f>) -> B>(self, init: B, mut f: F) -> B {
        if let Of::Followed {
            delta, due: true, ..
        } = &self.of
        {
            return f(init, delta.event(self.text));
        }
        let mut all = init;
        for event in self {
            all = f(all, event);
        }
        all
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = match &self.of {
            Of::Followed { due, .. } => usize::from(*due),
            Of::Delta { delta, .. } => usize::from(delta.due),
            Of::Queue { queue, .. } => queue.len(),
            Of::Raw { raw, .. } => usize::from(raw.is_some()),
        };
        (left, Some(left))
    }
}

impl ExactSizeIterator for Events<'_> {}

impl FusedIterator for Events<'_> {}

/// Of the same frame, the same events are left: however they are kept.
impl PartialEq for Events<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.frame() == other.frame() && Iterator::eq(self.clone(), other.clone())
    }
}

/// What every frame is moved as.
const _: () = assert!(size_of::<Events<'static>>() <= 128);

/// Prints how many events are left.
impl fmt::Debug for Events<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("frame", &self.frame())
            .field("left", &self.len())
            .finish()
    }
}
