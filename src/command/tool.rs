//! Commands that answer the model's calls.

use super::Str;
use crate::config::wire::{is_false, is_true, yes};
use serde::{Deserialize, Serialize};

/// The output of a tool call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ToolOutput<'a> {
    /// The call that it answers, as `Event::ToolCall` named it.
    pub call_id: Str<'a>,
    /// What the tool gave: JSON or any text.
    pub output: Str<'a>,
    /// Whether the tool failed, and `output` says how. Default: `false`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_error: bool,
    /// Whether the model shall speak about it. Default: `true`.
    ///
    /// One output that wants a reply is enough: it comes once all calls of the response are
    /// answered.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub wants_reply: bool,
    /// When the model may speak about it, where the dialect can say. Default: the provider's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheduling: Option<Scheduling>,
    /// Whether more outputs of the same call follow, where the dialect can say. Default: `false`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub will_continue: bool,
}

impl<'a> ToolOutput<'a> {
    /// Returns the output of a tool that succeeded; it wants a reply.
    pub fn new(call_id: impl Into<Str<'a>>, output: impl Into<Str<'a>>) -> Self {
        Self {
            call_id: call_id.into(),
            output: output.into(),
            is_error: false,
            wants_reply: true,
            scheduling: None,
            will_continue: false,
        }
    }

    /// Returns what a tool that failed says about it; it wants a reply.
    pub fn error(call_id: impl Into<Str<'a>>, message: impl Into<Str<'a>>) -> Self {
        Self {
            is_error: true,
            ..Self::new(call_id, message)
        }
    }
}

/// When the model may speak about a tool's output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Scheduling {
    /// At once, interrupting itself: `INTERRUPT`.
    Interrupt,
    /// When it has finished what it is saying: `WHEN_IDLE`.
    WhenIdle,
    /// Not at all; it only knows it from now on: `SILENT`.
    Silent,
}

/// The answer to a request for approval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Approve<'a> {
    /// The request, as `Event::ApprovalRequested` named it.
    pub approval_id: Str<'a>,
    /// Whether the provider may execute the call.
    pub approve: bool,
    /// Why, in words for the model. Default: `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Str<'a>>,
}

impl<'a> Approve<'a> {
    /// Returns an answer without a reason.
    pub fn new(approval_id: impl Into<Str<'a>>, approve: bool) -> Self {
        Self {
            approval_id: approval_id.into(),
            approve,
            reason: None,
        }
    }
}
