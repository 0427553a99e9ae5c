//! Changes of the session's settings, nested (GA) or flat (beta). Absent keys keep, `null` clears.

use super::common::{
    choice, format_name, format_object, max_tokens, modalities, reasoning, voice, with_extra,
};
use super::{common, settable};
use crate::{
    audio::AudioFormat,
    config::{
        Dialect, InputTranscription, MaxTokens, Patch, RawJson, SemanticVad, ServerVad,
        SessionKind, SessionPatch, TurnDetection,
    },
    dialect::{Batch, Context},
    error::SendError,
    json::Object,
    state::Expect,
};
use alloc::string::String;

pub(super) fn session(
    patch: &SessionPatch,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    settable::check(patch, context)?;
    let beta = context.dialect == Dialect::OpenAiBeta;
    let transcription = context.kind == SessionKind::Transcription;
    let session = with_extra(patch.extra.value(), |object| match (beta, transcription) {
        (true, true) => beta_transcription(object, patch),
        (true, false) => beta_session(object, patch, context),
        (false, _) => ga_session(object, patch, context),
    })?;
    let kind = if beta && transcription {
        "transcription_session.update"
    } else {
        "session.update"
    };
    batch.frame(kind, Expect::Settings, |frame| {
        frame.raw("session", &session);
    });
    Ok(())
}

/// Writes a setting: nothing, `null`, or what `set` writes.
pub(in crate::dialect) fn setting<T>(
    object: &mut Object<'_>,
    key: &str,
    patch: &Patch<T>,
    set: impl FnOnce(&mut Object<'_>, &T),
) {
    match patch {
        Patch::Keep => {}
        Patch::Clear => {
            object.null(key);
        }
        Patch::Set(value) => set(object, value),
    }
}

pub(in crate::dialect) fn text(object: &mut Object<'_>, key: &str, patch: &Patch<String>) {
    setting(object, key, patch, |object, text| {
        object.str(key, text);
    });
}

fn json(object: &mut Object<'_>, key: &str, patch: &Patch<RawJson>) {
    setting(object, key, patch, |object, json| {
        object.raw(key, json.get());
    });
}

pub(in crate::dialect) fn number(object: &mut Object<'_>, key: &str, patch: &Patch<f64>) {
    setting(object, key, patch, |object, number| {
        object.number(key, number);
    });
}

/// Which kind of session it is stands in every update.
fn ga_session(object: &mut Object<'_>, patch: &SessionPatch, context: &Context) {
    let kind = match context.kind {
        SessionKind::Transcription => "transcription",
        SessionKind::Conversation => "realtime",
    };
    object.plain("type", kind);
    ga_audio(object, patch);
    instructions(object, patch);
    max(object, "max_output_tokens", &patch.max_output_tokens);
    text(object, "model", &patch.model);
    let key = "output_modalities";
    setting(object, key, &patch.modalities, |object, list| {
        modalities(object, key, list);
    });
    let key = "parallel_tool_calls";
    setting(object, key, &patch.parallel_tool_calls, |object, flag| {
        object.bool(key, *flag);
    });
    json(object, "prompt", &patch.prompt);
    setting(object, "reasoning", &patch.reasoning, |object, effort| {
        reasoning(object, effort);
    });
    chosen(object, patch, context);
    tools(object, patch);
    json(object, "tracing", &patch.tracing);
    json(object, "truncation", &patch.truncation);
}

fn ga_audio(object: &mut Object<'_>, patch: &SessionPatch) {
    let input = !(patch.input_format.is_keep()
        && patch.noise_reduction.is_keep()
        && patch.input_transcription.is_keep()
        && patch.turn_detection.is_keep());
    let output = !(patch.output_format.is_keep() && patch.speed.is_keep() && patch.voice.is_keep());
    if input || output {
        object.object("audio", |audio| {
            if input {
                audio.object("input", |input| ga_input(input, patch));
            }
            if output {
                audio.object("output", |output| ga_output(output, patch));
            }
        });
    }
}

fn ga_input(object: &mut Object<'_>, patch: &SessionPatch) {
    setting(object, "format", &patch.input_format, |object, format| {
        format_object(object, "format", *format);
    });
    noise(object, "noise_reduction", patch);
    transcriber(object, "transcription", patch);
    turn_detection(object, patch, server_vad);
}

fn ga_output(object: &mut Object<'_>, patch: &SessionPatch) {
    setting(object, "format", &patch.output_format, |object, format| {
        format_object(object, "format", *format);
    });
    number(object, "speed", &patch.speed);
    setting(object, "voice", &patch.voice, |object, name| {
        voice(object, name);
    });
}

fn beta_session(object: &mut Object<'_>, patch: &SessionPatch, context: &Context) {
    beta_format(object, "input_audio_format", &patch.input_format);
    noise(object, "input_audio_noise_reduction", patch);
    transcriber(object, "input_audio_transcription", patch);
    instructions(object, patch);
    max(
        object,
        "max_response_output_tokens",
        &patch.max_output_tokens,
    );
    beta_modalities(object, patch);
    text(object, "model", &patch.model);
    beta_format(object, "output_audio_format", &patch.output_format);
    number(object, "speed", &patch.speed);
    number(object, "temperature", &patch.temperature);
    chosen(object, patch, context);
    tools(object, patch);
    json(object, "tracing", &patch.tracing);
    turn_detection(object, patch, server_vad);
    text(object, "voice", &patch.voice);
}

fn beta_transcription(object: &mut Object<'_>, patch: &SessionPatch) {
    beta_format(object, "input_audio_format", &patch.input_format);
    noise(object, "input_audio_noise_reduction", patch);
    transcriber(object, "input_audio_transcription", patch);
    beta_modalities(object, patch);
    turn_detection(object, patch, server_vad);
}

fn beta_format(object: &mut Object<'_>, key: &str, patch: &Patch<AudioFormat>) {
    setting(object, key, patch, |object, format| {
        object.plain(key, format_name(*format));
    });
}

fn beta_modalities(object: &mut Object<'_>, patch: &SessionPatch) {
    setting(object, "modalities", &patch.modalities, |object, list| {
        modalities(object, "modalities", list);
    });
}

pub(in crate::dialect) fn noise(object: &mut Object<'_>, key: &str, patch: &SessionPatch) {
    setting(object, key, &patch.noise_reduction, |object, kind| {
        object.object(key, |noise| {
            noise.str("type", kind);
        });
    });
}

pub(in crate::dialect) fn transcriber(object: &mut Object<'_>, key: &str, patch: &SessionPatch) {
    setting(object, key, &patch.input_transcription, |object, wanted| {
        object.object(key, |object| transcription(object, wanted));
    });
}

pub(in crate::dialect) fn chosen(object: &mut Object<'_>, patch: &SessionPatch, context: &Context) {
    setting(
        object,
        "tool_choice",
        &patch.tool_choice,
        |object, chosen| {
            choice(object, chosen, context);
        },
    );
}

/// The wire clears instructions with the empty text.
pub(in crate::dialect) fn instructions(object: &mut Object<'_>, patch: &SessionPatch) {
    match &patch.instructions {
        Patch::Keep => {}
        Patch::Clear => {
            object.str("instructions", "");
        }
        Patch::Set(text) => {
            object.str("instructions", text);
        }
    }
}

/// The wire clears tools with the empty list.
pub(in crate::dialect) fn tools(object: &mut Object<'_>, patch: &SessionPatch) {
    match &patch.tools {
        Patch::Keep => {}
        Patch::Clear => common::tools(object, &[]),
        Patch::Set(tools) => common::tools(object, tools),
    }
}

pub(in crate::dialect) fn max(object: &mut Object<'_>, key: &str, patch: &Patch<MaxTokens>) {
    setting(object, key, patch, |object, max| {
        max_tokens(object, key, *max);
    });
}

fn transcription(object: &mut Object<'_>, wanted: &InputTranscription) {
    optional(object, "delay", wanted.delay.as_deref());
    strings(object, "keywords", &wanted.keywords);
    optional(object, "language", wanted.language.as_deref());
    strings(object, "languages", &wanted.languages);
    optional(object, "model", wanted.model.as_deref());
    optional(object, "prompt", wanted.prompt.as_deref());
}

pub(in crate::dialect) fn optional(object: &mut Object<'_>, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        object.str(key, text);
    }
}

