//! What the benchmarks share: frames, what reads them, and how that is timed and counted.

pub mod alloc;
pub mod cases;
pub mod chance;
pub mod desk;
pub mod frames;
pub mod hits;
pub mod ours;
pub mod peers;
pub mod recorded;
pub mod timing;
pub mod transport;
