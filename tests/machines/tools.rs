//! Calls, their outputs, and the one reply that continues after them.

use crate::support::{
    Driver, arguments, audio, call_item, calling, count, created, cut_off, done, ended, speech,
    stopped,
};
use realtime_proto::{Close, Command, Config, Dialect, ResponseState, SendError, ToolOutput};
use serde_json::json;

#[test]
fn a7_two_calls_get_two_outputs_and_one_reply() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1", "call_2"]));
    driver.send(Command::tool_output("call_1", "1"));
    driver.send(Command::tool_output("call_2", "2"));

    let before = driver.sent();
    driver.feed(done("resp_1"));

    assert_eq!(before, ["create call_1", "create call_2"]);
    assert_eq!(driver.sent(), ["create"]);
}

#[test]
fn a8_a_reply_without_calls_asks_for_nothing() {
    let mut driver = Driver::ready();
    driver.feed_all([
        created("resp_1"),
        audio("resp_1", "item_1", 20),
        done("resp_1"),
    ]);

    assert_eq!(driver.sent(), [""; 0]);
    assert_eq!(driver.session.response(), ResponseState::Idle);
}

#[test]
fn a9_the_reply_waits_for_tools_that_outlive_their_response() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1", "call_2"]));
    driver.feed(done("resp_1"));
    assert_eq!(driver.session.response(), ResponseState::AwaitingTools);

    driver.send(Command::tool_output("call_2", "2"));
    let early = driver.sent();
    driver.send(Command::tool_output("call_1", "1"));

    assert_eq!(early, ["create call_2"]);
    assert_eq!(driver.sent(), ["create call_1", "create"]);
}

#[test]
fn a10_audio_flows_while_calls_wait() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1", "call_2", "call_3"]));

    let lines = driver.feed(audio("resp_1", "item_9", 20));
    driver.send(Command::append_audio(&[0; 960]));

    assert_eq!(lines, ["audio_delta item_9 @0"]);
    assert_eq!(driver.sent(), ["append"]);
}

#[test]
fn a23_a_denied_call_is_answered_all_the_same() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    driver.feed(done("resp_1"));

    driver.send(Command::tool_error("call_1", "denied"));

    let frames = driver.frames();
    assert_eq!(frames[0]["item"]["call_id"], "call_1");
    assert!(frames[0]["item"]["output"].to_string().contains("denied"));
    assert_eq!(frames[1]["type"], "response.create");
}

#[test]
fn x5_results_in_any_order_before_or_after_the_end_get_one_reply() {
    for first in ["call_1", "call_2"] {
        let second = if first == "call_1" {
            "call_2"
        } else {
            "call_1"
        };
        for end_at in 0..3 {
            let mut driver = Driver::ready();
            driver.feed_all(calling("resp_1", &["call_1", "call_2"]));
            for (step, call) in [Some(first), Some(second), None].into_iter().enumerate() {
                if step == end_at {
                    driver.feed(done("resp_1"));
                }
                if let Some(call) = call {
                    driver.send(Command::tool_output(call, "1"));
                }
            }

            let output = |call| format!("create {call}");
            assert_eq!(
                driver.sent(),
                [output(first), output(second), "create".into()]
            );
        }
    }
}

#[test]
fn x25_a_cancel_within_the_arguments_leaves_no_call() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));
    driver.feed(call_item("added", "resp_1", "call_1", "in_progress", ""));
    driver.send(Command::cancel_response());

    let lines = driver.feed_all([
        arguments("resp_1", "call_1", "{}"),
        call_item("done", "resp_1", "call_1", "incomplete", "{}"),
        ended("resp_1", "cancelled", "client_cancelled"),
    ]);

    assert_eq!(count(&lines, "tool_call "), 0, "{lines:?}");
    assert_eq!(count(&lines, "tool_call_cancelled call_1 interrupted"), 1);
}

#[test]
fn x26_an_output_after_a_backchannel_reply_is_spoken_once() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    driver.feed_all([done("resp_1"), created("resp_2")]);

    driver.send(Command::tool_output("call_1", "1"));
    let during = driver.sent();
    driver.feed(done("resp_2"));
    let after = driver.sent();
    driver.feed_all([created("resp_3"), done("resp_3")]);

    assert_eq!(during, ["create call_1"]);
    assert_eq!(after, ["create"]);
    assert_eq!(driver.sent(), [""; 0], "and not again");
}

