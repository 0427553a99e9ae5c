//! What is said of a reply, or of the user's words, that is not content.
//!
//! ```text
//!   content ──► generated: parts and item end ──► over: the response ends ──► late words
//!      │                                           ▲
//!      ├── nothing more before the user speaks ────┤ once: the end of its turn says nothing new
//!      └── cut by the server ──────────────────────┘ as cancelled; what follows is of an old epoch
//! ```

use super::{Out, State, naming::Reply, responses::Response};
use crate::{
    delta::{DeltaKind, Read},
    event::{
        AudioDone, Completion, Event, Ids, InputTranscript, Lane, Outcome, Previous, Status,
        SuppressedReason, TextStatus, TranscriptUpdate, UsageReport, UsageScope,
    },
    id::Id,
    usage::Usage,
};
use alloc::{borrow::Cow, string::String, sync::Arc, vec::Vec};

impl State {
    /// All of the reply is generated. Its transcript may still come.
    pub(super) fn generated(&mut self, out: &mut Out<'_>) {
        out.silent(SuppressedReason::Redundant);
        let Some(reply) = self.naming.reply.clone() else {
            return;
        };
        self.parts_over(&reply, |lane| lane != Lane::Spoken, out);
        self.item_over(&reply.response, Status::Completed, out);
    }

    /// The media and some texts of the reply's item are whole.
    pub(super) fn parts_over(&mut self, reply: &Reply, lanes: fn(Lane) -> bool, out: &mut Out<'_>) {
        let Some(item) = &reply.item else {
            return;
        };
        if self.playback.take_open(item) {
            out.push(Event::AudioDone(AudioDone {
                ids: ids(&reply.response, item),
                epoch: self.playback.epoch,
            }));
        }
        self.texts
            .lanes_over(item, lanes, TextStatus::Final, &mut self.conversation, out);
    }

    /// The transcript of the reply is whole.
    pub(super) fn spoken_text_over(&mut self, out: &mut Out<'_>) {
        out.silent(SuppressedReason::Redundant);
        let Some(item) = self.naming.spoken_text_over() else {
            return;
        };
        let lanes = |lane| lane == Lane::Spoken;
        let said =
            self.texts
                .lanes_over(&item, lanes, TextStatus::Final, &mut self.conversation, out);
        if said {
            self.naming.next_transcript();
        }
    }

    /// The model pauses. A reply that was cut is over all the same.
    pub(super) fn paused(&mut self, out: &mut Out<'_>) {
        let cut = self
            .responses
            .active()
            .is_some_and(|active| active.interrupted);
        if cut {
            let end = Response::ended_by_us(Outcome::Completed(Completion::EndTurn));
            self.named_event(Event::ResponseFinished(end), out);
            self.naming.ended_early = true;
        }
    }

    /// The model says nothing more before the user does: what it was saying is over.
    pub(super) fn waits_for_user(&mut self, out: &mut Out<'_>) {
        if self.responses.active().is_some() {
            let end = Response::ended_by_us(Outcome::Completed(Completion::NeedsInput));
            self.named_event(Event::ResponseFinished(end), out);
            self.naming.ended_early = true;
        }
    }

    /// A part of what the reply under way consumes; of the last one, where none is.
    pub(super) fn reply_usage(&mut self, usage: Usage, out: &mut Out<'_>) {
        out.silent(SuppressedReason::Redundant);
        if self.arbiter.is_unborn() {
            self.reply_under_way(out);
        }
        if self.responses.consume(&usage) {
            return;
        }
        let last = self.naming.closed.as_ref();
        let scope = last.map_or(UsageScope::Session, |closed| {
            UsageScope::Response(Id::shared(Arc::clone(&closed.response)))
        });
        self.report_usage(UsageReport::delta(scope, usage), out);
    }

    /// The user says something new: what was answered before is over.
    pub(super) fn new_words(&mut self, out: &mut Out<'_>) {
        out.silent(SuppressedReason::Redundant);
        if self.naming.user.as_ref().is_some_and(|user| user.committed) {
            self.utterance_over(out);
        }
    }

    /// The transcript of what the user says is whole, and the turn with it.
    pub(super) fn words_over(&mut self, out: &mut Out<'_>) {
        out.silent(SuppressedReason::Redundant);
        self.answered(out);
        self.utterance_over(out);
    }

    /// Nothing more comes of what the user said last: its transcript ends, if it has one.
    pub(super) fn utterance_over(&mut self, out: &mut Out<'_>) {
        let Some(user) = self.naming.user.take() else {
            return;
        };
        let said = self.texts.said(&user.item).map(String::from);
        let text = match (said, user.provisional) {
            (None, None) => return,
            (said, provisional) => said.unwrap_or_default() + &provisional.unwrap_or_default(),
        };
        let transcript = InputTranscript {
            item_id: Some(Id::shared(user.item)),
            content_index: 0,
            previous: Previous::Unknown,
            update: TranscriptUpdate::Final {
                text: Cow::Owned(text),
                status: None,
                languages: Vec::new(),
                usage: None,
            },
            at: None,
        };
        self.event(Event::InputTranscript(transcript), out);
    }

    /// What is certain now takes the place of what was understood for the time being.
    pub(super) fn replaces_provisional(&mut self, read: &Read<'_>, out: &mut Out<'_>) -> bool {
        let named = self.naming.existing_mut();
        let user = named.and_then(|named| named.user.as_mut());
        let provisional = user
            .filter(|user| read.item() == Some(&*user.item))
            .and_then(|user| user.provisional.take());
        if read.kind != DeltaKind::InputTranscript || provisional.is_none() {
            return false;
        }
        let item = read.item().unwrap_or_default();
        let text = self.texts.said(item).unwrap_or_default();
        out.push(Event::InputTranscript(InputTranscript {
            item_id: Some(Id::shared(Arc::from(item))),
            content_index: read.index,
            previous: Previous::Unknown,
            update: TranscriptUpdate::Snapshot {
                text: Cow::Owned(text.into()),
            },
            at: None,
        }));
        true
    }

    /// What is understood for the time being stands behind what is certain.
    pub(super) fn provisional(&mut self, transcript: &mut InputTranscript<'_>) {
        let TranscriptUpdate::Snapshot { text } = &mut transcript.update else {
            return;
        };
        let item = transcript.item_id.as_deref();
        let named = self.naming.existing_mut();
        let of = named.and_then(|named| named.user.as_mut());
        if let Some(user) = of.filter(|user| item == Some(&*user.item)) {
            user.provisional = Some(text.as_ref().into());
            if let Some(said) = self.texts.said(&user.item).filter(|said| !said.is_empty()) {
                *text = Cow::Owned(String::from(said) + text);
            }
        }
    }

    /// The server says that it cut its reply, whether one was heard of or not.
    pub(super) fn interrupted(&mut self, out: &mut Out<'_>) {
        self.new_words(out);
        self.naming.no_tail();
        let open = self.responses.interrupt();
        self.naming.interrupted = open.is_none();
        let (cut, id) = open.map_or((false, None), |open| {
            (core::mem::replace(&mut open.cut, true), open.id.clone())
        });
        // Speech that was told of is the same barge-in.
        if cut || core::mem::take(&mut self.cut_by_speech) {
            out.silent(SuppressedReason::Redundant);
        } else {
            self.cut_told(id, out);
        }
    }
}

fn ids(response: &Arc<str>, item: &Arc<str>) -> Ids<'static> {
    Ids {
        response_id: Some(Id::shared(Arc::clone(response))),
        item_id: Some(Id::shared(Arc::clone(item))),
        ..Ids::default()
    }
}

#[cfg(test)]
mod tests;
