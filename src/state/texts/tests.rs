use super::{Key, Side, Texts};
use crate::{
    config::Limits,
    event::{By, Completion, Event, Ids, Lane, Outcome, Previous, TextDone, TextStatus},
    id::Id,
    state::{
        Conversation,
        chart::{Step, assert_chart, chart, out},
    },
};
use alloc::{borrow::Cow, format, string::String, vec, vec::Vec};

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Unknown,
    /// Room was made, and nothing was said.
    Empty,
    /// "one " was said.
    Open,
    Done,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Opened,
    Delta,
    Done,
    ResponseCompleted,
    ResponseCancelled,
    ItemDeleted,
    Close,
}

const CHART: &str = r#"
Unknown
    Opened               Empty
    Delta                Open         text_delta
    Done                 Done         Final "one two", of which unsaid "one two"
    nothing: ResponseCompleted, ResponseCancelled, ItemDeleted, Close
Empty
    Delta                Open         text_delta
    Done                 Done         Final "one two", of which unsaid "one two"
    ResponseCompleted    Unknown
    ResponseCancelled    Unknown
    ItemDeleted          Unknown
    Close                Unknown
    nothing: Opened
Open
    Delta                Open         text_delta
    Done                 Done         Final "one two", of which unsaid "two"
    ResponseCompleted    Unknown      Final "one ", of which unsaid ""
    ResponseCancelled    Unknown      Interrupted "one ", of which unsaid ""
    ItemDeleted          Unknown      Abandoned "one ", of which unsaid ""
    Close                Unknown      Abandoned "one ", of which unsaid ""
    nothing: Opened
Done
    ResponseCompleted    Unknown
    ResponseCancelled    Unknown
    ItemDeleted          Unknown
    Close                Unknown
    nothing: Opened, Delta, Done
"#;

#[test]
fn a_text_goes_as_charted() {
    use Trigger as T;
    let states = [State::Unknown, State::Empty, State::Open, State::Done];
    let triggers = [
        T::Opened,
        T::Delta,
        T::Done,
        T::ResponseCompleted,
        T::ResponseCancelled,
        T::ItemDeleted,
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
        State::Done => vec![T::Done],
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

/// What surfaces of a delta, and each end with its text, how it ended, and what was unsaid of it.
fn pull(texts: &mut Texts, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    let mut conversation = Conversation::new(&Limits::default());
    let key = Key {
        item: Some("item"),
        index: 0,
        side: Side::Reply(Lane::Spoken),
    };
    let mut end = |outcome: Outcome<'_>| {
        texts.response_ended(Some("resp"), &outcome, &mut conversation, &mut out);
    };
    match trigger {
        Trigger::ResponseCompleted => end(Outcome::Completed(Completion::EndTurn)),
        Trigger::ResponseCancelled => end(Outcome::Cancelled(By::Client)),
        Trigger::Opened => {
            texts.open(key, Some("resp"), &mut out);
        }
        Trigger::Delta => {
            let surfaces = texts.append(key, Some("resp"), "one ", &mut out);
            return surfaces
                .then(|| String::from("text_delta"))
                .into_iter()
                .collect();
        }
        Trigger::Done => {
            let mut done = done();
            let first = texts.done(&mut done, Some("resp"), &mut out);
            return first.then(|| shown(&done)).into_iter().collect();
        }
        Trigger::ItemDeleted => texts.item_deleted("item", &mut out),
        Trigger::Close => texts.close(&mut conversation, &mut out),
    }
    let events = out.finish();
    let ends = events.iter().map(|event| match event {
        Event::TextDone(done) => shown(done),
        other => String::from(other.name()),
    });
    ends.collect()
}

fn shown(done: &TextDone<'_>) -> String {
    let TextDone {
        text,
        suffix,
        status,
        ..
    } = done;
    format!("{status:?} {text:?}, of which unsaid {suffix:?}")
}

fn done() -> TextDone<'static> {
    TextDone {
        ids: Ids {
            response_id: Id::borrowed("resp"),
            item_id: Id::borrowed("item"),
            ..Ids::default()
        },
        lane: Lane::Spoken,
        text: Cow::Borrowed("one two"),
        suffix: Cow::Borrowed(""),
        previous: Previous::Unknown,
        status: TextStatus::Final,
    }
}
