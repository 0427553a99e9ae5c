//! How the parts of events look in JSON, where deriving cannot say it.

use super::Str;
use crate::time::Time;
use core::time::Duration;
use serde::{Serialize, Serializer, ser::SerializeStruct as _};

/// Whole milliseconds, under a key that ends in `_ms`.
pub(crate) fn millis<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}

#[expect(clippy::ref_option, reason = "serde calls it so")]
pub(crate) fn some_millis<S: Serializer>(
    time: &Option<Duration>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => millis(time, serializer),
        None => serializer.serialize_none(),
    }
}

pub(crate) fn instant<S: Serializer>(at: &Time, serializer: S) -> Result<S::Ok, S::Error> {
    millis(&at.0, serializer)
}

/// Pairs as an object.
pub(crate) fn object<S: Serializer>(
    pairs: &[(Str<'_>, Str<'_>)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

/// The one value of a variant under a key of its own, next to the `"type"` of the variant.
macro_rules! keyed {
    ($($key:ident)*) => {$(
        pub(crate) fn $key<T: Serialize, S: Serializer>(
            value: &T,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            let mut object = serializer.serialize_struct("", 1)?;
            object.serialize_field(stringify!($key), value)?;
            object.end()
        }
    )*};
}

keyed! { id reason by command response_id item_id call_id }

/// The name of each variant, as text and in JSON; `Other` is the text that it holds.
macro_rules! names {
    ($($name:ident { $($variant:ident => $text:literal),* $(,)? })*) => {$(
        impl $name {
            /// The name in `snake_case`, or the text that `Other` holds.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    )*};
}

pub(crate) use names;
