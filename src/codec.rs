//! Base64 of audio and other media: the standard alphabet, padded or not.
//!
//! Decoding writes into the caller's buffer and zeroes nothing that it overwrites. The SIMD engine
//! finds out what the processor can do when it is built, so it is built once.
//!
//! What has one reading only, whole groups of symbols, may be done by a wider codec. The engine does
//! the rest, and all of it where the wider one refuses: so results never depend on it.

#[cfg(all(feature = "wide-base64", target_arch = "x86_64"))]
mod wide;

#[cfg(not(all(feature = "wide-base64", target_arch = "x86_64")))]
mod wide {
    pub(super) const fn decode(_text: &[u8], _out: &mut [u8]) -> usize {
        0
    }

    pub(super) const fn encode(_bytes: &[u8], _out: &mut [u8]) -> usize {
        0
    }
}

use crate::error::AudioError;
use alloc::{string::String, vec::Vec};
use base64::{
    Engine as _,
    engine::{DecodePaddingMode, GeneralPurposeConfig},
};

/// Lenient where leniency loses nothing: padding, and the bits that the last symbol leaves over.
const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

#[cfg(all(
    feature = "std",
    any(
        target_arch = "x86_64",
        all(target_arch = "aarch64", target_feature = "neon")
    )
))]
static ENGINE: std::sync::LazyLock<base64::engine::Simd> =
    std::sync::LazyLock::new(|| base64::engine::Simd::standard(CONFIG));

#[cfg(not(all(
    feature = "std",
    any(
        target_arch = "x86_64",
        all(target_arch = "aarch64", target_feature = "neon")
    )
)))]
static ENGINE: base64::engine::GeneralPurpose =
    base64::engine::GeneralPurpose::new(&base64::alphabet::STANDARD, CONFIG);

/// How many bytes `text` decodes to, exactly, if it is base64 at all.
pub(crate) fn decoded_len(text: &str) -> usize {
    let symbols = match text.as_bytes() {
        [head @ .., b'=', b'='] | [head @ .., b'='] => head.len(),
        whole => whole.len(),
    };
    symbols / 4 * 3 + symbols % 4 * 3 / 4
}

/// Decodes `text` to the front of `out` and says how many bytes that were.
pub(crate) fn decode_to_slice(text: &str, out: &mut [u8]) -> Result<usize, AudioError> {
    let need = decoded_len(text);
    let out = out.get_mut(..need).ok_or(AudioError::TooSmall { need })?;
    let groups = wide::decode(text.as_bytes(), out);
    let (rest, out) = behind(text.as_bytes(), groups * 4, out, groups * 3);
    if rest.is_empty() {
        return Ok(need);
    }
    match ENGINE.decode_slice(rest, out) {
        Ok(written) => Ok(groups * 3 + written),
        Err(_) => Err(AudioError::Base64 {
            offset: fault_offset(text),
        }),
    }
}

/// What is left to do when so much was read and so much was written.
fn behind<'b>(
    from: &'b [u8],
    read: usize,
    to: &'b mut [u8],
    written: usize,
) -> (&'b [u8], &'b mut [u8]) {
    let from = from.get(read..).unwrap_or_default();
    (from, to.get_mut(written..).unwrap_or_default())
}

/// Replaces the contents of `out`, which is empty on error.
pub(crate) fn decode_into(text: &str, out: &mut Vec<u8>) -> Result<usize, AudioError> {
    let need = decoded_len(text);
    if out.len() < need {
        out.resize(need, 0);
    }
    let decoded = decode_to_slice(text, out);
    out.truncate(decoded.as_ref().copied().unwrap_or(0));
    decoded
}

/// Appends to `out`, which is as it was on error.
pub(crate) fn decode_append(text: &str, out: &mut Vec<u8>) -> Result<usize, AudioError> {
    let start = out.len();
    out.resize(start + decoded_len(text), 0);
    let decoded = decode_to_slice(text, out.get_mut(start..).unwrap_or_default());
    out.truncate(start + decoded.as_ref().copied().unwrap_or(0));
    decoded
}

/// Whether `text` is base64 as servers take it: whole groups, the last one padded.
pub(crate) fn is_base64(text: &str) -> bool {
    let symbols = text.trim_end_matches('=');
    let padding = text.len() - symbols.len();
    text.len() % 4 == 0 && padding <= 2 && symbols.bytes().all(is_symbol)
}

const fn is_symbol(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/'
}

