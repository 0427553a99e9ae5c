//! The OpenAI Realtime protocol, GA and beta. Both generations of names and shapes are accepted by
//! both dialects; each emits exactly its own.

mod client;
mod common;
mod create;
pub(in crate::dialect) mod decode;
mod draft;
mod encode;
mod input;
mod item;
pub(in crate::dialect) mod names;
mod report;
mod response;
mod session;
mod settable;
mod settings;
mod update;

pub(crate) use client::intent;
pub(crate) use decode::decode;
pub(crate) use encode::{APPEND, APPEND_BYTES, encode};
