//! Barge-in: one cut is told once, flushed once, and takes back what was not heard.
//!
//! ```text
//!   speech ──── where the server interrupts ────┐
//!   a commit ── where no speech was told ───────┤   something audible     interrupted, flush,
//!   the server ─────────────────────────────────┼──────────────────────►  then truncate or delete,
//!   Interrupt, of what is silent too ───────────┘                         cancel what is beside
//! ```
//! It has no state of its own: whether something is audible, the responses and the playback know.
//! A reply that was cut is not audible any more, so nothing is cut twice.

use super::{
    Out, State,
    arbiter::{Request, Trigger},
    commands::{Expect, settled},
    playback::Cut,
    responses::{Cancelled, Response},
};
use crate::{
    config::{BargeIn, Media, SessionKind, TurnDetection, Unheard},
    event::{Event, FlushPlayback, Ids, InterruptCause, Interrupted, Settlement, Truncated},
    id::{CommandId, Id},
};
use alloc::{boxed::Box, sync::Arc};
use core::time::Duration;

/// Something that the machines want sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    Create(Request),
    /// A create of the session's own, for answered calls.
    Continue,
    /// For a command, or of the session's own.
    Cancel {
        command: Option<CommandId>,
        response_id: Option<Arc<str>>,
    },
    Truncate {
        item: Arc<str>,
        index: u32,
        heard: Duration,
    },
    Delete {
        item: Box<str>,
    },
    ClearOutput,
    /// Answers a server that asks for a sign of life, with the number that it told.
    Pong(Box<str>),
    /// Ends the transport: nothing more is said by either side.
    End,
}

impl Action {
    /// Whether nobody commanded it and nothing waits for it.
    pub(crate) fn is_unasked(&self) -> bool {
        match self {
            Self::Create(_) | Self::Continue | Self::End => false,
            Self::Cancel { command, .. } => command.is_none(),
            Self::Truncate { .. } | Self::Delete { .. } | Self::ClearOutput | Self::Pong(_) => true,
        }
    }
}

impl State {
    /// The user began to speak: that cuts the reply, where the session is set up so.
    pub(super) fn spoken_over(&mut self, out: &mut Out<'_>) {
        let cuts = self.policy.barge_in == BargeIn::OnSpeech
            && self.server_interrupts()
            && self.is_audible();
        if cuts {
            self.cut(InterruptCause::Speech, out);
            self.cut_by_speech = true;
        }
    }

    /// The user's turn was committed while the reply was audible.
    pub(super) fn committed_over(&mut self, spoken: bool, out: &mut Out<'_>) {
        let by_speech = spoken && self.policy.barge_in == BargeIn::OnSpeech;
        let ignored = self.detects_turns() && !self.server_interrupts();
        if by_speech || ignored || self.policy.barge_in == BargeIn::Manual || !self.is_audible() {
            return;
        }
        self.cut(InterruptCause::Commit, out);
        if !self.detects_turns() {
            self.cancel_active(None, out);
        }
    }

    /// The server says that it cut a reply.
    pub(super) fn cut_by_server(&mut self, out: &mut Out<'_>) {
        self.cut(InterruptCause::Server, out);
    }

    /// Whether the server cuts its reply when the user speaks.
    fn server_interrupts(&self) -> bool {
        match &self.settings.turn_detection {
            Some(TurnDetection::ServerVad(vad)) => vad.interrupt_response != Some(false),
            Some(TurnDetection::SemanticVad(vad)) => vad.interrupt_response != Some(false),
            Some(TurnDetection::Manual) => false,
            Some(TurnDetection::Other(_)) | None => self.detection.interrupts != Some(false),
        }
    }

    /// Whether the server answers the user's turns by itself.
    pub(super) fn answers_turns(&self) -> bool {
        let creates = match &self.settings.turn_detection {
            Some(TurnDetection::ServerVad(vad)) => vad.create_response != Some(false),
            Some(TurnDetection::SemanticVad(vad)) => vad.create_response != Some(false),
            // The end of activity that the caller marks is answered too.
            Some(TurnDetection::Manual) => self.capabilities.activity,
            Some(TurnDetection::Other(_)) | None => self.detection.creates != Some(false),
        };
        creates && self.settings.kind == SessionKind::Conversation
    }

    /// Whether the server finds the ends of turns by itself.
    pub(super) fn detects_turns(&self) -> bool {
        !matches!(self.settings.turn_detection, Some(TurnDetection::Manual))
    }

    /// A reply with audio is in flight, or audio is known to be unheard.
    fn is_audible(&self) -> bool {
        let unheard = self
            .playback
            .is_unheard(self.now, self.policy.estimate_playback);
        unheard || self.remote_audible || self.responses.is_audible()
    }

    /// One barge-in: told once, flushed once, and everything unheard taken back.
    pub(super) fn cut(&mut self, cause: InterruptCause, out: &mut Out<'_>) {
        let response_id = self.responses.cut(self.cuts_silent(cause));
        self.flush(response_id, cause, out);
    }

    /// The server says that it cut this reply, or one that was never told of.
    pub(super) fn cut_told(&mut self, response_id: Option<Arc<str>>, out: &mut Out<'_>) {
        self.responses.cut(false);
        self.flush(response_id, InterruptCause::Server, out);
    }

    fn flush(&mut self, response_id: Option<Arc<str>>, cause: InterruptCause, out: &mut Out<'_>) {
        self.remote_audible = false;
        let (heard, cuts) = self.playback.flush(self.now, self.policy.estimate_playback);
        out.push(Event::Interrupted(Interrupted {
            response_id: response_id.map(Id::shared),
            cause,
            heard,
        }));
        out.push(Event::FlushPlayback(FlushPlayback {
            epoch: self.playback.epoch,
        }));
        if self.truncates() {
            for cut in cuts {
                self.take_back(cut, out);
            }
        }
        self.cancel_out_of_band(out);
    }

