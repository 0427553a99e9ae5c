//! What becomes of a part that is cut, by how much of it was heard.

use super::say;
use crate::{
    config::{Media, Unheard},
    delta::DeltaKind,
    event::{Completion, Epoch, Lane, Outcome},
    state::{
        State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{command, delta, done, state as machines},
    },
};
use core::time::Duration;

/// What was heard of the 100 ms that were received.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// Nothing was received but text.
    Text,
    Unknown,
    Nothing,
    Some,
    /// More may come.
    AllSoFar,
    NothingOver,
    SomeOver,
    All,
}

/// Who takes back, and how.
#[derive(Clone, Copy, Debug)]
enum Trigger {
    Delete,
    Truncate,
    Skip,
    Undeletable,
    ServerTruncates,
    Remote,
    Passive,
}

const CHART: &str = "
Text
    nothing: Delete, Truncate, Skip, Undeletable, ServerTruncates, Remote, Passive
Unknown
    nothing: Delete, Truncate, Skip, Undeletable, ServerTruncates, Remote, Passive
Nothing
    Delete               Nothing      > delete item at its end
    Truncate             Nothing      truncated 0ns, > truncate item 0ns
    nothing: Skip, Undeletable, ServerTruncates, Remote, Passive
Some
    Delete               Some         truncated 40ms, > truncate item 40ms
    Truncate             Some         truncated 40ms, > truncate item 40ms
    Skip                 Some         truncated 40ms, > truncate item 40ms
    Undeletable          Some         truncated 40ms, > truncate item 40ms
    nothing: ServerTruncates, Remote, Passive
AllSoFar
    Delete               AllSoFar     truncated 100ms, > truncate item 100ms
    Truncate             AllSoFar     truncated 100ms, > truncate item 100ms
    Skip                 AllSoFar     truncated 100ms, > truncate item 100ms
    Undeletable          AllSoFar     truncated 100ms, > truncate item 100ms
    nothing: ServerTruncates, Remote, Passive
NothingOver
    Delete               NothingOver  > delete item
    Truncate             NothingOver  truncated 0ns, > truncate item 0ns
    nothing: Skip, Undeletable, ServerTruncates, Remote, Passive
SomeOver
    Delete               SomeOver     truncated 40ms, > truncate item 40ms
    Truncate             SomeOver     truncated 40ms, > truncate item 40ms
    Skip                 SomeOver     truncated 40ms, > truncate item 40ms
    Undeletable          SomeOver     truncated 40ms, > truncate item 40ms
    nothing: ServerTruncates, Remote, Passive
All
    nothing: Delete, Truncate, Skip, Undeletable, ServerTruncates, Remote, Passive
";

#[test]
fn what_was_not_heard_is_taken_back_as_charted() {
    use Trigger as T;
    let states = [
        State::Text,
        State::Unknown,
        State::Nothing,
        State::Some,
        State::AllSoFar,
        State::NothingOver,
        State::SomeOver,
        State::All,
    ];
    let triggers = [
        T::Delete,
        T::Truncate,
        T::Skip,
        T::Undeletable,
        T::ServerTruncates,
        T::Remote,
        T::Passive,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

/// The state names what there was; only what is told matters.
fn step(state: State, trigger: Trigger) -> Step<State> {
    let mut machines = machines();
    bring(&mut machines, state);
    set_up(&mut machines, trigger);
    let mut first = out();
    machines.interrupt(command(), &mut first);
    let mut told = told_and_sent(first);
    let mut later = out();
    let completed = Outcome::Completed(Completion::EndTurn);
    done(&mut machines, Some("resp"), completed, &mut later);
    let at_the_end = told_and_sent(later);
    told.retain(|told| is_taken_back(told));
    let deleted = at_the_end.into_iter().filter(|told| is_taken_back(told));
    told.extend(deleted.map(|told| told + " at its end"));
    Step { after: state, told }
}

fn is_taken_back(told: &str) -> bool {
    told.contains("truncate") || told.contains("delete")
}

fn bring(machines: &mut Machines, state: State) {
    let mut out = out();
    if state == State::Text {
        delta(machines, DeltaKind::Text(Lane::Spoken), "one", &mut out);
        return;
    }
    say(machines);
    if matches!(state, State::NothingOver | State::SomeOver | State::All) {
        let completed = Outcome::Completed(Completion::EndTurn);
        done(machines, Some("resp"), completed, &mut out);
    }
    let heard = match state {
        State::Text | State::Unknown => None,
        State::Nothing | State::NothingOver => Some(0),
        State::Some | State::SomeOver => Some(40),
        State::AllSoFar | State::All => Some(100),
    };
    if let Some(heard) = heard {
        machines.report_playback(Epoch::default(), Duration::from_millis(heard));
    }
}

fn set_up(machines: &mut Machines, trigger: Trigger) {
    match trigger {
        Trigger::Delete => machines.policy.unheard = Unheard::Delete,
        Trigger::Truncate => machines.policy.unheard = Unheard::Truncate,
        Trigger::Skip => machines.policy.unheard = Unheard::Skip,
        Trigger::Undeletable => machines.capabilities.delete = false,
        Trigger::ServerTruncates => machines.capabilities.server_truncates = true,
        Trigger::Remote => machines.media = Media::Remote,
        Trigger::Passive => machines.policy.passive = true,
    }
}
