//! Corners of the conversation: its order, and what it keeps.

use crate::support::{Driver, OPENED, committed, count, item, message};
use realtime_proto::{Close, Config, Dialect, Lane, Retain};
use serde_json::{Value, json};

#[test]
fn a_conversation_is_empty_until_something_is_said() {
    let mut driver = Driver::ready();
    assert!(driver.session.conversation().is_empty());

    driver.feed(message("added", "item_1", None));

    assert!(!driver.session.conversation().is_empty());
    assert_eq!(driver.session.conversation().len(), 1);
}

#[test]
fn what_is_first_on_a_new_connection_stands_behind_the_old() {
    let mut driver = Driver::ready();
    driver.feed(message("added", "old", Some(Value::Null)));
    driver.session.disconnected(Close::lost());
    driver.session = driver.session.reconnect(Config::new(Dialect::OpenAi));
    driver.feed(OPENED);

    driver.feed(message("added", "new", Some(Value::Null)));

    assert_eq!(driver.order(), ["old", "new"]);
}

#[test]
fn what_has_its_place_keeps_it_whatever_is_told_later() {
    let mut driver = Driver::ready();
    driver.feed_all([
        message("added", "a", Some(Value::Null)),
        message("added", "b", Some(json!("a"))),
        message("added", "c", Some(json!("b"))),
    ]);

    driver.feed_all([
        message("done", "a", Some(json!("c"))),
        message("done", "b", None),
    ]);

    assert_eq!(driver.order(), ["a", "b", "c"]);
}

#[test]
fn what_has_no_place_yet_takes_it_with_all_that_stands_behind_it() {
    let mut driver = Driver::ready();
    driver.feed_all([
        message("added", "a", Some(Value::Null)),
        committed("u"),
        message("added", "b", Some(json!("a"))),
        message("added", "v", Some(json!("u"))),
    ]);
    assert_eq!(driver.order(), ["a", "b", "u", "v"]);

    driver.feed(message("added", "u", Some(json!("a"))));

    assert_eq!(driver.order(), ["a", "u", "v", "b"]);
}

#[test]
fn what_waits_for_an_item_brings_what_stands_behind_it() {
    let mut driver = Driver::ready();
    driver.feed_all([
        message("added", "a", Some(Value::Null)),
        committed("u"),
        message("added", "v", Some(json!("u"))),
        message("added", "u", Some(json!("x"))),
    ]);
    assert_eq!(driver.order(), ["a", "u", "v"]);

    driver.feed(message("added", "x", Some(Value::Null)));

    assert_eq!(driver.order(), ["x", "u", "v", "a"]);
}

#[test]
fn the_texts_of_items_that_had_to_go_count_no_more() {
    let mut config = Config::new(Dialect::OpenAi);
    config.limits.items = 2;
    config.limits.conversation = Retain::Text { bytes: 14 };
    let mut driver = Driver::ready_with(config);

    let ids = ["text_1", "text_2", "text_3", "text_4"];
    let lines = driver.feed_all(ids.map(|id| message("done", id, None)));

    assert_eq!(count(&lines, "limit_reached items"), 2, "{lines:?}");
    assert_eq!(
        count(&lines, "limit_reached conversation_text"),
        0,
        "{lines:?}"
    );
    assert_eq!(
        driver.text_of("text_4", Lane::Display).as_deref(),
        Some("text_4")
    );
}

#[test]
fn items_that_follow_themselves_stand_where_they_came() {
    for (circle, order) in [
        (vec![("b", "b")], vec!["a", "b"]),
        (vec![("b", "c"), ("c", "b")], vec!["a", "b", "c"]),
        (
            vec![("b", "c"), ("c", "d"), ("d", "b")],
            vec!["a", "c", "b", "d"],
        ),
    ] {
        let mut driver = Driver::ready();
        driver.feed(message("added", "a", Some(Value::Null)));

        for (id, previous) in &circle {
            driver.feed(message("added", id, Some(json!(previous))));
        }
        driver.feed(message("done", "b", None));

        assert_eq!(driver.order(), order, "{circle:?}");
    }
}

#[test]
fn an_item_goes_on_though_it_follows_itself() {
    let mut driver = Driver::ready();
    driver.feed(committed("u"));

    driver.feed(message("added", "u", Some(json!("u"))));
    driver.feed(message("added", "v", Some(json!("u"))));

    assert_eq!(driver.order(), ["u", "v"]);
}

#[test]
fn a_turn_without_an_id_is_one_turn_though_its_end_is_told_too() {
    let mut driver = Driver::ready();
    let of = json!({"type": "message", "role": "user", "content": []});

    let lines = driver.feed_all([item("added", of.clone(), None), item("done", of, None)]);

    assert_eq!(count(&lines, "user_turn_committed"), 1, "{lines:?}");
}
