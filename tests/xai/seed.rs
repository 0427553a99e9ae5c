//! The shapes that earlier clients of the protocol depend on, field by field.

use crate::{ITEM, STARTED, after, hear, session};
use realtime_proto::{Event, Session};
use serde_json::{Value, json};

fn last(session: &mut Session, frame: &str) -> Value {
    let told = hear(session, frame);
    let mut last = serde_json::to_value(told.last().unwrap()).unwrap();
    last.as_object_mut().unwrap().remove("raw");
    last
}

#[test]
fn audio_under_either_name() {
    for name in ["response.audio.delta", "response.output_audio.delta"] {
        let frame = format!(
            r#"{{"type":"{name}","event_id":"e3","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":"AAA="}}"#
        );
        let told = last(&mut after(&[STARTED, ITEM]), &frame);
        assert_eq!(
            told,
            json!({"type": "audio_delta", "event_id": "e3", "response_id": "resp_1",
                "item_id": "item_1", "output_index": 0, "content_index": 0, "epoch": 0,
                "format": {"encoding": "pcm16", "rate_hz": 24000, "channels": 1},
                "bytes": 2, "payload": "AAA="})
        );
    }
}

#[test]
fn a_call_and_its_arguments() {
    let mut session = after(&[STARTED]);
    let delta = r#"{"type":"response.function_call_arguments.delta","event_id":"e5","response_id":"resp_1","item_id":"item_2","output_index":0,"call_id":"call_1","delta":"{\"ci"}"#;
    assert_eq!(
        last(&mut session, delta),
        json!({"type": "tool_arguments_delta", "event_id": "e5", "response_id": "resp_1",
            "item_id": "item_2", "output_index": 0, "call_id": "call_1", "delta": "{\"ci"})
    );
    let done = r#"{"type":"response.function_call_arguments.done","event_id":"e6","response_id":"resp_1","item_id":"item_2","output_index":0,"call_id":"call_1","name":"get_weather","arguments":"{\"city\":\"Oslo\"}"}"#;
    assert_eq!(
        last(&mut session, done),
        json!({"type": "tool_call", "event_id": "e6", "response_id": "resp_1",
            "item_id": "item_2", "output_index": 0, "call_id": "call_1", "name": "get_weather",
            "arguments": "{\"city\":\"Oslo\"}", "validity": "object"})
    );
}

#[test]
fn a_name_that_the_arguments_lack_is_that_of_the_item() {
    let item = r#"{"type":"conversation.item.added","event_id":"t2","previous_item_id":"msg_5","item":{"id":"fc_1","type":"function_call","role":"tool","call_id":"call_a","name":"get_weather","arguments":""}}"#;
    let done = r#"{"type":"response.function_call_arguments.done","response_id":"resp_1","item_id":"fc_1","call_id":"call_a","arguments":"{}"}"#;
    let told = last(&mut after(&[STARTED, item]), done);
    assert_eq!(told["name"], "get_weather");
}

#[test]
fn arguments_that_are_no_json_are_kept() {
    let done = r#"{"type":"response.function_call_arguments.done","response_id":"resp_1","item_id":"fc_1","call_id":"call_a","name":"look","arguments":"around"}"#;
    let mut session = after(&[STARTED, done]);
    let told = hear(
        &mut session,
        r#"{"type":"response.done","response_id":"resp_1"}"#,
    );
    let call = told.iter().find_map(|event| match event {
        Event::ToolCall(call) => Some(call.arguments.to_string()),
        _ => None,
    });
    assert_eq!(call.as_deref(), Some("around"));
}

#[test]
fn the_end_of_a_response_with_and_without_the_response() {
    let frames = [
        r#"{"type":"response.done","event_id":"e7","response_id":"resp_1","response":{"id":"resp_1","status":"completed"}}"#,
        r#"{"type":"response.done","event_id":"e7","response_id":"resp_1"}"#,
    ];
    for frame in frames {
        assert_eq!(
            last(&mut after(&[STARTED]), frame),
            json!({"type": "response_finished", "event_id": "e7", "response_id": "resp_1",
                "outcome": {"type": "completed", "reason": "end_turn"}, "had_audio": false,
                "had_text": false, "calls": 0, "empty": true})
        );
    }
}

#[test]
fn e10_usage_at_the_top_level_and_details_that_say_nothing() {
    let frame = r#"{"type":"response.done","response":{"id":"resp_1","status":"cancelled","status_details":"unimplemented","output":[],"usage":{}},"usage":{"input_tokens":8,"input_token_details":{"text_tokens":0,"audio_tokens":6,"grok_tokens":2},"output_tokens":5,"output_token_details":{"text_tokens":0,"audio_tokens":4,"grok_tokens":1},"total_tokens":13,"output_audio_seconds":2.97,"billable_audio_seconds":3}}"#;
    let mut session = after(&[STARTED]);
    let told = last(&mut session, frame);
    assert_eq!(told["outcome"], json!({"type": "cancelled", "reason": ""}));
    assert_eq!(
        told["usage"],
        json!({"input": {"total": 8, "audio": 6}, "output": {"total": 5, "audio": 4},
            "total_tokens": 13, "seconds": 3.0})
    );
    assert_eq!(session.usage().total_tokens, 13);
}

