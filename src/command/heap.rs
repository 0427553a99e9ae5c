//! What a request that waits holds on the heap.

use super::CreateResponse;
use crate::heap::Heap;

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
