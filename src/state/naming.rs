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

use crate::{delta::Made, heap::Heap, rare::Blank};
use alloc::{boxed::Box, format, sync::Arc};
use arrayvec::ArrayVec;

/// What a call is named that has no name on the wire, before its number.
const CALL: &str = "local_call_";

/// The reply under way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) response: Arc<str>,
    /// The item that its content goes to; none before the first and after the last.
    pub(crate) item: Option<Arc<str>>,
    /// The item that its transcript is of.
    spoken: Option<Arc<str>>,
    /// Which transcript of that item it is.
    index: u32,
    /// The transcript has begun and is not told to be whole.
    transcribed: bool,
}

/// The reply that ended last.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Closed {
    pub(crate) response: Arc<str>,
    /// The item whose transcript may have a tail that comes late.
    tail: Option<Arc<str>>,
    index: u32,
}

/// What the user says: a turn, and what is understood of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Utterance {
    pub(crate) item: Arc<str>,
    /// The turn is part of the conversation.
    pub(crate) committed: bool,
    /// What was understood for the time being, behind what is certain.
    pub(crate) provisional: Option<Box<str>>,
}

/// Where words go that the model spoke.
pub(crate) struct Spoken {
    pub(crate) response: Arc<str>,
    pub(crate) item: Arc<str>,
    pub(crate) index: u32,
    /// Their reply has ended.
    pub(crate) late: bool,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each told by itself"
)]
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Naming {
    responses: u64,
    items: u64,
    calls: u64,
    pub(crate) reply: Option<Reply>,
    pub(crate) closed: Option<Closed>,
    pub(crate) user: Option<Utterance>,
    /// What the user said aloud last.
    pub(crate) spoke: Option<Arc<str>>,
    /// The call that somebody else executes, without a name on the wire.
    pub(crate) remote: Option<Arc<str>>,
    /// The last item before the reply under way, or before the next.
    pub(crate) before: Option<Arc<str>>,
    /// The user said something that the reply under way answers.
    pub(crate) asked: bool,
    /// The same of the reply that follows.
    asked_again: bool,
    /// The server cut a reply that was never told of: its end is a cancelled one.
    pub(crate) interrupted: bool,
    /// The last reply ended before its turn did.
    pub(crate) ended_early: bool,
    /// The item beside the reply that has begun and not ended.
    pub(crate) beside: Option<Arc<str>>,
    recent: Recent,
}

/// The names that deltas were given last, so that the next ones share them.
#[derive(Clone, Debug, Default)]
struct Recent(ArrayVec<Arc<Made>, 3>);

/// Shared or not, names are the same.
impl PartialEq for Recent {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Blank for Naming {
    const BLANK: &'static Self = &Self {
        responses: 0,
        items: 0,
        calls: 0,
        reply: None,
        closed: None,
        user: None,
        spoke: None,
        remote: None,
        before: None,
        asked: false,
        asked_again: false,
        interrupted: false,
        ended_early: false,
        beside: None,
        recent: Recent(ArrayVec::new_const()),
    };
}

impl Utterance {
    pub(crate) fn new(item: Arc<str>) -> Self {
        Self {
            item,
            committed: false,
            provisional: None,
        }
    }
}

impl Naming {
    /// Names for a delta, shared with the last ones that had the same.
    pub(crate) fn made(&mut self, made: Made) -> Arc<Made> {
        let Recent(recent) = &mut self.recent;
        if let Some(same) = recent.iter().find(|known| ***known == made) {
            return Arc::clone(same);
        }
        if recent.is_full() {
            recent.remove(0);
        }
        let made = Arc::new(made);
        recent.push(Arc::clone(&made));
        made
    }

    /// The item that the reply's content goes to.
    pub(crate) fn item(&self) -> Option<&str> {
        self.reply.as_ref()?.item.as_deref()
    }

    /// The same, or the one that it went to last.
    pub(crate) fn last_item(&self) -> Option<Arc<str>> {
        let reply = self.reply.as_ref()?;
        reply.item.clone().or_else(|| reply.spoken.clone())
    }

    pub(crate) fn new_response(&mut self) -> Arc<str> {
        self.responses += 1;
        Arc::from(format!("local_response_{}", self.responses))
    }

    pub(crate) fn new_item(&mut self) -> Arc<str> {
        self.items += 1;
        Arc::from(format!("local_item_{}", self.items))
    }

    pub(crate) fn new_call(&mut self) -> Arc<str> {
        self.calls += 1;
        Arc::from(format!("{CALL}{}", self.calls))
    }

    /// Whether a call is named by the session.
    pub(crate) fn is_made(&self, call_id: &str) -> bool {
        let number = call_id.strip_prefix(CALL).and_then(|n| n.parse().ok());
        let made = number.filter(|number: &u64| (1..=self.calls).contains(number));
        made.is_some_and(|number| call_id == format!("{CALL}{number}"))
    }

