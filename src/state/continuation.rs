//! Continuations: once a response has ended and all its calls are answered, the model goes on.
//!
//! ```text
//!   delivered ──► open > 0 ──── last answer ───► open == 0 ──┐
//!                    response ended ─────────────────────────┴─► due ──► asked ──► covered
//!                                                                 ▲        │ race    ▲
//!                                                                 └────────┘         │
//!                          a default response created after the outputs left ───────┘
//! ```
//! One create for all calls of a response; none where nobody wants a reply, none where a reply that
//! began after the outputs were on the wire covers it.

use super::Out;
use crate::{heap::Heap, rare::Rare};
use alloc::{sync::Arc, vec::Vec};

/// How many responses may have calls or answers that wait; the oldest gets no reply beyond that.
const GROUPS: usize = 64;

/// The calls of one response.
#[derive(Clone, Debug, PartialEq)]
struct Group {
    response: Option<Arc<str>>,
    /// Delivered and not answered.
    open: u32,
    /// Answers that have not left yet.
    unsent: u32,
    wanted: bool,
    ended: bool,
    asked: bool,
}

impl Group {
    fn is_complete(&self) -> bool {
        self.ended && self.open == 0
    }

    fn is_due(&self) -> bool {
        self.is_complete() && self.wanted && !self.asked
    }
}

impl Heap for Group {
    fn heap(&self) -> usize {
        self.response.heap()
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Continuations {
    groups: Rare<Vec<Group>>,
}

impl Continuations {
    fn of(&mut self, response: Option<&str>) -> Option<&mut Group> {
        let mut groups = self.groups.existing_mut()?.iter_mut();
        groups.find(|group| group.response.as_deref() == response)
    }

    fn keep(&mut self, kept: fn(&Group) -> bool) {
        if let Some(groups) = self.groups.existing_mut() {
            groups.retain(kept);
        }
    }

    /// A call of a response was delivered.
    pub(crate) fn delivered(&mut self, response: Option<&Arc<str>>, out: &mut Out<'_>) {
        if let Some(group) = self.of(response.map(|id| &**id)) {
            group.open += 1;
            return;
        }
        if self.groups.len() == GROUPS {
            self.groups.remove(0);
            out.push(super::limit("continuations", None));
        }
        self.groups.push(Group {
            response: response.cloned(),
            open: 1,
            unsent: 0,
            wanted: false,
            ended: false,
            asked: false,
        });
    }

    /// A call was answered; the answer waits to be sent.
    pub(crate) fn answered(&mut self, response: Option<&str>, wants_reply: bool) {
        if let Some(group) = self.of(response) {
            group.open = group.open.saturating_sub(1);
            group.unsent += 1;
            group.wanted |= wants_reply;
        }
        self.forget_unwanted();
    }

    /// A call is nobody's to answer any more.
    pub(crate) fn cancelled(&mut self, response: Option<&str>) {
        if let Some(group) = self.of(response) {
            group.open = group.open.saturating_sub(1);
        }
        self.forget_unwanted();
    }

    /// Nobody wants a reply to these answers.
    fn forget_unwanted(&mut self) {
        self.keep(|group| !group.is_complete() || group.wanted);
    }

    /// An answer has left.
    pub(crate) fn on_the_wire(&mut self, response: Option<&str>) {
        if let Some(group) = self.of(response) {
            group.unsent = group.unsent.saturating_sub(1);
        }
    }

    /// The response has ended: what is complete now and wanted is due.
    pub(crate) fn response_ended(&mut self, response: Option<&str>) {
        if let Some(group) = self.of(response) {
            group.ended = true;
        }
        self.forget_unwanted();
    }

    /// Whether a create is due.
    pub(crate) fn is_due(&self) -> bool {
        self.groups.iter().any(Group::is_due)
    }

    /// A create was sent for everything that is due.
    pub(crate) fn asked(&mut self) {
        let groups = self.groups.existing_mut().into_iter().flatten();
        for group in groups.filter(|group| group.is_due()) {
            group.asked = true;
        }
    }

    /// The create lost a race: it is due again.
    pub(crate) fn again(&mut self) {
        for group in self.groups.existing_mut().into_iter().flatten() {
            group.asked = false;
        }
    }

    /// The create was refused: nobody asks again.
    pub(crate) fn refused(&mut self) {
        self.keep(|group| !group.asked);
    }

    /// A default response began: it has seen every answer that had left.
    pub(crate) fn covered(&mut self) {
        self.keep(|group| !(group.is_complete() && group.unsent == 0));
    }

    pub(crate) fn memory(&self) -> usize {
        self.groups.heap()
    }
}

#[cfg(test)]
mod tests;
