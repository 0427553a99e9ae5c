//! What the agent says and does while it answers: the events inside `message_update`.

use super::decode::{Frame, Key};
use crate::{
    delta::{DeltaKind, Field, id},
    dialect::{Body, Fact, agent},
    event::{Event, Executor, Ids, Lane, RemotePhase},
    json::Slot,
};
use alloc::vec;

/// The keys of an event, each the index of its slot.
const KEYS: [&str; 6] = ["type", "delta", "tool_id", "tool_name", "input", "result"];

pub(super) fn update<'f>(frame: &Frame<'f>) -> Body<'f> {
    let inner = match frame.inner(Key::Event as usize, "event", KEYS) {
        Ok(inner) => inner,
        Err(fault) => return Body::Facts(vec![frame.malformed(fault)]),
    };
    let [kind, delta, tool, name, input, result] = inner.slots;
    let value = |slot: Slot| slot.of(frame.text);
    let call = |phase| agent::tool(id(value(tool)), value(name).str(), phase, Ids::default());
    let fact = match value(kind).str().as_deref() {
        Some("text_delta") => return frame.delta(DeltaKind::Text(Lane::Display), delta),
        Some("thinking_delta") => return frame.delta(DeltaKind::Text(Lane::Thought), delta),
        Some("toolcall_input_delta") => {
            let kind = DeltaKind::RemoteArguments(Executor::Agent);
            return frame.delta_of(kind, delta, |delta| delta.slots.set(Field::Call, tool));
        }
        Some("toolcall_start") => call(RemotePhase::Started),
        Some("toolcall_input") => call(RemotePhase::Arguments {
            text: value(input).raw().unwrap_or_default(),
        }),
        Some("toolcall_result") => call(RemotePhase::Result {
            output: value(result).raw().unwrap_or_default(),
            is_error: false,
            partial: false,
        }),
        Some("response_start") => agent::attempt(frame.text),
        Some("response_reset") => Fact::Event(Event::ResponseReset(Ids::default())),
        _ => frame.unknown(value(kind)),
    };
    Body::Facts(vec![fact])
}
