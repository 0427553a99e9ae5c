//! The connection, and what went wrong.

use super::{Dialogue, Key, Kind, span};
use realtime_proto::{CloseClass, Closed, Event, ServerError, SessionConfig, WaitingFor};

impl Dialogue {
    pub(super) fn session(&mut self, event: &Event<'_>) {
        if let Event::ItemDeleted(deleted) = event {
            self.forgotten(deleted.item_id.as_deref());
        } else if let Some((kind, text)) = news(event) {
            self.push(kind, text);
        }
        if matches!(event, Event::Closed(_)) {
            self.settings.clear();
        }
    }

    /// Tells what the session is like, where that is news.
    pub(super) fn introduce(&mut self, settings: &SessionConfig) {
        let settings = introduction(settings);
        if settings != self.settings {
            self.push(Kind::Session, settings.clone());
            self.settings = settings;
        }
    }

    fn forgotten(&mut self, item: Option<&str>) {
        let Some(item) = item else { return };
        let known = |key: &Key| match key {
            Key::Turn(Some(of)) | Key::Part { item: of, .. } => of == item,
            _ => false,
        };
        if let Some(row) = self.rows.iter_mut().find(|row| known(&row.key)) {
            "deleted".clone_into(&mut row.note);
        }
    }
}

fn news(event: &Event<'_>) -> Option<(Kind, String)> {
    Some(match event {
        Event::Closed(closed) => (Kind::Session, farewell(closed)),
        Event::GoingAway(away) => {
            let left = away.time_left.map(|time| format!(" in {}", span(time)));
            let text = format!("the connection will end{}", left.unwrap_or_default());
            (Kind::Mark, text)
        }
        Event::Stalled(stalled) => {
            let text = format!("{} does not come", missing(stalled.waiting_for));
            (Kind::Problem, text)
        }
        Event::Notice(notice) => (Kind::Mark, notice.message.to_string()),
        Event::Error(error) => (Kind::Problem, told(error)),
        Event::Unknown(unknown) => (Kind::Problem, named("unknown", unknown.kind.as_deref())),
        Event::Malformed(broken) => (Kind::Problem, named("damaged", broken.kind.as_deref())),
        Event::LimitReached(reached) => {
            let text = format!("a limit is reached: {}", reached.limit);
            (Kind::Problem, text)
        }
        _ => return None,
    })
}

fn named(what: &str, kind: Option<&str>) -> String {
    let kind = kind.map(|kind| format!(": {kind}"));
    format!("a message that is {what}{}", kind.unwrap_or_default())
}

const fn missing(what: WaitingFor) -> &'static str {
    match what {
        WaitingFor::Readiness => "the session",
        WaitingFor::Response => "the reply",
        WaitingFor::Continuation => "the reply to the outputs",
        WaitingFor::Transcript => "the transcript",
        _ => "the server's next word",
    }
}

/// The model, the voice and the sound, as far as they are known.
fn introduction(settings: &SessionConfig) -> String {
    let model = settings.model.clone();
    let voice = settings
        .voice
        .as_ref()
        .map(|voice| format!("voice {voice}"));
    let sound = settings.output_format.map(|format| {
        let kilohertz = f64::from(format.rate_hz) / 1000.0;
        format!("{} {kilohertz} kHz", format.mime())
    });
    let known: Vec<_> = [model, voice, sound].into_iter().flatten().collect();
    known.join(" · ")
}

fn farewell(closed: &Closed<'_>) -> String {
    let why = match closed.class {
        CloseClass::Requested => "closed as asked",
        CloseClass::Expired => "expired",
        CloseClass::Rejected => "rejected",
        CloseClass::Auth => "not authorised",
        CloseClass::Quota => "nothing left to spend",
        CloseClass::ServerFault => "the server failed",
        CloseClass::Finished => "finished",
        _ => "the connection ended",
    };
    let code = closed
        .code
        .map(|code| format!(" · {code}"))
        .unwrap_or_default();
    let reason = if closed.reason.is_empty() { "" } else { " · " };
    format!("{why}{code}{reason}{}", closed.reason)
}

fn told(error: &ServerError<'_>) -> String {
    let said = error.message.as_deref().or(error.code.as_deref());
    let said = said.unwrap_or("an error without a word");
    let end = if error.session_usable {
        ""
    } else {
        " (the session is of no more use)"
    };
    format!("{said}{end}")
}
