//! Prompts: texts that ask for their reply themselves, where the server names commands, not replies.
//!
//! ```text
//!            sent           the first word of the reply           its end
//!  queued ─────────► unborn ───────────────────────────► begun ────────────► (none)
//!                      │  refused, or answered without a reply                 ▲
//!                      └───────────────────────────────────────────────────────┘
//!
//!  the reply:          its last message ended            all is over, or the run is
//!           (words) ───────────────────────────► stopped ─────────────────────────► ended as that
//!              ▲                    it is void      │  the run is over, and the server tells
//!              └────────────────────────────────────┘  apart when all is: stopped as the run was
//! ```
//! The answer to a prompt settles it, before its reply or with its end: that is the server's way.
//! The end of another prompt than the one that a reply answers is no end of that reply.
//! A late word of a reply that was cut cannot be told from one of the next.
//! Where texts wait in the session, a new conversation does too, and holds back what comes after it
//! until it has its answer. The words of a prompt that was not taken leave the conversation.

use super::{Expect, Out, Request, State, errors, responses::Response};
use crate::{
    capabilities::TextsWait,
    command::SendText,
    config::Modality,
    dialect::{Answer, InEffect, ReplyOver},
    event::{
        Class, Completion, Event, Fault, Ids, InterruptCause, ItemDeleted, Outcome, Status, Str,
        SuppressedReason,
    },
    heap::Heap,
    id::{CommandId, Id},
};
use alloc::{borrow::Cow, boxed::Box, sync::Arc};

/// What is known of a reply before its end.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Run {
    /// How its last message ended.
    stopped: Option<Box<Outcome<'static>>>,
    /// The server tells when all is over, apart from the end of a run.
    settles: bool,
}

impl Run {
    pub(super) fn memory(&self) -> usize {
        let held = self.stopped.as_deref().map(|stopped| match stopped {
            Outcome::Failed(fault) => fault.heap(),
            _ => 0,
        });
        held.map_or(0, |held| size_of::<Outcome<'_>>() + held)
    }
}

impl State {
    /// Whether nothing may be said while a reply is under way.
    pub(crate) fn queues_texts(&self) -> bool {
        self.capabilities.texts_wait == TextsWait::Session
    }

    /// Whether a text leaves only when no reply is under way, were that now.
    pub(crate) fn holds_texts(&self) -> bool {
        match self.capabilities.texts_wait {
            TextsWait::Nowhere => false,
            TextsWait::Session => true,
            TextsWait::Server => !self.arbiter.is_busy(),
        }
    }

    /// The server answers a command by its name.
    pub(super) fn answer(&mut self, answer: Answer<'_>, out: &mut Out<'_>) {
        out.silent(SuppressedReason::Acknowledgement);
        let Some(id) = answer.command else {
            return;
        };
        let refused = answer.fault.is_some();
        let fault = answer.fault.map(|fault| rejection(&fault));
        let in_vain = self.said_in_vain(&id).filter(|_| refused);
        let Some((command, expect)) = self.commands.answered(&id, fault, out) else {
            return;
        };
        if refused {
            self.take_asked(command);
        }
        if expect != Expect::Reply || refused || !answer.replies {
            self.no_reply(command);
        }
        self.unsay(in_vain, out);
    }

    /// The item of the words of a prompt, unless the reply to it has begun.
    pub(super) fn said_in_vain(&self, prompt: &str) -> Option<Arc<str>> {
        let (item, oldest) = self.commands.words(prompt)?;
        let begun = oldest && self.responses.active().is_some();
        Some(item).filter(|_| !begun)
    }

    /// The server took no notice of these words.
    pub(super) fn unsay(&mut self, item: Option<Arc<str>>, out: &mut Out<'_>) {
        if let Some(item) = item {
            let item_id = Some(Id::shared(item));
            self.item_deleted(ItemDeleted { item_id }, out);
        }
    }

    /// No reply will come of a command: the next one may leave.
    pub(super) fn no_reply(&mut self, command: CommandId) {
        if self.arbiter.in_flight() == Some(command) {
            self.arbiter.refused();
            self.run.stopped = None;
        }
    }

    /// How the last message of the reply ended; one that was cut is told of at once.
    pub(super) fn stopped(&mut self, outcome: Outcome<'_>, out: &mut Out<'_>) {
        if matches!(outcome, Outcome::Cancelled(_)) {
            self.cut_short(out);
        }
        self.ends_as(outcome, out);
    }

    /// How the reply under way will have ended, unless more follows.
    fn ends_as(&mut self, outcome: Outcome<'_>, out: &mut Out<'_>) {
        out.silent(SuppressedReason::Redundant);
        if !self.is_over(None) {
            self.run.stopped = Some(Box::new(outcome.into_owned()));
        }
    }

    /// The reply was cut, and not by what was asked of the server.
    fn cut_short(&mut self, out: &mut Out<'_>) {
        let active = self.responses.active();
        if active.is_some_and(|active| !active.cut && !active.cancelling) {
            self.cut(InterruptCause::Server, out);
        }
    }

