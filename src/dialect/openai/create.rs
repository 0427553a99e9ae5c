//! The overrides of one response. Absent keys are as the session says.

use super::{
    common::{
        choice, finite, format_name, format_object, has_choice, has_format, has_modalities,
        has_tools, labels, max_tokens, modalities, reasoning, refuse, tools, voice, with_extra,
    },
    draft,
};
use crate::{
    command::{CreateResponse, InputItem},
    config::{Dialect, RawJson},
    dialect::Context,
    error::SendError,
    json::Object,
};
use alloc::string::String;

/// The overrides as an object; `{}` where there are none.
pub(super) fn response(
    create: &CreateResponse<'_>,
    context: &Context,
) -> Result<String, SendError> {
    check(create, context)?;
    let input = match &create.input {
        Some(items) => Some(inputs(items, context)?),
        None => None,
    };
    with_extra(create.extra.as_ref(), |object| {
        if context.dialect == Dialect::OpenAiBeta {
            beta(object, create, input.as_deref(), context);
        } else {
            ga(object, create, input.as_deref(), context);
        }
    })
}

fn check(create: &CreateResponse<'_>, context: &Context) -> Result<(), SendError> {
    finite(create.temperature, "temperature")?;
    let beta = context.dialect == Dialect::OpenAiBeta;
    let (format, choice) = (create.output_format, create.tool_choice.as_ref());
    let (tools, modalities) = (create.tools.as_deref(), create.modalities.as_deref());
    refuse(
        context,
        [
            (
                !beta && create.temperature.is_some(),
                "create_response.temperature",
            ),
            (
                beta && create.parallel_tool_calls.is_some(),
                "create_response.parallel_tool_calls",
            ),
            (
                beta && create.reasoning.is_some(),
                "create_response.reasoning",
            ),
            (beta && create.prompt.is_some(), "create_response.prompt"),
            (
                format.is_some_and(|format| !has_format(format, context)),
                "create_response.output_format",
            ),
            (
                modalities.is_some_and(|list| !has_modalities(list)),
                "create_response.modalities",
            ),
            (
                tools.is_some_and(|tools| !has_tools(tools, context)),
                "create_response.tools",
            ),
            (
                choice.is_some_and(|choice| !has_choice(choice, context)),
                "create_response.tool_choice",
            ),
        ],
    )
}

fn inputs(items: &[InputItem<'_>], context: &Context) -> Result<String, SendError> {
    let mut out = String::from("[");
    for input in items {
        if out.len() > 1 {
            out.push(',');
        }
        match input {
            InputItem::Reference { id } => {
                let mut object = Object::new(&mut out);
                object.plain("type", "item_reference").str("id", id);
                object.end();
            }
            InputItem::Item { item } => {
                out.push_str(&draft::item(item, context, "create_response.input")?);
            }
        }
    }
    out.push(']');
    Ok(out)
}

fn ga(
    object: &mut Object<'_>,
    create: &CreateResponse<'_>,
    input: Option<&str>,
    context: &Context,
) {
    if create.output_format.is_some() || create.voice.is_some() {
        object.object("audio", |audio| {
            audio.object("output", |output| ga_output(output, create));
        });
    }
    conversation(object, create, input);
    if let Some(max) = create.max_output_tokens {
        max_tokens(object, "max_output_tokens", max);
    }
    metadata(object, create);
    if let Some(list) = &create.modalities {
        modalities(object, "output_modalities", list);
    }
    if let Some(parallel) = create.parallel_tool_calls {
        object.bool("parallel_tool_calls", parallel);
    }
    if let Some(prompt) = create.prompt.as_ref().map(RawJson::get) {
        object.raw("prompt", prompt);
    }
    if let Some(effort) = &create.reasoning {
        reasoning(object, effort);
    }
    called(object, create, context);
}

fn ga_output(object: &mut Object<'_>, create: &CreateResponse<'_>) {
    if let Some(format) = create.output_format {
        format_object(object, "format", format);
    }
    if let Some(name) = &create.voice {
        voice(object, name);
    }
}

fn beta(
    object: &mut Object<'_>,
    create: &CreateResponse<'_>,
    input: Option<&str>,
    context: &Context,
) {
    conversation(object, create, input);
    if let Some(max) = create.max_output_tokens {
        max_tokens(object, "max_response_output_tokens", max);
    }
    metadata(object, create);
    if let Some(list) = &create.modalities {
        modalities(object, "modalities", list);
    }
    if let Some(format) = create.output_format {
        object.plain("output_audio_format", format_name(format));
    }
    if let Some(temperature) = create.temperature {
        object.number("temperature", temperature);
    }
    called(object, create, context);
    if let Some(voice) = &create.voice {
        object.str("voice", voice);
    }
}

fn conversation(object: &mut Object<'_>, create: &CreateResponse<'_>, input: Option<&str>) {
    if create.out_of_band {
        object.plain("conversation", "none");
    }
    if let Some(input) = input {
        object.raw("input", input);
    }
    if let Some(instructions) = &create.instructions {
        object.str("instructions", instructions);
    }
}

/// A label that is given twice stands once, with its last value.
pub(in crate::dialect) fn metadata(object: &mut Object<'_>, create: &CreateResponse<'_>) {
    if !create.metadata.is_empty() {
        labels(object, "metadata", &create.metadata);
    }
}

/// Which tools there are, and which is called.
fn called(object: &mut Object<'_>, create: &CreateResponse<'_>, context: &Context) {
    if let Some(chosen) = &create.tool_choice {
        choice(object, chosen, context);
    }
    if let Some(list) = &create.tools {
        tools(object, list);
    }
}
