//! A session that is driven over a recording.

use super::{Entry, Line, Recording, Summary};
use crate::{
    command::{Command, Raw},
    config::Config,
    error::SendError,
    event::Event,
    json::is_object,
    session::{Phase, Session},
    time::Time,
    transport::{Close, TransmitBuf},
};
use alloc::collections::VecDeque;
use core::{iter::FusedIterator, slice, str::from_utf8};

/// Drives a [`Session`] over a [`Recording`] and hands out, in order, what each line caused.
///
/// Frames of the server are received, commands sent, frames of a client sent as
/// [`Command::Raw`] where they are JSON objects, and as [`Command::AppendAudio`] where binary frames
/// are raw audio; time is told. A recording that holds frames of a client is followed by a passive
/// session, which originates nothing. After a `close` line the next line with a frame, a
/// command or another end opens the next connection, by [`Session::reconnect`]. The end of the
/// recording is a lost transport, so everything that was open settles.
///
/// Each line is applied whole before its first step is handed out: [`session`](Self::session) and
/// [`summary`](Self::summary) are those after it.
///
/// ```
/// use realtime_proto::{
///     Config, Dialect, Event,
///     testing::{Happened, Recording, Replay},
/// };
///
/// let recording = Recording::parse(r#"
/// {"dir":"server","frame":{"type":"session.created","session":{"id":"sess_1"}}}
/// {"command":{"type":"create_response"}}
/// "#)?;
/// let mut replay = Replay::new(&recording, Config::new(Dialect::OpenAi));
/// let mut seen = Vec::new();
/// for step in replay.by_ref() {
///     match step.what {
///         Happened::Event(event) => seen.push((step.line, event.name())),
///         Happened::Transmit(_) => seen.push((step.line, "transmit")),
///         _ => {}
///     }
/// }
/// assert_eq!(seen, [
///     (2, "ready"), (3, "transmit"), (4, "command_settled"), (4, "closed"),
/// ]);
/// assert_eq!(replay.summary().commands.unknown, 1);
/// # Ok::<(), realtime_proto::testing::RecordingError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Replay<'r> {
    lines: slice::Iter<'r, Line>,
    config: Config,
    session: Session,
    summary: Summary,
    steps: VecDeque<Step<'r>>,
    /// The line that is being applied.
    line: usize,
    /// Where the recording is over; none once it is.
    end: Option<usize>,
}

/// One thing that happened in a [`Replay`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Step<'r> {
    /// The number of the line that caused it; at the end, that of the line behind the last.
    pub line: usize,
    /// What it is.
    pub what: Happened<'r>,
}

/// What happened in a [`Replay`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Happened<'r> {
    /// A line was applied; what it caused follows. Comments apply nothing.
    Applied {
        /// What the line says.
        entry: &'r Entry,
        /// The wire name of a server's frame, where it has a plain one.
        kind: Option<&'r str>,
    },
    /// The session told something.
    Event(Event<'r>),
    /// The session sent something.
    Transmit(TransmitBuf),
    /// The session refused a command or a client's frame.
    Refused(SendError),
}

impl<'r> Replay<'r> {
    /// Opens a session for a recording; nothing is applied before the first step is asked for.
    #[must_use]
    pub fn new(recording: &'r Recording, mut config: Config) -> Self {
        config.policy.passive |= recording.has_client_frames();
        Self {
            lines: recording.lines.iter(),
            session: Session::new(config.clone()),
            config,
            summary: Summary::default(),
            steps: VecDeque::new(),
            line: 0,
            end: Some(recording.end()),
        }
    }

    /// Returns the session, as the last line that was applied left it.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// Returns the counts of all lines that were applied; complete at the end of the steps.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut summary = self.summary.clone();
        summary.count(self.session.counters());
        summary
    }

    fn apply(&mut self, line: &'r Line) {
        self.line = line.number;
        match &line.entry {
            Entry::Comment(_) => {}
            entry @ Entry::At(time) => {
                self.applied(entry, None);
                self.session.handle_timeout(Time(*time));
            }
            entry => {
                self.connect();
                self.happen(entry);
            }
        }
        self.drain();
    }

    /// After an end, the next connection; in any case, what it opens with.
    fn connect(&mut self) {
        if self.session.phase() == Phase::Closed {
            self.session = self.session.clone().reconnect(self.config.clone());
        }
        self.drain();
    }

    fn happen(&mut self, entry: &'r Entry) {
        let mut kind = None;
        let mut events = None;
        match entry {
            Entry::Server(frame) => {
                let caused = self.session.receive(frame);
                kind = caused.kind();
                events = Some(caused);
            }
            Entry::ServerBinary(frame) => events = Some(self.session.receive_binary(frame)),
            _ => {}
        }
        self.applied(entry, kind);
        for event in events.into_iter().flatten() {
            self.event(event);
        }
        match entry {
            Entry::Client(text) => self.follow(text),
            Entry::ClientBinary(audio) if self.session.capabilities().binary_audio => {
                self.send(Command::append_audio(audio));
            }
            Entry::ClientBinary(frame) => self.follow(from_utf8(frame).unwrap_or_default()),
            Entry::Command(command) => self.send((**command).clone()),
            _ => {}
        }
        if let Some(close) = entry.close() {
            self.session.disconnected(close);
        }
    }

    /// A client's frame. What is no object asks for nothing, whoever sent it.
    fn follow(&mut self, text: &str) {
        if is_object(text) {
            self.send(Command::Raw(Raw::new(text)));
        }
    }

    fn send(&mut self, command: Command<'_>) {
        let streams = Summary::is_stream(&command);
        match self.session.send(command) {
            Ok(_) if streams => {}
            Ok(_) => self.summary.commands.sent += 1,
            Err(error) => {
                self.summary.refused(&error);
                self.step(Happened::Refused(error));
            }
        }
    }

    /// All that waits, in the order in which a driver would take it.
    fn drain(&mut self) {
        loop {
            while let Some(event) = self.session.poll_event() {
                self.event(event);
            }
            let Some(transmit) = self.session.poll_transmit() else {
                break;
            };
            let transmit = transmit.into_owned();
            self.summary.transmit(transmit.as_ref());
            self.step(Happened::Transmit(transmit));
        }
    }

    fn event(&mut self, event: Event<'r>) {
        self.summary.observe(&event);
        self.step(Happened::Event(event));
    }

    fn applied(&mut self, entry: &'r Entry, kind: Option<&'r str>) {
        self.step(Happened::Applied { entry, kind });
    }

    fn step(&mut self, what: Happened<'r>) {
        let line = self.line;
        self.steps.push_back(Step { line, what });
    }

    fn finish(&mut self, end: usize) {
        self.line = end;
        self.session.disconnected(Close::lost());
        self.drain();
    }
}

impl<'r> Iterator for Replay<'r> {
    type Item = Step<'r>;

    fn next(&mut self) -> Option<Step<'r>> {
        loop {
            if let Some(step) = self.steps.pop_front() {
                return Some(step);
            }
            if let Some(line) = self.lines.next() {
                self.apply(line);
            } else {
                let end = self.end.take()?;
                self.finish(end);
            }
        }
    }
}

impl FusedIterator for Replay<'_> {}
