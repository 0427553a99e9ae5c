//! Where the caller marks what the user does: the start and the end of activity, and texts.
//!
//! ```text
//!           start                         end
//!  quiet ──────────► marked, a turn ─────────────► quiet: the turn is committed
//!    │                      ▲             end
//!    │ a cancel             │ start     ┌────────► quiet: nothing was said
//!    └────────────► marked, no turn ────┘
//! ```
//! One start for each end, however often it is asked for. Where only the user's activity stops a
//! reply, a cancel marks it; the turn begins when the caller says so, or with its first words.

use super::{Out, Request, State};
use crate::{
    capabilities::Names,
    command::Activity,
    dialect::Said,
    event::{Content, Ids, Item, ItemKind, Origin, Previous, Role, Status, TurnOrigin},
    id::Id,
};
use alloc::{borrow::Cow, boxed::Box, sync::Arc, vec};

impl State {
    /// Whether the caller says where the user's activity starts and ends.
    pub(crate) fn marks_activity(&self) -> bool {
        self.capabilities.activity && !self.detects_turns()
    }

    /// Whether a response in progress can be stopped: by a cancel, or by the user's activity.
    pub(super) fn cancels(&self) -> bool {
        let by_activity = self.marks_activity() && !self.input.marked;
        self.capabilities.cancel || by_activity
    }

    /// Whether this edge is marked already.
    pub(crate) fn is_marked(&self, edge: Activity) -> bool {
        self.input.marked == (edge == Activity::Start)
    }

    /// The edge is marked.
    pub(crate) fn mark(&mut self, edge: Activity, out: &mut Out<'_>) {
        self.input.marked = edge == Activity::Start;
        match edge {
            Activity::Start => self.activity_started(out),
            Activity::End => self.answered(out),
        }
    }

    fn activity_started(&mut self, out: &mut Out<'_>) {
        self.new_words(out);
        if self.naming.user.is_some() {
            return;
        }
        let item = self.new_utterance();
        let id = Id::shared(item);
        self.turns
            .started(TurnOrigin::Explicit, Some(&id), &Previous::Unknown, out);
    }

    /// The user said something in words, which the server does not repeat; the item of it.
    pub(crate) fn said(&mut self, text: &str, out: &mut Out<'_>) -> Option<Arc<str>> {
        if self.capabilities.names != Names::Session {
            return None;
        }
        self.new_words(out);
        let item = self.naming.new_item();
        self.naming.said(&item);
        self.stands(message(Arc::clone(&item), Role::User, text), out);
        Some(item)
    }

    /// A message was written to the server: a prompt, or history.
    pub(crate) fn written(&mut self, said: &Said, out: &mut Out<'_>) -> Option<Arc<str>> {
        if said.asks {
            return self.said(&said.text, out);
        }
        if !self.conversation.retells(&said.role, &said.text) {
            let item = self.naming.seeded();
            self.stands(message(item, said.role.clone(), &said.text), out);
        }
        None
    }

    fn stands(&mut self, item: Item<'static>, out: &mut Out<'_>) {
        let item = Box::new(item);
        self.item_added(item.clone(), out);
        self.item_done(item, out);
    }

    /// A text asks for a reply by itself: the server has the request already.
    pub(crate) fn prompted(&mut self, request: Request) {
        self.arbiter.prompted(request);
    }
}

/// A message that no frame will repeat.
fn message(item: Arc<str>, role: Role, text: &str) -> Item<'static> {
    Item {
        ids: Ids {
            item_id: Some(Id::shared(item)),
            ..Ids::default()
        },
        previous: Previous::Unknown,
        kind: ItemKind::Message,
        role: Some(role),
        status: Some(Status::Completed),
        origin: Origin::Conversation,
        call_id: None,
        name: None,
        content: vec![Content::Text {
            text: Cow::Owned(text.into()),
        }],
        raw: Cow::Borrowed(""),
    }
}

#[cfg(test)]
mod tests;
