//! Texts of the reply that are told whole again and again: what is new of them is a delta.
//!
//! ```text
//!                       told, and it goes on         what is new is a delta
//!  (none) ──► said ───────────────────────────► said
//!              │ told otherwise, or no longer        nothing new: its end has all of it
//!              └─────────────────────────────► said
//! ```
//! It has no state of its own: what was said, the texts know.

use super::{Out, State, texts::Key};
use crate::event::{Event, Ids, Lane, Str, SuppressedReason, TextDelta};
use alloc::borrow::Cow;

impl State {
    /// A text that took something back says nothing new: its end will have all of it.
    pub(super) fn text_so_far<'f>(
        &mut self,
        ids: Ids<'f>,
        lane: Lane,
        text: &Str<'f>,
        out: &mut Out<'f>,
    ) {
        let Some(response) = self.responses.touch(ids.response_id.as_deref(), out) else {
            out.silent(SuppressedReason::StaleEpoch);
            return;
        };
        if lane == Lane::Spoken && (response.cut || response.cancelling) {
            out.silent(SuppressedReason::StaleEpoch);
            return;
        }
        response.had_text |= !text.is_empty() && lane != Lane::Thought;
        let of = response.id.clone();
        let key = Key::reply(ids.item_id.as_ref(), ids.content_index, lane);
        let Some(new) = self.texts.grown(key, of.as_deref(), text, out) else {
            out.silent(SuppressedReason::Redundant);
            return;
        };
        let delta = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.split_at(text.len() - new.len()).1),
            Cow::Owned(_) => Cow::Owned(new.into()),
        };
        out.push(Event::TextDelta(TextDelta {
            ids,
            lane,
            delta,
            start: None,
        }));
    }
}

#[cfg(test)]
mod tests;
