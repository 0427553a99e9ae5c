//! Merging of objects, so that what a caller adds meets what a dialect wrote under one key.

use super::{
    slot::Kind,
    text::escape_into,
    value::{Document, Value},
};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// Appends `base` with the members of `extra` over it: objects merge, anything else is replaced.
///
/// No object that is written this way has a key twice: of duplicates only the last stands.
pub(crate) fn merge(out: &mut String, base: &str, extra: &str) {
    let (base, extra) = (Document::of(base), Document::of(extra));
    merge_values(out, base.value(), extra.value());
}

fn merge_values(out: &mut String, base: Value<'_, '_>, extra: Value<'_, '_>) {
    out.push('{');
    for (at, (key, of_base, of_extra)) in pairs(base, extra).into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('"');
        escape_into(out, &key);
        out.push_str("\":");
        match (of_base.kind, of_extra.kind) {
            (Kind::Object, Kind::Object) => merge_values(out, of_base, of_extra),
            (_, Kind::Absent) => write_value(out, of_base),
            _ => write_value(out, of_extra),
        }
    }
    out.push('}');
}

/// Every key of both objects once, with its value in either.
type Pairs<'t, 'f> = Vec<(Cow<'f, str>, Value<'t, 'f>, Value<'t, 'f>)>;

fn pairs<'t, 'f>(base: Value<'t, 'f>, extra: Value<'t, 'f>) -> Pairs<'t, 'f> {
    let alone = |(key, value)| (key, value, Value::default());
    let mut pairs: Pairs<'t, 'f> = base.members().into_iter().map(alone).collect();
    for (key, value) in extra.members() {
        match pairs.iter_mut().find(|(other, ..)| *other == key) {
            Some((.., of_extra)) => *of_extra = value,
            None => pairs.push((key, Value::default(), value)),
        }
    }
    pairs
}

fn write_value(out: &mut String, value: Value<'_, '_>) {
    match value.kind {
        Kind::String => {
            out.push('"');
            out.push_str(value.text);
            out.push('"');
        }
        Kind::Object => merge_values(out, value, Value::default()),
        _ => out.push_str(value.text),
    }
}
