//! Settings as they are sent: flat, by Azure's names, in the order of its table.

use crate::support::{AZURE, sends, unsupported};
use realtime_proto::{
    AudioFormat, Command, Config, InputTranscription, MaxTokens, Modality, Patch, RawJson,
    SemanticVad, SendError, ServerVad, Session, SessionKind, SessionPatch, Tool, ToolChoice,
    TurnDetection,
};

fn json(text: &str) -> RawJson {
    RawJson::new(text).unwrap()
}

/// A change of one setting leaves as this session object.
#[track_caller]
fn sets(change: impl FnOnce(&mut SessionPatch), session: &str) {
    let mut patch = SessionPatch::default();
    change(&mut patch);
    let frame = format!(r#"{{"type":"session.update","session":{session},"event_id":"rp-1"}}"#);
    sends(Command::configure(patch), &[&frame]);
}

#[track_caller]
fn refuses(change: impl FnOnce(&mut SessionPatch), name: &'static str) {
    let mut patch = SessionPatch::default();
    change(&mut patch);
    unsupported(Command::configure(patch), name);
}

#[test]
fn all_settings_stand_in_the_order_of_the_table() {
    sets(
        |patch| {
            patch.model = Patch::Set("gpt-realtime".into());
            patch.modalities = Patch::Set(vec![Modality::Text, Modality::Audio, Modality::Video]);
            patch.voice = Patch::Set("alloy".into());
            patch.instructions = Patch::Set("Be brief.".into());
            patch.input_format = Patch::Set(AudioFormat::pcm16(16_000));
            patch.output_format = Patch::Set(AudioFormat::pcm16(24_000));
            let mut vad = ServerVad::default();
            vad.threshold = Some(0.5);
            vad.prefix_padding_ms = Some(300);
            vad.silence_duration_ms = Some(500);
            vad.create_response = Some(true);
            vad.interrupt_response = Some(false);
            patch.turn_detection = Patch::Set(vad.into());
            patch.noise_reduction = Patch::Set("azure_deep_noise_suppression".into());
            let mut transcription = InputTranscription::default();
            transcription.model = Some("azure-speech".into());
            transcription.language = Some("en-US".into());
            transcription.keywords = vec!["sloop".into(), "ketch".into()];
            patch.input_transcription = Patch::Set(transcription);
            patch.tools = Patch::Set(vec![Tool::Mcp(json(
                r#"{"type":"mcp","server_label":"f"}"#,
            ))]);
            patch.tool_choice = Patch::Set(ToolChoice::Function { name: "f".into() });
            patch.parallel_tool_calls = Patch::Set(false);
            patch.temperature = Patch::Set(0.7);
            patch.max_output_tokens = Patch::Set(MaxTokens::Count(200));
            patch.reasoning = Patch::Set("low".into());
            let labels = [("desk", "north"), ("shift", "1"), ("desk", "south")];
            let labels = labels.map(|(key, value)| (key.into(), value.into()));
            patch.metadata = Patch::Set(labels.into());
        },
        r#"{"model":"gpt-realtime","modalities":["text","audio","avatar"],"voice":"alloy","instructions":"Be brief.","input_audio_sampling_rate":16000,"input_audio_format":"pcm16","output_audio_format":"pcm16","turn_detection":{"type":"server_vad","threshold":0.5,"prefix_padding_ms":300,"silence_duration_ms":500,"create_response":true,"interrupt_response":false},"input_audio_noise_reduction":{"type":"azure_deep_noise_suppression"},"input_audio_transcription":{"model":"azure-speech","language":"en-US","phrase_list":["sloop","ketch"]},"tools":[{"type":"mcp","server_label":"f"}],"tool_choice":{"type":"function","name":"f"},"parallel_tool_calls":false,"temperature":0.7,"max_response_output_tokens":200,"reasoning_effort":"low","metadata":{"desk":"south","shift":"1"}}"#,
    );
}

#[test]
fn what_is_cleared_is_null_or_empty() {
    sets(
        |patch| {
            patch.voice = Patch::Clear;
            patch.instructions = Patch::Clear;
            patch.input_format = Patch::Clear;
            patch.output_format = Patch::Clear;
            patch.turn_detection = Patch::Clear;
            patch.noise_reduction = Patch::Clear;
            patch.input_transcription = Patch::Clear;
            patch.tools = Patch::Clear;
            patch.reasoning = Patch::Clear;
            patch.metadata = Patch::Clear;
        },
        r#"{"voice":null,"instructions":"","input_audio_sampling_rate":null,"input_audio_format":null,"output_audio_format":null,"turn_detection":null,"input_audio_noise_reduction":null,"input_audio_transcription":null,"tools":[],"reasoning_effort":null,"metadata":null}"#,
    );
}

#[test]
fn voices_of_azure_are_objects_and_others_are_words() {
    for (name, voice) in [
        ("shimmer", r#""shimmer""#),
        (
            "en-US-Ava:DragonHDLatestNeural",
            r#"{"type":"azure-standard","name":"en-US-Ava:DragonHDLatestNeural"}"#,
        ),
    ] {
        let session = format!(r#"{{"voice":{voice}}}"#);
        sets(|patch| patch.voice = Patch::Set(name.into()), &session);
    }
}

#[test]
fn input_has_its_rate_apart_and_output_in_its_name() {
    for (format, input) in [
        (
            AudioFormat::pcm16(8_000),
            r#""input_audio_sampling_rate":8000,"input_audio_format":"pcm16""#,
        ),
        (
            AudioFormat::pcm16(24_000),
            r#""input_audio_sampling_rate":24000,"input_audio_format":"pcm16""#,
        ),
        (
            AudioFormat::pcm16(48_000),
            r#""input_audio_sampling_rate":48000,"input_audio_format":"pcm16""#,
        ),
        (
            AudioFormat::pcmu(),
            r#""input_audio_sampling_rate":8000,"input_audio_format":"g711_ulaw""#,
        ),
        (
            AudioFormat::pcma(),
            r#""input_audio_sampling_rate":8000,"input_audio_format":"g711_alaw""#,
        ),
    ] {
        let session = format!("{{{input}}}");
        sets(|patch| patch.input_format = Patch::Set(format), &session);
    }
    for (format, name) in [
        (AudioFormat::pcm16(16_000), "pcm16_16000hz"),
        (AudioFormat::pcm16(8_000), "pcm16_8000hz"),
        (AudioFormat::pcmu(), "g711_ulaw"),
        (AudioFormat::pcma(), "g711_alaw"),
    ] {
        let session = format!(r#"{{"output_audio_format":"{name}"}}"#);
        sets(|patch| patch.output_format = Patch::Set(format), &session);
    }
}

#[test]
fn a_second_channel_is_what_the_loudspeaker_plays() {
    let mut format = AudioFormat::pcm16(24_000);
    format.channels = 2;
    sets(
        |patch| patch.input_format = Patch::Set(format),
        r#"{"input_audio_sampling_rate":24000,"input_audio_format":"pcm16","input_audio_echo_cancellation":{"type":"server_echo_cancellation","reference_source":"client","channels":2}}"#,
    );
}

#[test]
fn turn_detection_of_azure_goes_in_its_own_words() {
    for detection in [
        r#"{"type":"azure_semantic_vad","threshold":0.3,"prefix_padding_ms":200,"silence_duration_ms":200,"speech_duration_ms":80,"remove_filler_words":true,"languages":["en"],"end_of_utterance_detection":{"model":"semantic_detection_v1","threshold_level":"default","timeout_ms":1000},"auto_truncate":true,"create_response":true,"interrupt_response":true}"#,
        r#"{"type":"azure_semantic_vad_en","remove_filler_words":false}"#,
        r#"{"type":"azure_semantic_vad_multilingual","languages":["en","nl"]}"#,
        r#"{"type":"server_vad","end_of_utterance_detection":{"model":"semantic_detection_v1_en"},"auto_truncate":false}"#,
    ] {
        let session = format!(r#"{{"turn_detection":{detection}}}"#);
        let other = TurnDetection::Other(json(detection));
        sets(|patch| patch.turn_detection = Patch::Set(other), &session);
    }
    let semantic = SemanticVad::default().into();
    sets(
        |patch| patch.turn_detection = Patch::Set(semantic),
        r#"{"turn_detection":{"type":"semantic_vad"}}"#,
    );
    sets(
        |patch| patch.turn_detection = Patch::Set(TurnDetection::Manual),
        r#"{"turn_detection":null}"#,
    );
}

#[test]
fn what_no_setting_expresses_goes_as_it_is_said() {
    let extra = r#"{"voice":{"type":"azure-custom","name":"harbour","endpoint_id":"ep_1"},"animation":{"outputs":["viseme_id"]},"avatar":{"character":"lisa","customized":false},"input_audio_echo_cancellation":{"type":"server_echo_cancellation"},"output_audio_timestamp_types":["word"],"interim_response":{"type":"static_interim_response","texts":["One moment."]},"include":["file_search_call.results"]}"#;
    sets(|patch| patch.extra = Patch::Set(json(extra)), extra);
    sets(
        |patch| {
            patch.voice = Patch::Set("alloy".into());
            let mut wanted = InputTranscription::default();
            wanted.model = Some("azure-speech".into());
            patch.input_transcription = Patch::Set(wanted);
            let more = r#"{"voice":{"type":"openai","name":"alloy"},"input_audio_transcription":{"custom_speech":{"en-US":"ep_1"}}}"#;
            patch.extra = Patch::Set(json(more));
        },
        r#"{"voice":{"type":"openai","name":"alloy"},"input_audio_transcription":{"model":"azure-speech","custom_speech":{"en-US":"ep_1"}}}"#,
    );
}

#[test]
fn what_there_are_no_words_for_is_refused_by_name() {
    refuses(|patch| patch.speed = Patch::Set(1.5), "configure.speed");
    refuses(
        |patch| patch.truncation = Patch::Set(json("{}")),
        "configure.truncation",
    );
    refuses(
        |patch| patch.tracing = Patch::Set(json("{}")),
        "configure.tracing",
    );
    refuses(
        |patch| patch.prompt = Patch::Set(json("{}")),
        "configure.prompt",
    );
    let formats = [AudioFormat::pcm16(44_100), AudioFormat::pcm16(0)];
    for format in formats {
        refuses(
            |patch| patch.input_format = Patch::Set(format),
            "configure.input_format",
        );
        refuses(
            |patch| patch.output_format = Patch::Set(format),
            "configure.output_format",
        );
    }
    let mut stereo = AudioFormat::pcm16(24_000);
    stereo.channels = 2;
    refuses(
        |patch| patch.output_format = Patch::Set(stereo),
        "configure.output_format",
    );
    let mut idle = ServerVad::default();
    idle.idle_timeout_ms = Some(5_000);
    refuses(
        |patch| patch.turn_detection = Patch::Set(idle.into()),
        "configure.turn_detection.idle_timeout_ms",
    );
    let mut delayed = InputTranscription::default();
    delayed.delay = Some("low".into());
    refuses(
        |patch| patch.input_transcription = Patch::Set(delayed),
        "configure.input_transcription.delay",
    );
    let mut spoken = InputTranscription::default();
    spoken.languages = vec!["en".into()];
    refuses(
        |patch| patch.input_transcription = Patch::Set(spoken),
        "configure.input_transcription.languages",
    );
    let server = ToolChoice::Mcp {
        server_label: "f".into(),
        name: None,
    };
    refuses(
        |patch| patch.tool_choice = Patch::Set(server),
        "configure.tool_choice",
    );
}

#[test]
fn there_are_no_sessions_that_only_transcribe() {
    let mut config = Config::new(AZURE);
    config.session.kind = SessionKind::Transcription;
    let mut session = Session::new(config);
    let told = crate::support::events(&mut session);
    let [realtime_proto::Event::Notice(notice)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(notice.code.as_deref(), Some("configuration_unsupported"));
    let refused = session.send(Command::create_response());
    let command = "create_response";
    assert_eq!(refused, Err(SendError::Unsupported { by: AZURE, command }));
}

#[test]
fn the_opening_has_what_is_configured() {
    let mut config = Config::new(AZURE);
    config.session.instructions = Some("Be brief.".into());
    config.session.input_format = Some(AudioFormat::pcm16(16_000));
    let mut session = Session::new(config);
    assert_eq!(
        crate::support::polled(&mut session),
        [
            r#"{"type":"session.update","session":{"instructions":"Be brief.","input_audio_sampling_rate":16000,"input_audio_format":"pcm16"},"event_id":"rp-1"}"#
        ]
    );
}
