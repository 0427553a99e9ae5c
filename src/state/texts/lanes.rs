//! Texts whose end no frame spells out: they are what their deltas said.
//!
//! ```text
//!        its lane of the item is over
//!  open ──────────────────────────────► done: told, if anything was said
//! ```
//! The states are those of the texts; what was done before stays as it is.

use super::{Key, Part, Side, Texts};
use crate::{
    event::{Lane, TextStatus},
    state::{Conversation, Out},
};

impl Texts {
    /// What the user was understood to say so far, where the transcript has not ended.
    pub(crate) fn said(&self, item: &str) -> Option<&str> {
        let key = Key {
            item: Some(item),
            index: 0,
            side: Side::Input,
        };
        Some(&*self.parts.get(self.find(key)?)?.text)
    }

    /// Texts of an item are whole as their deltas said them; false if there were none.
    pub(crate) fn lanes_over(
        &mut self,
        item: &str,
        lanes: fn(Lane) -> bool,
        status: TextStatus,
        conversation: &mut Conversation,
        out: &mut Out<'_>,
    ) -> bool {
        let mut said = false;
        for at in 0..self.parts.len() {
            let Some(part) = self.parts.get_mut(at) else {
                break;
            };
            let wanted = matches!(part.side, Side::Reply(lane) if lanes(lane));
            let open = part.said > 0 && !part.done;
            if !wanted || !open || part.item.as_deref() != Some(item) {
                continue;
            }
            part.keep(conversation, out);
            said = true;
            let text = core::mem::take(&mut part.text);
            let over = Part {
                text,
                ..part.clone()
            };
            part.done = true;
            self.end(over, status, out);
        }
        said
    }
}

#[cfg(test)]
mod tests;
