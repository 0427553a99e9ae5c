//! `session.update` as a whole: where each setting stands, and among which others.

use crate::support::sends;
use realtime_proto::{Command, Dialect, SessionPatch};

/// Every setting that the dialect has a key for, each with a value.
const GA: &str = r#"{"model":"m","voice":"v","instructions":"i","modalities":["audio"],"input_format":{"encoding":"pcm16","rate_hz":24000},"output_format":{"encoding":"pcmu","rate_hz":8000},"speed":1.5,"turn_detection":{"type":"semantic_vad"},"input_transcription":{"model":"t"},"noise_reduction":"near_field","tools":[{"type":"function","name":"f"}],"tool_choice":{"type":"auto"},"parallel_tool_calls":true,"max_output_tokens":7,"reasoning":"low","truncation":"auto","tracing":"auto","prompt":{"id":"p"},"extra":{"include":["x"]}}"#;
const BETA: &str = r#"{"model":"m","voice":"v","instructions":"i","modalities":["text","audio"],"input_format":{"encoding":"pcm16","rate_hz":24000},"output_format":{"encoding":"pcmu","rate_hz":8000},"speed":1.5,"turn_detection":{"type":"semantic_vad"},"input_transcription":{"model":"t"},"noise_reduction":"near_field","tools":[{"type":"function","name":"f"}],"tool_choice":{"type":"auto"},"temperature":0.8,"max_output_tokens":7,"tracing":"auto","extra":{"client_secret":{"expires_after":{"seconds":60}}}}"#;

#[test]
fn ga_settings_are_nested_and_in_the_order_of_their_schema() {
    ga(
        GA,
        r#""audio":{"input":{"format":{"type":"audio/pcm","rate":24000},"noise_reduction":{"type":"near_field"},"transcription":{"model":"t"},"turn_detection":{"type":"semantic_vad"}},"output":{"format":{"type":"audio/pcmu"},"speed":1.5,"voice":"v"}},"instructions":"i","max_output_tokens":7,"model":"m","output_modalities":["audio"],"parallel_tool_calls":true,"prompt":{"id":"p"},"reasoning":{"effort":"low"},"tool_choice":"auto","tools":[{"type":"function","name":"f"}],"tracing":"auto","truncation":"auto","include":["x"]"#,
    );
}

#[test]
fn beta_settings_are_flat_and_in_the_order_of_their_schema() {
    beta(
        BETA,
        r#""input_audio_format":"pcm16","input_audio_noise_reduction":{"type":"near_field"},"input_audio_transcription":{"model":"t"},"instructions":"i","max_response_output_tokens":7,"modalities":["text","audio"],"model":"m","output_audio_format":"g711_ulaw","speed":1.5,"temperature":0.8,"tool_choice":"auto","tools":[{"type":"function","name":"f"}],"tracing":"auto","turn_detection":{"type":"semantic_vad"},"voice":"v","client_secret":{"expires_after":{"seconds":60}}"#,
    );
}

#[test]
fn all_settings_cleared() {
    ga(
        &cleared(GA),
        r#""audio":{"input":{"format":null,"noise_reduction":null,"transcription":null,"turn_detection":null},"output":{"format":null,"speed":null,"voice":null}},"instructions":"","max_output_tokens":null,"model":null,"output_modalities":null,"parallel_tool_calls":null,"prompt":null,"reasoning":null,"tool_choice":null,"tools":[],"tracing":null,"truncation":null"#,
    );
    beta(
        &cleared(BETA),
        r#""input_audio_format":null,"input_audio_noise_reduction":null,"input_audio_transcription":null,"instructions":"","max_response_output_tokens":null,"modalities":null,"model":null,"output_audio_format":null,"speed":null,"temperature":null,"tool_choice":null,"tools":[],"tracing":null,"turn_detection":null,"voice":null"#,
    );
}

#[test]
fn absent_null_and_a_value_are_three_frames_for_every_setting() {
    for (dialect, patch) in [(Dialect::OpenAi, GA), (Dialect::OpenAiBeta, BETA)] {
        let settings: serde_json::Map<_, _> = serde_json::from_str(patch).unwrap();
        for (key, value) in settings.iter().filter(|(key, _)| *key != "extra") {
            let beside = r#""extra":{"x":1}"#; // so that there is something to send at all
            let absent = update(dialect, &format!("{{{beside}}}"));
            let null = update(dialect, &format!(r#"{{"{key}":null,{beside}}}"#));
            let set = update(dialect, &format!(r#"{{"{key}":{value},{beside}}}"#));
            assert_eq!([absent.len(), null.len(), set.len()], [1; 3], "{key}");
            assert_ne!(absent, null, "{key}");
            assert_ne!(absent, set, "{key}");
            assert_ne!(null, set, "{key}");
        }
    }
}

#[test]
fn the_two_tables_leave_out_only_what_a_dialect_lacks() {
    let missing = |table: &str| -> Vec<String> {
        let table: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(table).unwrap();
        let settings = every_setting().into_iter();
        settings.filter(|key| !table.contains_key(key)).collect()
    };

    assert_eq!(missing(GA), ["kind", "temperature", "metadata"]);
    assert_eq!(
        missing(BETA),
        [
            "kind",
            "parallel_tool_calls",
            "reasoning",
            "truncation",
            "prompt",
            "metadata",
        ]
    );
}

/// Asserts that in GA the patch sends a session of these members, behind its type.
#[track_caller]
pub(crate) fn ga(patch: &str, members: &str) {
    let comma = if members.is_empty() { "" } else { "," };
    let frame = format!(
        r#"{{"type":"session.update","session":{{"type":"realtime"{comma}{members}}},"event_id":"rp-1"}}"#
    );
    sends(Dialect::OpenAi, configure(patch), &[&frame]);
}

/// Asserts that in the beta the patch sends a session of these members.
#[track_caller]
pub(crate) fn beta(patch: &str, members: &str) {
    let frame = format!(r#"{{"type":"session.update","session":{{{members}}},"event_id":"rp-1"}}"#);
    sends(Dialect::OpenAiBeta, configure(patch), &[&frame]);
}

#[track_caller]
fn configure(patch: &str) -> Command<'static> {
    let patch: SessionPatch = serde_json::from_str(patch).unwrap();
    Command::configure(patch)
}

/// The names of all settings that there are: `SessionPatch { kind: Keep, model: Keep, … }`.
fn every_setting() -> Vec<String> {
    let patch = format!("{:?}", SessionPatch::default());
    let fields = patch.split_once("{ ").unwrap().1;
    fields
        .split(", ")
        .map(|field| field.split_once(':').unwrap().0.to_owned())
        .collect()
}

/// The same settings, each cleared.
fn cleared(patch: &str) -> String {
    let mut settings: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(patch).unwrap();
    settings
        .values_mut()
        .for_each(|value| *value = serde_json::Value::Null);
    serde_json::to_string(&settings).unwrap()
}

fn update(dialect: Dialect, patch: &str) -> Vec<String> {
    let mut session = crate::support::ready(realtime_proto::Config::new(dialect));
    session.send(configure(patch)).unwrap();
    crate::support::polled(&mut session)
}
