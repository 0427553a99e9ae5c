//! The response arbiter: at most one request for a default response is in flight, and none is lost.
//!
//! ```text
//!           create                 created              cancel
//!   Idle ──────────► CreateSent ───────────► Active ──────────────► CancelSent
//!    │                   │                      ▲
//!    │ owed              │ race                 │ created
//!    ▼                   ▼                      │
//!   ServerOwes         Taken ───────────────────┘
//! ```
//! A created leads from everywhere to `Active`; a done and a deadline lead back to `Idle`, and so do
//! a refusal from `CreateSent` and speech from `ServerOwes`. A create may leave `ServerOwes` too, and
//! where the server lets it replace what is active, `Active` and `CancelSent`. The tests hold the
//! whole matrix.
//!
//! `ServerOwes` holds back continuations only; `Taken` is a response that the server says is there
//! and has not told of. What cannot be sent waits in order; a request that lost a race goes back to
//! the front. The slot cannot stick: a done, an error, a deadline or the end releases it.

use crate::{
    command::{CreatePolicy, CreateResponse, SendText},
    heap::{Heap, boxed},
    id::CommandId,
    rare::Rare,
};
use alloc::{boxed::Box, collections::VecDeque, vec::Vec};

/// How often a request may lose the race before it is given up.
const TRIES: u8 = 8;

/// Where the default conversation stands with its response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Slot {
    #[default]
    Idle,
    CreateSent,
    ServerOwes,
    Taken,
    Active,
    CancelSent,
}

/// What moves the slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trigger {
    /// A request leaves.
    Create,
    /// The user's turn is over, and the server answers turns by itself.
    Owed,
    /// A default response began.
    Created,
    /// A cancel of the active response leaves.
    Cancel,
    /// A default response ended.
    Done,
    /// Our request was refused.
    Refused,
    /// Our request was refused because another response is active.
    Race,
    /// The user speaks.
    Speech,
    /// Nothing came for too long.
    Deadline,
}

impl Slot {
    pub(crate) const fn on(self, trigger: Trigger) -> Self {
        match (self, trigger) {
            (_, Trigger::Created) | (Self::Active, Trigger::Race) => Self::Active,
            (_, Trigger::Done | Trigger::Deadline)
            | (Self::CreateSent, Trigger::Refused)
            | (Self::ServerOwes, Trigger::Speech) => Self::Idle,
            (Self::Idle | Self::ServerOwes | Self::Active | Self::CancelSent, Trigger::Create) => {
                Self::CreateSent
            }
            (Self::Idle, Trigger::Owed) => Self::ServerOwes,
            (Self::CreateSent | Self::Idle | Self::ServerOwes, Trigger::Race) => Self::Taken,
            (Self::Active, Trigger::Cancel) => Self::CancelSent,
            (slot, _) => slot,
        }
    }

    /// Whether there will be a response that nobody has told of.
    const fn is_unborn(self) -> bool {
        matches!(self, Self::CreateSent | Self::Taken)
    }

    /// Whether a request may leave.
    const fn is_free(self) -> bool {
        matches!(self, Self::Idle | Self::ServerOwes)
    }
}

/// A request for a default response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Request {
    pub(crate) command: CommandId,
    pub(crate) create: Box<CreateResponse<'static>>,
    /// The text that asks, where nothing else does.
    pub(crate) text: Option<Box<SendText<'static>>>,
    /// It asks for no response: the conversation is to begin anew.
    pub(crate) anew: bool,
    /// Made by the session itself, once calls were answered.
    pub(crate) continuation: bool,
    /// The command's own number names another frame: this one needs a number of its own.
    pub(crate) numbered: bool,
    tries: u8,
}

impl Request {
    pub(crate) fn new(command: CommandId, create: Box<CreateResponse<'static>>) -> Self {
        Self {
            command,
            create,
            text: None,
            anew: false,
            continuation: false,
            numbered: false,
            tries: 0,
        }
    }

    /// The conversation is to begin anew, behind what was asked for before.
    pub(crate) fn anew(command: CommandId) -> Self {
        Self {
            anew: true,
            ..Self::new(command, Box::default())
        }
    }

    pub(crate) fn continuation(command: CommandId) -> Self {
        Self {
            continuation: true,
            ..Self::new(command, Box::default())
        }
    }

