//! Templates: what frames of one shape have in common, and where they differ.
//!
//! ```text
//!  {"type":"delta","event_id":"event_1","item_id":"item_1","delta":"Hi"}
//!  └──────── constant ───────┘└─gap──┘└─ constant ─┘└gap─┘└constant┘└┘
//! ```
//! A frame whose constant bytes are the same, and whose gaps hold plain strings or numbers, parses
//! the same by construction: what a parser would find is where it was. Some gaps differ from frame
//! to frame; others, such as the names of what a frame adds to, stay the same for a while, and are
//! compared like constants as long as they do.

use super::{
    run::{media_run, plain_run_of},
    scan::number_run,
    slot::{Kind, Slot},
};
use crate::{
    delta::Field,
    heap::Heap,
    slots::{Found, Span},
};
use alloc::{boxed::Box, string::String};
use arrayvec::ArrayVec;

/// How many values of one shape may differ.
pub(crate) const GAPS: usize = 12;

/// How many of them may differ from frame to frame.
pub(crate) const OPEN: usize = 6;

/// What stands in a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// The body of a string without an escape.
    Text,
    /// The same; whoever decodes it finds what is no symbol of its alphabet.
    Media,
    Number,
}

impl Gap {
    /// How long what stands here is, if it can be in such a gap. Most are as long as the last one.
    #[inline]
    fn run(self, rest: &[u8], likely: usize) -> Option<usize> {
        match self {
            Self::Text => plain_run_of(rest, likely),
            Self::Media => media_run(rest),
            Self::Number => number_run(rest),
        }
    }
}

/// A value that differs: where it lies in the frame that the shape was learned from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Varying {
    pub(crate) field: Field,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) gap: Gap,
    /// It is the same for a while.
    pub(crate) stays: bool,
}

/// Those of one shape, in order.
pub(crate) type AllVarying = ArrayVec<Varying, GAPS>;

/// A shape of frames.
#[derive(Debug, Default)]
pub(crate) struct Template {
    /// The frame that it was learned from, without what does not stay.
    text: String,
    /// From each of the gaps that do not stay to the next.
    steps: ArrayVec<Step, OPEN>,
    /// Which of them is what the frame adds.
    body: u8,
    varying: Box<AllVarying>,
}

/// What is constant, and a gap behind it.
#[derive(Debug)]
struct Step {
    constant: u32,
    /// How long what filled the gap was.
    likely: u32,
    gap: Gap,
}

/// Where all gaps of a frame begin and end, in order.
pub(crate) type Places = [(u32, u32); GAPS];

impl Template {
    /// The shape of a frame whose varying values lie there.
    pub(crate) fn new(frame: &str, varying: &AllVarying) -> Self {
        let mut template = Self::default();
        template.learn(frame, varying);
        template
    }

    /// Learns the shape of a frame whose varying values lie there.
    pub(crate) fn learn(&mut self, frame: &str, varying: &AllVarying) {
        (*self.varying).clone_from(varying);
        self.text.clear();
        self.steps.clear();
        let mut from = 0;
        for (gap, value) in open(varying).take(OPEN).enumerate() {
            if value.field == Field::Body {
                self.body = Found::itself(gap);
            }
            self.text.push_str(part(frame, from, value.start));
            self.steps.push(Step {
                constant: value.start - from,
                likely: value.end - value.start,
                gap: value.gap,
            });
            from = value.end;
        }
        self.text.push_str(part(frame, from, u32::MAX));
    }

    /// Whether a frame whose varying values lie there is of this shape, and of the same things.
    pub(crate) fn is_of(&self, frame: &str, varying: &AllVarying) -> bool {
        let (mut known, mut from) = (self.text.as_str(), 0);
        for value in open(varying) {
            let Some(later) = known.strip_prefix(part(frame, from, value.start)) else {
                return false;
            };
            (known, from) = (later, value.end);
        }
        let gaps = self.varying.iter().map(|value| value.gap);
        known == part(frame, from, u32::MAX) && gaps.eq(varying.iter().map(|value| value.gap))
    }

    /// Where the gaps of a frame of this shape lie that do not stay, if it is of the same things.
    #[inline]
    pub(crate) fn fit(&self, frame: &str, found: &mut Found) -> bool {
        let (mut rest, mut known) = (frame.as_bytes(), self.text.as_bytes());
        for (at, step) in self.steps.iter().enumerate() {
            let Some((body, later)) = step.behind(rest, known) else {
                return false;
            };
            let last = at + 1 == self.steps.len();
            let likely = if last {
                body.len().saturating_sub(later.len())
            } else {
                step.likely as usize
            };
            let Some(run) = step.gap.run(body, likely) else {
                return false;
            };
            let start = frame.len() - body.len();
            found.set(at, start, run);
            (rest, known) = (body.get(run..).unwrap_or_default(), later);
        }
        same(rest, known)
    }

    /// What a frame adds whose gaps lie there.
    #[inline]
    pub(crate) fn body(&self, found: &Found) -> Span {
        found.gap(self.body)
    }

    /// Where all gaps of a frame of this shape lie, whatever it is about.
    pub(crate) fn fit_any(&self, frame: &str) -> Option<Places> {
        let mut walk = Walk::new(frame, &self.text);
        let mut found = Places::default();
        for (value, found) in self.varying.iter().zip(&mut found) {
            *found = walk.gap(value)?;
            walk.from = value.end;
            if value.stays {
                let stayed = (value.end - value.start) as usize;
                walk.known = walk.known.get(stayed..)?;
            }
        }
        walk.is_over().then_some(found)
    }

