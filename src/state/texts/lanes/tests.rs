use crate::{
    config::Limits,
    event::{Event, Lane, Previous, TextStatus},
    id::Id,
    state::{
        Conversation,
        chart::{Step, assert_chart, chart, out},
        texts::{Key, Side, Texts},
    },
};
use alloc::{format, string::String, vec, vec::Vec};

/// The text of a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Unknown,
    /// Room was made, and nothing was said.
    Empty,
    Open,
    Done,
}

/// What is over, or what comes after that.
#[derive(Clone, Copy, Debug)]
enum Trigger {
    Over,
    OverCut,
    OtherLane,
    OtherItem,
    Opened,
    Delta,
    Close,
}

const CHART: &str = r#"
Unknown
    Opened               Empty
    Delta                Open         said
    nothing: Over, OverCut, OtherLane, OtherItem, Close
Empty
    Delta                Open         said
    Close                Unknown
    nothing: Over, OverCut, OtherLane, OtherItem, Opened
Open
    Over                 Done         Final "one ", kept "one ", said
    OverCut              Done         Interrupted "one ", kept "one ", said
    Delta                Open         said
    Close                Unknown      Abandoned "one ", kept "one "
    nothing: OtherLane, OtherItem, Opened
Done
    Close                Unknown
    nothing: Over, OverCut, OtherLane, OtherItem, Opened, Delta
"#;

#[test]
fn a_text_without_an_end_of_its_own_ends_as_charted() {
    use State as S;
    use Trigger as T;
    let states = [S::Unknown, S::Empty, S::Open, S::Done];
    let triggers = [
        T::Over,
        T::OverCut,
        T::OtherLane,
        T::OtherItem,
        T::Opened,
        T::Delta,
        T::Close,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut texts = Texts::new(4);
    let path = match state {
        State::Unknown => vec![],
        State::Empty => vec![T::Opened],
        State::Open => vec![T::Delta],
        State::Done => vec![T::Delta, T::Over],
    };
    for trigger in path {
        pull(&mut texts, trigger);
    }
    assert_eq!(read(&texts), state);
    let told = pull(&mut texts, trigger);
    Step {
        after: read(&texts),
        told,
    }
}

fn read(texts: &Texts) -> State {
    match texts.parts.first() {
        None => State::Unknown,
        Some(part) if part.done => State::Done,
        Some(part) if part.said == 0 => State::Empty,
        Some(_) => State::Open,
    }
}

const KEY: Key<'static> = Key {
    item: Some("item"),
    index: 0,
    side: Side::Reply(Lane::Spoken),
};

/// What is told, what comes to be kept, and whether something was said at all.
fn pull(texts: &mut Texts, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    let mut conversation = Conversation::new(&Limits::default());
    let id = Id::borrowed("item");
    conversation.spoken(id.as_ref(), &Previous::Unknown, &mut out);
    let mut over = |item, lanes: fn(Lane) -> bool, status| {
        texts.lanes_over(item, lanes, status, &mut conversation, &mut out)
    };
    let said = match trigger {
        Trigger::Over => over("item", |lane| lane == Lane::Spoken, TextStatus::Final),
        Trigger::OverCut => over("item", |_| true, TextStatus::Interrupted),
        Trigger::OtherLane => over("item", |lane| lane == Lane::Thought, TextStatus::Final),
        Trigger::OtherItem => over("other", |_| true, TextStatus::Final),
        Trigger::Opened => {
            texts.open(KEY, Some("resp"), &mut out);
            false
        }
        Trigger::Delta => texts.append(KEY, Some("resp"), "one ", &mut out),
        Trigger::Close => {
            texts.close(&mut conversation, &mut out);
            false
        }
    };
    let kept = conversation
        .get("item")
        .and_then(|item| item.text(Lane::Spoken));
    let kept = kept.map(|text| format!("kept {text:?}"));
    let events = out.finish();
    let told = events.iter().map(shown);
    let said = said.then(|| String::from("said"));
    told.chain(kept).chain(said).collect()
}

fn shown(event: &Event<'_>) -> String {
    match event {
        Event::TextDone(done) => format!("{:?} {:?}", done.status, done.text),
        other => String::from(other.name()),
    }
}

#[test]
fn what_the_user_said_so_far_is_known_until_its_end() {
    let mut texts = Texts::new(4);
    let key = Key {
        side: Side::Input,
        ..KEY
    };
    assert_eq!(texts.said("item"), None);
    texts.append(key, None, "one ", &mut out());
    texts.append(KEY, None, "not this", &mut out());
    texts.append(key, None, "two", &mut out());
    assert_eq!(texts.said("item"), Some("one two"));
    assert_eq!(texts.said("other"), None);
    texts.item_deleted("item", &mut out());
    assert_eq!(texts.said("item"), None);
}
