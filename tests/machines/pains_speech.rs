//! What users report of interruptions and playback, each by the rule that prevents it.

use crate::support::{
    Driver, IDLE, RACE, arguments, audio, count, created, cut_off, delta, done, ended, error, ms,
    opened_with, speech, spoken, stopped, text,
};
use realtime_proto::{
    AudioFormat, Command, Config, CreatePolicy, CreateResponse, Dialect, Epoch, Unheard,
};
use serde_json::json;

#[test]
pub(crate) fn pain_01_a_request_survives_every_way_to_lose_the_race() {
    // The server begins a response of its own before, after, or instead of hearing the request.
    let orders: [&[&str]; 4] = [
        &["error"],
        &["error", "created"],
        &["created", "error"],
        &["created", "done", "error"],
    ];
    for named in [true, false] {
        for order in orders {
            let mut driver = Driver::ready();
            let create = driver.send(Command::create_response());
            driver.sent();
            let id = Some(create.as_str()).filter(|_| named);
            let mut lines = Vec::new();
            for step in order {
                lines.extend(driver.feed(match *step {
                    "error" => error(RACE, id),
                    "created" => created("resp_server"),
                    _ => done("resp_server"),
                }));
            }
            lines.extend(driver.feed(done("resp_server")));

            let sent = driver.sent();
            lines.extend(driver.feed_all([created("resp_own"), done("resp_own")]));

            assert_eq!(sent, ["create"], "{order:?}: {lines:?}");
            assert_eq!(count(&lines, "error"), 0, "{lines:?}");
            assert_eq!(count(&lines, "command_settled"), 1, "{lines:?}");
            assert_eq!(driver.sent(), [""; 0]);
        }
    }
}

#[test]
pub(crate) fn pain_01_a_request_that_is_refused_for_good_frees_the_slot() {
    for named in [true, false] {
        let mut driver = Driver::ready();
        let first = driver.send(Command::create_response());
        let second = driver.send(Command::create_response());
        driver.sent();

        let id = Some(first.as_str()).filter(|_| named);
        let lines = driver.feed(error("invalid_value", id));

        let refused = format!("command_settled {first} rejected:rejected");
        assert_eq!(count(&lines, &refused), usize::from(named), "{lines:?}");
        driver.feed_all([created("resp_1"), done("resp_1")]);
        assert_eq!(driver.sent(), ["create"], "{second} goes");
    }
}

#[test]
fn pain_01_a_request_that_nobody_answers_frees_the_slot_at_its_deadline() {
    // A driver that is on time, one that is 30 s late, and one that never tells the time.
    for late in [Some(0), Some(30_000), None] {
        let mut driver = Driver::ready();
        late.map(|_| driver.at(0));
        let first = driver.send(Command::create_response());
        driver.send(Command::create_response());
        driver.sent();

        let mut lines = Vec::new();
        for now in late.into_iter().flat_map(|late| [late, late + 30_000]) {
            lines.extend(driver.at(now));
        }

        let dropped = format!("command_settled {first} dropped:stalled");
        assert_eq!(
            count(&lines, &dropped),
            usize::from(late.is_some()),
            "{lines:?}"
        );
        assert_eq!(driver.sent().len(), usize::from(late.is_some()));
    }
}

#[test]
pub(crate) fn pain_01_who_replaces_goes_before_who_waits() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));
    driver.send(Command::create_response());
    let mut replace = CreateResponse::new();
    replace.policy = CreatePolicy::ReplaceActive;
    let replace = driver.send(replace.into());

    let cancel = driver.sent();
    driver.feed(ended("resp_1", "cancelled", "client_cancelled"));
    driver.sent();
    let lines = driver.feed(created("resp_2"));

    assert_eq!(cancel, ["cancel resp_1"]);
    assert!(
        lines.contains(&format!("command_settled {replace} accepted")),
        "{lines:?}"
    );
}

#[test]
pub(crate) fn pain_02_a_truncation_never_claims_more_than_there_is() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 3_700)]);
    driver.send(Command::playback(Epoch(0), ms(3_760)));

    driver.feed(speech("user_1"));

    assert_eq!(driver.sent(), ["truncate item_1 3700"]);
}

