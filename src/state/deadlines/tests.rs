use super::{Deadline, Deadlines};
use crate::{
    state::chart::{Step, assert_chart, chart},
    time::Time,
};
use alloc::{format, string::String, vec::Vec};
use core::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Disarmed,
    Unstarted,
    Running,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Arm,
    Restart,
    Disarm,
    TimeBefore,
    TimeAfter,
    Clear,
}

const CHART: &str = "
Disarmed
    Arm                  Unstarted
    Restart              Running
    nothing: Disarm, TimeBefore, TimeAfter, Clear
Unstarted
    Restart              Running
    Disarm               Disarmed
    TimeBefore           Running
    TimeAfter            Running
    Clear                Disarmed
    nothing: Arm
Running
    Arm                  Unstarted
    Disarm               Disarmed
    TimeAfter            Disarmed     fired, started at 100s
    Clear                Disarmed
    nothing: Restart, TimeBefore
";

#[test]
fn a_deadline_goes_as_charted() {
    let states = [State::Disarmed, State::Unstarted, State::Running];
    let triggers = [
        Trigger::Arm,
        Trigger::Restart,
        Trigger::Disarm,
        Trigger::TimeBefore,
        Trigger::TimeAfter,
        Trigger::Clear,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

#[test]
fn time_is_asked_for_while_something_waits_to_be_started() {
    let mut deadlines = Deadlines::default();
    let now = Some(at(100));
    assert_eq!(deadlines.next(now), None);
    deadlines.arm(Deadline::Response, Duration::from_secs(30));
    assert_eq!((deadlines.next(now), deadlines.next(None)), (now, None));
    assert_eq!(deadlines.fired(at(100)), None);
    assert_eq!(deadlines.next(now), Some(at(130)));
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    let mut deadlines = Deadlines::default();
    if state != State::Disarmed {
        pull(&mut deadlines, Trigger::Arm);
    }
    if state == State::Running {
        assert_eq!(deadlines.fired(at(100)), None);
    }
    let told = pull(&mut deadlines, trigger);
    let now = Some(at(100));
    let after = if deadlines.next(now) == now {
        State::Unstarted
    } else if deadlines.is_armed(Deadline::Silence) {
        State::Running
    } else {
        State::Disarmed
    };
    Step { after, told }
}

fn pull(deadlines: &mut Deadlines, trigger: Trigger) -> Vec<String> {
    let fired = match trigger {
        Trigger::Arm => {
            deadlines.arm(Deadline::Silence, Duration::from_secs(30));
            None
        }
        Trigger::Restart => {
            deadlines.restart(Deadline::Silence, Duration::from_secs(30), at(100));
            None
        }
        Trigger::Disarm => {
            deadlines.disarm(Deadline::Silence);
            None
        }
        Trigger::TimeBefore => deadlines.fired(at(129)),
        Trigger::TimeAfter => deadlines.fired(at(130)),
        Trigger::Clear => {
            deadlines.clear();
            None
        }
    };
    let fired = fired.iter();
    fired
        .map(|(_, since)| format!("fired, started at {:?}", since.0))
        .collect()
}

fn at(seconds: u64) -> Time {
    Time(Duration::from_secs(seconds))
}
