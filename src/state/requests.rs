//! Requests for responses, as the application makes them: one leaves when its turn comes.
//!
//! ```text
//!          asked, and a response is there      its end            created
//!  (none) ────────────────────────────► waiting ──────► in flight ───────► answered
//!     │   asked, and there is none                        ▲   │
//!     └───────────────────────────────────────────────────┘   └── cannot be said ──► (none)
//! ```
//! It has no state of its own: the slot and the queue are the arbiter's. A request that somebody
//! else wrote holds the slot like any other.

use super::{Expect, Out, Request, State, arbiter::Trigger};
use crate::{
    command::CreateResponse,
    event::{Class, Fault, Settlement},
    id::CommandId,
};
use alloc::{borrow::Cow, format};

/// The key of the metadata that names the command of an out-of-band response.
pub(super) const TOKEN: &str = "realtime_proto.command";

impl State {
    /// Takes a request for a default response; it leaves when its turn comes.
    pub(crate) fn request(&mut self, request: Request) {
        let expect = match request.text {
            Some(_) => Expect::Reply,
            None if request.anew => Expect::Answer,
            None => Expect::Response { out_of_band: false },
        };
        self.commands.waits(request.command, expect);
        self.arbiter.request(request);
    }

    /// A frame that somebody else wrote leaves: a request in it holds the slot like any other.
    pub(crate) fn asked_elsewhere(&mut self, expect: &Expect) {
        if *expect == (Expect::Response { out_of_band: false }) {
            self.arbiter.on(Trigger::Create);
        }
    }

    /// The request gives way to nobody: what is active ends first, where the server does not see
    /// to that.
    pub(crate) fn replace_active(&mut self, out: &mut Out<'_>) {
        if !self.capabilities.replaces_active {
            self.cancel_active(None, out);
        }
    }

    /// The request with a token in its metadata, where its response could be taken for another.
    pub(crate) fn tagged<'a>(
        &self,
        create: &CreateResponse<'a>,
        command: CommandId,
    ) -> Option<CreateResponse<'a>> {
        let needed = self.policy.tag_responses || self.answers_turns();
        if !needed || !self.capabilities.response_metadata || self.policy.passive {
            return None;
        }
        let mut create = create.clone();
        create
            .metadata
            .push((Cow::Borrowed(TOKEN), Cow::Owned(format!("{command}"))));
        Some(create)
    }

    /// A request turned out to be nothing that this dialect can say.
    pub(crate) fn unsendable(&mut self, command: CommandId, out: &mut Out<'_>) {
        self.arbiter.refused();
        self.unsayable(command, out);
    }

    /// A command turned out to be nothing that this dialect can say.
    pub(crate) fn unsayable(&mut self, command: CommandId, out: &mut Out<'_>) {
        let fault = Fault {
            class: Class::Unsupported,
            ..Fault::default()
        };
        self.commands
            .fail(command, Settlement::Rejected(fault), out);
    }
}

#[cfg(test)]
mod tests;
