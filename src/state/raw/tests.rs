use super::Announced;
use crate::{
    dialect::Fact,
    event::{By, Completion, ConversationRef, Event, ItemKind, Origin, Outcome},
    id::Id,
    state::{
        Out, State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{created, done, item, state as machines},
    },
};
use alloc::{boxed::Box, format, string::String, vec, vec::Vec};

/// What audio without a word about it is of.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Nothing,
    Response,
    Message,
    /// The same, and the response has ended.
    Over,
    /// The same, and the user has cut it.
    Cut,
    /// Another response.
    Other,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Created,
    OtherCreated,
    MessageBegan,
    CallBegan,
    UserMessage,
    Audio,
    Speech,
    Completed,
    Cancelled,
}

const CHART: &str = r#"
Nothing
    Created              Response     response_started
    OtherCreated         Other        response_started
    MessageBegan         Message      response_started, item_added
    CallBegan            Nothing      response_started, item_added, tool_call_started
    UserMessage          Nothing      item_added
    Speech               Nothing      speech_started, user_turn_started
    Completed            Nothing      response_started, ended Completed(EndTurn)
    Cancelled            Nothing      response_started, ended Cancelled(Client)
    nothing: Audio
Response
    OtherCreated         Other        ended Cancelled(Superseded), response_started
    MessageBegan         Message      item_added
    CallBegan            Response     item_added, tool_call_started
    UserMessage          Response     item_added
    Audio                Response     audio of resp, None
    Speech               Response     speech_started, user_turn_started
    Completed            Over         ended Completed(EndTurn)
    Cancelled            Over         ended Cancelled(Client)
    nothing: Created
Message
    OtherCreated         Other        ended Cancelled(Superseded), response_started
    CallBegan            Message      item_added, tool_call_started
    UserMessage          Message      item_added
    Audio                Message      audio of resp, Some("item")
    Speech               Message      speech_started, user_turn_started
    Completed            Over         ended Completed(EndTurn)
    Cancelled            Over         ended Cancelled(Client)
    nothing: Created, MessageBegan
Over
    OtherCreated         Other        response_started
    UserMessage          Over         item_added
    Speech               Over         speech_started, user_turn_started
    nothing: Created, MessageBegan, CallBegan, Audio, Completed, Cancelled
Cut
    OtherCreated         Other        ended Cancelled(Superseded), response_started
    CallBegan            Cut          item_added, tool_call_started
    UserMessage          Cut          item_added
    Speech               Cut          speech_started
    Completed            Over         ended Completed(EndTurn)
    Cancelled            Over         ended Cancelled(Client)
    nothing: Created, MessageBegan, Audio
Other
    UserMessage          Other        item_added
    Audio                Other        audio of other, None
    Speech               Other        speech_started, user_turn_started
    Completed            Other        usage
    Cancelled            Other        usage
    nothing: Created, OtherCreated, MessageBegan, CallBegan
"#;

#[test]
fn raw_audio_belongs_as_charted() {
    use Trigger as T;
    let states = [
        State::Nothing,
        State::Response,
        State::Message,
        State::Over,
        State::Cut,
        State::Other,
    ];
    let triggers = [
        T::Created,
        T::OtherCreated,
        T::MessageBegan,
        T::CallBegan,
        T::UserMessage,
        T::Audio,
        T::Speech,
        T::Completed,
        T::Cancelled,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

#[test]
fn where_audio_comes_in_messages_nothing_is_announced() {
    let mut machines = machines();
    for trigger in [Trigger::Created, Trigger::MessageBegan] {
        act(&mut machines, trigger, &mut out());
    }
    assert!(!machines.has_announced());
    assert!(machines.raw_audio(4800, &mut out()).is_none());
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut machines = machines();
    machines.capabilities.binary_audio = true;
    let path = match state {
        State::Nothing => vec![],
        State::Response => vec![T::Created],
        State::Message => vec![T::Created, T::MessageBegan],
        State::Over => vec![T::Created, T::MessageBegan, T::Completed],
        State::Cut => vec![T::Created, T::MessageBegan, T::Audio, T::Speech],
        State::Other => vec![T::Created, T::OtherCreated],
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
    let Some(Announced { of, .. }) = machines.announced.as_deref() else {
        return State::Nothing;
    };
    assert!(machines.has_announced());
    let (item, of) = (&of.item, of.response.as_deref());
    if of == Some("other") {
        State::Other
    } else if of.is_some_and(|of| machines.responses.has_ended(of)) {
        State::Over
    } else if of.is_some_and(|of| machines.responses.is_cut(of)) {
        State::Cut
    } else if item.is_some() {
        State::Message
    } else {
        State::Response
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    let of = act(machines, trigger, &mut out);
    let mut told = told_and_sent(out);
    told.extend(of);
    told
}

/// What audio that surfaces is of.
fn act(machines: &mut Machines, trigger: Trigger, out: &mut Out<'_>) -> Option<String> {
    let began = |id, kind, origin| {
        let mut item = item(kind, origin);
        item.ids.item_id = Id::borrowed(id);
        Fact::Event(Event::ItemAdded(Box::new(item)))
    };
    match trigger {
        Trigger::Created => created(machines, Some("resp"), ConversationRef::Default, out),
        Trigger::OtherCreated => created(machines, Some("other"), ConversationRef::Default, out),
        Trigger::MessageBegan => {
            machines.observe(began("item", ItemKind::Message, Origin::Response), out);
        }
        Trigger::CallBegan => {
            machines.observe(began("call", ItemKind::FunctionCall, Origin::Response), out);
        }
        Trigger::UserMessage => {
            machines.observe(began("user", ItemKind::Message, Origin::Conversation), out);
        }
        Trigger::Audio => {
            let raw = machines.raw_audio(4800, out)?;
            let (response, item) = (raw.of.response.clone()?, &raw.of.item);
            return Some(format!("audio of {response}, {item:?}"));
        }
        Trigger::Speech => {
            let speech = crate::event::Speech {
                at: None,
                item_id: None,
            };
            machines.observe(Fact::Event(Event::SpeechStarted(speech)), out);
        }
        Trigger::Completed => {
            let completed = Outcome::Completed(Completion::EndTurn);
            done(machines, Some("resp"), completed, out);
        }
        Trigger::Cancelled => {
            done(machines, Some("resp"), Outcome::Cancelled(By::Client), out);
        }
    }
    None
}
