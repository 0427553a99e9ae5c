//! What only servers of the beta's shape do.

use crate::{RESPONSE, Row, SESSION};

pub(crate) const ROWS: &[Row] = &[
    Row {
        server: "GLM",
        deviation: "a start under the name of an end ends nothing",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.done","response":{"id":"resp_1","object":"realtime.response","status":"in_progress"}}"#,
        events: &[r#"{"type":"suppressed","kind":"response.done","reason":"duplicate"}"#],
    },
    Row {
        server: "GLM",
        deviation: "a start under the name of an end starts",
        before: &[SESSION],
        frame: r#"{"type":"response.done","response":{"id":"resp_1","object":"realtime.response","status":"in_progress"}}"#,
        events: &[
            r#"{"type":"response_started","response_id":"resp_1","conversation":{"type":"default"},"initiator":{"type":"server"}}"#,
        ],
    },
    Row {
        server: "GLM",
        deviation: "without a name it says nothing",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.done","response":{"status":"in_progress"}}"#,
        events: &[r#"{"type":"suppressed","kind":"response.done","reason":"redundant"}"#],
    },
    Row {
        server: "GLM",
        deviation: "an end without a word",
        before: &[
            SESSION,
            RESPONSE,
            r#"{"type":"response.text.delta","delta":"Hi"}"#,
        ],
        frame: r#"{"event_id":"e3","type":"response.done"}"#,
        events: &[
            r#"{"type":"text_done","response_id":"resp_1","content_index":0,"lane":"display","text":"Hi","suffix":"","status":"final"}"#,
            r#"{"type":"response_finished","event_id":"e3","response_id":"resp_1","outcome":{"type":"completed","reason":"end_turn"},"had_audio":false,"had_text":true,"calls":0,"empty":false}"#,
        ],
    },
];
