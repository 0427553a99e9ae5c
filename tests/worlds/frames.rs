//! The frames of the model server, as JSON text.

use core::fmt::Write as _;

/// How the model server treats the user's turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Turns {
    /// It finds them, answers them, and cuts its reply when the user speaks.
    Answers,
    /// It finds them and does nothing else.
    Finds,
    /// The client commits.
    Manual,
}

pub(crate) fn session(kind: &str, turns: Turns) -> String {
    let detection = match turns {
        Turns::Answers => {
            r#"{"type":"server_vad","create_response":true,"interrupt_response":true}"#
        }
        Turns::Finds => {
            r#"{"type":"server_vad","create_response":false,"interrupt_response":false}"#
        }
        Turns::Manual => "null",
    };
    format!(
        r#"{{"type":"session.{kind}","event_id":"event_s","session":{{"type":"realtime","id":"sess_1","model":"gpt-realtime","audio":{{"input":{{"format":{{"type":"audio/pcm","rate":24000}},"turn_detection":{detection}}},"output":{{"format":{{"type":"audio/pcm","rate":24000}},"voice":"marin"}}}}}}}}"#
    )
}

pub(crate) fn created(response: &str, out_of_band: bool, metadata: &str) -> String {
    let conversation = if out_of_band { "null" } else { r#""conv_1""# };
    format!(
        r#"{{"type":"response.created","response":{{"id":"{response}","status":"in_progress","conversation_id":{conversation},"metadata":{metadata},"output":[]}}}}"#
    )
}

pub(crate) fn done(response: &str, out_of_band: bool, metadata: &str, status: &str) -> String {
    let conversation = if out_of_band { "null" } else { r#""conv_1""# };
    format!(
        r#"{{"type":"response.done","response":{{"id":"{response}",{status},"conversation_id":{conversation},"metadata":{metadata},"output":[],"usage":{{"input_tokens":3,"output_tokens":2,"total_tokens":5}}}}}}"#
    )
}

/// A frame about one part of one item of a response.
pub(crate) fn part(kind: &str, response: &str, item: &str, index: usize, rest: &str) -> String {
    format!(
        r#"{{"type":"response.{kind}","response_id":"{response}","item_id":"{item}","output_index":{index},"content_index":0{rest}}}"#
    )
}

/// A frame of a response about an item as a whole.
pub(crate) fn output_item(kind: &str, response: &str, index: usize, item: &str) -> String {
    format!(
        r#"{{"type":"response.output_item.{kind}","response_id":"{response}","output_index":{index},"item":{item}}}"#
    )
}

pub(crate) fn conversation_item(kind: &str, previous: Option<&str>, item: &str) -> String {
    let previous = previous.map_or_else(|| "null".into(), |id| format!("\"{id}\""));
    format!(r#"{{"type":"conversation.item.{kind}","previous_item_id":{previous},"item":{item}}}"#)
}

pub(crate) fn message(id: &str, role: &str, status: &str, content: &str) -> String {
    format!(
        r#"{{"id":"{id}","type":"message","role":"{role}","status":"{status}","content":[{content}]}}"#
    )
}

pub(crate) fn call(id: &str, call: &str, status: &str, arguments: &str) -> String {
    let arguments = arguments.replace('"', "\\\"");
    format!(
        r#"{{"id":"{id}","type":"function_call","status":"{status}","call_id":"{call}","name":"look","arguments":"{arguments}"}}"#
    )
}

pub(crate) fn output(id: &str, call: &str) -> String {
    format!(
        r#"{{"id":"{id}","type":"function_call_output","status":"completed","call_id":"{call}","output":"ok"}}"#
    )
}

/// A frame about the input, or about an item, by its id.
pub(crate) fn about(kind: &str, item: &str, rest: &str) -> String {
    format!(r#"{{"type":"{kind}","item_id":"{item}"{rest}}}"#)
}

pub(crate) fn error(code: &str, event_id: Option<&str>) -> String {
    let mut text = format!(
        r#"{{"type":"error","event_id":"event_e","error":{{"type":"invalid_request_error","code":"{code}","message":"no","param":null,"event_id":"#
    );
    let _ = match event_id {
        Some(id) => write!(text, "\"{id}\"}}}}"),
        None => write!(text, "null}}}}"),
    };
    text
}
