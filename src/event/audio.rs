//! Audio deltas and their decoding.

use super::{Epoch, Ids, Str};
use crate::{audio::AudioFormat, codec, error::AudioError};
use alloc::{borrow::Cow, string::String, vec::Vec};
use core::time::Duration;
use serde::{Serialize, Serializer};

/// A piece of the reply's audio, still encoded.
///
/// Decode it into a buffer of your own. Nothing is decoded before a `decode_*` method is called. Decode into the same buffer again and
/// again, without clearing it in between: what is overwritten is not zeroed first.
///
/// In JSON, `bytes` is [`decoded_len`](Self::decoded_len) and `payload` is base64 in any case.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AudioDelta<'f> {
    /// The response, item and part that the audio belongs to.
    pub ids: Ids<'f>,
    /// The epoch it was generated in.
    ///
    /// Play it only if no [`FlushPlayback`](super::FlushPlayback) named a later one.
    pub epoch: Epoch,
    /// The format of the decoded bytes.
    pub format: AudioFormat,
    /// The audio as it came.
    pub payload: Payload<'f>,
    /// Where it lies in the user's audio, from the start of the session, where the server tells.
    pub at: Option<Duration>,
}

/// The encoded audio of a delta.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Payload<'f> {
    /// Base64, the JSON escapes undone.
    Base64(Str<'f>),
    /// Raw bytes of a binary frame.
    Raw(Cow<'f, [u8]>),
}

impl AudioDelta<'_> {
    /// The base64 text, JSON escapes undone; `None` for a binary frame.
    #[must_use]
    pub fn base64(&self) -> Option<&str> {
        match &self.payload {
            Payload::Base64(text) => Some(text),
            Payload::Raw(_) => None,
        }
    }

    /// How many bytes it decodes to: exact, padded or not, and known without decoding.
    #[must_use]
    pub fn decoded_len(&self) -> usize {
        self.payload.decoded_len()
    }

    /// How long it plays, in whole milliseconds.
    ///
    /// `None` where the format does not tell (Opus).
    #[must_use]
    pub fn duration(&self) -> Option<Duration> {
        self.format
            .duration(u64::try_from(self.decoded_len()).ok()?)
    }

    /// Replaces the contents of `pcm` and returns how many bytes there are.
    ///
    /// `pcm` is overwritten in place: only what it is too short by is zeroed first, and it grows
    /// only if its capacity does not suffice.
    ///
    /// # Errors
    /// Fails if the payload is not base64, with the offset of the first byte that is wrong; `pcm`
    /// is then empty.
    pub fn decode_into(&self, pcm: &mut Vec<u8>) -> Result<usize, AudioError> {
        match &self.payload {
            Payload::Base64(text) => codec::decode_into(text, pcm),
            Payload::Raw(bytes) => {
                pcm.clear();
                pcm.extend_from_slice(bytes);
                Ok(bytes.len())
            }
        }
    }

    /// Appends the decoded bytes to `pcm` and returns how many there are.
    ///
    /// # Errors
    /// Fails as [`decode_into`](Self::decode_into) does; `pcm` is then as it was.
    pub fn decode_append(&self, pcm: &mut Vec<u8>) -> Result<usize, AudioError> {
        match &self.payload {
            Payload::Base64(text) => codec::decode_append(text, pcm),
            Payload::Raw(bytes) => {
                pcm.extend_from_slice(bytes);
                Ok(bytes.len())
            }
        }
    }

    /// Decodes to the front of `out` and returns how many bytes that were.
    ///
    /// # Errors
    /// Fails with [`AudioError::TooSmall`] if `out` is shorter than
    /// [`decoded_len`](Self::decoded_len), and is then unchanged. Fails if the payload is not
    /// base64, and has then written nothing that means anything.
    pub fn decode_to_slice(&self, out: &mut [u8]) -> Result<usize, AudioError> {
        match &self.payload {
            Payload::Base64(text) => codec::decode_to_slice(text, out),
            Payload::Raw(bytes) => {
                let need = bytes.len();
                out.get_mut(..need)
                    .ok_or(AudioError::TooSmall { need })?
                    .copy_from_slice(bytes);
                Ok(need)
            }
        }
    }
}

impl Payload<'_> {
    pub(super) fn decoded_len(&self) -> usize {
        match self {
            Self::Base64(text) => codec::decoded_len(text),
            Self::Raw(bytes) => bytes.len(),
        }
    }
}

impl Serialize for AudioDelta<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Flat<'a> {
            #[serde(flatten)]
            ids: &'a Ids<'a>,
            epoch: Epoch,
            format: AudioFormat,
            bytes: usize,
            payload: &'a Payload<'a>,
            #[serde(
                rename = "at_ms",
                serialize_with = "super::serial::some_millis",
                skip_serializing_if = "Option::is_none"
            )]
            at: Option<Duration>,
        }
        let Self {
            ids,
            epoch,
            format,
            payload,
            at,
        } = self;
        let (epoch, format, bytes, at) = (*epoch, *format, payload.decoded_len(), *at);
        Flat {
            ids,
            epoch,
            format,
            bytes,
            payload,
            at,
        }
        .serialize(serializer)
    }
}

impl Serialize for Payload<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Base64(text) => serializer.serialize_str(text),
            Self::Raw(bytes) => {
                let mut text = Vec::with_capacity(codec::encoded_len(bytes.len()));
                codec::encode_append(bytes, &mut text);
                serializer.serialize_str(&String::from_utf8_lossy(&text))
            }
        }
    }
}
