//! What a reply consists of: its parts, texts, audio, calls and the calls of the provider.

use crate::{Rows, Table, the};
use realtime_proto::{Ids, Lane, RemotePhase, SuppressedReason, TextStatus, Validity};

pub(crate) fn rows(table: &mut Table) {
    table.given(&[
        r#"{"type":"session.created","session":{"id":"sess_1"}}"#,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
    ]);
    parts(table);
    text_deltas(table);
    text_ends(table);
    audio(table);
    calls(table);
    remote_arguments(table);
    remote_calls(table);
    listings(table);
}

/// The fields that all messages about a part have, on the typed event.
fn placed(rows: &mut Rows<'_>, ids: &Ids<'_>) {
    rows.event_id("event_1");
    rows.is("response_id", ids.response_id.as_deref(), Some("resp_1"));
    rows.is("item_id", ids.item_id.as_deref(), Some("item_1"));
    rows.is("output_index", ids.output_index, Some(3));
    rows.is("content_index", ids.content_index, Some(2));
}

/// A message about a part, with the fields that are its own.
fn of_part(name: &str, own: &str) -> String {
    format!(
        r#"{{"type":"{name}","event_id":"event_1","response_id":"resp_1","item_id":"item_1","output_index":3,"content_index":2{own}}}"#
    )
}

