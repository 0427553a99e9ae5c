//! Responses: each one that was told of, in whatever way, ends exactly once.
//!
//! ```text
//!            created, or anything of it            done · a second default one · the end
//!  unknown ────────────────────────────► open ─────────────────────────────────────────► ended
//!     │                                                                                    │
//!     └──────────── done ─────────► started, then finished                 anything late: suppressed
//! ```
//! The default conversation has one slot; out-of-band responses have one each. One that ended before
//! its done, as it was superseded or there were too many, is still told for what it cost.

use super::{Ended, Out};
use crate::{
    event::{
        By, Completion, ConversationRef, Event, Ids, Initiator, Outcome, ResponseFinished,
        ResponseStarted,
    },
    heap::{Heap, boxed},
    id::Id,
    lists,
    usage::Usage,
};
use alloc::{boxed::Box, sync::Arc, vec::Vec};

/// How many responses may be open before the oldest is given up.
const OPEN: usize = 64;

/// Responses have no index within their id.
const ENDED: u32 = 0;

#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each told by itself"
)]
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Response {
    pub(crate) id: Option<Arc<str>>,
    pub(crate) default: bool,
    pub(crate) had_audio: bool,
    pub(crate) had_text: bool,
    pub(crate) calls: u32,
    /// A cancel is on its way.
    pub(crate) cancelling: bool,
    /// A barge-in cut it: its media is of an old epoch.
    pub(crate) cut: bool,
    /// The server said that it was cut: its end is a cancelled one.
    pub(crate) interrupted: bool,
    /// What it has consumed, as far as that was told before its end.
    pub(crate) usage: Option<Box<Usage>>,
    /// The request in flight, if any, was sent after its beginning, or is answered by it.
    pub(crate) begun: bool,
}

/// A response that is to be cancelled, by its id where that is known.
pub(crate) struct Cancelled {
    pub(crate) id: Option<Arc<str>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Responses {
    open: Vec<Response>,
    ended: Ended,
    /// Those that were superseded or given up before their done told what they cost.
    uncounted: Ended,
    /// The id of the default conversation, once it is known.
    default: Option<Arc<str>>,
}

impl Responses {
    pub(crate) fn new(tombstones: usize) -> Self {
        Self {
            open: Vec::new(),
            ended: Ended::new(tombstones),
            uncounted: Ended::new(tombstones),
            default: None,
        }
    }

    /// The response of the default conversation.
    pub(crate) fn active(&self) -> Option<&Response> {
        self.open.iter().find(|response| response.default)
    }

    /// Notes that the default response has begun; true the first time.
    pub(crate) fn begin(&mut self) -> bool {
        let active = self.open.iter_mut().find(|response| response.default);
        active.is_some_and(|active| !core::mem::replace(&mut active.begun, true))
    }

    pub(crate) fn has_ended(&self, id: &str) -> bool {
        self.ended.has(id, ENDED)
    }

    /// Whether a barge-in has cut this response.
    pub(crate) fn is_cut(&self, id: &str) -> bool {
        let open = self.find(Some(id)).and_then(|at| self.open.get(at));
        open.is_some_and(|response| response.cut)
    }

    /// Learns which conversation is the default one.
    pub(crate) fn conversation(&mut self, id: Option<&Id<'_>>) {
        self.default = id.map(Id::to_shared).or_else(|| self.default.take());
    }

    /// Where an open response stands. Without an id: the one of the default conversation.
    fn find(&self, id: Option<&str>) -> Option<usize> {
        match id {
            Some(id) => self
                .open
                .iter()
                .position(|response| response.id.as_deref() == Some(id)),
            None => self.open.iter().rposition(|response| response.default),
        }
    }

    /// One that was started without an id is the first that is named.
    fn adopt(&mut self, id: &str) -> Option<usize> {
        let at = self
            .open
            .iter()
            .position(|response| response.id.is_none())?;
        self.open.get_mut(at)?.id = Some(Arc::from(id));
        Some(at)
    }

    /// The response that something belongs to, started if it was not; none if it has ended.
    pub(crate) fn touch(&mut self, id: Option<&str>, out: &mut Out<'_>) -> Option<&mut Response> {
        let at = match self.find(id).or_else(|| self.adopt(id?)) {
            Some(at) => at,
            None if id.is_some_and(|id| self.has_ended(id)) => return None,
            None => self.open_late(id, out),
        };
        self.open.get_mut(at)
    }

