//! The Gemini Live protocol: what its frames come to, and what is sent.

#[path = "../worlds/books.rs"]
#[expect(dead_code, reason = "another family of servers needs more")]
mod books;
mod calls;
mod commands;
mod frames;
mod history;
mod interruptions;
mod names;
mod passive;
mod resuming;
mod sequences;
mod server;
mod setup;
mod support;
mod tool_turns;
mod worlds;
