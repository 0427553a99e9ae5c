//! Corners of texts: which word of several is kept, what is given up, and what only an item tells.

use crate::support::{Driver, OPENED, count, created, done, item, message, text};
use realtime_proto::{Close, Config, Dialect, Event, Lane, Retain};
use serde_json::{Value, json};

#[test]
fn of_two_texts_the_final_then_the_longer_then_the_greater_is_kept() {
    for (one, other, kept) in [
        (("in_progress", "abcdef"), ("completed", "abc"), "abc"),
        (("", "abcdef"), ("completed", "abc"), "abc"),
        (("in_progress", "abc"), ("in_progress", "abcd"), "abcd"),
        (("completed", "abc"), ("completed", "abcd"), "abcd"),
        (("completed", "abc"), ("incomplete", "abd"), "abd"),
    ] {
        for order in [[one, other], [other, one]] {
            let mut driver = Driver::ready();

            driver.feed_all(order.map(|(status, text)| said(status, text)));

            let text = driver.text_of("item_1", Lane::Display);
            assert_eq!(text.as_deref(), Some(kept), "{order:?}");
        }
    }
}

#[test]
fn each_lane_keeps_its_own_text() {
    let mut driver = Driver::ready();

    let content = json!([
        {"type": "input_text", "text": "shown"},
        {"type": "input_audio", "transcript": "heard"}
    ]);
    driver.feed(item("done", of("item_1", "user", &content), None));

    let text = |lane| driver.text_of("item_1", lane);
    assert_eq!(text(Lane::Display).as_deref(), Some("shown"));
    assert_eq!(text(Lane::Spoken).as_deref(), Some("heard"));
}

#[test]
fn the_oldest_text_goes_when_there_is_more_than_is_kept_and_no_sooner() {
    let mut driver = keeping(10);

    let full = driver.feed_all([
        message("done", "one_1", None),
        message("done", "two_2", None),
    ]);
    let more = driver.feed_all([
        message("done", "six_6", None),
        message("done", "ten_x", None),
    ]);

    assert_eq!(count(&full, "limit_reached"), 0, "{full:?}");
    assert_eq!(
        count(&more, "limit_reached conversation_text"),
        2,
        "{more:?}"
    );
    let kept = ["one_1", "two_2", "six_6", "ten_x"].map(|id| driver.text_of(id, Lane::Display));
    let kept = kept.each_ref().map(Option::as_deref);
    assert_eq!(kept, [None, None, Some("six_6"), Some("ten_x")]);
}

#[test]
fn a_text_that_is_replaced_counts_once() {
    let mut driver = keeping(10);

    let lines = driver.feed_all(["a", "ab", "abc", "abcd", "abcde"].map(|text| said("", text)));

    assert_eq!(count(&lines, "limit_reached"), 0, "{lines:?}");
}

#[test]
fn a_text_that_was_deleted_counts_no_more() {
    let mut driver = keeping(10);

    let lines = driver.feed_all([
        message("done", "one_1", None),
        message("done", "two_2", None),
        deleted("one_1"),
        message("done", "six_6", None),
        deleted("two_2"),
        message("done", "ten_x", None),
    ]);

    assert_eq!(count(&lines, "limit_reached"), 0, "{lines:?}");
}

#[test]
fn what_is_deleted_moves_the_beginning_of_a_connection_only_from_before_it() {
    for (gone, order) in [
        ("old_1", ["old_2", "new_3", "new_2", "new_1"].as_slice()),
        ("new_2", &["old_1", "old_2", "new_3", "new_1"]),
        ("new_1", &["old_1", "old_2", "new_3", "new_2"]),
    ] {
        let mut driver = Driver::ready();
        driver.feed_all([
            message("added", "old_1", None),
            message("added", "old_2", None),
        ]);
        reconnect(&mut driver);
        driver.feed_all([first("new_1"), first("new_2")]);

        driver.feed_all([deleted(gone), first("new_3")]);

        assert_eq!(driver.order(), order, "{gone}");
    }
}

#[test]
fn what_stands_behind_an_item_that_is_gone_goes_nowhere() {
    for known in [true, false] {
        let mut driver = Driver::ready();
        driver.feed(crate::support::committed("old"));
        reconnect(&mut driver);
        if known {
            driver.feed(first("a"));
        } else {
            driver.feed(crate::support::committed("a"));
        }
        driver.feed_all([message("added", "b", Some(json!("a"))), first("a")]);
        driver.feed_all([message("added", "c", Some(json!("b"))), deleted("a")]);

        driver.feed(message("added", "old", Some(json!("c"))));

        assert_eq!(driver.order(), ["b", "c", "old"], "{known}");
    }
}

