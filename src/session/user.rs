//! What the user does, where the caller says it: activity, and texts that ask for their reply.

use super::{Session, Urgency};
use crate::{
    capabilities::TextsWait,
    command::{Activity, Command, CreateItem, SendText},
    dialect,
    error::SendError,
    event::{Role, Settlement},
    id::CommandId,
    state::{Out, Request, settled},
};
use alloc::boxed::Box;

impl Session {
    /// An edge that is marked already is not marked again.
    pub(super) fn activity(
        &mut self,
        edge: Activity,
        id: CommandId,
        out: &mut Out<'_>,
    ) -> Result<(), SendError> {
        let command = Command::Activity(edge);
        if self.state.is_marked(edge) {
            self.check(&command)?;
            out.settle(settled(id, Settlement::Superseded));
        } else {
            self.encode(&command, id, Urgency::Ordinary)?;
        }
        self.state.mark(edge, out);
        Ok(())
    }

    /// History that the server does not repeat stands in the conversation from now on.
    pub(super) fn create_item(
        &mut self,
        command: &Command<'_>,
        create: &CreateItem<'_>,
        id: CommandId,
        out: &mut Out<'_>,
    ) -> Result<(), SendError> {
        self.encode(command, id, Urgency::Ordinary)?;
        if let Some(said) = dialect::said(&create.item, self.config.dialect) {
            self.state.written(&said, out);
        }
        Ok(())
    }

    /// The text asks for the reply itself.
    pub(super) fn prompt(
        &mut self,
        command: &Command<'_>,
        text: &SendText<'_>,
        id: CommandId,
        out: &mut Out<'_>,
    ) -> Result<(), SendError> {
        self.encode(command, id, Urgency::Ordinary)?;
        if self.state.capabilities.texts_wait != TextsWait::Nowhere {
            return Ok(());
        }
        if text.role == Role::User {
            self.state.said(&text.text, out);
        }
        if text.respond {
            self.state.prompted(Request::new(id, Box::default()));
        }
        Ok(())
    }
}
