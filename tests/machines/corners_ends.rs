//! Corners of ends: what a done answers, what it frees, and what it leaves to be played.

use crate::support::{
    Driver, IDLE, RACE, arguments, audio, calling, count, created, delta, done, ended, ended_with,
    error, ms,
};
use realtime_proto::{Command, Epoch, Event, Initiator, Raw};
use serde_json::{Value, json};

#[test]
fn a_response_that_begins_with_its_first_delta_answers_the_request() {
    let mut driver = Driver::ready();
    let create = driver.send(Command::create_response());
    driver.sent();

    let lines = driver.feed(audio("resp_1", "item_1", 20));

    let accepted = format!("command_settled {create} accepted");
    assert_eq!(
        lines,
        [
            "response_started resp_1",
            "audio_delta item_1 @0",
            &accepted
        ]
    );
}

#[test]
fn a_response_of_which_only_the_end_is_told_answers_the_request() {
    let mut driver = Driver::ready();
    let create = driver.send(Command::create_response());
    driver.send(Command::create_response());
    driver.sent();

    let lines = driver.feed(done("resp_1"));

    let accepted = format!("command_settled {create} accepted");
    assert!(lines.contains(&accepted), "{lines:?}");
    assert_eq!(driver.sent(), ["create"]);
}

#[test]
fn the_echo_of_a_cancelled_response_answers_no_request() {
    let mut driver = Driver::ready();
    let create = driver.send(Command::create_response());
    driver.send(Command::create_response());
    driver.sent();

    let lines = driver.feed(ended("resp_old", "cancelled", "client_cancelled"));

    assert_eq!(
        count(&lines, &format!("command_settled {create}")),
        0,
        "{lines:?}"
    );
    assert_eq!(driver.sent(), [""; 0], "the first is still in flight");
}

#[test]
fn the_late_end_of_a_response_that_stalled_answers_no_request() {
    let mut driver = Driver::ready();
    driver.at(0);
    driver.feed(created("resp_1"));
    driver.at(0);
    assert_eq!(driver.at(30_000), ["stalled any_frame"]);
    driver.send(Command::create_response());
    assert_eq!(driver.sent(), ["create"]);

    let late = driver.feed(done("resp_1"));

    assert_eq!(late, ["response_finished resp_1 completed:end_turn"]);
}

#[test]
fn a_cancel_without_an_id_is_accepted_with_the_end() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));
    let cancel = driver.send(Raw::new(r#"{"type":"response.cancel"}"#).into());

    let lines = driver.feed(ended("resp_1", "cancelled", "client_cancelled"));

    let accepted = format!("command_settled {cancel} accepted");
    assert!(lines.contains(&accepted), "{lines:?}");
}

#[test]
fn the_reply_to_outputs_says_that_it_goes_on() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    driver.feed(done("resp_1"));
    driver.send(Command::tool_output("call_1", "1"));
    driver.sent();

    let events = driver.events(created("resp_2"));

    let [Event::ResponseStarted(started)] = &*events else {
        panic!("a start alone: {events:?}");
    };
    assert_eq!(started.initiator, Initiator::Continuation);
}

#[test]
fn only_what_was_superseded_may_tell_its_cost_after_its_end() {
    let usage = || json!({"input_tokens": 3, "output_tokens": 4, "total_tokens": 7});
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), created("resp_2"), done("resp_2")]);

    let other = driver.feed(ended_with("resp_2", "completed", "", usage()));
    let superseded = driver.feed(ended_with("resp_1", "completed", "", usage()));

    assert_eq!(other, ["suppressed duplicate"]);
    assert_eq!(superseded, ["usage"]);
}

#[test]
fn an_end_settles_the_command_that_names_its_item() {
    let mut driver = Driver::ready();
    let first = driver.send(Command::delete_item("item_1"));
    let second = driver.send(Command::delete_item("item_2"));

    let lines = driver.feed_all(["item_2", "item_3", "item_1"].map(deleted));

    assert_eq!(
        lines,
        [
            "item_deleted item_2".to_owned(),
            format!("command_settled {second} accepted"),
            "item_deleted item_3".to_owned(),
            "item_deleted item_1".to_owned(),
            format!("command_settled {first} accepted"),
        ]
    );
}

