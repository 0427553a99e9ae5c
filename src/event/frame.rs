//! Events about frames that came to nothing, and about what the session could not keep.

use super::Str;
use crate::id::Id;
use serde::Serialize;

/// The session keeps less than it was told, because a limit of `Limits` is reached.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LimitReached<'f> {
    /// The limit, by the name of its field in `Limits`; or what a session bounds by itself:
    /// `open_responses`, `open_parts`, `part_text`, `conversation_text`, `unheard_items`,
    /// `continuations`, or `own_commands`, its own frames that wait for an answer.
    pub limit: Str<'f>,
    /// The item that was given up for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_id: Option<Id<'f>>,
}

/// A frame was understood, and nothing else came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Suppressed<'f> {
    /// Its name on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Str<'f>>,
    /// Why nothing came of it.
    pub reason: SuppressedReason,
}

/// Why nothing came of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SuppressedReason {
    /// Media of a reply that was cut: it must not be played.
    StaleEpoch,
    /// The same frame, or the end of the same thing, came before.
    Duplicate,
    /// Another frame says the same.
    Redundant,
    /// It only confirms what was asked for.
    Acknowledgement,
    /// Words of a reply that has ended; they stand in the conversation.
    Late,
}

/// A message of the protocol that this version does not know.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Unknown<'f> {
    /// Its name on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Str<'f>>,
    /// The frame, as it came.
    pub raw: Str<'f>,
}

/// A frame that is not a message of the protocol; it changed nothing but counters.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Malformed<'f> {
    /// Its name on the wire, as far as that could be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Str<'f>>,
    /// What is wrong with it.
    pub fault: FrameFault,
    /// The frame, as it came; invalid UTF-8 as U+FFFD.
    pub raw: Str<'f>,
}

/// What is wrong with a frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum FrameFault {
    /// It is not JSON.
    NotJson {
        /// The byte where that shows.
        offset: usize,
    },
    /// It is JSON, but not one object.
    NotAnObject,
    /// It is not UTF-8.
    Utf8 {
        /// The byte where that shows.
        offset: usize,
    },
    /// It is longer than `Limits::frame_bytes`.
    TooLong {
        /// The limit, in bytes.
        limit: usize,
    },
    /// It is nested deeper than `Limits::nesting`.
    TooDeep {
        /// The limit, in levels.
        limit: usize,
    },
    /// A field that the message cannot do without is not there.
    Missing {
        /// Its name on the wire.
        field: &'static str,
    },
    /// Such a field is there, but of another type.
    Mistyped {
        /// Its name on the wire.
        field: &'static str,
    },
}
