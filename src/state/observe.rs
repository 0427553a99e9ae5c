//! What the server says, as the machines take it: total, whatever the order.

use super::{Expect, Out, State, errors, texts::Key};
use crate::{
    capabilities::ReadyOn,
    dialect::{Fact, SessionFact},
    event::{
        Event, Ids, InputNotice, InputTranscript, Lane, Playback, PlaybackState, Previous, Scope,
        ServerError, SessionUpdated, Speech, SuppressedReason, TranscriptUpdate, TurnOrigin,
    },
    session::Phase,
};
use alloc::boxed::Box;

impl State {
    /// Takes one thing that a frame says.
    pub(crate) fn observe<'f>(&mut self, fact: Fact<'f>, out: &mut Out<'f>) {
        match fact {
            Fact::Event(event) => self.event(event, out),
            Fact::Session(session) => self.session(*session, out),
            Fact::PartAdded(ids, lane) => self.part_added(&ids, lane, out),
            Fact::Usage(scope, usage) => self.report_usage(scope, usage, out),
            Fact::Redundant => out.silent(SuppressedReason::Redundant),
        }
        self.bound_responses(out);
    }

    /// Nothing is told of a part that opens; room is made for its text.
    fn part_added(&mut self, ids: &Ids<'_>, lane: Lane, out: &mut Out<'_>) {
        let response = ids.response_id.as_deref();
        if self.responses.touch(response, out).is_none() {
            out.silent(SuppressedReason::Duplicate);
            return;
        }
        let key = Key::reply(ids.item_id.as_ref(), ids.content_index, lane);
        self.texts.open(key, response, out);
        out.silent(SuppressedReason::Redundant);
    }

    fn event<'f>(&mut self, event: Event<'f>, out: &mut Out<'f>) {
        match event {
            Event::ResponseStarted(started) => self.response_started(started, out),
            Event::ResponseFinished(finished) => self.response_finished(finished, out),
            Event::ItemAdded(item) => self.item_added(item, out),
            Event::ItemDone(item) => self.item_done(item, out),
            Event::TextDone(done) => self.text_done(done, out),
            Event::ToolCall(call) => self.arguments_done(call, out),
            Event::RemoteTool(tool) => self.remote_tool(tool, out),
            Event::InputTranscript(transcript) => self.input_transcript(transcript, out),
            Event::SpeechStarted(speech) => self.speech_started(speech, out),
            Event::UserTurnCommitted(turn) => {
                if !self.turns.committed(turn, out) {
                    out.silent(SuppressedReason::Duplicate);
                }
                self.commands
                    .acknowledge(|expect| *expect == Expect::Committed, out);
            }
            Event::Error(error) => self.error(error, out),
            other => self.acknowledging(other, out),
        }
    }

    fn speech_started<'f>(&mut self, speech: Speech<'f>, out: &mut Out<'f>) {
        let item_id = speech.item_id.clone();
        out.push(Event::SpeechStarted(speech));
        let (origin, previous) = (TurnOrigin::Speech, Previous::Unknown);
        self.turns.started(origin, item_id.as_ref(), &previous, out);
    }

    /// Events that surface as they are, and may answer a command.
    fn acknowledging<'f>(&mut self, event: Event<'f>, out: &mut Out<'f>) {
        let commands = &mut self.commands;
        match event {
            Event::ItemRetrieved(item) => {
                let id = item.ids.item_id.clone();
                out.push(Event::ItemRetrieved(item));
                commands.acknowledge(
                    |expect| names(expect, Expect::Retrieved, id.as_deref()),
                    out,
                );
            }
            Event::ItemDeleted(deleted) => {
                let id = deleted.item_id.clone();
                self.conversation.deleted(id.as_deref());
                out.push(Event::ItemDeleted(deleted));
                if let Some(id) = &id {
                    self.texts.item_deleted(id, out);
                }
                commands.acknowledge(|expect| names(expect, Expect::Deleted, id.as_deref()), out);
            }
            Event::Truncated(truncated) => {
                let id = truncated.ids.item_id.clone();
                self.conversation.truncated(id.as_deref(), truncated.heard);
                out.push(Event::Truncated(truncated));
                commands.acknowledge(
                    |expect| names(expect, Expect::Truncated, id.as_deref()),
                    out,
                );
            }
            Event::Input(InputNotice::Cleared) => {
                out.push(Event::Input(InputNotice::Cleared));
                self.turns.discard(out);
                commands.acknowledge(|expect| *expect == Expect::Cleared, out);
            }
            Event::Playback(playback) => self.playback(playback, out),
            Event::ConversationCreated(created) => {
                self.responses
                    .conversation(created.conversation_id.as_ref());
                out.push(Event::ConversationCreated(created));
            }
            other => self.of_response(other, out),
        }
    }

    /// Events of a response that surface unless it has ended.
    fn of_response<'f>(&mut self, event: Event<'f>, out: &mut Out<'f>) {
        match event {
            Event::AudioDone(mut done) => {
                if self
                    .responses
                    .touch(done.ids.response_id.as_deref(), out)
                    .is_none()
                {
                    out.silent(SuppressedReason::Duplicate);
                    return;
                }
                done.epoch = self.playback.epoch;
                out.push(Event::AudioDone(done));
            }
            other => out.push(other),
        }
    }

    fn session<'f>(&mut self, fact: SessionFact<'f>, out: &mut Out<'f>) {
        let SessionFact {
            created,
            ready,
            settings,
        } = fact;
        if let Some(settings) = settings {
            self.settings = settings;
        }
        let introduced = core::mem::replace(&mut self.introduced, true);
        if introduced {
            let raw = ready.raw;
            out.push(Event::SessionUpdated(Box::new(SessionUpdated {
                raw,
                mismatches: [].into(),
            })));
        } else {
            out.push(Event::Ready(Box::new(ready)));
        }
        if !created {
            self.commands
                .acknowledge(|expect| *expect == Expect::Settings, out);
        }
    }

    fn input_transcript<'f>(&mut self, mut transcript: InputTranscript<'f>, out: &mut Out<'f>) {
        let over = match &mut transcript.update {
            TranscriptUpdate::Final { .. } => true,
            TranscriptUpdate::Failed { fault, .. } => {
                if let Some(fault) = fault {
                    errors::classify_fault(fault);
                }
                true
            }
            _ => false,
        };
        if over && !self.texts.input_done(&mut transcript) {
            out.silent(SuppressedReason::Duplicate);
            return;
        }
        if let TranscriptUpdate::Final { text, .. } = &transcript.update {
            self.conversation
                .text(transcript.item_id.as_deref(), Lane::Spoken, text, out);
        }
        out.push(Event::InputTranscript(transcript));
    }

    fn playback<'f>(&mut self, mut playback: Playback<'f>, out: &mut Out<'f>) {
        playback.epoch = self.playback.epoch;
        let cleared = playback.state == PlaybackState::Cleared;
        out.push(Event::Playback(playback));
        if cleared {
            self.commands
                .acknowledge(|expect| *expect == Expect::OutputCleared, out);
        }
    }

    fn error<'f>(&mut self, mut error: Box<ServerError<'f>>, out: &mut Out<'f>) {
        errors::classify_error(&mut error);
        if !error.session_usable {
            self.fatal = Some(error.class);
        }
        if let Some((command, lost_race)) = self.commands.rejected(&error, out) {
            error.scope = Scope::Command(command);
            if lost_race {
                self.races += 1;
                return;
            }
        }
        out.push(Event::Error(error));
    }

    /// Whether a frame with these facts shows that the session is there.
    pub(crate) fn proves(&self, facts: &[Fact<'_>]) -> bool {
        match self.capabilities.ready_on {
            ReadyOn::SessionFrame => facts.iter().any(|fact| matches!(fact, Fact::Session(_))),
            ReadyOn::AnyFrame | ReadyOn::AtOnce => {
                let says_nothing = |fact: &Fact<'_>| {
                    matches!(fact, Fact::Event(Event::Error(_) | Event::Malformed(_)))
                };
                !facts.iter().all(says_nothing)
            }
        }
    }

    /// The session is there. Where nothing introduces it, that alone is told.
    pub(crate) fn proven(&mut self, out: &mut Out<'_>) {
        self.ready();
        if !core::mem::replace(&mut self.introduced, true) {
            out.push(Event::Ready(Box::default()));
        }
    }

    /// What was held may flow.
    pub(crate) fn ready(&mut self) {
        if self.phase == Phase::Opening {
            self.phase = Phase::Ready;
        }
    }
}

fn names(expect: &Expect, kind: fn(Box<str>) -> Expect, id: Option<&str>) -> bool {
    id.is_some_and(|id| *expect == kind(id.into()))
}
