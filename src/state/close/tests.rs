use crate::{
    delta::DeltaKind,
    dialect::{Detection, Fact, SessionFact},
    event::{Class, Event, Lane, Previous, Ready, TurnOrigin},
    id::Id,
    session::Phase,
    state::{
        Expect, Out, State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{command, delta, state as machines},
    },
    time::Time,
    transport::Close,
};
use alloc::{boxed::Box, format, string::String, vec::Vec};
use core::time::Duration;

/// How far the session is. Once it is closed, nothing asks the machines for anything.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Opening,
    Ready,
    /// The end was asked for before the server was there.
    ClosingEarly,
    Closing,
    Closed,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Frame,
    SessionTold,
    NotReadyInTime,
    CloseAsked,
    Lost,
    EndedInOrder,
}

const CHART: &str = "
Opening
    Frame                Ready        ready
    SessionTold          Ready        ready
    NotReadyInTime       Opening      stalled
    CloseAsked           ClosingEarly
    Lost                 Closed       Lost, Replay
    EndedInOrder         Closed       Finished, Never
Ready
    SessionTold          Ready        session_updated
    CloseAsked           Closing
    Lost                 Closed       Lost, Replay
    EndedInOrder         Closed       Finished, Never
    nothing: Frame, NotReadyInTime
ClosingEarly
    Frame                Closing      ready
    SessionTold          Closing      ready
    NotReadyInTime       ClosingEarly stalled
    Lost                 Closed       settled Accepted, Requested, Never
    EndedInOrder         Closed       settled Accepted, Requested, Never
    nothing: CloseAsked
Closing
    SessionTold          Closing      session_updated
    Lost                 Closed       settled Accepted, Requested, Never
    EndedInOrder         Closed       settled Accepted, Requested, Never
    nothing: Frame, NotReadyInTime, CloseAsked
";

