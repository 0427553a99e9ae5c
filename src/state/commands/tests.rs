use super::{Commands, Expect};
use crate::{
    event::{By, Class, Event, Fault, Retry, Scope, ServerError, Settlement},
    id::{CommandId, Id},
    state::chart::{Step, assert_chart, chart, out},
};
use alloc::{borrow::Cow, format, string::String, vec, vec::Vec};

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Unknown,
    /// Its frame waits for its turn.
    Waiting,
    Sent,
    /// One of its two frames was acknowledged, or none.
    SentTwo,
    /// The session's own.
    Own,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Waits,
    Sent,
    Acknowledged,
    ErrorById,
    ErrorByCode,
    OtherError,
    Dropped,
    Close,
}

const CHART: &str = "
Unknown
    Waits                Waiting
    Sent                 Sent
    nothing: Acknowledged, ErrorById, ErrorByCode, OtherError, Dropped, Close
Waiting
    Sent                 Sent
    Dropped              Unknown      Dropped(UserSpeech)
    Close                Unknown      Unknown
    nothing: Waits, Acknowledged, ErrorById, ErrorByCode, OtherError
Sent
    Waits                Waiting
    Sent                 SentTwo
    Acknowledged         Unknown      Accepted
    ErrorById            Unknown      rejected
    ErrorByCode          Unknown      rejected
    Dropped              Unknown      Dropped(UserSpeech)
    Close                Unknown      Unknown
    nothing: OtherError
SentTwo
    Acknowledged         Sent
    ErrorById            Unknown      rejected
    ErrorByCode          Unknown      rejected
    Dropped              Unknown      Dropped(UserSpeech)
    Close                Unknown      Unknown
    nothing: Waits, Sent, OtherError
Own
    Acknowledged         Unknown
    ErrorById            Unknown      rejected
    ErrorByCode          Unknown      rejected
    Dropped              Unknown
    Close                Unknown
    nothing: Waits, Sent, OtherError
";

#[test]
fn what_settles_silently_takes_room_too() {
    let mut own = Commands::default();
    own.originate(command());
    let mut resumed = Commands::default();
    let other = CommandId::parse("rp-8").unwrap();
    resumed.waits(other, Expect::Committed);
    let before = resumed.memory();

    resumed.resume(command(), Expect::Committed);

    assert!(own.memory() >= size_of::<CommandId>());
    assert!(resumed.memory() >= before + size_of::<CommandId>());
}

#[test]
fn a_command_goes_as_charted() {
    use Trigger as T;
    let states = [
        State::Unknown,
        State::Waiting,
        State::Sent,
        State::SentTwo,
        State::Own,
    ];
    let triggers = [
        T::Waits,
        T::Sent,
        T::Acknowledged,
        T::ErrorById,
        T::ErrorByCode,
        T::OtherError,
        T::Dropped,
        T::Close,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    use Trigger as T;
    let mut commands = Commands::default();
    if state == State::Own {
        commands.originate(command());
    }
    let path = match state {
        State::Unknown => vec![],
        State::Waiting => vec![T::Waits],
        State::Sent | State::Own => vec![T::Sent],
        State::SentTwo => vec![T::Sent, T::Sent],
    };
    for trigger in path {
        pull(&mut commands, trigger);
    }
    assert_eq!(read(&commands), state);
    let told = pull(&mut commands, trigger);
    Step {
        after: read(&commands),
        told,
    }
}

fn read(commands: &Commands) -> State {
    match &**commands.pending {
        [] => State::Unknown,
        _ if !commands.originated.is_empty() => State::Own,
        [one] if one.waits => State::Waiting,
        [_] => State::Sent,
        _ => State::SentTwo,
    }
}

fn pull(commands: &mut Commands, trigger: Trigger) -> Vec<String> {
    let mut out = out();
    match trigger {
        Trigger::Waits => commands.waits(command(), Expect::Committed),
        Trigger::Sent => commands.sent(command(), 7, None, Expect::Committed),
        Trigger::Acknowledged => {
            commands.acknowledge(|expect| *expect == Expect::Committed, &mut out);
        }
        Trigger::ErrorById => fail(commands, &error(None, Some("rp-7")), &mut out),
        Trigger::ErrorByCode => {
            let code = Some("input_audio_buffer_commit_empty");
            fail(commands, &error(code, None), &mut out);
        }
        Trigger::OtherError => fail(commands, &error(Some("invalid_value"), None), &mut out),
        Trigger::Dropped => {
            commands.end(command(), Settlement::Dropped(By::UserSpeech), &mut out);
        }
        Trigger::Close => commands.close(&mut out),
    }
    let events = out.finish();
    let settled = events.iter().map(|event| match event {
        Event::CommandSettled(settled) => match &settled.outcome {
            Settlement::Rejected(_) => String::from("rejected"),
            outcome => format!("{outcome:?}"),
        },
        other => String::from(other.name()),
    });
    settled.collect()
}

fn fail(commands: &mut Commands, error: &ServerError<'_>, out: &mut super::Out<'_>) {
    if let Some((command, _)) = commands.take_failed(error) {
        let rejected = Settlement::Rejected(Fault::default());
        commands.fail(command, rejected, out);
    }
}

fn command() -> CommandId {
    CommandId::parse("rp-7").unwrap()
}

fn error(code: Option<&'static str>, id: Option<&'static str>) -> ServerError<'static> {
    ServerError {
        class: Class::Rejected,
        scope: Scope::Session,
        code: code.map(Cow::Borrowed),
        kind: None,
        message: None,
        param: None,
        client_event_id: id.and_then(Id::borrowed),
        session_usable: true,
        retry: Retry::Never,
        raw: Cow::Borrowed(""),
    }
}
