//! The session: each setting is typed, or in the raw text of `Ready`.

use crate::{Rows, Table, the};
use realtime_proto::{
    AudioFormat, Encoding, MaxTokens, Modality, RawJson, Ready, Tool, ToolChoice, TurnDetection,
};

const SESSION: &str = "VoiceLive.ResponseSession";

pub(crate) fn rows(table: &mut Table) {
    events(table);
    basics(table);
    audio(table);
    called(table);
    tools(table);
    raw(table);
    turn_detection(table);
    voices(table);
}

fn created(members: &str) -> String {
    format!(r#"{{"type":"session.created","session":{{{members}}}}}"#)
}

fn told(table: &mut Table, name: &str, members: &str, check: impl Fn(&mut Rows<'_>, &Ready<'_>)) {
    table.schema(name, &created(members), |rows| {
        let ready = the!(rows, Ready);
        check(rows, &ready);
    });
}

fn events(table: &mut Table) {
    for name in ["session.created", "session.updated"] {
        let frame = format!(
            r#"{{"type":"{name}","event_id":"event_1","session":{{"id":"sess_1","model":"gpt-realtime"}}}}"#
        );
        table.event(&[name], &frame, |rows| {
            let ready = the!(rows, Ready);
            rows.event_id("event_1");
            rows.is(
                "session",
                &*ready.raw,
                r#"{"id":"sess_1","model":"gpt-realtime"}"#,
            );
        });
    }
}

fn basics(table: &mut Table) {
    let members = r#""id":"sess_1","model":"gpt-realtime","modalities":["text","audio","animation","avatar"],"voice":{"type":"azure-standard","name":"en-US-AvaNeural"},"instructions":"Be kind.","temperature":0.7,"max_response_output_tokens":"inf","reasoning_effort":"low","parallel_tool_calls":true,"metadata":{"desk":"north"},"expires_at":"2026-07-15T12:30:45Z""#;
    told(table, SESSION, members, |rows, ready| {
        let config = rows.session.effective_config().clone();
        rows.is("id", ready.session_id.as_deref(), Some("sess_1"));
        rows.is("model", ready.model.as_deref(), Some("gpt-realtime"));
        let known = [Modality::Text, Modality::Audio, Modality::Video];
        rows.is("modalities", config.modalities.as_deref(), Some(&known[..]));
        rows.is("voice", ready.voice.as_deref(), Some("en-US-AvaNeural"));
        rows.is(
            "voice.name",
            config.voice.as_deref(),
            Some("en-US-AvaNeural"),
        );
        rows.raw("voice.type", &ready.raw, r#""type":"azure-standard""#);
        rows.is(
            "instructions",
            config.instructions.as_deref(),
            Some("Be kind."),
        );
        rows.is("temperature", config.temperature, Some(0.7));
        let infinite = Some(MaxTokens::Infinite);
        rows.is(
            "max_response_output_tokens",
            config.max_output_tokens,
            infinite,
        );
        rows.is("reasoning_effort", config.reasoning.as_deref(), Some("low"));
        rows.is(
            "parallel_tool_calls",
            config.parallel_tool_calls,
            Some(true),
        );
        rows.is(
            "metadata",
            &config.metadata[..],
            [("desk".into(), "north".into())],
        );
        rows.is("expires_at", ready.expires_at, Some(1_784_118_645));
    });
    told(
        table,
        SESSION,
        r#""expires_at":1790000000"#,
        |rows, ready| {
            rows.is("expires_at", ready.expires_at, Some(1_790_000_000));
        },
    );
}

fn audio(table: &mut Table) {
    let members = r#""input_audio_sampling_rate":16000,"input_audio_format":"pcm16","output_audio_format":"pcm16_8000hz","input_audio_noise_reduction":{"type":"azure_deep_noise_suppression"},"input_audio_echo_cancellation":{"type":"server_echo_cancellation","reference_source":"client","channels":2},"input_audio_transcription":{"model":"azure-speech","language":"en-US","custom_speech":{"en-US":"ep_1"},"phrase_list":["sloop","ketch"]}"#;
    told(table, SESSION, members, |rows, ready| {
        let config = rows.session.effective_config().clone();
        let input = config.input_format.unwrap();
        rows.is("input_audio_sampling_rate", input.rate_hz, 16_000);
        rows.is("input_audio_format", input.encoding, Encoding::Pcm16);
        rows.is("input_audio_echo_cancellation.channels", input.channels, 2);
        rows.is(
            "output_audio_format",
            config.output_format,
            Some(AudioFormat::pcm16(8_000)),
        );
        assert_eq!(
            (ready.input_format, ready.output_format),
            (Some(input), config.output_format)
        );
        let reduction = config.noise_reduction.as_deref();
        rows.is("input_audio_noise_reduction", reduction.is_some(), true);
        rows.is(
            "input_audio_noise_reduction.type",
            reduction,
            Some("azure_deep_noise_suppression"),
        );
        let transcription = config.input_transcription.unwrap();
        let key = "input_audio_transcription";
        rows.is(key, transcription.prompt, None);
        rows.is(
            &format!("{key}.model"),
            transcription.model.as_deref(),
            Some("azure-speech"),
        );
        rows.is(
            &format!("{key}.language"),
            transcription.language.as_deref(),
            Some("en-US"),
        );
        rows.is(
            &format!("{key}.phrase_list"),
            &transcription.keywords[..],
            ["sloop", "ketch"],
        );
        let key = "input_audio_echo_cancellation";
        for (field, held) in [
            (
                "input_audio_transcription.custom_speech",
                r#""custom_speech":{"en-US":"ep_1"}"#,
            ),
            (key, r#""input_audio_echo_cancellation":{"#),
            (
                &format!("{key}.type"),
                r#""type":"server_echo_cancellation""#,
            ),
            (
                &format!("{key}.reference_source"),
                r#""reference_source":"client""#,
            ),
        ] {
            rows.raw(field, &ready.raw, held);
        }
    });
    for (name, format) in [
        ("pcm16", AudioFormat::pcm16(24_000)),
        ("pcm16_16000hz", AudioFormat::pcm16(16_000)),
        ("pcm16-8000hz", AudioFormat::pcm16(8_000)),
        ("g711_ulaw", AudioFormat::pcmu()),
        ("g711_alaw", AudioFormat::pcma()),
    ] {
        let members = format!(
            r#""output_audio_format":"{name}","input_audio_format":"g711_alaw","input_audio_sampling_rate":8000"#
        );
        told(table, SESSION, &members, |rows, ready| {
            rows.is("output_audio_format", ready.output_format, Some(format));
            rows.is(
                "input_audio_format",
                ready.input_format,
                Some(AudioFormat::pcma()),
            );
        });
    }
}

fn called(table: &mut Table) {
    let members = r#""tools":[{"type":"function","name":"get_tide","description":"The tide.","parameters":{"type":"object"}}],"tool_choice":{"type":"function","name":"get_tide"}"#;
    told(table, SESSION, members, |rows, _| {
        let config = rows.session.effective_config().clone();
        rows.is("tools", config.tools.len(), 1);
        let Tool::Function {
            name,
            description,
            parameters,
            ..
        } = &config.tools[0]
        else {
            panic!("it is a function");
        };
        rows.is("tools[].type", parameters.is_some(), true);
        rows.is("tools[].name", name.as_str(), "get_tide");
        rows.is(
            "tools[].description",
            description.as_deref(),
            Some("The tide."),
        );
        let parameters = parameters.as_ref().map(RawJson::get);
        rows.is(
            "tools[].parameters",
            parameters,
            Some(r#"{"type":"object"}"#),
        );
        let Some(ToolChoice::Function { name }) = &config.tool_choice else {
            panic!("it is a function");
        };
        rows.is("tool_choice", config.tool_choice.is_some(), true);
        rows.is("tool_choice.type", config.tool_choice.is_some(), true);
        rows.is("tool_choice.name", name.as_str(), "get_tide");
    });
}

fn tools(table: &mut Table) {
    let tool = r#"{"type":"mcp","server_label":"ferries","server_url":"https://ferries.example","authorization":"t","headers":{"X-A":"b"},"allowed_tools":["next"],"require_approval":"never"}"#;
    told(
        table,
        "VoiceLive.MCPServer",
        &format!(r#""tools":[{tool}]"#),
        |rows, _| {
            let config = rows.session.effective_config();
            let Tool::Mcp(json) = &config.tools[0] else {
                panic!("it is a server");
            };
            rows.is("type", json.get(), tool);
            for (field, held) in [
                ("server_label", r#""server_label":"ferries""#),
                ("server_url", r#""server_url":"https://ferries.example""#),
                ("authorization", r#""authorization":"t""#),
                ("headers", r#""headers":{"X-A":"b"}"#),
                ("allowed_tools", r#""allowed_tools":["next"]"#),
                ("require_approval", r#""require_approval":"never""#),
            ] {
                rows.raw(field, json.get(), held);
            }
        },
    );
}

/// A schema of which only the raw text has the fields.
fn only_raw(table: &mut Table, name: &str, key: &str, object: &str, fields: &[(&str, &str)]) {
    told(
        table,
        name,
        &format!(r#""{key}":{object}"#),
        |rows, ready| {
            assert!(ready.raw.contains(object));
            for (field, held) in fields {
                rows.raw(field, object, held);
            }
        },
    );
}

fn raw(table: &mut Table) {
    let members = r#""animation":{},"avatar":{},"output_audio_timestamp_types":["word"],"interim_response":{},"include":["file_search_call.results"],"agent":{}"#;
    told(table, SESSION, members, |rows, ready| {
        for (field, held) in [
            ("animation", r#""animation":{}"#),
            ("avatar", r#""avatar":{}"#),
            (
                "output_audio_timestamp_types",
                r#""output_audio_timestamp_types":["word"]"#,
            ),
            ("interim_response", r#""interim_response":{}"#),
            ("include", r#""include":["file_search_call.results"]"#),
            ("agent", r#""agent":{}"#),
        ] {
            rows.raw(field, &ready.raw, held);
        }
    });
    only_raw(
        table,
        "VoiceLive.Animation",
        "animation",
        r#"{"model_name":"default","outputs":["viseme_id"]}"#,
        &[
            ("model_name", r#""model_name":"default""#),
            ("outputs", r#""outputs":["viseme_id"]"#),
        ],
    );
    only_raw(
        table,
        "VoiceLive.AgentConfig",
        "agent",
        r#"{"type":"agent","name":"Tides","description":"d","agent_id":"agent_1","thread_id":"thread_1"}"#,
        &[
            ("type", r#""type":"agent""#),
            ("name", r#""name":"Tides""#),
            ("description", r#""description":"d""#),
            ("agent_id", r#""agent_id":"agent_1""#),
            ("thread_id", r#""thread_id":"thread_1""#),
        ],
    );
    interim(table);
    avatar(table);
}

fn interim(table: &mut Table) {
    only_raw(
        table,
        "VoiceLive.StaticInterimResponseConfig",
        "interim_response",
        r#"{"type":"static_interim_response","texts":["One moment."],"triggers":["tool"],"latency_threshold_ms":1500}"#,
        &[
            ("type", r#""type":"static_interim_response""#),
            ("texts", r#""texts":["One moment."]"#),
            ("triggers", r#""triggers":["tool"]"#),
            ("latency_threshold_ms", r#""latency_threshold_ms":1500"#),
        ],
    );
    only_raw(
        table,
        "VoiceLive.LlmInterimResponseConfig",
        "interim_response",
        r#"{"type":"llm_interim_response","model":"gpt-5-nano","instructions":"Fill.","max_completion_tokens":20,"triggers":["latency"],"latency_threshold_ms":900}"#,
        &[
            ("type", r#""type":"llm_interim_response""#),
            ("model", r#""model":"gpt-5-nano""#),
            ("instructions", r#""instructions":"Fill.""#),
            ("max_completion_tokens", r#""max_completion_tokens":20"#),
            ("triggers", r#""triggers":["latency"]"#),
            ("latency_threshold_ms", r#""latency_threshold_ms":900"#),
        ],
    );
}

fn avatar(table: &mut Table) {
    only_raw(
        table,
        "VoiceLive.AvatarConfig",
        "avatar",
        r##"{"type":"video-avatar","ice_servers":[{"urls":["stun:a"],"username":"u","credential":"c"}],"character":"lisa","style":"sitting","model":"vasa-1","customized":false,"video":{"bitrate":2000000,"codec":"h264","crop":{"top_left":[0,0],"bottom_right":[9,9]},"resolution":{"width":640,"height":360},"background":{"color":"#00FF00","image_url":"https://b.example"},"gop_size":10},"scene":{"zoom":1.5,"position_x":0.1,"position_y":0.2,"rotation_x":0.3,"rotation_y":0.4,"rotation_z":0.5,"amplitude":0.6},"output_protocol":"websocket","output_audit_audio":true}"##,
        &[
            ("type", r#""type":"video-avatar""#),
            ("ice_servers", r#""ice_servers":[{"#),
            ("ice_servers[].urls", r#""urls":["stun:a"]"#),
            ("ice_servers[].username", r#""username":"u""#),
            ("ice_servers[].credential", r#""credential":"c""#),
            ("character", r#""character":"lisa""#),
            ("style", r#""style":"sitting""#),
            ("model", r#""model":"vasa-1""#),
            ("customized", r#""customized":false"#),
            ("video", r#""video":{"#),
            ("video.bitrate", r#""bitrate":2000000"#),
            ("video.codec", r#""codec":"h264""#),
            ("video.crop", r#""crop":{"#),
            ("video.crop.top_left", r#""top_left":[0,0]"#),
            ("video.crop.bottom_right", r#""bottom_right":[9,9]"#),
            ("video.resolution", r#""resolution":{"#),
            ("video.resolution.width", r#""width":640"#),
            ("video.resolution.height", r#""height":360"#),
            ("video.background", r#""background":{"#),
            ("video.background.color", r##""color":"#00FF00""##),
            (
                "video.background.image_url",
                r#""image_url":"https://b.example""#,
            ),
            ("video.gop_size", r#""gop_size":10"#),
            ("scene", r#""scene":{"#),
            ("scene.zoom", r#""zoom":1.5"#),
            ("scene.position_x", r#""position_x":0.1"#),
            ("scene.position_y", r#""position_y":0.2"#),
            ("scene.rotation_x", r#""rotation_x":0.3"#),
            ("scene.rotation_y", r#""rotation_y":0.4"#),
            ("scene.rotation_z", r#""rotation_z":0.5"#),
            ("scene.amplitude", r#""amplitude":0.6"#),
            ("output_protocol", r#""output_protocol":"websocket""#),
            ("output_audit_audio", r#""output_audit_audio":true"#),
        ],
    );
}

const DETECTION: &str = "VoiceLive.TurnDetection";

fn turn_detection(table: &mut Table) {
    let members = r#""turn_detection":{"type":"server_vad","threshold":0.5,"prefix_padding_ms":300,"silence_duration_ms":500,"create_response":true,"interrupt_response":false}"#;
    told(table, DETECTION, members, |rows, _| {
        let Some(TurnDetection::ServerVad(vad)) =
            rows.session.effective_config().turn_detection.clone()
        else {
            panic!("it is by silence");
        };
        rows.is("threshold", vad.threshold, Some(0.5));
        rows.is("prefix_padding_ms", vad.prefix_padding_ms, Some(300));
        rows.is("silence_duration_ms", vad.silence_duration_ms, Some(500));
        rows.is("create_response", vad.create_response, Some(true));
        rows.is("interrupt_response", vad.interrupt_response, Some(false));
    });
    let detection = r#"{"type":"azure_semantic_vad_multilingual","end_of_utterance_detection":{"model":"semantic_detection_v1_multilingual","threshold_level":"low","timeout_ms":1000},"speech_duration_ms":80,"remove_filler_words":true,"languages":["en","nl"],"auto_truncate":true}"#;
    told(
        table,
        DETECTION,
        &format!(r#""turn_detection":{detection}"#),
        |rows, _| {
            let config = rows.session.effective_config().clone();
            let Some(TurnDetection::Other(json)) = &config.turn_detection else {
                panic!("it is in the provider's words");
            };
            rows.is("type", json.get(), detection);
            let end = "end_of_utterance_detection";
            for (field, held) in [
                (end, r#""end_of_utterance_detection":{"#),
                (
                    &format!("{end}.model"),
                    r#""model":"semantic_detection_v1_multilingual""#,
                ),
                (
                    &format!("{end}.threshold_level"),
                    r#""threshold_level":"low""#,
                ),
                (&format!("{end}.timeout_ms"), r#""timeout_ms":1000"#),
                ("speech_duration_ms", r#""speech_duration_ms":80"#),
                ("remove_filler_words", r#""remove_filler_words":true"#),
                ("languages", r#""languages":["en","nl"]"#),
                ("auto_truncate", r#""auto_truncate":true"#),
            ] {
                rows.raw(field, json.get(), held);
            }
        },
    );
    told(table, SESSION, r#""turn_detection":null"#, |rows, _| {
        let detection = rows.session.effective_config().turn_detection.clone();
        rows.is("turn_detection", detection, Some(TurnDetection::Manual));
    });
}

fn voices(table: &mut Table) {
    let name = "VoiceLive.AzureVoice";
    let voice = r#"{"type":"azure-custom","name":"harbour","endpoint_id":"ep_1","model":"DragonLatestNeural","temperature":0.8,"custom_lexicon_url":"https://l.example","custom_text_normalization_url":"https://n.example","prefer_locales":["nl-NL"],"locale":"nl-NL","style":"calm","pitch":"+5%","rate":"1.1","volume":"-2%"}"#;
    told(
        table,
        name,
        &format!(r#""voice":{voice}"#),
        |rows, ready| {
            rows.is("name", ready.voice.as_deref(), Some("harbour"));
            for (field, held) in [
                ("type", r#""type":"azure-custom""#),
                ("endpoint_id", r#""endpoint_id":"ep_1""#),
                ("model", r#""model":"DragonLatestNeural""#),
                ("temperature", r#""temperature":0.8"#),
                (
                    "custom_lexicon_url",
                    r#""custom_lexicon_url":"https://l.example""#,
                ),
                (
                    "custom_text_normalization_url",
                    r#""custom_text_normalization_url":"https://n.example""#,
                ),
                ("prefer_locales", r#""prefer_locales":["nl-NL"]"#),
                ("locale", r#""locale":"nl-NL""#),
                ("style", r#""style":"calm""#),
                ("pitch", r#""pitch":"+5%""#),
                ("rate", r#""rate":"1.1""#),
                ("volume", r#""volume":"-2%""#),
            ] {
                rows.raw(field, &ready.raw, held);
            }
        },
    );
}
