//! Recordings from elsewhere, in the folder that `REALTIME_CORPUS` names; none without it.

use realtime_proto::{Dialect, testing::Recording};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// One file of the corpus.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) dialect: Dialect,
    pub(crate) recording: Recording,
}

/// The names of the server's messages, as the protocol's own table has them.
pub(crate) fn known() -> Vec<String> {
    let Some(corpus) = env::var_os("REALTIME_CORPUS").map(PathBuf::from) else {
        return Vec::new();
    };
    let table = corpus.join("../protocols/openai-realtime.events.json");
    let table = fs::read_to_string(table).unwrap_or_else(|error| panic!("event table: {error}"));
    let rows: serde_json::Value = serde_json::from_str(&table).unwrap();
    let rows = rows.as_array().or_else(|| rows["events"].as_array());
    let server = rows
        .unwrap()
        .iter()
        .filter(|row| row["direction"] == "server");
    let names = server.flat_map(|row| {
        let aliases = row["aliases"].as_array().into_iter().flatten();
        aliases
            .chain([&row["type"]])
            .filter_map(|name| name.as_str())
    });
    names.map(str::to_owned).collect()
}

/// The files that this version of the crate can be held to.
pub(crate) fn files() -> Vec<File> {
    let Some(corpus) = env::var_os("REALTIME_CORPUS").map(PathBuf::from) else {
        return Vec::new();
    };
    let folders = ["captures", "official", "fixtures"].map(|folder| corpus.join(folder));
    let paths = folders.iter().flat_map(|folder| paths(folder));
    paths.filter_map(|path| read(&path)).collect()
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn read(path: &Path) -> Option<File> {
    let name = path.file_name()?.to_str()?.to_owned();
    path.extension().filter(|kind| *kind == "jsonl")?;
    let dialect = match name.split('.').next()? {
        "openai-ga" => Dialect::OpenAi,
        "openai-beta" => Dialect::OpenAiBeta,
        "openai-translation" => Dialect::OpenAiTranslation,
        "xai" => Dialect::Xai,
        "azure-voice-live" => Dialect::AzureVoiceLive,
        _ => return None,
    };
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<_> = text.lines().filter(|line| is_verbatim(line)).collect();
    let recording = lines.join("\n").parse();
    let recording = recording.unwrap_or_else(|error| panic!("{name}: {error}"));
    Some(File {
        name,
        dialect,
        recording,
    })
}

/// Whether the frame of a line is what somebody could have sent.
fn is_verbatim(line: &str) -> bool {
    let line: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    let told = |key: &str| line.get(key).is_some_and(|value| value != false);
    !["placeholders", "invalid_json", "elided"]
        .into_iter()
        .any(told)
}
