//! The life of a reply: its response, its texts and its calls, ended from the inside out.

use super::{Expect, Out, State, errors, responses::Response};
use crate::event::{
    Event, Initiator, Outcome, RemotePhase, RemoteTool, ResponseFinished, ResponseStarted,
    SuppressedReason, TextDone, TextStatus, ToolCall, UsageKind, UsageReport, UsageScope,
};
use crate::{id::Id, usage::Usage};
use alloc::boxed::Box;

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
        let default = self.responses.is_default(&started.conversation);
        let superseded = default.then(|| self.responses.take_active()).flatten();
        if let Some(response) = superseded {
            self.end_response(response, Response::superseded(), out);
        }
        let asked = |expect: &Expect| {
            *expect
                == Expect::Response {
                    out_of_band: !default,
                }
        };
        if let Some(command) = self.commands.acknowledge(asked, out) {
            started.initiator = Initiator::Command(command);
        }
        self.responses.started(started, out);
    }

    pub(super) fn response_finished<'f>(
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

    pub(super) fn text_done<'f>(&mut self, mut done: Box<TextDone<'f>>, out: &mut Out<'f>) {
        let response_id = done.ids.response_id.clone();
        let Some(response) = self.responses.touch(response_id.as_deref(), out) else {
            out.silent(SuppressedReason::Duplicate);
            return;
        };
        response.had_text |= !done.text.is_empty();
        let cancelling = response.cancelling;
        if !self.texts.done(&mut done, response_id.as_deref(), out) {
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

    pub(super) fn arguments_done<'f>(&mut self, call: Box<ToolCall<'f>>, out: &mut Out<'f>) {
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
            let item = tool.ids.item_id.as_deref();
            let Some(unsaid) = self.texts.arguments_done(item, response, text, out) else {
                out.silent(SuppressedReason::Redundant);
                return;
            };
            *text = unsaid;
        }
        out.push(Event::RemoteTool(tool));
    }

    /// More responses than anybody holds open: the oldest are given up.
    pub(super) fn bound_responses(&mut self, out: &mut Out<'_>) {
        while let Some(oldest) = self.responses.take_surplus() {
            out.push(super::limit("open_responses", None));
            self.end_response(oldest, Response::lost(), out);
        }
    }

    pub(super) fn report_usage<'f>(
        &mut self,
        scope: UsageScope<'f>,
        usage: Usage,
        out: &mut Out<'f>,
    ) {
        if let UsageScope::Transcription(_) = scope {
            // Apart from what replies cost: another model, and another price.
            self.usage.transcription += usage.transcription;
            self.usage.seconds += usage.seconds;
        } else {
            self.usage += &usage;
        }
        let kind = UsageKind::Delta;
        out.push(Event::Usage(Box::new(UsageReport { scope, usage, kind })));
    }
}
