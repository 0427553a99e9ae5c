//! Objects and arrays, written straight into a reused buffer, fields in call order.

use super::text::escape_into;
use alloc::string::String;
use core::fmt::{Arguments, Display, Result, Write};

/// An object under construction; `end` closes it.
#[must_use]
pub(crate) struct Object<'b> {
    out: &'b mut String,
    empty: bool,
}

impl<'b> Object<'b> {
    pub(crate) fn new(out: &'b mut String) -> Self {
        out.push('{');
        Self { out, empty: true }
    }

    pub(crate) fn end(self) {
        self.out.push('}');
    }

    fn key(&mut self, key: &str) -> &mut String {
        if !core::mem::take(&mut self.empty) {
            self.out.push(',');
        }
        string(self.out, key);
        self.out.push(':');
        self.out
    }

    pub(crate) fn str(&mut self, key: &str, text: &str) -> &mut Self {
        string(self.key(key), text);
        self
    }

    pub(crate) fn null(&mut self, key: &str) -> &mut Self {
        self.raw(key, "null")
    }

    pub(crate) fn bool(&mut self, key: &str, value: bool) -> &mut Self {
        self.raw(key, if value { "true" } else { "false" })
    }

    /// A name or an identifier, as `Display` writes it.
    pub(crate) fn plain(&mut self, key: &str, text: impl Display) -> &mut Self {
        let out = self.key(key);
        out.push('"');
        display(&mut Escaped(out), format_args!("{text}"));
        out.push('"');
        self
    }

    /// A finite number, as `Display` writes it.
    pub(crate) fn number(&mut self, key: &str, value: impl Display) -> &mut Self {
        display(self.key(key), format_args!("{value}"));
        self
    }

    /// Text that is JSON already.
    pub(crate) fn raw(&mut self, key: &str, json: &str) -> &mut Self {
        self.key(key).push_str(json);
        self
    }

    pub(crate) fn object(&mut self, key: &str, write: impl FnOnce(&mut Object<'_>)) -> &mut Self {
        nested(self.key(key), write);
        self
    }

    pub(crate) fn array(&mut self, key: &str, write: impl FnOnce(&mut Array<'_>)) -> &mut Self {
        let out = self.key(key);
        out.push('[');
        write(&mut Array { out, empty: true });
        self.out.push(']');
        self
    }
}

/// An array under construction.
pub(crate) struct Array<'b> {
    out: &'b mut String,
    empty: bool,
}

impl Array<'_> {
    fn next(&mut self) -> &mut String {
        if !core::mem::take(&mut self.empty) {
            self.out.push(',');
        }
        self.out
    }

    pub(crate) fn str(&mut self, text: &str) {
        string(self.next(), text);
    }

    pub(crate) fn raw(&mut self, json: &str) {
        self.next().push_str(json);
    }

    pub(crate) fn object(&mut self, write: impl FnOnce(&mut Object<'_>)) {
        nested(self.next(), write);
    }

    pub(crate) fn array(&mut self, write: impl FnOnce(&mut Array<'_>)) {
        let out = self.next();
        out.push('[');
        write(&mut Array { out, empty: true });
        self.out.push(']');
    }
}

fn nested(out: &mut String, write: impl FnOnce(&mut Object<'_>)) {
    let mut object = Object::new(out);
    write(&mut object);
    object.end();
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    escape_into(out, text);
    out.push('"');
}

/// Escapes what is written, as the body of a string.
struct Escaped<'b>(&'b mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> Result {
        escape_into(self.0, text);
        Ok(())
    }
}

fn display(out: &mut impl Write, value: Arguments<'_>) {
    let written = out.write_fmt(value);
    debug_assert!(written.is_ok(), "a String takes any text");
}
