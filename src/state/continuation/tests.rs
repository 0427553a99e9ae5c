use super::Continuations;
use crate::state::chart::{Step, assert_chart, chart, out};
use alloc::{string::String, sync::Arc, vec, vec::Vec};

/// How far the calls of one response are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    None,
    Open,
    OpenEnded,
    Answered,
    Due,
    DueSent,
    Asked,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Delivered,
    Answered,
    AnsweredSilently,
    Cancelled,
    AnswerLeft,
    ResponseEnded,
    Asked,
    Race,
    Refused,
    Created,
}

const CHART: &str = "
None
    Delivered            Open
    nothing: Answered, AnsweredSilently, Cancelled, AnswerLeft, ResponseEnded, Asked, Race, Refused, Created
Open
    Answered             Answered
    AnsweredSilently     Answered
    Cancelled            Answered
    ResponseEnded        OpenEnded
    nothing: Delivered, AnswerLeft, Asked, Race, Refused, Created
OpenEnded
    Answered             Due
    AnsweredSilently     None
    Cancelled            None
    nothing: Delivered, AnswerLeft, ResponseEnded, Asked, Race, Refused, Created
Answered
    Delivered            Open
    ResponseEnded        Due
    nothing: Answered, AnsweredSilently, Cancelled, AnswerLeft, Asked, Race, Refused, Created
Due
    Delivered            OpenEnded
    AnswerLeft           DueSent
    Asked                Asked
    nothing: Answered, AnsweredSilently, Cancelled, ResponseEnded, Race, Refused, Created
DueSent
    Delivered            OpenEnded
    Answered             Due
    AnsweredSilently     Due
    Asked                Asked
    Created              None
    nothing: Cancelled, AnswerLeft, ResponseEnded, Race, Refused
Asked
    Race                 DueSent
    Refused              None
    Created              None
    nothing: Delivered, Answered, AnsweredSilently, Cancelled, AnswerLeft, ResponseEnded, Asked
";

#[test]
fn a_continuation_goes_as_charted() {
    use Trigger as T;
    let triggers = [
        T::Delivered,
        T::Answered,
        T::AnsweredSilently,
        T::Cancelled,
        T::AnswerLeft,
        T::ResponseEnded,
        T::Asked,
        T::Race,
        T::Refused,
        T::Created,
    ];
    let states = [
        State::None,
        State::Open,
        State::OpenEnded,
        State::Answered,
        State::Due,
        State::DueSent,
        State::Asked,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    let mut calls = Continuations::default();
    for trigger in path(state) {
        pull(&mut calls, trigger);
    }
    assert_eq!(read(&calls), state);
    pull(&mut calls, trigger);
    Step {
        after: read(&calls),
        told: Vec::<String>::new(),
    }
}

fn path(state: State) -> Vec<Trigger> {
    use Trigger as T;
    match state {
        State::None => vec![],
        State::Open => vec![T::Delivered],
        State::OpenEnded => vec![T::Delivered, T::ResponseEnded],
        State::Answered => vec![T::Delivered, T::Answered],
        State::Due => vec![T::Delivered, T::Answered, T::ResponseEnded],
        State::DueSent => vec![T::Delivered, T::Answered, T::AnswerLeft, T::ResponseEnded],
        State::Asked => vec![
            T::Delivered,
            T::Answered,
            T::AnswerLeft,
            T::ResponseEnded,
            T::Asked,
        ],
    }
}

fn pull(calls: &mut Continuations, trigger: Trigger) {
    let response = Some("resp");
    match trigger {
        Trigger::Delivered => calls.delivered(response.map(Arc::from).as_ref(), &mut out()),
        Trigger::Answered => calls.answered(response, true),
        Trigger::AnsweredSilently => calls.answered(response, false),
        Trigger::Cancelled => calls.cancelled(response),
        Trigger::AnswerLeft => calls.on_the_wire(response),
        Trigger::ResponseEnded => calls.response_ended(response),
        Trigger::Asked => calls.asked(),
        Trigger::Race => calls.again(),
        Trigger::Refused => calls.refused(),
        Trigger::Created => calls.covered(),
    }
}

fn read(calls: &Continuations) -> State {
    match calls.groups.first() {
        None => State::None,
        Some(group) if group.asked => State::Asked,
        Some(group) if group.is_due() && group.unsent == 0 => State::DueSent,
        Some(group) if group.is_due() => State::Due,
        Some(group) if group.ended => State::OpenEnded,
        Some(group) if group.open > 0 => State::Open,
        Some(_) => State::Answered,
    }
}
