//! Configuration: defaults, JSON, changes.

use core::time::Duration;
use realtime_proto::{
    AudioFormat, BargeIn, Capabilities, Config, Configurable, Dialect, Limits, Media, Modality,
    NotJson, Patch, Policy, RawJson, ReadyOn, Resumes, Retain, SemanticVad, SendError, Session,
    SessionConfig, SessionKind, SessionPatch, Tool, ToolTurns, TurnDetection, Unheard,
};
use serde::{Serialize, de::DeserializeOwned};

#[track_caller]
fn both_ways<T: Serialize + DeserializeOwned + PartialEq + core::fmt::Debug>(
    value: &T,
    json: &str,
) {
    assert_eq!(serde_json::to_string(value).unwrap(), json);
    assert_eq!(serde_json::from_str::<T>(json).unwrap(), *value);
}

#[test]
fn dialects_have_names() {
    let names = [
        "openai",
        "openai-beta",
        "openai-translation",
        "openai-live",
        "azure-voice-live",
        "xai",
        "gemini",
        "gemini-vertex",
        "synaps",
        "pi",
        "nova-sonic",
    ];
    let written: Vec<_> = Dialect::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(written, names);
    for (dialect, name) in Dialect::ALL.iter().zip(names) {
        assert_eq!(name.parse::<Dialect>(), Ok(*dialect));
        both_ways(dialect, &format!("{name:?}"));
    }
    let error = "OpenAI-secret".parse::<Dialect>().unwrap_err().to_string();
    assert!(
        error.starts_with("unknown dialect, expected one of openai, openai-beta,"),
        "{error}"
    );
    assert!(!error.contains("secret"));
}

