//! Calls that are yours to answer: each is delivered at most once, and then answered or cancelled.
//!
//! ```text
//!             arguments that are one whole object,        output sent
//!             or the end of a completed item            ┌─────────────► Answered
//!  Announced ────────────────────────────► Delivered ───┤
//!      │                                                │ its response ended cancelled or failed,
//!      └── an incomplete item, a cancelled response ────┴───────────────► Cancelled
//! ```

mod pieces;

use super::{Ended, Out, continuation::Continuations};
use crate::{
    dialect::Assembled,
    event::{
        CallCancelled, Content, Event, Ids, Item, Outcome, Status, SuppressedReason, ToolCall,
        ToolCallCancelled, ToolCallStarted, Validity,
    },
    heap::Heap,
    id::Id,
    lists,
    rare::Rare,
};
use alloc::{borrow::Cow, boxed::Box, collections::VecDeque, sync::Arc, vec::Vec};

/// Calls that ended without an output, and with one.
const CANCELLED: u32 = 0;
const ANSWERED: u32 = 1;

#[derive(Clone, Debug, PartialEq)]
struct Call {
    id: Arc<str>,
    item: Option<Arc<str>>,
    response: Option<Arc<str>>,
    name: Option<Arc<str>>,
    delivered: bool,
    /// The arguments as they were told, while they wait for the item's end.
    held: Option<(Box<str>, Validity)>,
    /// The arguments that have come, value by value.
    pieces: Vec<Assembled>,
    /// Its name is the session's own.
    made: bool,
}

/// What the answer to a call has to say of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Answered {
    pub(crate) name: Option<Arc<str>>,
    /// The server does not know it by the name that it has here.
    pub(crate) made: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Calls {
    open: Rare<Vec<Call>>,
    ended: Ended,
    limit: usize,
    pub(crate) continuations: Continuations,
    /// The responses whose calls the waiting outputs answer, in the order in which they leave.
    leaving: Rare<VecDeque<Option<Arc<str>>>>,
}

/// What becomes of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    Wanted,
    TooLate,
    Unknown,
}

impl Calls {
    pub(crate) fn new(limit: usize, tombstones: usize) -> Self {
        Self {
            open: Rare::blank(),
            ended: Ended::new(tombstones),
            limit: limit.max(1),
            continuations: Continuations::default(),
            leaving: Rare::blank(),
        }
    }

    /// A new connection knows of none of these calls; an output that is late for one is that, and
    /// no mistake.
    pub(crate) fn carry_on(&mut self, before: Self) {
        self.ended = before.ended;
    }

    /// Whether some call waits for its output.
    pub(crate) fn awaiting(&self) -> bool {
        self.open.iter().any(|call| call.delivered)
    }

    pub(crate) fn output(&self, call_id: &str) -> Output {
        if self.is_delivered(call_id) {
            return Output::Wanted;
        }
        if self.ended.has(call_id, CANCELLED) {
            return Output::TooLate;
        }
        Output::Unknown
    }

    /// An output is on its way.
    pub(crate) fn answered(&mut self, call_id: &str, wants_reply: bool) {
        let at = self.open.iter().position(|call| *call.id == *call_id);
        let call = at.map(|at| self.open.remove(at));
        let response = call.as_ref().and_then(|call| call.response.clone());
        if call.is_some() {
            self.continuations
                .answered(response.as_deref(), wants_reply);
        }
        self.leaving.push_back(response);
        self.ended.add_some(call.map(|call| call.id), ANSWERED);
    }

    /// The oldest output has left.
    pub(crate) fn output_left(&mut self) {
        let leaving = self.leaving.existing_mut();
        if let Some(response) = leaving.and_then(VecDeque::pop_front) {
            self.continuations.on_the_wire(response.as_deref());
        }
    }

