//! The invariants, each by one plain example; elsewhere they are searched and generated.

use crate::support::{
    Driver, OPENED, RACE, audio, buffer, calling, committed, count, created, created_aside,
    cut_off, done, ended_with, error, line, message, ms, speech, spoken, spoken_done, stopped,
    text, transcribed,
};
use core::time::Duration;
use realtime_proto::{
    Close, Command, Config, CreatePolicy, CreateResponse, Dialect, Epoch, SendError,
};
use serde_json::{Value, json};

#[test]
fn i1_what_is_no_message_is_an_event_and_a_refusal_leaves_no_trace() {
    let mut driver = Driver::ready();

    let lines = driver.feed_all([
        "",
        "{",
        "[]",
        "null",
        "\u{0}",
        r#"{"type":1}"#,
        r#"{"type":"x"}"#,
    ]);

    assert_eq!(count(&lines, "malformed"), 6, "{lines:?}");
    assert_eq!(count(&lines, "unknown"), 1, "{lines:?}");
    // Something waits to be told, and still does after a refusal.
    driver.send(Command::cancel_response());
    driver.refused(Command::tool_output("nobody", "1"));
    driver.refused(Command::append_base64("%"));
}

#[test]
fn i1_the_last_instant_that_can_be_told_panics_nowhere() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));
    driver.feed(audio("resp_1", "item_1", 100));
    driver.at(0);
    driver.feed(audio("resp_1", "item_1", 100));

    driver.session.handle_timeout(Duration::MAX.into());
    driver.feed(audio("resp_1", "item_1", 100));
    let lines = driver.feed(speech("item_2"));

    assert_eq!(count(&lines, "interrupted"), 1, "{lines:?}");
}

#[test]
fn i2_at_most_one_request_is_in_flight() {
    let mut driver = Driver::ready();
    for _ in 0..3 {
        driver.send(Command::create_response());
        driver.send(Command::text("Hello"));
    }

    let sent = driver.sent();

    assert_eq!(sent.iter().filter(|line| *line == "create").count(), 1);
}

#[test]
fn i3_everything_that_began_ends_once() {
    let mut driver = Driver::ready();
    let create = driver.send(Command::create_response());
    let mut lines = driver.feed_all(calling("resp_1", &["call_1"]));
    lines.extend(driver.feed_all([
        spoken("resp_1", "item_1", "a"),
        done("resp_1"),
        done("resp_1"),
    ]));
    driver.session.disconnected(Close::lost());
    lines.extend(driver.told());

    for end in [
        "response_finished resp_1",
        "text_done item_1",
        "tool_call_cancelled call_1",
    ] {
        assert_eq!(count(&lines, end), 1, "{end}: {lines:?}");
    }
    assert_eq!(count(&lines, &format!("command_settled {create}")), 1);
}

#[test]
fn i4_no_media_of_an_old_epoch_after_the_flush() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 100)]);
    driver.feed(speech("user_1"));

    let late = driver.feed_all([
        audio("resp_1", "item_1", 100),
        spoken("resp_1", "item_1", "late"),
        json!({"type": "response.output_audio.done", "response_id": "resp_1", "item_id": "item_1"})
            .to_string(),
    ]);
    let next = driver.feed_all([
        cut_off("resp_1"),
        created("resp_2"),
        audio("resp_2", "item_2", 20),
    ]);

    assert_eq!(late, ["suppressed stale_epoch"; 3]);
    assert_eq!(
        next.last().map(String::as_str),
        Some("audio_delta item_2 @1")
    );
}