#[test]
fn a_dialect_is_a_configuration() {
    for dialect in Dialect::ALL {
        let read: Config = serde_json::from_str(&format!(r#"{{"dialect":"{dialect}"}}"#)).unwrap();
        assert_eq!(read, Config::new(*dialect));
        let written = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<Config>(&written).unwrap(), read);
    }
    let config = Config::new(Dialect::OpenAi);
    assert_eq!(config.id_prefix, "rp");
    assert_eq!(config.media, Media::Inline);
    assert_eq!(config.max_session, Some(Duration::from_secs(3_600)));
}

#[test]
fn a_whole_configuration() {
    let mut config = Config::new(Dialect::Gemini);
    config.session.model = Some("models/gemini-3.8-live".into());
    config.media = Media::Remote;
    config.policy = Policy::passive();
    config.limits.conversation = Retain::Ids;
    config.resume = Some("handle".into());
    config.id_prefix = "x".into();
    config.unix_origin = Some(Duration::from_millis(1_790_000_000_123));
    config.max_session = None;
    both_ways(
        &config,
        concat!(
            r#"{"dialect":"gemini","session":{"model":"models/gemini-3.8-live"},"media":"remote","#,
            r#""policy":{"barge_in":"on_speech","unheard":"delete","estimate_playback":true,"#,
            r#""continue_after_tools":true,"tag_responses":false,"passive":true},"#,
            r#""limits":{"frame_bytes":16777216,"nesting":64,"outbox_bytes":4194304,"#,
            r#""held_audio_ms":10000,"items":10000,"conversation":{"type":"ids"},"open_calls":64,"#,
            r#""pending_commands":256,"queued_events":1024,"tombstones":64,"#,
            r#""readiness_ms":15000,"stall_ms":30000},"resume":"handle","id_prefix":"x","#,
            r#""unix_origin_ms":1790000000123,"max_session_ms":null}"#
        ),
    );
    let read: Config =
        serde_json::from_str(r#"{"max_session_ms":5,"dialect":"pi","later":1}"#).unwrap();
    assert_eq!(read.max_session, Some(Duration::from_millis(5)));
}

#[test]
fn policy_and_limits_name_only_what_differs() {
    let policy: Policy = serde_json::from_str(r#"{"barge_in":"manual","unheard":"skip"}"#).unwrap();
    assert_eq!(policy.barge_in, BargeIn::Manual);
    assert_eq!(policy.unheard, Unheard::Skip);
    assert!(policy.estimate_playback && policy.continue_after_tools);
    assert!(!policy.tag_responses && !policy.passive);

    let limits: Limits =
        serde_json::from_str(r#"{"stall_ms":1500,"conversation":{"type":"text","bytes":1}}"#)
            .unwrap();
    let mut expected = Limits::default();
    expected.stall = Duration::from_millis(1_500);
    expected.conversation = Retain::Text { bytes: 1 };
    assert_eq!(limits, expected);
}

#[test]
fn capabilities_name_only_what_differs_from_the_dialect() {
    let json = r#"{"dialect":"gemini","capabilities":{"truncate":true,"resumes":"no"}}"#;
    let config: Config = serde_json::from_str(json).unwrap();
    let mut expected = Capabilities::of(Dialect::Gemini);
    expected.truncate = true;
    expected.resumes = Resumes::No;
    assert_eq!(config.capabilities, Some(expected));
    let wrong = r#"{"dialect":"gemini","capabilities":{"truncate":"yes"}}"#;
    assert!(serde_json::from_str::<Config>(wrong).is_err());
    for dialect in Dialect::ALL {
        let capabilities = Capabilities::of(*dialect);
        let json = serde_json::to_string(&capabilities).unwrap();
        both_ways(&capabilities, &json);
    }
}

#[test]
fn capabilities_of_the_families() {
    let openai = Capabilities::of(Dialect::OpenAi);
    assert!(openai.cancel && openai.truncate && openai.delete && openai.commit && openai.clear);
    assert!(openai.out_of_band && openai.response_metadata && openai.acknowledges);
    assert!(!openai.activity && !openai.server_continues_after_tools && !openai.replaces_active);
    assert_eq!(openai.configure, Configurable::Anytime);
    assert_eq!(openai.tool_turns, ToolTurns::Split);
    assert_eq!(openai.ready_on, ReadyOn::AnyFrame);
    assert_eq!(openai, Capabilities::of(Dialect::OpenAiBeta));

    let gemini = Capabilities::of(Dialect::Gemini);
    assert!(!gemini.cancel && !gemini.truncate && gemini.activity && gemini.tool_scheduling);
    assert!(gemini.server_continues_after_tools && gemini.input.contains(&Modality::Video));
    assert_eq!(gemini.configure, Configurable::OpeningOnly);
    assert_eq!(gemini.resumes, Resumes::Handle);
    assert_eq!(gemini.ready_on, ReadyOn::SessionFrame);
    let vertex = Capabilities::of(Dialect::GeminiVertex);
    assert!(!vertex.tool_scheduling && !vertex.tool_response_id);

    assert_eq!(Capabilities::of(Dialect::Xai).ready_on, ReadyOn::AtOnce);
    assert_eq!(Capabilities::of(Dialect::Synaps).input, [Modality::Text]);
}

#[test]
fn settings_become_a_patch_and_back() {
    let mut settings = SessionConfig::default();
    assert!(SessionPatch::from(&settings).is_empty());
    both_ways(&settings, "{}");

    settings.kind = SessionKind::Transcription;
    settings.voice = Some("marin".into());
    settings.input_format = Some(AudioFormat::pcmu());
    settings.turn_detection = Some(SemanticVad::default().into());
    settings.tools = vec![Tool::Builtin(RawJson::new("{}").unwrap())];
    settings.metadata = vec![("z".into(), "1".into()), ("a".into(), "2".into())];
    settings.extra = Some(RawJson::new(r#"{ "n": 1.50 }"#).unwrap());
    both_ways(
        &settings,
        concat!(
            r#"{"kind":"transcription","voice":"marin","#,
            r#""input_format":{"encoding":"pcmu","rate_hz":8000,"channels":1},"#,
            r#""turn_detection":{"type":"semantic_vad"},"tools":[{"type":"builtin","json":{}}],"#,
            r#""metadata":{"z":"1","a":"2"},"extra":{"n":1.50}}"#
        ),
    );

    let patch = SessionPatch::from(&settings);
    assert_eq!(patch.voice.value().map(String::as_str), Some("marin"));
    assert!(patch.model.is_keep() && !patch.is_empty());
    let mut other = SessionConfig::default();
    other.apply(&patch);
    assert_eq!(other, settings);
}

#[test]
fn cleared_settings_are_none() {
    let mut settings = SessionConfig::default();
    settings.voice = Some("marin".into());
    settings.noise_reduction = Some("near_field".into());
    settings.tools = vec![Tool::Builtin(RawJson::new("{}").unwrap())];

    let mut patch = SessionPatch::default();
    patch.turn_detection = Patch::Clear;
    patch.noise_reduction = Patch::Clear;
    patch.tools = Patch::Clear;
    settings.apply(&patch);

    let mut expected = SessionConfig::default();
    expected.voice = Some("marin".into());
    expected.turn_detection = Some(TurnDetection::Manual);
    assert_eq!(settings, expected);
}

#[test]
fn raw_json_keeps_its_spelling_but_for_space() {
    let text = "{ \"a b\" : [ 1.50 , 1e3 ,\r\n\t\"\\\" \\u0041 \\\\\" ] }";
    let json = RawJson::new(text).unwrap();
    assert_eq!(json.get(), r#"{"a b":[1.50,1e3,"\" \u0041 \\"]}"#);
    both_ways(&json, json.get());
    assert_eq!(RawJson::new(json.get()), Ok(json));
    for text in ["", "{", "1 2", "{}x", "nul"] {
        assert_eq!(RawJson::new(text).err().map(|error| error.to_string()), {
            Some("the text is not one JSON value".to_owned())
        });
    }
    let _: Result<RawJson, NotJson> = RawJson::new("1");
    let value: serde_json::Value = serde_json::from_str(r#"{"b":[null,-1,true]}"#).unwrap();
    assert_eq!(
        RawJson::from(value.clone()).get(),
        r#"{"b":[null,-1,true]}"#
    );
    assert_eq!(
        serde_json::from_value::<RawJson>(value.clone()).unwrap(),
        RawJson::from_value(&value)
    );
}

#[test]
fn errors_speak_in_lower_case() {
    let error = SendError::Unsupported {
        by: Dialect::Gemini,
        command: "delete_item",
    };
    assert_eq!(error.to_string(), "gemini has no way to delete_item");
    let error = SendError::FormatMismatch {
        expected: AudioFormat::pcmu(),
    };
    assert_eq!(
        error.to_string(),
        "the audio format in force is audio/pcmu;rate=8000"
    );
}

#[test]
fn the_kind_of_a_session_holds_before_the_server_tells_it() {
    let mut config = Config::new(Dialect::OpenAi);
    config.session.kind = SessionKind::Transcription;

    let session = Session::new(config);

    assert_eq!(session.effective_config().kind, SessionKind::Transcription);
}
