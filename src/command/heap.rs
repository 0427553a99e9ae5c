//! What a request that waits holds on the heap.

use super::{Attachment, CreateResponse, SendText};
use crate::heap::Heap;

impl Heap for SendText<'_> {
    fn heap(&self) -> usize {
        let data = self
            .attachments
            .iter()
            .map(|one| one.mime.heap() + one.data.len());
        let attachments = self.attachments.capacity() * size_of::<Attachment<'_>>();
        self.text.heap() + attachments + data.sum::<usize>()
    }
}

/// Items that only the response sees are counted by their place, not by their texts.
impl Heap for CreateResponse<'_> {
    fn heap(&self) -> usize {
        let input = self.input.as_ref().map_or(0, |items| {
            items.capacity() * size_of::<super::InputItem<'_>>()
        });
        self.modalities.heap()
            + self.instructions.heap()
            + self.voice.heap()
            + self.tools.heap()
            + self.tool_choice.heap()
            + self.reasoning.heap()
            + self.prompt.heap()
            + self.metadata.heap()
            + self.extra.heap()
            + input
    }
}
