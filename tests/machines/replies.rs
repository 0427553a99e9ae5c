//! Replies and barge-in, in the order and number that a neutral session tells of them.

use crate::support::{
    Driver, arguments, audio, call_item, committed, count, created, cut_off, delta, done, ended,
    message, speech, spoken, spoken_done, text, transcribed,
};
use realtime_proto::{Command, Event, Lane, Outcome};
use serde_json::json;

#[test]
fn m1_every_wire_event_has_its_neutral_one() {
    let mut driver = Driver::ready();

    let lines = driver.feed_all([
        speech("user_1"),
        delta(
            "conversation.item.input_audio_transcription.delta",
            "",
            "user_1",
            "Hel",
        ),
        committed("user_1"),
        transcribed("user_1", "Hello"),
        created("resp_1"),
        text("resp_1", "item_1", "Hi"),
        audio("resp_1", "item_2", 20),
        arguments("resp_1", "call_1", "{}"),
        cut_off("resp_1"),
    ]);

    // One end for what was cancelled, and the call that was delivered is taken back.
    assert_eq!(
        lines,
        [
            "speech_started user_1",
            "user_turn_started user_1",
            "input_transcript user_1 delta Hel",
            "user_turn_committed user_1",
            "input_transcript user_1 final Hello",
            "response_started resp_1",
            "text_delta item_1 Hi",
            "audio_delta item_2 @0",
            "tool_call call_1 {}",
            "interrupted resp_1 speech",
            "flush_playback 1",
            "text_done item_1 Hi + interrupted",
            "tool_call_cancelled call_1 interrupted",
            "response_finished resp_1 cancelled:user_speech",
        ]
    );
}

#[test]
fn m2_speech_over_audio_interrupts_before_the_turn_starts() {
    let mut driver = playing();

    let lines = driver.feed(speech("user_1"));

    assert_eq!(
        lines,
        [
            "speech_started user_1",
            "interrupted resp_1 speech",
            "flush_playback 1",
            "user_turn_started user_1",
        ]
    );
}

#[test]
fn m3_a_commit_without_speech_interrupts_then_starts_and_commits_the_turn() {
    let mut driver = playing();

    let lines = driver.feed(committed("user_1"));

    assert_eq!(
        lines,
        [
            "interrupted resp_1 commit",
            "flush_playback 1",
            "user_turn_started user_1",
            "user_turn_committed user_1",
        ]
    );
}

#[test]
fn m4_a_done_by_turn_detection_alone_is_the_interruption() {
    let mut driver = playing();

    let lines = driver.feed(cut_off("resp_1"));

    assert_eq!(
        lines,
        [
            "interrupted resp_1 speech",
            "flush_playback 1",
            "response_finished resp_1 cancelled:user_speech",
        ]
    );
}

#[test]
fn m5_speech_and_the_done_that_follows_are_one_interruption() {
    let mut driver = playing();

    let lines = driver.feed_all([speech("user_1"), cut_off("resp_1")]);

    assert_eq!(count(&lines, "interrupted"), 1);
    assert_eq!(count(&lines, "flush_playback"), 1);
}

#[test]
fn m6_the_legacy_cancelled_and_a_done_are_one_end() {
    for followed in [false, true] {
        let mut driver = playing();
        let mut lines = driver.feed(
            json!({
                "type": "response.cancelled",
                "response": {"id": "resp_1", "status_details": {"reason": "turn_detected"}}
            })
            .to_string(),
        );
        if followed {
            lines.extend(driver.feed(cut_off("resp_1")));
        }

        assert_eq!(count(&lines, "interrupted"), 1, "{lines:?}");
        assert_eq!(count(&lines, "response_finished"), 1, "{lines:?}");
    }
}

#[test]
fn m7_text_alone_survives_speech_and_audio_does_not() {
    let mut silent = Driver::ready();
    silent.feed_all([created("resp_1"), text("resp_1", "item_1", "Hel")]);
    let mut loud = playing();

    let survived = silent.feed(speech("user_1"));
    let cut = loud.feed(speech("user_1"));

    assert_eq!(
        survived,
        ["speech_started user_1", "user_turn_started user_1"]
    );
    assert_eq!(
        silent.feed(text("resp_1", "item_1", "lo")),
        ["text_delta item_1 lo"]
    );
    assert_eq!(count(&cut, "interrupted resp_1"), 1);
}

