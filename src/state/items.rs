//! Items, whatever form they come in: one is added once and done once.
//!
//! ```text
//!            a turn was spoken         added                    done
//!  unknown ───────────────────► spoken ─────► added: told of ────────► done: told of
//!     │ │                          │            ▲                         ▲
//!     │ └────────── added ─────────┼────────────┘                         │
//!     └──────────── done ──────────┴──────────────────────────────────────┘
//!   deleted: from all ──► unknown
//! ```
//! The states are those of the conversation. What comes of an item depends on what it is: the
//! user's is a turn, a call is announced and delivered or told of as the provider's, a request is
//! put. Of a response that has ended, or of an earlier connection, nothing but the item is told.

use super::{Out, State, texts::Key};
use crate::event::{
    ApprovalRequested, Content, Event, Item, ItemKind, Lane, Origin, Role, Status,
    SuppressedReason, TextDone, TextStatus, TurnOrigin, UserTurn,
};
use crate::id::Id;
use alloc::{borrow::Cow, boxed::Box};

impl State {
    pub(super) fn item_added<'f>(&mut self, item: Box<Item<'f>>, out: &mut Out<'f>) {
        let Some(shown) = self.is_shown(&item, out) else {
            return;
        };
        self.settle_item(&item, out);
        let first = self.conversation.added(&item, shown, out);
        let place = out.len();
        if first {
            self.remote_added(&item, out);
        } else {
            out.silent(SuppressedReason::Redundant);
        }
        if item.origin == Origin::Response {
            self.begin_item(&item, out);
        }
        if item.origin == Origin::Conversation {
            self.conversation_item(&item, out);
        }
        if first {
            out.insert(place, Event::ItemAdded(item));
        }
    }

    /// Whether nothing told that this item of the conversation's was added.
    fn is_told_alone(&self, item: &Item<'_>) -> bool {
        let id = item.ids.item_id.as_deref();
        let own = item.origin == Origin::Conversation && id.is_some();
        own && self.conversation.is_new(id)
    }

    /// The first form in which an item comes answers the command that asked for it; what is
    /// told of an earlier connection answers nothing.
    fn settle_item(&mut self, item: &Item<'_>, out: &mut Out<'_>) {
        let told = item.origin != Origin::Replay;
        if told && self.conversation.is_new(item.ids.item_id.as_deref()) {
            self.commands.item(item, out);
        }
    }

    /// An item of the conversation's own: a turn of the user's, or a call.
    fn conversation_item<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) {
        if is_user_message(item) {
            self.user_item(item, out);
        }
        if item.kind == ItemKind::FunctionCall {
            self.remote.note(item);
        }
    }

    /// Whether an item stands in the conversation; none if it is an echo of an ended response.
    fn is_shown<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) -> Option<bool> {
        if item.origin != Origin::Response {
            return Some(true);
        }
        let response = self.responses.touch(item.ids.response_id.as_deref(), out);
        if response.is_none() {
            out.silent(SuppressedReason::Duplicate);
        }
        response.map(|response| response.default)
    }

    /// An item of the reply begins: calls are announced.
    fn begin_item<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) {
        self.announce_item(item);
        if item.kind == ItemKind::FunctionCall && !self.begin_remote(item, out) {
            self.calls
                .announced(item, item.ids.response_id.as_deref(), out);
        }
    }

    /// A message of the user's is a turn of its own, unless speech or a commit was it.
    fn user_item<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) {
        let spoken = item
            .content
            .iter()
            .any(|part| matches!(part, Content::Audio { .. }));
        let origin = if spoken {
            TurnOrigin::External
        } else {
            TurnOrigin::Text
        };
        let turn = UserTurn {
            origin,
            item_id: item.ids.item_id.clone(),
            previous: item.previous.clone(),
        };
        self.turns.committed(turn, out);
    }

    pub(super) fn item_done<'f>(&mut self, item: Box<Item<'f>>, out: &mut Out<'f>) {
        let Some(shown) = self.is_shown(&item, out) else {
            return;
        };
        self.settle_item(&item, out);
        self.item_texts(&item, out);
        if item.kind == ItemKind::FunctionCall && item.origin != Origin::Replay {
            self.call_done(&item, out);
        }
        let alone = self.is_told_alone(&item);
        let first = self.conversation.done(&item, shown, out);
        if !first {
            out.silent(SuppressedReason::Redundant);
            return;
        }
        self.remote_done(&item, out);
        let asked = approval(&item).filter(|_| item.origin != Origin::Replay);
        let unheard_of = alone.then(|| item.clone());
        out.push(Event::ItemDone(item));
        if let Some(item) = unheard_of {
            self.conversation_item(&item, out);
        }
        if let Some(asked) = asked {
            out.push(asked);
        }
    }

    /// Texts that only the item tells.
    fn item_texts<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) {
        if item.status == Some(Status::InProgress) {
            return;
        }
        for (part, index) in item.content.iter().zip(0..) {
            let (lane, text) = match part {
                Content::Text { text } => (Lane::Display, text),
                Content::Audio {
                    transcript: Some(text),
                    ..
                } => (Lane::Spoken, text),
                _ => continue,
            };
            let key = Key::reply(item.ids.item_id.as_ref(), Some(index), lane);
            let known = self.texts.knows(key);
            if !known && (item.origin != Origin::Response || item.role != Some(Role::Assistant)) {
                continue;
            }
            let response = self.texts.response_of(key).map(Id::shared);
            let mut ids = item.ids.clone();
            ids.content_index = Some(index);
            ids.response_id = ids.response_id.or(response);
            let interrupted = item.status == Some(Status::Incomplete);
            self.text_done(
                Box::new(TextDone {
                    ids,
                    lane,
                    text: text.clone(),
                    suffix: Cow::Borrowed(""),
                    previous: item.previous.clone(),
                    status: if interrupted {
                        TextStatus::Interrupted
                    } else {
                        TextStatus::Final
                    },
                }),
                out,
            );
        }
    }

    fn call_done<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) {
        if self.begin_remote(item, out) {
            self.remote_item_done(item, out);
            return;
        }
        if item.origin == Origin::Response {
            self.calls
                .announced(item, item.ids.response_id.as_deref(), out);
        }
        if let Some(ids) = self.calls.item_done(item, out) {
            self.count_call(ids.response_id.as_deref(), out);
        }
    }
}

fn is_user_message(item: &Item<'_>) -> bool {
    item.kind == ItemKind::Message && item.role == Some(Role::User)
}

/// The request that an approval item makes.
fn approval<'f>(item: &Item<'f>) -> Option<Event<'f>> {
    let approval_id = item.ids.item_id.clone()?;
    let broken = item.status == Some(Status::Incomplete);
    if item.kind != ItemKind::McpApprovalRequest || broken {
        return None;
    }
    let arguments = item.content.iter().find_map(|part| match part {
        Content::Arguments { text, .. } => Some(text.clone()),
        _ => None,
    });
    let server_label = item.content.iter().find_map(|part| match part {
        Content::Server { label } => Some(label.clone()),
        _ => None,
    });
    Some(Event::ApprovalRequested(Box::new(ApprovalRequested {
        approval_id,
        name: item.name.clone(),
        arguments: arguments.unwrap_or_default(),
        server_label,
        ids: item.ids.clone(),
    })))
}

#[cfg(test)]
mod tests;
