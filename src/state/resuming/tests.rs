use crate::{
    event::{Event, GoingAway, GoingAwayCause, Plan},
    state::{
        State as Machines,
        chart::{Step, assert_chart, chart, out},
        deadlines::Deadline,
        sample::nameless::{event, machines, machines as nameless, resumption, words},
    },
    time::Time,
    transport::Close,
};
use alloc::{format, string::String, vec, vec::Vec};
use core::time::Duration;

/// The point to go on from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Handle {
    Nothing,
    First,
    Second,
}

#[derive(Clone, Copy, Debug)]
enum OfHandle {
    First,
    Second,
    Unnamed,
    NotResumable,
    Absent,
    NewConnection,
}

const HANDLE: &str = r#"
Nothing
    First                First        handle Some("h-1")
    Second               Second       handle Some("h-2")
    Unnamed              Nothing      handle None
    NotResumable         Nothing      handle Some("h-3")
    Absent               Nothing      handle None
    nothing: NewConnection
First
    First                First        handle Some("h-1")
    Second               Second       handle Some("h-2")
    Unnamed              First        handle None
    NotResumable         First        handle Some("h-3")
    Absent               First        handle None
    nothing: NewConnection
Second
    First                First        handle Some("h-1")
    Second               Second       handle Some("h-2")
    Unnamed              Second       handle None
    NotResumable         Second       handle Some("h-3")
    Absent               Second       handle None
    nothing: NewConnection
"#;

#[test]
fn the_point_to_go_on_from_is_kept_as_charted() {
    use OfHandle as T;
    let states = [Handle::Nothing, Handle::First, Handle::Second];
    let triggers = [
        T::First,
        T::Second,
        T::Unnamed,
        T::NotResumable,
        T::Absent,
        T::NewConnection,
    ];
    assert_chart(&chart(&states, &triggers, step_handle), HANDLE);
}

fn step_handle(state: Handle, trigger: OfHandle) -> Step<Handle> {
    let mut machines = machines();
    match state {
        Handle::Nothing => {}
        Handle::First => drop(pull_handle(&mut machines, OfHandle::First)),
        Handle::Second => drop(pull_handle(&mut machines, OfHandle::Second)),
    }
    assert_eq!(read_handle(&machines), state);
    let told = pull_handle(&mut machines, trigger);
    Step {
        after: read_handle(&machines),
        told,
    }
}

fn read_handle(machines: &Machines) -> Handle {
    let handle = match machines.handle() {
        None => Handle::Nothing,
        Some("h-1") => Handle::First,
        Some("h-2") => Handle::Second,
        Some(odd) => panic!("{odd}"),
    };
    let resumes = machines.next_plan() == Plan::Resume;
    assert_eq!(resumes, handle != Handle::Nothing);
    handle
}

fn pull_handle(machines: &mut Machines, trigger: OfHandle) -> Vec<String> {
    let told = match trigger {
        OfHandle::First => resumption(Some("h-1"), true),
        OfHandle::Second => resumption(Some("h-2"), true),
        OfHandle::Unnamed => resumption(None, true),
        OfHandle::NotResumable => resumption(Some("h-3"), false),
        OfHandle::Absent => resumption(None, false),
        OfHandle::NewConnection => {
            let before = core::mem::replace(machines, nameless());
            machines.carry_on(before);
            return Vec::new();
        }
    };
    event(machines, told)
}

/// What is known of the end.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Leaving {
    Untold,
    /// In 50 s: the last word is due 5 s before.
    Announced,
    /// In 4 s: the last word is due half of that before.
    Soon,
    Now,
}

#[derive(Clone, Copy, Debug)]
enum OfLeaving {
    In50s,
    In4s,
    Now,
    Undated,
    After1s,
    After2s,
    After45s,
    Handle,
    Close,
}

const LEAVING: &str = r#"
Untold
    In50s                Announced    going in Some(50s), Replay
    In4s                 Soon         going in Some(4s), Replay
    Now                  Now          going in Some(0ns), Replay
    Undated              Untold       going in None, Replay
    Handle               Untold       handle Some("h-1")
    Close                Untold       closed
    nothing: After1s, After2s, After45s
