use super::Turns;
use crate::{
    event::{Previous, TurnOrigin, UserTurn},
    id::Id,
    state::chart::{Step, assert_chart, chart, out, told},
};

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Unknown,
    Started,
    Committed,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Start,
    Commit,
    Discard,
}

const CHART: &str = "
Unknown
    Start                Started      user_turn_started
    Commit               Committed    user_turn_started, user_turn_committed
    nothing: Discard
Started
    Commit               Committed    user_turn_committed
    Discard              Unknown      user_turn_discarded
    nothing: Start
Committed
    nothing: Start, Commit, Discard
";

#[test]
fn a_turn_goes_as_charted() {
    let states = [State::Unknown, State::Started, State::Committed];
    let triggers = [Trigger::Start, Trigger::Commit, Trigger::Discard];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    let mut turns = Turns::new(4);
    match state {
        State::Unknown => {}
        State::Started => told_of(&mut turns, Trigger::Start).clear(),
        State::Committed => told_of(&mut turns, Trigger::Commit).clear(),
    }
    let told = told_of(&mut turns, trigger);
    let after = if turns.is_open(Some("item")) {
        State::Started
    } else if turns.committed.has("item", 0) {
        State::Committed
    } else {
        State::Unknown
    };
    Step { after, told }
}

fn told_of(turns: &mut Turns, trigger: Trigger) -> alloc::vec::Vec<alloc::string::String> {
    let mut out = out();
    let item_id = Id::borrowed("item");
    let (origin, previous) = (TurnOrigin::Speech, Previous::Unknown);
    match trigger {
        Trigger::Start => turns.started(origin, item_id.as_ref(), &previous, &mut out),
        Trigger::Commit => {
            let turn = UserTurn {
                origin,
                item_id,
                previous,
            };
            turns.committed(turn, &mut out);
        }
        Trigger::Discard => turns.discard(&mut out),
    }
    told(out)
}
