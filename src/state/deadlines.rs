//! Deadlines: what was expected and has not come is told, once.
//!
//! ```text
//!            arm                     handle_timeout                 handle_timeout, due
//!   (none) ───────► armed, unstarted ───────────────► running ─────────────────────────► fired
//!      ▲                  │                              │
//!      └──── disarm ──────┴──────────────────────────────┘
//! ```
//! A deadline starts when the time is told for the first time after it was armed, so a driver that
//! tells the time rarely sees what a busy one sees. One that never tells it has no deadlines. A
//! restart, made when the time is told, leads from everywhere to `running`.

use crate::{heap::Heap, time::Time};
use alloc::vec::Vec;
use core::time::Duration;

/// What a deadline is about; the order is that of their events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Deadline {
    Readiness,
    Response,
    Continuation,
    Transcript,
    Silence,
    Expiry,
    Leaving,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Timer {
    deadline: Deadline,
    length: Duration,
    /// When it was started; it is due its length later.
    since: Option<Time>,
}

impl Heap for Timer {}

impl Timer {
    fn due(&self) -> Option<Time> {
        let since = self.since?;
        Some(Time(since.0.saturating_add(self.length)))
    }
}

/// The armed ones, in the order of their events: few of the kinds are armed at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Deadlines(Vec<Timer>);

impl Deadlines {
    /// Arms a deadline, from anew if it was armed.
    pub(crate) fn arm(&mut self, deadline: Deadline, length: Duration) {
        self.set(deadline, length, None);
    }

    /// Starts a deadline anew: it is armed, and the time is told already.
    pub(crate) fn restart(&mut self, deadline: Deadline, length: Duration, now: Time) {
        self.set(deadline, length, Some(now));
    }

    /// Arms a deadline that is due at an instant, whenever it is started.
    pub(crate) fn arm_at(&mut self, deadline: Deadline, due: Time) {
        self.set(deadline, Duration::ZERO, Some(due));
    }

    fn set(&mut self, deadline: Deadline, length: Duration, since: Option<Time>) {
        let timer = Timer {
            deadline,
            length,
            since,
        };
        self.disarm(deadline);
        let at = self.find(deadline).unwrap_or_else(|at| at);
        self.0.reserve_exact(1);
        self.0.insert(at, timer);
    }

    fn find(&self, deadline: Deadline) -> Result<usize, usize> {
        self.0
            .binary_search_by_key(&deadline, |timer| timer.deadline)
    }

    pub(crate) fn is_armed(&self, deadline: Deadline) -> bool {
        self.find(deadline).is_ok()
    }

    pub(crate) fn disarm(&mut self, deadline: Deadline) {
        if let Ok(at) = self.find(deadline) {
            self.0.remove(at);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// When the time should be told again: now, where something waits to be started.
    pub(crate) fn next(&self, now: Option<Time>) -> Option<Time> {
        if self.0.iter().any(|timer| timer.since.is_none()) {
            return now;
        }
        let soonest = self.0.iter().filter_map(Timer::due).min();
        soonest.filter(|_| now.is_some())
    }

    /// The next deadline that is due at `now`, with when it was started. Ask until there is none.
    pub(crate) fn fired(&mut self, now: Time) -> Option<(Deadline, Time)> {
        for timer in &mut self.0 {
            timer.since.get_or_insert(now);
        }
        let due = |timer: &Timer| timer.due().is_some_and(|due| due <= now);
        let at = self.0.iter().position(due)?;
        let Timer {
            deadline, since, ..
        } = self.0.remove(at);
        Some((deadline, since?))
    }

    pub(crate) fn memory(&self) -> usize {
        self.0.heap()
    }
}

#[cfg(test)]
mod tests;
