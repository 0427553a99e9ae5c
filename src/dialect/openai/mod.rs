//! The OpenAI Realtime protocol, GA and beta. Both generations of names and shapes are accepted by
//! both dialects; each emits exactly its own.

mod client;
pub(in crate::dialect) mod common;
mod compatible;
pub(in crate::dialect) mod create;
pub(in crate::dialect) mod decode;
pub(in crate::dialect) mod draft;
pub(in crate::dialect) mod encode;
pub(in crate::dialect) mod input;
pub(in crate::dialect) mod item;
pub(in crate::dialect) mod names;
pub(in crate::dialect) mod report;
pub(in crate::dialect) mod response;
pub(in crate::dialect) mod session;
pub(in crate::dialect) mod settable;
pub(in crate::dialect) mod settings;
pub(in crate::dialect) mod update;

pub(crate) use client::intent;
pub(crate) use decode::decode;
pub(crate) use encode::{APPEND, APPEND_BYTES, encode};
pub(crate) use names::idle;
