//! Events about the session itself.

use super::{Previous, Str, serial};
use crate::{audio::AudioFormat, id::Id, time::Time};
use alloc::vec::Vec;
use core::time::Duration;
use serde::Serialize;

/// The session is ready: what the server tells of it.
#[derive(Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Ready<'f> {
    /// The server's id of the session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<Id<'f>>,
    /// The model that answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<Str<'f>>,
    /// The voice that speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<Str<'f>>,
    /// When the session ends, in Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<u64>,
    /// The format of the audio that the server takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_format: Option<AudioFormat>,
    /// The format of the audio that the server sends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_format: Option<AudioFormat>,
    /// The version of the protocol (agent RPC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol_version: Option<Str<'f>>,
    /// The session as JSON text, as it came; the whole frame where that is not apart.
    pub raw: Str<'f>,
}

/// The settings changed; what is in force now is `Session::effective_config`.
#[derive(Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SessionUpdated<'f> {
    /// The session as JSON text, as it came.
    pub raw: Str<'f>,
    /// The settings that were asked for and are not in force, by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mismatches: Vec<Str<'f>>,
}

/// The server named the conversation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ConversationCreated<'f> {
    /// Its id: what a later session resumes by, where the dialect can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<Id<'f>>,
    /// The item that the next one follows, where the wire says so (xAI).
    #[serde(skip_serializing_if = "Previous::is_unknown")]
    pub previous: Previous<'f>,
}

/// By what a later session can resume this one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Resumption<'f> {
    /// What to put into `Config::resume`; keep the last one that was resumable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<Str<'f>>,
    /// Whether the session could be resumed from this point.
    pub resumable: bool,
    /// The index of the last client frame that this point includes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_consumed: Option<u64>,
}

/// The connection will end soon.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GoingAway {
    /// How long it still lasts; absent where that is not known.
    #[serde(
        rename = "time_left_ms",
        serialize_with = "serial::some_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub time_left: Option<Duration>,
    /// Who says so.
    pub cause: GoingAwayCause,
    /// How to go on.
    pub plan: Plan,
}

/// Who says that the connection will end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GoingAwayCause {
    /// The server announced it.
    Server,
    /// The session comes to its greatest age.
    Expiry,
}

/// How to go on after the end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Plan {
    /// Connect again; the server still has the conversation.
    Resume,
    /// Connect again; the conversation is told to the server anew.
    Replay,
    /// Connect again and begin anew.
    Fresh,
    /// Do not connect again before something else has changed.
    Never,
}

/// Something did not come in time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Stalled {
    /// What did not come.
    pub waiting_for: WaitingFor,
    /// Since when it is waited for, on the caller's clock.
    #[serde(rename = "since_ms", serialize_with = "serial::instant")]
    pub since: Time,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WaitingFor {
    /// The session's readiness.
    Readiness,
    /// The response to a turn or a command.
    Response,
    /// The response after the outputs of tool calls.
    Continuation,
    /// Any sign of life.
    AnyFrame,
    /// The transcript of a turn.
    Transcript,
}

/// The session ended; the last event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Closed<'f> {
    /// The close code of the transport, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<u16>,
    /// What the peer or the transport said; may be empty.
    pub reason: Str<'f>,
    /// Why, in neutral words.
    pub class: CloseClass,
    /// How to go on.
    pub plan: Plan,
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CloseClass {
    /// You asked for it.
    Requested,
    /// It reached its greatest age.
    Expired,
    /// The transport broke.
    Lost,
    /// The server refused what it was sent.
    Rejected,
    /// The credentials are not valid.
    Auth,
    /// The account has nothing left.
    Quota,
    /// The server failed.
    ServerFault,
    /// The server had nothing more to do.
    Finished,
}
