//! Calls that the agent executes: observed, never ours, each with one end.

use crate::support::{names, opened, place, queued, told};
use realtime_proto::{Command, Dialect, Event, Executor, RemotePhase, RemoteTool};

fn calls(events: &[Event<'static>]) -> Vec<RemoteTool<'static>> {
    let calls = events.iter().filter_map(|event| match event {
        Event::RemoteTool(tool) => Some((**tool).clone()),
        _ => None,
    });
    calls.collect()
}

fn phases(events: &[Event<'static>]) -> Vec<(String, RemotePhase<'static>)> {
    let phase = |tool: RemoteTool<'static>| (tool.call_id.unwrap().to_string(), tool.phase);
    calls(events).into_iter().map(phase).collect()
}

fn arguments(call: &str, text: &'static str) -> (String, RemotePhase<'static>) {
    (call.into(), RemotePhase::Arguments { text: text.into() })
}

fn result(call: &str, output: &'static str, partial: bool) -> (String, RemotePhase<'static>) {
    let (output, is_error) = (output.into(), false);
    (
        call.into(),
        RemotePhase::Result {
            output,
            is_error,
            partial,
        },
    )
}

fn synaps(event: &str) -> String {
    format!(r#"{{"type":"message_update","event":{event}}}"#)
}

fn pi(event: &str) -> String {
    format!(r#"{{"type":"message_update","assistantMessageEvent":{event}}}"#)
}

fn told_all(dialect: Dialect, frames: &[String]) -> Vec<Event<'static>> {
    let mut session = opened(dialect);
    session.send(Command::text("go")).unwrap();
    queued(&mut session);
    let frames: Vec<&str> = frames.iter().map(String::as_str).collect();
    told(&mut session, &frames)
}

#[test]
fn two_calls_of_synaps_do_not_mix() {
    let events = told_all(
        Dialect::Synaps,
        &[
            synaps(r#"{"type":"toolcall_start","tool_id":"t1","tool_name":"bash"}"#),
            synaps(r#"{"type":"toolcall_start","tool_id":"t2","tool_name":"read"}"#),
            synaps(r#"{"type":"toolcall_input_delta","tool_id":"t1","delta":"{\"a\""}"#),
            synaps(r#"{"type":"toolcall_input_delta","tool_id":"t2","delta":"{"}"#),
            synaps(r#"{"type":"toolcall_input","tool_id":"t1","input":{"a":1}}"#),
            synaps(r#"{"type":"toolcall_input","tool_id":"t2","input":{"b":2}}"#),
            synaps(r#"{"type":"toolcall_result","tool_id":"t2","result":"two"}"#),
            synaps(r#"{"type":"toolcall_result","tool_id":"t1","result":"one"}"#),
        ],
    );
    let started = |call: &str| (call.to_owned(), RemotePhase::Started);
    assert_eq!(
        phases(&events),
        [
            started("t1"),
            started("t2"),
            arguments("t1", "{\"a\""),
            arguments("t2", "{"),
            arguments("t1", ":1}"),
            arguments("t2", "\"b\":2}"),
            result("t2", "two", false),
            result("t1", "one", false),
        ]
    );
    assert!(
        calls(&events)
            .iter()
            .all(|call| call.executor == Executor::Agent)
    );
}

#[test]
fn a_result_alone_is_legal_and_has_its_reply() {
    let result = synaps(r#"{"type":"toolcall_result","tool_id":"t9","result":"x"}"#);
    let events = told_all(Dialect::Synaps, &[result]);
    assert_eq!(names(&events), ["response_started", "remote_tool"]);
    assert!(calls(&events)[0].ids.response_id.is_some());
}

#[test]
fn a_result_after_the_turn_begins_no_other() {
    let mut session = opened(Dialect::Synaps);
    let late = synaps(r#"{"type":"toolcall_result","tool_id":"t9","result":"x"}"#);
    assert_eq!(names(&told(&mut session, &[&late])), ["remote_tool"]);
}

#[test]
fn a_call_without_a_result_fails_with_its_turn() {
    let events = told_all(
        Dialect::Synaps,
        &[
            synaps(r#"{"type":"toolcall_start","tool_id":"t1","tool_name":"bash"}"#),
            synaps(r#"{"type":"toolcall_start","tool_id":"t2","tool_name":"bash"}"#),
            synaps(r#"{"type":"toolcall_result","tool_id":"t1","result":""}"#),
            r#"{"type":"response","id":"rp-1","command":"prompt","ok":true,"cancelled":true}"#
                .into(),
        ],
    );
    let ends: Vec<_> = phases(&events).split_off(2);
    assert_eq!(
        ends,
        [result("t1", "", false), ("t2".into(), RemotePhase::Failed)]
    );
    let last = calls(&events).pop().unwrap();
    assert_eq!(last.name.as_deref(), Some("bash"));
    assert!(
        events
            .iter()
            .rposition(|event| event.name() == "remote_tool")
            .unwrap()
            < place(&events, "response_finished")
    );
}

#[test]
fn calls_that_only_their_places_tell_apart_each_end_there() {
    let start = |place: u32| {
        pi(&format!(
            r#"{{"type":"toolcall_start","contentIndex":{place}}}"#
        ))
    };
    let over = r#"{"type":"agent_settled","aborted":false}"#;
    let events = told_all(Dialect::Pi, &[start(1), start(2), over.into()]);
    let told: Vec<_> = calls(&events)
        .into_iter()
        .map(|call| (call.ids.content_index, call.phase))
        .collect();
    assert_eq!(
        told,
        [
            (Some(1), RemotePhase::Started),
            (Some(2), RemotePhase::Started),
            (Some(1), RemotePhase::Failed),
            (Some(2), RemotePhase::Failed),
        ]
    );
}

#[test]
fn a_reset_voids_words_and_calls_and_keeps_the_turn() {
    let events = told_all(
        Dialect::Synaps,
        &[
            synaps(r#"{"type":"response_start"}"#),
            synaps(r#"{"type":"text_delta","delta":"void"}"#),
            synaps(r#"{"type":"toolcall_start","tool_id":"t1","tool_name":"bash"}"#),
            synaps(r#"{"type":"response_reset"}"#),
            synaps(r#"{"type":"text_delta","delta":"kept"}"#),
            r#"{"type":"response","id":"rp-1","command":"prompt","ok":true}"#.into(),
        ],
    );
    assert_eq!(
        phases(&events).pop(),
        Some(("t1".into(), RemotePhase::Failed))
    );
    let texts: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::TextDone(done) => Some(done.text.as_ref()),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["kept"]);
    let Event::ResponseReset(ids) = &events[place(&events, "response_reset")] else {
        unreachable!();
    };
    let Event::ResponseFinished(finished) = events.last_chunk::<2>().unwrap()[0].clone() else {
        panic!("{:?}", names(&events));
    };
    assert_eq!(ids.response_id, finished.ids.response_id);
}

#[test]
fn a_call_of_pi_keeps_its_name_through_every_phase() {
    let call = r#"{"type":"toolCall","id":"c1","name":"bash","arguments":{"a":1}}"#;
    let named = r#"{"type":"toolcall_start","contentIndex":1,"id":"c1","toolName":"bash"}"#;
    let unnamed = format!(
        r#"{{"type":"toolcall_start","contentIndex":1,"partial":{{"role":"assistant","content":[{{"type":"text","text":"x"}},{call}]}}}}"#
    );
    for start in [named, &unnamed] {
        let events = told_all(Dialect::Pi, &[
            pi(start),
            pi(r#"{"type":"toolcall_delta","contentIndex":1,"delta":"{\"a\":"}"#),
            pi(r#"{"type":"toolcall_delta","contentIndex":1,"delta":"1}"}"#),
            pi(&format!(r#"{{"type":"toolcall_end","contentIndex":1,"toolCall":{call}}}"#)),
            format!(r#"{{"type":"message_end","message":{{"role":"assistant","content":[{call}],"stopReason":"toolUse"}}}}"#),
            r#"{"type":"tool_execution_start","toolCallId":"c1","toolName":"bash","args":{}}"#.into(),
            r#"{"type":"tool_execution_update","toolCallId":"c1","toolName":"bash","args":{},"partialResult":{"content":[{"type":"text","text":"o"}],"details":{}}}"#.into(),
            r#"{"type":"tool_execution_end","toolCallId":"c1","toolName":"bash","result":{"content":[{"type":"text","text":"o"},{"type":"text","text":"k"}],"details":{}},"isError":false}"#.into(),
        ]);
        assert_eq!(
            phases(&events),
            [
                ("c1".into(), RemotePhase::Started),
                arguments("c1", "{\"a\":"),
                arguments("c1", "1}"),
                ("c1".into(), RemotePhase::Running),
                result("c1", "o", true),
                result("c1", "ok", false),
            ]
        );
        let responses: Vec<_> = calls(&events)
            .into_iter()
            .map(|call| call.ids.response_id)
            .collect();
        assert!(
            responses
                .iter()
                .all(|id| id.is_some() && *id == responses[0])
        );
        assert_eq!(
            names(&events)
                .iter()
                .filter(|name| **name == "item_added")
                .count(),
            1
        );
    }
}

#[test]
fn calls_at_the_same_place_of_two_messages_are_two() {
    let message = |call: &str| {
        [
            r#"{"type":"message_start","message":{"role":"assistant","content":[]}}"#.into(),
            pi(&format!(r#"{{"type":"toolcall_start","contentIndex":0,"id":"{call}","toolName":"bash"}}"#)),
            pi(r#"{"type":"toolcall_delta","contentIndex":0,"delta":"{}"}"#),
            r#"{"type":"message_end","message":{"role":"assistant","content":[],"stopReason":"toolUse"}}"#.into(),
        ]
    };
    let frames = [message("c1"), message("c2")].concat();
    let events = told_all(Dialect::Pi, &frames);
    assert_eq!(
        phases(&events),
        [
            ("c1".into(), RemotePhase::Started),
            arguments("c1", "{}"),
            ("c2".into(), RemotePhase::Started),
            arguments("c2", "{}"),
        ]
    );
}

#[test]
fn a_tool_that_failed_says_so() {
    let failed = r#"{"type":"tool_execution_end","toolCallId":"c1","toolName":"bash","result":{"content":"no such file"},"isError":true}"#;
    let events = told_all(Dialect::Pi, &[failed.into()]);
    let RemotePhase::Result {
        output,
        is_error,
        partial,
    } = &calls(&events)[0].phase
    else {
        panic!("{events:?}");
    };
    assert_eq!(
        (output.as_ref(), *is_error, *partial),
        ("no such file", true, false)
    );
}

#[test]
fn what_is_said_of_a_call_after_its_result_is_an_echo() {
    let start = synaps(r#"{"type":"toolcall_start","tool_id":"t1","tool_name":"bash"}"#);
    let gave = synaps(r#"{"type":"toolcall_result","tool_id":"t1","result":"a"}"#);
    let input = synaps(r#"{"type":"toolcall_input","tool_id":"t1","input":{}}"#);
    let over = r#"{"type":"response","id":"rp-1","command":"prompt","ok":true}"#;
    let frames = [start.clone(), gave.clone(), gave.clone(), input];
    let events = told_all(Dialect::Synaps, &frames);
    assert_eq!(
        names(&events)[3..],
        ["remote_tool", "suppressed", "suppressed"]
    );

    let frames = [start.clone(), gave.clone(), start, gave, over.into()];
    let results = phases(&told_all(Dialect::Synaps, &frames));
    let failed = |(_, phase): &(String, RemotePhase<'_>)| *phase == RemotePhase::Failed;
    assert_eq!(results.len(), 4, "made anew: {results:?}");
    assert!(!results.iter().any(failed), "{results:?}");
}
