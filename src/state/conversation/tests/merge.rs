//! What is kept of an item of which several frames tell.

use super::item;
use crate::{
    config::{Limits, Retain},
    event::{Lane, Previous, Status},
    state::{
        Conversation, Out,
        chart::{Step, assert_chart, chart, out, told},
    },
};
use alloc::{format, string::String, vec::Vec};
use core::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Told {
    Nothing,
    InProgress,
    Other,
    Completed,
    Incomplete,
}

const STATUS: &str = "
Nothing
    InProgress           InProgress
    Other                Other
    Completed            Completed
    Incomplete           Incomplete
    nothing: Nothing
InProgress
    Other                Other
    Completed            Completed
    Incomplete           Incomplete
    nothing: Nothing, InProgress
Other
    Completed            Completed
    Incomplete           Incomplete
    nothing: Nothing, InProgress, Other
Completed
    Incomplete           Incomplete
    nothing: Nothing, InProgress, Other, Completed
Incomplete
    nothing: Nothing, InProgress, Other, Completed, Incomplete
";

#[test]
fn a_status_only_advances() {
    let all = [
        Told::Nothing,
        Told::InProgress,
        Told::Other,
        Told::Completed,
        Told::Incomplete,
    ];
    assert_chart(&chart(&all, &all, step_status), STATUS);
}

fn step_status(state: Told, trigger: Told) -> Step<Told> {
    let mut conversation = Conversation::new(&Limits::default());
    for told in [state, trigger] {
        let item = item("item", Previous::Unknown, status(told), "");
        conversation.added(&item, true, &mut out());
    }
    let after = match conversation.get("item").unwrap().status {
        None => Told::Nothing,
        Some(Status::InProgress) => Told::InProgress,
        Some(Status::Other(_)) => Told::Other,
        Some(Status::Completed) => Told::Completed,
        Some(Status::Incomplete) => Told::Incomplete,
    };
    let told = Vec::<String>::new();
    Step { after, told }
}

fn status(told: Told) -> Option<Status> {
    Some(match told {
        Told::Nothing => return None,
        Told::InProgress => Status::InProgress,
        Told::Other => Status::Other("odd".into()),
        Told::Completed => Status::Completed,
        Told::Incomplete => Status::Incomplete,
    })
}

/// What is kept of a text, which is "bb" where there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Text {
    Nothing,
    Partial,
    Final,
}

#[derive(Clone, Copy, Debug)]
enum OfText {
    Empty,
    PartialShorter,
    PartialSmaller,
    PartialGreater,
    PartialLonger,
    FinalShorter,
    FinalGreater,
    FinalLonger,
    ItemInProgress,
    ItemCompleted,
    ItemEmpty,
    Truncated,
    OtherLane,
    Crowded,
    Deleted,
}

const TEXT: &str = "
Nothing
    PartialShorter       Partial      shows c, says nothing, heard None
    PartialSmaller       Partial      shows aa, says nothing, heard None
    PartialGreater       Partial      shows cc, says nothing, heard None
    PartialLonger        Partial      shows aaa, says nothing, heard None
    FinalShorter         Final        shows c, says nothing, heard None
    FinalGreater         Final        shows cc, says nothing, heard None
    FinalLonger          Final        shows aaa, says nothing, heard None
    ItemInProgress       Partial      shows ccc, says nothing, heard None
    ItemCompleted        Final        shows c, says nothing, heard None
    Truncated            Nothing      shows nothing, says nothing, heard Some(40ms)
    OtherLane            Nothing      shows nothing, says c, heard None
    Deleted              Nothing      no item
    nothing: Empty, ItemEmpty, Crowded
Partial
    PartialGreater       Partial      shows cc, says nothing, heard None
    PartialLonger        Partial      shows aaa, says nothing, heard None
    FinalShorter         Final        shows c, says nothing, heard None
    FinalGreater         Final        shows cc, says nothing, heard None
    FinalLonger          Final        shows aaa, says nothing, heard None
    ItemInProgress       Partial      shows ccc, says nothing, heard None
    ItemCompleted        Final        shows c, says nothing, heard None
    Truncated            Partial      shows bb, says nothing, heard Some(40ms)
    OtherLane            Partial      shows bb, says c, heard None
    Crowded              Nothing      shows nothing, says nothing, heard None, limit_reached
    Deleted              Nothing      no item
    nothing: Empty, PartialShorter, PartialSmaller, ItemEmpty
