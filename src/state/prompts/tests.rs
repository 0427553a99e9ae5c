mod run;

use crate::{
    command::SendText,
    dialect::{Answer, Fact, ReplyOver},
    event::{By, Class, Completion, Event, Fault, Outcome, Retry, Scope, ServerError, Settlement},
    id::{CommandId, Id},
    state::{
        Expect, Out, State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{command, nameless, word},
    },
    transport::Close,
    usage::Usage,
};
use alloc::{borrow::Cow, boxed::Box, string::String, vec, vec::Vec};

/// How far a text is that asks for its reply.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Nothing,
    /// A reply is under way that no text asked for.
    Other,
    /// It waits for the end of that reply.
    Queued,
    Unborn,
    /// The same, and the server has answered that it takes it.
    UnbornTaken,
    Begun,
    BegunTaken,
    /// Its reply has ended, and nothing has answered it.
    Unanswered,
    /// Its reply has ended, and it is answered.
    Over,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Sent,
    Word,
    Usage,
    Taken,
    NoReply,
    Refused,
    Error,
    Over,
    OverByName,
    CancelledByName,
    FailedByName,
    OtherOver,
    Interrupt,
    Close,
}

const CHART: &str = "";

#[test]
fn a_text_gets_its_reply_as_charted() {
    use Trigger as T;
    let states = [
        State::Nothing,
        State::Other,
        State::Queued,
        State::Unborn,
        State::UnbornTaken,
        State::Begun,
        State::BegunTaken,
        State::Unanswered,
        State::Over,
    ];
    let triggers = [
        T::Sent,
        T::Word,
        T::Usage,
        T::Taken,
        T::NoReply,
        T::Refused,
        T::Error,
        T::Over,
        T::OverByName,
        T::CancelledByName,
        T::FailedByName,
        T::OtherOver,
        T::Interrupt,
        T::Close,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    let mut machines = nameless();
    for trigger in path(state) {
        pull(&mut machines, trigger);
    }
    assert_eq!(read(&machines), state);
    let told = pull(&mut machines, trigger);
    Step {
        after: read(&machines),
        told,
    }
}

fn path(state: State) -> Vec<Trigger> {
    use Trigger as T;
    match state {
        State::Nothing => vec![],
        State::Other => vec![T::Word],
        State::Queued => vec![T::Word, T::Sent],
        State::Unborn => vec![T::Sent],
        State::UnbornTaken => vec![T::Sent, T::Taken],
        State::Begun => vec![T::Sent, T::Word],
        State::BegunTaken => vec![T::Sent, T::Taken, T::Word],
        State::Unanswered => vec![T::Sent, T::Word, T::Over],
        State::Over => vec![T::Sent, T::Word, T::OverByName],
    }
}

fn read(machines: &Machines) -> State {
    let arbiter = &machines.arbiter;
    let asks = arbiter.unborn() == Some(command());
    let under_way = machines.responses.active().is_some();
    let ours = under_way && arbiter.replied() == Some(command());
    match (is_settled(machines), asks, ours) {
        (true, true, _) => State::UnbornTaken,
        (false, true, _) => State::Unborn,
        (true, _, true) => State::BegunTaken,
        (false, _, true) => State::Begun,
        (true, ..) if under_way => State::Other,
        (true, ..) if arbiter.replied() == Some(command()) => State::Over,
        (true, ..) => State::Nothing,
        (false, ..) if under_way => State::Queued,
        (false, ..) => State::Unanswered,
    }
}

fn is_settled(machines: &Machines) -> bool {
    let mut out = out();
    let mut commands = machines.commands.clone();
    commands.end(command(), Settlement::Sent, &mut out);
    out.finish().is_empty()
}

/// What is told, and what leaves then.
fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    act(machines, trigger, &mut out);
    machines.pump(&mut out);
    let told = told_and_sent(out);
    if told.iter().any(|told| told == "> create") {
        let sent = machines.arbiter.unborn().unwrap();
        machines.sent(sent, sent.number, None, Expect::Reply, false);
    }
    told
}

fn act(machines: &mut Machines, trigger: Trigger, out: &mut Out<'_>) {
    let completed = Outcome::Completed(Completion::EndTurn);
    match trigger {
        Trigger::Sent => send(machines),
        Trigger::Word => word(machines, out),
        Trigger::Usage => machines.observe(Fact::ReplyUsage(Usage::default()), out),
        Trigger::Taken => answer(machines, (false, true), out),
        Trigger::NoReply => answer(machines, (false, false), out),
        Trigger::Refused => answer(machines, (true, false), out),
        Trigger::Error => error(machines, out),
        Trigger::Over => over(machines, None, completed, out),
        Trigger::OverByName => over(machines, Some("rp-7"), completed, out),
        Trigger::CancelledByName => {
            over(machines, Some("rp-7"), Outcome::Cancelled(By::Client), out);
        }
        Trigger::FailedByName => {
            over(
                machines,
                Some("rp-7"),
                Outcome::Failed(Fault::default()),
                out,
            );
        }
        Trigger::OtherOver => over(machines, Some("rp-6"), completed, out),
        Trigger::Interrupt => machines.interrupt(CommandId::parse("rp-9").unwrap(), out),
        Trigger::Close => machines.close(&Close::lost(), out),
    }
}

/// The text that is charted, or one behind it.
fn send(machines: &mut Machines) {
    let free = matches!(read(machines), State::Nothing | State::Other);
    let next = CommandId::parse("rp-8").unwrap();
    let text = SendText::new("text").into_owned();
    machines.hold(if free { command() } else { next }, text);
}

fn answer(machines: &mut Machines, (refused, replies): (bool, bool), out: &mut Out<'_>) {
    let answer = Answer {
        command: Id::borrowed("rp-7"),
        fault: refused.then(Fault::default),
        replies,
    };
    machines.observe(Fact::Answer(Box::new(answer)), out);
}

fn over(
    machines: &mut Machines,
    command: Option<&'static str>,
    outcome: Outcome<'static>,
    out: &mut Out<'_>,
) {
    let over = ReplyOver {
        command: command.and_then(Id::borrowed),
        outcome: Some(outcome),
        raw: Cow::Borrowed(""),
    };
    machines.observe(Fact::ReplyOver(Box::new(over)), out);
}

fn error(machines: &mut Machines, out: &mut Out<'_>) {
    let error = ServerError {
        class: Class::Unknown,
        scope: Scope::Session,
        code: None,
        kind: None,
        message: None,
        param: None,
        client_event_id: Id::borrowed("rp-7"),
        session_usable: true,
        retry: Retry::Never,
        raw: Cow::Borrowed(""),
    };
    machines.observe(Fact::Event(Event::Error(Box::new(error))), out);
}