    /// Starts a response of which the start was never told.
    fn open_late(&mut self, id: Option<&str>, out: &mut Out<'_>) -> usize {
        let id = id.map(Arc::from);
        let default = self.active().is_none();
        out.push(Event::ResponseStarted(started_late(id.clone(), default)));
        self.insert(id, default, false)
    }

    fn insert(&mut self, id: Option<Arc<str>>, default: bool, begun: bool) -> usize {
        lists::push(
            &mut self.open,
            Response {
                id,
                default,
                had_audio: false,
                had_text: false,
                calls: 0,
                cancelling: false,
                cut: false,
                interrupted: false,
                usage: None,
                begun,
            },
        );
        self.open.len() - 1
    }

    /// Whether a `created` tells anything new.
    pub(crate) fn is_new(&self, id: Option<&str>) -> bool {
        id.is_none_or(|id| self.find(Some(id)).is_none() && !self.has_ended(id))
    }

    /// Takes the start; the caller has ended the response that it supersedes.
    pub(crate) fn started<'f>(&mut self, mut event: Box<ResponseStarted<'f>>, out: &mut Out<'f>) {
        if let ConversationRef::Id(id) = &event.conversation {
            let default = self.default.get_or_insert_with(|| id.to_shared());
            if **default == **id {
                event.conversation = ConversationRef::Default;
            }
        }
        let default = event.conversation == ConversationRef::Default;
        let id = event.ids.response_id.as_ref().map(Id::to_shared);
        self.insert(id, default, true);
        out.push(Event::ResponseStarted(event));
    }

    /// Whether a start in this conversation takes the default slot.
    pub(crate) fn is_default(&self, conversation: &ConversationRef<'_>) -> bool {
        match conversation {
            ConversationRef::Default => true,
            ConversationRef::OutOfBand => false,
            ConversationRef::Id(id) => self
                .default
                .as_ref()
                .is_none_or(|default| **default == **id),
        }
    }

    /// Takes a response that ends, started first if its start was never told.
    pub(crate) fn take(&mut self, id: Option<&str>, out: &mut Out<'_>) -> Option<Response> {
        self.touch(id, out)?;
        let at = self.find(id)?;
        let response = self.open.remove(at);
        response
            .id
            .iter()
            .for_each(|id| self.ended.add(Arc::clone(id), ENDED));
        Some(response)
    }

    /// Takes the response of the default conversation, whose own end has not been told.
    pub(crate) fn take_active(&mut self) -> Option<Response> {
        let at = self.find(None)?;
        let response = self.open.remove(at);
        if let Some(id) = &response.id {
            self.ended.add(Arc::clone(id), ENDED);
            self.uncounted.add(Arc::clone(id), ENDED);
        }
        Some(response)
    }

    /// Whether the cost of a response that ended before its done is still to be told; true once.
    pub(crate) fn late_cost(&mut self, id: &str) -> bool {
        self.uncounted.forget(id, ENDED)
    }

    /// Whether there are more than anybody holds open.
    pub(crate) fn is_full(&self) -> bool {
        self.open.len() > OPEN
    }

    /// Takes the oldest response of too many.
    pub(crate) fn take_surplus(&mut self) -> Option<Response> {
        let surplus = self.take_oldest()?;
        self.uncounted.add_some(surplus.id.clone(), ENDED);
        Some(surplus)
    }

    /// Takes any open response, oldest first.
    pub(crate) fn take_oldest(&mut self) -> Option<Response> {
        let oldest = (!self.open.is_empty()).then(|| self.open.remove(0))?;
        if let Some(id) = &oldest.id {
            self.ended.add(Arc::clone(id), ENDED);
        }
        Some(oldest)
    }

    /// Notes that a cancel was sent by somebody else's frame.
    pub(crate) fn cancelling(&mut self, id: Option<&str>) {
        let at = self.find(id);
        if let Some(response) = at.and_then(|at| self.open.get_mut(at)) {
            response.cancelling = true;
        }
    }

    /// Marks a response as being cancelled; nothing if there is none to cancel.
    pub(crate) fn cancel(&mut self, id: Option<&str>) -> Option<Cancelled> {
        let at = self.find(id)?;
        let response = self.open.get_mut(at)?;
        if core::mem::replace(&mut response.cancelling, true) {
            return None;
        }
        Some(Cancelled {
            id: response.id.clone(),
        })
    }

    /// Marks what is audible beside the default conversation as being cancelled.
    pub(crate) fn cancel_audible_beside(&mut self) -> Vec<Arc<str>> {
        let beside = |each: &&mut Response| !each.default && each.had_audio && !each.cancelling;
        let cancel = |each: &mut Response| {
            each.cancelling = true;
            each.id.clone()
        };
        self.open
            .iter_mut()
            .filter(beside)
            .filter_map(cancel)
            .collect()
    }

