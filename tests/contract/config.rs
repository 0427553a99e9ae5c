//! What is decided before a connection.

use crate::{distinct, is, reads};
use core::time::Duration;
use realtime_proto::{
    AudioFormat, BargeIn, Capabilities, Config, Configurable, Dialect, Encoding,
    InputTranscription, Limits, MaxTokens, Media, Modality, Patch, Policy, RawJson, ReadyOn,
    Resumes, Retain, SemanticVad, ServerVad, SessionConfig, SessionKind, SessionPatch, Tool,
    ToolChoice, ToolTurns, TurnDetection, Unheard,
};

#[test]
fn a_configuration() {
    let mut config: Config = Config::new(Dialect::OpenAi);
    let dialect: Dialect = config.dialect;
    assert_eq!(dialect, Dialect::OpenAi);
    config.session = SessionConfig::default();
    config.media = Media::Remote;
    config.media = Media::Inline;
    config.policy = Policy::default();
    config.limits = Limits::default();
    config.capabilities = Some(Capabilities::of(dialect));
    config.resume = Some(String::from("handle"));
    config.id_prefix = String::from("rp");
    config.unix_origin = Some(Duration::from_secs(1));
    config.max_session = Some(Duration::from_secs(1));
}

#[test]
fn dialects_are_these() {
    let names = [
        (Dialect::OpenAi, "openai"),
        (Dialect::OpenAiBeta, "openai-beta"),
        (Dialect::OpenAiTranslation, "openai-translation"),
        (Dialect::OpenAiLive, "openai-live"),
        (Dialect::AzureVoiceLive, "azure-voice-live"),
        (Dialect::Xai, "xai"),
        (Dialect::Gemini, "gemini"),
        (Dialect::GeminiVertex, "gemini-vertex"),
        (Dialect::Synaps, "synaps"),
        (Dialect::Pi, "pi"),
        (Dialect::NovaSonic, "nova-sonic"),
    ];
    for (dialect, name) in names {
        let copy = dialect;
        assert_eq!(copy.to_string(), name);
        assert_eq!(name.parse::<Dialect>().unwrap(), dialect);
    }
    assert_eq!(names.len(), Dialect::ALL.len());
}

#[test]
fn settings() {
    reads(|it: SessionConfig| {
        let _: SessionKind = it.kind;
        let _: [Option<String>; 5] = [
            it.model,
            it.voice,
            it.instructions,
            it.noise_reduction,
            it.reasoning,
        ];
        let _: Option<Vec<Modality>> = it.modalities;
        let _: [Option<AudioFormat>; 2] = [it.input_format, it.output_format];
        let _: [Option<f64>; 2] = [it.speed, it.temperature];
        let _: Option<TurnDetection> = it.turn_detection;
        let _: Option<InputTranscription> = it.input_transcription;
        let _: (Vec<Tool>, Option<ToolChoice>) = (it.tools, it.tool_choice);
        let _: Option<bool> = it.parallel_tool_calls;
        let _: Option<MaxTokens> = it.max_output_tokens;
        let _: [Option<RawJson>; 4] = [it.truncation, it.tracing, it.prompt, it.extra];
        let _: Vec<(String, String)> = it.metadata;
    });
    reads(|it: SessionPatch| {
        let _: Patch<SessionKind> = it.kind;
        let _: [Patch<String>; 5] = [
            it.model,
            it.voice,
            it.instructions,
            it.noise_reduction,
            it.reasoning,
        ];
        let _: Patch<Vec<Modality>> = it.modalities;
        let _: [Patch<AudioFormat>; 2] = [it.input_format, it.output_format];
        let _: [Patch<f64>; 2] = [it.speed, it.temperature];
        let _: Patch<TurnDetection> = it.turn_detection;
        let _: Patch<InputTranscription> = it.input_transcription;
        let _: (Patch<Vec<Tool>>, Patch<ToolChoice>) = (it.tools, it.tool_choice);
        let _: Patch<bool> = it.parallel_tool_calls;
        let _: Patch<MaxTokens> = it.max_output_tokens;
        let _: [Patch<RawJson>; 4] = [it.truncation, it.tracing, it.prompt, it.extra];
        let _: Patch<Vec<(String, String)>> = it.metadata;
    });
}

#[test]
fn a_patch_keeps_clears_or_sets_and_nothing_else() {
    let name = |patch: Patch<u8>| match patch {
        Patch::Keep => "keep",
        Patch::Clear => "clear",
        Patch::Set(_) => "set",
    };
    assert_eq!(name(Patch::default()), "keep");
    assert_eq!(SessionPatch::default().voice, Patch::Keep);
}

