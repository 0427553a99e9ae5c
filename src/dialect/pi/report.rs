//! Answers to commands, and what happens beside replies.

use super::decode::{Frame, Key, at, text};
use crate::{
    delta::id,
    dialect::{Fact, agent},
    event::{Class, Event, Notice, Retry, Scope, ServerError, Severity, Source, Str},
    id::Id,
    json::Value,
};
use alloc::{borrow::Cow, boxed::Box, vec, vec::Vec};

pub(super) fn message<'f>(frame: &Frame<'f>, kind: &str) -> Option<Vec<Fact<'f>>> {
    Some(match kind {
        "response" => response(frame),
        "compaction_start" => notice(frame, "compaction_start", Key::Reason),
        "compaction_end" => notice(frame, "compaction_end", Key::ErrorMessage),
        "auto_retry_end" => notice(frame, "auto_retry_end", Key::FinalError),
        "extension_error" => vec![error(frame, None)],
        "thinking_level_changed" => vec![
            agent::updated(frame.text),
            agent::in_effect(None, text(frame, Key::Level)),
        ],
        "session_info_changed" | "session" => vec![agent::updated(frame.text)],
        _ => return None,
    })
}

fn response<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let command = id(at(frame, Key::Id));
    if at(frame, Key::Success).bool() == Some(false) {
        return vec![error(frame, command)];
    }
    let name = text(frame, Key::Command);
    let data = at(frame, Key::Data);
    let mut facts = match name.as_deref() {
        Some("prompt" | "steer" | "follow_up") => return asked(command, data),
        Some("abort") => Vec::new(),
        Some("set_model") => told(frame, data, Value::default()),
        Some("cycle_model") => {
            let [model, level] = data.fields(["model", "thinkingLevel"]);
            told(frame, model, level)
        }
        Some("new_session" | "switch_session") if data.field("cancelled").bool() != Some(true) => {
            vec![Fact::Emptied, agent::updated(frame.text)]
        }
        Some("get_state") => {
            let [model, level] = data.fields(["model", "thinkingLevel"]);
            let mut facts = told(frame, model, level);
            facts.push(agent::responded(name, true, frame.text));
            facts
        }
        _ => vec![agent::responded(name, true, frame.text)],
    };
    facts.push(Fact::Answer(agent::answer(command, None)));
    facts
}

/// A prompt was accepted. Only servers that tell when all is over tell what becomes of it.
fn asked<'f>(command: Option<Id<'f>>, data: Value<'_, 'f>) -> Vec<Fact<'f>> {
    let disposition = data.field("disposition").str();
    let mut answer = agent::answer(command, None);
    answer.replies = disposition.as_deref() != Some("handled");
    let mut facts = vec![Fact::Answer(answer)];
    facts.extend(disposition.map(|_| Fact::Settles));
    facts
}

/// The model and its effort, as they are now.
fn told<'f>(frame: &Frame<'f>, model: Value<'_, 'f>, level: Value<'_, 'f>) -> Vec<Fact<'f>> {
    let model = model.field("id").str();
    vec![
        agent::updated(frame.text),
        agent::in_effect(model, level.str()),
    ]
}

/// The error is a text. That of an extension names the event that it failed at.
fn error<'f>(frame: &Frame<'f>, command: Option<Id<'f>>) -> Fact<'f> {
    Fact::Event(Event::Error(Box::new(ServerError {
        class: Class::Unknown,
        scope: Scope::Session,
        code: None,
        kind: text(frame, Key::Event),
        message: text(frame, Key::Error),
        param: None,
        client_event_id: command,
        session_usable: true,
        retry: Retry::Never,
        raw: Cow::Borrowed(frame.text),
    })))
}

fn notice<'f>(frame: &Frame<'f>, code: &'static str, said: Key) -> Vec<Fact<'f>> {
    let message: Option<Str<'f>> = text(frame, said);
    let failed = message.is_some() && !matches!(said, Key::Reason);
    vec![Fact::Event(Event::Notice(Box::new(Notice {
        severity: if failed {
            Severity::Warning
        } else {
            Severity::Info
        },
        source: Source::Agent,
        code: Some(Cow::Borrowed(code)),
        message: message.unwrap_or_default(),
        raw: Cow::Borrowed(frame.text),
    })))]
}
