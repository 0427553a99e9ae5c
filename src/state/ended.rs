//! A bounded memory of what has ended, so that a late echo is known for one.
//!
//! ```text
//!            added                  forgotten, or too many others added
//!  unknown ────────► remembered ──────────────────────────────────────────► unknown
//!                      │    ▲
//!                      └────┘ added again: it is the newest
//! ```

use crate::{heap::Heap, lists, rare::Rare};
use alloc::{collections::VecDeque, sync::Arc};

/// The ids of the last things that ended, oldest out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ended {
    ids: Rare<VecDeque<(Arc<str>, u32)>>,
    limit: usize,
}

impl Ended {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            ids: Rare::blank(),
            limit: limit.max(1),
        }
    }

    pub(crate) fn add(&mut self, id: Arc<str>, index: u32) {
        self.forget(&id, index);
        if self.ids.len() == self.limit {
            self.ids.pop_front();
        }
        lists::push_back(&mut self.ids, (id, index));
    }

    pub(crate) fn add_some(&mut self, id: Option<Arc<str>>, index: u32) {
        if let Some(id) = id {
            self.add(id, index);
        }
    }

    pub(crate) fn has(&self, id: &str, index: u32) -> bool {
        self.ids
            .iter()
            .rev()
            .any(|(ended, at)| *at == index && **ended == *id)
    }

    /// Forgets an id; true if it was known.
    pub(crate) fn forget(&mut self, id: &str, index: u32) -> bool {
        let at = self
            .ids
            .iter()
            .position(|(ended, at)| *at == index && **ended == *id);
        at.is_some_and(|at| self.ids.remove(at).is_some())
    }

    pub(crate) fn memory(&self) -> usize {
        self.ids.heap()
    }
}

#[cfg(test)]
mod tests;
