//! What the benchmarks share: their inputs, what is done with them, and how it is timed.

pub(crate) mod call;
pub(crate) mod frames;
pub(crate) mod read;
pub(crate) mod time;
