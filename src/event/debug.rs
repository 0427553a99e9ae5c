//! `Debug` of what holds media or raw frames: it prints how long they are, never what they say.

use super::{
    AgentEvent, Content, Item, Malformed, Notice, Payload, Ready, ResponseFinished, ServerError,
    SessionUpdated, Timed, Unknown, VideoDelta,
};
use crate::codec;
use core::fmt::{Debug, Formatter, Result};

/// Stands for something of that many bytes.
struct Bytes(usize);

impl Bytes {
    fn of(text: &str) -> Self {
        Self(text.len())
    }

    /// Of what the base64 text decodes to.
    fn decoded(text: &str) -> Self {
        Self(codec::decoded_len(text))
    }
}

impl Debug for Bytes {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "<{} bytes>", self.0)
    }
}

/// Structs with a raw text: the other fields as they are. A field left out does not compile.
macro_rules! debug_structs {
    ($($name:ident { $($shown:ident),*; $raw:ident })*) => {$(
        impl Debug for $name<'_> {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                let Self { $($shown,)* $raw } = self;
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($shown), $shown))*
                    .field(stringify!($raw), &Bytes::of($raw))
                    .finish()
            }
        }
    )*};
}

debug_structs! {
    Ready {
        session_id, model, voice, expires_at, input_format, output_format, protocol_version; raw
    }
    SessionUpdated { mismatches; raw }
    Item { ids, previous, kind, role, status, origin, call_id, name, content; raw }
    Timed { ids, kind, at; raw }
    ServerError {
        class, scope, code, kind, message, param, client_event_id, session_usable, retry; raw
    }
    Notice { severity, source, code, message; raw }
    Unknown { kind; raw }
    Malformed { kind, fault; raw }
}

impl Debug for ResponseFinished<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Self {
            ids,
            outcome,
            usage,
            had_audio,
            had_text,
            calls,
            empty,
            metadata,
            raw,
        } = self;
        f.debug_struct("ResponseFinished")
            .field("ids", ids)
            .field("outcome", outcome)
            .field("usage", usage)
            .field("had_audio", had_audio)
            .field("had_text", had_text)
            .field("calls", calls)
            .field("empty", empty)
            .field("metadata", metadata)
            .field("raw", &raw.as_deref().map(Bytes::of))
            .finish()
    }
}

impl Debug for VideoDelta<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Self {
            ids,
            epoch,
            mime,
            payload,
        } = self;
        f.debug_struct("VideoDelta")
            .field("ids", ids)
            .field("epoch", epoch)
            .field("mime", mime)
            .field("payload", &Bytes::decoded(payload))
            .finish()
    }
}

impl Debug for Payload<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let name = match self {
            Self::Base64(_) => "Base64",
            Self::Raw(_) => "Raw",
        };
        f.debug_tuple(name)
            .field(&Bytes(self.decoded_len()))
            .finish()
    }
}

fn one(f: &mut Formatter<'_>, name: &str, field: &str, value: &dyn Debug) -> Result {
    f.debug_struct(name).field(field, value).finish()
}

impl Debug for Content<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Text { text } => one(f, "Text", "text", text),
            Self::Audio {
                transcript,
                audio,
                format,
            } => f
                .debug_struct("Audio")
                .field("transcript", transcript)
                .field("audio", &audio.as_deref().map(Bytes::decoded))
                .field("format", format)
                .finish(),
            Self::Image { url, detail } => {
                // A `data:` URL is the picture itself.
                let data = url
                    .as_deref()
                    .filter(|url| url.starts_with("data:"))
                    .map(Bytes::of);
                let url: &dyn Debug = if data.is_some() { &data } else { url };
                f.debug_struct("Image")
                    .field("url", url)
                    .field("detail", detail)
                    .finish()
            }
            Self::Arguments { text, validity } => f
                .debug_struct("Arguments")
                .field("text", text)
                .field("validity", validity)
                .finish(),
            Self::Output { text } => one(f, "Output", "text", text),
            Self::Fault { raw } => one(f, "Fault", "raw", &Bytes::of(raw)),
            Self::Tools { raw } => one(f, "Tools", "raw", &Bytes::of(raw)),
            Self::Server { label } => one(f, "Server", "label", label),
            Self::Approval {
                approval_id,
                approve,
                reason,
            } => f
                .debug_struct("Approval")
                .field("approval_id", approval_id)
                .field("approve", approve)
                .field("reason", reason)
                .finish(),
            Self::Other { kind, raw } => f
                .debug_struct("Other")
                .field("kind", kind)
                .field("raw", &Bytes::of(raw))
                .finish(),
        }
    }
}

impl Debug for AgentEvent<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let (mut out, raw) = match self {
            Self::SubagentStarted { id, name, raw } => {
                let mut out = f.debug_struct("SubagentStarted");
                out.field("id", id).field("name", name);
                (out, raw)
            }
            Self::SubagentUpdated { id, raw } => {
                let mut out = f.debug_struct("SubagentUpdated");
                out.field("id", id);
                (out, raw)
            }
            Self::SubagentDone { id, ok, raw } => {
                let mut out = f.debug_struct("SubagentDone");
                out.field("id", id).field("ok", ok);
                (out, raw)
            }
            Self::Response { command, ok, raw } => {
                let mut out = f.debug_struct("Response");
                out.field("command", command).field("ok", ok);
                (out, raw)
            }
            Self::Other { kind, raw } => {
                let mut out = f.debug_struct("Other");
                out.field("kind", kind);
                (out, raw)
            }
        };
        out.field("raw", &Bytes::of(raw)).finish()
    }
}
