//! The session itself, signs of life, errors and notices.

use crate::{Row, SESSION};

pub(crate) const ROWS: &[Row] = &[
    Row {
        server: "Inworld",
        deviation: "JSON pings",
        before: &[SESSION],
        frame: r#"{"type":"ping","event_id":"e4","timestamp":1761000000000}"#,
        events: &[r#"{"type":"suppressed","kind":"ping","reason":"acknowledgement"}"#],
    },
    Row {
        server: "GLM",
        deviation: "heartbeats",
        before: &[SESSION],
        frame: r#"{"type":"heartbeat"}"#,
        events: &[r#"{"type":"suppressed","kind":"heartbeat","reason":"acknowledgement"}"#],
    },
    Row {
        server: "Qwen-Omni",
        deviation: "the server ends the session",
        before: &[SESSION],
        frame: r#"{"type":"session.finished","event_id":"e5"}"#,
        events: &[r#"{"type":"going_away","time_left_ms":0,"cause":"server","plan":"never"}"#],
    },
    Row {
        server: "StepFun",
        deviation: "the same by another name",
        before: &[SESSION],
        frame: r#"{"type":"session.closed"}"#,
        events: &[r#"{"type":"going_away","time_left_ms":0,"cause":"server","plan":"never"}"#],
    },
    Row {
        server: "vLLM",
        deviation: "a session that is no object",
        before: &[],
        frame: r#"{"type":"session.created","id":"sess-1","created":1761000000}"#,
        events: &[r#"{"type":"ready","session_id":"sess-1"}"#],
    },
    Row {
        server: "vLLM",
        deviation: "an error that is a text",
        before: &[SESSION],
        frame: r#"{"type":"error","error":"Invalid JSON","code":"invalid_json"}"#,
        events: &[
            r#"{"type":"error","class":"rejected","scope":{"type":"session"},"code":"invalid_json","message":"Invalid JSON","session_usable":true,"retry":{"type":"never"}}"#,
        ],
    },
    Row {
        server: "Azure Voice Live",
        deviation: "warnings",
        before: &[SESSION],
        frame: r#"{"type":"warning","warning":{"message":"unsupported voice style","code":"voice"}}"#,
        events: &[
            r#"{"type":"notice","severity":"warning","source":"server","code":"voice","message":"unsupported voice style"}"#,
        ],
    },
    Row {
        server: "LocalAI",
        deviation: "another model takes over",
        before: &[SESSION],
        frame: r#"{"type":"localai.model.failover","chain":"main","stage":"llm","from":"a","to":"b","state":"ok","reason":"timeout"}"#,
        events: &[
            r#"{"type":"notice","severity":"warning","source":"server","code":"model_failover","message":"timeout"}"#,
        ],
    },
    Row {
        server: "LocalAI",
        deviation: "a classifier chose",
        before: &[SESSION],
        frame: r#"{"type":"localai.classifier.result","response_id":"resp_1","scores":[0.1,0.9],"chosen_id":"b","threshold":0.5,"fallback":false,"latency_ms":12}"#,
        events: &[
            r#"{"type":"notice","severity":"info","source":"server","code":"classifier_result","message":""}"#,
        ],
    },
    Row {
        server: "LocalAI",
        deviation: "an error in place of the session",
        before: &[],
        frame: r#"{"type":"error","error":{"type":"server_error","code":"model_load_failed","message":"out of memory"}}"#,
        events: &[
            r#"{"type":"error","class":"server_fault","scope":{"type":"session"},"code":"model_load_failed","kind":"server_error","message":"out of memory","session_usable":false,"retry":{"type":"reconnect"}}"#,
        ],
    },
    Row {
        server: "GLM",
        deviation: "settings under the name of their request",
        before: &[SESSION],
        frame: r#"{"type":"session.update","session":{"id":"sess_1","voice":"tongtong","max_response_output_tokens":"1024"}}"#,
        events: &[r#"{"type":"session_updated"}"#],
    },
    Row {
        server: "Inworld",
        deviation: "a session without a word about it",
        before: &[],
        frame: r#"{"type":"session.created","event_id":"e7"}"#,
        events: &[r#"{"type":"ready"}"#],
    },
    Row {
        server: "Inworld",
        deviation: "a cancel that came too late",
        before: &[SESSION],
        frame: r#"{"type":"error","error":{"type":"invalid_request_error","code":"response_cancel_not_active","message":"Nothing to cancel."}}"#,
        events: &[
            r#"{"type":"error","class":"benign_race","scope":{"type":"session"},"code":"response_cancel_not_active","kind":"invalid_request_error","message":"Nothing to cancel.","session_usable":true,"retry":{"type":"same_session"}}"#,
        ],
    },
    Row {
        server: "OpenAI transcription",
        deviation: "a session that only transcribes",
        before: &[],
        frame: r#"{"type":"transcription_session.created","session":{"id":"sess_2","input_audio_transcription":{"model":"whisper-1"}}}"#,
        events: &[r#"{"type":"ready","session_id":"sess_2"}"#],
    },
];
