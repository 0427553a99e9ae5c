//! The first frame, byte for byte, and what may be said after it.

use crate::support::{opened, polled, sent, vertex, with};
use realtime_proto::{
    AudioFormat, Capabilities, Command, Config, Configurable, Dialect, Event, InputTranscription,
    MaxTokens, Modality, RawJson, SemanticVad, SendError, ServerVad, Session, SessionConfig,
    SessionPatch, Tool, TurnDetection,
};

fn json(text: &str) -> RawJson {
    RawJson::new(text).unwrap()
}

#[track_caller]
fn setup_of(config: Config) -> String {
    let frames = sent(&mut Session::new(config));
    assert_eq!(frames.len(), 1, "{frames:?}");
    frames.into_iter().next().unwrap()
}

#[track_caller]
fn sets_up(set: impl FnOnce(&mut SessionConfig), wanted: &str) {
    assert_eq!(setup_of(with(set)), wanted);
}

#[test]
fn a16_a_setup_comes_first_even_where_nothing_is_asked_for() {
    assert_eq!(setup_of(Config::new(Dialect::Gemini)), r#"{"setup":{}}"#);
    assert_eq!(
        setup_of(Config::new(Dialect::GeminiVertex)),
        r#"{"setup":{}}"#
    );
}

#[test]
fn a16_the_model_is_named_in_full() {
    sets_up(
        |session| session.model = Some("gemini-3.8-live".into()),
        r#"{"setup":{"model":"models/gemini-3.8-live"}}"#,
    );
    sets_up(
        |session| session.model = Some("models/gemini-3.8-live".into()),
        r#"{"setup":{"model":"models/gemini-3.8-live"}}"#,
    );
    let path = "projects/p/locations/l/publishers/google/models/m";
    let mut config = Config::new(Dialect::GeminiVertex);
    config.session.model = Some(path.into());
    assert_eq!(
        setup_of(config),
        format!(r#"{{"setup":{{"model":"{path}"}}}}"#)
    );
}

#[test]
fn a16_everything_has_its_place_in_the_setup() {
    let mut config = with(everything);
    config.resume = Some("h-7".into());
    let wanted = concat!(
        r#"{"setup":{"model":"models/gemini-3.8-live","#,
        r#""generationConfig":{"responseModalities":["AUDIO"],"temperature":0.7,"maxOutputTokens":900,"#,
        r#""speechConfig":{"voiceConfig":{"prebuiltVoiceConfig":{"voiceName":"Puck"}},"languageCode":"en-US"},"#,
        r#""thinkingConfig":{"thinkingLevel":"LOW"}},"#,
        r#""systemInstruction":{"parts":[{"text":"Be \"brief\"."}]},"#,
        r#""tools":[{"functionDeclarations":[{"name":"get_weather","description":"Weather","#,
        r#""parametersJsonSchema":{"type":"object"},"behavior":"NON_BLOCKING"}]},{"googleSearch":{}}],"#,
        r#""realtimeInputConfig":{"automaticActivityDetection":{"prefixPaddingMs":20,"silenceDurationMs":500},"#,
        r#""activityHandling":"NO_INTERRUPTION"},"#,
        r#""inputAudioTranscription":{"languageCodes":["de"],"customVocabulary":["Mohn"]},"#,
        r#""outputAudioTranscription":{},"sessionResumption":{"handle":"h-7"},"#,
        r#""contextWindowCompression":{"slidingWindow":{}},"labels":{"team":"a"}}}"#,
    );
    assert_eq!(setup_of(config), wanted);
}

fn everything(session: &mut SessionConfig) {
    let mut weather = Tool::function("get_weather", "Weather", json(r#"{"type":"object"}"#));
    if let Tool::Function { blocking, .. } = &mut weather {
        *blocking = Some(false);
    }
    let mut vad = ServerVad::default();
    vad.prefix_padding_ms = Some(20);
    vad.silence_duration_ms = Some(500);
    vad.interrupt_response = Some(false);
    let mut words = InputTranscription::default();
    words.language = Some("de".into());
    words.keywords = vec!["Mohn".into()];
    session.model = Some("gemini-3.8-live".into());
    session.modalities = Some(vec![Modality::Text, Modality::Audio]);
    session.temperature = Some(0.7);
    session.max_output_tokens = Some(MaxTokens::Count(900));
    session.voice = Some("Puck".into());
    session.reasoning = Some("low".into());
    session.instructions = Some("Be \"brief\".".into());
    session.tools = vec![weather, Tool::Builtin(json(r#"{"googleSearch":{}}"#))];
    session.turn_detection = Some(vad.into());
    session.input_transcription = Some(words);
    session.truncation = Some(json(r#"{"slidingWindow":{}}"#));
    session.metadata = vec![("team".into(), "a".into())];
    session.input_format = Some(AudioFormat::pcm16(16_000));
    session.output_format = Some(AudioFormat::pcm16(24_000));
    session.extra = Some(json(
        r#"{"generationConfig":{"speechConfig":{"languageCode":"en-US"}}}"#,
    ));
}

#[test]
fn a16_manual_activity_disables_detection_and_nothing_else() {
    sets_up(
        |session| session.turn_detection = Some(TurnDetection::Manual),
        r#"{"setup":{"realtimeInputConfig":{"automaticActivityDetection":{"disabled":true}}}}"#,
    );
}

#[test]
fn detection_in_the_providers_words_goes_as_it_is() {
    let config =
        r#"{"automaticActivityDetection":{"startOfSpeechSensitivity":"START_SENSITIVITY_HIGH"}}"#;
    sets_up(
        |session| session.turn_detection = Some(TurnDetection::Other(json(config))),
        &format!(r#"{{"setup":{{"realtimeInputConfig":{config}}}}}"#),
    );
}

#[test]
fn a16_a_schema_stands_where_the_server_looks_for_it() {
    let tool = |schema: &str| vec![Tool::function("f", "d", json(schema))];
    sets_up(
        |session| session.tools = tool(r#"{"type":"OBJECT"}"#),
        r#"{"setup":{"tools":[{"functionDeclarations":[{"name":"f","description":"d","parameters":{"type":"OBJECT"}}]}]}}"#,
    );
    let mut config = Config::new(Dialect::GeminiVertex);
    config.session.tools = tool(r#"{"type":"object"}"#);
    let wanted = r#"{"setup":{"tools":[{"functionDeclarations":[{"name":"f","description":"d","parameters":{"type":"object"}}]}]}}"#;
    assert_eq!(setup_of(config), wanted);
}

#[test]
fn text_alone_is_not_transcribed() {
    sets_up(
        |session| session.modalities = Some(vec![Modality::Text]),
        r#"{"setup":{"generationConfig":{"responseModalities":["TEXT"]}}}"#,
    );
    sets_up(
        |session| session.modalities = Some(vec![Modality::Video]),
        r#"{"setup":{"generationConfig":{"responseModalities":["VIDEO"]}}}"#,
    );
}

#[test]
fn what_a_setup_cannot_say_is_told_by_name_and_nothing_is_sent() {
    type Set = fn(&mut SessionConfig);
    let cases: [(&str, Set); 10] = [
        ("speed", |session| session.speed = Some(1.5)),
        ("noise_reduction", |session| {
            session.noise_reduction = Some("near_field".into());
        }),
        ("parallel_tool_calls", |session| {
            session.parallel_tool_calls = Some(true);
        }),
        ("tracing", |session| {
            session.tracing = Some(json("\"auto\""));
        }),
        ("prompt", |session| session.prompt = Some(json("{}"))),
        ("input_format", |session| {
            session.input_format = Some(AudioFormat::pcmu());
        }),
        ("output_format", |session| {
            session.output_format = Some(AudioFormat::pcma());
        }),
        ("turn_detection", |session| {
            session.turn_detection = Some(SemanticVad::default().into());
        }),
        ("input_transcription", |session| {
            let mut words = InputTranscription::default();
            words.model = Some("whisper-1".into());
            session.input_transcription = Some(words);
        }),
        ("tools", |session| {
            session.tools = vec![Tool::Mcp(json("{}"))];
        }),
    ];
    for (field, set) in cases {
        let mut session = Session::new(with(set));
        let told = match session.poll_event() {
            Some(Event::Notice(notice)) => notice.message.into_owned(),
            other => panic!("{field}: {other:?}"),
        };
        assert!(told.contains(field), "{field}: {told}");
        assert_eq!(sent(&mut session), [""; 0], "{field}");
    }
}

#[test]
fn labels_are_of_the_developer_api_alone() {
    let mut config = Config::new(Dialect::GeminiVertex);
    config.session.metadata = vec![("team".into(), "a".into())];
    assert_eq!(sent(&mut Session::new(config)), [""; 0]);
}

#[test]
fn nothing_follows_the_setup_before_it_is_complete() {
    let mut session = Session::new(Config::new(Dialect::Gemini));
    session.send(Command::text("Hi")).unwrap();
    session.send(Command::append_audio(&[0; 640])).unwrap();
    assert_eq!(sent(&mut session), [r#"{"setup":{}}"#]);
    session.receive(r#"{"setupComplete":true}"#).for_each(drop);
    assert_eq!(sent(&mut session).len(), 2);
}

#[test]
fn settings_are_immutable_once_the_session_is_open() {
    let mut session = opened(Config::new(Dialect::Gemini));
    let mut patch = SessionPatch::default();
    patch.instructions.set("Switch to French.");
    let refused = session.send(Command::configure(patch));
    assert_eq!(refused, Err(SendError::Immutable { field: "session" }));
    assert_eq!(sent(&mut session), [""; 0]);
}

fn newer() -> Session {
    let mut config = Config::new(Dialect::Gemini);
    let mut capabilities = Capabilities::of(config.dialect);
    capabilities.configure = Configurable::ContextOnly;
    config.capabilities = Some(capabilities);
    opened(config)
}

#[test]
fn newer_models_take_other_instructions_and_tools() {
    let mut session = newer();
    let mut patch = SessionPatch::default();
    patch.instructions.set("Switch to French.");
    patch.tools.set(Vec::new());
    session.send(Command::configure(patch)).unwrap();
    let wanted = r#"{"contextUpdate":{"systemInstruction":{"parts":[{"text":"Switch to French."}]},"tools":{"tools":[]}}}"#;
    assert_eq!(polled(&mut session), ["session_updated"]);
    assert_eq!(sent(&mut session), [wanted]);
    assert_eq!(polled(&mut session), ["rp-2 sent"]);
    let instructions = session.effective_config().instructions.as_deref();
    assert_eq!(instructions, Some("Switch to French."));
}

#[test]
fn newer_models_take_nothing_else() {
    let mut session = newer();
    let mut patch = SessionPatch::default();
    patch.instructions.set("Switch to French.");
    patch.voice.set("Kore");
    let refused = session.send(Command::configure(patch));
    assert_eq!(refused, Err(SendError::Immutable { field: "session" }));
}

#[test]
fn what_was_asked_for_is_in_effect() {
    let session = opened(with(everything));
    assert_eq!(session.effective_config().voice.as_deref(), Some("Puck"));
    let session = vertex();
    assert_eq!(session.effective_config().voice, None);
}
