mod merge;

use super::Conversation;
use crate::{
    config::Limits,
    event::{Content, Item, ItemKind, Origin, Previous, Role, Status},
    id::Id,
    state::chart::{Step, assert_chart, chart, out, told},
};
use alloc::{
    borrow::Cow,
    string::{String, ToString},
    vec,
    vec::Vec,
};

/// Where an item stands, in a conversation in which `z` follows `a`.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Unknown,
    /// At the end, as nothing has told what it follows.
    Unplaced,
    /// At the end until `b` appears.
    Parked,
    /// Behind `c`, which is parked until `b` appears.
    Attached,
    Standing,
}

#[derive(Clone, Copy, Debug)]
enum OfPlace {
    Added,
    AddedFirst,
    AddedAfterA,
    AddedAfterB,
    AddedAfterItself,
    Spoken,
    SpokenAfterA,
    OtherAfterIt,
    BAfterA,
    BAnywhere,
    BAfterIt,
    ADeleted,
    Deleted,
}

const PLACE: &str = "
Unknown
    Added                Unplaced     a z item
    AddedFirst           Standing     item a z
    AddedAfterA          Standing     a item z
    AddedAfterB          Parked       a z item
    AddedAfterItself     Unplaced     a z item
    Spoken               Unplaced     a z item
    SpokenAfterA         Standing     a item z
    OtherAfterIt         Unknown      a z other
    BAfterA              Unknown      a b z
    BAnywhere            Unknown      a z b
    BAfterIt             Unknown      a z b
    ADeleted             Unknown      z
    nothing: Deleted
Unplaced
    AddedFirst           Standing     item a z
    AddedAfterA          Standing     a item z
    AddedAfterB          Parked
    SpokenAfterA         Standing     a item z
    OtherAfterIt         Unplaced     a z item other
    BAfterA              Unplaced     a b z item
    BAnywhere            Unplaced     a z item b
    BAfterIt             Unplaced     a z item b
    ADeleted             Unplaced     z item
    Deleted              Unknown      a z
    nothing: Added, AddedAfterItself, Spoken
Parked
    OtherAfterIt         Parked       a z item other
    BAfterA              Standing     a b item z
    BAnywhere            Attached     a z b item
    BAfterIt             Unplaced     a z item b
    ADeleted             Parked       z item
    Deleted              Unknown      a z
    nothing: Added, AddedFirst, AddedAfterA, AddedAfterB, AddedAfterItself, Spoken, SpokenAfterA
Attached
    OtherAfterIt         Attached     a z c item other
    BAfterA              Standing     a b c item z
    BAnywhere            Attached     a z b c item
    BAfterIt             Attached     a z c item b
    ADeleted             Attached     z c item
    Deleted              Unknown      a z c
    nothing: Added, AddedFirst, AddedAfterA, AddedAfterB, AddedAfterItself, Spoken, SpokenAfterA
Standing
    OtherAfterIt         Standing     a item other z
    BAfterA              Standing     a b item z
    BAnywhere            Standing     a item z b
    BAfterIt             Standing     a item b z
    ADeleted             Standing     item z
    Deleted              Unknown      a z
    nothing: Added, AddedFirst, AddedAfterA, AddedAfterB, AddedAfterItself, Spoken, SpokenAfterA
";

#[test]
fn an_item_stands_as_charted() {
    use OfPlace as T;
    let states = [
        Place::Unknown,
        Place::Unplaced,
        Place::Parked,
        Place::Attached,
        Place::Standing,
    ];
    let triggers = [
        T::Added,
        T::AddedFirst,
        T::AddedAfterA,
        T::AddedAfterB,
        T::AddedAfterItself,
        T::Spoken,
        T::SpokenAfterA,
        T::OtherAfterIt,
        T::BAfterA,
        T::BAnywhere,
        T::BAfterIt,
        T::ADeleted,
        T::Deleted,
    ];
    assert_chart(&chart(&states, &triggers, step_place), PLACE);
}

