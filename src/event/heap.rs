//! What an event that waits to be told holds on the heap, and the words that items keep.

use super::{
    Closed, CommandSettled, Content, Event, Fault, Ids, InputTranscript, Item, ItemKind, Notice,
    RemoteTool, ResponseFinished, Role, Settlement, Status, TextDone, TranscriptUpdate, Truncated,
};
use crate::heap::{Heap, boxed};

/// Only commands, time and the end cause events that wait; those alone are looked into.
impl Heap for Event<'_> {
    fn heap(&self) -> usize {
        match self {
            Self::CommandSettled(settled) => boxed(&**settled),
            Self::ResponseFinished(finished) => boxed(&**finished),
            Self::TextDone(done) => boxed(&**done),
            Self::Truncated(truncated) => boxed(&**truncated),
            Self::Closed(closed) => boxed(&**closed),
            Self::Notice(notice) => boxed(&**notice),
            Self::ItemAdded(item) | Self::ItemDone(item) => boxed(&**item),
            Self::RemoteTool(tool) => boxed(&**tool),
            Self::InputTranscript(transcript) => transcript.heap(),
            Self::Interrupted(interrupted) => interrupted.response_id.heap(),
            Self::UserTurnDiscarded(turn) => turn.item_id.heap(),
            Self::ToolCallCancelled(cancelled) => cancelled.call_ids.heap(),
            Self::LimitReached(reached) => reached.item_id.heap(),
            _ => 0,
        }
    }
}

impl Heap for Ids<'_> {
    fn heap(&self) -> usize {
        self.event_id.heap() + self.response_id.heap() + self.item_id.heap()
    }
}

impl Heap for Item<'_> {
    fn heap(&self) -> usize {
        let words = self.kind.heap() + self.role.heap() + self.status.heap();
        self.ids.heap() + self.call_id.heap() + self.name.heap() + words + self.content.heap()
    }
}

/// The texts that a command of the caller's makes an item of; no other item waits with content.
impl Heap for Content<'_> {
    fn heap(&self) -> usize {
        match self {
            Self::Text { text } => text.heap(),
            _ => 0,
        }
    }
}

impl Heap for RemoteTool<'_> {
    fn heap(&self) -> usize {
        self.ids.heap() + self.call_id.heap() + self.name.heap()
    }
}

impl Heap for InputTranscript<'_> {
    fn heap(&self) -> usize {
        let text = match &self.update {
            TranscriptUpdate::Final { text, .. } => text.heap(),
            _ => 0,
        };
        self.item_id.heap() + text
    }
}

impl Heap for ItemKind {
    fn heap(&self) -> usize {
        match self {
            Self::Other(name) => name.heap(),
            _ => 0,
        }
    }
}

impl Heap for Role {
    fn heap(&self) -> usize {
        match self {
            Self::Other(name) => name.heap(),
            _ => 0,
        }
    }
}

impl Heap for Status {
    fn heap(&self) -> usize {
        match self {
            Self::Other(name) => name.heap(),
            _ => 0,
        }
    }
}

impl Heap for CommandSettled<'_> {
    fn heap(&self) -> usize {
        match &self.outcome {
            Settlement::Rejected(fault) => fault.heap(),
            _ => 0,
        }
    }
}

impl Heap for Fault<'_> {
    fn heap(&self) -> usize {
        self.code.heap() + self.kind.heap() + self.message.heap() + self.param.heap()
    }
}

impl Heap for ResponseFinished<'_> {
    fn heap(&self) -> usize {
        self.ids.heap() + self.metadata.heap() + self.raw.heap()
    }
}

impl Heap for TextDone<'_> {
    fn heap(&self) -> usize {
        self.ids.heap() + self.text.heap() + self.suffix.heap()
    }
}

impl Heap for Truncated<'_> {
    fn heap(&self) -> usize {
        self.ids.heap() + self.heard_text.heap()
    }
}

impl Heap for Closed<'_> {
    fn heap(&self) -> usize {
        self.reason.heap()
    }
}

impl Heap for Notice<'_> {
    fn heap(&self) -> usize {
        self.code.heap() + self.message.heap() + self.raw.heap()
    }
}
