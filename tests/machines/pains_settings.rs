//! What users report of readiness, settings, answers and accounts, each by its rule.

use crate::support::{
    Driver, OPENED, audio, committed, count, created, done, ended, ended_with, error, message, ms,
};
use realtime_proto::{Close, Command, Config, Dialect, Phase, SessionPatch, TurnDetection};
use serde_json::{Value, json};

#[test]
pub(crate) fn pain_15_every_command_has_one_outcome_whatever_becomes_of_it() {
    for (command, acknowledged, code) in answers() {
        for ending in ["acknowledged", "named", "unnamed", "silence"] {
            let mut driver = Driver::ready();
            driver.feed_all([created("resp_0"), audio("resp_0", "item_1", 500)]);
            let id = driver.send(command.clone());
            let mut lines = driver.told();
            match ending {
                "acknowledged" => lines.extend(driver.feed(&acknowledged)),
                "named" => lines.extend(driver.feed(error("invalid_value", Some(&id)))),
                "unnamed" => lines.extend(driver.feed(error(code, None))),
                _ => {}
            }
            driver.session.disconnected(Close::lost());
            lines.extend(driver.told());

            let settled = count(&lines, &format!("command_settled {id} "));
            assert_eq!(settled, 1, "{command:?} {ending}: {lines:?}");
            let accepted = count(&lines, &format!("command_settled {id} accepted"));
            assert_eq!(
                accepted,
                usize::from(ending == "acknowledged"),
                "{command:?} {lines:?}"
            );
            let refused = match ending {
                "named" => true,
                "unnamed" => code == "cannot_update_voice",
                _ => false,
            };
            let rejected = count(&lines, &format!("command_settled {id} rejected"));
            assert_eq!(rejected, usize::from(refused), "{command:?} {lines:?}");
        }
    }
}

#[test]
pub(crate) fn pain_18_nothing_is_lost_before_the_session_is_ready() {
    let mut config = Config::new(Dialect::OpenAi);
    config.session.instructions = Some("Be brief.".into());
    config.limits.held_audio = ms(100);
    let mut driver = Driver::new(config);
    for _ in 0..3 {
        driver.send(Command::append_audio(&[0; 2_400]));
    }
    driver.send(Command::text("Hello"));

    let opening = driver.sent();
    let dropped = driver.told();
    driver.feed(error("server_busy", None));
    let held = driver.sent();
    driver.feed(OPENED);

    assert_eq!(opening, ["update"], "the configuration is never gated");
    assert_eq!(dropped, ["input dropped 50"]);
    assert_eq!(held, [""; 0]);
    assert_eq!(driver.sent(), ["append", "append", "create user", "create"]);
}

#[test]
fn pain_18_readiness_comes_late_twice_or_never() {
    let mut late = Driver::new(Config::new(Dialect::OpenAi));
    late.send(Command::create_response());
    late.at(0);
    let mut never = late.clone();

    let stalled = never.at(15_000);
    let first = late.feed(OPENED);
    let second = late.feed(OPENED);

    assert_eq!(stalled, ["stalled readiness"]);
    assert_eq!(never.sent(), [""; 0]);
    assert_eq!(
        (first, second),
        (vec!["ready".into()], vec!["session_updated".into()])
    );
    assert_eq!(late.sent(), ["create"]);
    assert_eq!(late.at(15_000), [""; 0]);
}

#[test]
fn pain_18_readiness_stalls_late_for_a_late_driver_and_never_without_time() {
    let mut late = Driver::new(Config::new(Dialect::OpenAi));
    late.at(0);
    let mut never = late.clone();
    never.session = realtime_proto::Session::new(Config::new(Dialect::OpenAi));

    assert_eq!(late.at(45_000), ["stalled readiness"]);
    assert_eq!(late.at(90_000), [""; 0], "told once");
    assert_eq!(never.due(), None);
    assert_eq!(never.session.phase(), Phase::Opening);
}

#[test]
pub(crate) fn pain_19_only_what_changes_is_sent() {
    let mut driver = Driver::new(Config::new(Dialect::OpenAi));
    driver.feed(
        json!({"type": "session.created", "session": {
            "instructions": "Be brief.", "audio": {"input": {"turn_detection": null}}
        }})
        .to_string(),
    );
    let mut patch = SessionPatch::default();
    patch.instructions.set("Be brief.");
    let same = driver.send(Command::configure(patch.clone()));
    patch.max_output_tokens = realtime_proto::Patch::Set(realtime_proto::MaxTokens::Count(100));
    driver.send(Command::configure(patch));

    let told = driver.told();
    let frames = driver.frames();
    assert_eq!(told, [format!("command_settled {same} accepted")]);
    assert_eq!(frames.len(), 1);
    let session = frames[0]["session"].as_object().expect("an object");
    assert_eq!(session.get("max_output_tokens"), Some(&json!(100)));
    assert!(!session.contains_key("instructions"), "{session:?}");
    assert!(
        !session.contains_key("audio"),
        "a null of the user's stays: {session:?}"
    );
}

