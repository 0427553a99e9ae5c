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

/// What Gemini does not act on: its server decides what it heard, and what becomes of a reply.
const GEMINI: &[(&str, &str)] = &[
    ("commit_input", "only as the end of activity that is marked"),
    ("clear_input", "what was appended is the server's"),
    ("activity", "only where it is the caller's to mark"),
    ("say", "no words for it"),
    ("retrieve_item", "items have no names"),
    ("delete_item", "items have no names"),
    ("truncate", "the server assumes playback in real time"),
    ("cancel_response", "only by activity that is marked"),
    ("interrupt", "only by what a session hands out"),
    ("clear_output", "the server plays nothing"),
    ("approve", "no MCP servers"),
    ("ping", "transports ping"),
    ("agent", "the RPC dialects"),
];

/// What agents do not act on: they take words, and run their tools themselves.
const AGENTS: &[(&str, &str)] = &[
    ("append_audio", "words only"),
    ("commit_input", "words only"),
    ("clear_input", "words only"),
    ("end_audio_stream", "words only"),
    ("activity", "words only"),
    (
        "send_text",
        "every text is answered: this one wants no reply",
    ),
    ("say", "words only"),
    ("send_media", "only as what is attached to a text"),
    ("create_item", "only the user's words make items"),
    ("retrieve_item", "items have no names"),
    ("delete_item", "items have no names"),
    ("truncate", "words only"),
    ("create_response", "only a text asks for a reply"),
    ("clear_output", "words only"),
    ("tool_output", "agents run their tools themselves"),
    ("approve", "agents ask by requests of their own"),
    ("ping", "pipes need none"),
];

/// All that a translation session acts on.
const TRANSLATION: [&str; 2] = ["configure", "append_audio"];

/// What xAI does not act on.
const XAI: &[(&str, &str)] = &[
    ("end_audio_stream", "Gemini, Nova Sonic"),
    ("activity", "Gemini: the caller commits here"),
    ("retrieve_item", "nothing gives an item back"),
    ("interrupt", "the playback ledger: what was heard decides"),
    ("clear_output", "all audio passes through the session"),
    ("approve", "nothing asks for approval"),
    ("ping", "it is the server that pings"),
    ("agent", "the RPC dialects"),
];
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
        Dialect::Gemini | Dialect::GeminiVertex => among(GEMINI),
        Dialect::Synaps | Dialect::Pi => among(AGENTS),
        Dialect::OpenAiTranslation => !ANY.contains(&name) && !TRANSLATION.contains(&name),
        Dialect::Xai => among(XAI),
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
            let (refused, _) = name.split_once('.').unwrap_or((name, ""));
            assert_eq!((by, refused), (dialect, command.name()));
            assert_eq!(session, before);
            true
        }
        Err(error) => panic!("{dialect}: {} is {error:?}", command.name()),
    }
}
