//! Commands on their way: every one that was sent settles exactly once.
//!
//! ```text
//!            ┌── acknowledged ──────────────► Accepted
//!  Pending ──┼── error with its event_id ───► Rejected, or Superseded where it lost a race
//!            ├── error without, by its code ► the same, for the oldest of that kind
//!            └── the connection ended ──────► Unknown
//! ```
//! A command of several frames is accepted with the last of them and rejected with the first.

mod expect;

pub(crate) use expect::{Expect, ExpectedItem};

use super::Out;
use crate::{
    event::{CommandSettled, Event, Fault, Item, ServerError, Settlement},
    heap::Heap,
    id::CommandId,
    lists,
    rare::Rare,
};
use alloc::{boxed::Box, collections::VecDeque, sync::Arc, vec::Vec};

/// How many frames of the session's own may wait for an answer before the oldest is forgotten.
const OWN: usize = 64;

/// How many acknowledged frames are remembered.
const ACKNOWLEDGED: usize = 8;

#[derive(Clone, Debug, PartialEq)]
struct Pending {
    /// Its frame waits for its turn, and has no number yet.
    waits: bool,
    command: CommandId,
    /// The `event_id` of the frame, where it is not the session's own.
    own: Option<Box<str>>,
    number: u64,
    expect: Expect,
    /// The item of the words that it prompts with.
    said: Option<Arc<str>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Commands {
    pending: Rare<Vec<Pending>>,
    /// Frames of the session's own making: they settle silently, unless rejected.
    originated: Rare<Vec<CommandId>>,
    /// Requests and cancels that were acknowledged last: an error about one of them may be late.
    acknowledged: Rare<VecDeque<Pending>>,
    /// Commands that have settled, though their request goes on.
    resumed: Rare<Vec<CommandId>>,
}

impl Commands {
    /// How many commands of the application wait for their settlement; one may have several frames.
    pub(crate) fn len(&self) -> usize {
        let commands = self
            .pending
            .chunk_by(|one, next| one.command == next.command);
        let own = |frames: &&[Pending]| frames.iter().any(|frame| self.is_own(frame));
        commands.filter(|frames| !own(frames)).count()
    }

    fn is_own(&self, frame: &Pending) -> bool {
        self.originated.contains(&frame.command)
    }

    /// Forgets what the session took back longest ago and nobody confirmed, if there is too much
    /// of it. Its requests and settings are few, and others rely on them.
    pub(crate) fn forget_own(&mut self) -> bool {
        let own = |frame: &Pending| frame.expect.takes_back() && self.is_own(frame);
        let mut waiting = self.pending.iter().filter(|frame| own(frame));
        let Some(oldest) = waiting.next().map(|frame| frame.command) else {
            return false;
        };
        if waiting.count() < OWN {
            return false;
        }
        self.pending.retain(|frame| frame.command != oldest);
        self.originated.retain(|command| *command != oldest);
        true
    }

    pub(crate) fn sent(
        &mut self,
        command: CommandId,
        number: u64,
        own: Option<Box<str>>,
        expect: Expect,
    ) {
        let kind = core::mem::discriminant(&expect);
        let waited = self.pending.iter_mut().find(|pending| {
            let same = core::mem::discriminant(&pending.expect) == kind;
            pending.waits && pending.command == command && same
        });
        if let Some(pending) = waited {
            pending.waits = false;
            pending.number = number;
            pending.expect = expect;
            return;
        }
        lists::push(
            &mut self.pending,
            Pending {
                waits: false,
                command,
                own,
                number,
                expect,
                said: None,
            },
        );
    }

    /// A part of a command has no frame yet.
    pub(crate) fn waits(&mut self, command: CommandId, expect: Expect) {
        let same = |pending: &&mut Pending| pending.command == command && pending.expect == expect;
        if let Some(pending) = self.pending.iter_mut().find(same) {
            pending.waits = true;
            return;
        }
        lists::push(
            &mut self.pending,
            Pending {
                waits: true,
                command,
                own: None,
                number: 0,
                expect,
                said: None,
            },
        );
    }

