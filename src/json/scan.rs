//! The scanner: one pass over a JSON text, iterative, that writes its tape.

use super::{
    run::plain_run,
    slot::{Kind, Slot},
    tape::Tape,
    value::Value,
};

/// The deepest nesting that any limit can allow.
pub(crate) const MAX_NESTING: usize = 512;

/// Why a text is not one JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Syntax { offset: usize },
    NotAnObject,
    TooDeep { limit: usize },
}

/// Whether a text is one JSON object and nothing else.
pub(crate) fn is_object(text: &str) -> bool {
    object(text).is_ok()
}

/// Why a text is not one JSON object, if it is none.
pub(crate) fn object(text: &str) -> Result<(), Fault> {
    entries(text, MAX_NESTING, &mut Tape::new(), |_, _| {})
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

/// Visits every entry of one whole object, the key first; what is nested goes on the tape.
#[inline]
pub(crate) fn entries<'f>(
    text: &'f str,
    nesting: usize,
    tape: &mut Tape,
    mut visit: impl FnMut(Value<'static, 'f>, Slot),
) -> Result<(), Fault> {
    let mut scanner = Scanner::new(text, nesting);
    let object = scanner.token() == Some(b'{');
    let whole = if object {
        scanner.members(tape, &mut visit)
    } else {
        scanner.value(tape).map(drop)
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

/// A text that is one value, with its tape; none where it is no JSON.
pub(super) fn whole(text: &str) -> Option<(Slot, Tape)> {
    let mut tape = Tape::new();
    let mut scanner = Scanner::new(text, MAX_NESTING);
    scanner.token()?;
    let slot = scanner.value(&mut tape)?;
    scanner.end().map(|()| (slot, tape))
}

/// Where it stands when something is missing or wrong is where the fault is.
struct Scanner<'f> {
    text: &'f str,
    bytes: &'f [u8],
    at: usize,
    nesting: usize,
    too_deep: bool,
}

impl<'f> Scanner<'f> {
    fn new(text: &'f str, nesting: usize) -> Self {
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
    fn members(
        &mut self,
        tape: &mut Tape,
        visit: &mut impl FnMut(Value<'static, 'f>, Slot),
    ) -> Option<()> {
        if !self.enter(Kind::Object)? {
            return Some(());
        }
        loop {
            let key = self.key()?;
            let value = self.value(tape)?;
            visit(key.of(self.text), value);
            if !self.goes_on(Kind::Object)? {
                return Some(());
            }
        }
    }

    /// Steps behind the bracket that opens here; whether there is anything before it closes.
    #[inline]
    fn enter(&mut self, kind: Kind) -> Option<bool> {
        self.at += 1;
        let empty = self.token()? == closing(kind);
        self.at += usize::from(empty);
        Some(!empty)
    }

    /// Whether another one follows behind a comma; otherwise it closes here, which is stepped over.
    #[inline]
    fn goes_on(&mut self, kind: Kind) -> Option<bool> {
        let byte = self.token()?;
        let more = byte == b',';
        if !more && byte != closing(kind) {
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
        match self.bytes.get(self.at..) {
            Some([b':', next, ..]) if *next > b' ' => self.at += 1,
            _ => self.colon()?,
        }
        Some(key)
    }

    /// The colon behind a key, with the space around it.
    #[inline(never)]
    fn colon(&mut self) -> Option<()> {
        self.token()?;
        self.expect(b':')?;
        self.token().map(drop)
    }

    #[inline]
    fn value(&mut self, tape: &mut Tape) -> Option<Slot> {
        match self.peek()? {
            b'"' => self.string(),
            bracket @ (b'{' | b'[') => self.container(opened_by(bracket), tape),
            other => self.scalar(other),
        }
    }

    /// What is neither a string nor a container.
    fn scalar(&mut self, first: u8) -> Option<Slot> {
        let start = self.at;
        let kind = match first {
            b't' => self.literal(b"true", Kind::Bool),
            b'f' => self.literal(b"false", Kind::Bool),
            b'n' => self.literal(b"null", Kind::Null),
            b'-' | b'0'..=b'9' => self.number().map(|()| Kind::Number),
            _ => None,
        };
        Some(Slot::new(start, self.at, kind?, false))
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
            return Some(Slot::new(start, self.at - 1, Kind::String, false));
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
        Some(Slot::new(start, self.at - 1, Kind::String, true))
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

    /// The object or array that opens here; it goes on the tape with whatever is inside.
    fn container(&mut self, mut kind: Kind, tape: &mut Tape) -> Option<Slot> {
        let (start, outermost, mut depth) = (self.at, kind, 1);
        let mut open = self.open(kind, depth, 0, tape)?;
        let mut more = self.enter(kind)?;
        loop {
            while !more {
                let outer = tape.close(open, self.at);
                depth -= 1;
                if depth == 0 {
                    return Some(Slot::new(start, self.at, outermost, false));
                }
                (open, kind) = outer;
                more = self.goes_on(kind)?;
            }
            if kind == Kind::Object {
                tape.push(self.key()?);
            }
            more = match self.peek()? {
                bracket @ (b'{' | b'[') => {
                    kind = opened_by(bracket);
                    depth += 1;
                    open = self.open(kind, depth, open, tape)?;
                    self.enter(kind)?
                }
                b'"' => {
                    tape.push(self.string()?);
                    self.goes_on(kind)?
                }
                other => {
                    tape.push(self.scalar(other)?);
                    self.goes_on(kind)?
                }
            };
        }
    }

    fn open(&mut self, kind: Kind, depth: usize, outer: u32, tape: &mut Tape) -> Option<u32> {
        if depth >= self.nesting {
            self.too_deep = true;
            return None;
        }
        Some(tape.open(self.at, kind, outer))
    }
}

fn opened_by(bracket: u8) -> Kind {
    if bracket == b'{' {
        Kind::Object
    } else {
        Kind::Array
    }
}

fn closing(kind: Kind) -> u8 {
    if kind == Kind::Object { b'}' } else { b']' }
}