#[test]
fn a_truncation_is_kept_with_its_item() {
    let mut driver = Driver::ready();
    driver.feed(message("added", "item_1", None));

    let cut =
        json!({"type": "conversation.item.truncated", "item_id": "item_1", "audio_end_ms": 70});
    driver.feed(cut.to_string());

    let item = driver.session.conversation().get("item_1");
    let heard = item.and_then(|item| item.heard);
    assert_eq!(heard, Some(crate::support::ms(70)));
}

#[test]
fn a_delta_of_a_text_that_has_ended_is_a_duplicate() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), text("resp_1", "item_1", "a")]);
    driver.feed(output("completed", "assistant", "a"));

    let lines = driver.feed(text("resp_1", "item_1", "b"));

    assert_eq!(lines, ["suppressed duplicate"]);
}

#[test]
fn a_text_that_only_the_item_of_a_reply_tells_is_told_as_it_ended() {
    for (status, role, told) in [
        (
            "completed",
            "assistant",
            vec!["text_done item_1 Hi +Hi final"],
        ),
        (
            "incomplete",
            "assistant",
            vec!["text_done item_1 Hi +Hi interrupted"],
        ),
        ("in_progress", "assistant", vec![]),
        ("completed", "system", vec![]),
    ] {
        let mut driver = Driver::ready();
        driver.feed(created("resp_1"));

        let mut lines = driver.feed(output(status, role, "Hi"));

        lines.retain(|line| line.starts_with("text_done"));
        assert_eq!(lines, told, "{status} {role}");
    }
}

#[test]
fn a_transcript_that_only_the_item_of_a_reply_tells_is_told_in_its_lane() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));
    let content = json!([{"type": "output_audio", "transcript": "Hi"}]);
    let of = of("item_1", "assistant", &content);

    let events = driver.events(
        json!({"type": "response.output_item.done", "response_id": "resp_1", "item": of})
            .to_string(),
    );

    let Event::TextDone(told) = &events[0] else {
        panic!("a text: {events:?}");
    };
    assert_eq!((told.lane, &*told.text), (Lane::Spoken, "Hi"));
}

#[test]
fn an_item_of_the_conversation_ends_a_text_only_where_deltas_began_it() {
    let content = json!([{"type": "output_text", "text": "Hi"}]);
    let of = item("done", of("item_1", "assistant", &content), None);
    let mut begun = Driver::ready();
    begun.feed_all([created("resp_1"), text("resp_1", "item_1", "H")]);
    let mut unknown = Driver::ready();

    let begun = begun.events(&of);
    let unknown = unknown.feed(&of);

    let Event::TextDone(told) = &begun[0] else {
        panic!("a text: {begun:?}");
    };
    assert_eq!((&*told.text, &*told.suffix), ("Hi", "i"));
    assert_eq!(told.ids.response_id.as_deref(), Some("resp_1"));
    assert_eq!(count(&unknown, "text_done"), 0, "{unknown:?}");
    assert_eq!(count(&unknown, "response_started"), 0, "{unknown:?}");
}

#[test]
fn what_a_done_leaves_of_a_response_is_no_news() {
    let mut driver = Driver::ready();
    driver.feed_all([
        created("resp_1"),
        done("resp_1"),
        created("resp_2"),
        done("resp_2"),
    ]);

    for late in ["resp_1", "resp_2"] {
        assert_eq!(driver.feed(done(late)), ["suppressed duplicate"], "{late}");
    }
}

fn keeping(bytes: usize) -> Driver {
    let mut config = Config::new(Dialect::OpenAi);
    config.limits.conversation = Retain::Text { bytes };
    Driver::ready_with(config)
}

fn reconnect(driver: &mut Driver) {
    driver.session.disconnected(Close::lost());
    let session = driver.session.clone();
    driver.session = session.reconnect(Config::new(Dialect::OpenAi));
    driver.feed(OPENED);
}

fn first(id: &str) -> String {
    message("added", id, Some(Value::Null))
}

fn deleted(id: &str) -> String {
    json!({"type": "conversation.item.deleted", "item_id": id}).to_string()
}

/// A text of `item_1`; no status where `status` is empty.
fn said(status: &str, text: &str) -> String {
    let content = json!([{"type": "input_text", "text": text}]);
    let mut of = of("item_1", "user", &content);
    if !status.is_empty() {
        of["status"] = json!(status);
    }
    item("done", of, None)
}

fn of(id: &str, role: &str, content: &Value) -> Value {
    json!({"id": id, "type": "message", "role": role, "content": content})
}

fn output(status: &str, role: &str, text: &str) -> String {
    let mut of = of(
        "item_1",
        role,
        &json!([{"type": "output_text", "text": text}]),
    );
    of["status"] = json!(status);
    json!({"type": "response.output_item.done", "response_id": "resp_1", "item": of}).to_string()
}
