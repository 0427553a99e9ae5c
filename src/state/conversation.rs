//! The conversation: its items in spoken order, whatever order their frames came in.
//!
//! ```text
//!             spoken                 added                 done
//!   (none) ───────────► placeholder ───────► in progress ───────► completed, or incomplete
//!      │  added, done: started with what is told        deleted, or out of room: from all
//!      └───────────────────────────────────────────────────────► (none)
//!
//!   status:  in progress < any other < completed < incomplete
//!   text:    partial < final, then the longer, then the greater
//! ```
//! What is told of an item is merged: nothing goes back, and nothing is erased by omission, so the
//! same is kept in whatever order its frames come.

mod order;
mod retold;

use super::Out;
use crate::{
    config::{Limits, Retain},
    event::{Content, Item, ItemKind, Lane, Previous, Role, Status},
    heap::Heap,
    id::Id,
    lists,
};
use alloc::{borrow::Cow, boxed::Box, collections::VecDeque, string::String, sync::Arc, vec::Vec};
use core::time::Duration;

/// The items of the default conversation, in the order in which they were spoken.
///
/// No media is kept; how much text is, [`Limits::conversation`](crate::Limits) decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    items: VecDeque<ConversationItem>,
    retain: Retain,
    limit: usize,
    text_bytes: usize,
    /// Where this connection's items begin: what is first on the wire stands here.
    first: usize,
    /// How far the items before that have been told to the server again.
    retold: usize,
    /// What is told to be first is that.
    trusts_first: bool,
}

/// One item of the conversation, as far as it is known.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each told by itself"
)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConversationItem {
    /// Its identifier.
    pub id: Id<'static>,
    /// Who speaks in it, where it is a message.
    pub role: Option<Role>,
    /// What it is.
    pub kind: ItemKind,
    /// How far it is.
    pub status: Option<Status>,
    /// The call that it makes or answers.
    pub call: Option<Id<'static>>,
    /// How much of its audio the user heard, where that is known.
    pub heard: Option<Duration>,
    texts: Vec<Kept>,
    /// The item it waits to stand behind.
    parked: Option<Arc<str>>,
    /// It stands behind an item that waits, and goes where that goes.
    attached: bool,
    /// Something told what it follows.
    placed: bool,
    added: bool,
    done: bool,
    /// Whether it is of the conversation at all: items of out-of-band responses are not.
    shown: bool,
}

impl ConversationItem {
    /// Its text in a lane: what is displayed, what was spoken, what was thought.
    #[must_use]
    pub fn text(&self, lane: Lane) -> Option<&str> {
        let kept = self.texts.iter().find(|kept| kept.lane == lane);
        kept.map(|kept| &*kept.text)
    }

    fn text_bytes(&self) -> usize {
        self.texts.iter().map(|kept| kept.text.len()).sum()
    }
}

impl Heap for ConversationItem {
    fn heap(&self) -> usize {
        let texts = self.texts.capacity() * size_of::<Kept>() + self.text_bytes();
        let words = self.kind.heap() + self.role.heap() + self.status.heap();
        self.id.heap() + self.call.heap() + self.parked.heap() + texts + words
    }
}

impl Conversation {
    pub(crate) fn new(limits: &Limits) -> Self {
        let limit = if limits.conversation == Retain::Off {
            limits.tombstones
        } else {
            limits.items
        };
        Self {
            items: VecDeque::new(),
            retain: limits.conversation,
            limit: limit.max(1),
            text_bytes: 0,
            first: 0,
            retold: 0,
            trusts_first: true,
        }
    }

    /// The same, where what is told to be first may be anywhere.
    pub(crate) fn trusting(self, first: bool) -> Self {
        Self {
            trusts_first: first,
            ..self
        }
    }

    /// Returns the items, in spoken order.
    #[must_use]
    pub fn items(&self) -> impl DoubleEndedIterator<Item = &ConversationItem> {
        let retained = self.retain != Retain::Off;
        self.items.iter().filter(move |item| item.shown && retained)
    }

