//! What a frame does that comes twice, or not at all, and what a recording replays.

use crate::{
    books::{CallState, Verdict},
    generate::{FAITHFUL, check, ops, setting},
    scenario::{Op, Setting, Stage},
    world::Tape,
};
use proptest::prelude::*;
use realtime_proto::{
    Command, Dialect, Phase, Session, Time,
    testing::{Entry, Happened, Recording, Replay},
};

fn play(setting: &Setting, ops: &[Op]) -> Result<Stage, String> {
    let mut stage = Stage::taped(setting, Some(Tape::default()));
    ops.iter().try_for_each(|op| stage.apply(*op))?;
    stage.rest()?;
    Ok(stage)
}

fn entries(stage: &Stage) -> &[Entry] {
    stage.world.tape.as_ref().map_or(&[], |tape| &tape.entries)
}

#[test]
fn i14_a_frame_that_comes_twice_changes_nothing() {
    frames_that_come_twice(Dialect::OpenAi, 2_000);
}

#[test]
fn i14_a_frame_of_xai_that_comes_twice_changes_nothing() {
    frames_that_come_twice(Dialect::Xai, 1_000);
}

fn frames_that_come_twice(dialect: Dialect, cases: u32) {
    check(
        cases,
        &(setting(dialect), ops(FAITHFUL)),
        |(setting, ops)| {
            let stage = play(&setting, &ops)?;
            let mut session = Session::new(setting.config());
            entries(&stage)
                .iter()
                .try_for_each(|entry| i14_again(&mut session, entry))
        },
    );
}

/// Appending is meant to add. An acknowledgement or an error that names nothing is about the oldest
/// that waits for one, so a second one is about the next: nobody can tell.
fn repeats(frame: &str) -> bool {
    let nameless = [
        ".delta\"",
        r#""event_id":null"#,
        "input_audio_buffer.c",
        "session.updated",
        "conversation.item.added",
        "conversation.item.truncated",
    ];
    !nameless.iter().any(|kind| frame.contains(kind))
}

fn i14_again(session: &mut Session, entry: &Entry) -> Verdict {
    apply(session, entry);
    let Entry::Server(frame) = entry else {
        return Ok(());
    };
    if !repeats(frame) {
        return Ok(());
    }
    let mut twice = session.clone();
    let events = twice.receive(frame).count();
    if events == 0 && session.phase() != Phase::Closed {
        return Err(format!("I16: nothing came of the second {frame}"));
    }
    drain(&mut twice);
    if twice != *session {
        return Err(format!("I14: the second {frame} changed the session"));
    }
    Ok(())
}

fn apply(session: &mut Session, entry: &Entry) {
    match entry {
        Entry::Server(frame) => session.receive(frame).for_each(drop),
        Entry::Command(command) => drop(session.send((**command).clone())),
        Entry::At(now) => session.handle_timeout(Time(*now)),
        _ => {}
    }
    drain(session);
}

fn drain(session: &mut Session) {
    loop {
        while session.poll_event().is_some() {}
        if session.poll_transmit().is_none() {
            return;
        }
    }
}

#[test]
fn i13_a_recording_replays_as_it_was() {
    check(
        1_500,
        &(setting(Dialect::OpenAi), ops(FAITHFUL)),
        |(setting, ops)| {
            let stage = play(&setting, &ops)?;
            let mut recording = Recording::default();
            for entry in entries(&stage) {
                recording.push(entry.clone());
            }
            let text = recording.to_string();
            let read: Recording = text.parse().map_err(|error| format!("I13: {error}"))?;
            i13_replay_is_what_happened(&setting, &stage, &read)
        },
    );
}

fn i13_replay_is_what_happened(setting: &Setting, stage: &Stage, read: &Recording) -> Verdict {
    let mut replay = Replay::new(read, setting.config());
    let mut events = Vec::new();
    let mut transmits = Vec::new();
    for step in replay.by_ref() {
        match step.what {
            Happened::Event(event) => events.push(event.into_owned()),
            Happened::Transmit(transmit) => transmits.push(transmit),
            _ => {}
        }
    }
    let tape = stage.world.tape.clone().unwrap_or_default();
    compare("event", &tape.events, &events)?;
    compare("frame", &tape.transmits, &transmits)
}

/// The replay has the end of the recording besides.
fn compare<T: PartialEq + core::fmt::Debug>(what: &str, was: &[T], is: &[T]) -> Verdict {
    let differs = was.iter().zip(is).position(|(was, is)| was != is);
    if let Some(at) = differs {
        return Err(format!(
            "I13: the {what} {at} was {:?} and is {:?}",
            was[at], is[at]
        ));
    }
    if is.len() < was.len() {
        return Err(format!("I13: {} of {} {what}s", is.len(), was.len()));
    }
    Ok(())
}

#[test]
fn i15_without_any_one_frame_the_world_comes_to_rest_and_its_scopes_end() {
    frames_that_never_come(Dialect::OpenAi, 4_000);
}

#[test]
fn i15_without_any_one_frame_of_xai_the_world_comes_to_rest_and_its_scopes_end() {
    frames_that_never_come(Dialect::Xai, 1_500);
}

fn frames_that_never_come(dialect: Dialect, number: u32) {
    let cases = (
        setting(dialect),
        ops(FAITHFUL),
        any::<prop::sample::Index>(),
    );
    check(number, &cases, |(setting, ops, which)| {
        let frames = play(&setting, &ops)?.frames;
        let mut stage = Stage::without(&setting, which.index(frames.max(1)));
        ops.iter().try_for_each(|op| stage.apply(*op))?;
        stage.comes_to_rest_in_time()?;
        i15_scopes_are_told(&mut stage)
    });
}

fn i15_scopes_are_told(stage: &mut Stage) -> Verdict {
    let Some(lost) = stage.lost.clone() else {
        return Ok(());
    };
    let books = &stage.world.books;
    for (id, seen) in &stage.responses {
        let known = books.responses.iter().find(|known| known.id == *id);
        match known {
            None if *seen > 0 => return Err(format!("I15: {id} never began, without {lost}")),
            // What is out of band holds nothing up: it is told at the end.
            Some(known) if known.default && !known.ended && books.stalls == 0 => {
                return Err(format!("I15: {id} never ended, without {lost}"));
            }
            _ => {}
        }
    }
    let open = books
        .calls
        .iter()
        .find(|call| call.state == CallState::Delivered);
    if let Some(call) = open {
        return Err(format!("I15: {} waits, without {lost}", call.id));
    }
    stage.world.send(Command::create_response())?;
    stage.comes_to_rest_in_time()?;
    stage.world.close()
}
