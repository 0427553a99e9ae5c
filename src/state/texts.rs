//! Texts under construction: what deltas have said of each part, until its end is told once.
//!
//! ```text
//!          part added, or its first delta           done, by whichever form comes first
//!  (none) ───────────────────────────────► open ──────────────────────────────────────► done
//!                                            │   its response ended before            └─► redundant
//!                                            └─────────────────────────────────────────► done
//! ```
//! A delta into an open part allocates nothing as long as it says no more than [`ROOM`], or than any
//! part before it: the text goes into a pooled string that was sized when the part was opened. It
//! grows by doubling, up to [`PART_BYTES`]; beyond them only its length is counted on.

mod lanes;
mod part;

pub(crate) use part::{Key, Side};

use super::{Conversation, Ended, Out};
use crate::{
    event::{
        Event, Ids, InputTranscript, Outcome, Previous, TextDone, TextStatus, TranscriptUpdate,
    },
    heap::Heap,
    id::Id,
    lists,
    rare::Rare,
};
use alloc::{borrow::Cow, boxed::Box, string::String, sync::Arc, vec::Vec};
use part::Part;

/// The most text that is kept of one part, in bytes: about what the longest response says.
const PART_BYTES: usize = 16 * 1024;

/// How much room the first part gets, in bytes: what is spoken in half a minute.
const ROOM: usize = 512;

/// How many parts may be under construction before the oldest is given up.
const OPEN: usize = 256;

/// How many emptied strings wait for the next parts.
const POOLED: usize = 4;

#[derive(Clone, Debug)]
pub(crate) struct Texts {
    parts: Vec<Part>,
    pool: Rare<Vec<String>>,
    /// How much room the next part gets: as much as any before it took.
    room: usize,
    /// Transcripts of the user that have ended.
    ended: Ended,
}

/// The pool and the room are capacity, not state.
impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts && self.ended == other.ended
    }
}

impl Texts {
    pub(crate) fn new(tombstones: usize) -> Self {
        Self {
            parts: Vec::new(),
            pool: Rare::blank(),
            room: ROOM,
            ended: Ended::new(tombstones),
        }
    }

    fn find(&self, key: Key<'_>) -> Option<usize> {
        self.parts.iter().rposition(|part| {
            part.index == key.index && part.side == key.side && part.item.as_deref() == key.item
        })
    }

    pub(crate) fn knows(&self, key: Key<'_>) -> bool {
        self.find(key).is_some()
    }

    /// The response of a part that is known, where it has one.
    pub(crate) fn response_of(&self, key: Key<'_>) -> Option<Arc<str>> {
        self.parts.get(self.find(key)?)?.response.clone()
    }

    /// Makes room for a part before its text comes.
    pub(crate) fn open(
        &mut self,
        key: Key<'_>,
        response: Option<&str>,
        out: &mut Out<'_>,
    ) -> usize {
        if let Some(at) = self.find(key) {
            return at;
        }
        let pooled = self.pool.existing_mut().and_then(Vec::pop);
        let mut text = pooled.unwrap_or_default();
        text.reserve_exact(self.room);
        self.insert(key, response, text, out)
    }

    fn insert(
        &mut self,
        key: Key<'_>,
        response: Option<&str>,
        text: String,
        out: &mut Out<'_>,
    ) -> usize {
        if self.parts.len() == OPEN {
            let oldest = self.parts.remove(0);
            out.push(super::limit(
                "open_parts",
                oldest.item.clone().map(Id::shared),
            ));
            self.end(oldest, TextStatus::Abandoned, out);
        }
        out.opened();
        lists::push(
            &mut self.parts,
            Part {
                item: key.item.map(Arc::from),
                index: key.index,
                side: key.side,
                response: response.map(Arc::from),
                text,
                said: 0,
                done: false,
            },
        );
        self.parts.len() - 1
    }

