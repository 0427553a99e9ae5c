//! Events about what a conversation and a reply consist of: items, text, media.

use super::{Epoch, Ids, Previous, Str, Validity, serial};
use crate::{codec, error::AudioError, id::Id};
use alloc::{boxed::Box, vec::Vec};
use core::time::Duration;
use serde::{Serialize, Serializer};

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

/// What a text of the reply is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Lane {
    /// To be read: the text output itself.
    Display,
    /// What the audio says: its transcript.
    Spoken,
    /// What the model thinks; not part of the answer.
    Thought,
}

/// An increment of a text of the reply.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TextDelta<'f> {
    /// The response, item and part that the text belongs to.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// What the text is for.
    pub lane: Lane,
    /// The increment: append it to what came before in this part and lane.
    pub delta: Str<'f>,
    /// When it is spoken, from the start of the audio; only where the wire says so.
    #[serde(
        rename = "start_ms",
        serialize_with = "serial::some_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub start: Option<Duration>,
}

/// The end of a text of the reply.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TextDone<'f> {
    /// The response, item and part that the text belongs to.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// What the text is for.
    pub lane: Lane,
    /// The whole text: it replaces what the deltas added up to.
    pub text: Str<'f>,
    /// What no delta has said: append it to the deltas to have all of `text`.
    pub suffix: Str<'f>,
    /// The item that this one follows, where the wire says so (xAI).
    #[serde(skip_serializing_if = "Previous::is_unknown")]
    pub previous: Previous<'f>,
    /// How it ended.
    pub status: TextStatus,
}

/// How a text ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TextStatus {
    /// It is whole.
    Final,
    /// The reply was cut, and the text with it.
    Interrupted,
    /// The reply or the connection ended without the end of the text.
    Abandoned,
}

/// The end of the audio of one part.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AudioDone<'f> {
    /// The response, item and part that the audio belongs to.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// The epoch it was generated in.
    pub epoch: Epoch,
}

/// A piece of the reply's video, still encoded.
///
/// In JSON, `bytes` is [`decoded_len`](Self::decoded_len).
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct VideoDelta<'f> {
    /// The response and item that the video belongs to.
    pub ids: Ids<'f>,
    /// The epoch it was generated in.
    ///
    /// Show it only if no [`FlushPlayback`](super::FlushPlayback) named a later one.
    pub epoch: Epoch,
    /// The MIME type or the codec, as sent.
    pub mime: Str<'f>,
    /// Base64, the JSON escapes undone.
    pub payload: Str<'f>,
}

impl VideoDelta<'_> {
    /// How many bytes it decodes to: exact, padded or not, and known without decoding.
    #[must_use]
    pub fn decoded_len(&self) -> usize {
        codec::decoded_len(&self.payload)
    }

    /// Replaces the contents of `bytes` and returns how many there are.
    ///
    /// # Errors
    /// Fails if the payload is not base64, with the offset of the first byte that is wrong;
    /// `bytes` is then empty.
    pub fn decode_into(&self, bytes: &mut Vec<u8>) -> Result<usize, AudioError> {
        codec::decode_into(&self.payload, bytes)
    }
}

impl Serialize for VideoDelta<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Flat<'a> {
            #[serde(flatten)]
            ids: &'a Ids<'a>,
            epoch: Epoch,
            mime: &'a str,
            bytes: usize,
            payload: &'a str,
        }
        let Self {
            ids,
            epoch,
            mime,
            payload,
        } = self;
        let (epoch, bytes) = (*epoch, self.decoded_len());
        Flat {
            ids,
            epoch,
            mime,
            bytes,
            payload,
        }
        .serialize(serializer)
    }
}

/// Something of a moment of the reply that is neither text nor media.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Timed<'f> {
    /// The response, item and part that it belongs to.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// What it is, by its name on the wire.
    pub kind: Str<'f>,
    /// When, from the start of the item's audio; absent where it has no time.
    #[serde(
        rename = "at_ms",
        serialize_with = "serial::some_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub at: Option<Duration>,
    /// The whole of it, as JSON.
    pub raw: Str<'f>,
}

/// An item of the reply was cut to what the user heard.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Truncated<'f> {
    /// The item and part that were cut.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// What is left of its audio.
    #[serde(rename = "heard_ms", serialize_with = "serial::millis")]
    pub heard: Duration,
    /// How much of its audio had been received; absent with `Media::Remote`.
    #[serde(
        rename = "received_ms",
        serialize_with = "serial::some_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub received: Option<Duration>,
    /// The text that was heard, where the server tells it (xAI, Azure).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heard_text: Option<Str<'f>>,
    /// Whether the server said so; false while this session has only asked for it.
    pub confirmed: bool,
}
