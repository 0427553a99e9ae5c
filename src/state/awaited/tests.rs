use super::Awaited;
use crate::{
    id::Id,
    state::chart::{Step, assert_chart, chart},
    time::Time,
};
use alloc::vec::Vec;
use core::time::Duration;

/// What is waited for: a turn, or one behind another.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Nothing,
    Unstarted,
    Waiting,
    WaitingForTwo,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Committed,
    Told,
    FirstOver,
    UnnamedOver,
    OtherOver,
    GivenUp,
}

const CHART: &str = "
Nothing
    Committed            Unstarted
    nothing: Told, FirstOver, UnnamedOver, OtherOver, GivenUp
Unstarted
    Told                 Waiting
    FirstOver            Nothing
    UnnamedOver          Nothing
    GivenUp              Nothing
    nothing: Committed, OtherOver
Waiting
    Committed            WaitingForTwo
    FirstOver            Nothing
    UnnamedOver          Nothing
    GivenUp              Nothing
    nothing: Told, OtherOver
WaitingForTwo
    FirstOver            Unstarted
    UnnamedOver          Unstarted
    GivenUp              Unstarted
    nothing: Committed, Told, OtherOver
";

#[test]
fn a_transcript_is_awaited_as_charted() {
    use State as S;
    use Trigger as T;
    let states = [S::Nothing, S::Unstarted, S::Waiting, S::WaitingForTwo];
    let triggers = [
        T::Committed,
        T::Told,
        T::FirstOver,
        T::UnnamedOver,
        T::OtherOver,
        T::GivenUp,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut awaited = Awaited::default();
    let path: &[T] = match state {
        State::Nothing => &[],
        State::Unstarted => &[T::Committed],
        State::Waiting => &[T::Committed, T::Told],
        State::WaitingForTwo => &[T::Committed, T::Told, T::Committed],
    };
    let mut turns = 0;
    for each in path.iter().chain([&trigger]) {
        pull(&mut awaited, *each, &mut turns);
    }
    Step {
        after: after(&awaited),
        told: Vec::new(),
    }
}

fn pull(awaited: &mut Awaited, trigger: Trigger, turns: &mut usize) {
    match trigger {
        Trigger::Committed => {
            let id = ["item_1", "item_2", "item_3"][*turns];
            awaited.begin(Id::borrowed(id).as_ref());
            *turns += 1;
        }
        Trigger::Told => awaited.told(Time(Duration::from_secs(100))),
        Trigger::FirstOver => awaited.over(Some("item_1")),
        Trigger::UnnamedOver => awaited.over(None),
        Trigger::OtherOver => awaited.over(Some("item_9")),
        Trigger::GivenUp => awaited.give_up(),
    }
}

fn after(awaited: &Awaited) -> State {
    match awaited.oldest().map(|turn| turn.since) {
        None => State::Nothing,
        Some(None) => State::Unstarted,
        Some(Some(_)) if awaited.turns.len() == 1 => State::Waiting,
        Some(Some(_)) => State::WaitingForTwo,
    }
}
