mod asking;

use super::{Naming, Utterance};
use crate::{
    heap::Heap as _,
    state::chart::{Step, assert_chart, chart},
};
use alloc::{boxed::Box, format, string::String, sync::Arc, vec, vec::Vec};

/// How far the reply under way is, or the last one.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reply {
    Nothing,
    Begun,
    Item,
    /// Its transcript has begun.
    Spoken,
    /// That transcript is whole; another is the next part.
    Whole,
    ItemOver,
    /// The item has ended before its transcript.
    Awaited,
    Ended,
    /// Ended before its transcript.
    Tail,
}

#[derive(Clone, Copy, Debug)]
enum OfReply {
    Begins,
    ItemBegins,
    ItemEnds,
    Words,
    WordsOver,
    Ends,
    EndsCut,
    AnotherEnds,
    UserSpeaks,
    UserWrites,
    NewConnection,
}

const REPLY: &str = "
Nothing
    Begins               Begun        local_response_1
    nothing: ItemBegins, ItemEnds, Words, WordsOver, Ends, EndsCut, AnotherEnds, UserSpeaks, UserWrites, NewConnection
Begun
    Begins               Begun        local_response_2
    ItemBegins           Item
    Ends                 Ended
    EndsCut              Ended
    NewConnection        Nothing
    nothing: ItemEnds, Words, WordsOver, AnotherEnds, UserSpeaks, UserWrites
Item
    Begins               Begun        local_response_2
    ItemEnds             ItemOver
    Words                Spoken       local_response_1 local_item_1.0
    WordsOver            Item         local_item_1
    Ends                 Ended
    EndsCut              Ended
    NewConnection        Nothing
    nothing: ItemBegins, AnotherEnds, UserSpeaks, UserWrites
Spoken
    Begins               Begun        local_response_2
    ItemEnds             Awaited
    Words                Spoken       local_response_1 local_item_1.0
    WordsOver            Whole        local_item_1
    Ends                 Tail
    EndsCut              Ended
    NewConnection        Nothing
    nothing: ItemBegins, AnotherEnds, UserSpeaks, UserWrites
Whole
    Begins               Begun        local_response_2
    ItemBegins           Item
    ItemEnds             ItemOver
    Words                Spoken       local_response_1 local_item_1.1
    WordsOver            Whole        local_item_1
    Ends                 Ended
    EndsCut              Ended
    NewConnection        Nothing
    nothing: AnotherEnds, UserSpeaks, UserWrites
ItemOver
    Begins               Begun        local_response_2
    ItemBegins           Item
    Words                Awaited      local_response_1 local_item_1.0
    WordsOver            ItemOver     local_item_1
    Ends                 Ended
    EndsCut              Ended
    NewConnection        Nothing
    nothing: ItemEnds, AnotherEnds, UserSpeaks, UserWrites
Awaited
    Begins               Begun        local_response_2
    ItemBegins           Spoken
    Words                Awaited      local_response_1 local_item_1.0
    WordsOver            ItemOver     local_item_1
    Ends                 Tail
    EndsCut              Ended
    NewConnection        Nothing
    nothing: ItemEnds, AnotherEnds, UserSpeaks, UserWrites
Ended
    Begins               Begun        local_response_2
    NewConnection        Nothing
    nothing: ItemBegins, ItemEnds, Words, WordsOver, Ends, EndsCut, AnotherEnds, UserSpeaks, UserWrites
Tail
    Begins               Begun        local_response_2
    Words                Tail         local_response_1 local_item_1.0, late
    WordsOver            Ended
    UserSpeaks           Ended
    UserWrites           Ended
    NewConnection        Nothing
    nothing: ItemBegins, ItemEnds, Ends, EndsCut, AnotherEnds
";

#[test]
fn what_belongs_to_a_reply_is_named_as_charted() {
    use OfReply as T;
    use Reply as S;
    let states = [
        S::Nothing,
        S::Begun,
        S::Item,
        S::Spoken,
        S::Whole,
        S::ItemOver,
        S::Awaited,
        S::Ended,
        S::Tail,
    ];
    let triggers = [
        T::Begins,
        T::ItemBegins,
        T::ItemEnds,
        T::Words,
        T::WordsOver,
        T::Ends,
        T::EndsCut,
        T::AnotherEnds,
        T::UserSpeaks,
        T::UserWrites,
        T::NewConnection,
    ];
    assert_chart(&chart(&states, &triggers, step_reply), REPLY);
}

fn step_reply(state: Reply, trigger: OfReply) -> Step<Reply> {
    use OfReply as T;
    let mut naming = Naming::default();
    let path = match state {
        Reply::Nothing => vec![],
        Reply::Begun => vec![T::Begins],
        Reply::Item => vec![T::Begins, T::ItemBegins],
        Reply::Spoken => vec![T::Begins, T::ItemBegins, T::Words],
        Reply::Whole => vec![T::Begins, T::ItemBegins, T::Words, T::WordsOver],
        Reply::ItemOver => vec![T::Begins, T::ItemBegins, T::ItemEnds],
        Reply::Awaited => vec![T::Begins, T::ItemBegins, T::Words, T::ItemEnds],
        Reply::Ended => vec![T::Begins, T::ItemBegins, T::Ends],
        Reply::Tail => vec![T::Begins, T::ItemBegins, T::Words, T::Ends],
    };
    for trigger in path {
        pull_reply(&mut naming, trigger);
    }
    assert_eq!(read_reply(&naming), state);
    let told = pull_reply(&mut naming, trigger);
    Step {
        after: read_reply(&naming),
        told: told.into_iter().collect(),
    }
}

