//! What the server leaves nameless, named before the other machines see it.
//!
//! ```text
//!              content                the item's end           the reply's end
//!  (no reply) ─────────► reply, item ────────────────► reply ───────────────────► (no reply)
//!                            ▲          content          │
//!                            └───────────────────────────┘
//!              words, speech           content, or the end of the words
//!  (no turn) ────────────────► begun ───────────────────────────────────► committed
//!      │                                                                      ▲
//!      └── the first words, while a reply to nothing is under way ────────────┘
//! ```
//! Content without a reply begins one, as a server that names its replies would tell it. A turn
//! that is committed ends with its transcript: at the end of its words, or of the reply to it.

use super::{Out, State, naming::Utterance, responses::Response};
use crate::{
    capabilities::Names,
    delta::{Delta, DeltaKind, Made, Read},
    event::{
        ConversationRef, Event, Executor, Ids, Initiator, Item, ItemKind, Lane, Origin, Outcome,
        Previous, RemotePhase, RemoteTool, ResponseFinished, ResponseStarted, Role, Speech, Status,
        SuppressedReason, TurnOrigin, UserTurn,
    },
    id::Id,
};
use alloc::{borrow::Cow, boxed::Box, sync::Arc, vec::Vec};

impl State {
    /// Takes an event that a frame told, with the names that it lacks.
    pub(super) fn named_event<'f>(&mut self, mut event: Event<'f>, out: &mut Out<'f>) {
        if self.capabilities.names == Names::Session {
            match &mut event {
                Event::ResponseStarted(started) => self.name_start(started, out),
                Event::ResponseFinished(finished) => {
                    if !self.name_end(finished, out) {
                        return;
                    }
                }
                Event::ItemAdded(item) => self.name_added(item, out),
                Event::ItemDone(item) => self.name_item(&mut item.ids, item.origin, out),
                Event::SpeechStarted(speech) => self.name_speech(speech, out),
                Event::RemoteTool(tool) if tool.executor == Executor::Agent => {
                    if !self.name_call(tool, out) {
                        return;
                    }
                }
                // It is no content: it takes content back.
                Event::ResponseReset(_) => {}
                event => self.name_content(event, out),
            }
        }
        self.event(event, out);
    }

    /// Names what a delta adds to; true if it is late for a reply that has ended.
    pub(super) fn name_delta(&mut self, delta: &mut Delta, frame: &str, out: &mut Out<'_>) -> bool {
        if delta.kind == DeltaKind::InputTranscript {
            let item = Some(self.spoken_item(out));
            delta.made = Some(self.naming.made(Made {
                item,
                ..Made::default()
            }));
            return false;
        }
        if delta.kind == DeltaKind::Text(Lane::Spoken) {
            if let Some(spoken) = self.naming.spoken() {
                delta.made = Some(self.naming.made(Made {
                    response: Some(spoken.response),
                    item: Some(spoken.item),
                    call: None,
                    index: Some(spoken.index).filter(|index| *index > 0),
                }));
                return spoken.late;
            }
        }
        let (response, item) = self.content_of(out);
        let agent = delta.kind == DeltaKind::RemoteArguments(Executor::Agent);
        let call = agent.then(|| self.call_at(delta.index(frame))).flatten();
        delta.made = Some(self.naming.made(Made {
            response: Some(response),
            item: Some(item),
            call,
            index: None,
        }));
        if delta.kind == DeltaKind::Text(Lane::Spoken) {
            self.naming.spoken();
        }
        false
    }

    /// Words that come after their reply has ended still stand in the conversation.
    pub(super) fn late_words(&mut self, read: &Read<'_>, out: &mut Out<'_>) {
        out.silent(SuppressedReason::Late);
        if let Some(item) = read.item() {
            self.conversation
                .add_words(item, Lane::Spoken, &read.text, out);
        }
    }

    fn name_content(&mut self, event: &mut Event<'_>, out: &mut Out<'_>) {
        if let Event::Timed(timed) = event {
            self.name_aside(&mut timed.ids, out);
        } else if let Event::RemoteTool(tool) = event {
            self.name_remote(tool, out);
        } else if let Event::SpeechStopped(speech) = event {
            let last = self.naming.spoke.clone().map(Id::shared);
            speech.item_id = speech.item_id.take().or(last);
        } else if let Some(ids) = event.reply_ids() {
            self.name_ids(ids, out);
        } else if let Some(item @ None) = event.user_item() {
            *item = Some(Id::shared(self.spoken_item(out)));
            if let Event::InputTranscript(transcript) = event {
                self.provisional(transcript);
            }
        }
    }

    /// What is said beside a reply is of the last one, where none is under way.
    fn name_aside(&mut self, ids: &mut Ids<'_>, out: &mut Out<'_>) {
        match (&self.naming.reply, &self.naming.closed) {
            (None, Some(closed)) if ids.response_id.is_none() => {
                ids.response_id = Some(Id::shared(Arc::clone(&closed.response)));
            }
            _ => self.name_ids(ids, out),
        }
    }

    /// A call that somebody else executes; what it gives is of the one that began last.
    fn name_remote(&mut self, tool: &mut RemoteTool<'_>, out: &mut Out<'_>) {
        if tool.ids.response_id.is_none() {
            tool.ids.response_id = Some(Id::shared(self.content_of(out).0));
        }
        if tool.call_id.is_none() {
            if tool.phase == RemotePhase::Started || self.naming.remote.is_none() {
                self.naming.remote = Some(self.naming.new_call());
            }
            tool.call_id = self.naming.remote.clone().map(Id::shared);
        }
    }

    fn name_ids(&mut self, ids: &mut Ids<'_>, out: &mut Out<'_>) {
        if ids.response_id.is_none() {
            let (response, item) = self.content_of(out);
            ids.response_id = Some(Id::shared(response));
            ids.item_id = ids.item_id.take().or_else(|| Some(Id::shared(item)));
        }
    }

    /// A reply begins; one that is under way is over.
    fn name_start(&mut self, started: &mut ResponseStarted<'_>, out: &mut Out<'_>) {
        if started.ids.response_id.is_some() {
            return;
        }
        if let Some(active) = self.responses.take_active() {
            self.end_response(active, Response::superseded(), out);
        }
        self.answered(out);
        self.naming.interrupted = false;
        started.ids.response_id = Some(Id::shared(self.naming.begin_reply()));
    }

    /// The reply ends, begun first if nothing of it was told. False if it had ended before its
    /// turn did.
    fn name_end(&mut self, finished: &mut ResponseFinished<'_>, out: &mut Out<'_>) -> bool {
        if finished.ids.response_id.is_some() {
            return true;
        }
        let unheard = core::mem::take(&mut self.naming.interrupted);
        if core::mem::take(&mut self.naming.ended_early) {
            out.silent(SuppressedReason::Duplicate);
            return false;
        }
        let response = if unheard {
            self.cut_unheard(out)
        } else {
            self.reply_under_way(out)
        };
        finished.ids.response_id = Some(Id::shared(response));
        true
    }

    /// An item begins: the reply's next, or one beside it.
    fn name_added(&mut self, item: &mut Item<'_>, out: &mut Out<'_>) {
        if item.ids.item_id.is_some() {
            return;
        }
        let name = self.naming.new_item();
        if item.origin == Origin::Response {
            let response = self.reply_under_way(out);
            self.item_over(&response, Status::Completed, out);
            self.naming.open_item(Arc::clone(&name));
            item.ids.response_id = Some(Id::shared(response));
        } else {
            self.naming.beside = Some(Arc::clone(&name));
        }
        item.ids.item_id = Some(Id::shared(name));
    }

    fn name_item(&mut self, ids: &mut Ids<'_>, origin: Origin, out: &mut Out<'_>) {
        if ids.item_id.is_some() {
            return;
        }
        if origin == Origin::Response {
            self.name_ids(ids, out);
            self.naming.close_item();
        } else {
            let name = self.naming.beside.take();
            ids.item_id = Some(Id::shared(name.unwrap_or_else(|| self.naming.new_item())));
        }
    }

    /// The user speaks: a turn of its own, unless the last one still goes on.
    fn name_speech(&mut self, speech: &mut Speech<'_>, out: &mut Out<'_>) {
        if speech.item_id.is_none() {
            self.new_words(out);
            let item = match &self.naming.user {
                Some(user) => Arc::clone(&user.item),
                None => self.new_utterance(),
            };
            speech.item_id = Some(Id::shared(item));
        }
    }

    pub(super) fn new_utterance(&mut self) -> Arc<str> {
        let item = self.naming.new_item();
        self.naming.no_tail();
        self.naming.spoke = Some(Arc::clone(&item));
        self.naming.user = Some(Utterance::new(Arc::clone(&item)));
        item
    }

    /// The item that the user's words belong to, begun where there is none. What is understood only
    /// after the reply to it began was said before it.
    fn spoken_item(&mut self, out: &mut Out<'_>) -> Arc<str> {
        if let Some(user) = &self.naming.user {
            return Arc::clone(&user.item);
        }
        let late = self.naming.reply.is_some() && !self.naming.asked;
        let item = self.new_utterance();
        if late {
            self.said_before(&item, out);
        } else {
            let id = Id::shared(Arc::clone(&item));
            let (origin, previous) = (TurnOrigin::Speech, Previous::Unknown);
            self.turns.started(origin, Some(&id), &previous, out);
        }
        item
    }

    /// A turn that the reply under way answers, though it was told of later.
    fn said_before(&mut self, item: &Arc<str>, out: &mut Out<'_>) {
        let previous = match &self.naming.before {
            Some(before) => Previous::After(Id::shared(Arc::clone(before))),
            None => Previous::First,
        };
        self.naming.asked = true;
        if let Some(user) = &mut self.naming.user {
            user.committed = true;
        }
        let id = Id::shared(Arc::clone(item));
        self.conversation.spoken(Some(&id), &previous, out);
        self.turns.committed(
            UserTurn {
                origin: TurnOrigin::Speech,
                item_id: Some(id),
                previous,
            },
            out,
        );
    }

    /// The model answers: what the user said stands before it.
    pub(super) fn answered(&mut self, out: &mut Out<'_>) {
        let open = self.naming.user.as_mut().filter(|user| !user.committed);
        let Some(user) = open else {
            return;
        };
        user.committed = true;
        let item = Arc::clone(&user.item);
        self.naming.asks(&item);
        self.turn_committed(
            UserTurn {
                origin: TurnOrigin::Speech,
                item_id: Some(Id::shared(item)),
                previous: Previous::Unknown,
            },
            out,
        );
    }

    /// The reply under way, begun where there is none.
    pub(super) fn reply_under_way(&mut self, out: &mut Out<'_>) -> Arc<str> {
        if let Some(reply) = &self.naming.reply {
            return Arc::clone(&reply.response);
        }
        self.answered(out);
        self.begin_reply(out)
    }

    /// A reply that was cut before anything of it came; whatever the user says is for the next.
    fn cut_unheard(&mut self, out: &mut Out<'_>) -> Arc<str> {
        let response = self.begin_reply(out);
        self.naming.answers_nothing();
        self.responses.interrupt();
        response
    }

    fn begin_reply(&mut self, out: &mut Out<'_>) -> Arc<str> {
        self.naming.interrupted = false;
        let response = self.naming.begin_reply();
        let ids = Ids {
            response_id: Some(Id::shared(Arc::clone(&response))),
            ..Ids::default()
        };
        let started = ResponseStarted {
            ids,
            conversation: ConversationRef::Default,
            initiator: Initiator::Server,
            metadata: Vec::new(),
        };
        self.response_started(Box::new(started), out);
        response
    }

    /// The reply under way and the item that its content goes to, begun where there are none.
    pub(super) fn content_of(&mut self, out: &mut Out<'_>) -> (Arc<str>, Arc<str>) {
        let open = self.naming.reply.as_ref();
        if let Some((response, Some(item))) = open.map(|reply| (&reply.response, &reply.item)) {
            return (Arc::clone(response), Arc::clone(item));
        }
        let response = self.reply_under_way(out);
        let item = self.naming.new_item();
        self.naming.open_item(Arc::clone(&item));
        self.item_added(Box::new(message(&response, &item, Status::InProgress)), out);
        (response, item)
    }

    /// The reply has ended, and with it the item under way.
    pub(super) fn name_over(
        &mut self,
        response: &Response,
        outcome: &Outcome<'_>,
        out: &mut Out<'_>,
    ) {
        let Some(id) = response.id.as_deref() else {
            return;
        };
        let under_way = self.naming.reply.clone();
        if let Some(reply) = under_way.filter(|reply| *reply.response == *id) {
            let status = match outcome {
                Outcome::Completed(_) => Status::Completed,
                _ => Status::Incomplete,
            };
            self.new_words(out);
            if matches!(outcome, Outcome::Completed(_) | Outcome::Incomplete(_)) {
                self.parts_over(&reply, |_| false, out);
            }
            self.item_over(id, status, out);
            self.naming.close_reply(Some(id), response.cut);
        }
    }

    /// The item under way will not change any more.
    pub(super) fn item_over(&mut self, response: &str, status: Status, out: &mut Out<'_>) {
        let of = self.naming.reply.as_mut();
        let Some(reply) = of.filter(|reply| *reply.response == *response) else {
            return;
        };
        let Some(item) = reply.item.take() else {
            return;
        };
        let item = Box::new(message(&reply.response, &item, status));
        if self.conversation.done(&item, true, out) {
            out.push(Event::ItemDone(item));
        }
    }
}

/// A message of the model's that no frame has written.
fn message(response: &Arc<str>, item: &Arc<str>, status: Status) -> Item<'static> {
    Item {
        ids: Ids {
            response_id: Some(Id::shared(Arc::clone(response))),
            item_id: Some(Id::shared(Arc::clone(item))),
            ..Ids::default()
        },
        previous: Previous::Unknown,
        kind: ItemKind::Message,
        role: Some(Role::Assistant),
        status: Some(status),
        origin: Origin::Response,
        call_id: None,
        name: None,
        content: Vec::new(),
        raw: Cow::Borrowed(""),
    }
}

#[cfg(test)]
mod tests;
