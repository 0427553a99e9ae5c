//! What goes out, as the machines hear of it: commands and the outputs of calls, queued and gone.
//!
//! It has no state of its own.

use super::{Answered, Expect, Out, Output, State, arbiter::Trigger, naming::Naming};
use crate::{
    event::{Event, Settlement},
    id::CommandId,
};
use alloc::{boxed::Box, collections::VecDeque};

impl State {
    /// What the output of a call has to say of it.
    pub(crate) fn answer_to(&self, call_id: &str) -> Answered {
        self.calls.answer_to(call_id)
    }

    /// The oldest call of a function that only the session has a name for.
    pub(crate) fn nameless_call(&self, function: &str) -> Option<&str> {
        self.calls.nameless(function)
    }

    /// What becomes of the output of a call.
    pub(crate) fn output(&self, call_id: &str) -> Output {
        self.calls.output(call_id)
    }

    /// A frame of a command was queued.
    pub(crate) fn sent(
        &mut self,
        command: CommandId,
        number: u64,
        own: Option<Box<str>>,
        expect: Expect,
        wants_reply: bool,
    ) {
        if let Some(call_id) = expect.answers() {
            self.calls.answered(call_id, wants_reply);
            self.naming.existing_mut().map(Naming::no_tail);
            self.goes_on(wants_reply);
        }
        if let Expect::Ended(response_id) = &expect {
            self.responses.cancelling(response_id.as_deref());
            self.input.marked = self.marks_activity();
        }
        if expect != Expect::Stream {
            self.commands.sent(command, number, own, expect);
        }
    }

    /// The last frame of a command that nobody acknowledges has left.
    pub(crate) fn left(&mut self, command: CommandId, queued: &mut VecDeque<Event<'static>>) {
        let mut out = Out::after(core::mem::take(queued));
        self.commands.end(command, Settlement::Sent, &mut out);
        *queued = out.finish();
    }

    /// The last output that was wanted is on its way: the model may go on by itself.
    fn goes_on(&mut self, wants_reply: bool) {
        let by_itself = self.capabilities.server_continues_after_tools;
        if by_itself && wants_reply && !self.calls.awaiting() {
            self.arbiter.on(Trigger::Owed);
        }
    }

    /// The frame of an output has left.
    pub(crate) fn output_left(&mut self) {
        self.calls.output_left();
    }
}
