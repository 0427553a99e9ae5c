//! Commands: how each of them settles, what is refused, and what may pass what.

use crate::support::{
    Driver, IDLE, OPENED, audio, calling, count, created, done, ended, error, message, ms,
    opened_with,
};
use realtime_proto::{
    Class, Command, Config, Dialect, Event, Retry, SendError, SendText, SessionPatch, Validity,
};
use serde_json::json;

#[test]
fn m10_a_redundant_cancel_is_idempotent() {
    for named in [true, false] {
        let mut driver = Driver::ready();
        driver.feed(created("resp_1"));
        let cancel = driver.send(Command::cancel_response());

        let id = Some(cancel.as_str()).filter(|_| named);
        let lines = driver.feed(error(IDLE, id));

        assert_eq!(lines, [format!("command_settled {cancel} superseded")]);
    }
}

#[test]
fn m10_a_cancel_that_the_end_overtook_is_no_error_either() {
    for named in [true, false] {
        let mut driver = Driver::ready();
        driver.feed(created("resp_1"));
        let cancel = driver.send(Command::cancel_response());
        driver.feed(done("resp_1"));

        let id = Some(cancel.as_str()).filter(|_| named);
        let lines = driver.feed(error(IDLE, id));

        assert_eq!(lines, ["suppressed acknowledgement"]);
        assert_eq!(driver.session.counters().races, 1);
    }
}

#[test]
fn m19_an_output_and_its_continuation_are_two_exact_frames() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    driver.feed(done("resp_1"));

    driver.send(Command::tool_output("call_1", r#"{"temp":21}"#));

    let output = r#"{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_1","output":"{\"temp\":21}"},"event_id":"rp-1"}"#;
    assert_eq!(text(&mut driver), output);
    assert_eq!(
        text(&mut driver),
        r#"{"type":"response.create","event_id":"rp-2"}"#
    );
}

#[test]
fn m22_a_commit_of_nothing_is_refused_without_a_frame() {
    let mut driver = Driver::manual();

    let error = driver.refused(Command::CommitInput);

    assert!(matches!(error, SendError::InputTooShort { have, .. } if have == ms(0)));
    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
fn m22_text_asks_for_its_reply_without_a_commit() {
    let mut driver = Driver::manual();

    driver.send(Command::text("Hello"));

    assert_eq!(driver.sent(), ["create user", "create"]);
}

#[test]
fn m23_what_this_server_cannot_take_is_refused_and_the_session_lives() {
    let mut driver = Driver::ready();

    let error = driver.refused(Command::video_frame("image/jpeg", b"frame"));
    driver.send(Command::append_audio(&[0; 480]));

    assert!(matches!(error, SendError::Unsupported { .. }), "{error:?}");
    assert_eq!(driver.sent(), ["append"]);
}

#[test]
fn m24_what_can_never_change_is_refused_and_nothing_is_sent() {
    let mut driver = Driver::new(Config::new(Dialect::OpenAi));
    driver
        .feed(json!({"type": "session.created", "session": {"model": "gpt-realtime"}}).to_string());
    let mut patch = SessionPatch::default();
    patch.model.set("another");

    let error = driver.refused(Command::configure(patch));

    assert_eq!(error, SendError::Immutable { field: "model" });
    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
fn m25_arguments_are_told_with_their_validity_and_are_never_fatal() {
    for (text, validity) in [
        ("", Validity::Empty),
        (r#"{"a":1}"#, Validity::Object),
        ("[1]", Validity::NotObject),
        (r#"{"a":"#, Validity::Malformed),
    ] {
        assert_eq!(delivered(text), Some((text.into(), validity)), "{text}");
    }
}

#[test]
fn m26_malformed_arguments_are_told_as_they_came() {
    // A raw string always, whatever the sources made of it (section 8, 12).
    let raw = r#"{"city": Paris}"#;
    let told = Some((raw.into(), Validity::Malformed));
    let arguments = crate::support::arguments("resp_1", "call_1", raw);

    assert_eq!(delivered(raw), told);
    assert_eq!(
        call_of([created("resp_1"), arguments, done("resp_1")]),
        told
    );
}

#[test]
fn m27_control_is_never_lost_and_keeps_its_order_under_audio() {
    let mut config = Config::new(Dialect::OpenAi);
    config.limits.outbox_bytes = 4_096;
    let mut driver = Driver::ready_with(config);
    driver.feed(created("resp_1"));

    for _ in 0..20 {
        driver.send(Command::append_audio(&[0; 960]));
    }
    driver.send(Command::CommitInput);
    driver.send(Command::cancel_response());
    driver.send(Command::append_audio(&[0; 960]));

    let dropped = count(&driver.told(), "input dropped");
    let sent = driver.sent();
    assert!(dropped > 0, "audio gives way, with a word");
    let control: Vec<_> = sent.iter().filter(|line| *line != "append").collect();
    assert_eq!(control, ["commit", "cancel resp_1"]);
    assert_eq!(sent.last().map(String::as_str), Some("append"));
}

#[test]
fn m28_every_event_id_fits_into_32_characters() {
    let mut config = Config::new(Dialect::OpenAi);
    config.id_prefix = "a-very-long-prefix-of-some-application".into();
    let mut driver = Driver::ready_with(config);

    driver.send(Command::text("Hello"));

    for frame in driver.frames() {
        let id = frame["event_id"].as_str().expect("a name");
        let (prefix, _) = id.rsplit_once('-').expect("a number");
        let last = format!("{prefix}-{}", u64::MAX);
        assert!(last.len() <= 32, "{last}");
    }
}

#[test]
fn m29_an_image_is_accepted_by_its_own_item_and_later_text_waits_behind_it() {
    let mut driver = Driver::ready();
    let image = driver.send(Command::image("image/png", b"pixels"));
    let mut later = SendText::new("What is it?");
    later.respond = false;
    let later = driver.send(later.into());

    let sent = driver.frames();
    let first = driver.feed(message("added", "item_1", None));
    let second = driver.feed(message("added", "item_2", None));

    assert_eq!(sent[0]["item"]["content"][0]["type"], "input_image");
    assert_eq!(sent[1]["item"]["content"][0]["type"], "input_text");
    assert!(first.contains(&format!("command_settled {image} accepted")));
    assert!(second.contains(&format!("command_settled {later} accepted")));
}

#[test]
fn m30_errors_are_told_apart_by_code_and_never_by_their_words() {
    let mut driver = Driver::ready();
    let mut class = |code: &str, words: &str| {
        let frame = json!({"type": "error", "error": {"code": code, "message": words}});
        let events = driver.events(frame.to_string());
        match &events[..] {
            [Event::Error(error)] => (error.class, error.session_usable, error.retry),
            other => panic!("one error: {other:?}"),
        }
    };

    let quota = class("insufficient_quota", "rate limit reached");
    let rate = class("rate_limit_exceeded", "quota exceeded");

    assert_eq!(quota, (Class::Quota, false, Retry::Never));
    assert_eq!((rate.0, rate.1), (Class::Throttled, true));
}

#[test]
fn x28_a_change_of_format_stays_behind_the_audio_of_the_old_one() {
    let mut driver = Driver::ready();
    driver.send(Command::append_audio(&[0; 960]));
    let mut patch = SessionPatch::default();
    patch.input_format.set(realtime_proto::AudioFormat::pcmu());

    driver.send(Command::configure(patch));
    driver.send(Command::append_audio(&[0; 160]));

    assert_eq!(driver.sent(), ["append", "update", "append"]);
}

#[test]
fn x6_three_requests_during_a_response_go_one_at_a_time() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_0"));
    let ids: Vec<_> = (0..3)
        .map(|_| driver.send(Command::create_response()))
        .collect();
    assert_eq!(driver.sent(), [""; 0]);

    let mut before = "resp_0".to_owned();
    for (id, turn) in ids.iter().zip(1..) {
        driver.feed(done(&before));
        assert_eq!(driver.sent(), ["create"], "one in flight");
        before = format!("resp_{turn}");
        let begun = driver.feed(created(&before));
        assert!(begun.contains(&format!("command_settled {id} accepted")));
    }
    driver.feed(done(&before));
    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
fn x9_a_truncation_is_clamped_to_what_was_received() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 3_700)]);

    driver.send(Command::truncate("item_1", 0, ms(3_760)));

    assert_eq!(driver.sent(), ["truncate item_1 3700"]);
}

#[test]
fn x9_where_nothing_was_received_nothing_is_truncated() {
    let mut driver = Driver::ready();
    driver.at(0);
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 0)]);

    let cut = driver.send(Command::truncate("item_1", 0, ms(100)));

    assert_eq!(driver.told(), [format!("command_settled {cut} superseded")]);
    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
