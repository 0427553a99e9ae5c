//! The points of the recordings of translation sessions.

use crate::common::run;
use core::time::Duration;
use realtime_proto::{CloseClass, Event, Plan};

#[test]
fn each_piece_of_an_interpreted_talk_has_its_place_and_nothing_begins_or_ends() {
    let run = run("openai-translation/interpreter");
    let said = run.all(|event| match event {
        Event::TextDelta(delta) => delta.start.map(|_| delta.delta.to_string()),
        _ => None,
    });
    let turns = run.names(&["response_started", "user_turn_started", "text_done"]);
    let transmits = run.summary.transmits;
    assert_eq!(
        (said.concat(), turns.len(), transmits),
        ("Die Brücke öffnet um neun. Danke.".into(), 0, 10)
    );
}

#[test]
fn a_server_that_ends_the_session_has_finished() {
    let run = run("openai-translation/without_source");
    let heard = run.names(&["input_transcript"]).len();
    let closed = run.all(|event| match event {
        Event::Closed(closed) => Some((closed.class, closed.plan)),
        _ => None,
    });
    let finished = vec![(CloseClass::Finished, Plan::Never)];
    assert_eq!((heard, closed), (0, finished));
}

#[test]
fn a_refused_language_is_told_and_the_session_goes_on() {
    let run = run("openai-translation/change_of_language");
    let commands = run.summary.commands;
    let last = run.all(|event| match event {
        Event::TextDelta(delta) => delta.start,
        _ => None,
    });
    assert_eq!(
        (commands.rejected, commands.accepted, last.last()),
        (1, 1, Some(&Duration::from_millis(1_100)))
    );
}

#[test]
fn a_lost_stream_goes_on_on_the_next_connection() {
    let run = run("openai-translation/lost");
    let closed = run.all(|event| match event {
        Event::Closed(closed) => Some(closed.class),
        _ => None,
    });
    assert_eq!(
        (closed, run.summary.audio_bytes),
        (vec![CloseClass::Lost, CloseClass::Requested], 2 * 30 * 48)
    );
}
