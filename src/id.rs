//! Identifiers: of things on the wire, and of commands.

use alloc::sync::Arc;
use arrayvec::ArrayString;
use core::{borrow::Borrow, cmp::Ordering, fmt, hash, ops::Deref};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An identifier of the wire: borrowed from the frame, or shared with the session.
///
/// Reads as a `&str` and is never empty. Identifiers that the session made itself, for dialects
/// that have none on the wire, look no different; the session never sends those back.
///
/// Equality, order and hash are those of the text, so a map keyed by `Id<'static>` can be asked
/// with a `&str`.
#[derive(Clone)]
pub struct Id<'f>(Repr<'f>);

#[derive(Clone)]
enum Repr<'f> {
    Borrowed(&'f str),
    Shared(Arc<str>),
}

const _: () = assert!(size_of::<Id<'static>>() <= 24);
const _: () = assert!(size_of::<Option<Id<'static>>>() <= 24);

impl<'f> Id<'f> {
    /// `""` on the wire is no identifier.
    pub(crate) fn borrowed(text: &'f str) -> Option<Self> {
        (!text.is_empty()).then(|| Self::of_text(text))
    }

    /// The same, of a text that is known to say something.
    pub(crate) fn of_text(text: &'f str) -> Self {
        debug_assert!(!text.is_empty(), "an identifier says something");
        Self(Repr::Borrowed(text))
    }

    pub(crate) fn shared(text: Arc<str>) -> Id<'static> {
        Id(Repr::Shared(text))
    }

    /// The shared form: free when it is shared already.
    pub(crate) fn to_shared(&self) -> Arc<str> {
        match &self.0 {
            Repr::Borrowed(text) => Arc::from(*text),
            Repr::Shared(text) => Arc::clone(text),
        }
    }

    /// The text, where it is shared.
    pub(crate) fn shared_text(&self) -> Option<&Arc<str>> {
        match &self.0 {
            Repr::Borrowed(_) => None,
            Repr::Shared(text) => Some(text),
        }
    }

    /// The text of the identifier, as it is on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Borrowed(text) => text,
            Repr::Shared(text) => text,
        }
    }

    /// Frees the identifier from the frame; allocates only if it borrows.
    #[must_use]
    pub fn into_owned(self) -> Id<'static> {
        match self.0 {
            Repr::Borrowed(text) => Id::shared(Arc::from(text)),
            Repr::Shared(text) => Id::shared(text),
        }
    }
}

impl Deref for Id<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Id<'_> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Id<'_> {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Id<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Id<'_> {}

impl PartialEq<str> for Id<'_> {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Id<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialOrd for Id<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Id<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl hash::Hash for Id<'_> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl fmt::Debug for Id<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Serialize for Id<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

/// Always the shared form: nothing outlives the text that is read.
impl<'de> Deserialize<'de> for Id<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Arc::<str>::deserialize(deserializer)?;
        if text.is_empty() {
            return Err(de::Error::invalid_length(
                0,
                &"an identifier that is not empty",
            ));
        }
        Ok(Self(Repr::Shared(text)))
    }
}

/// The longest prefix of a command id, in bytes, so that `prefix-n` stays within 32 for every `n`.
pub(crate) const PREFIX_BYTES: usize = 11;

/// Names one command of one session, such as `rp-12`.
///
/// `Display` is the `event_id` on the wire. Numbers go on across `Session::reconnect`, so an id never names two
/// commands of one conversation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommandId {
    pub(crate) prefix: ArrayString<PREFIX_BYTES>,
    pub(crate) number: u64,
}

impl CommandId {
    /// Reads what `Display` writes, and nothing else.
    ///
    /// That is `rp-12`, but not `rp-012`, `rp-` or `12`. The last `-` ends the prefix, so the prefix may hold others.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (prefix, digits) = text.rsplit_once('-')?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        if !plain || (digits.len() > 1 && digits.starts_with('0')) {
            return None;
        }
        Some(Self {
            prefix: ArrayString::from(prefix).ok()?,
            number: digits.parse().ok()?,
        })
    }
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.prefix, self.number)
    }
}

impl fmt::Debug for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CommandId({self})")
    }
}

impl Serialize for CommandId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CommandId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(CommandIdVisitor)
    }
}

struct CommandIdVisitor;

impl de::Visitor<'_> for CommandIdVisitor {
    type Value = CommandId;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a command id such as \"rp-12\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<CommandId, E> {
        CommandId::parse(text)
            .ok_or_else(|| E::invalid_value(de::Unexpected::Other("other text"), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::ToString};

    fn id(prefix: &str, number: u64) -> CommandId {
        CommandId {
            prefix: ArrayString::from(prefix).unwrap(),
            number,
        }
    }

    #[test]
    fn command_id_reads_what_it_writes() {
        for (prefix, number) in [("rp", 12), ("a-b", 0), ("", 7), ("elevenbytes", u64::MAX)] {
            let id = id(prefix, number);
            let text = id.to_string();
            assert!(text.len() <= 32, "{text}");
            assert_eq!(CommandId::parse(&text), Some(id));
            let json = serde_json::to_string(&id).unwrap();
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<CommandId>(&json).unwrap(), id);
        }
    }

    #[test]
    fn command_id_refuses_what_it_does_not_write() {
        for text in [
            "",
            "rp",
            "12",
            "rp-",
            "rp-+1",
            "rp-01",
            "rp-1x",
            "twelve_bytes-1",
            "rp-18446744073709551616",
        ] {
            assert_eq!(CommandId::parse(text), None, "{text}");
        }
        let error = serde_json::from_str::<CommandId>("\"hunter2\"")
            .unwrap_err()
            .to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }

    #[test]
    fn id_is_its_text() {
        let borrowed = Id::borrowed("item_1").unwrap();
        let owned = borrowed.clone().into_owned();
        assert_eq!(borrowed, owned);
        assert_eq!(owned, "item_1");
        assert_eq!(format!("{owned} {owned:?}"), "item_1 \"item_1\"");
        assert!(Arc::ptr_eq(
            &owned.to_shared(),
            &owned.clone().into_owned().to_shared()
        ));
        assert_eq!(Id::borrowed(""), None);
    }

    #[test]
    fn id_is_a_string_in_json() {
        let id: Id<'static> = serde_json::from_str("\"item_1\"").unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"item_1\"");
        assert!(serde_json::from_str::<Id<'_>>("\"\"").is_err());
    }
}
