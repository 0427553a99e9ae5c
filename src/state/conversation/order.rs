//! The order of the items: each stands behind the one that it was told to follow.
//!
//! ```text
//!                              what it follows is told
//!            unplaced, at the end ──────────────────► standing
//!                     │                                  ▲
//!                     │ ... and has not appeared         │ it appears
//!                     ▼                                  │
//!             parked, at the end ────────────────────────┤
//!                     ▲                                  │
//!                     │ stands behind it                 │ moves where that goes
//!                 attached ──────────────────────────────┘
//! ```
//! Nothing is lost while it waits: what waits stands at the end. What is said to follow itself waits
//! for nothing.

use super::{Conversation, ConversationItem};
use crate::{event::Previous, id::Id, lists};
use alloc::{sync::Arc, vec::Vec};

impl Conversation {
    /// Moves an item, once something tells what it follows, with all that stands behind it.
    pub(super) fn place(&mut self, at: usize, previous: &Previous<'_>) -> usize {
        let previous = self.believed(previous);
        let known = self.items.get(at).is_none_or(|item| item.placed);
        if known || *previous == Previous::Unknown {
            return at;
        }
        let group = self.take(at);
        self.put(group, previous)
    }

    /// What a word about a place is worth.
    fn believed<'p>(&self, previous: &'p Previous<'p>) -> &'p Previous<'p> {
        match previous {
            Previous::First if !self.trusts_first => &Previous::Unknown,
            previous => previous,
        }
    }

    /// Takes an item out, with all that is attached to it.
    fn take(&mut self, at: usize) -> Vec<ConversationItem> {
        let behind = self.items.iter().skip(at + 1);
        let to = at + 1 + behind.take_while(|item| item.attached).count();
        self.items.drain(at..to).collect()
    }

    /// Puts items where the first of them belongs; behind everything while that is not known.
    pub(super) fn put(
        &mut self,
        mut group: Vec<ConversationItem>,
        previous: &Previous<'_>,
    ) -> usize {
        // What is said to follow itself, in however many steps, is said to follow nothing.
        let circular = |id: &Id<'_>| group.iter().any(|item| *item.id == **id);
        let previous = match previous {
            Previous::After(id) if circular(id) => &Previous::Unknown,
            previous => self.believed(previous),
        };
        let (at, parked) = match previous {
            Previous::Unknown => (self.items.len(), None),
            Previous::First => (self.first.min(self.items.len()), None),
            Previous::After(previous) => match self.find(previous) {
                Some(before) => (before + 1, None),
                None => (self.items.len(), Some(previous.to_shared())),
            },
        };
        let follows = parked.is_none() && matches!(previous, Previous::After(_));
        let attached = follows && self.waits(at.checked_sub(1));
        let mut still = attached || parked.is_some();
        if let Some(head) = group.first_mut() {
            head.attached = attached;
            head.placed = *previous != Previous::Unknown;
            head.parked = parked;
            still |= !head.placed;
        }
        for item in group.iter_mut().skip(1) {
            item.attached = still;
        }
        for (item, at) in group.into_iter().zip(at..) {
            lists::insert(&mut self.items, at, item);
        }
        at
    }

    /// Whether an item stands where it does only until another appears.
    fn waits(&self, at: Option<usize>) -> bool {
        let item = at.and_then(|at| self.items.get(at));
        item.is_some_and(|item| item.attached || item.parked.is_some() || !item.placed)
    }

    /// Moves what waited for an item behind it; returns where the item stands then.
    pub(super) fn unpark(&mut self, id: &Arc<str>, at: usize) -> usize {
        let waits = |item: &ConversationItem| item.parked.as_deref() == Some(&**id);
        let previous = Previous::After(Id::shared(Arc::clone(id)));
        while let Some(from) = self.items.iter().position(waits) {
            let group = self.take(from);
            self.put(group, &previous);
        }
        self.find(id).unwrap_or(at)
    }
}
