//! Events about the model's reply: its start, its end, its interruption, its playback.

use super::{Fault, Str, serial};
use crate::{
    id::{CommandId, Id},
    usage::Usage,
};
use alloc::{string::String, vec::Vec};
use core::time::Duration;
use serde::{Deserialize, Serialize, Serializer};

/// Where an event belongs; each field is absent where the wire has none.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Ids<'f> {
    /// The server's id of the frame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<Id<'f>>,
    /// The response; made by the session in dialects that have no such id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_id: Option<Id<'f>>,
    /// The item; made by the session in dialects that have no such id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_id: Option<Id<'f>>,
    /// The place of the item in the response, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_index: Option<u32>,
    /// The place of the part in the item, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_index: Option<u32>,
}

/// What an item follows: `previous_item_id`.
///
/// Absent and `null` mean different things.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Previous<'f> {
    /// Absent on the wire: it says nothing about the place. Omitted in JSON.
    #[default]
    Unknown,
    /// `null` on the wire and in JSON: the item is the first.
    First,
    /// The item stands right after this one.
    After(Id<'f>),
}

impl Previous<'_> {
    /// Whether nothing is known about the place.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

impl Serialize for Previous<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unknown | Self::First => serializer.serialize_none(),
            Self::After(id) => id.serialize(serializer),
        }
    }
}

/// Counts barge-ins; media of an older epoch must not be played.
///
/// Starts at 0 and goes on across `Session::reconnect`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[expect(clippy::exhaustive_structs, reason = "the contract makes it one")]
pub struct Epoch(pub u32);

/// A reply began.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ResponseStarted<'f> {
    /// `response_id` is the response's own.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// The conversation that its output goes to.
    pub conversation: ConversationRef<'f>,
    /// Who asked for it.
    pub initiator: Initiator,
    /// What the request attached to it; without what the session added of its own.
    #[serde(
        serialize_with = "serial::object",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub metadata: Vec<(Str<'f>, Str<'f>)>,
}

/// The conversation that the output of a response goes to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConversationRef<'f> {
    /// The session's own.
    #[default]
    Default,
    /// None: the response runs beside the conversation.
    OutOfBand,
    /// The one of this id.
    #[serde(serialize_with = "serial::id")]
    Id(Id<'f>),
}

/// Who asked for a response.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Initiator {
    /// The server, because the user's turn ended or because it chose to.
    Server,
    /// A command of yours.
    #[serde(serialize_with = "serial::command")]
    Command(CommandId),
    /// This session, after the outputs of tool calls.
    Continuation,
}

/// A reply ended.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ResponseFinished<'f> {
    /// `response_id` is the response's own.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// How it ended.
    pub outcome: Outcome<'f>,
    /// What it consumed; absent where the server does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// Whether any audio of it was received.
    pub had_audio: bool,
    /// Whether any text of it was received, thoughts aside.
    pub had_text: bool,
    /// How many calls it made that are yours to answer.
    pub calls: u32,
    /// Whether it held nothing at all: no text, no media, no call.
    pub empty: bool,
    /// What the request attached to it; without what the session added of its own.
    #[serde(
        serialize_with = "serial::object",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub metadata: Vec<(Str<'f>, Str<'f>)>,
    /// The response as JSON text, as it came; absent where the end was derived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<Str<'f>>,
}

/// How a response ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome<'f> {
    /// The model was done.
    #[serde(serialize_with = "serial::reason")]
    Completed(Completion),
    /// The model was stopped before it was done.
    #[serde(serialize_with = "serial::reason")]
    Incomplete(Incompletion),
    /// Somebody cut it.
    #[serde(serialize_with = "serial::reason")]
    Cancelled(By),
    /// It went wrong.
    Failed(Fault<'f>),
    /// The connection ended first.
    Lost,
}

/// Why a completed response stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Completion {
    /// It said all it had to say.
    EndTurn,
    /// It waits for the outputs of its calls.
    ToolUse,
    /// It met a stop sequence.
    StopSequence,
    /// It needs more from the user.
    NeedsInput,
    /// Any other, as the server puts it.
    Other(String),
}

/// What stopped an incomplete response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Incompletion {
    /// The limit of output tokens.
    MaxTokens,
    /// A content filter.
    ContentFilter,
    /// Any other, as the server puts it.
    Other(String),
}

/// Who ended it, from the server's stated reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum By {
    /// The user spoke.
    UserSpeech,
    /// A command of this session.
    Client,
    /// Another client of the same session.
    OtherClient,
    /// Another response took its place.
    Superseded,
    /// Any other, as the server puts it.
    Other(String),
}

serial::names! {
    Completion {
        EndTurn => "end_turn",
        ToolUse => "tool_use",
        StopSequence => "stop_sequence",
        NeedsInput => "needs_input",
    }
    Incompletion {
        MaxTokens => "max_tokens",
        ContentFilter => "content_filter",
    }
    By {
        UserSpeech => "user_speech",
        Client => "client",
        OtherClient => "other_client",
        Superseded => "superseded",
    }
}

/// A reply was cut: a fact. What to do about it is [`FlushPlayback`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Interrupted<'f> {
    /// The reply that was cut, where it has an id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_id: Option<Id<'f>>,
    /// What cut it.
    pub cause: InterruptCause,
    /// How much of its audio the user heard; absent while that is unknown.
    #[serde(
        rename = "heard_ms",
        serialize_with = "serial::some_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub heard: Option<Duration>,
}

/// What cut a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InterruptCause {
    /// The user began to speak.
    Speech,
    /// The user's turn was committed.
    Commit,
    /// A command of yours.
    Command,
    /// The server said so.
    Server,
}

/// The one instruction: drop queued audio and video of every epoch before `epoch`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FlushPlayback {
    /// The epoch that begins; media of it may be played.
    pub epoch: Epoch,
}

/// The server's own playback buffer changed.
///
/// Only where audio does not pass through this session.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Playback<'f> {
    /// What happened to it.
    pub state: PlaybackState,
    /// The response that is played.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_id: Option<Id<'f>>,
    /// The epoch it belongs to.
    pub epoch: Epoch,
}

/// What happened to the server's playback buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlaybackState {
    /// Audio began to play.
    Started,
    /// All of it was played.
    Stopped,
    /// What was left of it was thrown away.
    Cleared,
}
