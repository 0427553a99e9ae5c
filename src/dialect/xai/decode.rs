//! The server messages that this protocol has alone, or means otherwise.

use super::told;
use crate::{
    config::Dialect,
    dialect::{
        Body, Decoded, Fact,
        openai::{
            decode::{Frame, decode_with, one},
            input::snapshot,
            item,
            names::Key,
            report, response, session,
        },
    },
    event::{Event, GoingAway, GoingAwayCause, Item, ItemKind, Origin, Plan, Role},
    json::{Fault, Kind},
};
use alloc::{vec, vec::Vec};
use core::time::Duration;

/// Decodes one server frame.
pub(crate) fn decode(text: &str, nesting: usize) -> Result<Decoded<'_>, Fault> {
    decode_with(text, Dialect::Xai, nesting, |frame, kind| {
        message(frame, kind).map(Body::Facts)
    })
}

fn message<'f>(frame: &Frame<'f>, kind: &str) -> Option<Vec<Fact<'f>>> {
    match kind {
        "ping" => Some(vec![ping(frame)]),
        "session.created" => Some(told_session(frame, true)),
        "session.updated" => Some(told_session(frame, false)),
        "conversation.item.added" => {
            Some(item::told_once(frame, Origin::Conversation, is_told_once))
        }
        // Only a conversation that is taken up again tells its items so: nobody's turn.
        "conversation.item.created" => Some(item::told_once(frame, Origin::Replay, item::is_whole)),
        "conversation.item.input_audio_transcription.completed" => {
            is_interim(frame).then(|| vec![snapshot(frame)])
        }
        "response.done" => {
            let bare = !frame.value(Key::Response).is_some();
            bare.then(|| response::completed(frame))
        }
        "error" => is_over(frame).then(|| over(frame)),
        _ => None,
    }
}

/// Only a number can be sent back as one.
fn ping<'f>(frame: &Frame<'f>) -> Fact<'f> {
    let timestamp = frame.value(Key::Timestamp);
    let number = (timestamp.kind == Kind::Number).then(|| timestamp.text());
    number.flatten().map_or(Fact::Redundant, Fact::Ping)
}

fn told_session<'f>(frame: &Frame<'f>, created: bool) -> Vec<Fact<'f>> {
    let mut facts = session::session(frame, created, told::read);
    // What is told wins over what was asked for, which the session itself settles.
    facts.push(Fact::Extras(told::extras(frame.value(Key::Session))));
    facts
}

/// Only what a response makes is told to be done by another message.
fn is_told_once(item: &Item<'_>) -> bool {
    let made = item.kind == ItemKind::FunctionCall || item.role == Some(Role::Assistant);
    item.status.is_some() && item::is_whole(item) || item.status.is_none() && !made
}

/// A transcript may be told to be complete, and still be in progress.
fn is_interim(frame: &Frame<'_>) -> bool {
    frame.value(Key::Status).str().as_deref() == Some("in_progress")
}

fn is_over(frame: &Frame<'_>) -> bool {
    let kind = frame.value(Key::Error).field("type").str();
    kind.as_deref() == Some("max_duration")
}

/// The session is as old as it can get.
fn over<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let mut facts = one(report::error(frame));
    facts.push(Fact::Event(Event::GoingAway(GoingAway {
        time_left: Some(Duration::ZERO),
        cause: GoingAwayCause::Expiry,
        plan: Plan::Resume,
    })));
    facts
}
