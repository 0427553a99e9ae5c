//! What all machines hold.

use super::State;
use crate::heap::{Heap, boxed};

impl State {
    pub(crate) fn memory(&self) -> usize {
        self.conversation.memory()
            + self.commands.memory()
            + self.responses.memory()
            + self.calls.memory()
            + self.executed.heap()
            + self.run.memory()
            + self.remote.memory()
            + self.texts.memory()
            + self.turns.memory()
            + self.awaited.memory()
            + self.naming.heap()
            + self.handle.heap()
            + self.arbiter.memory()
            + self.playback.memory()
            + self.capabilities.heap()
            + self.settings.heap()
            + self.usage.heap()
            + self.asked.heap()
            + self.deadlines.memory()
            + self.announced.as_deref().map_or(0, boxed)
            + self.closing.as_deref().map_or(0, boxed)
            + self.unanswered.heap()
    }
}
