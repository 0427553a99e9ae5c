//! Vectors that no other client passes.

use crate::{receive, session};
use core::time::Duration;
use realtime_proto::{Dialect, Event, Session, TurnDetection};

/// A reply with everything that has two names; `~` stands where the names differ.
const REPLY: [&str; 16] = [
    r#"{"type":"response.created","event_id":"event_1","response":{"id":"resp_1","status":"in_progress","output":[]}}"#,
    r#"{"type":"response.output_item.added","event_id":"event_2","response_id":"resp_1","output_index":0,"item":{"id":"item_1","type":"message","status":"in_progress","role":"assistant","content":[]}}"#,
    r#"{"type":"response.content_part.added","event_id":"event_3","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"part":{"type":"~text","text":""}}"#,
    r#"{"type":"response.~text.delta","event_id":"event_4","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":"It "}"#,
    r#"{"type":"response.~text.delta","event_id":"event_5","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":"rains."}"#,
    r#"{"type":"response.~text.done","event_id":"event_6","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"text":"It rains."}"#,
    r#"{"type":"response.content_part.done","event_id":"event_7","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"part":{"type":"~text","text":"It rains."}}"#,
    r#"{"type":"response.content_part.added","event_id":"event_8","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":1,"part":{"type":"~audio","transcript":""}}"#,
    r#"{"type":"response.~audio_transcript.delta","event_id":"event_9","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":1,"delta":"It snows"}"#,
    r#"{"type":"response.~audio.delta","event_id":"event_10","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":1,"delta":"AAABAAIAAwA="}"#,
    r#"{"type":"response.~audio.done","event_id":"event_11","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":1}"#,
    r#"{"type":"response.~audio_transcript.done","event_id":"event_12","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":1,"transcript":"It snows."}"#,
    r#"{"type":"response.content_part.done","event_id":"event_13","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":1,"part":{"type":"~audio","transcript":"It snows."}}"#,
    r#"{"type":"response.output_item.done","event_id":"event_14","response_id":"resp_1","output_index":0,"item":{"id":"item_1","type":"message","status":"completed","role":"assistant","content":[{"type":"~text","text":"It rains."},{"type":"~audio","transcript":"It snows."}]}}"#,
    r#"{"type":"conversation.item.retrieved","event_id":"event_15","item":{"id":"item_1","type":"message","status":"completed","role":"assistant","content":[{"type":"~text","text":"It rains."},{"type":"~audio","transcript":"It snows.","audio":"AAAB"}]}}"#,
    r#"{"type":"response.done","event_id":"event_16","response":{"id":"resp_1","status":"completed","output":[{"id":"item_1","type":"message","status":"completed","role":"assistant","content":[{"type":"~text","text":"It rains."},{"type":"~audio","transcript":"It snows."}]}]}}"#,
];

#[test]
fn x13_both_generations_of_names_tell_the_same() {
    for dialect in [Dialect::OpenAi, Dialect::OpenAiBeta] {
        let (mut ga, mut beta) = (session(dialect), session(dialect));
        for frame in REPLY {
            let new = neutral(&mut ga, &frame.replace('~', "output_"));
            let old = neutral(&mut beta, &frame.replace('~', ""));
            assert_eq!(new, old, "{frame}");
            let lost = new.iter().find(|event| event["type"] == "unknown");
            assert_eq!(lost, None, "{frame}");
        }
        assert_eq!(ga.conversation(), beta.conversation());
        assert_eq!(ga.response(), beta.response());
    }
}

/// The events of a frame without its text, in which the names stand.
fn neutral(session: &mut Session, frame: &str) -> Vec<serde_json::Value> {
    let events = session.receive(frame).map(|event| {
        let mut event = serde_json::to_value(event).unwrap();
        event.as_object_mut().unwrap().remove("raw");
        event
    });
    events.collect()
}

