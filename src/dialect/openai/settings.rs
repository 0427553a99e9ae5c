//! The settings of a session as the server tells them, nested (GA) or flat (beta).

use crate::{
    audio::{AudioFormat, Encoding},
    config::{
        InputTranscription, MaxTokens, Modality, RawJson, SemanticVad, ServerVad, SessionConfig,
        SessionKind, Tool, ToolChoice, TurnDetection,
    },
    json::{Kind, Value},
};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// Which generation a session object is visibly of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dialect) enum Shape {
    Ga,
    Beta,
    Neither,
}

pub(in crate::dialect) fn read(session: Value<'_, '_>) -> (SessionConfig, Shape) {
    let mut config = common(session);
    let [audio, modalities, output_modalities, format] = session.fields([
        "audio",
        "modalities",
        "output_modalities",
        "input_audio_format",
    ]);
    let shape = match (
        audio.is_some() || output_modalities.is_some(),
        modalities.is_some() || format.is_some(),
    ) {
        (true, _) => Shape::Ga,
        (false, true) => Shape::Beta,
        (false, false) => Shape::Neither,
    };
    flat(session, &mut config);
    nested(audio, &mut config);
    config.modalities =
        self::modalities(output_modalities).or_else(|| self::modalities(modalities));
    (config, shape)
}

/// The beta's own message of a transcription session: nothing inside says so.
pub(super) fn of_transcription(session: Value<'_, '_>) -> (SessionConfig, Shape) {
    let (mut config, shape) = read(session);
    config.kind = SessionKind::Transcription;
    (config, shape)
}

/// What both generations write alike.
fn common(session: Value<'_, '_>) -> SessionConfig {
    let [
        kind,
        object,
        model,
        instructions,
        tools,
        tool_choice,
        parallel,
        temperature,
    ] = session.fields([
        "type",
        "object",
        "model",
        "instructions",
        "tools",
        "tool_choice",
        "parallel_tool_calls",
        "temperature",
    ]);
    let [
        max,
        beta_max,
        misspelt,
        reasoning,
        truncation,
        tracing,
        prompt,
    ] = session.fields([
        "max_output_tokens",
        "max_response_output_tokens",
        "max_response_output_token",
        "reasoning",
        "truncation",
        "tracing",
        "prompt",
    ]);
    let mut config = SessionConfig::default();
    let transcription = kind.str().as_deref() == Some("transcription")
        || object.str().as_deref() == Some("realtime.transcription_session");
    config.kind = if transcription {
        SessionKind::Transcription
    } else {
        SessionKind::Conversation
    };
    config.model = owned(model);
    config.instructions = owned(instructions);
    config.tools = tools.elements().into_iter().filter_map(tool).collect();
    config.tool_choice = choice(tool_choice);
    config.parallel_tool_calls = parallel.bool();
    config.temperature = temperature.f64();
    let max = [max, beta_max, misspelt].into_iter().find_map(max_tokens);
    config.max_output_tokens = max;
    config.reasoning = owned(reasoning.field("effort"));
    config.truncation = json(truncation);
    config.tracing = json(tracing);
    config.prompt = json(prompt);
    config
}

fn flat(session: Value<'_, '_>, config: &mut SessionConfig) {
    let [voice, speed, input, output, transcription, noise, turns] = session.fields([
        "voice",
        "speed",
        "input_audio_format",
        "output_audio_format",
        "input_audio_transcription",
        "input_audio_noise_reduction",
        "turn_detection",
    ]);
    config.voice = self::voice(voice);
    config.speed = speed.f64();
    config.input_format = format(input);
    config.output_format = format(output);
    config.input_transcription = self::transcription(transcription);
    config.noise_reduction = owned(noise.field("type"));
    config.turn_detection = turn_detection(turns);
}

/// What is nested wins over what is flat.
fn nested(audio: Value<'_, '_>, config: &mut SessionConfig) {
    let [input, output] = audio.fields(["input", "output"]);
    let [input_format, transcription, noise, turns] = input.fields([
        "format",
        "transcription",
        "noise_reduction",
        "turn_detection",
    ]);
    let [output_format, voice, speed] = output.fields(["format", "voice", "speed"]);
    config.input_format = format(input_format).or(config.input_format);
    config.output_format = format(output_format).or(config.output_format);
    config.voice = self::voice(voice).or_else(|| config.voice.take());
    config.speed = speed.f64().or(config.speed);
    let previous = config.input_transcription.take();
    config.input_transcription = self::transcription(transcription).or(previous);
    config.noise_reduction = owned(noise.field("type")).or_else(|| config.noise_reduction.take());
    config.turn_detection = turn_detection(turns).or_else(|| config.turn_detection.take());
}

pub(in crate::dialect) fn owned(value: Value<'_, '_>) -> Option<String> {
    value.str().map(Cow::into_owned)
}

fn json(value: Value<'_, '_>) -> Option<RawJson> {
    match value.kind {
        Kind::Absent | Kind::Null => None,
        Kind::String => RawJson::new(&quoted(value)).ok(),
        _ => RawJson::new(value.text).ok(),
    }
}

fn quoted(value: Value<'_, '_>) -> String {
    let mut text = String::with_capacity(value.text.len() + 2);
    text.push('"');
    text.push_str(value.text);
    text.push('"');
    text
}

