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

use crate::time::Time;
use core::time::Duration;

/// What a deadline is about; the order is that of their events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deadline {
    Readiness,
    Response,
    Continuation,
    Transcript,
    Silence,
    Expiry,
    Leaving,
}

const ALL: [Deadline; 7] = [
    Deadline::Readiness,
    Deadline::Response,
    Deadline::Continuation,
    Deadline::Transcript,
    Deadline::Silence,
    Deadline::Expiry,
    Deadline::Leaving,
];

#[derive(Clone, Copy, Debug, PartialEq)]
struct Timer {
    length: Duration,
    /// When it was started, and when it is due.
    running: Option<(Time, Time)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Deadlines {
    timers: [Option<Timer>; ALL.len()],
    /// The earliest of the running ones.
    soonest: Option<Time>,
    unstarted: bool,
}

impl Deadlines {
    fn slot(&mut self, deadline: Deadline) -> Option<&mut Option<Timer>> {
        self.timers.get_mut(deadline as usize)
    }

    /// Arms a deadline, from anew if it was armed.
    pub(crate) fn arm(&mut self, deadline: Deadline, length: Duration) {
        if let Some(slot) = self.slot(deadline) {
            *slot = Some(Timer {
                length,
                running: None,
            });
        }
        self.refresh();
    }

    /// Starts a deadline anew: it is armed, and the time is told already.
    pub(crate) fn restart(&mut self, deadline: Deadline, length: Duration, now: Time) {
        if let Some(slot) = self.slot(deadline) {
            let due = Time(now.0.saturating_add(length));
            *slot = Some(Timer {
                length,
                running: Some((now, due)),
            });
        }
        self.refresh();
    }

    /// Arms a deadline that is due at an instant, whenever it is started.
    pub(crate) fn arm_at(&mut self, deadline: Deadline, due: Time) {
        if let Some(slot) = self.slot(deadline) {
            *slot = Some(Timer {
                length: Duration::ZERO,
                running: Some((due, due)),
            });
        }
        self.refresh();
    }

    pub(crate) fn is_armed(&self, deadline: Deadline) -> bool {
        self.timers
            .get(deadline as usize)
            .is_some_and(Option::is_some)
    }

    pub(crate) fn disarm(&mut self, deadline: Deadline) {
        if self.is_armed(deadline) {
            if let Some(slot) = self.slot(deadline) {
                *slot = None;
            }
            self.refresh();
        }
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// When the time should be told again: now, where something waits to be started.
    pub(crate) fn next(&self, now: Option<Time>) -> Option<Time> {
        if self.unstarted {
            now
        } else {
            self.soonest.filter(|_| now.is_some())
        }
    }

    /// The next deadline that is due at `now`, with when it was started. Ask until there is none.
    pub(crate) fn fired(&mut self, now: Time) -> Option<(Deadline, Time)> {
        if !self.unstarted && self.soonest.is_none_or(|soonest| soonest > now) {
            return None;
        }
        for timer in self.timers.iter_mut().flatten() {
            let due = Time(now.0.saturating_add(timer.length));
            timer.running.get_or_insert((now, due));
        }
        let fired = ALL.into_iter().find_map(|deadline| {
            let running = self
                .timers
                .get(deadline as usize)
                .copied()
                .flatten()?
                .running;
            running
                .filter(|(_, due)| *due <= now)
                .map(|(since, _)| (deadline, since))
        });
        if let Some(slot) = fired.and_then(|(deadline, _)| self.slot(deadline)) {
            *slot = None;
        }
        self.refresh();
        fired
    }

    fn refresh(&mut self) {
        let timers = self.timers.iter().flatten();
        self.unstarted = timers.clone().any(|timer| timer.running.is_none());
        self.soonest = timers.filter_map(|timer| Some(timer.running?.1)).min();
    }
}

#[cfg(test)]
mod tests;
