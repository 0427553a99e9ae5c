//! What the user heard: never more than was received, and of a flushed epoch nothing more.
//!
//! ```text
//!   epoch n: deltas ──► received ──► played (reported, or assumed in real time, or unknown)
//!      │
//!      │ barge-in: speech, a commit, a command, the server
//!      ▼
//!   epoch n + 1: everything of epoch n is flushed; what was not heard is truncated
//! ```
//! Parts are heard in the order in which they came. What is unknown never truncates. The tests walk
//! the audio of a part, and what is known of how much was heard.

use super::Out;
use crate::{audio::AudioFormat, event::Epoch, heap::Heap, id::Id, lists, rare::Rare, time::Time};
use alloc::{boxed::Box, collections::VecDeque, sync::Arc, vec::Vec};
use core::time::Duration;

/// How many parts of one epoch are told apart, where older ones are heard as a whole; and how many
/// items wait to be deleted.
const PARTS: usize = 64;

/// The audio of one part of an item.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) item: Option<Arc<str>>,
    pub(crate) response: Option<Arc<str>>,
    pub(crate) index: u32,
    /// It is beside the conversation: nothing of it can be cut.
    pub(crate) beside: bool,
    format: AudioFormat,
    bytes: u64,
    /// How long that lasts: whole milliseconds, rounded down.
    /// In milliseconds.
    received: u64,
    /// Its audio is told to be whole.
    done: bool,
    /// Its response has ended.
    pub(crate) over: bool,
}

impl Part {
    pub(crate) fn received(&self) -> Duration {
        Duration::from_millis(self.received)
    }

    /// Takes more; returns how much longer it lasts now.
    fn add(&mut self, bytes: usize) -> u64 {
        self.bytes += bytes as u64;
        let received = self.format.millis(self.bytes).unwrap_or_default();
        let before = core::mem::replace(&mut self.received, received);
        received.saturating_sub(before)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// Whether no more audio of it comes.
    pub(crate) fn is_done(&self) -> bool {
        self.done || self.over
    }
}

impl Heap for Part {
    fn heap(&self) -> usize {
        self.item.heap() + self.response.heap()
    }
}

/// A part that a barge-in cut, and how much of it was heard.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cut {
    pub(crate) part: Part,
    pub(crate) heard: Duration,
}

/// An item that nobody heard, behind its response.
type Unheard = (Option<Arc<str>>, Box<str>);

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Playback {
    pub(crate) epoch: Epoch,
    parts: Vec<Part>,
    /// How long the last parts were that are not told apart any more.
    past: Rare<VecDeque<(Arc<str>, u32, Duration)>>,
    /// What parts of this epoch that are not told apart any more lasted.
    folded: Duration,
    /// All audio of this epoch, in milliseconds.
    total: u64,
    /// Played since the epoch began, across items, by the host's own report.
    played: Option<Duration>,
    /// When playback went on, and how much of the epoch was over then: it runs in real time from
    /// the first delta until everything is heard, and again from the next delta.
    began: Option<(Time, Duration)>,
    /// Items that nobody heard, to be deleted once their response has ended.
    unheard: Rare<Vec<Unheard>>,
}

impl Playback {
    /// Takes a report; one of a flushed epoch says nothing any more, and none goes back.
    pub(crate) fn report(&mut self, epoch: Epoch, played: Duration) {
        if epoch == self.epoch {
            self.played = self.played.max(Some(played));
        }
    }

    /// A new connection knows none of these items: they can be flushed, and not be cut.
    pub(crate) fn carry_on(&mut self) {
        self.unheard = Rare::blank();
        self.past = Rare::blank();
        for part in &mut self.parts {
            part.item = None;
        }
    }

    /// Counts a delta that surfaces; true if a part began with it.
    pub(crate) fn received(&mut self, key: PartKey<'_>, bytes: usize, now: Option<Time>) -> bool {
        let place = self.place(key);
        let at = place.unwrap_or_else(|| self.begin(key));
        self.add(at, bytes, now);
        place.is_none()
    }

    fn total(&self) -> Duration {
        Duration::from_millis(self.total)
    }

    /// Where the audio of a part stands.
    pub(crate) fn place(&self, key: PartKey<'_>) -> Option<usize> {
        self.parts.iter().rposition(|part| key.is(part))
    }

    /// Counts a delta of the part that stands there.
    #[inline]
    pub(crate) fn add(&mut self, at: usize, bytes: usize, now: Option<Time>) {
        if let Some(now) = now {
            let silent = self
                .assumed(Some(now))
                .is_none_or(|heard| heard >= self.total());
            if silent {
                self.began = Some((now, self.total()));
            }
        }
        if let Some(part) = self.parts.get_mut(at) {
            self.total = self.total.saturating_add(part.add(bytes));
        }
    }

    /// The audio of a part is whole.
    pub(crate) fn done(&mut self, item: Option<&str>, index: u32) {
        let is = |part: &&mut Part| part.index == index && part.item.as_deref() == item;
        if let Some(part) = self.parts.iter_mut().rev().find(is) {
            part.done = true;
        }
    }

    /// Ends the audio of an item; false if none of it was under way.
    pub(crate) fn take_open(&mut self, item: &str) -> bool {
        let open = |part: &&mut Part| part.item.as_deref() == Some(item) && !part.is_done();
        let mut ended = false;
        for part in self.parts.iter_mut().filter(open) {
            part.done = true;
            ended |= !part.is_empty();
        }
        ended
    }

