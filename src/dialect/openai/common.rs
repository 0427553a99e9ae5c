//! What a session and a response say alike: formats, voices, modalities, tools, and additions.

use crate::{
    audio::{AudioFormat, Encoding},
    config::{Dialect, MaxTokens, Modality, RawJson, Tool, ToolChoice},
    dialect::Context,
    error::SendError,
    json::{Array, Object, is_object, merge},
};
use alloc::string::String;

/// Refuses the first of these that is wanted although the dialect has no words for it.
pub(in crate::dialect) fn refuse(
    context: &Context,
    wanted: impl IntoIterator<Item = (bool, &'static str)>,
) -> Result<(), SendError> {
    match wanted.into_iter().find(|(wanted, _)| *wanted) {
        Some((_, name)) => Err(context.unsupported(name)),
        None => Ok(()),
    }
}

/// JSON has no word for a number that is not finite.
pub(in crate::dialect) fn finite(
    number: Option<f64>,
    field: &'static str,
) -> Result<(), SendError> {
    if number.is_none_or(f64::is_finite) {
        Ok(())
    } else {
        Err(SendError::Invalid { field })
    }
}

/// An object with what the caller adds to it merged over.
pub(in crate::dialect) fn with_extra(
    extra: Option<&RawJson>,
    write: impl FnOnce(&mut Object<'_>),
) -> Result<String, SendError> {
    let mut base = String::new();
    let mut object = Object::new(&mut base);
    write(&mut object);
    object.end();
    merged(base, extra)
}

/// Only an object can be merged into one.
pub(in crate::dialect) fn merged(
    base: String,
    extra: Option<&RawJson>,
) -> Result<String, SendError> {
    let Some(extra) = extra else {
        return Ok(base);
    };
    let extra = object_or(extra, "extra")?;
    let mut merged = String::with_capacity(base.len() + extra.len());
    merge(&mut merged, &base, extra);
    Ok(merged)
}

/// The text of what has to be an object, in the field of this name.
pub(in crate::dialect) fn object_or<'j>(
    json: &'j RawJson,
    field: &'static str,
) -> Result<&'j str, SendError> {
    if is_object(json.get()) {
        Ok(json.get())
    } else {
        Err(SendError::Invalid { field })
    }
}

/// Whether the wire has words for a format; the beta's names imply all of theirs.
pub(in crate::dialect) fn has_format(format: AudioFormat, context: &Context) -> bool {
    let rate = match format.encoding {
        Encoding::Pcm16 if context.dialect == Dialect::OpenAiBeta => 24_000,
        Encoding::Pcm16 => format.rate_hz,
        Encoding::Pcmu | Encoding::Pcma => 8_000,
        Encoding::Opus | Encoding::Other => return false,
    };
    format.rate_hz == rate && format.channels == 1
}

/// Only linear PCM has a rate on the wire.
pub(in crate::dialect) fn format_object(object: &mut Object<'_>, key: &str, format: AudioFormat) {
    object.object(key, |object| match format.encoding {
        Encoding::Pcmu => {
            object.plain("type", "audio/pcmu");
        }
        Encoding::Pcma => {
            object.plain("type", "audio/pcma");
        }
        Encoding::Opus => {
            object.plain("type", "audio/opus");
        }
        _ => {
            object
                .plain("type", "audio/pcm")
                .number("rate", format.rate_hz);
        }
    });
}

pub(in crate::dialect) fn format_name(format: AudioFormat) -> &'static str {
    match format.encoding {
        Encoding::Pcmu => "g711_ulaw",
        Encoding::Pcma => "g711_alaw",
        _ => "pcm16",
    }
}

/// A custom voice is told by its id, in an object.
pub(in crate::dialect) fn voice(object: &mut Object<'_>, name: &str) {
    if name.starts_with("voice_") {
        object.object("voice", |voice| {
            voice.str("id", name);
        });
    } else {
        object.str("voice", name);
    }
}

/// Whether replies can be in these: there is no video here.
pub(in crate::dialect) fn has_modalities(modalities: &[Modality]) -> bool {
    !modalities.contains(&Modality::Video)
}

pub(in crate::dialect) fn modalities(object: &mut Object<'_>, key: &str, modalities: &[Modality]) {
    object.array(key, |names| {
        for modality in modalities {
            names.str(modality.as_str());
        }
    });
}

pub(in crate::dialect) fn max_tokens(object: &mut Object<'_>, key: &str, max: MaxTokens) {
    match max {
        MaxTokens::Infinite => object.plain(key, "inf"),
        MaxTokens::Count(count) => object.number(key, count),
    };
}

pub(in crate::dialect) fn reasoning(object: &mut Object<'_>, effort: &str) {
    object.object("reasoning", |reasoning| {
        reasoning.str("effort", effort);
    });
}

/// The beta knows functions only.
pub(in crate::dialect) fn has_tools(tools: &[Tool], context: &Context) -> bool {
    context.dialect != Dialect::OpenAiBeta || !tools.iter().any(|tool| matches!(tool, Tool::Mcp(_)))
}

pub(in crate::dialect) fn tools(object: &mut Object<'_>, tools: &[Tool]) {
    object.array("tools", |list| {
        for each in tools {
            tool(list, each);
        }
    });
}

fn tool(list: &mut Array<'_>, tool: &Tool) {
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

/// The beta cannot choose a server, as it has none.
pub(in crate::dialect) fn has_choice(choice: &ToolChoice, context: &Context) -> bool {
    context.dialect != Dialect::OpenAiBeta || !matches!(choice, ToolChoice::Mcp { .. })
}

/// The beta's choice is a word: one of three, or the name of a function.
pub(in crate::dialect) fn choice(object: &mut Object<'_>, choice: &ToolChoice, context: &Context) {
    const KEY: &str = "tool_choice";
    match choice {
        ToolChoice::Auto => object.plain(KEY, "auto"),
        ToolChoice::None => object.plain(KEY, "none"),
        ToolChoice::Required => object.plain(KEY, "required"),
        ToolChoice::Function { name } if context.dialect == Dialect::OpenAiBeta => {
            object.str(KEY, name)
        }
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

/// A label that is given twice stands once, with its last value.
pub(in crate::dialect) fn labels<T: AsRef<str>>(
    object: &mut Object<'_>,
    key: &str,
    labels: &[(T, T)],
) {
    object.object(key, |pairs| {
        for (at, (name, _)) in labels.iter().enumerate() {
            let same = |(other, _): &&(T, T)| other.as_ref() == name.as_ref();
            if labels.iter().take(at).any(|label| same(&label)) {
                continue;
            }
            if let Some((_, value)) = labels.iter().rfind(same) {
                pairs.str(name.as_ref(), value.as_ref());
            }
        }
    });
}
