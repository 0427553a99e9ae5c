use super::Ended;
use crate::state::chart::{Step, assert_chart, chart};
use alloc::{format, string::String, vec, vec::Vec};

/// Where an id stands among the two that are remembered.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Unknown,
    Only,
    Newest,
    Oldest,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Added,
    OtherAdded,
    OtherIndexAdded,
    UnnamedAdded,
    Forgotten,
    OtherIndexForgotten,
}

const CHART: &str = "
Unknown
    Added                Only
    Forgotten            Unknown      known: false
    OtherIndexForgotten  Unknown      known: false
    nothing: OtherAdded, OtherIndexAdded, UnnamedAdded
Only
    OtherAdded           Oldest
    OtherIndexAdded      Oldest
    Forgotten            Unknown      known: true
    OtherIndexForgotten  Only         known: false
    nothing: Added, UnnamedAdded
Newest
    OtherAdded           Oldest
    OtherIndexAdded      Oldest
    Forgotten            Unknown      known: true
    OtherIndexForgotten  Newest       known: false
    nothing: Added, UnnamedAdded
Oldest
    Added                Newest
    OtherIndexAdded      Unknown
    Forgotten            Unknown      known: true
    OtherIndexForgotten  Oldest       known: false
    nothing: OtherAdded, UnnamedAdded
";

#[test]
fn what_has_ended_is_remembered_as_charted() {
    use Trigger as T;
    let states = [State::Unknown, State::Only, State::Newest, State::Oldest];
    let triggers = [
        T::Added,
        T::OtherAdded,
        T::OtherIndexAdded,
        T::UnnamedAdded,
        T::Forgotten,
        T::OtherIndexForgotten,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut ended = Ended::new(2);
    let path = match state {
        State::Unknown => vec![],
        State::Only => vec![T::Added],
        State::Newest => vec![T::OtherAdded, T::Added],
        State::Oldest => vec![T::Added, T::OtherAdded],
    };
    for trigger in path {
        pull(&mut ended, trigger);
    }
    assert_eq!(read(&ended), state);
    let told = pull(&mut ended, trigger);
    Step {
        after: read(&ended),
        told,
    }
}

fn read(ended: &Ended) -> State {
    let at = ended
        .ids
        .iter()
        .position(|(id, at)| **id == *"id" && *at == 0);
    assert_eq!(at.is_some(), ended.has("id", 0));
    match (at, ended.ids.len()) {
        (None, _) => State::Unknown,
        (Some(_), 1) => State::Only,
        (Some(0), _) => State::Oldest,
        (Some(_), _) => State::Newest,
    }
}

/// Whether what is to be forgotten was known.
fn pull(ended: &mut Ended, trigger: Trigger) -> Vec<String> {
    let known = match trigger {
        Trigger::Added => {
            ended.add("id".into(), 0);
            return Vec::new();
        }
        Trigger::OtherAdded => {
            ended.add("other".into(), 0);
            return Vec::new();
        }
        Trigger::OtherIndexAdded => {
            ended.add_some(Some("id".into()), 1);
            return Vec::new();
        }
        Trigger::UnnamedAdded => {
            ended.add_some(None, 0);
            return Vec::new();
        }
        Trigger::Forgotten => ended.forget("id", 0),
        Trigger::OtherIndexForgotten => ended.forget("id", 1),
    };
    vec![format!("known: {known}")]
}
