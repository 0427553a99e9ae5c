use super::{Call, OPEN};
use crate::{
    dialect::{Fact, ReplyOver},
    event::{Event, Executor, Ids, RemotePhase, RemoteTool},
    id::Id,
    state::{
        Out, State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{nameless, word},
    },
    transport::Close,
};
use alloc::{borrow::Cow, boxed::Box, format, string::String, vec, vec::Vec};

/// How far a call is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// No reply is under way.
    Silence,
    /// A reply is, and nothing of the call was told.
    Unknown,
    /// The model writes it, and only its place is known.
    Placed,
    /// The model writes it, and it has told its id.
    Written,
    /// The agent executes it; nobody told that the model wrote it.
    Executed,
    Ended,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Started,
    StartedUnnamed,
    Arguments,
    ArgumentsUnnamed,
    Running,
    Partial,
    Result,
    OtherResult,
    Crowded,
    Reset,
    ReplyOver,
    Close,
}

const CHART: &str = "
Silence
    Started              Silence      remote started
    StartedUnnamed       Silence      remote started
    Arguments            Silence      remote arguments
    ArgumentsUnnamed     Silence      remote arguments
    Running              Silence      remote running
    Partial              Silence      remote partial
    Result               Silence      remote result
    OtherResult          Silence      remote result
    Crowded              Silence      remote running
    Close                Silence      closed
    nothing: Reset, ReplyOver
Unknown
    Started              Written      remote started
    StartedUnnamed       Placed       remote started
    Arguments            Written      remote arguments
    ArgumentsUnnamed     Placed       remote arguments
    Running              Executed     remote running
    Partial              Executed     remote partial
    Result               Ended        remote result
    OtherResult          Unknown      remote result
    Crowded              Unknown      remote running
    Reset                Unknown      response_reset, item_done
    ReplyOver            Silence      text_done, item_done, ended Completed(EndTurn)
    Close                Silence      text_done, item_done, ended Lost, closed
Placed
    Started              Written      remote started
    StartedUnnamed       Placed       remote started
    Arguments            Written      remote arguments
    ArgumentsUnnamed     Placed       remote arguments
    Running              Placed       remote running
    Partial              Placed       remote partial
    Result               Placed       remote result
    OtherResult          Placed       remote result
    Crowded              Unknown      limit_reached, remote failed, remote running
    Reset                Unknown      response_reset, remote failed, item_done
    ReplyOver            Silence      text_done, remote failed, item_done, ended Completed(EndTurn)
    Close                Silence      text_done, remote failed, item_done, ended Lost, closed
Written
    Started              Written      remote started
    StartedUnnamed       Written      remote started
    Arguments            Written      remote arguments
    ArgumentsUnnamed     Written      remote arguments
    Running              Written      remote running
    Partial              Written      remote partial
    Result               Ended        remote result
    OtherResult          Written      remote result
    Crowded              Unknown      limit_reached, remote failed, remote running
    Reset                Unknown      response_reset, remote failed, item_done
    ReplyOver            Silence      text_done, remote failed, item_done, ended Completed(EndTurn)
    Close                Silence      text_done, remote failed, item_done, ended Lost, closed
Executed
    Started              Executed     remote started
    StartedUnnamed       Executed     remote started
    Arguments            Executed     remote arguments
    ArgumentsUnnamed     Executed     remote arguments
    Running              Executed     remote running
    Partial              Executed     remote partial
    Result               Ended        remote result
    OtherResult          Executed     remote result
    Crowded              Unknown      limit_reached, remote failed, remote running
    Reset                Unknown      response_reset, remote failed, item_done
    ReplyOver            Silence      text_done, remote failed, item_done, ended Completed(EndTurn)
    Close                Silence      text_done, remote failed, item_done, ended Lost, closed
Ended
    Started              Written      remote started
    StartedUnnamed       Placed       remote started
    ArgumentsUnnamed     Placed       remote arguments
    OtherResult          Ended        remote result
    Crowded              Ended        remote running
    Reset                Unknown      response_reset, item_done
    ReplyOver            Silence      text_done, item_done, ended Completed(EndTurn)
    Close                Silence      text_done, item_done, ended Lost, closed
    nothing: Arguments, Running, Partial, Result
