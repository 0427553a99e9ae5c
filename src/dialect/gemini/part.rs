//! The parts of a turn of the model's: media, texts, and what the provider executes.

use super::{
    call, content,
    decode::Found,
    names::{Key, fields, flag, plain},
};
use crate::{
    audio::{AudioFormat, Encoding},
    delta::{Delta, DeltaKind, Field, id},
    event::{Event, Executor, Ids, Lane, RemotePhase, RemoteTool, Str},
    json::{Kind, Value},
};
use alloc::{borrow::Cow, boxed::Box};

const FIELDS: [Key; 8] = [
    plain("text"),
    plain("thought"),
    ("inlineData", "inline_data"),
    ("executableCode", "executable_code"),
    ("codeExecutionResult", "code_execution_result"),
    ("functionCall", "function_call"),
    ("toolCall", "tool_call"),
    ("toolResponse", "tool_response"),
];

/// Tells every part of a turn; `cut` if the same frame says that the reply was cut.
pub(super) fn all<'f>(found: &mut Found<'f>, turn: Value<'_, 'f>, cut: bool) {
    let [parts] = fields(turn, [plain("parts")]);
    parts.each(|part| tell(found, part, cut));
}

fn tell<'f>(found: &mut Found<'f>, part: Value<'_, 'f>, cut: bool) {
    let [text, thought, media, code, result, function, tool, response] = fields(part, FIELDS);
    if media.is_some() {
        blob(found, media, cut);
    } else if text.kind == Kind::String {
        let lane = if flag(thought) {
            Lane::Thought
        } else {
            Lane::Display
        };
        let body = text.slot();
        found.delta(Delta::new(DeltaKind::Text(lane), body));
    } else if code.is_some() {
        started(found, code, &Cow::Borrowed("code_execution"));
    } else if result.is_some() {
        executed(found, result);
    } else if function.is_some() {
        call::one(found, function);
    } else if tool.is_some() {
        started(found, tool, &tool_name(tool));
    } else if response.is_some() {
        answered(found, response);
    } else {
        stranger(found, part);
    }
}

/// A part that no field above names is told by its first key.
fn stranger<'f>(found: &mut Found<'f>, part: Value<'_, 'f>) {
    match part.members().into_iter().next() {
        Some((Cow::Borrowed(kind), _)) => content::aside(found, kind, part),
        Some(_) => content::aside(found, "part", part),
        None if part.kind == Kind::Object => {}
        None => found.malformed("serverContent", part, "parts"),
    }
}

/// Audio where its type says so, or says nothing.
fn blob<'f>(found: &mut Found<'f>, value: Value<'_, 'f>, cut: bool) {
    let [mime, data] = fields(value, [("mimeType", "mime_type"), plain("data")]);
    if data.kind != Kind::String {
        found.malformed("serverContent", data, "data");
        return;
    }
    let kind = mime.str().unwrap_or_default();
    let body = data.slot();
    let delta = if kind.is_empty() || kind.starts_with("audio/") {
        Delta {
            format: format(&kind),
            ..Delta::new(DeltaKind::Audio, body)
        }
    } else {
        Delta::new(DeltaKind::Video, body).with(Field::Mime, mime.slot())
    };
    found.delta(Delta { due: !cut, ..delta });
}

/// `audio/pcm;rate=24000`; what is not told is as the session has it.
pub(super) fn format(mime: &str) -> Option<AudioFormat> {
    let mut parts = mime.split(';').map(str::trim);
    let encoding = match parts.next()? {
        "audio/pcm" | "audio/l16" | "audio/L16" => Encoding::Pcm16,
        "audio/pcmu" => return Some(AudioFormat::pcmu()),
        "audio/pcma" => return Some(AudioFormat::pcma()),
        "audio/opus" => Encoding::Opus,
        "" => return None,
        _ => Encoding::Other,
    };
    let (mut rate, mut channels) = (24_000, 1);
    for (key, value) in parts.filter_map(|part| part.split_once('=')) {
        match key {
            "rate" => rate = value.parse().unwrap_or(rate),
            "channels" => channels = value.parse().unwrap_or(channels),
            _ => {}
        }
    }
    Some(AudioFormat::new(encoding, rate, channels))
}

fn tool_name<'f>(tool: Value<'_, 'f>) -> Str<'f> {
    let [kind, name] = fields(tool, [("toolType", "tool_type"), plain("name")]);
    name.str().or_else(|| kind.str()).unwrap_or_default()
}

/// The provider executes something: what, and with which arguments.
fn started<'f>(found: &mut Found<'f>, value: Value<'_, 'f>, name: &Str<'f>) {
    let [call_id, args] = fields(value, [plain("id"), plain("args")]);
    let arguments = if args.is_some() { args } else { value };
    let mut remote = |phase| {
        found.event(Event::RemoteTool(Box::new(RemoteTool {
            call_id: id(call_id),
            name: Some(name.clone()),
            executor: Executor::Provider,
            phase,
            ids: Ids::default(),
        })));
    };
    remote(RemotePhase::Started);
    remote(RemotePhase::Arguments {
        text: arguments.raw().unwrap_or_default(),
    });
}

fn executed<'f>(found: &mut Found<'f>, value: Value<'_, 'f>) {
    let [call_id, outcome, output] =
        fields(value, [plain("id"), plain("outcome"), plain("output")]);
    let failed = outcome.str().is_some_and(|outcome| outcome != "OUTCOME_OK");
    let name = Cow::Borrowed("code_execution");
    result(found, call_id, name, (output, failed));
}

fn answered<'f>(found: &mut Found<'f>, value: Value<'_, 'f>) {
    let [call_id, output] = fields(value, [plain("id"), plain("response")]);
    result(found, call_id, tool_name(value), (output, false));
}

fn result<'f>(
    found: &mut Found<'f>,
    call_id: Value<'_, 'f>,
    name: Str<'f>,
    (output, is_error): (Value<'_, 'f>, bool),
) {
    found.event(Event::RemoteTool(Box::new(RemoteTool {
        call_id: id(call_id),
        name: Some(name).filter(|name| !name.is_empty()),
        executor: Executor::Provider,
        phase: RemotePhase::Result {
            output: output.raw().unwrap_or_default(),
            is_error,
            partial: false,
        },
        ids: Ids::default(),
    })));
}
