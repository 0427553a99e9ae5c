//! Objects that the client writes: items, their parts, and the overrides of one response.

use crate::{
    codec,
    command::{CreateResponse, DraftContent, InputItem, ItemBody, ItemDraft, SendMedia, SendText},
    config::{Dialect, MaxTokens, Modality, RawJson},
    dialect::Context,
    error::SendError,
    event::Role,
    json::{Array, Object, merge},
    state::Expect,
};
use alloc::{borrow::Cow, format, string::String, vec, vec::Vec};

use super::update::{choice, format_name, format_object, tool, voice};

/// An object with what the caller adds to it merged over.
pub(super) fn with_extra(extra: Option<&str>, write: impl FnOnce(&mut Object<'_>)) -> String {
    let mut base = String::new();
    let mut object = Object::new(&mut base);
    write(&mut object);
    object.end();
    let Some(extra) = extra else {
        return base;
    };
    let mut merged = String::with_capacity(base.len() + extra.len());
    merge(&mut merged, &base, extra);
    merged
}

pub(super) fn expect(draft: &ItemDraft<'_>) -> Expect {
    let expect = match &draft.body {
        ItemBody::Message { role, .. } => Expect::message(role.clone()),
        ItemBody::Output { call_id, .. } => Expect::output(call_id),
        ItemBody::Call { .. } | ItemBody::Raw { .. } => Expect::item(),
    };
    expect.with_id(draft.id.as_deref())
}

/// The JSON of an item. Audio by an assistant, and images in the beta, have no place on the wire.
pub(super) fn item(draft: &ItemDraft<'_>, context: &Context) -> Result<String, SendError> {
    let extra = draft.extra.as_ref().map(RawJson::get);
    if let ItemBody::Raw { json } = &draft.body {
        return Ok(extra.map_or_else(|| json.get().into(), |extra| merged(json.get(), extra)));
    }
    if let ItemBody::Message { role, content } = &draft.body {
        content
            .iter()
            .try_for_each(|part| check(part, role, context))?;
    }
    Ok(with_extra(extra, |object| body(object, draft, context)))
}

fn merged(base: &str, extra: &str) -> String {
    let mut out = String::new();
    merge(&mut out, base, extra);
    out
}

fn check(part: &DraftContent<'_>, role: &Role, context: &Context) -> Result<(), SendError> {
    match part {
        DraftContent::Image { .. } if context.dialect == Dialect::OpenAiBeta => {
            Err(context.unsupported("create_item.image"))
        }
        DraftContent::Audio { .. } if *role == Role::Assistant => {
            Err(context.unsupported("create_item.assistant_audio"))
        }
        _ => Ok(()),
    }
}

fn body(object: &mut Object<'_>, draft: &ItemDraft<'_>, context: &Context) {
    let kind = match &draft.body {
        ItemBody::Call { .. } => "function_call",
        ItemBody::Output { .. } => "function_call_output",
        _ => "message",
    };
    object.plain("type", kind);
    if let Some(id) = &draft.id {
        object.str("id", id);
    }
    match &draft.body {
        ItemBody::Message { role, content } => {
            object.str("role", role.as_str());
            object.array("content", |parts| {
                for each in content {
                    part(parts, each, role, context);
                }
            });
        }
        ItemBody::Call {
            call_id,
            name,
            arguments,
        } => {
            object
                .str("arguments", arguments)
                .str("name", name)
                .str("call_id", call_id);
        }
        ItemBody::Output { call_id, output } => {
            object.str("call_id", call_id).str("output", output);
        }
        ItemBody::Raw { .. } => {}
    }
}

/// What an assistant said has its own name, and in the beta another.
fn text_kind(role: &Role, context: &Context) -> &'static str {
    match (role, context.dialect) {
        (Role::Assistant, Dialect::OpenAiBeta) => "text",
        (Role::Assistant, _) => "output_text",
        _ => "input_text",
    }
}

fn part(parts: &mut Array<'_>, content: &DraftContent<'_>, role: &Role, context: &Context) {
    match content {
        DraftContent::Text { text } => parts.object(|part| {
            part.plain("type", text_kind(role, context))
                .str("text", text);
        }),
        DraftContent::Audio { audio, transcript } => parts.object(|part| {
            part.plain("type", "input_audio").str("audio", audio);
            if let Some(transcript) = transcript {
                part.str("transcript", transcript);
            }
        }),
        DraftContent::Image { url, detail } => parts.object(|part| {
            part.plain("type", "input_image").str("image_url", url);
            if let Some(detail) = detail {
                part.str("detail", detail);
            }
        }),
        DraftContent::Raw { json } => parts.raw(json.get()),
    }
}

/// A typed text with its attachments, as one message.
pub(super) fn text(text: &SendText<'_>, context: &Context) -> Result<String, SendError> {
    let mut content = vec![DraftContent::Text {
        text: Cow::Borrowed(&*text.text),
    }];
    for attachment in &text.attachments {
        content.push(attached(&attachment.mime, &attachment.data, context)?);
    }
    item(&message(text.role.clone(), content), context)
}

