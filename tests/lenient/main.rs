//! Frames that other clients lose, refuse or drop without a word: here none is lost.

mod responses;
mod rest;
mod user;

use realtime_proto::{AudioError, Config, Dialect, Event, Session};
use serde_json::Value;

#[test]
fn x01_frames_that_other_clients_lose_are_told() {
    let rows = [user::ROWS, responses::ROWS, rest::ROWS].concat();
    check(&rows, &[Dialect::OpenAi, Dialect::OpenAiBeta]);
    check(responses::RELEASE, &[Dialect::OpenAi]);
}

#[track_caller]
fn check(rows: &[Row], dialects: &[Dialect]) {
    for row in rows {
        for dialect in dialects {
            let told = told(row, *dialect);
            let expected: Value = serde_json::from_str(row.event).unwrap();
            let same: Vec<_> = told
                .iter()
                .filter(|event| event["type"] == expected["type"])
                .collect();
            assert_eq!(same, [&expected], "{} ({dialect}): {}", row.name, row.frame);
            let lost = told
                .iter()
                .filter(|event| event["type"] == "malformed" || event["type"] == "unknown");
            let allowed = usize::from(row.lossy());
            assert_eq!(lost.count(), allowed, "{} ({dialect}): {told:#?}", row.name);
        }
    }
}

#[test]
fn x01_bad_base64_is_audio_that_does_not_decode() {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    let frame = r#"{"type":"response.output_audio.delta","delta":"AAAB*AAA"}"#;

    let audio = session.receive(frame).find_map(|event| match event {
        Event::AudioDelta(audio) => Some(audio),
        _ => None,
    });

    let mut pcm = vec![1];
    let fault = audio.unwrap().decode_into(&mut pcm);
    assert_eq!(fault, Err(AudioError::Base64 { offset: 4 }));
    assert!(pcm.is_empty());
}

/// A frame, and the one event of its kind that it causes: the event without its raw text.
#[derive(Clone, Copy)]
struct Row {
    name: &'static str,
    before: &'static [&'static str],
    frame: &'static str,
    event: &'static str,
}

impl Row {
    /// Whether the frame lacks what its meaning needs, or has no meaning here.
    fn lossy(&self) -> bool {
        self.event.starts_with(r#"{"type":"malformed""#)
            || self.event.starts_with(r#"{"type":"unknown""#)
            || self.event.contains(r#""outcome":{"type":"lost"}"#)
    }
}

/// The events of the row's frame, as JSON, each without the raw text, which is the frame's.
fn told(row: &Row, dialect: Dialect) -> Vec<Value> {
    let mut session = Session::new(Config::new(dialect));
    for frame in row.before {
        session.receive(frame).for_each(drop);
    }
    let events = session.receive(row.frame);
    let told = events.map(|event| {
        let mut told = serde_json::to_value(&event).unwrap();
        if let Some(raw) = told.as_object_mut().unwrap().remove("raw") {
            assert!(
                row.frame.contains(raw.as_str().unwrap()),
                "{}: {raw}",
                row.name
            );
        }
        told
    });
    told.collect()
}

const FRESH: &[&str] = &[];
const READY: &[&str] = &[CREATED];
const REPLYING: &[&str] = &[
    CREATED,
    r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
];
const CREATED: &str = r#"{"type":"session.created","session":{"id":"sess_1"}}"#;
