use crate::state::{
    chart::{Step, assert_chart, chart},
    naming::Naming,
};
use alloc::{format, vec};

/// Whether the user said something that a reply answers.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Asking {
    Nothing,
    Asked,
    /// A reply to nothing that is known is under way.
    Unasked,
    Answering,
    /// The same, and the user said something since.
    UnaskedAsked,
    AnsweringAsked,
}

#[derive(Clone, Copy, Debug)]
enum OfAsking {
    Asks,
    AnswersNothing,
    ReplyBegins,
    ReplyEnds,
    NewConnection,
}

const ASKED: &str = "
Nothing
    Asks                 Asked        after local_item_1
    ReplyBegins          Unasked
    nothing: AnswersNothing, ReplyEnds, NewConnection
Asked
    Asks                 Asked        after local_item_2
    ReplyBegins          Answering
    NewConnection        Nothing
    nothing: AnswersNothing, ReplyEnds
Unasked
    Asks                 UnaskedAsked after local_item_2
    ReplyEnds            Nothing      after local_item_1
    NewConnection        Nothing
    nothing: AnswersNothing, ReplyBegins
Answering
    Asks                 AnsweringAsked after local_item_3
    AnswersNothing       UnaskedAsked
    ReplyEnds            Nothing      after local_item_2
    NewConnection        Nothing
    nothing: ReplyBegins
UnaskedAsked
    Asks                 UnaskedAsked after local_item_3
    ReplyEnds            Asked
    NewConnection        Nothing
    nothing: AnswersNothing, ReplyBegins
AnsweringAsked
    Asks                 AnsweringAsked after local_item_4
    AnswersNothing       UnaskedAsked
    ReplyEnds            Asked
    NewConnection        Nothing
    nothing: ReplyBegins
";

#[test]
fn what_a_reply_answers_is_as_charted() {
    use Asking as S;
    use OfAsking as T;
    let states = [
        S::Nothing,
        S::Asked,
        S::Unasked,
        S::Answering,
        S::UnaskedAsked,
        S::AnsweringAsked,
    ];
    let triggers = [
        T::Asks,
        T::AnswersNothing,
        T::ReplyBegins,
        T::ReplyEnds,
        T::NewConnection,
    ];
    assert_chart(&chart(&states, &triggers, step_asked), ASKED);
}

fn step_asked(state: Asking, trigger: OfAsking) -> Step<Asking> {
    use OfAsking as T;
    let mut naming = Naming::default();
    let path = match state {
        Asking::Nothing => vec![],
        Asking::Asked => vec![T::Asks],
        Asking::Unasked => vec![T::ReplyBegins],
        Asking::Answering => vec![T::Asks, T::ReplyBegins],
        Asking::UnaskedAsked => vec![T::ReplyBegins, T::Asks],
        Asking::AnsweringAsked => vec![T::Asks, T::ReplyBegins, T::Asks],
    };
    for trigger in path {
        pull_asked(&mut naming, trigger);
    }
    assert_eq!(read_asked(&naming), state);
    let before = naming.before.clone();
    pull_asked(&mut naming, trigger);
    let moved = naming.before.clone().filter(|_| naming.before != before);
    Step {
        after: read_asked(&naming),
        told: moved.iter().map(|item| format!("after {item}")).collect(),
    }
}

fn read_asked(naming: &Naming) -> Asking {
    match (naming.reply.is_some(), naming.asked, naming.asked_again) {
        (false, false, false) => Asking::Nothing,
        (false, true, false) => Asking::Asked,
        (true, false, false) => Asking::Unasked,
        (true, true, false) => Asking::Answering,
        (true, false, true) => Asking::UnaskedAsked,
        (true, true, true) => Asking::AnsweringAsked,
        odd => panic!("{odd:?}"),
    }
}

fn pull_asked(naming: &mut Naming, trigger: OfAsking) {
    match trigger {
        OfAsking::Asks => {
            let item = naming.new_item();
            naming.asks(&item);
        }
        OfAsking::AnswersNothing => {
            if naming.reply.is_some() {
                naming.answers_nothing();
            }
        }
        OfAsking::ReplyBegins => {
            if naming.reply.is_none() {
                naming.begin_reply();
                let item = naming.new_item();
                naming.open_item(item);
            }
        }
        OfAsking::ReplyEnds => {
            let response = naming.reply.as_ref().map(|reply| reply.response.clone());
            naming.close_reply(response.as_deref(), false);
        }
        OfAsking::NewConnection => {
            let before = core::mem::take(naming);
            naming.carry_on(before);
        }
    }
}
