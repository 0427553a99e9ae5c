//! The first frame, which settles everything, and what may change after it.

use crate::{
    audio::{AudioFormat, Encoding},
    config::{
        Dialect, InputTranscription, MaxTokens, Modality, Patch, RawJson, ServerVad, SessionPatch,
        Tool, TurnDetection,
    },
    dialect::{Batch, Context},
    error::SendError,
    json::{Object, is_object, merge},
    state::Expect,
};
use alloc::string::String;

/// Writes the first frame, or a later change of instructions and tools.
pub(super) fn configure(
    patch: &SessionPatch,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    check(patch, context)?;
    let Some(opening) = &context.opening else {
        update(patch, batch);
        return Ok(());
    };
    let mut setup = String::new();
    let mut object = Object::new(&mut setup);
    write(&mut object, patch, context);
    if let Some(handle) = &opening.resume {
        object.object("sessionResumption", |resumption| {
            resumption.str("handle", handle);
        });
    }
    if let Some(truncation) = patch.truncation.value() {
        object.raw("contextWindowCompression", truncation.get());
    }
    labels(&mut object, patch);
    object.end();
    let setup = with_extra(setup, patch.extra.value())?;
    batch.bare(Expect::Nothing, |frame| {
        frame.raw("setup", &setup);
    });
    Ok(())
}

fn update(patch: &SessionPatch, batch: &mut Batch<'_>) {
    batch.bare(Expect::Nothing, |frame| {
        frame.object("contextUpdate", |update| {
            instructions(update, &patch.instructions);
            if !patch.tools.is_keep() {
                let list = patch.tools.value().map_or(&[][..], |tools| tools);
                update.object("tools", |wrapped| tools(wrapped, list, false));
            }
        });
    });
}

/// Refuses the first setting that the protocol has no words for.
fn check(patch: &SessionPatch, context: &Context) -> Result<(), SendError> {
    let vertex = context.dialect == Dialect::GeminiVertex;
    let wanted = [
        (has(&patch.speed), "speed"),
        (has(&patch.noise_reduction), "noise_reduction"),
        (has(&patch.tool_choice), "tool_choice"),
        (has(&patch.parallel_tool_calls), "parallel_tool_calls"),
        (has(&patch.tracing), "tracing"),
        (has(&patch.prompt), "prompt"),
        (vertex && has(&patch.metadata), "metadata"),
        (other_format(&patch.input_format), "input_format"),
        (other_format(&patch.output_format), "output_format"),
        (other_detection(&patch.turn_detection), "turn_detection"),
        (
            other_words(&patch.input_transcription),
            "input_transcription",
        ),
        (mcp(&patch.tools), "tools"),
    ];
    if let Some((_, field)) = wanted.into_iter().find(|(wanted, _)| *wanted) {
        return Err(context.unsupported(field));
    }
    match patch.temperature.value() {
        Some(number) if !number.is_finite() => Err(SendError::Invalid {
            field: "temperature",
        }),
        _ => Ok(()),
    }
}

fn has<T>(patch: &Patch<T>) -> bool {
    patch.value().is_some()
}

/// Audio is linear PCM, of one channel.
fn other_format(format: &Patch<AudioFormat>) -> bool {
    let format = format.value();
    format.is_some_and(|format| format.encoding != Encoding::Pcm16 || format.channels != 1)
}

fn other_detection(detection: &Patch<TurnDetection>) -> bool {
    match detection.value() {
        Some(TurnDetection::SemanticVad(_)) => true,
        Some(TurnDetection::ServerVad(vad)) => {
            vad.threshold.is_some()
                || vad.idle_timeout_ms.is_some()
                || vad.create_response == Some(false)
        }
        _ => false,
    }
}

fn other_words(transcription: &Patch<InputTranscription>) -> bool {
    transcription.value().is_some_and(|words| {
        words.model.is_some() || words.prompt.is_some() || words.delay.is_some()
    })
}

fn mcp(tools: &Patch<alloc::vec::Vec<Tool>>) -> bool {
    let mut tools = tools.value().into_iter().flatten();
    tools.any(|tool| matches!(tool, Tool::Mcp(_)))
}

fn write(object: &mut Object<'_>, patch: &SessionPatch, context: &Context) {
    let vertex = context.dialect == Dialect::GeminiVertex;
    if let Some(model) = patch.model.value() {
        if vertex || model.contains('/') {
            object.str("model", model);
        } else {
            object.plain("model", format_args!("models/{model}"));
        }
    }
    generation(object, patch);
    instructions(object, &patch.instructions);
    if let Some(list) = patch.tools.value() {
        tools(object, list, vertex);
    }
    detection(object, patch.turn_detection.value());
    if let Some(words) = patch.input_transcription.value() {
        transcription(object, words);
    }
    if speaks(patch) {
        object.object("outputAudioTranscription", |_| {});
    }
}

fn speaks(patch: &SessionPatch) -> bool {
    let modalities = patch.modalities.value();
    modalities.is_some_and(|modalities| modalities.contains(&Modality::Audio))
}

fn generation(object: &mut Object<'_>, patch: &SessionPatch) {
    let SessionPatch {
        modalities,
        temperature,
        max_output_tokens,
        voice,
        reasoning,
        ..
    } = patch;
    let limit = match max_output_tokens.value() {
        Some(MaxTokens::Count(count)) => Some(*count),
        _ => None,
    };
    let some = has(modalities) || has(temperature) || has(voice) || has(reasoning);
    if !some && limit.is_none() {
        return;
    }
    object.object("generationConfig", |config| {
        if let Some(list) = modalities.value() {
            config.array("responseModalities", |names| names.str(modality(list)));
        }
        if let Some(temperature) = temperature.value() {
            config.number("temperature", temperature);
        }
        if let Some(limit) = limit {
            config.number("maxOutputTokens", limit);
        }
        if let Some(voice) = voice.value() {
            speech(config, voice);
        }
        if let Some(level) = reasoning.value() {
            config.object("thinkingConfig", |thinking| {
                thinking.str("thinkingLevel", &level.to_uppercase());
            });
        }
    });
}

