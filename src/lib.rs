#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    warn(
        clippy::indexing_slicing,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic
    )
)]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

pub mod audio;
mod capabilities;
mod codec;
pub mod command;
mod config;
mod counters;
mod delta;
mod dialect;
mod error;
pub mod event;
mod events;
mod heap;
mod id;
mod json;
mod line;
mod lists;
mod loose;
mod outbox;
mod outline;
mod rare;
mod session;
mod slots;
mod state;
mod stream;
mod streams;
#[cfg(feature = "testing")]
pub mod testing;
mod time;
mod transport;
mod usage;

pub use audio::{AudioFormat, Encoding};
pub use capabilities::*;
pub use command::*;
pub use config::*;
pub use counters::Counters;
pub use error::*;
pub use event::*;
pub use events::{Events, Frame};
pub use id::{CommandId, Id};
pub use line::LineBuffer;
pub use session::{Phase, ResponseState, Session};
pub use state::{Conversation, ConversationItem};
pub use time::Time;
pub use transport::{Close, Transmit, TransmitBuf};
pub use usage::{Tokens, Usage};
