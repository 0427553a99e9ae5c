//! Streams: deltas of one shape that add to the same thing, known by the frames before.
//!
//! What a frame says is found from where the gaps of its shape lie, without parsing; where it goes,
//! from where the last one of its stream went, without looking names up.

use crate::{
    delta::Delta,
    heap::Heap,
    json::{AllVarying, Slot},
    lists,
    slots::Found,
    state::Place,
    stream::{Stream, varying},
};
use alloc::vec::Vec;

/// How many streams are known at once: two items of three kinds, and room for the next.
const STREAMS: usize = 8;

/// The streams of one connection. A copy knows none: it learns anew.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    known: Vec<Stream>,
    last: usize,
    oldest: usize,
    /// Counts whatever may have changed where deltas go.
    round: u32,
}

/// A known stream that a frame is like, and what varies in that.
pub(crate) struct Like {
    at: usize,
    varying: AllVarying,
}

impl Clone for Streams {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Streams {
    /// Something may have changed where deltas go.
    #[inline]
    pub(crate) fn disturb(&mut self) {
        self.round = self.round.wrapping_add(1);
    }

    /// The known stream that a frame is of, and where the gaps of the frame lie.
    #[inline]
    pub(crate) fn find(&mut self, frame: &str, found: &mut Found) -> Option<usize> {
        let next = self.known.get(self.last)?.next;
        let fits = self.known.get(next)?.template.fit(frame, found);
        let at = if fits {
            next
        } else {
            self.find_other(next, frame, found)?
        };
        self.last = at;
        Some(at)
    }

    #[inline(never)]
    fn find_other(&mut self, than: usize, frame: &str, found: &mut Found) -> Option<usize> {
        let known = self.known.iter().enumerate();
        let mut others = known.filter(|(at, _)| *at != than);
        let (at, _) = others.find(|(_, stream)| stream.template.fit(frame, found))?;
        self.known.get_mut(self.last)?.next = at;
        Some(at)
    }

    #[inline]
    pub(crate) fn at(&self, at: usize) -> Option<&Stream> {
        self.known.get(at)
    }

    /// Where the deltas of a stream go, if nothing may have changed it.
    #[inline]
    pub(crate) fn place(&self, stream: &Stream) -> Option<Place> {
        stream.place(self.round)
    }

    /// The delta of a frame of a known shape that is about other things, and the stream that is like
    /// it.
    pub(crate) fn find_like(&self, frame: &str) -> Option<(Delta, Like)> {
        let mut known = self.known.iter().enumerate();
        known.find_map(|(at, stream)| {
            let (delta, varying) = stream.like(frame)?;
            Some((delta, Like { at, varying }))
        })
    }

    /// Learns the stream that a delta is of, as it was decoded; which one that is. It takes the place
    /// of the oldest.
    pub(crate) fn learn(&mut self, frame: &str, delta: &Delta, idle: &[Slot]) -> Option<usize> {
        let varying = varying(delta, idle)?;
        let is_of = |stream: &Stream| stream.template.is_of(frame, &varying);
        let known = self.known.iter().position(is_of);
        Some(known.unwrap_or_else(|| {
            let at = self.room();
            self.put(at, frame, delta, &varying)
        }))
    }

    /// The same, of the stream of a delta of a known shape. It takes the place of the one that it is
    /// like, if that is over.
    pub(crate) fn learn_like(&mut self, frame: &str, delta: &Delta, like: &Like) -> usize {
        let at = if self.is_under_way(like.at) {
            self.room()
        } else {
            like.at
        };
        self.put(at, frame, delta, &like.varying)
    }

    fn put(&mut self, at: usize, frame: &str, delta: &Delta, varying: &AllVarying) -> usize {
        match self.known.get_mut(at) {
            Some(old) => old.learn(frame, delta, varying, at),
            None => lists::push(&mut self.known, Stream::new(frame, delta, varying, at)),
        }
        at
    }

    fn is_under_way(&self, at: usize) -> bool {
        let stream = self.known.get(at);
        stream.is_some_and(|stream| stream.place(self.round).is_some())
    }

    /// Where the next stream stands.
    fn room(&mut self) -> usize {
        let known = self.known.len();
        if known < STREAMS {
            return known;
        }
        let oldest = self.oldest;
        self.oldest = (oldest + 1) % STREAMS;
        oldest
    }

    /// A delta of a stream went there, and this is how the machines left it.
    pub(crate) fn bind(&mut self, at: usize, delta: &Delta, place: Place) {
        if let Some(stream) = self.known.get_mut(at) {
            stream.bind(delta, place, self.round);
        }
    }
}

impl Heap for Streams {
    fn heap(&self) -> usize {
        self.known.heap()
    }
}
