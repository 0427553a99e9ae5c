//! Values, read leniently: whatever is not what was asked for is absent.

use super::{
    scan::whole,
    slot::{Kind, Slot},
    tape::{Node, Tape, take},
    text::unescape,
};
use alloc::{borrow::Cow, collections::BTreeSet, vec::Vec};
use core::time::Duration;

/// One value of a scanned text, and what its tape says of its inside. For strings, `text` is the
/// body between the quotes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Value<'t, 'f> {
    pub(crate) kind: Kind,
    pub(crate) escaped: bool,
    pub(crate) text: &'f str,
    start: u32,
    inside: &'t [Node],
}

impl<'t, 'f> Value<'t, 'f> {
    #[inline]
    pub(super) fn new(slot: Slot, text: &'f str, inside: &'t [Node]) -> Self {
        Self {
            kind: slot.kind,
            escaped: slot.escaped,
            text,
            start: slot.start,
            inside,
        }
    }

    /// Neither absent nor `null`.
    pub(crate) fn is_some(self) -> bool {
        !matches!(self.kind, Kind::Absent | Kind::Null)
    }

    pub(crate) fn is_null(self) -> bool {
        self.kind == Kind::Null
    }

    /// A string that stands in the text as it is.
    pub(crate) fn plain(self) -> Option<&'f str> {
        (self.kind == Kind::String && !self.escaped).then_some(self.text)
    }

    pub(crate) fn str(self) -> Option<Cow<'f, str>> {
        match (self.kind, self.escaped) {
            (Kind::String, false) => Some(Cow::Borrowed(self.text)),
            (Kind::String, true) => Some(unescape(self.text)),
            _ => None,
        }
    }

    /// A string, or the text of a number or boolean: codes come as both.
    pub(crate) fn text(self) -> Option<Cow<'f, str>> {
        match self.kind {
            Kind::Number | Kind::Bool => Some(Cow::Borrowed(self.text)),
            _ => self.str(),
        }
    }

    pub(crate) fn bool(self) -> Option<bool> {
        (self.kind == Kind::Bool).then_some(self.text == "true")
    }

    /// Finite numbers only.
    pub(crate) fn f64(self) -> Option<f64> {
        let number = (self.kind == Kind::Number).then_some(self.text)?;
        number
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }

    /// A non-negative number, a fraction cut off, too large a one saturated.
    pub(crate) fn u64(self) -> Option<u64> {
        if self.kind != Kind::Number {
            return None;
        }
        if let [digit @ b'0'..=b'9'] = self.text.as_bytes() {
            return Some(u64::from(digit - b'0'));
        }
        if let Ok(number) = self.text.parse() {
            return Some(number);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the cast saturates, and that is what is wanted"
        )]
        self.text
            .parse()
            .ok()
            .filter(|number: &f64| *number >= 0.0)
            .map(|number| number as u64)
    }

    /// A non-negative number that fits.
    pub(crate) fn u32(self) -> Option<u32> {
        self.u64().and_then(|number| u32::try_from(number).ok())
    }

    /// A duration told in milliseconds.
    pub(crate) fn millis(self) -> Option<Duration> {
        self.scaled(1e3)
    }

    /// A duration told in seconds.
    pub(crate) fn seconds(self) -> Option<Duration> {
        self.scaled(1.0)
    }

    fn scaled(self, units_per_second: f64) -> Option<Duration> {
        Duration::try_from_secs_f64(self.f64()? / units_per_second).ok()
    }

    /// The JSON text of an object or array; of a string what it says.
    pub(crate) fn raw(self) -> Option<Cow<'f, str>> {
        match self.kind {
            Kind::Absent | Kind::Null => None,
            Kind::String => self.str(),
            _ => Some(Cow::Borrowed(self.text)),
        }
    }

    /// The wanted members of an object; all absent if it is none.
    pub(crate) fn fields<const N: usize>(self, keys: [&str; N]) -> [Self; N] {
        self.found(|key| keys.iter().position(|wanted| *wanted == key))
    }

    /// The same; `index` names the place of a wanted key.
    pub(crate) fn found<const N: usize>(self, index: impl Fn(&str) -> Option<usize>) -> [Self; N] {
        let mut found = [Self::default(); N];
        self.visit(|key, value| {
            if let Some(place) = key.named(&index).and_then(|at| found.get_mut(at)) {
                *place = value;
            }
        });
        found
    }

    /// What `ask` knows of a key.
    #[inline]
    pub(crate) fn named<T>(self, ask: impl Fn(&str) -> Option<T>) -> Option<T> {
        match self.plain() {
            Some(key) => ask(key),
            None => ask(&self.str()?),
        }
    }

    /// Visits the members of an object, the key first.
    #[inline]
    fn visit(self, mut visit: impl FnMut(Self, Self)) {
        let mut nodes = self.inside;
        if self.kind == Kind::Object {
            while let (Some((key, _)), Some((value, inside))) = (take(&mut nodes), take(&mut nodes))
            {
                visit(self.part(key, &[]), self.part(value, inside));
            }
        }
    }

    /// What lies inside at a slot of the whole text.
    #[inline]
    fn part(self, slot: Slot, inside: &'t [Node]) -> Self {
        let [start, end] = [slot.start, slot.end].map(|at| at.wrapping_sub(self.start) as usize);
        let text = self.text.get(start..end).unwrap_or_default();
        Self::new(slot, text, inside)
    }

    /// All members of an object, in order, of duplicate keys the last; none if it is none.
    pub(crate) fn members(self) -> Vec<(Cow<'f, str>, Self)> {
        let mut found = Vec::new();
        self.visit(|key, value| found.extend(key.str().map(|key| (key, value))));
        let mut later = BTreeSet::new();
        found.reverse();
        found.retain(|(key, _)| later.insert(key.clone()));
        found.reverse();
        found
    }

    pub(crate) fn field(self, key: &str) -> Self {
        let [value] = self.fields([key]);
        value
    }

    /// The elements of an array; none if it is none.
    pub(crate) fn elements(self) -> Vec<Self> {
        self.map(|value| value)
    }

    /// What is made of the elements of an array.
    pub(crate) fn map<T>(self, mut make: impl FnMut(Self) -> T) -> Vec<T> {
        let mut made = Vec::new();
        self.each(|value| made.push(make(value)));
        made
    }

    /// Visits the elements of an array.
    pub(crate) fn each(self, mut visit: impl FnMut(Self)) {
        let mut nodes = self.inside;
        if self.kind == Kind::Array {
            while let Some((value, inside)) = take(&mut nodes) {
                visit(self.part(value, inside));
            }
        }
    }

    /// Where the value lies in the text that was scanned.
    #[expect(clippy::cast_possible_truncation, reason = "it came from a slot")]
    pub(crate) fn slot(self) -> Slot {
        Slot {
            start: self.start,
            end: self.start + self.text.len() as u32,
            kind: self.kind,
            escaped: self.escaped,
        }
    }
}

/// A text that is one value, scanned.
pub(crate) struct Document<'f> {
    text: &'f str,
    slot: Slot,
    tape: Tape,
}

impl<'f> Document<'f> {
    /// Scans a text; what is no JSON is an absent value.
    pub(crate) fn of(text: &'f str) -> Self {
        let nothing = || (Slot::default(), Tape::new());
        let (slot, tape) = whole(text).unwrap_or_else(nothing);
        Self { text, slot, tape }
    }

    pub(crate) fn value(&self) -> Value<'_, 'f> {
        self.tape.value(self.slot, self.text)
    }
}
