//! The input ledger: what a commit would hold is known, and no sample is torn apart.
//!
//! ```text
//!             appended                   half a sample is left
//!   empty ───────────────► some ─────────────────────────────────► some and a half
//!     ▲                     │ ▲                                         │
//!     │ committed, cleared  │ └───── taken, for the next append ────────┤
//!     └─────────────────────┴───────────────────────────────────────────┘
//! ```
//! The half is the first byte of a sample of which the other comes with the next append. It counts
//! for nothing until then.

use crate::audio::AudioFormat;
use core::time::Duration;

/// What a commit needs at least.
pub(crate) const COMMIT: Duration = Duration::from_millis(100);

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Input {
    /// Appended since the last commit or clear, in bytes.
    bytes: u64,
    carry: Option<u8>,
    /// The start of the user's activity is marked, and its end is not.
    pub(crate) marked: bool,
}

impl Input {
    pub(crate) fn appended(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
    }

    /// How much a commit would hold.
    pub(crate) fn since_commit(&self, format: AudioFormat) -> Option<Duration> {
        format.duration(self.bytes)
    }

    /// Whether half a sample waits for the next append.
    pub(crate) fn has_carry(&self) -> bool {
        self.carry.is_some()
    }

    /// The half sample of the last append.
    pub(crate) fn take_carry(&mut self) -> Option<u8> {
        self.carry.take()
    }

    /// A half sample waits for the next append.
    pub(crate) fn carry(&mut self, byte: u8) {
        self.carry = Some(byte);
    }

    /// The buffer is the server's, or gone.
    pub(crate) fn over(&mut self) {
        *self = Self {
            marked: self.marked,
            ..Self::default()
        };
    }
}

#[cfg(test)]
mod tests;
