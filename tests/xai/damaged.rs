//! A frame applies whole or not at all: what is cut or flipped never panics and is never silent.

use crate::{CREATED, ITEM, STARTED, config};
use realtime_proto::{
    Command, Event, FrameFault, Session,
    testing::{Entry, Recording},
};
use std::{fs, path::Path};

/// Of one frame, at most so many places are damaged.
const PLACES: usize = 192;

/// Every frame of the server in the recordings.
fn frames() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings/xai");
    let mut frames = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let recording: Recording = text.parse().unwrap();
        frames.extend(
            recording
                .lines
                .into_iter()
                .filter_map(|line| match line.entry {
                    Entry::Server(frame) => Some(frame),
                    _ => None,
                }),
        );
    }
    assert!(frames.len() > 150, "only {} frames", frames.len());
    frames
}

/// A session in the middle of everything.
fn busy() -> Session {
    let mut session = Session::new(config());
    for frame in [
        CREATED,
        r#"{"type":"input_audio_buffer.speech_started","item_id":"msg_9","audio_start_ms":320}"#,
        STARTED,
        ITEM,
        r#"{"type":"response.output_audio.delta","response_id":"resp_1","item_id":"item_1","delta":"AAABAAIAAwA="}"#,
        r#"{"type":"response.output_item.added","response_id":"resp_1","item":{"id":"fc_1","type":"function_call","call_id":"call_1","name":"f"}}"#,
    ] {
        session.receive(frame).for_each(drop);
    }
    while session.poll_transmit().is_some() {}
    for command in [Command::append_audio(&[0; 960]), Command::text("Wait.")] {
        session.send(command).unwrap();
    }
    while session.poll_event().is_some() {}
    session
}

/// Whether damaged text is no frame; then only counters have changed.
fn is_no_frame(busy: &Session, damaged: &str) -> bool {
    let mut after = busy.clone();
    let told: Vec<_> = after.receive(damaged).collect();
    assert!(!told.is_empty(), "silent: {damaged}");
    let faulty = told.iter().any(|event| {
        matches!(event, Event::Malformed(malformed) if !matches!(
            malformed.fault,
            FrameFault::Missing { .. } | FrameFault::Mistyped { .. }
        ))
    });
    if faulty {
        assert_eq!(told.len(), 1, "{damaged}: {told:?}");
        assert!(after == *busy, "{damaged} changed the session");
    }
    faulty
}

fn places(len: usize) -> impl Iterator<Item = usize> {
    (0..len).step_by(len.div_ceil(PLACES))
}

#[test]
fn x02_a_frame_that_is_cut_changes_nothing() {
    let busy = busy();
    for frame in frames() {
        for at in places(frame.len()).filter(|at| frame.is_char_boundary(*at)) {
            assert!(is_no_frame(&busy, &frame[..at]), "{frame} cut at {at}");
        }
    }
}

#[test]
fn x02_a_frame_with_a_flipped_bit_is_whole_or_changes_nothing() {
    let busy = busy();
    let (mut faults, mut whole) = (0, 0);
    for frame in frames() {
        for at in places(frame.len()) {
            let mut bytes = frame.clone().into_bytes();
            bytes[at] ^= 1 << (at % 7);
            let Ok(text) = String::from_utf8(bytes) else {
                continue;
            };
            if is_no_frame(&busy, &text) {
                faults += 1;
            } else {
                whole += 1;
            }
        }
    }
    assert!(
        faults > 1000 && whole > 1000,
        "{faults} faults, {whole} whole"
    );
}