    /// What varies, in a frame of this shape whose gaps, all of them, were found there.
    pub(crate) fn varying(&self, found: &Places) -> AllVarying {
        let mut varying = (*self.varying).clone();
        for (value, (start, end)) in varying.iter_mut().zip(found) {
            (value.start, value.end) = (*start, *end);
        }
        varying
    }

    /// Where a value of the learned frame lies in one whose gaps, all of them, were found there.
    pub(crate) fn moved(&self, slot: Slot, found: &Places) -> Slot {
        let gaps = self.varying.iter().zip(found);
        let behind = gaps
            .take_while(|(value, _)| value.start <= slot.start)
            .last();
        behind.map_or(slot, |(value, found)| value.moved(slot, *found))
    }

    /// Where the gaps that do not stay lie in the learned frame.
    pub(crate) fn learned(&self) -> Found {
        let mut found = Found::default();
        for (gap, value) in self.open().enumerate() {
            found.set(
                gap,
                value.start as usize,
                (value.end - value.start) as usize,
            );
        }
        found
    }

    /// Which of the gaps that do not stay a value of the learned frame is measured from, and by how
    /// much: itself if it is one, else the last one before it.
    pub(crate) fn measure(&self, slot: Slot) -> (u8, Slot) {
        let before = |(_, value): &(_, &Varying)| value.start <= slot.start;
        match self.open().enumerate().take_while(before).last() {
            None => (0, slot),
            Some((gap, value)) if value.start == slot.start => {
                (Found::itself(gap), value.filled((0, 0)))
            }
            Some((gap, value)) => {
                let [start, end] = [slot.start, slot.end].map(|at| at.saturating_sub(value.end));
                (Found::end(gap), Slot { start, end, ..slot })
            }
        }
    }

    /// The gaps that do not stay, in order.
    pub(crate) fn open(&self) -> impl Iterator<Item = &Varying> {
        open(&self.varying)
    }
}

impl Step {
    /// What lies behind the constant part, in a frame that has it and in what is known.
    #[inline]
    fn behind<'t>(&self, rest: &'t [u8], known: &'t [u8]) -> Option<(&'t [u8], &'t [u8])> {
        let (constant, later) = known.split_at_checked(self.constant as usize)?;
        let (part, body) = rest.split_at_checked(constant.len())?;
        same(part, constant).then_some((body, later))
    }
}

/// Whether two texts of one length are the same. Short ones are looked at in blocks that overlap.
#[inline]
fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match one.len() {
        65.. => one == other,
        32.. => ends_are_same::<32>(one, other),
        16.. => ends_are_same::<16>(one, other),
        8.. => ends_are_same::<8>(one, other),
        _ => one.iter().eq(other),
    }
}

#[inline]
fn ends_are_same<const N: usize>(one: &[u8], other: &[u8]) -> bool {
    one.first_chunk::<N>() == other.first_chunk() && one.last_chunk::<N>() == other.last_chunk()
}

impl Varying {
    /// What fills the gap of a frame.
    pub(crate) fn filled(&self, (start, end): (u32, u32)) -> Slot {
        let kind = match self.gap {
            Gap::Text | Gap::Media => Kind::String,
            Gap::Number => Kind::Number,
        };
        Slot {
            start,
            end,
            kind,
            escaped: false,
        }
    }

    /// Where a value lies of which this is the last one at or before it.
    fn moved(&self, slot: Slot, found: (u32, u32)) -> Slot {
        if self.start == slot.start {
            return self.filled(found);
        }
        let shift = found.1.wrapping_sub(self.end);
        Slot {
            start: slot.start.wrapping_add(shift),
            end: slot.end.wrapping_add(shift),
            ..slot
        }
    }
}

fn open(varying: &AllVarying) -> impl Iterator<Item = &Varying> {
    varying.iter().filter(|value| !value.stays)
}

impl Heap for Template {
    fn heap(&self) -> usize {
        self.text.heap() + size_of::<AllVarying>()
    }
}

/// A frame beside what it should be like.
struct Walk<'t> {
    length: usize,
    rest: &'t [u8],
    known: &'t [u8],
    /// Where in the learned frame what is known goes on.
    from: u32,
}

impl<'t> Walk<'t> {
    fn new(frame: &'t str, known: &'t str) -> Self {
        Self {
            length: frame.len(),
            rest: frame.as_bytes(),
            known: known.as_bytes(),
            from: 0,
        }
    }

    /// The next gap, behind what is constant before it.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no frame is longer than what a slot can say"
    )]
    fn gap(&mut self, value: &Varying) -> Option<(u32, u32)> {
        let constant = (value.start - self.from) as usize;
        let (constant, known) = self.known.split_at_checked(constant)?;
        let rest = self.rest.strip_prefix(constant)?;
        let run = value.gap.run(rest, (value.end - value.start) as usize)?;
        let start = self.length - rest.len();
        (self.rest, self.known) = (rest.get(run..)?, known);
        Some((start as u32, (start + run) as u32))
    }

    fn is_over(&self) -> bool {
        self.rest == self.known
    }
}

fn part(frame: &str, start: u32, end: u32) -> &str {
    let end = frame.len().min(end as usize);
    frame.get(start as usize..end).unwrap_or_default()
}
