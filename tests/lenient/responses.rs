//! Starts and ends of responses.

use crate::{READY, REPLYING, Row};

pub(crate) const ROWS: &[Row] = &[
    Row {
        name: "response.created minimal",
        before: READY,
        frame: r#"{"type":"response.created","response":{"id":"resp_2"}}"#,
        event: r#"{"type":"response_started","response_id":"resp_2","conversation":{"type":"default"},"initiator":{"type":"server"}}"#,
    },
    Row {
        name: "response.created without an id",
        before: READY,
        frame: r#"{"type":"response.created","response":{}}"#,
        event: r#"{"type":"response_started","conversation":{"type":"default"},"initiator":{"type":"server"}}"#,
    },
    Row {
        name: "response.done GA completed, full",
        before: REPLYING,
        frame: r#"{"type":"response.done","event_id":"event_6","response":{"object":"realtime.response","id":"resp_1","status":"completed","status_details":null,"output":[],"conversation_id":"conv_1","output_modalities":["audio"],"max_output_tokens":"inf","audio":{"output":{"format":{"type":"audio/pcm","rate":24000},"voice":"marin"}},"usage":{"total_tokens":300,"input_tokens":220,"output_tokens":80,"input_token_details":{"text_tokens":180,"audio_tokens":40,"image_tokens":0,"cached_tokens":128,"cached_tokens_details":{"text_tokens":128,"audio_tokens":0,"image_tokens":0}},"output_token_details":{"text_tokens":20,"audio_tokens":60}},"metadata":null}}"#,
        event: r#"{"type":"response_finished","event_id":"event_6","response_id":"resp_1","outcome":{"type":"completed","reason":"end_turn"},"usage":{"input":{"total":220,"text":180,"audio":40},"output":{"total":80,"text":20,"audio":60},"total_tokens":300,"cached":{"total":128,"text":128}},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
    },
    Row {
        name: "response.done cancelled/turn_detected, usage null",
        before: REPLYING,
        frame: r#"{"type":"response.done","response":{"id":"resp_1","status":"cancelled","status_details":{"type":"cancelled","reason":"turn_detected"},"usage":null}}"#,
        event: r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"cancelled","reason":"user_speech"},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
    },
    Row {
        name: "response.done minimal {id,status}",
        before: REPLYING,
        frame: r#"{"type":"response.done","response":{"id":"resp_1","status":"completed"}}"#,
        event: r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"completed","reason":"end_turn"},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
    },
    Row {
        name: "response.done minimal, no id",
        before: REPLYING,
        frame: r#"{"type":"response.done","response":{}}"#,
        event: r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"completed","reason":"end_turn"},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
    },
    Row {
        name: "response.done xAI (usage at top level)",
        before: REPLYING,
        frame: r#"{"type":"response.done","response":{"id":"resp_1","status":"completed","output":[],"usage":null},"usage":{"input_tokens":9,"output_tokens":4,"total_tokens":13}}"#,
        event: r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"completed","reason":"end_turn"},"usage":{"input":{"total":9},"output":{"total":4},"total_tokens":13},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
    },
    Row {
        name: "response.done failed, error without message",
        before: REPLYING,
        frame: r#"{"type":"response.done","response":{"id":"resp_1","status":"failed","status_details":{"type":"failed","error":{"type":"server_error","code":"rate_limit_exceeded"}}}}"#,
        event: r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"failed","class":"throttled","code":"rate_limit_exceeded","kind":"server_error"},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
    },
    Row {
        name: "response.done failed, error null",
        before: REPLYING,
        frame: r#"{"type":"response.done","response":{"id":"resp_1","status":"failed","status_details":{"type":"failed","error":null},"max_output_tokens":null}}"#,
        event: r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"failed","class":"response_failed"},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
    },
    Row {
        name: "response.done failed, error a text",
        before: REPLYING,
        frame: r#"{"type":"response.done","response":{"id":"resp_1","status":"failed","status_details":{"type":"failed","error":"Out of order."}}}"#,
        event: r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"failed","class":"response_failed","message":"Out of order."},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
    },
    Row {
        name: "response.cancelled (legacy)",
        before: REPLYING,
        frame: r#"{"type":"response.cancelled","event_id":"event_7","response_id":"resp_1"}"#,
        event: r#"{"type":"response_finished","event_id":"event_7","response_id":"resp_1","outcome":{"type":"cancelled","reason":""},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
    },
];

/// Where the shape of the beta is understood otherwise: some of its servers end and start so.
pub(crate) const RELEASE: &[Row] = &[
    Row {
        name: "response.done without a response",
        before: REPLYING,
        frame: r#"{"type":"response.done"}"#,
        event: r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"lost"},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
    },
    Row {
        name: "response.done in_progress",
        before: REPLYING,
        frame: r#"{"type":"response.done","response":{"id":"resp_1","status":"in_progress"}}"#,
        event: r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"incomplete","reason":"in_progress"},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
    },
];
