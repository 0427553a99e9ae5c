//! Events about accounts and faults.

use super::{By, Str, serial};
use crate::{
    id::{CommandId, Id},
    usage::Usage,
};
use alloc::{boxed::Box, vec::Vec};
use core::time::Duration;
use serde::Serialize;

/// What became of a command; exactly one for each command that is no stream.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CommandSettled<'f> {
    /// The command, as `Session::send` named it.
    pub command: CommandId,
    /// What became of it.
    pub outcome: Settlement<'f>,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Settlement<'f> {
    /// The server did it.
    Accepted,
    /// It left, and the dialect acknowledges nothing.
    Sent,
    /// The server refused it, or is known to refuse it at this moment.
    Rejected(Fault<'f>),
    /// What it asked for was done by something else, or had lost its object.
    Superseded,
    /// It was thrown away before it left.
    #[serde(serialize_with = "serial::by")]
    Dropped(By),
    /// The session ended before an answer.
    Unknown,
}

/// What went wrong, in the words of the provider and in neutral ones.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Fault<'f> {
    /// Its class, in neutral words.
    pub class: Class,
    /// The provider's code, such as `session_expired`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Str<'f>>,
    /// The provider's type, such as `invalid_request_error`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Str<'f>>,
    /// What the provider says about it, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Str<'f>>,
    /// The field of the client's frame that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub param: Option<Str<'f>>,
}

/// What kind of fault it is, and so who can do something about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Class {
    /// A command that lost a race with the server; nothing is wrong.
    BenignRace,
    /// The server refused a command.
    Rejected,
    /// A response went wrong.
    ResponseFailed,
    /// Too much at once; later is better.
    Throttled,
    /// The conversation is too long for the model.
    ContextExhausted,
    /// The credentials are not valid.
    Auth,
    /// The account has nothing left.
    Quota,
    /// A policy forbids what was said.
    Policy,
    /// The model or the server cannot do it.
    Unsupported,
    /// The server does not speak the dialect that the session does.
    DialectRejected,
    /// The session reached its greatest age.
    Expired,
    /// The server failed.
    ServerFault,
    /// None of these, or not told.
    #[default]
    Unknown,
}

/// What a fault is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Scope<'f> {
    /// The whole session, or nothing that can be named.
    Session,
    /// A command of yours.
    #[serde(serialize_with = "serial::command")]
    Command(CommandId),
    /// A response.
    #[serde(serialize_with = "serial::response_id")]
    Response(Id<'f>),
    /// An item.
    #[serde(serialize_with = "serial::item_id")]
    Item(Id<'f>),
    /// A call.
    #[serde(serialize_with = "serial::call_id")]
    Call(Id<'f>),
}

/// Whether the same thing may be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Retry {
    /// Not as it is.
    Never,
    /// In this session.
    SameSession {
        /// After that long, where the server says so.
        #[serde(
            rename = "after_ms",
            serialize_with = "serial::some_millis",
            skip_serializing_if = "Option::is_none"
        )]
        after: Option<Duration>,
    },
    /// On another connection of the same conversation.
    Reconnect,
    /// In another session.
    FreshSession,
}

/// The server reports a problem. It never ends the session by itself.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ServerError<'f> {
    /// Its class, in neutral words.
    pub class: Class,
    /// What it is about.
    pub scope: Scope<'f>,
    /// The provider's code, such as `session_expired`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Str<'f>>,
    /// The provider's type, such as `invalid_request_error`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Str<'f>>,
    /// What the provider says about it, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Str<'f>>,
    /// The field of the client's frame that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub param: Option<Str<'f>>,
    /// The `event_id` of the client's frame that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_event_id: Option<Id<'f>>,
    /// Whether the session can go on.
    pub session_usable: bool,
    /// Whether the same thing may be tried again.
    pub retry: Retry,
    /// The frame, as it came.
    pub raw: Str<'f>,
}

/// Consumption that belongs to no response that will end.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UsageReport<'f> {
    /// What consumed it.
    pub scope: UsageScope<'f>,
    /// How much.
    pub usage: Usage,
    /// Whether it is to be added or replaces what came before.
    pub kind: UsageKind,
}

impl<'f> UsageReport<'f> {
    /// What is to be added.
    pub(crate) fn delta(scope: UsageScope<'f>, usage: Usage) -> Box<Self> {
        let kind = UsageKind::Delta;
        Box::new(Self { scope, usage, kind })
    }
}

/// What consumed something.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum UsageScope<'f> {
    /// The transcription of an item.
    #[serde(serialize_with = "transcribed")]
    Transcription(Option<Id<'f>>),
    /// The session as a whole.
    Session,
    /// A response that had ended before.
    #[serde(serialize_with = "serial::response_id")]
    Response(Id<'f>),
}

#[expect(clippy::ref_option, reason = "serde calls it so")]
fn transcribed<S: serde::Serializer>(
    item_id: &Option<Id<'_>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Transcribed<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        item_id: Option<&'a Id<'a>>,
    }
    Transcribed {
        item_id: item_id.as_ref(),
    }
    .serialize(serializer)
}

/// How a report of consumption adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UsageKind {
    /// It adds to what came before.
    Delta,
    /// It is the sum since the beginning.
    Cumulative,
}

/// What the account may still consume, as told.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RateLimits<'f> {
    /// One for each thing that is limited.
    pub limits: Vec<RateLimit<'f>>,
}

/// One limit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RateLimit<'f> {
    /// What is limited: `requests`, `tokens`, or another.
    pub name: Str<'f>,
    /// How much of it is allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// How much of it is left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining: Option<u64>,
    /// How long until all of it is there again.
    #[serde(
        rename = "reset_ms",
        serialize_with = "serial::some_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub reset: Option<Duration>,
}

/// Something worth knowing that is no error.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Notice<'f> {
    /// How bad it is.
    pub severity: Severity,
    /// Who says so.
    pub source: Source,
    /// The sender's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Str<'f>>,
    /// What the sender says, for people.
    pub message: Str<'f>,
    /// The frame, as it came.
    pub raw: Str<'f>,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Severity {
    /// Not at all.
    Info,
    /// It may become worse.
    Warning,
    /// Something did not work.
    Error,
}

/// Who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Source {
    /// The server.
    Server,
    /// The agent at the other end of an RPC connection.
    Agent,
    /// This session itself.
    Session,
}

/// What only agents do.
#[derive(Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum AgentEvent<'f> {
    /// A subagent began its work.
    SubagentStarted {
        /// The subagent.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Id<'f>>,
        /// Its name.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<Str<'f>>,
        /// The frame, as it came.
        raw: Str<'f>,
    },
    /// A subagent came on.
    SubagentUpdated {
        /// The subagent.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Id<'f>>,
        /// The frame, as it came.
        raw: Str<'f>,
    },
    /// A subagent ended its work.
    SubagentDone {
        /// The subagent.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Id<'f>>,
        /// Whether it did what it should.
        ok: bool,
        /// The frame, as it came.
        raw: Str<'f>,
    },
    /// The agent answered a command that is not about a reply.
    Response {
        /// The name of the command.
        #[serde(skip_serializing_if = "Option::is_none")]
        command: Option<Str<'f>>,
        /// Whether it was done.
        ok: bool,
        /// The frame, as it came.
        raw: Str<'f>,
    },
    /// Anything else that is known to come from agents.
    Other {
        /// Its name on the wire; `name` in JSON, where `kind` is taken.
        #[serde(rename = "name", skip_serializing_if = "Option::is_none")]
        kind: Option<Str<'f>>,
        /// The frame, as it came.
        raw: Str<'f>,
    },
}
