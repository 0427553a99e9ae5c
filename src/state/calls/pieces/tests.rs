use crate::{
    dialect::{Assembled, CallFact, Fact, Piece},
    event::{By, CallCancelled, Completion, Event, Outcome, ToolCallCancelled, Validity},
    id::Id,
    state::{
        Output, State as Machines,
        chart::{Step, assert_chart, chart},
        sample::nameless::{ended, event, machines, observe},
    },
};
use alloc::{
    borrow::Cow,
    boxed::Box,
    string::{String, ToString},
    vec,
    vec::Vec,
};

/// How far the call is that was told of last.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Unknown,
    Begun,
    /// One text has come, to which more can be added.
    Text,
    /// One value has come, to which nothing can be added.
    Value,
    Delivered,
    Ended,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Begins,
    Text,
    OtherText,
    Value,
    Last,
    Over,
    Whole,
    Answered,
    TakenBack,
    ReplyEnds,
    ReplyCut,
}

/// The server names the call.
const NAMED: &str = "
Unknown
    Begins               Begun        call began
    Text                 Text         call began, piece of call
    OtherText            Text         call began, piece of call
    Value                Value        call began, piece of call
    Last                 Delivered    call began, piece of call, call a=z;
    Over                 Delivered    call began, call
    Whole                Delivered    call began, call whole
    nothing: Answered, TakenBack, ReplyEnds, ReplyCut
Begun
    Text                 Text         piece of call
    OtherText            Text         piece of call
    Value                Value        piece of call
    Last                 Delivered    piece of call, call a=z;
    Over                 Delivered    call
    Whole                Delivered    call whole
    TakenBack            Ended        tool_call_cancelled
    ReplyEnds            Ended        tool_call_cancelled
    ReplyCut             Ended        tool_call_cancelled
    nothing: Begins, Answered
Text
    Text                 Text         piece of call
    OtherText            Text         piece of call
    Value                Value        piece of call
    Last                 Delivered    piece of call, call a=xz;
    Over                 Delivered    call a=x;
    Whole                Delivered    call whole
    TakenBack            Ended        tool_call_cancelled
    ReplyEnds            Ended        tool_call_cancelled
    ReplyCut             Ended        tool_call_cancelled
    nothing: Begins, Answered
Value
    Text                 Text         piece of call
    OtherText            Text         piece of call
    Value                Value        piece of call
    Last                 Delivered    piece of call, call a=1;a=z;
    Over                 Delivered    call a=1;
    Whole                Delivered    call whole
    TakenBack            Ended        tool_call_cancelled
    ReplyEnds            Ended        tool_call_cancelled
    ReplyCut             Ended        tool_call_cancelled
    nothing: Begins, Answered
Delivered
    Answered             Ended
    TakenBack            Ended        tool_call_cancelled
    nothing: Begins, Text, OtherText, Value, Last, Over, Whole, ReplyEnds, ReplyCut
Ended
    Begins               Ended        told before
    Text                 Ended        told before
    OtherText            Ended        told before
    Value                Ended        told before
    Last                 Ended        told before
    Over                 Ended        told before
    Whole                Ended        told before
    nothing: Answered, TakenBack, ReplyEnds, ReplyCut
";

/// The session names the call: what comes after its end is another.
const MADE: &str = "
Unknown
    Begins               Begun        c1 began
    Text                 Text         c1 began, piece of c1
    OtherText            Text         c1 began, piece of c1
    Value                Value        c1 began, piece of c1
    Last                 Delivered    c1 began, piece of c1, c1 a=z;
    Over                 Delivered    c1 began, c1
    Whole                Delivered    c1 began, c1 whole
    nothing: Answered, TakenBack, ReplyEnds, ReplyCut
Begun
    Text                 Text         piece of c1
    OtherText            Text         piece of c1
    Value                Value        piece of c1
    Last                 Delivered    piece of c1, c1 a=z;
    Over                 Delivered    c1
    Whole                Delivered    c2 began, c2 whole
    TakenBack            Ended        tool_call_cancelled
    ReplyEnds            Ended        tool_call_cancelled
    ReplyCut             Ended        tool_call_cancelled
    nothing: Begins, Answered
