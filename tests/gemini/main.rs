//! The Gemini Live protocol: what its frames come to, and what is sent.

#[path = "../worlds/books.rs"]
#[expect(dead_code, reason = "another family of servers needs more")]
mod books;
mod calls;
mod commands;
mod frames;
mod names;
mod resuming;
mod sequences;
mod setup;
mod support;
mod worlds;
