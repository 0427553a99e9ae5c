use super::{Calls, Output};
use crate::{
    event::{
        By, CallCancelled, Completion, Content, Ids, Item, ItemKind, Origin, Outcome, Previous,
        Status, ToolCall, ToolCallCancelled, Validity,
    },
    id::Id,
    state::chart::{Step, assert_chart, chart, out, told},
};
use alloc::{borrow::Cow, boxed::Box, string::String, sync::Arc, vec, vec::Vec};

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Unknown,
    Announced,
    /// Its arguments wait for the end of its item.
    Held,
    Delivered,
    Answered,
    Cancelled,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Announced,
    Arguments,
    BrokenArguments,
    LateArguments,
    ItemCompleted,
    ItemIncomplete,
    Output,
    ServerCancels,
    ResponseCompleted,
    ResponseIncomplete,
    ResponseCancelled,
    ResponseLost,
    Close,
}

const CHART: &str = "
Unknown
    Announced            Announced    tool_call_started
    Arguments            Delivered    tool_call
    BrokenArguments      Held
    LateArguments        Held
    nothing: ItemCompleted, ItemIncomplete, Output, ServerCancels, ResponseCompleted, ResponseIncomplete, ResponseCancelled, ResponseLost, Close
Announced
    Arguments            Delivered    tool_call
    BrokenArguments      Held
    LateArguments        Held
    ItemCompleted        Delivered    tool_call
    ServerCancels        Cancelled    tool_call_cancelled
    ResponseCompleted    Cancelled    tool_call_cancelled
    ResponseIncomplete   Cancelled    tool_call_cancelled
    ResponseCancelled    Cancelled    tool_call_cancelled
    ResponseLost         Cancelled    tool_call_cancelled
    Close                Cancelled    tool_call_cancelled
    nothing: Announced, ItemIncomplete, Output
Held
    Arguments            Delivered    tool_call
    ItemCompleted        Delivered    tool_call
    ItemIncomplete       Announced
    ServerCancels        Cancelled    tool_call_cancelled
    ResponseCompleted    Delivered    tool_call
    ResponseIncomplete   Cancelled    tool_call_cancelled
    ResponseCancelled    Cancelled    tool_call_cancelled
    ResponseLost         Cancelled    tool_call_cancelled
    Close                Cancelled    tool_call_cancelled
    nothing: Announced, BrokenArguments, LateArguments, Output
Delivered
    Output               Answered
    ServerCancels        Cancelled    tool_call_cancelled
    ResponseCancelled    Cancelled    tool_call_cancelled
    Close                Cancelled    tool_call_cancelled
    nothing: Announced, Arguments, BrokenArguments, LateArguments, ItemCompleted, ItemIncomplete, ResponseCompleted, ResponseIncomplete, ResponseLost
Answered
    nothing: Announced, Arguments, BrokenArguments, LateArguments, ItemCompleted, ItemIncomplete, Output, ServerCancels, ResponseCompleted, ResponseIncomplete, ResponseCancelled, ResponseLost, Close
Cancelled
    nothing: Announced, Arguments, BrokenArguments, LateArguments, ItemCompleted, ItemIncomplete, Output, ServerCancels, ResponseCompleted, ResponseIncomplete, ResponseCancelled, ResponseLost, Close
";