/// A model answers in one of them; text beside audio is its transcript.
fn modality(list: &[Modality]) -> &'static str {
    if list.contains(&Modality::Video) {
        "VIDEO"
    } else if list.contains(&Modality::Audio) {
        "AUDIO"
    } else {
        "TEXT"
    }
}

fn speech(config: &mut Object<'_>, voice: &str) {
    config.object("speechConfig", |speech| {
        speech.object("voiceConfig", |config| {
            config.object("prebuiltVoiceConfig", |prebuilt| {
                prebuilt.str("voiceName", voice);
            });
        });
    });
}

fn instructions(object: &mut Object<'_>, text: &Patch<String>) {
    let text = match text {
        Patch::Keep => return,
        Patch::Clear => "",
        Patch::Set(text) => text,
    };
    object.object("systemInstruction", |content| {
        content.array("parts", |parts| {
            parts.object(|part| {
                part.str("text", text);
            });
        });
    });
}

/// All functions stand in one tool; what the provider executes has one of its own.
fn tools(object: &mut Object<'_>, list: &[Tool], vertex: bool) {
    let mut functions = list
        .iter()
        .filter(|tool| matches!(tool, Tool::Function { .. }));
    let any = functions.clone().next().is_some();
    object.array("tools", |tools| {
        if any {
            tools.object(|tool| {
                tool.array("functionDeclarations", |declarations| {
                    functions.by_ref().for_each(|function| {
                        declarations.object(|object| declaration(object, function, vertex));
                    });
                });
            });
        }
        for tool in list {
            if let Tool::Builtin(json) = tool {
                tools.raw(json.get());
            }
        }
    });
}

fn declaration(object: &mut Object<'_>, function: &Tool, vertex: bool) {
    let Tool::Function {
        name,
        description,
        parameters,
        blocking,
    } = function
    else {
        return;
    };
    object.str("name", name);
    if let Some(description) = description {
        object.str("description", description);
    }
    if let Some(parameters) = parameters {
        object.raw(parameters_key(parameters, vertex), parameters.get());
    }
    match blocking {
        Some(true) if !vertex => object.plain("behavior", "BLOCKING"),
        Some(false) if !vertex => object.plain("behavior", "NON_BLOCKING"),
        _ => object,
    };
}

/// A plain JSON Schema has a key of its own; Vertex, and types in capitals, have the older one.
fn parameters_key(parameters: &RawJson, vertex: bool) -> &'static str {
    let capitals = ["\"OBJECT\"", "\"STRING\"", "\"ARRAY\""];
    let older = capitals.iter().any(|name| parameters.get().contains(name));
    if vertex || older {
        "parameters"
    } else {
        "parametersJsonSchema"
    }
}

fn detection(object: &mut Object<'_>, detection: Option<&TurnDetection>) {
    match detection {
        Some(TurnDetection::Manual) => {
            object.object("realtimeInputConfig", |config| {
                config.object("automaticActivityDetection", |detection| {
                    detection.bool("disabled", true);
                });
            });
        }
        Some(TurnDetection::ServerVad(vad)) => {
            object.object("realtimeInputConfig", |config| server_vad(config, vad));
        }
        Some(TurnDetection::Other(json)) => {
            object.raw("realtimeInputConfig", json.get());
        }
        Some(TurnDetection::SemanticVad(_)) | None => {}
    }
}

fn server_vad(config: &mut Object<'_>, vad: &ServerVad) {
    config.object("automaticActivityDetection", |detection| {
        if let Some(padding) = vad.prefix_padding_ms {
            detection.number("prefixPaddingMs", padding);
        }
        if let Some(silence) = vad.silence_duration_ms {
            detection.number("silenceDurationMs", silence);
        }
    });
    match vad.interrupt_response {
        Some(true) => config.plain("activityHandling", "START_OF_ACTIVITY_INTERRUPTS"),
        Some(false) => config.plain("activityHandling", "NO_INTERRUPTION"),
        None => config,
    };
}

fn transcription(object: &mut Object<'_>, words: &InputTranscription) {
    let languages = words.language.iter().chain(&words.languages);
    object.object("inputAudioTranscription", |config| {
        if languages.clone().next().is_some() {
            config.array("languageCodes", |codes| {
                languages.for_each(|code| codes.str(code));
            });
        }
        if !words.keywords.is_empty() {
            config.array("customVocabulary", |list| {
                words.keywords.iter().for_each(|word| list.str(word));
            });
        }
    });
}

fn labels(object: &mut Object<'_>, patch: &SessionPatch) {
    if let Some(labels) = patch.metadata.value().filter(|labels| !labels.is_empty()) {
        object.object("labels", |object| {
            for (key, value) in labels {
                object.str(key, value);
            }
        });
    }
}

fn with_extra(base: String, extra: Option<&RawJson>) -> Result<String, SendError> {
    let Some(extra) = extra else {
        return Ok(base);
    };
    if !is_object(extra.get()) {
        return Err(SendError::Invalid { field: "extra" });
    }
    let mut merged = String::with_capacity(base.len() + extra.get().len());
    merge(&mut merged, &base, extra.get());
    Ok(merged)
}
