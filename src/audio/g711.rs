//! ITU-T G.711: one byte a sample, logarithmic, as telephones speak it.
//!
//! Both laws code a sign, one of eight segments, and four bits within the segment. The linear
//! side is 16 bits wide; µ-law uses the upper 14 of them, A-law the upper 13.

/// Added to a µ-law magnitude, so that every segment is twice as wide as the last.
const BIAS: i16 = 0x84;

/// The largest magnitude that µ-law can code; louder samples are clipped to it.
const CLIP: u16 = 32_635;

/// Decodes one µ-law byte (`audio/pcmu`).
///
/// ```
/// use realtime_proto::audio::decode_mulaw;
///
/// assert_eq!([0xff, 0x00, 0x80].map(decode_mulaw), [0, -32_124, 32_124]);
/// ```
#[must_use]
pub const fn decode_mulaw(code: u8) -> i16 {
    let code = !code;
    let step = (((code & 0x0f) as i16) << 3) + BIAS;
    let magnitude = (step << segment(code)) - BIAS;
    if code & 0x80 == 0 {
        magnitude
    } else {
        -magnitude
    }
}

/// Encodes one sample as µ-law (`audio/pcmu`).
///
/// It undoes [`decode_mulaw`], but for `0x7f`, the negative zero: that becomes `0xff`.
#[must_use]
pub const fn encode_mulaw(sample: i16) -> u8 {
    let magnitude = magnitude(sample);
    let biased = (if magnitude > CLIP { CLIP } else { magnitude }) + BIAS.unsigned_abs();
    // The bias makes bit 7 or one above it the highest that is set.
    let segment = 8 - biased.leading_zeros();
    let code = pack(segment, biased >> (segment + 3));
    !(if sample < 0 { code | 0x80 } else { code })
}

/// Decodes one A-law byte (`audio/pcma`).
///
/// ```
/// use realtime_proto::audio::decode_alaw;
///
/// assert_eq!([0xd5, 0x2a, 0xaa].map(decode_alaw), [8, -32_256, 32_256]);
/// ```
#[must_use]
pub const fn decode_alaw(code: u8) -> i16 {
    let code = code ^ 0x55;
    let step = (((code & 0x0f) as i16) << 4) + 8;
    let magnitude = match segment(code) {
        0 => step,
        segment => (step + 0x100) << (segment - 1),
    };
    if code & 0x80 == 0 {
        -magnitude
    } else {
        magnitude
    }
}

/// Encodes one sample as A-law (`audio/pcma`).
///
/// It undoes [`decode_alaw`].
#[must_use]
pub const fn encode_alaw(sample: i16) -> u8 {
    let magnitude = magnitude(sample);
    let code = if magnitude < 0x100 {
        pack(0, magnitude >> 4)
    } else {
        let segment = 8 - magnitude.leading_zeros();
        pack(segment, magnitude >> (segment + 3))
    };
    (if sample < 0 { code } else { code | 0x80 }) ^ 0x55
}

/// The magnitude as the standard has it: the one's complement of a negative sample.
const fn magnitude(sample: i16) -> u16 {
    (if sample < 0 { !sample } else { sample }).unsigned_abs()
}

/// The segment of a code whose inversion is undone.
const fn segment(code: u8) -> u8 {
    (code >> 4) & 0x07
}

/// Joins a segment and the low four bits of a step.
const fn pack(segment: u32, step: u16) -> u8 {
    let [code, ..] = ((segment << 4) | (step & 0x0f) as u32).to_le_bytes();
    code
}
