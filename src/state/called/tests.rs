use crate::{
    dialect::{Assembled, CallFact, Fact, Piece},
    event::{By, CallCancelled, Completion, Event, Outcome, ToolCallCancelled, Validity},
    id::Id,
    state::{
        Expect, Out, Output, State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        responses::Response,
        sample::{command, nameless},
    },
    transport::Close,
};
use alloc::{boxed::Box, string::String, vec, vec::Vec};

/// How far a call is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Unknown,
    /// Some of its arguments have come.
    InPieces,
    Delivered,
    Ended,
    /// Some arguments of a call have come that only the session names.
    MadeInPieces,
    MadeDelivered,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Whole,
    Piece,
    LastPiece,
    UnnamedWhole,
    UnnamedPiece,
    UnnamedLastPiece,
    Answered,
    TakenBack,
    ReplyCompleted,
    ReplyCut,
    Close,
}

const CHART: &str = "
Unknown
    Whole                Delivered    response_started, item_added, tool_call_started, tool_call
    Piece                InPieces     response_started, item_added, tool_call_started, tool_arguments_delta
    LastPiece            Delivered    response_started, item_added, tool_call_started, tool_arguments_delta, tool_call
    UnnamedWhole         MadeDelivered response_started, item_added, tool_call_started, tool_call
    UnnamedPiece         MadeInPieces response_started, item_added, tool_call_started, tool_arguments_delta
    UnnamedLastPiece     MadeDelivered response_started, item_added, tool_call_started, tool_arguments_delta, tool_call
    Close                Unknown      closed
    nothing: Answered, TakenBack, ReplyCompleted, ReplyCut
InPieces
    Whole                Delivered    tool_call
    Piece                InPieces     tool_arguments_delta
    LastPiece            Delivered    tool_arguments_delta, tool_call
    UnnamedWhole         InPieces     tool_call_started, tool_call
    UnnamedPiece         InPieces     tool_call_started, tool_arguments_delta
    UnnamedLastPiece     InPieces     tool_call_started, tool_arguments_delta, tool_call
    TakenBack            Ended        tool_call_cancelled
    ReplyCompleted       Ended        tool_call_cancelled, item_done, ended Completed(EndTurn)
    ReplyCut             Ended        tool_call_cancelled, item_done, ended Cancelled(UserSpeech)
    Close                Ended        tool_call_cancelled, item_done, ended Lost, closed
    nothing: Answered
Delivered
    UnnamedWhole         Delivered    tool_call_started, tool_call
    UnnamedPiece         Delivered    tool_call_started, tool_arguments_delta
    UnnamedLastPiece     Delivered    tool_call_started, tool_arguments_delta, tool_call
    Answered             Ended
    TakenBack            Ended        tool_call_cancelled
    ReplyCompleted       Delivered    item_done, ended Completed(ToolUse)
    ReplyCut             Delivered    item_done, ended Cancelled(UserSpeech)
    Close                Ended        item_done, ended Lost, tool_call_cancelled, closed
    nothing: Whole, Piece, LastPiece
Ended
    UnnamedWhole         Ended        tool_call_started, tool_call
    UnnamedPiece         Ended        tool_call_started, tool_arguments_delta
    UnnamedLastPiece     Ended        tool_call_started, tool_arguments_delta, tool_call
    ReplyCompleted       Ended        item_done, ended Completed(ToolUse)
    ReplyCut             Ended        item_done, ended Cancelled(UserSpeech)
    Close                Ended        item_done, ended Lost, settled Unknown, closed
    nothing: Whole, Piece, LastPiece, Answered, TakenBack
MadeInPieces
    Whole                Delivered    tool_call_started, tool_call
    Piece                InPieces     tool_call_started, tool_arguments_delta
    LastPiece            Delivered    tool_call_started, tool_arguments_delta, tool_call
    UnnamedWhole         MadeInPieces tool_call_started, tool_call
    UnnamedPiece         MadeInPieces tool_arguments_delta
    UnnamedLastPiece     MadeDelivered tool_arguments_delta, tool_call
    TakenBack            Unknown      tool_call_cancelled
    ReplyCompleted       Unknown      tool_call_cancelled, item_done, ended Completed(EndTurn)
    ReplyCut             Unknown      tool_call_cancelled, item_done, ended Cancelled(UserSpeech)
    Close                Unknown      tool_call_cancelled, item_done, ended Lost, closed
    nothing: Answered
MadeDelivered
    Whole                Delivered    tool_call_started, tool_call
    Piece                InPieces     tool_call_started, tool_arguments_delta
    LastPiece            Delivered    tool_call_started, tool_arguments_delta, tool_call
    UnnamedWhole         MadeDelivered tool_call_started, tool_call
    UnnamedPiece         MadeDelivered tool_call_started, tool_arguments_delta
    UnnamedLastPiece     MadeDelivered tool_call_started, tool_arguments_delta, tool_call
    Answered             Unknown
    TakenBack            Unknown      tool_call_cancelled
    ReplyCompleted       MadeDelivered item_done, ended Completed(ToolUse)
    ReplyCut             MadeDelivered item_done, ended Cancelled(UserSpeech)
    Close                Unknown      item_done, ended Lost, tool_call_cancelled, closed
