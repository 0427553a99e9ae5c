//! Desired settings of a session.

use super::{
    Patch, RawJson, SessionPatch,
    tools::{Tool, ToolChoice},
    wire::{is_default, json_field, pairs},
};
use crate::{audio::AudioFormat, rare::Blank};
use alloc::{string::String, vec::Vec};
use core::fmt;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Unexpected, Visitor},
};

/// Desired settings of a session; `None` leaves the provider's default.
///
/// Default: nothing is asked for. What no field expresses goes into [`extra`](Self::extra).
///
/// ```
/// use realtime_proto::{AudioFormat, SemanticVad, SessionConfig};
///
/// let mut settings = SessionConfig::default();
/// settings.instructions = Some("Be brief.".into());
/// settings.input_format = Some(AudioFormat::pcmu());
/// settings.turn_detection = Some(SemanticVad::default().into());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct SessionConfig {
    /// What the session is for: `session.type`.
    #[serde(skip_serializing_if = "is_default")]
    pub kind: SessionKind,
    /// The model. Most servers take it from the URL and fix it at the opening.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The voice of the replies. Most servers fix it at the first audio.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
    /// The system prompt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
    /// What the model answers in: `output_modalities`, `modalities`, `responseModalities`.
    ///
    /// Audio includes its transcript.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modalities: Option<Vec<Modality>>,
    /// The format of the audio that is appended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_format: Option<AudioFormat>,
    /// The format of the audio that is received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_format: Option<AudioFormat>,
    /// How fast the voice speaks; 1 is normal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speed: Option<f64>,
    /// Who decides when the user's turn ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn_detection: Option<TurnDetection>,
    /// Whether and how the user's speech is transcribed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_transcription: Option<InputTranscription>,
    /// The noise reduction of the input, by the provider's name, such as `near_field`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noise_reduction: Option<String>,
    /// The tools that the model may call.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<Tool>,
    /// Which tools the model may or must call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_choice: Option<ToolChoice>,
    /// Whether the model may call several tools in one response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parallel_tool_calls: Option<bool>,
    /// The sampling temperature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// The longest response, in tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_output_tokens: Option<MaxTokens>,
    /// The reasoning effort, by the provider's name, such as `low`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<String>,
    /// How the server forgets when its context is full, in the provider's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncation: Option<RawJson>,
    /// The provider's tracing, in its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracing: Option<RawJson>,
    /// A stored prompt, in the provider's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<RawJson>,
    /// Labels of the session, in order; a JSON object here.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "pairs")]
    pub metadata: Vec<(String, String)>,
    /// What no field expresses: an object that is merged into the dialect's session object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra: Option<RawJson>,
}

impl Blank for SessionConfig {
    const BLANK: &'static Self = &Self {
        kind: SessionKind::Conversation,
        model: None,
        voice: None,
        instructions: None,
        modalities: None,
        input_format: None,
        output_format: None,
        speed: None,
        turn_detection: None,
        input_transcription: None,
        noise_reduction: None,
        tools: Vec::new(),
        tool_choice: None,
        parallel_tool_calls: None,
        temperature: None,
        max_output_tokens: None,
        reasoning: None,
        truncation: None,
        tracing: None,
        prompt: None,
        metadata: Vec::new(),
        extra: None,
    };
}

impl SessionConfig {
    /// Makes these settings what they are after `patch`.
    ///
    /// What is set becomes that, what is cleared becomes `None` or empty. Turn detection that is
    /// cleared is [`TurnDetection::Manual`]; a kind that is cleared is the default.
    pub fn apply(&mut self, patch: &SessionPatch) {
        self.apply_basics(patch);
        self.apply_audio(patch);
        patch.tools.apply_list(&mut self.tools);
        patch.tool_choice.apply(&mut self.tool_choice);
        patch
            .parallel_tool_calls
            .apply(&mut self.parallel_tool_calls);
        patch.temperature.apply(&mut self.temperature);
        patch.max_output_tokens.apply(&mut self.max_output_tokens);
        patch.reasoning.apply(&mut self.reasoning);
        patch.truncation.apply(&mut self.truncation);
        patch.tracing.apply(&mut self.tracing);
        patch.prompt.apply(&mut self.prompt);
        patch.metadata.apply_list(&mut self.metadata);
        patch.extra.apply(&mut self.extra);
    }

    fn apply_basics(&mut self, patch: &SessionPatch) {
        let mut kind = Some(self.kind);
        patch.kind.apply(&mut kind);
        self.kind = kind.unwrap_or_default();
        patch.model.apply(&mut self.model);
        patch.instructions.apply(&mut self.instructions);
        patch.modalities.apply(&mut self.modalities);
    }