    /// The server takes calls back.
    pub(crate) fn cancelled<'f>(&mut self, mut event: ToolCallCancelled<'f>, out: &mut Out<'f>) {
        event.call_ids.retain(|id| self.take_back(id));
        if event.call_ids.is_empty() {
            out.silent(SuppressedReason::Redundant);
        } else {
            out.push(Event::ToolCallCancelled(event));
        }
    }

    /// Takes a call back; false if it is not open.
    fn take_back(&mut self, id: &str) -> bool {
        let Some(at) = self.open.iter().position(|call| *call.id == *id) else {
            return false;
        };
        let call = self.open.remove(at);
        self.continuations.cancelled(call.response.as_deref());
        self.ended.add(call.id, CANCELLED);
        true
    }

    pub(crate) fn has_ended(&self, id: &str) -> bool {
        self.ended.has(id, CANCELLED) || self.ended.has(id, ANSWERED)
    }

    fn find(&self, call_id: Option<&str>, item_id: Option<&str>) -> Option<usize> {
        let named = |call: &Call| call_id.is_some_and(|id| *call.id == *id);
        let of_item = |call: &Call| item_id.is_some() && call.item.as_deref() == item_id;
        self.open
            .iter()
            .position(|call| named(call) || of_item(call))
    }

    /// A call is under way; the first word of it is told.
    pub(crate) fn announced<'f>(
        &mut self,
        item: &Item<'f>,
        response: Option<&str>,
        out: &mut Out<'f>,
    ) {
        let Some(id) = item.call_id.as_ref().or(item.ids.item_id.as_ref()) else {
            return;
        };
        if self.has_ended(id) || self.find(Some(id), item.ids.item_id.as_deref()).is_some() {
            return;
        }
        out.push(Event::ToolCallStarted(ToolCallStarted {
            ids: item.ids.clone(),
            call_id: item.call_id.clone(),
            name: item.name.clone(),
        }));
        self.open(
            Call {
                id: id.to_shared(),
                item: item.ids.item_id.as_ref().map(Id::to_shared),
                response: response.map(Arc::from),
                name: item.name.as_deref().map(Arc::from),
                delivered: false,
                held: None,
                pieces: Vec::new(),
                made: false,
            },
            out,
        );
    }

    /// The oldest call gives way beyond the limit: nobody answers it any more.
    fn open(&mut self, call: Call, out: &mut Out<'_>) {
        if self.open.len() == self.limit {
            let oldest = self.open.remove(0);
            out.push(super::limit("open_calls", oldest.item.map(Id::shared)));
            self.continuations.cancelled(oldest.response.as_deref());
            self.ended.add(Arc::clone(&oldest.id), CANCELLED);
            out.push(cancelled(
                alloc::vec![Id::shared(oldest.id)],
                CallCancelled::Closed,
            ));
        }
        lists::push(&mut self.open, call);
    }

    /// The arguments are whole, though their item is not done; true if the call was delivered.
    ///
    /// `whole` where no item will tell more: they are what they are.
    pub(crate) fn arguments<'f>(
        &mut self,
        mut event: Box<ToolCall<'f>>,
        response: Option<&Arc<str>>,
        (cancelling, whole): (bool, bool),
        out: &mut Out<'f>,
    ) -> bool {
        let item_id = event.ids.item_id.as_deref();
        let Some(at) = self.find(Some(&event.call_id), item_id) else {
            if self.has_ended(&event.call_id) {
                return false;
            }
            self.open(unannounced(&event, response), out);
            return self.arguments(event, response, (cancelling, whole), out);
        };
        let Some(call) = self.open.get_mut(at) else {
            return false;
        };
        if call.delivered {
            return false;
        }
        if cancelling || !(whole || event.validity == Validity::Object) {
            call.held = Some((event.arguments.as_ref().into(), event.validity));
            return false;
        }
        call.delivered = true;
        call.pieces = Vec::new();
        self.continuations.delivered(call.response.as_ref(), out);
        event.call_id = Id::shared(Arc::clone(&call.id));
        event.name = event.name.or_else(|| call.name());
        out.push(Event::ToolCall(event));
        true
    }

    /// The item of a call is done: its status decides. What the call is part of, if it was delivered.
    pub(crate) fn item_done<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) -> Option<Ids<'f>> {
        let item_id = item.ids.item_id.as_deref();
        let at = self.find(item.call_id.as_deref(), item_id)?;
        let call = self.open.get_mut(at)?;
        match &item.status {
            _ if call.delivered => return None,
            Some(Status::InProgress) => return None,
            Some(Status::Incomplete) => {
                call.held = None;
                return None;
            }
            _ => {}
        }
        let told = item.content.iter().find_map(|part| match part {
            Content::Arguments { text, validity } => Some((text.clone(), *validity)),
            _ => None,
        });
        let held = call
            .held
            .take()
            .map(|(text, validity)| (Cow::Owned(text.into_string()), validity));
        let (arguments, validity) = told
            .or(held)
            .unwrap_or((Cow::Borrowed(""), Validity::Empty));
        call.delivered = true;
        self.continuations.delivered(call.response.as_ref(), out);
        let mut ids = item.ids.clone();
        let response = call.response.clone().map(Id::shared);
        ids.response_id = ids.response_id.or(response);
        out.push(Event::ToolCall(Box::new(ToolCall {
            call_id: Id::shared(Arc::clone(&call.id)),
            name: item.name.clone().or_else(|| call.name()),
            arguments,
            validity,
            ids: ids.clone(),
        })));
        Some(ids)
    }

    /// The response of these calls ended; returns how many were delivered by it.
    ///
    /// `taken_back` where the server names the calls of a cut response that need no answer.
    pub(crate) fn response_ended(
        &mut self,
        response: Option<&str>,
        outcome: &Outcome<'_>,
        taken_back: bool,
        out: &mut Out<'_>,
    ) -> u32 {
        let completed = matches!(outcome, Outcome::Completed(_));
        let cut = matches!(outcome, Outcome::Cancelled(_)) && !taken_back;
        let void = cut || matches!(outcome, Outcome::Failed(_));
        let mut delivered = 0;
        let mut over = Vec::new();
        for mut call in self.open.take().into_iter().flatten() {
            let here = call.response.as_deref() == response;
            if here && completed && !call.delivered && call.held.is_some() {
                out.push(call.deliver());
                self.continuations.delivered(call.response.as_ref(), out);
                delivered += 1;
            }
            if here && (void || !call.delivered) {
                if call.delivered {
                    self.continuations.cancelled(response);
                }
                self.ended.add(Arc::clone(&call.id), CANCELLED);
                over.push(Id::shared(call.id));
            } else {
                lists::push(&mut self.open, call);
            }
        }
        if !over.is_empty() {
            out.push(cancelled(over, reason(outcome)));
        }
        self.continuations.response_ended(response);
        delivered
    }

    /// The end of the connection: whoever waits for an output waits in vain.
    pub(crate) fn close(&mut self, out: &mut Out<'_>) {
        let mut over = Vec::new();
        for call in self.open.take().into_iter().flatten() {
            self.ended.add(Arc::clone(&call.id), CANCELLED);
            over.push(Id::shared(call.id));
        }
        if !over.is_empty() {
            out.push(cancelled(over, CallCancelled::Closed));
        }
    }

    pub(crate) fn memory(&self) -> usize {
        self.open.heap() + self.ended.memory() + self.continuations.memory() + self.leaving.heap()
    }
}