#[test]
pub(crate) fn pain_02_milliseconds_are_those_of_the_negotiated_format() {
    for (format, bytes_per_ms) in [
        (AudioFormat::pcm16(24_000), 48),
        (AudioFormat::pcmu(), 8),
        (AudioFormat::pcma(), 8),
    ] {
        let format = json!({"type": format.mime(), "rate": format.rate_hz});
        let mut driver = Driver::new(Config::new(Dialect::OpenAi));
        driver.feed(opened_with(json!({"output": {"format": format}})));
        let second = "A".repeat(bytes_per_ms * 1_000 / 3 * 4);
        driver.feed(created("resp_1"));
        driver.feed(delta(
            "response.output_audio.delta",
            "resp_1",
            "item_1",
            &second,
        ));

        driver.send(Command::truncate("item_1", 0, ms(60_000)));

        let [line] = &driver.sent()[..] else {
            panic!("one truncation");
        };
        let end: u64 = line
            .rsplit(' ')
            .next()
            .and_then(|end| end.parse().ok())
            .expect("whole");
        assert!((998..=1_000).contains(&end), "{line}");
    }
}

#[test]
pub(crate) fn pain_02_what_was_not_heard_at_all_goes_by_policy() {
    for (unheard, expected) in [
        (Unheard::Delete, vec!["delete item_1"]),
        (Unheard::Truncate, vec!["truncate item_1 0"]),
        (Unheard::Skip, vec![]),
    ] {
        let mut config = Config::new(Dialect::OpenAi);
        config.policy.unheard = unheard;
        let mut driver = Driver::ready_with(config);
        driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 100)]);
        driver.send(Command::playback(Epoch(0), ms(0)));

        driver.feed_all([speech("user_1"), cut_off("resp_1")]);

        assert_eq!(driver.sent(), expected);
    }
}

#[test]
pub(crate) fn pain_02_before_the_first_audio_there_is_nothing_to_truncate() {
    let mut driver = Driver::ready();
    driver.at(0);
    driver.feed_all([created("resp_1"), text("resp_1", "item_1", "Hi")]);

    driver.send(Command::interrupt());
    driver.feed(cut_off("resp_1"));

    assert_eq!(driver.sent(), ["cancel resp_1"]);
}

#[test]
pub(crate) fn pain_02_later_items_that_nobody_heard_go_too() {
    let mut driver = Driver::ready();
    driver.feed_all([
        created("resp_1"),
        audio("resp_1", "item_1", 1_000),
        audio("resp_1", "item_2", 1_000),
        audio("resp_1", "item_3", 1_000),
        done("resp_1"),
    ]);
    driver.send(Command::playback(Epoch(0), ms(1_500)));

    driver.send(Command::interrupt());

    assert_eq!(driver.sent(), ["truncate item_2 500", "delete item_3"]);
}

#[test]
fn pain_02_what_is_unknown_never_truncates() {
    let mut config = Config::new(Dialect::OpenAi);
    config.policy.estimate_playback = false;
    for mut driver in [Driver::ready_with(config), Driver::ready()] {
        let told = driver.session.clone().poll_timeout().is_some();
        assert!(!told, "no time was told");
        driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 1_000)]);

        driver.feed_all([speech("user_1"), cut_off("resp_1")]);

        assert_eq!(driver.sent(), [""; 0]);
    }
}

#[test]
pub(crate) fn pain_08_no_late_media_after_an_interrupt_for_any_tail() {
    let tails = [
        audio("resp_1", "item_1", 20),
        spoken("resp_1", "item_1", "x"),
        json!({"type": "response.output_audio.done", "response_id": "resp_1", "item_id": "item_1"})
            .to_string(),
        cut_off("resp_1"),
        audio("resp_1", "item_1", 20),
    ];
    for skipped in 0..tails.len() {
        let mut driver = Driver::ready();
        driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 100)]);
        driver.send(Command::interrupt());

        let lines = driver.feed_all(&tails[skipped..]);

        assert_eq!(count(&lines, "audio_"), 0, "{lines:?}");
        assert_eq!(count(&lines, "text_delta"), 0, "{lines:?}");
        assert!(
            driver.session.counters().audio_bytes_in > 4_800,
            "it is counted"
        );
    }
}

#[test]
pub(crate) fn pain_08_a_reply_that_was_abandoned_before_it_began_is_never_heard() {
    let mut driver = Driver::ready();
    driver.send(Command::create_response());
    driver.send(Command::interrupt());

    let lines = driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 100)]);

    assert_eq!(count(&lines, "audio_delta"), 0, "{lines:?}");
    assert_eq!(driver.sent(), ["create", "cancel resp_1"]);
}

