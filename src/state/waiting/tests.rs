use crate::{
    event::{Event, Stalled},
    state::{
        Expect, Request, Slot, State as Machines, arbiter,
        chart::{Step, assert_chart, chart, out},
        sample::{command, state as machines},
    },
    time::Time,
};
use alloc::{boxed::Box, format, string::String, vec, vec::Vec};
use core::time::Duration;

/// What the slot is, with what it waits for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Idle,
    CreateSent,
    Continuation,
    ServerOwes,
    Taken,
    Active,
    CancelSent,
}

/// All at 0 s, and then the time is told.
#[derive(Clone, Copy, Debug)]
enum Trigger {
    NotYet,
    Due,
    DueTwice,
    FrameBefore,
    Created,
    Done,
}

const CHART: &str = r#"
Idle
    Created              Active
    nothing: NotYet, Due, DueTwice, FrameBefore, Done
CreateSent
    Due                  Idle         stalled Response, settled Dropped(Other("stalled"))
    DueTwice             Idle         stalled Response, settled Dropped(Other("stalled"))
    FrameBefore          Idle         stalled Response, settled Dropped(Other("stalled"))
    Created              Active
    Done                 Idle
    nothing: NotYet
Continuation
    Due                  Idle         stalled Continuation
    DueTwice             Idle         stalled Continuation
    FrameBefore          Idle         stalled Continuation
    Created              Active
    Done                 Idle
    nothing: NotYet
ServerOwes
    Due                  Idle         stalled Response
    DueTwice             Idle         stalled Response
    FrameBefore          Idle         stalled Response
    Created              Active
    Done                 Idle
    nothing: NotYet
Taken
    Due                  Idle         stalled Response
    DueTwice             Idle         stalled Response
    FrameBefore          Idle         stalled Response
    Created              Active
    Done                 Idle
    nothing: NotYet
Active
    Due                  Idle         stalled AnyFrame
    DueTwice             Idle         stalled AnyFrame
    Done                 Idle
    nothing: NotYet, FrameBefore, Created
CancelSent
    Due                  Idle         stalled AnyFrame
    DueTwice             Idle         stalled AnyFrame
    Created              Active
    Done                 Idle
    nothing: NotYet, FrameBefore
"#;

#[test]
fn what_does_not_come_is_told_as_charted() {
    use Trigger as T;
    let states = [
        State::Idle,
        State::CreateSent,
        State::Continuation,
        State::ServerOwes,
        State::Taken,
        State::Active,
        State::CancelSent,
    ];
    let triggers = [
        T::NotYet,
        T::Due,
        T::DueTwice,
        T::FrameBefore,
        T::Created,
        T::Done,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    let mut machines = machines();
    bring(&mut machines, state);
    assert_eq!(read(&machines), state);
    machines.wait();
    assert!(at(&mut machines, 0).is_empty());
    let told = pull(&mut machines, trigger);
    Step {
        after: read(&machines),
        told,
    }
}

fn bring(machines: &mut Machines, state: State) {
    use arbiter::Trigger as T;
    let path = match state {
        State::Idle => vec![],
        State::CreateSent => {
            machines.request(Request::new(command(), Box::default()));
            machines.pump(&mut out());
            let asked = Expect::Response { out_of_band: false };
            machines.sent(command(), 7, None, asked, true);
            vec![]
        }
        State::Continuation => {
            machines.continued(command());
            vec![]
        }
        State::ServerOwes => vec![T::Owed],
        State::Taken => vec![T::Race],
        State::Active => vec![T::Created],
        State::CancelSent => vec![T::Created, T::Cancel],
    };
    for trigger in path {
        machines.arbiter.on(trigger);
    }
}

fn read(machines: &Machines) -> State {
    match machines.arbiter.slot() {
        Slot::Idle => State::Idle,
        Slot::CreateSent if machines.arbiter.continues() => State::Continuation,
        Slot::CreateSent => State::CreateSent,
        Slot::ServerOwes => State::ServerOwes,
        Slot::Taken => State::Taken,
        Slot::Active => State::Active,
        Slot::CancelSent => State::CancelSent,
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    match trigger {
        Trigger::NotYet => at(machines, 29),
        Trigger::Due => at(machines, 30),
        Trigger::DueTwice => {
            let once = at(machines, 30);
            machines.wait();
            [once, at(machines, 31), at(machines, 90)].concat()
        }
        Trigger::FrameBefore => {
            machines.heard_of_peer();
            let early = at(machines, 29);
            [early, at(machines, 30)].concat()
        }
        Trigger::Created => {
            machines.heard_of_peer();
            machines.arbiter.created();
            machines.wait();
            at(machines, 30)
        }
        Trigger::Done => {
            machines.heard_of_peer();
            machines.arbiter.done(false);
            machines.wait();
            at(machines, 30)
        }
    }
}

fn at(machines: &mut Machines, seconds: u64) -> Vec<String> {
    let mut out = out();
    machines.told(Time(Duration::from_secs(seconds)), &mut out);
    let events = out.finish();
    let told = events.iter().map(|event| match event {
        Event::Stalled(Stalled { waiting_for, .. }) => format!("stalled {waiting_for:?}"),
        Event::CommandSettled(settled) => format!("settled {:?}", settled.outcome),
        other => String::from(other.name()),
    });
    told.collect()
}