/// What is told is the order, where it has changed.
fn step_place(state: Place, trigger: OfPlace) -> Step<Place> {
    let mut conversation = Conversation::new(&Limits::default());
    add(&mut conversation, "a", Previous::First);
    add(&mut conversation, "z", after("a"));
    match state {
        Place::Unknown => {}
        Place::Unplaced => add(&mut conversation, "item", Previous::Unknown),
        Place::Parked => add(&mut conversation, "item", after("b")),
        Place::Attached => {
            add(&mut conversation, "c", after("b"));
            add(&mut conversation, "item", after("c"));
        }
        Place::Standing => add(&mut conversation, "item", after("a")),
    }
    assert_eq!(read_place(&conversation), state);
    let before = order(&conversation);
    pull_place(&mut conversation, trigger);
    let after = order(&conversation);
    Step {
        after: read_place(&conversation),
        told: (after != before).then_some(after).into_iter().collect(),
    }
}

fn read_place(conversation: &Conversation) -> Place {
    match conversation.get("item") {
        None => Place::Unknown,
        Some(item) if item.attached => Place::Attached,
        Some(item) if item.parked.is_some() => Place::Parked,
        Some(item) if item.placed => Place::Standing,
        Some(_) => Place::Unplaced,
    }
}

fn order(conversation: &Conversation) -> String {
    let ids: Vec<_> = conversation
        .items()
        .map(|item| item.id.to_string())
        .collect();
    ids.join(" ")
}

fn pull_place(conversation: &mut Conversation, trigger: OfPlace) {
    let id = Id::borrowed("item");
    match trigger {
        OfPlace::Added => add(conversation, "item", Previous::Unknown),
        OfPlace::AddedFirst => add(conversation, "item", Previous::First),
        OfPlace::AddedAfterA => add(conversation, "item", after("a")),
        OfPlace::AddedAfterB => add(conversation, "item", after("b")),
        OfPlace::AddedAfterItself => add(conversation, "item", after("item")),
        OfPlace::Spoken => conversation.spoken(id.as_ref(), &Previous::Unknown, &mut out()),
        OfPlace::SpokenAfterA => conversation.spoken(id.as_ref(), &after("a"), &mut out()),
        OfPlace::OtherAfterIt => add(conversation, "other", after("item")),
        OfPlace::BAfterA => add(conversation, "b", after("a")),
        OfPlace::BAnywhere => add(conversation, "b", Previous::Unknown),
        OfPlace::BAfterIt => add(conversation, "b", after("item")),
        OfPlace::ADeleted => conversation.deleted(Some("a")),
        OfPlace::Deleted => conversation.deleted(Some("item")),
    }
}

fn after(id: &'static str) -> Previous<'static> {
    Id::borrowed(id).map_or(Previous::Unknown, Previous::After)
}

fn add(conversation: &mut Conversation, id: &'static str, previous: Previous<'static>) {
    conversation.added(&item(id, previous, None, ""), true, &mut out());
}

/// What has been told of an item.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Known {
    Unknown,
    /// A turn was spoken, and has a place.
    Spoken,
    Added,
    Done,
    /// Done, and nothing has told that it was added.
    DoneAlone,
    /// Of a response beside the conversation.
    Beside,
}

#[derive(Clone, Copy, Debug)]
enum OfKnown {
    Spoken,
    Added,
    AddedBeside,
    Done,
    Deleted,
    Crowded,
}

const KNOWN: &str = "
Unknown
    Spoken               Spoken
    Added                Added        added
    AddedBeside          Beside       added
    Done                 DoneAlone    done
    nothing: Deleted, Crowded
Spoken
    Added                Added        added
    AddedBeside          Added        added
    Done                 DoneAlone    done
    Deleted              Unknown
    Crowded              Unknown      limit_reached
    nothing: Spoken
Added
    Done                 Done         done
    Deleted              Unknown
    Crowded              Unknown      limit_reached
    nothing: Spoken, Added, AddedBeside
