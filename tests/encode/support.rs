//! Sessions that say what they would send.

use realtime_proto::{Command, Config, Dialect, Event, SendError, Session, Settlement, Transmit};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::{collections::HashSet, fmt};

pub(crate) const BOTH: [Dialect; 2] = [Dialect::OpenAi, Dialect::OpenAiBeta];

/// What any server of the family begins with.
pub(crate) const CREATED: &str = r#"{"type":"session.created","session":{"id":"sess_1"}}"#;

/// A reply begins, with a name and without one.
pub(crate) const STARTED: &str = r#"{"type":"response.created","response":{"id":"resp_1"}}"#;
pub(crate) const STARTED_UNNAMED: &str = r#"{"type":"response.created","response":{}}"#;

/// Asserts that the command leaves as exactly these frames, in this dialect.
#[track_caller]
pub(crate) fn sends<'a>(dialect: Dialect, command: impl Into<Command<'a>>, frames: &[&str]) {
    sends_after(&[], dialect, command, frames);
}

/// The same, once the server has said this.
#[track_caller]
pub(crate) fn sends_after<'a>(
    said: &[&str],
    dialect: Dialect,
    command: impl Into<Command<'a>>,
    frames: &[&str],
) {
    let mut session = ready(Config::new(dialect));
    hear(&mut session, said);
    assert_eq!(polled(&mut session), [""; 0], "{dialect}");

    let id = session.send(command.into()).unwrap();

    assert_eq!(id.to_string(), "rp-1");
    assert_eq!(polled(&mut session), frames, "{dialect}");
}

/// Asserts that the command leaves as exactly these frames, in either dialect.
#[track_caller]
pub(crate) fn both_send<'a>(command: impl Into<Command<'a>>, frames: &[&str]) {
    let command = command.into();
    for dialect in BOTH {
        sends(dialect, command.clone(), frames);
    }
}

/// The same, once the server has said this.
#[track_caller]
pub(crate) fn both_send_after<'a>(said: &[&str], command: impl Into<Command<'a>>, frames: &[&str]) {
    let command = command.into();
    for dialect in BOTH {
        sends_after(said, dialect, command.clone(), frames);
    }
}

/// Asserts that the command is settled at once, accepted, and that nothing leaves.
#[track_caller]
pub(crate) fn is_in_effect<'a>(dialect: Dialect, command: impl Into<Command<'a>>) {
    let mut session = ready(Config::new(dialect));

    let id = session.send(command.into()).unwrap();

    assert_eq!(polled(&mut session), [""; 0], "{dialect}");
    let told: Vec<_> = core::iter::from_fn(|| session.poll_event()).collect();
    let [Event::CommandSettled(settled)] = &told[..] else {
        panic!("{dialect}: {told:?}");
    };
    assert_eq!(
        (settled.command, &settled.outcome),
        (id, &Settlement::Accepted)
    );
}

/// Takes these frames of the server.
pub(crate) fn hear(session: &mut Session, frames: &[&str]) {
    for frame in frames {
        assert!(session.receive(frame).len() > 0, "{frame}");
    }
}

/// Asserts that the command is refused, and that it leaves the session as it was.
#[track_caller]
pub(crate) fn refuses<'a>(config: &Config, command: impl Into<Command<'a>>, error: &SendError) {
    let mut session = ready(config.clone());
    let before = session.clone();

    let refused = session.send(command.into());

    assert_eq!(refused.as_ref(), Err(error), "{}", config.dialect);
    assert_eq!(session, before);
    assert_eq!(session.queued_bytes(), 0);
}

/// What a dialect says to a command, or a part of one, that it has no words for.
pub(crate) fn unsupported(by: Dialect, command: &'static str) -> SendError {
    SendError::Unsupported { by, command }
}

/// A session that the server has greeted, with nothing left to send or to tell.
pub(crate) fn ready(config: Config) -> Session {
    let mut session = Session::new(config);
    assert!(session.receive(CREATED).len() > 0);
    polled(&mut session);
    session
}

/// Everything that waits to be sent. Each frame is one object without a key that comes twice.
#[track_caller]
pub(crate) fn polled(session: &mut Session) -> Vec<String> {
    let mut frames = Vec::new();
    while let Some(transmit) = session.poll_transmit() {
        let Transmit::Text(text) = transmit else {
            panic!("{transmit:?} is no text");
        };
        if let Err(error) = serde_json::from_str::<UniqueKeys>(text) {
            panic!("{error}: {text}");
        }
        frames.push(text.to_owned());
    }
    frames
}

/// Any JSON in which no object has a key twice.
struct UniqueKeys;

impl<'de> Deserialize<'de> for UniqueKeys {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for UniqueKeys {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self, A::Error> {
        while elements.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        let mut keys = HashSet::new();
        while let Some((key, Self)) = members.next_entry::<String, Self>()? {
            if !keys.insert(key) {
                return Err(A::Error::custom("a key comes twice"));
            }
        }
        Ok(self)
    }
}
