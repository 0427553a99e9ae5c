//! Calls and their answers.

use crate::support::{CALL, OVER, frame_of, gemini, polled, sent, told, trace, vertex};
use realtime_proto::{Command, Event, Scheduling, SendError, ToolOutput};

const NAMELESS: &str =
    r#"{"toolCall":{"functionCalls":[{"name":"get_weather","args":{"city":"Rome"}}]}}"#;

#[track_caller]
fn answers(output: &str, wanted: &str) {
    let mut session = gemini();
    told(&mut session, &[CALL]);
    let frame = frame_of(&mut session, Command::tool_output("fc-1", output));
    let response = format!(
        r#"{{"toolResponse":{{"functionResponses":[{{"id":"fc-1","name":"get_weather","response":{wanted}}}]}}}}"#
    );
    assert_eq!(frame, response);
}

#[test]
fn an_answer_is_an_object_with_the_calls_id_and_name() {
    answers(r#"{"temp_c":4}"#, r#"{"temp_c":4}"#);
    answers("sunny", r#"{"output":"sunny"}"#);
    answers("4", r#"{"output":4}"#);
    answers("[1,2]", r#"{"output":[1,2]}"#);
    answers("", r#"{"output":""}"#);
    answers("{broken", r#"{"output":"{broken"}"#);
}

#[test]
fn what_went_wrong_is_an_error() {
    let mut session = gemini();
    told(&mut session, &[CALL]);
    let frame = frame_of(&mut session, Command::tool_error("fc-1", "no such city"));
    let wanted = r#"{"toolResponse":{"functionResponses":[{"id":"fc-1","name":"get_weather","response":{"error":"no such city"}}]}}"#;
    assert_eq!(frame, wanted);
}

#[test]
fn e18_a_call_without_a_name_is_answered_without_one() {
    let mut session = gemini();
    let told = told(&mut session, &[NAMELESS]);
    assert_eq!(told.last().unwrap(), r#"call c1 {"city":"rome"}"#);
    let frame = frame_of(&mut session, Command::tool_output("local_call_1", "4"));
    let wanted = r#"{"toolResponse":{"functionResponses":[{"name":"get_weather","response":{"output":4}}]}}"#;
    assert_eq!(frame, wanted);
}

#[test]
fn x31_vertex_is_told_neither_the_id_nor_the_scheduling() {
    let mut session = vertex();
    told(&mut session, &[CALL]);
    let mut output = ToolOutput::new("fc-1", "4");
    output.wants_reply = false;
    let frame = frame_of(&mut session, output.into());
    let wanted = r#"{"toolResponse":{"functionResponses":[{"name":"get_weather","response":{"output":4}}]}}"#;
    assert_eq!(frame, wanted);
}

#[test]
fn x31_vertex_refuses_what_it_would_close_at() {
    let mut session = vertex();
    told(&mut session, &[CALL]);
    let mut output = ToolOutput::new("fc-1", "4");
    output.scheduling = Some(Scheduling::WhenIdle);
    let mut going_on = ToolOutput::new("fc-1", "4");
    going_on.will_continue = true;
    for (output, name) in [
        (output, "tool_output.scheduling"),
        (going_on, "tool_output.will_continue"),
    ] {
        let refused = session.send(output.into()).unwrap_err();
        assert!(
            matches!(refused, SendError::Unsupported { command, .. } if command == name),
            "{refused:?}"
        );
    }
}

#[test]
fn e19_scheduling_is_told_only_where_the_caller_says_it() {
    let cases = [
        (Scheduling::Interrupt, "INTERRUPT"),
        (Scheduling::WhenIdle, "WHEN_IDLE"),
        (Scheduling::Silent, "SILENT"),
    ];
    for (scheduling, name) in cases {
        let mut session = gemini();
        told(&mut session, &[CALL]);
        let mut output = ToolOutput::new("fc-1", "{}");
        output.scheduling = Some(scheduling);
        let frame = frame_of(&mut session, output.into());
        let wanted = format!(
            r#"{{"toolResponse":{{"functionResponses":[{{"id":"fc-1","name":"get_weather","response":{{}},"scheduling":"{name}"}}]}}}}"#
        );
        assert_eq!(frame, wanted);
    }
}

// livekit/agents#6785
#[test]
fn an_answer_that_wants_no_reply_is_silent() {
    let mut session = gemini();
    told(&mut session, &[CALL]);
    let mut output = ToolOutput::new("fc-1", "{}");
    output.wants_reply = false;
    let frame = frame_of(&mut session, output.into());
    assert!(frame.contains(r#""scheduling":"SILENT""#), "{frame}");
}

#[test]
fn an_answer_may_go_on_until_its_last_part() {
    let mut session = gemini();
    told(&mut session, &[CALL]);
    let mut part = ToolOutput::new("fc-1", "{}");
    part.will_continue = true;
    let frame = frame_of(&mut session, part.into());
    assert!(frame.contains(r#""willContinue":true"#), "{frame}");
    frame_of(&mut session, Command::tool_output("fc-1", "{}"));
    let again = session.send(Command::tool_output("fc-1", "{}"));
    assert_eq!(again, Err(SendError::UnknownCall));
}

#[test]
fn x14_a_call_that_was_taken_back_is_not_answered() {
    let back = r#"{"toolCallCancellation":{"ids":["fc-1"]}}"#;
    let mut session = gemini();
    told(&mut session, &[CALL]);
    assert_eq!(told(&mut session, &[back]), [r#"calls ["fc-1"] server"#]);
    session.send(Command::tool_output("fc-1", "4")).unwrap();
    assert_eq!(sent(&mut session), [""; 0]);
    assert_eq!(polled(&mut session), ["rp-2 superseded"]);
}

#[test]
fn no_continuation_follows_the_last_answer() {
    let mut session = gemini();
    told(&mut session, &[CALL, OVER]);
    frame_of(&mut session, Command::tool_output("fc-1", "4"));
    assert_eq!(sent(&mut session), [""; 0]);
}

#[test]
fn a_call_told_twice_is_delivered_once() {
    let mut session = gemini();
    told(&mut session, &[CALL]);
    assert_eq!(told(&mut session, &[CALL]), ["suppressed redundant"]);
    frame_of(&mut session, Command::tool_output("fc-1", "4"));
    polled(&mut session);
    assert_eq!(told(&mut session, &[CALL]), ["suppressed duplicate"]);
}

#[test]
fn arguments_may_come_value_by_value() {
    let call =
        |rest: &str| format!(r#"{{"toolCall":{{"functionCalls":[{{"name":"book",{rest}}}]}}}}"#);
    let trace = trace(&[
        call(
            r#""partialArgs":[{"jsonPath":"$.city","stringValue":"Os","willContinue":true}],"willContinue":true"#,
        ),
        call(
            r#""partialArgs":[{"jsonPath":"$.city","stringValue":"lo"},{"jsonPath":"$.nights","numberValue":2}],"willContinue":true"#,
        ),
        call(
            r#""partialArgs":[{"jsonPath":"$.guests[0].name","stringValue":"Åsa"},{"jsonPath":"$.pets","boolValue":false},{"jsonPath":"$.note","nullValue":"NULL_VALUE"}]"#,
        ),
    ]);
    let wanted = [
        "reply r1 began",
        "item i1 began",
        "call c1 began",
        r#"call c1 $.city "os""#,
        r#"call c1 $.city "lo""#,
        r#"call c1 $.nights "2""#,
        r#"call c1 $.guests[0].name "åsa""#,
        r#"call c1 $.pets "false""#,
        r#"call c1 $.note "null""#,
        r#"call c1 {"city":"oslo","nights":2,"guests":[{"name":"åsa"}],"pets":false,"note":null}"#,
    ];
    assert_eq!(trace, wanted);
}

#[test]
fn an_empty_call_ends_the_arguments_that_came_value_by_value() {
    let piece = r#"{"toolCall":{"functionCalls":[{"name":"book","partialArgs":[{"jsonPath":"$.city","stringValue":"Oslo"}],"willContinue":true}]}}"#;
    for last in ["{}", r#"{"name":"book"}"#] {
        let last = format!(r#"{{"toolCall":{{"functionCalls":[{last}]}}}}"#);
        let trace = trace(&[piece, &last]);
        assert_eq!(trace.last().unwrap(), r#"call c1 {"city":"oslo"}"#);
    }
}

#[test]
fn a_call_that_is_whole_ends_no_other_of_its_function() {
    let piece = r#"{"toolCall":{"functionCalls":[{"name":"f","partialArgs":[{"jsonPath":"$.n","numberValue":1}],"willContinue":true}]}}"#;
    let whole = r#"{"toolCall":{"functionCalls":[{"name":"f","args":{"n":2}}]}}"#;
    let last = r#"{"toolCall":{"functionCalls":[{"name":"f"}]}}"#;
    let trace = trace(&[piece, whole, last]);
    let calls = [r#"call c2 {"n":2}"#, r#"call c1 {"n":1}"#];
    let delivered = trace.iter().filter(|words| words.ends_with('}'));
    assert_eq!(delivered.collect::<Vec<_>>(), calls);
}

#[test]
fn no_piece_is_told_of_a_call_that_was_delivered() {
    let piece = r#"{"toolCall":{"functionCalls":[{"id":"fc-1","name":"f","partialArgs":[{"jsonPath":"$.n","numberValue":1}],"willContinue":true}]}}"#;
    let mut session = gemini();
    told(&mut session, &[CALL]);
    assert_eq!(told(&mut session, &[piece]), ["suppressed redundant"]);
}

#[test]
fn what_the_provider_executes_is_never_the_callers() {
    let code = r#"{"serverContent":{"modelTurn":{"role":"model","parts":[{"executableCode":{"language":"PYTHON","code":"print(2+2)"}},{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"4\n"}}]}}}"#;
    let failed = r#"{"serverContent":{"modelTurn":{"parts":[{"executableCode":{"id":"x-1","code":"1/0"}},{"codeExecutionResult":{"id":"x-1","outcome":"OUTCOME_FAILED","output":"ZeroDivisionError"}}]}}}"#;
    let search = r#"{"serverContent":{"modelTurn":{"parts":[{"toolCall":{"id":"s-1","toolType":"GOOGLE_SEARCH","args":{"q":"oslo"}}},{"toolResponse":{"id":"s-1","response":{"hits":3}}}]}}}"#;
    let trace = trace(&[code, failed, search]);
    let wanted = [
        "reply r1 began",
        "item i1 began",
        "remote c1 started",
        r#"remote c1 with {"language":"python","code":"print(2+2)"}"#,
        r#"remote c1 gave "4\n" error false"#,
        "remote x-1 started",
        r#"remote x-1 with {"id":"x-1","code":"1/0"}"#,
        r#"remote x-1 gave "zerodivisionerror" error true"#,
        "remote s-1 started",
        r#"remote s-1 with {"q":"oslo"}"#,
        r#"remote s-1 gave "{\"hits\":3}" error false"#,
    ];
    assert_eq!(trace, wanted);
}

#[test]
fn a_call_among_the_parts_is_a_call() {
    let part = r#"{"serverContent":{"modelTurn":{"parts":[{"functionCall":{"id":"fc-9","name":"f","args":{}}}]}}}"#;
    assert_eq!(trace(&[part]).last().unwrap(), "call fc-9 {}");
}

#[test]
fn arguments_that_are_no_object_are_delivered_as_they_are() {
    let call = r#"{"toolCall":{"functionCalls":[{"id":"fc-1","name":"f","args":[1]}]}}"#;
    let mut session = gemini();
    let validity: Vec<_> = session
        .receive(call)
        .filter_map(|event| match event {
            Event::ToolCall(call) => Some((call.arguments.into_owned(), call.validity)),
            _ => None,
        })
        .collect();
    let wanted = [("[1]".to_owned(), realtime_proto::Validity::NotObject)];
    assert_eq!(validity, wanted);
}
