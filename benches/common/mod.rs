//! Frames and sounds of one conversation, each different from the last: functions of their number.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::fmt::Write as _;

/// The response that all deltas belong to.
const RESPONSE: &str = "resp_FkXc2mGq7Zt0LwNvB4yQd";
/// Its items that speak: audio and a transcript.
pub(crate) const SPOKEN: [&str; 2] = ["item_FkXcSpo0aRm3KfV9xWb2T", "item_FkXcSpo1hJn6QyD8sLc5E"];
/// Its item of written text.
const WRITTEN: &str = "item_FkXcWrtPz4BvM1oUe7GkA";
/// Its item that is a call.
const CALLING: &str = "item_FkXcCalT9iXr2HqN5jFwS";
/// What the user said.
const HEARD: &str = "item_FkXcUsrE6dYb8CmK3pZvO";

/// A session's first frames: the user has spoken, and all items of the response are open.
pub(crate) fn opening() -> Vec<String> {
    let created = format!(
        r#"{{"type":"session.created","event_id":"event_0","session":{}}}"#,
        settings(0, 0)
    );
    let committed = format!(
        r#"{{"type":"input_audio_buffer.committed","event_id":"event_1",
        "previous_item_id":null,"item_id":"{HEARD}"}}"#
    );
    let mut frames = vec![created, one_line(&committed), response_created(RESPONSE)];
    for (at, item) in SPOKEN.into_iter().enumerate() {
        frames.extend(message_added(at, item, r#""type":"audio","transcript":"""#));
    }
    frames.extend(message_added(2, WRITTEN, r#""type":"text","text":"""#));
    let call = format!(
        r#""id":"{CALLING}","type":"function_call","status":"in_progress",
        "name":"find_ferry","call_id":"call_0","arguments":"""#
    );
    frames.push(item_added(3, &call));
    frames
}

/// The beginning of a response.
pub(crate) fn response_created(id: &str) -> String {
    one_line(&format!(
        r#"{{"type":"response.created","event_id":"event_2","response":{{
        "object":"realtime.response","id":"{id}","status":"in_progress","status_details":null,
        "output":[],"output_modalities":["audio"],"usage":null,"metadata":null}}}}"#
    ))
}

fn message_added(at: usize, item: &str, part: &str) -> [String; 2] {
    let message = format!(
        r#""id":"{item}","type":"message","status":"in_progress","role":"assistant","content":[]"#
    );
    let part = format!(
        r#"{{"type":"response.content_part.added","event_id":"event_4",
        "response_id":"{RESPONSE}","item_id":"{item}","output_index":{at},"content_index":0,
        "part":{{{part}}}}}"#
    );
    [item_added(at, &message), one_line(&part)]
}

fn item_added(at: usize, item: &str) -> String {
    one_line(&format!(
        r#"{{"type":"response.output_item.added","event_id":"event_3",
        "response_id":"{RESPONSE}","output_index":{at},"item":{{{item}}}}}"#
    ))
}

/// Written text, about 230 bytes.
pub(crate) fn text_delta(number: usize) -> String {
    delta("output_text", number, WRITTEN, 2, &Chance::new(number).words())
}

/// The transcript of one of the items that speak.
pub(crate) fn transcript_delta(number: usize, at: usize) -> String {
    let words = Chance::new(number).words();
    delta("output_audio_transcript", number, SPOKEN[at], at, &words)
}

/// `ms` milliseconds of one of the items that speak.
pub(crate) fn audio_delta(number: usize, at: usize, ms: usize) -> String {
    let audio = STANDARD.encode(sound(number, ms));
    delta("output_audio", number, SPOKEN[at], at, &audio)
}

fn delta(kind: &str, number: usize, item: &str, at: usize, body: &str) -> String {
    let mut chance = Chance::new(number);
    let (event, noise) = (chance.letters(21), chance.below(12));
    let noise = if kind == "output_audio" { 0 } else { noise };
    let mut frame = one_line(&format!(
        r#"{{"type":"response.{kind}.delta","event_id":"event_{event}",
        "response_id":"{RESPONSE}","item_id":"{item}","output_index":{at},"content_index":0,
        "delta":"{body}"}}"#
    ));
    frame
}
