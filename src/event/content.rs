//! Events about the texts, media and moments of a reply.

use super::{Epoch, Ids, Previous, Str, serial};
use crate::{codec, error::AudioError};
use alloc::vec::Vec;
use core::time::Duration;
use serde::{Serialize, Serializer};

/// What a text of the reply is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Lane {
    /// To be read: the text output itself.
    Display,
    /// What the audio says: its transcript.
    Spoken,
    /// What the model thinks; not part of the answer.
    Thought,
}

/// An increment of a text of the reply.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TextDelta<'f> {
    /// The response, item and part that the text belongs to.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// What the text is for.
    pub lane: Lane,
    /// The increment: append it to what came before in this part and lane.
    pub delta: Str<'f>,
    /// When it is spoken, from the start of the audio; only where the wire says so.
    #[serde(
        rename = "start_ms",
        serialize_with = "serial::some_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub start: Option<Duration>,
}

/// The end of a text of the reply.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TextDone<'f> {
    /// The response, item and part that the text belongs to.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// What the text is for.
    pub lane: Lane,
    /// The whole text: it replaces what the deltas added up to.
    pub text: Str<'f>,
    /// What no delta has said: append it to the deltas to have all of `text`.
    pub suffix: Str<'f>,
    /// The item that this one follows, where the wire says so (xAI).
    #[serde(skip_serializing_if = "Previous::is_unknown")]
    pub previous: Previous<'f>,
    /// How it ended.
    pub status: TextStatus,
}

/// How a text ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TextStatus {
    /// It is whole.
    Final,
    /// The reply was cut, and the text with it.
    Interrupted,
    /// The reply or the connection ended without the end of the text.
    Abandoned,
}

/// The end of the audio of one part.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AudioDone<'f> {
    /// The response, item and part that the audio belongs to.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// The epoch it was generated in.
    pub epoch: Epoch,
}

/// A piece of the reply's video, still encoded.
///
/// In JSON, `bytes` is [`decoded_len`](Self::decoded_len).
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct VideoDelta<'f> {
    /// The response and item that the video belongs to.
    pub ids: Ids<'f>,
    /// The epoch it was generated in.
    ///
    /// Show it only if no [`FlushPlayback`](super::FlushPlayback) named a later one.
    pub epoch: Epoch,
    /// The MIME type or the codec, as sent.
    pub mime: Str<'f>,
    /// Base64, the JSON escapes undone.
    pub payload: Str<'f>,
}

impl VideoDelta<'_> {
    /// How many bytes it decodes to: exact, padded or not, and known without decoding.
    #[must_use]
    pub fn decoded_len(&self) -> usize {
        codec::decoded_len(&self.payload)
    }

    /// Replaces the contents of `bytes` and returns how many there are.
    ///
    /// # Errors
    /// Fails if the payload is not base64, with the offset of the first byte that is wrong;
    /// `bytes` is then empty.
    pub fn decode_into(&self, bytes: &mut Vec<u8>) -> Result<usize, AudioError> {
        codec::decode_into(&self.payload, bytes)
    }
}

impl Serialize for VideoDelta<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Flat<'a> {
            #[serde(flatten)]
            ids: &'a Ids<'a>,
            epoch: Epoch,
            mime: &'a str,
            bytes: usize,
            payload: &'a str,
        }
        let Self {
            ids,
            epoch,
            mime,
            payload,
        } = self;
        let (epoch, bytes) = (*epoch, self.decoded_len());
        Flat {
            ids,
            epoch,
            mime,
            bytes,
            payload,
        }
        .serialize(serializer)
    }
}

/// Something of a moment of the reply that is neither text nor media.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Timed<'f> {
    /// The response, item and part that it belongs to.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// What it is, by its name on the wire.
    pub kind: Str<'f>,
    /// When, from the start of the item's audio; absent where it has no time.
    #[serde(
        rename = "at_ms",
        serialize_with = "serial::some_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub at: Option<Duration>,
    /// The whole of it, as JSON.
    pub raw: Str<'f>,
}

/// An item of the reply was cut to what the user heard.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Truncated<'f> {
    /// The item and part that were cut.
    #[serde(flatten)]
    pub ids: Ids<'f>,
    /// What is left of its audio.
    #[serde(rename = "heard_ms", serialize_with = "serial::millis")]
    pub heard: Duration,
    /// How much of its audio had been received; absent with `Media::Remote`.
    #[serde(
        rename = "received_ms",
        serialize_with = "serial::some_millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub received: Option<Duration>,
    /// The text that was heard, where the server tells it (xAI, Azure).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heard_text: Option<Str<'f>>,
    /// Whether the server said so; false while this session has only asked for it.
    pub confirmed: bool,
}
