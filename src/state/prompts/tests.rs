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
};
use alloc::{borrow::Cow, boxed::Box, string::String, vec, vec::Vec};

/// How far a text is that asks for its reply.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Nothing,
    /// A reply is under way that no text asked for.
    Other,
    /// The same, and the text waits: for its turn, or for its answer.
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

const CHART: &str = "
Nothing
    Sent                 Unborn       > create
    Word                 Other        response_started, item_added, text_delta
    Usage                Nothing      usage
    Error                Nothing      error
    OverByName           Nothing      response_started, ended Completed(EndTurn)
    CancelledByName      Nothing      response_started, interrupted, heard None, flush 1, ended Cancelled(Client)
    FailedByName         Nothing      response_started, ended Failed
    OtherOver            Nothing      response_started, ended Completed(EndTurn)
    Interrupt            Nothing      settled Superseded
    Close                Nothing      closed
    nothing: Taken, NoReply, Refused, Over
Other
    Sent                 Queued
    Word                 Other        text_delta
    Error                Other        error
    Over                 Nothing      text_done, item_done, ended Completed(EndTurn)
    OverByName           Nothing      text_done, item_done, ended Completed(EndTurn)
    CancelledByName      Nothing      interrupted, heard None, flush 1, text_done, item_done, ended Cancelled(Client)
    FailedByName         Nothing      text_done, item_done, ended Failed
    OtherOver            Nothing      text_done, item_done, ended Completed(EndTurn)
    Interrupt            Other        interrupted, heard None, flush 1, > cancel local_response_1
    Close                Nothing      text_done, item_done, ended Lost, closed
    nothing: Usage, Taken, NoReply, Refused
Queued
    Word                 Queued       text_delta
    Error                Queued       error
    Over                 Unborn       text_done, item_done, ended Completed(EndTurn), > create
    OverByName           Unborn       text_done, item_done, ended Completed(EndTurn), > create
    CancelledByName      Unborn       interrupted, heard None, flush 1, text_done, item_done, ended Cancelled(Client), > create
    FailedByName         Unborn       text_done, item_done, ended Failed, > create
    OtherOver            Unborn       text_done, item_done, ended Completed(EndTurn), > create
    Interrupt            Queued       interrupted, heard None, flush 1, > cancel local_response_1
    Close                Nothing      text_done, item_done, ended Lost, settled Unknown, closed
    nothing: Sent, Usage, Taken, NoReply, Refused
Unborn
    Word                 Begun        response_started, item_added, text_delta
    Usage                Begun        response_started
    Taken                UnbornTaken  settled Accepted
    NoReply              Nothing      settled Accepted
    Refused              Nothing      settled Rejected
    Error                Nothing      error, settled Rejected
    Over                 Unanswered   response_started, ended Completed(EndTurn)
    OverByName           Over         response_started, ended Completed(EndTurn), settled Accepted
    CancelledByName      Over         response_started, interrupted, heard None, flush 1, ended Cancelled(Client), settled Accepted
    FailedByName         Over         response_started, ended Failed, settled Rejected
    Interrupt            Unborn       > cancel the active one
    Close                Nothing      settled Unknown, closed
    nothing: Sent, OtherOver
UnbornTaken
    Word                 BegunTaken   response_started, item_added, text_delta
    Usage                BegunTaken   response_started
    Error                UnbornTaken  error
    Over                 Over         response_started, ended Completed(EndTurn)
    OverByName           Over         response_started, ended Completed(EndTurn)
    CancelledByName      Over         response_started, interrupted, heard None, flush 1, ended Cancelled(Client)
    FailedByName         Over         response_started, ended Failed
    Interrupt            UnbornTaken  > cancel the active one
    Close                Nothing      closed
    nothing: Sent, Taken, NoReply, Refused, OtherOver
Begun
    Word                 Begun        text_delta
    Taken                BegunTaken   settled Accepted
    NoReply              BegunTaken   settled Accepted
    Refused              BegunTaken   settled Rejected
    Error                BegunTaken   error, settled Rejected
    Over                 Unanswered   text_done, item_done, ended Completed(EndTurn)
    OverByName           Over         text_done, item_done, ended Completed(EndTurn), settled Accepted
    CancelledByName      Over         interrupted, heard None, flush 1, text_done, item_done, ended Cancelled(Client), settled Accepted
    FailedByName         Over         text_done, item_done, ended Failed, settled Rejected
    Interrupt            Begun        interrupted, heard None, flush 1, > cancel local_response_1
    Close                Nothing      text_done, item_done, ended Lost, settled Unknown, closed
    nothing: Sent, Usage, OtherOver
BegunTaken
    Word                 BegunTaken   text_delta
    Error                BegunTaken   error
    Over                 Over         text_done, item_done, ended Completed(EndTurn)
    OverByName           Over         text_done, item_done, ended Completed(EndTurn)
    CancelledByName      Over         interrupted, heard None, flush 1, text_done, item_done, ended Cancelled(Client)
    FailedByName         Over         text_done, item_done, ended Failed
    Interrupt            BegunTaken   interrupted, heard None, flush 1, > cancel local_response_1
    Close                Nothing      text_done, item_done, ended Lost, closed
    nothing: Sent, Usage, Taken, NoReply, Refused, OtherOver
Unanswered
    Sent                 Unanswered   > create
    Word                 Queued       response_started, item_added, text_delta
    Usage                Unanswered   usage
    Taken                Over         settled Accepted
    NoReply              Over         settled Accepted
    Refused              Over         settled Rejected
    Error                Over         error, settled Rejected
    OverByName           Over         settled Accepted
    CancelledByName      Over         settled Accepted
    FailedByName         Over         settled Rejected
    OtherOver            Unanswered   response_started, ended Completed(EndTurn)
    Interrupt            Unanswered   settled Superseded
    Close                Nothing      settled Unknown, closed
    nothing: Over
Over
    Sent                 Over         > create
    Word                 Other        response_started, item_added, text_delta
    Usage                Over         usage
    Error                Over         error
    OtherOver            Nothing      response_started, ended Completed(EndTurn)
    Interrupt            Over         settled Superseded
    Close                Nothing      closed
    nothing: Taken, NoReply, Refused, Over, OverByName, CancelledByName, FailedByName
";

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
        Trigger::Usage => machines.observe(Fact::ReplyUsage(Box::default()), out),
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
