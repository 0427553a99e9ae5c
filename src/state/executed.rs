//! Calls that the agent executes itself: each one that began ends once, with its result or without.
//!
//! ```text
//!                                           started anew
//!                                    ┌────────────────────────────┐
//!          started, or the first     ▼           result           │
//!  (none) ────────── word of it ──► open ─────────────────────► ended
//!    ▲                               │  too many · its reply ended, │ its reply ended,
//!    │                               ▼  or was reset                │ or was reset
//!    └──────────────────────────── failed ◄──────── (nothing told) ─┘
//! ```
//! What a later word of a call leaves out, its id and its name, an earlier one has told. A word of
//! a call that has ended is an echo.

use super::{Out, State};
use crate::{
    event::{Event, Executor, Ids, RemotePhase, RemoteTool, SuppressedReason},
    heap::Heap,
    id::Id,
    rare::Blank,
};
use alloc::{borrow::Cow, boxed::Box, collections::VecDeque, sync::Arc, vec::Vec};

/// How many calls may be open before the oldest is given up.
const OPEN: usize = 256;

#[derive(Clone, Debug, PartialEq)]
struct Call {
    id: Option<Arc<str>>,
    name: Option<Arc<str>>,
    response: Arc<str>,
    item: Option<Arc<str>>,
    /// Its place in the item: what names it while it has no id.
    index: Option<u32>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Executed {
    open: Vec<Call>,
    /// The calls of the reply under way that gave their results, oldest out.
    ended: VecDeque<Arc<str>>,
}

impl Executed {
    fn find(&self, id: Option<&str>, item: Option<&str>, index: Option<u32>) -> Option<usize> {
        let named = |call: &Call| id.is_some() && call.id.as_deref() == id;
        let placed = |call: &Call| {
            let same = call.item.as_deref() == item && call.index == index;
            index.is_some() && same && (id.is_none() || call.id.is_none())
        };
        let calls = || self.open.iter();
        calls()
            .position(named)
            .or_else(|| calls().rposition(placed))
    }

    /// Whether a call has given its result, in the reply under way.
    fn has_ended(&self, id: &str) -> bool {
        self.ended.iter().any(|ended| **ended == *id)
    }

    /// Whether this is said of a call that has given its result. It may be made anew.
    fn is_echo(&self, tool: &RemoteTool<'_>) -> bool {
        let ended = |id: &Id<'_>| self.has_ended(id);
        tool.phase != RemotePhase::Started && tool.call_id.as_ref().is_some_and(ended)
    }

    /// A call gave its result.
    fn give(&mut self, at: usize) {
        let Some(id) = self.open.remove(at).id else {
            return;
        };
        if self.ended.len() == OPEN {
            self.ended.pop_front();
        }
        self.ended.push_back(id);
    }

    /// Takes the calls of a reply that is over.
    fn end(&mut self, response: &str) -> Vec<Call> {
        self.ended.clear();
        let (over, open) = core::mem::take(&mut self.open)
            .into_iter()
            .partition(|call| *call.response == *response);
        self.open = open;
        over
    }
}

impl Blank for Executed {
    const BLANK: &'static Self = &Self {
        open: Vec::new(),
        ended: VecDeque::new(),
    };
}

impl Heap for Executed {
    fn heap(&self) -> usize {
        self.open.heap() + self.ended.heap()
    }
}

impl Heap for Call {
    fn heap(&self) -> usize {
        self.id.heap() + self.name.heap() + self.response.heap() + self.item.heap()
    }
}

impl Call {
    fn failed(self) -> Event<'static> {
        let name = self.name.map(|name| Cow::Owned((*name).into()));
        Event::RemoteTool(Box::new(RemoteTool {
            call_id: self.id.map(Id::shared),
            name,
            executor: Executor::Agent,
            phase: RemotePhase::Failed,
            ids: Ids {
                response_id: Some(Id::shared(self.response)),
                item_id: self.item.map(Id::shared),
                content_index: self.index,
                ..Ids::default()
            },
        }))
    }
}

impl State {
    /// Gives a word of a call what it lacks; false if the call has ended. A call that nobody asked
    /// for belongs to no reply.
    pub(super) fn name_call(&mut self, tool: &mut RemoteTool<'_>, out: &mut Out<'_>) -> bool {
        let item = self.naming.item();
        let index = tool.ids.content_index;
        let at = self.executed.find(tool.call_id.as_deref(), item, index);
        if at.is_none() && self.executed.is_echo(tool) {
            out.silent(SuppressedReason::Duplicate);
            return false;
        }
        if at.is_none() && self.naming.reply.is_none() && !self.arbiter.is_unborn() {
            return true;
        }
        let at = at.unwrap_or_else(|| self.begin_call(tool, out));
        if let Some(call) = self.executed.open.get_mut(at) {
            call.exchange(tool);
        }
        let partial = matches!(tool.phase, RemotePhase::Result { partial: true, .. });
        if matches!(tool.phase, RemotePhase::Result { .. }) && !partial {
            self.executed.give(at);
        }
        true
    }

    /// What the model writes is part of its item; what the agent does is not.
    fn begin_call(&mut self, tool: &RemoteTool<'_>, out: &mut Out<'_>) -> usize {
        let writes = matches!(
            tool.phase,
            RemotePhase::Started | RemotePhase::Arguments { .. }
        );
        let (response, item) = if writes {
            let (response, item) = self.content_of(out);
            (response, Some(item))
        } else {
            (self.reply_under_way(out), None)
        };
        if self.executed.open.len() == OPEN {
            out.push(super::limit("open_calls", None));
            out.push(self.executed.open.remove(0).failed());
        }
        self.executed.open.push(Call {
            id: None,
            name: None,
            response,
            item,
            index: tool.ids.content_index,
        });
        self.executed.open.len() - 1
    }

    /// The id of the call at this place of the item under way.
    pub(super) fn call_at(&self, index: Option<u32>) -> Option<Arc<str>> {
        let at = self.executed.find(None, self.naming.item(), index)?;
        self.executed.open.get(at)?.id.clone()
    }

    /// The reply of these calls is over, or void.
    pub(super) fn executed_over(&mut self, response: Option<&str>, out: &mut Out<'_>) {
        let calls = response.zip(self.executed.existing_mut());
        calls
            .into_iter()
            .flat_map(|(response, calls)| calls.end(response))
            .for_each(|call| out.push(call.failed()));
    }
}

impl Call {
    /// Learns from a word of it, and completes it.
    fn exchange(&mut self, tool: &mut RemoteTool<'_>) {
        let told = |text: &str| Arc::<str>::from(text);
        self.id = self.id.take().or_else(|| tool.call_id.as_deref().map(told));
        self.name = self.name.take().or_else(|| tool.name.as_deref().map(told));
        tool.call_id = tool
            .call_id
            .take()
            .or_else(|| self.id.clone().map(Id::shared));
        let name = || self.name.as_deref().map(|name| Cow::Owned(name.into()));
        tool.name = tool.name.take().or_else(name);
        tool.ids.response_id = Some(Id::shared(Arc::clone(&self.response)));
        tool.ids.item_id = self.item.clone().map(Id::shared);
    }
}

#[cfg(test)]
mod tests;