pub(in crate::dialect) fn strings(object: &mut Object<'_>, key: &str, values: &[String]) {
    if !values.is_empty() {
        object.array(key, |list| values.iter().for_each(|value| list.str(value)));
    }
}

/// Cleared and manual are the same `null`.
pub(in crate::dialect) fn turn_detection(
    object: &mut Object<'_>,
    patch: &SessionPatch,
    server_vad: fn(&mut Object<'_>, &ServerVad),
) {
    const KEY: &str = "turn_detection";
    setting(
        object,
        KEY,
        &patch.turn_detection,
        |object, detection| match detection {
            TurnDetection::Manual => {
                object.null(KEY);
            }
            TurnDetection::ServerVad(vad) => {
                object.object(KEY, |object| server_vad(object, vad));
            }
            TurnDetection::SemanticVad(vad) => {
                object.object(KEY, |object| semantic_vad(object, vad));
            }
            TurnDetection::Other(json) => {
                object.raw(KEY, json.get());
            }
        },
    );
}

fn server_vad(object: &mut Object<'_>, vad: &ServerVad) {
    object.plain("type", "server_vad");
    flag(object, "create_response", vad.create_response);
    count(object, "idle_timeout_ms", vad.idle_timeout_ms);
    flag(object, "interrupt_response", vad.interrupt_response);
    count(object, "prefix_padding_ms", vad.prefix_padding_ms);
    count(object, "silence_duration_ms", vad.silence_duration_ms);
    if let Some(threshold) = vad.threshold {
        object.number("threshold", threshold);
    }
}

fn semantic_vad(object: &mut Object<'_>, vad: &SemanticVad) {
    object.plain("type", "semantic_vad");
    flag(object, "create_response", vad.create_response);
    optional(object, "eagerness", vad.eagerness.as_deref());
    flag(object, "interrupt_response", vad.interrupt_response);
}

pub(in crate::dialect) fn flag(object: &mut Object<'_>, key: &str, value: Option<bool>) {
    if let Some(value) = value {
        object.bool(key, value);
    }
}

pub(in crate::dialect) fn count(object: &mut Object<'_>, key: &str, value: Option<u32>) {
    if let Some(value) = value {
        object.number(key, value);
    }
}