    /// A command prompts with the words of this item.
    pub(crate) fn says(&mut self, command: CommandId, item: Option<Arc<str>>) {
        let prompts = |frame: &&mut Pending| frame.command == command && frame.is_prompt();
        if let Some(frame) = self.pending.iter_mut().find(prompts) {
            frame.said = item;
        }
    }

    /// The words of the prompt with this name, and whether it is the one that waits longest.
    pub(crate) fn words(&self, id: &str) -> Option<(Arc<str>, bool)> {
        let mut prompts = self.pending.iter().filter(|frame| frame.is_prompt());
        let at = prompts.position(|frame| !frame.waits && frame.is_named(id))?;
        let mut prompts = self.pending.iter().filter(|frame| frame.is_prompt());
        let said = prompts.nth(at)?.said.clone()?;
        Some((said, at == 0))
    }

    /// Ends a command as a whole, whatever it still waits for.
    pub(crate) fn end(
        &mut self,
        command: CommandId,
        outcome: Settlement<'static>,
        out: &mut Out<'_>,
    ) {
        if self.pending.iter().any(|frame| frame.command == command) {
            self.pending.retain(|pending| pending.command != command);
            self.settle(command, outcome, out);
        }
    }

    /// Marks a command as the session's own.
    pub(crate) fn originate(&mut self, command: CommandId) {
        self.originated.push(command);
    }

    /// Whether a change of settings is on its way.
    pub(crate) fn changes_settings(&self) -> bool {
        let changes = |pending: &Pending| pending.expect == Expect::Settings;
        self.pending.iter().any(changes)
    }

    /// Whether a response of the default conversation was asked for and has not begun.
    pub(crate) fn asks_for_response(&self) -> bool {
        let asks = |pending: &Pending| {
            matches!(
                pending.expect,
                Expect::Response { out_of_band: false } | Expect::Reply
            )
        };
        self.pending.iter().any(asks)
    }

    /// Takes the oldest pending frame that `is` what the server acknowledged.
    pub(crate) fn acknowledge(
        &mut self,
        is: impl Fn(&Expect) -> bool,
        out: &mut Out<'_>,
    ) -> Option<CommandId> {
        let at = self
            .pending
            .iter()
            .position(|pending| !pending.waits && is(&pending.expect))?;
        let acknowledged = self.pending.remove(at);
        let command = acknowledged.command;
        self.remember(acknowledged);
        if !self
            .pending
            .iter()
            .any(|pending| pending.command == command)
        {
            self.settle(command, Settlement::Accepted, out);
        }
        Some(command)
    }

    /// Takes the frame that an answer names; the command is refused with the first that is.
    pub(crate) fn answered(
        &mut self,
        id: &str,
        fault: Option<Fault<'static>>,
        out: &mut Out<'_>,
    ) -> Option<(CommandId, Expect)> {
        let named = |pending: &Pending| !pending.waits && pending.is_named(id);
        let at = self.pending.iter().position(named)?;
        let Pending {
            command, expect, ..
        } = self.pending.remove(at);
        if let Some(fault) = fault {
            self.fail(command, Settlement::Rejected(fault), out);
        } else if self.pending.iter().all(|other| other.command != command) {
            self.settle(command, Settlement::Accepted, out);
        }
        Some((command, expect))
    }

    fn remember(&mut self, acknowledged: Pending) {
        if !matches!(
            acknowledged.expect,
            Expect::Ended(_) | Expect::Response { out_of_band: false }
        ) {
            return;
        }
        if self.acknowledged.len() == ACKNOWLEDGED {
            self.acknowledged.pop_front();
        }
        self.acknowledged.push_back(acknowledged);
    }

    /// Takes the acknowledged frame that a late error is about.
    pub(crate) fn take_late(&mut self, error: &ServerError<'_>) -> Option<(CommandId, Expect)> {
        let at = self.acknowledged.iter().rposition(|frame| {
            match (&error.client_event_id, &error.code) {
                (Some(id), _) => frame.is_named(id),
                (None, Some(code)) => frame.expect.fails_with(code),
                (None, None) => false,
            }
        })?;
        let late = self.acknowledged.remove(at)?;
        Some((late.command, late.expect))
    }

