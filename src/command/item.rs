//! Commands that create, read, cut and remove conversation items.

use super::Str;
use crate::{
    config::{
        RawJson,
        wire::{is_default, millis},
    },
    event::Role,
};
use alloc::{vec, vec::Vec};
use core::{fmt, time::Duration};
use serde::{Deserialize, Serialize};

/// An item for the conversation, and its place there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreateItem<'a> {
    /// What is created.
    pub item: ItemDraft<'a>,
    /// Where it stands. Default: [`Position::End`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub at: Position<'a>,
}

impl<'a> CreateItem<'a> {
    /// Returns an item at the end of the conversation.
    #[must_use]
    pub fn new(item: ItemDraft<'a>) -> Self {
        Self {
            item,
            at: Position::End,
        }
    }

    /// Returns an item right after another one.
    pub fn after(item: ItemDraft<'a>, item_id: impl Into<Str<'a>>) -> Self {
        Self {
            item,
            at: Position::After(item_id.into()),
        }
    }
}

/// A place in the conversation: `previous_item_id` on the wire.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Position<'a> {
    /// After everything: no `previous_item_id`.
    #[default]
    End,
    /// Before everything: `root`.
    Front,
    /// Right after the item with this id; `item_id` in JSON.
    #[serde(with = "item_id")]
    After(Str<'a>),
}

/// An item that the caller writes.
///
/// ```
/// use realtime_proto::{Command, ItemDraft};
///
/// let mut item = ItemDraft::assistant_text("Hello, how can I help?");
/// item.id = Some("item_greeting".into());
/// let command = Command::create_item(item);
/// assert_eq!(
///     serde_json::to_string(&command)?,
///     r#"{"type":"create_item","item":{"id":"item_greeting","type":"message","role":"assistant","content":[{"type":"text","text":"Hello, how can I help?"}]}}"#
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ItemDraft<'a> {
    /// Its id, at most 32 characters; `None` lets the server choose. Default: `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Str<'a>>,
    /// What it is; in JSON its keys stand beside the id.
    #[serde(flatten)]
    pub body: ItemBody<'a>,
    /// What no field expresses: an object that is merged into the item. Default: `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<RawJson>,
}

impl<'a> ItemDraft<'a> {
    /// Returns an item without an id.
    #[must_use]
    pub fn new(body: ItemBody<'a>) -> Self {
        Self {
            id: None,
            body,
            extra: None,
        }
    }

    /// Returns a message of anybody's.
    #[must_use]
    pub fn message(role: Role, content: Vec<Content<'a>>) -> Self {
        Self::new(ItemBody::Message { role, content })
    }

    /// Returns a text of the user's.
    pub fn user_text(text: impl Into<Str<'a>>) -> Self {
        Self::message(Role::User, vec![Content::text(text)])
    }

    /// Returns an instruction in the middle of the conversation.
    pub fn system_text(text: impl Into<Str<'a>>) -> Self {
        Self::message(Role::System, vec![Content::text(text)])
    }

    /// Returns a text that the model is to believe it said.
    pub fn assistant_text(text: impl Into<Str<'a>>) -> Self {
        Self::message(Role::Assistant, vec![Content::text(text)])
    }

    /// Returns a tool call of the past; `arguments` is JSON, as text.
    pub fn call(
        call_id: impl Into<Str<'a>>,
        name: impl Into<Str<'a>>,
        arguments: impl Into<Str<'a>>,
    ) -> Self {
        Self::new(ItemBody::Call {
            call_id: call_id.into(),
            name: name.into(),
            arguments: arguments.into(),
        })
    }

    /// Returns the output of a tool call of the past.
    ///
    /// A call that waits is answered by [`ToolOutput`](super::ToolOutput) instead.
    pub fn output(call_id: impl Into<Str<'a>>, output: impl Into<Str<'a>>) -> Self {
        Self::new(ItemBody::Output {
            call_id: call_id.into(),
            output: output.into(),
        })
    }

