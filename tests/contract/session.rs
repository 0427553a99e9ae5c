//! The session and what it is called with.

use crate::{distinct, is, reads};
use core::time::Duration;
use realtime_proto::{
    Capabilities, Close, Command, CommandId, Config, Conversation, ConversationItem, Counters,
    Epoch, Event, Events, Frame, Id, ItemKind, Lane, Phase, ResponseState, Role, SendError,
    Session, SessionConfig, Status, Time, Transmit, TransmitBuf, Usage,
};
use std::borrow::Cow;

#[test]
fn methods_have_the_documented_forms() {
    let _: fn(Config) -> Session = Session::new;
    let _: fn(Session, Config) -> Session = Session::reconnect;
    let _: for<'s, 'f> fn(&'s mut Session, &'f str) -> Events<'f> = Session::receive;
    let _: for<'s, 'f> fn(&'s mut Session, &'f [u8]) -> Events<'f> = Session::receive_binary;
    let _: for<'s, 'a> fn(&'s mut Session, Command<'a>) -> Result<CommandId, SendError> =
        Session::send;
    let _: fn(&mut Session, Time) = Session::handle_timeout;
    let _: for<'s, 'a> fn(&'s mut Session, Close<'a>) = Session::disconnected;
    let _: for<'s> fn(&'s mut Session) -> Option<Transmit<'s>> = Session::poll_transmit;
    let _: fn(&mut Session) -> Option<Event<'static>> = Session::poll_event;
    let _: fn(&Session) -> Option<Time> = Session::poll_timeout;
    let _: fn(&Session) -> Phase = Session::phase;
    let _: fn(&Session) -> ResponseState = Session::response;
    let _: for<'s> fn(&'s Session) -> &'s Capabilities = Session::capabilities;
    let _: for<'s> fn(&'s Session) -> &'s SessionConfig = Session::effective_config;
    let _: for<'s> fn(&'s Session) -> &'s Conversation = Session::conversation;
    let _: for<'s> fn(&'s Session) -> &'s Usage = Session::usage;
    let _: fn(&Session) -> Counters = Session::counters;
    let _: fn(&Session) -> Option<Time> = Session::last_inbound;
    let _: fn(&Session) -> Duration = Session::audio_backlog;
    let _: fn(&Session) -> usize = Session::queued_bytes;
    let _: fn(&Session) -> usize = Session::memory_bytes;
}

#[test]
fn events_of_a_frame_are_an_iterator_that_borrows_the_frame_alone() {
    let frame = String::from(r#"{"type":"session.created","event_id":"event_1"}"#);
    let mut session = Session::new(Config::new(realtime_proto::Dialect::OpenAi));
    let events: Events<'_> = session.receive(&frame);
    session.send(Command::text("hi")).unwrap();
    assert!(session.poll_transmit().is_some());

    let kind: Option<&str> = events.kind();
    let event_id: Option<&str> = events.event_id();
    assert_eq!(kind, Some("session.created"));
    assert_eq!(event_id, Some("event_1"));
    let Frame::Text(text) = events.frame() else {
        panic!("a text frame is one");
    };
    drop(session);
    assert_eq!(text, frame);
    assert_eq!(events.clone().count(), events.count());
}

#[test]
fn a_binary_frame_is_one() {
    let mut session = Session::new(Config::new(realtime_proto::Dialect::OpenAi));
    let bytes = &br#"{"type":"rate_limits.updated","rate_limits":[]}"#[..];
    let events = session.receive_binary(bytes);
    assert!(matches!(events.frame(), Frame::Binary(frame) if frame == bytes));
    assert_eq!(events.last().unwrap().name(), "rate_limits");
}

#[test]
fn phases_are_these_and_no_more() {
    let name = |phase: Phase| match phase {
        Phase::Opening => "opening",
        Phase::Ready => "ready",
        Phase::Closing => "closing",
        Phase::Closed => "closed",
    };
    assert_eq!(name(Phase::Opening), "opening");
    distinct(&[
        ResponseState::Idle,
        ResponseState::Requested,
        ResponseState::ServerOwes,
        ResponseState::Responding,
        ResponseState::Cancelling,
        ResponseState::AwaitingTools,
    ]);
}

#[test]
fn time_is_a_duration() {
    let Time(since) = Time::from(Duration::from_secs(1));
    assert_eq!(since, Duration::from_secs(1));
    assert_eq!(Time::default(), Time(Duration::ZERO));
    assert!(Time(Duration::from_secs(2)) > Time(since));
    let epoch = Epoch(7);
    assert_eq!((epoch, epoch.0), (Epoch(7), 7));
}

#[test]
fn transmits() {
    reads(|transmit: Transmit<'_>| match transmit {
        Transmit::Text(text) => is::<&str>(text),
        Transmit::Binary(bytes) => is::<&[u8]>(bytes),
        Transmit::Close { code, reason } => is::<(u16, &str)>((code, reason)),
        _ => {}
    });
    let audio: bool = Transmit::Binary(&[1]).is_audio();
    assert!(audio);
    let owned: TransmitBuf = Transmit::Text("{}").into_owned();
    assert_eq!(owned.as_ref(), Transmit::Text("{}"));
}