#[test]
fn kinds_of_settings() {
    reads(|it: TurnDetection| match it {
        TurnDetection::ServerVad(vad) => is::<ServerVad>(vad),
        TurnDetection::SemanticVad(vad) => is::<SemanticVad>(vad),
        TurnDetection::Other(json) => is::<RawJson>(json),
        TurnDetection::Manual | _ => {}
    });
    reads(|it: Tool| match it {
        Tool::Function {
            name,
            description,
            parameters,
            blocking,
        } => {
            let _: (String, Option<String>) = (name, description);
            let _: (Option<RawJson>, Option<bool>) = (parameters, blocking);
        }
        Tool::Mcp(json) | Tool::Builtin(json) => is::<RawJson>(json),
        _ => {}
    });
    distinct(&[SessionKind::Conversation, SessionKind::Transcription]);
    assert_eq!(
        [Modality::Text, Modality::Audio, Modality::Video].map(Modality::as_str),
        ["text", "audio", "video"]
    );
}

#[test]
fn audio_formats() {
    reads(|it: AudioFormat| {
        let _: (Encoding, u32, u8) = (it.encoding, it.rate_hz, it.channels);
    });
    let format: AudioFormat = AudioFormat::pcm16(24_000);
    let copy = format;
    let per_ms: Option<u32> = copy.bytes_per_ms();
    let mime: &str = format.mime();
    assert_eq!((per_ms, mime), (Some(48), "audio/pcm"));
    assert_eq!(format.duration(480), Some(Duration::from_millis(10)));
    assert_eq!(AudioFormat::pcmu().encoding, Encoding::Pcmu);
    assert_eq!(AudioFormat::pcma().encoding, Encoding::Pcma);
    distinct(&[
        Encoding::Pcm16,
        Encoding::Pcmu,
        Encoding::Pcma,
        Encoding::Opus,
        Encoding::Other,
    ]);
}

#[test]
fn policies() {
    let policy: Policy = Policy::passive();
    reads(|it: Policy| {
        let _: (BargeIn, Unheard) = (it.barge_in, it.unheard);
        let _: [bool; 4] = [
            it.estimate_playback,
            it.continue_after_tools,
            it.tag_responses,
            it.passive,
        ];
    });
    assert!(policy.passive);
    let default = Policy::default();
    assert_eq!(
        (default.barge_in, default.unheard),
        (BargeIn::OnSpeech, Unheard::Delete)
    );
    assert!(default.estimate_playback && default.continue_after_tools);
    assert!(!default.tag_responses && !default.passive);
    distinct(&[BargeIn::OnSpeech, BargeIn::OnCommit, BargeIn::Manual]);
    distinct(&[Unheard::Delete, Unheard::Truncate, Unheard::Skip]);
}

#[test]
fn limits() {
    reads(|it: Limits| {
        let _: [usize; 8] = [
            it.frame_bytes,
            it.nesting,
            it.outbox_bytes,
            it.items,
            it.open_calls,
            it.pending_commands,
            it.queued_events,
            it.tombstones,
        ];
        let _: [Duration; 3] = [it.held_audio, it.readiness, it.stall];
        if let Retain::Text { bytes } = it.conversation {
            is::<usize>(bytes);
        }
    });
    distinct(&[Retain::Off, Retain::Ids]);
}

#[test]
fn capabilities() {
    reads(|it: Capabilities| {
        let _: [bool; 14] = [
            it.cancel,
            it.truncate,
            it.delete,
            it.commit,
            it.clear,
            it.activity,
            it.out_of_band,
            it.response_metadata,
            it.server_continues_after_tools,
            it.tool_scheduling,
            it.tool_response_id,
            it.replaces_active,
            it.server_truncates,
            it.acknowledges,
        ];
        let _: (Configurable, ToolTurns, Resumes, ReadyOn) =
            (it.configure, it.tool_turns, it.resumes, it.ready_on);
        let _: [Vec<Modality>; 2] = [it.input, it.output];
    });
    distinct(&[Configurable::Anytime, Configurable::OpeningOnly]);
    distinct(&[ToolTurns::Split, ToolTurns::Joined]);
    distinct(&[Resumes::No, Resumes::Handle, Resumes::Conversation]);
    distinct(&[ReadyOn::SessionFrame, ReadyOn::AnyFrame, ReadyOn::AtOnce]);
}