#[test]
fn a_call_goes_as_charted() {
    use Trigger as T;
    let states = [
        State::Unknown,
        State::Announced,
        State::Held,
        State::Delivered,
        State::Answered,
        State::Cancelled,
    ];
    let triggers = [
        T::Announced,
        T::Arguments,
        T::BrokenArguments,
        T::LateArguments,
        T::ItemCompleted,
        T::ItemIncomplete,
        T::Output,
        T::ServerCancels,
        T::ResponseCompleted,
        T::ResponseIncomplete,
        T::ResponseCancelled,
        T::ResponseLost,
        T::Close,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut calls = Calls::new(4, 4);
    let path = match state {
        State::Unknown => vec![],
        State::Announced => vec![T::Announced],
        State::Held => vec![T::BrokenArguments],
        State::Delivered => vec![T::Arguments],
        State::Answered => vec![T::Arguments, T::Output],
        State::Cancelled => vec![T::Announced, T::ResponseCancelled],
    };
    for trigger in path {
        pull(&mut calls, trigger);
    }
    assert_eq!(read(&calls), state);
    let told = pull(&mut calls, trigger);
    Step {
        after: read(&calls),
        told,
    }
}

fn read(calls: &Calls) -> State {
    match (calls.open.first(), calls.output("call")) {
        (Some(call), Output::Wanted) if call.delivered => State::Delivered,
        (Some(call), Output::Unknown) if call.held.is_some() => State::Held,
        (Some(_), Output::Unknown) => State::Announced,
        (None, Output::TooLate) => State::Cancelled,
        (None, Output::Unknown) if calls.has_ended("call") => State::Answered,
        (None, Output::Unknown) => State::Unknown,
        (call, output) => panic!("{call:?}, {output:?}"),
    }
}

fn pull(calls: &mut Calls, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    let response = Arc::from("resp");
    let mut end = |outcome: Outcome<'_>| {
        calls.response_ended(Some("resp"), &outcome, false, &mut out);
    };
    match trigger {
        Trigger::ResponseCompleted => end(Outcome::Completed(Completion::EndTurn)),
        Trigger::ResponseIncomplete => {
            end(Outcome::Incomplete(crate::event::Incompletion::MaxTokens));
        }
        Trigger::ResponseCancelled => end(Outcome::Cancelled(By::Client)),
        Trigger::ResponseLost => end(Outcome::Lost),
        Trigger::Announced => {
            calls.announced(&item(Status::InProgress), Some("resp"), &mut out);
        }
        Trigger::Arguments | Trigger::LateArguments => {
            let late = matches!(trigger, Trigger::LateArguments);
            let call = arguments(Validity::Object);
            calls.arguments(call, Some(&response), (late, false), &mut out);
        }
        Trigger::BrokenArguments => {
            let call = arguments(Validity::Malformed);
            calls.arguments(call, Some(&response), (false, false), &mut out);
        }
        Trigger::ItemCompleted => {
            calls.item_done(&item(Status::Completed), &mut out);
        }
        Trigger::ItemIncomplete => {
            calls.item_done(&item(Status::Incomplete), &mut out);
        }
        Trigger::Output => {
            if calls.output("call") == Output::Wanted {
                calls.answered("call", true);
            }
        }
        Trigger::ServerCancels => {
            let call_ids = Id::borrowed("call").into_iter().collect();
            let reason = CallCancelled::Server;
            calls.cancelled(ToolCallCancelled { call_ids, reason }, &mut out);
        }
        Trigger::Close => calls.close(&mut out),
    }
    told(out)
}

fn ids() -> Ids<'static> {
    Ids {
        response_id: Id::borrowed("resp"),
        item_id: Id::borrowed("item"),
        ..Ids::default()
    }
}

fn item(status: Status) -> Item<'static> {
    Item {
        ids: ids(),
        previous: Previous::Unknown,
        kind: ItemKind::FunctionCall,
        role: None,
        status: Some(status),
        origin: Origin::Response,
        call_id: Id::borrowed("call"),
        name: None,
        content: vec![Content::Arguments {
            text: Cow::Borrowed("{}"),
            validity: Validity::Object,
        }],
        raw: Cow::Borrowed(""),
    }
}

fn arguments(validity: Validity) -> Box<ToolCall<'static>> {
    Box::new(ToolCall {
        call_id: Id::borrowed("call").unwrap(),
        name: None,
        arguments: Cow::Borrowed("{}"),
        validity,
        ids: ids(),
    })
}
