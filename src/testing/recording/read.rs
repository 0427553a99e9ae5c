//! Recordings, read from text.

use super::{Entry, Line, Recording, RecordingError, RecordingFault};
use crate::{codec, testing::object::Object};
use alloc::{boxed::Box, string::String, vec::Vec};
use core::{str::FromStr, time::Duration};
use serde::{Deserialize, de::DeserializeOwned};

/// The keys that say what happened.
const KEYS: [&str; 6] = ["frame", "raw", "binary", "close", "command", "at_ms"];

impl Recording {
    /// Reads a recording.
    ///
    /// # Errors
    /// Fails at the first line that says nothing, or more than one thing. The error names the
    /// line and holds nothing of it.
    pub fn parse(text: &str) -> Result<Self, RecordingError> {
        let lines = text.lines().zip(1..);
        let lines = lines.filter(|(line, _)| !line.trim().is_empty());
        let lines: Result<Vec<_>, _> = lines.map(|(line, number)| read(line, number)).collect();
        lines.map(|lines| Self { lines })
    }
}

impl FromStr for Recording {
    type Err = RecordingError;

    fn from_str(text: &str) -> Result<Self, RecordingError> {
        Self::parse(text)
    }
}

fn read(line: &str, number: usize) -> Result<Line, RecordingError> {
    let entry = match line.strip_prefix('#') {
        Some(comment) => Ok(Entry::Comment(comment.trim().into())),
        None => entry(line),
    };
    match entry {
        Ok(entry) => Ok(Line { number, entry }),
        Err(fault) => Err(RecordingError {
            line: number,
            fault,
        }),
    }
}

fn entry(line: &str) -> Result<Entry, RecordingFault> {
    let object = Object::read(line).ok_or(RecordingFault::NotAnObject)?;
    let mut told = KEYS
        .into_iter()
        .filter_map(|key| Some((key, object.get(key)?)));
    let (key, value) = told.next().ok_or(RecordingFault::Nothing)?;
    if told.next().is_some() {
        return Err(RecordingFault::Ambiguous);
    }
    let invalid = RecordingFault::Invalid { key };
    match key {
        "frame" => frame(&object, value.into()),
        "raw" => frame(&object, json(value).ok_or(invalid)?),
        "binary" => binary(&object, bytes(value).ok_or(invalid)?),
        "close" => close(&object, value),
        "command" => json(value).map(Box::new).map(Entry::Command).ok_or(invalid),
        _ => json(value)
            .map(Duration::from_millis)
            .map(Entry::At)
            .ok_or(invalid),
    }
}

fn json<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// A frame, by who sent it.
fn frame(line: &Object<'_>, text: String) -> Result<Entry, RecordingFault> {
    match direction(line).as_deref() {
        Some("server") => Ok(Entry::Server(text)),
        Some("client") => Ok(Entry::Client(text)),
        _ => Err(RecordingFault::Invalid { key: "dir" }),
    }
}

/// The same, for a binary frame.
fn binary(line: &Object<'_>, bytes: Vec<u8>) -> Result<Entry, RecordingFault> {
    match direction(line).as_deref() {
        Some("server") => Ok(Entry::ServerBinary(bytes)),
        Some("client") => Ok(Entry::ClientBinary(bytes)),
        _ => Err(RecordingFault::Invalid { key: "dir" }),
    }
}

fn bytes(value: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    codec::decode_into(&json::<String>(value)?, &mut bytes).ok()?;
    Some(bytes)
}

fn direction(line: &Object<'_>) -> Option<String> {
    line.get("dir").and_then(json)
}

fn close(line: &Object<'_>, value: &str) -> Result<Entry, RecordingFault> {
    #[derive(Deserialize)]
    struct Ended {
        code: Option<u16>,
        reason: Option<String>,
        clean: Option<bool>,
    }

    if direction(line).as_deref() != Some("server") {
        return Err(RecordingFault::Invalid { key: "dir" });
    }
    let ended: Ended = json(value).ok_or(RecordingFault::Invalid { key: "close" })?;
    Ok(Entry::Close {
        code: ended.code,
        reason: ended.reason.unwrap_or_default(),
        clean: ended.clean.unwrap_or_else(|| ended.code.is_some()),
    })
}
