//! Vectors that no client of those whose tests this crate inherits has passed.

use crate::support::{
    Driver, audio, calling, committed, count, created, created_aside, cut_off, done, ended, ms,
    speech, spoken, spoken_done, stopped, text, transcribed,
};
use realtime_proto::{Command, Config, Dialect, Epoch, Event, Media, Outcome, Phase};
use serde_json::json;

#[test]
fn x3_an_interruption_at_any_point_is_one_and_ends_the_response_once() {
    let script = [
        created("resp_1"),
        audio("resp_1", "item_1", 100),
        spoken("resp_1", "item_1", "Hel"),
        audio("resp_1", "item_1", 100),
        spoken_done("resp_1", "item_1", "Hello"),
    ];
    for cut in 1..=script.len() {
        let mut driver = Driver::ready();
        let mut lines = driver.feed_all(&script[..cut]);
        driver.send(Command::interrupt());
        lines.extend(driver.feed(cut_off("resp_1")));
        let late = driver.feed_all(&script[cut..]);

        assert_eq!(count(&lines, "interrupted resp_1"), 1, "{lines:?}");
        assert_eq!(count(&lines, "flush_playback"), 1, "{lines:?}");
        assert_eq!(count(&lines, "response_finished resp_1"), 1, "{lines:?}");
        assert_eq!(count(&late, "suppressed"), late.len(), "{late:?}");
    }
}

#[test]
fn x3_a_second_interrupt_is_no_second_interruption() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 100)]);

    driver.send(Command::interrupt());
    driver.send(Command::interrupt());

    let told = driver.told();
    assert_eq!(count(&told, "interrupted"), 1, "{told:?}");
    assert_eq!(driver.sent(), ["cancel resp_1"]);
}

#[test]
fn x4_a_cancelled_done_without_usage_has_none() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));

    let events = driver.events(ended("resp_1", "cancelled", "client_cancelled"));

    let [Event::ResponseFinished(finished)] = &*events else {
        panic!("one end: {events:?}");
    };
    assert!(matches!(finished.outcome, Outcome::Cancelled(_)));
    assert_eq!(finished.usage, None);
}

#[test]
fn x7_a_failed_transcription_holds_up_no_later_turn() {
    let mut driver = Driver::ready();
    driver.feed_all([committed("user_1"), committed("user_2")]);

    let lines = driver.feed_all([
        json!({
            "type": "conversation.item.input_audio_transcription.failed",
            "item_id": "user_1", "error": {"code": "audio_unintelligible"}
        })
        .to_string(),
        transcribed("user_2", "two"),
        committed("user_3"),
    ]);

    assert_eq!(
        lines,
        [
            "input_transcript user_1 failed",
            "input_transcript user_2 final two",
            "user_turn_started user_3",
            "user_turn_committed user_3",
        ]
    );
}

#[test]
fn x7_what_is_said_before_a_call_ends_like_any_speech() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), spoken("resp_1", "item_1", "Let me see.")]);
    driver.feed(spoken_done("resp_1", "item_1", "Let me see."));
    driver.feed_all(calling("resp_1", &["call_1"]));

    let lines = driver.feed(done("resp_1"));

    assert_eq!(lines, ["response_finished resp_1 completed:tool_use"]);
}

#[test]
fn x8_deltas_and_the_suffix_are_the_text_for_any_split() {
    let whole = "birch séventeen";
    for (cut, _) in whole.char_indices().chain([(whole.len(), ' ')]) {
        let mut driver = Driver::ready();
        driver.feed_all([created("resp_1"), spoken("resp_1", "item_1", "")]);
        let said = driver.events(spoken("resp_1", "item_1", &whole[..cut]));
        let done = driver.events(spoken_done("resp_1", "item_1", whole));

        let [Event::TextDelta(said)] = &*said else {
            panic!("one delta: {said:?}");
        };
        let [Event::TextDone(done)] = &*done else {
            panic!("one end: {done:?}");
        };
        assert_eq!(format!("{}{}", said.delta, done.suffix), whole);
    }
}

#[test]
fn x8_an_end_that_contradicts_its_deltas_wins_without_a_second_telling() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), spoken("resp_1", "item_1", "beech")]);

    let lines = driver.feed(spoken_done("resp_1", "item_1", "birch"));

    assert_eq!(lines, ["text_done item_1 birch + final"]);
}

#[test]
fn x10_a_delta_of_an_unknown_item_begins_its_response() {
    let mut driver = Driver::ready();

    let lines = driver.feed(text("resp_9", "item_9", "late"));

    assert_eq!(lines, ["response_started resp_9", "text_delta item_9 late"]);
}

