//! Frames of the server, as short as they can be.

use serde_json::{Value, json};

pub(crate) const OPENED: &str =
    r#"{"type":"session.created","session":{"type":"realtime","id":"sess_1"}}"#;

pub(crate) fn opened_with(audio: Value) -> String {
    let session = json!({"type": "realtime", "id": "sess_1", "audio": audio});
    json!({"type": "session.created", "session": session}).to_string()
}

pub(crate) fn created(response: &str) -> String {
    json!({"type": "response.created", "response": {"id": response, "status": "in_progress"}})
        .to_string()
}

/// Of a response beside the conversation.
pub(crate) fn created_aside(response: &str) -> String {
    json!({"type": "response.created", "response": {"id": response, "conversation_id": null}})
        .to_string()
}

pub(crate) fn done(response: &str) -> String {
    ended(response, "completed", "")
}

pub(crate) fn ended(response: &str, status: &str, reason: &str) -> String {
    ended_with(response, status, reason, Value::Null)
}

pub(crate) fn ended_with(response: &str, status: &str, reason: &str, usage: Value) -> String {
    let mut of = json!({"id": response, "status": status, "output": [], "usage": usage});
    if !reason.is_empty() {
        of["status_details"] = json!({"type": status, "reason": reason});
    }
    json!({"type": "response.done", "response": of}).to_string()
}

/// The server heard the user and stopped by itself.
pub(crate) fn cut_off(response: &str) -> String {
    ended(response, "cancelled", "turn_detected")
}

pub(crate) fn delta(kind: &str, response: &str, item: &str, delta: &str) -> String {
    json!({
        "type": kind, "response_id": response, "item_id": item,
        "output_index": 0, "content_index": 0, "delta": delta
    })
    .to_string()
}

/// So many milliseconds of silence, 48 bytes each: PCM16 at 24 kHz.
pub(crate) fn audio(response: &str, item: &str, ms: usize) -> String {
    let silence = "A".repeat(ms * 64);
    delta("response.output_audio.delta", response, item, &silence)
}

pub(crate) fn text(response: &str, item: &str, words: &str) -> String {
    delta("response.output_text.delta", response, item, words)
}

pub(crate) fn spoken(response: &str, item: &str, words: &str) -> String {
    delta(
        "response.output_audio_transcript.delta",
        response,
        item,
        words,
    )
}

pub(crate) fn spoken_done(response: &str, item: &str, words: &str) -> String {
    json!({
        "type": "response.output_audio_transcript.done", "response_id": response,
        "item_id": item, "content_index": 0, "transcript": words
    })
    .to_string()
}

pub(crate) fn buffer(kind: &str, item: &str) -> String {
    json!({"type": format!("input_audio_buffer.{kind}"), "item_id": item}).to_string()
}

pub(crate) fn speech(item: &str) -> String {
    buffer("speech_started", item)
}

pub(crate) fn stopped(item: &str) -> String {
    buffer("speech_stopped", item)
}

pub(crate) fn committed(item: &str) -> String {
    buffer("committed", item)
}

pub(crate) fn transcribed(item: &str, words: &str) -> String {
    json!({
        "type": "conversation.item.input_audio_transcription.completed",
        "item_id": item, "content_index": 0, "transcript": words
    })
    .to_string()
}

/// The item of a call, as a response puts it out.
pub(crate) fn call_item(
    kind: &str,
    response: &str,
    call: &str,
    status: &str,
    text: &str,
) -> String {
    json!({
        "type": format!("response.output_item.{kind}"), "response_id": response,
        "item": {
            "id": format!("item_{call}"), "type": "function_call", "status": status,
            "call_id": call, "name": "look_up", "arguments": text
        }
    })
    .to_string()
}

pub(crate) fn arguments(response: &str, call: &str, text: &str) -> String {
    json!({
        "type": "response.function_call_arguments.done", "response_id": response,
        "item_id": format!("item_{call}"), "call_id": call, "name": "look_up", "arguments": text
    })
    .to_string()
}

/// A response that makes these calls, up to but without its end.
pub(crate) fn calling(response: &str, calls: &[&str]) -> Vec<String> {
    let each = calls.iter().flat_map(|call| {
        [
            call_item("added", response, call, "in_progress", ""),
            arguments(response, call, "{}"),
            call_item("done", response, call, "completed", "{}"),
        ]
    });
    core::iter::once(created(response)).chain(each).collect()
}

pub(crate) fn item(kind: &str, item: Value, previous: Option<Value>) -> String {
    let mut frame = json!({"type": format!("conversation.item.{kind}"), "item": item});
    if let Some(previous) = previous {
        frame["previous_item_id"] = previous;
    }
    frame.to_string()
}

pub(crate) fn message(kind: &str, id: &str, previous: Option<Value>) -> String {
    let content = json!([{"type": "input_text", "text": id}]);
    let of = json!({"id": id, "type": "message", "role": "user", "content": content});
    item(kind, of, previous)
}

pub(crate) fn error(code: &str, event_id: Option<&str>) -> String {
    let of = json!({
        "type": "invalid_request_error", "code": code, "message": "?", "event_id": event_id
    });
    json!({"type": "error", "error": of}).to_string()
}

pub(crate) const RACE: &str = "conversation_already_has_active_response";
pub(crate) const IDLE: &str = "response_cancel_not_active";
