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
        let wanted = key.str().and_then(|key| index(&key));
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
    };
    scanner.number().ok().map(|_| scanner.at)
}

/// Visits every entry of one whole object, the key first.
pub(crate) fn entries<'f>(
    text: &'f str,
    nesting: usize,
    mut visit: impl FnMut(Value<'f>, Slot),
) -> Result<(), Fault> {
    let mut scanner = Scanner::new(text, nesting);
    scanner.space();
    let object = scanner.peek() == Some(b'{');
    if object {
        scanner.members(&mut visit)?;
    } else {
        scanner.value()?;
    }
    scanner.end()?;
    if object {
        Ok(())
    } else {
        Err(Fault::NotAnObject)
    }
}

/// Visits every element of one whole array.
pub(crate) fn elements<'f>(text: &'f str, mut visit: impl FnMut(Value<'f>)) -> Result<(), Fault> {
    let mut scanner = Scanner::new(text, MAX_NESTING);
    scanner.expect(b'[')?;
    scanner.space();
    if scanner.eat(b']') {
        return Ok(());
    }
    loop {
        visit(scanner.value()?.of(text));
        scanner.space();
        if !scanner.eat(b',') {
            return scanner.expect(b']');
        }
        scanner.space();
    }
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    nesting: usize,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, nesting: usize) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            nesting: nesting.min(MAX_NESTING),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn fault<T>(&self) -> Result<T, Fault> {
        Err(Fault::Syntax { offset: self.at })
    }

    fn eat(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.eat(byte) { Ok(()) } else { self.fault() }
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn end(&mut self) -> Result<(), Fault> {
        self.space();
        if self.at == self.bytes.len() {
            Ok(())
        } else {
            self.fault()
        }
    }

    /// The members of the object that opens here, each handed to `visit`.
    fn members(&mut self, visit: &mut impl FnMut(Value<'t>, Slot)) -> Result<(), Fault> {
        self.expect(b'{')?;
        self.space();
        if self.eat(b'}') {
            return Ok(());
        }
        loop {
            let key = self.string()?;
            self.colon()?;
            let value = self.value()?;
            visit(key.of(self.text), value);
            self.space();
            if !self.eat(b',') {
                return self.expect(b'}');
            }
            self.space();
        }
    }

    fn colon(&mut self) -> Result<(), Fault> {
        self.space();
        self.expect(b':')?;
        self.space();
        Ok(())
    }

    fn value(&mut self) -> Result<Slot, Fault> {
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            _ => return self.scalar(),
        };
        self.container()?;
        Ok(slot(start, self.at, kind, false))
    }

    fn scalar(&mut self) -> Result<Slot, Fault> {
        let start = self.at;
        let kind = match self.peek() {
            Some(b'"') => return self.string(),
            Some(b't') => self.literal(b"true", Kind::Bool)?,
            Some(b'f') => self.literal(b"false", Kind::Bool)?,
            Some(b'n') => self.literal(b"null", Kind::Null)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => return self.fault(),
        };
        Ok(slot(start, self.at, kind, false))
    }

    fn literal(&mut self, word: &[u8], kind: Kind) -> Result<Kind, Fault> {
        for byte in word {
            self.expect(*byte)?;
        }
        Ok(kind)
    }

    fn number(&mut self) -> Result<Kind, Fault> {
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
        Ok(Kind::Number)
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == start {
            self.fault()
        } else {
            Ok(())
        }
    }

    /// The string that opens here; the slot is its body.
    fn string(&mut self) -> Result<Slot, Fault> {
        self.expect(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            self.at += plain_run(rest).unwrap_or(rest.len());
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                _ => return self.fault(),
            }
            escaped = true;
        }
        let body = slot(start, self.at, Kind::String, escaped);
        self.at += 1;
        Ok(body)
    }

    fn escape(&mut self) -> Result<(), Fault> {
        self.at += 1;
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.peek().is_some_and(|digit| digit.is_ascii_hexdigit()) {
                        return self.fault();
                    }
                    self.at += 1;
                }
            }
            _ => return self.fault(),
        }
        Ok(())
    }

    /// Skips the object or array that opens here, whatever is inside.
    fn container(&mut self) -> Result<(), Fault> {
        let mut levels = Levels::default();
        loop {
            match self.peek() {
                Some(open @ (b'{' | b'[')) => {
                    self.at += 1;
                    self.open(&mut levels, open == b'{')?;
                    self.space();
                    if !self.eat(closing(open == b'{')) {
                        self.next_key(open == b'{')?;
                        continue;
                    }
                    levels.depth -= 1;
                }
                _ => self.scalar().map(drop)?,
            }
            if self.after_value(&mut levels)? {
                return Ok(());
            }
        }
    }

    fn open(&self, levels: &mut Levels, object: bool) -> Result<(), Fault> {
        if levels.depth + 1 >= self.nesting {
            return Err(Fault::TooDeep {
                limit: self.nesting,
            });
        }
        levels.push(object);
        Ok(())
    }

    /// Closes what ends here; true once nothing is open any more.
    fn after_value(&mut self, levels: &mut Levels) -> Result<bool, Fault> {
        while levels.depth > 0 {
            let object = levels.in_object();
            self.space();
            if self.eat(b',') {
                self.space();
                self.next_key(object)?;
                return Ok(false);
            }
            self.expect(closing(object))?;
            levels.depth -= 1;
        }
        Ok(true)
    }

    fn next_key(&mut self, object: bool) -> Result<(), Fault> {
        if object {
            self.string()?;
            self.colon()?;
        }
        Ok(())
    }
}

const fn closing(object: bool) -> u8 {
    if object { b'}' } else { b']' }
}

fn slot(start: usize, end: usize, kind: Kind, escaped: bool) -> Slot {
    // A text longer than u32 is refused before it is scanned.
    let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Slot {
        start: place(start),
        end: place(end),
        kind,
        escaped,
    }
}