Announced
    In50s                Announced    going in Some(50s), Replay
    In4s                 Soon         going in Some(4s), Replay
    Now                  Now          going in Some(0ns), Replay
    Undated              Announced    going in None, Replay
    After45s             Untold       going in Some(5s), Replay
    Handle               Announced    handle Some("h-1")
    Close                Untold       closed
    nothing: After1s, After2s
Soon
    In50s                Announced    going in Some(50s), Replay
    In4s                 Soon         going in Some(4s), Replay
    Now                  Now          going in Some(0ns), Replay
    Undated              Soon         going in None, Replay
    After2s              Untold       going in Some(2s), Replay
    After45s             Untold       going in Some(2s), Replay
    Handle               Soon         handle Some("h-1")
    Close                Untold       closed
    nothing: After1s
Now
    In50s                Announced    going in Some(50s), Replay
    In4s                 Soon         going in Some(4s), Replay
    Now                  Now          going in Some(0ns), Replay
    Undated              Now          going in None, Replay
    After1s              Untold       at once going in Some(0ns), Replay
    After2s              Untold       at once going in Some(0ns), Replay
    After45s             Untold       at once going in Some(0ns), Replay
    Handle               Now          handle Some("h-1")
    Close                Untold       closed
"#;

#[test]
fn the_announced_end_is_told_again_as_charted() {
    use Leaving as S;
    use OfLeaving as T;
    let states = [S::Untold, S::Announced, S::Soon, S::Now];
    let triggers = [
        T::In50s,
        T::In4s,
        T::Now,
        T::Undated,
        T::After1s,
        T::After2s,
        T::After45s,
        T::Handle,
        T::Close,
    ];
    assert_chart(&chart(&states, &triggers, step_leaving), LEAVING);
}

fn step_leaving(state: Leaving, trigger: OfLeaving) -> Step<Leaving> {
    use OfLeaving as T;
    let mut machines = machines();
    at(&mut machines, 100);
    let path = match state {
        Leaving::Untold => vec![],
        Leaving::Announced => vec![T::In50s],
        Leaving::Soon => vec![T::In4s],
        Leaving::Now => vec![T::Now],
    };
    for trigger in path {
        pull_leaving(&mut machines, trigger);
    }
    assert_eq!(read_leaving(&machines), state);
    let told = pull_leaving(&mut machines, trigger);
    Step {
        after: read_leaving(&machines),
        told,
    }
}

fn read_leaving(machines: &Machines) -> Leaving {
    let armed = machines.deadlines.is_armed(Deadline::Leaving);
    match machines.leaving.filter(|_| armed) {
        None => Leaving::Untold,
        Some(Duration::ZERO) => Leaving::Now,
        Some(last) if last.as_secs() == 5 => Leaving::Announced,
        Some(_) => Leaving::Soon,
    }
}

/// All at 100 s, unless it is later.
fn pull_leaving(machines: &mut Machines, trigger: OfLeaving) -> Vec<String> {
    match trigger {
        OfLeaving::In50s => going(machines, Some(50)),
        OfLeaving::In4s => going(machines, Some(4)),
        OfLeaving::Now => going(machines, Some(0)),
        OfLeaving::Undated => going(machines, None),
        OfLeaving::After1s => after(machines, 1),
        OfLeaving::After2s => after(machines, 2),
        OfLeaving::After45s => after(machines, 45),
        OfLeaving::Handle => event(machines, resumption(Some("h-1"), true)),
        OfLeaving::Close => {
            let mut out = out();
            machines.close(&Close::lost(), &mut out);
            words(out)
        }
    }
}

fn going(machines: &mut Machines, seconds: Option<u64>) -> Vec<String> {
    let going = GoingAway {
        time_left: seconds.map(Duration::from_secs),
        cause: GoingAwayCause::Server,
        plan: Plan::Never,
    };
    event(machines, Event::GoingAway(going))
}

/// The time is told at once, and then again.
fn after(machines: &mut Machines, seconds: u64) -> Vec<String> {
    let at_once = at(machines, 100);
    let later = at(machines, 100 + seconds);
    let at_once = at_once.iter().map(|told| format!("at once {told}"));
    at_once.chain(later).collect()
}

fn at(machines: &mut Machines, seconds: u64) -> Vec<String> {
    let mut out = out();
    machines.told(Time(Duration::from_secs(seconds)), &mut out);
    words(out)
}
