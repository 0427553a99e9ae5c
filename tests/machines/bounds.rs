//! What gives way where the server answers nothing or the host polls nothing, each with a word.

use crate::support::{
    Driver, OPENED, RACE, arguments, audio, count, created, created_aside, done, error, ms, speech,
    text,
};
use realtime_proto::{Command, Config, Dialect, Epoch, Limits, SendError};

fn limited(change: impl FnOnce(&mut Limits)) -> Config {
    let mut config = Config::new(Dialect::OpenAi);
    change(&mut config.limits);
    config
}

/// The user cuts a reply of which 10 ms were heard.
fn cut(driver: &mut Driver, round: u32) -> Vec<String> {
    let (response, item) = (format!("resp_{round}"), format!("item_{round}"));
    driver.feed_all([created(&response), audio(&response, &item, 100)]);
    driver.send(Command::playback(Epoch(round), ms(10)));
    driver.feed_all([speech("user_1"), done(&response)])
}

#[test]
fn commands_are_taken_though_the_server_confirms_no_truncation() {
    let mut driver = Driver::ready_with(limited(|limits| limits.pending_commands = 4));
    let mut lines = Vec::new();
    for round in 0..66 {
        lines.extend(cut(&mut driver, round));
        assert_eq!(driver.sent(), [format!("truncate item_{round} 10")]);
    }

    driver.send(Command::create_response());

    assert_eq!(driver.sent(), ["create"]);
    assert_eq!(count(&lines, "limit_reached own_commands"), 2, "{lines:?}");
}

#[test]
fn the_sessions_own_frames_keep_to_their_reserve_while_nobody_polls() {
    let mut driver = Driver::ready_with(limited(|limits| limits.outbox_bytes = 1_000));
    let lines: Vec<_> = (0..500).flat_map(|n| cut(&mut driver, n)).collect();

    assert!(count(&lines, "limit_reached outbox_bytes") > 0);
    let queued = driver.session.queued_bytes();
    assert!(queued < 1_000 + (16 << 10) + 200, "{queued} bytes");
    driver.sent();
    cut(&mut driver, 500);
    assert_eq!(driver.sent(), ["truncate item_500 10"]);
}

