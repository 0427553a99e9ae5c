//! Frames with less in them than they should have, and with other things than they should have.

use crate::support::{ended, names, opened, queued, told};
use realtime_proto::{Command, Config, Dialect, Event, FrameFault, Session};
use serde_json::{Map, Value};

/// One frame of every kind, whole.
const SYNAPS: [&str; 18] = [
    r#"{"type":"ready","session_id":"s1","model":"m","protocol_version":1}"#,
    r#"{"type":"message_update","event":{"type":"text_delta","delta":"a"}}"#,
    r#"{"type":"message_update","event":{"type":"thinking_delta","delta":"a"}}"#,
    r#"{"type":"message_update","event":{"type":"toolcall_start","tool_id":"t","tool_name":"n"}}"#,
    r#"{"type":"message_update","event":{"type":"toolcall_input_delta","tool_id":"t","delta":"a"}}"#,
    r#"{"type":"message_update","event":{"type":"toolcall_input","tool_id":"t","input":{}}}"#,
    r#"{"type":"message_update","event":{"type":"toolcall_result","tool_id":"t","result":"r"}}"#,
    r#"{"type":"message_update","event":{"type":"response_start"}}"#,
    r#"{"type":"message_update","event":{"type":"response_reset"}}"#,
    r#"{"type":"subagent_start","subagent_id":1,"agent_name":"a","task_preview":"t"}"#,
    r#"{"type":"subagent_update","subagent_id":1,"agent_name":"a","status":"s"}"#,
    r#"{"type":"subagent_done","subagent_id":1,"agent_name":"a","result_preview":"r","duration_secs":0.5}"#,
    r#"{"type":"agent_end","usage":{"input_tokens":1,"output_tokens":1}}"#,
    r#"{"type":"response","id":"rp-1","command":"prompt","ok":true}"#,
    r#"{"type":"response","id":"q","command":"get_state","streaming":false}"#,
    r#"{"type":"response","id":"q","command":"new_session","session_id":"s2"}"#,
    r#"{"type":"error","id":"q","message":"m"}"#,
    r#"{"type":"event","payload":{"id":"e","source":"s","severity":"info","text":"t"}}"#,
];

const PI: [&str; 21] = [
    r#"{"type":"response","id":"q","command":"prompt","success":true,"data":{"disposition":"started"}}"#,
    r#"{"type":"response","id":"q","command":"set_model","success":true,"data":{"id":"m"}}"#,
    r#"{"type":"response","id":"q","command":"bash","success":false,"error":"e"}"#,
    r#"{"type":"agent_start"}"#,
    r#"{"type":"turn_start"}"#,
    r#"{"type":"message_start","message":{"role":"assistant","content":[],"stopReason":"pending"}}"#,
    r#"{"type":"message_update","assistantMessageEvent":{"type":"text_delta","contentIndex":0,"delta":"a"}}"#,
    r#"{"type":"message_update","assistantMessageEvent":{"type":"text_end","contentIndex":0,"content":"a"}}"#,
    r#"{"type":"message_update","assistantMessageEvent":{"type":"toolcall_start","contentIndex":1,"id":"c","toolName":"n"}}"#,
    r#"{"type":"message_update","assistantMessageEvent":{"type":"toolcall_end","contentIndex":1,"toolCall":{"id":"c","name":"n","arguments":{}}}}"#,
    r#"{"type":"message_update","assistantMessageEvent":{"type":"done","reason":"stop","message":{}}}"#,
    r#"{"type":"message_end","message":{"role":"assistant","content":[{"type":"text","text":"a"}],"usage":{"input":1},"stopReason":"stop"}}"#,
    r#"{"type":"tool_execution_start","toolCallId":"c","toolName":"n","args":{}}"#,
    r#"{"type":"tool_execution_update","toolCallId":"c","toolName":"n","partialResult":{"content":[]}}"#,
    r#"{"type":"tool_execution_end","toolCallId":"c","toolName":"n","result":{"content":[]},"isError":false}"#,
    r#"{"type":"turn_end","message":{},"toolResults":[]}"#,
    r#"{"type":"auto_retry_start","attempt":1,"errorMessage":"e"}"#,
    r#"{"type":"compaction_end","reason":"manual","errorMessage":"e"}"#,
    r#"{"type":"agent_end","messages":[{"role":"assistant","stopReason":"stop"}],"willRetry":false}"#,
    r#"{"type":"agent_settled","aborted":false}"#,
    r#"{"type":"queue_update","steering":[],"followUp":[]}"#,
];

/// Whether it is there or not, a frame is nothing without it.
const NEEDED: [&str; 6] = [
    "type",
    "event",
    "delta",
    "message",
    "assistantMessageEvent",
    "stopReason",
];

fn frames(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::Synaps => &SYNAPS,
        _ => &PI,
    }
}

