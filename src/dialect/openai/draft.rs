//! Items that the client writes, and their parts.

use super::{
    client,
    common::{merged, object_or, with_extra},
};
use crate::{
    codec,
    command::{DraftContent, ItemBody, ItemDraft, SendMedia, SendText},
    config::{Dialect, RawJson},
    dialect::Context,
    error::SendError,
    event::Role,
    json::{Array, Object, merge},
    state::Expect,
};
use alloc::{borrow::Cow, format, string::String, vec, vec::Vec};

/// What answers an item that was written as `item`; what the caller worded is read as any frame.
pub(in crate::dialect) fn expect(draft: &ItemDraft<'_>, item: &str) -> Expect {
    let expect = match &draft.body {
        _ if draft.extra.is_some() => return client::created(item),
        ItemBody::Raw { .. } => return client::created(item),
        ItemBody::Message { role, .. } => Expect::message(role.clone()),
        ItemBody::Output { call_id, .. } => Expect::output(call_id),
        ItemBody::Call { .. } => Expect::item(),
    };
    expect.with_id(draft.id.as_deref())
}

/// The JSON of an item; `command` is what is refused where a part has no place on the wire.
pub(in crate::dialect) fn item(
    draft: &ItemDraft<'_>,
    context: &Context,
    command: &'static str,
) -> Result<String, SendError> {
    if let ItemBody::Raw { json } = &draft.body {
        return worded(json, draft);
    }
    if let ItemBody::Message { role, content } = &draft.body {
        for part in content {
            check(part, role, context, command)?;
        }
    }
    with_extra(draft.extra.as_ref(), |object| body(object, draft, context))
}

/// An item in the provider's words, with the id that it is given.
fn worded(json: &RawJson, draft: &ItemDraft<'_>) -> Result<String, SendError> {
    let json = object_or(json, "item")?;
    let Some(id) = &draft.id else {
        return merged(json.into(), draft.extra.as_ref());
    };
    let (mut named, mut item) = (String::new(), String::new());
    let mut object = Object::new(&mut named);
    object.str("id", id);
    object.end();
    merge(&mut item, json, &named);
    merged(item, draft.extra.as_ref())
}

/// Media are the user's alone; some dialects have no images.
fn check(
    part: &DraftContent<'_>,
    role: &Role,
    context: &Context,
    command: &'static str,
) -> Result<(), SendError> {
    let text_only = matches!(role, Role::Assistant | Role::System);
    let blind = matches!(context.dialect, Dialect::OpenAiBeta | Dialect::Xai);
    match part {
        DraftContent::Image { .. } if text_only || blind => Err(context.unsupported(command)),
        DraftContent::Audio { .. } if text_only => Err(context.unsupported(command)),
        DraftContent::Raw { json } => object_or(json, "content").map(drop),
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
        } => call(object, [call_id, name, arguments], context),
        ItemBody::Output { call_id, output } => {
            object.str("call_id", call_id).str("output", output);
        }
        ItemBody::Raw { .. } => {}
    }
}

/// The order of the keys is that of each protocol.
fn call(object: &mut Object<'_>, [call_id, name, arguments]: [&str; 3], context: &Context) {
    if context.dialect == Dialect::Xai {
        object
            .str("call_id", call_id)
            .str("name", name)
            .str("arguments", arguments);
    } else {
        object
            .str("arguments", arguments)
            .str("name", name)
            .str("call_id", call_id);
    }
}

/// What an assistant said has its own name, and in the beta and its heirs another.
fn text_kind(role: &Role, context: &Context) -> &'static str {
    match (role, context.dialect) {
        (Role::Assistant, Dialect::OpenAiBeta | Dialect::AzureVoiceLive) => "text",
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
pub(in crate::dialect) fn text(
    text: &SendText<'_>,
    context: &Context,
) -> Result<String, SendError> {
    const COMMAND: &str = "send_text.attachments";
    let mut content = vec![DraftContent::Text {
        text: Cow::Borrowed(&*text.text),
    }];
    for attachment in &text.attachments {
        let part = attached(&attachment.mime, &attachment.data);
        content.push(part.ok_or_else(|| context.unsupported(COMMAND))?);
    }
    item(&message(text.role.clone(), content), context, COMMAND)
}

pub(in crate::dialect) fn media(
    media: &SendMedia<'_>,
    context: &Context,
) -> Result<String, SendError> {
    const COMMAND: &str = "send_media";
    let part = attached(&media.mime, &media.data);
    let content = vec![part.ok_or_else(|| context.unsupported(COMMAND))?];
    item(&message(Role::User, content), context, COMMAND)
}

fn message(role: Role, content: Vec<DraftContent<'_>>) -> ItemDraft<'_> {
    ItemDraft {
        id: None,
        body: ItemBody::Message { role, content },
        extra: None,
    }
}

/// Images go as `data:` URIs, audio as it is in the session's input format; nothing else goes.
fn attached(mime: &str, data: &[u8]) -> Option<DraftContent<'static>> {
    if mime.starts_with("audio/") {
        let audio = Cow::Owned(codec::encode(data));
        return Some(DraftContent::Audio {
            audio,
            transcript: None,
        });
    }
    let url = || Cow::Owned(format!("data:{mime};base64,{}", codec::encode(data)));
    let image = mime.starts_with("image/").then(url);
    image.map(|url| DraftContent::Image { url, detail: None })
}
