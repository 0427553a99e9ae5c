//! What is lost on the way, or was sent by somebody else: nothing waits for it for ever.

use crate::support::{
    Driver, OPENED, calling, committed, count, created, done, message, opened_with, transcribed,
};
use realtime_proto::{Close, Command, Config, Dialect, Event, Initiator, Raw, SendText};
use serde_json::json;

#[test]
pub(crate) fn pain_15_an_item_that_was_only_told_as_done_answers_its_command() {
    let mut driver = Driver::ready();
    let text = driver.send(silent("Hello"));
    driver.sent();

    let lines = driver.feed(message("done", "user_1", None));

    let accepted = format!("command_settled {text} accepted");
    assert_eq!(lines.last(), Some(&accepted));
}

#[test]
fn pain_15_one_item_answers_one_command_in_whatever_forms_it_comes() {
    for kinds in [["added", "done"], ["done", "added"], ["added", "created"]] {
        let mut driver = Driver::ready();
        driver.send(silent("One"));
        let second = driver.send(silent("Two"));
        driver.sent();

        let lines = driver.feed_all(kinds.map(|kind| message(kind, "user_1", None)));

        let settled = format!("command_settled {second} accepted");
        assert!(!lines.contains(&settled), "{kinds:?}");
    }
}

#[test]
fn x06_a_request_in_somebody_elses_frame_holds_the_slot() {
    let mut driver = Driver::ready();
    driver.send(Raw::new(r#"{"type":"response.create"}"#).into());
    driver.send(Command::create_response());
    assert_eq!(driver.sent(), ["create"], "one is in flight");

    driver.feed_all([created("resp_1"), done("resp_1")]);

    assert_eq!(driver.sent(), ["create"]);
}

#[test]
fn pain_37_each_turn_has_a_deadline_of_its_own_for_its_transcript() {
    let mut driver = Driver::ready();
    driver.feed(opened_with(json!({"input": {
        "turn_detection": {"type": "server_vad", "create_response": false},
        "transcription": {"model": "whisper-1"},
    }})));
    driver.at(0);
    driver.feed(committed("user_1"));
    driver.at(1000);
    driver.feed(committed("user_2"));
    driver.at(5000);

    driver.feed(transcribed("user_2", "two"));

    assert_eq!(driver.at(30_999), [""; 0]);
    assert_eq!(driver.at(31_000), ["stalled transcript"]);
    assert_eq!(driver.at(600_000), [""; 0], "the second has come");
}

#[test]
fn pain_37_the_turn_behind_one_that_came_is_waited_for_from_its_own_end() {
    let mut driver = Driver::ready();
    driver.feed(opened_with(json!({"input": {
        "turn_detection": {"type": "server_vad", "create_response": false},
        "transcription": {"model": "whisper-1"},
    }})));
    driver.feed(committed("user_1"));
    driver.at(0);
    driver.feed(committed("user_2"));
    driver.at(20_000);

    driver.feed(transcribed("user_1", "one"));

    assert_eq!(driver.at(49_999), [""; 0]);
    assert_eq!(driver.at(50_000), ["stalled transcript"]);
}

#[test]
fn pain_37_nothing_waits_for_the_transcript_of_a_deleted_item() {
    let mut driver = Driver::ready();
    driver.feed(opened_with(json!({"input": {
        "turn_detection": {"type": "server_vad", "create_response": false},
        "transcription": {"model": "whisper-1"},
    }})));
    driver.feed(committed("user_1"));
    driver.at(0);

    driver.feed(r#"{"type":"conversation.item.deleted","item_id":"user_1"}"#);

    assert_eq!(driver.at(600_000), [""; 0]);
}

#[test]
fn e7_a_reply_that_answered_calls_waited_for_is_asked_on_the_next_connection() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    driver.send(Command::tool_output("call_1", "{}"));
    assert_eq!(driver.sent(), ["create call_1"]);

    reconnect(&mut driver);
    driver.feed(OPENED);

    assert_eq!(driver.sent(), ["create"]);
}

#[test]
fn e7_a_reply_to_answered_calls_that_had_not_begun_is_still_that_on_the_next_connection() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    driver.send(Command::tool_output("call_1", "{}"));
    driver.feed(done("resp_1"));
    assert_eq!(driver.sent(), ["create call_1", "create"]);

    reconnect(&mut driver);
    driver.feed(OPENED);
    assert_eq!(driver.sent(), ["create"]);
    let events = driver.events(created("resp_2"));

    let [Event::ResponseStarted(started)] = &events[..] else {
        panic!("{events:?}");
    };
    assert_eq!(started.initiator, Initiator::Continuation);
}

#[test]
fn e7_an_explicit_request_covers_the_reply_to_answered_calls() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    driver.send(Command::create_response());
    driver.send(Command::tool_output("call_1", "{}"));
    driver.sent();

    reconnect(&mut driver);
    driver.feed_all([OPENED.to_owned(), created("resp_2"), done("resp_2")]);

    assert_eq!(driver.sent(), ["create"]);
}

#[test]
fn e8_history_that_is_replayed_at_once_goes_before_what_is_asked_again() {
    let mut driver = Driver::ready();
    driver.send(Command::create_response());

    reconnect(&mut driver);
    driver.send(silent("What I said before."));
    driver.feed(OPENED);

    assert_eq!(driver.sent(), ["create user", "create"]);
}

/// A text that nobody needs to reply to.
fn silent(words: &str) -> Command<'_> {
    let mut text = SendText::new(words);
    text.respond = false;
    text.into()
}

fn reconnect(driver: &mut Driver) {
    driver.session.disconnected(Close::lost());
    driver.told();
    let session = driver.session.clone();
    driver.session = session.reconnect(Config::new(Dialect::OpenAi));
}

#[test]
fn each_of_two_transcripts_that_do_not_come_is_told_of() {
    let input = json!({"input": {"transcription": {"model": "whisper-1"}}});
    let mut driver = Driver::new(Config::new(Dialect::OpenAi));
    driver.feed(opened_with(input));
    driver.at(0);
    driver.feed(committed("user_1"));
    driver.at(1_000);
    driver.feed(committed("user_2"));
    driver.at(2_000);

    let first = driver.at(31_500);
    let second = driver.at(32_500);

    assert_eq!(count(&first, "stalled transcript"), 1, "{first:?}");
    assert_eq!(count(&second, "stalled transcript"), 1, "{second:?}");
}
