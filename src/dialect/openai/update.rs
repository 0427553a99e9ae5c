//! Changes of the session's settings, nested (GA) or flat (beta). Absent keys keep, `null` clears.

use super::draft::{max_tokens, modalities, with_extra};
use crate::{
    audio::{AudioFormat, Encoding},
    config::{
        Dialect, InputTranscription, MaxTokens, Patch, RawJson, SemanticVad, ServerVad,
        SessionKind, SessionPatch, Tool, ToolChoice, TurnDetection,
    },
    dialect::{Batch, Context},
    error::SendError,
    json::{Array, Object},
    state::Expect,
};
use alloc::string::String;

pub(super) fn session(
    patch: &SessionPatch,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    let beta = context.dialect == Dialect::OpenAiBeta;
    refuse(patch, context, beta)?;
    let transcription = context.kind == SessionKind::Transcription;
    let extra = match &patch.extra {
        Patch::Set(extra) => Some(extra.get()),
        Patch::Keep | Patch::Clear => None,
    };
    let session = with_extra(extra, |object| match (beta, transcription) {
        (true, true) => beta_transcription(object, patch),
        (true, false) => beta_session(object, patch),
        (false, _) => ga_session(object, patch, transcription),
    });
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

/// Settings that the dialect has no key for.
fn refuse(patch: &SessionPatch, context: &Context, beta: bool) -> Result<(), SendError> {
    let refused = [
        (
            !beta && !patch.temperature.is_keep(),
            "configure.temperature",
        ),
        (!patch.metadata.is_keep(), "configure.metadata"),
        (
            beta && !patch.parallel_tool_calls.is_keep(),
            "configure.parallel_tool_calls",
        ),
        (beta && !patch.reasoning.is_keep(), "configure.reasoning"),
        (beta && !patch.truncation.is_keep(), "configure.truncation"),
        (beta && !patch.prompt.is_keep(), "configure.prompt"),
    ];
    match refused.iter().find(|(refused, _)| *refused) {
        Some((_, command)) => Err(context.unsupported(command)),
        None => Ok(()),
    }
}

/// Writes a setting: nothing, `null`, or what `set` writes.
fn setting<T>(
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

fn text(object: &mut Object<'_>, key: &str, patch: &Patch<String>) {
    setting(object, key, patch, |object, text| {
        object.str(key, text);
    });
}

fn json(object: &mut Object<'_>, key: &str, patch: &Patch<RawJson>) {
    setting(object, key, patch, |object, json| {
        object.raw(key, json.get());
    });
}

fn number(object: &mut Object<'_>, key: &str, patch: &Patch<f64>) {
    setting(object, key, patch, |object, number| {
        object.number(key, number);
    });
}

fn ga_session(object: &mut Object<'_>, patch: &SessionPatch, transcription: bool) {
    object.plain(
        "type",
        if transcription {
            "transcription"
        } else {
            "realtime"
        },
    );
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
    instructions(object, patch);
    max(object, "max_output_tokens", &patch.max_output_tokens);
    text(object, "model", &patch.model);
    setting(
        object,
        "output_modalities",
        &patch.modalities,
        |object, list| {
            modalities(object, "output_modalities", Some(list));
        },
    );
    setting(
        object,
        "parallel_tool_calls",
        &patch.parallel_tool_calls,
        |object, parallel| {
            object.bool("parallel_tool_calls", *parallel);
        },
    );
    json(object, "prompt", &patch.prompt);
    setting(object, "reasoning", &patch.reasoning, |object, effort| {
        object.object("reasoning", |reasoning| {
            reasoning.str("effort", effort);
        });
    });
    setting(object, "tool_choice", &patch.tool_choice, choice);
    tools(object, patch);
    json(object, "tracing", &patch.tracing);
    json(object, "truncation", &patch.truncation);
}

fn ga_input(object: &mut Object<'_>, patch: &SessionPatch) {
    setting(object, "format", &patch.input_format, |object, format| {
        format_object(object, "format", *format);
    });
    setting(
        object,
        "noise_reduction",
        &patch.noise_reduction,
        |object, kind| {
            object.object("noise_reduction", |noise| {
                noise.str("type", kind);
            });
        },
    );
    setting(
        object,
        "transcription",
        &patch.input_transcription,
        |object, wanted| {
            object.object("transcription", |object| transcription(object, wanted));
        },
    );
    turn_detection(object, patch);
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

fn beta_session(object: &mut Object<'_>, patch: &SessionPatch) {
    beta_format(object, "input_audio_format", &patch.input_format);
    beta_noise(object, patch);
    beta_transcriber(object, patch);
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
    setting(object, "tool_choice", &patch.tool_choice, choice);
    tools(object, patch);
    json(object, "tracing", &patch.tracing);
    turn_detection(object, patch);
    text(object, "voice", &patch.voice);
}

fn beta_transcription(object: &mut Object<'_>, patch: &SessionPatch) {
    beta_format(object, "input_audio_format", &patch.input_format);
    beta_noise(object, patch);
    beta_transcriber(object, patch);
    beta_modalities(object, patch);
    turn_detection(object, patch);
}

fn beta_format(object: &mut Object<'_>, key: &str, patch: &Patch<AudioFormat>) {
    setting(object, key, patch, |object, format| {
        object.plain(key, format_name(*format));
    });
}

fn beta_noise(object: &mut Object<'_>, patch: &SessionPatch) {
    setting(
        object,
        "input_audio_noise_reduction",
        &patch.noise_reduction,
        |object, kind| {
            object.object("input_audio_noise_reduction", |noise| {
                noise.str("type", kind);
            });
        },
    );
}

fn beta_transcriber(object: &mut Object<'_>, patch: &SessionPatch) {
    setting(
        object,
        "input_audio_transcription",
        &patch.input_transcription,
        |object, wanted| {
            object.object("input_audio_transcription", |object| {
                transcription(object, wanted);
            });
        },
    );
}

fn beta_modalities(object: &mut Object<'_>, patch: &SessionPatch) {
    setting(object, "modalities", &patch.modalities, |object, list| {
        modalities(object, "modalities", Some(list));
    });
}

/// The wire clears instructions with the empty text.
fn instructions(object: &mut Object<'_>, patch: &SessionPatch) {
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
fn tools(object: &mut Object<'_>, patch: &SessionPatch) {
    let tools = match &patch.tools {
        Patch::Keep => return,
        Patch::Clear => &[],
        Patch::Set(tools) => tools.as_slice(),
    };
    object.array("tools", |list| {
        for each in tools {
            tool(list, each);
        }
    });
}

fn max(object: &mut Object<'_>, key: &str, patch: &Patch<MaxTokens>) {
    setting(object, key, patch, |object, max| {
        max_tokens(object, key, Some(*max));
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

fn optional(object: &mut Object<'_>, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        object.str(key, text);
    }
}

fn strings(object: &mut Object<'_>, key: &str, values: &[String]) {
    if !values.is_empty() {
        object.array(key, |list| values.iter().for_each(|value| list.str(value)));
    }
}

/// Cleared and manual are the same `null`.
fn turn_detection(object: &mut Object<'_>, patch: &SessionPatch) {
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

fn flag(object: &mut Object<'_>, key: &str, value: Option<bool>) {
    if let Some(value) = value {
        object.bool(key, value);
    }
}

fn count(object: &mut Object<'_>, key: &str, value: Option<u32>) {
    if let Some(value) = value {
        object.number(key, value);
    }
}

/// A custom voice is told by its id, in an object.
pub(super) fn voice(object: &mut Object<'_>, name: &str) {
    if name.starts_with("voice_") {
        object.object("voice", |voice| {
            voice.str("id", name);
        });
    } else {
        object.str("voice", name);
    }
}

/// Only linear PCM has a rate on the wire.
pub(super) fn format_object(object: &mut Object<'_>, key: &str, format: AudioFormat) {
    object.object(key, |object| match format.encoding {
        Encoding::Pcmu => {
            object.plain("type", "audio/pcmu");
        }
        Encoding::Pcma => {
            object.plain("type", "audio/pcma");
        }
        _ => {
            object
                .plain("type", "audio/pcm")
                .number("rate", format.rate_hz);
        }
    });
}

pub(super) fn format_name(format: AudioFormat) -> &'static str {
    match format.encoding {
        Encoding::Pcmu => "g711_ulaw",
        Encoding::Pcma => "g711_alaw",
        _ => "pcm16",
    }
}

pub(super) fn tool(list: &mut Array<'_>, tool: &Tool) {
    match tool {
        Tool::Function {
            name,
            description,
            parameters,
            ..
        } => list.object(|object| {
            object.plain("type", "function").str("name", name);
            if let Some(description) = description {
                object.str("description", description);
            }
            if let Some(parameters) = parameters {
                object.raw("parameters", parameters.get());
            }
        }),
        Tool::Mcp(json) | Tool::Builtin(json) => list.raw(json.get()),
    }
}

pub(super) fn choice(object: &mut Object<'_>, choice: &ToolChoice) {
    const KEY: &str = "tool_choice";
    match choice {
        ToolChoice::Auto => object.plain(KEY, "auto"),
        ToolChoice::None => object.plain(KEY, "none"),
        ToolChoice::Required => object.plain(KEY, "required"),
        ToolChoice::Function { name } => object.object(KEY, |object| {
            object.plain("type", "function").str("name", name);
        }),
        ToolChoice::Mcp { server_label, name } => object.object(KEY, |object| {
            object
                .plain("type", "mcp")
                .str("server_label", server_label);
            if let Some(name) = name {
                object.str("name", name);
            }
        }),
        ToolChoice::Other(json) => object.raw(KEY, json.get()),
    };
}
