//! Keys in both spellings, and values in all of theirs.

use crate::json::Value;
use core::time::Duration;

/// A key in camel case and in snake case; many have only one spelling.
pub(super) type Key = (&'static str, &'static str);

/// A key that is spelt the same in both.
pub(super) const fn plain(key: &'static str) -> Key {
    (key, key)
}

pub(super) fn is(key: Key, name: &str) -> bool {
    key.0 == name || key.1 == name
}

/// The wanted members of an object; all absent if it is none.
pub(super) fn fields<'t, 'f, const N: usize>(
    value: Value<'t, 'f>,
    keys: [Key; N],
) -> [Value<'t, 'f>; N] {
    value.found(|name| keys.iter().position(|key| is(*key, name)))
}

/// A flag: `true`, by some servers in quotes.
pub(super) fn flag(value: Value<'_, '_>) -> bool {
    value.text().as_deref() == Some("true")
}

/// A count: a number, or its digits in quotes.
pub(super) fn count(value: Value<'_, '_>) -> Option<u64> {
    value
        .u64()
        .or_else(|| value.str().and_then(|digits| digits.parse().ok()))
}

/// A duration such as `"1.200s"`.
pub(super) fn duration(value: Value<'_, '_>) -> Option<Duration> {
    let text = value.str()?;
    let seconds: f64 = text.strip_suffix('s')?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}
