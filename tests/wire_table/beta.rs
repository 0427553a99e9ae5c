//! The settings of a session before the general release: flat.

use crate::{
    Table, session,
    settings::{created, tracing_of},
    the,
};
use realtime_proto::{AudioFormat, MaxTokens, Modality, Tool, ToolChoice, TurnDetection};

pub(crate) fn rows(table: &mut Table) {
    basics(table);
    tools(table);
}

const BETA: &str = "Beta.Session";

fn basics(table: &mut Table) {
    let frame = created(
        r#""id":"sess_3","model":"gpt-4o-realtime-preview","modalities":["text","audio"],"instructions":"Be kind.","voice":"sage","speed":0.75,"temperature":0.6,"max_response_output_tokens":"inf","input_audio_format":"pcm16","output_audio_format":"g711_alaw","input_audio_noise_reduction":{"type":"near_field"},"input_audio_transcription":{"model":"whisper-1","language":"fr","prompt":"Boats."},"tool_choice":"auto","tracing":{"workflow_name":"desk","group_id":"g1","metadata":{"a":1}}"#,
    );
    table.schema(BETA, &frame, |rows| {
        let ready = the!(rows, Ready);
        let config = rows.session.effective_config();
        rows.is("id", ready.session_id.as_deref(), Some("sess_3"));
        rows.is(
            "model",
            ready.model.as_deref(),
            Some("gpt-4o-realtime-preview"),
        );
        let both = [Modality::Text, Modality::Audio];
        rows.is("modalities", config.modalities.as_deref(), Some(&both[..]));
        rows.is(
            "instructions",
            config.instructions.as_deref(),
            Some("Be kind."),
        );
        assert_eq!(ready.voice.as_deref(), Some("sage"));
        rows.is("voice", config.voice.as_deref(), Some("sage"));
        rows.is("speed", config.speed, Some(0.75));
        rows.is("temperature", config.temperature, Some(0.6));
        rows.is(
            "max_response_output_tokens",
            config.max_output_tokens,
            Some(MaxTokens::Infinite),
        );
        rows.is(
            "input_audio_format",
            config.input_format,
            Some(AudioFormat::pcm16(24_000)),
        );
        rows.is(
            "output_audio_format",
            config.output_format,
            Some(AudioFormat::pcma()),
        );
        rows.is(
            "input_audio_noise_reduction",
            config.noise_reduction.is_some(),
            true,
        );
        let reduction = config.noise_reduction.as_deref();
        rows.is(
            "input_audio_noise_reduction.type",
            reduction,
            Some("near_field"),
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
            Some("fr"),
        );
        rows.is(
            &path("prompt"),
            transcription.prompt.as_deref(),
            Some("Boats."),
        );
        rows.is(
            "tool_choice",
            config.tool_choice.as_ref(),
            Some(&ToolChoice::Auto),
        );
        tracing_of(rows, config.tracing.as_ref().unwrap().get());
    });
}

fn tools(table: &mut Table) {
    let frame = created(
        r#""modalities":["text"],"turn_detection":{"type":"server_vad","threshold":0.5,"prefix_padding_ms":300,"silence_duration_ms":200,"create_response":true,"interrupt_response":true},"tools":[{"type":"function","name":"get_tide","description":"The tide.","parameters":{"type":"object"}}]"#,
    );
    table.schema(BETA, &frame, |rows| {
        let tools = &rows.session.effective_config().tools;
        rows.is("tools", tools.len(), 1);
        let Tool::Function {
            name,
            description,
            parameters,
            ..
        } = &tools[0]
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
        let parameters = parameters.as_ref().unwrap().get();
        rows.is("tools[].parameters", parameters, r#"{"type":"object"}"#);
        let vad = session::server_vad(rows);
        rows.is("turn_detection", vad.idle_timeout_ms, None);
        rows.is("turn_detection.type", vad.threshold.is_some(), true);
        rows.is("turn_detection.threshold", vad.threshold, Some(0.5));
        rows.is(
            "turn_detection.prefix_padding_ms",
            vad.prefix_padding_ms,
            Some(300),
        );
        rows.is(
            "turn_detection.silence_duration_ms",
            vad.silence_duration_ms,
            Some(200),
        );
        rows.is(
            "turn_detection.create_response",
            vad.create_response,
            Some(true),
        );
        rows.is(
            "turn_detection.interrupt_response",
            vad.interrupt_response,
            Some(true),
        );
    });
    let semantic = created(r#""turn_detection":{"type":"semantic_vad","eagerness":"low"}"#);
    table.schema(BETA, &semantic, |rows| {
        let Some(TurnDetection::SemanticVad(vad)) = &rows.session.effective_config().turn_detection
        else {
            panic!("it is semantic");
        };
        rows.is(
            "turn_detection.eagerness",
            vad.eagerness.as_deref(),
            Some("low"),
        );
    });
}
