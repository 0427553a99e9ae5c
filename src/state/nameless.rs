//! What the server leaves nameless, named before the other machines see it.
//!
//! Content without a reply begins one, as a server that names its replies would tell it.

use super::{
    Out, State,
    naming::{Reply, Utterance},
    responses::Response,
};
use crate::{
    capabilities::Names,
    delta::{Delta, DeltaKind},
    event::{
        ConversationRef, Event, Ids, Initiator, Item, ItemKind, Origin, Outcome, Previous,
        ResponseFinished, ResponseStarted, Role, Speech, Status, TurnOrigin, UserTurn,
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
                Event::ResponseFinished(finished) => self.name_end(finished, out),
                Event::ItemAdded(item) => self.name_added(item, out),
                Event::ItemDone(item) => self.name_item(&mut item.ids, item.origin, out),
                Event::SpeechStarted(speech) => self.name_speech(speech),
                event => self.name_content(event, out),
            }
        }
        self.event(event, out);
    }

    /// Names what a delta adds to.
    pub(super) fn name_delta(&mut self, delta: &mut Delta, out: &mut Out<'_>) {
        if delta.kind == DeltaKind::InputTranscript {
            delta.made.item = Some(self.spoken_item(out));
        } else {
            let (response, item) = self.content_of(out);
            delta.made.response = Some(response);
            delta.made.item = Some(item);
        }
    }

    fn name_content(&mut self, event: &mut Event<'_>, out: &mut Out<'_>) {
        if let Some(ids) = event.reply_ids() {
            self.name_ids(ids, out);
        } else if let Some(item @ None) = event.user_item() {
            *item = Some(Id::shared(self.spoken_item(out)));
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
        started.ids.response_id = Some(Id::shared(self.new_reply()));
    }

    /// The reply ends, begun first if nothing of it was told.
    fn name_end(&mut self, finished: &mut ResponseFinished<'_>, out: &mut Out<'_>) {
        if finished.ids.response_id.is_none() {
            finished.ids.response_id = Some(Id::shared(self.reply_under_way(out)));
        }
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
            self.open_item(Arc::clone(&name));
            item.ids.response_id = Some(Id::shared(response));
        }
        item.ids.item_id = Some(Id::shared(name));
    }

    fn name_item(&mut self, ids: &mut Ids<'_>, origin: Origin, out: &mut Out<'_>) {
        if ids.item_id.is_none() && origin == Origin::Response {
            self.name_ids(ids, out);
            self.naming.close_item();
        }
    }

    /// The user speaks: a turn of its own, unless the last one still goes on.
    fn name_speech(&mut self, speech: &mut Speech<'_>) {
        if speech.item_id.is_none() {
            let open = self.naming.user.take_if(|user| !user.committed);
            let item = open.map_or_else(|| self.naming.new_item(), |user| user.item);
            speech.item_id = Some(Id::shared(Arc::clone(&item)));
            self.naming.user = Some(Utterance {
                item,
                committed: false,
            });
        }
    }

    /// The item that the user's words belong to, begun where there is none.
    fn spoken_item(&mut self, out: &mut Out<'_>) -> Arc<str> {
        if let Some(user) = &self.naming.user {
            return Arc::clone(&user.item);
        }
        let item = self.naming.new_item();
        self.naming.user = Some(Utterance {
            item: Arc::clone(&item),
            committed: false,
        });
        let id = Id::shared(Arc::clone(&item));
        self.turns
            .started(TurnOrigin::Speech, Some(&id), &Previous::Unknown, out);
        item
    }

    /// The model answers: what the user said stands before it.
    fn answered(&mut self, out: &mut Out<'_>) {
        let open = self.naming.user.as_mut().filter(|user| !user.committed);
        let Some(user) = open else {
            return;
        };
        user.committed = true;
        let item_id = Some(Id::shared(Arc::clone(&user.item)));
        self.turn_committed(
            UserTurn {
                origin: TurnOrigin::Speech,
                item_id,
                previous: Previous::Unknown,
            },
            out,
        );
    }

    fn new_reply(&mut self) -> Arc<str> {
        let response = self.naming.new_response();
        self.naming.reply = Some(Reply {
            response: Arc::clone(&response),
            item: None,
        });
        response
    }

    /// The reply under way, begun where there is none.
    fn reply_under_way(&mut self, out: &mut Out<'_>) -> Arc<str> {
        if let Some(reply) = &self.naming.reply {
            return Arc::clone(&reply.response);
        }
        self.answered(out);
        let response = self.new_reply();
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
    fn content_of(&mut self, out: &mut Out<'_>) -> (Arc<str>, Arc<str>) {
        let open = self.naming.reply.as_ref();
        if let Some((response, Some(item))) = open.map(|reply| (&reply.response, &reply.item)) {
            return (Arc::clone(response), Arc::clone(item));
        }
        let response = self.reply_under_way(out);
        let item = self.naming.new_item();
        self.open_item(Arc::clone(&item));
        self.item_added(Box::new(message(&response, &item, Status::InProgress)), out);
        (response, item)
    }

    fn open_item(&mut self, item: Arc<str>) {
        if let Some(reply) = &mut self.naming.reply {
            reply.item = Some(item);
        }
    }

    /// The reply has ended, and with it the item under way.
    pub(super) fn name_over(
        &mut self,
        response: &Response,
        outcome: &Outcome<'_>,
        out: &mut Out<'_>,
    ) {
        let status = match outcome {
            Outcome::Completed(_) => Status::Completed,
            _ => Status::Incomplete,
        };
        if let Some(id) = response.id.as_deref() {
            self.item_over(id, status, out);
        }
        self.naming.take_reply(response.id.as_deref());
        self.naming.user.take_if(|user| user.committed);
    }

    /// The item under way will not change any more.
    fn item_over(&mut self, response: &str, status: Status, out: &mut Out<'_>) {
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
