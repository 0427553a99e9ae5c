//! Which command each dialect acts on; every other one is refused by name, and changes nothing.

use crate::samples::commands;
use realtime_proto::{Command, Config, Dialect, SendError, Session};

/// What no dialect of the family acts on, and what will.
const FAMILY: &[(&str, &str)] = &[
    (
        "end_audio_stream",
        "Gemini, Nova Sonic: the server ends by silence here",
    ),
    ("activity", "Gemini: the caller commits here"),
    (
        "say",
        "xAI, Azure Voice Live: there are no words for it here",
    ),
    ("interrupt", "the playback ledger: what was heard decides"),
    ("ping", "xAI: transports ping here"),
    ("agent", "the RPC dialects"),
];

/// What the beta does not act on beside those.
const BETA: &[(&str, &str)] = &[("approve", "the beta knows no MCP servers")];

/// What Voice Live acts on beside the family: replies whose words are given.
const AZURE: &[&str] = &["say"];

/// What needs no words of the dialect's.
const ANY: [&str; 3] = ["report_playback", "close", "raw"];

#[test]
fn what_a_dialect_does_not_act_on_is_refused_by_name() {
    for dialect in Dialect::ALL {
        let refused: Vec<_> = commands()
            .into_iter()
            .filter(|command| refuses(*dialect, command))
            .map(|command| command.name())
            .collect();

        let expected: Vec<_> = commands()
            .iter()
            .map(Command::name)
            .filter(|name| lacks(*dialect, name))
            .collect();

        assert_eq!(refused, expected, "{dialect}");
    }
}

fn lacks(dialect: Dialect, name: &str) -> bool {
    let among = |table: &[(&str, &str)]| table.iter().any(|(lacking, _)| *lacking == name);
    match dialect {
        Dialect::OpenAi => among(FAMILY),
        Dialect::OpenAiBeta => among(FAMILY) || among(BETA),
        Dialect::AzureVoiceLive => among(FAMILY) && !AZURE.contains(&name),
        _ => !ANY.contains(&name),
    }
}

/// Whether the command is refused as unsupported; the session is then what it was.
#[track_caller]
fn refuses(dialect: Dialect, command: &Command<'_>) -> bool {
    let mut config = Config::new(dialect);
    config.policy.passive = true; // so that any call may be answered
    let mut session = Session::new(config);
    let before = session.clone();
    match session.send(command.clone()) {
        Ok(_) => false,
        Err(SendError::Unsupported { by, command: name }) => {
            assert_eq!((by, name), (dialect, command.name()));
            assert_eq!(session, before);
            true
        }
        Err(error) => panic!("{dialect}: {} is {error:?}", command.name()),
    }
}
