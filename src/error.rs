//! What the caller's own calls can get wrong.

use crate::{audio::AudioFormat, config::Dialect};
use core::{error::Error, fmt, time::Duration};

/// Why a session refused a command. The session is as it was before the call.
///
/// It is always a mistake in the caller's own calls, never a report of the server's: those are
/// `Event::Error`. Only [`Closed`](Self::Closed), [`Full`](Self::Full) and [`Busy`](Self::Busy)
/// can depend on timing; a correct program meets the others never. A command that merely lost a
/// race with the server (a cancel, a truncation, the output of a call that was just cancelled) is
/// not refused, but settles as superseded.
///
/// No message contains anything of the command's content.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SendError {
    /// The connection ended. Depends on timing.
    Closed,
    /// The frames that wait to be sent leave no room for this one. Depends on timing.
    ///
    /// Forward what `poll_transmit` gives and send it again.
    Full {
        /// Bytes that wait to be sent, or commands that wait for their settlement.
        queued: usize,
        /// The limit they would pass, in the same unit.
        limit: usize,
    },
    /// The dialect has no words for this command, and nothing stands in for it.
    Unsupported {
        /// The dialect of the session.
        by: Dialect,
        /// The name of the command, as [`Command::name`](crate::command::Command::name) gives it.
        command: &'static str,
    },
    /// The frame would be longer than the server accepts.
    TooLarge {
        /// The longest that is accepted, in bytes.
        limit: usize,
    },
    /// A field holds what the protocol cannot carry.
    Invalid {
        /// The name of the field.
        field: &'static str,
    },
    /// An output names a call that this session was never asked to answer, or has answered.
    UnknownCall,
    /// Audio or a setting does not fit the format in force.
    FormatMismatch {
        /// The format in force.
        expected: AudioFormat,
    },
    /// The setting was fixed when the session was opened and can never change.
    Immutable {
        /// The name of the setting.
        field: &'static str,
    },
    /// A commit of less audio than the server accepts.
    InputTooShort {
        /// What was appended since the last commit.
        have: Duration,
        /// The least that the server accepts.
        need: Duration,
    },
    /// A response is in progress, and the command asked to fail rather than to wait for it.
    ///
    /// Depends on timing; only a
    /// [`CreateResponse`](crate::command::CreateResponse) with
    /// [`CreatePolicy::FailFast`](crate::command::CreatePolicy::FailFast) meets it.
    Busy,
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("the session is closed"),
            Self::Full { queued, limit } => {
                write!(f, "the queue is full: {queued} of {limit} are waiting")
            }
            Self::Unsupported { by, command } => write!(f, "{by} has no way to {command}"),
            Self::TooLarge { limit } => write!(f, "the frame would exceed {limit} bytes"),
            Self::Invalid { field } => write!(f, "invalid value in `{field}`"),
            Self::UnknownCall => f.write_str("no such tool call is waiting for an output"),
            Self::FormatMismatch { expected } => {
                write!(f, "the audio format in force is {expected}")
            }
            Self::Immutable { field } => write!(f, "`{field}` cannot change any more"),
            Self::InputTooShort { have, need } => write!(
                f,
                "too little audio to commit: {} of {} ms",
                have.as_millis(),
                need.as_millis()
            ),
            Self::Busy => f.write_str("a response is in progress"),
        }
    }
}

impl Error for SendError {}

/// Why audio could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AudioError {
    /// The payload is not base64.
    Base64 {
        /// Where in the encoded text, in bytes, the first fault is.
        offset: usize,
    },
    /// The buffer is too small.
    TooSmall {
        /// The size that suffices, in bytes.
        need: usize,
    },
    /// 16-bit samples need an even number of bytes.
    OddLength,
    /// The format is one that the crate cannot decode.
    Encoding,
}

impl fmt::Display for AudioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base64 { offset } => write!(f, "invalid base64 at offset {offset}"),
            Self::TooSmall { need } => write!(f, "the buffer is too small: {need} bytes needed"),
            Self::OddLength => f.write_str("an odd number of bytes cannot be 16-bit samples"),
            Self::Encoding => f.write_str("the encoding of the audio cannot be decoded"),
        }
    }
}

impl Error for AudioError {}

/// The text is not exactly one JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotJson {}

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not one JSON value")
    }
}

impl Error for NotJson {}

/// The name is not that of a [`Dialect`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownDialect {}

impl fmt::Display for UnknownDialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown dialect, expected one of")?;
        for (index, dialect) in Dialect::ALL.iter().enumerate() {
            write!(f, "{} {dialect}", if index == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl Error for UnknownDialect {}
