//! Races for a response, stalls, and what comes late of a response that has ended.

use crate::support::{
    Driver, RACE, audio, calling, committed, count, created, done, ended_with, error, item, spoken,
};
use realtime_proto::{Command, Config, Dialect};
use serde_json::json;

#[test]
fn m12_the_wait_ends_with_created_or_with_a_stall_and_nothing_is_asked_unasked() {
    // A stall is told of; this crate nudges nobody (DESIGN 5.8).
    let mut driver = Driver::ready();
    driver.at(0);
    driver.feed(committed("user_1"));
    driver.at(0);
    let mut begun = driver.clone();

    let stalled = driver.at(30_000);
    begun.feed(created("resp_1"));
    let quiet = begun.at(29_999);
    let silent = begun.at(60_000);

    assert_eq!(stalled, ["stalled response"]);
    assert_eq!(driver.sent(), [""; 0]);
    assert_eq!(quiet, [""; 0]);
    assert_eq!(
        silent,
        ["stalled any_frame"],
        "created alone is not the end of the wait"
    );
}

#[test]
fn m13_a_done_belongs_to_its_response_whatever_was_committed_since() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), committed("user_2"), created("resp_2")]);

    let usage = json!({"input_tokens": 3, "output_tokens": 4, "total_tokens": 7});
    let late = driver.feed(ended_with("resp_1", "completed", "", usage));
    let own = driver.feed(done("resp_2"));

    // Superseded by the second; what it cost is still told, once (section 8, 10).
    assert_eq!(late, ["usage"]);
    assert_eq!(driver.session.usage().total_tokens, 7);
    assert_eq!(own, ["response_finished resp_2 completed:end_turn"]);
}

#[test]
fn m20_an_error_of_a_tool_continues_unless_the_policy_says_otherwise() {
    for (policy, expected) in [
        (true, vec!["create call_1", "create"]),
        (false, vec!["create call_1"]),
    ] {
        let mut config = Config::new(Dialect::OpenAi);
        config.policy.continue_after_tools = policy;
        let mut driver = Driver::ready_with(config);
        driver.feed_all(calling("resp_1", &["call_1"]));
        driver.feed(done("resp_1"));

        driver.send(Command::tool_error("call_1", "no such city"));

        assert_eq!(driver.sent(), expected);
    }
}

#[test]
fn m21_the_old_response_may_end_before_or_after_the_result() {
    for early in [true, false] {
        let mut driver = Driver::ready();
        driver.feed_all(calling("resp_1", &["call_1"]));
        let mut lines = Vec::new();
        if early {
            lines.extend(driver.feed(done("resp_1")));
        }
        driver.send(Command::tool_output("call_1", "1"));
        lines.extend(driver.feed(created("resp_1")));
        lines.extend(driver.feed(done("resp_1")));

        assert_eq!(count(&lines, "response_finished"), 1, "{lines:?}");
        assert_eq!(driver.sent(), ["create call_1", "create"]);
    }
}

#[test]
fn m11_the_race_for_a_response_is_an_answer_and_no_error() {
    for named in [true, false] {
        let mut driver = Driver::ready();
        let create = driver.send(Command::create_response());
        driver.sent();

        let id = Some(create.as_str()).filter(|_| named);
        let lines = driver.feed(error(RACE, id));
        driver.feed_all([created("resp_server"), done("resp_server")]);

        assert_eq!(lines, ["suppressed acknowledgement"]);
        assert_eq!(
            driver.sent(),
            ["create"],
            "it is asked again, once the other has ended"
        );
    }
}

#[test]
fn m11_a_request_that_was_taken_for_answered_is_asked_again_when_it_lost_the_race() {
    for named in [true, false] {
        let mut driver = Driver::ready();
        let create = driver.send(Command::create_response());
        driver.sent();

        let id = Some(create.as_str()).filter(|_| named);
        let mut lines = driver.feed(created("resp_server"));
        lines.extend(driver.feed(error(RACE, id)));
        lines.extend(driver.feed(done("resp_server")));
        let again = driver.sent();
        lines.extend(driver.feed(created("resp_2")));

        assert_eq!(again, ["create"]);
        assert_eq!(count(&lines, "error"), 0, "{lines:?}");
        assert_eq!(count(&lines, "command_settled"), 1, "{lines:?}");
    }
}

#[test]
fn m12_a_dead_server_drops_every_request_in_its_turn() {
    let mut driver = Driver::ready();
    driver.at(0);
    let first = driver.send(Command::create_response());
    let second = driver.send(Command::create_response());
    driver.at(0);

    let stalls = [30_000, 30_000, 60_000].map(|now| driver.at(now)).concat();

    assert_eq!(
        stalls,
        [
            "stalled response".to_owned(),
            format!("command_settled {first} dropped:stalled"),
            "stalled response".to_owned(),
            format!("command_settled {second} dropped:stalled"),
        ]
    );
}

#[test]
fn m24_what_arrives_while_settings_change_is_told_in_order() {
    let mut driver = playing();
    let mut patch = realtime_proto::SessionPatch::default();
    patch.instructions.set("Be brief.");
    let configure = driver.send(Command::configure(patch));

    let lines = driver.feed_all([
        spoken("resp_1", "item_1", "Hi"),
        json!({"type": "session.updated", "session": {"instructions": "Be brief."}}).to_string(),
        item(
            "added",
            json!({"id": "x", "type": "message", "role": "system"}),
            None,
        ),
    ]);

    assert_eq!(
        lines,
        [
            "text_delta item_1 Hi".to_owned(),
            "session_updated".to_owned(),
            format!("command_settled {configure} accepted"),
            "item_added x".to_owned(),
        ]
    );
}

/// A reply whose audio is being played.
fn playing() -> Driver {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 100)]);
    driver
}
