//! The Gemini Live protocol: what its frames come to, and what is sent.

mod calls;
mod commands;
mod frames;
mod names;
mod resuming;
mod sequences;
mod setup;
mod support;