pub(super) fn media(media: &SendMedia<'_>, context: &Context) -> Result<String, SendError> {
    let content = vec![attached(&media.mime, &media.data, context)?];
    item(&message(Role::User, content), context)
}

fn message(role: Role, content: Vec<DraftContent<'_>>) -> ItemDraft<'_> {
    ItemDraft {
        id: None,
        body: ItemBody::Message { role, content },
        extra: None,
    }
}

/// Images go as `data:` URIs, audio as it is in the session's input format.
fn attached(
    mime: &str,
    data: &[u8],
    context: &Context,
) -> Result<DraftContent<'static>, SendError> {
    if mime.starts_with("audio/") {
        let audio = Cow::Owned(base64("", data));
        return Ok(DraftContent::Audio {
            audio,
            transcript: None,
        });
    }
    if !mime.starts_with("image/") {
        return Err(context.unsupported("attachment"));
    }
    let url = Cow::Owned(base64(&format!("data:{mime};base64,"), data));
    Ok(DraftContent::Image { url, detail: None })
}

fn base64(before: &str, data: &[u8]) -> String {
    let mut text = Vec::from(before);
    codec::encode_append(data, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// The overrides of one response; `{}` where there are none.
pub(super) fn response(
    create: &CreateResponse<'_>,
    context: &Context,
) -> Result<String, SendError> {
    let beta = context.dialect == Dialect::OpenAiBeta;
    let refused = [
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
    ];
    if let Some((_, command)) = refused.iter().find(|(refused, _)| *refused) {
        return Err(context.unsupported(command));
    }
    let mut input = None;
    if let Some(items) = &create.input {
        input = Some(inputs(items, context)?);
    }
    let extra = create.extra.as_ref().map(RawJson::get);
    Ok(with_extra(extra, |object| {
        if beta {
            beta_overrides(object, create, input.as_deref());
        } else {
            ga_overrides(object, create, input.as_deref());
        }
    }))
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
            InputItem::Item { item: draft } => out.push_str(&item(draft, context)?),
        }
    }
    out.push(']');
    Ok(out)
}

fn ga_overrides(object: &mut Object<'_>, create: &CreateResponse<'_>, input: Option<&str>) {
    if create.output_format.is_some() || create.voice.is_some() {
        object.object("audio", |audio| {
            audio.object("output", |output| {
                create
                    .output_format
                    .iter()
                    .for_each(|format| format_object(output, "format", *format));
                create.voice.iter().for_each(|name| voice(output, name));
            });
        });
    }
    conversation(object, create, input);
    max_tokens(object, "max_output_tokens", create.max_output_tokens);
    metadata(object, create);
    modalities(object, "output_modalities", create.modalities.as_deref());
    if let Some(parallel) = create.parallel_tool_calls {
        object.bool("parallel_tool_calls", parallel);
    }
    if let Some(prompt) = &create.prompt {
        object.raw("prompt", prompt.get());
    }
    if let Some(effort) = &create.reasoning {
        object.object("reasoning", |reasoning| {
            reasoning.str("effort", effort);
        });
    }
    tools(object, create);
}

fn beta_overrides(object: &mut Object<'_>, create: &CreateResponse<'_>, input: Option<&str>) {
    conversation(object, create, input);
    max_tokens(
        object,
        "max_response_output_tokens",
        create.max_output_tokens,
    );
    metadata(object, create);
    modalities(object, "modalities", create.modalities.as_deref());
    if let Some(format) = create.output_format {
        object.plain("output_audio_format", format_name(format));
    }
    if let Some(temperature) = create.temperature {
        object.number("temperature", temperature);
    }
    tools(object, create);
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

pub(super) fn max_tokens(object: &mut Object<'_>, key: &str, max: Option<MaxTokens>) {
    match max {
        None => {}
        Some(MaxTokens::Infinite) => {
            object.plain(key, "inf");
        }
        Some(MaxTokens::Count(count)) => {
            object.number(key, count);
        }
    }
}

fn metadata(object: &mut Object<'_>, create: &CreateResponse<'_>) {
    if !create.metadata.is_empty() {
        object.object("metadata", |pairs| {
            create.metadata.iter().for_each(|(key, value)| {
                pairs.str(key, value);
            });
        });
    }
}

pub(super) fn modalities(object: &mut Object<'_>, key: &str, modalities: Option<&[Modality]>) {
    let Some(modalities) = modalities else { return };
    object.array(key, |names| {
        for modality in modalities {
            names.str(modality.as_str());
        }
    });
}

fn tools(object: &mut Object<'_>, create: &CreateResponse<'_>) {
    if let Some(named) = &create.tool_choice {
        choice(object, named);
    }
    if let Some(tools) = &create.tools {
        object.array("tools", |list| {
            for each in tools {
                tool(list, each);
            }
        });
    }
}
