//! Corners of barge-in: who cuts, and what is taken back.

use crate::support::{Driver, OPENED, audio, committed, count, created, created_aside, ms, speech};
use realtime_proto::{
    BargeIn, Capabilities, Command, Config, Dialect, Epoch, Event, ResponseState,
};
use serde_json::{Value, json};

#[test]
fn a_reply_that_began_while_the_user_spoke_is_not_cut_by_the_commit() {
    let mut driver = Driver::ready();
    driver.feed(speech("user_1"));
    driver.feed_all(reply());

    let lines = driver.feed(committed("user_1"));

    assert_eq!(lines, ["user_turn_committed user_1"]);
}

#[test]
fn where_only_commits_cut_speech_does_not_and_its_commit_does() {
    let mut driver = cutting(BargeIn::OnCommit);
    driver.feed_all(reply());

    let spoken_over = driver.feed(speech("user_1"));
    let committed_over = driver.feed(committed("user_1"));

    assert_eq!(count(&spoken_over, "interrupted"), 0, "{spoken_over:?}");
    assert_eq!(committed_over[0], "interrupted resp_1 commit");
}

#[test]
fn where_the_caller_alone_cuts_neither_speech_nor_a_commit_does() {
    let mut driver = cutting(BargeIn::Manual);
    driver.feed_all(reply());

    let lines = driver.feed_all([speech("user_1"), committed("user_1"), committed("user_2")]);

    assert_eq!(count(&lines, "interrupted"), 0, "{lines:?}");
}

#[test]
fn a_turn_that_the_server_lets_pass_is_not_cut_by_its_commit() {
    for kind in ["server_vad", "semantic_vad"] {
        let mut driver = Driver::detecting(json!({"type": kind, "interrupt_response": false}));
        driver.feed_all(reply());

        let lines = driver.feed(committed("user_1"));

        assert_eq!(count(&lines, "interrupted"), 0, "{kind}: {lines:?}");
    }
}

#[test]
fn a_commit_over_a_reply_cancels_it_only_where_the_server_would_not() {
    for (detection, sent) in [
        (Value::Null, vec!["cancel resp_1"]),
        (json!({"type": "server_vad"}), vec![]),
        (json!({"type": "weather"}), vec![]),
    ] {
        let mut driver = Driver::detecting(detection.clone());
        driver.feed_all(reply());

        let lines = driver.feed(committed("user_1"));

        assert_eq!(lines[0], "interrupted resp_1 commit", "{detection}");
        assert_eq!(driver.sent(), sent, "{detection}");
    }
}

#[test]
fn a_server_owes_a_reply_only_where_it_answers_turns() {
    for kind in ["server_vad", "semantic_vad"] {
        for (creates, owes) in [
            (json!(true), ResponseState::ServerOwes),
            (Value::Null, ResponseState::ServerOwes),
            (json!(false), ResponseState::Idle),
        ] {
            let mut detection = json!({"type": kind});
            if !creates.is_null() {
                detection["create_response"] = creates;
            }
            let mut driver = Driver::detecting(detection.clone());

            driver.feed(committed("user_1"));

            assert_eq!(driver.session.response(), owes, "{detection}");
        }
    }
}

#[test]
fn nothing_is_truncated_where_that_is_not_ours_to_do() {
    let changes: [fn(&mut Config, &mut Capabilities); 3] = [
        |_, can| can.truncate = false,
        |_, can| can.server_truncates = true,
        |config, _| config.policy.passive = true,
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let mut driver = able(change);
        driver.feed_all(reply());
        driver.send(Command::playback(Epoch(0), ms(40)));

        let lines = driver.feed(speech("user_1"));

        assert_eq!(count(&lines, "interrupted resp_1"), 1, "{at}: {lines:?}");
        assert_eq!(count(&lines, "truncated"), 0, "{at}: {lines:?}");
        assert_eq!(driver.sent(), [""; 0], "{at}");
    }
}

#[test]
fn a_truncation_names_all_that_it_is_about() {
    let mut driver = Driver::ready();
    driver.feed_all(reply());
    driver.send(Command::playback(Epoch(0), ms(40)));

    let events = driver.events(speech("user_1"));

    let cut = events.iter().find_map(|event| match event {
        Event::Truncated(cut) => Some(cut),
        _ => None,
    });
    let cut = cut.expect("what was not heard is cut");
    assert_eq!(cut.ids.response_id.as_deref(), Some("resp_1"));
    assert_eq!(cut.ids.item_id.as_deref(), Some("item_1"));
    assert_eq!(cut.ids.content_index, Some(0));
    assert_eq!((cut.heard, cut.received), (ms(40), Some(ms(100))));
}

#[test]
fn nothing_is_cancelled_where_nothing_can_be_or_may_be() {
    let changes: [fn(&mut Config, &mut Capabilities); 2] = [
        |_, can| can.cancel = false,
        |config, _| config.policy.passive = true,
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let mut driver = able(change);
        driver.feed(
            r#"{"type":"session.updated","session":{"audio":{"input":{"turn_detection":null}}}}"#,
        );
        driver.feed_all(reply());
        driver.feed_all([created_aside("side"), audio("side", "item_2", 100)]);

        let lines = driver.feed(committed("user_1"));

        assert_eq!(count(&lines, "interrupted resp_1"), 1, "{at}: {lines:?}");
        assert_eq!(driver.sent(), [""; 0], "{at}");
    }
}

fn reply() -> [String; 2] {
    [created("resp_1"), audio("resp_1", "item_1", 100)]
}

fn cutting(barge_in: BargeIn) -> Driver {
    able(|config, _| config.policy.barge_in = barge_in)
}

/// A session that differs from the others in what it can, or may, do.
fn able(change: impl Fn(&mut Config, &mut Capabilities)) -> Driver {
    let mut config = Config::new(Dialect::OpenAi);
    let mut capabilities = Capabilities::of(Dialect::OpenAi);
    change(&mut config, &mut capabilities);
    config.capabilities = Some(capabilities);
    let mut driver = Driver::new(config);
    driver.feed(OPENED);
    driver.sent();
    driver
}
