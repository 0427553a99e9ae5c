//! What the server says, as the machines take it: total, whatever the order.

use super::{
    Out, State, errors,
    responses::Response,
    texts::{Key, Side},
};
use crate::{
    capabilities::ReadyOn,
    delta::{Delta, DeltaKind},
    dialect::{Fact, SessionFact},
    event::{
        Content, Event, InputNotice, InputTranscript, Item, ItemKind, Lane, Origin, Outcome,
        Playback, RemotePhase, RemoteTool, ResponseFinished, ResponseStarted, Role, Scope,
        ServerError, SessionUpdated, SuppressedReason, TextDone, TextStatus, TranscriptUpdate,
        TurnOrigin, UsageKind, UsageReport, UsageScope,
    },
    id::Id,
    session::Phase,
    state::Expect,
    usage::Usage,
};
use alloc::{borrow::Cow, boxed::Box};

impl State {
    /// Takes one thing that a frame says.
    pub(crate) fn observe<'f>(&mut self, fact: Fact<'f>, out: &mut Out<'f>) {
        match fact {
            Fact::Event(event) => self.event(event, out),
            Fact::Session(session) => self.session(*session, out),
            Fact::PartAdded(ids, lane) => {
                let response = ids.response_id.as_deref();
                self.responses.touch(response, out);
                self.texts
                    .open(reply_key(&ids.item_id, ids.content_index, lane), response);
                out.silent(SuppressedReason::Redundant);
            }
            Fact::Usage(scope, usage) => self.report_usage(scope, usage, out),
            Fact::Redundant => out.silent(SuppressedReason::Redundant),
        }
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
            Event::SpeechStarted(speech) => {
                let item_id = speech.item_id.clone();
                out.push(Event::SpeechStarted(speech));
                let previous = crate::event::Previous::Unknown;
                self.turns
                    .started(TurnOrigin::Speech, item_id.as_ref(), &previous, out);
            }
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
                self.conversation.deleted(deleted.item_id.as_deref());
                let id = deleted.item_id.clone();
                out.push(Event::ItemDeleted(deleted));
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
        self.settings = settings;
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

