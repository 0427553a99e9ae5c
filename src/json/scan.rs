//! The scanner: one pass over a JSON text, iterative, allocation-free.

use super::{
    levels::Levels,
    run::plain_run,
    slot::{Fields, Kind, Slot},
    value::Value,
};

/// The deepest nesting that any limit can allow; one bit a level is kept.
pub(crate) const MAX_NESTING: usize = 512;

/// Why a text is not one JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Syntax { offset: usize },
    NotAnObject,
    TooDeep { limit: usize },
}

/// Scans one whole object; `index` names the slot of a wanted key.
#[inline]
pub(crate) fn fields<const N: usize>(
    text: &str,
    nesting: usize,
    index: impl Fn(&str) -> Option<usize>,
) -> Result<Fields<'_, N>, Fault> {
    let mut found = Fields {
        text,
        ..Fields::EMPTY
    };
    entries(text, nesting, |key, slot| {
        let wanted = match key.plain() {
            Some(key) => index(key),
            None => key.str().and_then(|key| index(&key)),
        };
        if let Some(place) = wanted.and_then(|at| found.slots.get_mut(at)) {
            *place = slot;
        }
    })?;
    Ok(found)
}

/// Whether a text is one JSON object and nothing else.
pub(crate) fn is_object(text: &str) -> bool {
    object(text).is_ok()
}

/// Why a text is not one JSON object, if it is none.
pub(crate) fn object(text: &str) -> Result<(), Fault> {
    entries(text, MAX_NESTING, |_, _| {})
}

/// How long the number is that stands here, if one does.
pub(super) fn number_run(bytes: &[u8]) -> Option<usize> {
    let mut scanner = Scanner {
        text: "",
        bytes,
        at: 0,
        nesting: 0,
        too_deep: false,
    };
    scanner.number().map(|()| scanner.at)
}

/// Visits every entry of one whole object, the key first.
#[inline]
pub(crate) fn entries<'f>(
    text: &'f str,
    nesting: usize,
    mut visit: impl FnMut(Value<'f>, Slot),
) -> Result<(), Fault> {
    let mut scanner = Scanner::new(text, nesting);
    let object = scanner.token() == Some(b'{');
    let whole = if object {
        scanner.members(&mut visit)
    } else {
        scanner.value().map(drop)
    };
    if whole.and_then(|()| scanner.end()).is_none() {
        return Err(scanner.fault());
    }
    if object {
        Ok(())
    } else {
        Err(Fault::NotAnObject)
    }
}

/// Visits every element of one whole array.
pub(crate) fn elements<'f>(text: &'f str, mut visit: impl FnMut(Value<'f>)) -> Result<(), Fault> {
    let mut scanner = Scanner::new(text, MAX_NESTING);
    scanner.elements(&mut visit).ok_or_else(|| scanner.fault())
}

