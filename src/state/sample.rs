//! What a server says, for the tests of the machines that only work together.

pub(super) mod nameless;

use super::{Out, State};
use crate::{
    capabilities::{Capabilities, Names, TextsWait},
    config::{Config, Modality},
    delta::{Delta, DeltaKind, Field},
    dialect::Fact,
    event::{
        ConversationRef, Event, Ids, Initiator, Item, ItemKind, Lane, Origin, Outcome, Previous,
        ResponseStarted,
    },
    id::{CommandId, Id},
    state::responses::Response,
    usage::Usage,
};
use alloc::{borrow::Cow, boxed::Box, sync::Arc, vec, vec::Vec};

/// All machines together, where no one of them is alone.
pub(super) fn state() -> State {
    let config = Config::sample();
    State::new(&config, Capabilities::of(config.dialect))
}

/// The same, where the server names nothing, answers commands by their names, and takes one text at
/// a time.
pub(super) fn nameless() -> State {
    let config = Config::sample();
    let capabilities = Capabilities {
        names: Names::Session,
        prompts: true,
        texts_wait: TextsWait::Session,
        echoes: false,
        cancels_unborn: true,
        output: vec![Modality::Text],
        ..Capabilities::of(config.dialect)
    };
    State::new(&config, capabilities)
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

/// A word of a reply that nothing names.
pub(super) fn word(state: &mut State, out: &mut Out<'_>) {
    let (delta, frame) = Delta::sample(DeltaKind::Text(Lane::Display), "", "", "word");
    let mut delta = Delta::new(delta.kind, delta.slots.get(Field::Body));
    if state.delta(&mut delta, &frame, out) {
        out.push(delta.event(&frame).into_owned());
    }
}

/// An item of the response, or of the conversation, of which nothing else is told.
pub(super) fn item(kind: ItemKind, origin: Origin) -> Item<'static> {
    let of = (origin == Origin::Response).then_some("resp");
    Item {
        ids: Ids {
            item_id: Id::borrowed("item"),
            ..ids(of)
        },
        previous: Previous::Unknown,
        kind,
        role: None,
        status: None,
        origin,
        call_id: None,
        name: None,
        content: Vec::new(),
        raw: Cow::Borrowed(""),
    }
}

fn ids(id: Option<&str>) -> Ids<'static> {
    Ids {
        response_id: id.map(|id| Id::shared(Arc::from(id))),
        ..Ids::default()
    }
}