Text
    Text                 Text         piece of c1
    OtherText            Text         piece of c1
    Value                Value        piece of c1
    Last                 Delivered    piece of c1, c1 a=xz;
    Over                 Delivered    c1 a=x;
    Whole                Delivered    c2 began, c2 whole
    TakenBack            Ended        tool_call_cancelled
    ReplyEnds            Ended        tool_call_cancelled
    ReplyCut             Ended        tool_call_cancelled
    nothing: Begins, Answered
Value
    Text                 Text         piece of c1
    OtherText            Text         piece of c1
    Value                Value        piece of c1
    Last                 Delivered    piece of c1, c1 a=1;a=z;
    Over                 Delivered    c1 a=1;
    Whole                Delivered    c2 began, c2 whole
    TakenBack            Ended        tool_call_cancelled
    ReplyEnds            Ended        tool_call_cancelled
    ReplyCut             Ended        tool_call_cancelled
    nothing: Begins, Answered
Delivered
    Begins               Begun        c2 began
    Text                 Text         c2 began, piece of c2
    OtherText            Text         c2 began, piece of c2
    Value                Value        c2 began, piece of c2
    Last                 Delivered    c2 began, piece of c2, c2 a=z;
    Over                 Delivered    c2 began, c2
    Whole                Delivered    c2 began, c2 whole
    Answered             Ended
    TakenBack            Ended        tool_call_cancelled
    nothing: ReplyEnds, ReplyCut
Ended
    Begins               Begun        c2 began
    Text                 Text         c2 began, piece of c2
    OtherText            Text         c2 began, piece of c2
    Value                Value        c2 began, piece of c2
    Last                 Delivered    c2 began, piece of c2, c2 a=z;
    Over                 Delivered    c2 began, c2
    Whole                Delivered    c2 began, c2 whole
    nothing: Answered, TakenBack, ReplyEnds, ReplyCut
";

#[test]
fn the_arguments_of_a_call_come_as_charted() {
    for (id, wanted) in [(Some("call"), NAMED), (None, MADE)] {
        use State as S;
        use Trigger as T;
        let states = [
            S::Unknown,
            S::Begun,
            S::Text,
            S::Value,
            S::Delivered,
            S::Ended,
        ];
        let triggers = [
            T::Begins,
            T::Text,
            T::OtherText,
            T::Value,
            T::Last,
            T::Over,
            T::Whole,
            T::Answered,
            T::TakenBack,
            T::ReplyEnds,
            T::ReplyCut,
        ];
        let chart = chart(&states, &triggers, |state, trigger| {
            step(id, state, trigger)
        });
        assert_chart(&chart, wanted);
    }
}

fn step(id: Option<&'static str>, state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut machines = machines();
    let path = match state {
        State::Unknown => vec![],
        State::Begun => vec![T::Begins],
        State::Text => vec![T::Text],
        State::Value => vec![T::Value],
        State::Delivered => vec![T::Whole],
        State::Ended => vec![T::Whole, T::Answered],
    };
    for trigger in path {
        pull(&mut machines, id, trigger);
    }
    assert_eq!(read(&machines), state);
    let told = pull(&mut machines, id, trigger);
    Step {
        after: read(&machines),
        told,
    }
}

fn read(machines: &Machines) -> State {
    let calls = &machines.calls;
    let Some(call) = calls.open.last() else {
        let ended = calls.has_ended("call") || calls.has_ended("local_call_1");
        return if ended { State::Ended } else { State::Unknown };
    };
    match call.pieces.last() {
        _ if call.delivered => State::Delivered,
        None => State::Begun,
        Some(piece) if piece.text => State::Text,
        Some(_) => State::Value,
    }
}

