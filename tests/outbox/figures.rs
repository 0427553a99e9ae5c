//! Figures: what waits, in bytes and milliseconds; equality of what waits; memory.

use crate::support::{CREATED, STARTED, TEN_MS, limited, ms, names, poll, ready, responding, send};
use realtime_proto::{AudioFormat, Command, Config, Dialect, Session, Transmit};

#[test]
fn queued_bytes_are_those_of_the_frames_that_wait() {
    let mut session = responding();
    send(
        &mut session,
        [
            Command::append_audio(&TEN_MS),
            Command::text("hi"),
            Command::append_audio(&[1, 2]),
            Command::cancel_response(),
        ],
    );
    let mut left = session.queued_bytes();

    while let Some(text) = poll(&mut session) {
        left -= text.len();
        assert_eq!(session.queued_bytes(), left);
    }

    assert_eq!(left, 0);
}

#[test]
fn the_backlog_is_the_audio_that_waits() {
    let mut session = ready();
    assert_eq!(session.audio_backlog(), ms(0));

    session.send(Command::append_audio(&TEN_MS)).unwrap();
    session.send(Command::append_base64("AAAAAAAA")).unwrap();
    session.send(Command::append_audio(&[0; 90])).unwrap();

    assert_eq!(session.audio_backlog(), ms(12), "480 + 6 + 90 bytes");
    poll(&mut session);
    assert_eq!(session.audio_backlog(), ms(2), "96 bytes");
    poll(&mut session);
    poll(&mut session);
    assert_eq!(session.audio_backlog(), ms(0));
}

#[test]
fn the_backlog_counts_what_padding_pads() {
    let mut session = ready();
    for _ in 0..48 {
        session.send(Command::append_base64("AA==")).unwrap();
    }
    assert_eq!(session.audio_backlog(), ms(1), "48 bytes");
}

#[test]
fn the_backlog_is_in_the_format_that_the_server_takes() {
    let mut config = Config::new(Dialect::OpenAi);
    config.session.input_format = Some(AudioFormat::pcmu());
    let mut session = Session::new(config);
    let _ = session.receive(CREATED);
    let updated = r#"{"type":"session.updated","session":{"audio":{"input":{"format":{"type":"audio/pcmu"}}}}}"#;
    let _ = session.receive(updated);

    session.send(Command::append_audio(&[0xff; 160])).unwrap();

    assert_eq!(session.audio_backlog(), ms(20));
}

#[test]
fn counters_count_what_left() {
    let mut session = ready();
    send(
        &mut session,
        [
            Command::append_audio(&TEN_MS),
            Command::CommitInput,
            Command::Close,
        ],
    );
    assert_eq!(session.counters().frames_out, 0);

    let mut bytes = 0;
    while let Some(transmit) = session.poll_transmit() {
        if let Transmit::Text(text) = transmit {
            bytes += text.len() as u64;
        }
    }

    assert_eq!(session.counters().frames_out, 1);
    assert_eq!(session.counters().bytes_out, bytes);
}

#[test]
fn sessions_are_equal_if_the_same_waits_wherever_it_lies() {
    // One has given out audio, the other has not; both have given out all that they had, and the
    // server has forgotten it.
    let mut audio = emptied([Command::append_audio(&TEN_MS), Command::raw("{}")]);
    let mut none = emptied([Command::raw("{}"), Command::raw(r#"{"a":1}"#)]);
    assert_ne!(audio, none, "a commit would hold something, or not");
    for session in [&mut audio, &mut none] {
        send(session, [Command::ClearInput]);
        names(session);
        let _ = session.receive(r#"{"type":"input_audio_buffer.cleared"}"#);
        let _ = session.receive(STARTED);
    }
    assert_eq!(audio, none);

    for session in [&mut audio, &mut none] {
        send(
            session,
            [
                Command::append_audio(&TEN_MS),
                Command::CommitInput,
                Command::cancel_response(),
                Command::append_audio(&[1, 2]),
            ],
        );
    }

    assert_eq!(audio, none);
    poll(&mut audio);
    assert_ne!(audio, none);
    poll(&mut none);
    assert_eq!(audio, none);
    assert_eq!(names(&mut audio), names(&mut none));
}

#[test]
fn sessions_differ_if_the_order_of_what_waits_does() {
    let (mut before, mut behind) = (ready(), ready());
    send(
        &mut before,
        [Command::retrieve_item("i"), Command::append_audio(&TEN_MS)],
    );
    let _ = behind.send(Command::append_audio(&TEN_MS));
    let _ = behind.send(Command::retrieve_item("i"));

    // The same bytes wait in both, but for the number that names the frame.
    assert_eq!(before.queued_bytes(), behind.queued_bytes());
    assert_ne!(before, behind);
}

#[test]
fn steady_audio_takes_no_more_memory() {
    let mut session = ready();
    for _ in 0..100 {
        session.send(Command::append_audio(&TEN_MS)).unwrap();
        poll(&mut session);
    }
    let before = session.memory_bytes();

    for _ in 0..100_000 {
        session.send(Command::append_audio(&TEN_MS)).unwrap();
        assert!(session.poll_transmit().is_some());
    }

    assert_eq!(session.memory_bytes(), before);
}

#[test]
fn a_steady_backlog_takes_no_more_memory() {
    let mut session = ready();
    for _ in 0..50 {
        session.send(Command::append_audio(&TEN_MS)).unwrap();
    }
    let turn = |session: &mut Session| {
        session.send(Command::append_audio(&TEN_MS)).unwrap();
        session.send(Command::raw("{}")).unwrap();
        assert!(session.poll_transmit().is_some());
        assert!(session.poll_transmit().is_some());
        session.poll_event();
    };
    (0..200).for_each(|_| turn(&mut session));
    let before = session.memory_bytes();

    (0..20_000).for_each(|_| turn(&mut session));

    assert!(session.audio_backlog() > ms(0));
    assert_eq!(session.memory_bytes(), before);
}

#[test]
fn audio_that_is_dropped_takes_no_more_memory() {
    let mut session = limited(|limits| limits.outbox_bytes = 20_000);
    let turn = |session: &mut Session| {
        session.send(Command::append_audio(&TEN_MS)).unwrap();
        session.poll_event();
    };
    (0..200).for_each(|_| turn(&mut session));
    let before = session.memory_bytes();

    (0..20_000).for_each(|_| turn(&mut session));

    assert_eq!(session.memory_bytes(), before);
    assert!(session.memory_bytes() < 4 * 20_000);
}

/// A session that has sent these, and has told what became of them.
fn emptied<'a>(commands: impl IntoIterator<Item = Command<'a>>) -> Session {
    let mut session = ready();
    send(&mut session, commands);
    names(&mut session);
    while session.poll_event().is_some() {}
    session
}
