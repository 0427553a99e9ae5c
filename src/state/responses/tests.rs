mod beside;

use crate::{
    delta::DeltaKind,
    event::{By, Completion, ConversationRef, Lane, Outcome},
    state::{
        Out, State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{command, created, delta, done, state as machines},
    },
    transport::Close,
};
use alloc::{format, string::String, vec, vec::Vec};

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Unknown,
    /// It has begun, and nothing has told its id.
    Unnamed,
    Open,
    /// Audio of it has come.
    Audible,
    Cancelling,
    /// Being cancelled, and audio of it has come.
    Silencing,
    /// A barge-in cut it; the server cancels it by itself.
    Cut,
    /// Cut, and being cancelled.
    Interrupted,
    Ended,
    /// Ended before its done came: its cost is still to be told.
    Uncounted,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Created,
    CreatedUnnamed,
    CreatedBeside,
    OtherCreated,
    Text,
    Audio,
    Cancel,
    Interrupt,
    Speech,
    Completed,
    Cancelled,
    CancelledBySpeech,
    CompletedUnnamed,
    OtherCompleted,
    Crowded,
    Close,
}

const CHART: &str = "
Unknown
    Created              Open         response_started
    CreatedUnnamed       Unnamed      response_started
    CreatedBeside        Open         response_started
    OtherCreated         Unknown      response_started
    Text                 Open         response_started, text_delta
    Audio                Audible      response_started, audio_delta
    Cancel               Unknown      settled Superseded
    Interrupt            Unknown      settled Superseded
    Completed            Ended        response_started, ended Completed(EndTurn)
    Cancelled            Ended        response_started, ended Cancelled(Client)
    CancelledBySpeech    Ended        response_started, ended Cancelled(UserSpeech)
    CompletedUnnamed     Unknown      response_started, ended Completed(EndTurn)
    OtherCompleted       Unknown      response_started, ended Completed(EndTurn)
    Crowded              Unknown      response_started
    Close                Unknown      closed
    nothing: Speech
Unnamed
    Created              Open         ended Cancelled(Superseded), response_started
    CreatedUnnamed       Unnamed      ended Cancelled(Superseded), response_started
    CreatedBeside        Open         response_started
    OtherCreated         Unknown      ended Cancelled(Superseded), response_started
    Text                 Open         text_delta
    Audio                Audible      audio_delta
    Cancel               Unnamed      settled Superseded
    Interrupt            Unnamed      interrupted, heard None, flush 1, > cancel the active one
    Completed            Ended        ended Completed(EndTurn)
    Cancelled            Ended        ended Cancelled(Client)
    CancelledBySpeech    Ended        ended Cancelled(UserSpeech)
    CompletedUnnamed     Unknown      ended Completed(EndTurn)
    OtherCompleted       Unknown      ended Completed(EndTurn)
    Crowded              Unknown      response_started, limit_reached, ended Lost
    Close                Unknown      ended Lost, closed
    nothing: Speech
Open
    CreatedUnnamed       Uncounted    ended Cancelled(Superseded), response_started
    OtherCreated         Uncounted    ended Cancelled(Superseded), response_started
    Text                 Open         text_delta
    Audio                Audible      audio_delta
    Cancel               Cancelling   > cancel resp
    Interrupt            Interrupted  interrupted, heard None, flush 1, > cancel resp
    Completed            Ended        ended Completed(EndTurn)
    Cancelled            Ended        ended Cancelled(Client)
    CancelledBySpeech    Ended        ended Cancelled(UserSpeech)
    CompletedUnnamed     Ended        ended Completed(EndTurn)
    OtherCompleted       Open         response_started, ended Completed(EndTurn)
    Crowded              Uncounted    response_started, limit_reached, ended Lost
    Close                Ended        ended Lost, closed
    nothing: Created, CreatedBeside, Speech
Audible
    CreatedUnnamed       Uncounted    ended Cancelled(Superseded), response_started
    OtherCreated         Uncounted    ended Cancelled(Superseded), response_started
    Text                 Audible      text_delta
    Audio                Audible      audio_delta
    Cancel               Silencing    > cancel resp
    Interrupt            Interrupted  interrupted, heard None, flush 1, > cancel resp
    Speech               Cut          interrupted, heard None, flush 1
    Completed            Ended        ended Completed(EndTurn)
    Cancelled            Ended        ended Cancelled(Client)
    CancelledBySpeech    Ended        interrupted, heard None, flush 1, ended Cancelled(UserSpeech)
    CompletedUnnamed     Ended        ended Completed(EndTurn)
    OtherCompleted       Audible      response_started, ended Completed(EndTurn)
    Crowded              Uncounted    response_started, limit_reached, ended Lost
    Close                Ended        ended Lost, closed
    nothing: Created, CreatedBeside
