//! Deltas as the machines read them: what one says, and whose it is.

use super::{Delta, DeltaKind, Field, Made, named};
use crate::{audio::AudioFormat, event::Executor};
use alloc::{borrow::Cow, sync::Arc};

/// What a delta says, and whose it is.
pub(crate) struct Read<'f> {
    pub(crate) kind: DeltaKind,
    response: Option<Cow<'f, str>>,
    /// The response that it belongs to, where it names none.
    pub(crate) adopted: Option<Arc<str>>,
    item: Option<Cow<'f, str>>,
    /// The agent's call, where it is one.
    call: Option<Cow<'f, str>>,
    pub(crate) index: u32,
    pub(crate) text: Cow<'f, str>,
    pub(crate) format: AudioFormat,
}

impl<'f> Read<'f> {
    /// Audio that is no text.
    pub(crate) fn raw(of: (Option<&'f str>, Option<&'f str>), format: AudioFormat) -> Self {
        Self {
            kind: DeltaKind::Audio,
            response: of.0.map(Cow::Borrowed),
            adopted: None,
            item: of.1.map(Cow::Borrowed),
            call: None,
            index: 0,
            text: Cow::Borrowed(""),
            format,
        }
    }

    pub(crate) fn response(&self) -> Option<&str> {
        self.response.as_deref().or(self.adopted.as_deref())
    }

    pub(crate) fn item(&self) -> Option<&str> {
        self.item.as_deref()
    }

    /// What the text is a part of: the agent's call, else the item.
    pub(crate) fn part(&self) -> Option<&str> {
        self.call.as_deref().or_else(|| self.item())
    }
}

impl Delta {
    /// What it says and whose it is, read once for all machines.
    pub(crate) fn read<'r>(&'r self, frame: &'r str) -> Read<'r> {
        let made = self.made.as_deref().unwrap_or(&Made::NONE);
        let read = |field, made: &'r Option<Arc<str>>| {
            named(self.value(field, frame)).or_else(|| made.as_deref().map(Cow::Borrowed))
        };
        let agent = self.kind == DeltaKind::RemoteArguments(Executor::Agent);
        Read {
            kind: self.kind,
            response: read(Field::Response, &made.response),
            adopted: None,
            item: read(Field::Item, &made.item),
            call: agent.then(|| read(Field::Call, &made.call)).flatten(),
            index: self.index(frame).unwrap_or_default(),
            text: self.text(frame),
            format: self.format(),
        }
    }
}
