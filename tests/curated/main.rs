//! What other projects expect of a realtime client, in their own neutral words.
//!
//! The cases are read from the folder that `REALTIME_CORPUS` names; without it there are none. Each
//! is a few steps (frames, commands) and what must have been sent, told or be known after them.
//! Where two projects disagree, or where this crate decided otherwise, [`DIFFERENT`] names the case
//! and the rule; every other case must agree.

mod case;
mod compare;
mod host;
mod words;

use case::Case;
use std::{env, fs, path::PathBuf};

const FILES: [&str; 3] = ["openai-agents-js", "openai-agents-python", "pydantic-ai"];

/// The cases that this crate decides otherwise, and the rule of its design that does.
const DIFFERENT: [(&str, &str); 10] = [
    (
        "clock going backwards gives no truncation point",
        "2 (f): an earlier time is read as the latest one",
    ),
    (
        "server auto-interruption on: interrupt truncates but does not cancel",
        "5.1: an interruption by command stops generation too",
    ),
    (
        "an uncorrelated response.create-like error releases it",
        "5.4: an error without an id is matched by its code, never by its message",
    ),
    (
        "response.done without a response object is a recoverable error that still settles",
        "1: what was opened ends exactly once, and an end that cannot be read is its end",
    ),
    (
        "sideband: playback start of an already cancelled response is dropped",
        "5.3: elsewhere, audible is what the server's output buffer says",
    ),
    (
        "server-cancelled response drops the deferred create",
        "5.1: only an end whose stated reason is the user's speech drops what waits",
    ),
    (
        "one frame: transcripts, interrupted and turnComplete in this order",
        "3.2: media in a frame that carries an interruption is stale",
    ),
    (
        "tool call and usage in one frame",
        "3.1: what a response consumed is told with its end",
    ),
    (
        "drop after a tool call closes the turn as interrupted",
        "5.9: a call ends with its connection",
    ),
    (
        "drop without resumption abandons outstanding tool calls",
        "5.9: at the end responses settle before calls",
    ),
];

#[test]
fn the_cases_of_other_projects_agree() {
    let cases = cases();
    if cases.is_empty() {
        println!("no folder of cases here: nothing was compared");
        return;
    }
    let spoken = cases.iter().filter(|case| case.is_spoken());
    let results: Vec<_> = spoken.map(|case| (case, host::run(case))).collect();
    let mut wrong = Vec::new();
    for (case, result) in &results {
        let ruled = DIFFERENT.iter().any(|(name, _)| *name == case.name);
        match result {
            Ok(()) if ruled => wrong.push(format!("{}: agrees by now", case.name)),
            Err(difference) if !ruled => wrong.push(format!("{}: {difference}", case.name)),
            _ => {}
        }
    }
    let agree = results.iter().filter(|(_, result)| result.is_ok()).count();
    println!(
        "{agree} of {} agree, {} speak a dialect that is not spoken yet",
        results.len(),
        cases.len() - results.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn cases() -> Vec<Case> {
    let Some(corpus) = env::var_os("REALTIME_CORPUS").map(PathBuf::from) else {
        return Vec::new();
    };
    let file = |project: &&str| {
        let path = corpus.join("cases").join(format!("curated.{project}.json"));
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{project}: {error}"));
        let cases: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        cases
            .iter()
            .map(|case| Case::read(project, case))
            .collect::<Vec<_>>()
    };
    FILES.iter().flat_map(file).collect()
}
