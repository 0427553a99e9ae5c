//! Client frames that somebody else wrote, understood as far as their key allows.

use super::names::{fields, flag, plain};
use crate::{
    dialect::Intent,
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
    Some(Intent {
        event_id: None,
        expects,
        said: said(turns).or_else(|| live.str().map(|text| Box::from(&*text))),
    })
}

fn answer(response: Value<'_>) -> Option<Expect> {
    let [id] = fields(response, [plain("id")]);
    id.str().map(|id| Expect::output(&id))
}

/// The last turn, where it is the user's.
fn said(turns: Value<'_>) -> Option<Box<str>> {
    let last = turns.elements().pop()?;
    let [role, parts] = fields(last, [plain("role"), plain("parts")]);
    if role.str().is_some_and(|role| role != "user") {
        return None;
    }
    let texts = parts.elements().into_iter();
    let text: String = texts.filter_map(|part| part.field("text").str()).collect();
    (!text.is_empty()).then(|| text.into())
}
