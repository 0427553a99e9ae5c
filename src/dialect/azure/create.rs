//! Requests for a response, and the overrides of one. Absent keys are as the session says.

use super::update::{modalities, output_format_name, voice};
use crate::{
    command::{CreatePolicy, CreateResponse, InputItem, Say},
    config::{RawJson, SessionKind, ToolChoice},
    dialect::{
        Batch, Context,
        openai::{
            common::{finite, max_tokens, refuse, tools, with_extra},
            create::metadata,
            draft,
        },
    },
    error::SendError,
    json::Object,
    state::Expect,
};
use alloc::string::String;

pub(super) fn response(
    wanted: &CreateResponse<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    check(wanted, context)?;
    let input = match &wanted.input {
        Some(items) => Some(inputs(items, context)?),
        None => None,
    };
    let overrides = with_extra(wanted.extra.as_ref(), |object| {
        overrides(object, wanted, input.as_deref());
    })?;
    let expect = Expect::Response {
        out_of_band: wanted.out_of_band,
    };
    batch.frame("response.create", expect, |frame| {
        if overrides != "{}" {
            frame.raw("response", &overrides);
        }
    });
    Ok(())
}

/// A response whose words are given.
pub(crate) fn spoken(say: &Say<'_>) -> Option<CreateResponse<'static>> {
    let mut text = String::new();
    let mut object = Object::new(&mut text);
    object.object("pre_generated_assistant_message", |message| {
        message.plain("role", "assistant").plain("type", "message");
        message.array("content", |parts| {
            parts.object(|part| {
                part.plain("type", "text").str("text", &say.text);
            });
        });
    });
    object.end();
    let mut wanted = CreateResponse::new();
    wanted.extra = Some(RawJson::new(&text).ok()?);
    Some(wanted)
}

fn check(wanted: &CreateResponse<'_>, context: &Context) -> Result<(), SendError> {
    finite(wanted.temperature, "temperature")?;
    let format = wanted.output_format;
    let choice = wanted.tool_choice.as_ref();
    refuse(
        context,
        [
            (
                context.kind == SessionKind::Transcription,
                "create_response",
            ),
            (
                wanted.parallel_tool_calls.is_some(),
                "create_response.parallel_tool_calls",
            ),
            (wanted.prompt.is_some(), "create_response.prompt"),
            (
                format.is_some_and(|format| output_format_name(format).is_none()),
                "create_response.output_format",
            ),
            (
                matches!(choice, Some(ToolChoice::Mcp { .. } | ToolChoice::Other(_))),
                "create_response.tool_choice",
            ),
        ],
    )
}

/// There is no word for an item of the conversation.
fn inputs(items: &[InputItem<'_>], context: &Context) -> Result<String, SendError> {
    const COMMAND: &str = "create_response.input";
    let mut out = String::from("[");
    for input in items {
        if out.len() > 1 {
            out.push(',');
        }
        match input {
            InputItem::Reference { .. } => return Err(context.unsupported(COMMAND)),
            InputItem::Item { item } => out.push_str(&draft::item(item, context, COMMAND)?),
        }
    }
    out.push(']');
    Ok(out)
}

fn overrides(object: &mut Object<'_>, wanted: &CreateResponse<'_>, input: Option<&str>) {
    beside(object, wanted);
    if let Some(input) = input {
        object.raw("input_items", input);
    }
    if let Some(list) = &wanted.modalities {
        modalities(object, list);
    }
    if let Some(instructions) = &wanted.instructions {
        object.str("instructions", instructions);
    }
    if let Some(name) = &wanted.voice {
        voice(object, name);
    }
    if let Some(name) = wanted.output_format.and_then(output_format_name) {
        object.plain("output_audio_format", name);
    }
    if let Some(list) = &wanted.tools {
        tools(object, list);
    }
    choice(object, wanted);
    if let Some(temperature) = wanted.temperature {
        object.number("temperature", temperature);
    }
    if let Some(max) = wanted.max_output_tokens {
        max_tokens(object, "max_output_tokens", max);
    }
    if let Some(effort) = &wanted.reasoning {
        object.str("reasoning_effort", effort);
    }
    metadata(object, wanted);
}

/// By default a response ends the one in progress: one beside the conversation must not.
fn beside(object: &mut Object<'_>, wanted: &CreateResponse<'_>) {
    if wanted.out_of_band {
        object.bool("commit", false).bool("cancel_previous", false);
    } else if wanted.policy == CreatePolicy::ReplaceActive {
        object.bool("cancel_previous", true);
    }
}

/// A word: one of three, or the name of a function.
fn choice(object: &mut Object<'_>, wanted: &CreateResponse<'_>) {
    let name = match &wanted.tool_choice {
        Some(ToolChoice::Auto) => "auto",
        Some(ToolChoice::None) => "none",
        Some(ToolChoice::Required) => "required",
        Some(ToolChoice::Function { name }) => name,
        _ => return,
    };
    object.str("tool_choice", name);
}
