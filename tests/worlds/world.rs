//! A session and a model server, and what was seen between them.

use crate::{
    books::{Books, Verdict},
    frames,
    server::{Server, Step},
    wire::in_words_of,
};
use realtime_proto::{
    Close, Command, CommandId, Config, Dialect, Event, Phase, SendError, Session, Time, Transmit,
    TransmitBuf,
    testing::{Entry, projection},
};
use std::sync::OnceLock;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct World {
    pub(crate) session: Session,
    pub(crate) server: Server,
    pub(crate) books: Books,
    /// Default creates that left and were not heard of again.
    pub(crate) in_flight: usize,
    pub(crate) tape: Option<Tape>,
    dialect: Dialect,
}

/// Everything that passed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tape {
    pub(crate) entries: Vec<Entry>,
    pub(crate) events: Vec<Event<'static>>,
    pub(crate) transmits: Vec<TransmitBuf>,
}

impl World {
    pub(crate) fn new(config: Config, server: Server, tape: Option<Tape>) -> Self {
        let mut world = Self {
            dialect: config.dialect,
            session: Session::new(config),
            server,
            books: Books::default(),
            in_flight: 0,
            tape,
        };
        let opening = frames::session("created", world.server.turns);
        let opening = in_words_of(world.dialect, opening);
        let opened = opening.iter().try_for_each(|frame| world.deliver(frame));
        opened.expect("a session opens");
        world
    }

    pub(crate) fn of(dialect: Dialect, server: Server) -> Self {
        Self::new(Config::new(dialect), server, None)
    }

    /// The server takes a step: the frames that it sends.
    pub(crate) fn take(&mut self, step: Step) -> Vec<String> {
        let frames = self.server.take(step).into_iter();
        frames
            .flat_map(|frame| in_words_of(self.dialect, frame))
            .collect()
    }

    /// The server takes a step, and what it sends arrives.
    pub(crate) fn step(&mut self, step: Step) -> Verdict {
        let frames = self.take(step);
        frames.iter().try_for_each(|frame| self.deliver(frame))
    }

    /// A frame arrives.
    pub(crate) fn deliver(&mut self, frame: &str) -> Verdict {
        if self.session.phase() == Phase::Closed {
            return self.i11_closed_is_closed(frame);
        }
        if frame.contains("already_has_active") || frame.contains(r#""response.created""#) {
            self.in_flight = 0;
        }
        trace(|| format!("< {frame:.150}"));
        self.record(|| Entry::Server(frame.into()));
        let before = self.session.counters().events;
        let events: Vec<_> = self.session.receive(frame).collect();
        if events.is_empty() || self.session.counters().events == before {
            return Err(format!("I16: nothing came of {frame}"));
        }
        for event in &events {
            self.see(event)?;
        }
        self.drain()
    }

    fn record(&mut self, entry: impl FnOnce() -> Entry) {
        if let Some(tape) = &mut self.tape {
            tape.entries.push(entry());
        }
    }

    fn see(&mut self, event: &Event<'_>) -> Verdict {
        if let Some(tape) = &mut self.tape {
            tape.events.push(event.clone().into_owned());
        }
        if matches!(event, Event::Stalled(_) | Event::ResponseStarted(_)) {
            self.in_flight = 0;
        }
        trace(|| format!("    {:.150}", projection(event)));
        self.books.event(event)?;
        self.books.audible(event);
        Ok(())
    }

    /// The application commands something.
    pub(crate) fn send(&mut self, command: Command<'_>) -> Result<Option<CommandId>, String> {
        let streams = matches!(
            command,
            Command::AppendAudio(_) | Command::ReportPlayback(_)
        );
        let fails_fast = matches!(&command, Command::CreateResponse(create)
            if create.policy == realtime_proto::CreatePolicy::FailFast);
        let creates = match &command {
            Command::CreateResponse(create) => !create.out_of_band,
            Command::SendText(text) => text.respond,
            _ => false,
        };
        trace(|| format!("command {}", command.name()));
        self.record(|| Entry::Command(Box::new(command.clone().into_owned())));
        let before = self.session.clone();
        match self.session.send(command) {
            Ok(id) => {
                if !streams {
                    self.books.sent(id, creates);
                }
                self.drain()?;
                Ok(Some(id))
            }
            Err(error) => {
                if self.session != before {
                    return Err(format!("I1: {error:?} changed the session"));
                }
                i17_timing_causes_no_other_error(&error, fails_fast)?;
                Ok(None)
            }
        }
    }

    /// Polls everything, and the server hears it.
    pub(crate) fn drain(&mut self) -> Verdict {
        loop {
            while let Some(event) = self.session.poll_event() {
                self.see(&event)?;
            }
            match self.session.poll_transmit() {
                None => return Ok(()),
                Some(Transmit::Text(text)) => {
                    trace(|| format!("> {text:.150}"));
                    if let Some(tape) = &mut self.tape {
                        tape.transmits.push(TransmitBuf::Text(text.into()));
                    }
                    self.books.transmit(text, self.in_flight)?;
                    let asks = text.starts_with(r#"{"type":"response.create""#);
                    let default = asks && !text.contains(r#""conversation":"none""#);
                    self.in_flight += usize::from(default);
                    self.server.hear(text);
                }
                Some(Transmit::Close { .. }) => self.books.end_sent()?,
                Some(other) => return Err(format!("nobody asked for {other:?}")),
            }
        }
    }

    /// The time is told.
    pub(crate) fn tell(&mut self, now: Time) -> Verdict {
        self.record(|| Entry::At(now.0));
        self.session.handle_timeout(now);
        self.drain()
    }

    /// The transport ends.
    pub(crate) fn close(&mut self) -> Verdict {
        self.session.disconnected(Close::lost());
        self.drain()?;
        if !self.books.closed {
            return Err("I3: no Closed at the end".into());
        }
        Ok(())
    }

    fn i11_closed_is_closed(&mut self, frame: &str) -> Verdict {
        let mut session = self.session.clone();
        if session.receive(frame).next().is_some() || session.poll_event().is_some() {
            return Err("I11: events after Closed".into());
        }
        if session.poll_transmit().is_some() {
            return Err("I11: a frame after Closed".into());
        }
        match session.send(Command::cancel_response()) {
            Err(SendError::Closed) => Ok(()),
            other => Err(format!("I11: a command after Closed is {other:?}")),
        }
    }
}

fn i17_timing_causes_no_other_error(error: &SendError, fails_fast: bool) -> Verdict {
    match error {
        SendError::Closed | SendError::Full { .. } => Ok(()),
        SendError::Busy if fails_fast => Ok(()),
        other => Err(format!("I17: {other:?}")),
    }
}

/// With `REALTIME_TRACE` everything that passes is printed.
fn trace(line: impl Fn() -> String) {
    static WANTED: OnceLock<bool> = OnceLock::new();
    if *WANTED.get_or_init(|| std::env::var_os("REALTIME_TRACE").is_some()) {
        println!("{}", line());
    }
}
