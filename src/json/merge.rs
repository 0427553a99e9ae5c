//! Merging of objects, so that what a caller adds meets what a dialect wrote under one key.

use super::{slot::Kind, text::escape_into, value::Value};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// Appends `base` with the members of `extra` over it: objects merge, anything else is replaced.
///
/// No object that is written this way has a key twice: of duplicates only the last stands.
pub(crate) fn merge(out: &mut String, base: &str, extra: &str) {
    out.push('{');
    for (at, (key, of_base, of_extra)) in pairs(base, extra).into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('"');
        escape_into(out, &key);
        out.push_str("\":");
        match (of_base.kind, of_extra.kind) {
            (Kind::Object, Kind::Object) => merge(out, of_base.text, of_extra.text),
            (_, Kind::Absent) => write_value(out, of_base),
            _ => write_value(out, of_extra),
        }
    }
    out.push('}');
}

/// Every key of both objects once, with its value in either.
type Pairs<'t> = Vec<(Cow<'t, str>, Value<'t>, Value<'t>)>;

fn pairs<'t>(base: &'t str, extra: &'t str) -> Pairs<'t> {
    let alone = |(key, value)| (key, value, Value::default());
    let mut pairs: Pairs<'t> = members(base).into_iter().map(alone).collect();
    for (key, value) in members(extra) {
        match pairs.iter_mut().find(|(other, ..)| *other == key) {
            Some((.., of_extra)) => *of_extra = value,
            None => pairs.push((key, Value::default(), value)),
        }
    }
    pairs
}

fn members(object: &str) -> Vec<(Cow<'_, str>, Value<'_>)> {
    let object = Value {
        kind: Kind::Object,
        escaped: false,
        text: object,
    };
    object.members()
}

fn write_value(out: &mut String, value: Value<'_>) {
    match value.kind {
        Kind::String => {
            out.push('"');
            out.push_str(value.text);
            out.push('"');
        }
        Kind::Object => merge(out, value.text, "{}"),
        _ => out.push_str(value.text),
    }
}
