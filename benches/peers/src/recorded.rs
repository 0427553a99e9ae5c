//! A recorded session: what the server sent, and what the user said.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

/// One frame of it.
#[derive(Debug)]
pub(crate) enum Entry {
    /// From the server, its text as it was.
    Server(String),
    /// Sound from the user, decoded.
    Append(Vec<u8>),
}

#[derive(Deserialize)]
struct Line<'l> {
    dir: Option<&'l str>,
    #[serde(borrow)]
    frame: Option<&'l RawValue>,
    #[serde(borrow)]
    command: Option<&'l RawValue>,
}

/// Reads a recording. Commands other than sound are left out: no peer has a word for all of them.
pub(crate) fn read(recording: &str) -> Vec<Entry> {
    let lines = recording.lines().filter(|line| line.starts_with('{'));
    lines.filter_map(entry).collect()
}

fn entry(line: &str) -> Option<Entry> {
    let line: Line<'_> = serde_json::from_str(line).ok()?;
    match (line.dir, line.frame.or(line.command)?) {
        (Some("server"), frame) => Some(Entry::Server(frame.get().to_owned())),
        (_, frame) => said(frame.get()).map(Entry::Append),
    }
}

fn said(frame: &str) -> Option<Vec<u8>> {
    let frame: Value = serde_json::from_str(frame).ok()?;
    let audio = [&frame["audio"], &frame["realtimeInput"]["audio"]["data"]];
    let audio = audio.into_iter().find_map(Value::as_str)?;
    STANDARD.decode(audio).ok()
}
