//! What the agents' dialects say alike: lines of JSON, answers by name, tools of their own.

use super::{Answer, Body, Context, Decoded, Fact, InEffect};
use crate::{
    command::SendText,
    config::{Patch, RawJson},
    delta::{Delta, DeltaKind, id},
    error::SendError,
    event::{
        AgentEvent, By, Completion, Event, Executor, FrameFault, Ids, Item, ItemKind, Malformed,
        Origin, Outcome, Previous, RemotePhase, RemoteTool, Role, SessionUpdated, Status, Str,
        Unknown,
    },
    id::Id,
    json::{self, Document, Fields, Kind, Object, Slot, Value},
};
use alloc::{borrow::Cow, boxed::Box, string::String, vec, vec::Vec};

/// One line with its wanted values found: `type` is the first of them.
pub(super) struct Frame<'f, const N: usize> {
    pub(super) text: &'f str,
    fields: Fields<'f, N>,
}

impl<'f, const N: usize> Frame<'f, N> {
    pub(super) fn new(text: &'f str, nesting: usize, keys: [&str; N]) -> Result<Self, json::Fault> {
        let index = |key: &str| keys.iter().position(|wanted| *wanted == key);
        Ok(Self {
            text,
            fields: json::fields(text, nesting, index)?,
        })
    }

    pub(super) fn value(&self, key: usize) -> Value<'_, 'f> {
        self.fields.value(key)
    }

    /// The frame by its `type`, as `message` reads it.
    pub(super) fn decoded(&self, message: impl FnOnce(&Self, &str) -> Body<'f>) -> Decoded<'f> {
        let kind = self.value(0);
        let body = match kind.str() {
            Some(name) => message(self, &name),
            None if kind.is_some() => {
                Body::Facts(vec![self.malformed(FrameFault::Mistyped { field: "type" })])
            }
            None => Body::Facts(vec![self.unknown(kind)]),
        };
        Decoded {
            kind: self.fields.slot(0),
            event_id: Slot::default(),
            body,
        }
    }

    pub(super) fn unknown(&self, kind: Value<'_, 'f>) -> Fact<'f> {
        Fact::Event(Event::Unknown(Unknown {
            kind: kind.str(),
            raw: Cow::Borrowed(self.text),
        }))
    }

    pub(super) fn malformed(&self, fault: FrameFault) -> Fact<'f> {
        Fact::Event(Event::Malformed(Malformed {
            kind: self.value(0).str(),
            fault,
            raw: Cow::Borrowed(self.text),
        }))
    }

    /// The wanted values of the object at a key.
    pub(super) fn inner<const M: usize>(
        &self,
        key: usize,
        field: &'static str,
        keys: [&str; M],
    ) -> Result<[Value<'_, 'f>; M], FrameFault> {
        let value = self.value(key);
        if value.kind != Kind::Object {
            return Err(without(value, field));
        }
        Ok(value.fields(keys))
    }

    /// The delta that lies at `body`.
    pub(super) fn delta(&self, kind: DeltaKind, body: Slot) -> Body<'f> {
        self.delta_of(kind, body, |_| {})
    }

    /// The same, with what `of` says that it adds to.
    pub(super) fn delta_of(
        &self,
        kind: DeltaKind,
        body: Slot,
        of: impl FnOnce(&mut Delta),
    ) -> Body<'f> {
        if body.kind != Kind::String {
            return Body::Facts(vec![self.malformed(without(body.of(self.text), "delta"))]);
        }
        let mut delta = Delta::new(kind, body);
        of(&mut delta);
        Body::Delta(delta)
    }
}

/// What is wrong with a message without something that it is nothing without.
pub(super) fn without(value: Value<'_, '_>, field: &'static str) -> FrameFault {
    if value.is_some() {
        FrameFault::Mistyped { field }
    } else {
        FrameFault::Missing { field }
    }
}

/// A call that the agent executes.
pub(super) fn tool<'f>(
    call_id: Option<Id<'f>>,
    name: Option<Str<'f>>,
    phase: RemotePhase<'f>,
    ids: Ids<'f>,
) -> Fact<'f> {
    Fact::Event(Event::RemoteTool(Box::new(RemoteTool {
        call_id,
        name,
        executor: Executor::Agent,
        phase,
        ids,
    })))
}

/// The model begins to say something: an item of the reply, and its first begins the reply.
pub(super) fn attempt(raw: &str) -> Fact<'_> {
    Fact::Event(Event::ItemAdded(Box::new(Item {
        ids: Ids::default(),
        previous: Previous::Unknown,
        kind: ItemKind::Message,
        role: Some(Role::Assistant),
        status: Some(Status::InProgress),
        origin: Origin::Response,
        call_id: None,
        name: None,
        content: Vec::new(),
        raw: Cow::Borrowed(raw),
    })))
}

