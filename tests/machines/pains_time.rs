//! What users report of caps, silence, pressure and ends, each by its rule.

use crate::support::{
    Driver, OPENED, audio, buffer, calling, committed, count, created, created_aside, done, error,
    message, ms, opened_with, speech, spoken, spoken_done, stopped, text, time, transcribed,
};
use realtime_proto::{Close, Command, Config, Dialect, Event, Lane, Phase};
use serde_json::json;

#[test]
fn pain_10_the_cap_is_told_of_before_it_comes() {
    // A driver that is on time, one that is 30 s late, and one that never tells the time.
    let hour = |late: u64| {
        let mut driver = Driver::new(Config::new(Dialect::OpenAi));
        driver.at(0);
        driver.feed(OPENED);
        driver.at(0);
        let mut lines = Vec::new();
        for minute in 1..=61 {
            lines.extend(driver.at(minute * 60_000 + late));
        }
        lines
    };
    let mut never = Driver::ready();

    assert_eq!(hour(0), ["going_away expiry replay"]);
    assert_eq!(hour(30_000), ["going_away expiry replay"]);
    assert_eq!((never.due(), never.told()), (None, vec![]));
}

#[test]
fn pain_10_no_update_of_the_session_puts_its_end_off() {
    let mut driver = Driver::new(Config::new(Dialect::OpenAi));
    driver.at(0);
    driver.feed(OPENED);
    driver.at(0);
    let due = driver.due();

    driver.at(1_800_000);
    driver.feed(r#"{"type":"session.updated","session":{}}"#);

    assert_eq!(driver.due(), due);
}

#[test]
fn pain_10_an_end_that_the_server_states_is_counted_from_the_callers_clock() {
    let mut config = Config::new(Dialect::OpenAi);
    config.unix_origin = Some(ms(1_000_000_000));
    let mut driver = Driver::new(config);
    driver.at(5_000);

    driver.feed(r#"{"type":"session.created","session":{"expires_at":1000600}}"#);

    assert_eq!(driver.due(), Some(540_000), "a minute before the end");
    driver.session.handle_timeout(time(550_000));
    let Some(Event::GoingAway(going)) = driver.session.poll_event() else {
        panic!("it is told of");
    };
    assert_eq!(going.time_left, Some(ms(50_000)));
}

#[test]
pub(crate) fn pain_10_a_cut_at_any_point_keeps_the_history_and_repeats_nothing() {
    let script = turn();
    for cut in 0..=script.len() {
        let mut driver = Driver::ready();
        driver.feed_all(&script[..cut]);
        let before = driver.order();
        driver.session.disconnected(Close::lost());
        let epoch = driver.told();

        driver.session = driver
            .session
            .clone()
            .reconnect(Config::new(Dialect::OpenAi));
        driver.feed(OPENED);
        driver.feed(message("added", "user_2", None));

        let mut expected = before;
        expected.push("user_2".into());
        assert_eq!(driver.order(), expected, "{cut}: {epoch:?}");
        assert_eq!(driver.sent(), [""; 0], "{cut}");
        assert_eq!(driver.session.phase(), Phase::Ready);
    }
}

#[test]
fn pain_10_what_was_said_before_the_cut_is_kept() {
    let mut driver = Driver::ready();
    driver.feed_all(&turn()[..7]);

    driver.session.disconnected(Close::lost());
    driver.session = driver
        .session
        .clone()
        .reconnect(Config::new(Dialect::OpenAi));

    assert_eq!(
        driver.text_of("user_1", Lane::Spoken).as_deref(),
        Some("Hello")
    );
    assert_eq!(
        driver.text_of("item_1", Lane::Spoken).as_deref(),
        Some("Hi th")
    );
}

#[test]
fn pain_10_a_new_connection_is_sent_no_truncation_of_items_that_it_never_had() {
    let mut driver = Driver::ready();
    driver.at(0);
    driver.feed_all([
        created("resp_1"),
        audio("resp_1", "item_1", 5_000),
        done("resp_1"),
    ]);
    driver.session.disconnected(Close::lost());
    driver.session = driver
        .session
        .clone()
        .reconnect(Config::new(Dialect::OpenAi));
    driver.feed(OPENED);
    driver.at(1_000);

    let lines = driver.feed(speech("user_1"));

    assert_eq!(count(&lines, "flush_playback 1"), 1, "{lines:?}");
    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
pub(crate) fn pain_27_control_waits_behind_no_audio() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    driver.feed(done("resp_1"));
    driver.feed_all([created_aside("side")]);
    for _ in 0..100 {
        driver.send(Command::append_audio(&[0; 960]));
    }

    driver.send(Command::tool_output("call_1", "1"));
    driver.send(realtime_proto::CancelResponse::new("side").into());
    driver.send(Command::ClearOutput);

    let sent = driver.sent();
    assert_eq!(
        sent[..4],
        ["create call_1", "create", "cancel side", "clear output"]
    );
    assert_eq!(count(&sent[4..], "append"), 100);
}

#[test]
fn pain_27_the_backlog_is_told_in_time() {
    let mut driver = Driver::ready();
    for _ in 0..10 {
        driver.send(Command::append_audio(&[0; 960]));
    }

    assert_eq!(driver.session.audio_backlog(), ms(200));
}

#[test]
pub(crate) fn pain_28_a_close_at_any_point_ends_all_that_is_open_and_is_last() {
    let script = turn();
    for cut in 0..=script.len() {
        let mut driver = Driver::ready();
        let create = driver.send(Command::create_response());
        driver.sent();
        let mut lines = driver.feed_all(&script[..cut]);

        driver.session.disconnected(Close::code(1006, ""));
        lines.extend(driver.told());

        for (began, ended) in [
            ("response_started", vec!["response_finished"]),
            (
                "user_turn_started",
                vec!["user_turn_committed", "user_turn_discarded"],
            ),
        ] {
            let ends: usize = ended.iter().map(|end| count(&lines, end)).sum();
            assert_eq!(count(&lines, began), ends, "{cut}: {lines:?}");
        }
        assert_eq!(
            count(&lines, &format!("command_settled {create}")),
            1,
            "{cut}"
        );
        assert_eq!(lines.last().map(String::as_str), Some("closed lost replay"));
        assert_eq!(driver.feed(OPENED), [""; 0]);
    }
}

#[test]
fn pain_28_the_reason_of_the_end_is_what_was_told_before_it() {
    for (code, line) in [
        ("session_expired", "closed expired replay"),
        ("invalid_api_key", "closed auth never"),
        ("insufficient_quota", "closed quota never"),
    ] {
        let mut driver = Driver::ready();
        driver.feed(error(code, None));

        driver.session.disconnected(Close::lost());

        assert_eq!(driver.told(), [line]);
    }
}

#[test]
fn pain_35_silence_is_told_once_and_speech_of_the_server_ends_it() {
    let mut driver = Driver::ready();
    driver.at(0);
    driver.feed(created("resp_1"));
    driver.at(0);
    driver.at(20_000);
    driver.feed(text("resp_1", "item_1", "x"));

    let heard = driver.at(30_000);
    let silent = driver.at(60_000);
    let again = driver.at(600_000);
    driver.feed(text("resp_1", "item_1", "y"));
    let after = driver.at(610_000);

    assert_eq!(heard, [""; 0]);
    assert_eq!(silent, ["stalled any_frame"]);
    assert_eq!((again.len(), after.len()), (0, 0), "once");
    assert_eq!(driver.session.last_inbound(), Some(time(600_000)));
}

#[test]
fn pain_35_a_late_driver_blames_no_server_that_spoke() {
    let mut driver = Driver::ready();
    driver.at(0);
    driver.feed(created("resp_1"));
    let mut lines = Vec::new();
    for tick in 1..10 {
        lines.extend(driver.at(tick * 30_000));
        driver.feed(text("resp_1", "item_1", "x"));
    }
    let mut never = Driver::ready();
    never.feed(created("resp_1"));

    assert_eq!(lines, [""; 0]);
    assert_eq!(
        never.due(),
        None,
        "who never tells the time has no deadlines"
    );
}

#[test]
fn pain_36_an_idle_user_is_told_of() {
    let mut driver = Driver::ready();
    let timeout = json!({
        "type": "input_audio_buffer.timeout_triggered", "item_id": "user_1",
        "audio_start_ms": 1000, "audio_end_ms": 6000
    });

    let lines = driver.feed_all([timeout.to_string(), committed("user_1"), created("resp_1")]);

    assert_eq!(
        lines,
        [
            "input timeout user_1",
            "user_turn_started user_1",
            "user_turn_committed user_1",
            "response_started resp_1",
        ]
    );
}

#[test]
fn pain_37_a_server_that_silently_does_nothing_is_told_of() {
    // On time, 30 s late, and never telling the time.
    for late in [Some(0), Some(30_000), None] {
        for step in ["commit", "create", "output"] {
            let mut driver = Driver::ready();
            late.map(|_| driver.at(0));
            match step {
                "commit" => drop(driver.feed(committed("user_1"))),
                "create" => drop(driver.send(Command::create_response())),
                _ => {
                    driver.feed_all(calling("resp_1", &["call_1"]));
                    driver.feed(done("resp_1"));
                    drop(driver.send(Command::tool_output("call_1", "1")));
                }
            }
            let mut lines = driver.told();
            for now in late
                .into_iter()
                .flat_map(|late| [late, late + 30_000, late + 90_000])
            {
                lines.extend(driver.at(now));
            }

            let waiting = if step == "output" {
                "continuation"
            } else {
                "response"
            };
            let stalled = count(&lines, &format!("stalled {waiting}"));
            assert_eq!(
                stalled,
                usize::from(late.is_some()),
                "{late:?} {step}: {lines:?}"
            );
        }
    }
}

#[test]
fn pain_37_any_single_frame_that_is_missing_leaves_a_session_that_goes_on() {
    let script = turn();
    for missing in 0..script.len() {
        let mut driver = Driver::ready();
        driver.at(0);
        for (at, frame) in script.iter().enumerate() {
            if at != missing {
                driver.feed(frame);
            }
        }
        for now in [0, 30_000, 60_000] {
            driver.at(now);
        }

        let lines = driver.feed_all([
            speech("user_9"),
            stopped("user_9"),
            committed("user_9"),
            created("resp_9"),
            audio("resp_9", "item_9", 20),
            done("resp_9"),
        ]);

        assert_eq!(
            count(&lines, "user_turn_committed user_9"),
            1,
            "{missing}: {lines:?}"
        );
        assert_eq!(
            count(&lines, "audio_delta item_9"),
            1,
            "{missing}: {lines:?}"
        );
        assert_eq!(
            count(&lines, "response_finished resp_9"),
            1,
            "{missing}: {lines:?}"
        );
        assert_eq!(
            driver.session.response(),
            realtime_proto::ResponseState::Idle
        );
    }
}

/// One turn of the user and the reply to it.
fn turn() -> Vec<String> {
    vec![
        speech("user_1"),
        stopped("user_1"),
        committed("user_1"),
        transcribed("user_1", "Hello"),
        created("resp_1"),
        json!({"type": "response.output_item.added", "response_id": "resp_1",
               "item": {"id": "item_1", "type": "message", "role": "assistant"}})
        .to_string(),
        spoken("resp_1", "item_1", "Hi th"),
        audio("resp_1", "item_1", 200),
        spoken_done("resp_1", "item_1", "Hi there"),
        done("resp_1"),
    ]
}

#[test]
pub(crate) fn pain_28_input_that_was_cleared_is_a_turn_discarded() {
    let mut driver = Driver::ready();
    driver.feed(speech("user_1"));

    let lines = driver.feed_all([buffer("cleared", "user_1"), opened_with(json!({}))]);

    assert_eq!(lines[..2], ["input cleared", "user_turn_discarded user_1"]);
}