/// How many characters `bytes` bytes encode to, padding included.
pub(crate) const fn encoded_len(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

/// Returns the base64 of `bytes`.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = Vec::new();
    encode_append(bytes, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// Appends the base64 of `bytes`; allocates only if `out` has no room for it.
pub(crate) fn encode_append(bytes: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + encoded_len(bytes.len()), 0);
    let tail = out.get_mut(start..).unwrap_or_default();
    let groups = wide::encode(bytes, tail);
    let (rest, tail) = behind(bytes, groups * 3, tail, groups * 4);
    let written = ENGINE.encode_slice(rest, tail);
    debug_assert_eq!(written, Ok(tail.len()), "the tail is as long as the text");
}

/// Where the text stops being base64: its first byte that is no symbol, or its end if it is cut.
///
/// Asked only of a text that the engine refused, so padding that is in place never counts.
fn fault_offset(text: &str) -> usize {
    text.bytes()
        .position(|byte| !is_symbol(byte))
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{string::String, vec};

    fn sample(len: usize) -> Vec<u8> {
        (0..len)
            .map(|index| (index * 167 + 13).to_le_bytes()[0])
            .collect()
    }

    fn encoded(bytes: &[u8]) -> String {
        let mut out = Vec::new();
        encode_append(bytes, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_length_comes_back_padded_or_not() {
        let mut reused = Vec::new();
        for len in 0..=300 {
            let bytes = sample(len);
            let padded = encoded(&bytes);
            assert_eq!(padded.len(), encoded_len(len));
            for text in [padded.as_str(), padded.trim_end_matches('=')] {
                assert_eq!(decoded_len(text), len, "{text}");
                assert_eq!(decode_into(text, &mut reused), Ok(len));
                assert_eq!(reused, bytes);
            }
        }
    }

    #[test]
    fn known_text() {
        assert_eq!(encoded(b"\xfb\xff\xbf"), "+/+/");
        assert_eq!(encoded(b"any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw==");
        let mut out = vec![b'>'];
        encode_append(b"", &mut out);
        encode_append(b"M", &mut out);
        assert_eq!(out, b">TQ==");
    }

    #[test]
    fn leftover_bits_are_ignored() {
        let mut out = Vec::new();
        for text in ["TR==", "TR", "TQ=", "Tf=="] {
            assert_eq!(decode_into(text, &mut out), Ok(1), "{text}");
            assert_eq!(out, b"M");
        }
    }

    #[test]
    fn a_bad_byte_is_found_at_every_offset() {
        for len in [1, 2, 3, 4, 47, 48, 49, 100, 240] {
            let good = encoded(&sample(len));
            let good = good.trim_end_matches('=');
            for offset in 0..good.len() {
                for bad in ["=", "-", "_", "!", "\n", "\u{0}", "\u{7f}", "é", " "] {
                    let text = [&good[..offset], bad, &good[offset + 1..]].concat();
                    if bad == "=" && !text[offset..].contains(|c| c != '=') && offset % 4 >= 2 {
                        continue; // padding in its place
                    }
                    let mut out = vec![7; 3];
                    assert_eq!(
                        decode_into(&text, &mut out),
                        Err(AudioError::Base64 { offset }),
                        "{text:?}"
                    );
                    assert!(out.is_empty());
                }
            }
        }
    }

    #[test]
    fn cut_and_overpadded_texts_are_refused() {
        for (text, offset) in [
            ("A", 1),
            ("AAAAA", 5),
            ("=", 0),
            ("====", 0),
            ("A===", 1),
            ("AAA==", 3),
            ("AAAA=", 4),
            ("AAAA====", 4),
            ("AA==AA==", 2),
        ] {
            let refused = Err(AudioError::Base64 { offset });
            assert_eq!(decode_into(text, &mut Vec::new()), refused, "{text}");
            assert_eq!(decode_to_slice(text, &mut [0; 16]), refused, "{text}");
        }
    }

    #[test]
    fn append_keeps_what_was_there() {
        let mut out = vec![1, 2];
        assert_eq!(decode_append("TWFu", &mut out), Ok(3));
        assert_eq!(out, b"\x01\x02Man");
        assert_eq!(
            decode_append("TW\tu", &mut out),
            Err(AudioError::Base64 { offset: 2 })
        );
        assert_eq!(out, b"\x01\x02Man");
    }

    #[test]
    fn a_slice_may_be_longer_but_not_shorter() {
        let text = encoded(&sample(100));
        for len in 0..100 {
            let short = decode_to_slice(&text, &mut vec![0; len]);
            assert_eq!(short, Err(AudioError::TooSmall { need: 100 }));
        }
        let mut out = vec![0xEE; 103];
        assert_eq!(decode_to_slice(&text, &mut out), Ok(100));
        assert_eq!(
            (&out[..100], &out[100..]),
            (&sample(100)[..], &[0xEE; 3][..])
        );
    }

    #[test]
    fn room_that_is_there_is_used() {
        let (bytes, mut text, mut out) = (sample(300), Vec::with_capacity(400), vec![0; 300]);
        let (text_at, out_at) = (text.as_ptr(), out.as_ptr());
        encode_append(&bytes, &mut text);
        assert_eq!(
            decode_into(&String::from_utf8(text.clone()).unwrap(), &mut out),
            Ok(300)
        );
        assert_eq!((text.as_ptr(), out.as_ptr()), (text_at, out_at));
    }
}
