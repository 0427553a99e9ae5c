//! The frames of the recordings, as the server sent them.

use realtime_proto::Dialect;
use serde_json::value::RawValue;
use std::{collections::BTreeMap, fs, path::Path};

/// One frame of a recording.
pub(crate) struct Recorded {
    /// The recording and the line.
    pub(crate) place: String,
    pub(crate) dialect: Dialect,
    pub(crate) text: String,
}

/// Every frame of the server, recording by recording.
pub(crate) fn server_frames() -> Vec<Recorded> {
    let mut frames = Vec::new();
    for dialect in [Dialect::OpenAi, Dialect::OpenAiBeta] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/recordings")
            .join(dialect.to_string());
        let mut files: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            frames.extend(read(&file, dialect));
        }
    }
    assert!(frames.len() > 1000, "only {} frames", frames.len());
    frames
}

fn read(file: &Path, dialect: Dialect) -> Vec<Recorded> {
    let name = file.file_stem().unwrap().to_string_lossy().into_owned();
    let text = fs::read_to_string(file).unwrap();
    let mut frames = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let entry: BTreeMap<&str, Box<RawValue>> = serde_json::from_str(line).unwrap();
        let is = |key: &str, value: &str| entry.get(key).is_some_and(|held| held.get() == value);
        if !is("dir", r#""server""#) {
            continue;
        }
        let text = match (entry.get("frame"), entry.get("raw")) {
            (Some(frame), _) => String::from(frame.get()),
            (None, Some(raw)) => serde_json::from_str(raw.get()).unwrap(),
            (None, None) => continue,
        };
        frames.push(Recorded {
            place: format!("{dialect}/{name}:{number}"),
            dialect,
            text,
        });
    }
    frames
}
