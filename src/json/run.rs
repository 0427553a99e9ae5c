//! Runs of plain text inside strings: what most of a frame consists of.

use memchr::memchr2;

/// The length of the run before the next quote, backslash or control character, if there is one.
pub(super) fn plain_run(bytes: &[u8]) -> Option<usize> {
    const SHORT: usize = 32;
    let (head, tail) = bytes.split_at_checked(SHORT).unwrap_or((bytes, &[]));
    if let Some(at) = head.iter().position(|byte| ends_run(*byte)) {
        return Some(at);
    }
    let stop = memchr2(b'"', b'\\', tail);
    let run = tail.get(..stop.unwrap_or(tail.len())).unwrap_or_default();
    control(run).or(stop).map(|at| SHORT + at)
}

const fn ends_run(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// The first control character, looked for a block at a time so that it compiles to vector code.
fn control(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 64;
    let lowest = |block: &[u8]| block.iter().fold(u8::MAX, |low, byte| low.min(*byte));
    let blocks = bytes.chunks_exact(BLOCK);
    let clean = blocks.clone().all(|block| lowest(block) >= 0x20);
    if clean && lowest(blocks.remainder()) >= 0x20 {
        return None;
    }
    bytes.iter().position(|byte| *byte < 0x20)
}