    /// The request of a command goes on. Where the command has settled, nothing more is told of it.
    pub(crate) fn resume(&mut self, command: CommandId, expect: Expect) {
        let settled = self
            .pending
            .iter()
            .all(|pending| pending.command != command);
        if settled {
            self.resumed.push(command);
        }
        self.waits(command, expect);
    }

    /// Takes the request of an out-of-band response: the one that its token names, else the oldest.
    pub(crate) fn out_of_band(
        &mut self,
        token: Option<CommandId>,
        out: &mut Out<'_>,
    ) -> Option<CommandId> {
        const ASKED: Expect = Expect::Response { out_of_band: true };
        let Some(command) = token else {
            return self.acknowledge(|expect| *expect == ASKED, out);
        };
        let named = |pending: &Pending| pending.command == command && pending.expect == ASKED;
        let at = self.pending.iter().position(named)?;
        self.pending.remove(at);
        self.settle(command, Settlement::Accepted, out);
        Some(command)
    }

    pub(crate) fn item(&mut self, item: &Item<'_>, out: &mut Out<'_>) -> Option<CommandId> {
        self.acknowledge(
            |expect| matches!(expect, Expect::Item(expected) if expected.is(item)),
            out,
        )
    }

    /// Takes the frame that an error is about.
    pub(crate) fn take_failed(&mut self, error: &ServerError<'_>) -> Option<(CommandId, Expect)> {
        let at = self.failed(error)?;
        let failed = self.pending.remove(at);
        Some((failed.command, failed.expect))
    }

    /// Ends a command of which a frame failed.
    pub(crate) fn fail(
        &mut self,
        command: CommandId,
        outcome: Settlement<'static>,
        out: &mut Out<'_>,
    ) {
        self.pending.retain(|pending| pending.command != command);
        if matches!(outcome, Settlement::Rejected(_)) {
            if let Some(own) = self.originated.existing_mut() {
                own.retain(|originated| *originated != command);
            }
        }
        self.settle(command, outcome, out);
    }

    /// By its id, else by its code the oldest of the kind that fails so.
    fn failed(&self, error: &ServerError<'_>) -> Option<usize> {
        let mut sent = self
            .pending
            .iter()
            .enumerate()
            .filter(|(_, pending)| !pending.waits);
        let found = if let Some(id) = &error.client_event_id {
            sent.find(|(_, pending)| pending.is_named(id))
        } else {
            let code = error.code.as_deref()?;
            sent.find(|(_, pending)| pending.expect.fails_with(code))
        };
        found.map(|(at, _)| at)
    }

    /// At the end nobody knows any more.
    pub(crate) fn close(&mut self, out: &mut Out<'_>) {
        while let Some(first) = self.pending.first() {
            let command = first.command;
            self.pending.retain(|pending| pending.command != command);
            self.settle(command, Settlement::Unknown, out);
        }
    }

    pub(crate) fn settle(
        &mut self,
        command: CommandId,
        outcome: Settlement<'static>,
        out: &mut Out<'_>,
    ) {
        if let Some(at) = self.resumed.iter().position(|resumed| *resumed == command) {
            self.resumed.remove(at);
            return;
        }
        let own = self
            .originated
            .iter()
            .position(|originated| *originated == command);
        match own {
            Some(at) => drop(self.originated.remove(at)),
            None => out.settle(settled(command, outcome)),
        }
    }

    pub(crate) fn memory(&self) -> usize {
        self.pending.heap()
            + self.acknowledged.heap()
            + self.originated.heap()
            + self.resumed.heap()
    }
}

impl Heap for Pending {
    fn heap(&self) -> usize {
        self.own.heap() + self.expect.heap() + self.said.heap()
    }
}

impl Pending {
    fn is_prompt(&self) -> bool {
        self.expect == Expect::Reply
    }

    fn is_named(&self, event_id: &str) -> bool {
        let frame = || CommandId {
            number: self.number,
            ..self.command
        };
        self.own.as_ref().map_or_else(
            || CommandId::parse(event_id) == Some(frame()),
            |own| **own == *event_id,
        )
    }
}

pub(crate) fn settled(command: CommandId, outcome: Settlement<'static>) -> Event<'static> {
    Event::CommandSettled(Box::new(CommandSettled { command, outcome }))
}

#[cfg(test)]
mod tests;
