//! How many deltas a session decodes by a shape that it has seen before.

use crate::{
    cases::FRAMES,
    desk::Desk,
    frames::Wire,
    ours,
    recorded::{self, Entry},
};
use realtime_proto::{Counters, Session};
use std::collections::HashSet;

/// How many deltas the stream has.
const STREAM: usize = 32 * FRAMES;

/// What was counted.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    /// Unescaped deltas of a shape that the session had seen before.
    seen: u64,
    /// Those of them that were decoded by it.
    by_shape: u64,
    /// Those of all hits whose bookkeeping went by position, where the session counts that.
    bound: Option<u64>,
    all: u64,
}

impl Hits {
    /// Counts a stream of all kinds of deltas, and a recorded call.
    pub(crate) fn of(wire: &Wire) -> Self {
        let mut counted = Self::default();
        let stream: Vec<String> = (0..STREAM).map(|number| delta(wire, number)).collect();
        counted.count(ours::opened(wire), stream.iter().map(String::as_str));
        let call = recorded::read(wire.recording);
        let server = call.iter().filter_map(|entry| match entry {
            Entry::Server(frame) => Some(&**frame),
            Entry::Append(_) => None,
        });
        counted.count(ours::passive(wire), server);
        counted
    }

    fn count<'f>(&mut self, mut session: Session, frames: impl Iterator<Item = &'f str>) {
        let (mut shapes, mut desk) = (HashSet::new(), Desk::default());
        for frame in frames {
            let before = session.counters();
            ours::receive(&mut session, frame, &mut desk);
            let after = session.counters();
            let hit = after.template_hits - before.template_hits;
            let is_delta = hit + after.template_misses > before.template_misses;
            if is_delta && !frame.contains('\\') && !shapes.insert(shape(frame)) {
                self.seen += 1;
                self.by_shape += hit;
            }
        }
        let counters = session.counters();
        self.all += counters.template_hits;
        if let Some(bound) = bound(&counters) {
            *self.bound.get_or_insert(0) += bound;
        }
    }

    /// The share of deltas of a known shape that were decoded by it, in percent.
    pub(crate) fn seen_before(&self) -> f64 {
        percent(self.by_shape, self.seen)
    }

    /// The share of hits whose bookkeeping went by position, in percent; not a number where the
    /// session does not count them.
    pub(crate) fn bound(&self) -> f64 {
        self.bound
            .map_or(f64::NAN, |bound| percent(bound, self.all))
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of frames")]
fn percent(part: u64, whole: u64) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn delta(wire: &Wire, number: usize) -> String {
    match (number % 3, wire.audio) {
        (0, Some(audio)) => audio(number / 3, 20),
        (1, _) => (wire.transcript)(number / 3),
        _ => (wire.text)(number / 3),
    }
}

/// By name, so that this also builds where the session has no such counter.
fn bound(counters: &Counters) -> Option<u64> {
    let printed = format!("{counters:?}");
    let (_, behind) = printed.split_once("template_bound: ")?;
    behind.split([',', ' ']).next()?.parse().ok()
}

/// A frame without what varies from one delta to the next: its strings, but for the names of its
/// keys and its kind, and its numbers.
fn shape(frame: &str) -> String {
    let mut shape = String::new();
    let mut kept = "";
    for (at, piece) in frame.split('"').enumerate() {
        let is_string = at % 2 == 1;
        let is_key = is_string && frame[offset(frame, piece) + piece.len() + 1..].starts_with(':');
        match (is_string, is_key || kept == "type") {
            (true, true) => shape.push_str(piece),
            (true, false) => shape.push('"'),
            (false, _) => shape.extend(piece.chars().filter(|c| !is_of_a_number(*c))),
        }
        if is_string {
            kept = if is_key { piece } else { "" };
        }
    }
    shape
}

fn is_of_a_number(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '.' | '-')
}

/// Where a part of the frame begins.
fn offset(frame: &str, piece: &str) -> usize {
    piece.as_ptr() as usize - frame.as_ptr() as usize
}
