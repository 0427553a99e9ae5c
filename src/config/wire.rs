//! How values that JSON has no form for are written: durations, bytes, ordered maps.

use super::RawJson;
use alloc::{borrow::Cow, string::String, vec::Vec};
use base64::{
    display::Base64Display,
    engine::general_purpose::{STANDARD, STANDARD_PAD_INDIFFERENT},
};
use core::{fmt, marker::PhantomData, time::Duration};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};

/// `skip_serializing_if` of a flag that is false unless somebody says otherwise.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}

/// `skip_serializing_if` of a flag that is true unless somebody says otherwise.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
pub(crate) fn is_true(flag: &bool) -> bool {
    *flag
}

/// `default` of a flag that is true unless somebody says otherwise.
pub(crate) fn yes() -> bool {
    true
}

/// `skip_serializing_if` of a field that is at its default.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A duration as whole milliseconds; what does not fit in 64 bits is their maximum.
fn whole_millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// `with`: a duration as integer milliseconds.
pub(crate) mod millis {
    use super::{Deserialize, Deserializer, Duration, Serializer, whole_millis};

    pub(crate) fn serialize<S: Serializer>(value: &Duration, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_u64(whole_millis(*value))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Duration, D::Error> {
        u64::deserialize(input).map(Duration::from_millis)
    }
}

/// `with`: a duration as integer milliseconds, `null` where there is none.
pub(crate) mod optional_millis {
    use super::{Deserialize, Deserializer, Duration, Serialize, Serializer, whole_millis};

    #[expect(clippy::ref_option, reason = "serde passes a reference")]
    pub(crate) fn serialize<S: Serializer>(
        value: &Option<Duration>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        value.map(whole_millis).serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Option<Duration>, D::Error> {
        Ok(Option::<u64>::deserialize(input)?.map(Duration::from_millis))
    }
}

/// `with`: bytes as base64, written padded, read with or without padding.
pub(crate) mod base64_bytes {
    use super::{
        Base64Display, Cow, Deserialize, Deserializer, STANDARD, STANDARD_PAD_INDIFFERENT,
        Serializer,
    };
    use base64::Engine as _;
    use serde::de::Error as _;

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&Base64Display::new(bytes, &STANDARD))
    }

    pub(crate) fn deserialize<'de, 'a, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Cow<'a, [u8]>, D::Error> {
        let text = Cow::<str>::deserialize(input)?;
        let bytes = STANDARD_PAD_INDIFFERENT.decode(text.as_bytes());
        bytes
            .map(Cow::Owned)
            .map_err(|_| D::Error::custom("not base64"))
    }
}

/// `with`, on a variant that holds one JSON value: the value stands under the key `json`.
pub(crate) mod json_field {
    use super::{Deserialize, Deserializer, RawJson, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Field<T> {
        json: T,
    }

    pub(crate) fn serialize<S: Serializer>(json: &RawJson, out: S) -> Result<S::Ok, S::Error> {
        Field { json }.serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<RawJson, D::Error> {
        Field::deserialize(input).map(|field| field.json)
    }
}

/// `with`: pairs as a JSON object, in their order.
pub(crate) mod pairs {
    use super::{Deserialize, Deserializer, Pairs, PhantomData, Serializer, Vec};

    pub(crate) fn serialize<K: AsRef<str>, V: AsRef<str>, S: Serializer>(
        pairs: &[(K, V)],
        out: S,
    ) -> Result<S::Ok, S::Error> {
        out.collect_map(
            pairs
                .iter()
                .map(|(key, value)| (key.as_ref(), value.as_ref())),
        )
    }

    pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Vec<(T, T)>, D::Error> {
        input.deserialize_map(Pairs(PhantomData))
    }
}

/// `with`: a change of pairs.
pub(crate) mod patched_pairs {
    use super::{Deserialize, Deserializer, Pairs, PhantomData, Serializer, String, Vec};
    use crate::config::Patch;

    pub(crate) fn serialize<S: Serializer>(
        patch: &Patch<Vec<(String, String)>>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        match patch.as_ref() {
            Patch::Set(pairs) => super::pairs::serialize(pairs, out),
            Patch::Keep | Patch::Clear => out.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Patch<Vec<(String, String)>>, D::Error> {
        struct Object(Vec<(String, String)>);

        impl<'de> Deserialize<'de> for Object {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                input.deserialize_map(Pairs(PhantomData)).map(Object)
            }
        }

        let pairs = Option::<Object>::deserialize(input)?;
        Ok(pairs.map_or(Patch::Clear, |Object(pairs)| Patch::Set(pairs)))
    }
}

/// Reads a JSON object of strings as pairs, in their order.
pub(crate) struct Pairs<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Pairs<T> {
    type Value = Vec<(T, T)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of strings")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}
