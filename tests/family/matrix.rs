//! Every command in every dialect: the frames that it is, or the refusal that says who lacks it.

use crate::{
    commands::all,
    wires::{Step, frames},
};
use core::fmt::Write as _;
use realtime_proto::{Command, Config, Dialect, Session, Transmit};

/// How much of a frame is shown: its kind, and what tells it from others.
const SHOWN: usize = 120;

const DIALECTS: [Dialect; 9] = [
    Dialect::OpenAi,
    Dialect::OpenAiBeta,
    Dialect::OpenAiTranslation,
    Dialect::AzureVoiceLive,
    Dialect::Xai,
    Dialect::Gemini,
    Dialect::GeminiVertex,
    Dialect::Synaps,
    Dialect::Pi,
];

#[test]
fn every_command_is_frames_an_emulation_or_a_refusal_in_every_dialect() {
    let mut matrix = String::new();
    for dialect in DIALECTS {
        writeln!(matrix, "{dialect}").unwrap();
        for (name, command) in all() {
            let line = outcome(dialect, command);
            writeln!(matrix, "    {name:<30} {line}").unwrap();
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("family_matrix", matrix));
}

/// What becomes of a command while a reply with an open call is under way.
fn outcome(dialect: Dialect, command: Command<'_>) -> String {
    let mut session = replying(dialect);
    if let Err(refused) = session.send(command) {
        return format!("refused: {refused}");
    }
    let frames = polled(&mut session);
    let told: Vec<_> = core::iter::from_fn(|| session.poll_event())
        .map(|event| event.name())
        .collect();
    if !frames.is_empty() {
        return frames.join(" | ");
    }
    if told.is_empty() {
        return "waits, or needs no frame".into();
    }
    format!("no frame: {}", told.join(", "))
}

fn replying(dialect: Dialect) -> Session {
    let mut session = Session::new(Config::new(dialect));
    for step in [Step::Opens, Step::Asks, Step::Calls] {
        if step == Step::Asks && matches!(dialect, Dialect::Synaps | Dialect::Pi) {
            session
                .send(Command::text("Sunny?"))
                .expect("agents are asked in words");
        }
        polled(&mut session);
        for frame in frames(dialect, step) {
            session.receive(&frame).for_each(drop);
        }
    }
    polled(&mut session);
    while session.poll_event().is_some() {}
    session
}

fn polled(session: &mut Session) -> Vec<String> {
    let mut frames = Vec::new();
    while let Some(transmit) = session.poll_transmit() {
        frames.push(match transmit {
            Transmit::Text(text) => text.chars().take(SHOWN).collect(),
            Transmit::Binary(bytes) => format!("{} bytes", bytes.len()),
            Transmit::Close { code, .. } => format!("close {code}"),
            _ => String::from("something new"),
        });
    }
    frames
}