#[test]
fn pain_19_manual_turns_are_null_on_the_wire() {
    let mut driver = Driver::ready();
    let mut patch = SessionPatch::default();
    patch.turn_detection.set(TurnDetection::Manual);

    driver.send(Command::configure(patch));

    let session = &driver.frames()[0]["session"];
    assert_eq!(
        session["audio"]["input"].get("turn_detection"),
        Some(&Value::Null)
    );
}

#[test]
pub(crate) fn pain_19_a_voice_after_the_first_audio_is_rejected_without_a_frame() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 20)]);
    let mut patch = SessionPatch::default();
    patch.voice.set("marin");

    let voice = driver.send(Command::configure(patch));

    assert_eq!(
        driver.told(),
        [format!("command_settled {voice} rejected:rejected")]
    );
    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
pub(crate) fn pain_19_an_update_keeps_its_place_before_the_output_that_follows() {
    let mut driver = Driver::ready();
    driver.feed_all(crate::support::calling("resp_1", &["call_1"]));
    driver.feed(done("resp_1"));
    let mut patch = SessionPatch::default();
    patch.instructions.set("Now you are a cook.");
    driver.send(Command::configure(patch));

    driver.send(Command::tool_output("call_1", "1"));

    assert_eq!(driver.sent(), ["update", "create call_1", "create"]);
}

#[test]
fn pain_19_what_came_out_otherwise_is_told() {
    let mut driver = Driver::ready();
    let mut patch = SessionPatch::default();
    patch.instructions.set("Be brief.");
    driver.send(Command::configure(patch));

    let lines = driver.feed(
        json!({"type": "session.updated", "session": {
            "instructions": "Be long."
        }})
        .to_string(),
    );

    assert_eq!(lines[0], "session_updated instructions");
}

#[test]
pub(crate) fn pain_20_responses_add_up_once_each_also_the_cancelled_and_the_failed() {
    let usage = json!({
        "input_tokens": 10, "output_tokens": 5, "total_tokens": 15,
        "input_token_details": {"cached_tokens": 4, "text_tokens": 10}
    });
    let mut driver = Driver::ready();
    for (turn, status) in ["completed", "cancelled", "failed"].into_iter().enumerate() {
        let id = format!("resp_{turn}");
        driver.feed(created(&id));
        for _ in 0..2 {
            driver.feed(ended_with(&id, status, "", usage.clone()));
        }
    }

    let total = driver.session.usage();
    assert_eq!(
        (total.input.total, total.output.total, total.total_tokens),
        (30, 15, 45)
    );
    assert_eq!(total.cached.total, 12);
    assert_eq!(total.uncached().total, 18, "cached is a part of input");
}

/// A command, what acknowledges it, and the code by which it fails without a name.
fn answers() -> Vec<(Command<'static>, String, &'static str)> {
    let by_item =
        |kind: &str| json!({"type": format!("conversation.item.{kind}"), "item_id": "item_1"});
    let mut patch = SessionPatch::default();
    patch.instructions.set("Be brief.");
    let retrieved =
        json!({"type": "conversation.item.retrieved", "item": {"id": "item_1", "type": "message"}});
    vec![
        (Command::configure(patch), r#"{"type":"session.updated","session":{}}"#.into(), "cannot_update_voice"),
        (Command::CommitInput, committed("user_1"), "input_audio_buffer_commit_empty"),
        (Command::ClearInput, r#"{"type":"input_audio_buffer.cleared"}"#.into(), "none"),
        (Command::delete_item("item_1"), by_item("deleted").to_string(), "item_delete_invalid_item_id"),
        (Command::retrieve_item("item_1"), retrieved.to_string(), "item_retrieve_invalid_item_id"),
        (
            Command::truncate("item_1", 0, ms(100)),
            json!({"type": "conversation.item.truncated", "item_id": "item_1", "audio_end_ms": 100}).to_string(),
            "item_truncate_invalid_item_id",
        ),
        (Command::cancel_response(), ended("resp_0", "cancelled", "client_cancelled"), "response_cancel_not_active"),
        (
            Command::create_item(realtime_proto::ItemDraft::user_text("Hello")),
            message("added", "user_2", None),
            "none",
        ),
    ]
}
