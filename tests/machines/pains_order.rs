//! What users report of transcripts and order, each by the rule that prevents it.

use crate::support::{
    Driver, audio, buffer, committed, count, created, cut_off, delta, done, ended, message,
    opened_with, speech, spoken, spoken_done, text, transcribed,
};
use realtime_proto::{Close, Lane, SendText, Status};
use serde_json::{Value, json};

#[test]
pub(crate) fn pain_13_a_late_transcript_lands_where_it_was_spoken() {
    let late = transcribed("user_1", "Hello");
    let reply = [
        created("resp_1"),
        json!({"type": "conversation.item.added", "previous_item_id": "user_1",
               "item": {"id": "item_1", "type": "message", "role": "assistant"}})
        .to_string(),
        spoken_done("resp_1", "item_1", "Hi"),
        done("resp_1"),
    ];
    for at in 0..=reply.len() {
        let mut driver = Driver::ready();
        driver.feed(committed("user_1"));
        driver.feed_all(&reply[..at]);
        driver.feed(&late);
        driver.feed_all(&reply[at..]);

        assert_eq!(driver.order(), ["user_1", "item_1"], "{at}");
        assert_eq!(
            driver.text_of("user_1", Lane::Spoken).as_deref(),
            Some("Hello")
        );
        assert_eq!(
            driver.text_of("item_1", Lane::Spoken).as_deref(),
            Some("Hi")
        );
    }
}

#[test]
pub(crate) fn pain_14_each_transcript_ends_once_also_at_the_close() {
    for ending in ["completed", "failed", "close"] {
        let mut driver = Driver::ready();
        let kind = "conversation.item.input_audio_transcription";
        let mut lines = driver.feed(delta(&format!("{kind}.delta"), "", "user_1", "Hel"));
        let failed = json!({"type": format!("{kind}.failed"), "item_id": "user_1", "error": {}});
        match ending {
            "completed" => lines.extend(driver.feed(transcribed("user_1", "Hello"))),
            "failed" => lines.extend(driver.feed(failed.to_string())),
            _ => {}
        }
        lines.extend(
            driver.feed_all(
                [transcribed("user_1", "")]
                    .iter()
                    .filter(|_| ending != "close"),
            ),
        );
        driver.session.disconnected(Close::lost());
        lines.extend(driver.told());

        let ended = count(&lines, "input_transcript user_1 final")
            + count(&lines, "input_transcript user_1 failed Hel");
        assert_eq!(ended, 1, "{ending}: {lines:?}");
    }
}

#[test]
pub(crate) fn pain_14_an_interrupted_reply_keeps_what_it_said() {
    let mut driver = Driver::ready();
    driver.feed(message("added", "item_1", None).replace("user", "assistant"));
    driver.feed_all([
        created("resp_1"),
        spoken("resp_1", "item_1", "The answer is"),
    ]);

    let lines = driver.feed(ended("resp_1", "cancelled", "client_cancelled"));

    assert_eq!(
        count(&lines, "text_done item_1 The answer is + interrupted"),
        1
    );
    assert_eq!(
        driver.text_of("item_1", Lane::Spoken).as_deref(),
        Some("The answer is")
    );
}

#[test]
pub(crate) fn pain_14_a_final_text_is_not_erased_by_an_empty_one() {
    let mut driver = Driver::ready();
    driver.feed(committed("user_1"));
    driver.feed(transcribed("user_1", "Hello"));

    driver.feed(
        json!({"type": "conversation.item.done", "item": {
            "id": "user_1", "type": "message", "role": "user",
            "content": [{"type": "input_audio", "transcript": null}]
        }})
        .to_string(),
    );

    assert_eq!(
        driver.text_of("user_1", Lane::Spoken).as_deref(),
        Some("Hello")
    );
}

#[test]
pub(crate) fn pain_23_every_order_of_arrival_gives_the_same_order() {
    let frames: Vec<_> = [
        ("a", Value::Null),
        ("b", json!("a")),
        ("c", json!("b")),
        ("d", json!("c")),
    ]
    .into_iter()
    .map(|(id, previous)| message("added", id, Some(previous)))
    .collect();
    for order in permutations(frames.len()) {
        let mut driver = Driver::ready();

        driver.feed_all(order.iter().map(|at| &frames[*at]));

        assert_eq!(driver.order(), ["a", "b", "c", "d"], "{order:?}");
    }
}

#[test]
fn pain_23_null_is_the_head_and_absence_is_the_tail() {
    let mut driver = Driver::ready();

    driver.feed(message("added", "b", None));
    driver.feed(message("added", "c", None));
    driver.feed(message("added", "a", Some(Value::Null)));

    assert_eq!(driver.order(), ["a", "b", "c"]);
}

#[test]
pub(crate) fn pain_24_a_status_only_advances() {
    for kind in ["added", "retrieved", "done", "created"] {
        let mut driver = Driver::ready();
        let of = |status: &str| {
            json!({"type": format!("conversation.item.{kind}"), "item": {
                "id": "a", "type": "message", "role": "user", "status": status, "content": []
            }})
            .to_string()
        };
        driver.feed(of("completed").replace(kind, "done"));

        driver.feed(of("in_progress"));

        let status = driver
            .session
            .conversation()
            .get("a")
            .and_then(|item| item.status.clone());
        assert_eq!(status, Some(Status::Completed), "{kind}");
    }
}

#[test]
pub(crate) fn pain_25_two_items_and_two_lanes_overlap_without_mixing() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));

    let lines = driver.feed_all([
        spoken("resp_1", "item_1", "one"),
        audio("resp_1", "item_1", 20),
        audio("resp_1", "item_2", 20),
        text("resp_1", "item_2", "two"),
        json!({"type": "response.output_audio.done", "response_id": "resp_1", "item_id": "item_1"})
            .to_string(),
        audio("resp_1", "item_2", 20),
        spoken_done("resp_1", "item_1", "one"),
    ]);

    assert_eq!(
        lines,
        [
            "text_delta item_1 one",
            "audio_delta item_1 @0",
            "audio_delta item_2 @0",
            "text_delta item_2 two",
            "audio_done item_1 @0",
            "audio_delta item_2 @0",
            "text_done item_1 one + final",
        ]
    );
}

#[test]
pub(crate) fn pain_25_a_barge_in_leaves_the_text_of_the_same_reply_alone() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 20)]);
    driver.feed(speech("user_1"));

    let lines = driver.feed_all([
        spoken("resp_1", "item_1", "x"),
        text("resp_1", "item_2", "shown"),
    ]);

    assert_eq!(lines, ["suppressed stale_epoch", "text_delta item_2 shown"]);
    driver.feed_all([
        cut_off("resp_1"),
        buffer("cleared", "x"),
        opened_with(json!({})),
    ]);
    let mut silent = SendText::new("x");
    silent.respond = false;
    driver.send(silent.into());
}

fn permutations(length: usize) -> Vec<Vec<usize>> {
    if length == 0 {
        return vec![Vec::new()];
    }
    let shorter = permutations(length - 1);
    let insert = |order: &Vec<usize>| {
        let order = order.clone();
        (0..=order.len()).map(move |at| {
            let mut longer = order.clone();
            longer.insert(at, length - 1);
            longer
        })
    };
    shorter.iter().flat_map(insert).collect()
}
