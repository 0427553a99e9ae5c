//! Changes of the session's settings: flat. Absent keys keep, `null` clears.

use crate::{
    audio::{AudioFormat, Encoding},
    config::{
        InputTranscription, Modality, Patch, ServerVad, SessionKind, SessionPatch, ToolChoice,
        TurnDetection,
    },
    dialect::{
        Batch, Context,
        openai::{
            common::{labels, refuse, with_extra},
            settable,
            update::{
                chosen, count, flag, instructions, max, noise, number, optional, setting, strings,
                text, tools, turn_detection,
            },
        },
        refusals::refuse_those,
    },
    error::SendError,
    json::Object,
    state::Expect,
};

/// Settings that have no key.
const UNHEARD_OF: [&str; 4] = [
    "configure.speed",
    "configure.truncation",
    "configure.tracing",
    "configure.prompt",
];

pub(super) fn session(
    patch: &SessionPatch,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    check(patch, context)?;
    let session = with_extra(patch.extra.value(), |object| {
        settings(object, patch, context);
    })?;
    batch.frame("session.update", Expect::Settings, |frame| {
        frame.raw("session", &session);
    });
    Ok(())
}

fn check(patch: &SessionPatch, context: &Context) -> Result<(), SendError> {
    settable::kind(patch, context)?;
    settable::numbers(patch)?;
    let transcription = context.kind == SessionKind::Transcription;
    refuse(context, [(transcription, "configure.kind")])?;
    refuse_those(&UNHEARD_OF, patch, context)?;
    values(patch, context)
}

/// Keys that are there, with values that are not.
fn values(patch: &SessionPatch, context: &Context) -> Result<(), SendError> {
    let (input, output) = (patch.input_format.value(), patch.output_format.value());
    let wanted = patch.input_transcription.value();
    let idle = match patch.turn_detection.value() {
        Some(TurnDetection::ServerVad(vad)) => vad.idle_timeout_ms,
        _ => None,
    };
    let choice = patch.tool_choice.value();
    refuse(
        context,
        [
            (
                input.is_some_and(|format| !is_input(*format)),
                "configure.input_format",
            ),
            (
                output.is_some_and(|format| output_format_name(*format).is_none()),
                "configure.output_format",
            ),
            (
                matches!(choice, Some(ToolChoice::Mcp { .. })),
                "configure.tool_choice",
            ),
            (idle.is_some(), "configure.turn_detection.idle_timeout_ms"),
            (
                wanted.is_some_and(|wanted| wanted.delay.is_some()),
                "configure.input_transcription.delay",
            ),
            (
                wanted.is_some_and(|wanted| !wanted.languages.is_empty()),
                "configure.input_transcription.languages",
            ),
        ],
    )
}

/// Linear PCM at one of these rates, of one channel, or of two where the second is what plays.
fn is_input(format: AudioFormat) -> bool {
    let pcm = [8_000, 16_000, 24_000, 48_000].contains(&format.rate_hz);
    match format.encoding {
        Encoding::Pcm16 => pcm && (1..=2).contains(&format.channels),
        Encoding::Pcmu | Encoding::Pcma => format.rate_hz == 8_000 && format.channels == 1,
        Encoding::Opus | Encoding::Other => false,
    }
}

/// The name implies the rate.
pub(super) fn output_format_name(format: AudioFormat) -> Option<&'static str> {
    match (format.encoding, format.rate_hz, format.channels) {
        (Encoding::Pcm16, 24_000, 1) => Some("pcm16"),
        (Encoding::Pcm16, 16_000, 1) => Some("pcm16_16000hz"),
        (Encoding::Pcm16, 8_000, 1) => Some("pcm16_8000hz"),
        (Encoding::Pcmu, 8_000, 1) => Some("g711_ulaw"),
        (Encoding::Pcma, 8_000, 1) => Some("g711_alaw"),
        _ => None,
    }
}

fn settings(object: &mut Object<'_>, patch: &SessionPatch, context: &Context) {
    text(object, "model", &patch.model);
    setting(object, "modalities", &patch.modalities, |object, list| {
        modalities(object, list);
    });
    setting(object, "voice", &patch.voice, |object, name| {
        voice(object, name);
    });
    instructions(object, patch);
    input_format(object, &patch.input_format);
    let key = "output_audio_format";
    setting(object, key, &patch.output_format, |object, format| {
        object.plain(key, output_format_name(*format).unwrap_or("pcm16"));
    });
    turn_detection(object, patch, server_vad);
    noise(object, "input_audio_noise_reduction", patch);
    echo_cancellation(object, &patch.input_format);
    let key = "input_audio_transcription";
    setting(object, key, &patch.input_transcription, |object, wanted| {
        object.object(key, |object| transcription(object, wanted));
    });
    tools(object, patch);
    chosen(object, patch, context);
    let key = "parallel_tool_calls";
    setting(object, key, &patch.parallel_tool_calls, |object, value| {
        object.bool(key, *value);
    });
    number(object, "temperature", &patch.temperature);
    max(
        object,
        "max_response_output_tokens",
        &patch.max_output_tokens,
    );
    text(object, "reasoning_effort", &patch.reasoning);
    setting(object, "metadata", &patch.metadata, |object, pairs| {
        labels(object, "metadata", pairs);
    });
}

/// An avatar is what shows in video.
pub(super) fn modalities(object: &mut Object<'_>, modalities: &[Modality]) {
    object.array("modalities", |names| {
        for modality in modalities {
            names.str(match modality {
                Modality::Video => "avatar",
                other => other.as_str(),
            });
        }
    });
}

/// The names of Azure's voices begin with a locale, such as `en-US-AvaNeural`; the others' are one
/// word.
pub(super) fn voice(object: &mut Object<'_>, name: &str) {
    if name.contains('-') {
        object.object("voice", |voice| {
            voice.plain("type", "azure-standard").str("name", name);
        });
    } else {
        object.str("voice", name);
    }
}

fn input_format(object: &mut Object<'_>, patch: &Patch<AudioFormat>) {
    let key = "input_audio_sampling_rate";
    setting(object, key, patch, |object, format| {
        object.number(key, format.rate_hz);
    });
    let key = "input_audio_format";
    setting(object, key, patch, |object, format| {
        object.plain(
            key,
            match format.encoding {
                Encoding::Pcmu => "g711_ulaw",
                Encoding::Pcma => "g711_alaw",
                _ => "pcm16",
            },
        );
    });
}

/// A second channel has no other meaning than what the loudspeaker plays.
fn echo_cancellation(object: &mut Object<'_>, patch: &Patch<AudioFormat>) {
    if patch.value().is_some_and(|format| format.channels == 2) {
        object.object("input_audio_echo_cancellation", |echo| {
            echo.plain("type", "server_echo_cancellation")
                .plain("reference_source", "client")
                .number("channels", 2);
        });
    }
}

fn server_vad(object: &mut Object<'_>, vad: &ServerVad) {
    object.plain("type", "server_vad");
    if let Some(threshold) = vad.threshold {
        object.number("threshold", threshold);
    }
    count(object, "prefix_padding_ms", vad.prefix_padding_ms);
    count(object, "silence_duration_ms", vad.silence_duration_ms);
    flag(object, "create_response", vad.create_response);
    flag(object, "interrupt_response", vad.interrupt_response);
}

fn transcription(object: &mut Object<'_>, wanted: &InputTranscription) {
    optional(object, "model", wanted.model.as_deref());
    optional(object, "language", wanted.language.as_deref());
    optional(object, "prompt", wanted.prompt.as_deref());
    strings(object, "phrase_list", &wanted.keywords);
}
