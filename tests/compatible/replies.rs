//! What a reply consists of, and how it ends.

use crate::{RESPONSE, Row, SESSION};

pub(crate) const ROWS: &[Row] = &[
    Row {
        server: "GLM",
        deviation: "a call without any id",
        before: &[SESSION, RESPONSE],
        frame: r#"{"event_id":"e2","type":"response.function_call_arguments.done","client_timestamp":1737454330410,"response_id":"resp_1","output_index":0,"name":"lookup","arguments":"{\"name\":\"Zhang\"}"}"#,
        events: &[
            r#"{"type":"tool_call","call_id":"unnamed:resp_1:0:lookup","name":"lookup","arguments":"{\"name\":\"Zhang\"}","validity":"object","event_id":"e2","response_id":"resp_1","output_index":0}"#,
        ],
    },
    Row {
        server: "GLM",
        deviation: "a cancelled response ends under its own name",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.cancelled","response":{"id":"resp_1","object":"realtime.response","status":"cancelled"}}"#,
        events: &[
            r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"cancelled","reason":""},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
        ],
    },
    Row {
        server: "GLM",
        deviation: "its done comes after that",
        before: &[
            SESSION,
            RESPONSE,
            r#"{"type":"response.cancelled","response":{"id":"resp_1","status":"cancelled"}}"#,
        ],
        frame: r#"{"type":"response.done","response":{"id":"resp_1","status":"cancelled"}}"#,
        events: &[r#"{"type":"suppressed","kind":"response.done","reason":"duplicate"}"#],
    },
    Row {
        server: "StepFun",
        deviation: "the same in another spelling",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.canceled","response":{"id":"resp_1"}}"#,
        events: &[
            r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"cancelled","reason":""},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
        ],
    },
    Row {
        server: "vLLM-Omni",
        deviation: "audio under `audio`, with its rate, and no ids",
        before: &[SESSION],
        frame: r#"{"type":"response.audio.delta","audio":"AAEC","format":"pcm16","sample_rate_hz":24000}"#,
        events: &[
            r#"{"type":"response_started","conversation":{"type":"default"},"initiator":{"type":"server"}}"#,
            r#"{"type":"audio_delta","epoch":0,"format":{"encoding":"pcm16","rate_hz":24000,"channels":1},"bytes":3,"payload":"AAEC"}"#,
        ],
    },
    Row {
        server: "vLLM-Omni",
        deviation: "audio of another rate than the session has",
        before: &[SESSION],
        frame: r#"{"type":"response.audio.delta","audio":"AAEC","format":"pcm16","sample_rate_hz":16000}"#,
        events: &[
            r#"{"type":"response_started","conversation":{"type":"default"},"initiator":{"type":"server"}}"#,
            r#"{"type":"audio_delta","epoch":0,"format":{"encoding":"pcm16","rate_hz":16000,"channels":1},"bytes":3,"payload":"AAEC"}"#,
        ],
    },
    Row {
        server: "vLLM-Omni",
        deviation: "nothing but the end of the audio ends the response",
        before: &[
            SESSION,
            r#"{"type":"response.audio.delta","audio":"AAEC","format":"pcm16","sample_rate_hz":24000}"#,
        ],
        frame: r#"{"type":"response.audio.done","has_audio":true}"#,
        events: &[
            r#"{"type":"audio_done","epoch":0}"#,
            r#"{"type":"response_finished","outcome":{"type":"completed","reason":"end_turn"},"had_audio":true,"had_text":false,"calls":0,"empty":false}"#,
        ],
    },
    Row {
        server: "vLLM-Omni",
        deviation: "a response without audio ends so too",
        before: &[SESSION],
        frame: r#"{"type":"response.audio.done","has_audio":false}"#,
        events: &[
            r#"{"type":"response_started","conversation":{"type":"default"},"initiator":{"type":"server"}}"#,
            r#"{"type":"audio_done","epoch":0}"#,
            r#"{"type":"response_finished","outcome":{"type":"completed","reason":"end_turn"},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
        ],
    },
    Row {
        server: "vLLM-Omni",
        deviation: "the name of a function beside its arguments",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.function_call_arguments.delta","call_id":"call_1","name":"lookup","delta":"{"}"#,
        events: &[r#"{"type":"tool_arguments_delta","call_id":"call_1","delta":"{"}"#],
    },
    Row {
        server: "Azure Voice Live",
        deviation: "video",
        before: &[SESSION],
        frame: r#"{"type":"response.video.delta","output_index":0,"codec":"h264","delta":"AAAA"}"#,
        events: &[
            r#"{"type":"video_delta","output_index":0,"epoch":0,"mime":"h264","bytes":3,"payload":"AAAA"}"#,
        ],
    },
    Row {
        server: "LocalAI",
        deviation: "a response with nothing in it",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.done","response":{"id":"resp_1","status":"completed","output":[]}}"#,
        events: &[
            r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"completed","reason":"end_turn"},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
        ],
    },
    Row {
        server: "Unmute",
        deviation: "text without any id",
        before: &[SESSION],
        frame: r#"{"type":"response.text.delta","delta":"Hi"}"#,
        events: &[
            r#"{"type":"response_started","conversation":{"type":"default"},"initiator":{"type":"server"}}"#,
            r#"{"type":"text_delta","lane":"display","delta":"Hi"}"#,
        ],
    },
    Row {
        server: "Unmute",
        deviation: "the server says that the user cut in",
        before: &[
            SESSION,
            RESPONSE,
            r#"{"type":"response.audio.delta","delta":"AAAB"}"#,
        ],
        frame: r#"{"type":"unmute.interrupted_by_vad","event_id":"e6"}"#,
        events: &[
            r#"{"type":"interrupted","response_id":"resp_1","cause":"server"}"#,
            r#"{"type":"flush_playback","epoch":1}"#,
        ],
    },
    Row {
        server: "Unmute",
        deviation: "no session is told of, and a response has no id",
        before: &[],
        frame: r#"{"type":"response.created","response":{"status":"in_progress","voice":"v","chat_history":[]}}"#,
        events: &[
            r#"{"type":"ready"}"#,
            r#"{"type":"response_started","conversation":{"type":"default"},"initiator":{"type":"server"}}"#,
        ],
    },
    Row {
        server: "Unmute",
        deviation: "a response that nothing ends is ended by the next",
        before: &[
            SESSION,
            r#"{"type":"response.created","response":{}}"#,
            r#"{"type":"response.text.delta","delta":"Hi"}"#,
        ],
        frame: r#"{"type":"response.created","response":{}}"#,
        events: &[
            r#"{"type":"text_done","content_index":0,"lane":"display","text":"Hi","suffix":"","status":"interrupted"}"#,
            r#"{"type":"response_finished","outcome":{"type":"cancelled","reason":"superseded"},"had_audio":false,"had_text":true,"calls":0,"empty":false}"#,
            r#"{"type":"response_started","conversation":{"type":"default"},"initiator":{"type":"server"}}"#,
        ],
    },
    Row {
        server: "Unmute",
        deviation: "what it tells of its own deltas is in them",
        before: &[SESSION],
        frame: r#"{"type":"unmute.response.text.delta.ready","delta":"Hi"}"#,
        events: &[
            r#"{"type":"suppressed","kind":"unmute.response.text.delta.ready","reason":"redundant"}"#,
        ],
    },
    Row {
        server: "Unmute",
        deviation: "the same of audio",
        before: &[SESSION],
        frame: r#"{"type":"unmute.response.audio.delta.ready","number_of_samples":480}"#,
        events: &[
            r#"{"type":"suppressed","kind":"unmute.response.audio.delta.ready","reason":"redundant"}"#,
        ],
    },
    Row {
        server: "Unmute",
        deviation: "anything else that it adds",
        before: &[SESSION],
        frame: r#"{"type":"unmute.additional_outputs","args":{"a":1}}"#,
        events: &[
            r#"{"type":"notice","severity":"info","source":"server","code":"additional_outputs","message":""}"#,
        ],
    },
    Row {
        server: "Qwen LiveTranslate",
        deviation: "a text of the reply so far",
        before: &[
            SESSION,
            RESPONSE,
            r#"{"type":"response.text.text","response_id":"resp_1","item_id":"item_2","content_index":0,"text":"Good","stash":" mor"}"#,
        ],
        frame: r#"{"type":"response.text.text","response_id":"resp_1","item_id":"item_2","content_index":0,"text":"Good morning","stash":" to"}"#,
        events: &[
            r#"{"type":"text_delta","response_id":"resp_1","item_id":"item_2","content_index":0,"lane":"display","delta":" morning"}"#,
        ],
    },
    Row {
        server: "Qwen LiveTranslate",
        deviation: "a text that took something back waits for its end",
        before: &[
            SESSION,
            RESPONSE,
            r#"{"type":"response.audio_transcript.text","response_id":"resp_1","item_id":"item_2","content_index":0,"text":"Good mourning"}"#,
        ],
        frame: r#"{"type":"response.audio_transcript.text","response_id":"resp_1","item_id":"item_2","content_index":0,"text":"Good morning"}"#,
        events: &[
            r#"{"type":"suppressed","kind":"response.audio_transcript.text","reason":"redundant"}"#,
        ],
    },
    Row {
        server: "Qwen-Omni",
        deviation: "an idle server speaks unasked",
        before: &[SESSION],
        frame: r#"{"type":"response.created","response":{"id":"resp_9","status":"in_progress"}}"#,
        events: &[
            r#"{"type":"response_started","response_id":"resp_9","conversation":{"type":"default"},"initiator":{"type":"server"}}"#,
        ],
    },
    Row {
        server: "Qwen-Audio",
        deviation: "a spoken part has its words under `text`",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.content_part.done","response_id":"resp_1","item_id":"item_2","output_index":0,"content_index":0,"part":{"type":"audio","text":"Hi."}}"#,
        events: &[
            r#"{"type":"text_done","response_id":"resp_1","item_id":"item_2","output_index":0,"content_index":0,"lane":"spoken","text":"Hi.","suffix":"Hi.","status":"final"}"#,
        ],
    },
    Row {
        server: "Qwen-Audio",
        deviation: "a cancelled response without an output",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.done","response":{"id":"resp_1","status":"cancelled","status_details":{"type":"cancelled","reason":"client_cancelled"}}}"#,
        events: &[
            r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"cancelled","reason":"client"},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
        ],
    },
    Row {
        server: "GLM",
        deviation: "a search of the server",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.function_call.simple_browser","response_id":"resp_1","name":"simple_browser","session":{"beta_fields":{}}}"#,
        events: &[
            r#"{"type":"remote_tool","name":"simple_browser","executor":"provider","phase":{"type":"running"},"response_id":"resp_1"}"#,
        ],
    },
    Row {
        server: "StepFun",
        deviation: "a spoken part by another name",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.content_part.done","response_id":"resp_1","item_id":"item_2","output_index":0,"content_index":0,"part":{"type":"transcript","text":"Hi."}}"#,
        events: &[
            r#"{"type":"text_done","response_id":"resp_1","item_id":"item_2","output_index":0,"content_index":0,"lane":"spoken","text":"Hi.","suffix":"Hi.","status":"final"}"#,
        ],
    },
    Row {
        server: "StepFun",
        deviation: "a transcript under `text`",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.audio_transcript.delta","response_id":"resp_1","item_id":"item_2","output_index":0,"content_index":0,"text":"Hi."}"#,
        events: &[
            r#"{"type":"text_delta","response_id":"resp_1","item_id":"item_2","output_index":0,"content_index":0,"lane":"spoken","delta":"Hi."}"#,
        ],
    },
    Row {
        server: "StepFun",
        deviation: "its end under `text`",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.audio_transcript.done","response_id":"resp_1","item_id":"item_2","output_index":0,"content_index":0,"text":"Hi."}"#,
        events: &[
            r#"{"type":"text_done","response_id":"resp_1","item_id":"item_2","output_index":0,"content_index":0,"lane":"spoken","text":"Hi.","suffix":"Hi.","status":"final"}"#,
        ],
    },
    Row {
        server: "StepFun",
        deviation: "a call that only its item names",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.function_call_arguments.done","response_id":"resp_1","item_id":"item_3","output_index":0,"name":"lookup","arguments":"{}"}"#,
        events: &[
            r#"{"type":"tool_call","call_id":"item_3","name":"lookup","arguments":"{}","validity":"object","response_id":"resp_1","item_id":"item_3","output_index":0}"#,
        ],
    },
    Row {
        server: "Inworld",
        deviation: "usage beside the response",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.done","response":{"id":"resp_1","status":"completed"},"usage":{"input_tokens":3,"output_tokens":2,"total_tokens":5}}"#,
        events: &[
            r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"completed","reason":"end_turn"},"usage":{"input":{"total":3},"output":{"total":2},"total_tokens":5},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
        ],
    },
    Row {
        server: "Speaches",
        deviation: "no usage",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.done","response":{"id":"resp_1","object":"realtime.response","status":"completed","output":[]}}"#,
        events: &[
            r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"completed","reason":"end_turn"},"had_audio":false,"had_text":false,"calls":0,"empty":true}"#,
        ],
    },
    Row {
        server: "Hugging Face",
        deviation: "audio without an item before it",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.output_audio.delta","response_id":"resp_1","item_id":"item_6","output_index":0,"content_index":0,"delta":"AAAB"}"#,
        events: &[
            r#"{"type":"audio_delta","response_id":"resp_1","item_id":"item_6","output_index":0,"content_index":0,"epoch":0,"format":{"encoding":"pcm16","rate_hz":24000,"channels":1},"bytes":3,"payload":"AAAB"}"#,
        ],
    },
    Row {
        server: "Hugging Face",
        deviation: "a transcript of which only the end is told",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.output_audio_transcript.done","response_id":"resp_1","item_id":"item_6","output_index":0,"content_index":0,"transcript":"Hello."}"#,
        events: &[
            r#"{"type":"text_done","response_id":"resp_1","item_id":"item_6","output_index":0,"content_index":0,"lane":"spoken","text":"Hello.","suffix":"Hello.","status":"final"}"#,
        ],
    },
    Row {
        server: "Gateways",
        deviation: "either generation passes through",
        before: &[SESSION, RESPONSE],
        frame: r#"{"type":"response.text.delta","response_id":"resp_1","item_id":"item_2","output_index":0,"content_index":0,"delta":"Hi"}"#,
        events: &[
            r#"{"type":"text_delta","response_id":"resp_1","item_id":"item_2","output_index":0,"content_index":0,"lane":"display","delta":"Hi"}"#,
        ],
    },
];