Cancelling
    CreatedUnnamed       Uncounted    ended Cancelled(Superseded), response_started
    OtherCreated         Uncounted    ended Cancelled(Superseded), response_started
    Text                 Cancelling   text_delta
    Audio                Silencing
    Cancel               Cancelling   settled Superseded
    Interrupt            Interrupted  interrupted, heard None, flush 1, settled Accepted
    Completed            Ended        ended Completed(EndTurn)
    Cancelled            Ended        ended Cancelled(Client)
    CancelledBySpeech    Ended        ended Cancelled(UserSpeech)
    CompletedUnnamed     Ended        ended Completed(EndTurn)
    OtherCompleted       Cancelling   response_started, ended Completed(EndTurn)
    Crowded              Uncounted    response_started, limit_reached, ended Lost
    Close                Ended        ended Lost, closed
    nothing: Created, CreatedBeside, Speech
Silencing
    CreatedUnnamed       Uncounted    ended Cancelled(Superseded), response_started
    OtherCreated         Uncounted    ended Cancelled(Superseded), response_started
    Text                 Silencing    text_delta
    Cancel               Silencing    settled Superseded
    Interrupt            Interrupted  interrupted, heard None, flush 1, settled Accepted
    Speech               Interrupted  interrupted, heard None, flush 1
    Completed            Ended        ended Completed(EndTurn)
    Cancelled            Ended        ended Cancelled(Client)
    CancelledBySpeech    Ended        interrupted, heard None, flush 1, ended Cancelled(UserSpeech)
    CompletedUnnamed     Ended        ended Completed(EndTurn)
    OtherCompleted       Silencing    response_started, ended Completed(EndTurn)
    Crowded              Uncounted    response_started, limit_reached, ended Lost
    Close                Ended        ended Lost, closed
    nothing: Created, CreatedBeside, Audio
Cut
    CreatedUnnamed       Uncounted    ended Cancelled(Superseded), response_started
    OtherCreated         Uncounted    ended Cancelled(Superseded), response_started
    Text                 Cut          text_delta
    Cancel               Interrupted  > cancel resp
    Interrupt            Interrupted  > cancel resp
    Completed            Ended        ended Completed(EndTurn)
    Cancelled            Ended        ended Cancelled(Client)
    CancelledBySpeech    Ended        ended Cancelled(UserSpeech)
    CompletedUnnamed     Ended        ended Completed(EndTurn)
    OtherCompleted       Cut          response_started, ended Completed(EndTurn)
    Crowded              Uncounted    response_started, limit_reached, ended Lost
    Close                Ended        ended Lost, closed
    nothing: Created, CreatedBeside, Audio, Speech
Interrupted
    CreatedUnnamed       Uncounted    ended Cancelled(Superseded), response_started
    OtherCreated         Uncounted    ended Cancelled(Superseded), response_started
    Text                 Interrupted  text_delta
    Cancel               Interrupted  settled Superseded
    Interrupt            Interrupted  settled Superseded
    Completed            Ended        ended Completed(EndTurn)
    Cancelled            Ended        ended Cancelled(Client)
    CancelledBySpeech    Ended        ended Cancelled(UserSpeech)
    CompletedUnnamed     Ended        ended Completed(EndTurn)
    OtherCompleted       Interrupted  response_started, ended Completed(EndTurn)
    Crowded              Uncounted    response_started, limit_reached, ended Lost
    Close                Ended        ended Lost, closed
    nothing: Created, CreatedBeside, Audio, Speech
Ended
    CreatedUnnamed       Ended        response_started
    OtherCreated         Ended        response_started
    Cancel               Ended        settled Superseded
    Interrupt            Ended        settled Superseded
    CompletedUnnamed     Ended        response_started, ended Completed(EndTurn)
    OtherCompleted       Ended        response_started, ended Completed(EndTurn)
    Crowded              Ended        response_started
    Close                Ended        closed
    nothing: Created, CreatedBeside, Text, Audio, Speech, Completed, Cancelled, CancelledBySpeech
Uncounted
    CreatedUnnamed       Uncounted    ended Cancelled(Superseded), response_started
    Cancel               Uncounted    settled Superseded
    Interrupt            Uncounted    interrupted, heard None, flush 1, > cancel other
    Completed            Ended        usage
    Cancelled            Ended        usage
    CancelledBySpeech    Ended        usage
    CompletedUnnamed     Uncounted    ended Completed(EndTurn)
    OtherCompleted       Uncounted    ended Completed(EndTurn)
    Crowded              Uncounted    response_started, limit_reached, ended Lost
    Close                Uncounted    ended Lost, closed
    nothing: Created, CreatedBeside, OtherCreated, Text, Audio, Speech
";

