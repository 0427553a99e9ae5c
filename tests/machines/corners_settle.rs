//! Corners of settlements and settings: what is the answer to what, and what came out otherwise.

use crate::support::{
    Driver, OPENED, audio, call_item, calling, count, created, created_aside, done, ended, error,
    item,
};
use realtime_proto::{
    Capabilities, Close, Command, Config, CreateResponse, Dialect, Event, MaxTokens, Patch,
    SemanticVad, SendError, ServerVad, SessionKind, SessionPatch, Settlement, TurnDetection,
};
use serde_json::{Value, json};

#[test]
fn a_code_settles_only_what_fails_with_it() {
    let codes = [
        "item_delete_invalid_item_id",
        "item_truncate_invalid_item_id",
        "item_retrieve_invalid_item_id",
        "invalid_tool_call_id",
        "response_cancel_not_active",
        "cannot_update_voice",
    ];
    for (command, own) in [
        (Command::delete_item("item_1"), codes[0]),
        (
            Command::truncate("item_1", 0, core::time::Duration::ZERO),
            codes[1],
        ),
        (Command::retrieve_item("item_1"), codes[2]),
        (Command::tool_output("call_1", "1"), codes[3]),
        (Command::text("Hello"), "none of these"),
    ] {
        for code in codes {
            let mut driver = Driver::ready();
            driver.feed_all(calling("resp_1", &["call_1"]));
            let id = driver.send(command.clone());
            driver.told();

            let lines = driver.feed(error(code, None));

            let settled = count(&lines, &format!("command_settled {id}"));
            assert_eq!(
                settled,
                usize::from(code == own),
                "{code} of {command:?}: {lines:?}"
            );
        }
    }
}

#[test]
fn an_item_accepts_what_it_is_of_and_nothing_else() {
    let mut driver = Driver::ready();
    driver.feed_all(calling("resp_1", &["call_1"]));
    let mut text = realtime_proto::SendText::new("Hello");
    text.respond = false;
    let text = driver.send(text.into());
    let output = driver.send(Command::tool_output("call_1", "1"));
    let approval = driver.send(Command::approve("mcpr_1", true));

    let others = driver.feed_all([
        added(json!({"id": "a", "type": "message", "role": "assistant"})),
        added(json!({"id": "b", "type": "weather", "role": "user"})),
        added(json!({"id": "c", "type": "function_call", "call_id": "call_1"})),
        added(json!({"id": "d", "type": "function_call_output", "call_id": "call_2"})),
    ]);
    let own = driver.feed_all([
        added(json!({"id": "e", "type": "message", "role": "user"})),
        added(json!({"id": "f", "type": "function_call_output", "call_id": "call_1"})),
        added(json!({"id": "g", "type": "mcp_approval_response"})),
    ]);

    assert_eq!(count(&others, "command_settled"), 0, "{others:?}");
    let settled: Vec<_> = own
        .iter()
        .filter(|line| line.starts_with("command_settled"))
        .collect();
    let accepted = [text, output, approval].map(|id| format!("command_settled {id} accepted"));
    assert_eq!(settled, accepted.each_ref());
}

#[test]
fn how_turns_are_found_is_compared_as_far_as_it_was_asked_for() {
    let server = |threshold| {
        let mut vad = ServerVad::default();
        vad.threshold = Some(threshold);
        TurnDetection::ServerVad(vad)
    };
    let semantic = |eagerness: &str| {
        let mut vad = SemanticVad::default();
        vad.eagerness = Some(eagerness.into());
        TurnDetection::SemanticVad(vad)
    };
    let told_server = json!({"type": "server_vad", "threshold": 0.5, "silence_duration_ms": 200});
    let told_semantic =
        json!({"type": "semantic_vad", "eagerness": "low", "create_response": true});
    for (asked, told, same) in [
        (server(0.5), &told_server, true),
        (server(0.75), &told_server, false),
        (semantic("low"), &told_semantic, true),
        (semantic("high"), &told_semantic, false),
        (server(0.5), &told_semantic, false),
        (TurnDetection::Manual, &Value::Null, true),
    ] {
        let mut driver = Driver::ready();
        let mut patch = SessionPatch::default();
        patch.turn_detection.set(asked.clone());
        driver.send(Command::configure(patch));

        let audio = json!({"input": {"turn_detection": told}});
        let lines = driver.feed(updated(&json!({"audio": audio})));

        let wanted = if same {
            "session_updated"
        } else {
            "session_updated turn_detection"
        };
        assert_eq!(lines[0], wanted, "{asked:?}");
    }
}

