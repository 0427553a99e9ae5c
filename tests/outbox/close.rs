//! The end: it leaves whatever waits, and nothing comes after it.

use crate::support::{CREATED, TEN_MS, dropped, limited, names, poll, ready, responding, send};
use realtime_proto::{Close, Command, Event, Phase, SendError, Session, Transmit};

#[test]
fn a13_close_leaves_even_with_a_full_audio_queue() {
    let mut session = limited(|limits| limits.outbox_bytes = 10_000);
    for _ in 0..100 {
        session.send(Command::append_audio(&TEN_MS)).unwrap();
    }
    dropped(&mut session);

    session.send(Command::Close).unwrap();

    assert_eq!(
        session.poll_transmit(),
        Some(Transmit::Close {
            code: 1000,
            reason: ""
        })
    );
    assert_eq!(session.poll_transmit(), None);
}

#[test]
fn the_audio_that_close_leaves_behind_is_told_of() {
    let mut session = ready();
    send(
        &mut session,
        [
            Command::append_audio(&TEN_MS),
            Command::append_audio(&TEN_MS),
            Command::Close,
        ],
    );

    assert_eq!(dropped(&mut session), [20]);
    assert_eq!(session.counters().audio_dropped_ms, 20);
    assert_eq!(session.queued_bytes(), 0);
}

#[test]
fn control_that_was_sent_before_leaves_before() {
    let mut session = responding();
    send(
        &mut session,
        [
            Command::append_audio(&TEN_MS),
            Command::CommitInput,
            Command::cancel_response(),
            Command::Close,
        ],
    );

    assert_eq!(
        names(&mut session),
        ["input_audio_buffer.commit", "response.cancel", "close 1000"]
    );
}

#[test]
fn what_was_held_is_not_sent_to_a_server_that_was_never_there() {
    let config = realtime_proto::Config::new(realtime_proto::Dialect::OpenAi);
    let mut session = Session::new(config);
    send(&mut session, [Command::text("hi"), Command::Close]);

    assert_eq!(names(&mut session), ["close 1000"]);
}

#[test]
fn nothing_is_taken_after_close() {
    let mut session = ready();
    session.send(Command::Close).unwrap();
    assert_eq!(session.phase(), Phase::Closing);
    let before = session.clone();

    for command in [
        Command::append_audio(&TEN_MS),
        Command::CommitInput,
        Command::raw("{}"),
        Command::Close,
    ] {
        assert_eq!(session.send(command), Err(SendError::Closed));
    }

    assert_eq!(session, before);
    assert_eq!(names(&mut session), ["close 1000"]);
}

#[test]
fn what_the_server_still_says_is_told() {
    let mut session = ready();
    session.send(Command::Close).unwrap();
    names(&mut session);

    let limits = r#"{"type":"rate_limits.updated","rate_limits":[]}"#;

    assert_eq!(session.receive(limits).count(), 1);
}

#[test]
fn nothing_comes_after_the_end() {
    let mut session = ready();
    send(
        &mut session,
        [Command::append_audio(&TEN_MS), Command::text("hi")],
    );

    session.disconnected(Close::code(1001, "going away"));

    let told: Vec<_> = core::iter::from_fn(|| session.poll_event()).collect();
    assert!(matches!(told.last(), Some(Event::Closed(_))), "{told:?}");
    let before = session.clone();
    assert_eq!(session.phase(), Phase::Closed);
    assert_eq!(session.poll_transmit(), None);
    assert_eq!(session.receive(CREATED).count(), 0);
    assert_eq!(session.receive_binary(CREATED.as_bytes()).count(), 0);
    assert_eq!(session.send(Command::CommitInput), Err(SendError::Closed));
    session.disconnected(Close::lost());
    assert_eq!(session.poll_event(), None);
    assert_eq!(session, before);
    assert_eq!((session.queued_bytes(), session.audio_backlog()), nothing());
}

#[test]
fn a_close_that_was_not_polled_is_gone_with_the_connection() {
    let mut session = ready();
    session.send(Command::Close).unwrap();

    session.disconnected(Close::ended());

    assert_eq!(poll(&mut session), None);
}

#[test]
fn the_next_connection_starts_with_an_empty_outbox() {
    let mut session = ready();
    send(
        &mut session,
        [Command::append_audio(&TEN_MS), Command::CommitInput],
    );

    let mut session: Session =
        session.reconnect(realtime_proto::Config::new(realtime_proto::Dialect::OpenAi));
    let _ = session.receive(CREATED);

    assert_eq!(names(&mut session), [""; 0]);
    assert_eq!((session.queued_bytes(), session.audio_backlog()), nothing());
}

fn nothing() -> (usize, core::time::Duration) {
    (0, core::time::Duration::ZERO)
}