";

#[test]
fn a_call_of_the_agent_goes_as_charted() {
    use Trigger as T;
    let states = [
        State::Silence,
        State::Unknown,
        State::Placed,
        State::Written,
        State::Executed,
        State::Ended,
    ];
    let triggers = [
        T::Started,
        T::StartedUnnamed,
        T::Arguments,
        T::ArgumentsUnnamed,
        T::Running,
        T::Partial,
        T::Result,
        T::OtherResult,
        T::Crowded,
        T::Reset,
        T::ReplyOver,
        T::Close,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut machines = nameless();
    if state != State::Silence {
        word(&mut machines, &mut out());
    }
    let path = match state {
        State::Silence | State::Unknown => vec![],
        State::Placed => vec![T::StartedUnnamed],
        State::Written => vec![T::Started],
        State::Executed => vec![T::Running],
        State::Ended => vec![T::Started, T::Result],
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
    let named = |id: &Option<_>| id.as_deref() == Some("call");
    let placed = |call: &&Call| named(&call.id) || (call.id.is_none() && call.index == Some(0));
    match machines.executed.open.iter().find(placed) {
        Some(call) if call.item.is_none() => State::Executed,
        Some(call) if call.id.is_none() => State::Placed,
        Some(_) => State::Written,
        None if machines.naming.reply.is_none() => State::Silence,
        None if machines.executed.has_ended("call") => State::Ended,
        None => State::Unknown,
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    act(machines, trigger, &mut out);
    told_and_sent(out)
}

fn act(machines: &mut Machines, trigger: Trigger, out: &mut Out<'_>) {
    let arguments = || RemotePhase::Arguments { text: "{}".into() };
    match trigger {
        Trigger::Started => tool(machines, Some("call"), RemotePhase::Started, out),
        Trigger::StartedUnnamed => tool(machines, None, RemotePhase::Started, out),
        Trigger::Arguments => tool(machines, Some("call"), arguments(), out),
        Trigger::ArgumentsUnnamed => tool(machines, None, arguments(), out),
        Trigger::Running => tool(machines, Some("call"), RemotePhase::Running, out),
        Trigger::Partial => tool(machines, Some("call"), result(true), out),
        Trigger::Result => tool(machines, Some("call"), result(false), out),
        Trigger::OtherResult => tool(machines, Some("other"), result(false), out),
        Trigger::Crowded => crowd(machines, out),
        Trigger::Reset => {
            let reset = Event::ResponseReset(Ids::default());
            machines.observe(Fact::Event(reset), out);
        }
        Trigger::ReplyOver => {
            let over = ReplyOver {
                command: None,
                outcome: None,
                raw: Cow::Borrowed(""),
            };
            machines.observe(Fact::ReplyOver(Box::new(over)), out);
        }
        Trigger::Close => machines.close(&Close::lost(), out),
    }
}

/// As many other calls begin as may be open; only the last is told of here.
fn crowd(machines: &mut Machines, out: &mut Out<'_>) {
    for at in 1..OPEN {
        let other = format!("other_{at}");
        tool(
            machines,
            Some(&other),
            RemotePhase::Running,
            &mut self::out(),
        );
    }
    tool(machines, Some("other"), RemotePhase::Running, out);
}

fn result(partial: bool) -> RemotePhase<'static> {
    RemotePhase::Result {
        output: "output".into(),
        is_error: false,
        partial,
    }
}

/// What is written without an id is told by its place.
fn tool(
    machines: &mut Machines,
    call: Option<&str>,
    phase: RemotePhase<'static>,
    out: &mut Out<'_>,
) {
    let written = matches!(phase, RemotePhase::Started | RemotePhase::Arguments { .. });
    let tool = RemoteTool {
        call_id: call.map(|call| Id::shared(call.into())),
        name: None,
        executor: Executor::Agent,
        phase,
        ids: Ids {
            content_index: written.then_some(0),
            ..Ids::default()
        },
    };
    machines.observe(Fact::Event(Event::RemoteTool(Box::new(tool))), out);
}
