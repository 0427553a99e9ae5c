//! Runs of plain text inside strings: what most of a frame consists of.

use memchr::memchr2;

/// How many bytes are looked at at once.
const WORD: usize = size_of::<u64>();

/// How much is looked at in words before vectors pay.
const SHORT: usize = 64;

/// The length of the run before the next quote, backslash or control character, if there is one.
#[inline]
pub(super) fn plain_run(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    for at in (0..SHORT).step_by(WORD) {
        let Some((word, after)) = rest.split_first_chunk() else {
            return tail_run(rest).map(|run| at + run);
        };
        let ends = ends(u64::from_le_bytes(*word));
        if ends != 0 {
            return Some(at + ends.trailing_zeros() as usize / 8);
        }
        rest = after;
    }
    long_run(rest).map(|run| SHORT + run)
}

/// The same, of what is shorter than a word.
fn tail_run(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| ends_run(*byte))
}

/// The same, of what is likely to be long.
#[inline(never)]
fn long_run(bytes: &[u8]) -> Option<usize> {
    let stop = memchr2(b'"', b'\\', bytes);
    let run = bytes.get(..stop.unwrap_or(bytes.len()));
    control(run.unwrap_or_default()).or(stop)
}

/// The same, of a run that is likely to be so long and to end with a quote.
#[inline]
pub(super) fn plain_run_of(bytes: &[u8], likely: usize) -> Option<usize> {
    match bytes.split_at_checked(likely) {
        Some((run, [b'"', ..])) if is_plain(run) => Some(likely),
        _ => plain_run(bytes),
    }
}

/// How many bytes a vector holds.
const BLOCK: usize = 16;

/// Whether nothing in it ends a run. What is longer than a block is looked at in blocks, the last of
/// which overlap; what is shorter, in halves or quarters of one.
#[inline]
fn is_plain(run: &[u8]) -> bool {
    match (run.first_chunk(), run.last_chunk()) {
        (Some(head), Some(tail)) if run.len() <= 2 * BLOCK => {
            is_plain_block(head) & is_plain_block(tail)
        }
        (Some(_), Some(tail)) => {
            let mut blocks = run.chunks_exact(BLOCK).filter_map(<[u8]>::first_chunk);
            is_plain_block(tail) && blocks.all(is_plain_block)
        }
        _ => is_plain_short(run),
    }
}

/// Without a branch, so that it compiles to vector code.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch")]
fn is_plain_block(block: &[u8; BLOCK]) -> bool {
    let odd = |byte: u8| (byte < 0x20) | (byte == b'"') | (byte == b'\\');
    !block.iter().fold(false, |any, byte| any | odd(*byte))
}

#[inline]
fn is_plain_short(run: &[u8]) -> bool {
    if let (Some(head), Some(tail)) = (run.first_chunk(), run.last_chunk()) {
        return (ends(u64::from_le_bytes(*head)) | ends(u64::from_le_bytes(*tail))) == 0;
    }
    if let (Some(head), Some(tail)) = (run.first_chunk(), run.last_chunk()) {
        let [head, tail] = [head, tail].map(|half| u64::from(u32::from_le_bytes(*half)));
        return ends(head | tail << 32) == 0;
    }
    run.iter().all(|byte| !ends_run(*byte))
}

/// The length of the string that ends here, unless it has an escape. Control characters are not
/// looked for: its decoder refuses them.
#[inline]
pub(super) fn media_run(bytes: &[u8]) -> Option<usize> {
    let end = memchr2(b'"', b'\\', bytes)?;
    (bytes.get(end) == Some(&b'"')).then_some(end)
}

#[inline]
const fn ends_run(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// The high bit of the first byte that ends a run, and perhaps of later ones.
#[inline]
const fn ends(word: u64) -> u64 {
    const EACH: u64 = u64::MAX / 0xFF;
    const HIGH: u64 = EACH << 7;
    // A quote changes places with a space by this: with the controls, it is below all others then.
    let quote_or_control = (word ^ (EACH * 0x02)).wrapping_sub(EACH * 0x21);
    let backslash = (word ^ (EACH * b'\\' as u64)).wrapping_sub(EACH);
    (quote_or_control | backslash) & !word & HIGH
}

/// Whether a text has a control character.
pub(crate) fn has_control(text: &str) -> bool {
    control(text.as_bytes()).is_some()
}

/// The first control character, looked for a block at a time so that it compiles to vector code.
fn control(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 256;
    let lowest = |block: &[u8]| block.iter().fold(u8::MAX, |low, byte| low.min(*byte));
    let blocks = bytes.chunks_exact(BLOCK);
    let clean = blocks.clone().all(|block| lowest(block) >= 0x20);
    if clean && lowest(blocks.remainder()) >= 0x20 {
        return None;
    }
    bytes.iter().position(|byte| *byte < 0x20)
}
