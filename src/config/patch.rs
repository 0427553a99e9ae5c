//! Changes of settings.

use super::{
    InputTranscription, MaxTokens, Modality, RawJson, SessionConfig, SessionKind, Tool, ToolChoice,
    TurnDetection, wire::patched_pairs,
};
use crate::audio::AudioFormat;
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A change of one setting: absent, `null` and a value are three different frames.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "absent, null and a value are all there is"
)]
pub enum Patch<T> {
    /// The setting stays as it is; the frame does not mention it.
    #[default]
    Keep,
    /// The setting returns to nothing: `null`, or what stands for it in the dialect.
    Clear,
    /// The setting becomes this.
    Set(T),
}

impl<T> Patch<T> {
    /// Makes this change set `value`.
    pub fn set(&mut self, value: impl Into<T>) {
        *self = Self::Set(value.into());
    }

    /// Returns the same change, of a borrowed value.
    pub const fn as_ref(&self) -> Patch<&T> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(value),
        }
    }

    /// Returns the value that is to be set.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// Returns whether nothing changes.
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl<T: PartialEq> Patch<T> {
    /// Keeps the setting if it is what it is to become.
    fn unless(&mut self, is: Option<&T>) {
        if self
            .value()
            .zip(is)
            .is_some_and(|(wanted, is)| wanted == is)
        {
            *self = Self::Keep;
        }
    }
}

impl<T: Clone> Patch<T> {
    /// Applies the change to an optional setting.
    pub(super) fn apply(&self, setting: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *setting = None,
            Self::Set(value) => *setting = Some(value.clone()),
        }
    }

    /// The change that makes a setting what it is here: none where it says nothing.
    fn of(setting: Option<&T>) -> Self {
        setting.cloned().map_or(Self::Keep, Self::Set)
    }
}

impl<T: Clone> Patch<Vec<T>> {
    /// Applies the change to a list that is empty where there is none.
    pub(super) fn apply_list(&self, setting: &mut Vec<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => setting.clear(),
            Self::Set(value) => setting.clone_from(value),
        }
    }

    /// The change that makes a list what it is here: none where it is empty.
    fn of_list(setting: &Vec<T>) -> Self {
        Self::of(Some(setting).filter(|list| !list.is_empty()))
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(out)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(input)?.map_or(Self::Clear, Self::Set))
    }
}

/// A change of settings; the fields are those of [`SessionConfig`]. Default: nothing changes.
///
/// In JSON an absent key keeps a setting, `null` clears it, a value sets it.
///
/// ```
/// use realtime_proto::{Patch, SessionPatch};
///
/// let mut patch = SessionPatch::default();
/// patch.instructions.set("Speak French.");
/// patch.turn_detection = Patch::Clear; // push to talk
/// assert_eq!(
///     serde_json::to_string(&patch)?,
///     r#"{"instructions":"Speak French.","turn_detection":null}"#
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct SessionPatch {
    /// What the session is for. It can only be set at the opening.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub kind: Patch<SessionKind>,
    /// The model. Most servers fix it at the opening.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub model: Patch<String>,
    /// The voice of the replies. Most servers fix it at the first audio.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub voice: Patch<String>,
    /// The system prompt.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub instructions: Patch<String>,
    /// What the model answers in.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub modalities: Patch<Vec<Modality>>,
    /// The format of the audio that is appended.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub input_format: Patch<AudioFormat>,
    /// The format of the audio that is received.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub output_format: Patch<AudioFormat>,
    /// How fast the voice speaks; 1 is normal.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub speed: Patch<f64>,
    /// Who decides when the user's turn ends. Cleared is [`TurnDetection::Manual`].
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub turn_detection: Patch<TurnDetection>,
    /// Whether and how the user's speech is transcribed. Cleared is not at all.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub input_transcription: Patch<InputTranscription>,
    /// The noise reduction of the input, by the provider's name. Cleared is none.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub noise_reduction: Patch<String>,
    /// The tools, all of them: the list replaces the one in force.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub tools: Patch<Vec<Tool>>,
    /// Which tools the model may or must call.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub tool_choice: Patch<ToolChoice>,
    /// Whether the model may call several tools in one response.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub parallel_tool_calls: Patch<bool>,
    /// The sampling temperature.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub temperature: Patch<f64>,
    /// The longest response, in tokens.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub max_output_tokens: Patch<MaxTokens>,
    /// The reasoning effort, by the provider's name.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub reasoning: Patch<String>,
    /// How the server forgets when its context is full, in the provider's words.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub truncation: Patch<RawJson>,
    /// The provider's tracing, in its words.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub tracing: Patch<RawJson>,
    /// A stored prompt, in the provider's words.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub prompt: Patch<RawJson>,
    /// Labels of the session, in order.
    #[serde(skip_serializing_if = "Patch::is_keep", with = "patched_pairs")]
    pub metadata: Patch<Vec<(String, String)>>,
    /// What no field expresses: an object that is merged into the dialect's session object.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub extra: Patch<RawJson>,
}

