//! Dialects: the wire on one side, the neutral vocabulary on the other. Pure, without state.

pub(crate) mod openai;
pub(crate) mod translation;
pub(crate) mod xai;

use crate::{
    command::Command,
    config::{Dialect, SessionConfig, SessionKind, SessionPatch},
    delta::Delta,
    error::SendError,
    event::{Event, Ids, Lane, Ready, Str, UsageScope},
    id::CommandId,
    json::{Fault, Object, Slot, is_object},
    state::Expect,
    usage::Usage,
};
use alloc::{boxed::Box, string::String, vec::Vec};
use arrayvec::ArrayVec;

/// One frame, decoded.
pub(crate) struct Decoded<'f> {
    /// The wire name of the frame.
    pub(crate) kind: Slot,
    pub(crate) event_id: Slot,
    pub(crate) body: Body<'f>,
}

pub(crate) enum Body<'f> {
    Delta(Delta),
    Facts(Vec<Fact<'f>>),
}

/// One thing that a frame says, in neutral words and without regard to what came before.
pub(crate) enum Fact<'f> {
    /// Surfaces as it is, unless the machines know better.
    Event(Event<'f>),
    /// The session and its effective settings, whole.
    Session(Box<SessionFact<'f>>),
    /// A part of an item was opened.
    PartAdded(Ids<'f>, Lane),
    /// What is said of the session that is no setting of all dialects.
    Extras(Extras),
    /// The server asks for a sign of life, with this number in it.
    Ping(Str<'f>),
    /// The server has nothing more to do: the connection ends.
    Finished,
    /// Usage that is told beside what it belongs to.
    Usage(UsageScope<'f>, Usage),
    /// Another message says the same, and more.
    Redundant,
}

pub(crate) struct SessionFact<'f> {
    /// The first word of the session, not the answer to a change.
    pub(crate) created: bool,
    pub(crate) ready: Ready<'f>,
    /// Absent where none were told: those that were told before stay in force.
    pub(crate) settings: Option<SessionConfig>,
}

/// What a session object may say that is no setting of all dialects; none where it does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extras {
    /// The user's audio goes out raw, in binary frames.
    pub(crate) binary_input: Option<bool>,
    /// The conversation can be taken up again on another connection.
    pub(crate) resumable: Option<bool>,
}

impl Extras {
    /// These, with what others say over them.
    pub(crate) fn or(self, earlier: Self) -> Self {
        Self {
            binary_input: self.binary_input.or(earlier.binary_input),
            resumable: self.resumable.or(earlier.resumable),
        }
    }
}

/// What every outbound frame of a command is written with.
pub(crate) struct Context {
    pub(crate) dialect: Dialect,
    pub(crate) kind: SessionKind,
}

impl Context {
    pub(crate) fn unsupported(&self, command: &'static str) -> SendError {
        SendError::Unsupported {
            by: self.dialect,
            command,
        }
    }
}

/// The frames of one command, written one behind the other.
pub(crate) struct Batch<'b> {
    text: &'b mut String,
    next: CommandId,
    pub(crate) frames: ArrayVec<Written, 4>,
}

/// One written frame: its length, its own id, and what will settle it.
pub(crate) struct Written {
    pub(crate) bytes: usize,
    pub(crate) number: u64,
    pub(crate) expect: Expect,
}

impl<'b> Batch<'b> {
    /// `next` names the first frame; each further one counts on.
    pub(crate) fn new(text: &'b mut String, next: CommandId) -> Self {
        Self {
            text,
            next,
            frames: ArrayVec::new(),
        }
    }

    /// Writes one frame: `type` first, what the dialect writes, `event_id` last.
    pub(crate) fn frame(
        &mut self,
        kind: &str,
        expect: Expect,
        write: impl FnOnce(&mut Object<'_>),
    ) {
        let start = self.text.len();
        let mut object = Object::new(self.text);
        object.plain("type", kind);
        write(&mut object);
        object.plain("event_id", self.next);
        object.end();
        let written = Written {
            bytes: self.text.len() - start,
            number: self.next.number,
            expect,
        };
        debug_assert!(
            !self.frames.is_full(),
            "no command needs more frames than this"
        );
        let _ = self.frames.try_push(written);
        self.next.number += 1;
    }
}

/// What a client frame that somebody else wrote asks for.
pub(crate) struct Intent {
    pub(crate) event_id: Option<Box<str>>,
    pub(crate) expect: Option<Expect>,
}

/// Reads a client frame; none if it is not one JSON object.
pub(crate) fn intent(text: &str, dialect: Dialect, nesting: usize) -> Option<Intent> {
    match dialect {
        Dialect::OpenAi | Dialect::OpenAiBeta | Dialect::OpenAiTranslation | Dialect::Xai => {
            openai::intent(text, nesting)
        }
        _ => is_object(text).then_some(Intent {
            event_id: None,
            expect: None,
        }),
    }
}

/// Whether an outbound frame is audio of the user's.
pub(crate) fn is_audio(text: &str) -> bool {
    text.starts_with(openai::APPEND.0) || text.starts_with(translation::APPEND)
}

/// What a dialect says around the base64 of the user's audio, and how much one frame may hold.
pub(crate) struct Append {
    pub(crate) before: &'static str,
    pub(crate) after: &'static str,
    /// In bytes of audio: whole samples, whole groups of base64.
    pub(crate) most: usize,
}

impl Append {
    /// The same for audio that goes out as it is.
    pub(crate) const fn raw(self) -> Self {
        Self {
            before: "",
            after: "",
            most: self.most,
        }
    }

    pub(crate) const fn is_raw(&self) -> bool {
        self.before.is_empty()
    }
}

/// How a dialect appends audio; none if it does not.
pub(crate) fn append(dialect: Dialect) -> Option<Append> {
    let (before, after) = openai::APPEND;
    match dialect {
        Dialect::OpenAi | Dialect::OpenAiBeta | Dialect::Xai => Some(Append {
            before,
            after,
            most: openai::APPEND_BYTES,
        }),
        Dialect::OpenAiTranslation => Some(Append {
            before: translation::APPEND,
            after,
            most: openai::APPEND_BYTES,
        }),
        _ => None,
    }
}

/// Decodes one text frame of the server.
pub(crate) fn decode(text: &str, dialect: Dialect, nesting: usize) -> Result<Decoded<'_>, Fault> {
    match dialect {
        Dialect::OpenAiTranslation => translation::decode(text, nesting),
        Dialect::Xai => xai::decode(text, nesting),
        _ => openai::decode(text, dialect, nesting),
    }
}

/// Writes the frames of a command.
pub(crate) fn encode(
    command: &Command<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    match context.dialect {
        Dialect::OpenAi | Dialect::OpenAiBeta => openai::encode(command, context, batch),
        Dialect::OpenAiTranslation => translation::encode(command, context, batch),
        Dialect::Xai => xai::encode(command, context, batch),
        _ => Err(context.unsupported(command.name())),
    }
}

/// What a change of settings asks for beside the settings that all dialects share.
pub(crate) fn extras(patch: &SessionPatch, dialect: Dialect) -> Extras {
    match dialect {
        Dialect::Xai => xai::asked(patch),
        _ => Extras::default(),
    }
}

/// Writes the answer to a server that asks for a sign of life, where the dialect has one.
pub(crate) fn pong(timestamp: &str, dialect: Dialect, out: &mut String) {
    if dialect == Dialect::Xai {
        xai::pong(timestamp, out);
    }
}
