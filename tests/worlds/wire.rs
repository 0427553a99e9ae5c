//! The frames of the model server in the words of other dialects.

use realtime_proto::Dialect;
use serde_json::{Value, json};

/// How a dialect says what the model server says: a frame may be several, or none.
pub(crate) fn in_words_of(dialect: Dialect, frame: String) -> Vec<String> {
    if dialect != Dialect::Xai {
        return vec![frame];
    }
    let frame: Value = serde_json::from_str(&frame).expect("the server sends JSON");
    let frames = xai(frame);
    frames.iter().map(Value::to_string).collect()
}

fn xai(mut frame: Value) -> Vec<Value> {
    let kind = frame["type"].as_str().unwrap_or_default().to_owned();
    forget(&mut frame, &["output_index", "content_index"]);
    match &*kind {
        // An item is told once; only a reply tells that one is done.
        "conversation.item.done" => return Vec::new(),
        "conversation.item.added" => item_added(&mut frame),
        "session.created" | "session.updated" => session(&mut frame["session"]),
        "response.created" | "response.done" => response(&mut frame),
        "response.output_item.done" => forget(&mut frame["item"], &["content"]),
        "response.content_part.done" => forget(&mut frame, &["part"]),
        "conversation.item.input_audio_transcription.completed" => {
            return vec![interim(&frame), frame];
        }
        "input_audio_buffer.speech_stopped" => {
            return vec![json!({"type": "ping", "timestamp": 7}), frame];
        }
        _ => {}
    }
    vec![frame]
}

fn forget(object: &mut Value, keys: &[&str]) {
    if let Some(object) = object.as_object_mut() {
        for key in keys {
            object.remove(*key);
        }
    }
}

/// Where a call stands nobody tells.
fn item_added(frame: &mut Value) {
    let kind = frame["item"]["type"].as_str().unwrap_or_default();
    if kind.starts_with("function_call") {
        frame["previous_item_id"] = Value::Null;
    }
}

/// Turn detection is flat, and none is a type of `null`.
fn session(session: &mut Value) {
    let told = session["audio"]["input"]["turn_detection"].take();
    let detection = if told.is_null() {
        json!({"type": null})
    } else {
        told
    };
    forget(&mut session["audio"]["input"], &["turn_detection"]);
    forget(&mut session["audio"]["output"], &["voice"]);
    session["turn_detection"] = detection;
    session["voice"] = json!("xai_ara");
}

/// Usage stands beside the response, and why it ended nowhere.
fn response(frame: &mut Value) {
    let usage = frame["response"]["usage"].take();
    let response = &mut frame["response"];
    forget(response, &["conversation_id"]);
    response["status_details"] = json!("unimplemented");
    response["usage"] = json!({});
    if usage.is_object() {
        frame["usage"] = usage;
    }
}

/// A transcript is told before it is final.
fn interim(frame: &Value) -> Value {
    let mut interim = frame.clone();
    interim["status"] = json!("in_progress");
    interim
}
