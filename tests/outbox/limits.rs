//! Limits: audio gives way, oldest first and with a word; control is refused, never dropped.

use crate::support::{CREATED, STARTED, TEN_MS, dropped, limited, ms, names, poll, ready, send};
use realtime_proto::{Command, Config, Dialect, SendError, Session};

/// The bytes of one frame of 10 ms.
const FRAME: usize = 640 + r#"{"type":"input_audio_buffer.append","audio":""}"#.len();

#[test]
fn audio_beyond_the_limit_drops_its_oldest_with_a_word() {
    let mut session = limited(|limits| limits.outbox_bytes = 3 * FRAME);
    for number in 0..3 {
        session.send(Command::append_audio(&[number; 480])).unwrap();
    }
    assert_eq!(dropped(&mut session), [0; 0]);

    session.send(Command::append_audio(&[3; 480])).unwrap();
    session.send(Command::append_audio(&[4; 480])).unwrap();

    assert_eq!(dropped(&mut session), [10, 10]);
    assert_eq!(session.counters().audio_dropped_ms, 20);
    assert_eq!(session.audio_backlog(), ms(30));
    let left: Vec<_> = names(&mut session)
        .iter()
        .map(|base64| base64[..4].to_owned())
        .collect();
    assert_eq!(left, ["AgIC", "AwMD", "BAQE"]);
}

#[test]
fn no_more_is_dropped_than_must_be() {
    let mut session = limited(|limits| limits.outbox_bytes = 10 * FRAME);
    for _ in 0..10 {
        session.send(Command::append_audio(&TEN_MS)).unwrap();
    }

    session.send(Command::append_audio(&[1; 2 * 480])).unwrap();

    assert_eq!(dropped(&mut session), [20]);
    assert_eq!(session.audio_backlog(), ms(100));
}

#[test]
fn control_under_a_load_of_audio_is_never_refused_and_never_dropped() {
    let mut session = limited(|limits| {
        limits.outbox_bytes = 4 * FRAME;
        limits.pending_commands = 1_000;
    });
    for _ in 0..20 {
        session.send(Command::append_audio(&TEN_MS)).unwrap();
        session.send(Command::ClearOutput).unwrap();
    }

    let clears = names(&mut session)
        .iter()
        .filter(|name| *name == "output_audio_buffer.clear")
        .count();

    assert_eq!(clears, 20);
}

#[test]
fn control_beyond_the_limit_is_refused() {
    let bytes = r#"{"type":"output_audio_buffer.clear","event_id":"rp-1"}"#.len();
    let mut session = limited(|limits| limits.outbox_bytes = 2 * bytes);
    send(&mut session, [Command::ClearOutput, Command::ClearOutput]);
    let before = session.clone();

    let full = session.send(Command::ClearOutput);

    let (queued, limit) = (3 * bytes, 2 * bytes);
    assert_eq!(full, Err(SendError::Full { queued, limit }));
    assert_eq!(session, before);
    poll(&mut session);
    assert!(session.send(Command::ClearOutput).is_ok());
}

#[test]
fn what_the_session_sends_in_its_own_time_is_refused_too() {
    let clear = r#"{"type":"output_audio_buffer.clear","event_id":"rp-1"}"#.len();
    let create = r#"{"type":"response.create","event_id":"rp-1"}"#.len();
    let item = r#"{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]},"event_id":"rp-1"}"#.len();
    let limit = item + create;
    for (command, bytes) in [
        (Command::create_response(), create),
        (Command::cancel_response(), create),
        (Command::text("hi"), item + create),
    ] {
        let mut session = limited(|limits| limits.outbox_bytes = limit);
        let _ = session.receive(STARTED);
        for _ in 0..limit / clear {
            session.send(Command::ClearOutput).unwrap();
        }
        let before = session.clone();

        let full = session.send(command.clone());

        let queued = limit / clear * clear + bytes;
        assert_eq!(full, Err(SendError::Full { queued, limit }));
        assert_eq!(session, before);
        names(&mut session);
        assert!(session.send(command).is_ok());
    }
}

