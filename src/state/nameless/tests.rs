mod user;

use crate::{
    delta::DeltaKind,
    event::{
        Completion, ConversationRef, Event, Executor, Ids, Initiator, Item, ItemKind, Lane, Origin,
        Outcome, Previous, RemotePhase, RemoteTool, ResponseStarted, Role, Status, Timed,
    },
    state::{
        State as Machines,
        chart::{Step, assert_chart, chart},
        sample::nameless::{adds, audio, cut, ended, event, machines, spoken},
    },
};
use alloc::{borrow::Cow, boxed::Box, string::String, vec, vec::Vec};

/// How far the reply is to which everything nameless belongs.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reply {
    Nothing,
    Begun,
    Item,
    ItemOver,
    /// The server said that it cut the reply.
    Cut,
    /// The same, of a reply that was never told of.
    CutUnheard,
    Over,
    /// An item beside any reply has begun.
    Beside,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Started,
    Audio,
    Spoken,
    Written,
    Thought,
    ItemAdded,
    ItemDone,
    BesideAdded,
    BesideDone,
    Aside,
    RemoteBegins,
    RemoteGives,
    Cut,
    Ended,
}

const CHART: &str = "
Nothing
    Started              Begun        r1 began
    Audio                Item         r1 began, i1 began, audio i1
    Spoken               Item         r1 began, i1 began, Spoken i1.0
    Written              Item         r1 began, i1 began, Display i1.0
    Thought              Item         r1 began, i1 began, Thought i1.0
    ItemAdded            Item         r1 began, i1 began
    ItemDone             ItemOver     r1 began, i1 began, i1 done
    BesideAdded          Beside       i1 began
    BesideDone           Nothing      i1 done
    Aside                Item         r1 began, i1 began, aside of r1
    RemoteBegins         Item         r1 began, i1 began, remote c1 of r1
    RemoteGives          Item         r1 began, i1 began, remote c1 of r1
    Cut                  CutUnheard   cut -, flush_playback
    Ended                Over         r1 began, r1 Completed(EndTurn)
Begun
    Started              Begun        r1 Cancelled(Superseded), r2 began
    Audio                Item         i1 began, audio i1
    Spoken               Item         i1 began, Spoken i1.0
    Written              Item         i1 began, Display i1.0
    Thought              Item         i1 began, Thought i1.0
    ItemAdded            Item         i1 began
    ItemDone             ItemOver     i1 began, i1 done
    BesideAdded          Begun        i1 began
    BesideDone           Begun        i1 done
    Aside                Item         i1 began, aside of r1
    RemoteBegins         Item         i1 began, remote c1 of r1
    RemoteGives          Item         i1 began, remote c1 of r1
    Cut                  Cut          cut r1, flush_playback
    Ended                Over         r1 Completed(EndTurn)
Item
    Started              Begun        i1 done, r1 Cancelled(Superseded), r2 began
    Audio                Item         audio i1
    Spoken               Item         Spoken i1.0
    Written              Item         Display i1.0
    Thought              Item         Thought i1.0
    ItemAdded            Item         i1 done, i2 began
    ItemDone             ItemOver     i1 done
    BesideAdded          Item         i2 began
    BesideDone           Item         i2 done
    Aside                Item         aside of r1
    RemoteBegins         Item         remote c1 of r1
    RemoteGives          Item         remote c1 of r1
    Cut                  Cut          cut r1, flush_playback
    Ended                Over         audio i1 done, i1 done, r1 Completed(EndTurn)
ItemOver
    Started              Begun        r1 Cancelled(Superseded), r2 began
    Audio                Item         i2 began, audio i2
    Spoken               ItemOver     Spoken i1.0
    Written              Item         i2 began, Display i2.0
    Thought              Item         i2 began, Thought i2.0
    ItemAdded            Item         i2 began
    ItemDone             ItemOver     i2 began, i2 done
    BesideAdded          ItemOver     i2 began
    BesideDone           ItemOver     i2 done
    Aside                Item         i2 began, aside of r1
    RemoteBegins         Item         i2 began, remote c1 of r1
    RemoteGives          Item         i2 began, remote c1 of r1
    Cut                  Cut          cut r1, flush_playback
    Ended                Over         r1 Completed(EndTurn)
