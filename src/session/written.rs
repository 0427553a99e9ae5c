//! Commands become frames in the outbox, or leave everything as it was.

use super::{Session, Urgency};
use crate::{
    command::Command,
    dialect::{self, Batch, Written},
    error::SendError,
    id::CommandId,
    state::Expect,
};

impl Session {
    /// Writes the frames of a command and queues them, or leaves everything as it was.
    pub(super) fn encode(
        &mut self,
        command: &Command<'_>,
        id: CommandId,
        urgency: Urgency,
    ) -> Result<(), SendError> {
        self.encode_as(command, id, id, urgency)
    }

    /// The same, where the first frame bears another name than the command.
    pub(super) fn encode_as(
        &mut self,
        command: &Command<'_>,
        id: CommandId,
        first: CommandId,
        urgency: Urgency,
    ) -> Result<(), SendError> {
        if !urgency.is_own() {
            self.room(0)?;
        }
        let mut context = self.context_of(command, urgency == Urgency::Opening);
        context.busy &= !urgency.is_own();
        let text = self.outbox.control_tail();
        let start = text.len();
        let mut batch = Batch::new(text, first);
        let written = dialect::encode(command, &context, &mut batch);
        let frames = batch.frames;
        let bytes = frames.iter().map(|frame| frame.bytes).sum();
        let fits = written.and_then(|()| match urgency {
            own if own.is_own() => Ok(()),
            Urgency::Followed(follows) => self.room(bytes + follows),
            _ => self.room(bytes),
        });
        if let Err(error) = fits {
            self.outbox
                .roll_back(start, self.config.limits.outbox_bytes);
            return Err(error);
        }
        let last = frames.len();
        for (frame, at) in frames.into_iter().zip(1..) {
            self.queue(frame, id, urgency, at == last);
        }
        Ok(())
    }

    /// Where nothing is acknowledged, a command settles when its last frame has left.
    fn queue(&mut self, frame: Written, id: CommandId, urgency: Urgency, last: bool) {
        let Written {
            bytes,
            number,
            expect,
        } = frame;
        if urgency == Urgency::Opening {
            self.outbox.queue_opening(bytes);
        } else {
            let output = expect.answers().is_some();
            let overtakes = expect.overtakes() || urgency == Urgency::Continuation;
            let leaves = last && !self.state.capabilities.acknowledges;
            let leaves = leaves || expect == Expect::Nothing;
            self.outbox
                .queue(bytes, overtakes, Some(id).filter(|_| leaves), output);
        }
        self.next_number = self.next_number.max(number + 1);
        if expect == Expect::Committed {
            self.outbox.commit();
        }
        if urgency == Urgency::Opening && !self.state.capabilities.acknowledges {
            return;
        }
        let wants_reply = urgency == Urgency::Reply(true);
        self.state.sent(id, number, None, expect, wants_reply);
    }

    /// Whether a command could be sent, though it must wait.
    pub(super) fn check(&mut self, command: &Command<'_>) -> Result<(), SendError> {
        self.room(0)?;
        let bytes = self.length(command)?;
        self.room(bytes)
    }

    /// How much a command says, in bytes, were it sent now.
    pub(super) fn length(&mut self, command: &Command<'_>) -> Result<usize, SendError> {
        let id = self.next_command();
        let context = self.context_of(command, false);
        let text = self.outbox.control_tail();
        let start = text.len();
        let written = dialect::encode(command, &context, &mut Batch::new(text, id));
        let bytes = text.len() - start;
        self.outbox
            .roll_back(start, self.config.limits.outbox_bytes);
        written.map(|()| bytes)
    }

    /// Whether `bytes` more of control, not yet queued but perhaps written, may wait.
    pub(super) fn room(&self, bytes: usize) -> Result<(), SendError> {
        let limits = &self.config.limits;
        if bytes > limits.outbox_bytes {
            return Err(SendError::TooLarge {
                limit: limits.outbox_bytes,
            });
        }
        let (queued, limit) = (self.outbox.control_bytes() + bytes, limits.outbox_bytes);
        if queued > limit {
            return Err(SendError::Full { queued, limit });
        }
        let (queued, limit) = (self.state.commands.len(), limits.pending_commands);
        if queued >= limit {
            Err(SendError::Full { queued, limit })
        } else {
            Ok(())
        }
    }
}