#[test]
fn ends() {
    let Close {
        code,
        reason,
        clean,
        ..
    } = Close::code(1001, "going away");
    let fields: (Option<u16>, Cow<'_, str>, bool) = (code, reason, clean);
    assert_eq!(fields, (Some(1001), "going away".into(), true));
    assert_eq!((Close::lost().code, Close::lost().clean), (None, false));
    assert_eq!((Close::ended().code, Close::ended().clean), (None, true));
    let error = std::io::Error::other("broken pipe");
    let close: Close<'_> = Close::from(&error);
    assert_eq!((&*close.reason, close.clean), ("broken pipe", false));
}

#[test]
fn identifiers_read_as_text() {
    let id: Id<'static> = serde_json::from_str("\"item_1\"").unwrap();
    let text: &str = &id;
    assert_eq!(text, "item_1");
    assert!(id.starts_with("item_"));
    assert_eq!(id, "item_1");
    assert!(serde_json::from_str::<Id<'_>>("\"\"").is_err());
    let command = CommandId::parse("rp-12").unwrap();
    let copy = command;
    assert_eq!(copy.to_string(), "rp-12");
    assert_eq!(command, copy);
}

#[test]
fn conversations() {
    let _: fn(&Conversation) -> usize = Conversation::len;
    let _: for<'c> fn(&'c Conversation, &str) -> Option<&'c ConversationItem> = Conversation::get;
    let _: for<'i> fn(&'i ConversationItem, Lane) -> Option<&'i str> = ConversationItem::text;
    let mut session = Session::new(Config::new(realtime_proto::Dialect::OpenAi));
    let added = r#"{"type":"conversation.item.added","item":{"id":"item_1","type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}}"#;
    let _ = session.receive(added);

    let items: Vec<&ConversationItem> = session.conversation().items().collect();

    assert_eq!(items.len(), 1);
    let item = items[0];
    let (id, role): (&Id<'static>, &Option<Role>) = (&item.id, &item.role);
    let (kind, status): (&ItemKind, &Option<Status>) = (&item.kind, &item.status);
    let (call, heard): (&Option<Id<'static>>, Option<Duration>) = (&item.call, item.heard);
    assert_eq!((id.as_str(), role.clone()), ("item_1", Some(Role::User)));
    assert_eq!((kind, status), (&ItemKind::Message, &None));
    assert_eq!((call, heard), (&None, None));
}

#[test]
fn counters_are_read_by_name() {
    reads(|counters: Counters| {
        let _: [u64; 13] = [
            counters.frames_in,
            counters.frames_out,
            counters.bytes_in,
            counters.bytes_out,
            counters.events,
            counters.unknown,
            counters.malformed,
            counters.suppressed,
            counters.audio_bytes_in,
            counters.audio_dropped_ms,
            counters.races,
            counters.template_hits,
            counters.template_misses,
        ];
    });
    let counters = Counters::default();
    let copy = counters;
    assert_eq!(copy, counters);
}

#[test]
fn refusals() {
    let name = |error: SendError| match error {
        SendError::Closed => "closed",
        SendError::Full { queued, limit } if queued < limit => "full",
        SendError::Unsupported { by: _, command } => command,
        SendError::TooLarge { limit: _ } => "too large",
        SendError::Invalid { field } | SendError::Immutable { field } => field,
        SendError::UnknownCall => "unknown call",
        SendError::FormatMismatch { expected } => expected.mime(),
        SendError::InputTooShort { have, need } if have < need => "too short",
        SendError::Busy => "busy",
        _ => "other",
    };
    assert_eq!(name(SendError::Immutable { field: "voice" }), "voice");
    let (queued, limit) = (1, 2);
    assert_eq!(name(SendError::Full { queued, limit }), "full");
    let error: &dyn core::error::Error = &SendError::Closed;
    assert_eq!(error.to_string(), "the session is closed");
}