#[test]
fn x26_a_reply_created_after_the_output_covers_it() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    driver.feed_all([done("resp_1"), speech("user_1")]);
    driver.send(Command::tool_output("call_1", "1"));
    let waiting = driver.sent();

    driver.feed_all([stopped("user_1"), created("resp_2"), done("resp_2")]);

    assert_eq!(waiting, ["create call_1"], "the user speaks");
    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
fn x26_an_output_that_had_not_left_is_not_covered() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    driver.feed_all([done("resp_1"), speech("user_1")]);
    driver.send(Command::tool_output("call_1", "1"));

    driver.feed_all([stopped("user_1"), created("resp_2"), done("resp_2")]);

    assert_eq!(driver.sent(), ["create call_1", "create"]);
}

#[test]
fn x33_the_call_that_is_left_of_two_still_continues_once() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    driver.feed(call_item("added", "resp_1", "call_2", "in_progress", ""));
    driver.feed(call_item("done", "resp_1", "call_2", "incomplete", "{\"a"));
    let lines = driver.feed(ended("resp_1", "incomplete", "max_output_tokens"));

    driver.send(Command::tool_output("call_1", "1"));

    assert_eq!(count(&lines, "tool_call_cancelled call_2"), 1);
    assert_eq!(driver.sent(), ["create call_1", "create"]);
}

#[test]
pub(crate) fn pain_03_at_every_point_of_a_tool_turn_each_call_is_answered_or_taken_back() {
    let mut turn = calling("resp_1", &["call_1", "call_2"]);
    turn.push(done("resp_1"));
    for cut in 0..=turn.len() {
        for ending in ["interrupt", "speech", "cancel", "close"] {
            let mut driver = Driver::ready();
            let mut lines = driver.feed_all(&turn[..cut]);
            match ending {
                "interrupt" => drop(driver.send(Command::interrupt())),
                "speech" => lines.extend(driver.feed(speech("user_1"))),
                "cancel" => drop(driver.send(Command::cancel_response())),
                _ => driver.session.disconnected(Close::lost()),
            }
            if cut > 0 && cut < turn.len() && ending != "close" {
                lines.extend(driver.feed(ended("resp_1", "cancelled", "client_cancelled")));
            }
            lines.extend(driver.told());
            answer_all(&mut driver, &lines);

            let sent = driver.sent();
            for call in ["call_1", "call_2"] {
                let told = count(&lines, &format!("tool_call {call} "));
                let started = count(&lines, &format!("tool_call_started {call}"));
                let back = lines
                    .iter()
                    .filter(|line| line.starts_with("tool_call_cancelled") && line.contains(call));
                let back = back.count();
                let answered = count(&sent, &format!("create {call}"));
                assert_eq!(
                    answered + back,
                    started,
                    "{cut} {ending} {lines:?} {sent:?}"
                );
                assert!(answered <= told, "{cut} {ending}: {lines:?} {sent:?}");
            }
        }
    }
}

#[test]
pub(crate) fn pain_03_an_output_for_a_call_that_was_taken_back_is_too_late_and_no_mistake() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    driver.feed(cut_off("resp_1"));

    let late = driver.send(Command::tool_output("call_1", "1"));

    assert_eq!(
        driver.told(),
        [format!("command_settled {late} superseded")]
    );
    assert_eq!(driver.sent(), [""; 0]);
    assert_eq!(
        driver.refused(Command::tool_output("call_9", "1")),
        SendError::UnknownCall
    );
}

