use crate::{
    config::Tool,
    delta::{Delta, DeltaKind},
    dialect::Fact,
    event::{
        Completion, Content, ConversationRef, Event, Item, ItemKind, Origin, Outcome, ToolCall,
        Validity,
    },
    id::Id,
    state::{
        Out, State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{created, done, item, state as machines},
    },
};
use alloc::{boxed::Box, string::String, vec, vec::Vec};

/// Whose a call is, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Unknown,
    /// An item of the conversation has told what it is called.
    Noted,
    /// The provider executes it.
    Provided,
    /// It was announced as yours.
    Yours,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    ItemNoted,
    ItemReplayed,
    ItemBegan,
    YourItemBegan,
    Delta,
    Arguments,
    ArgumentsUnnamed,
    ItemDone,
    Output,
    OutputReplayed,
    ResponseOver,
}

const CHART: &str = "
Unknown
    ItemNoted            Noted        item_added
    ItemReplayed         Unknown      item_added
    ItemBegan            Provided     item_added, remote started
    YourItemBegan        Yours        item_added, tool_call_started
    Delta                Unknown      tool_arguments_delta
    Arguments            Provided     remote arguments
    ArgumentsUnnamed     Yours        tool_call
    ItemDone             Provided     remote started, remote arguments, remote running, item_done
    Output               Unknown      item_added
    OutputReplayed       Unknown      item_added
    ResponseOver         Unknown      ended Completed(EndTurn)
Noted
    ItemBegan            Provided     remote started
    YourItemBegan        Yours        tool_call_started
    Delta                Noted        remote arguments
    Arguments            Provided     remote arguments
    ArgumentsUnnamed     Provided     remote arguments
    ItemDone             Provided     remote started, remote arguments, remote running, item_done
    Output               Noted        item_added
    OutputReplayed       Noted        item_added
    ResponseOver         Noted        ended Completed(EndTurn)
    nothing: ItemNoted, ItemReplayed
Provided
    Delta                Provided     remote arguments
    Arguments            Provided     remote arguments
    ArgumentsUnnamed     Provided     remote arguments
    ItemDone             Provided     remote arguments, remote running, item_done
    Output               Provided     item_added, remote result
    OutputReplayed       Provided     item_added
    ResponseOver         Provided     ended Completed(EndTurn)
    nothing: ItemNoted, ItemReplayed, ItemBegan, YourItemBegan
Yours
    ItemBegan            Provided     remote started
    Delta                Yours        tool_arguments_delta
    Arguments            Provided     remote arguments
    ArgumentsUnnamed     Yours        tool_call
    ItemDone             Provided     remote started, remote arguments, remote running, item_done
    Output               Yours        item_added
    OutputReplayed       Yours        item_added
    ResponseOver         Yours        tool_call_cancelled, ended Completed(EndTurn)
    nothing: ItemNoted, ItemReplayed, YourItemBegan
";

#[test]
fn a_call_of_the_provider_goes_as_charted() {
    use Trigger as T;
    let states = [State::Unknown, State::Noted, State::Provided, State::Yours];
    let triggers = [
        T::ItemNoted,
        T::ItemReplayed,
        T::ItemBegan,
        T::YourItemBegan,
        T::Delta,
        T::Arguments,
        T::ArgumentsUnnamed,
        T::ItemDone,
        T::Output,
        T::OutputReplayed,
        T::ResponseOver,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

#[test]
fn a_function_that_nobody_declared_is_the_providers() {
    let mut machines = provider();
    assert!(machines.is_remote("call", Some("search")), "its own");
    assert!(!machines.is_remote("call", Some("look")), "no tools");
    machines.settings.tools = vec![look()];
    assert!(!machines.is_remote("call", Some("look")), "declared");
    assert!(machines.is_remote("call", Some("find")), "a stranger");
    machines.capabilities.provider_functions.clear();
    assert!(!machines.is_remote("call", Some("find")), "all yours");
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut machines = provider();
    created(
        &mut machines,
        Some("resp"),
        ConversationRef::Default,
        &mut out(),
    );
    let path = match state {
        State::Unknown => vec![],
        State::Noted => vec![T::ItemNoted],
        State::Provided => vec![T::ItemBegan],
        State::Yours => vec![T::YourItemBegan],
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

fn provider() -> Machines {
    let mut machines = machines();
    machines.capabilities.provider_functions = vec!["search".into()];
    machines
}

fn read(machines: &Machines) -> State {
    if machines.remote.has("call") {
        State::Provided
    } else if machines.calls.knows("call") || machines.calls.has_ended("call") {
        State::Yours
    } else if machines.remote.name("call").is_some() {
        State::Noted
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
    let added = |item| Fact::Event(Event::ItemAdded(Box::new(item)));
    match trigger {
        Trigger::ItemNoted => {
            machines.observe(added(call("search", Origin::Conversation)), out);
        }
        Trigger::ItemReplayed => machines.observe(added(call("search", Origin::Replay)), out),
        Trigger::ItemBegan => machines.observe(added(call("search", Origin::Response)), out),
        Trigger::YourItemBegan => machines.observe(added(call("look", Origin::Response)), out),
        Trigger::Delta => delta(machines, out),
        Trigger::Arguments => arguments(machines, Some("search"), out),
        Trigger::ArgumentsUnnamed => arguments(machines, None, out),
        Trigger::ItemDone => {
            let mut item = call("search", Origin::Response);
            item.content = vec![Content::Arguments {
                text: "{}".into(),
                validity: Validity::Object,
            }];
            machines.observe(Fact::Event(Event::ItemDone(Box::new(item))), out);
        }
        Trigger::Output => machines.observe(added(output(Origin::Conversation)), out),
        Trigger::OutputReplayed => machines.observe(added(output(Origin::Replay)), out),
        Trigger::ResponseOver => {
            let completed = Outcome::Completed(Completion::EndTurn);
            done(machines, Some("resp"), completed, out);
        }
    }
}

fn call(name: &'static str, origin: Origin) -> Item<'static> {
    Item {
        call_id: Id::borrowed("call"),
        name: Some(name.into()),
        ..item(ItemKind::FunctionCall, origin)
    }
}

fn output(origin: Origin) -> Item<'static> {
    let mut item = item(ItemKind::FunctionCallOutput, origin);
    item.ids.item_id = Id::borrowed("output");
    item.call_id = Id::borrowed("call");
    item
}

/// More of the arguments, by the call's own id.
fn delta(machines: &mut Machines, out: &mut Out<'_>) {
    let (mut delta, frame) = Delta::sample(DeltaKind::Arguments, "resp", "call", "{");
    if machines.delta(&mut delta, &frame, out) {
        out.push(delta.event(&frame).into_owned());
    }
}

fn arguments(machines: &mut Machines, name: Option<&'static str>, out: &mut Out<'_>) {
    let call = ToolCall {
        call_id: Id::borrowed("call").unwrap(),
        name: name.map(Into::into),
        arguments: "{}".into(),
        validity: Validity::Object,
        ids: item(ItemKind::FunctionCall, Origin::Response).ids,
    };
    machines.observe(Fact::Event(Event::ToolCall(Box::new(call))), out);
}

fn look() -> Tool {
    Tool::Function {
        name: "look".into(),
        description: None,
        parameters: None,
        blocking: None,
    }
}
