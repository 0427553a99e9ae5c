//! Frames with nothing but their name, damaged frames, and frames that are none.

use crate::{
    fields,
    support::{AZURE, CREATED},
};
use realtime_proto::{Config, Event, FrameFault, Session};

/// The messages that mean nothing without something, and what that is.
const NEEDS: [(&str, &str); 10] = [
    (
        "conversation.item.input_audio_transcription.completed",
        "transcript",
    ),
    ("response.audio.delta", "delta"),
    ("response.audio_transcript.delta", "delta"),
    ("response.audio_transcript.done", "transcript"),
    ("response.function_call_arguments.delta", "delta"),
    ("response.function_call_arguments.done", "call_id"),
    ("response.text.delta", "delta"),
    ("response.text.done", "text"),
    ("response.video.delta", "delta"),
    ("response.mcp_call_arguments.delta", "delta"),
];

#[test]
fn a_name_alone_is_understood_or_says_what_is_missing() {
    for name in names() {
        let frame = format!(r#"{{"type":"{name}"}}"#);
        let told = receive(&frame);
        let lost = told.iter().find_map(|event| match event {
            Event::Malformed(malformed) => Some(malformed.fault.clone()),
            Event::Unknown(_) => panic!("{name} is unknown"),
            _ => None,
        });
        let needs = NEEDS.iter().find(|(needy, _)| *needy == name);
        let output = name.replace("output_", "");
        let needs = needs.or_else(|| NEEDS.iter().find(|(needy, _)| *needy == output));
        let mut needs = needs.map(|(_, field)| *field);
        for (prefix, field) in [
            ("response.created", "response"),
            ("response.done", "response"),
        ] {
            needs = needs.or_else(|| name.starts_with(prefix).then_some(field));
        }
        if name.starts_with("response.output_text") {
            let field = if name.ends_with("delta") {
                "delta"
            } else {
                "text"
            };
            needs = Some(field);
        }
        let missing = needs.map(|field| FrameFault::Missing { field });
        assert_eq!(lost, missing, "{name}: {told:?}");
    }
}

#[test]
fn numbers_may_be_fractions_and_nulls_are_absent() {
    let viseme = r#"{"type":"response.animation_viseme.delta","event_id":null,"response_id":"resp_1","item_id":null,"output_index":0.0,"content_index":null,"audio_offset_ms":455.5,"viseme_id":20}"#;
    let told = receive(viseme);
    let Some(Event::Timed(timed)) = told.last() else {
        panic!("{told:?}");
    };
    assert_eq!(timed.at.map(|at| at.as_micros()), Some(455_500));
    assert_eq!(
        (&timed.ids.item_id, timed.ids.output_index),
        (&None, Some(0))
    );
    for offset in ["-1", "\"soon\"", "1e300"] {
        let told = receive(&viseme.replace("455.5", offset));
        let Some(Event::Timed(timed)) = told.last() else {
            panic!("{told:?}");
        };
        assert_eq!(timed.at, None, "{offset}");
    }
}

#[test]
fn settings_of_any_type_break_nothing() {
    for value in ["null", "7", "\"x\"", "[]", "{}", "true"] {
        for key in [
            "modalities",
            "voice",
            "input_audio_sampling_rate",
            "input_audio_format",
            "input_audio_echo_cancellation",
            "output_audio_format",
            "turn_detection",
            "input_audio_transcription",
            "metadata",
            "expires_at",
            "reasoning_effort",
            "tools",
        ] {
            let frame = format!(
                r#"{{"type":"session.created","session":{{"id":"sess_1","{key}":{value}}}}}"#
            );
            let told = receive(&frame);
            let [_, Event::SessionUpdated(_)] = &told[..] else {
                panic!("{frame}: {told:?}");
            };
        }
    }
}

/// A frame that is cut anywhere changes nothing.
#[test]
fn a_frame_applies_whole_or_not_at_all() {
    for name in names() {
        let frame = format!(
            r#"{{"type":"{name}","response_id":"resp_1","item_id":"item_1","delta":"AAAB","audio_offset_ms":3}}"#
        );
        let before = ready();
        for at in 0..frame.len() {
            let mut session = before.clone();
            let told: Vec<_> = session
                .receive(&frame[..at])
                .map(|event| event.name())
                .collect();
            assert_eq!(told, ["malformed"], "{name} cut at {at}");
            assert_eq!(session, before, "{name} cut at {at}");
        }
    }
}

/// Every name of the table, with its aliases.
fn names() -> Vec<&'static str> {
    let lines = fields::LISTED.lines();
    let names: Vec<_> = lines.filter(|line| !line.starts_with([' ', 'V'])).collect();
    assert!(names.len() >= 60, "{names:?}");
    names
}

fn ready() -> Session {
    let mut session = Session::new(Config::new(AZURE));
    session.receive(CREATED).for_each(drop);
    session
}

fn receive(frame: &str) -> Vec<Event<'static>> {
    let mut session = ready();
    let mut told: Vec<_> = session.receive(frame).map(Event::into_owned).collect();
    if told.len() == 1 && matches!(told[0], Event::SessionUpdated(_)) {
        told.insert(0, told[0].clone());
    }
    told
}
