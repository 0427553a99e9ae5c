//! What passes between a session and its transport.

use alloc::{borrow::Cow, string::String, string::ToString, vec::Vec};
use core::{error::Error, fmt};

/// Something for the transport to send, in the order in which it is polled.
///
/// It has left the session when it is polled: hand it to a sink that buffers, and do not poll in
/// a branch that may be dropped.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Transmit<'a> {
    /// A text frame: one JSON object.
    Text(&'a str),
    /// A binary frame.
    Binary(&'a [u8]),
    /// The end of the connection; nothing follows it.
    Close {
        /// The close code, such as 1000.
        code: u16,
        /// The reason; often empty.
        reason: &'a str,
    },
}

impl Transmit<'_> {
    /// Returns whether this is audio of the user, which a transport may send with less urgency.
    #[must_use]
    pub fn is_audio(&self) -> bool {
        match self {
            Self::Text(text) => crate::dialect::is_audio(text),
            Self::Binary(_) => true,
            Self::Close { .. } => false,
        }
    }

    /// Returns the same, for a queue that outlives the borrow.
    #[must_use]
    pub fn into_owned(self) -> TransmitBuf {
        match self {
            Self::Text(text) => TransmitBuf::Text(text.into()),
            Self::Binary(bytes) => TransmitBuf::Binary(bytes.into()),
            Self::Close { code, reason } => TransmitBuf::Close {
                code,
                reason: reason.into(),
            },
        }
    }
}

/// Prints lengths, never content.
impl fmt::Debug for Transmit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Binary(bytes) => write!(f, "Binary({} bytes)", bytes.len()),
            Self::Close { code, .. } => write!(f, "Close({code})"),
        }
    }
}

/// An owned [`Transmit`].
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransmitBuf {
    /// A text frame: one JSON object.
    Text(String),
    /// A binary frame.
    Binary(Vec<u8>),
    /// The end of the connection; nothing follows it.
    Close {
        /// The close code, such as 1000.
        code: u16,
        /// The reason; often empty.
        reason: String,
    },
}

impl TransmitBuf {
    /// Returns the borrowed form.
    #[must_use]
    pub fn as_ref(&self) -> Transmit<'_> {
        match self {
            Self::Text(text) => Transmit::Text(text),
            Self::Binary(bytes) => Transmit::Binary(bytes),
            Self::Close { code, reason } => Transmit::Close {
                code: *code,
                reason,
            },
        }
    }
}

/// Prints lengths, never content.
impl fmt::Debug for TransmitBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().fmt(f)
    }
}

/// How a transport ended, as the driver saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Close<'a> {
    /// The close code, where there was one.
    pub code: Option<u16>,
    /// The reason; often empty.
    pub reason: Cow<'a, str>,
    /// Whether the transport ended in good order.
    pub clean: bool,
}

impl<'a> Close<'a> {
    /// The transport broke, without a word.
    #[must_use]
    pub const fn lost() -> Self {
        Self {
            code: None,
            reason: Cow::Borrowed(""),
            clean: false,
        }
    }

    /// The peer closed with a code and a reason.
    #[must_use]
    pub const fn code(code: u16, reason: &'a str) -> Self {
        Self {
            code: Some(code),
            reason: Cow::Borrowed(reason),
            clean: true,
        }
    }

    /// The stream ended in good order, without a code.
    #[must_use]
    pub const fn ended() -> Self {
        Self {
            code: None,
            reason: Cow::Borrowed(""),
            clean: true,
        }
    }
}

/// A transport that failed is lost, for the reason that its error gives.
impl<E: Error + ?Sized> From<&E> for Close<'static> {
    fn from(error: &E) -> Self {
        Close {
            reason: Cow::Owned(error.to_string()),
            ..Close::lost()
        }
    }
}
