//! What holds for every recording, and for every recording of a corpus.

use crate::common::{corpus, dialect, names, recording, replay};
use realtime_proto::{
    Config, Dialect, Event, Session,
    testing::{Entry, Happened, Recording, Replay, projection, projection_with_audio},
};

#[test]
fn every_frame_yields_an_event() {
    for name in names() {
        assert_eq!(silent(&recording(&name), dialect(&name)), [0; 0], "{name}");
    }
}

#[test]
fn every_event_equals_its_owned_copy() {
    for name in names() {
        owned_equals(&name, &recording(&name), dialect(&name));
    }
}

#[test]
fn everything_that_was_opened_ends_once() {
    for name in names() {
        let summary = replay(&recording(&name), dialect(&name)).summary;
        assert_eq!(
            summary.responses.started,
            summary.responses.ended(),
            "{name}"
        );
        assert_eq!(summary.commands.sent, summary.commands.settled(), "{name}");
        assert_eq!(
            summary.calls.delivered,
            summary.calls.answered + summary.calls.cancelled,
            "{name}"
        );
        assert_eq!(
            (summary.unknown, summary.malformed, summary.misuse),
            (0, 0, 0),
            "{name}"
        );
    }
}

#[test]
fn a_replay_is_the_same_every_time() {
    for name in names() {
        let recording = recording(&name);
        let (first, second) = (
            replay(&recording, dialect(&name)),
            replay(&recording, dialect(&name)),
        );
        assert_eq!(first.events, second.events, "{name}");
        assert_eq!(first.session, second.session, "{name}");
    }
}

/// Both generations are read by either dialect, but for a word about it.
#[test]
fn either_dialect_reads_the_frames_of_the_other() {
    for name in names() {
        let recording = recording(&name);
        let swapped = match dialect(&name) {
            Dialect::OpenAi => Dialect::OpenAiBeta,
            Dialect::OpenAiBeta => Dialect::OpenAi,
            _ => continue,
        };
        assert_eq!(
            read(&recording, swapped),
            read(&recording, dialect(&name)),
            "{name}"
        );
    }
}

#[test]
fn projections_hold_neither_raw_frames_nor_media() {
    for name in names() {
        for (_, event) in replay(&recording(&name), dialect(&name)).events {
            let shown: serde_json::Value = serde_json::from_str(&projection(&event)).unwrap();
            let full = projection_with_audio(&event);
            assert_eq!(shown["type"], event.name(), "{name}");
            assert!(
                shown.get("raw").is_none() && shown.get("payload").is_none(),
                "{name}"
            );
            assert_eq!(
                full.contains(r#""payload":"#),
                ["audio_delta", "video_delta"].contains(&event.name()),
                "{name}"
            );
        }
    }
}

#[test]
fn the_corpus_holds_no_surprise() {
    let known = corpus::known();
    for file in corpus::files() {
        let corpus::File {
            name,
            dialect,
            recording,
        } = file;
        assert_eq!(silent(&recording, dialect), [0; 0], "{name}");
        owned_equals(&name, &recording, dialect);
        let run = replay(&recording, dialect);
        assert_eq!(
            run.summary.responses.started,
            run.summary.responses.ended(),
            "{name}"
        );
        let strangers = run.all(|event| match event {
            Event::Unknown(unknown) => unknown.kind.as_ref().map(ToString::to_string),
            _ => None,
        });
        let strangers: Vec<_> = strangers
            .into_iter()
            .filter(|kind| known.contains(kind))
            .collect();
        assert_eq!(strangers, [""; 0], "{name}");
    }
}

/// The lines of the server's frames that caused nothing.
fn silent(recording: &Recording, dialect: Dialect) -> Vec<usize> {
    let mut session = Session::new(Config::new(dialect));
    let mut silent = Vec::new();
    for line in &recording.lines {
        match &line.entry {
            Entry::Server(frame) if session.receive(frame).next().is_none() => {
                silent.push(line.number);
            }
            Entry::Close { .. } => session = session.reconnect(Config::new(dialect)),
            _ => {}
        }
    }
    silent
}

fn owned_equals(name: &str, recording: &Recording, dialect: Dialect) {
    for step in Replay::new(recording, Config::new(dialect)) {
        if let Happened::Event(event) = step.what {
            assert_eq!(
                event.clone().into_owned(),
                event,
                "{name}, line {}",
                step.line
            );
        }
    }
}

/// The events of the frames alone: what a client sent is spelled for its own dialect.
fn read(recording: &Recording, dialect: Dialect) -> Vec<String> {
    let mut session = Session::new(Config::new(dialect));
    let frames = recording.lines.iter().filter_map(|line| match &line.entry {
        Entry::Server(frame) => Some(frame),
        _ => None,
    });
    let mut told = Vec::new();
    for frame in frames {
        let events = session.receive(frame).filter(|event| !is_mismatch(event));
        told.extend(events.map(|event| projection_with_audio(&event)));
    }
    told
}

fn is_mismatch(event: &Event<'_>) -> bool {
    matches!(event, Event::Notice(notice) if notice.code.as_deref() == Some("dialect_mismatch"))
}
