//! Calls that the provider executes itself: told of, and never yours to answer.
//!
//! ```text
//!            an item, or arguments, of a function of its own
//!  unknown ─────────────────────────────────────────────────► provided
//!    │  an item of the conversation           its first word     ▲  more arguments ──► told
//!    └────────────────────────────► noted ───────────────────────┘  its item done ───► running
//!                                   (its name)                      its output ──────► the result
//! ```
//! What is provided is so for good. What an earlier connection told begins nothing. A call without a
//! name is yours, unless an item has told what it is called.

use super::{Ended, Out, State};
use crate::{
    config::Tool,
    delta::Delta,
    event::{
        Content, Event, Executor, Item, ItemKind, Origin, RemotePhase, RemoteTool, Status, ToolCall,
    },
    heap::Heap,
    id::Id,
    rare::Rare,
};
use alloc::{borrow::Cow, boxed::Box, collections::VecDeque, string::String, sync::Arc};

/// Calls have no index within their id.
const CALL: u32 = 0;

/// The calls that the provider executes, and what calls are called.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Remote {
    calls: Ended,
    /// The names of calls that an item of the conversation told, oldest out.
    names: Rare<VecDeque<(Arc<str>, Arc<str>)>>,
    limit: usize,
}

impl Remote {
    pub(super) fn new(calls: usize, tombstones: usize) -> Self {
        Self {
            calls: Ended::new(tombstones),
            names: Rare::blank(),
            limit: calls.max(1),
        }
    }

    /// Notes a call; true the first time.
    fn begin(&mut self, call_id: &Id<'_>) -> bool {
        let first = !self.has(call_id);
        if first {
            self.calls.add(call_id.to_shared(), CALL);
        }
        first
    }

    fn has(&self, call_id: &str) -> bool {
        self.calls.has(call_id, CALL)
    }

    /// Notes what the call of an item is called, whoever executes it.
    pub(super) fn note(&mut self, item: &Item<'_>) {
        let (Some(id), Some(name)) = (&item.call_id, &item.name) else {
            return;
        };
        if self.noted(id).is_some() {
            return;
        }
        if self.names.len() == self.limit {
            self.names.pop_front();
        }
        self.names.push_back((id.to_shared(), Arc::from(&**name)));
    }

    /// What a call is called, if an item told it.
    pub(super) fn name<'f>(&self, call_id: &str) -> Option<Cow<'f, str>> {
        let noted = self.noted(call_id);
        noted.map(|name| Cow::Owned(String::from(name)))
    }

    fn noted(&self, call_id: &str) -> Option<&str> {
        let noted = self.names.iter().find(|(id, _)| **id == *call_id);
        noted.map(|(_, name)| &**name)
    }

    pub(super) fn memory(&self) -> usize {
        self.calls.memory() + self.names.heap()
    }
}

impl State {
    /// Whether the provider executes a call: one that is known for it, or of a function that is
    /// its own, or that nobody declared.
    pub(super) fn is_remote(&self, call_id: &str, name: Option<&str>) -> bool {
        self.remote.has(call_id) || name.is_some_and(|name| self.provides(name))
    }

    fn provides(&self, name: &str) -> bool {
        let own = &self.capabilities.provider_functions;
        let mut declared = self.tools().filter_map(|tool| match tool {
            Tool::Function { name, .. } => Some(name),
            _ => None,
        });
        let stranger = declared
            .next()
            .is_some_and(|first| first != name && !declared.any(|each| each == name));
        !own.is_empty() && (stranger || own.iter().any(|each| each == name))
    }

    pub(super) fn is_remote_delta(&self, delta: &Delta, frame: &str) -> bool {
        let call = delta.call_id(frame);
        call.is_some_and(|call| self.is_remote(&call, self.remote.noted(&call)))
    }

    /// Takes the item of a call that is the provider's; false if it is yours.
    pub(super) fn begin_remote<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) -> bool {
        let Some(id) = item.call_id.as_ref().or(item.ids.item_id.as_ref()) else {
            return false;
        };
        if !self.is_remote(id, item.name.as_deref()) {
            return false;
        }
        if self.remote.begin(id) {
            out.push(remote(item, RemotePhase::Started));
        }
        true
    }

    /// The arguments of a call that is the provider's.
    pub(super) fn remote_arguments<'f>(&mut self, call: ToolCall<'f>, out: &mut Out<'f>) {
        let ToolCall {
            call_id,
            name,
            arguments,
            ids,
            ..
        } = call;
        self.remote.begin(&call_id);
        let tool = RemoteTool {
            call_id: Some(call_id),
            name,
            executor: Executor::Provider,
            phase: RemotePhase::Arguments { text: arguments },
            ids,
        };
        self.remote_tool(Box::new(tool), out);
    }

    /// The call is whole: what of its arguments was not told yet is told now.
    pub(super) fn remote_item_done<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) {
        let arguments = item.content.iter().find_map(|part| match part {
            Content::Arguments { text, .. } => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = arguments {
            let phase = RemotePhase::Arguments { text };
            if let Event::RemoteTool(tool) = remote(item, phase) {
                self.remote_tool(tool, out);
            }
        }
    }

    /// An item that appears may be a call of the provider's, or what came of one.
    pub(super) fn remote_added<'f>(&mut self, item: &Item<'f>, out: &mut Out<'f>) {
        if item.origin == Origin::Replay {
            return;
        }
        let answered = |id: &str| self.remote.has(id);
        match item.kind {
            ItemKind::McpCall => out.push(remote(item, RemotePhase::Started)),
            ItemKind::FunctionCallOutput if item.call_id.as_deref().is_some_and(answered) => {
                out.push(remote(item, result(item)));
            }
            _ => {}
        }
    }

    /// An item that is done may be a call of the provider's: with its result, or without.
    pub(super) fn remote_done<'f>(&self, item: &Item<'f>, out: &mut Out<'f>) {
        if item.origin == Origin::Replay {
            return;
        }
        let running = |id: &str| self.remote.has(id);
        match item.kind {
            ItemKind::McpCall => out.push(remote(item, outcome(item))),
            ItemKind::FunctionCall if item.call_id.as_deref().is_some_and(running) => {
                out.push(remote(item, RemotePhase::Running));
            }
            _ => {}
        }
    }
}

fn remote<'f>(item: &Item<'f>, phase: RemotePhase<'f>) -> Event<'f> {
    Event::RemoteTool(Box::new(RemoteTool {
        call_id: item.call_id.clone().or_else(|| item.ids.item_id.clone()),
        name: item.name.clone(),
        executor: Executor::Provider,
        phase,
        ids: item.ids.clone(),
    }))
}

/// A call that was cut gave nothing, unless it says what.
fn outcome<'f>(item: &Item<'f>) -> RemotePhase<'f> {
    let said = |part: &Content<'_>| matches!(part, Content::Output { .. } | Content::Fault { .. });
    if item.status == Some(Status::Incomplete) && !item.content.iter().any(said) {
        RemotePhase::Failed
    } else {
        result(item)
    }
}

/// What the provider's call gave, or why it gave nothing.
fn result<'f>(item: &Item<'f>) -> RemotePhase<'f> {
    let fault = item.content.iter().find_map(|part| match part {
        Content::Fault { raw } => Some(raw.clone()),
        _ => None,
    });
    let output = item.content.iter().find_map(|part| match part {
        Content::Output { text } => Some(text.clone()),
        _ => None,
    });
    let is_error = fault.is_some();
    RemotePhase::Result {
        output: fault.or(output).unwrap_or_default(),
        is_error,
        partial: false,
    }
}

#[cfg(test)]
mod tests;
