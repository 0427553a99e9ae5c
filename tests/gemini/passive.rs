//! Passive sessions: what a client writes is followed, and nothing is originated.

use crate::support::{AUDIO, CALL, GENERATED, OVER, READY, manual, polled, sent, told, vertex};
use realtime_proto::{
    AudioFormat, Close, Command, Config, Dialect, Event, InputTranscription, Lane, MaxTokens,
    Modality, Plan, Policy, RawJson, ServerVad, Session, SessionConfig, Tool, TurnDetection,
};

const SETUP: &str = r#"{"setup":{}}"#;
const MANUAL: &str =
    r#"{"setup":{"realtimeInputConfig":{"automaticActivityDetection":{"disabled":true}}}}"#;
const START: &str = r#"{"realtimeInput":{"activityStart":{}}}"#;
const END: &str = r#"{"realtimeInput":{"activityEnd":{}}}"#;

fn passive(dialect: Dialect) -> Session {
    let mut config = Config::new(dialect);
    config.policy = Policy::passive();
    Session::new(config)
}

/// Client frames, one behind the other: each leaves as it is.
#[track_caller]
fn say(session: &mut Session, frames: &[&str]) {
    for frame in frames {
        session.send(Command::raw(frame)).unwrap();
        assert_eq!(sent(session), [*frame]);
    }
}

/// A session that follows a client with these settings, ready.
fn following(setup: &str) -> Session {
    let mut session = passive(Dialect::Gemini);
    say(&mut session, &[setup]);
    told(&mut session, &[READY]);
    polled(&mut session);
    session
}

