//! The Gemini Live protocol, of the developer API and of Vertex AI: messages told apart by their
//! keys, several of them in one frame. Both spellings of a key are read; camel case is written.

mod asked;
mod call;
mod client;
mod content;
mod decode;
mod encode;
mod names;
mod part;
mod path;
mod report;
mod setup;
mod turn;

pub(crate) use client::{intent, said};
pub(crate) use decode::decode;
pub(crate) use encode::{AUDIO, append, encode};