fn read_reply(naming: &Naming) -> Reply {
    let Some(reply) = &naming.reply else {
        let tail = naming.closed.as_ref().map(|closed| closed.tail.is_some());
        return match tail {
            None => Reply::Nothing,
            Some(false) => Reply::Ended,
            Some(true) => Reply::Tail,
        };
    };
    match (&reply.item, &reply.spoken, reply.transcribed) {
        (None, None, false) => Reply::Begun,
        (Some(_), Some(_), false) if reply.index > 0 => Reply::Whole,
        (Some(_), Some(_), false) => Reply::Item,
        (Some(_), Some(_), true) => Reply::Spoken,
        (None, Some(_), false) => Reply::ItemOver,
        (None, Some(_), true) => Reply::Awaited,
        odd => panic!("{odd:?}"),
    }
}

/// The name that something gets, or what something belongs to.
fn pull_reply(naming: &mut Naming, trigger: OfReply) -> Option<String> {
    let under_way = naming.reply.as_ref().map(|reply| reply.response.clone());
    match trigger {
        OfReply::Begins => return Some(String::from(&*naming.begin_reply())),
        OfReply::ItemBegins => {
            let item = naming.new_item();
            naming.open_item(item);
        }
        OfReply::ItemEnds => naming.close_item(),
        OfReply::Words => {
            let spoken = naming.spoken()?;
            let late = if spoken.late { ", late" } else { "" };
            let (response, item, index) = (spoken.response, spoken.item, spoken.index);
            return Some(format!("{response} {item}.{index}{late}"));
        }
        OfReply::WordsOver => {
            let (_, said) = naming.transcript();
            let item = naming.spoken_text_over()?;
            if said {
                naming.next_transcript();
            }
            return Some(String::from(&*item));
        }
        OfReply::Ends => naming.close_reply(under_way.as_deref(), false),
        OfReply::EndsCut => naming.close_reply(under_way.as_deref(), true),
        OfReply::AnotherEnds => naming.close_reply(Some("another"), false),
        OfReply::UserSpeaks => {
            naming.no_tail();
            naming.user = Some(Utterance::new(Arc::from("user")));
        }
        OfReply::UserWrites => naming.said(&Arc::from("user")),
        OfReply::NewConnection => {
            let before = core::mem::take(naming);
            naming.carry_on(before);
        }
    }
    None
}

#[test]
fn no_two_things_have_one_name() {
    let mut naming = Naming::default();
    let mut names: Vec<Arc<str>> = Vec::new();
    for _ in 0..2 {
        for _ in 0..3 {
            names.extend([naming.new_response(), naming.new_item(), naming.new_call()]);
        }
        let before = core::mem::take(&mut naming);
        naming.carry_on(before);
    }
    names.sort();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn a_call_is_made_here_once_its_name_was_given() {
    let mut naming = Naming::default();
    assert!(!naming.is_made("local_call_1"));
    naming.new_call();
    assert!(naming.is_made("local_call_1"));
    let strangers = ["local_call_0", "local_call_2", "local_call_", "1", "call_1"];
    for stranger in strangers {
        assert!(!naming.is_made(stranger), "{stranger}");
    }
    // What reads as the same number is another name.
    for stranger in ["local_call_+1", "local_call_01"] {
        assert!(!naming.is_made(stranger), "{stranger}");
    }
}

/// A place that holds a name or a text.
type Place = fn(&mut Naming, Arc<str>);

const PLACES: [Place; 11] = [
    |naming, name| {
        naming.begin_reply();
        naming.reply.as_mut().unwrap().response = name;
    },
    |naming, name| {
        naming.begin_reply();
        naming.reply.as_mut().unwrap().item = Some(name);
    },
    |naming, name| {
        naming.begin_reply();
        naming.reply.as_mut().unwrap().spoken = Some(name);
    },
    |naming, name| {
        naming.begin_reply();
        naming.reply.as_mut().unwrap().response = Arc::clone(&name);
        naming.close_reply(Some(&name), false);
    },
    |naming, name| {
        naming.begin_reply();
        naming.open_item(name);
        naming.spoken();
        naming.close_reply(Some("local_response_1"), false);
        naming.before = None;
    },
    |naming, name| naming.user = Some(Utterance::new(name)),
    |naming, text| {
        let mut user = Utterance::new(Arc::from("item"));
        user.provisional = Some(Box::from(&*text));
        naming.user = Some(user);
    },
    |naming, name| naming.spoke = Some(name),
    |naming, name| naming.remote = Some(name),
    |naming, name| naming.before = Some(name),
    |naming, name| naming.beside = Some(name),
];

#[test]
fn every_place_that_holds_something_is_counted() {
    for (at, place) in PLACES.iter().enumerate() {
        let mut naming = Naming::default();
        place(&mut naming, Arc::from("a".repeat(1000)));
        assert!((1000..1100).contains(&naming.heap()), "place {at}");
    }
}
