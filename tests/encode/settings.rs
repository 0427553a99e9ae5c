//! `session.update`: every setting, alone and among the others, set, cleared and kept.

use crate::configure::{beta, ga};

#[test]
fn instructions() {
    ga(
        r#"{"instructions":"Be brief."}"#,
        r#""instructions":"Be brief.""#,
    );
    beta(
        r#"{"instructions":"Be brief."}"#,
        r#""instructions":"Be brief.""#,
    );
    ga(r#"{"instructions":null}"#, r#""instructions":"""#);
    beta(r#"{"instructions":null}"#, r#""instructions":"""#);
}

#[test]
fn model() {
    ga(r#"{"model":"gpt-realtime"}"#, r#""model":"gpt-realtime""#);
    beta(r#"{"model":"gpt-realtime"}"#, r#""model":"gpt-realtime""#);
    ga(r#"{"model":null}"#, r#""model":null"#);
    beta(r#"{"model":null}"#, r#""model":null"#);
}

#[test]
fn voice() {
    ga(
        r#"{"voice":"marin"}"#,
        r#""audio":{"output":{"voice":"marin"}}"#,
    );
    beta(r#"{"voice":"sage"}"#, r#""voice":"sage""#);
    ga(r#"{"voice":null}"#, r#""audio":{"output":{"voice":null}}"#);
    beta(r#"{"voice":null}"#, r#""voice":null"#);
}

#[test]
fn a_custom_voice_is_an_object_where_there_are_custom_voices() {
    ga(
        r#"{"voice":"voice_1234"}"#,
        r#""audio":{"output":{"voice":{"id":"voice_1234"}}}"#,
    );
    beta(r#"{"voice":"voice_1234"}"#, r#""voice":"voice_1234""#);
}

#[test]
fn modalities() {
    ga(
        r#"{"modalities":["text"]}"#,
        r#""output_modalities":["text"]"#,
    );
    ga(
        r#"{"modalities":["audio"]}"#,
        r#""output_modalities":["audio"]"#,
    );
    ga(r#"{"modalities":[]}"#, r#""output_modalities":[]"#);
    beta(
        r#"{"modalities":["text","audio"]}"#,
        r#""modalities":["text","audio"]"#,
    );
    ga(r#"{"modalities":null}"#, r#""output_modalities":null"#);
    beta(r#"{"modalities":null}"#, r#""modalities":null"#);
}

#[test]
fn formats_are_objects_or_names() {
    let formats = [
        (
            r#"{"encoding":"pcm16","rate_hz":24000}"#,
            r#"{"type":"audio/pcm","rate":24000}"#,
            r#""pcm16""#,
        ),
        (
            r#"{"encoding":"pcmu","rate_hz":8000}"#,
            r#"{"type":"audio/pcmu"}"#,
            r#""g711_ulaw""#,
        ),
        (
            r#"{"encoding":"pcma","rate_hz":8000}"#,
            r#"{"type":"audio/pcma"}"#,
            r#""g711_alaw""#,
        ),
        ("null", "null", "null"),
    ];
    for (format, object, name) in formats {
        ga(
            &format!(r#"{{"input_format":{format}}}"#),
            &format!(r#""audio":{{"input":{{"format":{object}}}}}"#),
        );
        ga(
            &format!(r#"{{"output_format":{format}}}"#),
            &format!(r#""audio":{{"output":{{"format":{object}}}}}"#),
        );
        beta(
            &format!(r#"{{"input_format":{format}}}"#),
            &format!(r#""input_audio_format":{name}"#),
        );
        beta(
            &format!(r#"{{"output_format":{format}}}"#),
            &format!(r#""output_audio_format":{name}"#),
        );
    }
}

#[test]
fn another_rate_stands_where_the_wire_has_a_place_for_it() {
    ga(
        r#"{"input_format":{"encoding":"pcm16","rate_hz":16000}}"#,
        r#""audio":{"input":{"format":{"type":"audio/pcm","rate":16000}}}"#,
    );
}

#[test]
fn speed() {
    ga(r#"{"speed":1.25}"#, r#""audio":{"output":{"speed":1.25}}"#);
    ga(r#"{"speed":1.0}"#, r#""audio":{"output":{"speed":1}}"#);
    beta(r#"{"speed":0.5}"#, r#""speed":0.5"#);
    ga(r#"{"speed":null}"#, r#""audio":{"output":{"speed":null}}"#);
    beta(r#"{"speed":null}"#, r#""speed":null"#);
}

#[test]
fn turn_detection_absent_manual_and_an_object_are_three_frames() {
    ga(r#"{"voice":"v"}"#, r#""audio":{"output":{"voice":"v"}}"#);
    beta(r#"{"voice":"v"}"#, r#""voice":"v""#);
    for manual in [
        r#"{"voice":"v","turn_detection":null}"#,
        r#"{"voice":"v","turn_detection":{"type":"manual"}}"#,
    ] {
        ga(
            manual,
            r#""audio":{"input":{"turn_detection":null},"output":{"voice":"v"}}"#,
        );
        beta(manual, r#""turn_detection":null,"voice":"v""#);
    }
    let vad = r#"{"voice":"v","turn_detection":{"type":"server_vad"}}"#;
    ga(
        vad,
        r#""audio":{"input":{"turn_detection":{"type":"server_vad"}},"output":{"voice":"v"}}"#,
    );
    beta(vad, r#""turn_detection":{"type":"server_vad"},"voice":"v""#);
}

#[test]
fn server_vad() {
    ga(
        r#"{"turn_detection":{"type":"server_vad","threshold":0.5,"prefix_padding_ms":300,"silence_duration_ms":200,"idle_timeout_ms":5000,"create_response":false,"interrupt_response":true}}"#,
        r#""audio":{"input":{"turn_detection":{"type":"server_vad","create_response":false,"idle_timeout_ms":5000,"interrupt_response":true,"prefix_padding_ms":300,"silence_duration_ms":200,"threshold":0.5}}}"#,
    );
    beta(
        r#"{"turn_detection":{"type":"server_vad","threshold":0.5,"prefix_padding_ms":300,"silence_duration_ms":200,"create_response":true,"interrupt_response":false}}"#,
        r#""turn_detection":{"type":"server_vad","create_response":true,"interrupt_response":false,"prefix_padding_ms":300,"silence_duration_ms":200,"threshold":0.5}"#,
    );
}

#[test]
fn semantic_vad() {
    let wanted = r#"{"turn_detection":{"type":"semantic_vad","eagerness":"low","create_response":true,"interrupt_response":false}}"#;
    let written = r#"{"type":"semantic_vad","create_response":true,"eagerness":"low","interrupt_response":false}"#;
    ga(
        wanted,
        &format!(r#""audio":{{"input":{{"turn_detection":{written}}}}}"#),
    );
    beta(wanted, &format!(r#""turn_detection":{written}"#));
}

#[test]
fn turn_detection_in_the_providers_words() {
    let wanted =
        r#"{"turn_detection":{"type":"other","json":{"type":"azure_semantic_vad","x":[1]}}}"#;
    let written = r#"{"type":"azure_semantic_vad","x":[1]}"#;
    ga(
        wanted,
        &format!(r#""audio":{{"input":{{"turn_detection":{written}}}}}"#),
    );
    beta(wanted, &format!(r#""turn_detection":{written}"#));
}

#[test]
fn input_transcription() {
    ga(
        r#"{"input_transcription":{"model":"gpt-transcribe","language":"de","languages":["de","en"],"prompt":"Names.","keywords":["Ärger","GmbH"],"delay":"low"}}"#,
        r#""audio":{"input":{"transcription":{"delay":"low","keywords":["Ärger","GmbH"],"language":"de","languages":["de","en"],"model":"gpt-transcribe","prompt":"Names."}}}"#,
    );
    beta(
        r#"{"input_transcription":{"model":"whisper-1","language":"de","prompt":"Names."}}"#,
        r#""input_audio_transcription":{"language":"de","model":"whisper-1","prompt":"Names."}"#,
    );
    ga(
        r#"{"input_transcription":{}}"#,
        r#""audio":{"input":{"transcription":{}}}"#,
    );
    ga(
        r#"{"input_transcription":null}"#,
        r#""audio":{"input":{"transcription":null}}"#,
    );
    beta(
        r#"{"input_transcription":null}"#,
        r#""input_audio_transcription":null"#,
    );
}

#[test]
fn noise_reduction() {
    ga(
        r#"{"noise_reduction":"near_field"}"#,
        r#""audio":{"input":{"noise_reduction":{"type":"near_field"}}}"#,
    );
    beta(
        r#"{"noise_reduction":"far_field"}"#,
        r#""input_audio_noise_reduction":{"type":"far_field"}"#,
    );
    ga(
        r#"{"noise_reduction":null}"#,
        r#""audio":{"input":{"noise_reduction":null}}"#,
    );
    beta(
        r#"{"noise_reduction":null}"#,
        r#""input_audio_noise_reduction":null"#,
    );
}

#[test]
fn tools_are_flat_and_replace_the_whole_list() {
    let functions = r#"{"tools":[{"type":"function","name":"weather","description":"Of a city.","parameters":{"type":"object","properties":{"city":{"type":"string"}}}},{"type":"function","name":"stop","blocking":true}]}"#;
    let written = r#""tools":[{"type":"function","name":"weather","description":"Of a city.","parameters":{"type":"object","properties":{"city":{"type":"string"}}}},{"type":"function","name":"stop"}]"#;
    ga(functions, written);
    beta(functions, written);
    for empty in [r#"{"tools":[]}"#, r#"{"tools":null}"#] {
        ga(empty, r#""tools":[]"#);
        beta(empty, r#""tools":[]"#);
    }
}

#[test]
fn tools_in_the_providers_words() {
    ga(
        r#"{"tools":[{"type":"mcp","json":{"type":"mcp","server_label":"docs","server_url":"https://example.com/mcp"}},{"type":"builtin","json":{"type":"web_search"}}]}"#,
        r#""tools":[{"type":"mcp","server_label":"docs","server_url":"https://example.com/mcp"},{"type":"web_search"}]"#,
    );
    beta(
        r#"{"tools":[{"type":"builtin","json":{"type":"web_search"}}]}"#,
        r#""tools":[{"type":"web_search"}]"#,
    );
}

#[test]
fn tool_choice() {
    for word in ["auto", "none", "required"] {
        let wanted = format!(r#"{{"tool_choice":{{"type":"{word}"}}}}"#);
        let written = format!(r#""tool_choice":"{word}""#);
        ga(&wanted, &written);
        beta(&wanted, &written);
    }
    let function = r#"{"tool_choice":{"type":"function","name":"weather"}}"#;
    ga(
        function,
        r#""tool_choice":{"type":"function","name":"weather"}"#,
    );
    beta(function, r#""tool_choice":"weather""#);
    ga(
        r#"{"tool_choice":{"type":"mcp","server_label":"docs"}}"#,
        r#""tool_choice":{"type":"mcp","server_label":"docs"}"#,
    );
    ga(
        r#"{"tool_choice":{"type":"mcp","server_label":"docs","name":"search"}}"#,
        r#""tool_choice":{"type":"mcp","server_label":"docs","name":"search"}"#,
    );
    let other = r#"{"tool_choice":{"type":"other","json":{"type":"allowed_tools","tools":[]}}}"#;
    ga(
        other,
        r#""tool_choice":{"type":"allowed_tools","tools":[]}"#,
    );
    beta(
        other,
        r#""tool_choice":{"type":"allowed_tools","tools":[]}"#,
    );
    ga(r#"{"tool_choice":null}"#, r#""tool_choice":null"#);
    beta(r#"{"tool_choice":null}"#, r#""tool_choice":null"#);
}

#[test]
fn max_output_tokens_has_a_name_in_each_dialect() {
    for (max, written) in [("4096", "4096"), (r#""inf""#, r#""inf""#), ("null", "null")] {
        let wanted = format!(r#"{{"max_output_tokens":{max}}}"#);
        ga(&wanted, &format!(r#""max_output_tokens":{written}"#));
        beta(
            &wanted,
            &format!(r#""max_response_output_tokens":{written}"#),
        );
    }
}

#[test]
fn what_only_the_later_dialect_has() {
    ga(
        r#"{"parallel_tool_calls":false}"#,
        r#""parallel_tool_calls":false"#,
    );
    ga(
        r#"{"parallel_tool_calls":null}"#,
        r#""parallel_tool_calls":null"#,
    );
    ga(r#"{"reasoning":"low"}"#, r#""reasoning":{"effort":"low"}"#);
    ga(r#"{"reasoning":null}"#, r#""reasoning":null"#);
    ga(r#"{"truncation":"disabled"}"#, r#""truncation":"disabled""#);
    ga(
        r#"{"truncation":{"type":"retention_ratio","retention_ratio":0.80}}"#,
        r#""truncation":{"type":"retention_ratio","retention_ratio":0.80}"#,
    );
    ga(r#"{"truncation":null}"#, r#""truncation":null"#);
    ga(
        r#"{"prompt":{"id":"pmpt_1","variables":{"name":"Ada"}}}"#,
        r#""prompt":{"id":"pmpt_1","variables":{"name":"Ada"}}"#,
    );
    ga(r#"{"prompt":null}"#, r#""prompt":null"#);
}

#[test]
fn what_only_the_beta_has() {
    beta(r#"{"temperature":0.8}"#, r#""temperature":0.8"#);
    beta(r#"{"temperature":null}"#, r#""temperature":null"#);
}

#[test]
fn tracing() {
    for (tracing, written) in [
        (r#""auto""#, r#""auto""#),
        (r#"{"workflow_name":"w"}"#, r#"{"workflow_name":"w"}"#),
        ("null", "null"),
    ] {
        let wanted = format!(r#"{{"tracing":{tracing}}}"#);
        let written = format!(r#""tracing":{written}"#);
        ga(&wanted, &written);
        beta(&wanted, &written);
    }
}
