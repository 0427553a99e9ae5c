//! What the server says, as the machines take it: total, whatever the order.
//!
//! It has no state of its own: it hands each thing that is said to the machines that it is about.

use super::{Action, Expect, Out, State, arbiter::Trigger, errors, texts::Key};
use crate::{
    capabilities::ReadyOn,
    dialect::{Fact, SessionFact},
    event::{
        ConversationCreated, Event, Ids, InputNotice, InputTranscript, ItemDeleted, Lane, Playback,
        PlaybackState, Previous, Resumption, SessionUpdated, Speech, SuppressedReason,
        TranscriptUpdate, TurnOrigin, UserTurn,
    },
    session::Phase,
};
use alloc::{borrow::Cow, boxed::Box, string::ToString};

impl State {
    /// Takes one thing that a frame says.
    pub(crate) fn observe<'f>(&mut self, fact: Fact<'f>, out: &mut Out<'f>) {
        match fact {
            Fact::Event(event) => self.named_event(event, out),
            Fact::Delta(delta, frame) => self.delta_beside(delta, frame, out),
            Fact::Session(session) => self.session(*session, out),
            Fact::Call(call) => self.called(*call, out),
            Fact::Generated => self.generated(out),
            Fact::SpokenOver => self.spoken_text_over(out),
            Fact::WordsOver => self.words_over(out),
            Fact::NewWords => self.new_words(out),
            Fact::Paused => self.paused(out),
            Fact::Waits => self.waits_for_user(out),
            Fact::ReplyUsage(usage) => self.reply_usage(*usage, out),
            Fact::PartAdded(ids, lane) => self.part_added(&ids, lane, out),
            Fact::Usage(report) => self.report_usage(report, out),
            Fact::Answer(answer) => self.answer(*answer, out),
            Fact::Stopped(outcome) => self.stopped(outcome, out),
            Fact::ReplyOver(over) => self.reply_over(*over, out),
            Fact::RunOver(over) => self.run_over(*over, out),
            Fact::Settles => self.settles(out),
            Fact::InEffect(is) => self.in_effect(is, out),
            Fact::Emptied => self.emptied(out),
            Fact::Extras(extras) => self.extras = extras.or(self.extras),
            Fact::Ping(timestamp) => self.pinged(&timestamp, out),
            Fact::TextSoFar(ids, lane, text) => self.text_so_far(ids, lane, &text, out),
            Fact::Redundant => out.silent(SuppressedReason::Redundant),
            Fact::Alive => out.silent(SuppressedReason::Acknowledgement),
            Fact::Finished => self.server_finished(out),
        }
        self.begun_late(out);
        self.bound_responses(out);
    }

    /// A passive session answers nothing.
    fn pinged(&self, timestamp: &str, out: &mut Out<'_>) {
        if !self.policy.passive {
            out.act(Action::Pong(timestamp.into()));
        }
    }

    /// Nothing is told of a part that opens; room is made for its text.
    fn part_added(&mut self, ids: &Ids<'_>, lane: Lane, out: &mut Out<'_>) {
        let Some(response) = self.responses.touch(ids.response_id.as_deref(), out) else {
            out.silent(SuppressedReason::Duplicate);
            return;
        };
        let response = response.id.clone();
        let response = response.as_deref();
        let key = Key::reply(ids.item_id.as_ref(), ids.content_index, lane);
        self.texts.open(key, response, out);
        if lane == Lane::Spoken {
            let part = self.part(key.item, response, key.index);
            self.playback.open(part);
        }
        out.silent(SuppressedReason::Redundant);
    }

    pub(super) fn event<'f>(&mut self, event: Event<'f>, out: &mut Out<'f>) {
        match event {
            Event::ResponseStarted(started) => self.response_started(started, out),
            Event::ResponseFinished(finished) => self.response_finished(finished, out),
            Event::ItemAdded(item) => self.item_added(item, out),
            Event::ItemDone(item) => self.item_done(item, out),
            Event::TextDone(done) => self.text_done(done, out),
            Event::ToolCall(call) => self.arguments_done(call, false, out),
            Event::RemoteTool(tool) => self.remote_tool(tool, out),
            Event::InputTranscript(transcript) => self.input_transcript(transcript, out),
            Event::SpeechStarted(speech) => self.speech_started(speech, out),
            Event::UserTurnCommitted(turn) => self.turn_committed(turn, out),
            Event::SpeechStopped(speech) => {
                out.push(Event::SpeechStopped(speech));
                self.arbiter.speech(false);
                self.owe();
            }
            Event::UserTurnDiscarded(turn) => self.turn_discarded(&turn, out),
            Event::Interrupted(_) => self.interrupted(out),
            Event::GoingAway(going) => self.going_away(&going, out),
            Event::Resumption(resumption) => self.resumable(resumption, out),
            Event::ToolCallCancelled(cancelled) => self.calls.cancelled(cancelled, out),
            Event::Error(error) => self.error(error, out),
            Event::ResponseReset(ids) => self.reset(ids, out),
            other => self.acknowledging(other, out),
        }
    }

    fn speech_started<'f>(&mut self, speech: Speech<'f>, out: &mut Out<'f>) {
        let item_id = speech.item_id.clone();
        out.push(Event::SpeechStarted(speech));
        self.arbiter.speech(true);
        self.spoken_over(out);
        let (origin, previous) = (TurnOrigin::Speech, Previous::Unknown);
        self.turns.started(origin, item_id.as_ref(), &previous, out);
    }

    pub(super) fn turn_committed<'f>(&mut self, turn: UserTurn<'f>, out: &mut Out<'f>) {
        self.arbiter.speech(false);
        if self.turns.has_ended(turn.item_id.as_deref()) {
            out.silent(SuppressedReason::Duplicate);
        } else {
            self.turn_over(turn, out);
        }
        self.commands
            .acknowledge(|expect| *expect == Expect::Committed, out);
    }

    /// What was heard was no turn: nobody owes an answer to it.
    fn turn_discarded(&mut self, turn: &UserTurn<'_>, out: &mut Out<'_>) {
        self.arbiter.owes_nothing();
        self.turns.discard_one(turn.item_id.as_deref(), out);
    }

    /// A turn of the user is over, the first time that this is told.
    fn turn_over<'f>(&mut self, turn: UserTurn<'f>, out: &mut Out<'f>) {
        let spoken = self.turns.is_open(turn.item_id.as_deref());
        self.committed_over(spoken, out);
        self.conversation
            .spoken(turn.item_id.as_ref(), &turn.previous, out);
        let item = turn.item_id.clone();
        self.turns.committed(turn, out);
        self.owe();
        if self.settings.input_transcription.is_some() {
            self.awaited.begin(item.as_ref());
            self.await_transcript();
        }
    }

    /// The user's turn is over: where the server answers turns by itself, it owes a response.
    fn owe(&mut self) {
        if self.answers_turns() {
            self.arbiter.on(Trigger::Owed);
        }
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
            Event::ItemDeleted(deleted) => self.item_deleted(deleted, out),
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
            Event::ConversationCreated(created) => self.conversation_created(created, out),
            other => self.of_response(other, out),
        }
    }

    /// An item is gone, and whatever was to come of it.
    pub(super) fn item_deleted<'f>(&mut self, deleted: ItemDeleted<'f>, out: &mut Out<'f>) {
        let id = deleted.item_id.clone();
        self.conversation.deleted(id.as_deref());
        out.push(Event::ItemDeleted(deleted));
        if let Some(id) = &id {
            self.texts.item_deleted(id, out);
            self.awaited.over(Some(id));
            self.await_transcript();
        }
        self.commands
            .acknowledge(|expect| names(expect, Expect::Deleted, id.as_deref()), out);
    }

    /// Where the conversation can be taken up again, its id is the handle.
    fn conversation_created<'f>(&mut self, created: ConversationCreated<'f>, out: &mut Out<'f>) {
        let id = created.conversation_id.clone();
        self.responses.conversation(id.as_ref());
        out.push(Event::ConversationCreated(created));
        if let Some(id) = id.filter(|_| self.extras().resumable == Some(true)) {
            out.push(Event::Resumption(Resumption {
                handle: Some(Cow::Owned(id.to_string())),
                resumable: true,
                last_consumed: None,
            }));
        }
    }

    /// Events of a response that surface unless it has ended.
    fn of_response<'f>(&mut self, event: Event<'f>, out: &mut Out<'f>) {
        match event {
            Event::AudioDone(mut done) => {
                let of = self.responses.touch(done.ids.response_id.as_deref(), out);
                if of.is_none_or(|response| response.cut) {
                    out.silent(SuppressedReason::StaleEpoch);
                    return;
                }
                let index = done.ids.content_index.unwrap_or_default();
                self.playback.done(done.ids.item_id.as_deref(), index);
                done.epoch = self.playback.epoch;
                out.push(Event::AudioDone(done));
            }
            Event::VideoDelta(mut video) => {
                let id = video.ids.response_id.as_deref();
                if id.is_some_and(|id| self.responses.is_cut(id) || self.responses.has_ended(id)) {
                    out.silent(SuppressedReason::StaleEpoch);
                    return;
                }
                video.epoch = self.playback.epoch;
                out.push(Event::VideoDelta(video));
            }
            Event::Timed(timed) => {
                let id = timed.ids.response_id.as_deref();
                if id.is_some_and(|id| self.responses.is_cut(id)) {
                    out.silent(SuppressedReason::StaleEpoch);
                    return;
                }
                out.push(Event::Timed(timed));
            }
            other => out.push(other),
        }
    }

    fn session<'f>(&mut self, fact: SessionFact<'f>, out: &mut Out<'f>) {
        let SessionFact {
            created,
            ready,
            settings,
            detection,
        } = fact;
        if settings.is_some() {
            self.detection = detection;
        }
        let introduced = core::mem::replace(&mut self.introduced, true);
        self.count_down(ready.expires_at);
        let changed = (!created)
            .then(|| {
                self.commands
                    .acknowledge(|expect| *expect == Expect::Settings, out)
            })
            .flatten();
        let mismatches = self.settle_settings(settings, changed);
        if introduced {
            out.introduce(&ready);
            let raw = ready.raw;
            out.push(Event::SessionUpdated(Box::new(SessionUpdated {
                raw,
                mismatches,
            })));
        } else {
            out.push(Event::Ready(Box::new(ready)));
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
        if over {
            self.awaited.over(transcript.item_id.as_deref());
            self.await_transcript();
        }
        if over && !self.texts.input_done(&mut transcript) {
            out.silent(SuppressedReason::Duplicate);
            return;
        }
        if let TranscriptUpdate::Final { text, .. } = &transcript.update {
            self.conversation
                .spoken(transcript.item_id.as_ref(), &Previous::Unknown, out);
            self.conversation.text(
                transcript.item_id.as_deref(),
                Lane::Spoken,
                (text, true),
                out,
            );
        }
        out.push(Event::InputTranscript(transcript));
    }

    /// Elsewhere the server plays: what it says of that is what is audible.
    fn playback<'f>(&mut self, mut playback: Playback<'f>, out: &mut Out<'f>) {
        let audible = self.remote_audible;
        let state = playback.state;
        self.remote_audible = state == PlaybackState::Started;
        playback.epoch = self.playback.epoch;
        out.push(Event::Playback(playback));
        if state == PlaybackState::Cleared {
            if audible {
                self.cut_by_server(out);
            }
            self.commands
                .acknowledge(|expect| *expect == Expect::OutputCleared, out);
        }
    }

    /// Whether a frame with these facts shows that the session is there.
    pub(crate) fn proves(&self, facts: &[Fact<'_>]) -> bool {
        match self.capabilities.ready_on {
            ReadyOn::SessionFrame => facts.iter().any(|fact| matches!(fact, Fact::Session(_))),
            ReadyOn::AnyFrame | ReadyOn::AtOnce => facts
                .iter()
                .filter(|fact| !matches!(fact, Fact::Event(Event::Error(_))))
                .any(|fact| !matches!(fact, Fact::Event(Event::Malformed(_)))),
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
            self.count_down(None);
            for request in self.unanswered.take().into_iter().flatten() {
                self.commands.originate(request.command);
                self.request(request);
            }
        }
    }
}

fn names(expect: &Expect, kind: fn(Box<str>) -> Expect, id: Option<&str>) -> bool {
    id.is_some_and(|id| *expect == kind(id.into()))
}