#[test]
fn i5_no_truncation_goes_beyond_what_was_received_and_each_is_whole_milliseconds() {
    for heard in [0, 1, 99, 100, 101, 5_000] {
        let mut driver = Driver::ready();
        driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 100)]);
        let exact = ms(heard) + Duration::from_micros(700);
        driver.send(Command::playback(Epoch(0), exact));
        driver.feed(speech("user_1"));

        let frames = driver.frames();
        assert_eq!(frames.len(), usize::from(heard > 0), "{heard}");
        for frame in frames {
            if frame["type"] == "conversation.item.truncate" {
                let end = frame["audio_end_ms"].as_u64().expect("a whole number");
                assert!(end <= 100, "{end}");
                assert_eq!(end, heard.min(100));
            }
        }
    }
}

#[test]
fn i6_at_most_one_cancel_for_a_response() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 100)]);

    for _ in 0..2 {
        driver.send(Command::cancel_response());
        driver.send(Command::interrupt());
        driver.send(realtime_proto::CancelResponse::new("resp_1").into());
    }

    assert_eq!(driver.sent(), ["cancel resp_1"]);
}

#[test]
fn i8_the_order_does_not_depend_on_which_frame_comes_first() {
    let frames = [
        message("added", "a", Some(Value::Null)),
        message("added", "b", Some(json!("a"))),
        message("added", "c", Some(json!("b"))),
    ];
    for order in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        let mut driver = Driver::ready();

        driver.feed_all(order.map(|at| &frames[at]));

        assert_eq!(driver.order(), ["a", "b", "c"], "{order:?}");
    }
}

#[test]
fn i9_a_merge_loses_nothing_whatever_comes_twice_or_late() {
    let whole = json!({
        "id": "a", "type": "message", "role": "user", "status": "completed",
        "content": [{"type": "input_text", "text": "Hello"}]
    });
    let partial = json!({"id": "a", "type": "message", "status": "in_progress", "content": []});
    let (whole, partial) = (item_of("done", whole), item_of("added", partial));
    for order in [[&whole, &partial], [&partial, &whole]] {
        let mut driver = Driver::ready();
        driver.feed_all(order);
        driver.feed_all(order);

        let conversation = driver.session.conversation();
        let item = conversation.get("a").expect("it is there");
        assert_eq!(item.text(realtime_proto::Lane::Display), Some("Hello"));
        assert_eq!(item.status, Some(realtime_proto::Status::Completed));
        assert_eq!(conversation.len(), 1);
    }
}

#[test]
fn i10_a_conversation_beyond_its_limits_gives_its_oldest_with_a_word() {
    let mut config = Config::new(Dialect::OpenAi);
    config.limits.items = 2;
    let mut driver = Driver::ready_with(config);

    let lines = driver.feed_all(["a", "b", "c"].map(|id| message("added", id, None)));

    assert_eq!(count(&lines, "limit_reached items"), 1);
    assert_eq!(driver.order(), ["b", "c"]);
}

