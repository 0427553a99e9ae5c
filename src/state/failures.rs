//! Errors of the server: each one surfaces once, or settles what lost a race.
//!
//! ```text
//!                      by its id, or its code      a race         a request ────► waits again
//!   error ──► verdict ───────────┬──────────────────┬───────────► a cancel, ... ► Superseded
//!                                │                  └ no race ──► Rejected, and surfaces;
//!                                │                       unsupported: it is not sent again
//!                                ├ of what seemed accepted ─────► a request waits again
//!                                └ of nothing that was sent ────► surfaces
//! ```
//! It has no state of its own: what was sent stands with the commands, and the slot with the
//! arbiter. The tests walk both together.
//!
//! A race that something we sent has lost is settled, not surfaced: the session knows what to do.

use super::{Expect, Out, State, arbiter::Race, errors};
use crate::{
    event::{Class, Event, Scope, ServerError, Settlement},
    id::CommandId,
};
use alloc::boxed::Box;

const ASKED: Expect = Expect::Response { out_of_band: false };

impl State {
    pub(super) fn error<'f>(&mut self, mut error: Box<ServerError<'f>>, out: &mut Out<'f>) {
        errors::classify_error(&mut error, self.capabilities.survives_errors);
        if !error.session_usable {
            self.fatal = Some(error.class);
        }
        let named = error.client_event_id.as_deref();
        let in_vain = named.and_then(|prompt| self.said_in_vain(prompt));
        let failed = self.commands.take_failed(&error);
        let settled = match failed {
            Some((command, expect)) => {
                error.scope = Scope::Command(command);
                self.failed(command, &expect, &error, out)
            }
            None => self.failed_late(&error),
        };
        if !settled {
            out.push(Event::Error(error));
        }
        self.unsay(in_vain, out);
    }

    /// A lost race of something that seemed to have won it. A request goes on; a cancel came to
    /// its end either way. True if nothing more is to be said of it.
    fn failed_late(&mut self, error: &ServerError<'_>) -> bool {
        let race = error.class == Class::BenignRace;
        let late = race.then(|| self.commands.take_late(error)).flatten();
        let Some((command, expect)) = late else {
            return false;
        };
        self.races += 1;
        if expect == ASKED {
            let race = self.arbiter.was_not_answered(command);
            if let Race::Requeued(command) = race {
                self.commands.resume(command, ASKED);
            }
            return race != Race::GivenUp;
        }
        true
    }

    /// Settles what failed; true if nothing more is to be said of it.
    fn failed(
        &mut self,
        command: CommandId,
        expect: &Expect,
        error: &ServerError<'_>,
        out: &mut Out<'_>,
    ) -> bool {
        let race = error.class == Class::BenignRace;
        if error.class == Class::Unsupported {
            self.learn(expect);
        }
        if *expect == ASKED {
            if race && self.lost_race(out) {
                self.races += 1;
                return true;
            }
            self.arbiter.refused();
            self.calls.continuations.refused();
        }
        if matches!(expect, Expect::Reply | Expect::Answer) {
            self.no_reply(command);
        }
        if race && *expect != ASKED {
            self.races += 1;
            self.commands.fail(command, Settlement::Superseded, out);
            return true;
        }
        self.take_asked(command);
        let rejected = Settlement::Rejected(errors::fault(error));
        self.commands.fail(command, rejected, out);
        false
    }

    /// What the server does not know is turned off.
    fn learn(&mut self, refused: &Expect) {
        let can = &mut self.capabilities;
        let capability = match refused {
            Expect::Ended(_) => &mut can.cancel,
            Expect::Truncated(_) => &mut can.truncate,
            Expect::Deleted(_) => &mut can.delete,
            Expect::Committed => &mut can.commit,
            Expect::Cleared => &mut can.clear,
            Expect::OutputCleared => &mut can.clear_output,
            _ => return,
        };
        *capability = false;
    }

    /// Another response holds the slot: the request waits for its end.
    fn lost_race(&mut self, out: &mut Out<'_>) -> bool {
        match self.arbiter.lost_race() {
            Race::Requeued(command) => self.commands.waits(command, ASKED),
            Race::Continuation(command) => {
                self.calls.continuations.again();
                self.commands.fail(command, Settlement::Superseded, out);
            }
            Race::GivenUp | Race::Nothing => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests;
