//! What a server says, for the tests of the machines that only work together.

pub(super) mod nameless;

use super::{Out, State};
use crate::{
    capabilities::Capabilities,
    config::Config,
    delta::{Delta, DeltaKind},
    dialect::Fact,
    event::{ConversationRef, Event, Ids, Initiator, Outcome, ResponseStarted},
    id::{CommandId, Id},
    state::responses::Response,
    usage::Usage,
};
use alloc::{boxed::Box, sync::Arc, vec::Vec};

/// All machines together, where no one of them is alone.
pub(super) fn state() -> State {
    let config = Config::sample();
    State::new(&config, Capabilities::of(config.dialect))
}

pub(super) fn command() -> CommandId {
    CommandId::parse("rp-7").unwrap()
}

pub(super) fn created(
    state: &mut State,
    id: Option<&str>,
    conversation: ConversationRef<'static>,
    out: &mut Out<'_>,
) {
    let started = ResponseStarted {
        ids: ids(id),
        conversation,
        initiator: Initiator::Server,
        metadata: Vec::new(),
    };
    state.observe(Fact::Event(Event::ResponseStarted(Box::new(started))), out);
}

pub(super) fn done(
    state: &mut State,
    id: Option<&str>,
    outcome: Outcome<'static>,
    out: &mut Out<'_>,
) {
    let mut finished = Response::ended_by_us(outcome);
    finished.ids = ids(id);
    finished.usage = Some(Usage::default());
    state.observe(Fact::Event(Event::ResponseFinished(finished)), out);
}

/// The event of a delta of this response, where it surfaces.
pub(super) fn delta(
    state: &mut State,
    kind: DeltaKind,
    body: &str,
    out: &mut Out<'_>,
) -> Option<Event<'static>> {
    let (mut delta, frame) = Delta::sample(kind, "resp", "item", body);
    let surfaces = state.delta(&mut delta, &frame, out);
    surfaces.then(|| delta.event(&frame).into_owned())
}

fn ids(id: Option<&str>) -> Ids<'static> {
    Ids {
        response_id: id.map(|id| Id::shared(Arc::from(id))),
        ..Ids::default()
    }
}
