//! Dialects: the wire on one side, the neutral vocabulary on the other. Pure, without state.

mod azure;
pub(crate) mod openai;

use crate::{
    command::{Command, CreateResponse, Say},
    config::{Dialect, SessionConfig, SessionKind},
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
    /// Usage that is told beside what it belongs to.
    Usage(UsageScope<'f>, Usage),
    /// All that a text of the reply says so far.
    TextSoFar(Ids<'f>, Lane, Str<'f>),
    /// Another message says the same, and more.
    Redundant,
    /// The peer is there, and says nothing else.
    Alive,
    /// The server has nothing more to do: the connection ends.
    Finished,
}

pub(crate) struct SessionFact<'f> {
    /// The first word of the session, not the answer to a change.
    pub(crate) created: bool,
    pub(crate) ready: Ready<'f>,
    /// Absent where none were told: those that were told before stay in force.
    pub(crate) settings: Option<SessionConfig>,
    pub(crate) detection: Detection,
}

/// What the server does at the ends of turns; absent is not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Detection {
    /// Creates a response.
    pub(crate) creates: Option<bool>,
    /// Ends the response in progress when the user speaks.
    pub(crate) interrupts: Option<bool>,
    /// Cuts the item that was interrupted.
    pub(crate) truncates: Option<bool>,
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
        Dialect::OpenAi | Dialect::OpenAiBeta | Dialect::AzureVoiceLive => {
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
    text.starts_with(openai::APPEND.0)
}

/// What a dialect says around the base64 of the user's audio, and how much one frame may hold.
pub(crate) struct Append {
    pub(crate) before: &'static str,
    pub(crate) after: &'static str,
    /// In bytes of audio: whole samples, whole groups of base64.
    pub(crate) most: usize,
}

/// How a dialect appends audio; none if it does not.
pub(crate) fn append(dialect: Dialect) -> Option<Append> {
    let (before, after) = openai::APPEND;
    match dialect {
        Dialect::OpenAi | Dialect::OpenAiBeta | Dialect::AzureVoiceLive => Some(Append {
            before,
            after,
            most: openai::APPEND_BYTES,
        }),
        _ => None,
    }
}

/// Decodes one text frame of the server.
pub(crate) fn decode(text: &str, dialect: Dialect, nesting: usize) -> Result<Decoded<'_>, Fault> {
    match dialect {
        Dialect::AzureVoiceLive => azure::decode(text, nesting),
        _ => openai::decode(text, dialect, nesting),
    }
}

/// The request that has these words spoken, in a dialect where a reply of its own speaks them.
pub(crate) fn spoken(say: &Say<'_>, dialect: Dialect) -> Option<CreateResponse<'static>> {
    match dialect {
        Dialect::AzureVoiceLive => azure::spoken(say),
        _ => None,
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
        Dialect::AzureVoiceLive => azure::encode(command, context, batch),
        _ => Err(context.unsupported(command.name())),
    }
}
