//! Lines out of a stream of bytes: the framing of the agents' protocols.

use crate::{config::Limits, event::FrameFault};
use alloc::vec::Vec;
use core::{fmt, ops::Range, str::from_utf8};
use memchr::{memchr, memrchr};

/// Cuts a stream of bytes into lines, each one frame for [`Session::receive`](crate::Session).
///
/// Agents speak JSON lines over a pipe, which knows no frames: what is read may end within a line,
/// even within a character. A line ends at `\n` and nowhere else (U+2028 is data); `\r` before it
/// is dropped, and blank lines are skipped. What is sent needs a `\n` behind each frame.
///
/// A line that is too long or not UTF-8 is told once, and the next one is read as if nothing had
/// been. Of a line without an end no more is kept than the limit. Poll until `None` after each
/// push: lines that were not polled are all kept.
///
/// ```
/// use realtime_proto::{Config, Dialect, Event, LineBuffer, Session};
///
/// let mut session = Session::new(Config::new(Dialect::Synaps));
/// let mut lines = LineBuffer::default();
/// let mut names = Vec::new();
/// let stdout = r#"{"type":"ready","session_id":"s1","model":"m","protocol_version":1}"#;
/// for read in [&stdout.as_bytes()[..9], &stdout.as_bytes()[9..], b"\n{\"ty"] {
///     lines.push(read);
///     while let Some(line) = lines.poll_line() {
///         match line {
///             Ok(line) => names.extend(session.receive(line).map(|event| event.name())),
///             Err(fault) => eprintln!("skipped a line: {fault:?}"),
///         }
///     }
/// }
/// assert_eq!(names, ["ready"]);
/// assert_eq!(lines.unfinished(), b"{\"ty");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct LineBuffer {
    bytes: Vec<u8>,
    limit: usize,
    /// Where the next line begins.
    head: usize,
    /// Where the line begins that has no end yet.
    last: usize,
    /// That line was told to be too long.
    told: bool,
}

impl Default for LineBuffer {
    fn default() -> Self {
        Self::new(Limits::default().frame_bytes)
    }
}

/// Prints a length, never content.
impl fmt::Debug for LineBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LineBuffer")
            .field("bytes", &(self.bytes.len() - self.head))
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

impl LineBuffer {
    /// Returns a buffer for lines of at most `limit` bytes, the end of the line not counted.
    ///
    /// The default is [`Limits::frame_bytes`].
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            bytes: Vec::new(),
            limit,
            head: 0,
            last: 0,
            told: false,
        }
    }

    /// Takes what was read, however it was cut.
    ///
    /// Of a line without an end no more is kept than shows that it is too long.
    pub fn push(&mut self, read: &[u8]) {
        self.forget_polled();
        let (ended, rest) = read.split_at(memrchr(b'\n', read).map_or(0, |at| at + 1));
        self.bytes.extend_from_slice(ended);
        if !ended.is_empty() {
            self.last = self.bytes.len();
        }
        let kept = self.unfinished().len();
        let room = if self.skips() {
            0
        } else {
            self.limit.saturating_add(2).saturating_sub(kept)
        };
        let rest = rest.get(..room).unwrap_or(rest);
        self.bytes.extend_from_slice(rest);
    }

    /// Whether what comes belongs to a line that was told to be too long.
    fn skips(&self) -> bool {
        self.told && self.head == self.last
    }

    fn forget_polled(&mut self) {
        self.bytes.drain(..self.head);
        self.last -= self.head;
        self.head = 0;
    }

    /// Takes the next line; `None` until there is a whole one.
    ///
    /// # Errors
    /// [`FrameFault::TooLong`] as soon as that shows, and [`FrameFault::Utf8`]. Each stands for one
    /// line, which is gone.
    pub fn poll_line(&mut self) -> Option<Result<&str, FrameFault>> {
        let line = match self.next_line()? {
            Ok(line) => self.bytes.get(line).unwrap_or_default(),
            Err(fault) => return Some(Err(fault)),
        };
        let utf8 = |error: core::str::Utf8Error| FrameFault::Utf8 {
            offset: error.valid_up_to(),
        };
        Some(from_utf8(line).map_err(utf8))
    }

    /// What was read of a line that has no end yet: at the end of the stream it was cut off.
    #[must_use]
    pub fn unfinished(&self) -> &[u8] {
        self.bytes.get(self.last..).unwrap_or_default()
    }

    fn next_line(&mut self) -> Option<Result<Range<usize>, FrameFault>> {
        loop {
            let Some(line) = self.take_line() else {
                return self.too_long().map(Err);
            };
            if core::mem::take(&mut self.told) || line.is_empty() {
                continue;
            }
            return Some(if line.len() > self.limit {
                Err(FrameFault::TooLong { limit: self.limit })
            } else {
                Ok(line)
            });
        }
    }

    /// The next line that has an end, without it.
    fn take_line(&mut self) -> Option<Range<usize>> {
        let ended = self.bytes.get(self.head..self.last)?;
        let length = memchr(b'\n', ended)?;
        let line = ended.get(..length)?;
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let range = self.head..self.head + line.len();
        self.head += length + 1;
        Some(range)
    }

    /// Whether the line without an end has become too long, told once.
    fn too_long(&mut self) -> Option<FrameFault> {
        let length = self
            .unfinished()
            .strip_suffix(b"\r")
            .map_or_else(|| self.unfinished().len(), <[u8]>::len);
        if length <= self.limit {
            return None;
        }
        self.told = true;
        self.bytes.truncate(self.last);
        Some(FrameFault::TooLong { limit: self.limit })
    }
}