#[test]
fn a_session_ends_as_charted() {
    let states = [
        State::Opening,
        State::Ready,
        State::ClosingEarly,
        State::Closing,
    ];
    let triggers = [
        Trigger::Frame,
        Trigger::SessionTold,
        Trigger::NotReadyInTime,
        Trigger::CloseAsked,
        Trigger::Lost,
        Trigger::EndedInOrder,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    let mut machines = machines();
    machines.await_readiness(Duration::from_secs(10));
    machines.told(Time::default(), &mut out());
    if matches!(state, State::Ready | State::Closing) {
        pull(&mut machines, Trigger::Frame);
    }
    if matches!(state, State::ClosingEarly | State::Closing) {
        pull(&mut machines, Trigger::CloseAsked);
    }
    assert_eq!(read(&machines), state);
    let told = pull(&mut machines, trigger);
    Step {
        after: read(&machines),
        told,
    }
}

fn read(machines: &Machines) -> State {
    match (machines.phase, machines.takes_frames()) {
        (Phase::Opening, false) => State::Opening,
        (Phase::Ready, true) => State::Ready,
        (Phase::Closing, false) => State::ClosingEarly,
        (Phase::Closing, true) => State::Closing,
        (Phase::Closed, _) => State::Closed,
        odd => panic!("{odd:?}"),
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    match trigger {
        Trigger::Frame => machines.proven(&mut out),
        Trigger::SessionTold => {
            machines.ready();
            let fact = SessionFact {
                created: true,
                ready: Ready::default(),
                settings: None,
                detection: Detection::default(),
            };
            machines.observe(Fact::Session(Box::new(fact)), &mut out);
        }
        Trigger::NotReadyInTime => machines.told(Time(Duration::from_secs(10)), &mut out),
        Trigger::CloseAsked => machines.close_requested(command()),
        Trigger::Lost => return closed(machines, &Close::lost()),
        Trigger::EndedInOrder => return closed(machines, &Close::code(1000, "")),
    }
    told_and_sent(out)
}

fn closed(machines: &mut Machines, close: &Close<'_>) -> Vec<String> {
    let mut out = out();
    machines.close(close, &mut out);
    shown(out)
}

fn shown(out: Out<'_>) -> Vec<String> {
    let events = out.finish();
    let shown = events.iter().map(|event| match event {
        Event::Closed(closed) => format!("{:?}, {:?}", closed.class, closed.plan),
        Event::CommandSettled(settled) => format!("settled {:?}", settled.outcome),
        other => String::from(other.name()),
    });
    shown.collect()
}

/// What was told before the end.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Before {
    Nothing,
    Auth,
    Quota,
    Expired,
    DialectRejected,
    ServerFault,
    Unsupported,
    /// Our own wish.
    Asked,
}

/// How the transport ended.
#[derive(Clone, Copy, Debug)]
enum End {
    Lost,
    Clean,
    Normal,
    Away,
    MaximumDuration,
    Protocol,
    Policy,
    Server,
    Private,
}

const WHY: &str = "
Nothing
    Lost                 Nothing      Lost, Replay
    Clean                Nothing      Finished, Never
    Normal               Nothing      Finished, Never
    Away                 Nothing      Lost, Replay
    MaximumDuration      Nothing      Expired, Replay
    Protocol             Nothing      Rejected, Never
    Policy               Nothing      Rejected, Never
    Server               Nothing      ServerFault, Replay
    Private              Nothing      Rejected, Never
Auth
    Lost                 Auth         Auth, Never
    Clean                Auth         Auth, Never
    Normal               Auth         Auth, Never
    Away                 Auth         Auth, Never
    MaximumDuration      Auth         Auth, Never
    Protocol             Auth         Auth, Never
    Policy               Auth         Auth, Never
    Server               Auth         Auth, Never
    Private              Auth         Auth, Never
Quota
    Lost                 Quota        Quota, Never
    Clean                Quota        Quota, Never
    Normal               Quota        Quota, Never
    Away                 Quota        Quota, Never
    MaximumDuration      Quota        Quota, Never
    Protocol             Quota        Quota, Never
    Policy               Quota        Quota, Never
    Server               Quota        Quota, Never
    Private              Quota        Quota, Never
Expired
    Lost                 Expired      Expired, Replay
    Clean                Expired      Expired, Replay
    Normal               Expired      Expired, Replay
    Away                 Expired      Expired, Replay
    MaximumDuration      Expired      Expired, Replay
    Protocol             Expired      Expired, Replay
    Policy               Expired      Expired, Replay
    Server               Expired      Expired, Replay
    Private              Expired      Expired, Replay
DialectRejected
    Lost                 DialectRejected Rejected, Never
    Clean                DialectRejected Rejected, Never
    Normal               DialectRejected Rejected, Never
    Away                 DialectRejected Rejected, Never
    MaximumDuration      DialectRejected Rejected, Never
    Protocol             DialectRejected Rejected, Never
    Policy               DialectRejected Rejected, Never
    Server               DialectRejected Rejected, Never
    Private              DialectRejected Rejected, Never
ServerFault
    Lost                 ServerFault  ServerFault, Replay
    Clean                ServerFault  ServerFault, Replay
    Normal               ServerFault  ServerFault, Replay
    Away                 ServerFault  ServerFault, Replay
    MaximumDuration      ServerFault  ServerFault, Replay
    Protocol             ServerFault  ServerFault, Replay
    Policy               ServerFault  ServerFault, Replay
    Server               ServerFault  ServerFault, Replay
    Private              ServerFault  ServerFault, Replay
Unsupported
    Lost                 Unsupported  Lost, Replay
    Clean                Unsupported  Finished, Never
    Normal               Unsupported  Finished, Never
    Away                 Unsupported  Lost, Replay
    MaximumDuration      Unsupported  Expired, Replay
    Protocol             Unsupported  Rejected, Never
    Policy               Unsupported  Rejected, Never
    Server               Unsupported  ServerFault, Replay
    Private              Unsupported  Rejected, Never
Asked
    Lost                 Asked        settled Accepted, Requested, Never
    Clean                Asked        settled Accepted, Requested, Never
    Normal               Asked        settled Accepted, Requested, Never
    Away                 Asked        settled Accepted, Requested, Never
    MaximumDuration      Asked        settled Accepted, Requested, Never
    Protocol             Asked        settled Accepted, Requested, Never
    Policy               Asked        settled Accepted, Requested, Never
    Server               Asked        settled Accepted, Requested, Never
    Private              Asked        settled Accepted, Requested, Never
";

#[test]
fn the_reason_of_an_end_is_as_charted() {
    let before = [
        Before::Nothing,
        Before::Auth,
        Before::Quota,
        Before::Expired,
        Before::DialectRejected,
        Before::ServerFault,
        Before::Unsupported,
        Before::Asked,
    ];
    let ends = [
        End::Lost,
        End::Clean,
        End::Normal,
        End::Away,
        End::MaximumDuration,
        End::Protocol,
        End::Policy,
        End::Server,
        End::Private,
    ];
    assert_chart(&chart(&before, &ends, why), WHY);
}

fn why(before: Before, end: End) -> Step<Before> {
    let mut machines = machines();
    machines.fatal = match before {
        Before::Nothing | Before::Asked => None,
        Before::Auth => Some(Class::Auth),
        Before::Quota => Some(Class::Quota),
        Before::Expired => Some(Class::Expired),
        Before::DialectRejected => Some(Class::DialectRejected),
        Before::ServerFault => Some(Class::ServerFault),
        Before::Unsupported => Some(Class::Unsupported),
    };
    if before == Before::Asked {
        machines.close_requested(command());
    }
    let close = match end {
        End::Lost => Close::lost(),
        End::Clean => Close {
            clean: true,
            ..Close::lost()
        },
        End::Normal => Close::code(1000, ""),
        End::Away => Close::code(1001, ""),
        End::MaximumDuration => Close::code(1001, "it hit the maximum duration of 60 minutes"),
        End::Protocol => Close::code(1002, ""),
        End::Policy => Close::code(1008, ""),
        End::Server => Close::code(1011, ""),
        End::Private => Close::code(4001, ""),
    };
    Step {
        after: before,
        told: closed(&mut machines, &close),
    }
}

#[test]
fn what_is_open_settles_from_the_inside_out() {
    let mut machines = machines();
    let mut out = out();
    delta(
        &mut machines,
        DeltaKind::Text(Lane::Display),
        "one",
        &mut out,
    );
    machines.turns.started(
        TurnOrigin::Speech,
        Id::borrowed("turn").as_ref(),
        &Previous::Unknown,
        &mut out,
    );
    machines.sent(command(), 7, None, Expect::Committed, true);
    let told = closed(&mut machines, &Close::lost());
    assert_eq!(
        told,
        [
            "text_done",
            "user_turn_discarded",
            "response_finished",
            "settled Unknown",
            "Lost, Replay",
        ]
    );
}