#[test]
fn a_code_tells_the_class_where_no_type_does() {
    let mut driver = Driver::ready();

    let lines = driver.feed(r#"{"type":"error","error":{"code":"invalid_value"}}"#);

    assert_eq!(lines, ["error rejected invalid_value"]);
}

#[test]
fn every_race_is_counted() {
    let mut driver = Driver::ready();
    driver.send(Command::create_response());
    driver.sent();
    driver.feed(error(RACE, None));
    driver.feed(created("resp_1"));
    let cancel = driver.send(Command::cancel_response());
    driver.sent();

    driver.feed(error(IDLE, Some(&cancel)));

    assert_eq!(driver.session.counters().races, 2);
}

#[test]
fn events_are_counted_once_however_late_they_are_polled() {
    let mut driver = Driver::ready();
    let before = driver.session.counters().events;
    for _ in 0..3 {
        driver.send(Command::cancel_response());
    }

    let told = driver.told();

    assert_eq!(told.len(), 3);
    assert_eq!(driver.session.counters().events - before, 3);
}

#[test]
fn what_was_heard_to_its_end_is_not_taken_back() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), part("item_1", 0), created("resp_2")]);
    driver.feed(audio("resp_2", "item_2", 100));
    driver.send(Command::playback(Epoch(0), ms(100)));

    driver.send(Command::interrupt());
    driver.feed(ended("resp_2", "cancelled", "client_cancelled"));

    assert_eq!(driver.sent(), ["cancel resp_2", "delete item_2"]);
}

#[test]
fn a_part_that_may_go_on_is_truncated_though_all_that_came_was_heard() {
    let mut driver = Driver::ready();
    driver.feed_all([
        created("resp_1"),
        part("item_1", 0),
        part("item_1", 1),
        part("item_2", 0),
    ]);
    let done = json!({
        "type": "response.output_audio.done", "response_id": "resp_1", "item_id": "item_1",
        "content_index": 0
    });
    driver.feed(done.to_string());
    driver.send(Command::playback(Epoch(0), ms(300)));

    driver.send(Command::interrupt());

    let frames = driver.frames();
    let cut = frames.iter().filter(|frame| frame["audio_end_ms"] == 100);
    let cut: Vec<_> = cut
        .map(|frame| (&frame["item_id"], &frame["content_index"]))
        .collect();
    assert_eq!(
        cut,
        [(&json!("item_1"), &json!(1)), (&json!("item_2"), &json!(0))]
    );
}

#[test]
fn a_part_without_audio_is_not_taken_back() {
    let mut driver = Driver::ready();
    driver.feed_all([
        created("resp_1"),
        audio("resp_1", "item_1", 100),
        json!({
            "type": "response.content_part.added", "response_id": "resp_1", "item_id": "item_2",
            "content_index": 0, "part": {"type": "audio"}
        })
        .to_string(),
    ]);
    driver.send(Command::playback(Epoch(0), ms(40)));

    driver.send(Command::interrupt());
    driver.feed(ended("resp_1", "cancelled", "client_cancelled"));

    assert_eq!(driver.sent(), ["truncate item_1 40", "cancel resp_1"]);
}

#[test]
fn a_truncation_is_clamped_to_its_own_part_before_and_after_the_flush() {
    for flushed in [false, true] {
        let mut driver = Driver::ready();
        driver.feed_all([
            created("resp_1"),
            part("item_1", 0),
            audio("resp_1", "item_2", 300),
            part("item_3", 1),
        ]);
        if flushed {
            driver.send(Command::interrupt());
            driver.sent();
        }

        for (item, index) in [("item_1", 0), ("item_2", 0), ("item_3", 1), ("item_1", 7)] {
            driver.send(Command::truncate(item, index, ms(5_000)));
        }

        assert_eq!(
            driver.sent(),
            [
                "truncate item_1 100",
                "truncate item_2 300",
                "truncate item_3 100",
                "truncate item_1 5000",
            ],
            "{flushed}"
        );
    }
}

/// A tenth of a second of one part.
fn part(item: &str, index: u32) -> String {
    let frame = delta(
        "response.output_audio.delta",
        "resp_1",
        item,
        &"A".repeat(6_400),
    );
    let mut frame: Value = serde_json::from_str(&frame).expect("a frame");
    frame["content_index"] = json!(index);
    frame.to_string()
}

fn deleted(item: &str) -> String {
    json!({"type": "conversation.item.deleted", "item_id": item}).to_string()
}

#[test]
fn a_call_whose_item_goes_on_is_not_delivered_yet() {
    let mut driver = Driver::ready();
    let unfinished = |kind: &str| {
        json!({
            "type": format!("response.output_item.{kind}"), "response_id": "resp_1",
            "output_index": 0,
            "item": {
                "id": "item_1", "type": "function_call", "status": "in_progress",
                "call_id": "call_1", "name": "look", "arguments": "{\"at\":",
            },
        })
    };
    driver.feed_all([created("resp_1"), unfinished("added").to_string()]);

    let early = driver.feed(unfinished("done").to_string());
    let late = driver.feed(arguments("resp_1", "call_1", "{\"at\":1}"));

    assert_eq!(count(&early, "tool_call"), 0, "{early:?}");
    assert_eq!(late, ["tool_call call_1 {\"at\":1}"]);
}
