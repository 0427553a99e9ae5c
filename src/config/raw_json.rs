//! JSON that the crate carries without reading it.

use crate::error::NotJson;
use alloc::{borrow::ToOwned, boxed::Box, string::String};
use core::fmt;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Value, value::RawValue};

/// One JSON value, kept as its text.
///
/// Space between tokens is dropped, so the text is a single line; the order of keys and the
/// spelling of numbers and strings stay as they were. Equality is that of the text.
///
/// ```
/// use realtime_proto::RawJson;
///
/// let json = RawJson::new(r#"{ "type": "retention_ratio", "retention_ratio": 0.80 }"#)?;
/// assert_eq!(json.get(), r#"{"type":"retention_ratio","retention_ratio":0.80}"#);
/// # Ok::<(), realtime_proto::NotJson>(())
/// ```
///
/// It is written and read as the value itself. Inside a tagged enum serde reads a value before
/// the crate sees it: numbers and escapes may then be spelled anew, with the same meaning.
#[derive(Clone)]
pub struct RawJson(pub(crate) Box<RawValue>);

impl RawJson {
    /// Keeps a JSON value of any kind.
    ///
    /// # Errors
    /// Fails if `text` is not exactly one JSON value.
    pub fn new(text: &str) -> Result<Self, NotJson> {
        let value: &RawValue = serde_json::from_str(text).map_err(|_| NotJson {})?;
        Self::from_text(compact(value.get()))
    }

    /// Keeps a value that was built or read elsewhere.
    #[must_use]
    pub fn from_value(value: &Value) -> Self {
        // Writing a `Value` to a string cannot fail; `null` only keeps this total.
        Self(serde_json::value::to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned()))
    }

    /// Returns the JSON text, without space between tokens.
    #[must_use]
    pub fn get(&self) -> &str {
        self.0.get()
    }

    /// Keeps a value as it would read after serde has buffered it.
    pub(crate) fn respelled(text: &str) -> Result<Self, NotJson> {
        let mut input = serde_json::Deserializer::from_str(text);
        let text = ANEW.deserialize(&mut input).map_err(|_| NotJson {})?;
        input.end().map_err(|_| NotJson {})?;
        Self::from_text(text)
    }

    fn from_text(text: String) -> Result<Self, NotJson> {
        RawValue::from_string(text)
            .map(Self)
            .map_err(|_| NotJson {})
    }
}

/// Drops the space between the tokens of valid JSON.
fn compact(text: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let keep = |c: &char| {
        if escaped {
            escaped = false;
            return true;
        }
        match c {
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        quoted || !matches!(c, ' ' | '\t' | '\n' | '\r')
    };
    text.chars().filter(keep).collect()
}

impl From<Value> for RawJson {
    fn from(value: Value) -> Self {
        Self::from_value(&value)
    }
}

impl PartialEq for RawJson {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for RawJson {}

impl fmt::Display for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get())
    }
}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHORT: usize = 200;
        match self.get() {
            text if text.len() <= SHORT => write!(f, "RawJson({text})"),
            text => write!(f, "RawJson({} bytes)", text.len()),
        }
    }
}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(out)
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = input.deserialize_newtype_struct(EXACT, Text { exact: true })?;
        Self::from_text(text).map_err(Error::custom)
    }
}

/// The name under which `serde_json` hands over the text of a value instead of the value.
///
/// `RawValue` asks for it too, but fails wherever serde has buffered the value before, as it does
/// for tagged enums. Where nobody knows the name, the value is read and written anew.
const EXACT: &str = "$serde_json::private::RawValue";

/// Reads any value as JSON text.
#[derive(Clone, Copy)]
struct Text {
    /// Whether the value may be its own text, wrapped in a map under the key [`EXACT`].
    exact: bool,
}

const ANEW: Text = Text { exact: false };

impl<'de> DeserializeSeed<'de> for Text {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<String, D::Error> {
        input.deserialize_any(self)
    }
}

/// Writes one scalar as JSON.
fn scalar<T: Serialize, E: Error>(value: T) -> Result<String, E> {
    serde_json::to_string(&value).map_err(E::custom)
}

impl<'de> Visitor<'de> for Text {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<String, E> {
        scalar(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<String, E> {
        scalar(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<String, E> {
        scalar(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<String, E> {
        scalar(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        scalar(value)
    }

    fn visit_unit<E: Error>(self) -> Result<String, E> {
        scalar(())
    }

    fn visit_none<E: Error>(self) -> Result<String, E> {
        scalar(())
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<String, D::Error> {
        ANEW.deserialize(input)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<String, D::Error> {
        ANEW.deserialize(input)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<String, A::Error> {
        let mut text = String::from("[");
        while let Some(element) = seq.next_element_seed(ANEW)? {
            separate(&mut text);
            text.push_str(&element);
        }
        text.push(']');
        Ok(text)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        let mut text = String::from("{");
        while let Some(key) = map.next_key::<String>()? {
            if self.exact && key == EXACT {
                return map.next_value::<String>().map(|exact| compact(&exact));
            }
            separate(&mut text);
            text.push_str(&scalar::<_, A::Error>(&key)?);
            text.push(':');
            text.push_str(&map.next_value_seed(ANEW)?);
        }
        text.push('}');
        Ok(text)
    }
}

/// Puts a comma before every element but the first.
fn separate(text: &mut String) {
    if text.len() > 1 {
        text.push(',');
    }
}
