//! Slots: where the values of a scanned text lie.

use super::value::Value;

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
    /// The same place in the text that the value at `outer` was taken from.
    pub(crate) fn inside(self, outer: Self) -> Self {
        Self {
            start: self.start.saturating_add(outer.start),
            end: self.end.saturating_add(outer.start),
            ..self
        }
    }

    /// Reads the slot in the text it was taken from.
    pub(crate) fn of(self, text: &str) -> Value<'_> {
        let body = text
            .get(self.start as usize..self.end as usize)
            .unwrap_or_default();
        Value {
            kind: self.kind,
            escaped: self.escaped,
            text: body,
        }
    }
}

/// The wanted values of one object; of duplicate keys the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields<'f, const N: usize> {
    pub(crate) text: &'f str,
    pub(crate) slots: [Slot; N],
}

impl<'f, const N: usize> Fields<'f, N> {
    pub(crate) const EMPTY: Self = Self {
        text: "",
        slots: [Slot {
            start: 0,
            end: 0,
            kind: Kind::Absent,
            escaped: false,
        }; N],
    };

    pub(crate) fn slot(&self, index: usize) -> Slot {
        self.slots.get(index).copied().unwrap_or_default()
    }

    pub(crate) fn value(&self, index: usize) -> Value<'f> {
        self.slot(index).of(self.text)
    }

    /// All values in the order of the keys they were asked by.
    pub(crate) fn values(&self) -> [Value<'f>; N] {
        self.slots.map(|slot| slot.of(self.text))
    }
}
