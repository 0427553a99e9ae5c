//! Every server event of the protocol and every field of it: the typed field that it lands in, or
//! the raw text that still holds it.
//!
//! A row is one call of [`Rows::is`] or [`Rows::raw`]. There is no default: what is listed and has
//! no row fails, and so does a row of what is not listed.

mod beta;
mod fields;
mod input;
mod items;
mod reply;
mod report;
mod responses;
mod session;
mod settings;
mod table;

use realtime_proto::Dialect;
pub(crate) use table::{Rows, Table, the};

const AREAS: [fn(&mut Table); 8] = [
    beta::rows,
    input::rows,
    items::rows,
    reply::rows,
    report::rows,
    responses::rows,
    session::rows,
    settings::rows,
];

/// The schemas that have rows of their own.
const APART: [&str; 11] = [
    "ConversationItem",
    "Beta.ConversationItem",
    "RealtimeResponse",
    "Beta.RealtimeResponse",
    "RealtimeError",
    "RealtimeSessionCreateResponse",
    "RealtimeTranscriptionSessionCreateResponse",
    "Beta.TranscriptionSession",
    "Beta.Session",
    "TranscriptionLanguage",
    "LogProbProperties",
];

#[test]
fn every_field_of_every_event_has_its_place() {
    Table::new(Dialect::OpenAi).holds_the_list(&AREAS, fields::LISTED);
}

#[test]
fn the_list_is_the_table_of_the_protocol() {
    table::is_published(fields::LISTED, "realtime", &APART);
}
