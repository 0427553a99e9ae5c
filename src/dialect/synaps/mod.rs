//! synaps RPC, protocol version 1: 0.3 and 0.11. JSON lines between a host and an agent.

mod client;
mod decode;
mod encode;
mod reply;

pub(crate) use client::intent;
pub(crate) use decode::decode;
pub(crate) use encode::encode;
