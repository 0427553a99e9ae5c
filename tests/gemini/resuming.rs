//! Handles, announced ends, and the next connection.

use crate::support::{AUDIO, CALL, CUT, OVER, READY, gemini, opened, polled, sent, told};
use core::time::Duration;
use realtime_proto::{Close, Command, Config, Dialect, Event, Plan, SendError, Session, Time};

const HANDLE: &str = r#"{"sessionResumptionUpdate":{"newHandle":"h-7","resumable":true,"lastConsumedClientMessageIndex":"42"}}"#;
const NONE: &str = r#"{"sessionResumptionUpdate":{"newHandle":"","resumable":false}}"#;
const GOING: &str = r#"{"goAway":{"timeLeft":"50s"}}"#;

fn at(seconds: u64) -> Time {
    Time(Duration::from_secs(seconds))
}

fn plan_of(session: &mut Session) -> Plan {
    plan_after(session, Close::lost())
}

fn plan_after(session: &mut Session, close: Close<'_>) -> Plan {
    session.disconnected(close);
    let events = core::iter::from_fn(|| session.poll_event());
    let plans = events.filter_map(|event| match event {
        Event::Closed(closed) => Some(closed.plan),
        _ => None,
    });
    plans.last().unwrap()
}

// sokuji#179, codetrial#3
#[test]
fn a_resumable_handle_is_kept_and_opens_the_next_connection() {
    let mut session = gemini();
    told(&mut session, &[HANDLE, NONE]);
    session.disconnected(Close::code(1001, "going away"));
    let mut next = session.reconnect(Config::new(Dialect::Gemini));
    let wanted = r#"{"setup":{"sessionResumption":{"handle":"h-7"}}}"#;
    assert_eq!(sent(&mut next), [wanted]);
}

#[test]
fn the_callers_own_handle_comes_first() {
    let mut session = gemini();
    told(&mut session, &[HANDLE]);
    let mut config = Config::new(Dialect::Gemini);
    config.resume = Some("mine".into());
    let frames = sent(&mut session.reconnect(config));
    assert_eq!(
        frames,
        [r#"{"setup":{"sessionResumption":{"handle":"mine"}}}"#]
    );
}

#[test]
fn every_word_about_resumption_is_told() {
    let mut session = gemini();
    let told = told(&mut session, &[HANDLE, NONE]);
    assert_eq!(told, ["resumption h-7 true", "resumption - false"]);
    let index = session.receive(HANDLE).find_map(|event| match event {
        Event::Resumption(resumption) => resumption.last_consumed,
        _ => None,
    });
    assert_eq!(index, Some(42));
}

// google/adk-python#4996
#[test]
fn the_plan_is_to_resume_only_with_a_handle() {
    assert_eq!(plan_of(&mut gemini()), Plan::Replay);
    let mut session = gemini();
    told(&mut session, &[HANDLE, NONE]);
    assert_eq!(plan_of(&mut session), Plan::Resume);
}

fn continued() -> Session {
    let mut config = Config::new(Dialect::Gemini);
    config.resume = Some("old".into());
    Session::new(config)
}

#[test]
fn a_handle_that_the_server_refuses_is_given_up_and_the_history_told_anew() {
    let refused = || Close::code(1007, "Request contains an invalid argument.");
    let mut session = continued();
    sent(&mut session);
    assert_eq!(plan_after(&mut session, refused()), Plan::Replay);
    let mut next = session.reconnect(Config::new(Dialect::Gemini));
    assert_eq!(sent(&mut next), [r#"{"setup":{}}"#]);
    // Nothing is left that could be given up.
    assert_eq!(plan_after(&mut next, refused()), Plan::Never);
}

#[test]
fn what_is_refused_once_the_session_is_ready_is_not_the_handle() {
    let mut session = continued();
    told(&mut session, &[READY]);
    let refused = Close::code(1007, "Request contains an invalid argument.");
    assert_eq!(plan_after(&mut session, refused), Plan::Never);
    let next = &mut session.reconnect(Config::new(Dialect::Gemini));
    assert_eq!(
        sent(next),
        [r#"{"setup":{"sessionResumption":{"handle":"old"}}}"#]
    );
}

// tau2-bench#461: the end is told by a timer, not by the next frame
#[test]
fn x14_an_announced_end_is_told_again_before_it_comes() {
    let mut session = gemini();
    session.handle_timeout(at(100));
    let now = told(&mut session, &[HANDLE, GOING]);
    assert_eq!(now.last().unwrap(), "going away in 50s resume");
    session.handle_timeout(at(100));
    assert_eq!(session.poll_timeout(), Some(at(145)));
    session.handle_timeout(at(145));
    assert_eq!(polled(&mut session), ["going away in 5s resume"]);
}

// zavora-ai/adk-rust (fractions of a second)
#[test]
fn the_time_that_is_left_may_be_a_fraction_or_untold() {
    let fraction = r#"{"goAway":{"timeLeft":"1.23456789s"}}"#;
    let mut session = gemini();
    let told = told(&mut session, &[fraction, r#"{"goAway":{}}"#]);
    assert_eq!(
        told,
        [
            "going away in 1.23456789s replay",
            "going away in 0ns replay"
        ]
    );
}

// pydantic/pydantic-ai test_reconnect_closes_orphaned_turn_with_interrupted_boundary
#[test]
fn e17_a_reply_never_goes_on_over_a_new_connection() {
    let mut session = gemini();
    told(&mut session, &[HANDLE, AUDIO]);
    session.disconnected(Close::lost());
    let lost = polled(&mut session);
    assert!(lost.contains(&"reply r1 lost".into()), "{lost:?}");
    let mut next = session.reconnect(Config::new(Dialect::Gemini));
    sent(&mut next);
    let told = told(&mut next, &[READY, AUDIO, OVER]);
    let wanted = [
        "ready",
        "reply r2 began",
        "item i2 began",
        "audio i2 epoch 0",
        "audio i2 done",
        "item i2 done",
        "reply r2 end_turn",
    ];
    assert_eq!(told, wanted);
}

// strands-agents#4244
#[test]
fn e17_calls_of_the_last_connection_are_too_late_for_an_answer() {
    let mut session = gemini();
    told(&mut session, &[CALL]);
    session.disconnected(Close::lost());
    let closed = polled(&mut session);
    assert!(
        closed.contains(&r#"calls ["fc-1"] closed"#.into()),
        "{closed:?}"
    );
    let mut next = opened_again(session);
    next.send(Command::tool_output("fc-1", "4")).unwrap();
    assert_eq!(sent(&mut next), [""; 0]);
    assert_eq!(polled(&mut next), ["rp-3 superseded"]);
}

fn opened_again(session: Session) -> Session {
    let mut next = session.reconnect(Config::new(Dialect::Gemini));
    sent(&mut next);
    next.receive(READY).for_each(drop);
    next
}

#[test]
fn a_reply_on_a_new_connection_is_not_cut_by_the_last_one() {
    let mut session = gemini();
    told(&mut session, &[AUDIO, CUT]);
    session.disconnected(Close::lost());
    polled(&mut session);
    let mut next = opened_again(session);
    let told = told(&mut next, &[AUDIO, OVER]);
    assert_eq!(told.last().unwrap(), "reply r2 end_turn");
}

#[test]
fn after_the_end_nothing_is_taken() {
    let mut session = opened(Config::new(Dialect::Gemini));
    session.disconnected(Close::ended());
    assert_eq!(session.send(Command::text("Hi")), Err(SendError::Closed));
}
