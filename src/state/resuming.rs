//! What a later connection can go on from, and when this one is left.
//!
//! ```text
//!            a handle, resumable
//!  nothing ─────────────────────► a handle ◄──┐ another that is resumable; nothing takes it away
//!                                     └───────┘
//!             the end announced, with its time          5 s before it, or half of what is left
//!  (no end) ───────────────────────────────────► going ────────────────────────► said again, once
//! ```

use super::{Out, State, deadlines::Deadline};
use crate::{
    capabilities::Resumes,
    event::{Event, GoingAway, GoingAwayCause, Resumption},
    session::Phase,
};
use core::time::Duration;

/// How long before the announced end the last word of it is said.
const LAST_WORD: Duration = Duration::from_secs(5);

impl State {
    /// A point to go on from replaces the last one; its absence does not.
    pub(super) fn resumable<'f>(&mut self, resumption: Resumption<'f>, out: &mut Out<'f>) {
        if resumption.resumable && resumption.handle.is_some() {
            self.handle = resumption.handle.as_deref().map(Into::into);
        }
        out.push(Event::Resumption(resumption));
    }

    /// By what the next connection goes on.
    pub(crate) fn handle(&self) -> Option<&str> {
        self.handle.as_deref()
    }

    /// Whether the server keeps the conversation for a later connection: where that is in effect or
    /// asked for, else where this one goes on from an earlier one.
    pub(super) fn is_kept(&self) -> bool {
        let goes_on = self.handle.is_some();
        self.extras().resumable.unwrap_or(goes_on)
    }

    /// Gives up a handle that the server refused, before it was ready; true if that was one.
    pub(super) fn gives_up_handle(&mut self) -> bool {
        let by_handle = self.capabilities.resumes == Resumes::Handle;
        let asked = by_handle && self.phase == Phase::Opening;
        asked && self.handle.take().is_some()
    }

    /// The server announces its end. It is told again shortly before.
    pub(super) fn going_away(&mut self, going: &GoingAway, out: &mut Out<'_>) {
        if let Some(left) = going.time_left {
            let last = LAST_WORD.min(left / 2);
            self.leaving = Some(last);
            self.deadlines
                .arm(Deadline::Leaving, left.saturating_sub(last));
        }
        out.push(Event::GoingAway(GoingAway {
            plan: self.next_plan(),
            ..going.clone()
        }));
    }

    /// The announced end is near.
    pub(super) fn last_word(&mut self, out: &mut Out<'_>) {
        out.push(Event::GoingAway(GoingAway {
            time_left: self.leaving.take(),
            cause: GoingAwayCause::Server,
            plan: self.next_plan(),
        }));
    }
}

#[cfg(test)]
mod tests;
