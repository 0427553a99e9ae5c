//! What the session waits for: what does not come in time is told once, and the slot is released.
//!
//! ```text
//!   a create sent, a reply owed or taken ──► response ──────┐
//!   a create for answered calls ───────────► continuation ──┤  not in time
//!   a reply in flight ─────────────────────► any frame ─────┼──────────────► stalled, slot free
//!   a commit ──────────────────────────────► transcript ────┤
//!   the opening ───────────────────────────► readiness ─────┘
//!   the session's own end ─────────────────► going away
//! ```
//! It has no state of its own: the deadlines know what is armed, the arbiter what it is armed for.
//! A request that nobody answered is dropped; a reply that fell silent is still open, and ends when
//! something tells of its end.

use super::{Out, Slot, State, arbiter::Trigger, deadlines::Deadline};
use crate::{
    capabilities::{Resumes, TextsWait},
    event::{By, Event, GoingAway, GoingAwayCause, Plan, Settlement, Stalled, WaitingFor},
    session::Phase,
    time::Time,
};
use alloc::string::String;
use core::time::Duration;

/// How long before its expiry a session is told of as going away.
const NOTICE: Duration = Duration::from_secs(60);

impl State {
    /// The time was told: what is due is said.
    pub(crate) fn told(&mut self, now: Time, out: &mut Out<'_>) {
        self.now = self.now.max(Some(now));
        if self.phase == Phase::Closed {
            return;
        }
        let now = self.now.unwrap_or(now);
        if core::mem::take(&mut self.heard) && self.deadlines.is_armed(Deadline::Silence) {
            self.deadlines.restart(Deadline::Silence, self.stall, now);
        }
        self.awaited.told(now);
        while let Some((deadline, since)) = self.deadlines.fired(now) {
            self.fired(deadline, since, now, out);
        }
    }

    fn fired(&mut self, deadline: Deadline, since: Time, now: Time, out: &mut Out<'_>) {
        let waiting_for = match deadline {
            Deadline::Readiness => WaitingFor::Readiness,
            Deadline::Transcript => WaitingFor::Transcript,
            Deadline::Continuation => WaitingFor::Continuation,
            Deadline::Response => WaitingFor::Response,
            Deadline::Silence => {
                self.waited = Some(deadline);
                WaitingFor::AnyFrame
            }
            Deadline::Leaving => {
                self.last_word(out);
                return;
            }
            Deadline::Expiry => {
                out.push(Event::GoingAway(GoingAway {
                    time_left: self.expires.map(|at| at.0.saturating_sub(now.0)),
                    cause: GoingAwayCause::Expiry,
                    plan: self.next_plan(),
                }));
                return;
            }
        };
        out.push(Event::Stalled(Stalled { waiting_for, since }));
        match deadline {
            Deadline::Response | Deadline::Continuation => self.give_up(out),
            Deadline::Transcript => {
                self.awaited.give_up();
                self.await_transcript();
            }
            // Its done may be lost: what waits behind it may try. Should it go on after all, a race
            // is lost, and that is all; but a text would be refused for good.
            Deadline::Silence if self.parts() => self.server_finished(out),
            Deadline::Silence if self.capabilities.texts_wait == TextsWait::Nowhere => {
                self.arbiter.on(Trigger::Deadline);
            }
            _ => {}
        }
    }

    /// The slot cannot stick: a request that nobody answered is dropped.
    fn give_up(&mut self, out: &mut Out<'_>) {
        if let Some(command) = self.arbiter.give_up() {
            let outcome = Settlement::Dropped(By::Other(String::from("stalled")));
            self.commands.end(command, outcome, out);
            self.calls.continuations.refused();
        }
        self.arbiter.on(Trigger::Deadline);
    }

    /// The plan for the next connection.
    pub(super) fn next_plan(&self) -> Plan {
        match self.capabilities.resumes {
            Resumes::Conversation if self.is_kept() => Plan::Resume,
            Resumes::Handle if self.handle.is_some() => Plan::Resume,
            _ => Plan::Replay,
        }
    }

    /// The deadline of transcripts is that of the oldest turn that waits for one.
    pub(super) fn await_transcript(&mut self) {
        let deadline = Deadline::Transcript;
        match self.awaited.oldest().map(|turn| turn.since) {
            Some(Some(since)) => self.deadlines.restart(deadline, self.stall, since),
            Some(None) => self.deadlines.arm(deadline, self.stall),
            None => self.deadlines.disarm(deadline),
        }
    }

    /// Arms what is waited for now, and disarms what has come.
    pub(crate) fn wait(&mut self) {
        let slot = self.arbiter.slot();
        let responds = matches!(slot, Slot::CreateSent | Slot::ServerOwes | Slot::Taken);
        let continues = responds && self.arbiter.continues();
        self.expect(Deadline::Response, responds && !continues);
        self.expect(Deadline::Continuation, continues);
        let speaks = matches!(slot, Slot::Active | Slot::CancelSent);
        self.expect(Deadline::Silence, speaks || self.parts());
    }

    fn expect(&mut self, deadline: Deadline, expected: bool) {
        if !expected {
            self.deadlines.disarm(deadline);
        } else if !self.deadlines.is_armed(deadline) && self.waited != Some(deadline) {
            self.deadlines.arm(deadline, self.stall);
        }
    }

    /// The session is there: its own end comes nearer.
    pub(super) fn count_down(&mut self, expires_at: Option<u64>) {
        self.deadlines.disarm(Deadline::Readiness);
        let told = expires_at.zip(self.unix_origin);
        let told = told.map(|(at, origin)| Time(Duration::from_secs(at).saturating_sub(origin)));
        if let Some(at) = told {
            self.max_session = None;
            self.expires = Some(at);
            let notice = Time(at.0.saturating_sub(NOTICE));
            self.deadlines.arm_at(Deadline::Expiry, notice);
        } else if let Some(length) = self.max_session.take() {
            let notice = length.saturating_sub(NOTICE).max(length / 2);
            self.expires = self.now.map(|now| Time(now.0.saturating_add(length)));
            self.deadlines.arm(Deadline::Expiry, notice);
        }
    }
}

#[cfg(test)]
mod tests;
