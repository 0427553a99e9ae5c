//! Replays a recording and prints what happened: `cargo run --example replay -- --help`.
//!
//! ```text
//! cargo run --example replay                                  the recorded call that is built in
//! cargo run --example replay -- --stats call.jsonl            another one, with counts
//! cargo run --example replay -- --format json call.jsonl      every event, for programs
//! cargo run --example replay -- --wav said.wav call.jsonl     what the assistant said
//! ```
//! Whatever the protocol was, the words here are the same: nothing in this example knows the name
//! of a message on the wire.

mod dialogue;
mod json;
mod mermaid;
mod options;
mod stats;
mod text;
mod wav;

use dialogue::Dialogue;
use options::{Format, Options, Source, USAGE};
use realtime_proto::{
    Config,
    testing::{Entry, Happened, Recording, Replay, Summary},
};
use std::{
    env, fs,
    io::{self, ErrorKind, IsTerminal as _, Write as _},
    path::Path,
    process::ExitCode,
};
use text::Paint;
use wav::Wav;

const DEMO: &str = include_str!("demo.jsonl");

fn main() -> ExitCode {
    let options = match Options::parse(env::args_os().skip(1)) {
        Ok(options) => options,
        Err(mistake) => {
            complain(&format!("{mistake}\n\n{USAGE}"));
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure);
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    if options.help {
        return print(USAGE);
    }
    let recording = read(&options.source)?;
    let mut replay = Replay::new(&recording, Config::new(options.dialect));
    let (mut dialogue, mut wav, mut lines) = (Dialogue::default(), Wav::default(), String::new());
    while let Some(step) = replay.next() {
        if let (Happened::Event(event), Some(_)) = (&step.what, &options.wav) {
            wav.event(event);
        }
        match options.format {
            Format::Json => json::step(&step, options.media, &mut lines),
            _ => dialogue.step(&step, replay.session()),
        }
    }
    let summary = replay.summary();
    let mut out = match options.format {
        Format::Text => text::render(&title(&recording), &dialogue.rows(), paint()),
        Format::Json => lines + &json::summary(&summary),
        Format::Mermaid => mermaid::render(&dialogue.rows()),
    };
    if options.stats {
        show_stats(&summary, options.format, &mut out);
    }
    if let Some(path) = &options.wav {
        save(&wav, path)?;
    }
    print(&out)
}

fn read(source: &Source) -> Result<Recording, String> {
    let (name, text) = match source {
        Source::Demo => (String::from("the built-in recording"), Ok(DEMO.to_owned())),
        Source::Stdin => (
            String::from("standard input"),
            io::read_to_string(io::stdin()),
        ),
        Source::File(path) => (path.display().to_string(), fs::read_to_string(path)),
    };
    let text = text.map_err(|error| format!("cannot read {name}: {error}"))?;
    Recording::parse(&text).map_err(|error| format!("{name} is no recording: {error}"))
}

/// A reader that has seen enough, such as `head`, is no failure.
fn print(text: &str) -> Result<(), String> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("cannot print: {error}"))
        }
        _ => Ok(()),
    }
}

/// Nobody is left to tell if this fails.
fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{}", text.trim_end());
}

/// The remarks that a recording begins with.
fn title(recording: &Recording) -> Vec<&str> {
    let remarks = recording.lines.iter().map_while(|line| match &line.entry {
        Entry::Comment(text) => Some(text.as_str()),
        _ => None,
    });
    remarks.collect()
}

/// Colours are for terminals whose owners want them.
fn paint() -> Paint {
    let wanted = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    Paint(wanted && io::stdout().is_terminal())
}

/// What programs read stays theirs alone: there the counts go to standard error.
fn show_stats(summary: &Summary, format: Format, out: &mut String) {
    let counts = stats::render(summary);
    match format {
        Format::Text => out.extend(["\n", &counts]),
        _ => complain(&counts),
    }
}

fn save(wav: &Wav, path: &Path) -> Result<(), String> {
    if wav.skipped() > 0 {
        complain(&format!(
            "{} pieces of audio could not be used",
            wav.skipped()
        ));
    }
    let saved = fs::write(path, wav.file());
    saved.map_err(|error| format!("cannot write {}: {error}", path.display()))
}