fn parts(table: &mut Table) {
    let added = "response.content_part.added";
    let own = r#","part":{"type":"audio","transcript":"","text":"t","audio":"AAAB"}"#;
    table.event(&[added], &of_part(added, own), |rows| {
        let suppressed = the!(rows, Suppressed);
        assert_eq!(suppressed.kind.as_deref(), Some(added));
        assert_eq!(suppressed.reason, SuppressedReason::Redundant);
        rows.event_id("event_1");
        rows.in_frame("response_id", r#""response_id":"resp_1""#);
        rows.in_frame("item_id", r#""item_id":"item_1""#);
        rows.in_frame("output_index", r#""output_index":3"#);
        rows.in_frame("content_index", r#""content_index":2"#);
        rows.in_frame("part", r#""part":{"type""#);
        rows.in_frame("part.type", r#""type":"audio""#);
        rows.in_frame("part.transcript", r#""transcript":"""#);
        rows.in_frame("part.text", r#""text":"t""#);
        rows.in_frame("part.audio", r#""audio":"AAAB""#);
    });
    let done = "response.content_part.done";
    let own = r#","part":{"type":"audio","transcript":"It rains.","audio":"AAAB"}"#;
    table.event(&[done], &of_part(done, own), |rows| {
        let text = the!(rows, TextDone);
        placed(rows, &text.ids);
        rows.is("part", text.status, TextStatus::Final);
        rows.is("part.type", text.lane, Lane::Spoken);
        rows.is("part.transcript", &*text.text, "It rains.");
        rows.in_frame("part.audio", r#""audio":"AAAB""#);
    });
    let own = r#","part":{"type":"text","text":"It snows."}"#;
    table.event(&[done], &of_part(done, own), |rows| {
        let text = the!(rows, TextDone);
        rows.is("part.type", text.lane, Lane::Display);
        rows.is("part.text", &*text.text, "It snows.");
    });
}

fn text_deltas(table: &mut Table) {
    for (names, lane) in [
        (
            ["response.output_text.delta", "response.text.delta"],
            Lane::Display,
        ),
        (
            [
                "response.output_audio_transcript.delta",
                "response.audio_transcript.delta",
            ],
            Lane::Spoken,
        ),
    ] {
        let own = r#","delta":"It ","obfuscation":"w8Kd""#;
        table.event(&names, &of_part(names[0], own), |rows| {
            let text = the!(rows, TextDelta);
            assert_eq!(text.lane, lane);
            placed(rows, &text.ids);
            rows.is("delta", &*text.delta, "It ");
            rows.in_frame("obfuscation", r#""obfuscation":"w8Kd""#);
        });
    }
}

fn text_ends(table: &mut Table) {
    for (names, lane, field) in [
        (
            ["response.output_text.done", "response.text.done"],
            Lane::Display,
            "text",
        ),
        (
            [
                "response.output_audio_transcript.done",
                "response.audio_transcript.done",
            ],
            Lane::Spoken,
            "transcript",
        ),
    ] {
        let own = format!(r#","{field}":"It rains.""#);
        table.event(&names, &of_part(names[0], &own), |rows| {
            let text = the!(rows, TextDone);
            assert_eq!(text.lane, lane);
            placed(rows, &text.ids);
            rows.is(field, &*text.text, "It rains.");
        });
    }
}

fn audio(table: &mut Table) {
    let names = ["response.output_audio.delta", "response.audio.delta"];
    table.event(
        &names,
        &of_part(names[0], r#","delta":"AAABAAIAAwA=""#),
        |rows| {
            let audio = the!(rows, AudioDelta);
            placed(rows, &audio.ids);
            let mut pcm = Vec::new();
            audio.decode_into(&mut pcm).unwrap();
            rows.is("delta", pcm, [0, 0, 1, 0, 2, 0, 3, 0]);
        },
    );
    let names = ["response.output_audio.done", "response.audio.done"];
    table.event(&names, &of_part(names[0], ""), |rows| {
        let done = the!(rows, AudioDone);
        placed(rows, &done.ids);
    });
}

fn calls(table: &mut Table) {
    table.event(
        &["response.function_call_arguments.delta"],
        r#"{"type":"response.function_call_arguments.delta","event_id":"event_2","response_id":"resp_1","item_id":"item_2","output_index":1,"call_id":"call_1","delta":"{\"port\"","obfuscation":"w8Kd"}"#,
        |rows| {
            let arguments = the!(rows, ToolArgumentsDelta);
            rows.event_id("event_2");
            rows.is("response_id", arguments.ids.response_id.as_deref(), Some("resp_1"));
            rows.is("item_id", arguments.ids.item_id.as_deref(), Some("item_2"));
            rows.is("output_index", arguments.ids.output_index, Some(1));
            rows.is("call_id", arguments.call_id.as_deref(), Some("call_1"));
            rows.is("delta", &*arguments.delta, r#"{"port""#);
            rows.in_frame("obfuscation", r#""obfuscation":"w8Kd""#);
        },
    );
    table.event(
        &["response.function_call_arguments.done"],
        r#"{"type":"response.function_call_arguments.done","event_id":"event_3","response_id":"resp_1","item_id":"item_2","output_index":1,"call_id":"call_1","name":"get_tide","arguments":"{\"port\":\"Bergen\"}"}"#,
        |rows| {
            let call = the!(rows, ToolCall);
            assert_eq!(call.validity, Validity::Object);
            rows.event_id("event_3");
            rows.is("response_id", call.ids.response_id.as_deref(), Some("resp_1"));
            rows.is("item_id", call.ids.item_id.as_deref(), Some("item_2"));
            rows.is("output_index", call.ids.output_index, Some(1));
            rows.is("call_id", &*call.call_id, "call_1");
            rows.is("name", call.name.as_deref(), Some("get_tide"));
            rows.is("arguments", &*call.arguments, r#"{"port":"Bergen"}"#);
        },
    );
}

fn remote_arguments(table: &mut Table) {
    for (name, field) in [
        ("response.mcp_call_arguments.delta", "delta"),
        ("response.mcp_call_arguments.done", "arguments"),
    ] {
        let frame = format!(
            r#"{{"type":"{name}","event_id":"event_4","response_id":"resp_1","item_id":"item_3","output_index":1,"{field}":"{{\"from\":\"Moss\"}}","obfuscation":"w8Kd"}}"#
        );
        table.event(&[name], &frame, |rows| {
            let tool = the!(rows, RemoteTool);
            let RemotePhase::Arguments { text } = &tool.phase else {
                panic!("arguments are told");
            };
            rows.event_id("event_4");
            rows.is(
                "response_id",
                tool.ids.response_id.as_deref(),
                Some("resp_1"),
            );
            rows.is("item_id", tool.ids.item_id.as_deref(), Some("item_3"));
            rows.is("output_index", tool.ids.output_index, Some(1));
            rows.is(field, &**text, r#"{"from":"Moss"}"#);
            if field == "delta" {
                rows.in_frame("obfuscation", r#""obfuscation":"w8Kd""#);
            }
        });
    }
}

fn remote_calls(table: &mut Table) {
    let frame = |name| {
        format!(r#"{{"type":"{name}","event_id":"event_5","item_id":"item_3","output_index":1}}"#)
    };
    let running = "response.mcp_call.in_progress";
    table.event(&[running], &frame(running), |rows| {
        let tool = the!(rows, RemoteTool);
        assert_eq!(tool.phase, RemotePhase::Running);
        assert_eq!(tool.call_id.as_deref(), Some("item_3"));
        rows.event_id("event_5");
        rows.is("item_id", tool.ids.item_id.as_deref(), Some("item_3"));
        rows.is("output_index", tool.ids.output_index, Some(1));
    });
    // What came of the call is told by its item.
    for over in ["response.mcp_call.completed", "response.mcp_call.failed"] {
        table.event(&[over], &frame(over), |rows| {
            let suppressed = the!(rows, Suppressed);
            assert_eq!(suppressed.kind.as_deref(), Some(over));
            assert_eq!(suppressed.reason, SuppressedReason::Redundant);
            rows.event_id("event_5");
            rows.in_frame("item_id", r#""item_id":"item_3""#);
            rows.in_frame("output_index", r#""output_index":1"#);
        });
    }
}

fn listings(table: &mut Table) {
    let result = RemotePhase::Result {
        output: "".into(),
        is_error: false,
        partial: false,
    };
    for (name, phase) in [
        ("mcp_list_tools.in_progress", RemotePhase::Running),
        ("mcp_list_tools.completed", result),
        ("mcp_list_tools.failed", RemotePhase::Failed),
    ] {
        let frame = format!(r#"{{"type":"{name}","event_id":"event_6","item_id":"item_4"}}"#);
        table.event(&[name], &frame, |rows| {
            let tool = the!(rows, RemoteTool);
            assert_eq!(tool.phase, phase);
            assert_eq!(tool.call_id, None);
            rows.event_id("event_6");
            rows.is("item_id", tool.ids.item_id.as_deref(), Some("item_4"));
        });
    }
}