#[test]
fn i11_after_the_end_there_is_nothing() {
    let mut driver = Driver::ready();
    driver.at(0);
    driver.send(Command::create_response());
    driver.session.disconnected(Close::lost());
    driver.told();

    assert_eq!(driver.feed(OPENED), [""; 0]);
    assert_eq!(driver.session.receive_binary(b"\xff").count(), 0);
    assert_eq!(driver.refused(Command::text("Hello")), SendError::Closed);
    assert_eq!(driver.at(1_000_000), [""; 0]);
    assert_eq!(driver.due(), None);
    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
fn i13_what_was_sent_and_received_replays_to_the_same_conversation() {
    let frames = [
        created("resp_1"),
        spoken("resp_1", "item_1", "Hi"),
        done("resp_1"),
    ];
    let mut live = Driver::ready();
    live.send(Command::create_response());
    let sent = live.frames();
    live.feed_all(&frames);

    let mut config = Config::new(Dialect::OpenAi);
    config.policy = realtime_proto::Policy::passive();
    let mut replayed = Driver::ready_with(config);
    for frame in &sent {
        replayed.send(Command::raw(&frame.to_string()));
    }
    let lines = replayed.feed_all(&frames);

    assert_eq!(live.order(), replayed.order());
    assert_eq!(count(&lines, "response_finished resp_1 completed"), 1);
    assert_eq!(count(&lines, "command_settled"), 1, "{lines:?}");
}

#[test]
fn i14_a_frame_that_comes_twice_leaves_what_came_once() {
    let usage = json!({"input_tokens": 3, "output_tokens": 4, "total_tokens": 7});
    let script = [
        speech("user_1"),
        stopped("user_1"),
        committed("user_1"),
        transcribed("user_1", "Hello"),
        created("resp_1"),
        spoken_done("resp_1", "item_1", "Hi"),
        ended_with("resp_1", "completed", "", usage),
    ];
    let mut once = Driver::ready();
    let mut twice = Driver::ready();
    for frame in &script {
        once.feed(frame);
        twice.feed_all([frame, frame]);
    }

    assert!(once.session == twice.session);
    assert_eq!(twice.session.usage().total_tokens, 7);
}

#[test]
fn i15_a_frame_that_never_comes_leaves_nothing_stuck() {
    let script = [
        speech("user_1"),
        stopped("user_1"),
        committed("user_1"),
        created("resp_1"),
        audio("resp_1", "item_1", 20),
        done("resp_1"),
    ];
    for dropped in 0..script.len() {
        let mut driver = Driver::ready();
        driver.at(0);
        let mut lines = Vec::new();
        for (at, frame) in script.iter().enumerate() {
            if at != dropped {
                lines.extend(driver.feed(frame));
            }
        }
        for now in [0, 30_000, 60_000] {
            lines.extend(driver.at(now));
        }
        let create = driver.send(Command::create_response());
        for response in ["resp_8", "resp_9"] {
            lines.extend(driver.feed_all([created(response), done(response)]));
        }

        assert_eq!(driver.sent(), ["create"], "{dropped}");
        let settled = format!("command_settled {create} accepted");
        assert_eq!(count(&lines, &settled), 1, "{dropped}: {lines:?}");
        let finished = count(&lines, "response_finished");
        assert_eq!(finished, count(&lines, "response_started"), "{lines:?}");
        assert!(dropped != 5 || count(&lines, "stalled any_frame") == 1);
    }
}

#[test]
fn i16_every_frame_has_at_least_one_event() {
    let mut driver = Driver::ready();
    for frame in [
        OPENED.to_owned(),
        created("resp_1"),
        created("resp_1"),
        created_aside("resp_2"),
        text("resp_1", "item_1", ""),
        spoken_done("resp_1", "item_1", ""),
        spoken_done("resp_1", "item_1", ""),
        done("resp_1"),
        done("resp_1"),
        text("resp_1", "item_1", "late"),
        buffer("cleared", "x"),
        committed("user_1"),
        committed("user_1"),
        r#"{"type":"response.mcp_call.completed"}"#.to_owned(),
        r#"{"type":"never.seen"}"#.to_owned(),
        error(RACE, None),
        "{}".to_owned(),
    ] {
        let events = driver.events(&frame);

        assert!(!events.is_empty(), "{frame}");
        assert!(events.iter().all(|event| !line(event).is_empty()));
    }
}

#[test]
fn i17_a_command_that_lost_its_race_is_no_mistake() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    driver.feed(cut_off("resp_1"));

    for command in [
        Command::cancel_response(),
        Command::interrupt(),
        Command::tool_output("call_1", "1"),
        Command::truncate("item_call_1", 0, ms(10)),
    ] {
        assert!(driver.session.send(command).is_ok());
    }
}

#[test]
fn i17_only_who_asks_to_fail_fast_is_told_that_it_is_busy() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));
    let mut fast = CreateResponse::new();
    fast.policy = CreatePolicy::FailFast;

    assert_eq!(driver.refused(fast.into()), SendError::Busy);
    driver.send(Command::create_response());
}

fn item_of(kind: &str, item: Value) -> String {
    crate::support::item(kind, item, None)
}
