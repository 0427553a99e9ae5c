//! Where the values of a delta lie in its frame, packed: they are copied with every delta.

use crate::{
    delta::{FIELDS, Field},
    json::{Kind, OPEN, Slot},
};

/// A frame that is longer is refused, for no slot could say where its end lies.
pub(crate) const LONGEST: usize = (1 << BITS) - 1;

/// How many bits a place in a frame takes, or a length.
const BITS: u32 = 30;

/// Where the kind of value stands, and whether there are escapes in it.
const FLAGS: u32 = 2 * BITS;

const ABSENT: u64 = flags(Kind::Absent, false);
const NULL: u64 = flags(Kind::Null, false);
const PLAIN: u64 = flags(Kind::String, false);
const NUMBER: u64 = flags(Kind::Number, false);

/// One slot of each field: where it begins, how long it is, what stands there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Slots([u64; FIELDS]);

/// A value that stands in its frame as it is: where, and how long it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span(u64);

impl Slots {
    #[inline]
    fn packed(&self, field: Field) -> u64 {
        let Self(slots) = self;
        slots.get(field as usize).copied().unwrap_or_default()
    }

    pub(crate) fn get(&self, field: Field) -> Slot {
        unpacked(self.packed(field))
    }

    /// What has no slot of its own is left out.
    pub(crate) fn set(&mut self, field: Field, slot: Slot) {
        if let Some(place) = self.0.get_mut(field as usize) {
            *place = packed(slot);
        }
    }

    /// What stands in a slot that holds a string without escapes.
    #[inline]
    pub(crate) fn plain<'f>(&self, field: Field, frame: &'f str) -> Option<&'f str> {
        let slot = self.packed(field);
        (slot >> FLAGS == PLAIN).then(|| Span(slot).of(frame))
    }

    /// Whether a slot holds a string without escapes.
    pub(crate) fn is_plain(&self, field: Field) -> bool {
        self.packed(field) >> FLAGS == PLAIN
    }

    /// Whether it holds one that says something.
    pub(crate) fn is_name(&self, field: Field) -> bool {
        self.is_plain(field) && length(self.packed(field)) > 0
    }

    /// The number in a slot that holds one digit.
    #[inline]
    pub(crate) fn digit(&self, field: Field, frame: &str) -> Option<u32> {
        let slot = self.packed(field);
        let digit = frame.as_bytes().get(start(slot))?.wrapping_sub(b'0');
        let one = slot >> FLAGS == NUMBER && length(slot) == 1;
        one.then_some(digit.into())
    }

    #[inline]
    pub(crate) fn is_absent(&self, field: Field) -> bool {
        self.packed(field) == 0
    }

    /// Where these lie in a frame that are measured from places in it.
    pub(crate) fn placed(mut self, from: &Bases, found: &Found) -> Self {
        for (slot, from) in self.0.iter_mut().zip(from) {
            *slot = slot.wrapping_add(found.base(*from));
        }
        self
    }

    /// How a string is measured, or that there is none; none if it has escapes, or is no string.
    pub(crate) fn measure(&self, field: Field, from: &Bases) -> Option<Measure> {
        match self.packed(field) >> FLAGS {
            PLAIN => Some(self.measured(field, from)),
            ABSENT | NULL => Some(Measure::EMPTY),
            _ => None,
        }
    }

    /// How a number is measured, or that there is none.
    pub(crate) fn measure_number(&self, field: Field, from: &Bases) -> Measure {
        match self.packed(field) >> FLAGS {
            NUMBER => self.measured(field, from),
            _ => Measure::EMPTY,
        }
    }

    fn measured(&self, field: Field, from: &Bases) -> Measure {
        let from = from.get(field as usize).copied().unwrap_or_default();
        Measure(self.packed(field) & PLACE | u64::from(from) << FLAGS)
    }

    pub(crate) fn of(all: [Slot; FIELDS]) -> Self {
        Self(all.map(packed))
    }

    pub(crate) fn all(&self) -> [Slot; FIELDS] {
        self.0.map(unpacked)
    }
}

impl Span {
    pub(crate) const EMPTY: Self = Self(0);