    /// Whether replies without sound are cut like those with it.
    pub(super) fn cuts_silent(&self, cause: InterruptCause) -> bool {
        cause == InterruptCause::Command || !self.capabilities.output.contains(&Modality::Audio)
    }

    /// The server tells when all is over.
    pub(super) fn settles(&mut self, out: &mut Out<'_>) {
        self.run.settles = true;
        out.silent(SuppressedReason::Redundant);
    }

    /// A run is over, and with it the reply, unless more may follow.
    pub(super) fn run_over<'f>(&mut self, over: ReplyOver<'f>, out: &mut Out<'f>) {
        if !self.run.settles {
            self.reply_over(over, out);
        } else if let Some(outcome) = over.outcome {
            self.ends_as(outcome, out);
        } else {
            out.silent(SuppressedReason::Redundant);
        }
    }

    pub(super) fn reply_over<'f>(&mut self, over: ReplyOver<'f>, out: &mut Out<'f>) {
        let ended = self.is_over(over.command.as_deref());
        let stopped = (!ended).then(|| self.run.stopped.take()).flatten();
        let outcome = over.outcome.or_else(|| stopped.map(|stopped| *stopped));
        let outcome = outcome.unwrap_or(Outcome::Completed(Completion::EndTurn));
        let fault = match &outcome {
            Outcome::Failed(fault) => Some(rejection(fault)),
            _ => None,
        };
        if ended {
            out.silent(SuppressedReason::Duplicate);
        } else {
            self.finish_reply(outcome, over.raw, out);
        }
        if let Some(id) = over.command {
            self.commands.answered(&id, fault, out);
        }
    }

    /// Whether the reply of a prompt is over, or was never to come. One of which nothing else was
    /// told may still fail; an end that names no prompt is that of the reply under way.
    fn is_over(&self, prompt: Option<&str>) -> bool {
        let under_way = self.responses.active().is_some();
        if self.arbiter.begins_anew() {
            return !under_way;
        }
        let unborn = self.arbiter.unborn();
        let Some(prompt) = prompt else {
            return !under_way && unborn.is_none();
        };
        let replied = self.arbiter.replied();
        let named = CommandId::parse(prompt);
        match unborn {
            _ if under_way => replied.is_some() && replied != named,
            Some(_) => unborn != named,
            None => replied.is_some() && replied == named,
        }
    }

    fn finish_reply<'f>(&mut self, outcome: Outcome<'f>, raw: Str<'f>, out: &mut Out<'f>) {
        self.reply_under_way(out);
        if matches!(outcome, Outcome::Cancelled(_)) {
            self.cut_short(out);
        }
        let mut finished = Response::ended_by_us(Outcome::Lost);
        finished.outcome = outcome;
        finished.raw = Some(raw);
        self.named_event(Event::ResponseFinished(finished), out);
    }

    /// What was streamed of the reply since its item began is void.
    pub(super) fn reset<'f>(&mut self, mut ids: Ids<'f>, out: &mut Out<'f>) {
        let Some(reply) = &self.naming.reply else {
            out.silent(SuppressedReason::Redundant);
            return;
        };
        let response = Arc::clone(&reply.response);
        let item = self.naming.last_item();
        ids.response_id = Some(Id::shared(Arc::clone(&response)));
        ids.item_id = item.clone().map(Id::shared);
        out.push(Event::ResponseReset(ids));
        self.run.stopped = None;
        if let Some(item) = item.as_deref() {
            self.texts.forget(item);
        }
        self.executed_over(Some(&response), out);
        self.item_over(&response, Status::Incomplete, out);
        self.conversation.deleted(item.as_deref());
    }

    pub(super) fn in_effect(&mut self, is: InEffect<'_>, out: &mut Out<'_>) {
        let owned = |text: Option<Str<'_>>| text.map(Cow::into_owned);
        let settings = &mut self.settings;
        settings.model = owned(is.model).or_else(|| settings.model.take());
        settings.reasoning = owned(is.reasoning).or_else(|| settings.reasoning.take());
        self.told_settings = true;
        out.silent(SuppressedReason::Redundant);
    }

    /// The conversation begins anew.
    pub(super) fn emptied(&mut self, out: &mut Out<'_>) {
        self.conversation.clear();
        out.silent(SuppressedReason::Redundant);
    }

    /// Takes a text; it leaves when no reply is under way.
    pub(crate) fn hold(&mut self, command: CommandId, text: SendText<'static>) {
        let mut request = Request::new(command, Box::default());
        request.text = Some(Box::new(text));
        self.request(request);
    }
}

/// Why a command was refused, in the server's words.
fn rejection(fault: &Fault<'_>) -> Fault<'static> {
    let mut fault = fault.clone().into_owned();
    errors::classify_fault(&mut fault);
    if fault.class == Class::ResponseFailed {
        fault.class = Class::Rejected;
    }
    fault
}

#[cfg(test)]
mod tests;
