//! Whole groups of base64 by AVX-512, on processors that have it.
//!
//! `base64-turbo` 0.5 was read for it, and run between guard pages: with whole groups it reads and
//! writes nothing outside its slices. Its other vector code is not used, and neither are its rules
//! for padding.

use base64_turbo::STANDARD_NO_PAD;
use std::arch::is_x86_feature_detected;

/// Decodes from the front of `text` as many whole groups as `out` holds, and returns how many.
///
/// All or none: a group with padding or a fault is a reason to refuse.
pub(super) fn decode(text: &[u8], out: &mut [u8]) -> usize {
    let groups = out.len() / 3;
    match text.get(..groups * 4).zip(out.get_mut(..groups * 3)) {
        Some((text, out)) if is_wide() => match STANDARD_NO_PAD.decode_slice(text, out) {
            Ok(_) => groups,
            Err(_) => 0,
        },
        _ => 0,
    }
}

/// Encodes from the front of `bytes` all whole groups, and returns how many.
pub(super) fn encode(bytes: &[u8], out: &mut [u8]) -> usize {
    let groups = bytes.len() / 3;
    match bytes.get(..groups * 3) {
        Some(bytes) if is_wide() => match STANDARD_NO_PAD.encode_slice(bytes, out) {
            Ok(_) => groups,
            Err(_) => 0,
        },
        _ => 0,
    }
}

/// Whether the processor has what the wide code is written in. The codec would ask by itself, but
/// without it the engine is to do the work.
fn is_wide() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vbmi")
}
