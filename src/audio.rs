//! Audio formats and their arithmetic: bytes, samples, milliseconds, G.711.
//!
//! Bytes are those of the raw audio, after base64. Samples are signed 16-bit numbers, mono unless
//! the format says otherwise. Durations are whole milliseconds, rounded down.

mod g711;

pub use g711::{decode_alaw, decode_mulaw, encode_alaw, encode_mulaw};

use crate::error::AudioError;
use alloc::vec::Vec;
use core::{fmt, time::Duration};
use serde::{Deserialize, Serialize};

/// How raw audio is encoded: the encoding, samples per second, channels.
///
/// ```
/// use core::time::Duration;
/// use realtime_proto::AudioFormat;
///
/// let format = AudioFormat::pcm16(24_000);
/// assert_eq!(format.bytes_per_ms(), Some(48));
/// assert_eq!(format.duration(960), Some(Duration::from_millis(20)));
/// assert_eq!(format.bytes(Duration::from_millis(20)), Some(960));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AudioFormat {
    /// How one sample is written.
    pub encoding: Encoding,
    /// Samples per second of each channel, in Hz.
    pub rate_hz: u32,
    /// Interleaved channels; 1 unless said otherwise.
    #[serde(default = "mono")]
    pub channels: u8,
}

/// How one sample is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Encoding {
    /// Signed 16-bit integers, little-endian: `audio/pcm`, `pcm16`.
    Pcm16,
    /// G.711 µ-law, one byte a sample: `audio/pcmu`, `g711_ulaw`.
    Pcmu,
    /// G.711 A-law, one byte a sample: `audio/pcma`, `g711_alaw`.
    Pcma,
    /// Opus packets, whose length says nothing about their duration: `audio/opus`.
    Opus,
    /// An encoding that the crate knows nothing about.
    Other,
}

fn mono() -> u8 {
    1
}

impl AudioFormat {
    /// Returns the format with this encoding, rate in Hz, and number of channels.
    #[must_use]
    pub const fn new(encoding: Encoding, rate_hz: u32, channels: u8) -> Self {
        Self {
            encoding,
            rate_hz,
            channels,
        }
    }

    /// Returns signed 16-bit little-endian mono at `rate_hz`.
    #[must_use]
    pub const fn pcm16(rate_hz: u32) -> Self {
        Self::new(Encoding::Pcm16, rate_hz, 1)
    }

    /// Returns G.711 µ-law: 8 kHz mono.
    #[must_use]
    pub const fn pcmu() -> Self {
        Self::new(Encoding::Pcmu, 8_000, 1)
    }

    /// Returns G.711 A-law: 8 kHz mono.
    #[must_use]
    pub const fn pcma() -> Self {
        Self::new(Encoding::Pcma, 8_000, 1)
    }

    /// Returns Opus mono at `rate_hz`.
    #[must_use]
    pub const fn opus(rate_hz: u32) -> Self {
        Self::new(Encoding::Opus, rate_hz, 1)
    }

    /// Returns the media type, without parameters.
    ///
    /// [`Encoding::Other`] is `application/octet-stream`.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self.encoding {
            Encoding::Pcm16 => "audio/pcm",
            Encoding::Pcmu => "audio/pcmu",
            Encoding::Pcma => "audio/pcma",
            Encoding::Opus => "audio/opus",
            Encoding::Other => "application/octet-stream",
        }
    }

    /// Returns the bytes of one millisecond, if that is a whole number.
    ///
    /// `None` for compressed and unknown encodings, for a rate or a channel count of zero, and
    /// where a millisecond is not a whole number of bytes (11 025 Hz); [`duration`](Self::duration)
    /// is exact there too.
    #[must_use]
    pub fn bytes_per_ms(self) -> Option<u32> {
        let second = self.bytes_per_second()?;
        (second % 1000 == 0)
            .then(|| u32::try_from(second / 1000).ok())
            .flatten()
    }

    /// Returns how long `bytes` of audio last, in whole milliseconds, rounded down.
    ///
    /// `None` for compressed and unknown encodings, and for a rate or a channel count of zero.
    #[must_use]
    pub fn duration(self, bytes: u64) -> Option<Duration> {
        self.millis(bytes).map(Duration::from_millis)
    }

    /// The same, in milliseconds.
    pub(crate) fn millis(self, bytes: u64) -> Option<u64> {
        let second = self.bytes_per_second()?;
        if let Some(thousandfold) = bytes.checked_mul(1000) {
            return Some(thousandfold / second);
        }
        let millis = u128::from(bytes) * 1000 / u128::from(second);
        Some(u64::try_from(millis).unwrap_or(u64::MAX))
    }

    /// Returns the bytes of `duration`, rounded down to whole samples of every channel.
    ///
    /// `None` for compressed and unknown encodings, and for a rate or a channel count of zero.
    #[must_use]
    pub fn bytes(self, duration: Duration) -> Option<u64> {
        let frame = u128::from(self.frame_bytes()?);
        let samples = duration.as_nanos().saturating_mul(u128::from(self.rate_hz)) / 1_000_000_000;
        (self.rate_hz > 0).then(|| u64::try_from(samples.saturating_mul(frame)).unwrap_or(u64::MAX))
    }

    /// Bytes of one sample of every channel; never zero.
    fn frame_bytes(self) -> Option<u64> {
        let sample = match self.encoding {
            Encoding::Pcm16 => 2,
            Encoding::Pcmu | Encoding::Pcma => 1,
            Encoding::Opus | Encoding::Other => return None,
        };
        (self.channels > 0).then(|| sample * u64::from(self.channels))
    }

    /// Never zero.
    fn bytes_per_second(self) -> Option<u64> {
        let frame = self.frame_bytes()?;
        (self.rate_hz > 0).then(|| u64::from(self.rate_hz) * frame)
    }
}

impl fmt::Display for AudioFormat {
    /// Writes the media type, the rate in Hz, and the channels where there are several.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{};rate={}", self.mime(), self.rate_hz)?;
        if self.channels != 1 {
            write!(f, ";channels={}", self.channels)?;
        }
        Ok(())
    }
}

/// Reads little-endian 16-bit samples.
///
/// ```
/// let samples = realtime_proto::audio::samples(&[0x01, 0x00, 0xff, 0xff])?;
/// assert!(samples.eq([1, -1]));
/// # Ok::<(), realtime_proto::AudioError>(())
/// ```
///
/// # Errors
/// [`AudioError::OddLength`] if a sample is cut in half.
pub fn samples(pcm: &[u8]) -> Result<impl ExactSizeIterator<Item = i16> + Clone + '_, AudioError> {
    let pairs = pcm.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err(AudioError::OddLength);
    }
    Ok(pairs.map(|pair| match *pair {
        [low, high] => i16::from_le_bytes([low, high]),
        _ => 0,
    }))
}

/// Appends samples as little-endian 16-bit integers.
///
/// ```
/// let mut pcm = Vec::new();
/// realtime_proto::audio::write_samples([1, -1], &mut pcm);
/// assert_eq!(pcm, [0x01, 0x00, 0xff, 0xff]);
/// ```
pub fn write_samples(samples: impl IntoIterator<Item = i16>, pcm: &mut Vec<u8>) {
    pcm.extend(samples.into_iter().flat_map(i16::to_le_bytes));
}
