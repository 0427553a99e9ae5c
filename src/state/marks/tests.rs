use crate::{
    command::Activity,
    config::TurnDetection,
    state::{
        Expect, State as Machines,
        chart::{Step, assert_chart, chart, out},
        sample::{
            command,
            nameless::{audio, heard, machines, words},
            state,
        },
    },
};
use alloc::{string::String, vec, vec::Vec};

/// What is marked, and what has come of it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Quiet,
    Marked,
    /// The end is marked, and no reply has begun.
    Committed,
    Replying,
    /// The user's activity goes on over a reply.
    Over,
    /// The start is marked, and no turn is open: a cancel has marked it, or the server did not wait
    /// for the end.
    Turnless,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Start,
    End,
    Cancel,
    Words,
    Writes,
    Content,
}

const CHART: &str = "
Quiet
    Start                Marked       turn i1 began
    Cancel               Turnless
    Words                Quiet        turn i1 began, heard i1 more
    Writes               Quiet        i1 began, turn i1 began, turn i1 committed, Unknown, i1 done
    Content              Replying     r1 began, i1 began, audio i1
    nothing: End
Marked
    End                  Committed    turn i1 committed, Unknown
    Words                Marked       heard i1 more
    Writes               Marked       i2 began, turn i2 began, turn i2 committed, Unknown, i2 done
    Content              Turnless     turn i1 committed, Unknown, r1 began, i2 began, audio i2
    nothing: Start, Cancel
Committed
    Start                Marked       turn i2 began
    Cancel               Turnless
    Words                Committed    heard i1 more
    Writes               Quiet        i2 began, turn i2 began, turn i2 committed, Unknown, i2 done
    Content              Replying     r1 began, i2 began, audio i2
    nothing: End
Replying
    Start                Over         turn i3 began
    Cancel               Turnless
    Words                Replying     heard i1 more
    Writes               Replying     i3 began, turn i3 began, turn i3 committed, Unknown, i3 done
    Content              Replying     audio i2
    nothing: End
Over
    End                  Replying     turn i3 committed, Unknown
    Words                Over         heard i3 more
    Writes               Over         i4 began, turn i4 began, turn i4 committed, Unknown, i4 done
    Content              Over         audio i2
    nothing: Start, Cancel
Turnless
    Start                Over         turn i3 began
    End                  Replying
    Words                Turnless     heard i1 more
    Writes               Turnless     i3 began, turn i3 began, turn i3 committed, Unknown, i3 done
    Content              Turnless     stale
    nothing: Cancel
";

#[test]
fn activity_is_marked_as_charted() {
    use State as S;
    use Trigger as T;
    let states = [
        S::Quiet,
        S::Marked,
        S::Committed,
        S::Replying,
        S::Over,
        S::Turnless,
    ];
    let triggers = [T::Start, T::End, T::Cancel, T::Words, T::Writes, T::Content];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut machines = marking();
    let path = match state {
        State::Quiet => vec![],
        State::Marked => vec![T::Start],
        State::Committed => vec![T::Start, T::End],
        State::Replying => vec![T::Start, T::End, T::Content],
        State::Over => vec![T::Start, T::End, T::Content, T::Start],
        State::Turnless => vec![T::Start, T::End, T::Content, T::Cancel],
    };
    for trigger in path {
        pull(&mut machines, trigger);
    }
    assert_eq!(read(&machines), state);
    let told = pull(&mut machines, trigger);
    Step {
        after: read(&machines),
        told,
    }
}

fn marking() -> Machines {
    let mut machines = machines();
    machines.settings.turn_detection = Some(TurnDetection::Manual);
    machines
}

fn read(machines: &Machines) -> State {
    let user = machines.naming.user.as_ref();
    let open = user.is_some_and(|user| !user.committed);
    let replies = machines.naming.reply.is_some();
    assert_ne!(
        machines.is_marked(Activity::Start),
        machines.is_marked(Activity::End)
    );
    match (machines.is_marked(Activity::Start), open, replies) {
        (false, _, true) => State::Replying,
        (false, false, false) if user.is_some() => State::Committed,
        (false, _, false) => State::Quiet,
        (true, true, false) => State::Marked,
        (true, true, true) => State::Over,
        (true, false, _) => State::Turnless,
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    match trigger {
        Trigger::Start => machines.mark(Activity::Start, &mut out),
        Trigger::End => machines.mark(Activity::End, &mut out),
        Trigger::Cancel => {
            if machines.cancels() {
                machines.sent(command(), 7, None, Expect::Ended(None), false);
            }
        }
        Trigger::Writes => drop(machines.said("hm", &mut out)),
        Trigger::Words => return heard(machines),
        Trigger::Content => return audio(machines),
    }
    words(out)
}

#[test]
fn only_a_caller_who_finds_the_ends_of_turns_marks_them() {
    let mut machines = machines();
    assert!(!machines.marks_activity() && !machines.cancels());
    machines.settings.turn_detection = Some(TurnDetection::Manual);
    assert!(machines.marks_activity() && machines.cancels());
    machines.capabilities.activity = false;
    assert!(!machines.marks_activity() && !machines.cancels());
    machines.capabilities.cancel = true;
    assert!(machines.cancels());
}

#[test]
fn a_cancel_marks_nothing_where_the_caller_marks_nothing() {
    let mut machines = machines();
    machines.sent(command(), 7, None, Expect::Ended(None), false);
    assert!(machines.is_marked(Activity::End));
}

#[test]
fn a_server_that_repeats_texts_is_left_to_tell_them() {
    let mut machines = state();
    let mut out = out();
    machines.said("hm", &mut out);
    assert_eq!(words(out), [""; 0]);
    assert_eq!(machines.conversation.len(), 0);
}
