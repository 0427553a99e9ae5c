//! The protocols that the crate speaks.

use crate::error::UnknownDialect;
use alloc::borrow::Cow;
use core::{fmt, str::FromStr, time::Duration};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A protocol, as one vendor or program speaks it.
///
/// ```
/// use realtime_proto::Dialect;
///
/// let dialect: Dialect = "azure-voice-live".parse()?;
/// assert_eq!(dialect, Dialect::AzureVoiceLive);
/// assert_eq!(dialect.to_string(), "azure-voice-live");
/// # Ok::<(), realtime_proto::UnknownDialect>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dialect {
    /// OpenAI Realtime, generally available since 2025; also Azure `/openai/v1/realtime`.
    OpenAi,
    /// OpenAI Realtime before that; still spoken by Azure preview versions.
    OpenAiBeta,
    /// OpenAI Realtime translation sessions.
    OpenAiTranslation,
    /// OpenAI GPT-Live.
    OpenAiLive,
    /// Azure Voice Live.
    AzureVoiceLive,
    /// xAI Grok voice agents.
    Xai,
    /// Gemini Live, developer API.
    Gemini,
    /// Gemini Live on Vertex AI.
    GeminiVertex,
    /// The `synaps` agent, JSON lines over a pipe.
    Synaps,
    /// The `pi` coding agent, JSON lines over a pipe.
    Pi,
    /// Amazon Nova Sonic, version 1 and 2.
    NovaSonic,
}

impl Dialect {
    /// Every dialect.
    pub const ALL: &'static [Self] = &[
        Self::OpenAi,
        Self::OpenAiBeta,
        Self::OpenAiTranslation,
        Self::OpenAiLive,
        Self::AzureVoiceLive,
        Self::Xai,
        Self::Gemini,
        Self::GeminiVertex,
        Self::Synaps,
        Self::Pi,
        Self::NovaSonic,
    ];

    /// Returns the name that configurations and recordings use, such as `openai-beta`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::OpenAiBeta => "openai-beta",
            Self::OpenAiTranslation => "openai-translation",
            Self::OpenAiLive => "openai-live",
            Self::AzureVoiceLive => "azure-voice-live",
            Self::Xai => "xai",
            Self::Gemini => "gemini",
            Self::GeminiVertex => "gemini-vertex",
            Self::Synaps => "synaps",
            Self::Pi => "pi",
            Self::NovaSonic => "nova-sonic",
        }
    }

    /// Returns how long the server lets a session live, where it is known.
    ///
    /// OpenAI and Azure 60 minutes, xAI 120, Gemini 10 (of one connection), Nova Sonic 8; GPT-Live
    /// states it itself, and the agents end when they are told to.
    #[must_use]
    pub const fn max_session(self) -> Option<Duration> {
        let minutes = match self {
            Self::OpenAi | Self::OpenAiBeta | Self::OpenAiTranslation | Self::AzureVoiceLive => 60,
            Self::Xai => 120,
            Self::Gemini | Self::GeminiVertex => 10,
            Self::NovaSonic => 8,
            Self::OpenAiLive | Self::Synaps | Self::Pi => return None,
        };
        Some(Duration::from_secs(60 * minutes))
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, UnknownDialect> {
        let found = Self::ALL.iter().find(|dialect| dialect.as_str() == name);
        found.copied().ok_or(UnknownDialect {})
    }
}

impl Serialize for Dialect {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Dialect {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(input)?
            .parse()
            .map_err(D::Error::custom)
    }
}
