//! Commands on their way: every one that was sent settles exactly once.
//!
//! ```text
//!            ┌── acknowledged ──────────────► Accepted
//!  Pending ──┼── error with its event_id ───► Rejected, or Superseded where it lost a race
//!            ├── error without, by its code ► the same, for the oldest of that kind
//!            └── the connection ended ──────► Unknown
//! ```
//! A command of several frames is accepted with the last of them and rejected with the first.

use super::{Out, errors};
use crate::{
    event::{Class, CommandSettled, Event, Item, ItemKind, Role, ServerError, Settlement},
    id::CommandId,
};
use alloc::{boxed::Box, vec::Vec};

/// What settles a frame.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expect {
    Settings,
    Item(ExpectedItem),
    Retrieved(Box<str>),
    Deleted(Box<str>),
    Truncated(Box<str>),
    Committed,
    Cleared,
    OutputCleared,
    Response { out_of_band: bool },
    Ended(Option<Box<str>>),
}

/// What is known of an item before the server has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ExpectedItem {
    pub(crate) id: Option<Box<str>>,
    pub(crate) kind: Option<ItemKind>,
    pub(crate) role: Option<Role>,
    pub(crate) call_id: Option<Box<str>>,
}

impl Expect {
    pub(crate) fn item() -> Self {
        Self::Item(ExpectedItem::default())
    }

    pub(crate) fn message(role: Role) -> Self {
        let kind = Some(ItemKind::Message);
        Self::Item(ExpectedItem {
            kind,
            role: Some(role),
            ..ExpectedItem::default()
        })
    }

    pub(crate) fn output(call_id: &str) -> Self {
        let kind = Some(ItemKind::FunctionCallOutput);
        Self::Item(ExpectedItem {
            kind,
            call_id: Some(call_id.into()),
            ..ExpectedItem::default()
        })
    }

    pub(crate) fn approval() -> Self {
        let kind = Some(ItemKind::McpApprovalResponse);
        Self::Item(ExpectedItem {
            kind,
            ..ExpectedItem::default()
        })
    }

    pub(crate) fn with_id(self, id: Option<&str>) -> Self {
        match self {
            Self::Item(item) => Self::Item(ExpectedItem {
                id: id.map(Into::into),
                ..item
            }),
            other => other,
        }
    }

    /// The call that this frame answers.
    pub(crate) fn answers(&self) -> Option<&str> {
        match self {
            Self::Item(item) => item.call_id.as_deref(),
            _ => None,
        }
    }

    /// Whether its frame may pass audio that waits to be sent.
    pub(crate) fn overtakes(&self) -> bool {
        let urgent = matches!(
            self,
            Self::Ended(_) | Self::Truncated(_) | Self::Deleted(_) | Self::OutputCleared
        );
        urgent || self.answers().is_some()
    }

    /// The code that tells, without an id, that a frame of this kind failed.
    fn fails_with(&self, code: &str) -> bool {
        match self {
            Self::Ended(_) => code == "response_cancel_not_active",
            Self::Response { .. } => code == "conversation_already_has_active_response",
            Self::Committed => code == "input_audio_buffer_commit_empty",
            Self::Truncated(_) => code == "item_truncate_invalid_item_id",
            Self::Deleted(_) => code == "item_delete_invalid_item_id",
            Self::Retrieved(_) => code == "item_retrieve_invalid_item_id",
            Self::Item(_) => code == "invalid_tool_call_id" && self.answers().is_some(),
            Self::Settings => code == "cannot_update_voice",
            Self::Cleared | Self::OutputCleared => false,
        }
    }
}

impl ExpectedItem {
    fn is(&self, item: &Item<'_>) -> bool {
        if let Some(id) = &self.id {
            return item.ids.item_id.as_deref() == Some(id);
        }
        let kind = self.kind.as_ref().is_none_or(|kind| *kind == item.kind);
        let role = self
            .role
            .as_ref()
            .is_none_or(|role| Some(role) == item.role.as_ref());
        let call = self
            .call_id
            .as_ref()
            .is_none_or(|call| item.call_id.as_deref() == Some(call));
        kind && role && call
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Pending {
    command: CommandId,
    /// The `event_id` of the frame, where it is not the session's own.
    own: Option<Box<str>>,
    number: u64,
    expect: Expect,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Commands {
    pending: Vec<Pending>,
    /// Frames of the session's own making: they settle silently, unless rejected.
    originated: Vec<CommandId>,
}

impl Commands {
    /// How many commands wait for their settlement; one may have several frames.
    pub(crate) fn len(&self) -> usize {
        let commands = self
            .pending
            .chunk_by(|one, next| one.command == next.command);
        commands.count()
    }

    pub(crate) fn sent(
        &mut self,
        command: CommandId,
        number: u64,
        own: Option<Box<str>>,
        expect: Expect,
    ) {
        self.pending.push(Pending {
            command,
            own,
            number,
            expect,
        });
    }

    /// Marks a command as the session's own.
    pub(crate) fn originate(&mut self, command: CommandId) {
        self.originated.push(command);
    }

    /// Whether a response of the default conversation was asked for and has not begun.
    pub(crate) fn asks_for_response(&self) -> bool {
        let asks = |pending: &Pending| pending.expect == Expect::Response { out_of_band: false };
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
            .position(|pending| is(&pending.expect))?;
        let command = self.pending.remove(at).command;
        if !self
            .pending
            .iter()
            .any(|pending| pending.command == command)
        {
            self.settle(command, Settlement::Accepted, out);
        }
        Some(command)
    }

    pub(crate) fn item(&mut self, item: &Item<'_>, out: &mut Out<'_>) -> Option<CommandId> {
        self.acknowledge(
            |expect| matches!(expect, Expect::Item(expected) if expected.is(item)),
            out,
        )
    }

    /// Settles the command that an error is about; true if nothing more is to be said of it.
    pub(crate) fn rejected(
        &mut self,
        error: &ServerError<'_>,
        out: &mut Out<'_>,
    ) -> Option<(CommandId, bool)> {
        let at = self.failed(error)?;
        let failed = self.pending.remove(at);
        self.pending
            .retain(|pending| pending.command != failed.command);
        let lost_race =
            error.class == Class::BenignRace && !matches!(failed.expect, Expect::Response { .. });
        if lost_race {
            self.settle(failed.command, Settlement::Superseded, out);
        } else {
            self.originated.retain(|command| *command != failed.command);
            self.settle(
                failed.command,
                Settlement::Rejected(errors::fault(error)),
                out,
            );
        }
        Some((failed.command, lost_race))
    }

    fn failed(&self, error: &ServerError<'_>) -> Option<usize> {
        if let Some(id) = &error.client_event_id {
            return self.pending.iter().position(|pending| pending.is_named(id));
        }
        let code = error.code.as_deref()?;
        self.pending
            .iter()
            .position(|pending| pending.expect.fails_with(code))
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
        self.pending.capacity() * size_of::<Pending>()
            + self.originated.capacity() * size_of::<CommandId>()
    }
}

impl Pending {
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
