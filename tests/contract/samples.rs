//! One command of every kind.

use core::time::Duration;
use realtime_proto::{
    Activity, AgentCommand, Command, Epoch, ItemDraft, SendMedia, SendText, SessionPatch,
};

/// One command of every variant, in the order of the variants.
pub(crate) fn commands() -> Vec<Command<'static>> {
    let mut text = SendText::new("hi");
    text.respond = false;
    vec![
        Command::configure(SessionPatch::default()),
        Command::append_audio(&[0, 0]),
        Command::CommitInput,
        Command::ClearInput,
        Command::EndAudioStream,
        Command::from(Activity::Start),
        Command::from(text),
        Command::say("hi"),
        Command::from(SendMedia::new("audio/pcm", &[0u8, 0][..])),
        Command::create_item(ItemDraft::user_text("hi")),
        Command::retrieve_item("item_1"),
        Command::delete_item("item_1"),
        Command::truncate("item_1", 0, Duration::ZERO),
        Command::create_response(),
        Command::cancel_response(),
        Command::interrupt(),
        Command::ClearOutput,
        Command::tool_output("call_1", "{}"),
        Command::approve("mcpr_1", true),
        Command::playback(Epoch(0), Duration::ZERO),
        Command::Ping,
        Command::Close,
        Command::from(AgentCommand::NewSession),
        Command::raw("{}"),
    ]
}

/// The names that `fn name` of a vocabulary gives its variants: `Self::CommitInput => "commit_input",`.
pub(crate) fn names(source: &str) -> Vec<&str> {
    let body = source
        .split_once("pub const fn name(&self) -> &'static str {")
        .and_then(|(_, rest)| rest.split_once("\n    }\n"))
        .map(|(body, _)| body);
    body.unwrap()
        .lines()
        .filter_map(|line| line.split_once("=> \"")?.1.strip_suffix("\","))
        .collect()
}

#[test]
fn the_samples_are_one_of_each() {
    let commands = commands();
    let sampled: Vec<_> = commands.iter().map(Command::name).collect();
    assert_eq!(sampled, names(include_str!("../../src/command/build.rs")));
    assert_eq!(sampled.len(), 24);
}
