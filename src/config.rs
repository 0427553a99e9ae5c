//! What the caller decides before a connection: dialect, desired settings, policy, limits.

mod dialect;
mod heap;
mod limits;
mod patch;
mod raw_json;
mod session;
mod tools;
pub(crate) mod wire;

pub use dialect::Dialect;
pub use limits::{BargeIn, Limits, Policy, Retain, Unheard};
pub use patch::{Patch, SessionPatch};
pub use raw_json::RawJson;
pub use session::{
    InputTranscription, MaxTokens, Modality, SemanticVad, ServerVad, SessionConfig, SessionKind,
    TurnDetection,
};
pub use tools::{Tool, ToolChoice};

use crate::capabilities::Capabilities;
use alloc::string::String;
use core::time::Duration;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use wire::optional_millis;

/// What the caller decides before a connection.
///
/// In JSON only `dialect` is needed; durations are milliseconds under a key that ends in `_ms`.
///
/// ```
/// use realtime_proto::{Config, Dialect};
///
/// let config: Config = serde_json::from_str(r#"{"dialect":"openai"}"#)?;
/// assert_eq!(config, Config::new(Dialect::OpenAi));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
#[non_exhaustive]
pub struct Config {
    /// The protocol that the server speaks.
    pub dialect: Dialect,
    /// The settings that are asked for when the connection opens. Default: none.
    pub session: SessionConfig,
    /// Where the audio passes. Default: [`Media::Inline`].
    pub media: Media,
    /// What the session does of its own accord. Default: [`Policy::default`].
    pub policy: Policy,
    /// How much the session accepts and keeps. Default: [`Limits::default`].
    pub limits: Limits,
    /// What the server can do, instead of what the dialect assumes. Default: `None`.
    ///
    /// What the session would then send by itself and the dialect cannot say is told as
    /// [`CommandSettled`](crate::event::CommandSettled), rejected as unsupported.
    ///
    /// In JSON absent keys are as the dialect assumes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<Capabilities>,
    /// The handle of an earlier connection that this one continues. Default: `None`.
    ///
    /// It came with `Event::Resumption` or `Event::ConversationCreated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume: Option<String>,
    /// What the ids of commands begin with, before a hyphen and a number. Default: `rp`.
    ///
    /// Only its first 11 bytes are used, so that an id fits in 32.
    pub id_prefix: String,
    /// The Unix time at the origin of the caller's clock. Default: `None`.
    ///
    /// Without it, expiry counts [`max_session`](Self::max_session) from the time the server was
    /// ready, even where the server states when the session expires.
    #[serde(
        rename = "unix_origin_ms",
        with = "optional_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub unix_origin: Option<Duration>,
    /// How long the server lets a session live; `None` expects no end.
    ///
    /// Default: [`Dialect::max_session`]. In JSON `null` is `None`, an absent key the default.
    #[serde(rename = "max_session_ms", with = "optional_millis")]
    pub max_session: Option<Duration>,
}

impl Config {
    /// Returns the defaults of a dialect.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            session: SessionConfig::default(),
            media: Media::default(),
            policy: Policy::default(),
            limits: Limits::default(),
            capabilities: None,
            resume: None,
            id_prefix: String::from("rp"),
            unix_origin: None,
            max_session: dialect.max_session(),
        }
    }
}

#[cfg(test)]
impl Config {
    /// The defaults, for what must hold in every dialect.
    pub(crate) fn sample() -> Self {
        Self::new(Dialect::OpenAi)
    }
}

/// A configuration as it may be written: everything but the dialect may be absent.
#[derive(Deserialize)]
struct Written {
    dialect: Dialect,
    #[serde(default)]
    session: SessionConfig,
    #[serde(default)]
    media: Media,
    #[serde(default)]
    policy: Policy,
    #[serde(default)]
    limits: Limits,
    capabilities: Option<RawJson>,
    resume: Option<String>,
    id_prefix: Option<String>,
    #[serde(default, rename = "unix_origin_ms", with = "optional_millis")]
    unix_origin: Option<Duration>,
    #[serde(default)]
    max_session_ms: Patch<u64>,
}

impl TryFrom<Written> for Config {
    type Error = serde_json::Error;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Self {
            id_prefix,
            max_session,
            ..
        } = Self::new(written.dialect);
        let capabilities = |given| differing(&Capabilities::of(written.dialect), &given);
        Ok(Self {
            dialect: written.dialect,
            session: written.session,
            media: written.media,
            policy: written.policy,
            limits: written.limits,
            capabilities: written.capabilities.map(capabilities).transpose()?,
            resume: written.resume,
            id_prefix: written.id_prefix.unwrap_or(id_prefix),
            unix_origin: written.unix_origin,
            max_session: match written.max_session_ms {
                Patch::Keep => max_session,
                Patch::Clear => None,
                Patch::Set(millis) => Some(Duration::from_millis(millis)),
            },
        })
    }
}

/// What a dialect assumes, but for the keys that are `given`.
fn differing(assumed: &Capabilities, given: &RawJson) -> Result<Capabilities, serde_json::Error> {
    let mut merged: Map<String, Value> = serde_json::from_value(serde_json::to_value(assumed)?)?;
    merged.extend(serde_json::from_str::<Map<String, Value>>(given.get())?);
    serde_json::from_value(Value::Object(merged))
}

/// Where the audio passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Media {
    /// Through this session, as frames.
    #[default]
    Inline,
    /// Elsewhere, by WebRTC or SIP: this session is the sideband that controls it.
    Remote,
}