    /// Another connection: what was under way has ended with the last one.
    pub(crate) fn carry_on(&mut self, before: Self) {
        self.responses = before.responses;
        self.items = before.items;
        self.calls = before.calls;
        self.before = before.before;
    }

    pub(crate) fn begin_reply(&mut self) -> Arc<str> {
        let response = self.new_response();
        self.reply = Some(Reply {
            response: Arc::clone(&response),
            item: None,
            spoken: None,
            index: 0,
            transcribed: false,
        });
        self.closed = None;
        self.ended_early = false;
        response
    }

    /// The item that the content of the reply goes to from now on.
    pub(crate) fn open_item(&mut self, item: Arc<str>) {
        if let Some(reply) = &mut self.reply {
            reply.spoken = Some(Arc::clone(&item));
            reply.item = Some(item);
            reply.index = 0;
        }
    }

    /// The item under way has ended, by the server's own word.
    pub(crate) fn close_item(&mut self) {
        if let Some(reply) = &mut self.reply {
            reply.item = None;
        }
    }

    /// Takes the reply of this name, if it is the one under way: it has ended.
    ///
    /// What was `cut` has no tail.
    pub(crate) fn close_reply(&mut self, response: Option<&str>, cut: bool) {
        let open = |reply: &mut Reply| Some(&*reply.response) == response;
        if let Some(reply) = self.reply.take_if(open) {
            self.asked = core::mem::take(&mut self.asked_again);
            if !self.asked {
                self.before = reply.spoken.clone().or_else(|| self.before.take());
            }
            self.closed = Some(Closed {
                response: reply.response,
                tail: reply.spoken.filter(|_| reply.transcribed && !cut),
                index: reply.index,
            });
        }
    }

    /// The user said something in words: what replies next replies to that.
    pub(crate) fn said(&mut self, item: &Arc<str>) {
        self.no_tail();
        self.asks(item);
    }

    /// What replies next replies to this item of the user's.
    pub(crate) fn asks(&mut self, item: &Arc<str>) {
        self.before = Some(Arc::clone(item));
        if self.reply.is_some() {
            self.asked_again = true;
        } else {
            self.asked = true;
        }
    }

    /// What was said is for the reply behind the one under way.
    pub(crate) fn answers_nothing(&mut self) {
        self.asked_again |= core::mem::take(&mut self.asked);
    }

    /// An item of history, told to the server: what the user says next stands behind it.
    pub(crate) fn seeded(&mut self) -> Arc<str> {
        let item = self.new_item();
        if self.reply.is_none() {
            self.before = Some(Arc::clone(&item));
        }
        item
    }

    /// Nothing late is of the last reply any more.
    pub(crate) fn no_tail(&mut self) {
        if let Some(closed) = &mut self.closed {
            closed.tail = None;
        }
    }

    /// Where words go that the model spoke, without a new item: behind those that came before, in
    /// the reply under way or in the last one.
    pub(crate) fn spoken(&mut self) -> Option<Spoken> {
        if let Some(reply) = &mut self.reply {
            let item = Arc::clone(reply.spoken.as_ref()?);
            reply.transcribed = true;
            return Some(Spoken {
                response: Arc::clone(&reply.response),
                item,
                index: reply.index,
                late: false,
            });
        }
        let closed = self.closed.as_ref().filter(|_| self.user.is_none())?;
        Some(Spoken {
            response: Arc::clone(&closed.response),
            item: Arc::clone(closed.tail.as_ref()?),
            index: closed.index,
            late: true,
        })
    }

    /// The transcript of the reply is whole; its item.
    pub(crate) fn spoken_text_over(&mut self) -> Option<Arc<str>> {
        self.no_tail();
        let reply = self.reply.as_mut()?;
        reply.transcribed = false;
        reply.spoken.clone()
    }

    /// What is spoken from now on is another transcript.
    pub(crate) fn next_transcript(&mut self) {
        if let Some(reply) = &mut self.reply {
            reply.index += 1;
        }
    }

    /// Which transcript the reply is at, and whether that has begun.
    #[cfg(test)]
    pub(crate) fn transcript(&self) -> (u32, bool) {
        let reply = self.reply.as_ref();
        reply.map_or((0, false), |reply| (reply.index, reply.transcribed))
    }

    /// Whether the user said something that the reply after the one under way answers.
    #[cfg(test)]
    pub(crate) fn asks_again(&self) -> bool {
        self.asked_again
    }
}

impl Heap for Naming {
    fn heap(&self) -> usize {
        let reply = |reply: &Reply| reply.response.heap() + reply.item.heap() + reply.spoken.heap();
        let closed = |closed: &Closed| closed.response.heap() + closed.tail.heap();
        let user = |user: &Utterance| user.item.heap() + user.provisional.heap();
        self.reply.as_ref().map_or(0, reply)
            + self.closed.as_ref().map_or(0, closed)
            + self.user.as_ref().map_or(0, user)
            + self.spoke.heap()
            + self.remote.heap()
            + self.before.heap()
            + self.beside.heap()
    }
}

#[cfg(test)]
mod tests;
