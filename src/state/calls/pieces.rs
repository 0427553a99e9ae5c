//! Calls of which the server tells no item, and arguments that come value by value.
//!
//! ```text
//!           begins               a piece                the last piece, or the word that it was
//!  (none) ──────────► no pieces ─────────► some pieces ─────────────────────────────► delivered
//!                         │                 ▲       │                                     ▲
//!                         │                 └───────┘ more of the last text, or another   │
//!                         └── all at once ────────────────────────────────────────────────┘
//! ```
//! A call without a name is the last one of its function that is not delivered; one that is told
//! whole is a call of its own.

use super::{Answered, Call, Calls};
use crate::{
    dialect::{Assembled, Piece},
    heap::Heap,
    id::Id,
    state::Out,
};
use alloc::{sync::Arc, vec::Vec};

impl Calls {
    /// A call begins of which the server tells no item.
    pub(crate) fn begin(
        &mut self,
        id: &Id<'_>,
        name: Option<&str>,
        response: Option<Arc<str>>,
        made: bool,
        out: &mut Out<'_>,
    ) {
        self.open(
            Call {
                id: id.to_shared(),
                item: None,
                response,
                name: name.map(Arc::from),
                delivered: false,
                held: None,
                pieces: Vec::new(),
                made,
            },
            out,
        );
    }

    pub(crate) fn knows(&self, id: &str) -> bool {
        self.find(Some(id), None).is_some()
    }

    pub(crate) fn is_delivered(&self, id: &str) -> bool {
        let delivered = |call: &Call| call.delivered && *call.id == *id;
        self.open.iter().any(delivered)
    }

    /// The call without a name on the wire whose arguments still come.
    pub(crate) fn in_pieces(&self, name: Option<&str>) -> Option<Arc<str>> {
        let same = |call: &Call| name.is_none() || call.name.as_deref() == name;
        let mut open = self.open.iter().rev();
        let call = open.find(|call| call.made && !call.delivered && same(call))?;
        Some(Arc::clone(&call.id))
    }

    /// The oldest call of a function that waits for its answer and has no name on the wire.
    pub(crate) fn nameless(&self, function: &str) -> Option<&str> {
        let asked = |call: &&Call| call.made && call.name.as_deref() == Some(function);
        self.open.iter().find(asked).map(|call| &*call.id)
    }

    /// Adds a piece of arguments: more of a text, or another value.
    pub(crate) fn add_piece(&mut self, id: &str, piece: &Piece<'_>) {
        let at = self.find(Some(id), None);
        let Some(call) = at.and_then(|at| self.open.get_mut(at)) else {
            return;
        };
        let same = |last: &&mut Assembled| last.text && piece.text && *last.path == *piece.path;
        match call.pieces.last_mut().filter(same) {
            Some(last) => last.value.push_str(&piece.value),
            None => call.pieces.push(Assembled {
                path: piece.path.as_ref().into(),
                value: piece.value.as_ref().into(),
                text: piece.text,
            }),
        }
    }

    pub(crate) fn pieces(&self, id: &str) -> &[Assembled] {
        let at = self.find(Some(id), None);
        at.and_then(|at| self.open.get(at))
            .map_or(&[], |call| &call.pieces)
    }

    /// What the answer to a call has to say of it.
    pub(crate) fn answer_to(&self, id: &str) -> Answered {
        let at = self.find(Some(id), None);
        at.and_then(|at| self.open.get(at))
            .map_or_else(Answered::default, |call| Answered {
                name: call.name.clone(),
                made: call.made,
            })
    }
}

impl Heap for Assembled {
    fn heap(&self) -> usize {
        self.path.heap() + self.value.heap()
    }
}

#[cfg(test)]
mod tests;
