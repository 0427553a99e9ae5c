//! Events as snapshots and programs see them: without what is long and says nothing new.

use super::object::Object;
use crate::event::Event;
use alloc::{format, string::String, vec::Vec};
use core::fmt::Write as _;

/// Returns an event as JSON, for people and programs: its own, less what is long.
///
/// Media is its length in `bytes`. The `raw` text is left out but for
/// [`Unknown`](Event::Unknown) and [`Malformed`](Event::Malformed), of which it is all there is.
///
/// ```
/// use realtime_proto::{Config, Dialect, Session, testing::projection};
///
/// let mut session = Session::new(Config::new(Dialect::OpenAi));
/// let frame = r#"{"type":"session.created","session":{"id":"sess_1"}}"#;
/// let ready = session.receive(frame).next();
/// let json = ready.as_ref().map(projection).unwrap_or_default();
/// assert!(json.starts_with(r#"{"type":"ready","session_id":"sess_1""#));
/// ```
#[must_use]
pub fn projection(event: &Event<'_>) -> String {
    project(event, Media::Length)
}

/// Returns the same as [`projection`], with all media as base64.
#[must_use]
pub fn projection_with_audio(event: &Event<'_>) -> String {
    project(event, Media::Base64)
}

#[derive(Clone, Copy, PartialEq)]
enum Media {
    Length,
    Base64,
}

fn project(event: &Event<'_>, media: Media) -> String {
    let text = serde_json::to_string(event).unwrap_or_default();
    let whole = matches!(event, Event::Unknown(_) | Event::Malformed(_));
    match Object::read(&text) {
        Some(object) if !whole => shown(&object, media),
        _ => text,
    }
}

/// The object without `raw`, media as asked for, and its parts alike.
fn shown(object: &Object<'_>, media: Media) -> String {
    let mut text = String::from("{");
    let is_audio = object.get("type") == Some(r#""audio""#);
    for (key, value) in object.pairs() {
        match key {
            "raw" => {}
            "payload" if media == Media::Length => {}
            "audio" if media == Media::Length && is_audio => {
                pair(&mut text, "bytes", &length(value));
            }
            "content" => pair(&mut text, key, &parts(value, media)),
            _ => pair(&mut text, key, value),
        }
    }
    text.push('}');
    text
}

fn pair(text: &mut String, key: &str, value: &str) {
    let comma = if text.len() > 1 { "," } else { "" };
    let _ = write!(text, r#"{comma}"{key}":{value}"#);
}

fn parts(array: &str, media: Media) -> String {
    let parts: Vec<Object<'_>> = serde_json::from_str(array).unwrap_or_default();
    let parts: Vec<_> = parts.iter().map(|part| shown(part, media)).collect();
    format!("[{}]", parts.join(","))
}

/// How many bytes a quoted base64 text decodes to.
fn length(quoted: &str) -> String {
    let text: String = serde_json::from_str(quoted).unwrap_or_default();
    format!("{}", crate::codec::decoded_len(&text))
}
