//! Settings as a client asks for them: the other side of what is written, as far as it is settings.

use super::names::{Key, count, fields, flag, plain};
use crate::{
    config::{
        InputTranscription, MaxTokens, Modality, Patch, RawJson, ServerVad, SessionPatch, Tool,
        TurnDetection,
    },
    dialect::Wanted,
    json::{Kind, Value},
};
use alloc::{borrow::Cow, boxed::Box, string::String, vec::Vec};

const SETUP: [Key; 9] = [
    plain("model"),
    ("generationConfig", "generation_config"),
    ("systemInstruction", "system_instruction"),
    plain("tools"),
    ("realtimeInputConfig", "realtime_input_config"),
    ("inputAudioTranscription", "input_audio_transcription"),
    ("contextWindowCompression", "context_window_compression"),
    plain("labels"),
    ("sessionResumption", "session_resumption"),
];

/// The first frame: all that is asked for.
pub(super) fn setup(setup: Value<'_, '_>) -> Wanted {
    let [
        model,
        generation,
        instructions,
        tools,
        input,
        words,
        compression,
        labels,
        resumption,
    ] = fields(setup, SETUP);
    let [handle] = fields(resumption, [plain("handle")]);
    let mut patch = SessionPatch {
        model: some(model.str().map(|model| short(&model))),
        instructions: some(said(instructions)),
        tools: some(tools.is_some().then(|| declared(tools))),
        turn_detection: some(detection(input)),
        input_transcription: some(transcription(words)),
        truncation: some(json(compression)),
        metadata: some(labels.is_some().then(|| names(labels))),
        ..SessionPatch::default()
    };
    generated(generation, &mut patch);
    Wanted {
        patch,
        handle: handle.str().map(|handle| Box::from(&*handle)),
        opens: true,
        ..Wanted::default()
    }
}

/// A later change of instructions and tools.
pub(super) fn update(update: Value<'_, '_>) -> Wanted {
    let [instructions, tools] = fields(
        update,
        [("systemInstruction", "system_instruction"), plain("tools")],
    );
    let [list] = fields(tools, [plain("tools")]);
    Wanted {
        patch: SessionPatch {
            instructions: some(said(instructions)),
            tools: some(
                tools
                    .is_some()
                    .then(|| declared(if list.is_some() { list } else { tools })),
            ),
            ..SessionPatch::default()
        },
        ..Wanted::default()
    }
}

fn some<T>(value: Option<T>) -> Patch<T> {
    value.map_or(Patch::Keep, Patch::Set)
}

fn owned(value: Value<'_, '_>) -> Option<String> {
    value.str().map(Cow::into_owned)
}

fn json(value: Value<'_, '_>) -> Option<RawJson> {
    RawJson::new(&value.raw()?).ok().filter(|_| value.is_some())
}

fn list<T>(value: Value<'_, '_>, one: impl FnMut(Value<'_, '_>) -> Option<T>) -> Vec<T> {
    value.elements().into_iter().filter_map(one).collect()
}

/// The short name of a model of the developer API.
fn short(model: &str) -> String {
    let short = model.strip_prefix("models/");
    short
        .filter(|name| !name.contains('/'))
        .unwrap_or(model)
        .into()
}

fn said(content: Value<'_, '_>) -> Option<String> {
    let [parts] = fields(content, [plain("parts")]);
    let texts = parts.elements().into_iter();
    let said = texts.filter_map(|part| part.field("text").str());
    content.is_some().then(|| said.collect())
}