const TRIGGERS: [Trigger; 16] = [
    Trigger::Created,
    Trigger::CreatedUnnamed,
    Trigger::CreatedBeside,
    Trigger::OtherCreated,
    Trigger::Text,
    Trigger::Audio,
    Trigger::Cancel,
    Trigger::Interrupt,
    Trigger::Speech,
    Trigger::Completed,
    Trigger::Cancelled,
    Trigger::CancelledBySpeech,
    Trigger::CompletedUnnamed,
    Trigger::OtherCompleted,
    Trigger::Crowded,
    Trigger::Close,
];

#[test]
fn a_response_goes_as_charted() {
    let states = [
        State::Unknown,
        State::Unnamed,
        State::Open,
        State::Audible,
        State::Cancelling,
        State::Silencing,
        State::Cut,
        State::Interrupted,
        State::Ended,
        State::Uncounted,
    ];
    let step = |state, trigger| step(Trigger::Created, state, trigger);
    assert_chart(&chart(&states, &TRIGGERS, step), CHART);
}

fn step(created: Trigger, state: State, trigger: Trigger) -> Step<State> {
    let mut machines = machines();
    for trigger in path(created, state) {
        pull(&mut machines, trigger);
    }
    assert_eq!(read(&machines), state);
    let told = pull(&mut machines, trigger);
    Step {
        after: read(&machines),
        told,
    }
}

fn path(created: Trigger, state: State) -> Vec<Trigger> {
    use Trigger as T;
    match state {
        State::Unknown => vec![],
        State::Unnamed => vec![T::CreatedUnnamed],
        State::Open => vec![created],
        State::Audible => vec![created, T::Audio],
        State::Cancelling => vec![created, T::Cancel],
        State::Silencing => vec![created, T::Audio, T::Cancel],
        State::Cut => vec![created, T::Audio, T::Speech],
        State::Interrupted => vec![created, T::Audio, T::Interrupt],
        State::Ended => vec![created, T::Completed],
        State::Uncounted => vec![created, T::OtherCreated],
    }
}

fn read(machines: &Machines) -> State {
    let responses = &machines.responses;
    let Some(at) = responses.find(Some("resp")) else {
        return match &*responses.open {
            _ if responses.uncounted.has("resp", 0) => State::Uncounted,
            _ if responses.has_ended("resp") => State::Ended,
            [unnamed] if unnamed.id.is_none() => State::Unnamed,
            _ => State::Unknown,
        };
    };
    let response = &responses.open[at];
    match (response.cut, response.cancelling, response.had_audio) {
        (false, false, false) => State::Open,
        (false, false, true) => State::Audible,
        (false, true, false) => State::Cancelling,
        (false, true, true) => State::Silencing,
        (true, false, _) => State::Cut,
        (true, true, _) => State::Interrupted,
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    let mut surfaced = None;
    let default = ConversationRef::Default;
    let completed = Outcome::Completed(Completion::EndTurn);
    match trigger {
        Trigger::Created => created(machines, Some("resp"), default, &mut out),
        Trigger::CreatedUnnamed => created(machines, None, default, &mut out),
        Trigger::CreatedBeside => {
            created(machines, Some("resp"), ConversationRef::OutOfBand, &mut out);
        }
        Trigger::OtherCreated => created(machines, Some("other"), default, &mut out),
        Trigger::Text => {
            surfaced = delta(machines, DeltaKind::Text(Lane::Display), "one", &mut out);
        }
        Trigger::Audio => surfaced = delta(machines, DeltaKind::Audio, "AAAA", &mut out),
        Trigger::Cancel => machines.cancel(command(), Some("resp"), &mut out),
        Trigger::Interrupt => machines.interrupt(command(), &mut out),
        Trigger::Speech => machines.spoken_over(&mut out),
        Trigger::Completed => done(machines, Some("resp"), completed, &mut out),
        Trigger::Cancelled => {
            done(
                machines,
                Some("resp"),
                Outcome::Cancelled(By::Client),
                &mut out,
            );
        }
        Trigger::CancelledBySpeech => {
            let outcome = Outcome::Cancelled(By::UserSpeech);
            done(machines, Some("resp"), outcome, &mut out);
        }
        Trigger::CompletedUnnamed => done(machines, None, completed, &mut out),
        Trigger::OtherCompleted => done(machines, Some("other"), completed, &mut out),
        Trigger::Crowded => crowd(machines, &mut out),
        Trigger::Close => machines.close(&Close::lost(), &mut out),
    }
    let mut told = told_and_sent(out);
    told.extend(surfaced.map(|event| String::from(event.name())));
    told
}

/// As many others begin as may be open.
fn crowd(machines: &mut Machines, last: &mut Out<'_>) {
    for number in 1..=super::OPEN {
        let mut earlier = out();
        let out = if number < super::OPEN {
            &mut earlier
        } else {
            &mut *last
        };
        let id = format!("beside {number}");
        created(machines, Some(&id), ConversationRef::OutOfBand, out);
    }
}
