mod kinds;

use crate::{
    dialect::Fact,
    event::{
        Completion, Content, ConversationRef, Event, Item, ItemDeleted, ItemKind, Origin, Outcome,
        Previous, Role, TurnOrigin, UserTurn,
    },
    id::Id,
    state::{
        Out, State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{created, done, item, state as machines},
    },
};
use alloc::{boxed::Box, string::String, vec, vec::Vec};

/// How far a message is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Unknown,
    /// The user has spoken it, and no frame has told of the item.
    Spoken,
    Added,
    /// Done, and no frame has told that it was added.
    DoneOnly,
    Done,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Committed,
    Added,
    Done,
    AddedByReply,
    DoneByReply,
    AddedReplayed,
    DoneReplayed,
    Deleted,
    ReplyOver,
}

const CHART: &str = "
Unknown
    Committed            Spoken       user_turn_started, user_turn_committed
    Added                Added        item_added
    Done                 DoneOnly     item_done
    AddedByReply         Added        item_added
    DoneByReply          DoneOnly     text_done, item_done
    AddedReplayed        Added        item_added
    DoneReplayed         DoneOnly     item_done
    Deleted              Unknown      item_deleted
    ReplyOver            Unknown      ended Completed(EndTurn)
Spoken
    Added                Added        item_added
    Done                 DoneOnly     item_done
    AddedByReply         Added        item_added
    DoneByReply          DoneOnly     text_done, item_done
    AddedReplayed        Added        item_added
    DoneReplayed         DoneOnly     item_done
    Deleted              Unknown      item_deleted
    ReplyOver            Spoken       ended Completed(EndTurn)
    nothing: Committed
Added
    Committed            Added        user_turn_started, user_turn_committed
    Done                 Done         item_done
    DoneByReply          Done         text_done, item_done
    DoneReplayed         Done         item_done
    Deleted              Unknown      item_deleted
    ReplyOver            Added        ended Completed(EndTurn)
    nothing: Added, AddedByReply, AddedReplayed
DoneOnly
    Committed            DoneOnly     user_turn_started, user_turn_committed
    Added                Done         item_added
    AddedByReply         Done         item_added
    DoneByReply          DoneOnly     text_done
    AddedReplayed        Done         item_added
    Deleted              Unknown      item_deleted
    ReplyOver            DoneOnly     ended Completed(EndTurn)
    nothing: Done, DoneReplayed
Done
    Committed            Done         user_turn_started, user_turn_committed
    DoneByReply          Done         text_done
    Deleted              Unknown      item_deleted
    ReplyOver            Done         ended Completed(EndTurn)
    nothing: Added, Done, AddedByReply, AddedReplayed, DoneReplayed
";

#[test]
fn an_item_is_added_and_done_as_charted() {
    use Trigger as T;
    let states = [
        State::Unknown,
        State::Spoken,
        State::Added,
        State::DoneOnly,
        State::Done,
    ];
    let triggers = [
        T::Committed,
        T::Added,
        T::Done,
        T::AddedByReply,
        T::DoneByReply,
        T::AddedReplayed,
        T::DoneReplayed,
        T::Deleted,
        T::ReplyOver,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut machines = machines();
    created(
        &mut machines,
        Some("resp"),
        ConversationRef::Default,
        &mut out(),
    );
    let path = match state {
        State::Unknown => vec![],
        State::Spoken => vec![T::Committed],
        State::Added => vec![T::Added],
        State::DoneOnly => vec![T::Done],
        State::Done => vec![T::Added, T::Done],
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
    let again = message(Origin::Conversation);
    let conversation = || machines.conversation.clone();
    if conversation().get("item").is_none() {
        return State::Unknown;
    }
    let added = !conversation().added(&again, true, &mut out());
    let done = !conversation().done(&again, true, &mut out());
    match (added, done) {
        (false, false) => State::Spoken,
        (true, false) => State::Added,
        (false, true) => State::DoneOnly,
        (true, true) => State::Done,
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    act(machines, trigger, &mut out);
    told_and_sent(out)
}

fn act(machines: &mut Machines, trigger: Trigger, out: &mut Out<'_>) {
    match trigger {
        Trigger::Committed => {
            let turn = UserTurn {
                origin: TurnOrigin::Speech,
                item_id: Id::borrowed("item"),
                previous: Previous::Unknown,
            };
            machines.observe(Fact::Event(Event::UserTurnCommitted(turn)), out);
        }
        Trigger::Added => added(machines, message(Origin::Conversation), out),
        Trigger::Done => whole(machines, message(Origin::Conversation), out),
        Trigger::AddedByReply => added(machines, message(Origin::Response), out),
        Trigger::DoneByReply => whole(machines, message(Origin::Response), out),
        Trigger::AddedReplayed => added(machines, message(Origin::Replay), out),
        Trigger::DoneReplayed => whole(machines, message(Origin::Replay), out),
        Trigger::Deleted => {
            let deleted = ItemDeleted {
                item_id: Id::borrowed("item"),
            };
            machines.observe(Fact::Event(Event::ItemDeleted(deleted)), out);
        }
        Trigger::ReplyOver => {
            let completed = Outcome::Completed(Completion::EndTurn);
            done(machines, Some("resp"), completed, out);
        }
    }
}

fn message(origin: Origin) -> Item<'static> {
    Item {
        role: Some(Role::Assistant),
        content: vec![Content::Text {
            text: "text".into(),
        }],
        ..item(ItemKind::Message, origin)
    }
}

fn added(machines: &mut Machines, item: Item<'static>, out: &mut Out<'_>) {
    machines.observe(Fact::Event(Event::ItemAdded(Box::new(item))), out);
}

fn whole(machines: &mut Machines, item: Item<'static>, out: &mut Out<'_>) {
    machines.observe(Fact::Event(Event::ItemDone(Box::new(item))), out);
}