#[test]
fn a_request_waits_while_nobody_polls() {
    let mut driver = Driver::ready_with(limited(|limits| limits.outbox_bytes = 1_000));
    driver.feed(created("resp_1"));
    driver.send(Command::create_response());
    for n in 0..500 {
        let side = format!("side_{n}");
        driver.feed_all([created_aside(&side), audio(&side, "item_s", 20)]);
        driver.feed_all([speech("user_1"), done(&side)]);
    }

    driver.feed(done("resp_1"));

    let waiting = driver.sent();
    assert_eq!(count(&waiting, "create"), 0, "{waiting:?}");
    driver.feed(r#"{"type":"rate_limits.updated","rate_limits":[]}"#);
    assert_eq!(driver.sent(), ["create"]);
}

#[test]
fn a_refused_command_takes_no_room() {
    let mut driver = Driver::ready_with(limited(|limits| limits.outbox_bytes = 1_000));
    let before = driver.session.memory_bytes();

    let refused = driver.refused(Command::text(&"x".repeat(1 << 20)));

    assert_eq!(refused, SendError::TooLarge { limit: 1_000 });
    let outbox = 200;
    assert!(driver.session.memory_bytes() <= before + outbox + 1_000);
}

#[test]
fn the_oldest_requests_that_no_connection_answers_are_given_up() {
    let config = limited(|limits| limits.pending_commands = 2);
    let mut driver = Driver::new(config.clone());
    let mut lines = Vec::new();
    for _ in 0..5 {
        driver.send(Command::create_response());
        driver.session = driver.session.clone().reconnect(config.clone());
        lines.extend(driver.told());
    }

    assert_eq!(count(&lines, "limit_reached pending_commands"), 3);
    driver.feed(OPENED);
    assert_eq!(driver.sent(), ["create"]);
    driver.feed_all([created("resp_1"), done("resp_1")]);
    assert_eq!(driver.sent(), ["create"]);
    driver.feed_all([created("resp_2"), done("resp_2")]);
    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
fn what_nobody_polled_of_earlier_connections_is_given_up() {
    let config = limited(|limits| limits.queued_events = 3);
    let mut driver = Driver::new(config.clone());
    for _ in 0..4 {
        driver.session = driver.session.clone().reconnect(config.clone());
    }
    let last = driver.send(Command::create_response());
    driver.session = driver.session.clone().reconnect(config);

    let told = driver.told();
    let unknown = format!("command_settled {last} unknown");
    assert_eq!(
        told,
        [
            "limit_reached queued_events",
            &unknown,
            "closed lost replay"
        ]
    );
}

#[test]
fn a_request_that_loses_after_it_has_won_is_given_up_with_its_error() {
    let mut driver = Driver::ready();
    driver.send(Command::create_response());
    let mut creates = driver.sent();
    let mut lines = Vec::new();
    for n in 0..20 {
        let response = format!("resp_{n}");
        lines.extend(driver.feed_all([created(&response), done(&response), error(RACE, None)]));
        creates.extend(driver.sent());
    }

    assert_eq!(creates, ["create"; 8]);
    assert!(count(&lines, &format!("error benign_race {RACE}")) > 0);
}

#[test]
fn the_oldest_of_too_many_answered_responses_gets_no_reply() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp"), text("resp", "item", "well")]);
    let mut lines = Vec::new();
    for n in 0..65 {
        let side = format!("side_{n}");
        let call = arguments(&side, &side, "{}");
        lines.extend(driver.feed_all([created_aside(&side), call]));
        driver.send(Command::tool_output(&side, "1"));
        driver.feed(done(&side));
    }
    driver.sent();

    driver.feed(done("resp"));

    assert_eq!(count(&lines, "limit_reached continuations"), 1);
    assert_eq!(driver.sent(), ["create"]);
}

#[test]
fn the_oldest_of_too_many_unheard_items_is_not_deleted() {
    let mut driver = Driver::ready();
    let mut lines = Vec::new();
    for n in 0..65 {
        let unnamed = audio("resp", &format!("item_{n}"), 20).replace("response_id", "of");
        // The response is named only after its audio has begun.
        let named = text(&format!("resp_{n}"), &format!("note_{n}"), "It ");
        driver.feed_all([created(""), unnamed, named]);
        driver.send(Command::playback(Epoch(n), ms(0)));
        lines.extend(driver.feed(speech("user_1")));
    }

    assert_eq!(count(&lines, "limit_reached unheard_items"), 1, "{lines:?}");
}

#[test]
fn a_cancel_that_was_asked_for_leaves_though_nobody_polls() {
    let mut driver = Driver::ready_with(limited(|limits| limits.outbox_bytes = 1_000));
    driver.send(Command::create_response());
    assert_eq!(driver.sent(), ["create"]);
    driver.send(Command::cancel_response());
    for n in 0..500 {
        let side = format!("side_{n}");
        driver.feed_all([created_aside(&side), audio(&side, "item_s", 20)]);
        driver.feed_all([speech("user_1"), done(&side)]);
    }

    driver.feed(created("resp_1"));

    let sent = driver.sent();
    assert_eq!(sent.last().map(String::as_str), Some("cancel resp_1"));
}

#[test]
fn a_deletion_that_was_asked_for_is_not_forgotten_with_the_sessions_own_frames() {
    let mut driver = Driver::ready();
    let deletion = driver.send(Command::delete_item("item_old"));
    for round in 0..66 {
        cut(&mut driver, round);
    }

    let lines = driver.feed(r#"{"type":"conversation.item.deleted","item_id":"item_old"}"#);

    let settled = format!("command_settled {deletion} accepted");
    assert_eq!(count(&lines, &settled), 1, "{lines:?}");
}