    /// The same, asked again on a new connection: a request of the session's own, since the
    /// command has settled.
    pub(crate) fn again(self, command: CommandId) -> Self {
        Self {
            continuation: self.continuation,
            text: self.text,
            ..Self::new(command, self.create)
        }
    }
}

impl Heap for Request {
    fn heap(&self) -> usize {
        let text = self.text.as_deref().map_or(0, boxed);
        boxed(&*self.create) + text
    }
}

/// What a lost race did to the request in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Race {
    Nothing,
    Requeued(CommandId),
    GivenUp,
    Continuation(CommandId),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Arbiter {
    slot: Slot,
    queue: Rare<VecDeque<Request>>,
    in_flight: Option<Box<Request>>,
    /// The request that the last response was taken to answer.
    answered: Option<Box<Request>>,
    /// A request that the server has, and answers after the response in progress.
    follows: Option<Box<Request>>,
    /// The cancel that came before the response that it is meant for.
    cancel: Option<Box<CommandId>>,
    user_speaks: bool,
}

impl Arbiter {
    pub(crate) fn slot(&self) -> Slot {
        self.slot
    }

    pub(crate) fn on(&mut self, trigger: Trigger) {
        self.slot = self.slot.on(trigger);
    }

    /// Whether a request would have to wait.
    pub(crate) fn is_busy(&self) -> bool {
        !self.slot.is_free() || !self.queue.is_empty()
    }

    /// Takes a request; it leaves when its turn comes.
    pub(crate) fn request(&mut self, request: Request) {
        if request.create.policy == CreatePolicy::ReplaceActive {
            self.queue.push_front(request);
        } else {
            self.queue.push_back(request);
        }
    }

    /// The request that leaves now, if one may; one that replaces what is active need not wait for
    /// its end, where the server sees to that.
    pub(crate) fn next(&mut self, server_replaces: bool) -> Option<Request> {
        let front = self.queue.front()?;
        let replaces = server_replaces && front.create.policy == CreatePolicy::ReplaceActive;
        let active = matches!(self.slot, Slot::Active | Slot::CancelSent);
        let free = self.slot.is_free() || (active && replaces);
        if !free {
            return None;
        }
        let request = self.queue.pop_front()?;
        self.sent(request.clone());
        Some(request)
    }

    pub(crate) fn sent(&mut self, request: Request) {
        self.on(Trigger::Create);
        self.in_flight = Some(Box::new(request));
    }

    /// A request that left by itself: it is answered next, or after the response in progress.
    pub(crate) fn prompted(&mut self, request: Request) {
        if self.slot.is_free() {
            self.sent(request);
        } else {
            self.follows = Some(Box::new(request));
        }
    }

    /// The command that the last response was taken to answer.
    pub(crate) fn answers(&self) -> Option<CommandId> {
        self.answered.as_ref().map(|request| request.command)
    }

    /// Whether a continuation may leave now.
    pub(crate) fn may_continue(&self) -> bool {
        self.slot == Slot::Idle && !self.user_speaks && self.queue.is_empty()
    }

    pub(crate) fn speech(&mut self, speaks: bool) {
        self.user_speaks = speaks;
        if speaks {
            self.on(Trigger::Speech);
        }
    }

    /// The server owes no answer: what it would have been for was nothing.
    pub(crate) fn owes_nothing(&mut self) {
        self.on(Trigger::Speech);
    }

    /// A default response began. The cancel that waits for it, and whether it continues calls.
    pub(crate) fn created(&mut self) -> (Option<CommandId>, bool) {
        self.on(Trigger::Created);
        let continues = self.continues();
        self.answered = self.in_flight.take();
        (self.cancel.take().map(|cancel| *cancel), continues)
    }

    /// The request in flight, by its command.
    pub(crate) fn in_flight(&self) -> Option<CommandId> {
        self.in_flight.as_ref().map(|request| request.command)
    }

    /// Whether the conversation is about to begin anew.
    pub(crate) fn begins_anew(&self) -> bool {
        self.in_flight.as_ref().is_some_and(|request| request.anew)
    }

    /// The text in flight, by its command, whose reply has not begun.
    pub(crate) fn unborn(&self) -> Option<CommandId> {
        let request = self.in_flight.as_ref()?;
        request.text.as_ref().map(|_| request.command)
    }

    /// Whether a text is in flight whose reply has not begun.
    pub(crate) fn is_unborn(&self) -> bool {
        self.unborn().is_some()
    }

