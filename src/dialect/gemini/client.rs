//! Client frames that somebody else wrote, understood as far as their key allows.

use super::{
    asked,
    names::{Key, fields, flag, is, plain},
    part,
};
use crate::{
    command::{Activity, DraftContent, ItemBody, ItemDraft},
    dialect::{Intent, Said},
    event::Role,
    json::{Document, Kind, Value, fields as top},
    state::Expect,
};
use alloc::{boxed::Box, string::String, vec::Vec};

const ASKED: Expect = Expect::Response { out_of_band: false };

const KEYS: [Key; 5] = [
    ("clientContent", "client_content"),
    ("realtimeInput", "realtime_input"),
    ("toolResponse", "tool_response"),
    plain("setup"),
    ("contextUpdate", "context_update"),
];

/// What a client frame wants, if it is one object.
pub(crate) fn intent(text: &str, nesting: usize) -> Option<Intent> {
    let index = |name: &str| KEYS.iter().position(|key| is(*key, name));
    let found = top::<5>(text, nesting, index).ok()?;
    let [content, input, response, setup, update] = found.values();
    let mut intent = Intent::default();
    turns(content, &mut intent);
    live(input, &mut intent);
    answers(response, &mut intent);
    intent.wanted = match (setup.kind, update.kind) {
        (Kind::Object, _) => Some(Box::new(asked::setup(setup))),
        (_, Kind::Object) => Some(Box::new(asked::update(update))),
        _ => None,
    };
    Some(intent)
}

fn turns(content: Value<'_, '_>, intent: &mut Intent) {
    let [turns, complete] = fields(content, [plain("turns"), ("turnComplete", "turn_complete")]);
    let asks = flag(complete);
    intent.said = turns_said(turns, asks);
    if asks {
        intent.expects.push(ASKED);
    }
}

/// What the user does: says, types, marks.
fn live(input: Value<'_, '_>, intent: &mut Intent) {
    let [text, audio, start, end] = fields(
        input,
        [
            plain("text"),
            plain("audio"),
            ("activityStart", "activity_start"),
            ("activityEnd", "activity_end"),
        ],
    );
    if let Some(text) = text.str() {
        intent.expects.push(ASKED);
        intent.said.push(Said {
            role: Role::User,
            text: Box::from(&*text),
            asks: true,
        });
    }
    let [mime] = fields(audio, [("mimeType", "mime_type")]);
    let told = mime.str().filter(|mime| mime.contains("rate="));
    intent.format = told.and_then(|mime| part::format(&mime));
    intent.marks = match (start.is_some(), end.is_some()) {
        (true, _) => Some(Activity::Start),
        (_, true) => Some(Activity::End),
        _ => None,
    };
}

/// An answer is for the call of its id, or for one of its function; it may not be the last.
fn answers(response: Value<'_, '_>, intent: &mut Intent) {
    let [answers] = fields(response, [("functionResponses", "function_responses")]);
    answers.each(|answer| {
        let [id, name, continues] = fields(
            answer,
            [
                plain("id"),
                plain("name"),
                ("willContinue", "will_continue"),
            ],
        );
        match (id.str(), name.str()) {
            _ if flag(continues) => {}
            (Some(id), _) => intent.expects.push(Expect::output(&id)),
            (None, Some(name)) => intent.functions.push(Box::from(&*name)),
            (None, None) => {}
        }
    });
}

/// What the turns say: the last one asks for the reply, where one is wanted.
fn turns_said(turns: Value<'_, '_>, asks: bool) -> Vec<Said> {
    let mut said: Vec<_> = turns.elements().into_iter().map(turn_said).collect();
    if let Some(last) = said.last_mut() {
        last.asks = asks && last.role == Role::User;
    }
    said
}

fn turn_said(turn: Value<'_, '_>) -> Said {
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
        ItemBody::Raw { json } => Some(turn_said(Document::of(json.get()).value())),
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
