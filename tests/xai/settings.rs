//! The session object: voice and turn detection flat, formats nested, extensions through `extra`.

use crate::{CREATED, hear, names, patch, polled, refuses, sends, session, unsupported};
use realtime_proto::{
    AudioFormat, Command, Event, InputTranscription, Modality, Patch, RawJson, SemanticVad,
    SendError, ServerVad, Session, SessionConfig, SessionKind, Tool, ToolChoice, TurnDetection,
};

fn weather() -> Tool {
    Tool::Function {
        name: "get_weather".into(),
        description: Some("Weather for a city".into()),
        parameters: Some(RawJson::new(r#"{"type":"object"}"#).unwrap()),
        blocking: None,
    }
}

fn every_setting() -> SessionConfig {
    let mut wanted = SessionConfig::default();
    wanted.instructions = Some("You are a concise assistant.".into());
    wanted.voice = Some("eve".into());
    wanted.reasoning = Some("none".into());
    let mut vad = ServerVad::default();
    vad.threshold = Some(0.85);
    vad.prefix_padding_ms = Some(333);
    vad.silence_duration_ms = Some(500);
    vad.interrupt_response = Some(true);
    wanted.turn_detection = Some(vad.into());
    wanted.input_format = Some(AudioFormat::pcm16(24_000));
    wanted.output_format = Some(AudioFormat::pcmu());
    wanted.speed = Some(1.2);
    let mut transcription = InputTranscription::default();
    transcription.model = Some("grok-transcribe".into());
    transcription.language = Some("en".into());
    transcription.keywords = vec!["Sans-IO".into()];
    wanted.input_transcription = Some(transcription);
    let search = RawJson::new(r#"{"type":"web_search","allowed_domains":["met.no"]}"#).unwrap();
    wanted.tools = vec![weather(), Tool::Builtin(search)];
    let extra = r#"{"audio":{"output":{"transport":"binary"}},"resumption":{"enabled":true},"replace":{"xAI":"ex ay eye"}}"#;
    wanted.extra = Some(RawJson::new(extra).unwrap());
    wanted
}

#[test]
fn g1_each_setting_has_its_key() {
    let mut config = crate::config();
    config.session = every_setting();

    let mut session = Session::new(config);

    assert_eq!(
        polled(&mut session),
        [
            r#"{"type":"session.update","session":{"instructions":"You are a concise assistant.","voice":"eve","reasoning":{"effort":"none"},"turn_detection":{"type":"server_vad","threshold":0.85,"prefix_padding_ms":333,"silence_duration_ms":500,"create_response":true,"interrupt_response":true},"audio":{"input":{"format":{"type":"audio/pcm","rate":24000},"transcription":{"model":"grok-transcribe","language_hint":"en","keyterms":["Sans-IO"]}},"output":{"format":{"type":"audio/pcmu"},"speed":1.2,"transport":"binary"}},"tools":[{"type":"function","name":"get_weather","description":"Weather for a city","parameters":{"type":"object"}},{"type":"web_search","allowed_domains":["met.no"]}],"resumption":{"enabled":true},"replace":{"xAI":"ex ay eye"}},"event_id":"rp-1"}"#
        ]
    );
}

#[test]
fn the_opening_leaves_before_the_server_says_a_word() {
    let mut config = crate::config();
    config.session.instructions = Some("Be brief.".into());
    let mut session = Session::new(config);
    let opening =
        r#"{"type":"session.update","session":{"instructions":"Be brief."},"event_id":"rp-1"}"#;
    let create = r#"{"type":"response.create","event_id":"rp-2"}"#;
    session.send(Command::create_response()).unwrap();
    assert_eq!(polled(&mut session), [opening, create]);
}

#[test]
fn whether_the_server_responds_is_always_said() {
    let said = |vad: ServerVad| {
        let mut session = session();
        session
            .send(patch(|patch| patch.turn_detection.set(vad)))
            .unwrap();
        polled(&mut session).remove(0)
    };
    assert_eq!(
        said(ServerVad::default()),
        r#"{"type":"session.update","session":{"turn_detection":{"type":"server_vad","create_response":true}},"event_id":"rp-1"}"#
    );
    let mut silent = ServerVad::default();
    silent.create_response = Some(false);
    assert_eq!(
        said(silent),
        r#"{"type":"session.update","session":{"turn_detection":{"type":"server_vad","create_response":false}},"event_id":"rp-1"}"#
    );
}

#[test]
fn the_other_settings_and_what_clears_them() {
    sends(
        patch(|patch| {
            patch.tool_choice.set(ToolChoice::Auto);
            patch.modalities.set(vec![Modality::Text, Modality::Audio]);
            patch.temperature.set(0.8);
            patch.output_format.set(AudioFormat::opus(24_000));
            patch.input_format.set(AudioFormat::pcma());
        }),
        &[
            r#"{"type":"session.update","session":{"audio":{"input":{"format":{"type":"audio/pcma"}},"output":{"format":{"type":"audio/opus"}}},"tool_choice":"auto","modalities":["text","audio"],"temperature":0.8},"event_id":"rp-1"}"#,
        ],
    );
    sends(
        patch(|patch| {
            patch.instructions = Patch::Clear;
            patch.voice = Patch::Clear;
            patch.tools = Patch::Clear;
            patch.input_transcription = Patch::Clear;
            patch.speed = Patch::Clear;
        }),
        &[
            r#"{"type":"session.update","session":{"instructions":"","voice":null,"audio":{"input":{"transcription":null},"output":{"speed":null}},"tools":[]},"event_id":"rp-1"}"#,
        ],
    );
}

#[test]
fn x18_turn_detection_null_absent_and_an_object_are_three_frames() {
    let frame = |change: fn(&mut realtime_proto::SessionPatch)| {
        let mut session = Session::new(crate::config());
        session.send(patch(change)).unwrap();
        polled(&mut session).remove(0)
    };
    assert_eq!(
        frame(|patch| patch.turn_detection = Patch::Clear),
        r#"{"type":"session.update","session":{"turn_detection":null},"event_id":"rp-1"}"#
    );
    assert_eq!(
        frame(|patch| patch.turn_detection.set(TurnDetection::Manual)),
        r#"{"type":"session.update","session":{"turn_detection":null},"event_id":"rp-1"}"#
    );
    let other = |patch: &mut realtime_proto::SessionPatch| {
        let json = RawJson::new(r#"{"type":"server_vad","eagerness":1}"#).unwrap();
        patch.turn_detection.set(TurnDetection::Other(json));
    };
    assert_eq!(
        frame(other),
        r#"{"type":"session.update","session":{"turn_detection":{"type":"server_vad","eagerness":1}},"event_id":"rp-1"}"#
    );
    assert_eq!(
        frame(|patch| patch.speed.set(1.5)),
        r#"{"type":"session.update","session":{"audio":{"output":{"speed":1.5}}},"event_id":"rp-1"}"#
    );
}

#[test]
fn what_the_server_would_not_see_is_refused_by_name() {
    type Change = fn(&mut realtime_proto::SessionPatch);
    let refused: [(Change, &'static str); 14] = [
        (
            |p| p.noise_reduction.set("near_field"),
            "configure.noise_reduction",
        ),
        (
            |p| p.parallel_tool_calls.set(true),
            "configure.parallel_tool_calls",
        ),
        (
            |p| p.max_output_tokens.set(9),
            "configure.max_output_tokens",
        ),
        (|p| p.truncation.set(json()), "configure.truncation"),
        (|p| p.tracing.set(json()), "configure.tracing"),
        (|p| p.prompt.set(json()), "configure.prompt"),
        (
            |p| p.metadata.set(vec![("a".into(), "b".into())]),
            "configure.metadata",
        ),
        (
            |p| p.input_format.set(AudioFormat::pcm16(12_000)),
            "configure.input_format",
        ),
        (
            |p| p.output_format.set(AudioFormat::opus(48_000)),
            "configure.output_format",
        ),
        (
            |p| p.modalities.set(vec![Modality::Video]),
            "configure.modalities",
        ),
        (
            |p| p.turn_detection.set(SemanticVad::default()),
            "configure.turn_detection",
        ),
        (
            |p| {
                p.input_transcription
                    .set(transcription(|t| t.delay = Some("low".into())));
            },
            "configure.input_transcription.delay",
        ),
        (
            |p| {
                p.input_transcription
                    .set(transcription(|t| t.prompt = Some("hm".into())));
            },
            "configure.input_transcription.prompt",
        ),
        (
            |p| {
                p.input_transcription
                    .set(transcription(|t| t.languages = vec!["en".into()]));
            },
            "configure.input_transcription.languages",
        ),
    ];
    for (change, name) in refused {
        refuses(patch(change), &unsupported(name));
    }
    let transcribe = patch(|patch| patch.kind.set(SessionKind::Transcription));
    refuses(transcribe, &SendError::Immutable { field: "kind" });
}

fn json() -> RawJson {
    RawJson::new("{}").unwrap()
}

fn transcription(change: fn(&mut InputTranscription)) -> InputTranscription {
    let mut transcription = InputTranscription::default();
    change(&mut transcription);
    transcription
}

#[test]
fn a_session_that_only_transcribes_is_told_to_be_impossible_and_opens_nothing() {
    let mut config = crate::config();
    config.session.kind = SessionKind::Transcription;
    let mut session = Session::new(config);
    let told: Vec<_> = core::iter::from_fn(|| session.poll_event()).collect();
    assert_eq!(names(&told), ["ready", "notice"]);
    assert_eq!(polled(&mut session), [""; 0]);
}

#[test]
fn no_function_can_be_called_as_one_of_the_provider_s() {
    let mut tool = weather();
    if let Tool::Function { name, .. } = &mut tool {
        *name = "x_user_search".into();
    }
    refuses(
        patch(|patch| patch.tools.set(vec![tool])),
        &SendError::Invalid { field: "tools" },
    );
}

#[test]
fn the_told_settings_are_read_in_whichever_words() {
    let mut session = session();
    let told = r#"{"type":"session.updated","session":{"instructions":"Be brief.","voice":"human_Eve","turn_detection":{"type":"server_vad","create_response":true,"interrupt_response":true},"input_audio_format":"not specified","output_audio_format":"not specified","input_audio_transcription":{"model":"grok-transcribe"},"audio":{"input":{"format":{"type":"audio/pcm","rate":16000},"transport":"json","transcription":{"model":"grok-transcribe","language_hint":"no","keyterms":["fjord"]}},"output":{"format":{"type":"audio/opus"}}},"tools":[{"type":"function","function":{"name":"get_weather"}}],"reasoning":{"effort":"high"}}}"#;
    hear(&mut session, told);
    let is = session.effective_config();
    assert_eq!(is.voice.as_deref(), Some("Eve"));
    assert_eq!(is.input_format, Some(AudioFormat::pcm16(16_000)));
    assert_eq!(is.output_format, Some(AudioFormat::opus(24_000)));
    assert_eq!(is.reasoning.as_deref(), Some("high"));
    let transcription = is.input_transcription.as_ref().unwrap();
    assert_eq!(transcription.language.as_deref(), Some("no"));
    assert_eq!(transcription.keywords, ["fjord"]);
    assert!(matches!(&is.tools[..], [Tool::Function { name, .. }] if name == "get_weather"));
}

#[test]
fn a_type_of_null_is_manual() {
    let session = session();
    let detection = &session.effective_config().turn_detection;
    assert_eq!(detection, &Some(TurnDetection::Manual));
}

#[test]
fn a_format_that_is_not_specified_is_the_one_that_was_asked_for() {
    let mut config = crate::config();
    config.session.output_format = Some(AudioFormat::pcmu());
    let mut session = Session::new(config);
    let told = r#"{"type":"session.updated","session":{"output_audio_format":"not specified"}}"#;
    hear(&mut session, told);
    hear(&mut session, crate::STARTED);
    let audio = r#"{"type":"response.output_audio.delta","response_id":"resp_1","item_id":"item_1","delta":"AAAA"}"#;
    let told = hear(&mut session, audio);
    let Some(Event::AudioDelta(audio)) = told.last() else {
        panic!("{told:?}");
    };
    assert_eq!(audio.format, AudioFormat::pcmu());
}

#[test]
fn what_is_not_told_is_as_it_was_asked_for() {
    let mut config = crate::config();
    config.session.turn_detection = Some(TurnDetection::Manual);
    config.session.instructions = Some("Be brief.".into());
    config.session.voice = Some("ara".into());
    let mut session = Session::new(config);
    hear(
        &mut session,
        r#"{"type":"session.created","session":{"id":"sess_1"}}"#,
    );
    let told = r#"{"type":"session.updated","session":{"id":"sess_1","voice":"xai_ara"}}"#;

    let told = hear(&mut session, told);

    let Some(Event::SessionUpdated(updated)) = told.first() else {
        panic!("{told:?}");
    };
    assert_eq!(updated.mismatches, [""; 0]);
    let is = session.effective_config();
    assert_eq!(is.turn_detection, Some(TurnDetection::Manual));
    assert_eq!(is.instructions.as_deref(), Some("Be brief."));
    assert_eq!(is.voice.as_deref(), Some("ara"));
}

#[test]
fn a_voice_that_is_another_is_a_mismatch_and_one_in_capitals_is_not() {
    let mismatches = |voice: &str| {
        let mut config = crate::config();
        config.session.voice = Some("Eve".into());
        let mut session = Session::new(config);
        let told = format!(r#"{{"type":"session.updated","session":{{"voice":"{voice}"}}}}"#);
        let told = hear(&mut session, &told);
        told.into_iter().find_map(|event| match event {
            Event::SessionUpdated(updated) => Some(updated.mismatches.len()),
            _ => None,
        })
    };
    assert_eq!(mismatches("human_eve"), Some(0));
    assert_eq!(mismatches("xai_ara"), Some(1));
}

#[test]
fn the_model_is_that_of_the_url() {
    let mut session = Session::new(crate::config());
    hear(&mut session, CREATED);
    let other = patch(|patch| patch.model.set("grok-voice-3.0"));
    assert_eq!(
        session.send(other),
        Err(SendError::Immutable { field: "model" })
    );
}