/// A name, or an object that has one.
pub(in crate::dialect) fn voice(value: Value<'_, '_>) -> Option<String> {
    let [id, name] = value.fields(["id", "name"]);
    owned(value).or_else(|| owned(id)).or_else(|| owned(name))
}

fn modalities(value: Value<'_, '_>) -> Option<Vec<Modality>> {
    let modality = |value: Value<'_, '_>| match value.str().as_deref() {
        Some("text") => Some(Modality::Text),
        Some("audio") => Some(Modality::Audio),
        Some("video") => Some(Modality::Video),
        _ => None,
    };
    (value.kind == Kind::Array).then(|| value.elements().into_iter().filter_map(modality).collect())
}

/// `{"type":"audio/pcm","rate":24000}`, or a name such as `pcm16`.
fn format(value: Value<'_, '_>) -> Option<AudioFormat> {
    let [kind, rate, sample_rate] = value.fields(["type", "rate", "sample_rate"]);
    let rate = if rate.is_some() { rate } else { sample_rate };
    let name = value.str().or_else(|| kind.str())?;
    Some(match &*name {
        "audio/pcm" | "pcm16" | "pcm24" | "pcm" => AudioFormat::pcm16(rate.u32().unwrap_or(24_000)),
        "audio/pcmu" | "g711_ulaw" => AudioFormat::pcmu(),
        "audio/pcma" | "g711_alaw" => AudioFormat::pcma(),
        "audio/opus" => AudioFormat::opus(rate.u32().unwrap_or(24_000)),
        "not specified" => return None,
        _ => {
            let mut other = AudioFormat::pcm16(rate.u32().unwrap_or_default());
            other.encoding = Encoding::Other;
            other
        }
    })
}

fn max_tokens(value: Value<'_, '_>) -> Option<MaxTokens> {
    let text = value.text()?;
    if text == "inf" {
        return Some(MaxTokens::Infinite);
    }
    value
        .u32()
        .or_else(|| text.parse().ok())
        .map(MaxTokens::Count)
}

fn transcription(value: Value<'_, '_>) -> Option<InputTranscription> {
    if value.kind != Kind::Object {
        return None;
    }
    let [model, language, languages, prompt, keywords, delay] = value.fields([
        "model",
        "language",
        "languages",
        "prompt",
        "keywords",
        "delay",
    ]);
    let strings = |value: Value<'_, '_>| value.elements().into_iter().filter_map(owned).collect();
    let transcription = InputTranscription {
        model: owned(model),
        language: owned(language),
        languages: strings(languages),
        prompt: owned(prompt),
        keywords: strings(keywords),
        delay: owned(delay),
    };
    Some(transcription)
}

/// `null` is manual, and so is a type of `null`; absent says nothing.
fn turn_detection(value: Value<'_, '_>) -> Option<TurnDetection> {
    if value.is_null() {
        return Some(TurnDetection::Manual);
    }
    let [
        kind,
        threshold,
        padding,
        silence,
        idle,
        create,
        interrupt,
        eagerness,
    ] = value.fields([
        "type",
        "threshold",
        "prefix_padding_ms",
        "silence_duration_ms",
        "idle_timeout_ms",
        "create_response",
        "interrupt_response",
        "eagerness",
    ]);
    match kind.str().as_deref() {
        Some("server_vad") => {
            let vad = ServerVad {
                threshold: threshold.f64(),
                prefix_padding_ms: padding.u32(),
                silence_duration_ms: silence.u32(),
                idle_timeout_ms: idle.u32(),
                create_response: create.bool(),
                interrupt_response: interrupt.bool(),
            };
            Some(TurnDetection::ServerVad(vad))
        }
        Some("semantic_vad") => {
            let vad = SemanticVad {
                eagerness: owned(eagerness),
                create_response: create.bool(),
                interrupt_response: interrupt.bool(),
            };
            Some(TurnDetection::SemanticVad(vad))
        }
        None if kind.is_null() => Some(TurnDetection::Manual),
        _ => json(value).map(TurnDetection::Other),
    }
}

/// Function tools are flat; some servers nest them under `function`.
fn tool(value: Value<'_, '_>) -> Option<Tool> {
    let [kind, function] = value.fields(["type", "function"]);
    let inner = if function.kind == Kind::Object {
        function
    } else {
        value
    };
    let [name, description, parameters] = inner.fields(["name", "description", "parameters"]);
    match kind.str().as_deref() {
        Some("function") | None => Some(Tool::Function {
            name: owned(name)?,
            description: owned(description),
            parameters: json(parameters),
            blocking: None,
        }),
        Some("mcp") => json(value).map(Tool::Mcp),
        Some(_) => json(value).map(Tool::Builtin),
    }
}

fn choice(value: Value<'_, '_>) -> Option<ToolChoice> {
    let [kind, name, server_label] = value.fields(["type", "name", "server_label"]);
    match value.str().or_else(|| kind.str()).as_deref() {
        Some("auto") => Some(ToolChoice::Auto),
        Some("none") => Some(ToolChoice::None),
        Some("required") => Some(ToolChoice::Required),
        Some("function") if name.is_some() => Some(ToolChoice::Function { name: owned(name)? }),
        Some("mcp") if server_label.is_some() => Some(ToolChoice::Mcp {
            server_label: owned(server_label)?,
            name: owned(name),
        }),
        _ => json(value).map(ToolChoice::Other),
    }
}
