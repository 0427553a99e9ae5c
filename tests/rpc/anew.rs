//! Conversations that begin anew: not while a prompt runs, and no prompt while they begin.

use crate::support::{READY, TEXT, names, ok, opened, prompted, queued, sent, settled, told};
use realtime_proto::{
    AgentCommand, Close, Command, CommandId, Config, Dialect, ResponseState, Session, Settlement,
};

const NEW: &str = r#"{"type":"new_session","id":"rp-2"}"#;

fn anew(session: &mut Session) -> CommandId {
    let command = Command::from(AgentCommand::NewSession);
    session.send(command).unwrap()
}

#[test]
fn s9_a_new_session_waits_for_the_end_of_the_prompt_and_holds_back_the_next() {
    let (mut session, first) = prompted();
    let new = anew(&mut session);
    let next = session.send(Command::text("next")).unwrap();
    assert_eq!(sent(&mut session), [""; 0]);

    let events = told(&mut session, &[TEXT, &ok("rp-1")]);
    assert_eq!(settled(&events, first), [Settlement::Accepted]);
    assert_eq!(sent(&mut session), [NEW]);

    let begun = r#"{"type":"response","id":"rp-2","command":"new_session","session_id":"s2"}"#;
    let events = told(&mut session, &[begun]);
    assert_eq!(settled(&events, new), [Settlement::Accepted]);
    let prompt = r#"{"type":"prompt","id":"rp-3","message":"next","attachments":[]}"#;
    assert_eq!(sent(&mut session), [prompt]);
    let events = told(&mut session, &[TEXT, &ok("rp-3")]);
    assert_eq!(settled(&events, next), [Settlement::Accepted]);
    // What was said before the new session is no part of it.
    assert_eq!(session.conversation().len(), 2);
}

#[test]
fn s9_a_refused_new_session_frees_the_way_for_the_next_prompt() {
    let error =
        r#"{"type":"error","id":"rp-1","message":"another prompt is in flight; abort first"}"#;
    let failed = r#"{"type":"response","id":"rp-1","command":"new_session","ok":false}"#;
    for refused in [error, failed] {
        let mut session = opened(Dialect::Synaps);
        let new = anew(&mut session);
        sent(&mut session);
        assert_eq!(session.response(), ResponseState::Idle);
        session.send(Command::text("next")).unwrap();
        assert_eq!(sent(&mut session), [""; 0]);
        let events = told(&mut session, &[refused]);
        assert!(matches!(
            settled(&events, new)[..],
            [Settlement::Rejected(_)]
        ));
        assert_eq!(sent(&mut session).len(), 1);
    }
}

#[test]
fn s9_the_late_end_of_a_refused_prompt_is_no_reply_to_a_new_session() {
    let (mut session, _) = prompted();
    let new = anew(&mut session);
    let error = r#"{"type":"error","id":"rp-1","message":"overloaded"}"#;
    told(&mut session, &[error]);
    assert_eq!(sent(&mut session), [NEW]);
    session.send(Command::text("next")).unwrap();
    let failed =
        r#"{"type":"response","id":"rp-1","command":"prompt","ok":false,"error":"overloaded"}"#;
    let events = told(&mut session, &[failed]);
    assert_eq!(names(&events), ["suppressed"]);
    assert_eq!(sent(&mut session), [""; 0]);
    let begun = r#"{"type":"response","id":"rp-2","command":"new_session","session_id":"s2"}"#;
    let events = told(&mut session, &[begun]);
    assert_eq!(settled(&events, new), [Settlement::Accepted]);
    assert_eq!(sent(&mut session).len(), 1);
}

#[test]
fn a_new_session_that_never_left_is_not_asked_for_on_the_next_connection() {
    let (mut session, _) = prompted();
    let new = anew(&mut session);
    session.disconnected(Close::lost());
    assert_eq!(settled(&queued(&mut session), new), [Settlement::Unknown]);
    let mut next = session.reconnect(Config::new(Dialect::Synaps));
    told(&mut next, &[READY]);
    let again = r#"{"type":"prompt","id":"rp-3","message":"hi","attachments":[]}"#;
    assert_eq!(sent(&mut next), [again]);
    let events = told(&mut next, &[TEXT, &ok("rp-3")]);
    assert_eq!(names(&events).last(), Some(&"response_finished"));
    assert_eq!(sent(&mut next), [""; 0]);
}

#[test]
fn a_new_session_of_pi_leaves_at_once() {
    let mut session = opened(Dialect::Pi);
    session.send(Command::text("hi")).unwrap();
    sent(&mut session);
    anew(&mut session);
    assert_eq!(
        sent(&mut session),
        [r#"{"id":"rp-2","type":"new_session"}"#]
    );
}
