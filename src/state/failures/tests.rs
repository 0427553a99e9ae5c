use crate::{
    dialect::Fact,
    event::{Class, ConversationRef, Event, Retry, Scope, ServerError},
    id::Id,
    state::{
        Expect, Request, Slot, State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{command, created, state as machines},
    },
};
use alloc::{borrow::Cow, boxed::Box, string::String, vec::Vec};

/// What was sent.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Nothing,
    Request,
    /// A request that waits for the end of another response.
    Waiting,
    /// Another response is there, and no request waits for its end.
    Taken,
    Continuation,
    Commit,
    /// A request that a response has answered, or seemed to.
    Answered,
    Cancel,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Race,
    RaceById,
    CancelRace,
    CommitRace,
    Refused,
    RefusedById,
    OtherRefused,
    ServerFault,
}

const CHART: &str = "
Nothing
    Race                 Nothing      error
    RaceById             Nothing      error
    CancelRace           Nothing      error
    CommitRace           Nothing      error
    Refused              Nothing      error
    RefusedById          Nothing      error
    OtherRefused         Nothing      error
    ServerFault          Nothing      error
Request
    Race                 Waiting
    RaceById             Waiting
    CancelRace           Request      error
    CommitRace           Request      error
    Refused              Request      error
    RefusedById          Nothing      error, settled Rejected
    OtherRefused         Request      error
    ServerFault          Request      error
Waiting
    Race                 Waiting      error
    RaceById             Waiting      error
    CancelRace           Waiting      error
    CommitRace           Waiting      error
    Refused              Waiting      error
    RefusedById          Waiting      error
    OtherRefused         Waiting      error
    ServerFault          Waiting      error
Continuation
    Race                 Taken        due again
    RaceById             Taken        due again
    CancelRace           Continuation error
    CommitRace           Continuation error
    Refused              Continuation error
    RefusedById          Nothing      error, settled Rejected
    OtherRefused         Continuation error
    ServerFault          Continuation error
Commit
    Race                 Commit       error
    RaceById             Nothing      settled Superseded
    CancelRace           Commit       error
    CommitRace           Nothing      settled Superseded
    Refused              Commit       error
    RefusedById          Nothing      error, settled Rejected
    OtherRefused         Commit       error
    ServerFault          Commit       error
Answered
    Race                 Waiting
    RaceById             Waiting
    CancelRace           Answered     error
    CommitRace           Answered     error
    Refused              Answered     error
    RefusedById          Answered     error
    OtherRefused         Answered     error
    ServerFault          Answered     error
Cancel
    Race                 Cancel       error
    RaceById             Cancel       settled Superseded
    CancelRace           Cancel       settled Superseded
    CommitRace           Cancel       error
    Refused              Cancel       error
    RefusedById          Cancel       error, settled Rejected
    OtherRefused         Cancel       error
    ServerFault          Cancel       error
";

#[test]
fn a_failure_goes_as_charted() {
    use Trigger as T;
    let states = [
        State::Nothing,
        State::Request,
        State::Waiting,
        State::Continuation,
        State::Commit,
        State::Answered,
        State::Cancel,
    ];
    let triggers = [
        T::Race,
        T::RaceById,
        T::CancelRace,
        T::CommitRace,
        T::Refused,
        T::RefusedById,
        T::OtherRefused,
        T::ServerFault,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    let mut machines = machines();
    bring(&mut machines, state);
    assert_eq!(read(&machines), state);
    let told = pull(&mut machines, trigger);
    Step {
        after: read(&machines),
        told,
    }
}

const ASKED: Expect = Expect::Response { out_of_band: false };

fn bring(machines: &mut Machines, state: State) {
    let mut out = out();
    match state {
        State::Nothing | State::Taken => {}
        State::Request | State::Waiting | State::Answered => {
            machines.request(Request::new(command(), Box::default()));
            machines.pump(&mut out);
            machines.sent(command(), 7, None, ASKED, true);
        }
        State::Continuation => {
            let calls = &mut machines.calls.continuations;
            calls.delivered(None, &mut out);
            calls.answered(None, true);
            calls.response_ended(None);
            machines.continued(command());
            machines.sent(command(), 7, None, ASKED, true);
        }
        State::Commit => machines.sent(command(), 7, None, Expect::Committed, true),
        State::Cancel => {
            created(machines, Some("resp"), ConversationRef::Default, &mut out);
            machines.cancel(command(), None, &mut out);
            let ended = Expect::Ended(Some("resp".into()));
            machines.sent(command(), 7, None, ended, true);
        }
    }
    match state {
        State::Waiting => pull(machines, Trigger::Race).clear(),
        State::Answered => created(machines, Some("resp"), ConversationRef::Default, &mut out),
        _ => {}
    }
}

fn read(machines: &Machines) -> State {
    let pending = machines.commands.len();
    match (machines.arbiter.slot(), pending) {
        (Slot::CreateSent, _) if machines.arbiter.continues() => State::Continuation,
        (Slot::CreateSent, 1) => State::Request,
        (Slot::Taken | Slot::Active, 1) => State::Waiting,
        (Slot::Taken, 0) => State::Taken,
        (Slot::Active, 0) => State::Answered,
        (Slot::CancelSent, _) => State::Cancel,
        (Slot::Idle, 1) => State::Commit,
        (Slot::Idle, 0) => State::Nothing,
        odd => panic!("{odd:?}"),
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let race = "conversation_already_has_active_response";
    let (code, id) = match trigger {
        Trigger::Race => (race, None),
        Trigger::RaceById => (race, Some("rp-7")),
        Trigger::CancelRace => ("response_cancel_not_active", None),
        Trigger::CommitRace => ("input_audio_buffer_commit_empty", None),
        Trigger::Refused => ("invalid_value", None),
        Trigger::RefusedById => ("invalid_value", Some("rp-7")),
        Trigger::OtherRefused => ("invalid_value", Some("rp-8")),
        Trigger::ServerFault => ("server_error", None),
    };
    let mut out = out();
    let error = Box::new(error(code, id));
    machines.observe(Fact::Event(Event::Error(error)), &mut out);
    let mut told = told_and_sent(out);
    if machines.calls.continuations.is_due() {
        told.push(String::from("due again"));
    }
    told
}

fn error(code: &'static str, id: Option<&'static str>) -> ServerError<'static> {
    ServerError {
        class: Class::Unknown,
        scope: Scope::Session,
        code: Some(Cow::Borrowed(code)),
        kind: None,
        message: None,
        param: None,
        client_event_id: id.and_then(Id::borrowed),
        session_usable: true,
        retry: Retry::Never,
        raw: Cow::Borrowed(""),
    }
}