pub(super) fn event(event: AgentEvent<'_>) -> Fact<'_> {
    Fact::Event(Event::Agent(Box::new(event)))
}

/// The answer to a command that is not about a reply.
pub(super) fn responded<'f>(command: Option<Str<'f>>, ok: bool, raw: &'f str) -> Fact<'f> {
    let raw = Cow::Borrowed(raw);
    event(AgentEvent::Response { command, ok, raw })
}

pub(super) fn updated(raw: &str) -> Fact<'_> {
    Fact::Event(Event::SessionUpdated(Box::new(SessionUpdated {
        raw: Cow::Borrowed(raw),
        mismatches: Vec::new(),
    })))
}

pub(super) fn in_effect<'f>(model: Option<Str<'f>>, reasoning: Option<Str<'f>>) -> Fact<'f> {
    Fact::InEffect(InEffect { model, reasoning })
}

/// The answer to a command, by its name.
pub(super) fn answer<'f>(
    command: Option<Id<'f>>,
    fault: Option<crate::event::Fault<'f>>,
) -> Box<Answer<'f>> {
    Box::new(Answer {
        command,
        fault,
        replies: true,
    })
}

pub(super) fn completed() -> Outcome<'static> {
    Outcome::Completed(Completion::EndTurn)
}

/// Only clients abort.
pub(super) fn aborted() -> Outcome<'static> {
    Outcome::Cancelled(By::Client)
}

pub(super) fn sum<const N: usize>(counts: [u64; N]) -> u64 {
    counts.into_iter().fold(0, u64::saturating_add)
}

/// The caller's own fields beside the name of a command. `type` and `id` are written already: no
/// key stands twice.
pub(super) fn fields<'j>(
    name: &str,
    fields: Option<&'j RawJson>,
) -> Result<Vec<(Str<'j>, Str<'j>)>, SendError> {
    if name.is_empty() {
        return Err(SendError::Invalid { field: "name" });
    }
    let text = fields.map_or("{}", RawJson::get);
    if !json::is_object(text) {
        return Err(SendError::Invalid { field: "fields" });
    }
    let own = Document::of(text);
    let own = own.value().members().into_iter();
    let own = own.filter(|(key, _)| !matches!(&**key, "type" | "id"));
    Ok(own.map(|(key, value)| (key, spelled(value))).collect())
}

pub(super) fn write(object: &mut Object<'_>, fields: &[(Str<'_>, Str<'_>)]) {
    for (key, value) in fields {
        object.raw(key, value);
    }
}

/// A member of the caller's own fields.
pub(super) fn field<'j>(fields: Option<&'j RawJson>, key: &str) -> Option<Str<'j>> {
    Document::of(fields?.get()).value().field(key).str()
}

/// A value as it is spelled: strings lie between their quotes.
fn spelled<'f>(value: Value<'_, 'f>) -> Cow<'f, str> {
    match value.kind {
        Kind::String => Cow::Owned(alloc::format!("\"{}\"", value.text)),
        _ => Cow::Borrowed(value.text),
    }
}

/// What a change sets a setting to; cleared it would have no value.
pub(super) fn set<'p>(
    patch: &'p Patch<String>,
    field: &'static str,
) -> Result<Option<&'p str>, SendError> {
    match patch {
        Patch::Keep => Ok(None),
        Patch::Clear => Err(SendError::Invalid { field }),
        Patch::Set(value) => Ok(Some(value)),
    }
}

/// Agents take the user's words, and answer them.
pub(super) fn check_text(text: &SendText<'_>, context: &Context) -> Result<(), SendError> {
    if text.role != Role::User {
        return Err(context.unsupported("send_text.role"));
    }
    if !text.respond {
        return Err(context.unsupported("send_text.respond"));
    }
    Ok(())
}

/// What a client frame says that somebody else wrote.
pub(super) struct Line<'t> {
    pub(super) kind: Option<Str<'t>>,
    pub(super) id: Option<Box<str>>,
    /// What the user says by it.
    pub(super) said: Option<Box<str>>,
}

pub(super) fn line(text: &str, nesting: usize) -> Option<Line<'_>> {
    const KEYS: [&str; 3] = ["type", "id", "message"];
    let line = Frame::new(text, nesting, KEYS).ok()?;
    let [kind, name, said] = line.fields.values();
    Some(Line {
        kind: kind.str(),
        id: id(name).map(|id| Box::from(&*id)),
        said: said.str().map(|text| Box::from(&*text)),
    })
}
