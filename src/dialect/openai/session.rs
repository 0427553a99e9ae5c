//! What the server says of the session and of its conversation.

use super::{
    decode::{Frame, missing, one},
    names::Key,
    settings::{self, Shape},
};
use crate::{
    config::{Dialect, SessionConfig},
    delta::id,
    dialect::{Detection, Fact, SessionFact},
    event::{ConversationCreated, Event, Notice, Ready, Severity, Source},
    json::{Kind, Value},
};
use alloc::{borrow::Cow, boxed::Box, vec, vec::Vec};

pub(super) fn message<'f>(frame: &Frame<'f>, kind: &str) -> Option<Vec<Fact<'f>>> {
    Some(match kind {
        "session.created" => session(frame, true, settings::read),
        // The other name is what one server echoes.
        "session.updated" | "session.update" => session(frame, false, settings::read),
        "transcription_session.created" => session(frame, true, settings::of_transcription),
        "transcription_session.updated" => session(frame, false, settings::of_transcription),
        "conversation.created" => one(Event::ConversationCreated(ConversationCreated {
            conversation_id: id(frame.value(Key::Conversation).field("id")),
            previous: frame.previous(),
        })),
        _ => return None,
    })
}

/// Tells of the session, its settings as `read` finds them.
pub(in crate::dialect) fn session<'f>(
    frame: &Frame<'f>,
    created: bool,
    read: fn(Value<'_, 'f>) -> (SessionConfig, Shape),
) -> Vec<Fact<'f>> {
    let value = frame.value(Key::Session);
    // Some servers say no more than that the session is there.
    if value.is_some() && value.kind != Kind::Object {
        return vec![frame.malformed(missing(value, "session"))];
    }
    let (settings, shape) = read(value);
    let mut facts = vec![Fact::Session(Box::new(SessionFact {
        created,
        ready: ready(frame, value, &settings),
        settings: value.is_some().then_some(settings),
        detection: detection(value),
    }))];
    facts.extend(other_dialect(frame, shape).filter(|_| created));
    facts
}

/// In whatever words turns are detected, these are the same.
fn detection(told: Value<'_, '_>) -> Detection {
    let [flat, audio] = told.fields(["turn_detection", "audio"]);
    let nested = audio.field("input").field("turn_detection");
    let detection = if nested.is_some() { nested } else { flat };
    let [creates, interrupts, truncates] =
        detection.fields(["create_response", "interrupt_response", "auto_truncate"]);
    Detection {
        creates: creates.bool(),
        interrupts: interrupts.bool(),
        truncates: truncates.bool(),
    }
}

fn ready<'f>(frame: &Frame<'f>, told: Value<'_, 'f>, settings: &SessionConfig) -> Ready<'f> {
    let [session_id, model, voice, audio, expires_at] =
        told.fields(["id", "model", "voice", "audio", "expires_at"]);
    let nested = audio.field("output").field("voice");
    let voice = if nested.is_some() { nested } else { voice };
    Ready {
        session_id: id(session_id).or_else(|| frame.id(Key::Id)),
        model: model.str(),
        voice: voice
            .str()
            .or_else(|| settings::voice(voice).map(Cow::Owned)),
        expires_at: expires_at.u64(),
        input_format: settings.input_format,
        output_format: settings.output_format,
        raw: told.raw().unwrap_or(Cow::Borrowed(frame.text)),
        ..Ready::default()
    }
}

/// Says so where the session is visibly one of the other generation.
fn other_dialect<'f>(frame: &Frame<'f>, shape: Shape) -> Option<Fact<'f>> {
    let message = match (frame.dialect, shape) {
        (Dialect::OpenAi, Shape::Beta) => {
            "the session has the shape of dialect openai-beta, but the configured one is openai"
        }
        (Dialect::OpenAiBeta, Shape::Ga) => {
            "the session has the shape of dialect openai, but the configured one is openai-beta"
        }
        _ => return None,
    };
    Some(Fact::Event(Event::Notice(Box::new(Notice {
        severity: Severity::Warning,
        source: Source::Session,
        code: Some(Cow::Borrowed("dialect_mismatch")),
        message: Cow::Borrowed(message),
        raw: frame.value(Key::Session).raw().unwrap_or_default(),
    }))))
}