#[test]
pub(crate) fn pain_04_one_continuation_for_any_order_of_ends_and_outputs() {
    for calls in 1..=4_usize {
        for wanting in 0..=calls {
            for end_at in 0..=calls {
                let names: Vec<_> = (0..calls).map(|call| format!("call_{call}")).collect();
                let names: Vec<_> = names.iter().map(String::as_str).collect();
                let mut driver = Driver::ready();
                driver.feed_all(calling("resp_1", &names));
                for step in 0..=calls {
                    if step == end_at {
                        driver.feed(done("resp_1"));
                    }
                    if let Some(call) = names.get(step) {
                        let mut output = ToolOutput::new(*call, "1");
                        output.wants_reply = step < wanting;
                        driver.send(output.into());
                    }
                }

                let sent = driver.sent();
                let creates = sent.iter().filter(|line| *line == "create").count();
                assert_eq!(
                    creates,
                    usize::from(wanting > 0),
                    "{calls} {wanting} {end_at}"
                );
                assert_eq!(sent.len() - creates, calls);
            }
        }
    }
}

#[test]
pub(crate) fn pain_04_the_reply_to_an_interruption_is_the_only_one() {
    // What was answered before the cut would continue by itself (DESIGN 5.2, X33); it waits while
    // the user speaks, and the reply to the user covers it.
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1", "call_2"]));
    driver.send(Command::tool_output("call_1", "1"));
    let output = driver.sent();
    driver.feed_all([speech("user_1"), cut_off("resp_1")]);
    driver.send(Command::tool_output("call_2", "2"));

    driver.feed_all([stopped("user_1"), created("resp_2"), done("resp_2")]);

    assert_eq!(output, ["create call_1"]);
    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
pub(crate) fn pain_40_each_shape_of_a_call_is_delivered_once() {
    let whole = r#"{"a":1}"#;
    let added = call_item("added", "resp_1", "call_1", "in_progress", "");
    let args = arguments("resp_1", "call_1", whole);
    let item = call_item("done", "resp_1", "call_1", "completed", whole);
    let output = json!({"type": "response.done", "response": {
        "id": "resp_1", "status": "completed", "output": [{
            "id": "item_call_1", "type": "function_call", "status": "completed",
            "call_id": "call_1", "name": "look_up", "arguments": whole
        }]
    }})
    .to_string();
    for shape in [
        vec![&added, &args, &item, &output],
        vec![&added, &item, &output],
        vec![&args, &output],
        vec![&output],
    ] {
        let mut driver = Driver::ready();
        let mut lines = driver.feed(created("resp_1"));
        for frame in &shape {
            lines.extend(driver.feed(frame));
            lines.extend(driver.feed(frame));
        }

        let call = format!("tool_call call_1 {whole}");
        assert_eq!(count(&lines, &call), 1, "{lines:?}");
    }
}

#[test]
fn pain_40_the_call_id_names_a_call_whatever_its_items_are_called() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));
    driver.feed(call_item("added", "resp_1", "call_1", "in_progress", ""));
    let other =
        call_item("done", "resp_1", "call_1", "completed", "{}").replace("item_call_1", "item_x");

    let lines = driver.feed_all([arguments("resp_1", "call_1", "{}"), other]);

    assert_eq!(count(&lines, "tool_call call_1"), 1, "{lines:?}");
}

#[test]
pub(crate) fn pain_40_an_output_goes_out_as_it_was_given() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));

    driver.send(Command::tool_output("call_1", r#"{"a":"\"b\""}"#));

    assert_eq!(driver.frames()[0]["item"]["output"], r#"{"a":"\"b\""}"#);
}

#[test]
fn i7_the_outputs_on_the_wire_are_those_of_the_calls_that_were_not_cancelled() {
    let mut config = Config::new(Dialect::OpenAi);
    config.limits.open_calls = 2;
    let mut driver = Driver::ready_with(config);

    let lines = driver.feed_all(calling("resp_1", &["call_1", "call_2", "call_3"]));
    for call in ["call_1", "call_2", "call_3"] {
        driver.send(Command::tool_output(call, "1"));
    }

    assert_eq!(count(&lines, "tool_call_cancelled call_1 closed"), 1);
    assert_eq!(driver.sent(), ["create call_2", "create call_3"]);
}

/// Answers every call that was delivered, as an application does that learned of nothing since.
fn answer_all(driver: &mut Driver, lines: &[String]) {
    for call in ["call_1", "call_2"] {
        if count(lines, &format!("tool_call {call} ")) > 0 {
            let _ = driver.session.send(Command::tool_output(call, "1"));
        }
    }
}
