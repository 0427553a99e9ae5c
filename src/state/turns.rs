//! User turns: each one that started is committed or discarded, once.
//!
//! ```text
//!          speech, or the item itself             committed
//!  (none) ───────────────────────────► started ───────────────► ended
//!                                         └── input cleared, the end ──► discarded
//! ```

use super::{Ended, Out};
use crate::{
    event::{Event, Previous, TurnOrigin, UserTurn},
    heap::Heap,
    id::Id,
    lists,
    rare::Rare,
};
use alloc::{sync::Arc, vec::Vec};

/// How many turns may overlap before the oldest is given up.
const OPEN: usize = 8;

#[derive(Clone, Debug, PartialEq)]
struct Turn {
    item: Option<Arc<str>>,
    origin: TurnOrigin,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Turns {
    open: Rare<Vec<Turn>>,
    committed: Ended,
}

impl Turns {
    pub(crate) fn new(tombstones: usize) -> Self {
        Self {
            open: Rare::blank(),
            committed: Ended::new(tombstones),
        }
    }

    fn find(&self, item: Option<&str>) -> Option<usize> {
        self.open
            .iter()
            .position(|turn| turn.item.as_deref() == item)
    }

    /// Whether the user's turn has begun and was not committed.
    pub(crate) fn is_open(&self, item: Option<&str>) -> bool {
        self.find(item).is_some()
    }

    /// Whether the user's turn was committed before.
    pub(crate) fn has_ended(&self, item: Option<&str>) -> bool {
        item.is_some_and(|id| self.committed.has(id, 0))
    }

    /// The user began; told once for each item.
    pub(crate) fn started<'f>(
        &mut self,
        origin: TurnOrigin,
        item_id: Option<&Id<'f>>,
        previous: &Previous<'f>,
        out: &mut Out<'f>,
    ) {
        let item = item_id.map(|id| &**id);
        if self.find(item).is_some() || self.has_ended(item) {
            return;
        }
        if self.open.len() == OPEN {
            let oldest = self.open.remove(0);
            out.push(discarded(oldest));
        }
        lists::push(
            &mut self.open,
            Turn {
                item: item_id.map(Id::to_shared),
                origin,
            },
        );
        let (item_id, previous) = (item_id.cloned(), previous.clone());
        out.push(Event::UserTurnStarted(UserTurn {
            origin,
            item_id,
            previous,
        }));
    }

    /// The turn is the server's now, started first if nobody told of its start. False if it was.
    pub(crate) fn committed<'f>(&mut self, mut turn: UserTurn<'f>, out: &mut Out<'f>) -> bool {
        let item = turn.item_id.as_deref();
        if item.is_some_and(|id| self.committed.has(id, 0)) {
            return false;
        }
        self.started(turn.origin, turn.item_id.as_ref(), &turn.previous, out);
        if let Some(at) = self.find(item) {
            turn.origin = self.open.remove(at).origin;
        }
        turn.item_id
            .iter()
            .for_each(|id| self.committed.add(id.to_shared(), 0));
        out.push(Event::UserTurnCommitted(turn));
        true
    }

    /// What was said in one turn is gone.
    pub(crate) fn discard_one(&mut self, item: Option<&str>, out: &mut Out<'_>) {
        if let Some(at) = self.find(item) {
            out.push(discarded(self.open.remove(at)));
        }
    }

    /// What was said is gone.
    pub(crate) fn discard(&mut self, out: &mut Out<'_>) {
        let open = self.open.take().into_iter().flatten();
        open.for_each(|turn| out.push(discarded(turn)));
    }

    pub(crate) fn memory(&self) -> usize {
        self.open.heap() + self.committed.memory()
    }
}

impl Heap for Turn {
    fn heap(&self) -> usize {
        self.item.heap()
    }
}

fn discarded(turn: Turn) -> Event<'static> {
    let item_id = turn.item.map(Id::shared);
    Event::UserTurnDiscarded(UserTurn {
        origin: turn.origin,
        item_id,
        previous: Previous::Unknown,
    })
}

#[cfg(test)]
mod tests;
