//! What waits to be sent: its order, its limits, its end, and what the session tells of it.

mod append;
mod close;
mod figures;
mod interleavings;
mod limits;
mod order;
mod support;
