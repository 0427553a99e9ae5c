//! Appended audio: both forms, what is refused, and how much goes into one frame.

use crate::support::{dropped, in_bytes, limited, names, poll, ready};
use core::time::Duration;
use realtime_proto::{Command, SendError, Session};

/// The most audio that one event may carry.
const MOST: usize = 15 * 1024 * 1024;

#[test]
fn bytes_and_base64_are_the_same_audio() {
    let audio: Vec<u8> = (0..=255).cycle().take(960).collect();
    let text = encode(&audio);
    let (mut bytes, mut base64) = (ready(), ready());

    bytes.send(Command::append_audio(&audio)).unwrap();
    base64.send(Command::append_base64(&text)).unwrap();

    assert_eq!(bytes, base64);
    assert_eq!(bytes.audio_backlog(), Duration::from_millis(20));
    assert_eq!(names(&mut bytes), [text]);
}

#[test]
fn every_length_comes_back() {
    for length in 1..=200 {
        let audio: Vec<u8> = (0..length).collect();
        let mut session = in_bytes(ready());

        session.send(Command::append_audio(&audio)).unwrap();

        assert_eq!(received(&mut session).concat(), audio);
        session
            .send(Command::append_base64(&encode(&audio)))
            .unwrap();
        assert_eq!(received(&mut session).concat(), audio);
    }
}

#[test]
fn every_length_of_samples_comes_back_but_for_the_half_that_waits() {
    for length in 1..=200 {
        let audio: Vec<u8> = (0..length).collect();
        let mut session = ready();

        session.send(Command::append_audio(&audio)).unwrap();

        let whole = audio.len() / 2 * 2;
        assert_eq!(received(&mut session).concat(), audio[..whole]);
        session.send(Command::append_audio(&audio)).unwrap();
        let rest = [&audio[whole..], &audio].concat();
        assert_eq!(received(&mut session).concat(), rest);
    }
}

#[test]
fn no_audio_is_refused() {
    let empty = SendError::Invalid { field: "audio" };
    refused(&ready(), Command::append_audio(&[]), &empty);
    refused(&ready(), Command::append_base64(""), &empty);
}

#[test]
fn what_is_not_base64_is_refused() {
    let invalid = SendError::Invalid { field: "audio" };
    for text in [
        "!", "A", "=", "====", "AAAA=", "AAAA==", "AAA==", "A===", "AA==AAAA", "AA=A", "AAAAA",
        " AAAA", "AAAA\n", "AA-_", "AAé=", "AAA\"", "AA\\/", "AAA", "AA", "AAAAAA",
    ] {
        refused(&ready(), Command::append_base64(text), &invalid);
    }
}

#[test]
fn longer_audio_is_several_events() {
    let audio: Vec<u8> = (0u8..251).cycle().take(MOST + 4).collect();
    let text = encode(&audio);
    for command in [Command::append_audio(&audio), Command::append_base64(&text)] {
        let mut session = limited(|limits| limits.outbox_bytes = 64 << 20);

        session.send(command).unwrap();

        assert_eq!(session.counters().audio_dropped_ms, 0);
        let received = received(&mut session);
        let lengths: Vec<_> = received.iter().map(Vec::len).collect();
        assert_eq!(lengths, [MOST, 4]);
        assert!(received.concat() == audio);
    }
}

#[test]
fn as_much_as_one_event_may_carry_is_one_event() {
    let audio = vec![7; MOST];
    let mut session = limited(|limits| limits.outbox_bytes = 64 << 20);

    session.send(Command::append_audio(&audio)).unwrap();

    assert_eq!(received(&mut session).len(), 1);
}

#[test]
fn more_than_may_ever_wait_is_refused_whole() {
    let session = limited(|limits| limits.outbox_bytes = 1_000);
    let error = SendError::TooLarge { limit: 1_000 };
    refused(&session, Command::append_audio(&[0; 751]), &error);
    refused(&session, Command::append_base64(&"A".repeat(1_004)), &error);
}

#[test]
fn what_is_accepted_alone_is_not_dropped() {
    for length in 1..=1_000 {
        let mut session = in_bytes(limited(|limits| limits.outbox_bytes = 1_000));
        let audio = vec![1; length];
        if session.send(Command::append_audio(&audio)).is_ok() {
            assert_eq!(dropped(&mut session), [0; 0], "{length} bytes");
            assert_eq!(received(&mut session).concat(), audio);
        }
    }
}

/// Asserts that the command is refused, and that it leaves the session as it was.
#[track_caller]
fn refused(session: &Session, command: Command<'_>, error: &SendError) {
    let mut sent = session.clone();
    assert_eq!(sent.send(command).as_ref(), Err(error));
    assert_eq!(sent, *session);
}

/// The audio of each frame that waits.
#[track_caller]
fn received(session: &mut Session) -> Vec<Vec<u8>> {
    let frames = core::iter::from_fn(|| poll(session));
    frames
        .map(|frame| {
            let base64 = frame
                .strip_prefix(r#"{"type":"input_audio_buffer.append","audio":""#)
                .and_then(|rest| rest.strip_suffix(r#""}"#));
            decode(base64.unwrap())
        })
        .collect()
}

const SYMBOLS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The standard alphabet, padded, in the slowest way.
fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let [first, second, third] = [0, 1, 2].map(|at| u32::from(*group.get(at).unwrap_or(&0)));
        let bits = first << 16 | second << 8 | third;
        for place in 0..4 {
            let symbol = SYMBOLS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place > group.len() {
                '='
            } else {
                char::from(symbol)
            });
        }
    }
    text
}

fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut values = [64; 256];
    for (value, symbol) in SYMBOLS.iter().enumerate() {
        values[usize::from(*symbol)] = value;
    }
    for group in text.as_bytes().chunks(4) {
        assert_eq!(group.len(), 4, "whole groups");
        let padding = group
            .rsplit(|symbol| *symbol != b'=')
            .next()
            .map_or(0, <[u8]>::len);
        let bits = group.iter().fold(0, |bits, symbol| {
            bits << 6 | values[usize::from(*symbol)] & 63
        });
        let [_, first, second, third] = u32::try_from(bits).unwrap().to_be_bytes();
        bytes.extend_from_slice(&[first, second, third][..3 - padding]);
    }
    bytes
}