Cut
    Started              Begun        i1 done, r1 Cancelled(Superseded), r2 began
    Audio                Cut          stale
    Spoken               Cut          stale
    Written              Cut          Display i1.0
    Thought              Cut          Thought i1.0
    ItemAdded            Cut          i1 done, i2 began
    ItemDone             Cut          i1 done
    BesideAdded          Cut          i2 began
    BesideDone           Cut          i2 done
    Aside                Cut          stale
    RemoteBegins         Cut          remote c1 of r1
    RemoteGives          Cut          remote c1 of r1
    Ended                Over         i1 done, r1 Cancelled(UserSpeech)
    nothing: Cut
CutUnheard
    Started              Begun        r1 began
    Audio                Item         r1 began, i1 began, audio i1
    Spoken               Item         r1 began, i1 began, Spoken i1.0
    Written              Item         r1 began, i1 began, Display i1.0
    Thought              Item         r1 began, i1 began, Thought i1.0
    ItemAdded            Item         r1 began, i1 began
    ItemDone             ItemOver     r1 began, i1 began, i1 done
    BesideAdded          Beside       i1 began
    BesideDone           CutUnheard   i1 done
    Aside                Item         r1 began, i1 began, aside of r1
    RemoteBegins         Item         r1 began, i1 began, remote c1 of r1
    RemoteGives          Item         r1 began, i1 began, remote c1 of r1
    Cut                  CutUnheard   cut -, flush_playback
    Ended                Over         r1 began, r1 Cancelled(UserSpeech)
Over
    Started              Begun        r2 began
    Audio                Item         r2 began, i2 began, audio i2
    Spoken               Item         r2 began, i2 began, Spoken i2.0
    Written              Item         r2 began, i2 began, Display i2.0
    Thought              Item         r2 began, i2 began, Thought i2.0
    ItemAdded            Item         r2 began, i2 began
    ItemDone             ItemOver     r2 began, i2 began, i2 done
    BesideAdded          Beside       i2 began
    BesideDone           Over         i2 done
    Aside                Over         aside of r1
    RemoteBegins         Item         r2 began, i2 began, remote c1 of r2
    RemoteGives          Item         r2 began, i2 began, remote c1 of r2
    Cut                  CutUnheard   cut -, flush_playback
    Ended                Over         r2 began, r2 Completed(EndTurn)
Beside
    Started              Begun        r1 began
    Audio                Item         r1 began, i2 began, audio i2
    Spoken               Item         r1 began, i2 began, Spoken i2.0
    Written              Item         r1 began, i2 began, Display i2.0
    Thought              Item         r1 began, i2 began, Thought i2.0
    ItemAdded            Item         r1 began, i2 began
    ItemDone             ItemOver     r1 began, i2 began, i2 done
    BesideAdded          Beside       i2 began
    BesideDone           Nothing      i1 done
    Aside                Item         r1 began, i2 began, aside of r1
    RemoteBegins         Item         r1 began, i2 began, remote c1 of r1
    RemoteGives          Item         r1 began, i2 began, remote c1 of r1
    Cut                  Beside       cut -, flush_playback
    Ended                Beside       r1 began, r1 Completed(EndTurn)
";