fn prompted(dialect: Dialect) -> Session {
    let mut session = opened(dialect);
    session.send(Command::text("go")).unwrap();
    queued(&mut session);
    session
}

/// Every frame with one member changed: at its top, or one level below.
fn changed(frame: &str, change: &impl Fn(&mut Map<String, Value>, &str)) -> Vec<(String, String)> {
    let whole: Map<String, Value> = serde_json::from_str(frame).unwrap();
    let mut all = Vec::new();
    for (key, value) in &whole {
        let mut less = whole.clone();
        change(&mut less, key);
        all.push((key.clone(), Value::from(less).to_string()));
        for inner in value.as_object().into_iter().flat_map(Map::keys) {
            let mut less = whole.clone();
            change(less[key].as_object_mut().unwrap(), inner);
            all.push((inner.clone(), Value::from(less).to_string()));
        }
    }
    all
}

#[test]
fn each_frame_that_is_whole_is_known() {
    for dialect in [Dialect::Synaps, Dialect::Pi] {
        let mut session = prompted(dialect);
        for frame in frames(dialect) {
            let events = told(&mut session, &[frame]);
            let strange = names(&events)
                .into_iter()
                .find(|name| matches!(*name, "unknown" | "malformed"));
            assert!(strange.is_none() && !events.is_empty(), "{frame}");
        }
    }
}

#[test]
fn what_identity_does_not_need_may_be_absent_or_null() {
    let absent = |object: &mut Map<String, Value>, key: &str| {
        object.remove(key);
    };
    let null = |object: &mut Map<String, Value>, key: &str| {
        object.insert(key.into(), Value::Null);
    };
    for dialect in [Dialect::Synaps, Dialect::Pi] {
        for frame in frames(dialect) {
            for (key, less) in [changed(frame, &absent), changed(frame, &null)].concat() {
                let events = told(&mut prompted(dialect), &[&less]);
                assert!(!events.is_empty(), "{less}");
                let malformed = names(&events).contains(&"malformed");
                assert!(
                    !malformed || NEEDED.contains(&key.as_str()),
                    "{key} of {less}"
                );
            }
        }
    }
}

#[test]
fn other_types_than_there_should_be_are_survived() {
    for odd in [
        Value::from(-1.5),
        Value::from("x"),
        Value::from(vec![1]),
        Value::from(true),
    ] {
        let replace = |object: &mut Map<String, Value>, key: &str| {
            object.insert(key.into(), odd.clone());
        };
        for dialect in [Dialect::Synaps, Dialect::Pi] {
            for frame in frames(dialect) {
                for (_, strange) in changed(frame, &replace) {
                    assert!(
                        !told(&mut prompted(dialect), &[&strange]).is_empty(),
                        "{strange}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_damaged_end_ends_all_the_same() {
    let cases = [
        (Dialect::Synaps, r#"{"type":"response","command":"prompt"}"#),
        (
            Dialect::Synaps,
            r#"{"type":"response","command":"prompt","id":null,"ok":"yes"}"#,
        ),
        (Dialect::Pi, r#"{"type":"agent_settled"}"#),
        (Dialect::Pi, r#"{"type":"agent_end","messages":7}"#),
    ];
    for (dialect, end) in cases {
        assert_eq!(
            ended(&told(&mut prompted(dialect), &[end])).len(),
            1,
            "{end}"
        );
    }
}

#[test]
fn a_frame_that_is_damaged_says_where() {
    let cases = [
        (
            r#"{"type":"message_update"}"#,
            FrameFault::Missing { field: "event" },
        ),
        (
            r#"{"type":"message_update","event":1}"#,
            FrameFault::Mistyped { field: "event" },
        ),
        (
            r#"{"type":"message_update","event":{"type":"text_delta"}}"#,
            FrameFault::Missing { field: "delta" },
        ),
        (
            r#"{"type":"message_update","event":{"type":"text_delta","delta":[]}}"#,
            FrameFault::Mistyped { field: "delta" },
        ),
        (r#"{"type":7}"#, FrameFault::Mistyped { field: "type" }),
        ("[]", FrameFault::NotAnObject),
        ("{", FrameFault::NotJson { offset: 1 }),
    ];
    for (frame, wanted) in cases {
        let mut session = prompted(Dialect::Synaps);
        let [Event::Malformed(malformed)] = &told(&mut session, &[frame])[..] else {
            panic!("{frame}");
        };
        assert_eq!((&malformed.fault, malformed.raw.as_ref()), (&wanted, frame));
    }
}

#[test]
fn noise_before_ready_proves_nothing() {
    let mut session = Session::new(Config::new(Dialect::Synaps));
    session.send(Command::text("hi")).unwrap();
    told(
        &mut session,
        &[
            "Welcome!",
            r#"{"type":"error","message":"m"}"#,
            r#"{"x":1}"#,
        ],
    );
    assert!(session.poll_transmit().is_none());
}
