//! Events about tool calls: yours to answer, and others'.

use super::{Ids, Str};
use crate::id::Id;
use alloc::vec::Vec;
use serde::Serialize;

/// The model began a call that will be yours to answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ToolCallStarted<'f> {
    /// The response and item that the call belongs to.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// The call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_id: Option<Id<'f>>,
    /// The function, where it is known by now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Str<'f>>,
}

/// An increment of the arguments of a call.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ToolArgumentsDelta<'f> {
    /// The response and item that the call belongs to.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// The call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_id: Option<Id<'f>>,
    /// A fragment of JSON text, or of the value at `path`.
    pub delta: Str<'f>,
    /// The place in the arguments, as a JSON path.
    ///
    /// Only where the wire sends values one by one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Str<'f>>,
}

/// A call that is yours to answer, exactly once, with `Command::tool_output`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ToolCall<'f> {
    /// The call: what the answer names.
    pub call_id: Id<'f>,
    /// The function to run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Str<'f>>,
    /// The whole arguments, as the model wrote them.
    pub arguments: Str<'f>,
    /// Whether they are a JSON object, as they should be.
    pub validity: Validity,
    /// The response and item that the call belongs to.
    #[serde(flatten)]
    pub ids: Ids<'f>,
}

/// What the arguments of a call are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Validity {
    /// One JSON object.
    Object,
    /// Nothing, or white space: a function without parameters.
    Empty,
    /// JSON, but no object.
    NotObject,
    /// No JSON.
    Malformed,
}

/// Calls need no answer any more; an output that is sent all the same is dropped.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ToolCallCancelled<'f> {
    /// The calls; each was delivered as [`ToolCall`] before.
    pub call_ids: Vec<Id<'f>>,
    /// Why.
    pub reason: CallCancelled,
}

/// Why a call needs no answer any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CallCancelled {
    /// The server withdrew it.
    Server,
    /// The reply that made it was cut.
    Interrupted,
    /// The reply that made it failed.
    Failed,
    /// The session ended.
    Closed,
}

/// A call that somebody else executes; never yours to answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RemoteTool<'f> {
    /// The call; absent for the listing of tools, which is no call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_id: Option<Id<'f>>,
    /// The tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Str<'f>>,
    /// Who executes it.
    pub executor: Executor,
    /// How far it is.
    pub phase: RemotePhase<'f>,
    /// The response and item that the call belongs to.
    #[serde(flatten)]
    pub ids: Ids<'f>,
}

/// Who executes a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Executor {
    /// The provider of the model.
    Provider,
    /// The agent at the other end of an RPC connection.
    Agent,
}

/// How far a call is that somebody else executes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum RemotePhase<'f> {
    /// The model began it.
    Started,
    /// The model wrote more of its arguments.
    Arguments {
        /// What no earlier event has said of them.
        text: Str<'f>,
    },
    /// It is being executed.
    Running,
    /// It gave something.
    Result {
        /// The output, as text; empty where the wire says only that it ended.
        output: Str<'f>,
        /// Whether the tool reports a fault by it.
        is_error: bool,
        /// Whether more is to come; the next result replaces this one.
        partial: bool,
    },
    /// It was not executed, or not to its end.
    Failed,
}

/// The provider asks whether it may execute a call: answer with `Command::Approve`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ApprovalRequested<'f> {
    /// The request: what the answer names.
    pub approval_id: Id<'f>,
    /// The tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Str<'f>>,
    /// The whole arguments, as the model wrote them.
    pub arguments: Str<'f>,
    /// The label of the MCP server that offers the tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_label: Option<Str<'f>>,
    /// The response and item that the request belongs to.
    #[serde(flatten)]
    pub ids: Ids<'f>,
}
