//! Calls that are the caller's to answer: whole, or their arguments value by value.

use super::{
    decode::Found,
    names::{Key, fields, flag, plain},
    path,
};
use crate::{
    delta::id,
    dialect::{CallFact, Fact, Piece},
    event::{CallCancelled, Event, ToolCallCancelled, Validity},
    json::{Kind, Value},
};
use alloc::{borrow::Cow, boxed::Box, vec::Vec};

const FIELDS: [Key; 5] = [
    plain("id"),
    plain("name"),
    plain("args"),
    ("partialArgs", "partial_args"),
    ("willContinue", "will_continue"),
];

/// Tells every call of a message.
pub(super) fn tell<'f>(found: &mut Found<'f>, message: Value<'_, 'f>) {
    let [calls] = fields(message, [("functionCalls", "function_calls")]);
    if message.is_some() && calls.kind != Kind::Array && calls.is_some() {
        found.malformed("toolCall", calls, "functionCalls");
    }
    calls.each(|call| one(found, call));
}

pub(super) fn one<'f>(found: &mut Found<'f>, call: Value<'_, 'f>) {
    if call.kind != Kind::Object {
        found.malformed("toolCall", call, "functionCalls");
        return;
    }
    let [call_id, name, args, partial, continues] = fields(call, FIELDS);
    let pieces: Vec<_> = partial.elements().into_iter().map(piece).collect();
    found.push(Fact::Call(Box::new(CallFact {
        id: id(call_id),
        name: name.str().filter(|name| !name.is_empty()),
        arguments: (args.is_some() && !partial.is_some()).then(|| arguments(args)),
        pieces,
        continues: flag(continues),
        assemble: path::assemble,
    })));
}

fn arguments<'f>(args: Value<'_, 'f>) -> (Cow<'f, str>, Validity) {
    match args.kind {
        Kind::Object => (args.raw().unwrap_or_default(), Validity::Object),
        _ => (args.raw().unwrap_or_default(), Validity::NotObject),
    }
}

fn piece<'f>(value: Value<'_, 'f>) -> Piece<'f> {
    let [path, text, number, truth, null] = fields(
        value,
        [
            ("jsonPath", "json_path"),
            ("stringValue", "string_value"),
            ("numberValue", "number_value"),
            ("boolValue", "bool_value"),
            ("nullValue", "null_value"),
        ],
    );
    let other = [number, truth].into_iter().find(|value| value.is_some());
    let is_text = text.is_some() || (other.is_none() && null.kind == Kind::Absent);
    Piece {
        path: path.str().unwrap_or_default(),
        value: match other {
            _ if is_text => text.str().unwrap_or_default(),
            Some(value) => value.raw().unwrap_or_default(),
            None => Cow::Borrowed("null"),
        },
        text: is_text,
    }
}

/// Tells which calls the server takes back.
pub(super) fn cancelled<'f>(found: &mut Found<'f>, message: Value<'_, 'f>) {
    if !message.is_some() {
        return;
    }
    let [ids] = fields(message, [plain("ids")]);
    found.event(Event::ToolCallCancelled(ToolCallCancelled {
        call_ids: ids.elements().into_iter().filter_map(id).collect(),
        reason: CallCancelled::Server,
    }));
}