#[test]
fn what_is_nameless_is_of_the_reply_as_charted() {
    use Reply as S;
    use Trigger as T;
    let states = [
        S::Nothing,
        S::Begun,
        S::Item,
        S::ItemOver,
        S::Cut,
        S::CutUnheard,
        S::Over,
        S::Beside,
    ];
    let triggers = [
        T::Started,
        T::Audio,
        T::Spoken,
        T::Written,
        T::Thought,
        T::ItemAdded,
        T::ItemDone,
        T::BesideAdded,
        T::BesideDone,
        T::Aside,
        T::RemoteBegins,
        T::RemoteGives,
        T::Cut,
        T::Ended,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: Reply, trigger: Trigger) -> Step<Reply> {
    use Trigger as T;
    let mut machines = machines();
    let path = match state {
        Reply::Nothing => vec![],
        Reply::Begun => vec![T::Started],
        Reply::Item => vec![T::Audio],
        Reply::ItemOver => vec![T::Audio, T::ItemDone],
        Reply::Cut => vec![T::Audio, T::Cut],
        Reply::CutUnheard => vec![T::Cut],
        Reply::Over => vec![T::Audio, T::Ended],
        Reply::Beside => vec![T::BesideAdded],
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

fn read(machines: &Machines) -> Reply {
    let naming = &machines.naming;
    let active = machines.responses.active();
    assert_eq!(
        active.map(|active| active.id.clone()),
        naming
            .reply
            .as_ref()
            .map(|reply| Some(reply.response.clone())),
        "one reply is under way for all machines"
    );
    match &naming.reply {
        Some(_) if active.is_some_and(|active| active.interrupted) => Reply::Cut,
        Some(reply) if reply.item.is_some() => Reply::Item,
        Some(_) if naming.last_item().is_some() => Reply::ItemOver,
        Some(_) => Reply::Begun,
        None if naming.beside.is_some() => Reply::Beside,
        None if naming.interrupted => Reply::CutUnheard,
        None if naming.closed.is_some() => Reply::Over,
        None => Reply::Nothing,
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    let told = match trigger {
        Trigger::Started => Event::ResponseStarted(Box::new(ResponseStarted {
            ids: Ids::default(),
            conversation: ConversationRef::Default,
            initiator: Initiator::Server,
            metadata: Vec::new(),
        })),
        Trigger::Audio => return audio(machines),
        Trigger::Spoken => return spoken(machines),
        Trigger::Written => return adds(machines, DeltaKind::Text(Lane::Display), "so"),
        Trigger::Thought => return adds(machines, DeltaKind::Text(Lane::Thought), "so"),
        Trigger::ItemAdded => Event::ItemAdded(item(Origin::Response, Status::InProgress)),
        Trigger::ItemDone => Event::ItemDone(item(Origin::Response, Status::Completed)),
        Trigger::BesideAdded => Event::ItemAdded(item(Origin::Conversation, Status::InProgress)),
        Trigger::BesideDone => Event::ItemDone(item(Origin::Conversation, Status::Completed)),
        Trigger::Aside => Event::Timed(Box::new(Timed {
            ids: Ids::default(),
            kind: Cow::Borrowed("aside"),
            at: None,
            raw: Cow::Borrowed("{}"),
        })),
        Trigger::RemoteBegins => remote(RemotePhase::Started),
        Trigger::RemoteGives => remote(RemotePhase::Result {
            output: Cow::Borrowed("4"),
            is_error: false,
            partial: false,
        }),
        Trigger::Cut => return cut(machines),
        Trigger::Ended => return ended(machines, Outcome::Completed(Completion::EndTurn)),
    };
    event(machines, told)
}

fn item(origin: Origin, status: Status) -> Box<Item<'static>> {
    Box::new(Item {
        ids: Ids::default(),
        previous: Previous::Unknown,
        kind: ItemKind::Message,
        role: Some(Role::Assistant),
        status: Some(status),
        origin,
        call_id: None,
        name: None,
        content: Vec::new(),
        raw: Cow::Borrowed(""),
    })
}

fn remote(phase: RemotePhase<'static>) -> Event<'static> {
    Event::RemoteTool(Box::new(RemoteTool {
        call_id: None,
        name: None,
        executor: Executor::Provider,
        phase,
        ids: Ids::default(),
    }))
}

#[test]
fn what_a_call_gives_is_of_the_one_that_began_last() {
    let mut machines = machines();
    let mut told = |trigger| pull(&mut machines, trigger).pop();
    let (first, second) = ("remote c1 of r1", "remote c2 of r1");
    assert_eq!(told(Trigger::RemoteBegins).as_deref(), Some(first));
    assert_eq!(told(Trigger::RemoteGives).as_deref(), Some(first));
    assert_eq!(told(Trigger::RemoteBegins).as_deref(), Some(second));
    assert_eq!(told(Trigger::RemoteGives).as_deref(), Some(second));
}
