//! The xAI Grok Voice Agent protocol, where it differs from its family.

mod binary;
mod commands;
mod damaged;
mod keepalive;
mod remote;
mod resume;
mod rows;
mod seed;
mod settings;
mod table;
mod turns;

use realtime_proto::{
    Command, Config, Dialect, Event, SendError, Session, SessionPatch, Transmit, TransmitBuf,
};

pub(crate) const CREATED: &str = r#"{"type":"session.created","session":{"id":"sess_1","object":"realtime.session","model":"grok-voice-latest","voice":"xai_ara","modalities":["audio"],"turn_detection":{"type":null},"tools":[]}}"#;
pub(crate) const STARTED: &str = r#"{"type":"response.created","response":{"id":"resp_1","status":"in_progress","output":[],"usage":{}}}"#;
pub(crate) const ITEM: &str = r#"{"type":"response.output_item.added","response_id":"resp_1","output_index":0,"item":{"id":"item_1","type":"message","status":"in_progress","role":"assistant"}}"#;

pub(crate) fn config() -> Config {
    Config::new(Dialect::Xai)
}

/// A session with nothing left to tell or to send.
pub(crate) fn session() -> Session {
    after(&[])
}

/// The same, once the server has said this.
pub(crate) fn after(frames: &[&str]) -> Session {
    let mut session = Session::new(config());
    hear(&mut session, CREATED);
    for frame in frames {
        hear(&mut session, frame);
    }
    polled(&mut session);
    session
}

/// What a frame causes. None is silent.
#[track_caller]
pub(crate) fn hear(session: &mut Session, frame: &str) -> Vec<Event<'static>> {
    let events: Vec<_> = session.receive(frame).map(Event::into_owned).collect();
    assert!(!events.is_empty(), "silent: {frame}");
    events
}

pub(crate) fn names(events: &[Event<'_>]) -> Vec<&'static str> {
    events.iter().map(Event::name).collect()
}

/// Everything that waits to be sent, as text.
#[track_caller]
pub(crate) fn polled(session: &mut Session) -> Vec<String> {
    let frames = transmits(session).into_iter().map(|frame| match frame {
        TransmitBuf::Text(text) => text,
        other => panic!("{other:?} is no text"),
    });
    frames.collect()
}

pub(crate) fn transmits(session: &mut Session) -> Vec<TransmitBuf> {
    core::iter::from_fn(|| session.poll_transmit().map(Transmit::into_owned)).collect()
}

/// Asserts that a command leaves as exactly these frames, once the server has said this.
#[track_caller]
pub(crate) fn sends_after<'a>(said: &[&str], command: impl Into<Command<'a>>, frames: &[&str]) {
    let mut session = after(said);
    let id = session.send(command.into()).unwrap();
    assert_eq!(id.to_string(), "rp-1");
    assert_eq!(polled(&mut session), frames);
}

#[track_caller]
pub(crate) fn sends<'a>(command: impl Into<Command<'a>>, frames: &[&str]) {
    sends_after(&[], command, frames);
}

/// Asserts that a command is refused, and leaves the session as it was.
#[track_caller]
pub(crate) fn refuses<'a>(command: impl Into<Command<'a>>, error: &SendError) {
    let mut session = session();
    let before = session.clone();
    assert_eq!(session.send(command.into()).as_ref(), Err(error));
    assert_eq!(session, before);
}

pub(crate) const fn unsupported(command: &'static str) -> SendError {
    SendError::Unsupported {
        by: Dialect::Xai,
        command,
    }
}

pub(crate) fn patch(change: impl FnOnce(&mut SessionPatch)) -> Command<'static> {
    let mut patch = SessionPatch::default();
    change(&mut patch);
    Command::configure(patch)
}
