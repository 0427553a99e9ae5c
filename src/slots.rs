//! Where the values of a delta lie in its frame, packed: they are copied with every delta.

use crate::{
    delta::{FIELDS, Field},
    json::{Kind, Slot},
};

/// A frame that is longer is refused, for no slot could say where its end lies.
pub(crate) const LONGEST: usize = (1 << BITS) - 1;

/// How many bits a place in a frame takes.
const BITS: u32 = 30;

/// The same, at the place of the end.
const END: u64 = 1 << BITS;

/// Where the kind of value stands, and whether there are escapes in it.
const FLAGS: u32 = 2 * BITS;

const PLAIN: u64 = flags(Kind::String, false);
const NUMBER: u64 = flags(Kind::Number, false);

/// One slot of each field.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Slots([u64; FIELDS]);

impl Slots {
    #[inline]
    fn packed(&self, field: Field) -> u64 {
        let Self(slots) = self;
        slots.get(field as usize).copied().unwrap_or_default()
    }

    pub(crate) fn get(&self, field: Field) -> Slot {
        unpacked(self.packed(field))
    }

    #[inline]
    pub(crate) fn set(&mut self, field: Field, slot: Slot) {
        if let Some(place) = self.0.get_mut(field as usize) {
            *place = packed(slot);
        }
    }

    /// Says where the value lies that is a string without escapes, or a number, as it was.
    #[inline]
    pub(crate) fn fill(&mut self, field: Field, (start, end): (u32, u32)) {
        if let Some(slot) = self.0.get_mut(field as usize) {
            *slot = places(start, end) | (*slot >> FLAGS << FLAGS);
        }
    }

    /// What stands in a slot that holds a string without escapes.
    #[inline]
    pub(crate) fn plain<'f>(&self, field: Field, frame: &'f str) -> Option<&'f str> {
        let slot = self.packed(field);
        if slot >> FLAGS != PLAIN {
            return None;
        }
        frame.get(start(slot)..end(slot))
    }

    /// The number in a slot that holds one digit.
    #[inline]
    pub(crate) fn digit(&self, field: Field, frame: &str) -> Option<u32> {
        let slot = self.packed(field);
        let digit = frame.as_bytes().get(start(slot))?.wrapping_sub(b'0');
        let one = slot >> FLAGS == NUMBER && end(slot) - start(slot) == 1;
        one.then_some(digit.into())
    }

    #[inline]
    pub(crate) fn is_absent(&self, field: Field) -> bool {
        self.packed(field) == 0
    }

    /// Moves those whose bits are set as far as from one place to another.
    #[inline]
    pub(crate) fn shift(&mut self, mut bits: u16, from: u32, to: u32) {
        let by = u64::from(to)
            .wrapping_sub(from.into())
            .wrapping_mul(1 + END);
        while bits != 0 {
            if let Some(slot) = self.0.get_mut(bits.trailing_zeros() as usize) {
                *slot = slot.wrapping_add(by);
            }
            bits &= bits - 1;
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Slot> {
        self.0.iter().map(|slot| unpacked(*slot))
    }

    pub(crate) fn map(self, f: impl Fn(Slot) -> Slot) -> Self {
        Self(self.0.map(|slot| packed(f(unpacked(slot)))))
    }
}

const fn flags(kind: Kind, escaped: bool) -> u64 {
    (kind as u64) << 1 | escaped as u64
}

#[inline]
fn places(start: u32, end: u32) -> u64 {
    u64::from(start) | (u64::from(end) * END)
}

#[inline]
fn packed(slot: Slot) -> u64 {
    places(slot.start, slot.end) | (flags(slot.kind, slot.escaped) << FLAGS)
}

fn unpacked(slot: u64) -> Slot {
    let place = |at| u32::try_from(at).unwrap_or_default();
    Slot {
        start: place(start(slot)),
        end: place(end(slot)),
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
    place(slot)
}

#[inline]
const fn end(slot: u64) -> usize {
    place(slot >> BITS)
}

#[inline]
const fn place(slot: u64) -> usize {
    (slot & (END - 1)) as usize
}
