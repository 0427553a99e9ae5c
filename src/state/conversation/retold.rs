//! History that is told to the server again: it stands already, in its order.

use super::{Conversation, ConversationItem};
use crate::event::Role;

impl Conversation {
    /// Whether a message is the next one of an earlier connection with these words: the server is
    /// told of it again.
    pub(crate) fn retells(&mut self, role: &Role, text: &str) -> bool {
        let before = self.items.iter().take(self.first).skip(self.retold);
        let again = |item: &ConversationItem| item.role.as_ref() == Some(role) && item.says(text);
        let at = before.into_iter().position(again);
        self.retold += at.map_or(0, |at| at + 1);
        at.is_some()
    }
}

impl ConversationItem {
    fn says(&self, text: &str) -> bool {
        self.shown && self.texts.iter().any(|kept| *kept.text == *text)
    }
}

#[cfg(test)]
mod tests;
