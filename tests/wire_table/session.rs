//! The session and its conversation.

use crate::{Rows, Table, the};
use realtime_proto::{AudioFormat, Encoding, ServerVad, SessionKind, TurnDetection};

pub(crate) fn rows(table: &mut Table) {
    conversation(table);
    told(table);
    transcription(table);
    beta_transcription(table);
}

fn conversation(table: &mut Table) {
    table.event(
        &["conversation.created"],
        r#"{"type":"conversation.created","event_id":"event_1","conversation":{"id":"conv_1","object":"realtime.conversation"}}"#,
        |rows| {
            let created = the!(rows, ConversationCreated);
            rows.event_id("event_1");
            rows.in_frame("conversation", r#""conversation":{"id""#);
            rows.is("conversation.id", created.conversation_id.as_deref(), Some("conv_1"));
            rows.in_frame("conversation.object", r#""object":"realtime.conversation""#);
        },
    );
}

/// Whichever comes first introduces the session.
fn told(table: &mut Table) {
    for name in [
        "session.created",
        "session.updated",
        "transcription_session.created",
        "transcription_session.updated",
    ] {
        let frame = format!(
            r#"{{"type":"{name}","event_id":"event_2","session":{{"id":"sess_1","model":"gpt-realtime"}}}}"#
        );
        table.event(&[name], &frame, |rows| {
            let ready = the!(rows, Ready);
            rows.event_id("event_2");
            rows.is(
                "session",
                &*ready.raw,
                r#"{"id":"sess_1","model":"gpt-realtime"}"#,
            );
            assert_eq!(
                rows.session.effective_config().model.as_deref(),
                Some("gpt-realtime")
            );
        });
    }
}

fn transcription(table: &mut Table) {
    let frame = r#"{"type":"session.created","session":{"id":"sess_2","object":"realtime.transcription_session","type":"transcription","expires_at":1790000000,"include":["item.input_audio_transcription.logprobs"],"audio":{"input":{"format":{"type":"audio/pcm","rate":16000},"noise_reduction":{"type":"far_field","strength":0.5},"transcription":{"model":"gpt-transcribe","language":"en","languages":["en","nl"],"prompt":"Names of boats.","keywords":["sloop"],"delay":"low"},"turn_detection":{"type":"server_vad","threshold":0.75,"prefix_padding_ms":250,"silence_duration_ms":450}}}}}"#;
    table.schema(
        "RealtimeTranscriptionSessionCreateResponse",
        frame,
        |rows| {
            let ready = the!(rows, Ready);
            let config = rows.session.effective_config();
            rows.is("id", ready.session_id.as_deref(), Some("sess_2"));
            rows.raw(
                "object",
                &ready.raw,
                r#""object":"realtime.transcription_session""#,
            );
            rows.is("type", config.kind, SessionKind::Transcription);
            rows.is("expires_at", ready.expires_at, Some(1_790_000_000));
            rows.raw(
                "include",
                &ready.raw,
                r#""include":["item.input_audio_transcription.logprobs"]"#,
            );
            rows.raw("audio", &ready.raw, r#""audio":{"input":{"#);
            rows.raw("audio.input", &ready.raw, r#""input":{"format":{"#);
            let format = config.input_format.unwrap();
            rows.is("audio.input.format", format, AudioFormat::pcm16(16_000));
            rows.is("audio.input.format.rate", format.rate_hz, 16_000);
            rows.is("audio.input.format.type", format.encoding, Encoding::Pcm16);
            input_of(rows);
            let vad = server_vad(rows);
            let detection = "audio.input.turn_detection";
            rows.is(detection, vad.idle_timeout_ms, None);
            rows.is(&format!("{detection}.type"), vad.create_response, None);
            rows.is(&format!("{detection}.threshold"), vad.threshold, Some(0.75));
            rows.is(
                &format!("{detection}.prefix_padding_ms"),
                vad.prefix_padding_ms,
                Some(250),
            );
            rows.is(
                &format!("{detection}.silence_duration_ms"),
                vad.silence_duration_ms,
                Some(450),
            );
        },
    );
}

/// Noise reduction and transcription, which all nested sessions have alike.
pub(crate) fn input_of(rows: &mut Rows<'_>) {
    let raw = the!(rows, Ready).raw;
    let config = rows.session.effective_config();
    let reduction = "audio.input.noise_reduction";
    rows.is(reduction, config.noise_reduction.is_some(), true);
    rows.is(
        &format!("{reduction}.type"),
        config.noise_reduction.as_deref(),
        Some("far_field"),
    );
    rows.raw(&format!("{reduction}.strength"), &raw, r#""strength":0.5"#);
    let path = |field: &str| format!("audio.input.transcription{field}");
    rows.is(&path(""), config.input_transcription.is_some(), true);
    let transcription = config.input_transcription.as_ref().unwrap();
    rows.is(
        &path(".model"),
        transcription.model.as_deref(),
        Some("gpt-transcribe"),
    );
    rows.is(
        &path(".language"),
        transcription.language.as_deref(),
        Some("en"),
    );
    rows.is(&path(".languages"), &transcription.languages, &["en", "nl"]);
    rows.is(
        &path(".prompt"),
        transcription.prompt.as_deref(),
        Some("Names of boats."),
    );
    rows.is(&path(".keywords"), &transcription.keywords, &["sloop"]);
    rows.is(&path(".delay"), transcription.delay.as_deref(), Some("low"));
}

pub(crate) fn server_vad(rows: &Rows<'_>) -> ServerVad {
    match &rows.session.effective_config().turn_detection {
        Some(TurnDetection::ServerVad(vad)) => vad.clone(),
        other => panic!("server_vad: {other:?}"),
    }
}

fn beta_transcription(table: &mut Table) {
    let frame = r#"{"type":"transcription_session.created","session":{"client_secret":{"value":"ek_1","expires_at":1790000060},"modalities":["text","audio"],"input_audio_format":"g711_ulaw","input_audio_transcription":{"model":"whisper-1","language":"de","prompt":"Boats."},"turn_detection":{"type":"server_vad","threshold":0.25,"prefix_padding_ms":300,"silence_duration_ms":500}}}"#;
    table.schema("Beta.TranscriptionSession", frame, |rows| {
        let raw = the!(rows, Ready).raw;
        let config = rows.session.effective_config();
        assert_eq!(config.kind, SessionKind::Transcription);
        rows.raw("client_secret", &raw, r#""client_secret":{"value""#);
        rows.raw("client_secret.value", &raw, r#""value":"ek_1""#);
        rows.raw(
            "client_secret.expires_at",
            &raw,
            r#""expires_at":1790000060"#,
        );
        let modalities = config.modalities.as_ref().unwrap();
        let names: Vec<_> = modalities.iter().map(|each| each.as_str()).collect();
        rows.is("modalities", names, ["text", "audio"]);
        rows.is(
            "input_audio_format",
            config.input_format,
            Some(AudioFormat::pcmu()),
        );
        let transcription = config.input_transcription.as_ref();
        rows.is("input_audio_transcription", transcription.is_some(), true);
        let transcription = transcription.unwrap();
        let path = |field: &str| format!("input_audio_transcription.{field}");
        rows.is(
            &path("model"),
            transcription.model.as_deref(),
            Some("whisper-1"),
        );
        rows.is(
            &path("language"),
            transcription.language.as_deref(),
            Some("de"),
        );
        rows.is(
            &path("prompt"),
            transcription.prompt.as_deref(),
            Some("Boats."),
        );
        let vad = server_vad(rows);
        rows.is("turn_detection", vad.interrupt_response, None);
        rows.is("turn_detection.type", vad.create_response, None);
        rows.is("turn_detection.threshold", vad.threshold, Some(0.25));
        rows.is(
            "turn_detection.prefix_padding_ms",
            vad.prefix_padding_ms,
            Some(300),
        );
        rows.is(
            "turn_detection.silence_duration_ms",
            vad.silence_duration_ms,
            Some(500),
        );
    });
}