fn x20_benign_codes_are_benign_in_any_language() {
    for code in [IDLE, crate::support::RACE] {
        for words in ["", "キャンセルできません", "уже есть активный ответ"]
        {
            let mut driver = Driver::ready();
            let frame = json!({"type": "error", "error": {"code": code, "message": words}});

            let lines = driver.feed(frame.to_string());

            assert_eq!(lines, [format!("error benign_race {code}")]);
        }
    }
}

#[test]
fn a13_the_close_leaves_though_the_audio_queue_is_full() {
    let mut driver = Driver::ready();
    for _ in 0..50 {
        driver.send(Command::append_audio(&[0; 960]));
    }

    driver.send(Command::Close);

    assert_eq!(driver.sent(), ["close 1000"]);
}

#[test]
fn a13_the_close_leaves_before_the_session_was_ready() {
    let mut driver = Driver::new(Config::new(Dialect::OpenAi));
    driver.send(Command::Close);

    assert_eq!(driver.sent(), ["close 1000"]);
    driver.feed(OPENED);
    driver.feed_all([ended("resp_1", "completed", ""), opened_with(json!({}))]);
    assert_eq!(driver.sent(), [""; 0]);
}

fn delivered(text: &str) -> Option<(String, Validity)> {
    call_of([
        created("resp_1"),
        crate::support::arguments("resp_1", "call_1", text),
        crate::support::call_item("done", "resp_1", "call_1", "completed", text),
        done("resp_1"),
    ])
}

fn call_of(frames: impl IntoIterator<Item = String>) -> Option<(String, Validity)> {
    let mut driver = Driver::ready();
    let mut events = frames.into_iter().flat_map(|frame| driver.events(frame));
    events.find_map(|event| match event {
        Event::ToolCall(call) => Some((call.arguments.into_owned(), call.validity)),
        _ => None,
    })
}

fn text(driver: &mut Driver) -> String {
    match driver.session.poll_transmit() {
        Some(realtime_proto::Transmit::Text(text)) => text.into(),
        other => panic!("a frame: {other:?}"),
    }
}
