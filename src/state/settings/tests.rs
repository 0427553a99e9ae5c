use super::Change;
use crate::{
    capabilities::Configurable,
    config::{RawJson, SessionConfig, SessionKind, SessionPatch},
    delta::DeltaKind,
    dialect::{Detection, Extras, Fact, SessionFact},
    error::SendError,
    event::{Class, Event, Ready, Retry, Scope, ServerError},
    id::CommandId,
    state::{
        Expect, Out, State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{delta, state as machines},
    },
};
use alloc::{borrow::Cow, boxed::Box, format, string::String, vec, vec::Vec};

/// What is known of the settings, and whether a change of them is on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// The server has told nothing.
    Untold,
    Told,
    /// A change of the instructions is on its way.
    Asked,
    /// Audio has come: the voice stays.
    Voiced,
    /// Tracing is on: it stays.
    Traced,
    /// The opening was the only moment.
    Locked,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Nothing,
    Same,
    Other,
    Voice,
    SameModel,
    OtherModel,
    SameKind,
    OtherKind,
    Tracing,
    Created,
    UpdatedAsAsked,
    UpdatedOtherwise,
    UpdatedSilently,
    Refused,
}

const CHART: &str = r#"
Untold
    Nothing              Untold       settled Accepted
    Same                 Asked        > change
    Other                Asked        > change
    Voice                Asked        > change
    SameModel            Asked        > change
    OtherModel           Asked        > change
    SameKind             Asked        > change
    OtherKind            Untold       immutable kind
    Tracing              Asked        > change
    Created              Told         ready
    UpdatedAsAsked       Told         ready
    UpdatedOtherwise     Told         ready
    UpdatedSilently      Untold       ready
    Refused              Untold       error
Told
    Nothing              Told         settled Accepted
    Same                 Told         settled Accepted
    Other                Asked        > change
    Voice                Asked        > change
    SameModel            Told         settled Accepted
    OtherModel           Told         immutable model
    SameKind             Told         settled Accepted
    OtherKind            Told         immutable kind
    Tracing              Asked        > change
    Created              Told         updated, unlike []
    UpdatedAsAsked       Told         updated, unlike []
    UpdatedOtherwise     Told         updated, unlike []
    UpdatedSilently      Told         updated, unlike []
    Refused              Told         error
Asked
    Nothing              Asked        settled Accepted
    Same                 Asked        > change
    Other                Asked        > change
    Voice                Asked        > change
    SameModel            Asked        > change
    OtherModel           Asked        immutable model
    SameKind             Asked        > change
    OtherKind            Asked        immutable kind
    Tracing              Asked        > change
    Created              Asked        updated, unlike []
    UpdatedAsAsked       Told         updated, unlike [], settled Accepted
    UpdatedOtherwise     Told         updated, unlike ["instructions"], settled Accepted
    UpdatedSilently      Untold       updated, unlike [], settled Accepted
    Refused              Told         error, settled Rejected
Voiced
    Nothing              Voiced       settled Accepted
    Same                 Voiced       settled Accepted
    Other                Asked        > change
    Voice                Voiced       settled Rejected
    SameModel            Voiced       settled Accepted
    OtherModel           Voiced       immutable model
    SameKind             Voiced       settled Accepted
    OtherKind            Voiced       immutable kind
    Tracing              Asked        > change
    Created              Voiced       updated, unlike []
    UpdatedAsAsked       Voiced       updated, unlike []
    UpdatedOtherwise     Voiced       updated, unlike []
    UpdatedSilently      Voiced       updated, unlike []
    Refused              Voiced       error
Traced
    Nothing              Traced       settled Accepted
    Same                 Traced       settled Accepted
    Other                Asked        > change
    Voice                Asked        > change
    SameModel            Traced       settled Accepted
    OtherModel           Traced       immutable model
    SameKind             Traced       settled Accepted
    OtherKind            Traced       immutable kind
    Tracing              Traced       immutable tracing
    Created              Traced       updated, unlike []
    UpdatedAsAsked       Traced       updated, unlike []
    UpdatedOtherwise     Traced       updated, unlike []
    UpdatedSilently      Traced       updated, unlike []
    Refused              Traced       error
Locked
    Nothing              Locked       immutable session
    Same                 Locked       immutable session
    Other                Locked       immutable session
    Voice                Locked       immutable session
    SameModel            Locked       immutable session
    OtherModel           Locked       immutable session
    SameKind             Locked       immutable session
    OtherKind            Locked       immutable session
    Tracing              Locked       immutable session
    Created              Locked       updated, unlike []
    UpdatedAsAsked       Locked       updated, unlike []
    UpdatedOtherwise     Locked       updated, unlike []
    UpdatedSilently      Locked       updated, unlike []
    Refused              Locked       error
"#;

