//! Client frames that somebody else wrote, understood as far as their key allows.

use super::names::{fields, flag, plain};
use crate::{
    command::{DraftContent, ItemBody, ItemDraft},
    dialect::{Intent, Said},
    event::Role,
    json::{Value, fields as top},
    state::Expect,
};
use alloc::{boxed::Box, string::String, vec::Vec};

const KEYS: [(&str, &str); 3] = [
    ("clientContent", "client_content"),
    ("realtimeInput", "realtime_input"),
    ("toolResponse", "tool_response"),
];

/// What a client frame wants, if it is one object.
pub(crate) fn intent(text: &str, nesting: usize) -> Option<Intent> {
    let index = |name: &str| KEYS.iter().position(|key| super::names::is(*key, name));
    let [content, input, response] = top::<3>(text, nesting, index).ok()?.values();
    let [turns, complete] = fields(content, [plain("turns"), ("turnComplete", "turn_complete")]);
    let [live] = fields(input, [plain("text")]);
    let [answers] = fields(response, [("functionResponses", "function_responses")]);
    let mut expects: Vec<_> = answers.elements().into_iter().filter_map(answer).collect();
    let asks = flag(complete) || live.is_some();
    if asks {
        expects.push(Expect::Response { out_of_band: false });
    }
    let mut said = turns_said(turns, asks);
    said.extend(live.str().map(|text| Said {
        role: Role::User,
        text: Box::from(&*text),
        asks,
    }));
    Some(Intent {
        event_id: None,
        expects,
        said,
    })
}

fn answer(response: Value<'_>) -> Option<Expect> {
    let [id] = fields(response, [plain("id")]);
    id.str().map(|id| Expect::output(&id))
}

/// What the turns say: the last one asks for the reply, where one is wanted.
fn turns_said(turns: Value<'_>, asks: bool) -> Vec<Said> {
    let mut said: Vec<_> = turns.elements().into_iter().map(turn_said).collect();
    if let Some(last) = said.last_mut() {
        last.asks = asks && last.role == Role::User;
    }
    said
}

fn turn_said(turn: Value<'_>) -> Said {
    let [role, parts] = fields(turn, [plain("role"), plain("parts")]);
    let model = role.str().is_some_and(|role| role == "model");
    let texts = parts.elements().into_iter();
    let text: String = texts.filter_map(|part| part.field("text").str()).collect();
    Said {
        role: if model { Role::Assistant } else { Role::User },
        text: text.into(),
        asks: false,
    }
}

/// What an item of history says.
pub(crate) fn said(item: &ItemDraft<'_>) -> Option<Said> {
    match &item.body {
        ItemBody::Message { role, content } => {
            let text: String = content.iter().filter_map(text).collect();
            Some(Said {
                role: role.clone(),
                text: text.into(),
                asks: false,
            })
        }
        ItemBody::Raw { json } => Some(turn_said(Value::object(json.get()))),
        ItemBody::Call { .. } | ItemBody::Output { .. } => None,
    }
}

fn text<'a>(part: &'a DraftContent<'_>) -> Option<&'a str> {
    match part {
        DraftContent::Text { text } => Some(text),
        DraftContent::Audio { transcript, .. } => transcript.as_deref(),
        DraftContent::Image { .. } | DraftContent::Raw { .. } => None,
    }
}
