//! Commands that carry media, and those about when it is spoken and heard.

use super::Str;
use crate::{
    config::wire::{base64_bytes, is_default, millis},
    event::Epoch,
};
use alloc::borrow::Cow;
use core::{fmt, time::Duration};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeStruct};

/// Audio of the user, in the input format.
///
/// In JSON both forms are base64 under the key `audio`; what is read is [`Base64`](Self::Base64).
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum AppendAudio<'a> {
    /// Raw bytes; whole samples.
    Bytes(Cow<'a, [u8]>),
    /// The bytes as standard base64, padded.
    Base64(Str<'a>),
}

impl fmt::Debug for AppendAudio<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "AppendAudio({} bytes)", bytes.len()),
            Self::Base64(text) => write!(f, "AppendAudio({} base64 bytes)", text.len()),
        }
    }
}

impl Serialize for AppendAudio<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut object = out.serialize_struct("AppendAudio", 1)?;
        match self {
            Self::Bytes(bytes) => object.serialize_field("audio", &AsBase64(bytes))?,
            Self::Base64(text) => object.serialize_field("audio", text)?,
        }
        object.end()
    }
}

impl<'de> Deserialize<'de> for AppendAudio<'_> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written<'a> {
            audio: Str<'a>,
        }

        Written::deserialize(input).map(|written| Self::Base64(written.audio))
    }
}

/// Bytes that are written as base64.
struct AsBase64<'a>(&'a [u8]);

impl Serialize for AsBase64<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        base64_bytes::serialize(self.0, out)
    }
}

/// An edge of the user's activity, where the caller detects it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "edge", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Activity {
    /// The user begins to speak: `realtimeInput.activityStart`.
    Start,
    /// The user has spoken: `realtimeInput.activityEnd`.
    End,
}

/// An image, or one frame of a video.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SendMedia<'a> {
    /// The media type, such as `image/jpeg`.
    pub mime: Str<'a>,
    /// The encoded image; base64 in JSON.
    #[serde(with = "base64_bytes")]
    pub data: Cow<'a, [u8]>,
    /// Where it goes. Default: [`MediaTarget::Item`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub target: MediaTarget,
}

impl<'a> SendMedia<'a> {
    /// Returns an image that becomes a conversation item.
    pub fn new(mime: impl Into<Str<'a>>, data: impl Into<Cow<'a, [u8]>>) -> Self {
        Self {
            mime: mime.into(),
            data: data.into(),
            target: MediaTarget::Item,
        }
    }

    /// Returns a frame of the live video stream.
    pub fn frame(mime: impl Into<Str<'a>>, data: impl Into<Cow<'a, [u8]>>) -> Self {
        Self {
            target: MediaTarget::Stream,
            ..Self::new(mime, data)
        }
    }
}

impl fmt::Debug for SendMedia<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendMedia")
            .field("mime", &self.mime)
            .field("data", &format_args!("{} bytes", self.data.len()))
            .field("target", &self.target)
            .finish()
    }
}

/// Where an image goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MediaTarget {
    /// It becomes a conversation item of its own.
    #[default]
    Item,
    /// It is a frame of the live video stream; as a stream it never settles.
    Stream,
}

/// How much was really played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReportPlayback {
    /// The epoch of the audio, as the deltas name it. A report of a flushed epoch is ignored.
    pub epoch: Epoch,
    /// Played since the epoch began, over all items together.
    #[serde(rename = "played_ms", with = "millis")]
    pub played: Duration,
}

impl ReportPlayback {
    /// Returns a report that `played` of the audio of `epoch` was heard.
    #[must_use]
    pub const fn new(epoch: Epoch, played: Duration) -> Self {
        Self { epoch, played }
    }
}
