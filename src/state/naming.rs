//! Names: what a server leaves nameless has one name, stable, the same in every event.
//!
//! ```text
//!              content of a reply                     the reply's end
//!  (no reply) ───────────────────► reply n, item m ───────────────────► (no reply)
//!
//!              words, speech, activity of the user       the model answers
//!  (no turn) ─────────────────────────────────────► open ─────────────────► committed
//! ```
//! The numbers go on from one connection to the next, so no two things share a name. Nothing here
//! is ever sent.

use crate::heap::Heap;
use alloc::{format, sync::Arc};

/// The reply under way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) response: Arc<str>,
    /// The item that its content goes to; none before the first and after the last.
    pub(crate) item: Option<Arc<str>>,
}

/// What the user says: a turn, and what is understood of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Utterance {
    pub(crate) item: Arc<str>,
    /// The turn is part of the conversation.
    pub(crate) committed: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Naming {
    responses: u64,
    items: u64,
    pub(crate) reply: Option<Reply>,
    pub(crate) user: Option<Utterance>,
}

impl Naming {
    pub(crate) fn new_response(&mut self) -> Arc<str> {
        self.responses += 1;
        Arc::from(format!("local_response_{}", self.responses))
    }

    pub(crate) fn new_item(&mut self) -> Arc<str> {
        self.items += 1;
        Arc::from(format!("local_item_{}", self.items))
    }

    /// The item under way has ended, by the server's own word.
    pub(crate) fn close_item(&mut self) {
        if let Some(reply) = &mut self.reply {
            reply.item = None;
        }
    }

    /// Another connection: what was under way has ended with this one.
    pub(crate) fn carry_on(&mut self, before: &Self) {
        self.responses = before.responses;
        self.items = before.items;
    }

    /// Takes the reply of this name, if it is the one under way.
    pub(crate) fn take_reply(&mut self, response: Option<&str>) -> Option<Reply> {
        self.reply
            .take_if(|reply| Some(&*reply.response) == response)
    }

    pub(crate) fn memory(&self) -> usize {
        let reply = |reply: &Reply| reply.response.heap() + reply.item.heap();
        let user = |user: &Utterance| user.item.heap();
        self.reply.as_ref().map_or(0, reply) + self.user.as_ref().map_or(0, user)
    }
}