/// Where it stands when something is missing or wrong is where the fault is.
struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    nesting: usize,
    too_deep: bool,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, nesting: usize) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            nesting: nesting.min(MAX_NESTING),
            too_deep: false,
        }
    }

    #[cold]
    fn fault(&self) -> Fault {
        if self.too_deep {
            let limit = self.nesting;
            Fault::TooDeep { limit }
        } else {
            Fault::Syntax { offset: self.at }
        }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next byte that is no space.
    #[inline]
    fn token(&mut self) -> Option<u8> {
        loop {
            match self.peek()? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    #[inline]
    fn eat(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Option<()> {
        self.eat(byte).then_some(())
    }

    fn end(&mut self) -> Option<()> {
        self.token().is_none().then_some(())
    }

    /// The members of the object that opens here, each handed to `visit`.
    #[inline]
    fn members(&mut self, visit: &mut impl FnMut(Value<'t>, Slot)) -> Option<()> {
        if !self.enter(b'}')? {
            return Some(());
        }
        loop {
            let key = self.key()?;
            let value = self.value()?;
            visit(key.of(self.text), value);
            if !self.goes_on(b'}')? {
                return Some(());
            }
        }
    }

    /// The elements of the array that opens here, each handed to `visit`.
    #[inline]
    fn elements(&mut self, visit: &mut impl FnMut(Value<'t>)) -> Option<()> {
        if !self.enter(b']')? {
            return Some(());
        }
        loop {
            visit(self.value()?.of(self.text));
            if !self.goes_on(b']')? {
                return Some(());
            }
        }
    }

    /// Steps behind the bracket that opens here; whether there is anything before it closes.
    #[inline]
    fn enter(&mut self, close: u8) -> Option<bool> {
        self.at += 1;
        let empty = self.token()? == close;
        self.at += usize::from(empty);
        Some(!empty)
    }

    /// Whether another one follows behind a comma; otherwise `close` is here, and is stepped over.
    #[inline]
    fn goes_on(&mut self, close: u8) -> Option<bool> {
        let byte = self.token()?;
        let more = byte == b',';
        if !more && byte != close {
            return None;
        }
        self.at += 1;
        if more {
            self.token()?;
        }
        Some(more)
    }

    /// The key that stands here, up to its value.
    #[inline]
    fn key(&mut self) -> Option<Slot> {
        let key = self.string()?;
        self.token()?;
        self.expect(b':')?;
        self.token()?;
        Some(key)
    }

    #[inline]
    fn value(&mut self) -> Option<Slot> {
        let start = self.at;
        let kind = match self.peek()? {
            b'"' => return self.string(),
            b'{' => Kind::Object,
            b'[' => Kind::Array,
            other => self.scalar(other)?,
        };
        if let Kind::Object | Kind::Array = kind {
            self.container()?;
        }
        Some(slot(start, self.at, kind, false))
    }

    /// What is neither a string nor a container.
    fn scalar(&mut self, first: u8) -> Option<Kind> {
        match first {
            b't' => self.literal(b"true", Kind::Bool),
            b'f' => self.literal(b"false", Kind::Bool),
            b'n' => self.literal(b"null", Kind::Null),
            b'-' | b'0'..=b'9' => self.number().map(|()| Kind::Number),
            _ => None,
        }
    }

    fn literal(&mut self, word: &[u8], kind: Kind) -> Option<Kind> {
        for byte in word {
            self.expect(*byte)?;
        }
        Some(kind)
    }

    fn number(&mut self) -> Option<()> {
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Some(())
    }

    #[inline]
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    /// The string that opens here; the slot is its body.
    #[inline]
    fn string(&mut self) -> Option<Slot> {
        self.expect(b'"')?;
        let start = self.at;
        self.run();
        if self.peek() == Some(b'"') {
            self.at += 1;
            return Some(slot(start, self.at - 1, Kind::String, false));
        }
        self.escaped_string(start)
    }

    #[inline]
    fn run(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += plain_run(rest).unwrap_or(rest.len());
    }

    /// The rest of a string from its first escape on.
    fn escaped_string(&mut self, start: usize) -> Option<Slot> {
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.escape()?,
                _ => return None,
            }
            self.run();
        }
        self.at += 1;
        Some(slot(start, self.at - 1, Kind::String, true))
    }

    #[cold]
    fn escape(&mut self) -> Option<()> {
        self.at += 1;
        match self.peek()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
            b'u' => {
                self.at += 1;
                for _ in 0..4 {
                    self.peek().filter(u8::is_ascii_hexdigit)?;
                    self.at += 1;
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// Skips the object or array that opens here, whatever is inside.
    fn container(&mut self) -> Option<()> {
        let mut levels = Levels::default();
        loop {
            match self.peek()? {
                open @ (b'{' | b'[') => {
                    let object = open == b'{';
                    self.open(&mut levels, object)?;
                    if self.enter(closing(object))? {
                        self.next_key(object)?;
                        continue;
                    }
                    levels.depth -= 1;
                }
                b'"' => self.string().map(drop)?,
                other => self.scalar(other).map(drop)?,
            }
            if self.after_value(&mut levels)? {
                return Some(());
            }
        }
    }

    fn open(&mut self, levels: &mut Levels, object: bool) -> Option<()> {
        if levels.depth + 1 >= self.nesting {
            self.too_deep = true;
            return None;
        }
        levels.push(object);
        Some(())
    }

    /// Closes what ends here; true once nothing is open any more.
    fn after_value(&mut self, levels: &mut Levels) -> Option<bool> {
        while levels.depth > 0 {
            let object = levels.in_object();
            if self.goes_on(closing(object))? {
                self.next_key(object)?;
                return Some(false);
            }
            levels.depth -= 1;
        }
        Some(true)
    }

    #[inline]
    fn next_key(&mut self, object: bool) -> Option<()> {
        if object {
            self.key()?;
        }
        Some(())
    }
}

const fn closing(object: bool) -> u8 {
    if object { b'}' } else { b']' }
}

#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "a text that is longer than a slot can say is refused before it is scanned"
)]
const fn slot(start: usize, end: usize, kind: Kind, escaped: bool) -> Slot {
    Slot {
        start: start as u32,
        end: end as u32,
        kind,
        escaped,
    }
}