#[test]
fn x10_a_very_long_call_stays_within_its_limits() {
    let mut config = Config::new(Dialect::OpenAi);
    config.limits.items = 100;
    let mut driver = Driver::ready_with(config);
    let mut early = 0;

    for turn in 0..5_000 {
        let (user, reply, item) = (format!("u{turn}"), format!("r{turn}"), format!("i{turn}"));
        driver.feed_all([speech(&user), committed(&user), created(&reply)]);
        driver.feed_all([
            audio(&reply, &item, 20),
            text(&reply, &item, "x"),
            done(&reply),
        ]);
        driver.sent();
        if turn == 500 {
            early = driver.session.memory_bytes();
        }
    }

    assert!(driver.session.memory_bytes() <= early + early / 4);
}

#[test]
fn x11_ids_of_unexpected_types_cost_nothing_but_themselves() {
    let mut driver = Driver::ready();

    let lines = driver.feed_all([
        r#"{"type":"response.created","event_id":null,"response":{"id":7}}"#,
        r#"{"type":"error","error":{"code":429,"type":null,"event_id":null}}"#,
        r#"{"type":"response.done","event_id":1,"response":{"id":null,"status":"completed"}}"#,
    ]);

    assert_eq!(count(&lines, "response_started"), 1, "{lines:?}");
    assert_eq!(count(&lines, "error throttled 429"), 1, "{lines:?}");
    assert_eq!(count(&lines, "response_finished"), 1, "{lines:?}");
}

#[test]
fn x21_two_polite_turns_cut_nothing_though_playback_is_never_reported() {
    for told in [false, true] {
        let mut driver = Driver::ready();
        let mut lines = Vec::new();
        for (turn, now) in [(1, 0), (2, 10_000)] {
            if told {
                driver.at(now);
            }
            let (user, reply) = (format!("user_{turn}"), format!("resp_{turn}"));
            lines.extend(driver.feed_all([speech(&user), stopped(&user), committed(&user)]));
            lines.extend(driver.feed_all([
                created(&reply),
                audio(&reply, "i", 1_000),
                done(&reply),
            ]));
        }

        assert_eq!(count(&lines, "interrupted"), 0, "{lines:?}");
        assert_eq!(driver.sent(), [""; 0]);
    }
}

#[test]
fn x22_speech_that_the_server_ignores_is_speech_and_nothing_else() {
    for kind in ["server_vad", "semantic_vad"] {
        let mut driver = Driver::detecting(json!({"type": kind, "interrupt_response": false}));
        driver.at(0);
        driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 1_000)]);
        driver.at(400);

        let lines = driver.feed_all([speech("user_1"), stopped("user_1"), committed("user_1")]);

        assert_eq!(
            lines,
            [
                "speech_started user_1",
                "user_turn_started user_1",
                "speech_stopped user_1",
                "user_turn_committed user_1",
            ]
        );
        assert_eq!(driver.sent(), [""; 0]);
        assert_eq!(
            driver.feed(audio("resp_1", "item_1", 20)),
            ["audio_delta item_1 @0"]
        );
    }
}

#[test]
fn x23_a_sideband_cancels_then_clears_once_and_truncates_nothing() {
    let mut config = Config::new(Dialect::OpenAi);
    config.media = Media::Remote;
    let mut driver = Driver::new(config);
    assert_eq!(
        driver.session.phase(),
        Phase::Ready,
        "nothing introduces it"
    );
    driver.feed_all([created("resp_1"), spoken("resp_1", "item_1", "Hel")]);
    driver.feed(r#"{"type":"output_audio_buffer.started","response_id":"resp_1"}"#);

    driver.send(Command::interrupt());
    driver.send(Command::interrupt());

    assert_eq!(driver.sent(), ["cancel resp_1", "clear output"]);
    assert_eq!(count(&driver.told(), "interrupted resp_1 command"), 1);
}

#[test]
fn x24_a_late_report_of_a_flushed_epoch_says_nothing() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 1_000)]);
    driver.send(Command::playback(Epoch(0), ms(300)));
    driver.feed_all([speech("user_1"), cut_off("resp_1")]);
    driver.feed_all([created("resp_2"), audio("resp_2", "item_2", 1_000)]);
    driver.send(Command::playback(Epoch(1), ms(100)));

    driver.send(Command::playback(Epoch(0), ms(900)));
    driver.feed(speech("user_2"));

    assert_eq!(
        driver.sent(),
        ["truncate item_1 300", "truncate item_2 100"]
    );
}

#[test]
fn x30_audio_beside_the_conversation_is_cut_and_text_lives_on() {
    let mut driver = Driver::ready();
    driver.feed_all([created_aside("loud"), audio("loud", "item_1", 100)]);
    driver.feed_all([created_aside("quiet"), text("quiet", "item_2", "a")]);

    let lines = driver.feed(speech("user_1"));

    assert_eq!(count(&lines, "interrupted loud"), 1, "{lines:?}");
    assert_eq!(driver.sent(), ["cancel loud"]);
    assert_eq!(
        driver.feed(audio("loud", "item_1", 20)),
        ["suppressed stale_epoch"]
    );
    assert_eq!(
        driver.feed(text("quiet", "item_2", "b")),
        ["text_delta item_2 b"]
    );
}
