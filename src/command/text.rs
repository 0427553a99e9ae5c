//! Commands that say something in words.

use super::Str;
use crate::{
    config::wire::{base64_bytes, is_default, is_true, yes},
    event::Role,
};
use alloc::{borrow::Cow, vec::Vec};
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize};

/// A message in words, with what is attached to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SendText<'a> {
    /// What is said.
    pub text: Str<'a>,
    /// Who says it. Default: [`Role::User`].
    #[serde(default = "user", skip_serializing_if = "is_user")]
    pub role: Role,
    /// When it is said. Default: [`Deliver::Now`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub deliver: Deliver,
    /// Whether a reply is wanted. Default: `true`.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub respond: bool,
    /// Images and files that belong to it. Default: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment<'a>>,
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let name = Str::deserialize(input)?;
        let known = [Self::User, Self::Assistant, Self::System, Self::Developer];
        let role = known.into_iter().find(|role| role.as_str() == name);
        Ok(role.unwrap_or_else(|| Self::Other(name.into())))
    }
}

fn user() -> Role {
    Role::User
}

fn is_user(role: &Role) -> bool {
    *role == Role::User
}

impl<'a> SendText<'a> {
    /// Returns a message of the user's, said now, that wants a reply.
    pub fn new(text: impl Into<Str<'a>>) -> Self {
        Self {
            text: text.into(),
            role: Role::User,
            deliver: Deliver::Now,
            respond: true,
            attachments: Vec::new(),
        }
    }
}

/// When a message is said.
///
/// Agents answer every message, one after the other. While a reply is under way, synaps takes none:
/// the session keeps them, [`Now`](Self::Now) as `prompt` and [`AfterTurn`](Self::AfterTurn) as
/// `follow_up`, and nothing steers. pi keeps them itself: `prompt` that says so, `follow_up`,
/// `steer`; while no reply is under way each of them is a plain `prompt`, as an idle agent would
/// keep the others for a later one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Deliver {
    /// At once; where a response is in progress, the reply to it comes after.
    #[default]
    Now,
    /// When the response in progress has ended: `follow_up`.
    AfterTurn,
    /// Into the response in progress, before the model goes on: `steer`.
    Steer,
}

/// An image or a file that belongs to a message.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Attachment<'a> {
    /// The media type, such as `image/png`.
    pub mime: Str<'a>,
    /// The encoded bytes; base64 in JSON.
    #[serde(with = "base64_bytes")]
    pub data: Cow<'a, [u8]>,
}

impl<'a> Attachment<'a> {
    /// Returns an attachment of encoded bytes.
    pub fn new(mime: impl Into<Str<'a>>, data: impl Into<Cow<'a, [u8]>>) -> Self {
        Self {
            mime: mime.into(),
            data: data.into(),
        }
    }
}

impl fmt::Debug for Attachment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment")
            .field("mime", &self.mime)
            .field("data", &format_args!("{} bytes", self.data.len()))
            .finish()
    }
}

/// Words that the model speaks verbatim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Say<'a> {
    /// What is spoken.
    pub text: Str<'a>,
}

impl<'a> Say<'a> {
    /// Returns the words to speak.
    pub fn new(text: impl Into<Str<'a>>) -> Self {
        Self { text: text.into() }
    }
}
