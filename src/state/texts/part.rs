//! One text of an item: what names it, and what its deltas have said.

use crate::{
    delta::{DeltaKind, Read},
    event::Lane,
    heap::Heap,
    id::Id,
    state::{Conversation, Out},
};
use alloc::{string::String, sync::Arc};

/// Which text of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Reply(Lane),
    /// The arguments of a call that the provider executes.
    Arguments,
    Input,
}

/// What names a part on the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key<'k> {
    pub(crate) item: Option<&'k str>,
    pub(crate) index: u32,
    pub(crate) side: Side,
}

impl<'k> Key<'k> {
    /// That of the text that a delta adds to, if it adds to one.
    pub(crate) fn of(read: &'k Read<'_>) -> Option<Self> {
        let side = match read.kind {
            DeltaKind::Audio | DeltaKind::Video | DeltaKind::Arguments => return None,
            DeltaKind::Text(lane) => Side::Reply(lane),
            DeltaKind::InputTranscript => Side::Input,
            DeltaKind::RemoteArguments(_) => Side::Arguments,
        };
        Some(Self {
            item: read.part(),
            index: read.index,
            side,
        })
    }

    pub(crate) fn reply(item: Option<&'k Id<'_>>, index: Option<u32>, lane: Lane) -> Self {
        Self {
            item: item.map(|id| &**id),
            index: index.unwrap_or_default(),
            side: Side::Reply(lane),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    pub(super) item: Option<Arc<str>>,
    pub(super) index: u32,
    pub(super) side: Side,
    pub(super) response: Option<Arc<str>>,
    pub(super) text: String,
    /// How much was said, kept or not, in bytes.
    pub(super) said: usize,
    pub(super) done: bool,
}

impl Heap for Part {
    fn heap(&self) -> usize {
        self.item.heap() + self.response.heap() + self.text.heap()
    }
}

impl Part {
    /// What was said stands in the conversation, though nobody told its end.
    pub(super) fn keep(&self, conversation: &mut Conversation, out: &mut Out<'_>) {
        let lane = match self.side {
            Side::Reply(lane) => lane,
            Side::Input => Lane::Spoken,
            Side::Arguments => return,
        };
        if !self.done {
            conversation.text(self.item.as_deref(), lane, (&self.text, true), out);
        }
    }

    /// What the whole text has beyond the deltas; nothing where it does not continue them.
    pub(super) fn unsaid<'t>(&self, whole: &'t str) -> &'t str {
        if whole.starts_with(&*self.text) {
            whole.get(self.said..).unwrap_or_default()
        } else {
            ""
        }
    }
}