Final
    FinalGreater         Final        shows cc, says nothing, heard None
    FinalLonger          Final        shows aaa, says nothing, heard None
    Truncated            Final        shows bb, says nothing, heard Some(40ms)
    OtherLane            Final        shows bb, says c, heard None
    Crowded              Nothing      shows nothing, says nothing, heard None, limit_reached
    Deleted              Nothing      no item
    nothing: Empty, PartialShorter, PartialSmaller, PartialGreater, PartialLonger, FinalShorter, ItemInProgress, ItemCompleted, ItemEmpty
";

#[test]
fn a_text_is_kept_as_charted() {
    use OfText as T;
    let states = [Text::Nothing, Text::Partial, Text::Final];
    let triggers = [
        T::Empty,
        T::PartialShorter,
        T::PartialSmaller,
        T::PartialGreater,
        T::PartialLonger,
        T::FinalShorter,
        T::FinalGreater,
        T::FinalLonger,
        T::ItemInProgress,
        T::ItemCompleted,
        T::ItemEmpty,
        T::Truncated,
        T::OtherLane,
        T::Crowded,
        T::Deleted,
    ];
    assert_chart(&chart(&states, &triggers, step_text), TEXT);
}

/// What is told is what is kept then, where that has changed.
fn step_text(state: Text, trigger: OfText) -> Step<Text> {
    let limits = Limits {
        conversation: Retain::Text { bytes: 8 },
        ..Limits::default()
    };
    let mut conversation = Conversation::new(&limits);
    conversation.added(&item("item", Previous::Unknown, None, ""), true, &mut out());
    match state {
        Text::Nothing => {}
        Text::Partial => say(&mut conversation, "bb", false, &mut out()),
        Text::Final => say(&mut conversation, "bb", true, &mut out()),
    }
    assert_eq!(read_text(&conversation), state);
    let before = kept(&conversation);
    let mut out = out();
    pull_text(&mut conversation, trigger, &mut out);
    let after = kept(&conversation);
    let changed = (after != before).then_some(after);
    Step {
        after: read_text(&conversation),
        told: changed.into_iter().chain(told(out)).collect(),
    }
}

fn read_text(conversation: &Conversation) -> Text {
    let item = conversation.get("item");
    let kept = item.and_then(|item| item.texts.iter().find(|kept| kept.lane == Lane::Display));
    match kept {
        None => Text::Nothing,
        Some(kept) if kept.last => Text::Final,
        Some(_) => Text::Partial,
    }
}

fn kept(conversation: &Conversation) -> String {
    let Some(item) = conversation.get("item") else {
        return String::from("no item");
    };
    let display = item.text(Lane::Display).unwrap_or("nothing");
    let spoken = item.text(Lane::Spoken).unwrap_or("nothing");
    format!("shows {display}, says {spoken}, heard {:?}", item.heard)
}

fn pull_text(conversation: &mut Conversation, trigger: OfText, out: &mut Out<'_>) {
    match trigger {
        OfText::Empty => say(conversation, "", true, out),
        OfText::PartialShorter => say(conversation, "c", false, out),
        OfText::PartialSmaller => say(conversation, "aa", false, out),
        OfText::PartialGreater => say(conversation, "cc", false, out),
        OfText::PartialLonger => say(conversation, "aaa", false, out),
        OfText::FinalShorter => say(conversation, "c", true, out),
        OfText::FinalGreater => say(conversation, "cc", true, out),
        OfText::FinalLonger => say(conversation, "aaa", true, out),
        OfText::ItemInProgress => done(conversation, Status::InProgress, "ccc", out),
        OfText::ItemCompleted => done(conversation, Status::Completed, "c", out),
        OfText::ItemEmpty => done(conversation, Status::Completed, "", out),
        OfText::Truncated => conversation.truncated(Some("item"), Duration::from_millis(40)),
        OfText::OtherLane => {
            conversation.text(Some("item"), Lane::Spoken, ("c", true), out);
        }
        OfText::Crowded => {
            conversation.added(&item("other", Previous::Unknown, None, ""), true, out);
            conversation.text(Some("other"), Lane::Display, ("whatever", true), out);
        }
        OfText::Deleted => conversation.deleted(Some("item")),
    }
}

fn say(conversation: &mut Conversation, text: &str, last: bool, out: &mut Out<'_>) {
    conversation.text(Some("item"), Lane::Display, (text, last), out);
}

fn done(conversation: &mut Conversation, status: Status, text: &'static str, out: &mut Out<'_>) {
    conversation.done(
        &item("item", Previous::Unknown, Some(status), text),
        true,
        out,
    );
}
