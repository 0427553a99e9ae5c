//! Strings: undoing escapes, and making them.

use alloc::{borrow::Cow, string::String};
use memchr::memchr;

/// Undoes the escapes of a scanned string body; a lone surrogate becomes U+FFFD.
pub(crate) fn unescape(body: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'\\', body.as_bytes()) else {
        return Cow::Borrowed(body);
    };
    let (plain, mut rest) = body.split_at(first);
    let mut text = String::with_capacity(body.len());
    text.push_str(plain);
    while let Some(escape) = rest.strip_prefix('\\') {
        let (unescaped, after) = one(escape);
        text.push(unescaped);
        let plain = memchr(b'\\', after.as_bytes()).unwrap_or(after.len());
        let (plain, next) = after.split_at(plain);
        text.push_str(plain);
        rest = next;
    }
    Cow::Owned(text)
}

/// One escape without its backslash, and what follows it.
fn one(escape: &str) -> (char, &str) {
    let mut chars = escape.chars();
    let unescaped = match chars.next() {
        Some('u') => return unicode(chars.as_str()),
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some(other) => other,
        None => char::REPLACEMENT_CHARACTER,
    };
    (unescaped, chars.as_str())
}

fn unicode(digits: &str) -> (char, &str) {
    let (unit, rest) = code_unit(digits);
    if let 0xD800..=0xDBFF = unit {
        if let Some((low @ 0xDC00..=0xDFFF, rest)) = rest.strip_prefix("\\u").map(code_unit) {
            let code = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            return (
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
                rest,
            );
        }
    }
    (
        char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER),
        rest,
    )
}

fn code_unit(digits: &str) -> (u32, &str) {
    let (digits, rest) = digits.split_at_checked(4).unwrap_or((digits, ""));
    (u32::from_str_radix(digits, 16).unwrap_or(0xD800), rest)
}

/// Appends `text` as the body of a JSON string.
pub(crate) fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest
        .bytes()
        .position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\')
    {
        let (plain, tail) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = tail.chars();
        chars
            .next()
            .into_iter()
            .for_each(|special| escape_one(out, special));
        rest = chars.as_str();
    }
    out.push_str(rest);
}

fn escape_one(out: &mut String, special: char) {
    match special {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        control => {
            let code = u32::from(control);
            out.push_str("\\u00");
            out.extend(
                [code >> 4, code & 0xF].map(|digit| char::from_digit(digit, 16).unwrap_or('0')),
            );
        }
    }
}