    fn response_started<'f>(&mut self, mut started: Box<ResponseStarted<'f>>, out: &mut Out<'f>) {
        if !self.responses.is_new(started.ids.response_id.as_deref()) {
            out.silent(SuppressedReason::Duplicate);
            return;
        }
        let default = self.responses.is_default(&started.conversation);
        if default && let Some(response) = self.responses.take_active() {
            self.end_response(response, Response::superseded(), out);
        }
        let asked = |expect: &Expect| {
            *expect
                == Expect::Response {
                    out_of_band: !default,
                }
        };
        if let Some(command) = self.commands.acknowledge(asked, out) {
            started.initiator = crate::event::Initiator::Command(command);
        }
        self.responses.started(started, out);
    }

    fn response_finished<'f>(
        &mut self,
        mut finished: Box<ResponseFinished<'f>>,
        out: &mut Out<'f>,
    ) {
        if let Outcome::Failed(fault) = &mut finished.outcome {
            errors::classify_fault(fault);
        }
        let id = finished.ids.response_id.clone();
        match self.responses.take(id.as_deref(), out) {
            Some(response) => self.end_response(response, finished, out),
            None => self.ended_again(*finished, out),
        }
        let asked = |expect: &Expect| match expect {
            Expect::Ended(None) => true,
            Expect::Ended(Some(named)) => id.as_deref() == Some(named),
            _ => false,
        };
        self.commands.acknowledge(asked, out);
    }

    /// From the inside out: texts, calls, then the response itself.
    pub(super) fn end_response<'f>(
        &mut self,
        mut response: Response,
        finished: Box<ResponseFinished<'f>>,
        out: &mut Out<'f>,
    ) {
        let id = response.id.clone();
        self.texts
            .response_ended(id.as_deref(), &finished.outcome, out);
        response.calls += self
            .calls
            .response_ended(id.as_deref(), &finished.outcome, out);
        let finished = response.finish(finished);
        if let Some(usage) = &finished.usage {
            self.usage += usage;
        }
        out.push(Event::ResponseFinished(finished));
    }

    /// A response that was ended before its done came: only what it cost is news.
    fn ended_again<'f>(&mut self, finished: ResponseFinished<'f>, out: &mut Out<'f>) {
        let id = finished.ids.response_id;
        let uncounted = id
            .as_deref()
            .is_some_and(|id| self.responses.superseded_cost(id));
        match (id, finished.usage) {
            (Some(id), Some(usage)) if uncounted => {
                self.report_usage(UsageScope::Response(id), usage, out);
            }
            _ => out.silent(SuppressedReason::Duplicate),
        }
    }

    fn report_usage<'f>(&mut self, scope: UsageScope<'f>, usage: Usage, out: &mut Out<'f>) {
        self.usage += &usage;
        let kind = UsageKind::Delta;
        out.push(Event::Usage(Box::new(UsageReport { scope, usage, kind })));
    }

    fn item_added<'f>(&mut self, item: Box<Item<'f>>, out: &mut Out<'f>) {
        if item.origin == Origin::Response && !self.is_of_open_response(&item, out) {
            return;
        }
        let first = self.conversation.added(&item, out);
        if first {
            out.push(Event::ItemAdded(item.clone()));
        } else {
            out.silent(SuppressedReason::Redundant);
        }
        if item.origin == Origin::Response {
            self.begin_item(&item, out);
        }
        if item.origin == Origin::Conversation && is_user_message(&item) {
            self.user_item(&item, out);
        }
        self.commands.item(&item, out);
    }

    /// What belongs to a response that has ended is an echo.
    fn is_of_open_response<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) -> bool {
        let open = self
            .responses
            .touch(item.ids.response_id.as_deref(), out)
            .is_some();
        if !open {
            out.silent(SuppressedReason::Duplicate);
        }
        open
    }

    /// An item of the reply begins: calls are announced.
    fn begin_item<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) {
        match item.kind {
            ItemKind::FunctionCall => {
                self.calls
                    .announced(item, item.ids.response_id.as_deref(), out);
            }
            ItemKind::McpCall => out.push(remote(item, RemotePhase::Started)),
            _ => {}
        }
    }

    /// A message of the user's is a turn of its own, unless speech or a commit was it.
    fn user_item<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) {
        let spoken = item
            .content
            .iter()
            .any(|part| matches!(part, Content::Audio { .. }));
        let origin = if spoken {
            TurnOrigin::External
        } else {
            TurnOrigin::Text
        };
        let turn = crate::event::UserTurn {
            origin,
            item_id: item.ids.item_id.clone(),
            previous: item.previous.clone(),
        };
        self.turns.committed(turn, out);
    }

    fn item_done<'f>(&mut self, item: Box<Item<'f>>, out: &mut Out<'f>) {
        if item.origin == Origin::Response && !self.is_of_open_response(&item, out) {
            return;
        }
        self.item_texts(&item, out);
        if item.kind == ItemKind::FunctionCall {
            self.call_done(&item, out);
        }
        let first = self.conversation.done(&item, out);
        if !first {
            out.silent(SuppressedReason::Redundant);
            return;
        }
        if item.kind == ItemKind::McpCall {
            out.push(remote(&item, result(&item)));
        }
        out.push(Event::ItemDone(item));
    }

    /// Texts that only the item tells.
    fn item_texts<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) {
        if item.status == Some(crate::event::Status::InProgress) {
            return;
        }
        for (part, index) in item.content.iter().zip(0..) {
            let (lane, text) = match part {
                Content::Text { text } => (Lane::Display, text),
                Content::Audio {
                    transcript: Some(text),
                    ..
                } => (Lane::Spoken, text),
                _ => continue,
            };
            let known = self
                .texts
                .knows(reply_key(&item.ids.item_id, Some(index), lane));
            if !known && (item.origin != Origin::Response || item.role != Some(Role::Assistant)) {
                continue;
            }
            let mut ids = item.ids.clone();
            ids.content_index = Some(index);
            let interrupted = item.status == Some(crate::event::Status::Incomplete);
            self.text_done(
                Box::new(TextDone {
                    ids,
                    lane,
                    text: text.clone(),
                    suffix: Cow::Borrowed(""),
                    previous: item.previous.clone(),
                    status: if interrupted {
                        TextStatus::Interrupted
                    } else {
                        TextStatus::Final
                    },
                }),
                out,
            );
        }
    }

    fn call_done<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) {
        if item.origin == Origin::Response {
            self.calls
                .announced(item, item.ids.response_id.as_deref(), out);
        }
        if self.calls.item_done(item, out) {
            self.count_call(item.ids.response_id.as_deref(), out);
        }
    }

    fn count_call(&mut self, response_id: Option<&str>, out: &mut Out<'_>) {
        if let Some(response) = self.responses.touch(response_id, out) {
            response.calls += 1;
        }
    }

    fn text_done<'f>(&mut self, mut done: Box<TextDone<'f>>, out: &mut Out<'f>) {
        let response_id = done.ids.response_id.clone();
        let Some(response) = self.responses.touch(response_id.as_deref(), out) else {
            out.silent(SuppressedReason::Duplicate);
            return;
        };
        response.had_text |= !done.text.is_empty();
        let cancelling = response.cancelling;
        if !self.texts.done(&mut done, response_id.as_deref()) {
            out.silent(SuppressedReason::Redundant);
            return;
        }
        if cancelling {
            done.status = TextStatus::Interrupted;
        }
        self.conversation
            .text(done.ids.item_id.as_deref(), done.lane, &done.text, out);
        out.push(Event::TextDone(done));
    }

    fn arguments_done<'f>(&mut self, call: Box<crate::event::ToolCall<'f>>, out: &mut Out<'f>) {
        let response_id = call.ids.response_id.clone();
        out.silent(SuppressedReason::Redundant);
        let Some(response) = self.responses.touch(response_id.as_deref(), out) else {
            return;
        };
        let cancelling = response.cancelling;
        if self.calls.arguments(call, cancelling, out) {
            self.count_call(response_id.as_deref(), out);
        }
    }

    fn remote_tool<'f>(&mut self, mut tool: Box<RemoteTool<'f>>, out: &mut Out<'f>) {
        if let RemotePhase::Arguments { text } = &mut tool.phase {
            let response = tool.ids.response_id.as_deref();
            let Some(unsaid) =
                self.texts
                    .arguments_done(tool.ids.item_id.as_deref(), response, text)
            else {
                out.silent(SuppressedReason::Redundant);
                return;
            };
            *text = unsaid;
        }
        out.push(Event::RemoteTool(tool));
    }

    fn input_transcript<'f>(&mut self, mut transcript: InputTranscript<'f>, out: &mut Out<'f>) {
        let over = match &mut transcript.update {
            TranscriptUpdate::Final { .. } => true,
            TranscriptUpdate::Failed { fault, .. } => {
                fault
                    .iter_mut()
                    .for_each(|fault| errors::classify_fault(fault));
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
        let cleared = playback.state == crate::event::PlaybackState::Cleared;
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
            ReadyOn::AnyFrame | ReadyOn::AtOnce => !facts
                .iter()
                .any(|fact| matches!(fact, Fact::Event(Event::Error(_)))),
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

    /// Takes a delta; false if it must not surface. Allocates nothing where its part is open.
    pub(crate) fn delta(&mut self, delta: &mut Delta, frame: &str, out: &mut Out<'_>) -> bool {
        delta.epoch = self.playback.epoch;
        delta.format = self.output_format();
        let text = delta.body.of(frame).str().unwrap_or_default();
        let item = delta.item_id.of(frame).text();
        let side = match delta.kind {
            DeltaKind::Audio => {
                self.audio_bytes += crate::codec::decoded_len(&text) as u64;
                None
            }
            DeltaKind::Text(lane) => Some(Side::Reply(lane)),
            DeltaKind::InputTranscript => Some(Side::Input),
            DeltaKind::RemoteArguments => Some(Side::Arguments),
            DeltaKind::Arguments => None,
        };
        let response_id = delta.response_id.of(frame).text();
        let response_id = response_id.as_deref().filter(|id| !id.is_empty());
        if delta.kind != DeltaKind::InputTranscript {
            let Some(response) = self.responses.touch(response_id, out) else {
                out.silent(SuppressedReason::StaleEpoch);
                return false;
            };
            response.had_audio |= delta.kind == DeltaKind::Audio;
            response.had_text |= matches!(delta.kind, DeltaKind::Text(_)) && !text.is_empty();
        }
        let Some(side) = side else { return true };
        let item = item.as_deref().filter(|id| !id.is_empty());
        let key = Key {
            item,
            index: delta.content_index.unwrap_or_default(),
            side,
        };
        let taken = self.texts.append(key, response_id, &text, out);
        if !taken {
            out.silent(SuppressedReason::Duplicate);
        }
        taken
    }
}

fn reply_key<'k>(item: &'k Option<Id<'_>>, index: Option<u32>, lane: Lane) -> Key<'k> {
    Key {
        item: item.as_deref(),
        index: index.unwrap_or_default(),
        side: Side::Reply(lane),
    }
}

fn names(expect: &Expect, kind: fn(Box<str>) -> Expect, id: Option<&str>) -> bool {
    id.is_some_and(|id| *expect == kind(id.into()))
}

fn is_user_message(item: &Item<'_>) -> bool {
    item.kind == ItemKind::Message && item.role == Some(Role::User)
}

fn remote<'f>(item: &Item<'f>, phase: RemotePhase<'f>) -> Event<'f> {
    Event::RemoteTool(Box::new(RemoteTool {
        call_id: item.call_id.clone().or_else(|| item.ids.item_id.clone()),
        name: item.name.clone(),
        executor: crate::event::Executor::Provider,
        phase,
        ids: item.ids.clone(),
    }))
}

/// What the provider's call gave, or why it gave nothing.
fn result<'f>(item: &Item<'f>) -> RemotePhase<'f> {
    let fault = item.content.iter().find_map(|part| match part {
        Content::Fault { raw } => Some(raw.clone()),
        _ => None,
    });
    let output = item.content.iter().find_map(|part| match part {
        Content::Output { text } => Some(text.clone()),
        _ => None,
    });
    let is_error = fault.is_some();
    RemotePhase::Result {
        output: fault.or(output).unwrap_or_default(),
        is_error,
        partial: false,
    }
}