    /// The text that the response under way replies to, by its command.
    pub(crate) fn replied(&self) -> Option<CommandId> {
        let request = self.answered.as_ref()?;
        request.text.as_ref().map(|_| request.command)
    }

    /// The response that was taken for the answer to a command was none: the request waits again.
    pub(crate) fn was_not_answered(&mut self, command: CommandId) -> Race {
        let is = |request: &mut Box<Request>| request.command == command;
        let answered = self.answered.take_if(is);
        answered.map_or(Race::Nothing, |request| self.ask_again(*request))
    }

    /// A request lost a race: it waits again, unless it lost too often.
    fn ask_again(&mut self, mut request: Request) -> Race {
        let command = request.command;
        request.tries += 1;
        request.numbered = true;
        if request.continuation {
            return Race::Continuation(command);
        }
        if request.tries >= TRIES {
            return Race::GivenUp;
        }
        self.queue.push_front(request);
        Race::Requeued(command)
    }

    /// A default response ended; false if that releases nothing: the request in flight is for
    /// another one, if this had begun before it or is an echo, cancelled and empty.
    pub(crate) fn done(&mut self, other: bool) -> bool {
        if other && self.slot == Slot::CreateSent {
            return false;
        }
        self.on(Trigger::Done);
        self.in_flight = None;
        if let Some(next) = self.follows.take() {
            self.sent(*next);
        }
        true
    }

    /// A new user turn is starting: what was asked for before it is void, unless it is to be kept.
    pub(crate) fn drop_queued(&mut self) -> Vec<CommandId> {
        let dropped = self.queue.iter().filter(|request| !request.create.keep);
        let dropped = dropped.map(|request| request.command).collect();
        if let Some(queue) = self.queue.existing_mut() {
            queue.retain(|request| request.create.keep);
        }
        dropped
    }

    /// Another response holds the slot; what was in flight waits again, unless it lost too often.
    pub(crate) fn lost_race(&mut self) -> Race {
        self.on(Trigger::Race);
        let lost = self.in_flight.take();
        lost.map_or(Race::Nothing, |request| self.ask_again(*request))
    }

    /// The request in flight was refused for good.
    pub(crate) fn refused(&mut self) {
        self.on(Trigger::Refused);
        self.in_flight = None;
    }

    /// Whether the request in flight is a continuation.
    pub(crate) fn continues(&self) -> bool {
        self.in_flight
            .as_ref()
            .is_some_and(|request| request.continuation)
    }

    /// Nobody answered the request in flight.
    pub(crate) fn give_up(&mut self) -> Option<CommandId> {
        self.in_flight.take().map(|request| request.command)
    }

    /// Remembers a cancel until there is a response; false if none was asked for.
    pub(crate) fn latch_cancel(&mut self, command: CommandId) -> bool {
        let latched = self.slot.is_unborn() && self.cancel.is_none();
        if latched {
            self.cancel = Some(Box::new(command));
        }
        latched
    }

    /// Takes the cancel whose response will not begin any more.
    pub(crate) fn needless_cancel(&mut self) -> Option<CommandId> {
        let command = *self.cancel.as_deref()?;
        if self.slot.is_unborn() {
            return None;
        }
        self.cancel = None;
        Some(command)
    }

    /// The end: the slot is free. What was asked for and has not begun is for the next connection,
    /// unless it was cancelled or asked for a new conversation.
    pub(crate) fn close(&mut self) -> VecDeque<Request> {
        self.slot = Slot::Idle;
        self.user_speaks = false;
        self.answered = None;
        let follows = self.follows.take().map(|request| *request);
        let cancelled = self.cancel.take().is_some();
        let mut requests = self.queue.take().unwrap_or_default();
        if let Some(request) = self.in_flight.take().filter(|_| !cancelled) {
            requests.push_front(*request);
        }
        requests.extend(follows);
        requests.retain(|request| !request.anew);
        requests
    }

    pub(crate) fn memory(&self) -> usize {
        let requests = [&self.in_flight, &self.answered, &self.follows];
        let requests = requests.into_iter().flatten();
        self.queue.heap()
            + requests.map(|request| boxed(&**request)).sum::<usize>()
            + self.cancel.as_deref().map_or(0, boxed)
    }
}

#[cfg(test)]
mod tests;
