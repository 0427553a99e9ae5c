//! Recordings, written as text.

use super::{Entry, Recording};
use crate::codec;
use core::fmt;
use serde::Serialize;
use serde_json::value::RawValue;

/// Writes the lines, with blank ones where the numbers leave a gap.
impl fmt::Display for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut next = 1;
        for line in &self.lines {
            for _ in next..line.number {
                writeln!(f)?;
            }
            writeln!(f, "{}", line.entry)?;
            next = line.number.max(next).saturating_add(1);
        }
        Ok(())
    }
}

/// Writes one line, without its end.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server(text) => frame(f, "server", text),
            Self::Client(text) => frame(f, "client", text),
            Self::ServerBinary(bytes) => binary(f, "server", bytes),
            Self::ClientBinary(bytes) => binary(f, "client", bytes),
            Self::Command(command) => object(f, "command", command),
            Self::At(time) => object(f, "at_ms", &time.as_millis()),
            Self::Close {
                code,
                reason,
                clean,
            } => close(f, *code, reason, *clean),
            Self::Comment(text) => comment(f, text),
        }
    }
}

/// A frame as it is, or quoted where it would not read back as the same text.
fn frame(f: &mut fmt::Formatter<'_>, dir: &str, text: &str) -> fmt::Result {
    if stands_alone(text) {
        write!(f, r#"{{"dir":"{dir}","frame":{text}}}"#)
    } else {
        write!(f, r#"{{"dir":"{dir}","raw":{}}}"#, json(text)?)
    }
}

fn binary(f: &mut fmt::Formatter<'_>, dir: &str, bytes: &[u8]) -> fmt::Result {
    let base64 = codec::encode(bytes);
    write!(f, r#"{{"dir":"{dir}","binary":"{base64}"}}"#)
}

fn stands_alone(text: &str) -> bool {
    let one_line = text.starts_with('{') && !text.contains(['\n', '\r']);
    one_line && serde_json::from_str::<&RawValue>(text).is_ok_and(|value| value.get() == text)
}

fn object<T: Serialize>(f: &mut fmt::Formatter<'_>, key: &str, value: &T) -> fmt::Result {
    write!(f, r#"{{"{key}":{}}}"#, json(value)?)
}

fn close(f: &mut fmt::Formatter<'_>, code: Option<u16>, reason: &str, clean: bool) -> fmt::Result {
    f.write_str(r#"{"dir":"server","close":{"#)?;
    if let Some(code) = code {
        write!(f, r#""code":{code},"#)?;
    }
    write!(f, r#""reason":{}"#, json(reason)?)?;
    if clean != code.is_some() {
        write!(f, r#","clean":{clean}"#)?;
    }
    f.write_str("}}")
}

fn comment(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("#")?;
    text.split_whitespace()
        .try_for_each(|word| write!(f, " {word}"))
}

fn json<T: Serialize + ?Sized>(value: &T) -> Result<alloc::string::String, fmt::Error> {
    serde_json::to_string(value).map_err(|_| fmt::Error)
}