    /// Makes room for a part before its audio comes; where it stands.
    pub(crate) fn open(&mut self, key: PartKey<'_>) -> usize {
        self.place(key).unwrap_or_else(|| self.begin(key))
    }

    /// What real time has played by now.
    fn assumed(&self, now: Option<Time>) -> Option<Duration> {
        let (began, before) = self.began?;
        Some(now?.0.saturating_sub(began.0).saturating_add(before))
    }

    fn begin(&mut self, key: PartKey<'_>) -> usize {
        if self.parts.len() == PARTS {
            let oldest = self.parts.remove(0);
            self.folded += oldest.received();
            self.remember(&oldest);
        }
        lists::push(
            &mut self.parts,
            Part {
                item: key.item.map(Arc::from),
                response: key.response.map(Arc::from),
                index: key.index,
                beside: key.beside,
                format: key.format,
                bytes: 0,
                received: 0,
                done: false,
                over: false,
            },
        );
        self.parts.len() - 1
    }

    fn remember(&mut self, part: &Part) {
        if self.past.len() == PARTS {
            self.past.pop_front();
        }
        if let Some(item) = &part.item {
            self.past
                .push_back((Arc::clone(item), part.index, part.received()));
        }
    }

    /// How much audio of a part was received, if that is remembered.
    pub(crate) fn received_of(&self, item: &str, index: u32) -> Option<Duration> {
        let part = |part: &&Part| part.index == index && part.item.as_deref() == Some(item);
        let past = |(id, at, _): &&(Arc<str>, u32, Duration)| *at == index && **id == *item;
        let now = self.parts.iter().rev().find(part).map(Part::received);
        now.or_else(|| {
            self.past
                .iter()
                .rev()
                .find(past)
                .map(|(_, _, received)| *received)
        })
    }

    /// How much of the epoch was heard, if that can be known.
    pub(crate) fn heard(&self, now: Option<Time>, estimate: bool) -> Option<Duration> {
        let assumed = || self.assumed(now).filter(|_| estimate);
        let heard = self.played.or_else(assumed)?;
        Some(heard.min(self.total()))
    }

    /// Whether audio is known to be unheard.
    pub(crate) fn is_unheard(&self, now: Option<Time>, estimate: bool) -> bool {
        self.heard(now, estimate)
            .is_some_and(|heard| heard < self.total())
    }

    /// Begins the next epoch and hands out what the old one left: each part with what was heard.
    pub(crate) fn flush(
        &mut self,
        now: Option<Time>,
        estimate: bool,
    ) -> (Option<Duration>, Vec<Cut>) {
        let heard = self.heard(now, estimate);
        let mut left = heard.unwrap_or_default().saturating_sub(self.folded);
        let cut = |part: Part| {
            let heard = whole_millis(left.min(part.received()));
            left = left.saturating_sub(part.received());
            Cut { part, heard }
        };
        let parts = core::mem::take(&mut self.parts);
        for part in &parts {
            self.remember(part);
        }
        let cuts: Vec<_> = parts.into_iter().map(cut).collect();
        self.epoch = Epoch(self.epoch.0.wrapping_add(1));
        self.folded = Duration::ZERO;
        self.total = 0;
        self.played = None;
        self.began = None;
        (heard, if heard.is_some() { cuts } else { Vec::new() })
    }

    /// A response has ended: what can be deleted of it now. While nobody tells what is played it
    /// counts as heard; a report may still come.
    pub(crate) fn response_ended(&mut self, response: Option<&str>) -> Vec<Box<str>> {
        for part in &mut self.parts {
            part.over |= part.response.as_deref() == response;
        }
        let unheard = self.unheard.take().unwrap_or_default();
        let (due, kept) = unheard
            .into_iter()
            .partition::<Vec<_>, _>(|(of, _)| of.as_deref() == response);
        self.unheard = Rare::from(kept);
        due.into_iter().map(|(_, item)| item).collect()
    }

    /// Deletes an item once its response has ended; the oldest of too many is given up.
    pub(crate) fn delete_later(
        &mut self,
        response: Option<Arc<str>>,
        item: &str,
        out: &mut Out<'_>,
    ) {
        if self.unheard.len() == PARTS {
            let (_, oldest) = self.unheard.remove(0);
            out.push(super::limit(
                "unheard_items",
                Some(Id::shared(oldest.into())),
            ));
        }
        self.unheard.push((response, item.into()));
    }

    pub(crate) fn memory(&self) -> usize {
        self.parts.heap() + self.past.heap() + self.unheard.heap()
    }
}

/// A moment in audio, as the wire can say it: rounded down to milliseconds.
fn whole_millis(at: Duration) -> Duration {
    Duration::from_millis(u64::try_from(at.as_millis()).unwrap_or(u64::MAX))
}

/// What names the audio of a part.
#[derive(Clone, Copy)]
pub(crate) struct PartKey<'k> {
    pub(crate) item: Option<&'k str>,
    pub(crate) response: Option<&'k str>,
    pub(crate) index: u32,
    pub(crate) beside: bool,
    pub(crate) format: AudioFormat,
}

impl PartKey<'_> {
    fn is(&self, part: &Part) -> bool {
        let same = part.index == self.index && part.item.as_deref() == self.item;
        same && part.format == self.format && !part.over
    }
}

#[cfg(test)]
mod tests;
