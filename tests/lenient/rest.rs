//! What a reply consists of, and reports.

use crate::{READY, REPLYING, Row};

pub(crate) const ROWS: &[Row] = &[
    Row {
        name: "function_call_arguments.done without name",
        before: REPLYING,
        frame: r#"{"type":"response.function_call_arguments.done","response_id":"resp_1","item_id":"item_4","output_index":1,"call_id":"call_1","arguments":"{}"}"#,
        event: r#"{"type":"tool_call","call_id":"call_1","arguments":"{}","validity":"object","response_id":"resp_1","item_id":"item_4","output_index":1}"#,
    },
    Row {
        name: "function_call_arguments.done xAI minimal (call_id, name, arguments)",
        before: REPLYING,
        frame: r#"{"type":"response.function_call_arguments.done","call_id":"call_1","name":"get_tide","arguments":"{}"}"#,
        event: r#"{"type":"tool_call","call_id":"call_1","name":"get_tide","arguments":"{}","validity":"object"}"#,
    },
    Row {
        name: "function_call_arguments.done without arguments",
        before: REPLYING,
        frame: r#"{"type":"response.function_call_arguments.done","call_id":"call_1","name":"get_tide"}"#,
        event: r#"{"type":"malformed","kind":"response.function_call_arguments.done","fault":{"type":"missing","field":"arguments"}}"#,
    },
    Row {
        name: "audio.delta GA name",
        before: REPLYING,
        frame: r#"{"type":"response.output_audio.delta","event_id":"event_8","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":"AAABAAIAAwA="}"#,
        event: r#"{"type":"audio_delta","event_id":"event_8","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"epoch":0,"format":{"encoding":"pcm16","rate_hz":24000,"channels":1},"bytes":8,"payload":"AAABAAIAAwA="}"#,
    },
    Row {
        name: "audio.delta beta name",
        before: REPLYING,
        frame: r#"{"type":"response.audio.delta","event_id":"event_8","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":"AAABAAIAAwA="}"#,
        event: r#"{"type":"audio_delta","event_id":"event_8","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"epoch":0,"format":{"encoding":"pcm16","rate_hz":24000,"channels":1},"bytes":8,"payload":"AAABAAIAAwA="}"#,
    },
    Row {
        name: "audio.delta without event_id, or without indices",
        before: REPLYING,
        frame: r#"{"type":"response.output_audio.delta","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":"AAABAAIAAwA="}"#,
        event: r#"{"type":"audio_delta","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"epoch":0,"format":{"encoding":"pcm16","rate_hz":24000,"channels":1},"bytes":8,"payload":"AAABAAIAAwA="}"#,
    },
    Row {
        name: "audio.delta without event_id, or without indices",
        before: REPLYING,
        frame: r#"{"type":"response.output_audio.delta","event_id":"event_8","delta":"AAABAAIAAwA="}"#,
        event: r#"{"type":"audio_delta","event_id":"event_8","epoch":0,"format":{"encoding":"pcm16","rate_hz":24000,"channels":1},"bytes":8,"payload":"AAABAAIAAwA="}"#,
    },
    Row {
        name: "audio.delta bad base64",
        before: REPLYING,
        frame: r#"{"type":"response.output_audio.delta","response_id":"resp_1","delta":"not base64!"}"#,
        event: r#"{"type":"audio_delta","response_id":"resp_1","epoch":0,"format":{"encoding":"pcm16","rate_hz":24000,"channels":1},"bytes":8,"payload":"not base64!"}"#,
    },
    Row {
        name: "audio.delta type last",
        before: REPLYING,
        frame: r#"{"delta":"AAABAAIAAwA=","response_id":"resp_1","type":"response.output_audio.delta"}"#,
        event: r#"{"type":"audio_delta","response_id":"resp_1","epoch":0,"format":{"encoding":"pcm16","rate_hz":24000,"channels":1},"bytes":8,"payload":"AAABAAIAAwA="}"#,
    },
    Row {
        name: r"audio.delta \/ escape",
        before: REPLYING,
        frame: r#"{"type":"response.output_audio.delta","response_id":"resp_1","delta":"\/\/8A\/w=="}"#,
        event: r#"{"type":"audio_delta","response_id":"resp_1","epoch":0,"format":{"encoding":"pcm16","rate_hz":24000,"channels":1},"bytes":4,"payload":"//8A/w=="}"#,
    },
    Row {
        name: "audio.delta without delta",
        before: REPLYING,
        frame: r#"{"type":"response.output_audio.delta","response_id":"resp_1"}"#,
        event: r#"{"type":"malformed","kind":"response.output_audio.delta","fault":{"type":"missing","field":"delta"}}"#,
    },
    Row {
        name: "text.delta, transcript.delta beta names",
        before: REPLYING,
        frame: r#"{"type":"response.text.delta","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":"It "}"#,
        event: r#"{"type":"text_delta","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"lane":"display","delta":"It "}"#,
    },
    Row {
        name: "text.delta, transcript.delta beta names",
        before: REPLYING,
        frame: r#"{"type":"response.audio_transcript.delta","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":"It "}"#,
        event: r#"{"type":"text_delta","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"lane":"spoken","delta":"It "}"#,
    },
    Row {
        name: "transcript.delta GA name",
        before: REPLYING,
        frame: r#"{"type":"response.output_audio_transcript.delta","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":"It "}"#,
        event: r#"{"type":"text_delta","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"lane":"spoken","delta":"It "}"#,
    },
    Row {
        name: "transcript.delta GA name",
        before: REPLYING,
        frame: r#"{"type":"response.output_audio_transcript.delta","delta":"It "}"#,
        event: r#"{"type":"text_delta","lane":"spoken","delta":"It "}"#,
    },
    Row {
        name: "rate_limits limit > u32",
        before: READY,
        frame: r#"{"type":"rate_limits.updated","rate_limits":[{"name":"tokens","limit":5000000000,"remaining":4999999999,"reset_seconds":0.25}]}"#,
        event: r#"{"type":"rate_limits","limits":[{"name":"tokens","limit":5000000000,"remaining":4999999999,"reset_ms":250}]}"#,
    },
    Row {
        name: "rate_limits empty / integer reset",
        before: READY,
        frame: r#"{"type":"rate_limits.updated","rate_limits":[]}"#,
        event: r#"{"type":"rate_limits","limits":[]}"#,
    },
    Row {
        name: "rate_limits empty / integer reset",
        before: READY,
        frame: r#"{"type":"rate_limits.updated","rate_limits":[{"name":"requests","limit":100,"remaining":99,"reset_seconds":60}]}"#,
        event: r#"{"type":"rate_limits","limits":[{"name":"requests","limit":100,"remaining":99,"reset_ms":60000}]}"#,
    },
    Row {
        name: "error + error.event_id",
        before: READY,
        frame: r#"{"type":"error","event_id":"event_9","error":{"type":"invalid_request_error","code":"invalid_value","message":"No such voice.","param":"session.voice","event_id":"app-4"}}"#,
        event: r#"{"type":"error","class":"rejected","scope":{"type":"session"},"code":"invalid_value","kind":"invalid_request_error","message":"No such voice.","param":"session.voice","client_event_id":"app-4","session_usable":true,"retry":{"type":"never"}}"#,
    },
    Row {
        name: "error type null / code integer / no event_id",
        before: READY,
        frame: r#"{"type":"error","error":{"type":null,"code":429,"message":"Slow down.","param":null,"event_id":null}}"#,
        event: r#"{"type":"error","class":"throttled","scope":{"type":"session"},"code":"429","message":"Slow down.","session_usable":true,"retry":{"type":"same_session"}}"#,
    },
    Row {
        name: "error a text",
        before: READY,
        frame: r#"{"type":"error","error":"Slow down.","code":"rate_limit_exceeded"}"#,
        event: r#"{"type":"error","class":"throttled","scope":{"type":"session"},"code":"rate_limit_exceeded","message":"Slow down.","session_usable":true,"retry":{"type":"same_session"}}"#,
    },
    Row {
        name: "error without an error",
        before: READY,
        frame: r#"{"type":"error","message":"Slow down."}"#,
        event: r#"{"type":"error","class":"unknown","scope":{"type":"session"},"message":"Slow down.","session_usable":true,"retry":{"type":"never"}}"#,
    },
    Row {
        name: "output_audio_buffer.stopped",
        before: READY,
        frame: r#"{"type":"output_audio_buffer.stopped","event_id":"event_10","response_id":"resp_1"}"#,
        event: r#"{"type":"playback","state":"stopped","response_id":"resp_1","epoch":0}"#,
    },
    Row {
        name: "translation session.output_audio.delta",
        before: READY,
        frame: r#"{"type":"session.output_audio.delta","delta":"AAAB","sample_rate":24000}"#,
        event: r#"{"type":"unknown","kind":"session.output_audio.delta"}"#,
    },
    Row {
        name: "ping (xAI)",
        before: READY,
        frame: r#"{"type":"ping","event_id":"event_11"}"#,
        event: r#"{"type":"suppressed","kind":"ping","reason":"acknowledgement"}"#,
    },
    Row {
        name: "brand-new type",
        before: READY,
        frame: r#"{"type":"response.hologram.delta","delta":{"x":1}}"#,
        event: r#"{"type":"unknown","kind":"response.hologram.delta"}"#,
    },
    Row {
        name: "no type at all",
        before: READY,
        frame: r#"{"event_id":"event_12","delta":"AAAB"}"#,
        event: r#"{"type":"unknown"}"#,
    },
    Row {
        name: "no type at all",
        before: READY,
        frame: "{}",
        event: r#"{"type":"unknown"}"#,
    },
];
