//! Sessions that say what they would send.

use realtime_proto::{Command, Config, Dialect, Event, SendError, Session, Transmit};

pub(crate) const AZURE: Dialect = Dialect::AzureVoiceLive;

pub(crate) const CREATED: &str = r#"{"type":"session.created","session":{"id":"sess_1"}}"#;

/// A session that the server has greeted, with nothing left to send or to tell.
pub(crate) fn ready() -> Session {
    heard(&[CREATED])
}

/// A session that has taken these frames of the server.
#[track_caller]
pub(crate) fn heard(frames: &[&str]) -> Session {
    let mut session = Session::new(Config::new(AZURE));
    for frame in frames {
        hear(&mut session, frame);
    }
    polled(&mut session);
    session
}

/// Takes a frame of the server; the names of what it caused.
#[track_caller]
pub(crate) fn hear(session: &mut Session, frame: &str) -> Vec<&'static str> {
    let told: Vec<_> = session.receive(frame).map(|event| event.name()).collect();
    let lost = told
        .iter()
        .any(|name| ["unknown", "malformed"].contains(name));
    assert!(!lost && !told.is_empty(), "{frame}: {told:?}");
    told
}

/// Everything that waits to be sent.
#[track_caller]
pub(crate) fn polled(session: &mut Session) -> Vec<String> {
    let mut frames = Vec::new();
    while let Some(transmit) = session.poll_transmit() {
        let Transmit::Text(text) = transmit else {
            panic!("{transmit:?} is no text");
        };
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let whole = value.to_string().len();
        assert_eq!(whole, text.len(), "no key comes twice, no space: {text}");
        frames.push(text.to_owned());
    }
    frames
}

/// Asserts that the command leaves as exactly these frames.
#[track_caller]
pub(crate) fn sends<'a>(command: impl Into<Command<'a>>, frames: &[&str]) {
    let mut session = ready();
    session.send(command.into()).unwrap();
    assert_eq!(polled(&mut session), frames);
}

/// Asserts that the command is refused by this name, and leaves the session as it was.
#[track_caller]
pub(crate) fn unsupported<'a>(command: impl Into<Command<'a>>, name: &'static str) {
    let mut session = ready();
    let before = session.clone();
    let refused = SendError::Unsupported {
        by: AZURE,
        command: name,
    };
    assert_eq!(session.send(command.into()), Err(refused));
    assert_eq!(session, before);
}

/// What waits to be told.
pub(crate) fn events(session: &mut Session) -> Vec<Event<'static>> {
    core::iter::from_fn(|| session.poll_event()).collect()
}
