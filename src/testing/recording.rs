//! What passed between a client and a server, as text and as values.

mod read;
mod write;

use crate::{command::Command, transport::Close};
use alloc::{boxed::Box, string::String, vec::Vec};
use core::{error::Error, fmt, time::Duration};

/// What passed between a client and a server, line by line.
///
/// One JSON object a line; unknown keys are ignored, blank lines skipped, and a line that begins
/// with `#` is a comment. A line says one thing:
///
/// | line | entry |
/// |---|---|
/// | `{"dir":"server","frame":{…}}` | [`Entry::Server`]: a frame from the server, its text exactly as it stands in the line |
/// | `{"dir":"server","raw":"…"}` | the same, for text that is no JSON object on one line |
/// | `{"dir":"client","frame":{…}}` | [`Entry::Client`]: a frame that some client sent; `raw` too |
/// | `{"dir":"server","binary":"…"}` | [`Entry::ServerBinary`]: a binary frame from the server, as base64 |
/// | `{"dir":"client","binary":"…"}` | [`Entry::ClientBinary`]: a binary frame that some client sent |
/// | `{"command":{…}}` | [`Entry::Command`]: a [`Command`] |
/// | `{"at_ms":1234}` | [`Entry::At`]: the time, in milliseconds since an origin of its own |
/// | `{"dir":"server","close":{"code":1001,"reason":"…"}}` | [`Entry::Close`]: the transport ended; what follows is the next connection |
///
/// What it displays reads back as an equal recording.
///
/// ```
/// use realtime_proto::{Command, testing::{Entry, Recording}};
///
/// let text = r##"# Somebody says hello.
/// {"dir":"server","frame":{"type":"session.created"}}
/// {"command":{"type":"send_text","text":"Hello!"}}
/// "##;
/// let recording: Recording = text.parse()?;
/// assert_eq!(recording.to_string(), text);
///
/// let mut same = Recording::default();
/// same.push(Entry::Comment("Somebody says hello.".into()))
///     .push(Entry::Server(r#"{"type":"session.created"}"#.into()))
///     .push(Entry::Command(Box::new(Command::text("Hello!"))));
/// assert_eq!(same, recording);
/// # Ok::<(), realtime_proto::testing::RecordingError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Recording {
    /// Its lines in their order, without the blank ones.
    pub lines: Vec<Line>,
}

/// One line of a recording.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: usize,
    /// What it says.
    pub entry: Entry,
}

/// What one line of a recording says.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Entry {
    /// A text frame from the server.
    Server(String),
    /// A text frame that some client sent.
    Client(String),
    /// A binary frame from the server.
    ServerBinary(Vec<u8>),
    /// A binary frame that some client sent.
    ClientBinary(Vec<u8>),
    /// A command that the application gave.
    Command(Box<Command<'static>>),
    /// The time, since an origin that the recorder chose; whole milliseconds are kept.
    At(Duration),
    /// The transport ended.
    Close {
        /// The close code, where there was one.
        code: Option<u16>,
        /// The reason; often empty.
        reason: String,
        /// Whether it ended in good order; unless the line says otherwise, if there is a code.
        clean: bool,
    },
    /// A remark for people, without the `#`: nothing happens.
    Comment(String),
}

impl Recording {
    /// Appends an entry, on the line behind the last.
    pub fn push(&mut self, entry: Entry) -> &mut Self {
        let number = self.end();
        self.lines.push(Line { number, entry });
        self
    }

    /// Returns whether it holds frames of a client, so that a session may only follow it.
    #[must_use]
    pub fn has_client_frames(&self) -> bool {
        let client = |line: &Line| matches!(line.entry, Entry::Client(_) | Entry::ClientBinary(_));
        self.lines.iter().any(client)
    }

    /// Returns the number of the line behind the last: where the recording is over.
    #[must_use]
    pub fn end(&self) -> usize {
        self.lines
            .last()
            .map_or(1, |line| line.number.saturating_add(1))
    }
}

impl Entry {
    /// The end of the transport that this is, if it is one.
    pub(super) fn close(&self) -> Option<Close<'_>> {
        let Self::Close {
            code,
            reason,
            clean,
        } = self
        else {
            return None;
        };
        Some(Close {
            code: *code,
            reason: reason.as_str().into(),
            clean: *clean,
        })
    }
}

/// Prints lengths of frames, never their content.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server(text) => write!(f, "Server({} bytes)", text.len()),
            Self::Client(text) => write!(f, "Client({} bytes)", text.len()),
            Self::ServerBinary(bytes) => write!(f, "ServerBinary({} bytes)", bytes.len()),
            Self::ClientBinary(bytes) => write!(f, "ClientBinary({} bytes)", bytes.len()),
            Self::Command(command) => write!(f, "Command({})", command.name()),
            Self::At(time) => write!(f, "At({} ms)", time.as_millis()),
            Self::Close { code, .. } => write!(f, "Close({code:?})"),
            Self::Comment(text) => write!(f, "Comment({text:?})"),
        }
    }
}

/// A text is no recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordingError {
    /// The number of the line that is wrong, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: RecordingFault,
}

/// What is wrong with a line of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordingFault {
    /// It is not one JSON object.
    NotAnObject,
    /// No key of it says what happened.
    Nothing,
    /// Two keys say what happened.
    Ambiguous,
    /// A known key has a value that means nothing.
    Invalid {
        /// The key.
        key: &'static str,
    },
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match self.fault {
            RecordingFault::NotAnObject => f.write_str("not one JSON object"),
            RecordingFault::Nothing => {
                f.write_str("none of `frame`, `raw`, `binary`, `close`, `command` and `at_ms`")
            }
            RecordingFault::Ambiguous => f.write_str(
                "more than one of `frame`, `raw`, `binary`, `close`, `command`, `at_ms`",
            ),
            RecordingFault::Invalid { key } => write!(f, "invalid value of `{key}`"),
        }
    }
}

impl Error for RecordingError {}