#[test]
fn tracing_changes_once_and_keeps_nothing_else_from_changing() {
    let mut driver = Driver::ready();
    driver.feed(updated(&json!({"tracing": "auto"})));
    let mut tokens = SessionPatch::default();
    tokens.max_output_tokens = Patch::Set(MaxTokens::Count(100));
    let mut tracing = SessionPatch::default();
    tracing.tracing = Patch::Clear;

    driver.send(Command::configure(tokens));
    let refused = driver.refused(Command::configure(tracing));

    assert_eq!(driver.sent(), ["update"]);
    assert_eq!(refused, SendError::Immutable { field: "tracing" });
}

#[test]
fn a_voice_that_came_too_late_is_rejected_by_the_code_of_the_wire() {
    let mut driver = Driver::ready();
    driver.feed_all([created("resp_1"), audio("resp_1", "item_1", 20)]);
    let mut patch = SessionPatch::default();
    patch.voice.set("marin");
    driver.send(Command::configure(patch));

    let Some(Event::CommandSettled(settled)) = driver.session.poll_event() else {
        panic!("it is settled");
    };

    let Settlement::Rejected(fault) = settled.outcome else {
        panic!("it is rejected: {settled:?}");
    };
    assert_eq!(fault.code.as_deref(), Some("cannot_update_voice"));
}

#[test]
fn a_request_that_the_next_connection_cannot_say_is_refused_and_told() {
    let mut driver = Driver::ready();
    driver.send(Command::create_response());
    driver.session.disconnected(Close::lost());
    driver.told();
    let mut config = Config::new(Dialect::OpenAi);
    config.session.kind = SessionKind::Transcription;
    driver.session = driver.session.reconnect(config);

    let lines = driver.feed(OPENED);

    assert_eq!(count(&lines, "command_settled"), 1, "{lines:?}");
    assert!(
        lines
            .iter()
            .any(|line| line.ends_with("rejected:unsupported")),
        "{lines:?}"
    );
    assert!(
        !driver
            .sent()
            .iter()
            .any(|frame| frame.starts_with("create"))
    );
}

#[test]
fn a_request_is_tagged_only_where_its_response_can_carry_the_tag() {
    for (metadata, passive, tagged) in [
        (true, false, true),
        (false, false, false),
        (true, true, false),
    ] {
        let mut config = Config::new(Dialect::OpenAi);
        let mut capabilities = Capabilities::of(Dialect::OpenAi);
        capabilities.response_metadata = metadata;
        config.capabilities = Some(capabilities);
        config.policy.passive = passive;
        let mut driver = Driver::ready_with(config);
        let mut aside = CreateResponse::new();
        aside.out_of_band = true;

        driver.send(aside.into());

        let frame = &driver.frames()[0];
        assert_eq!(frame["response"]["metadata"].is_object(), tagged, "{frame}");
    }
}

#[test]
fn a_cancel_by_the_id_of_the_active_response_is_a_cancel_like_any() {
    let mut unnamed = Driver::ready();
    unnamed.feed(created("resp_1"));
    let mut named = unnamed.clone();

    unnamed.send(Command::cancel_response());
    let cancel = realtime_proto::CancelResponse::new("resp_1");
    named.send(Command::CancelResponse(cancel));

    assert_eq!(unnamed.session, named.session);
}

#[test]
fn sessions_with_other_texts_are_not_equal() {
    let mut one = Driver::ready();
    one.feed(created("resp_1"));
    let mut other = one.clone();
    let mut failed = one.clone();
    let mut failed_elsewhere = one.clone();

    one.feed(crate::support::text("resp_1", "item_1", "a"));
    other.feed(crate::support::text("resp_1", "item_1", "b"));
    failed.feed(unheard("user_1"));
    failed_elsewhere.feed(unheard("user_2"));

    assert_ne!(one.session, other.session);
    assert_ne!(failed.session, failed_elsewhere.session);
    failed.feed(unheard("user_2"));
    failed_elsewhere.feed(unheard("user_1"));
    assert_ne!(
        failed.session, failed_elsewhere.session,
        "the older one is forgotten first"
    );
}

