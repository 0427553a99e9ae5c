//! The points of the recordings in which tools are called.

use crate::common::run;
use realtime_proto::{Event, RemotePhase};

#[test]
fn a_call_gets_one_output_and_a_second_response() {
    let run = run("openai/tool_call");
    let calls = run.summary.calls;
    let calls = [calls.delivered, calls.answered, calls.cancelled];
    assert_eq!((calls, run.outcomes()), ([1, 1, 0], [2, 0, 0, 0, 0]));
}

#[test]
fn two_calls_of_one_response_get_two_outputs_and_one_continuation() {
    let run = run("openai/parallel_tool_calls");
    let calls = run.summary.calls;
    let calls = [calls.delivered, calls.answered, calls.cancelled];
    assert_eq!((calls, run.outcomes()), ([2, 2, 0], [2, 0, 0, 0, 0]));
}

#[test]
fn a_remote_call_may_need_approval_and_is_never_yours_to_answer() {
    let run = run("openai/mcp_approval");
    let asked = run.names(&["approval_requested"]).len();
    let outputs = run.all(|event| match event {
        Event::RemoteTool(tool) => match &tool.phase {
            RemotePhase::Result { output, .. } if !output.is_empty() => Some(output.to_string()),
            _ => None,
        },
        _ => None,
    });
    let gave = vec![String::from(
        r#"{"confirmed":true,"berth":14,"fee":"28.00"}"#,
    )];
    assert_eq!((asked, outputs, run.summary.calls.delivered), (1, gave, 0));
}

#[test]
fn a_remote_tool_that_fails_fails_alone() {
    let run = run("openai/mcp_failures");
    let phases = run.all(|event| match event {
        Event::RemoteTool(tool) => match &tool.phase {
            RemotePhase::Failed => Some("failed"),
            RemotePhase::Result { is_error: true, .. } => Some("fault"),
            _ => None,
        },
        _ => None,
    });
    assert_eq!(
        (phases, run.outcomes()),
        (vec!["failed", "fault"], [2, 0, 0, 0, 0])
    );
}
