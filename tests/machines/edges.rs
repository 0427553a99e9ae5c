//! The edge rules that each cost somebody a bug.

use crate::support::{
    Driver, OPENED, audio, calling, committed, count, created, cut_off, done, ended, ended_with,
    error, ms, speech, spoken, stopped, transcribed,
};
use realtime_proto::{Close, Command, Config, Dialect, Event, Media, Phase};
use serde_json::json;

#[test]
fn e1_a_done_without_its_response_still_ends_the_active_one() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));

    let lines = driver.feed(r#"{"type":"response.done"}"#);

    assert_eq!(lines, ["malformed", "response_finished resp_1 lost"]);
}

#[test]
fn e2_damaged_usage_costs_the_usage_only() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));

    let events = driver.events(ended_with("resp_1", "completed", "", json!("many")));

    let [Event::Malformed(_), Event::ResponseFinished(finished)] = &*events else {
        panic!("the damage and the end are told: {events:?}");
    };
    assert_eq!(finished.usage, None);
}

#[test]
fn e3_late_done_of_an_old_response_keeps_the_new_one_cancellable() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), created("resp_2")]);

    let late = driver.feed(done("resp_1"));
    driver.send(Command::cancel_response());

    assert_eq!(late, ["suppressed duplicate"]);
    assert_eq!(driver.sent(), ["cancel resp_2"]);
}

#[test]
fn e4_done_with_an_unknown_id_ends_the_response_of_unknown_id() {
    let mut driver = Driver::ready();
    driver.feed(r#"{"type":"response.created","response":{}}"#);

    let lines = driver.feed(done("resp_1"));

    assert_eq!(lines, ["response_finished resp_1 completed:end_turn"]);
}

#[test]
fn e4_an_empty_cancelled_done_of_nothing_known_releases_no_request() {
    let mut driver = Driver::ready();
    driver.send(Command::create_response());
    driver.send(Command::create_response());
    driver.sent();

    driver.feed(cut_off("resp_other"));

    assert_eq!(driver.sent(), [""; 0], "the first is still in flight");
}

#[test]
fn e5_cancel_before_created_goes_by_its_id_and_drops_what_still_comes() {
    let mut driver = Driver::ready();
    driver.send(Command::create_response());
    driver.send(Command::cancel_response());
    assert_eq!(driver.sent(), ["create"], "there is nothing to cancel yet");

    driver.feed(created("resp_1"));

    assert_eq!(driver.sent(), ["cancel resp_1"]);
    let late = driver.feed(audio("resp_1", "item_1", 20));
    assert_eq!(late, ["suppressed stale_epoch"]);
}

#[test]
fn e6_queued_create_is_dropped_by_the_users_speech_and_sent_after_our_cancel() {
    let mut by_speech = Driver::ready();
    by_speech.feed(created("resp_1"));
    let queued = by_speech.send(Command::create_response());
    let mut by_us = by_speech.clone();

    let lines = by_speech.feed(cut_off("resp_1"));
    by_us.send(Command::cancel_response());
    by_us.sent();
    by_us.feed(ended("resp_1", "cancelled", "client_cancelled"));

    let dropped = format!("command_settled {queued} dropped:user_speech");
    assert_eq!(lines.last(), Some(&dropped));
    assert_eq!(by_speech.sent(), [""; 0]);
    assert_eq!(by_us.sent(), ["create"]);
}

#[test]
fn e7_a_request_that_had_not_begun_is_asked_again_on_the_next_connection() {
    let mut driver = Driver::ready();
    let create = driver.send(Command::create_response());
    driver.sent();

    let mut lost = driver.clone();
    let lines = lose(&mut lost);
    let again = reopened(&mut lost);

    assert!(lines.contains(&format!("command_settled {create} unknown")));
    assert_eq!(again, ["create"]);
    let begun = lost.feed(created("resp_1"));
    assert_eq!(
        begun,
        ["response_started resp_1"],
        "no command settles twice"
    );
}

#[test]
fn e7_neither_a_cancelled_nor_a_begun_request_is_asked_again() {
    let mut cancelled = Driver::ready();
    cancelled.send(Command::create_response());
    cancelled.send(Command::cancel_response());
    let mut begun = Driver::ready();
    begun.send(Command::create_response());
    begun.feed(created("resp_1"));

    lose(&mut cancelled);
    lose(&mut begun);

    assert_eq!(reopened(&mut cancelled), [""; 0]);
    assert_eq!(reopened(&mut begun), [""; 0]);
}

#[test]
fn e7_a_conversation_that_the_server_resumes_is_asked_nothing_again() {
    let mut config = Config::new(Dialect::OpenAi);
    let mut capabilities = realtime_proto::Capabilities::of(Dialect::OpenAi);
    capabilities.resumes = realtime_proto::Resumes::Conversation;
    config.capabilities = Some(capabilities);
    let mut driver = Driver::ready_with(config.clone());
    driver.send(Command::create_response());

    lose(&mut driver);
    driver.session = driver.session.reconnect(config);
    driver.feed(OPENED);

    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
fn e7_requests_are_asked_again_in_their_order() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));
    for words in ["first", "second", "third"] {
        let mut create = realtime_proto::CreateResponse::new();
        create.instructions = Some(words.into());
        driver.send(create.into());
    }

    lose(&mut driver);
    let mut asked = Vec::new();
    reconnect(&mut driver);
    for turn in 0..3 {
        let frames = driver.frames();
        asked.extend(
            frames
                .iter()
                .map(|frame| frame["response"]["instructions"].clone()),
        );
        driver.feed(created(&format!("again_{turn}")));
        driver.feed(done(&format!("again_{turn}")));
    }

    assert_eq!(asked, ["first", "second", "third"]);
}