#[test]
fn a_command_of_two_frames_fits_whole_or_not_at_all() {
    let mut session = limited(|limits| limits.outbox_bytes = 200);
    let before = session.clone();

    let refused = session.send(Command::text(&"x".repeat(50)));

    assert_eq!(refused, Err(SendError::TooLarge { limit: 200 }));
    assert_eq!(session, before);
    assert_eq!(names(&mut session), [""; 0]);
}

#[test]
fn a_frame_that_can_never_fit_is_too_large() {
    let mut session = limited(|limits| limits.outbox_bytes = 100);
    let long = format!(r#"{{"type":"{}"}}"#, "x".repeat(100));
    let error = Err(SendError::TooLarge { limit: 100 });
    assert_eq!(session.send(Command::raw(&long)), error);
    assert_eq!(session.send(Command::retrieve_item(&long)), error);

    let mut session = limited(|limits| limits.frame_bytes = 100);
    assert_eq!(session.send(Command::raw(&long)), error);
    assert_eq!(names(&mut session), [""; 0]);
}

#[test]
fn commands_that_wait_for_their_settlement_are_counted() {
    let mut session = limited(|limits| limits.pending_commands = 2);
    send(&mut session, [Command::CommitInput, Command::ClearInput]);
    names(&mut session);
    let before = session.clone();

    let full = session.send(Command::ClearOutput);

    let (queued, limit) = (2, 2);
    assert_eq!(full, Err(SendError::Full { queued, limit }));
    assert_eq!(session, before);
    session.send(Command::append_audio(&TEN_MS)).unwrap();
    let _ = session.receive(r#"{"type":"input_audio_buffer.committed","item_id":"item_1"}"#);
    assert!(session.send(Command::ClearOutput).is_ok());
}

#[test]
fn a_command_of_two_frames_waits_as_one() {
    let mut session = limited(|limits| limits.pending_commands = 2);
    session.send(Command::text("hi")).unwrap();
    session.send(Command::CommitInput).unwrap();

    let full = session.send(Command::ClearOutput);

    let (queued, limit) = (2, 2);
    assert_eq!(full, Err(SendError::Full { queued, limit }));
}

#[test]
fn audio_is_held_before_readiness_up_to_its_limit() {
    let mut config = Config::new(Dialect::OpenAi);
    config.limits.held_audio = ms(30);
    let mut session = Session::new(config);
    for number in 0..5 {
        session.send(Command::append_audio(&[number; 480])).unwrap();
    }

    assert_eq!(dropped(&mut session), [10, 10]);
    assert_eq!(session.counters().audio_dropped_ms, 20);
    assert_eq!(session.audio_backlog(), ms(30));
    assert_eq!(names(&mut session), [""; 0]);
    let _ = session.receive(CREATED);
    let left: Vec<_> = names(&mut session)
        .iter()
        .map(|base64| base64[..4].to_owned())
        .collect();
    assert_eq!(left, ["AgIC", "AwMD", "BAQE"]);
}

#[test]
fn after_readiness_only_the_outbox_bounds_audio() {
    let mut session = limited(|limits| limits.held_audio = ms(30));
    for _ in 0..100 {
        session.send(Command::append_audio(&TEN_MS)).unwrap();
    }

    assert_eq!(dropped(&mut session), [0; 0]);
    assert_eq!(session.audio_backlog(), ms(1_000));
}

#[test]
fn control_is_held_before_readiness_whatever_the_audio() {
    let mut config = Config::new(Dialect::OpenAi);
    config.limits.held_audio = ms(0);
    let mut session = Session::new(config);
    send(
        &mut session,
        [
            Command::append_audio(&TEN_MS),
            Command::CommitInput,
            Command::text("hi"),
        ],
    );

    assert_eq!(dropped(&mut session), [10]);
    let _ = session.receive(CREATED);
    assert_eq!(
        names(&mut session),
        ["input_audio_buffer.commit", "create", "response.create"]
    );
}

#[test]
fn the_default_limit_is_a_minute_and_more() {
    let mut session = ready();
    for _ in 0..6_000 {
        session.send(Command::append_audio(&TEN_MS)).unwrap();
    }

    assert_eq!(dropped(&mut session), [0; 0]);
    assert_eq!(session.audio_backlog(), ms(60_000));
    assert!(session.queued_bytes() <= 4 << 20);
}
