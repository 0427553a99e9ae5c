//! The family as a whole: one conversation in every dialect, and every command in every dialect.

#[path = "../matrix/commands.rs"]
mod commands;
mod conversation;
mod matrix;
mod wires;
