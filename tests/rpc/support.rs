//! A session, what it is told, and what it says.

use realtime_proto::{
    Command, CommandId, Config, Deliver, Dialect, Event, Outcome, SendText, Session, Settlement,
};

pub(crate) const READY: &str =
    r#"{"type":"ready","session_id":"s1","model":"claude-3-opus","protocol_version":1}"#;

/// A session that is ready, with nothing left to tell.
pub(crate) fn opened(dialect: Dialect) -> Session {
    let mut session = Session::new(Config::new(dialect));
    if dialect == Dialect::Synaps {
        let _ = session.receive(READY);
    }
    while session.poll_event().is_some() {}
    session
}

/// What the frames cause, one behind the other.
pub(crate) fn told(session: &mut Session, frames: &[&str]) -> Vec<Event<'static>> {
    let mut told = Vec::new();
    for frame in frames {
        told.extend(session.receive(frame).map(Event::into_owned));
    }
    told
}

/// What waits to be told.
pub(crate) fn queued(session: &mut Session) -> Vec<Event<'static>> {
    core::iter::from_fn(|| session.poll_event()).collect()
}

/// What is sent.
pub(crate) fn sent(session: &mut Session) -> Vec<String> {
    let mut sent = Vec::new();
    while let Some(transmit) = session.poll_transmit() {
        sent.push(match transmit {
            realtime_proto::Transmit::Text(text) => text.into(),
            other => format!("{other:?}"),
        });
    }
    sent
}

pub(crate) fn deliver(text: &str, deliver: Deliver) -> Command<'_> {
    let mut text = SendText::new(text);
    text.deliver = deliver;
    Command::from(text)
}

pub(crate) fn names(events: &[Event<'_>]) -> Vec<&'static str> {
    events.iter().map(Event::name).collect()
}

/// What became of a command, each time that it is told.
pub(crate) fn settled(events: &[Event<'static>], command: CommandId) -> Vec<Settlement<'static>> {
    let outcomes = events.iter().filter_map(|event| match event {
        Event::CommandSettled(settled) if settled.command == command => {
            Some(settled.outcome.clone())
        }
        _ => None,
    });
    outcomes.collect()
}

/// How the replies ended.
pub(crate) fn ended(events: &[Event<'static>]) -> Vec<Outcome<'static>> {
    let outcomes = events.iter().filter_map(|event| match event {
        Event::ResponseFinished(finished) => Some(finished.outcome.clone()),
        _ => None,
    });
    outcomes.collect()
}

/// Where in the events one of this name stands.
#[track_caller]
pub(crate) fn place(events: &[Event<'_>], name: &str) -> usize {
    let place = events.iter().position(|event| event.name() == name);
    place.unwrap_or_else(|| panic!("no {name} in {:?}", names(events)))
}

pub(crate) const TEXT: &str =
    r#"{"type":"message_update","event":{"type":"text_delta","delta":"hi"}}"#;
pub(crate) const AGENT_END: &str = r#"{"type":"agent_end","usage":{"input_tokens":10,"output_tokens":5,"cache_read_input_tokens":0,"cache_creation_input_tokens":0}}"#;

pub(crate) fn ok(id: &str) -> String {
    format!(r#"{{"type":"response","id":"{id}","command":"prompt","ok":true}}"#)
}

/// A session with a prompt on its way, and the id of that on the wire.
pub(crate) fn prompted() -> (Session, CommandId) {
    let mut session = opened(Dialect::Synaps);
    let prompt = session.send(Command::text("hi")).unwrap();
    let frame = r#"{"type":"prompt","id":"rp-1","message":"hi","attachments":[]}"#;
    assert_eq!(sent(&mut session), [frame]);
    queued(&mut session);
    (session, prompt)
}
