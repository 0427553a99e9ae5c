//! Merging of objects, so that what a caller adds meets what a dialect wrote under one key.

use super::{scan::Kind, text::escape_into, value::Value};
use alloc::string::String;

/// Appends `base` with the members of `extra` over it: objects merge, anything else is replaced.
pub(crate) fn merge(out: &mut String, base: &str, extra: &str) {
    let object = |text| Value {
        kind: Kind::Object,
        escaped: false,
        text,
    };
    let mut added = object(extra).members();
    out.push('{');
    let mut separator = "";
    for (key, value) in object(base).members() {
        write_key(out, &mut separator, &key);
        let place = added.iter().rposition(|(other, _)| *other == key);
        match place.map(|at| added.remove(at).1) {
            Some(other) if other.kind == Kind::Object && value.kind == Kind::Object => {
                merge(out, value.text, other.text);
            }
            Some(other) => write_value(out, other),
            None => write_value(out, value),
        }
    }
    for (key, value) in added {
        write_key(out, &mut separator, &key);
        write_value(out, value);
    }
    out.push('}');
}

fn write_key(out: &mut String, separator: &mut &str, key: &str) {
    out.push_str(separator);
    *separator = ",";
    out.push('"');
    escape_into(out, key);
    out.push_str("\":");
}

fn write_value(out: &mut String, value: Value<'_>) {
    if value.kind == Kind::String {
        out.push('"');
        out.push_str(value.text);
        out.push('"');
    } else {
        out.push_str(value.text);
    }
}
