//! The session for programs: one JSON object a line.

use core::fmt::Write as _;
use realtime_proto::{
    Event, TransmitBuf,
    testing::{Happened, Step, Summary, projection, projection_with_audio},
};
use serde_json::json;

/// Appends the line of a step; an applied line is none.
pub(crate) fn step(step: &Step<'_>, media: bool, out: &mut String) {
    let line = step.line;
    let (key, value) = match &step.what {
        Happened::Event(told) => ("event", event(told, media)),
        Happened::Transmit(sent) => ("transmit", transmit(sent)),
        Happened::Refused(error) => ("error", json!(error.to_string()).to_string()),
        _ => return,
    };
    let _ = writeln!(out, r#"{{"line":{line},"{key}":{}}}"#, one_line(&value));
}

/// Some readers end a line at these too; inside a string they can be escaped.
fn one_line(json: &str) -> String {
    json.replace('\u{85}', "\\u0085")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// The last line.
pub(crate) fn summary(summary: &Summary) -> String {
    let summary = serde_json::to_string(summary).unwrap_or_default();
    format!("{{\"summary\":{summary}}}\n")
}

fn event(event: &Event<'_>, media: bool) -> String {
    if media {
        projection_with_audio(event)
    } else {
        projection(event)
    }
}

/// A frame is JSON already. A line break in it is space between tokens, where any space will do.
fn transmit(transmit: &TransmitBuf) -> String {
    match transmit {
        TransmitBuf::Text(text) => text.replace(['\n', '\r'], " "),
        TransmitBuf::Binary(bytes) => json!({ "bytes": bytes.len() }).to_string(),
        TransmitBuf::Close { code, .. } => json!({ "close": { "code": code } }).to_string(),
        _ => String::from("null"),
    }
}