#[test]
fn x34_duplicate_keys_last_wins_lone_surrogate_and_integers() {
    let mut session = session(Dialect::OpenAi);

    let frame = r#"{"type":"error","delta":{"x":[1,2]},"type":"response.output_text.delta","item_id":"item_0","delta":"no","item_id":"item_1","delta":"yes","content_index":0,"content_\u0069ndex":1.0}"#;
    let Some(Event::TextDelta(text)) = receive(&mut session, frame).pop() else {
        panic!("a text comes last");
    };
    assert_eq!(text.delta, "yes");
    assert_eq!(text.ids.item_id.as_deref(), Some("item_1"));
    assert_eq!(text.ids.content_index, Some(1));

    let frame = r#"{"type":"response.output_text.delta","item_id":"item_2","item_id":null,"content_index":1e3,"delta":"\ud83d\ude00 \ud83d \ude00\ud83d\ud83d\ude00 \uD83Dx"}"#;
    let Some(Event::TextDelta(text)) = receive(&mut session, frame).pop() else {
        panic!("a text comes last");
    };
    assert_eq!(text.delta, "😀 \u{fffd} \u{fffd}\u{fffd}😀 \u{fffd}x");
    assert_eq!(text.ids.item_id, None, "null came last");
    assert_eq!(text.ids.content_index, Some(1000));
}

#[test]
fn x34_surrogates_pair_up_to_their_last() {
    let mut session = session(Dialect::OpenAi);
    for (escaped, text) in [
        (r"\ud7ff\ue000", "\u{d7ff}\u{e000}"),
        (r"\ud800\udc00", "\u{10000}"),
        (r"\ud800\udfff", "\u{103ff}"),
        (r"\udbff\udc00", "\u{10fc00}"),
        (r"\uDBFF\uDFFF", "\u{10ffff}"),
        (r"\ud800\ue000", "\u{fffd}\u{e000}"),
        (r"\udbff\udbff\udfff", "\u{fffd}\u{10ffff}"),
        (r"\udc00\ud800", "\u{fffd}\u{fffd}"),
        (r"\udfff\udfff", "\u{fffd}\u{fffd}"),
        (r"\ud800\n\udc00", "\u{fffd}\n\u{fffd}"),
        (r"\ud800", "\u{fffd}"),
        (r#"\u0000\b\f\n\r\t\"\\\/"#, "\0\u{8}\u{c}\n\r\t\"\\/"),
    ] {
        let frame = format!(r#"{{"type":"response.output_text.delta","delta":"{escaped}"}}"#);
        let Some(Event::TextDelta(delta)) = receive(&mut session, &frame).pop() else {
            panic!("a text comes last: {escaped}");
        };
        assert_eq!(delta.delta, text, "{escaped}");
    }
}

#[test]
fn x34_duplicate_keys_inside_objects_too() {
    let mut session = session(Dialect::OpenAi);
    let frame = r#"{"type":"session.updated","session":{"model":"a","audio":{"input":{"turn_detection":null},"input":{"turn_detection":{"type":"server_vad","idle_timeout_ms":5e3,"idle_timeout_ms":6000.0}}},"model":"b"}}"#;
    receive(&mut session, frame);
    let config = session.effective_config();
    assert_eq!(config.model.as_deref(), Some("b"));
    let Some(TurnDetection::ServerVad(vad)) = &config.turn_detection else {
        panic!("the last object wins: {config:?}");
    };
    assert_eq!(vad.idle_timeout_ms, Some(6000));

    let frame = r#"{"type":"response.created","response":{"id":"resp_0","metadata":{"k":"1","j":"2","\u006b":"3"},"id":"resp_1"}}"#;
    let told = receive(&mut session, frame);
    let [Event::ResponseStarted(started)] = told.as_slice() else {
        panic!("a response starts: {told:?}");
    };
    assert_eq!(started.ids.response_id.as_deref(), Some("resp_1"));
    let pairs: Vec<_> = started
        .metadata
        .iter()
        .map(|(key, value)| (&**key, &**value))
        .collect();
    assert_eq!(pairs, [("j", "2"), ("k", "3")]);
}

#[test]
fn x34_integers_may_be_written_as_fractions() {
    let mut session = session(Dialect::OpenAi);
    let frame = r#"{"type":"response.done","response":{"status":"completed","usage":{"total_tokens":3e2,"input_tokens":220.0,"output_tokens":8E+1}}}"#;
    let Some(Event::ResponseFinished(finished)) = receive(&mut session, frame).pop() else {
        panic!("the end comes last");
    };
    let usage = finished.usage.unwrap();
    assert_eq!(
        (usage.total_tokens, usage.input.total, usage.output.total),
        (300, 220, 80)
    );

    let frame = r#"{"type":"conversation.item.truncated","item_id":"item_1","content_index":0.0,"audio_end_ms":6.4e2}"#;
    let Some(Event::Truncated(truncated)) = receive(&mut session, frame).pop() else {
        panic!("a cut");
    };
    assert_eq!(truncated.heard, Duration::from_millis(640));
    assert_eq!(truncated.ids.content_index, Some(0));
}