    /// The server ended a reply because the user spoke: the barge-in, if nothing told of it before.
    pub(super) fn cut_ended(&mut self, response: &Response, out: &mut Out<'_>) {
        self.responses.cut(false);
        self.flush(response.id.clone(), InterruptCause::Speech, out);
    }

    /// Deletes what nobody heard of a response that ended.
    pub(super) fn playback_over(&mut self, response: Option<&str>, out: &mut Out<'_>) {
        for item in self.playback.response_ended(response) {
            out.act(Action::Delete { item });
        }
    }

    /// Whether truncating is ours to do.
    fn truncates(&self) -> bool {
        let told = self.detection.truncates;
        let server = told.unwrap_or(self.capabilities.server_truncates);
        let capable = self.capabilities.truncate && !server;
        capable && self.media == Media::Inline && !self.policy.passive
    }

    fn take_back(&mut self, cut: Cut, out: &mut Out<'_>) {
        let Cut { part, heard } = cut;
        let received = part.received();
        let Some(item) = part.item.clone() else {
            return;
        };
        let whole = part.is_done() && heard >= received;
        if part.is_empty() || part.beside || whole {
            return;
        }
        if heard.is_zero() && self.policy.unheard != Unheard::Truncate {
            if self.policy.unheard == Unheard::Delete && self.capabilities.delete {
                self.delete_unheard(part.over, part.response, &item, out);
            }
            return;
        }
        self.conversation.truncated(Some(&item), heard);
        out.push(Event::Truncated(Box::new(Truncated {
            ids: Ids {
                response_id: part.response.map(Id::shared),
                item_id: Some(Id::shared(Arc::clone(&item))),
                content_index: Some(part.index),
                ..Ids::default()
            },
            heard,
            received: Some(received),
            heard_text: None,
            confirmed: false,
        })));
        out.act(Action::Truncate {
            item,
            index: part.index,
            heard,
        });
    }

    fn delete_unheard(
        &mut self,
        over: bool,
        response: Option<Arc<str>>,
        item: &str,
        out: &mut Out<'_>,
    ) {
        if over {
            out.act(Action::Delete { item: item.into() });
        } else {
            self.playback.delete_later(response, item, out);
        }
    }

    /// The server cuts only the default response: what is audible beside it is cancelled by id.
    fn cancel_out_of_band(&mut self, out: &mut Out<'_>) {
        if self.policy.passive || !self.capabilities.cancel {
            return;
        }
        for id in self.responses.cancel_audible_beside() {
            out.act(Action::Cancel {
                command: None,
                response_id: Some(id),
            });
        }
    }

    /// Cancels the active response, once, by its id where that is known; one that was asked for
    /// and has not begun is cancelled when it begins. False if there is nothing to cancel.
    pub(super) fn cancel_active(&mut self, command: Option<CommandId>, out: &mut Out<'_>) -> bool {
        if self.policy.passive || !self.cancels() {
            return false;
        }
        if let Some(Cancelled { id: response_id }) = self.responses.cancel(None) {
            self.arbiter.on(Trigger::Cancel);
            out.act(Action::Cancel {
                command,
                response_id,
            });
            return true;
        }
        if self.capabilities.cancels_unborn && self.arbiter.is_unborn() {
            out.act(Action::Cancel {
                command,
                response_id: None,
            });
            return true;
        }
        let latched = command.is_some_and(|command| self.arbiter.latch_cancel(command));
        if let Some(command) = command.filter(|_| latched) {
            self.commands.waits(command, Expect::Ended(None));
        }
        latched
    }

    /// A truncation as the server can take it: never past what was received. None where nothing
    /// is there to be truncated. Audio that passes elsewhere bounds nothing.
    pub(crate) fn clamped(&self, item: &str, index: u32, heard: Duration) -> Option<Duration> {
        if self.media == Media::Remote {
            return Some(heard);
        }
        match self.playback.received_of(item, index) {
            Some(received) => Some(heard.min(received)).filter(|_| !received.is_zero()),
            None => Some(heard),
        }
    }

    /// Cancels a response by its id, or the active one; settled at once if there is none.
    pub(crate) fn cancel(&mut self, command: CommandId, id: Option<&str>, out: &mut Out<'_>) {
        let found = match id {
            None => self.cancel_active(Some(command), out),
            Some(_) if !self.cancels() => false,
            Some(id) => {
                let default = self.responses.active().is_some_and(|active| active.is(id));
                let found = self.responses.cancel(Some(id));
                if found.is_some() && default {
                    self.arbiter.on(Trigger::Cancel);
                }
                let found = found.map(|found| Action::Cancel {
                    command: Some(command),
                    response_id: found.id,
                });
                found.map(|action| out.act(action)).is_some()
            }
        };
        if !found {
            out.settle(settled(command, Settlement::Superseded));
        }
    }

    /// Stops generation, drops what is queued for playback, and takes back what was not heard.
    pub(crate) fn interrupt(&mut self, command: CommandId, out: &mut Out<'_>) {
        let uncut = self.responses.active().is_some_and(|active| !active.cut);
        let something = self.is_audible() || uncut;
        if something {
            self.cut(InterruptCause::Command, out);
        }
        let cancelled = self.cancel_active(Some(command), out);
        let clears = self.media == Media::Remote && self.capabilities.clear_output;
        if clears && something && !self.policy.passive {
            out.act(Action::ClearOutput);
        }
        if !cancelled {
            let outcome = if something {
                Settlement::Accepted
            } else {
                Settlement::Superseded
            };
            out.settle(settled(command, outcome));
        }
    }
}

#[cfg(test)]
mod tests;
