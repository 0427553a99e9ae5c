//! Corners of requests, commands and calls that no report and no rule of its own led to.

use crate::support::{
    Driver, IDLE, RACE, arguments, call_item, count, created, done, ended, error,
};
use realtime_proto::{Close, Command, CreateResponse, Event, ResponseState};
use serde_json::{Value, json};

#[test]
fn a_response_that_only_a_lost_race_tells_of_is_under_way() {
    let mut driver = Driver::ready();
    driver.send(Command::create_response());
    driver.sent();

    driver.feed(error(RACE, None));

    assert_eq!(driver.session.response(), ResponseState::Responding);
}

#[test]
fn a_request_that_loses_eight_races_is_given_up_and_told() {
    let mut driver = Driver::ready();
    let create = driver.send(Command::create_response());
    let mut lines = Vec::new();

    for race in 0..8 {
        assert_eq!(count(&lines, "error"), 0, "{race}: {lines:?}");
        assert_eq!(driver.sent(), ["create"], "{race}");
        lines.extend(driver.feed(error(RACE, None)));
        let server = format!("resp_{race}");
        lines.extend(driver.feed_all([created(&server), done(&server)]));
    }

    let told = format!("command_settled {create} rejected:benign_race");
    assert!(lines.contains(&told), "{lines:?}");
    assert_eq!(count(&lines, "error"), 1, "{lines:?}");
    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
fn the_next_request_leaves_as_soon_as_one_is_refused() {
    let mut driver = Driver::ready();
    let first = driver.send(Command::create_response());
    driver.send(Command::create_response());
    driver.sent();

    driver.feed(error("invalid_value", Some(&first)));

    assert_eq!(driver.sent(), ["create"]);
}

#[test]
fn a_cancel_whose_request_is_refused_is_superseded_at_once() {
    let mut driver = Driver::ready();
    let create = driver.send(Command::create_response());
    let cancel = driver.send(Command::cancel_response());
    driver.sent();

    let lines = driver.feed(error("invalid_value", Some(&create)));

    let settled = format!("command_settled {cancel} superseded");
    assert!(lines.contains(&settled), "{lines:?}");
}

#[test]
fn an_error_may_be_late_for_more_than_the_last_cancel() {
    let mut driver = Driver::ready();
    let cancels = ["resp_1", "resp_2"].map(|response| {
        driver.feed(created(response));
        let cancel = driver.send(Command::cancel_response());
        driver.feed(ended(response, "cancelled", "client_cancelled"));
        cancel
    });

    for cancel in cancels {
        let lines = driver.feed(error(IDLE, Some(&cancel)));
        assert_eq!(count(&lines, "error"), 0, "{lines:?}");
    }
    assert_eq!(driver.session.counters().races, 2);
}

#[test]
fn a_request_that_goes_on_settles_once_whatever_else_is_on_its_way() {
    let mut driver = Driver::ready();
    let create = driver.send(Command::create_response());
    driver.send(Command::delete_item("item_9"));
    driver.sent();

    let mut lines = driver.feed(created("resp_server"));
    lines.extend(driver.feed(error(RACE, Some(&create))));
    lines.extend(driver.feed_all([done("resp_server"), created("resp_1")]));

    let settled = format!("command_settled {create}");
    assert_eq!(count(&lines, &settled), 1, "{lines:?}");
}

#[test]
fn a_request_that_lost_goes_on_though_the_next_is_on_its_way() {
    let mut driver = Driver::ready();
    let first = driver.send(Command::create_response());
    driver.send(Command::create_response());
    driver.sent();
    driver.feed_all([created("resp_server"), done("resp_server")]);
    assert_eq!(driver.sent(), ["create"], "the second");

    let late = driver.feed(error(RACE, Some(&first)));
    driver.feed_all([created("resp_2"), done("resp_2")]);

    assert_eq!(count(&late, "error"), 0, "{late:?}");
    assert_eq!(driver.sent(), ["create"], "the first again");
}

#[test]
fn a_token_settles_its_own_request_and_no_other() {
    let mut driver = Driver::ready();
    let first = driver.send(aside());
    let second = driver.send(aside());
    let token = driver.frames()[1]["response"]["metadata"].clone();

    let begun = driver.feed(begun_aside("side_2", &token));
    let refused = driver.feed(error("invalid_value", Some(&first)));

    let accepted = format!("command_settled {second} accepted");
    assert!(begun.contains(&accepted), "{begun:?}");
    let rejected = format!("command_settled {first} rejected:rejected");
    assert!(refused.contains(&rejected), "{refused:?}");
}

#[test]
fn arguments_that_were_held_are_delivered_at_the_end_with_all_their_ids() {
    let mut driver = Driver::ready();
    driver.feed_all([
        created("resp_1"),
        call_item("added", "resp_1", "call_1", "in_progress", ""),
        arguments("resp_1", "call_1", "[1"),
    ]);

    let events = driver.events(done("resp_1"));

    let [Event::ToolCall(call), Event::ResponseFinished(finished)] = &*events else {
        panic!("a call, then the end: {events:?}");
    };
    assert_eq!(call.arguments, "[1");
    assert_eq!(call.ids.response_id.as_deref(), Some("resp_1"));
    assert_eq!(call.ids.item_id.as_deref(), Some("item_call_1"));
    assert_eq!(finished.calls, 1);
    assert!(!finished.empty);
}

#[test]
fn a_call_that_ends_unanswered_says_why() {
    let mut failed = Driver::ready();
    failed.feed_all([
        created("resp_1"),
        call_item("added", "resp_1", "call_1", "in_progress", ""),
    ]);
    let mut lost = failed.clone();

    let failed = failed.feed(ended("resp_1", "failed", ""));
    lost.session.disconnected(Close::lost());

    assert_eq!(failed[0], "tool_call_cancelled call_1 failed");
    assert_eq!(lost.told()[0], "tool_call_cancelled call_1 closed");
}

#[test]
fn what_was_told_before_the_end_explains_it() {
    for (code, closed) in [
        ("session_expired", "closed expired replay"),
        ("invalid_api_key", "closed auth never"),
        ("insufficient_quota", "closed quota never"),
        ("beta_api_shape_disabled", "closed rejected never"),
        ("server_error", "closed server_fault replay"),
        ("invalid_value", "closed lost replay"),
    ] {
        let mut driver = Driver::ready();
        driver.feed(error(code, None));

        driver.session.disconnected(Close::lost());

        assert_eq!(driver.told(), [closed], "{code}");
    }
}

fn aside() -> Command<'static> {
    let mut create = CreateResponse::new();
    create.out_of_band = true;
    create.into()
}

fn begun_aside(response: &str, metadata: &Value) -> String {
    let of = json!({"id": response, "conversation_id": null, "metadata": metadata});
    json!({"type": "response.created", "response": of}).to_string()
}
