//! Frames that are sent as they are.

use super::Str;
use crate::config::RawJson;
use core::fmt;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::SerializeStruct,
};

/// A frame that is sent verbatim.
///
/// In JSON it stands under the key `frame`, as the object that it is; where its spelling would
/// not survive that, under the key `text`, as a string. Both are read.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Raw<'a> {
    /// One JSON object of the protocol.
    pub text: Str<'a>,
}

impl<'a> Raw<'a> {
    /// Returns the frame that `text` is.
    pub fn new(text: impl Into<Str<'a>>) -> Self {
        Self { text: text.into() }
    }

    /// The frame as an object, if it reads back as the same text.
    fn embedded(&self) -> Option<RawJson> {
        let object = self.text.starts_with('{');
        let json = object
            .then(|| RawJson::respelled(&self.text).ok())
            .flatten();
        json.filter(|json| json.get() == self.text)
    }
}

impl fmt::Debug for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw({} bytes)", self.text.len())
    }
}

impl Serialize for Raw<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut object = out.serialize_struct("Raw", 1)?;
        match self.embedded() {
            Some(frame) => object.serialize_field("frame", &frame)?,
            None => object.serialize_field("text", &self.text)?,
        }
        object.end()
    }
}

impl<'de> Deserialize<'de> for Raw<'_> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written<'a> {
            frame: Option<RawJson>,
            text: Option<Str<'a>>,
        }

        let written = Written::deserialize(input)?;
        let text = written
            .text
            .or_else(|| written.frame.map(|frame| Str::Owned(frame.get().into())));
        text.map(Self::new)
            .ok_or_else(|| D::Error::missing_field("frame"))
    }
}