impl Call {
    fn name<'f>(&self) -> Option<Cow<'f, str>> {
        self.name.as_deref().map(|name| Cow::Owned(name.into()))
    }

    fn deliver(&mut self) -> Event<'static> {
        let (arguments, validity) = self
            .held
            .take()
            .unwrap_or_else(|| (Box::from(""), Validity::Empty));
        self.delivered = true;
        let ids = Ids {
            response_id: self.response.clone().map(Id::shared),
            item_id: self.item.clone().map(Id::shared),
            ..Ids::default()
        };
        Event::ToolCall(Box::new(ToolCall {
            call_id: Id::shared(Arc::clone(&self.id)),
            name: self.name(),
            arguments: Cow::Owned(arguments.into_string()),
            validity,
            ids,
        }))
    }
}

impl Heap for Call {
    fn heap(&self) -> usize {
        let held = self.held.as_ref().map_or(0, |(text, _)| text.heap());
        let names = self.id.heap() + self.item.heap() + self.response.heap() + self.name.heap();
        names + held + self.pieces.heap()
    }
}

fn unannounced(event: &ToolCall<'_>, response: Option<&Arc<str>>) -> Call {
    Call {
        id: event.call_id.to_shared(),
        item: event.ids.item_id.as_ref().map(Id::to_shared),
        response: response.cloned(),
        name: event.name.as_deref().map(Arc::from),
        delivered: false,
        held: None,
        pieces: Vec::new(),
        made: false,
    }
}

fn reason(outcome: &Outcome<'_>) -> CallCancelled {
    match outcome {
        Outcome::Failed(_) => CallCancelled::Failed,
        Outcome::Lost => CallCancelled::Closed,
        _ => CallCancelled::Interrupted,
    }
}

fn cancelled(call_ids: Vec<Id<'_>>, reason: CallCancelled) -> Event<'_> {
    Event::ToolCallCancelled(ToolCallCancelled { call_ids, reason })
}

#[cfg(test)]
mod tests;
