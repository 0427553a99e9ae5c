use crate::{
    command::{CreatePolicy, CreateResponse},
    event::{Completion, ConversationRef, Outcome},
    state::{
        Expect, Out, Request, Slot, State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{command, created, done, state as machines},
    },
    transport::Close,
};
use alloc::{boxed::Box, string::String, vec, vec::Vec};

/// How far a request for a response is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Nothing,
    /// A response is under way that nobody asked for here.
    Other,
    Waiting,
    InFlight,
    /// Somebody else wrote the request that is in flight.
    Elsewhere,
    Answered,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Asked,
    AskedToReplace,
    AskedElsewhere,
    AskedBeside,
    /// The request that has just left cannot be said; nothing else is ever told so.
    Unsendable,
    Created,
    Done,
    Close,
}

const CHART: &str = "
Nothing
    Asked                InFlight     > create
    AskedToReplace       InFlight     > create
    AskedElsewhere       Elsewhere
    Created              Other        response_started
    Done                 Nothing      response_started, ended Completed(EndTurn)
    Close                Nothing      closed
    nothing: AskedBeside, Unsendable
Other
    Asked                Waiting
    AskedToReplace       Waiting      > cancel resp
    AskedElsewhere       Elsewhere
    Done                 Nothing      ended Completed(EndTurn)
    Close                Nothing      ended Lost, closed
    nothing: AskedBeside, Unsendable, Created
Waiting
    AskedToReplace       Waiting      > cancel resp
    Done                 InFlight     ended Completed(EndTurn), > create
    Close                Nothing      ended Lost, settled Unknown, closed
    nothing: Asked, AskedElsewhere, AskedBeside, Unsendable, Created
InFlight
    Unsendable           Nothing      settled Rejected
    Created              Answered     response_started, settled Accepted
    Done                 Nothing      response_started, ended Completed(EndTurn), settled Accepted
    Close                Nothing      settled Unknown, closed
    nothing: Asked, AskedToReplace, AskedElsewhere, AskedBeside
Elsewhere
    Asked                Waiting
    AskedToReplace       Waiting
    Created              Other        response_started
    Done                 Nothing      response_started, ended Completed(EndTurn)
    Close                Nothing      closed
    nothing: AskedElsewhere, AskedBeside, Unsendable
Answered
    Asked                Waiting
    AskedToReplace       Waiting      > cancel resp
    AskedElsewhere       Elsewhere
    Done                 Nothing      ended Completed(EndTurn)
    Close                Nothing      ended Lost, closed
    nothing: AskedBeside, Unsendable, Created
";

#[test]
fn a_request_goes_as_charted() {
    use Trigger as T;
    let states = [
        State::Nothing,
        State::Other,
        State::Waiting,
        State::InFlight,
        State::Elsewhere,
        State::Answered,
    ];
    let triggers = [
        T::Asked,
        T::AskedToReplace,
        T::AskedElsewhere,
        T::AskedBeside,
        T::Unsendable,
        T::Created,
        T::Done,
        T::Close,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

#[test]
fn a_request_is_tagged_only_where_its_response_could_be_taken_for_another() {
    let create = CreateResponse::new();
    let mut machines = machines();
    let tagged = |machines: &Machines| machines.tagged(&create, command()).is_some();
    assert!(tagged(&machines), "the server answers turns");
    machines.detection.creates = Some(false);
    assert!(!tagged(&machines), "nobody else asks");
    machines.policy.tag_responses = true;
    assert!(tagged(&machines), "it is wanted");
    machines.policy.passive = true;
    assert!(!tagged(&machines), "nothing is originated");
    machines.policy.passive = false;
    machines.capabilities.response_metadata = false;
    assert!(!tagged(&machines), "nothing carries it");
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut machines = machines();
    let path = match state {
        State::Nothing => vec![],
        State::Other => vec![T::Created],
        State::Waiting => vec![T::Created, T::Asked],
        State::InFlight => vec![T::Asked],
        State::Elsewhere => vec![T::AskedElsewhere],
        State::Answered => vec![T::Asked, T::Created],
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

fn read(machines: &Machines) -> State {
    let arbiter = &machines.arbiter;
    let waits = machines.commands.asks_for_response();
    let in_flight = arbiter.clone().give_up() == Some(command());
    let under_way = machines.responses.active().is_some();
    match arbiter.slot() {
        Slot::CreateSent if in_flight => State::InFlight,
        Slot::CreateSent if !waits => State::Elsewhere,
        _ if waits => State::Waiting,
        _ if under_way && arbiter.answers().is_some() => State::Answered,
        _ if under_way => State::Other,
        _ => State::Nothing,
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    act(machines, trigger, &mut out);
    machines.pump(&mut out);
    let told = told_and_sent(out);
    if told.iter().any(|told| told == "> create") {
        let asked = Expect::Response { out_of_band: false };
        machines.sent(command(), 7, None, asked, false);
    }
    told
}

fn act(machines: &mut Machines, trigger: Trigger, out: &mut Out<'_>) {
    match trigger {
        Trigger::Asked => machines.request(Request::new(command(), Box::default())),
        Trigger::AskedToReplace => {
            let mut create = CreateResponse::new();
            create.policy = CreatePolicy::ReplaceActive;
            machines.replace_active(out);
            machines.request(Request::new(command(), Box::new(create)));
        }
        Trigger::AskedElsewhere => {
            machines.asked_elsewhere(&Expect::Response { out_of_band: false });
        }
        Trigger::AskedBeside => {
            machines.asked_elsewhere(&Expect::Response { out_of_band: true });
        }
        Trigger::Unsendable => {
            if read(machines) == State::InFlight {
                machines.unsendable(command(), out);
            }
        }
        Trigger::Created => created(machines, Some("resp"), ConversationRef::Default, out),
        Trigger::Done => {
            let completed = Outcome::Completed(Completion::EndTurn);
            done(machines, Some("resp"), completed, out);
        }
        Trigger::Close => machines.close(&Close::lost(), out),
    }
}