    fn apply_audio(&mut self, patch: &SessionPatch) {
        patch.voice.apply(&mut self.voice);
        patch.input_format.apply(&mut self.input_format);
        patch.output_format.apply(&mut self.output_format);
        patch.speed.apply(&mut self.speed);
        patch.turn_detection.apply(&mut self.turn_detection);
        if patch.turn_detection == Patch::Clear {
            self.turn_detection = Some(TurnDetection::Manual);
        }
        patch
            .input_transcription
            .apply(&mut self.input_transcription);
        patch.noise_reduction.apply(&mut self.noise_reduction);
    }
}

/// What a session is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SessionKind {
    /// The model listens and replies.
    #[default]
    Conversation,
    /// The server only transcribes; there are no replies.
    Transcription,
}

/// A kind of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Modality {
    /// Text.
    Text,
    /// Audio, with its transcript.
    Audio,
    /// Video: frames of a camera or a screen as input, an avatar as output.
    Video,
}

impl Modality {
    /// Returns its name, as most providers write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Audio => "audio",
            Self::Video => "video",
        }
    }
}

/// Who decides when the user's turn ends, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum TurnDetection {
    /// The caller: it commits, or marks the user's activity. `turn_detection: null` on the wire.
    Manual,
    /// The server, by silence: `server_vad`.
    ServerVad(ServerVad),
    /// The server, by what was said: `semantic_vad`.
    SemanticVad(SemanticVad),
    /// The server, in the provider's own words.
    #[serde(with = "json_field")]
    Other(RawJson),
}

impl From<ServerVad> for TurnDetection {
    fn from(vad: ServerVad) -> Self {
        Self::ServerVad(vad)
    }
}

impl From<SemanticVad> for TurnDetection {
    fn from(vad: SemanticVad) -> Self {
        Self::SemanticVad(vad)
    }
}

/// Turn detection by silence. `None` is the provider's default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ServerVad {
    /// How loud is speech, from 0 to 1; higher needs louder speech.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,
    /// How much audio before the start of speech belongs to it, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix_padding_ms: Option<u32>,
    /// How much silence ends the turn, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silence_duration_ms: Option<u32>,
    /// How much silence after a reply makes the model speak again, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idle_timeout_ms: Option<u32>,
    /// Whether the server creates a response when the turn ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_response: Option<bool>,
    /// Whether speech interrupts a response. `false` makes speech a fact without consequences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interrupt_response: Option<bool>,
}

/// Turn detection by what was said. `None` is the provider's default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct SemanticVad {
    /// How soon the model may take the floor: `low`, `medium`, `high`, `auto`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eagerness: Option<String>,
    /// Whether the server creates a response when the turn ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_response: Option<bool>,
    /// Whether speech interrupts a response. `false` makes speech a fact without consequences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interrupt_response: Option<bool>,
}

/// Transcription of the user's speech. `None` and empty are the provider's default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct InputTranscription {
    /// The model that transcribes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The language that is spoken, as ISO 639-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The languages that may be spoken, as ISO 639-1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Text that shows the model what to expect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// Words that are likely to occur.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// How long the model may wait for more context, by the provider's name, such as `low`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay: Option<String>,
}

/// The longest response. In JSON an integer, or `"inf"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MaxTokens {
    /// This many tokens.
    Count(u32),
    /// As many as the model can give.
    Infinite,
}

const INFINITE: &str = "inf";

impl From<u32> for MaxTokens {
    fn from(tokens: u32) -> Self {
        Self::Count(tokens)
    }
}

impl Serialize for MaxTokens {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(tokens) => out.serialize_u32(*tokens),
            Self::Infinite => out.serialize_str(INFINITE),
        }
    }
}

impl<'de> Deserialize<'de> for MaxTokens {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Tokens;

        impl Visitor<'_> for Tokens {
            type Value = MaxTokens;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of tokens or \"inf\"")
            }

            fn visit_u64<E: de::Error>(self, tokens: u64) -> Result<MaxTokens, E> {
                let count = u32::try_from(tokens).map(MaxTokens::Count);
                count.map_err(|_| E::invalid_value(Unexpected::Unsigned(tokens), &self))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<MaxTokens, E> {
                match text {
                    INFINITE => Ok(MaxTokens::Infinite),
                    _ => Err(E::invalid_type(Unexpected::Other("another text"), &self)),
                }
            }
        }

        input.deserialize_any(Tokens)
    }
}