";

#[test]
fn a_call_that_one_message_tells_goes_as_charted() {
    use Trigger as T;
    let states = [
        State::Unknown,
        State::InPieces,
        State::Delivered,
        State::Ended,
        State::MadeInPieces,
        State::MadeDelivered,
    ];
    let triggers = [
        T::Whole,
        T::Piece,
        T::LastPiece,
        T::UnnamedWhole,
        T::UnnamedPiece,
        T::UnnamedLastPiece,
        T::Answered,
        T::TakenBack,
        T::ReplyCompleted,
        T::ReplyCut,
        T::Close,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

#[test]
fn the_arguments_are_all_pieces() {
    let mut machines = nameless();
    for trigger in [Trigger::Piece, Trigger::Piece] {
        act(&mut machines, trigger, &mut out());
    }
    let mut out = out();
    act(&mut machines, Trigger::LastPiece, &mut out);
    let events = out.finish();
    let call = events.iter().find_map(|event| match event {
        Event::ToolCall(call) => Some(call),
        _ => None,
    });
    assert_eq!(call.unwrap().arguments, "aaa");
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut machines = nameless();
    machines.capabilities.takes_back_calls = true;
    let path = match state {
        State::Unknown => vec![],
        State::InPieces => vec![T::Piece],
        State::Delivered => vec![T::Whole],
        State::Ended => vec![T::Whole, T::Answered],
        State::MadeInPieces => vec![T::UnnamedPiece],
        State::MadeDelivered => vec![T::UnnamedWhole],
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

/// The call that the server names, else the one that it does not.
fn read(machines: &Machines) -> State {
    let calls = &machines.calls;
    let (named, made) = ("call", "local_call_1");
    if calls.has_ended(named) {
        State::Ended
    } else if calls.output(named) == Output::Wanted {
        State::Delivered
    } else if calls.knows(named) {
        State::InPieces
    } else if calls.output(made) == Output::Wanted {
        State::MadeDelivered
    } else if calls.knows(made) {
        State::MadeInPieces
    } else {
        State::Unknown
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    act(machines, trigger, &mut out);
    told_and_sent(out)
}

fn act(machines: &mut Machines, trigger: Trigger, out: &mut Out<'_>) {
    let named = Id::borrowed("call");
    let whole = || Some(("{}".into(), Validity::Object));
    match trigger {
        Trigger::Whole => call(machines, (named, None, false), whole(), out),
        Trigger::Piece => call(machines, (named, Some("a"), true), None, out),
        Trigger::LastPiece => call(machines, (named, Some("a"), false), None, out),
        Trigger::UnnamedWhole => call(machines, (None, None, false), whole(), out),
        Trigger::UnnamedPiece => call(machines, (None, Some("a"), true), None, out),
        Trigger::UnnamedLastPiece => call(machines, (None, Some("a"), false), None, out),
        Trigger::Answered => {
            for id in ["call", "local_call_1"] {
                if machines.output(id) == Output::Wanted {
                    machines.sent(command(), 7, None, Expect::output(id), true);
                }
            }
        }
        Trigger::TakenBack => {
            let taken = ToolCallCancelled {
                call_ids: ["call", "local_call_1"]
                    .into_iter()
                    .filter_map(Id::borrowed)
                    .collect(),
                reason: CallCancelled::Server,
            };
            machines.observe(Fact::Event(Event::ToolCallCancelled(taken)), out);
        }
        Trigger::ReplyCompleted => {
            over(machines, Outcome::Completed(Completion::EndTurn), out);
        }
        Trigger::ReplyCut => over(machines, Outcome::Cancelled(By::UserSpeech), out),
        Trigger::Close => machines.close(&Close::lost(), out),
    }
}

type Whole = Option<(crate::event::Str<'static>, Validity)>;

fn call(
    machines: &mut Machines,
    (id, piece, continues): (Option<Id<'static>>, Option<&'static str>, bool),
    arguments: Whole,
    out: &mut Out<'_>,
) {
    let piece = piece.map(|value| Piece {
        path: "".into(),
        value: value.into(),
        text: true,
    });
    let call = CallFact {
        id,
        name: Some("look".into()),
        arguments,
        pieces: piece.into_iter().collect(),
        continues,
        assemble,
    };
    machines.observe(Fact::Call(Box::new(call)), out);
}

fn assemble(pieces: &[Assembled]) -> String {
    pieces.iter().map(|piece| &*piece.value).collect()
}

/// The reply ends, if one is under way.
fn over(machines: &mut Machines, outcome: Outcome<'static>, out: &mut Out<'_>) {
    if machines.naming.reply.is_some() {
        let end = Response::ended_by_us(outcome);
        machines.observe(Fact::Event(Event::ResponseFinished(end)), out);
    }
}
