//! Azure Voice Live and the voice agents of Foundry: what each event means, what each command
//! sends, and what the server does where the family does not.

mod client;
mod create;
mod family;
mod fields;
mod foundry;
mod media;
mod minimal;
mod payloads;
mod requests;
mod session;
mod settings;
mod support;
#[path = "../wire_table/table.rs"]
mod table;
mod turns;

use realtime_proto::Dialect;
pub(crate) use table::{Rows, Table, the};

const AREAS: [fn(&mut Table); 4] = [family::rows, media::rows, payloads::rows, session::rows];

/// The schemas that have rows of their own.
const APART: [&str; 19] = [
    "VoiceLive.ResponseItem",
    "VoiceLive.Response",
    "VoiceLive.ResponseSession",
    "VoiceLive.ContentPart",
    "VoiceLive.LogProbProperties",
    "VoiceLive.TranscriptionPhrase",
    "VoiceLive.VoiceLiveErrorDetails",
    "VoiceLive.ServerEventErrorDetails",
    "VoiceLive.ServerEventWarningDetails",
    "VoiceLive.RtcCallErrorDetails",
    "VoiceLive.AvatarConfig",
    "VoiceLive.TurnDetection",
    "VoiceLive.AzureVoice",
    "VoiceLive.MCPServer",
    "VoiceLive.StaticInterimResponseConfig",
    "VoiceLive.LlmInterimResponseConfig",
    "VoiceLive.TokenUsage",
    "VoiceLive.AgentConfig",
    "VoiceLive.Animation",
];

#[test]
fn every_field_of_every_event_has_its_place() {
    Table::new(Dialect::AzureVoiceLive).holds_the_list(&AREAS, fields::LISTED);
}

#[test]
fn the_list_is_the_table_of_the_protocol() {
    table::is_published(fields::LISTED, "azure-voicelive", &APART);
}
