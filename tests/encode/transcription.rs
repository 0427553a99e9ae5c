//! Sessions that only transcribe: their own kind in GA, their own event in the beta.

use crate::support::{CREATED, polled, refuses, unsupported};
use realtime_proto::{
    Command, Config, CreateResponse, Dialect, Session, SessionKind, SessionPatch,
};

const SETTINGS: &str = r#"{"input_format":{"encoding":"pcmu","rate_hz":8000},"noise_reduction":"near_field","input_transcription":{"model":"gpt-4o-transcribe","language":"de"},"turn_detection":{"type":"server_vad","silence_duration_ms":500},"extra":{"include":["item.input_audio_transcription.logprobs"]}}"#;
const GA: &str = r#"{"type":"session.update","session":{"type":"transcription","audio":{"input":{"format":{"type":"audio/pcmu"},"noise_reduction":{"type":"near_field"},"transcription":{"language":"de","model":"gpt-4o-transcribe"},"turn_detection":{"type":"server_vad","silence_duration_ms":500}}},"include":["item.input_audio_transcription.logprobs"]},"event_id":"rp-1"}"#;
const BETA: &str = r#"{"type":"transcription_session.update","session":{"input_audio_format":"g711_ulaw","input_audio_noise_reduction":{"type":"near_field"},"input_audio_transcription":{"language":"de","model":"gpt-4o-transcribe"},"turn_detection":{"type":"server_vad","silence_duration_ms":500},"include":["item.input_audio_transcription.logprobs"]},"event_id":"rp-1"}"#;

#[test]
fn the_opening_configuration() {
    for (dialect, frame) in [(Dialect::OpenAi, GA), (Dialect::OpenAiBeta, BETA)] {
        let mut config = Config::new(dialect);
        config.session = serde_json::from_str(SETTINGS).unwrap();
        config.session.kind = SessionKind::Transcription;

        let mut session = Session::new(config);

        assert_eq!(polled(&mut session), [frame]);
    }
}

#[test]
fn the_kind_alone_is_worth_an_opening() {
    for (dialect, frame) in [
        (
            Dialect::OpenAi,
            r#"{"type":"session.update","session":{"type":"transcription"},"event_id":"rp-1"}"#,
        ),
        (
            Dialect::OpenAiBeta,
            r#"{"type":"transcription_session.update","session":{},"event_id":"rp-1"}"#,
        ),
    ] {
        assert_eq!(polled(&mut Session::new(transcribing(dialect))), [frame]);
    }
}

#[test]
fn changes_go_the_same_way() {
    for (dialect, frame) in [(Dialect::OpenAi, GA), (Dialect::OpenAiBeta, BETA)] {
        let mut session = opened(dialect);

        session.send(configure(SETTINGS)).unwrap();

        assert_eq!(polled(&mut session), [frame.replace("rp-1", "rp-2")]);
    }
}

#[test]
fn cleared_settings_are_null() {
    let patch = r#"{"input_format":null,"noise_reduction":null,"input_transcription":null,"turn_detection":null}"#;
    for (dialect, frame) in [
        (
            Dialect::OpenAi,
            r#"{"type":"session.update","session":{"type":"transcription","audio":{"input":{"format":null,"noise_reduction":null,"transcription":null,"turn_detection":null}}},"event_id":"rp-2"}"#,
        ),
        (
            Dialect::OpenAiBeta,
            r#"{"type":"transcription_session.update","session":{"input_audio_format":null,"input_audio_noise_reduction":null,"input_audio_transcription":null,"turn_detection":null},"event_id":"rp-2"}"#,
        ),
    ] {
        let mut session = opened(dialect);
        session.send(configure(patch)).unwrap();
        assert_eq!(polled(&mut session), [frame]);
    }
}

#[test]
fn modalities_are_the_betas_alone() {
    let mut beta = opened(Dialect::OpenAiBeta);
    beta.send(configure(r#"{"modalities":["text"]}"#)).unwrap();
    assert_eq!(
        polled(&mut beta),
        [
            r#"{"type":"transcription_session.update","session":{"modalities":["text"]},"event_id":"rp-2"}"#
        ]
    );
    refuses(
        &transcribing(Dialect::OpenAi),
        configure(r#"{"modalities":["text"]}"#),
        &unsupported(Dialect::OpenAi, "configure.modalities"),
    );
}

#[test]
fn nothing_is_said_about_replies() {
    for dialect in [Dialect::OpenAi, Dialect::OpenAiBeta] {
        for (patch, name) in [
            (r#"{"model":"m"}"#, "configure.model"),
            (r#"{"voice":"v"}"#, "configure.voice"),
            (r#"{"instructions":null}"#, "configure.instructions"),
            (
                r#"{"output_format":{"encoding":"pcmu","rate_hz":8000}}"#,
                "configure.output_format",
            ),
            (r#"{"speed":1}"#, "configure.speed"),
            (r#"{"tools":[]}"#, "configure.tools"),
            (
                r#"{"tool_choice":{"type":"auto"}}"#,
                "configure.tool_choice",
            ),
            (
                r#"{"parallel_tool_calls":true}"#,
                "configure.parallel_tool_calls",
            ),
            (r#"{"temperature":0.8}"#, "configure.temperature"),
            (r#"{"max_output_tokens":1}"#, "configure.max_output_tokens"),
            (r#"{"reasoning":"low"}"#, "configure.reasoning"),
            (r#"{"truncation":"auto"}"#, "configure.truncation"),
            (r#"{"tracing":null}"#, "configure.tracing"),
            (r#"{"prompt":null}"#, "configure.prompt"),
        ] {
            refuses(
                &transcribing(dialect),
                configure(patch),
                &unsupported(dialect, name),
            );
        }
    }
}

#[test]
fn no_reply_can_be_asked_for() {
    for dialect in [Dialect::OpenAi, Dialect::OpenAiBeta] {
        let config = transcribing(dialect);
        let mut out_of_band = CreateResponse::new();
        out_of_band.out_of_band = true;
        refuses(
            &config,
            Command::create_response(),
            &unsupported(dialect, "create_response"),
        );
        refuses(
            &config,
            out_of_band,
            &unsupported(dialect, "create_response"),
        );
        refuses(
            &config,
            Command::text("hi"),
            &unsupported(dialect, "send_text.respond"),
        );
    }
}

fn transcribing(dialect: Dialect) -> Config {
    let mut config = Config::new(dialect);
    config.session.kind = SessionKind::Transcription;
    config
}

/// A session that has sent what it is: its first number is taken.
fn opened(dialect: Dialect) -> Session {
    let mut session = Session::new(transcribing(dialect));
    polled(&mut session);
    let _ = session.receive(CREATED);
    session
}

fn configure(patch: &str) -> Command<'static> {
    let patch: SessionPatch = serde_json::from_str(patch).unwrap();
    Command::configure(patch)
}
