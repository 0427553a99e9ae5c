//! Turns with calls as people met them in the field; each test names the thread that told of it.

use crate::support::{AUDIO, CALL, OVER, gemini, polled, sent, spoken, told, trace};
use core::time::Duration;
use realtime_proto::{Command, ResponseState, Time};

// livekit/agents#7195
#[test]
fn a_frame_behind_a_call_begins_no_other_reply() {
    let trace = trace(&[CALL, AUDIO, OVER]);
    let wanted = [
        "reply r1 began",
        "item i1 began",
        "call fc-1 began",
        r#"call fc-1 {"city":"oslo"}"#,
        "audio i1 epoch 0",
        "audio i1 done",
        "item i1 done",
        "reply r1 tool_use",
    ];
    assert_eq!(trace, wanted);
}

// google-gemini/cookbook tool_blocking
#[test]
fn a_reply_that_only_calls_ends_before_the_one_that_speaks_of_the_output() {
    let mut session = gemini();
    told(&mut session, &[CALL, OVER]);
    session.send(Command::tool_output("fc-1", "4 °C")).unwrap();
    let sent = sent(&mut session);
    assert_eq!(sent.len(), 1, "{sent:?}");
    polled(&mut session);
    let told = told(&mut session, &[AUDIO, OVER]);
    assert_eq!(
        told,
        [
            "reply r2 began",
            "item i2 began",
            "audio i2 epoch 0",
            "audio i2 done",
            "item i2 done",
            "reply r2 end_turn"
        ]
    );
}

// zavora-ai/adk-rust 544b68dc
#[test]
fn every_call_of_a_batch_is_delivered() {
    let batch = r#"{"toolCall":{"functionCalls":[{"id":"fc-1","name":"a","args":{}},{"id":"fc-2","name":"b","args":{"x":[1]}}]}}"#;
    let trace = trace(&[batch]);
    let calls = trace.iter().filter(|words| words.contains('{'));
    assert_eq!(
        calls.collect::<Vec<_>>(),
        ["call fc-1 {}", r#"call fc-2 {"x":[1]}"#]
    );
}

// BerriAI/litellm#26590
#[test]
fn a_message_without_a_call_is_nothing() {
    let empty = r#"{"toolCall":{"functionCalls":[]}}"#;
    assert_eq!(trace(&[empty]), ["suppressed acknowledgement"]);
}

// pydantic/pydantic-ai test_tool_call_cancellation_unknown_id_is_ignored
#[test]
fn a_cancellation_of_an_unknown_call_is_ignored() {
    let back = r#"{"toolCallCancellation":{"ids":["never-started"]}}"#;
    assert_eq!(trace(&[back]), ["suppressed redundant"]);
}

// googleapis/python-genai (turnCompleteReason)
#[test]
fn a_stated_reason_is_how_the_reply_ended() {
    let over = |reason: &str| {
        format!(r#"{{"serverContent":{{"turnComplete":true,"turnCompleteReason":"{reason}"}}}}"#)
    };
    let wanted = [
        ("NEED_MORE_INPUT", "needs_input"),
        ("RESPONSE_REJECTED", "incomplete response_rejected"),
        ("PROHIBITED_INPUT_CONTENT", "incomplete content_filter"),
        ("BLOCKLIST", "incomplete content_filter"),
        ("GENERATED_AUDIO_SAFETY", "incomplete content_filter"),
        (
            "MALFORMED_FUNCTION_CALL",
            "failed some(\"malformed_function_call\")",
        ),
        ("TURN_COMPLETE_REASON_UNSPECIFIED", "end_turn"),
        ("SOMETHING_NEW", "incomplete something_new"),
    ];
    for (reason, outcome) in wanted {
        let trace = trace(&[over(reason)]);
        assert_eq!(trace.last().unwrap(), &format!("reply r1 {outcome}"));
    }
}

// google-gemini/cookbook tool_nonblocking_when_idle
#[test]
fn what_is_spoken_behind_an_answer_begins_a_reply() {
    let mut session = gemini();
    told(&mut session, &[AUDIO, &spoken("One moment"), CALL, OVER]);
    session.send(Command::tool_output("fc-1", "4")).unwrap();
    polled(&mut session);
    let told = told(&mut session, &[spoken("Four.")]);
    assert_eq!(told[0], "reply r2 began");
}

// aiden#644: the server says nothing for a minute
#[test]
fn a_reply_to_the_last_answer_is_expected() {
    let mut session = gemini();
    told(&mut session, &[CALL, OVER]);
    assert_eq!(session.response(), ResponseState::AwaitingTools);
    session.send(Command::tool_output("fc-1", "4")).unwrap();
    assert_eq!(session.response(), ResponseState::ServerOwes);
    sent(&mut session);
    polled(&mut session);
    for seconds in [0, 60] {
        session.handle_timeout(Time(Duration::from_secs(seconds)));
    }
    assert_eq!(polled(&mut session), ["stalled"]);
}