#[test]
fn settings_go_as_charted() {
    use Trigger as T;
    let states = [
        State::Untold,
        State::Told,
        State::Asked,
        State::Voiced,
        State::Traced,
        State::Locked,
    ];
    let triggers = [
        T::Nothing,
        T::Same,
        T::Other,
        T::Voice,
        T::SameModel,
        T::OtherModel,
        T::SameKind,
        T::OtherKind,
        T::Tracing,
        T::Created,
        T::UpdatedAsAsked,
        T::UpdatedOtherwise,
        T::UpdatedSilently,
        T::Refused,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    let mut machines = machines();
    let path = match state {
        State::Untold => vec![],
        State::Asked => vec![Trigger::Created, Trigger::Other],
        State::Told | State::Voiced | State::Traced | State::Locked => vec![Trigger::Created],
    };
    for trigger in path {
        pull(&mut machines, trigger);
    }
    match state {
        State::Voiced => {
            delta(&mut machines, DeltaKind::Audio, "AAAA", &mut out());
        }
        State::Traced => machines.settings.tracing = Some(tracing()),
        State::Locked => machines.capabilities.configure = Configurable::OpeningOnly,
        State::Untold | State::Told | State::Asked => {}
    }
    assert_eq!(read(&machines), state);
    let told = pull(&mut machines, trigger);
    Step {
        after: read(&machines),
        told,
    }
}

fn read(machines: &Machines) -> State {
    let asked = machines.commands.changes_settings();
    assert_eq!(asked, !machines.asked.is_empty());
    match () {
        () if machines.capabilities.configure == Configurable::OpeningOnly => State::Locked,
        () if asked => State::Asked,
        () if machines.settings.tracing.is_some() => State::Traced,
        () if machines.audio_bytes > 0 => State::Voiced,
        () if machines.told_settings => State::Told,
        () => State::Untold,
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let mut patch = SessionPatch::default();
    match trigger {
        Trigger::Nothing => {}
        Trigger::Same => patch.instructions.set("be brief"),
        Trigger::Other => patch.instructions.set("be long"),
        Trigger::Voice => patch.voice.set("other"),
        Trigger::SameModel => patch.model.set("model"),
        Trigger::OtherModel => patch.model.set("other"),
        Trigger::SameKind => patch.kind.set(SessionKind::Conversation),
        Trigger::OtherKind => patch.kind.set(SessionKind::Transcription),
        Trigger::Tracing => patch.tracing.set(tracing()),
        Trigger::Created => return tell(machines, true, Some("be brief")),
        Trigger::UpdatedAsAsked => return tell(machines, false, Some("be long")),
        Trigger::UpdatedOtherwise => return tell(machines, false, Some("be odd")),
        Trigger::UpdatedSilently => return tell(machines, false, None),
        Trigger::Refused => return refuse(machines),
    }
    change(machines, &patch)
}

/// What becomes of a change, as the session carries it out.
fn change(machines: &mut Machines, patch: &SessionPatch) -> Vec<String> {
    let mut out = out();
    let command = CommandId::parse("rp-7").unwrap();
    let sent = match machines.change(command, patch, &mut out) {
        Err(SendError::Immutable { field }) => vec![format!("immutable {field}")],
        Err(error) => panic!("{error}"),
        Ok(Change::Settled) => vec![],
        Ok(Change::Send(patch)) => {
            machines.sent(command, 7, None, Expect::Settings, true);
            machines.asked(command, *patch, Extras::default());
            vec![String::from("> change")]
        }
    };
    told_and_sent(out).into_iter().chain(sent).collect()
}

/// The server tells its settings; a change of the subject's mind is told with what came of it.
fn tell(machines: &mut Machines, created: bool, instructions: Option<&'static str>) -> Vec<String> {
    let mut out = out();
    let settings = instructions.map(|instructions| SessionConfig {
        instructions: Some(instructions.into()),
        model: Some("model".into()),
        voice: Some("voice".into()),
        tracing: machines.settings.tracing.clone(),
        ..SessionConfig::default()
    });
    let fact = SessionFact {
        created,
        ready: Ready::default(),
        settings,
        detection: Detection::default(),
    };
    machines.observe(Fact::Session(Box::new(fact)), &mut out);
    shown(out)
}

fn shown(out: Out<'_>) -> Vec<String> {
    let events = out.finish();
    let shown = events.iter().map(|event| match event {
        Event::SessionUpdated(updated) => format!("updated, unlike {:?}", updated.mismatches),
        Event::CommandSettled(settled) => format!("settled {:?}", settled.outcome),
        other => String::from(other.name()),
    });
    shown.collect()
}

fn refuse(machines: &mut Machines) -> Vec<String> {
    let mut out = out();
    let error = ServerError {
        class: Class::Rejected,
        scope: Scope::Session,
        code: Some(Cow::Borrowed("invalid_value")),
        kind: None,
        message: None,
        param: None,
        client_event_id: crate::id::Id::borrowed("rp-7"),
        session_usable: true,
        retry: Retry::Never,
        raw: Cow::Borrowed(""),
    };
    machines.observe(Fact::Event(Event::Error(Box::new(error))), &mut out);
    told_and_sent(out)
}

fn tracing() -> RawJson {
    RawJson::new(r#""auto""#).unwrap()
}