#[test]
pub(crate) fn pain_09_a_cancel_at_any_point_is_sent_once_and_raises_no_error() {
    let script = [
        created("resp_1"),
        audio("resp_1", "item_1", 20),
        arguments("resp_1", "call_1", "{}"),
        done("resp_1"),
    ];
    for at in 0..=script.len() {
        for named in [true, false] {
            let mut driver = Driver::ready();
            driver.send(Command::create_response());
            driver.feed_all(&script[..at]);
            let cancel = driver.send(Command::cancel_response());
            let again = driver.send(Command::interrupt());
            let mut lines = driver.feed_all(&script[at..]);
            lines.extend(driver.feed(error(IDLE, Some(cancel.as_str()).filter(|_| named))));
            lines.extend(driver.told());

            let cancels = count(&driver.sent(), "cancel");
            assert_eq!(cancels, usize::from(at < script.len()), "{at} {lines:?}");
            if cancels > 0 {
                assert_eq!(count(&lines, "error"), 0, "{at} {lines:?}");
            }
            for command in [cancel, again] {
                let settled = format!("command_settled {command}");
                assert_eq!(count(&lines, &settled), 1, "{at} {lines:?}");
            }
        }
    }
}

#[test]
fn pain_09_a_server_that_interrupts_is_not_also_sent_a_cancel() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 100)]);

    driver.feed_all([speech("user_1"), cut_off("resp_1")]);

    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
pub(crate) fn pain_16_an_interrupt_works_until_playback_ends() {
    // Before the first audio, in the middle, after the done, and after it was played.
    for (step, now, expected) in [
        (1, 0, vec!["cancel resp_1"]),
        (2, 400, vec!["truncate item_1 400", "cancel resp_1"]),
        (3, 400, vec!["truncate item_1 400"]),
        (3, 2_000, vec![]),
    ] {
        let mut driver = Driver::ready();
        driver.at(0);
        let script = [
            created("resp_1"),
            audio("resp_1", "item_1", 1_000),
            done("resp_1"),
        ];
        driver.feed_all(&script[..step]);
        driver.at(now);

        driver.send(Command::interrupt());

        assert_eq!(driver.sent(), expected, "{step} {now}");
        let flushed = count(&driver.told(), "flush_playback 1");
        assert_eq!(flushed, usize::from(!expected.is_empty()), "{step} {now}");
    }
}

#[test]
fn pain_16_a_driver_that_is_late_or_never_tells_the_time_never_claims_too_much() {
    let script = [
        created("resp_1"),
        audio("resp_1", "item_1", 1_000),
        done("resp_1"),
    ];
    let mut late = Driver::ready();
    late.at(0);
    late.feed_all(&script);
    late.at(30_000);
    let mut never = Driver::ready();
    never.feed_all(&script);

    for driver in [&mut late, &mut never] {
        let lines = driver.feed(speech("user_1"));
        assert_eq!(count(&lines, "interrupted"), 0, "{lines:?}");
        assert_eq!(driver.sent(), [""; 0]);
    }
}

#[test]
fn pain_31_a_response_beside_the_conversation_is_gated_and_cut_by_nothing() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 100)]);
    let mut aside = CreateResponse::new();
    aside.out_of_band = true;
    let aside = driver.send(aside.into());
    let sent = driver.frames();

    let token = sent[0]["response"]["metadata"].clone();
    let begun = driver.events(
        json!({"type": "response.created", "response": {
            "id": "side", "conversation_id": null, "metadata": token
        }})
        .to_string(),
    );
    driver.feed(text("side", "item_s", "a"));
    let spoken_over = driver.feed_all([speech("user_1"), cut_off("resp_1"), stopped("user_1")]);
    let rest = driver.feed_all([text("side", "item_s", "b"), done("side")]);

    assert!(begun.iter().any(|event| crate::support::line(event) == format!("command_settled {aside} accepted")));
    assert_eq!(count(&spoken_over, "interrupted resp_1"), 1);
    assert_eq!(rest[0], "text_delta item_s b");
    assert_eq!(
        rest.last().map(String::as_str),
        Some("response_finished side completed:end_turn")
    );
    assert!(driver.session.conversation().get("item_s").is_none());
    assert_eq!(driver.sent(), [""; 0]);
}
