//! A session against a model of the server: every interleaving of a small world, and many of a
//! large one. What is wrong with any of them is named by the invariant that it breaks.

mod books;
mod bounds;
mod exhaustive;
mod frames;
mod frames_twice;
mod generate;
mod order;
mod properties;
mod regressions;
mod reply;
mod scenario;
mod server;
mod siege;
mod statistics;
mod wire;
mod world;
