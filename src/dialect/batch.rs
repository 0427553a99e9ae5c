//! The frames of a command, and what they are written with.

use crate::{
    audio::AudioFormat,
    config::{Dialect, SessionKind},
    error::SendError,
    id::CommandId,
    json::Object,
    state::{Answered, Expect},
};
use alloc::{borrow::Cow, string::String};
use arrayvec::ArrayVec;

/// What every outbound frame of a command is written with.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each asked on its own"
)]
pub(crate) struct Context {
    pub(crate) dialect: Dialect,
    pub(crate) kind: SessionKind,
    /// The caller marks where the user's turns start and end.
    pub(crate) manual: bool,
    /// A text goes as live input.
    pub(crate) live_text: bool,
    /// An output can say when the model may speak about it.
    pub(crate) scheduling: bool,
    /// An output repeats the id of its call.
    pub(crate) response_id: bool,
    pub(crate) input_format: AudioFormat,
    /// The call that an output answers.
    pub(crate) answered: Answered,
    /// The first frame of the connection.
    pub(crate) opening: Option<Opening>,
    /// A reply is under way or asked for.
    pub(crate) busy: bool,
}

/// What only the first frame of a connection says.
pub(crate) struct Opening {
    /// By what it goes on from an earlier one.
    pub(crate) resume: Option<String>,
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
        self.named(expect, |object, event_id| {
            object.plain("type", kind);
            write(object);
            object.plain("event_id", event_id);
        });
    }

    /// Writes one frame that says its id in a way of its own.
    pub(crate) fn named(&mut self, expect: Expect, write: impl FnOnce(&mut Object<'_>, CommandId)) {
        let id = self.next;
        self.bare(expect, |object| write(object, id));
    }

    /// Writes one frame that has neither a type nor an id.
    pub(crate) fn bare(&mut self, expect: Expect, write: impl FnOnce(&mut Object<'_>)) {
        let start = self.text.len();
        let mut object = Object::new(self.text);
        write(&mut object);
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

/// What a dialect says around the base64 of the user's audio, and how much one frame may hold.
pub(crate) struct Append {
    pub(crate) before: &'static str,
    pub(crate) after: Cow<'static, str>,
    /// In bytes of audio: whole samples, whole groups of base64.
    pub(crate) most: usize,
}

impl Append {
    /// The same for audio that goes out as it is.
    pub(crate) fn raw(self) -> Self {
        Self {
            before: "",
            after: Cow::Borrowed(""),
            most: self.most,
        }
    }

    /// How long a frame is that holds so much.
    pub(crate) fn bytes(&self, encoded: usize) -> usize {
        self.before.len() + encoded + self.after.len()
    }

    pub(crate) const fn is_raw(&self) -> bool {
        self.before.is_empty()
    }
}