    /// Whether an open response was told to be beside the default conversation.
    pub(crate) fn is_beside(&self, id: Option<&str>) -> bool {
        let beside = |each: &Response| each.begun && !each.default && each.id.as_deref() == id;
        self.open.iter().any(beside)
    }

    /// The server says that it cut the response of the default conversation.
    pub(crate) fn interrupt(&mut self) -> Option<&mut Response> {
        let at = self.find(None)?;
        let response = self.open.get_mut(at)?;
        response.interrupted = true;
        Some(response)
    }

    /// Adds to what the response of the default conversation has consumed; false if there is none.
    pub(crate) fn consume(&mut self, usage: &Usage) -> bool {
        let at = self.find(None);
        let response = at.and_then(|at| self.open.get_mut(at));
        response.is_some_and(|response| {
            **response.usage.get_or_insert_default() += usage;
            true
        })
    }

    /// Whether a reply with audio is in flight that nothing has cut yet.
    pub(crate) fn is_audible(&self) -> bool {
        self.open
            .iter()
            .any(|response| response.had_audio && !response.cut)
    }

    /// Marks what a barge-in cuts; the id of the reply that it is about.
    pub(crate) fn cut(&mut self, silent_too: bool) -> Option<Arc<str>> {
        let mut about = None;
        for response in &mut self.open {
            let cut = response.had_audio || (silent_too && response.default);
            response.cut |= cut;
            if cut && (about.is_none() || response.default) {
                about.clone_from(&response.id);
            }
        }
        about
    }

    pub(crate) fn memory(&self) -> usize {
        self.open.heap() + self.ended.memory() + self.uncounted.memory() + self.default.heap()
    }
}

/// The start of a response that nobody told of, as far as it can be known.
fn started_late(id: Option<Arc<str>>, default: bool) -> Box<ResponseStarted<'static>> {
    let conversation = if default {
        ConversationRef::Default
    } else {
        ConversationRef::OutOfBand
    };
    Box::new(ResponseStarted {
        ids: Ids {
            response_id: id.map(Id::shared),
            ..Ids::default()
        },
        conversation,
        initiator: Initiator::Server,
        metadata: Vec::new(),
    })
}

impl Heap for Response {
    fn heap(&self) -> usize {
        let usage = self.usage.as_deref().map_or(0, boxed);
        self.id.heap() + usage
    }
}

impl Response {
    /// Whether nothing came of it.
    pub(crate) fn is_empty(&self) -> bool {
        !self.had_audio && !self.had_text && self.calls == 0
    }

    /// The end of a response that the server cut is a cancelled one, whatever else is said of it.
    pub(crate) fn cut_short(&self, outcome: &mut Outcome<'_>) {
        if self.interrupted && matches!(outcome, Outcome::Completed(_)) {
            *outcome = Outcome::Cancelled(By::UserSpeech);
        }
    }

    pub(crate) fn is(&self, id: &str) -> bool {
        self.id.as_deref() == Some(id)
    }

    /// The end of this response as the machines know it, over what the wire told.
    pub(crate) fn finish<'f>(
        &self,
        mut event: Box<ResponseFinished<'f>>,
    ) -> Box<ResponseFinished<'f>> {
        event.ids.response_id = event
            .ids
            .response_id
            .or_else(|| self.id.clone().map(Id::shared));
        event.had_audio = self.had_audio;
        event.had_text = self.had_text;
        event.calls = self.calls;
        event.empty = self.is_empty();
        if let Some(told) = &self.usage {
            *event.usage.get_or_insert_default() += told;
        }
        if self.calls > 0 && event.outcome == Outcome::Completed(Completion::EndTurn) {
            event.outcome = Outcome::Completed(Completion::ToolUse);
        }
        event
    }

    /// An end that no frame told.
    pub(crate) fn ended_by_us(outcome: Outcome<'static>) -> Box<ResponseFinished<'static>> {
        Box::new(ResponseFinished {
            ids: Ids::default(),
            outcome,
            usage: None,
            had_audio: false,
            had_text: false,
            calls: 0,
            empty: false,
            metadata: Vec::new(),
            raw: None,
        })
    }

    pub(crate) fn superseded() -> Box<ResponseFinished<'static>> {
        Self::ended_by_us(Outcome::Cancelled(By::Superseded))
    }

    pub(crate) fn lost() -> Box<ResponseFinished<'static>> {
        Self::ended_by_us(Outcome::Lost)
    }
}

#[cfg(test)]
mod tests;
