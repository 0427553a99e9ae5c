use crate::{
    delta::DeltaKind,
    dialect::Fact,
    event::{
        Completion, ConversationRef, Event, Ids, Lane, Outcome, Previous, SuppressedReason,
        TextDone, TextStatus,
    },
    id::Id,
    state::{
        State as Machines,
        chart::{Step, assert_chart, chart, out},
        sample::{created, delta, done, state},
        texts::Key,
    },
};
use alloc::{borrow::Cow, boxed::Box, format, string::String, vec, vec::Vec};

/// What was said of the text, and whether more may be.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Nothing,
    One,
    OneTwo,
    /// Something else.
    Other,
    Done,
    /// A barge-in has cut the response.
    Cut,
    /// A cancel of the response is on its way.
    Cancelling,
    Over,
}

/// All that the text says so far; or another word of it.
#[derive(Clone, Copy, Debug)]
enum Trigger {
    Empty,
    One,
    OneTwo,
    Two,
    Delta,
    Done,
    ResponseDone,
}

const CHART: &str = r#"
Nothing
    One                  One          new "one "
    OneTwo               OneTwo       new "one two"
    Two                  Other        new "two"
    Delta                Other        new "two"
    Done                 Done         all "one two", unsaid "one two"
    ResponseDone         Over         response_finished
    nothing: Empty
One
    OneTwo               OneTwo       new "two"
    Delta                OneTwo       new "two"
    Done                 Done         all "one two", unsaid "two"
    ResponseDone         Over         all "one ", unsaid "", response_finished
    nothing: Empty, One, Two
OneTwo
    Delta                Other        new "two"
    Done                 Done         all "one two", unsaid ""
    ResponseDone         Over         all "one two", unsaid "", response_finished
    nothing: Empty, One, OneTwo, Two
Other
    Delta                Other        new "two"
    Done                 Done         all "one two", unsaid ""
    ResponseDone         Over         all "two", unsaid "", response_finished
    nothing: Empty, One, OneTwo, Two
Done
    ResponseDone         Over         response_finished
    nothing: Empty, One, OneTwo, Two, Delta, Done
Cut
    Empty                Cut          stale
    One                  Cut          stale
    OneTwo               Cut          stale
    Two                  Cut          stale
    Done                 Cut          all "one two", unsaid "two"
    ResponseDone         Over         all "one ", unsaid "", response_finished
    nothing: Delta
Cancelling
    Empty                Cancelling   stale
    One                  Cancelling   stale
    OneTwo               Cancelling   stale
    Two                  Cancelling   stale
    Done                 Cancelling   all "one two", unsaid "two"
    ResponseDone         Over         all "one ", unsaid "", response_finished
    nothing: Delta
Over
    Empty                Over         stale
    One                  Over         stale
    OneTwo               Over         stale
    Two                  Over         stale
    nothing: Delta, Done, ResponseDone
"#;

#[test]
fn a_text_that_is_told_whole_grows_as_charted() {
    use State as S;
    use Trigger as T;
    let states = [
        S::Nothing,
        S::One,
        S::OneTwo,
        S::Other,
        S::Done,
        S::Cut,
        S::Cancelling,
        S::Over,
    ];
    let triggers = [
        T::Empty,
        T::One,
        T::OneTwo,
        T::Two,
        T::Delta,
        T::Done,
        T::ResponseDone,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut machines = begun();
    let path = match state {
        State::Nothing => vec![],
        State::OneTwo => vec![T::OneTwo],
        State::Other => vec![T::Two],
        State::Done => vec![T::One, T::Done],
        State::One | State::Cut | State::Cancelling => vec![T::One],
        State::Over => vec![T::One, T::ResponseDone],
    };
    for trigger in path {
        pull(&mut machines, trigger);
    }
    match state {
        State::Cut => drop(machines.responses.cut(true)),
        State::Cancelling => machines.responses.cancelling(Some("resp")),
        _ => {}
    }
    assert_eq!(read(&mut machines), state);
    let told = pull(&mut machines, trigger);
    Step {
        after: read(&mut machines),
        told,
    }
}

fn begun() -> Machines {
    let mut machines = state();
    created(
        &mut machines,
        Some("resp"),
        ConversationRef::Default,
        &mut out(),
    );
    machines
}

fn read(machines: &mut Machines) -> State {
    let Some(active) = machines.responses.active() else {
        return State::Over;
    };
    if active.cut {
        return State::Cut;
    }
    if active.cancelling {
        return State::Cancelling;
    }
    let item = Id::borrowed("item");
    let key = Key::reply(item.as_ref(), None, Lane::Spoken);
    if !machines.texts.knows(key) {
        return State::Nothing;
    }
    // What is new of a longer text shows what was said before.
    let mut texts = machines.texts.clone();
    match texts.grown(key, Some("resp"), "one two!", &mut out()) {
        Some("one two!") => State::Nothing,
        Some("two!") => State::One,
        Some("!") => State::OneTwo,
        _ if texts.append(key, Some("resp"), "!", &mut out()) => State::Other,
        _ => State::Done,
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let whole = match trigger {
        Trigger::Empty => "",
        Trigger::One => "one ",
        Trigger::OneTwo => "one two",
        Trigger::Two => "two",
        Trigger::Delta => {
            let more = delta(machines, DeltaKind::Text(Lane::Spoken), "two", &mut out());
            return more.iter().map(shown).collect();
        }
        Trigger::Done => return observe(machines, Fact::Event(text_done())),
        Trigger::ResponseDone => {
            let (mut out, end) = (out(), Outcome::Completed(Completion::EndTurn));
            done(machines, Some("resp"), end, &mut out);
            return out.finish().iter().map(shown).collect();
        }
    };
    observe(
        machines,
        Fact::TextSoFar(ids(), Lane::Spoken, Cow::Borrowed(whole)),
    )
}

fn observe(machines: &mut Machines, fact: Fact<'_>) -> Vec<String> {
    let mut out = out();
    machines.observe(fact, &mut out);
    let stale = out.silence() == Some(SuppressedReason::StaleEpoch);
    let events = out.finish();
    let told = events.iter().map(shown);
    told.chain(stale.then(|| String::from("stale"))).collect()
}

fn shown(event: &Event<'_>) -> String {
    match event {
        Event::TextDelta(delta) => format!("new {:?}", delta.delta),
        Event::TextDone(done) => format!("all {:?}, unsaid {:?}", done.text, done.suffix),
        other => String::from(other.name()),
    }
}

fn ids() -> Ids<'static> {
    Ids {
        response_id: Id::borrowed("resp"),
        item_id: Id::borrowed("item"),
        ..Ids::default()
    }
}

fn text_done() -> Event<'static> {
    Event::TextDone(Box::new(TextDone {
        ids: ids(),
        lane: Lane::Spoken,
        text: Cow::Borrowed("one two"),
        suffix: Cow::Borrowed(""),
        previous: Previous::Unknown,
        status: TextStatus::Final,
    }))
}

#[test]
fn a_thought_that_is_told_whole_is_no_text_of_the_response() {
    for (lane, is_text) in [(Lane::Thought, false), (Lane::Display, true)] {
        let mut machines = begun();
        let text = Fact::TextSoFar(ids(), lane, Cow::Borrowed("hm"));
        machines.observe(text, &mut out());
        let active = machines.responses.active();
        assert_eq!(active.map(|active| active.had_text), Some(is_text));
    }
}
