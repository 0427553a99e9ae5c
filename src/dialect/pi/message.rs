//! Messages as items: who says them, what they hold, how the model's ended.

use super::decode::{Frame, Key, at, said};
use crate::{
    delta::id,
    dialect::{Fact, agent},
    event::{
        By, Completion, Content, Event, Fault, Ids, Incompletion, Item, ItemKind, Origin, Outcome,
        Previous, Role, Status,
    },
    json::{Kind, Value},
    usage::{Tokens, Usage},
};
use alloc::{borrow::Cow, boxed::Box, vec, vec::Vec};

/// A message begins. Only servers that tell when all is over have one that is pending.
pub(super) fn started<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let message = at(frame, Key::Message);
    if message.kind != Kind::Object {
        return vec![frame.malformed(agent::without(message, "message"))];
    }
    let item = item(message, Some(Status::InProgress));
    let pending = message.field("stopReason").str().as_deref() == Some("pending");
    let mut facts = vec![Fact::Event(Event::ItemAdded(Box::new(item)))];
    facts.extend(pending.then_some(Fact::Settles));
    facts
}

pub(super) fn ended<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let message = at(frame, Key::Message);
    if message.kind != Kind::Object {
        return vec![frame.malformed(agent::without(message, "message"))];
    }
    let outcome = outcome(message);
    let status = match outcome {
        Some(Outcome::Cancelled(_) | Outcome::Failed(_)) => Status::Incomplete,
        _ => Status::Completed,
    };
    let item = item(message, Some(status));
    let reply = item.origin == Origin::Response;
    let mut facts = vec![Fact::Event(Event::ItemDone(Box::new(item)))];
    if reply {
        facts.extend(usage(message).map(Box::new).map(Fact::ReplyUsage));
        facts.extend(outcome.map(Fact::Stopped));
    }
    facts
}

/// The model's messages are of the reply, all others stand beside it.
fn item<'f>(message: Value<'_, 'f>, status: Option<Status>) -> Item<'f> {
    let [role, content, call_id, name] =
        message.fields(["role", "content", "toolCallId", "toolName"]);
    let result = role.str().as_deref() == Some("toolResult");
    let role = role.str().filter(|_| !result).map(|role| match &*role {
        "user" => Role::User,
        "assistant" => Role::Assistant,
        "system" => Role::System,
        other => Role::Other(other.into()),
    });
    Item {
        ids: Ids::default(),
        previous: Previous::Unknown,
        kind: if result {
            ItemKind::FunctionCallOutput
        } else {
            ItemKind::Message
        },
        origin: if role == Some(Role::Assistant) {
            Origin::Response
        } else {
            Origin::Conversation
        },
        role,
        status,
        call_id: id(call_id),
        name: name.str(),
        content: if result {
            said(content)
                .map(|text| Content::Output { text })
                .into_iter()
                .collect()
        } else {
            parts(content)
        },
        raw: message.raw().unwrap_or_default(),
    }
}

/// Every part has its place, which the deltas name.
fn parts<'f>(content: Value<'_, 'f>) -> Vec<Content<'f>> {
    if let Some(text) = content.str() {
        return if text.is_empty() {
            Vec::new()
        } else {
            vec![Content::Text { text }]
        };
    }
    content.elements().into_iter().map(part).collect()
}

fn part<'f>(part: Value<'_, 'f>) -> Content<'f> {
    let [kind, text] = part.fields(["type", "text"]);
    match (kind.str().as_deref(), text.str()) {
        (Some("text"), Some(text)) => Content::Text { text },
        _ => Content::Other {
            kind: kind.str(),
            raw: part.raw().unwrap_or_default(),
        },
    }
}

/// How a message of the model's ended; none where it is none, or has not ended.
pub(super) fn outcome<'f>(message: Value<'_, 'f>) -> Option<Outcome<'f>> {
    let [reason, error] = message.fields(["stopReason", "errorMessage"]);
    Some(match &*reason.str()? {
        "pending" => return None,
        "stop" => agent::completed(),
        "toolUse" => Outcome::Completed(Completion::ToolUse),
        "length" => Outcome::Incomplete(Incompletion::MaxTokens),
        "aborted" => Outcome::Cancelled(By::Client),
        "error" => Outcome::Failed(Fault {
            message: error.str(),
            ..Fault::default()
        }),
        other => Outcome::Completed(Completion::Other(other.into())),
    })
}

/// Tokens that a cache gave or took are counted apart on the wire.
fn usage(message: Value<'_, '_>) -> Option<Usage> {
    let [usage, model] = message.fields(["usage", "model"]);
    if usage.kind != Kind::Object {
        return None;
    }
    let [input, output, read, written, reasoning, total, cost] = usage.fields([
        "input",
        "output",
        "cacheRead",
        "cacheWrite",
        "reasoning",
        "totalTokens",
        "cost",
    ]);
    let count = |value: Value<'_, '_>| value.u64().unwrap_or_default();
    let tokens = |total| Tokens {
        total,
        ..Tokens::default()
    };
    let input = agent::sum([count(input), count(read), count(written)]);
    Some(Usage {
        input: tokens(input),
        output: Tokens {
            thought: count(reasoning),
            ..tokens(count(output))
        },
        total_tokens: total
            .u64()
            .unwrap_or_else(|| input.saturating_add(count(output))),
        cached: tokens(count(read)),
        cache_write: tokens(count(written)),
        model: model.str().map(Cow::into_owned),
        cost: cost.field("total").f64(),
        ..Usage::default()
    })
}
