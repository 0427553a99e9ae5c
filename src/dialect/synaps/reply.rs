//! What the agent says and does while it answers: the events inside `message_update`.

use super::decode::{Frame, Key};
use crate::{
    delta::{Delta, DeltaKind, Field, id},
    dialect::{Body, Fact, agent},
    event::{Event, Executor, Ids, Lane, RemotePhase},
};
use alloc::vec;

/// The keys of an event, each the index of its slot.
const KEYS: [&str; 6] = ["type", "delta", "tool_id", "tool_name", "input", "result"];

pub(super) fn update<'f>(frame: &Frame<'f>) -> Body<'f> {
    let inner = match frame.inner(Key::Event as usize, "event", KEYS) {
        Ok(inner) => inner,
        Err(fault) => return Body::Facts(vec![frame.malformed(fault)]),
    };
    let [kind, delta, tool, name, input, result] = inner;
    let call = |phase| agent::tool(id(tool), name.str(), phase, Ids::default());
    let fact = match kind.str().as_deref() {
        Some("text_delta") => return frame.delta(DeltaKind::Text(Lane::Display), delta.slot()),
        Some("thinking_delta") => return frame.delta(DeltaKind::Text(Lane::Thought), delta.slot()),
        Some("toolcall_input_delta") => {
            let kind = DeltaKind::RemoteArguments(Executor::Agent);
            let of = |delta: &mut Delta| delta.slots.set(Field::Call, tool.slot());
            return frame.delta_of(kind, delta.slot(), of);
        }
        Some("toolcall_start") => call(RemotePhase::Started),
        Some("toolcall_input") => call(RemotePhase::Arguments {
            text: input.raw().unwrap_or_default(),
        }),
        Some("toolcall_result") => call(RemotePhase::Result {
            output: result.raw().unwrap_or_default(),
            is_error: false,
            partial: false,
        }),
        Some("response_start") => agent::attempt(frame.text),
        Some("response_reset") => Fact::Event(Event::ResponseReset(Ids::default())),
        _ => frame.unknown(kind),
    };
    Body::Facts(vec![fact])
}