#[test]
fn m8_speech_after_a_failed_response_cuts_nothing() {
    let mut driver = playing();
    driver.feed(ended("resp_1", "failed", ""));

    let lines = driver.feed(speech("user_1"));

    assert_eq!(lines, ["speech_started user_1", "user_turn_started user_1"]);
    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
fn m9_each_interrupt_cancels_the_response_that_is_active_then() {
    let mut driver = playing();
    driver.send(Command::interrupt());
    driver.feed(ended("resp_1", "cancelled", "client_cancelled"));
    driver.feed_all([created("resp_2"), audio("resp_2", "item_2", 20)]);

    driver.send(Command::interrupt());

    assert_eq!(driver.sent(), ["cancel resp_1", "cancel resp_2"]);
}

#[test]
fn m14_a_call_makes_the_end_a_tool_use_though_the_output_is_empty() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), arguments("resp_1", "call_1", "{}")]);

    let lines = driver.feed(done("resp_1"));

    assert_eq!(lines, ["response_finished resp_1 completed:tool_use"]);
}

#[test]
fn m15_items_without_words_keep_their_place_in_the_order() {
    let mut driver = Driver::ready();
    driver.feed(message("added", "seeded", None));
    driver.feed(created("resp_1"));

    let lines = driver.feed(call_item("added", "resp_1", "call_1", "in_progress", ""));
    driver.feed(message("added", "later", Some(json!("item_call_1"))));

    assert_eq!(
        lines,
        ["item_added item_call_1", "tool_call_started call_1"]
    );
    assert_eq!(driver.order(), ["seeded", "item_call_1", "later"]);
}

#[test]
fn m16_a_final_text_adds_only_what_its_deltas_left_unsaid() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));

    let lines = driver.feed_all([
        spoken("resp_1", "item_1", "birch "),
        spoken_done("resp_1", "item_1", "birch seventeen"),
        spoken_done("resp_1", "item_2", "alone"),
    ]);

    assert_eq!(
        lines,
        [
            "text_delta item_1 birch",
            "text_done item_1 birch seventeen +seventeen final",
            "text_done item_2 alone +alone final",
        ]
    );
}

#[test]
fn m17_lanes_interleave_in_the_order_of_arrival() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));

    let lines = driver.feed_all([
        text("resp_1", "item_1", "a"),
        spoken("resp_1", "item_1", "b"),
        text("resp_1", "item_1", "c"),
    ]);

    assert_eq!(
        lines,
        [
            "text_delta item_1 a",
            "text_delta item_1 b",
            "text_delta item_1 c"
        ]
    );
}

#[test]
fn m18_every_end_is_typed_and_the_next_turn_goes_on() {
    for (status, reason, line) in [
        ("failed", "", "failed:response_failed"),
        ("incomplete", "max_output_tokens", "incomplete:max_tokens"),
        ("incomplete", "content_filter", "incomplete:content_filter"),
        ("incomplete", "weather", "incomplete:weather"),
        ("cancelled", "client_cancelled", "cancelled:client"),
    ] {
        let mut driver = Driver::ready();
        driver.feed(created("resp_1"));

        let lines = driver.feed(ended("resp_1", status, reason));
        let next = driver.feed_all([created("resp_2"), done("resp_2")]);

        assert_eq!(lines, [format!("response_finished resp_1 {line}")]);
        assert_eq!(
            next,
            [
                "response_started resp_2",
                "response_finished resp_2 completed:end_turn"
            ]
        );
    }
}

#[test]
fn m18_a_done_that_says_in_progress_is_an_end_all_the_same() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));

    let lines = driver.feed(ended("resp_1", "in_progress", ""));

    assert_eq!(lines, ["response_finished resp_1 incomplete:in_progress"]);
}

#[test]
fn m18_a_failure_keeps_its_details() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));
    let failed = json!({"type": "response.done", "response": {
        "id": "resp_1", "status": "failed",
        "status_details": {"type": "failed", "error": {"type": "server_error", "code": "overloaded"}}
    }});

    let events = driver.events(failed.to_string());

    let [Event::ResponseFinished(finished)] = &*events else {
        panic!("the end alone is told: {events:?}");
    };
    let Outcome::Failed(fault) = &finished.outcome else {
        panic!("it failed: {finished:?}");
    };
    assert_eq!(fault.code.as_deref(), Some("overloaded"));
    assert_eq!(finished.usage, None);
}

#[test]
fn m16_lanes_of_one_item_are_apart() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));
    driver.feed(
        json!({
            "type": "response.output_item.added", "response_id": "resp_1",
            "item": {"id": "item_1", "type": "message", "role": "assistant"}
        })
        .to_string(),
    );

    driver.feed_all([
        spoken("resp_1", "item_1", "said"),
        text("resp_1", "item_1", "shown"),
    ]);
    driver.feed(done("resp_1"));

    assert_eq!(
        driver.text_of("item_1", Lane::Spoken).as_deref(),
        Some("said")
    );
    assert_eq!(
        driver.text_of("item_1", Lane::Display).as_deref(),
        Some("shown")
    );
}

/// A reply whose audio is being played.
fn playing() -> Driver {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 100)]);
    driver
}
