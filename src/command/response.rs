//! Commands that ask for a response, stop one, or cut in.

use super::{ItemDraft, Str};
use crate::{
    audio::AudioFormat,
    config::{
        MaxTokens, Modality, RawJson, Tool, ToolChoice,
        wire::{is_default, is_false, pairs},
    },
};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What a response shall be like; what is `None` is as the session says.
///
/// ```
/// use realtime_proto::{Command, CreateResponse, InputItem, Modality};
///
/// let mut response = CreateResponse::default();
/// response.out_of_band = true;
/// response.modalities = Some(vec![Modality::Text]);
/// response.instructions = Some("Is the user angry? Answer yes or no.".into());
/// response.input = Some(vec![InputItem::reference("item_1")]);
/// let command = Command::from(response);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CreateResponse<'a> {
    /// What happens while another response is in progress. Default: [`CreatePolicy::Queue`].
    #[serde(skip_serializing_if = "is_default")]
    pub policy: CreatePolicy,
    /// Whether it stays in the queue when the user speaks. Default: `false`.
    #[serde(skip_serializing_if = "is_false")]
    pub keep: bool,
    /// Whether it stays outside the conversation: `conversation: "none"`. Default: `false`.
    ///
    /// Such a response waits for no other and is waited for by none.
    #[serde(skip_serializing_if = "is_false")]
    pub out_of_band: bool,
    /// What the model answers in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modalities: Option<Vec<Modality>>,
    /// The system prompt of this response, instead of the session's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instructions: Option<Str<'a>>,
    /// The voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<Str<'a>>,
    /// The format of the audio that is received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_format: Option<AudioFormat>,
    /// The tools, all of them. `Some(vec![])` is none at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<Tool>>,
    /// Which tools the model may or must call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_choice: Option<ToolChoice>,
    /// Whether the model may call several tools.
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
    pub reasoning: Option<Str<'a>>,
    /// A stored prompt, in the provider's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<RawJson>,
    /// What the model sees. `None` is the conversation, `Some(vec![])` nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<Vec<InputItem<'a>>>,
    /// Labels that the response carries, in order; a JSON object here.
    ///
    /// At OpenAI at most 16 pairs, keys up to 64 characters, values up to 512.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "pairs")]
    pub metadata: Vec<(Str<'a>, Str<'a>)>,
    /// What no field expresses: an object that is merged into the dialect's response object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra: Option<RawJson>,
}

impl CreateResponse<'_> {
    /// Returns a response that is as the session says.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

/// What happens to the wish for a response while another one is in progress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CreatePolicy {
    /// It waits for the end of that response.
    #[default]
    Queue,
    /// It cancels that response, and comes after its end.
    ReplaceActive,
    /// It fails with [`SendError::Busy`](crate::error::SendError::Busy).
    FailFast,
}

/// One item of what a response sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum InputItem<'a> {
    /// An item of the conversation: `item_reference`.
    Reference {
        /// Its id.
        id: Str<'a>,
    },
    /// An item that only this response sees.
    Item {
        /// The item.
        item: ItemDraft<'a>,
    },
}

impl<'a> InputItem<'a> {
    /// Returns an item of the conversation, by its id.
    pub fn reference(id: impl Into<Str<'a>>) -> Self {
        Self::Reference { id: id.into() }
    }
}

impl<'a> From<ItemDraft<'a>> for InputItem<'a> {
    fn from(item: ItemDraft<'a>) -> Self {
        Self::Item { item }
    }
}

/// Which response is to stop.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CancelResponse<'a> {
    /// Its id; `None` is the one in progress in the conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_id: Option<Str<'a>>,
}

impl<'a> CancelResponse<'a> {
    /// Returns the response with this id.
    pub fn new(response_id: impl Into<Str<'a>>) -> Self {
        Self {
            response_id: Some(response_id.into()),
        }
    }
}

/// Cuts in: stops what is said and what is played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Interrupt {}
