//! Commands, on their way out.

use super::{Phase, Session, Urgency};
use crate::{
    command::{
        Activity, AgentCommand, Command, CreatePolicy, CreateResponse, Say, SendText, ToolOutput,
        Truncate,
    },
    config::SessionPatch,
    dialect::{self, Batch},
    error::SendError,
    event::Settlement,
    id::CommandId,
    state::{COMMIT, Change, Out, Output, Request, settled},
    transport::Transmit,
};
use alloc::boxed::Box;

impl Session {
    /// Takes a command; what it sends waits in [`poll_transmit`](Self::poll_transmit).
    ///
    /// Every command but the streams (audio, playback reports, pings, video frames) has exactly one
    /// [`Event::CommandSettled`](crate::Event::CommandSettled) under the returned id.
    ///
    /// # Errors
    /// A [`SendError`] is a mistake in the caller's own calls; the session is then what it was.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a command is built for the call: `send(Command::text(..))`"
    )]
    pub fn send(&mut self, command: Command<'_>) -> Result<CommandId, SendError> {
        if matches!(self.phase(), Phase::Closing | Phase::Closed) {
            return Err(SendError::Closed);
        }
        let (queued, limit) = (self.queued.len(), self.config.limits.queued_events);
        if queued >= limit && !matches!(command, Command::Close) {
            return Err(SendError::Full { queued, limit });
        }
        let id = self.next_command();
        match &command {
            Command::AppendAudio(audio) => self.append(audio)?,
            Command::ReportPlayback(report) => {
                self.state.report_playback(report.epoch, report.played);
            }
            command => self.take(command, id)?,
        }
        self.next_number = self.next_number.max(id.number + 1);
        self.bound_audio();
        Ok(id)
    }

    /// Takes what is no stream: what the user says and hears comes all the time, and no machine waits
    /// for that.
    fn take(&mut self, command: &Command<'_>, id: CommandId) -> Result<(), SendError> {
        let mut out = self.out();
        if let Err(error) = self.apply(command, id, &mut out) {
            self.queued = out.finish();
            return Err(error);
        }
        self.next_number = self.next_number.max(id.number + 1);
        self.streams.disturb();
        self.originate(&mut out);
        self.keep(out);
        Ok(())
    }

    fn apply(
        &mut self,
        command: &Command<'_>,
        id: CommandId,
        out: &mut Out<'_>,
    ) -> Result<(), SendError> {
        let passive = self.config.policy.passive;
        match command {
            Command::Raw(raw) => self.raw(raw, id, out),
            Command::Close => {
                self.close(id, out);
                Ok(())
            }
            Command::ToolOutput(output) => self.tool_output(command, output, id, out),
            Command::ClearInput => self.clear_input(command, id),
            Command::CommitInput if self.state.marks_activity() => {
                self.activity(Activity::End, id, out)
            }
            Command::CommitInput => self.commit_input(command, id),
            Command::CreateItem(create) => self.create_item(command, create, id, out),
            _ if passive => self.encode(command, id, Urgency::Ordinary),
            Command::Activity(edge) => self.activity(*edge, id, out),
            Command::CreateResponse(create) => self.create_response(command, create, id, out),
            Command::SendText(text) => self.send_text(command, text, id, out),
            Command::Agent(AgentCommand::NewSession) if self.state.queues_texts() => {
                self.check(command)?;
                self.state.request(Request::anew(id));
                Ok(())
            }
            Command::Say(say) => self.say(command, say, id, out),
            Command::CancelResponse(cancel) => {
                self.check(command)?;
                self.state.cancel(id, cancel.response_id.as_deref(), out);
                Ok(())
            }
            Command::Truncate(truncate) => self.truncate(truncate, id, out),
            Command::Configure(patch) => self.change(patch, id, out),
            Command::Interrupt(_) => {
                if !self.state.capabilities.mutes {
                    self.check(&Command::cancel_response())?;
                }
                self.state.interrupt(id, out);
                Ok(())
            }
            _ => self.encode(command, id, Urgency::Ordinary),
        }
    }

    /// Audio that was not received cannot have been heard.
    fn truncate(
        &mut self,
        wanted: &Truncate<'_>,
        id: CommandId,
        out: &mut Out<'_>,
    ) -> Result<(), SendError> {
        let Truncate {
            item_id,
            content_index,
            heard,
        } = wanted;
        self.check(&Command::truncate(item_id.as_ref(), *content_index, *heard))?;
        let Some(heard) = self.state.clamped(item_id, *content_index, *heard) else {
            out.settle(settled(id, Settlement::Superseded));
            return Ok(());
        };
        let command = Command::truncate(item_id.as_ref(), *content_index, heard);
        self.encode(&command, id, Urgency::Ordinary)
    }

    /// Sends what changes, where it can change at all.
    fn change(
        &mut self,
        patch: &SessionPatch,
        id: CommandId,
        out: &mut Out<'_>,
    ) -> Result<(), SendError> {
        self.check(&Command::configure(patch.clone()))?;
        if let Change::Send(patch) = self.state.change(id, patch, out)? {
            let configure = Command::Configure(patch.clone());
            self.encode(&configure, id, Urgency::Ordinary)?;
            if self.state.capabilities.acknowledges {
                let extras = dialect::extras(&patch, self.config.dialect);
                self.state.asked(id, *patch, extras);
            } else {
                self.state.changed(&patch, out);
            }
        }
        Ok(())
    }

    /// A commit that the server is known to refuse is refused here; where the server commits by
    /// itself it may be right, and the race that it can lose is benign.
    fn commit_input(&mut self, command: &Command<'_>, id: CommandId) -> Result<(), SendError> {
        let have = self.state.uncommitted();
        if let Some(have) = have.filter(|have| *have < COMMIT && !self.config.policy.passive) {
            return Err(SendError::InputTooShort { have, need: COMMIT });
        }
        self.encode(command, id, Urgency::Ordinary)?;
        self.state.input.over();
        Ok(())
    }

    fn clear_input(&mut self, command: &Command<'_>, id: CommandId) -> Result<(), SendError> {
        self.encode(command, id, Urgency::Ordinary)?;
        self.outbox.discard();
        self.state.input.over();
        Ok(())
    }

    fn tool_output(
        &mut self,
        command: &Command<'_>,
        output: &ToolOutput<'_>,
        id: CommandId,
        out: &mut Out<'_>,
    ) -> Result<(), SendError> {
        match self.state.output(&output.call_id) {
            Output::Unknown if !self.config.policy.passive => {
                self.check(command)?;
                Err(SendError::UnknownCall)
            }
            Output::TooLate => {
                out.settle(settled(id, Settlement::Superseded));
                Ok(())
            }
            _ => self.encode(command, id, Urgency::Reply(output.wants_reply)),
        }
    }

    /// Requests of the default conversation go one at a time; the others are nobody's business.
    fn create_response(
        &mut self,
        command: &Command<'_>,
        create: &CreateResponse<'_>,
        id: CommandId,
        out: &mut Out<'_>,
    ) -> Result<(), SendError> {
        if create.out_of_band {
            let tagged = self.state.tagged(create, id);
            let tagged = tagged.map(|create| Command::CreateResponse(Box::new(create)));
            return self.encode(tagged.as_ref().unwrap_or(command), id, Urgency::Ordinary);
        }
        self.check(command)?;
        if create.policy == CreatePolicy::FailFast && self.state.arbiter.is_busy() {
            return Err(SendError::Busy);
        }
        if create.policy == CreatePolicy::ReplaceActive {
            self.state.replace_active(out);
        }
        let create = Box::new(create.clone().into_owned());
        self.state.request(Request::new(id, create));
        Ok(())
    }

    /// Words that a reply of its own speaks wait for their turn like any other.
    fn say(
        &mut self,
        command: &Command<'_>,
        say: &Say<'_>,
        id: CommandId,
        out: &mut Out<'_>,
    ) -> Result<(), SendError> {
        let Some(create) = dialect::spoken(say, self.config.dialect) else {
            return self.encode(command, id, Urgency::Ordinary);
        };
        let create = Command::CreateResponse(Box::new(create));
        let Command::CreateResponse(request) = &create else {
            return self.encode(command, id, Urgency::Ordinary);
        };
        self.create_response(&create, request, id, out)
    }

    /// The text goes at once; the reply to it waits for its turn.
    fn send_text(
        &mut self,
        command: &Command<'_>,
        text: &SendText<'_>,
        id: CommandId,
        out: &mut Out<'_>,
    ) -> Result<(), SendError> {
        if self.state.holds_texts() {
            self.check(command)?;
            self.state.hold(id, text.clone().into_owned());
            return Ok(());
        }
        if self.state.capabilities.prompts {
            return self.prompt(command, text, id, out);
        }
        let follows = if text.respond {
            self.length(&Command::create_response()).unwrap_or_default()
        } else {
            0
        };
        self.encode(command, id, Urgency::Followed(follows))?;
        if text.respond {
            let mut request = Request::new(id, Box::default());
            request.numbered = true;
            self.state.request(request);
        }
        Ok(())
    }

    /// Takes the next thing to send; `None` when there is nothing, or the rest must wait.
    ///
    /// Before the session is ready only its opening is given out.
    pub fn poll_transmit(&mut self) -> Option<Transmit<'_>> {
        let ready = self.state.takes_frames() || self.config.policy.passive;
        let polled = self.outbox.existing_mut()?.poll(ready)?;
        if polled.output {
            self.state.output_left();
        }
        if let Some(command) = polled.settles {
            let earlier = self.queued.len();
            self.state.left(command, &mut self.queued);
            self.counters.events += (self.queued.len() - earlier) as u64;
        }
        let bytes = match polled.transmit {
            Transmit::Text(text) => Some(text.len()),
            Transmit::Binary(bytes) => Some(bytes.len()),
            Transmit::Close { .. } => None,
        };
        if let Some(bytes) = bytes {
            self.counters.frames_out += 1;
            self.counters.bytes_out += bytes as u64;
        }
        Some(polled.transmit)
    }

    pub(super) fn next_command(&self) -> CommandId {
        CommandId {
            prefix: self.prefix,
            number: self.next_number,
        }
    }

    fn close(&mut self, id: CommandId, out: &mut Out<'_>) {
        if let Some(event) = self.drop_audio() {
            out.push(event);
        }
        if self.phase() == Phase::Opening {
            self.outbox.clear();
        }
        let said = self.say_goodbye(id);
        if !(said && self.state.capabilities.answers_close) {
            self.outbox.close(1000);
        }
        self.state.close_requested(id);
    }

    /// The protocol's own end, where it has one: the transport's follows it. False if nobody is
    /// there to hear it.
    fn say_goodbye(&mut self, id: CommandId) -> bool {
        let context = self.context();
        let text = self.outbox.control_tail();
        let start = text.len();
        let mut batch = Batch::new(text, id);
        let written = dialect::encode(&Command::Close, &context, &mut batch);
        let frames = batch.frames;
        if written.is_err() || self.phase() == Phase::Opening {
            self.outbox
                .roll_back(start, self.config.limits.outbox_bytes);
            return false;
        }
        for frame in frames {
            self.outbox.queue(frame.bytes, false, None, false);
        }
        true
    }
}