fn generated(config: Value<'_, '_>, patch: &mut SessionPatch) {
    let [modalities, temperature, limit, speech, thinking] = fields(
        config,
        [
            ("responseModalities", "response_modalities"),
            plain("temperature"),
            ("maxOutputTokens", "max_output_tokens"),
            ("speechConfig", "speech_config"),
            ("thinkingConfig", "thinking_config"),
        ],
    );
    let [voice] = fields(speech, [("voiceConfig", "voice_config")]);
    let [voice] = fields(voice, [("prebuiltVoiceConfig", "prebuilt_voice_config")]);
    let [voice] = fields(voice, [("voiceName", "voice_name")]);
    let [level] = fields(thinking, [("thinkingLevel", "thinking_level")]);
    patch.modalities = some(modalities.is_some().then(|| list(modalities, modality)));
    patch.temperature = some(temperature.f64());
    let limit = count(limit).and_then(|limit| limit.try_into().ok());
    patch.max_output_tokens = some(limit.map(MaxTokens::Count));
    patch.voice = some(owned(voice));
    patch.reasoning = some(level.str().map(|level| level.to_lowercase()));
}

fn modality(name: Value<'_, '_>) -> Option<Modality> {
    match name.str().as_deref() {
        Some("TEXT") => Some(Modality::Text),
        Some("AUDIO") => Some(Modality::Audio),
        Some("VIDEO") => Some(Modality::Video),
        _ => None,
    }
}

/// Functions stand together in one tool; whatever else there is the provider executes.
fn declared(tools: Value<'_, '_>) -> Vec<Tool> {
    let mut declared = Vec::new();
    tools.each(|tool| {
        let [functions] = fields(tool, [("functionDeclarations", "function_declarations")]);
        if functions.is_some() {
            declared.extend(list(functions, function));
        } else {
            declared.extend(json(tool).map(Tool::Builtin));
        }
    });
    declared
}

fn function(declaration: Value<'_, '_>) -> Option<Tool> {
    let [name, description, parameters, schema, behavior] = fields(
        declaration,
        [
            plain("name"),
            plain("description"),
            plain("parameters"),
            ("parametersJsonSchema", "parameters_json_schema"),
            plain("behavior"),
        ],
    );
    Some(Tool::Function {
        name: owned(name)?,
        description: owned(description),
        parameters: json(parameters).or_else(|| json(schema)),
        blocking: match behavior.str().as_deref() {
            Some("BLOCKING") => Some(true),
            Some("NON_BLOCKING") => Some(false),
            _ => None,
        },
    })
}

fn detection(config: Value<'_, '_>) -> Option<TurnDetection> {
    let [detection, handling] = fields(
        config,
        [
            ("automaticActivityDetection", "automatic_activity_detection"),
            ("activityHandling", "activity_handling"),
        ],
    );
    let [disabled, padding, silence] = fields(
        detection,
        [
            plain("disabled"),
            ("prefixPaddingMs", "prefix_padding_ms"),
            ("silenceDurationMs", "silence_duration_ms"),
        ],
    );
    if flag(disabled) {
        return Some(TurnDetection::Manual);
    }
    let vad = ServerVad {
        prefix_padding_ms: milliseconds(padding),
        silence_duration_ms: milliseconds(silence),
        interrupt_response: match handling.str().as_deref() {
            Some("START_OF_ACTIVITY_INTERRUPTS") => Some(true),
            Some("NO_INTERRUPTION") => Some(false),
            _ => None,
        },
        ..ServerVad::default()
    };
    config.is_some().then_some(TurnDetection::ServerVad(vad))
}

fn milliseconds(value: Value<'_, '_>) -> Option<u32> {
    count(value).and_then(|count| count.try_into().ok())
}

fn transcription(words: Value<'_, '_>) -> Option<InputTranscription> {
    let [codes, vocabulary] = fields(
        words,
        [
            ("languageCodes", "language_codes"),
            ("customVocabulary", "custom_vocabulary"),
        ],
    );
    let mut wanted = InputTranscription {
        languages: list(codes, owned),
        keywords: list(vocabulary, owned),
        ..InputTranscription::default()
    };
    if wanted.languages.len() == 1 {
        wanted.language = wanted.languages.pop();
    }
    (words.kind == Kind::Object).then_some(wanted)
}

fn names(labels: Value<'_, '_>) -> Vec<(String, String)> {
    let members = labels.members().into_iter();
    let named = members.filter_map(|(key, value)| Some((key.into_owned(), owned(value)?)));
    named.collect()
}