    /// Returns the item of an identifier.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&ConversationItem> {
        self.items().rfind(|item| *item.id == *id)
    }

    /// Returns how many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items().count()
    }

    /// Returns whether there is no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items().next().is_none()
    }

    fn find(&self, id: &str) -> Option<usize> {
        self.items.iter().rposition(|item| *item.id == *id)
    }

    /// Everything is gone.
    pub(crate) fn clear(&mut self) {
        self.items.clear();
        self.text_bytes = 0;
        self.first = 0;
        self.retold = 0;
    }

    /// A new connection begins behind what was said.
    pub(crate) fn carry_on(&mut self) {
        self.first = self.items.len();
        self.retold = 0;
    }

    /// Whether no frame told of an item before.
    pub(crate) fn is_new(&self, id: Option<&str>) -> bool {
        let known = id.and_then(|id| self.items.get(self.find(id)?));
        known.is_none_or(|item| !item.added && !item.done)
    }

    /// Notes that an item was added; true the first time.
    pub(crate) fn added(&mut self, item: &Item<'_>, shown: bool, out: &mut Out<'_>) -> bool {
        self.upsert(item, shown, out)
            .is_none_or(|item| !core::mem::replace(&mut item.added, true))
    }

    /// Notes that an item is done; true the first time.
    pub(crate) fn done(&mut self, item: &Item<'_>, shown: bool, out: &mut Out<'_>) -> bool {
        let first = self
            .upsert(item, shown, out)
            .is_none_or(|item| !core::mem::replace(&mut item.done, true));
        self.keep_texts(item, out);
        first
    }

    /// Merges what a frame says of an item; an item without an id cannot be known again.
    fn upsert(
        &mut self,
        item: &Item<'_>,
        shown: bool,
        out: &mut Out<'_>,
    ) -> Option<&mut ConversationItem> {
        let id = item.ids.item_id.as_ref()?;
        let at = match self.find(id) {
            Some(at) => self.place(at, &item.previous),
            None => self.insert(&id.to_shared(), &item.previous, &item.kind, out),
        };
        let known = self.items.get_mut(at)?;
        known.shown |= shown;
        known.kind = item.kind.clone();
        known.role = item.role.clone().or_else(|| known.role.take());
        if rank(item.status.as_ref()) > rank(known.status.as_ref()) {
            known.status.clone_from(&item.status);
        }
        let call = item.call_id.clone().map(Id::into_owned);
        known.call = call.or_else(|| known.call.take());
        Some(known)
    }

    /// A turn was spoken: its item has a place before anything is known of it, so that a late
    /// transcript lands where it was said.
    pub(crate) fn spoken(
        &mut self,
        id: Option<&Id<'_>>,
        previous: &Previous<'_>,
        out: &mut Out<'_>,
    ) {
        let Some(id) = id else {
            return;
        };
        if let Some(at) = self.find(id) {
            self.place(at, previous);
            return;
        }
        let at = self.insert(&id.to_shared(), previous, &ItemKind::Message, out);
        if let Some(item) = self.items.get_mut(at) {
            item.role = Some(Role::User);
            item.shown = true;
        }
    }

    fn insert(
        &mut self,
        id: &Arc<str>,
        previous: &Previous<'_>,
        kind: &ItemKind,
        out: &mut Out<'_>,
    ) -> usize {
        if self.items.len() >= self.limit {
            self.forget_oldest(out);
        }
        let new = ConversationItem {
            id: Id::shared(Arc::clone(id)),
            role: None,
            kind: kind.clone(),
            status: None,
            call: None,
            heard: None,
            texts: Vec::new(),
            parked: None,
            attached: false,
            placed: false,
            added: false,
            done: false,
            shown: false,
        };
        let at = self.put(alloc::vec![new], previous);
        self.unpark(id, at)
    }

    fn forget_oldest(&mut self, out: &mut Out<'_>) {
        let Some(oldest) = self.items.pop_front() else {
            return;
        };
        self.first = self.first.saturating_sub(1);
        self.retold = self.retold.saturating_sub(1);
        self.text_bytes -= oldest.text_bytes();
        if self.retain != Retain::Off {
            out.push(super::limit("items", Some(oldest.id)));
        }
    }

    /// Keeps a text, as far as the limit goes. What is final wins over what is not, then the
    /// longer, then the greater one: in whatever order they come, the same is kept.
    pub(crate) fn text(
        &mut self,
        id: Option<&str>,
        lane: Lane,
        (text, last): (&str, bool),
        out: &mut Out<'_>,
    ) {
        let Retain::Text { bytes } = self.retain else {
            return;
        };
        let at = id.and_then(|id| self.find(id));
        let Some(item) = at
            .and_then(|at| self.items.get_mut(at))
            .filter(|_| !text.is_empty())
        else {
            return;
        };
        let before = item.text_bytes();
        let new = || Kept {
            lane,
            last,
            text: text.into(),
        };
        match item.texts.iter_mut().find(|kept| kept.lane == lane) {
            Some(kept) if kept.weight() < (last, text.len(), text) => *kept = new(),
            Some(_) => {}
            None => lists::push(&mut item.texts, new()),
        }
        self.text_bytes = self.text_bytes + item.text_bytes() - before;
        self.evict_texts(bytes, out);
    }

    /// Adds words to what was said of an item.
    pub(crate) fn add_words(&mut self, id: &str, lane: Lane, words: &str, out: &mut Out<'_>) {
        let item = self.find(id).and_then(|at| self.items.get(at));
        let said = item.and_then(|item| item.text(lane)).unwrap_or_default();
        let whole = String::from(said) + words;
        self.text(Some(id), lane, (&whole, true), out);
    }

    fn evict_texts(&mut self, bytes: usize, out: &mut Out<'_>) {
        while self.text_bytes > bytes {
            let Some(oldest) = self.items.iter_mut().find(|item| !item.texts.is_empty()) else {
                return;
            };
            self.text_bytes -= oldest.text_bytes();
            oldest.texts = Vec::new();
            out.push(super::limit("conversation_text", Some(oldest.id.clone())));
        }
    }

    /// The texts of a message, its parts of one lane joined.
    fn keep_texts(&mut self, item: &Item<'_>, out: &mut Out<'_>) {
        let id = item.ids.item_id.as_deref();
        let last = rank(item.status.as_ref()) > rank(Some(&Status::InProgress));
        for lane in [Lane::Display, Lane::Spoken] {
            let said = item.content.iter().filter_map(|part| said(part, lane));
            let whole = said.fold(Cow::Borrowed(""), |whole, part| whole + part);
            self.text(id, lane, (&whole, last), out);
        }
    }

    pub(crate) fn deleted(&mut self, id: Option<&str>) {
        if let Some(at) = id.and_then(|id| self.find(id)) {
            let gone = self.items.remove(at);
            self.text_bytes -= gone.map_or(0, |item| item.text_bytes());
            self.first -= usize::from(at < self.first);
            self.retold -= usize::from(at < self.retold);
        }
    }

    pub(crate) fn truncated(&mut self, id: Option<&str>, heard: Duration) {
        let at = id.and_then(|id| self.find(id));
        if let Some(item) = at.and_then(|at| self.items.get_mut(at)) {
            item.heard = Some(heard);
        }
    }

    pub(crate) fn memory(&self) -> usize {
        self.items.heap()
    }
}

/// A text of an item.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    lane: Lane,
    /// Whether it is final.
    last: bool,
    text: Box<str>,
}

impl Kept {
    fn weight(&self) -> (bool, usize, &str) {
        (self.last, self.text.len(), &self.text)
    }
}

/// What a part says in a lane.
fn said<'c>(part: &'c Content<'_>, lane: Lane) -> Option<&'c str> {
    match part {
        Content::Text { text } if lane == Lane::Display => Some(text),
        Content::Audio { transcript, .. } if lane == Lane::Spoken => transcript.as_deref(),
        _ => None,
    }
}

/// How far a status is: it only advances.
fn rank(status: Option<&Status>) -> (u8, &str) {
    let rank = match status {
        None => 0,
        Some(Status::InProgress) => 1,
        Some(Status::Other(_)) => 2,
        Some(Status::Completed) => 3,
        Some(Status::Incomplete) => 4,
    };
    (rank, status.map_or("", Status::as_str))
}

#[cfg(test)]
mod tests;
