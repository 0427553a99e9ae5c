//! Recordings on disk: reading them, replaying them, and what a replay looks like.

pub(crate) mod corpus;
pub(crate) mod trace;

use realtime_proto::{
    Config, Dialect, Event, Session,
    testing::{Happened, Recording, Replay, Summary},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What a replay told and left behind.
pub(crate) struct Run {
    /// The events, each with the number of the line that caused it.
    pub(crate) events: Vec<(usize, Event<'static>)>,
    pub(crate) session: Session,
    pub(crate) summary: Summary,
}

impl Run {
    /// What `of` finds in the events, in their order.
    pub(crate) fn all<T>(&self, of: impl Fn(&Event<'static>) -> Option<T>) -> Vec<T> {
        self.events
            .iter()
            .filter_map(|(_, event)| of(event))
            .collect()
    }

    /// The names of the events that `wanted` holds, in their order.
    pub(crate) fn names(&self, wanted: &[&str]) -> Vec<&'static str> {
        self.all(|event| Some(event.name()).filter(|name| wanted.contains(name)))
    }

    /// How many responses completed, were cancelled, incomplete, failed, lost.
    pub(crate) fn outcomes(&self) -> [u64; 5] {
        let ended = self.summary.responses;
        [
            ended.completed,
            ended.cancelled,
            ended.incomplete,
            ended.failed,
            ended.lost,
        ]
    }
}

/// Where the recordings are: a folder for each dialect.
pub(crate) fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "recordings"]
        .iter()
        .collect()
}

/// Reads a recording by its dialect and scenario, such as `openai/text_turn`.
#[track_caller]
pub(crate) fn recording(name: &str) -> Recording {
    let path = folder().join(name).with_extension("jsonl");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    text.parse()
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The names of all recordings, sorted.
pub(crate) fn names() -> Vec<String> {
    let entries = |path: PathBuf| {
        fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().path())
    };
    let files = entries(folder())
        .filter(|path| path.is_dir())
        .flat_map(entries);
    let files = files.filter(|path| path.extension().is_some_and(|kind| kind == "jsonl"));
    let mut names: Vec<_> = files.map(|path| name(&path)).collect();
    names.sort();
    names
}

/// The name of the recording in a file: its folder and its stem.
pub(crate) fn name(path: &Path) -> String {
    let folder = path.parent().and_then(Path::file_name);
    let parts = [folder, path.file_stem()];
    parts.map(|part| part.unwrap().to_str().unwrap()).join("/")
}

/// The dialect that a recording is filed under.
#[track_caller]
pub(crate) fn dialect(name: &str) -> Dialect {
    name.split('/').next().unwrap().parse().unwrap()
}

/// Replays a recording in the dialect that it is filed under.
#[track_caller]
pub(crate) fn run(name: &str) -> Run {
    replay(&recording(name), dialect(name))
}

/// Replays a recording to its end.
pub(crate) fn replay(recording: &Recording, dialect: Dialect) -> Run {
    let mut replay = Replay::new(recording, Config::new(dialect));
    let mut events = Vec::new();
    for step in replay.by_ref() {
        if let Happened::Event(event) = step.what {
            events.push((step.line, event.into_owned()));
        }
    }
    Run {
        events,
        session: replay.session().clone(),
        summary: replay.summary(),
    }
}

/// How snapshots are kept: at the top level, named after their recording.
pub(crate) fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}