    /// Returns an item in the provider's words.
    #[must_use]
    pub fn raw(json: RawJson) -> Self {
        Self::new(ItemBody::Raw { json })
    }
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ItemBody<'a> {
    /// Something that was said: `message`.
    Message {
        /// Who said it.
        role: Role,
        /// Its parts, in order.
        content: Vec<Content<'a>>,
    },
    /// A tool call: `function_call`.
    Call {
        /// Its id, which the output repeats.
        call_id: Str<'a>,
        /// The name of the function.
        name: Str<'a>,
        /// JSON, as text.
        arguments: Str<'a>,
    },
    /// The output of a tool call: `function_call_output`.
    Output {
        /// The call that it answers.
        call_id: Str<'a>,
        /// JSON or any text.
        output: Str<'a>,
    },
    /// Any other item, in the provider's words.
    Raw {
        /// The whole item, an object.
        json: RawJson,
    },
}

/// A part of a message.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Content<'a> {
    /// Text: `input_text` of a user or system, `output_text` (beta `text`) of the assistant.
    Text {
        /// The text.
        text: Str<'a>,
    },
    /// Audio of the user: `input_audio`.
    Audio {
        /// Base64 of audio in the input format.
        audio: Str<'a>,
        /// What is said there, if it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        transcript: Option<Str<'a>>,
    },
    /// An image: `input_image`.
    Image {
        /// A `data:` or `https:` URL.
        url: Str<'a>,
        /// How closely the model looks, by the provider's name, such as `low`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        detail: Option<Str<'a>>,
    },
    /// Any other part, in the provider's words.
    Raw {
        /// The whole part, an object.
        json: RawJson,
    },
}

impl<'a> Content<'a> {
    /// Returns a part that is text.
    pub fn text(text: impl Into<Str<'a>>) -> Self {
        Self::Text { text: text.into() }
    }

    /// Returns a part that is audio, as base64, in the input format.
    pub fn audio(base64: impl Into<Str<'a>>) -> Self {
        Self::Audio {
            audio: base64.into(),
            transcript: None,
        }
    }

    /// Returns a part that is an image behind a `data:` or `https:` URL.
    pub fn image(url: impl Into<Str<'a>>) -> Self {
        Self::Image {
            url: url.into(),
            detail: None,
        }
    }
}

impl fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { text } => f.debug_struct("Text").field("text", text).finish(),
            Self::Audio { audio, transcript } => f
                .debug_struct("Audio")
                .field("audio", &format_args!("{} base64 bytes", audio.len()))
                .field("transcript", transcript)
                .finish(),
            Self::Image { url, detail } => {
                let mut out = f.debug_struct("Image");
                if url.starts_with("data:") {
                    out.field("url", &format_args!("{} bytes", url.len()));
                } else {
                    out.field("url", url);
                }
                out.field("detail", detail).finish()
            }
            Self::Raw { json } => f.debug_struct("Raw").field("json", json).finish(),
        }
    }
}

/// Names an item of the conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ItemRef<'a> {
    /// Its id.
    pub item_id: Str<'a>,
}

impl<'a> ItemRef<'a> {
    /// Returns the name of an item.
    pub fn new(item_id: impl Into<Str<'a>>) -> Self {
        Self {
            item_id: item_id.into(),
        }
    }
}

/// How much of an item of the assistant's was heard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Truncate<'a> {
    /// The item.
    pub item_id: Str<'a>,
    /// Its audio part. Default: 0.
    #[serde(default)]
    pub content_index: u32,
    /// From its beginning, in whole milliseconds: `audio_end_ms`.
    ///
    /// More than was received is read as what was received.
    #[serde(rename = "heard_ms", with = "millis")]
    pub heard: Duration,
}

impl<'a> Truncate<'a> {
    /// Returns what was heard of an audio part of an item.
    pub fn new(item_id: impl Into<Str<'a>>, content_index: u32, heard: Duration) -> Self {
        Self {
            item_id: item_id.into(),
            content_index,
            heard,
        }
    }
}

/// `with`, on a variant: an item's id under the key `item_id`.
mod item_id {
    use super::{ItemRef, Str};
    use alloc::borrow::Cow;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(id: &str, out: S) -> Result<S::Ok, S::Error> {
        ItemRef {
            item_id: Cow::Borrowed(id),
        }
        .serialize(out)
    }

    pub(super) fn deserialize<'de, 'a, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Str<'a>, D::Error> {
        ItemRef::deserialize(input).map(|item| item.item_id)
    }
}
