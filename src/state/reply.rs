//! The life of a reply: its response, its texts and its calls, ended from the inside out.
//!
//! It has no state of its own: its life is charted with the responses, its parts with the texts and
//! the calls.

use super::{
    Action, Expect, Out, State,
    arbiter::{Request, Slot, Trigger},
    errors,
    requests::TOKEN,
    responses::{Cancelled, Response},
    texts::{Key, Side},
};
use crate::{
    event::{
        By, Event, Executor, Initiator, Lane, Outcome, RemotePhase, RemoteTool, ResponseFinished,
        ResponseStarted, Settlement, Str, SuppressedReason, TextDone, TextStatus, ToolCall,
        UsageReport, UsageScope,
    },
    id::{CommandId, Id},
    session::Phase,
};
use alloc::{boxed::Box, vec::Vec};

impl State {
    pub(super) fn response_started<'f>(
        &mut self,
        mut started: Box<ResponseStarted<'f>>,
        out: &mut Out<'f>,
    ) {
        if !self.responses.is_new(started.ids.response_id.as_deref()) {
            out.silent(SuppressedReason::Duplicate);
            return;
        }
        self.announce_response(started.ids.response_id.as_ref());
        let default = self.responses.is_default(&started.conversation);
        let superseded = default.then(|| self.responses.take_active()).flatten();
        if let Some(response) = superseded {
            self.end_response(response, Response::superseded(), out);
        }
        let cancel = if default {
            let (cancel, initiator) = self.begun(out);
            started.initiator = initiator;
            cancel
        } else {
            let token = take_token(&mut started.metadata);
            let command = self.commands.out_of_band(token, out);
            started.initiator = command.map_or(Initiator::Server, Initiator::Command);
            None
        };
        self.responses.started(started, out);
        if let Some(command) = cancel {
            self.cancel_begun(command, out);
        }
    }

    /// A default response began: whose it is, and the cancel that waited for it.
    fn begun(&mut self, out: &mut Out<'_>) -> (Option<CommandId>, Initiator) {
        let (cancel, continuation) = self.arbiter.created();
        self.calls.continuations.covered();
        let asked = |expect: &Expect| *expect == Expect::Response { out_of_band: false };
        let command = if self.capabilities.acknowledges {
            self.commands.acknowledge(asked, out)
        } else {
            self.arbiter.answers()
        };
        let command = command.or_else(|| self.arbiter.replied());
        let initiator = match command {
            Some(_) if continuation => Initiator::Continuation,
            Some(command) => Initiator::Command(command),
            None => Initiator::Server,
        };
        (cancel, initiator)
    }

    fn cancel_begun(&mut self, command: CommandId, out: &mut Out<'_>) {
        if let Some(Cancelled { id: response_id }) = self.responses.cancel(None) {
            self.arbiter.on(Trigger::Cancel);
            out.act(Action::Cancel {
                command: Some(command),
                response_id,
            });
        }
    }

    /// A default response is there whose start was never told.
    pub(super) fn begun_late(&mut self, out: &mut Out<'_>) {
        if !self.responses.begin() {
            return;
        }
        if let (Some(command), _) = self.begun(out) {
            self.cancel_begun(command, out);
        }
    }

    /// What may leave now: a request that waited, or the continuation of answered calls.
    pub(crate) fn pump(&mut self, out: &mut Out<'_>) {
        if matches!(self.phase, Phase::Closing | Phase::Closed) {
            return;
        }
        if let Some(command) = self.arbiter.needless_cancel() {
            self.commands.end(command, Settlement::Superseded, out);
        }
        if let Some(request) = self.arbiter.next(self.capabilities.replaces_active) {
            out.act(Action::Create(request));
        }
        if self.continues_calls() && self.arbiter.may_continue() {
            out.act(Action::Continue);
        }
    }

    /// Whether answered calls wait for a reply that is ours to ask for.
    pub(super) fn continues_calls(&self) -> bool {
        self.policy.continue_after_tools
            && !self.policy.passive
            && self.calls.continuations.is_due()
            && self.capabilities.responses
            && !self.capabilities.server_continues_after_tools
    }

    /// The continuation leaves as this command.
    pub(crate) fn continued(&mut self, command: CommandId) {
        self.calls.continuations.asked();
        self.commands.originate(command);
        self.arbiter.sent(Request::continuation(command));
    }

    pub(super) fn response_finished<'f>(
        &mut self,
        mut finished: Box<ResponseFinished<'f>>,
        out: &mut Out<'f>,
    ) {
        if let Outcome::Failed(fault) = &mut finished.outcome {
            errors::classify_fault(fault);
        }
        take_token(&mut finished.metadata);
        let id = finished.ids.response_id.clone();
        match self.responses.take(id.as_deref(), out) {
            Some(response) => {
                response.cut_short(&mut finished.outcome);
                self.answered_by(&response, &finished.outcome, out);
                self.end_response(response, finished, out);
            }
            None => self.ended_again(*finished, out),
        }
        let asked = |expect: &Expect| match expect {
            Expect::Ended(None) => true,
            Expect::Ended(Some(named)) => id.as_deref() == Some(named),
            _ => false,
        };
        self.commands.acknowledge(asked, out);
    }

    /// A response of which only the end was told answers the request in flight, unless it is the
    /// echo of another.
    fn answered_by(&mut self, response: &Response, outcome: &Outcome<'_>, out: &mut Out<'_>) {
        let echo = matches!(outcome, Outcome::Cancelled(_)) && response.is_empty();
        let unborn = response.default && !response.begun;
        if !unborn || echo || self.arbiter.slot() != Slot::CreateSent {
            return;
        }
        if let (Some(cancel), _) = self.begun(out) {
            self.commands.end(cancel, Settlement::Superseded, out);
        }
    }

    /// From the inside out: texts, calls, then the response itself.
    pub(super) fn end_response<'f>(
        &mut self,
        mut response: Response,
        finished: Box<ResponseFinished<'f>>,
        out: &mut Out<'f>,
    ) {
        let id = response.id.clone();
        let by_speech = finished.outcome == Outcome::Cancelled(By::UserSpeech);
        if by_speech && response.had_audio && !response.cut {
            self.cut_ended(&response, out);
        }
        let conversation = &mut self.conversation;
        self.texts
            .response_ended(id.as_deref(), &finished.outcome, conversation, out);
        let taken_back = self.capabilities.takes_back_calls;
        let calls = self
            .calls
            .response_ended(id.as_deref(), &finished.outcome, taken_back, out);
        response.calls += calls;
        self.executed_over(id.as_deref(), out);
        self.name_over(&response, &finished.outcome, out);
        let finished = response.finish(finished);
        if let Some(usage) = &finished.usage {
            *self.usage += usage;
        }
        let echo = finished.empty && matches!(finished.outcome, Outcome::Cancelled(_));
        let other = response.begun || echo;
        out.push(Event::ResponseFinished(finished));
        self.playback_over(id.as_deref(), out);
        if response.default && self.arbiter.done(other) && by_speech {
            for command in self.arbiter.drop_queued() {
                let dropped = Settlement::Dropped(By::UserSpeech);
                self.commands.end(command, dropped, out);
            }
        }
    }

    /// A response that was ended before its done came: only what it cost is news.
    fn ended_again<'f>(&mut self, finished: ResponseFinished<'f>, out: &mut Out<'f>) {
        let id = finished.ids.response_id;
        let uncounted = id.as_deref().is_some_and(|id| self.responses.late_cost(id));
        match (id, finished.usage) {
            (Some(id), Some(usage)) if uncounted => {
                let scope = UsageScope::Response(id);
                self.report_usage(UsageReport::delta(scope, usage), out);
            }
            _ => out.silent(SuppressedReason::Duplicate),
        }
    }

    pub(super) fn text_done<'f>(&mut self, mut done: Box<TextDone<'f>>, out: &mut Out<'f>) {
        let response_id = done.ids.response_id.clone();
        let Some(response) = self.responses.touch(response_id.as_deref(), out) else {
            out.silent(SuppressedReason::Duplicate);
            return;
        };
        response.had_text |= !done.text.is_empty() && done.lane != Lane::Thought;
        let (cancelling, of) = (response.cancelling, response.id.clone());
        if !self.texts.done(&mut done, of.as_deref(), out) {
            out.silent(SuppressedReason::Redundant);
            return;
        }
        if cancelling {
            done.status = TextStatus::Interrupted;
        }
        self.conversation.text(
            done.ids.item_id.as_deref(),
            done.lane,
            (&done.text, true),
            out,
        );
        out.push(Event::TextDone(done));
    }

    pub(super) fn arguments_done<'f>(
        &mut self,
        mut call: Box<ToolCall<'f>>,
        whole: bool,
        out: &mut Out<'f>,
    ) {
        call.name = call.name.or_else(|| self.remote.name(&call.call_id));
        if self.is_remote(&call.call_id, call.name.as_deref()) {
            self.remote_arguments(*call, out);
            return;
        }
        let response_id = call.ids.response_id.clone();
        out.silent(SuppressedReason::Redundant);
        let Some(response) = self.responses.touch(response_id.as_deref(), out) else {
            return;
        };
        let (cancelling, id) = (response.cancelling, response.id.clone());
        let held = (cancelling, whole);
        if self.calls.arguments(call, id.as_ref(), held, out) {
            self.count_call(response_id.as_deref(), out);
        }
    }

    pub(super) fn count_call(&mut self, response_id: Option<&str>, out: &mut Out<'_>) {
        if let Some(response) = self.responses.touch(response_id, out) {
            response.calls += 1;
        }
    }

    pub(super) fn remote_tool<'f>(&mut self, mut tool: Box<RemoteTool<'f>>, out: &mut Out<'f>) {
        let ended = |id: &Id<'_>| self.responses.has_ended(id);
        if tool.ids.response_id.as_ref().is_some_and(ended) {
            out.silent(SuppressedReason::Duplicate);
            return;
        }
        if let RemotePhase::Arguments { text } = &mut tool.phase {
            let response = tool.ids.response_id.as_deref();
            let call = tool.call_id.as_deref();
            let own = call.filter(|_| tool.executor == Executor::Agent);
            let item = own.or(tool.ids.item_id.as_deref()).or(call);
            let key = Key {
                item,
                index: tool.ids.content_index.unwrap_or_default(),
                side: Side::Arguments,
            };
            let Some(unsaid) = self.texts.arguments_done(key, response, text, out) else {
                out.silent(SuppressedReason::Redundant);
                return;
            };
            *text = unsaid;
        }
        out.push(Event::RemoteTool(tool));
    }

    /// More responses than anybody holds open: the oldest are given up.
    pub(super) fn bound_responses(&mut self, out: &mut Out<'_>) {
        while self.responses.is_full() {
            let Some(oldest) = self.responses.take_surplus() else {
                return;
            };
            out.push(super::limit("open_responses", None));
            self.end_response(oldest, Response::lost(), out);
        }
    }

    /// More of the session's own frames than anybody answers: the oldest is forgotten.
    pub(crate) fn bound_own(&mut self, out: &mut Out<'_>) {
        if self.commands.forget_own() {
            out.push(super::limit("own_commands", None));
        }
    }

    pub(super) fn report_usage<'f>(&mut self, report: Box<UsageReport<'f>>, out: &mut Out<'f>) {
        if let UsageScope::Transcription(_) = report.scope {
            // Apart from what replies cost: another model, and another price.
            self.usage.transcription += report.usage.transcription;
            self.usage.seconds += report.usage.seconds;
        } else {
            *self.usage += &report.usage;
        }
        out.push(Event::Usage(report));
    }
}

/// Takes the session's own word out of what a response carries.
fn take_token(metadata: &mut Vec<(Str<'_>, Str<'_>)>) -> Option<CommandId> {
    let at = metadata.iter().position(|(key, _)| key == TOKEN)?;
    CommandId::parse(&metadata.remove(at).1)
}
