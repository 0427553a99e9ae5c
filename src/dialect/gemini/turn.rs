//! Turns that the client writes: a role and its parts. There is no role of the system's.

use crate::{
    codec,
    command::{DraftContent, ItemBody, ItemDraft, SendMedia, SendText},
    config::RawJson,
    dialect::Context,
    error::SendError,
    event::Role,
    json::{Array, Object, is_object},
};
use alloc::{format, string::String};

fn turns(role: &str, write: impl FnOnce(&mut Array<'_>)) -> String {
    let mut text = String::from("[");
    let mut turn = Object::new(&mut text);
    turn.plain("role", role).array("parts", write);
    turn.end();
    text.push(']');
    text
}

const fn role(role: &Role) -> &'static str {
    match role {
        Role::Assistant => "model",
        _ => "user",
    }
}

fn text_part(parts: &mut Array<'_>, text: &str) {
    parts.object(|part| {
        part.str("text", text);
    });
}

fn data_part(parts: &mut Array<'_>, mime: &str, base64: &str) {
    parts.object(|part| {
        part.object("inlineData", |data| {
            data.str("mimeType", mime).str("data", base64);
        });
    });
}

pub(super) fn of_text(text: &SendText<'_>) -> String {
    turns(role(&text.role), |parts| {
        text_part(parts, &text.text);
        for attachment in &text.attachments {
            data_part(parts, &attachment.mime, &codec::encode(&attachment.data));
        }
    })
}

pub(super) fn of_media(media: &SendMedia<'_>) -> String {
    turns("user", |parts| {
        data_part(parts, &media.mime, &codec::encode(&media.data));
    })
}

/// A message as a turn. A call or its output cannot be seeded: the server closes at such parts.
pub(super) fn of_item(item: &ItemDraft<'_>, context: &Context) -> Result<String, SendError> {
    if item.id.is_some() {
        return Err(context.unsupported("create_item.id"));
    }
    if item.extra.is_some() {
        return Err(context.unsupported("create_item.extra"));
    }
    match &item.body {
        ItemBody::Message { role: of, content } => {
            for part in content {
                check(part, context)?;
            }
            Ok(turns(role(of), |parts| {
                for each in content {
                    part(parts, each, context);
                }
            }))
        }
        ItemBody::Raw { json } => Ok(format!("[{}]", object_of(json, "item")?)),
        ItemBody::Call { .. } | ItemBody::Output { .. } => Err(context.unsupported("create_item")),
    }
}

fn object_of<'j>(json: &'j RawJson, field: &'static str) -> Result<&'j str, SendError> {
    let json = json.get();
    if is_object(json) {
        Ok(json)
    } else {
        Err(SendError::Invalid { field })
    }
}

/// Only what is here can be sent: a picture elsewhere cannot.
fn check(part: &DraftContent<'_>, context: &Context) -> Result<(), SendError> {
    match part {
        DraftContent::Image { url, .. } if data_url(url).is_none() => {
            Err(context.unsupported("create_item.content"))
        }
        DraftContent::Raw { json } => object_of(json, "content").map(drop),
        _ => Ok(()),
    }
}

/// The media type and the base64 of a `data:` URL.
fn data_url(url: &str) -> Option<(&str, &str)> {
    url.strip_prefix("data:")?.split_once(";base64,")
}

fn part(parts: &mut Array<'_>, content: &DraftContent<'_>, context: &Context) {
    match content {
        DraftContent::Text { text } => text_part(parts, text),
        DraftContent::Audio { audio, .. } => {
            let mime = format!("audio/pcm;rate={}", context.input_format.rate_hz);
            data_part(parts, &mime, audio);
        }
        DraftContent::Image { url, .. } => {
            if let Some((mime, base64)) = data_url(url) {
                data_part(parts, mime, base64);
            }
        }
        DraftContent::Raw { json } => parts.raw(json.get()),
    }
}
