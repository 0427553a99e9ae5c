//! Events about the items that a conversation consists of.

use super::{Ids, Previous, Str, Validity, serial};
use crate::id::Id;
use alloc::{boxed::Box, vec::Vec};
use serde::Serialize;

/// An item of the conversation: a message, a call, its output, and the like.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Item<'f> {
    /// Where it belongs; `item_id` is the item's own.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// The item that it follows.
    #[serde(skip_serializing_if = "Previous::is_unknown")]
    pub previous: Previous<'f>,
    /// What it is.
    pub kind: ItemKind,
    /// Whose message it is; absent for what is no message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// How complete it is, as sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Whether it came live or from an earlier connection.
    pub origin: Origin,
    /// The call that it is, or that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_id: Option<Id<'f>>,
    /// The name of the function or tool that it calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Str<'f>>,
    /// Its parts, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<Content<'f>>,
    /// The item as JSON text, as it came.
    pub raw: Str<'f>,
}

/// What an item is: the `type` of the wire's item.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ItemKind {
    /// A message of the user, the model, or the system.
    Message,
    /// A call that is yours to answer.
    FunctionCall,
    /// Your answer to a call.
    FunctionCallOutput,
    /// The tools that an MCP server offers.
    McpListTools,
    /// A call that the provider makes to an MCP server.
    McpCall,
    /// A request to approve such a call.
    McpApprovalRequest,
    /// The answer to such a request.
    McpApprovalResponse,
    /// Any other, by its name on the wire.
    Other(Box<str>),
}

/// Whose message an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// The user's.
    User,
    /// The model's.
    Assistant,
    /// The system's.
    System,
    /// The developer's.
    Developer,
    /// Any other, by its name on the wire.
    Other(Box<str>),
}

/// How complete an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// More is to come.
    InProgress,
    /// All there.
    Completed,
    /// It ended early and stays as it is.
    Incomplete,
    /// Any other, by its name on the wire.
    Other(Box<str>),
}

serial::names! {
    ItemKind {
        Message => "message",
        FunctionCall => "function_call",
        FunctionCallOutput => "function_call_output",
        McpListTools => "mcp_list_tools",
        McpCall => "mcp_call",
        McpApprovalRequest => "mcp_approval_request",
        McpApprovalResponse => "mcp_approval_response",
    }
    Role {
        User => "user",
        Assistant => "assistant",
        System => "system",
        Developer => "developer",
    }
    Status {
        InProgress => "in_progress",
        Completed => "completed",
        Incomplete => "incomplete",
    }
}

/// Which stream of the wire an item came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Origin {
    /// The conversation's own events.
    #[default]
    Conversation,
    /// The output of a response.
    Response,
    /// The replay of an earlier connection, which a resumed session begins with.
    Replay,
}

/// One part of an item.
#[derive(Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Content<'f> {
    /// `input_text`, `output_text`, `text`.
    Text {
        /// The text.
        text: Str<'f>,
    },
    /// `input_audio`, `output_audio`, `audio`.
    Audio {
        /// What is said in it, once that is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        transcript: Option<Str<'f>>,
        /// The audio as base64; only where the item was retrieved.
        #[serde(skip_serializing_if = "Option::is_none")]
        audio: Option<Str<'f>>,
        /// The format, by its name on the wire.
        #[serde(skip_serializing_if = "Option::is_none")]
        format: Option<Str<'f>>,
    },
    /// `input_image`.
    Image {
        /// Where the picture is, or a `data:` URL that holds it.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<Str<'f>>,
        /// How closely the model looks at it.
        #[serde(skip_serializing_if = "Option::is_none")]
        detail: Option<Str<'f>>,
    },
    /// The arguments of a call, as the raw text.
    Arguments {
        /// JSON text, if the model wrote what it should.
        text: Str<'f>,
        /// Whether it did.
        validity: Validity,
    },
    /// The output of a call, as the raw text.
    Output {
        /// Any text; often JSON.
        text: Str<'f>,
    },
    /// The fault of a call that the provider executed.
    Fault {
        /// The fault, as JSON.
        raw: Str<'f>,
    },
    /// The tools that a provider listed, as JSON.
    Tools {
        /// The list, as JSON.
        raw: Str<'f>,
    },
    /// The MCP server that a call or a listing belongs to.
    Server {
        /// Its label.
        label: Str<'f>,
    },
    /// The answer to an approval request.
    Approval {
        /// The request that it answers.
        #[serde(skip_serializing_if = "Option::is_none")]
        approval_id: Option<Id<'f>>,
        /// Whether the call may be made.
        #[serde(skip_serializing_if = "Option::is_none")]
        approve: Option<bool>,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Str<'f>>,
    },
    /// Any other part, as JSON.
    Other {
        /// Its name on the wire.
        #[serde(skip_serializing_if = "Option::is_none")]
        kind: Option<Str<'f>>,
        /// The part, as JSON.
        raw: Str<'f>,
    },
}

/// An item left the conversation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ItemDeleted<'f> {
    /// Which one; absent where the wire does not say (xAI).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_id: Option<Id<'f>>,
}
