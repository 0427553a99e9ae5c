//! Policy and limits.

use super::wire::millis;
use crate::rare::Blank;
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// What a session does of its own accord.
///
/// ```
/// use realtime_proto::{BargeIn, Policy};
///
/// let mut policy = Policy::default();
/// policy.barge_in = BargeIn::Manual;
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent choices, each with its default"
)]
#[non_exhaustive]
pub struct Policy {
    /// When the user's speech interrupts a reply. Default: [`BargeIn::OnSpeech`].
    pub barge_in: BargeIn,
    /// What happens to an item of which nothing was heard. Default: [`Unheard::Delete`].
    pub unheard: Unheard,
    /// Whether playback is assumed to run in real time while nothing is reported. Default: `true`.
    ///
    /// It needs the time to be told. Without it, and without reports, what was heard is unknown,
    /// and unknown never truncates.
    pub estimate_playback: bool,
    /// Whether a reply is asked for once the calls of a response are answered. Default: `true`.
    ///
    /// It changes nothing where the server continues by itself.
    pub continue_after_tools: bool,
    /// Whether every response that is asked for carries a metadata token. Default: `false`.
    ///
    /// Without it, only those do that could not be told from others otherwise.
    pub tag_responses: bool,
    /// Whether the session only follows what others do. Default: `false`.
    ///
    /// A passive session originates no frame and tracks everything: for proxies and recorders.
    pub passive: bool,
}

impl Policy {
    /// Returns the policy of a session that originates nothing and tracks everything.
    #[must_use]
    pub fn passive() -> Self {
        Self {
            passive: true,
            ..Self::default()
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            barge_in: BargeIn::OnSpeech,
            unheard: Unheard::Delete,
            estimate_playback: true,
            continue_after_tools: true,
            tag_responses: false,
            passive: false,
        }
    }
}

/// When the user's speech interrupts a reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BargeIn {
    /// As soon as speech starts.
    #[default]
    OnSpeech,
    /// When the user's turn is committed; a cough interrupts nothing.
    OnCommit,
    /// Only by [`Command::Interrupt`](crate::command::Command::Interrupt), or by the server.
    Manual,
}

/// What happens to an item that was received, but of which nothing was heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unheard {
    /// It is deleted once its response has ended: the model forgets it.
    #[default]
    Delete,
    /// It is truncated to 0 ms, which some servers refuse.
    Truncate,
    /// It stays: the model believes that it was heard.
    Skip,
}

/// How much a session accepts and keeps. What exceeds a limit is reported by an event.
///
/// The defaults suit one voice conversation on a server; firmware lowers them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Limits {
    /// The longest frame that is read, in bytes. Default: 16 MiB.
    ///
    /// Servers send retrieved audio and echoed settings in one frame, up to about this size.
    pub frame_bytes: usize,
    /// The deepest JSON nesting that is read, in levels. Default: 64.
    ///
    /// The protocols use about ten; the rest is for JSON Schemas inside echoed tools.
    pub nesting: usize,
    /// Bytes of frames that may wait in `poll_transmit`. Default: 4 MiB.
    ///
    /// More than a minute of 24 kHz audio as base64. A small reserve on top of it is the
    /// session's own.
    pub outbox_bytes: usize,
    /// Audio that is held before the session is ready; the oldest is dropped. Default: 10 s.
    #[serde(rename = "held_audio_ms", with = "millis")]
    pub held_audio: Duration,
    /// Conversation items that are tracked; the oldest are evicted. Default: 10 000.
    ///
    /// An hour of quick talk makes a few hundred.
    pub items: usize,
    /// What is kept of the conversation. Default: 256 KiB of text.
    pub conversation: Retain,
    /// Tool calls that may wait for their outputs at once. Default: 64.
    pub open_calls: usize,
    /// Commands that may wait for their settlement at once. Default: 256.
    ///
    /// The session's own do not count. As many requests go on to the next connection.
    pub pending_commands: usize,
    /// Events that may wait for the next `receive` or `poll_event`. Default: 1 024.
    ///
    /// Commands are refused beyond it, and `reconnect` gives up what connections before the last
    /// one left.
    pub queued_events: usize,
    /// Ended responses and calls that are remembered, to recognise late frames. Default: 64.
    pub tombstones: usize,
    /// How long the server may take to become ready. Default: 15 s.
    #[serde(rename = "readiness_ms", with = "millis")]
    pub readiness: Duration,
    /// How long a server may owe something without a sign of life. Default: 30 s.
    ///
    /// Longer than the slowest first audio of a reasoning model. A stall is reported once; a
    /// request that nobody answered is dropped then, so that the next one may leave.
    #[serde(rename = "stall_ms", with = "millis")]
    pub stall: Duration,
}

impl Blank for Limits {
    const BLANK: &'static Self = &Self {
        frame_bytes: 16 << 20,
        nesting: 64,
        outbox_bytes: 4 << 20,
        held_audio: Duration::from_secs(10),
        items: 10_000,
        conversation: Retain::DEFAULT,
        open_calls: 64,
        pending_commands: 256,
        queued_events: 1_024,
        tombstones: 64,
        readiness: Duration::from_secs(15),
        stall: Duration::from_secs(30),
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::BLANK.clone()
    }
}

/// What is kept of the conversation. Media never is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Retain {
    /// Nothing.
    Off,
    /// Which items there are, their order and their states.
    Ids,
    /// The same, and the texts, the oldest evicted first.
    Text {
        /// The most that all texts may take together, in bytes.
        bytes: usize,
    },
}

impl Retain {
    const DEFAULT: Self = Self::Text { bytes: 256 << 10 };
}

impl Default for Retain {
    /// 256 KiB of text: the speech of a day.
    fn default() -> Self {
        Self::DEFAULT
    }
}
