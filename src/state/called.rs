//! Calls as one message tells them: announced, with arguments that are whole or come in pieces.
//!
//! ```text
//!            a piece                     the last piece, or the whole
//!  unknown ─────────► announced, in pieces ───────────────────────────► delivered ──► answered,
//!     │                        │  its reply ended · taken back                        or cancelled
//!     │                        └─────────────────────────────► cancelled
//!     └── the whole ──────────────────────────────────────────────────► delivered
//! ```
//! The states are those of the calls; what is said of one that was delivered is an echo. A call
//! without a name goes on with its next piece, and begins anew once it was delivered.

use super::{Out, State};
use crate::{
    capabilities::Names,
    dialect::{CallFact, Piece},
    event::{
        Event, Ids, Str, SuppressedReason, ToolArgumentsDelta, ToolCall, ToolCallStarted, Validity,
    },
    id::Id,
};
use alloc::{borrow::Cow, boxed::Box};

impl State {
    /// Takes a call, or more of its arguments.
    pub(super) fn called<'f>(&mut self, mut call: CallFact<'f>, out: &mut Out<'f>) {
        let Some(call_id) = self.call_id(&call) else {
            out.silent(SuppressedReason::Duplicate);
            return;
        };
        if self.calls.is_delivered(&call_id) {
            out.silent(SuppressedReason::Redundant);
            return;
        }
        let ids = self.call_ids(out);
        if !self.calls.knows(&call_id) {
            self.announce(&call_id, call.name.clone(), &ids, out);
        }
        for piece in core::mem::take(&mut call.pieces) {
            self.calls.add_piece(&call_id, &piece);
            out.push(piece_event(&call_id, &ids, piece));
        }
        if call.continues {
            return;
        }
        let (arguments, validity) = call.arguments.unwrap_or_else(|| {
            let whole = (call.assemble)(self.calls.pieces(&call_id));
            (Cow::Owned(whole), Validity::Object)
        });
        self.arguments_done(
            Box::new(ToolCall {
                call_id,
                name: call.name,
                arguments,
                validity,
                ids,
            }),
            true,
            out,
        );
    }

    /// The call's own name, or the one that it has here; none if it has ended.
    fn call_id<'f>(&mut self, call: &CallFact<'f>) -> Option<Id<'f>> {
        if let Some(id) = &call.id {
            return (!self.calls.has_ended(id)).then(|| id.clone());
        }
        let goes_on = call.arguments.is_none() || call.name.is_none();
        let name = goes_on.then(|| self.calls.in_pieces(call.name.as_deref()));
        let name = name.flatten().unwrap_or_else(|| self.naming.new_call());
        Some(Id::shared(name))
    }

    /// What a call belongs to. It is no content of the item under way.
    fn call_ids<'f>(&mut self, out: &mut Out<'f>) -> Ids<'f> {
        let mut ids = Ids::default();
        if self.capabilities.names == Names::Session {
            ids.response_id = Some(Id::shared(self.content_of(out).0));
        }
        ids
    }

    fn announce<'f>(
        &mut self,
        call_id: &Id<'f>,
        name: Option<Str<'f>>,
        ids: &Ids<'f>,
        out: &mut Out<'f>,
    ) {
        let response = ids.response_id.as_ref().map(Id::to_shared);
        let made = self.naming.is_made(call_id);
        self.calls
            .begin(call_id, name.as_deref(), response, made, out);
        out.push(Event::ToolCallStarted(ToolCallStarted {
            ids: ids.clone(),
            call_id: Some(call_id.clone()),
            name,
        }));
    }
}

fn piece_event<'f>(call_id: &Id<'f>, ids: &Ids<'f>, piece: Piece<'f>) -> Event<'f> {
    Event::ToolArgumentsDelta(ToolArgumentsDelta {
        ids: ids.clone(),
        call_id: Some(call_id.clone()),
        delta: piece.value,
        path: Some(piece.path).filter(|path| !path.is_empty()),
    })
}

#[cfg(test)]
mod tests;