    /// Ends a part; what its deltas had not said of `whole`, unless it had ended.
    fn end_part<'t>(
        &mut self,
        key: Key<'_>,
        response: Option<&str>,
        whole: &Cow<'t, str>,
        out: &mut Out<'_>,
    ) -> Option<Cow<'t, str>> {
        let at = self
            .find(key)
            .unwrap_or_else(|| self.insert(key, response, String::new(), out));
        let part = self.parts.get_mut(at).filter(|part| !part.done)?;
        part.done = true;
        let unsaid = match whole {
            Cow::Borrowed(text) => Cow::Borrowed(part.unsaid(text)),
            Cow::Owned(text) => Cow::Owned(part.unsaid(text).into()),
        };
        let text = core::mem::take(&mut part.text);
        self.reuse(text);
        Some(unsaid)
    }

    /// Takes a delta; false if the part is done already. Its limit is told of once.
    pub(crate) fn append(
        &mut self,
        key: Key<'_>,
        response: Option<&str>,
        text: &str,
        out: &mut Out<'_>,
    ) -> bool {
        if key.side == Side::Input && self.input_ended(key) {
            return false;
        }
        let at = self.open(key, response, out);
        let Some(part) = self.parts.get_mut(at).filter(|part| !part.done) else {
            return false;
        };
        let whole = part.text.len() == part.said;
        part.said += text.len();
        if whole && part.said <= PART_BYTES {
            part.text.push_str(text);
        } else if whole {
            out.push(super::limit("part_text", part.item.clone().map(Id::shared)));
        }
        true
    }

    /// Where an open part stands.
    pub(crate) fn place(&self, key: Key<'_>) -> Option<usize> {
        let at = self.find(key)?;
        self.parts.get(at).filter(|part| !part.done).map(|_| at)
    }

    /// Takes a delta of the part that stands there; false if that needs a closer look.
    #[inline]
    pub(crate) fn add(&mut self, at: usize, text: &str) -> bool {
        let Some(part) = self.parts.get_mut(at) else {
            return false;
        };
        let (whole, said) = (part.text.len() == part.said, part.said + text.len());
        if part.done || (whole && said > PART_BYTES) {
            return false;
        }
        part.said = said;
        if whole {
            part.text.push_str(text);
        }
        true
    }

    /// Takes all that a part says so far; what of it is new, unless it took something back.
    pub(crate) fn grown<'t>(
        &mut self,
        key: Key<'_>,
        response: Option<&str>,
        whole: &'t str,
        out: &mut Out<'_>,
    ) -> Option<&'t str> {
        let at = self.open(key, response, out);
        let kept = |part: &&Part| part.text.len() == part.said;
        let part = self.parts.get(at).filter(kept)?;
        let new = whole
            .strip_prefix(&*part.text)
            .filter(|new| !new.is_empty())?;
        self.append(key, response, new, out).then_some(new)
    }

    /// Takes the end of a part and adds what its deltas had not said; false if it had ended.
    pub(crate) fn done(
        &mut self,
        event: &mut TextDone<'_>,
        response: Option<&str>,
        out: &mut Out<'_>,
    ) -> bool {
        let key = Key {
            item: event.ids.item_id.as_deref(),
            index: event.ids.content_index.unwrap_or_default(),
            side: Side::Reply(event.lane),
        };
        let unsaid = self.end_part(key, response, &event.text, out);
        unsaid.is_some_and(|unsaid| {
            event.suffix = unsaid;
            true
        })
    }

    /// Takes the whole arguments of a remote call; what its deltas had not said, if anything.
    pub(crate) fn arguments_done<'t>(
        &mut self,
        key: Key<'_>,
        response: Option<&str>,
        whole: &Cow<'t, str>,
        out: &mut Out<'_>,
    ) -> Option<Cow<'t, str>> {
        self.end_part(key, response, whole, out)
            .filter(|unsaid| !unsaid.is_empty())
    }

    fn input_ended(&self, key: Key<'_>) -> bool {
        key.item.is_some_and(|item| self.ended.has(item, key.index))
    }

    /// Takes the end of a transcript; false if it had ended. A failed one keeps what was said.
    pub(crate) fn input_done(&mut self, event: &mut InputTranscript<'_>) -> bool {
        let item = event.item_id.as_deref();
        let key = Key {
            item,
            index: event.content_index,
            side: Side::Input,
        };
        if self.input_ended(key) {
            return false;
        }
        let said = self
            .find(key)
            .map(|at| self.parts.remove(at).text)
            .unwrap_or_default();
        if let Some(item) = item {
            self.ended.add(Arc::from(item), event.content_index);
        }
        match &mut event.update {
            TranscriptUpdate::Failed { partial, .. } if partial.is_none() && !said.is_empty() => {
                *partial = Some(Cow::Owned(said));
            }
            _ => self.reuse(said),
        }
        true
    }

    /// An item is gone, and with it what was under construction for it.
    pub(crate) fn item_deleted(&mut self, item: &str, out: &mut Out<'_>) {
        for part in core::mem::take(&mut self.parts) {
            if part.item.as_deref() == Some(item) {
                self.end(part, TextStatus::Abandoned, out);
            } else {
                lists::push(&mut self.parts, part);
            }
        }
    }

    /// What was said of an item is void, and no end of it is told.
    pub(crate) fn forget(&mut self, item: &str) {
        for part in core::mem::take(&mut self.parts) {
            if part.item.as_deref() == Some(item) {
                self.reuse(part.text);
            } else {
                lists::push(&mut self.parts, part);
            }
        }
    }

    /// The response of these parts ended; those still open end with it.
    pub(crate) fn response_ended(
        &mut self,
        response: Option<&str>,
        outcome: &Outcome<'_>,
        conversation: &mut Conversation,
        out: &mut Out<'_>,
    ) {
        let status = match outcome {
            Outcome::Completed(_) => TextStatus::Final,
            Outcome::Lost => TextStatus::Abandoned,
            _ => TextStatus::Interrupted,
        };
        for part in core::mem::take(&mut self.parts) {
            if part.side == Side::Input || part.response.as_deref() != response {
                lists::push(&mut self.parts, part);
            } else {
                part.keep(conversation, out);
                self.end(part, status, out);
            }
        }
    }

    /// The end of the connection: nothing under construction will be finished.
    pub(crate) fn close(&mut self, conversation: &mut Conversation, out: &mut Out<'_>) {
        for part in core::mem::take(&mut self.parts) {
            part.keep(conversation, out);
            self.end(part, TextStatus::Abandoned, out);
        }
    }

    fn end(&mut self, part: Part, status: TextStatus, out: &mut Out<'_>) {
        self.took(&part.text);
        if part.done || part.said == 0 || part.side == Side::Arguments {
            self.reuse(part.text);
            return;
        }
        let item_id = part.item.map(Id::shared);
        match part.side {
            Side::Reply(lane) => out.push(Event::TextDone(Box::new(TextDone {
                ids: Ids {
                    response_id: part.response.map(Id::shared),
                    item_id,
                    content_index: Some(part.index),
                    ..Ids::default()
                },
                lane,
                text: Cow::Owned(part.text),
                suffix: Cow::Borrowed(""),
                previous: Previous::Unknown,
                status,
            }))),
            Side::Input | Side::Arguments => out.push(Event::InputTranscript(InputTranscript {
                item_id,
                content_index: part.index,
                previous: Previous::Unknown,
                update: TranscriptUpdate::Failed {
                    fault: None,
                    partial: Some(Cow::Owned(part.text)),
                },
                at: None,
            })),
        }
    }

    /// What one part took the next may need.
    fn took(&mut self, text: &String) {
        self.room = self.room.max(text.capacity().min(PART_BYTES));
    }

    fn reuse(&mut self, mut text: String) {
        self.took(&text);
        if self.pool.len() < POOLED && text.capacity() > 0 {
            text.clear();
            self.pool.push(text);
        }
    }

    pub(crate) fn memory(&self) -> usize {
        self.parts.heap() + self.pool.heap() + self.ended.memory()
    }
}

#[cfg(test)]
mod tests;
