//! Pings are answered, and only the session's age ends it.

use crate::{after, config, hear, names, polled, session};
use core::time::Duration;
use realtime_proto::{
    Close, CloseClass, Command, Event, GoingAwayCause, Phase, Plan, Policy, Retry, Session,
};

const PING: &str =
    r#"{"type":"ping","event_id":"e1","timestamp":1761000000000,"previous_item_id":null}"#;
const PONG: &str = r#"{"type":"pong","ping_timestamp":1761000000000}"#;

#[test]
fn a_ping_is_answered_with_its_own_number() {
    let mut session = session();
    assert_eq!(names(&hear(&mut session, PING)), ["suppressed"]);
    assert_eq!(polled(&mut session), [PONG]);
}

#[test]
fn the_answer_passes_audio_that_waits() {
    let mut session = session();
    session.send(Command::append_audio(&[0; 4])).unwrap();
    hear(&mut session, PING);
    let sent = polled(&mut session);
    assert_eq!(sent[0], PONG);
    assert!(sent[1].starts_with(r#"{"type":"input_audio_buffer.append""#));
}

#[test]
fn a_ping_without_a_number_is_only_heard() {
    let mut session = session();
    hear(&mut session, r#"{"type":"ping"}"#);
    hear(&mut session, r#"{"type":"ping","timestamp":"soon"}"#);
    assert_eq!(polled(&mut session), [""; 0]);
}

#[test]
fn who_only_follows_answers_nothing() {
    let mut config = config();
    config.policy = Policy::passive();
    let mut session = Session::new(config);
    hear(&mut session, PING);
    assert_eq!(polled(&mut session), [""; 0]);
}

#[test]
fn pings_that_nobody_polls_for_fill_no_memory() {
    let mut config = config();
    config.limits.outbox_bytes = 1_000;
    let mut session = Session::new(config);
    for _ in 0..1_000 {
        hear(&mut session, PING);
    }
    assert!(
        session.queued_bytes() < 18_000,
        "{}",
        session.queued_bytes()
    );
    assert!(names(&hear(&mut session, PING)).contains(&"limit_reached"));
}

#[test]
fn the_session_outlives_every_error_but_that_of_its_age() {
    let usable = |kind: &str| {
        let frame = format!(r#"{{"type":"error","error":{{"type":"{kind}","message":"no"}}}}"#);
        let told = hear(&mut session(), &frame);
        told.iter().find_map(|event| match event {
            Event::Error(error) => Some((error.session_usable, error.retry)),
            _ => None,
        })
    };
    for kind in ["invalid_request_error", "invalid_event", "timeout"] {
        assert_eq!(usable(kind), Some((true, Retry::Never)), "{kind}");
    }
    for kind in ["internal_error", "server_error"] {
        let same = Retry::SameSession { after: None };
        assert_eq!(usable(kind), Some((true, same)), "{kind}");
    }
    assert_eq!(usable("max_duration"), Some((false, Retry::Reconnect)));
}

#[test]
fn a_session_that_is_too_old_goes_away_and_can_be_resumed() {
    let kept =
        r#"{"type":"session.updated","session":{"id":"sess_1","resumption":{"enabled":true}}}"#;
    let mut session = after(&[kept]);
    let over = r#"{"type":"error","event_id":"e","error":{"type":"max_duration","message":"The session is over."}}"#;
    let told = hear(&mut session, over);
    let [Event::Error(_), Event::GoingAway(going)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(
        (going.time_left, going.cause, going.plan),
        (Some(Duration::ZERO), GoingAwayCause::Expiry, Plan::Resume)
    );
    session.disconnected(Close::code(1000, ""));
    let Some(Event::Closed(closed)) = core::iter::from_fn(|| session.poll_event()).last() else {
        panic!("it has ended");
    };
    assert_eq!(
        (closed.class, closed.plan),
        (CloseClass::Expired, Plan::Resume)
    );
}

#[test]
fn the_session_is_ready_at_once_and_introduces_itself_where_nobody_has_asked_yet() {
    let mut session = Session::new(config());
    assert_eq!(session.phase(), Phase::Ready);
    let told = hear(&mut session, crate::CREATED);
    let [Event::Ready(ready), Event::SessionUpdated(_)] = &told[..] else {
        panic!("{told:?}");
    };
    let said = [
        &ready.session_id.as_deref(),
        &ready.model.as_deref(),
        &ready.voice.as_deref(),
    ];
    let wanted = [Some("sess_1"), Some("grok-voice-latest"), Some("xai_ara")];
    assert_eq!(said, wanted.each_ref());

    let mut session = Session::new(config());
    let Some(Event::Ready(ready)) = session.poll_event() else {
        panic!("it is ready at once");
    };
    assert_eq!(ready.session_id, None);
    assert_eq!(
        names(&hear(&mut session, crate::CREATED)),
        ["session_updated"]
    );
}
