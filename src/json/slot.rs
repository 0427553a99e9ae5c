//! Slots: where the values of a scanned text lie.

use super::{
    scan::{Fault, entries},
    tape::{Node, Tape},
    value::Value,
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    #[default]
    Absent,
    Null,
    Bool,
    Number,
    String,
    Object,
    Array,
}

/// Where a value lies in its text: for strings the body between the quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: Kind,
    pub(crate) escaped: bool,
}

impl Slot {
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a text that is longer than a slot can say is refused before it is scanned"
    )]
    pub(super) const fn new(start: usize, end: usize, kind: Kind, escaped: bool) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
            kind,
            escaped,
        }
    }

    /// Reads the slot in the text it was taken from.
    #[inline]
    pub(crate) fn of(self, text: &str) -> Value<'static, '_> {
        self.with(text, &[])
    }

    /// The same, with what lies inside.
    #[inline]
    pub(crate) fn with<'t, 'f>(self, text: &'f str, inside: &'t [Node]) -> Value<'t, 'f> {
        let body = text
            .get(self.start as usize..self.end as usize)
            .unwrap_or_default();
        Value::new(self, body, inside)
    }
}

/// The wanted values of one object; of duplicate keys the last.
pub(crate) struct Fields<'f, const N: usize> {
    pub(crate) text: &'f str,
    slots: [Slot; N],
    tape: Tape,
}

/// Scans one whole object; `index` names the place of a wanted key.
pub(crate) fn fields<const N: usize>(
    text: &str,
    nesting: usize,
    index: impl Fn(&str) -> Option<usize>,
) -> Result<Fields<'_, N>, Fault> {
    let mut found = Fields::of(text);
    found.scan(nesting, index)?;
    Ok(found)
}

impl<'f, const N: usize> Fields<'f, N> {
    /// Those of a text that is to be scanned: none so far.
    #[inline]
    pub(crate) const fn of(text: &'f str) -> Self {
        Self {
            text,
            slots: [const { Slot::new(0, 0, Kind::Absent, false) }; N],
            tape: Tape::new(),
        }
    }

    /// Scans the text where this stands: it is too large to be moved.
    #[inline]
    pub(crate) fn scan(
        &mut self,
        nesting: usize,
        index: impl Fn(&str) -> Option<usize>,
    ) -> Result<(), Fault> {
        entries(self.text, nesting, &mut self.tape, |key, slot| {
            if let Some(place) = key.named(&index).and_then(|at| self.slots.get_mut(at)) {
                *place = slot;
            }
        })
    }

    pub(crate) fn slot(&self, index: usize) -> Slot {
        self.slots.get(index).copied().unwrap_or_default()
    }

    pub(crate) fn value(&self, index: usize) -> Value<'_, 'f> {
        self.at(self.slot(index))
    }

    /// The value of the object that lies there.
    pub(crate) fn at(&self, slot: Slot) -> Value<'_, 'f> {
        self.tape.value(slot, self.text)
    }

    /// All values in the order of the keys they were asked by.
    pub(crate) fn values(&self) -> [Value<'_, 'f>; N] {
        self.slots.map(|slot| self.at(slot))
    }
}
