//! Awaited transcripts: each turn that was committed and not transcribed in time is told of, once.
//!
//! ```text
//!            committed                time told                    time told, too long after
//!   (none) ───────────► unstarted ──────────────► waiting ─────────────────────────────────► told
//!      ▲                    │                        │
//!      └─── its end ────────┴────────────────────────┘
//! ```
//! The oldest turn that waits is what the deadline is about; the next one takes its place.

use crate::{heap::Heap, id::Id, rare::Rare, time::Time};
use alloc::{collections::VecDeque, sync::Arc};

/// How many turns may wait for their transcripts before the oldest is not waited for any more.
const MOST: usize = 16;

/// A turn that was committed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Turn {
    item: Option<Arc<str>>,
    /// When the time was first told after the commit.
    pub(crate) since: Option<Time>,
}

/// Turns whose transcripts have not ended, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Awaited {
    turns: Rare<VecDeque<Turn>>,
}

impl Awaited {
    /// A turn was committed.
    pub(crate) fn begin(&mut self, item: Option<&Id<'_>>) {
        if self.turns.len() == MOST {
            self.turns.pop_front();
        }
        let item = item.map(Id::to_shared);
        self.turns.push_back(Turn { item, since: None });
    }

    /// The transcript of an item ended. One without an id is of the oldest turn.
    pub(crate) fn over(&mut self, item: Option<&str>) {
        let is = |turn: &Turn| item.is_none() || turn.item.as_deref() == item;
        if let Some(at) = self.turns.iter().position(is) {
            self.turns.remove(at);
        }
    }

    /// The oldest turn was waited for too long.
    pub(crate) fn give_up(&mut self) {
        if let Some(turns) = self.turns.existing_mut() {
            turns.pop_front();
        }
    }

    /// The time was told.
    pub(crate) fn told(&mut self, now: Time) {
        let turns = self.turns.existing_mut().into_iter().flatten();
        for turn in turns {
            turn.since.get_or_insert(now);
        }
    }

    /// The turn that waits longest.
    pub(crate) fn oldest(&self) -> Option<&Turn> {
        self.turns.front()
    }

    pub(crate) fn memory(&self) -> usize {
        self.turns.heap()
    }
}

impl Heap for Turn {
    fn heap(&self) -> usize {
        self.item.heap()
    }
}

#[cfg(test)]
mod tests;
