//! What one frame caused.

use crate::{
    delta::{Delta, Field, Made, RawAudio},
    event::Event,
    json::Slot,
    loose::{Loose, raw},
    outline::{Outline, Plain},
};
use alloc::{boxed::Box, collections::VecDeque, sync::Arc};
use core::{
    fmt,
    iter::FusedIterator,
    mem::{replace, take},
};

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
    /// The frame, where it came as bytes.
    bytes: Option<&'f [u8]>,
    /// The delta that most frames are. It is no event until it is yielded: none is moved once it is made.
    outline: Outline,
    plain: Option<Plain>,
    loose: Loose,
    due: Due<'f>,
}

/// What is still to be told, other than a plain delta.
///
/// A loop over a plain delta needs no place in memory for what it goes over, as long as no call is
/// given a reference to that: this is handed on whole.
#[derive(Clone)]
enum Due<'f> {
    Nothing,
    /// The delta, with the names that the session made.
    Loose(Option<Arc<Made>>),
    /// The frame itself is the audio, of that.
    Raw(Arc<Made>),
    /// A delta of which something does not stand in the text as it is.
    Odd(Box<Delta>),
    Queue(Box<Queue<'f>>),
}

#[derive(Clone)]
struct Queue<'f> {
    events: VecDeque<Event<'f>>,
    /// The name of the frame, and its identifier.
    kind: Slot,
    event_id: Slot,
}

impl<'f> Events<'f> {
    pub(crate) fn new(frame: Frame<'f>, events: VecDeque<Event<'f>>) -> Self {
        let (text, bytes) = match frame {
            Frame::Text(text) => (text, None),
            Frame::Binary(bytes) => ("", Some(bytes)),
        };
        let queue = Queue {
            events,
            kind: Slot::default(),
            event_id: Slot::default(),
        };
        Self {
            bytes,
            ..Self::of(text, Due::Queue(Box::new(queue)))
        }
    }

    const fn of(text: &'f str, due: Due<'f>) -> Self {
        Self {
            text,
            bytes: None,
            outline: Outline::NONE,
            plain: None,
            loose: Loose::NONE,
            due,
        }
    }

    /// Nothing but a delta.
    pub(crate) fn of_delta(text: &'f str, delta: Delta) -> Self {
        match Loose::of(&delta, text) {
            Some((outline, loose)) => Self::of_loose(text, outline, loose, delta.made),
            None => Self::of(text, Due::Odd(Box::new(delta))),
        }
    }

    /// Nothing but audio that is the frame.
    pub(crate) fn of_raw(audio: &'f [u8], raw: RawAudio) -> Self {
        let outline = Outline {
            output_index: raw.output_index,
            epoch: raw.epoch,
            format: raw.format,
            ..Outline::NONE
        };
        Self {
            bytes: Some(audio),
            outline,
            ..Self::of("", Due::Raw(raw.of))
        }
    }

    /// Nothing but a plain delta.
    #[inline]
    pub(crate) const fn of_plain(text: &'f str, outline: Outline, plain: Option<Plain>) -> Self {
        Self {
            text,
            bytes: None,
            outline,
            plain,
            loose: Loose::NONE,
            due: Due::Nothing,
        }
    }

    /// Nothing but a delta that may lack names or tell more.
    pub(crate) fn of_loose(
        text: &'f str,
        outline: Outline,
        loose: Loose,
        made: Option<Arc<Made>>,
    ) -> Self {
        Self {
            outline,
            loose,
            ..Self::of(text, Due::Loose(made))
        }
    }

    /// The same events in a place of their own, for what a call returns has to lie in memory.
    #[inline]
    pub(crate) fn apart(self) -> Self {
        Self {
            text: self.text,
            bytes: self.bytes,
            outline: self.outline,
            plain: self.plain,
            loose: self.loose,
            due: self.due,
        }
    }

    /// The same events, of a frame whose name and id lie in `text`.
    pub(crate) fn named(mut self, text: &'f str, name: Slot, id: Slot) -> Self {
        if let Due::Queue(queue) = &mut self.due {
            (queue.kind, queue.event_id) = (name, id);
        }
        Self { text, ..self }
    }

    /// The same events, of a text that came as bytes.
    pub(crate) fn of_binary(self, bytes: &'f [u8]) -> Self {
        Self {
            bytes: Some(bytes),
            ..self
        }
    }

    /// Returns the wire name of the frame; none where it has no plain one.
    #[must_use]
    pub fn kind(&self) -> Option<&'f str> {
        match &self.due {
            Due::Odd(delta) => delta.slots.plain(Field::Kind, self.text),
            Due::Queue(queue) => queue.kind.of(self.text).plain(),
            _ => self.outline.kind.told(self.text),
        }
    }

    /// Returns the identifier that the server gave the frame.
    #[must_use]
    pub fn event_id(&self) -> Option<&'f str> {
        let id = match &self.due {
            Due::Odd(delta) => delta.slots.plain(Field::EventId, self.text),
            Due::Queue(queue) => queue.event_id.of(self.text).plain(),
            _ => self.outline.event_id.told(self.text),
        };
        id.filter(|id| !id.is_empty())
    }

    /// Returns the frame itself.
    #[must_use]
    pub const fn frame(&self) -> Frame<'f> {
        match self.bytes {
            Some(bytes) => Frame::Binary(bytes),
            None => Frame::Text(self.text),
        }
    }
}

impl<'f> Due<'f> {
    /// Tells the next one, and returns what is left.
    #[inline(never)]
    fn next(
        mut self,
        (outline, loose): (Outline, Loose),
        text: &'f str,
        bytes: Option<&'f [u8]>,
        next: &mut Option<Event<'f>>,
    ) -> Self {
        match &mut self {
            Self::Nothing => {}
            Self::Loose(made) => {
                *next = Some(loose.event(&outline, made.as_deref(), text));
                return Self::Nothing;
            }
            Self::Raw(of) => {
                *next = Some(raw(&outline, of, bytes.unwrap_or_default()));
                return Self::Nothing;
            }
            Self::Odd(delta) => *next = take(&mut delta.due).then(|| delta.event(text)),
            Self::Queue(queue) => *next = queue.events.pop_front(),
        }
        self
    }
}

impl<'f> Iterator for Events<'f> {
    type Item = Event<'f>;

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "in the loop over them, neither the events nor the event are moved"
    )]
    fn next(&mut self) -> Option<Event<'f>> {
        if let Some(plain) = self.plain.take() {
            return Some(self.outline.event(plain, self.text));
        }
        if let Due::Nothing = self.due {
            return None;
        }
        let mut next = None;
        let due = replace(&mut self.due, Due::Nothing);
        self.due = due.next((self.outline, self.loose), self.text, self.bytes, &mut next);
        next
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = match &self.due {
            Due::Nothing => usize::from(self.plain.is_some()),
            Due::Loose(_) | Due::Raw(_) => 1,
            Due::Odd(delta) => usize::from(delta.due),
            Due::Queue(queue) => queue.events.len(),
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
const _: () = assert!(size_of::<Events<'static>>() <= 144);

/// Prints how many events are left.
impl fmt::Debug for Events<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("frame", &self.frame())
            .field("left", &self.len())
            .finish()
    }
}