/// What is told, without the reply that everything is of.
fn pull(machines: &mut Machines, id: Option<&'static str>, trigger: Trigger) -> Vec<String> {
    let name = machines.calls.open.last().map(|call| call.id.to_string());
    let told = match trigger {
        Trigger::Begins => called(machines, id, &[], true),
        Trigger::Text => called(machines, id, &[("a", "x", true)], true),
        Trigger::OtherText => called(machines, id, &[("b", "y", true)], true),
        Trigger::Value => called(machines, id, &[("a", "1", false)], true),
        Trigger::Last => called(machines, id, &[("a", "z", true)], false),
        Trigger::Over => called(machines, id, &[], false),
        Trigger::Whole => {
            let mut call = fact(id, &[], false);
            call.arguments = Some((Cow::Borrowed("whole"), Validity::Object));
            observe(machines, Fact::Call(Box::new(call)))
        }
        Trigger::Answered => {
            let name = name.unwrap_or_default();
            if machines.calls.output(&name) == Output::Wanted {
                machines.calls.answered(&name, true);
            }
            Vec::new()
        }
        Trigger::TakenBack => {
            let call_ids = name.iter().filter_map(|name| Id::borrowed(name));
            let cancelled = ToolCallCancelled {
                call_ids: call_ids.collect(),
                reason: CallCancelled::Server,
            };
            event(machines, Event::ToolCallCancelled(cancelled))
        }
        Trigger::ReplyEnds => ended(machines, Outcome::Completed(Completion::ToolUse)),
        Trigger::ReplyCut => ended(machines, Outcome::Cancelled(By::UserSpeech)),
    };
    let of_call = told
        .into_iter()
        .filter(|told| !told.starts_with(['r', 'i']));
    of_call.collect()
}

fn called(
    machines: &mut Machines,
    id: Option<&'static str>,
    pieces: &[(&'static str, &'static str, bool)],
    continues: bool,
) -> Vec<String> {
    let call = fact(id, pieces, continues);
    observe(machines, Fact::Call(Box::new(call)))
}

fn fact(
    id: Option<&'static str>,
    pieces: &[(&'static str, &'static str, bool)],
    continues: bool,
) -> CallFact<'static> {
    let piece = |(path, value, text): &(&'static str, &'static str, bool)| Piece {
        path: Cow::Borrowed(*path),
        value: Cow::Borrowed(*value),
        text: *text,
    };
    CallFact {
        id: id.and_then(Id::borrowed),
        name: Some(Cow::Borrowed("look")),
        arguments: None,
        pieces: pieces.iter().map(piece).collect(),
        continues,
        assemble,
    }
}

fn assemble(pieces: &[Assembled]) -> String {
    let pairs = pieces.iter();
    let pairs = pairs.map(|piece| [&*piece.path, "=", &*piece.value, ";"].concat());
    pairs.collect()
}

#[test]
fn a_call_that_is_told_whole_is_not_the_end_of_another() {
    let mut machines = machines();
    pull(&mut machines, None, Trigger::Text);
    let whole = pull(&mut machines, None, Trigger::Whole);
    assert_eq!(whole, ["c2 began", "c2 whole"]);
    let last = pull(&mut machines, None, Trigger::Last);
    assert_eq!(last, ["piece of c1", "c1 a=xz;"]);
}

#[test]
fn the_name_of_the_function_is_that_of_the_answer() {
    let mut machines = machines();
    for (id, made) in [(None, true), (Some("call"), false)] {
        pull(&mut machines, id, Trigger::Whole);
        let answer = machines.calls.answer_to(id.unwrap_or("local_call_1"));
        assert_eq!(answer.name.as_deref(), Some("look"));
        assert_eq!(answer.made, made);
    }
}

#[test]
fn pieces_are_counted_until_the_call_is_delivered() {
    let mut machines = machines();
    pull(&mut machines, None, Trigger::Begins);
    let before = machines.calls.memory();
    for _ in 0..1000 {
        pull(&mut machines, None, Trigger::Text);
    }
    assert!(machines.calls.memory() >= before + 1000);
    pull(&mut machines, None, Trigger::Over);
    assert!(machines.calls.memory() < before + 500);
}
