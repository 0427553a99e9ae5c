//! pi RPC: 0.7x, 0.8x and 1.x. JSON lines between a host and a coding agent.

mod client;
mod decode;
mod encode;
mod message;
mod reply;
mod report;

pub(crate) use client::intent;
pub(crate) use decode::decode;
pub(crate) use encode::encode;