#[test]
fn e10_an_empty_usage_is_of_nothing() {
    let frame =
        r#"{"type":"response.done","response":{"id":"resp_1","status":"completed","usage":{}}}"#;
    let told = last(&mut after(&[STARTED]), frame);
    assert_eq!(told["usage"]["total_tokens"], 0);
}

#[test]
fn e10_an_item_of_type_audio_is_speech() {
    let frame = r#"{"type":"response.done","response":{"id":"resp_1","status":"completed","output":[{"id":"item_1","object":"realtime.item","type":"message","status":"completed","role":"assistant","content":[{"type":"audio","transcript":"Hello there!"}]}]}}"#;
    let told = hear(&mut after(&[STARTED, ITEM]), frame);
    let spoken = told.iter().find_map(|event| match event {
        Event::TextDone(done) => Some((done.lane, done.text.to_string())),
        _ => None,
    });
    assert_eq!(
        spoken,
        Some((realtime_proto::Lane::Spoken, "Hello there!".into()))
    );
}

#[test]
fn the_users_speech() {
    let mut session = session();
    let started = r#"{"type":"input_audio_buffer.speech_started","event_id":"e8","audio_start_ms":120,"item_id":"item_3"}"#;
    let told = serde_json::to_value(&hear(&mut session, started)[0]).unwrap();
    assert_eq!(
        told,
        json!({"type": "speech_started", "item_id": "item_3", "at_ms": 120})
    );
    let stopped = r#"{"type":"input_audio_buffer.speech_stopped","event_id":"e9","audio_end_ms":1840,"item_id":"item_3"}"#;
    assert_eq!(
        last(&mut session, stopped),
        json!({"type": "speech_stopped", "item_id": "item_3", "at_ms": 1840})
    );
    let committed = r#"{"type":"input_audio_buffer.committed","event_id":"e10","item_id":"item_3","previous_item_id":null}"#;
    let told = last(&mut session, committed);
    assert_eq!(
        (&told["type"], &told["item_id"]),
        (&json!("user_turn_committed"), &json!("item_3"))
    );
    let heard = r#"{"type":"conversation.item.input_audio_transcription.completed","event_id":"e11","item_id":"item_3","transcript":"Hello","content_index":0,"status":"completed","previous_item_id":null}"#;
    let told = last(&mut session, heard);
    assert_eq!(
        told["update"],
        json!({"type": "final", "text": "Hello", "status": "completed"})
    );
}

#[test]
fn where_a_word_is_spoken_is_an_integer_or_a_fraction() {
    for (time, ms) in [("0.24", json!(240)), ("2", json!(2_000)), ("0.0", json!(0))] {
        let frame = format!(
            r#"{{"type":"response.output_audio_transcript.delta","event_id":"e12","item_id":"item_1","response_id":"resp_1","delta":"Hi","content_index":0,"output_index":0,"start_time":{time},"previous_item_id":null}}"#
        );
        let told = last(&mut after(&[STARTED, ITEM]), &frame);
        assert_eq!(
            (&told["lane"], &told["start_ms"]),
            (&json!("spoken"), &ms),
            "{time}"
        );
    }
    let without = r#"{"type":"response.output_audio_transcript.delta","item_id":"item_1","response_id":"resp_1","delta":"Hi"}"#;
    let told = last(&mut after(&[STARTED, ITEM]), without);
    assert_eq!(told.get("start_ms"), None);
}

#[test]
fn a_truncation_tells_the_text_that_is_left() {
    let frame = r#"{"type":"conversation.item.truncated","item_id":"msg_4","content_index":0,"audio_end_ms":1450,"transcript":"It is ten"}"#;
    assert_eq!(
        last(&mut session(), frame),
        json!({"type": "truncated", "item_id": "msg_4", "content_index": 0, "heard_ms": 1450,
            "heard_text": "It is ten", "confirmed": true})
    );
}

#[test]
fn limits_and_errors() {
    let limits = r#"{"type":"rate_limits.updated","event_id":"e14","rate_limits":[{"name":"requests","limit":100,"remaining":99,"reset_seconds":1.5}]}"#;
    assert_eq!(
        last(&mut session(), limits),
        json!({"type": "rate_limits",
            "limits": [{"name": "requests", "limit": 100, "remaining": 99, "reset_ms": 1500}]})
    );
    let error = r#"{"type":"error","event_id":"e15","error":{"type":"invalid_request_error","code":null,"message":"bad"}}"#;
    let told = last(&mut session(), error);
    assert_eq!(
        (&told["kind"], &told["message"], &told["session_usable"]),
        (&json!("invalid_request_error"), &json!("bad"), &json!(true))
    );
}
