//! Changes of the session's settings: voice and turn detection flat, the rest of audio nested.

use super::FUNCTIONS;
use crate::{
    audio::{AudioFormat, Encoding},
    config::{
        InputTranscription, Patch, ServerVad, SessionKind, SessionPatch, Tool, TurnDetection,
    },
    dialect::{
        Batch, Context,
        openai::{
            common::{
                choice, format_object, has_modalities, modalities, reasoning, refuse, with_extra,
            },
            settable,
            update::{count, flag, instructions, number, optional, setting, strings, text, tools},
        },
        refusals::refuse_those,
    },
    error::SendError,
    json::Object,
    state::Expect,
};

/// The sampling rates of linear PCM that the server takes and gives.
const RATES: [u32; 8] = [
    8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000,
];

pub(super) fn session(
    patch: &SessionPatch,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    check(patch, context)?;
    let session = with_extra(patch.extra.value(), |object| write(object, patch, context))?;
    batch.frame("session.update", Expect::Settings, |frame| {
        frame.raw("session", &session);
    });
    Ok(())
}

/// Refuses what the server would refuse, or would not even see.
fn check(patch: &SessionPatch, context: &Context) -> Result<(), SendError> {
    settable::kind(patch, context)?;
    settable::numbers(patch)?;
    let transcription = context.kind == SessionKind::Transcription;
    refuse(context, [(transcription, "configure.kind")])?;
    refuse_those(&UNHEARD_OF, patch, context)?;
    refuse(context, impossible(patch))?;
    names(patch)
}

/// The server takes no function by a name of its own.
fn names(patch: &SessionPatch) -> Result<(), SendError> {
    let taken = |tool: &Tool| match tool {
        Tool::Function { name, .. } => FUNCTIONS.contains(&&**name),
        _ => false,
    };
    if patch
        .tools
        .value()
        .is_some_and(|tools| tools.iter().any(taken))
    {
        return Err(SendError::Invalid { field: "tools" });
    }
    Ok(())
}

/// Settings that have no key.
const UNHEARD_OF: [&str; 7] = [
    "configure.noise_reduction",
    "configure.parallel_tool_calls",
    "configure.max_output_tokens",
    "configure.truncation",
    "configure.tracing",
    "configure.prompt",
    "configure.metadata",
];

/// Keys that are there, with values that are not.
fn impossible(patch: &SessionPatch) -> [(bool, &'static str); 7] {
    let has_no_format =
        |format: &Patch<AudioFormat>| format.value().is_some_and(|f| !is_format(*f));
    let modalities = patch.modalities.value();
    let semantic = matches!(
        patch.turn_detection.value(),
        Some(TurnDetection::SemanticVad(_))
    );
    let wanted = patch.input_transcription.value();
    let wants = |has: fn(&InputTranscription) -> bool| wanted.is_some_and(has);
    [
        (has_no_format(&patch.input_format), "configure.input_format"),
        (
            has_no_format(&patch.output_format),
            "configure.output_format",
        ),
        (
            modalities.is_some_and(|list| !has_modalities(list)),
            "configure.modalities",
        ),
        (semantic, "configure.turn_detection"),
        (
            wants(|wanted| wanted.delay.is_some()),
            "configure.input_transcription.delay",
        ),
        (
            wants(|wanted| wanted.prompt.is_some()),
            "configure.input_transcription.prompt",
        ),
        (
            wants(|wanted| !wanted.languages.is_empty()),
            "configure.input_transcription.languages",
        ),
    ]
}

fn is_format(format: AudioFormat) -> bool {
    let rates: &[u32] = match format.encoding {
        Encoding::Pcm16 => &RATES,
        Encoding::Pcmu | Encoding::Pcma => &[8_000],
        Encoding::Opus => &[24_000],
        Encoding::Other => &[],
    };
    rates.contains(&format.rate_hz) && format.channels == 1
}

fn write(object: &mut Object<'_>, patch: &SessionPatch, context: &Context) {
    text(object, "model", &patch.model);
    instructions(object, patch);
    text(object, "voice", &patch.voice);
    setting(object, "reasoning", &patch.reasoning, |object, effort| {
        reasoning(object, effort);
    });
    turn_detection(object, patch);
    audio(object, patch);
    tools(object, patch);
    let key = "tool_choice";
    setting(object, key, &patch.tool_choice, |object, chosen| {
        choice(object, chosen, context);
    });
    let key = "modalities";
    setting(object, key, &patch.modalities, |object, list| {
        modalities(object, key, list);
    });
    number(object, "temperature", &patch.temperature);
}

fn audio(object: &mut Object<'_>, patch: &SessionPatch) {
    let input = !(patch.input_format.is_keep() && patch.input_transcription.is_keep());
    let output = !(patch.output_format.is_keep() && patch.speed.is_keep());
    if !input && !output {
        return;
    }
    object.object("audio", |audio| {
        if input {
            audio.object("input", |input| {
                format(input, &patch.input_format);
                transcription(input, patch);
            });
        }
        if output {
            audio.object("output", |output| {
                format(output, &patch.output_format);
                number(output, "speed", &patch.speed);
            });
        }
    });
}

fn format(object: &mut Object<'_>, patch: &Patch<AudioFormat>) {
    setting(object, "format", patch, |object, format| {
        format_object(object, "format", *format);
    });
}

fn transcription(object: &mut Object<'_>, patch: &SessionPatch) {
    let key = "transcription";
    setting(object, key, &patch.input_transcription, |object, wanted| {
        object.object(key, |object| {
            optional(object, "model", wanted.model.as_deref());
            optional(object, "language_hint", wanted.language.as_deref());
            strings(object, "keyterms", &wanted.keywords);
        });
    });
}

/// Cleared and manual are the same `null`.
fn turn_detection(object: &mut Object<'_>, patch: &SessionPatch) {
    const KEY: &str = "turn_detection";
    setting(
        object,
        KEY,
        &patch.turn_detection,
        |object, wanted| match wanted {
            TurnDetection::ServerVad(vad) => {
                object.object(KEY, |object| server_vad(object, vad));
            }
            TurnDetection::Other(json) => {
                object.raw(KEY, json.get());
            }
            TurnDetection::Manual | TurnDetection::SemanticVad(_) => {
                object.null(KEY);
            }
        },
    );
}

/// What the server does where nothing is said of `create_response` cannot be relied on.
fn server_vad(object: &mut Object<'_>, vad: &ServerVad) {
    object.plain("type", "server_vad");
    if let Some(threshold) = vad.threshold {
        object.number("threshold", threshold);
    }
    count(object, "prefix_padding_ms", vad.prefix_padding_ms);
    count(object, "silence_duration_ms", vad.silence_duration_ms);
    count(object, "idle_timeout_ms", vad.idle_timeout_ms);
    object.bool("create_response", vad.create_response.unwrap_or(true));
    flag(object, "interrupt_response", vad.interrupt_response);
}
