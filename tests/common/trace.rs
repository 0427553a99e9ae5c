//! A replay as text: what snapshots show.
//!
//! ```text
//! @ 1234 ms                       the time was told
//! < response.created              a frame came, by its wire name
//!   {"type":"response_started",…} an event, as its projection
//! ! {"type":"create_response"}    a command was given
//! > {"type":"response.create",…}  a frame was sent
//! ? a response is in progress     a command was refused
//! x 1001 Session expired          the transport ended
//! phase Ready, response Idle      only when it changed
//! ```

use core::fmt::Write as _;
use realtime_proto::{
    Config, Dialect, Phase, ResponseState, Session, TransmitBuf,
    testing::{Entry, Happened, Recording, Replay, projection},
};

/// Longer frames are cut.
const FRAME: usize = 160;

pub(crate) fn trace(recording: &Recording, dialect: Dialect) -> String {
    let mut replay = Replay::new(recording, Config::new(dialect));
    let mut trace = Trace::default();
    while let Some(step) = replay.next() {
        if matches!(step.what, Happened::Applied { .. }) || step.line == recording.end() {
            trace.state_if_changed();
        }
        if step.line == recording.end() && !trace.over {
            trace.over = true;
            trace.line("x");
        }
        trace.what(&step.what);
        trace.state = Some(state(replay.session()));
    }
    trace.state_if_changed();
    let summary = serde_json::to_string_pretty(&replay.summary()).unwrap();
    trace.text + &summary
}

#[derive(Default)]
struct Trace {
    text: String,
    state: Option<(Phase, ResponseState)>,
    shown: Option<(Phase, ResponseState)>,
    over: bool,
}

fn state(session: &Session) -> (Phase, ResponseState) {
    (session.phase(), session.response())
}

impl Trace {
    fn line(&mut self, line: &str) {
        writeln!(self.text, "{line}").unwrap();
    }

    fn state_if_changed(&mut self) {
        let changed = self.state.filter(|_| self.state != self.shown);
        if let Some((phase, response)) = changed {
            self.line(&format!("phase {phase:?}, response {response:?}"));
            self.shown = self.state;
        }
    }

    fn what(&mut self, what: &Happened<'_>) {
        let line = match what {
            Happened::Applied { entry, kind } => match applied(entry, *kind) {
                Some(line) => line,
                None => return,
            },
            Happened::Event(event) => format!("  {}", projection(event)),
            Happened::Transmit(TransmitBuf::Text(text)) => format!("> {}", short(text)),
            Happened::Transmit(other) => format!("> {other:?}"),
            Happened::Refused(error) => format!("? {error}"),
            other => format!("{other:?}"),
        };
        self.line(&line);
    }
}

/// A frame of a client shows itself when it is sent.
fn applied(entry: &Entry, kind: Option<&str>) -> Option<String> {
    Some(match entry {
        Entry::Server(_) => format!("< {}", kind.unwrap_or("?")),
        Entry::ServerBinary(bytes) => format!("< {} bytes", bytes.len()),
        Entry::Command(command) => format!("! {}", short(&serde_json::to_string(command).unwrap())),
        Entry::At(time) => format!("@ {} ms", time.as_millis()),
        Entry::Close { code, reason, .. } => {
            let code = code.map(|code| format!(" {code}")).unwrap_or_default();
            format!("x{code} {reason}").trim_end().to_owned()
        }
        _ => return None,
    })
}

fn short(text: &str) -> String {
    match text.char_indices().nth(FRAME) {
        Some((at, _)) => format!("{}… {} bytes", &text[..at], text.len()),
        None => text.to_owned(),
    }
}
