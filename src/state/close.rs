//! The end of a connection: everything that is open settles, in a fixed order, and `Closed` is last.
//!
//! ```text
//!            proven                 close asked
//!  Opening ──────────► Ready ───────────────────────► Closing
//!     │ │                │                               │
//!     │ └────────────────┼── close asked ────────────────┤
//!     │ the transport    │ the transport                 │ the transport ended
//!     ▼ ended            ▼ ended                         ▼
//!   Closed             Closed                          Closed: as requested
//! ```
//! Transcripts are abandoned, user turns discarded, responses lost, calls closed, commands unknown.

use super::{Action, Out, State, awaited::Awaited, commands::settled, responses::Response};
use crate::{
    event::{
        Class, CloseClass, Closed, Event, GoingAway, GoingAwayCause, Plan, Settlement,
        SuppressedReason,
    },
    id::CommandId,
    session::Phase,
    transport::Close,
};
use alloc::{borrow::Cow, boxed::Box, string::String};
use core::time::Duration;

impl State {
    /// The application asked for the end.
    pub(crate) fn close_requested(&mut self, command: CommandId) {
        self.closing = Some(Box::new(command));
        self.phase = Phase::Closing;
    }

    /// Settles everything; nothing comes after it.
    pub(crate) fn close(&mut self, close: &Close<'_>, out: &mut Out<'_>) {
        let class = self.close_class(close);
        let plan = self.plan(class);
        self.phase = Phase::Closed;
        self.deadlines.clear();
        self.awaited = Awaited::default();
        self.texts.close(&mut self.conversation, out);
        self.turns.discard(out);
        while let Some(response) = self.responses.take_oldest() {
            self.end_response(response, Response::lost(), out);
        }
        self.owes_continuation = self.continues_calls();
        self.calls.close(out);
        self.unanswered.extend(self.arbiter.close());
        self.bound_unanswered(out);
        self.commands.close(out);
        if let Some(command) = &self.closing {
            out.settle(settled(**command, Settlement::Accepted));
        }
        out.settle(Event::Closed(Box::new(Closed {
            code: close.code,
            reason: Cow::Owned(String::from(&*close.reason)),
            class,
            plan,
        })));
    }

    /// Connections that end before they answer leave no more requests than commands may wait.
    fn bound_unanswered(&mut self, out: &mut Out<'_>) {
        while self.unanswered.len() > self.pending_commands {
            self.unanswered.pop_front();
            out.push(super::limit("pending_commands", None));
        }
    }

    /// What was told before the end explains it best, then its code and reason.
    fn close_class(&self, close: &Close<'_>) -> CloseClass {
        let told = match self.fatal {
            Some(Class::Expired) => Some(CloseClass::Expired),
            Some(Class::Auth) => Some(CloseClass::Auth),
            Some(Class::Quota) => Some(CloseClass::Quota),
            Some(Class::DialectRejected) => Some(CloseClass::Rejected),
            Some(Class::ServerFault) => Some(CloseClass::ServerFault),
            _ => None,
        };
        if self.closing.is_some() {
            return CloseClass::Requested;
        }
        let finished = self.finished.then_some(CloseClass::Finished);
        told.or(finished).unwrap_or_else(|| by_code(close))
    }

    /// The server has said everything: nothing keeps the transport open.
    pub(super) fn server_finished(&mut self, out: &mut Out<'_>) {
        if core::mem::replace(&mut self.finished, true) {
            out.silent(SuppressedReason::Duplicate);
        } else if self.capabilities.answers_close {
            out.act(Action::End);
        } else {
            out.push(Event::GoingAway(GoingAway {
                time_left: Some(Duration::ZERO),
                cause: GoingAwayCause::Server,
                plan: Plan::Never,
            }));
        }
    }

    /// Whether the server was told of the end, and has not said yet that this is it.
    pub(super) fn parts(&self) -> bool {
        self.capabilities.answers_close && self.closing.is_some() && !self.finished
    }

    fn plan(&mut self, class: CloseClass) -> Plan {
        match class {
            CloseClass::Lost | CloseClass::Expired | CloseClass::ServerFault => self.next_plan(),
            CloseClass::Rejected if self.gives_up_handle() => self.next_plan(),
            _ => Plan::Never,
        }
    }
}

/// A clean number can stand on a dropped call: the reason says so.
fn by_code(close: &Close<'_>) -> CloseClass {
    let expired = ["maximum duration", "Deadline expired"];
    if expired.iter().any(|words| close.reason.contains(words)) {
        return CloseClass::Expired;
    }
    if close.reason.contains("exceeded your current quota") {
        return CloseClass::Quota;
    }
    match close.code {
        // Of a process it is the exit status.
        Some(0 | 1000) => CloseClass::Finished,
        Some(1002 | 1003 | 1007..=1010 | 4000..=4099) => CloseClass::Rejected,
        Some(1011..=1014) => CloseClass::ServerFault,
        None if close.clean => CloseClass::Finished,
        _ => CloseClass::Lost,
    }
}

#[cfg(test)]
mod tests;