fn everything() -> SessionConfig {
    let schema = RawJson::new(r#"{"type":"object"}"#).unwrap();
    let mut weather = Tool::function("get_weather", "Weather", schema);
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
    let mut session = SessionConfig::default();
    session.model = Some("gemini-3.8-live".into());
    session.modalities = Some(vec![Modality::Audio]);
    session.temperature = Some(0.7);
    session.max_output_tokens = Some(MaxTokens::Count(900));
    session.voice = Some("Puck".into());
    session.reasoning = Some("low".into());
    session.instructions = Some("Be \"brief\".".into());
    let search = RawJson::new(r#"{"googleSearch":{}}"#).unwrap();
    session.tools = vec![weather, Tool::Builtin(search)];
    session.turn_detection = Some(vad.into());
    session.input_transcription = Some(words);
    session.truncation = Some(RawJson::new(r#"{"slidingWindow":{}}"#).unwrap());
    session.metadata = vec![("team".into(), "a".into())];
    session
}

fn setup_of(session: SessionConfig) -> String {
    let mut config = Config::new(Dialect::Gemini);
    config.session = session;
    sent(&mut Session::new(config)).remove(0)
}

#[test]
fn the_settings_are_those_of_the_setup() {
    assert_eq!(
        *following(SETUP).effective_config(),
        SessionConfig::default()
    );
    let session = following(&setup_of(everything()));
    assert_eq!(*session.effective_config(), everything());
    let session = following(MANUAL);
    let detection = &session.effective_config().turn_detection;
    assert_eq!(*detection, Some(TurnDetection::Manual));
}

#[test]
fn a_setup_is_read_in_both_spellings() {
    let mut wanted = SessionConfig::default();
    wanted.voice = Some("Puck".into());
    wanted.modalities = Some(vec![Modality::Text]);
    let mut words = InputTranscription::default();
    words.languages = vec!["de".into(), "no".into()];
    wanted.input_transcription = Some(words);
    let setup = r#"{"setup":{"generation_config":{"response_modalities":["TEXT"],"speech_config":{"voice_config":{"prebuilt_voice_config":{"voice_name":"Puck"}}}},"input_audio_transcription":{"language_codes":["de","no"]}}}"#;
    assert_eq!(*following(setup).effective_config(), wanted);
}

#[test]
fn a_later_change_of_the_context_is_followed() {
    let mut session = following(&setup_of(everything()));
    let update =
        r#"{"contextUpdate":{"systemInstruction":{"parts":[{"text":"Be long."}]},"tools":{}}}"#;
    say(&mut session, &[update]);
    assert_eq!(polled(&mut session), ["session_updated", "rp-2 sent"]);
    let mut wanted = everything();
    wanted.instructions = Some("Be long.".into());
    wanted.tools = Vec::new();
    assert_eq!(*session.effective_config(), wanted);
}

#[test]
fn the_marks_of_the_user_s_activity_are_the_edges_of_a_turn() {
    let mut session = following(MANUAL);
    say(&mut session, &[START]);
    assert_eq!(polled(&mut session), ["turn i1 began", "rp-2 sent"]);
    say(&mut session, &[END]);
    assert_eq!(polled(&mut session), ["turn i1 committed", "rp-3 sent"]);
    let told = told(&mut session, &[AUDIO, GENERATED, OVER]);
    assert_eq!(told[0], "reply r1 began");
}

#[test]
fn a_caller_s_own_marks_may_be_written_by_somebody_else_too() {
    let mut session = manual();
    say(&mut session, &[START]);
    assert_eq!(polled(&mut session), ["turn i1 began", "rp-2 sent"]);
}

#[test]
fn the_rate_of_the_user_s_audio_is_the_one_it_comes_with() {
    let mut session = following(SETUP);
    let audio = r#"{"realtimeInput":{"audio":{"data":"AAAA","mimeType":"audio/pcm;rate=8000"}}}"#;
    say(&mut session, &[audio]);
    let format = session.effective_config().input_format;
    assert_eq!(format, Some(AudioFormat::pcm16(8_000)));
}

#[test]
fn every_turn_of_a_history_stands_in_the_conversation() {
    let mut session = following(SETUP);
    let history = r#"{"clientContent":{"turns":[{"role":"user","parts":[{"text":"Weather?"}]},{"role":"model","parts":[{"text":"Four degrees."}]},{"parts":[{"text":"And now?"}]}],"turnComplete":true}}"#;
    say(&mut session, &[history]);
    let items = session.conversation().items();
    let said: Vec<_> = items.map(|item| item.text(Lane::Display)).collect();
    assert_eq!(
        said,
        [Some("Weather?"), Some("Four degrees."), Some("And now?")]
    );
}

#[test]
fn a_handle_that_was_refused_is_not_tried_again() {
    let mut session = passive(Dialect::Gemini);
    say(
        &mut session,
        &[r#"{"setup":{"sessionResumption":{"handle":"old"}}}"#],
    );
    session.disconnected(Close::code(1007, "Request contains an invalid argument."));
    let plan = core::iter::from_fn(|| session.poll_event()).find_map(|event| match event {
        Event::Closed(closed) => Some(closed.plan),
        _ => None,
    });
    assert_eq!(plan, Some(Plan::Replay));
}

#[test]
fn a_call_is_answered_by_its_id_or_where_it_has_none_by_its_name() {
    let cancelled = r#"{"toolCallCancellation":{"ids":["fc-1"]}}"#;
    let answer = r#"{"toolResponse":{"functionResponses":[{"id":"fc-1","response":{}}]}}"#;
    let more = r#"{"toolResponse":{"functionResponses":[{"id":"fc-1","response":{},"willContinue":true}]}}"#;
    for (frames, ends) in [(vec![more], false), (vec![more, answer], true)] {
        let mut session = following(SETUP);
        told(&mut session, &[CALL]);
        say(&mut session, &frames);
        polled(&mut session);
        let taken = told(&mut session, &[cancelled]);
        assert_eq!(taken == [r#"calls ["fc-1"] server"#], !ends, "{taken:?}");
    }
    let nameless =
        r#"{"toolCall":{"functionCalls":[{"name":"f","args":{}},{"name":"g","args":{}}]}}"#;
    let named = r#"{"toolResponse":{"functionResponses":[{"name":"g","response":{}}]}}"#;
    let mut session = vertex();
    told(&mut session, &[nameless]);
    say(&mut session, &[named]);
    session.disconnected(Close::lost());
    let closed = polled(&mut session);
    assert!(
        closed.contains(&r#"calls ["c1"] closed"#.into()),
        "{closed:?}"
    );
}