Done
    Deleted              Unknown
    Crowded              Unknown      limit_reached
    nothing: Spoken, Added, AddedBeside, Done
DoneAlone
    Added                Done         added
    AddedBeside          Done         added
    Deleted              Unknown
    Crowded              Unknown      limit_reached
    nothing: Spoken, Done
Beside
    Added                Added
    Done                 Done         done
    Deleted              Unknown
    Crowded              Unknown      limit_reached
    nothing: Spoken, AddedBeside
";

#[test]
fn an_item_is_told_as_charted() {
    use OfKnown as T;
    let states = [
        Known::Unknown,
        Known::Spoken,
        Known::Added,
        Known::Done,
        Known::DoneAlone,
        Known::Beside,
    ];
    let triggers = [
        T::Spoken,
        T::Added,
        T::AddedBeside,
        T::Done,
        T::Deleted,
        T::Crowded,
    ];
    assert_chart(&chart(&states, &triggers, step_known), KNOWN);
}

fn step_known(state: Known, trigger: OfKnown) -> Step<Known> {
    use OfKnown as T;
    let limits = Limits {
        items: 2,
        ..Limits::default()
    };
    let mut conversation = Conversation::new(&limits);
    let path = match state {
        Known::Unknown => vec![],
        Known::Spoken => vec![T::Spoken],
        Known::Added => vec![T::Added],
        Known::Done => vec![T::Added, T::Done],
        Known::DoneAlone => vec![T::Done],
        Known::Beside => vec![T::AddedBeside],
    };
    for trigger in path {
        pull_known(&mut conversation, trigger);
    }
    assert_eq!(read_known(&conversation), state);
    let told = pull_known(&mut conversation, trigger);
    Step {
        after: read_known(&conversation),
        told,
    }
}

fn read_known(conversation: &Conversation) -> Known {
    let Some(at) = conversation.find("item") else {
        return Known::Unknown;
    };
    let item = &conversation.items[at];
    match (item.shown, item.added, item.done) {
        (false, ..) => Known::Beside,
        (true, false, false) => Known::Spoken,
        (true, true, false) => Known::Added,
        (true, true, true) => Known::Done,
        (true, false, true) => Known::DoneAlone,
    }
}

/// What is news.
fn pull_known(conversation: &mut Conversation, trigger: OfKnown) -> Vec<String> {
    let mut out = out();
    let item = item("item", Previous::Unknown, None, "");
    let news = match trigger {
        OfKnown::Spoken => {
            let id = Id::borrowed("item");
            conversation.spoken(id.as_ref(), &Previous::Unknown, &mut out);
            None
        }
        OfKnown::Added => conversation.added(&item, true, &mut out).then_some("added"),
        OfKnown::AddedBeside => conversation
            .added(&item, false, &mut out)
            .then_some("added"),
        OfKnown::Done => conversation.done(&item, true, &mut out).then_some("done"),
        OfKnown::Deleted => {
            conversation.deleted(Some("item"));
            None
        }
        OfKnown::Crowded => {
            for id in ["b", "c"] {
                let item = self::item(id, Previous::Unknown, None, "");
                conversation.added(&item, true, &mut out);
            }
            None
        }
    };
    let news = news.map(String::from).into_iter();
    news.chain(told(out)).collect()
}

fn item(
    id: &'static str,
    previous: Previous<'static>,
    status: Option<Status>,
    text: &'static str,
) -> Item<'static> {
    let mut item = Item {
        ids: crate::event::Ids::default(),
        previous,
        kind: ItemKind::Message,
        role: Some(Role::Assistant),
        status,
        origin: Origin::Conversation,
        call_id: None,
        name: None,
        content: vec![Content::Text {
            text: Cow::Borrowed(text),
        }],
        raw: Cow::Borrowed(""),
    };
    item.ids.item_id = Id::borrowed(id);
    item
}
