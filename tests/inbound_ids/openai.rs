//! What typed clients decode: every name, items, usage, details.

use crate::{finished, item, receive, session, usage_of};
use realtime_proto::{
    By, Completion, Dialect, Event, Incompletion, ItemKind, Outcome, Previous, Status, Usage,
};

#[test]
fn o1_every_name_decodes_in_both_dialects() {
    for name in NAMES {
        for dialect in [Dialect::OpenAi, Dialect::OpenAiBeta] {
            let frame = format!(r#"{{"type":"{name}",{MEMBERS}}}"#);
            let told = receive(&mut session(dialect), &frame);
            assert!(!told.is_empty(), "{name}");
            for event in told {
                let lost = matches!(event, Event::Unknown(_) | Event::Malformed(_));
                assert!(!lost, "{name} ({dialect}): {event:?}");
            }
        }
    }
    let frame = r#"{"type":"response.hologram.delta"}"#;
    let told = receive(&mut session(Dialect::OpenAi), frame);
    assert!(matches!(told.as_slice(), [Event::Unknown(_)]), "{told:?}");
}

#[test]
fn o3_previous_item_id_null_absent_and_string() {
    let id = |previous: &Previous<'_>| match previous {
        Previous::After(id) => Some(id.to_string()),
        _ => None,
    };
    for (member, first, after) in [
        ("", false, None),
        (r#","previous_item_id":null"#, true, None),
        (r#","previous_item_id":"item_0""#, false, Some("item_0")),
        (r#","previous_item_id":"""#, false, None),
    ] {
        let commit =
            format!(r#"{{"type":"input_audio_buffer.committed","item_id":"item_1"{member}}}"#);
        let told = receive(&mut session(Dialect::OpenAi), &commit);
        let turn = told.into_iter().find_map(|event| match event {
            Event::UserTurnCommitted(turn) => Some(turn),
            _ => None,
        });
        let turn = turn.unwrap();
        assert_eq!(turn.previous == Previous::First, first, "{commit}");
        assert_eq!(id(&turn.previous).as_deref(), after, "{commit}");
        for name in ["added", "done", "created"] {
            let frame = format!(
                r#"{{"type":"conversation.item.{name}","item":{{"id":"item_1","type":"message"}}{member}}}"#
            );
            let item = item(&frame);
            assert_eq!(item.previous == Previous::First, first, "{frame}");
            assert_eq!(id(&item.previous).as_deref(), after, "{frame}");
        }
    }
}

#[test]
fn o4_transcription_usage_in_tokens_in_seconds_and_absent() {
    let tokens = usage_of(
        r#","usage":{"type":"tokens","input_tokens":33,"output_tokens":9,"total_tokens":42,"input_token_details":{"text_tokens":2,"audio_tokens":31}}"#,
    )
    .unwrap();
    assert_eq!((tokens.total_tokens, tokens.transcription.total), (42, 42));
    assert_eq!(
        (tokens.transcription.text, tokens.transcription.audio),
        (2, 31)
    );
    assert!(tokens.seconds.abs() < f64::EPSILON);

    let duration = usage_of(r#","usage":{"type":"duration","seconds":3.5}"#).unwrap();
    assert!((duration.seconds - 3.5).abs() < f64::EPSILON);
    assert_eq!(duration.total_tokens, 0);

    for none in ["", r#","usage":null"#, r#","usage":"much""#] {
        assert_eq!(usage_of(none), None, "{none}");
    }
    let damaged = usage_of(r#","usage":{"total_tokens":"many","seconds":-1}"#).unwrap();
    assert_eq!(*damaged, Usage::default());
}

#[test]
fn o5_items_of_every_kind_also_without_status() {
    for (json, kind, content) in [
        (
            r#""type":"message","role":"user","content":[{"type":"input_audio","transcript":null}]"#,
            ItemKind::Message,
            r#"[{"type":"audio"}]"#,
        ),
        (
            r#""type":"function_call","call_id":"call_1","name":"f","arguments":"""#,
            ItemKind::FunctionCall,
            r#"[{"type":"arguments","text":"","validity":"empty"}]"#,
        ),
        (
            r#""type":"function_call_output","call_id":"call_1","output":"""#,
            ItemKind::FunctionCallOutput,
            r#"[{"type":"output","text":""}]"#,
        ),
        (
            r#""type":"mcp_list_tools","server_label":"s","tools":[]"#,
            ItemKind::McpListTools,
            r#"[{"type":"tools","raw":"[]"},{"type":"server","label":"s"}]"#,
        ),
        (
            r#""type":"mcp_call","server_label":"s","name":"f","arguments":"{}","output":"4","error":null"#,
            ItemKind::McpCall,
            r#"[{"type":"arguments","text":"{}","validity":"object"},{"type":"output","text":"4"},{"type":"server","label":"s"}]"#,
        ),
        (
            r#""type":"mcp_approval_request","server_label":"s","name":"f","arguments":"{}""#,
            ItemKind::McpApprovalRequest,
            r#"[{"type":"arguments","text":"{}","validity":"object"},{"type":"server","label":"s"}]"#,
        ),
        (
            r#""type":"mcp_approval_response","approval_request_id":"item_0","approve":true,"reason":null"#,
            ItemKind::McpApprovalResponse,
            r#"[{"type":"approval","approval_id":"item_0","approve":true}]"#,
        ),
        (
            r#""type":"hologram","x":1"#,
            ItemKind::Other("hologram".into()),
            "[]",
        ),
    ] {
        for (member, status) in [
            ("", None),
            (r#","status":null"#, None),
            (r#","status":"incomplete""#, Some(Status::Incomplete)),
            (
                r#","status":"paused""#,
                Some(Status::Other("paused".into())),
            ),
        ] {
            let raw = format!(r#"{{"id":"item_1",{json}{member}}}"#);
            let frame = format!(r#"{{"type":"conversation.item.added","item":{raw}}}"#);
            let item = item(&frame);
            assert_eq!(item.ids.item_id.as_deref(), Some("item_1"));
            assert_eq!(item.kind, kind, "{raw}");
            assert_eq!(item.status, status, "{raw}");
            assert_eq!(
                serde_json::to_string(&item.content).unwrap(),
                content,
                "{raw}"
            );
            assert_eq!(item.raw, raw);
        }
    }
}

#[test]
fn o6_status_details_of_every_reason_and_of_unknown_ones() {
    for (status, details, outcome) in [
        ("completed", "null", Outcome::Completed(Completion::EndTurn)),
        (
            "completed",
            r#"{"type":"completed"}"#,
            Outcome::Completed(Completion::EndTurn),
        ),
        (
            "cancelled",
            r#"{"reason":"turn_detected"}"#,
            Outcome::Cancelled(By::UserSpeech),
        ),
        (
            "cancelled",
            r#"{"reason":"client_cancelled"}"#,
            Outcome::Cancelled(By::Client),
        ),
        (
            "cancelled",
            r#""turn_detected""#,
            Outcome::Cancelled(By::UserSpeech),
        ),
        (
            "cancelled",
            r#"{"reason":"moon"}"#,
            Outcome::Cancelled(By::Other("moon".into())),
        ),
        (
            "cancelled",
            "null",
            Outcome::Cancelled(By::Other(String::new())),
        ),
        (
            "incomplete",
            r#"{"reason":"max_output_tokens"}"#,
            Outcome::Incomplete(Incompletion::MaxTokens),
        ),
        (
            "incomplete",
            r#"{"reason":"content_filter"}"#,
            Outcome::Incomplete(Incompletion::ContentFilter),
        ),
        (
            "incomplete",
            r#"{"reason":"moon"}"#,
            Outcome::Incomplete(Incompletion::Other("moon".into())),
        ),
        (
            "in_progress",
            "null",
            Outcome::Incomplete(Incompletion::Other("in_progress".into())),
        ),
        (
            "eclipsed",
            "null",
            Outcome::Completed(Completion::Other("eclipsed".into())),
        ),
    ] {
        let finished = finished(&format!(
            r#""status":"{status}","status_details":{details}"#
        ));
        assert_eq!(finished.outcome, outcome, "{status} {details}");
    }
    for (details, code, message) in [
        (
            r#"{"error":{"code":"server_error","message":"Oh."}}"#,
            Some("server_error"),
            Some("Oh."),
        ),
        (r#"{"error":{"code":500}}"#, Some("500"), None),
        (r#"{"error":"Oh."}"#, None, Some("Oh.")),
        (r#""Oh.""#, None, Some("Oh.")),
        ("null", None, None),
    ] {
        let finished = finished(&format!(r#""status":"failed","status_details":{details}"#));
        let Outcome::Failed(fault) = finished.outcome else {
            panic!("it failed: {details}");
        };
        assert_eq!(fault.code.as_deref(), code, "{details}");
        assert_eq!(fault.message.as_deref(), message, "{details}");
    }
}

#[test]
fn o7_usage_with_the_cached_part_split() {
    for details in ["cached_tokens_details", "cached_token_details"] {
        let usage = finished(&format!(
            r#""usage":{{"total_tokens":253,"input_tokens":132,"output_tokens":121,"input_token_details":{{"text_tokens":119,"audio_tokens":13,"image_tokens":0,"cached_tokens":64,"{details}":{{"text_tokens":60,"audio_tokens":4,"image_tokens":0}}}},"output_token_details":{{"text_tokens":30,"audio_tokens":91}}}}"#
        ))
        .usage
        .unwrap();
        assert_eq!(
            (usage.input.total, usage.output.total, usage.total_tokens),
            (132, 121, 253)
        );
        assert_eq!(
            (usage.cached.total, usage.cached.text, usage.cached.audio),
            (64, 60, 4)
        );
        let uncached = usage.uncached();
        assert_eq!((uncached.total, uncached.text, uncached.audio), (68, 59, 9));
    }
    let parts = finished(r#""usage":{"input_token_details":{"text_tokens":5,"audio_tokens":2}}"#);
    let parts = parts.usage.unwrap();
    assert_eq!((parts.input.total, parts.total_tokens), (7, 7));
    assert_eq!(finished(r#""usage":null"#).usage, None);
    assert_eq!(finished(r#""usage":{}"#).usage, Some(Usage::default()));
}

#[test]
fn o9_a_key_of_the_telephone_has_no_event_id() {
    let mut session = session(Dialect::OpenAi);
    let frame =
        r#"{"type":"input_audio_buffer.dtmf_event_received","event":"*","received_at":1763456789}"#;
    let mut events = session.receive(frame);
    assert_eq!(events.event_id(), None);
    let told = serde_json::to_value(events.next()).unwrap();
    let expected = serde_json::json!(
        {"type": "input", "kind": "dtmf", "digit": "*", "received_at": 1_763_456_789}
    );
    assert_eq!(told, expected);
}

/// Every message of a server, before and after the general release, and one that is older.
const NAMES: [&str; 55] = [
    "conversation.created",
    "conversation.item.added",
    "conversation.item.created",
    "conversation.item.deleted",
    "conversation.item.done",
    "conversation.item.input_audio_transcription.completed",
    "conversation.item.input_audio_transcription.delta",
    "conversation.item.input_audio_transcription.failed",
    "conversation.item.input_audio_transcription.segment",
    "conversation.item.retrieved",
    "conversation.item.truncated",
    "error",
    "input_audio_buffer.cleared",
    "input_audio_buffer.committed",
    "input_audio_buffer.dtmf_event_received",
    "input_audio_buffer.speech_started",
    "input_audio_buffer.speech_stopped",
    "input_audio_buffer.timeout_triggered",
    "mcp_list_tools.completed",
    "mcp_list_tools.failed",
    "mcp_list_tools.in_progress",
    "output_audio_buffer.cleared",
    "output_audio_buffer.started",
    "output_audio_buffer.stopped",
    "rate_limits.updated",
    "response.audio.delta",
    "response.audio.done",
    "response.audio_transcript.delta",
    "response.audio_transcript.done",
    "response.cancelled",
    "response.content_part.added",
    "response.content_part.done",
    "response.created",
    "response.done",
    "response.function_call_arguments.delta",
    "response.function_call_arguments.done",
    "response.mcp_call.completed",
    "response.mcp_call.failed",
    "response.mcp_call.in_progress",
    "response.mcp_call_arguments.delta",
    "response.mcp_call_arguments.done",
    "response.output_audio.delta",
    "response.output_audio.done",
    "response.output_audio_transcript.delta",
    "response.output_audio_transcript.done",
    "response.output_item.added",
    "response.output_item.done",
    "response.output_text.delta",
    "response.output_text.done",
    "response.text.delta",
    "response.text.done",
    "session.created",
    "session.updated",
    "transcription_session.created",
    "transcription_session.updated",
];

/// What any of them needs.
const MEMBERS: &str = r#""delta":"AAAA","text":"t","transcript":"t","event":"1","call_id":"call_1","arguments":"{}","item":{"id":"item_1"},"response":{"id":"resp_1"},"session":{"id":"sess_1"}"#;