#[test]
fn e8_a_request_outlives_a_connection_that_never_got_ready() {
    let mut driver = Driver::ready();
    driver.send(Command::create_response());

    lose(&mut driver);
    driver.session = driver.session.reconnect(Config::new(Dialect::OpenAi));
    lose(&mut driver);

    assert_eq!(reopened(&mut driver), ["create"]);
}

#[test]
fn e9_a_clean_close_for_maximum_duration_is_an_expiry() {
    for code in [1000, 1001] {
        let mut driver = Driver::ready();

        driver.session.disconnected(Close::code(
            code,
            "Session hit the maximum duration of 60 minutes.",
        ));

        assert_eq!(driver.told(), ["closed expired replay"]);
    }
}

#[test]
fn e11_a_done_of_calls_only_is_not_the_end_of_the_turn() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));

    let lines = driver.feed(done("resp_1"));

    assert_eq!(lines, ["response_finished resp_1 completed:tool_use"]);
}

#[test]
fn e12_overlapping_turns_keep_their_own_items() {
    let mut driver = Driver::ready();
    driver.feed_all([speech("user_1"), speech("user_2")]);

    let lines = driver.feed_all([
        stopped("user_1"),
        committed("user_2"),
        committed("user_1"),
        transcribed("user_2", "two"),
        transcribed("user_1", "one"),
    ]);

    assert_eq!(
        lines,
        [
            "speech_stopped user_1",
            "user_turn_committed user_2",
            "user_turn_committed user_1",
            "input_transcript user_2 final two",
            "input_transcript user_1 final one",
        ]
    );
}

#[test]
fn e13_a_sideband_clamps_nothing_to_audio_that_it_never_sees() {
    let mut config = Config::new(Dialect::OpenAi);
    config.media = Media::Remote;
    let mut driver = Driver::ready_with(config);
    let part = json!({
        "type": "response.content_part.added", "response_id": "resp_1", "item_id": "item_1",
        "content_index": 0, "part": {"type": "audio"}
    });
    driver.feed_all([created("resp_1"), part.to_string()]);
    driver.feed(spoken("resp_1", "item_1", "Hello"));

    driver.send(Command::truncate("item_1", 0, ms(1_500)));

    assert_eq!(driver.sent(), ["truncate item_1 1500"]);
}

#[test]
fn e14_an_item_can_be_truncated_until_its_playback_ends() {
    let mut driver = Driver::ready();
    driver.at(0);
    driver.feed_all([
        created("resp_1"),
        audio("resp_1", "item_1", 1_000),
        done("resp_1"),
    ]);
    driver.at(400);

    let lines = driver.feed(speech("user_1"));

    assert_eq!(count(&lines, "truncated item_1 400"), 1, "{lines:?}");
    assert_eq!(driver.sent(), ["truncate item_1 400"]);
}

#[test]
fn e15_a_commit_over_audible_output_is_a_barge_in_without_speech() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 100)]);

    let lines = driver.feed(committed("user_1"));

    assert_eq!(
        lines[..2],
        ["interrupted resp_1 commit", "flush_playback 1"]
    );
}

#[test]
fn e16_a_second_cancel_never_reaches_the_next_reply() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));
    driver.send(Command::cancel_response());
    driver.send(Command::create_response());

    let second = driver.send(Command::cancel_response());

    assert_eq!(
        driver.told(),
        [format!("command_settled {second} superseded")]
    );
    driver.feed(ended("resp_1", "cancelled", "client_cancelled"));
    driver.feed(created("resp_2"));
    assert_eq!(driver.sent(), ["cancel resp_1", "create"]);
}

#[test]
fn e20_an_error_is_heard_before_readiness_and_proves_none() {
    let mut driver = Driver::new(Config::new(Dialect::OpenAi));
    driver.send(Command::create_response());

    driver.feed(error("server_busy", None));
    let held = (driver.session.phase(), driver.sent());
    driver.feed(r#"{"type":"rate_limits.updated","rate_limits":[]}"#);

    assert_eq!(held, (Phase::Opening, Vec::new()));
    assert_eq!(driver.session.phase(), Phase::Ready);
    assert_eq!(driver.sent(), ["create"]);
}

fn lose(driver: &mut Driver) -> Vec<String> {
    driver.session.disconnected(Close::lost());
    driver.told()
}

fn reconnect(driver: &mut Driver) {
    driver.session = driver
        .session
        .clone()
        .reconnect(Config::new(Dialect::OpenAi));
    driver.feed(OPENED);
}

/// What leaves first on the next connection.
fn reopened(driver: &mut Driver) -> Vec<String> {
    reconnect(driver);
    driver.sent()
}
