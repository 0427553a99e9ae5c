//! Values, read leniently: whatever is not what was asked for is absent.

use super::scan::{MAX_NESTING, elements, entries};
use super::slot::{Kind, Slot};
use super::text::unescape;
use alloc::{borrow::Cow, collections::BTreeSet, vec::Vec};
use core::time::Duration;

/// One value of a scanned text. For strings, `text` is the body between the quotes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Value<'f> {
    pub(crate) kind: Kind,
    pub(crate) escaped: bool,
    pub(crate) text: &'f str,
}

impl<'f> Value<'f> {
    /// A text that is known to be one object.
    pub(crate) const fn object(text: &'f str) -> Self {
        Self {
            kind: Kind::Object,
            escaped: false,
            text,
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
        let mut found = [Self::default(); N];
        self.visit(|key, value| {
            let wanted = keys.iter().position(|wanted| *wanted == key);
            if let Some(place) = wanted.and_then(|at| found.get_mut(at)) {
                *place = value;
            }
        });
        found
    }

    /// Visits the members of an object.
    fn visit(self, mut visit: impl FnMut(Cow<'f, str>, Self)) {
        if self.kind == Kind::Object {
            let whole = entries(self.text, MAX_NESTING, |key, slot| {
                if let Some(key) = key.str() {
                    visit(key, slot.of(self.text));
                }
            });
            debug_assert!(whole.is_ok(), "a scanned object scans again");
        }
    }

    /// All members of an object, in order, of duplicate keys the last; none if it is none.
    pub(crate) fn members(self) -> Vec<(Cow<'f, str>, Self)> {
        let mut found = Vec::new();
        self.visit(|key, value| found.push((key, value)));
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
    pub(crate) fn each(self, visit: impl FnMut(Self)) {
        if self.kind == Kind::Array {
            let whole = elements(self.text, visit);
            debug_assert!(whole.is_ok(), "a scanned array scans again");
        }
    }

    /// Where the value lies in the text that it was taken from.
    pub(crate) fn slot(self, text: &str) -> Slot {
        let start = self.text.as_ptr().addr().wrapping_sub(text.as_ptr().addr());
        let end = start.wrapping_add(self.text.len());
        if self.kind == Kind::Absent || end > text.len() {
            return Slot::default();
        }
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Slot {
            start: place(start),
            end: place(end),
            kind: self.kind,
            escaped: self.escaped,
        }
    }
}

/// The members of one object, found once where much is asked of it.
pub(crate) struct Members<'f>(Vec<(Cow<'f, str>, Value<'f>)>);

impl<'f> Members<'f> {
    /// Those of an object; none if it is none.
    pub(crate) fn of(value: Value<'f>) -> Self {
        let mut found = Vec::new();
        value.visit(|key, value| found.push((key, value)));
        Self(found)
    }

    /// The wanted ones, in the order of the keys; absent where there is none. Of duplicates the last.
    pub(crate) fn fields<const N: usize>(&self, keys: [&str; N]) -> [Value<'f>; N] {
        keys.map(|key| {
            let member = self.0.iter().rfind(|(name, _)| name == key);
            member.map(|(_, value)| *value).unwrap_or_default()
        })
    }
}
