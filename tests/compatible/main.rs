//! Servers of OpenAI's protocol that are not OpenAI's: how each deviates, and what is told of it.
//!
//! A row is one server and one deviation, with all the events that the frame causes. Events are
//! compared as JSON, without the raw text.

mod beta;
mod replies;
mod session;
mod stories;
mod user;

use realtime_proto::{Config, Dialect, Session};
use serde_json::Value;
use std::{env, fs, path::PathBuf};

const BOTH: [Dialect; 2] = [Dialect::OpenAi, Dialect::OpenAiBeta];

#[test]
fn each_deviation_of_each_server_is_understood() {
    for row in [user::ROWS, replies::ROWS, session::ROWS].concat() {
        for dialect in BOTH {
            understood(&row, dialect);
        }
    }
    for row in beta::ROWS {
        understood(row, Dialect::OpenAiBeta);
    }
}

#[test]
fn every_fixture_of_the_reference_has_a_row() {
    let Some(fixtures) = fixtures() else {
        println!("no folder of protocols here: the rows were compared with nothing");
        return;
    };
    assert!(fixtures.len() >= 24, "only {} fixtures", fixtures.len());
    let rows = [user::ROWS, replies::ROWS, session::ROWS, beta::ROWS].concat();
    for fixture in fixtures {
        let covered = rows.iter().any(|row| row.frame == fixture);
        assert!(covered, "no row: {fixture}");
    }
}

#[derive(Clone, Copy)]
struct Row {
    server: &'static str,
    deviation: &'static str,
    /// What the session has received before.
    before: &'static [&'static str],
    frame: &'static str,
    /// Everything that the frame causes.
    events: &'static [&'static str],
}

#[track_caller]
fn understood(row: &Row, dialect: Dialect) {
    let mut session = Session::new(Config::new(dialect));
    for frame in row.before {
        assert!(session.receive(frame).len() > 0, "{frame}");
    }
    let told: Vec<_> = session
        .receive(row.frame)
        .map(|event| plain(&event))
        .collect();
    let wanted: Vec<Value> = row.events.iter().map(|event| json(event)).collect();
    let Row {
        server, deviation, ..
    } = row;
    assert_eq!(told, wanted, "{server}: {deviation} ({dialect})");
}

/// An event without its raw text.
fn plain(event: &realtime_proto::Event<'_>) -> Value {
    let mut event = serde_json::to_value(event).unwrap();
    event.as_object_mut().unwrap().remove("raw");
    event
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The frames that the reference lists, from the folder of protocols beside the crate's corpus.
fn fixtures() -> Option<Vec<String>> {
    let corpus =
        env::var_os("REALTIME_CORPUS").map(|corpus| PathBuf::from(corpus).join("../protocols"));
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/protocols");
    let folders = env::var_os("REALTIME_PROTOCOLS")
        .map(PathBuf::from)
        .into_iter();
    let mut files = folders
        .chain(corpus)
        .chain([shared])
        .map(|folder| folder.join("openai-compatible.md"));
    let text = files.find_map(|file| fs::read_to_string(file).ok())?;
    let (_, section) = text.split_once("## 4. Decode fixtures")?;
    let (_, listed) = section.split_once("```json\n")?;
    let (listed, _) = listed.split_once("```")?;
    Some(listed.lines().map(String::from).collect())
}

const SESSION: &str = r#"{"type":"session.created","session":{"id":"sess_1"}}"#;
const RESPONSE: &str = r#"{"type":"response.created","response":{"id":"resp_1"}}"#;
const SPEECH: &str =
    r#"{"type":"input_audio_buffer.speech_started","item_id":"item_1","audio_start_ms":800}"#;
