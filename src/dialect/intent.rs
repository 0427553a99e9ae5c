//! What a client frame says that somebody else wrote, in neutral words.

use super::Extras;
use crate::{
    audio::AudioFormat, command::Activity, config::SessionPatch, event::Role, state::Expect,
};
use alloc::{boxed::Box, vec::Vec};

/// What a client frame that somebody else wrote asks for.
#[derive(Default)]
pub(crate) struct Intent {
    pub(crate) event_id: Option<Box<str>>,
    pub(crate) expects: Vec<Expect>,
    /// What is said by it, where the server will not repeat it.
    pub(crate) said: Vec<Said>,
    /// The settings that it asks for, as far as the server does not tell what comes of them.
    pub(crate) wanted: Option<Box<Wanted>>,
    /// The edge of the user's activity that it marks.
    pub(crate) marks: Option<Activity>,
    /// The format of the user's audio that it carries, where it says so.
    pub(crate) format: Option<AudioFormat>,
    /// The functions whose calls it answers without naming them.
    pub(crate) functions: Vec<Box<str>>,
}

/// Settings that a client asks for.
#[derive(Default)]
pub(crate) struct Wanted {
    pub(crate) patch: SessionPatch,
    pub(crate) extras: Extras,
    /// By what the connection goes on from an earlier one.
    pub(crate) handle: Option<Box<str>>,
    /// The frame opens the session.
    pub(crate) opens: bool,
}

/// A message that the client writes.
pub(crate) struct Said {
    pub(crate) role: Role,
    pub(crate) text: Box<str>,
    /// It wants a reply; otherwise it is history.
    pub(crate) asks: bool,
}