    #[inline]
    pub(crate) fn of(self, frame: &str) -> &str {
        let Self(slot) = self;
        let behind = frame.split_at_checked(start(slot));
        let body = behind.and_then(|(_, text)| text.split_at_checked(length(slot)));
        body.unwrap_or_default().0
    }

    #[inline]
    pub(crate) const fn is_empty(self) -> bool {
        length(self.0) == 0
    }

    /// What stands there, if something does.
    pub(crate) fn told(self, frame: &str) -> Option<&str> {
        (!self.is_empty()).then(|| self.of(frame))
    }

    /// The same place, of a number.
    pub(crate) fn number(self) -> Slot {
        unpacked(self.0 & PLACE | NUMBER << FLAGS)
    }
}

/// From what each value is measured in the frames of one shape.
pub(crate) type Bases = [u8; FIELDS];

/// Where such a value lies: how far off, and from what in the frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure(u64);

const _: () = assert!(BASES <= 1 << (u64::BITS - FLAGS));

impl Measure {
    /// What is nowhere in the frame.
    const EMPTY: Self = Self(0);

    /// Where it lies in a frame.
    #[inline]
    pub(crate) fn of(self, found: &Found) -> Span {
        let Self(by) = self;
        Span(by.wrapping_add(found.base((by >> FLAGS) as u8)))
    }
}

/// Where the gaps of a frame lie that do not stay, and what other values are measured from.
///
/// First the beginning of the frame; then, of each gap, itself and its end.
#[derive(Debug, Default)]
pub(crate) struct Found {
    bases: [u64; BASES],
    /// The known stream that the frame is of.
    pub(crate) stream: Option<usize>,
    /// Its delta went where the last one had gone.
    pub(crate) followed: bool,
}

/// More than there are, and a power of two: no look at one can fail.
const BASES: usize = 16;

const _: () = assert!(2 * OPEN < BASES);

impl Found {
    /// The gap of that number lies there.
    #[inline]
    pub(crate) fn set(&mut self, gap: usize, start: usize, length: usize) {
        if let Some([itself, end]) = self.bases.get_mut(1 + 2 * gap..3 + 2 * gap) {
            (*itself, *end) = (place(start, length), place(start + length, 0));
        }
    }

    /// What lies in a gap.
    #[inline]
    pub(crate) fn gap(&self, gap: u8) -> Span {
        Span(self.base(gap))
    }

    /// From what a gap is measured.
    pub(crate) fn itself(gap: usize) -> u8 {
        u8::try_from(1 + 2 * gap).unwrap_or_default()
    }

    /// From what the values behind a gap are measured.
    pub(crate) fn end(gap: usize) -> u8 {
        u8::try_from(2 + 2 * gap).unwrap_or_default()
    }

    #[inline]
    fn base(&self, at: u8) -> u64 {
        let base = self.bases.get(usize::from(at) % BASES);
        base.copied().unwrap_or_default()
    }
}

const fn flags(kind: Kind, escaped: bool) -> u64 {
    (kind as u64) << 1 | escaped as u64
}

#[inline]
const fn place(start: usize, length: usize) -> u64 {
    start as u64 | (length as u64) << BITS
}

fn packed(slot: Slot) -> u64 {
    let (start, end) = (slot.start as usize, slot.end as usize);
    place(start, end - start) | flags(slot.kind, slot.escaped) << FLAGS
}

fn unpacked(slot: u64) -> Slot {
    let place = |at| u32::try_from(at).unwrap_or_default();
    Slot {
        start: place(start(slot)),
        end: place(start(slot) + length(slot)),
        kind: kind(slot >> FLAGS >> 1),
        escaped: slot >> FLAGS & 1 == 1,
    }
}

const fn kind(kind: u64) -> Kind {
    match kind {
        0 => Kind::Absent,
        1 => Kind::Null,
        2 => Kind::Bool,
        3 => Kind::Number,
        4 => Kind::String,
        5 => Kind::Object,
        _ => Kind::Array,
    }
}

#[inline]
const fn start(slot: u64) -> usize {
    (slot & MASK) as usize
}

#[inline]
const fn length(slot: u64) -> usize {
    (slot >> BITS & MASK) as usize
}

const MASK: u64 = (1 << BITS) - 1;
const PLACE: u64 = (1 << FLAGS) - 1;
