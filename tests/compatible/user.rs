//! What is said of the user: speech, turns and transcripts.

use crate::{Row, SESSION, SPEECH};

pub(crate) const ROWS: &[Row] = &[
    Row {
        server: "Qwen-Omni",
        deviation: "a transcript of words that stay and words that may change",
        before: &[SESSION],
        frame: r#"{"event_id":"e1","type":"conversation.item.input_audio_transcription.delta","item_id":"item_1","content_index":0,"text":"hello","stash":" wor"}"#,
        events: &[
            r#"{"type":"input_transcript","item_id":"item_1","content_index":0,"update":{"type":"snapshot","text":"hello wor"}}"#,
        ],
    },
    Row {
        server: "Qwen ASR",
        deviation: "the same under its own name",
        before: &[SESSION],
        frame: r#"{"type":"conversation.item.input_audio_transcription.text","item_id":"item_1","text":"hello","stash":" world"}"#,
        events: &[
            r#"{"type":"input_transcript","item_id":"item_1","content_index":0,"update":{"type":"snapshot","text":"hello world"}}"#,
        ],
    },
    Row {
        server: "Together AI",
        deviation: "a transcript so far under `transcript`",
        before: &[SESSION],
        frame: r#"{"type":"conversation.item.input_audio_transcription.delta","item_id":"item_1","transcript":"hello wor"}"#,
        events: &[
            r#"{"type":"input_transcript","item_id":"item_1","content_index":0,"update":{"type":"snapshot","text":"hello wor"}}"#,
        ],
    },
    Row {
        server: "Qwen-Audio",
        deviation: "words that were not meant for the model are no turn",
        before: &[SESSION],
        frame: r#"{"type":"conversation.item.ambient_audio_transcription.completed","item_id":"tmp_1","content_index":0,"transcript":"hm"}"#,
        events: &[
            r#"{"type":"notice","severity":"info","source":"server","code":"ambient_audio_transcription","message":"hm"}"#,
        ],
    },
    Row {
        server: "Qwen-Audio",
        deviation: "speech that turns out to be none ends its turn",
        before: &[SESSION, SPEECH],
        frame: r#"{"type":"input_audio_buffer.speech_stopped","audio_end_ms":3400,"item_id":"item_1","reason":"turn_invalid"}"#,
        events: &[
            r#"{"type":"speech_stopped","item_id":"item_1","at_ms":3400}"#,
            r#"{"type":"user_turn_discarded","origin":"speech","item_id":"item_1"}"#,
        ],
    },
    Row {
        server: "vLLM",
        deviation: "a transcript of no item grows",
        before: &[SESSION],
        frame: r#"{"type":"transcription.delta","delta":"hel"}"#,
        events: &[
            r#"{"type":"input_transcript","content_index":0,"update":{"type":"delta","text":"hel"}}"#,
        ],
    },
    Row {
        server: "vLLM",
        deviation: "and ends, with usage by other names",
        before: &[SESSION, r#"{"type":"transcription.delta","delta":"hel"}"#],
        frame: r#"{"type":"transcription.done","text":"hello","usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}"#,
        events: &[
            r#"{"type":"input_transcript","content_index":0,"update":{"type":"final","text":"hello","usage":{"input":{"total":5},"output":{"total":2},"total_tokens":7,"transcription":{"total":7}}}}"#,
            r#"{"type":"usage","scope":{"type":"transcription"},"usage":{"input":{"total":5},"output":{"total":2},"total_tokens":7,"transcription":{"total":7}},"kind":"delta"}"#,
        ],
    },
    Row {
        server: "vLLM",
        deviation: "the next one is another",
        before: &[SESSION, r#"{"type":"transcription.done","text":"hello"}"#],
        frame: r#"{"type":"transcription.delta","delta":"and"}"#,
        events: &[
            r#"{"type":"input_transcript","content_index":0,"update":{"type":"delta","text":"and"}}"#,
        ],
    },
    Row {
        server: "LocalAI",
        deviation: "who speaks is told whole: no event has room for it",
        before: &[SESSION],
        frame: r#"{"type":"conversation.item.speaker","item_id":"item_1","speaker":{"name":"Ann","confidence":92.0,"distance":0.1,"matched":true}}"#,
        events: &[r#"{"type":"unknown","kind":"conversation.item.speaker"}"#],
    },
    Row {
        server: "LocalAI",
        deviation: "a turn that was captioned is retracted",
        before: &[
            SESSION,
            r#"{"type":"conversation.item.input_audio_transcription.delta","item_id":"item_1","content_index":0,"delta":"Tw"}"#,
        ],
        frame: r#"{"type":"conversation.item.input_audio_transcription.failed","item_id":"item_1","content_index":0,"error":{"code":"transcription_failed","message":"discarded"}}"#,
        events: &[
            r#"{"type":"input_transcript","item_id":"item_1","content_index":0,"update":{"type":"failed","fault":{"class":"response_failed","code":"transcription_failed","message":"discarded"},"partial":"Tw"}}"#,
        ],
    },
    Row {
        server: "Unmute",
        deviation: "a transcript of no item, with a time",
        before: &[SESSION],
        frame: r#"{"type":"conversation.item.input_audio_transcription.delta","delta":"hi ","start_time":0.4}"#,
        events: &[
            r#"{"type":"input_transcript","content_index":0,"update":{"type":"delta","text":"hi "},"at_ms":400}"#,
        ],
    },
    Row {
        server: "Unmute",
        deviation: "speech without an item",
        before: &[SESSION],
        frame: r#"{"type":"input_audio_buffer.speech_started"}"#,
        events: &[
            r#"{"type":"speech_started"}"#,
            r#"{"type":"user_turn_started","origin":"speech"}"#,
        ],
    },
    Row {
        server: "Qwen-Audio",
        deviation: "voices are being learnt",
        before: &[SESSION],
        frame: r#"{"type":"voiceprint_audio_list.in_progress"}"#,
        events: &[
            r#"{"type":"notice","severity":"info","source":"server","code":"voiceprint_audio_list","message":""}"#,
        ],
    },
    Row {
        server: "Qwen-Audio",
        deviation: "and could not be",
        before: &[SESSION],
        frame: r#"{"type":"voiceprint_audio_list.failed","error":{"message":"too short"}}"#,
        events: &[
            r#"{"type":"notice","severity":"warning","source":"server","code":"voiceprint_audio_list","message":"too short"}"#,
        ],
    },
    Row {
        server: "StepFun",
        deviation: "an item of the conversation that names its response",
        before: &[SESSION],
        frame: r#"{"type":"conversation.item.created","response_id":"resp_1","item":{"id":"item_4","type":"message","role":"user","status":"completed","content":[{"type":"input_text","text":"Hi."}]}}"#,
        events: &[
            r#"{"type":"item_added","response_id":"resp_1","item_id":"item_4","kind":"message","role":"user","status":"completed","origin":"conversation","content":[{"type":"text","text":"Hi."}]}"#,
            r#"{"type":"user_turn_started","origin":"text","item_id":"item_4"}"#,
            r#"{"type":"user_turn_committed","origin":"text","item_id":"item_4"}"#,
            r#"{"type":"item_done","response_id":"resp_1","item_id":"item_4","kind":"message","role":"user","status":"completed","origin":"conversation","content":[{"type":"text","text":"Hi."}]}"#,
        ],
    },
    Row {
        server: "Hugging Face",
        deviation: "items by the beta's name",
        before: &[SESSION],
        frame: r#"{"type":"conversation.item.created","item":{"id":"item_5","type":"message","role":"assistant","status":"in_progress","content":[]}}"#,
        events: &[
            r#"{"type":"item_added","item_id":"item_5","kind":"message","role":"assistant","status":"in_progress","origin":"conversation"}"#,
        ],
    },
];
