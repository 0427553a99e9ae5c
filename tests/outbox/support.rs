//! Sessions with an outbox to look into.

use core::time::Duration;
use realtime_proto::{Command, Config, Dialect, Event, InputNotice, Session, Transmit};

/// 10 ms of audio: 24 kHz, 16 bit.
pub(crate) const TEN_MS: [u8; 480] = [1; 480];

/// What any server of the family begins with.
pub(crate) const CREATED: &str = r#"{"type":"session.created","session":{"id":"sess_1"}}"#;

/// A reply begins.
pub(crate) const STARTED: &str = r#"{"type":"response.created","response":{"id":"resp_1"}}"#;

/// A session that the server has greeted, with nothing left to send or to tell.
pub(crate) fn ready() -> Session {
    limited(|_| {})
}

/// The same, with other limits.
pub(crate) fn limited(change: impl FnOnce(&mut realtime_proto::Limits)) -> Session {
    let mut config = Config::new(Dialect::OpenAi);
    change(&mut config.limits);
    let mut session = Session::new(config);
    assert_eq!(session.receive(CREATED).count(), 1);
    session
}

/// The same, with a reply under way that can be cancelled.
pub(crate) fn responding() -> Session {
    let mut session = ready();
    assert_eq!(session.receive(STARTED).count(), 1);
    session
}

/// Makes the session one whose samples are single bytes: no half of one is ever kept back.
pub(crate) fn in_bytes(mut session: Session) -> Session {
    let updated = r#"{"type":"session.updated","session":{"audio":{"input":{"format":{"type":"audio/pcmu"}}}}}"#;
    assert_eq!(session.receive(updated).count(), 1);
    session
}

/// Sends all of these.
#[track_caller]
pub(crate) fn send<'a>(session: &mut Session, commands: impl IntoIterator<Item = Command<'a>>) {
    for command in commands {
        session.send(command).unwrap();
    }
}

/// Takes the next frame, as text.
pub(crate) fn poll(session: &mut Session) -> Option<String> {
    match session.poll_transmit()? {
        Transmit::Text(text) => Some(text.to_owned()),
        Transmit::Close { code, .. } => Some(format!("close {code}")),
        other => panic!("{other:?}"),
    }
}

/// Takes everything, each frame by its name alone; audio by what was appended.
pub(crate) fn names(session: &mut Session) -> Vec<String> {
    core::iter::from_fn(|| poll(session))
        .map(|text| name(&text))
        .collect()
}

/// The name of a frame: the last word of its type, of audio its base64.
pub(crate) fn name(text: &str) -> String {
    let Ok(frame) = serde_json::from_str::<serde_json::Value>(text) else {
        return text.to_owned();
    };
    match (frame["type"].as_str(), frame["audio"].as_str()) {
        (_, Some(audio)) => audio.to_owned(),
        (Some(kind), None) => kind.rsplit("conversation.item.").next().unwrap().to_owned(),
        (None, None) => text.to_owned(),
    }
}

/// How much audio the session says was dropped, event by event; nothing else is told.
pub(crate) fn dropped(session: &mut Session) -> Vec<u128> {
    let told = core::iter::from_fn(|| session.poll_event());
    told.map(|event| match event {
        Event::Input(InputNotice::AudioDropped { duration }) => duration.as_millis(),
        other => panic!("{other:?}"),
    })
    .collect()
}

pub(crate) fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}
