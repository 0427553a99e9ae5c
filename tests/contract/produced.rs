//! Which events there are to come: every variant is either produced here, or listed with what will
//! produce it.

use crate::samples::names;
use core::time::Duration;
use realtime_proto::{
    Close, Command, Config, Dialect, Event, Session,
    testing::{Happened, Recording, Replay},
};
use std::{collections::BTreeSet, fs, path::Path};

/// What nothing produces yet, and what will.
const TO_COME: &[(&str, &str)] = &[
    ("resumption", "the dialects that resume: Gemini, xAI"),
    (
        "response_reset",
        "the RPC dialects: a reply that is tried again",
    ),
    ("video_delta", "Azure Voice Live, Gemini"),
    (
        "timed",
        "Azure Voice Live, Gemini: visemes, timestamps, citations",
    ),
    ("agent", "the RPC dialects"),
];

#[test]
fn each_event_is_produced_or_to_come() {
    let all: BTreeSet<_> = names(include_str!("../../src/event.rs"))
        .into_iter()
        .collect();
    assert_eq!(all.len(), 47);
    let mut produced = of_recordings();
    produced.extend(of_frames());
    produced.extend(of_limits());
    produced.extend(of_time());

    let missing: BTreeSet<_> = all.difference(&produced).copied().collect();

    let to_come: BTreeSet<_> = TO_COME.iter().map(|(name, _)| *name).collect();
    assert_eq!(missing, to_come);
}

/// Everything that the recordings of the family cause.
fn of_recordings() -> BTreeSet<&'static str> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings");
    let mut seen = BTreeSet::new();
    for (folder, dialect) in [
        ("openai", Dialect::OpenAi),
        ("openai-beta", Dialect::OpenAiBeta),
    ] {
        for file in fs::read_dir(root.join(folder)).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            let recording: Recording = text.parse().unwrap();
            let steps = Replay::new(&recording, Config::new(dialect));
            seen.extend(steps.filter_map(|step| match step.what {
                Happened::Event(event) => Some(event.name()),
                _ => None,
            }));
        }
    }
    seen
}

/// What few servers say, and no recording holds.
fn of_frames() -> BTreeSet<&'static str> {
    let mut config = Config::new(Dialect::OpenAi);
    config.session.temperature = Some(0.8); // which the dialect lacks: a notice
    let mut session = Session::new(config);
    let mut seen = told(&mut session);
    for frame in [
        r#"{"type":"session.created","session":{"id":"sess_1"}}"#,
        r#"{"type":"conversation.created","conversation":{"id":"conv_1"}}"#,
        r#"{"type":"brand.new"}"#,
        "no JSON",
        r#"{"type":"input_audio_buffer.speech_started","item_id":"item_1","audio_start_ms":0}"#,
        r#"{"type":"input_audio_buffer.cleared"}"#,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
        r#"{"type":"response.output_item.added","response_id":"resp_1","output_index":0,"item":{"id":"item_9","type":"function_call","call_id":"call_1","name":"f","arguments":""}}"#,
        r#"{"type":"response.function_call_arguments.done","response_id":"resp_1","item_id":"item_9","output_index":0,"call_id":"call_1","arguments":"{}"}"#,
    ] {
        seen.extend(session.receive(frame).map(|event| event.name()));
    }
    session.disconnected(Close::lost());
    seen.extend(told(&mut session));
    seen
}

/// What is forgotten beyond a limit is told.
fn of_limits() -> BTreeSet<&'static str> {
    let mut config = Config::new(Dialect::OpenAi);
    config.limits.items = 1;
    config.limits.outbox_bytes = 100;
    let mut session = Session::new(config);
    for audio in ["AAAA", "BBBB", "CCCC"] {
        session.send(Command::append_base64(audio)).unwrap();
    }
    let mut seen = told(&mut session);
    for id in ["item_1", "item_2"] {
        let added = format!(
            r#"{{"type":"conversation.item.added","item":{{"id":"{id}","type":"message","role":"user","content":[]}}}}"#
        );
        seen.extend(session.receive(&added).map(|event| event.name()));
    }
    seen
}

/// What does not come in time is told.
fn of_time() -> BTreeSet<&'static str> {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    for hour in 0..2 {
        session.handle_timeout(Duration::from_secs(hour * 60 * 60).into());
    }
    told(&mut session)
}

fn told(session: &mut Session) -> BTreeSet<&'static str> {
    core::iter::from_fn(|| session.poll_event())
        .map(|event: Event<'_>| event.name())
        .collect()
}