#[test]
fn responses_beyond_what_is_held_open_are_given_up_oldest_first() {
    let mut driver = Driver::ready();
    let held = (0..64).map(|at| created_aside(&format!("side_{at}")));

    let held = driver.feed_all(held);
    let more = driver.feed(created_aside("side_64"));

    assert_eq!(count(&held, "limit_reached"), 0);
    assert_eq!(
        more,
        [
            "response_started side_64",
            "limit_reached open_responses",
            "response_finished side_0 lost",
        ]
    );
}

#[test]
fn a_reply_whose_end_is_damaged_abandons_what_it_was_saying() {
    let mut driver = Driver::ready();
    driver.feed_all([
        created("resp_1"),
        crate::support::text("resp_1", "item_1", "a"),
    ]);

    let lines = driver.feed(r#"{"type":"response.done"}"#);

    assert!(
        lines.contains(&"text_done item_1 a + abandoned".into()),
        "{lines:?}"
    );
}

#[test]
fn a_text_that_only_its_end_tells_is_text_all_the_same() {
    for (words, had_text) in [("Hi", true), ("", false)] {
        let mut driver = Driver::ready();
        driver.feed_all([
            created("resp_1"),
            crate::support::spoken_done("resp_1", "item_1", words),
        ]);

        let events = driver.events(done("resp_1"));

        let [Event::ResponseFinished(finished)] = &*events else {
            panic!("the end alone: {events:?}");
        };
        assert_eq!((finished.had_text, finished.empty), (had_text, !had_text));
    }
}

#[test]
fn seconds_of_transcription_add_up() {
    let mut driver = Driver::ready();
    for user in ["user_1", "user_2"] {
        driver.feed(
            json!({
                "type": "conversation.item.input_audio_transcription.completed",
                "item_id": user, "content_index": 0, "transcript": "Hi",
                "usage": {"type": "duration", "seconds": 1.5}
            })
            .to_string(),
        );
    }

    assert!((driver.session.usage().seconds - 3.0).abs() < f64::EPSILON);
}

#[test]
fn a_transcript_that_has_ended_takes_no_more() {
    let mut driver = Driver::ready();
    driver.feed(crate::support::transcribed("user_1", "Hi"));

    let lines = driver.feed(crate::support::delta(
        "conversation.item.input_audio_transcription.delta",
        "",
        "user_1",
        "Hi",
    ));

    assert_eq!(lines, ["suppressed duplicate"]);
}

#[test]
fn a_text_longer_than_is_kept_is_told_of_once() {
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));
    let words = "a".repeat(10_000);

    let lines = [0; 3].map(|_| {
        let lines = driver.feed(crate::support::text("resp_1", "item_1", &words));
        count(&lines, "limit_reached part_text")
    });

    assert_eq!(lines, [0, 1, 0]);
}

#[test]
fn what_waits_behind_a_response_that_fell_silent_may_try() {
    let mut driver = Driver::ready();
    driver.at(0);
    driver.feed(created("resp_1"));
    driver.send(Command::create_response());
    driver.send(Command::create_response());
    driver.at(0);
    assert_eq!(driver.sent(), [""; 0]);

    driver.at(30_000);
    let tried = driver.sent();
    driver.feed(ended("resp_1", "cancelled", "client_cancelled"));

    assert_eq!(tried, ["create"]);
    assert_eq!(
        driver.sent(),
        [""; 0],
        "the end of the old one is not that of the new one"
    );
}

#[test]
fn a_call_keeps_the_name_that_it_was_announced_with() {
    let mut driver = Driver::ready();
    driver.feed_all([
        created("resp_1"),
        call_item("added", "resp_1", "call_1", "in_progress", ""),
    ]);
    let whole = json!({
        "type": "response.function_call_arguments.done", "response_id": "resp_1",
        "item_id": "item_call_1", "call_id": "call_1", "arguments": "{}"
    });

    let events = driver.events(whole.to_string());

    let [Event::ToolCall(call)] = &*events else {
        panic!("a call: {events:?}");
    };
    assert_eq!(call.name.as_deref(), Some("look_up"));
}

fn added(of: Value) -> String {
    item("added", of, None)
}

fn updated(session: &Value) -> String {
    json!({"type": "session.updated", "session": session}).to_string()
}

/// A transcript that failed.
fn unheard(user: &str) -> String {
    json!({
        "type": "conversation.item.input_audio_transcription.failed", "item_id": user,
        "content_index": 0, "error": {}
    })
    .to_string()
}
