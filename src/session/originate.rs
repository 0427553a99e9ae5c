//! What the machines want sent, and nobody commanded.

use super::{Phase, Session, Urgency};
use crate::{
    command::{AgentCommand, Command},
    dialect,
    id::CommandId,
    state::{Action, Out, Request, limit},
};

/// What the session's own frames may take beyond the limit of the outbox, in bytes.
const RESERVE: usize = 16 << 10;

impl Session {
    /// Sends what the machines want sent, and what may leave now. Nothing follows the wish to
    /// close.
    pub(super) fn originate(&mut self, out: &mut Out<'_>) {
        if self.has_reserve() {
            self.state.pump(out);
        }
        let leaves = matches!(self.phase(), Phase::Opening | Phase::Ready);
        for action in out.take_actions() {
            if leaves || action == Action::End {
                self.perform_within_reserve(action, out);
            }
        }
        self.state.wait();
    }

    /// Whether the session may queue frames of its own. While nobody polls, requests wait.
    pub(super) fn has_reserve(&self) -> bool {
        let most = self.config.limits.outbox_bytes.saturating_add(RESERVE);
        self.outbox.control_bytes() <= most
    }

    /// What nobody asked for is given up where it has no room.
    fn perform_within_reserve(&mut self, action: Action, out: &mut Out<'_>) {
        if action.is_unasked() && !self.has_reserve() {
            out.push(limit("outbox_bytes", None));
        } else {
            self.perform(action, out);
        }
    }

    fn perform(&mut self, action: Action, out: &mut Out<'_>) {
        match action {
            Action::Create(request) => self.create(request, out),
            Action::Continue => self.go_on(out),
            Action::Cancel {
                command,
                response_id,
            } => {
                let mut cancel = Command::cancel_response();
                if let Command::CancelResponse(cancel) = &mut cancel {
                    cancel.response_id = response_id.as_deref().map(Into::into);
                }
                let command = command.unwrap_or_else(|| self.originated());
                self.own(&cancel, command, out);
            }
            Action::Truncate { item, index, heard } => {
                let command = self.originated();
                let truncate = Command::truncate(item.as_ref(), index, heard);
                self.own(&truncate, command, out);
            }
            Action::Delete { item } => {
                let command = self.originated();
                self.own(&Command::delete_item(item.as_ref()), command, out);
            }
            Action::ClearOutput => {
                let command = self.originated();
                self.own(&Command::ClearOutput, command, out);
            }
            Action::Pong(timestamp) => self.pong(&timestamp),
            Action::End => self.outbox.close(1000),
        }
        self.state.bound_own(out);
    }

    /// It is no command: nothing settles it.
    fn pong(&mut self, timestamp: &str) {
        let dialect = self.config.dialect;
        let text = self.outbox.control_tail();
        let start = text.len();
        dialect::pong(timestamp, dialect, text);
        let written = text.len() - start;
        self.outbox.queue(written, true, None, false);
    }

    /// What the last connection left unanswered is asked again by the session itself.
    pub(super) fn ask_again(&mut self) {
        for request in self.state.unanswered.take().into_iter().flatten() {
            let command = self.own_command();
            self.state.unanswered.push_back(request.again(command));
        }
        let owes = core::mem::take(&mut self.state.owes_continuation);
        if owes && self.state.unanswered.is_empty() {
            let command = self.own_command();
            let continuation = Request::continuation(command);
            self.state.unanswered.push_back(continuation);
        }
    }

    fn create(&mut self, request: Request, out: &mut Out<'_>) {
        let command = request.command;
        let first = if request.numbered {
            self.own_command()
        } else {
            command
        };
        let create = match request.text {
            Some(text) => {
                if !self.state.capabilities.echoes {
                    let item = self.state.said(&text.text, out);
                    self.state.commands.says(command, item);
                }
                Command::SendText(*text)
            }
            None if request.anew => Command::Agent(AgentCommand::NewSession),
            None => Command::CreateResponse(request.create),
        };
        if self
            .encode_as(&create, command, first, Urgency::Own)
            .is_err()
        {
            self.state.unsendable(command, out);
        }
    }

    /// Asks for the reply to answered calls.
    fn go_on(&mut self, out: &mut Out<'_>) {
        let command = self.own_command();
        self.state.continued(command);
        let create = Command::create_response();
        let sent = self.encode(&create, command, Urgency::Continuation);
        if sent.is_err() {
            self.state.unsendable(command, out);
        }
    }

    /// A frame of the session's own: it has room even where commands have none. Only a host that
    /// says a dialect can do what it cannot makes the machines ask for what it cannot say.
    fn own(&mut self, frame: &Command<'_>, command: CommandId, out: &mut Out<'_>) {
        if self.encode(frame, command, Urgency::Own).is_err() {
            self.state.unsayable(command, out);
        }
    }

    /// A new command of the session's own, which settles silently.
    fn originated(&mut self) -> CommandId {
        let command = self.own_command();
        self.state.commands.originate(command);
        command
    }

    fn own_command(&mut self) -> CommandId {
        let command = self.next_command();
        self.next_number += 1;
        command
    }
}
