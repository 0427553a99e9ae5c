//! Client frames that somebody else wrote, understood as far as their kind allows.

use super::item;
use crate::{
    dialect::Intent,
    event::{ItemKind, Origin, Previous},
    json::{Document, Kind, Value, fields},
    state::{Expect, ExpectedItem},
};
use alloc::boxed::Box;

const KEYS: [&str; 6] = [
    "type",
    "event_id",
    "item",
    "item_id",
    "response_id",
    "response",
];

/// What a client frame wants, if it is one object.
pub(crate) fn intent(text: &str, nesting: usize) -> Option<Intent> {
    let index = |key: &str| KEYS.iter().position(|wanted| *wanted == key);
    let found = fields::<6>(text, nesting, index).ok()?;
    let [kind, event_id, item, item_id, response_id, response] = found.values();
    let named = |value: Value<'_, '_>| value.str().map(|text| Box::from(&*text));
    let expect = match kind.str().as_deref() {
        Some("session.update" | "transcription_session.update") => Some(Expect::Settings),
        Some("input_audio_buffer.commit" | "conversation.item.commit") => Some(Expect::Committed),
        Some("input_audio_buffer.clear") => Some(Expect::Cleared),
        Some("output_audio_buffer.clear") => Some(Expect::OutputCleared),
        Some("conversation.item.create") => Some(expected(item)),
        Some("conversation.item.retrieve") => named(item_id).map(Expect::Retrieved),
        Some("conversation.item.delete") => named(item_id).map(Expect::Deleted),
        Some("conversation.item.truncate") => named(item_id).map(Expect::Truncated),
        Some("response.cancel") => Some(Expect::Ended(named(response_id))),
        Some("response.create") => {
            let [conversation, commit] = response.fields(["conversation", "commit"]);
            let none = conversation.str().as_deref() == Some("none");
            Some(Expect::Response {
                out_of_band: none || commit.bool() == Some(false),
            })
        }
        _ => None,
    };
    Some(Intent {
        event_id: named(event_id),
        expects: expect.into_iter().collect(),
        ..Intent::default()
    })
}

/// What answers the item that is written as `item`, an object.
pub(super) fn created(item: &str) -> Expect {
    expected(Document::of(item).value())
}

fn expected(value: Value<'_, '_>) -> Expect {
    if value.kind != Kind::Object {
        return Expect::item();
    }
    let item = item::item(
        value,
        crate::event::Ids::default(),
        Previous::Unknown,
        Origin::Conversation,
    );
    Expect::Item(ExpectedItem {
        id: item.ids.item_id.as_deref().map(Into::into),
        call_id: answered(&item),
        role: item.role,
        kind: Some(item.kind),
    })
}

/// Only an output answers a call; a call in a history does not.
fn answered(item: &crate::event::Item<'_>) -> Option<Box<str>> {
    let output = item.kind == ItemKind::FunctionCallOutput;
    item.call_id.as_deref().filter(|_| output).map(Into::into)
}
