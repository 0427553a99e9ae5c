//! Events about the user: speech, turns, input transcripts.

use super::{Fault, Previous, Str, serial};
use crate::{id::Id, usage::Usage};
use alloc::{boxed::Box, vec::Vec};
use core::time::Duration;
use serde::Serialize;

/// The server heard the user begin or stop speaking.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Speech<'f> {
    /// The item that the speech will be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_id: Option<Id<'f>>,
    /// When, in the audio that the session was sent; not by the caller's clock.
    #[serde(
        rename = "at_ms",
        serialize_with = "serial::some_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub at: Option<Duration>,
}

/// A turn of the user: what is said or typed until it is committed or discarded.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UserTurn<'f> {
    /// How the turn came about.
    pub origin: TurnOrigin,
    /// The item that the turn is, once it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_id: Option<Id<'f>>,
    /// The item that it follows.
    #[serde(skip_serializing_if = "Previous::is_unknown")]
    pub previous: Previous<'f>,
}

/// How a turn of the user came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TurnOrigin {
    /// The server heard speech.
    Speech,
    /// A text was sent.
    Text,
    /// A command of yours marked it.
    Explicit,
    /// Another client of the same session.
    External,
}

/// Something about the input that is neither speech nor a turn.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum InputNotice<'f> {
    /// The audio that was not committed yet is thrown away.
    Cleared,
    /// The user has said nothing for as long as the settings allow.
    Timeout {
        /// The item that the silence will be.
        #[serde(skip_serializing_if = "Option::is_none")]
        item_id: Option<Id<'f>>,
        /// When the silence began, in the audio that the session was sent.
        #[serde(
            rename = "start_ms",
            serialize_with = "serial::some_millis",
            skip_serializing_if = "Option::is_none"
        )]
        start: Option<Duration>,
        /// When it had lasted too long.
        #[serde(
            rename = "end_ms",
            serialize_with = "serial::some_millis",
            skip_serializing_if = "Option::is_none"
        )]
        end: Option<Duration>,
    },
    /// A key of the telephone was pressed.
    Dtmf {
        /// `0` to `9`, `*`, `#`, `A` to `D`.
        digit: Str<'f>,
        /// When, in Unix seconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        received_at: Option<u64>,
    },
    /// Audio that was appended is thrown away, because it was not polled in time.
    AudioDropped {
        /// How much of it.
        #[serde(rename = "duration_ms", serialize_with = "serial::millis")]
        duration: Duration,
    },
}

/// What the user said, as text; comes in its own time, often after the reply began.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InputTranscript<'f> {
    /// The item that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_id: Option<Id<'f>>,
    /// The part of the item, from 0.
    pub content_index: u32,
    /// The item that this one follows, where the wire says so (xAI).
    #[serde(skip_serializing_if = "Previous::is_unknown")]
    pub previous: Previous<'f>,
    /// What is new about it.
    pub update: TranscriptUpdate<'f>,
    /// When it was said, in the audio that the session was sent, where known.
    #[serde(
        rename = "at_ms",
        serialize_with = "serial::some_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub at: Option<Duration>,
}

/// What is new about a transcript.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum TranscriptUpdate<'f> {
    /// More of it.
    Delta {
        /// Append it to what came before.
        text: Str<'f>,
    },
    /// All of it up to now; may take back what an earlier one said.
    Snapshot {
        /// It replaces what came before.
        text: Str<'f>,
    },
    /// All of it, for good.
    Final {
        /// It replaces what came before; may be empty.
        text: Str<'f>,
        /// The status that the server gives it (xAI).
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<Str<'f>>,
        /// The languages that were heard.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        languages: Vec<Str<'f>>,
        /// What the transcription consumed; billed apart from the responses.
        #[serde(skip_serializing_if = "Option::is_none")]
        usage: Option<Box<Usage>>,
    },
    /// There will be no transcript.
    Failed {
        /// Why; absent where the turn or the session ended first.
        #[serde(skip_serializing_if = "Option::is_none")]
        fault: Option<Box<Fault<'f>>>,
        /// What had been understood until then.
        #[serde(skip_serializing_if = "Option::is_none")]
        partial: Option<Str<'f>>,
    },
    /// What one speaker said.
    Segment(Box<Segment<'f>>),
}

/// A piece of a transcript that one speaker said.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Segment<'f> {
    /// The segment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<'f>>,
    /// The speaker, by a label that the server chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Str<'f>>,
    /// When it begins, from the start of the item's audio.
    #[serde(
        rename = "start_ms",
        serialize_with = "serial::some_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub start: Option<Duration>,
    /// When it ends, from the start of the item's audio.
    #[serde(
        rename = "end_ms",
        serialize_with = "serial::some_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub end: Option<Duration>,
    /// What was said.
    pub text: Str<'f>,
}