impl SessionPatch {
    /// Returns whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes out what is in effect already. What is not known to be in effect stays.
    pub(crate) fn retain_changes(&mut self, is: &SessionConfig) {
        self.kind = Patch::Keep;
        self.model.unless(is.model.as_ref());
        self.voice.unless(is.voice.as_ref());
        self.instructions.unless(is.instructions.as_ref());
        self.modalities.unless(is.modalities.as_ref());
        self.input_format.unless(is.input_format.as_ref());
        self.output_format.unless(is.output_format.as_ref());
        self.speed.unless(is.speed.as_ref());
        self.turn_detection.unless(is.turn_detection.as_ref());
        self.input_transcription
            .unless(is.input_transcription.as_ref());
        self.noise_reduction.unless(is.noise_reduction.as_ref());
        self.tools
            .unless(Some(&is.tools).filter(|tools| !tools.is_empty()));
        self.tool_choice.unless(is.tool_choice.as_ref());
        self.parallel_tool_calls
            .unless(is.parallel_tool_calls.as_ref());
        self.temperature.unless(is.temperature.as_ref());
        self.max_output_tokens.unless(is.max_output_tokens.as_ref());
        self.reasoning.unless(is.reasoning.as_ref());
        self.truncation.unless(is.truncation.as_ref());
        self.tracing.unless(is.tracing.as_ref());
        self.prompt.unless(is.prompt.as_ref());
        if self.turn_detection == Patch::Clear && is.turn_detection == Some(TurnDetection::Manual) {
            self.turn_detection = Patch::Keep;
        }
    }
}

impl From<&SessionConfig> for SessionPatch {
    /// The change that makes the settings of a new session these.
    ///
    /// What is `None` is kept, and so are empty tools and metadata. A kind other than the
    /// default is set.
    fn from(config: &SessionConfig) -> Self {
        Self {
            kind: match config.kind {
                SessionKind::Conversation => Patch::Keep,
                kind @ SessionKind::Transcription => Patch::Set(kind),
            },
            model: Patch::of(config.model.as_ref()),
            voice: Patch::of(config.voice.as_ref()),
            instructions: Patch::of(config.instructions.as_ref()),
            modalities: Patch::of(config.modalities.as_ref()),
            input_format: Patch::of(config.input_format.as_ref()),
            output_format: Patch::of(config.output_format.as_ref()),
            speed: Patch::of(config.speed.as_ref()),
            turn_detection: Patch::of(config.turn_detection.as_ref()),
            input_transcription: Patch::of(config.input_transcription.as_ref()),
            noise_reduction: Patch::of(config.noise_reduction.as_ref()),
            tools: Patch::of_list(&config.tools),
            tool_choice: Patch::of(config.tool_choice.as_ref()),
            parallel_tool_calls: Patch::of(config.parallel_tool_calls.as_ref()),
            temperature: Patch::of(config.temperature.as_ref()),
            max_output_tokens: Patch::of(config.max_output_tokens.as_ref()),
            reasoning: Patch::of(config.reasoning.as_ref()),
            truncation: Patch::of(config.truncation.as_ref()),
            tracing: Patch::of(config.tracing.as_ref()),
            prompt: Patch::of(config.prompt.as_ref()),
            metadata: Patch::of_list(&config.metadata),
            extra: Patch::of(config.extra.as_ref()),
        }
    }
}
