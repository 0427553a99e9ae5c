//! Failures end their command once, and no key stands twice.

use crate::support::{AGENT_END, TEXT, ended, names, ok, opened, prompted, sent, settled, told};
use realtime_proto::{
    AgentCommand, Class, Command, Dialect, Event, Lane, Outcome, Raw, RawJson, Session, Settlement,
};

#[test]
fn x16_an_error_alone_ends_its_command() {
    let (mut session, prompt) = prompted();
    let error = r#"{"type":"error","id":"rp-1","message":"no such attachment"}"#;
    let events = told(&mut session, &[error]);
    assert_eq!(names(&events), ["error", "item_deleted", "command_settled"]);
    assert!(matches!(
        settled(&events, prompt)[..],
        [Settlement::Rejected(_)]
    ));
    session.send(Command::text("next")).unwrap();
    assert_eq!(sent(&mut session).len(), 1);
}

fn said(session: &Session) -> Vec<&str> {
    let items = session.conversation().items();
    items.filter_map(|item| item.text(Lane::Display)).collect()
}

#[test]
fn x16_the_words_of_a_refused_prompt_are_taken_back() {
    let (mut session, _) = prompted();
    assert_eq!(said(&session), ["hi"]);
    let error = r#"{"type":"error","id":"rp-1","message":"no such attachment"}"#;
    let events = told(&mut session, &[error]);
    let [
        Event::Error(_),
        Event::ItemDeleted(gone),
        Event::CommandSettled(_),
    ] = &events[..]
    else {
        panic!("{events:?}");
    };
    assert_eq!(gone.item_id.as_deref(), Some("local_item_1"));
    assert!(session.conversation().is_empty());
}

#[test]
fn x16_the_words_stay_of_a_prompt_whose_reply_had_begun() {
    let (mut session, _) = prompted();
    let error = r#"{"type":"error","id":"rp-1","message":"overloaded"}"#;
    told(&mut session, &[TEXT, error]);
    assert_eq!(said(&session).first(), Some(&"hi"));
}

#[test]
fn x16_the_words_stay_of_a_prompt_whose_reply_had_begun_whatever_else_waits() {
    let mut session = opened(Dialect::Synaps);
    session.send(Command::from(AgentCommand::GetState)).unwrap();
    session.send(Command::text("hi")).unwrap();
    sent(&mut session);
    let error = r#"{"type":"error","id":"rp-2","message":"overloaded"}"#;
    told(&mut session, &[TEXT, error]);
    assert_eq!(said(&session).first(), Some(&"hi"));
}

#[test]
fn x16_a_refused_prompt_is_no_failed_reply() {
    let (mut session, prompt) = prompted();
    let refused = r#"{"type":"response","id":"rp-1","command":"prompt","ok":false,"error":"no"}"#;
    let events = told(&mut session, &[refused]);
    let [Settlement::Rejected(fault)] = &settled(&events, prompt)[..] else {
        panic!("{events:?}");
    };
    assert_eq!(fault.class, Class::Rejected);
}

#[test]
fn s9_only_the_words_of_the_refused_prompt_are_taken_back() {
    let (mut session, _) = prompted();
    told(&mut session, &[TEXT]);
    let second = Raw::new(r#"{"type":"prompt","id":"p2","message":"second"}"#);
    session.send(Command::from(second)).unwrap();
    assert!(said(&session).contains(&"second"));
    let busy = r#"{"type":"error","id":"p2","message":"another prompt is in flight; abort first"}"#;
    told(&mut session, &[busy]);
    assert_eq!(said(&session), ["hi"]);
}

#[test]
fn x16_an_error_with_an_answer_behind_it_ends_its_command_once() {
    let error = r#"{"type":"error","id":"rp-1","message":"overloaded"}"#;
    let failed =
        r#"{"type":"response","id":"rp-1","command":"prompt","ok":false,"error":"overloaded"}"#;
    for before in [&[][..], &[TEXT]] {
        let (mut session, prompt) = prompted();
        let mut events = told(&mut session, before);
        events.extend(told(&mut session, &[error, AGENT_END, failed]));
        assert!(matches!(
            settled(&events, prompt)[..],
            [Settlement::Rejected(_)]
        ));
        assert!(matches!(ended(&events)[..], [Outcome::Failed(_)]));
        let errors = events.iter().filter(|event| event.name() == "error");
        assert_eq!((errors.count(), session.usage().total_tokens), (1, 15));
        session.send(Command::text("next")).unwrap();
        assert_eq!(sent(&mut session).len(), 1);
    }
}

#[test]
fn x16_a_failed_answer_alone_ends_its_command_once() {
    let (mut session, prompt) = prompted();
    let failed = r#"{"type":"response","id":"rp-1","command":"prompt","ok":false,"error":"stream ended without Done"}"#;
    let events = told(&mut session, &[TEXT, AGENT_END, failed]);
    let [Settlement::Rejected(fault)] = &settled(&events, prompt)[..] else {
        panic!("{events:?}");
    };
    assert_eq!(fault.message.as_deref(), Some("stream ended without Done"));
    assert!(matches!(ended(&events)[..], [Outcome::Failed(_)]));
    let again = told(&mut session, &[failed]);
    assert!(settled(&again, prompt).is_empty());
}

#[test]
fn x16_the_late_end_of_a_refused_prompt_does_not_end_the_next() {
    let (mut session, _) = prompted();
    let error = r#"{"type":"error","id":"rp-1","message":"overloaded"}"#;
    told(&mut session, &[error]);
    let next = session.send(Command::text("next")).unwrap();
    let failed =
        r#"{"type":"response","id":"rp-1","command":"prompt","ok":false,"error":"overloaded"}"#;
    let events = told(&mut session, &[failed]);
    assert_eq!(names(&events).last(), Some(&"suppressed"));
    let events = told(&mut session, &[TEXT, &ok("rp-2")]);
    assert_eq!(settled(&events, next), [Settlement::Accepted]);
}

#[test]
fn x17_no_key_stands_twice_in_what_is_sent() {
    let fields = r#"{"type":"a","id":"b","x":1,"x":2,"\u0074ype":3}"#;
    for (dialect, wanted) in [
        (Dialect::Synaps, r#"{"type":"custom","id":"rp-1","x":2}"#),
        (Dialect::Pi, r#"{"id":"rp-1","type":"custom","x":2}"#),
    ] {
        let mut session = opened(dialect);
        let command = AgentCommand::Other {
            name: "custom".into(),
            fields: Some(RawJson::new(fields).unwrap()),
        };
        session.send(Command::from(command)).unwrap();
        assert_eq!(sent(&mut session), [wanted]);
    }
}

#[test]
fn x17_no_key_stands_twice_in_what_is_told() {
    let mut session = opened(Dialect::Synaps);
    let frame =
        r#"{"type":"response","id":"x","command":"get_state","kind":"k","ok":true,"raw":1}"#;
    let [event] = &told(&mut session, &[frame])[..] else {
        panic!("one event");
    };
    let json = serde_json::to_string(event).unwrap();
    for key in [
        "\"type\":\"agent\"",
        "\"kind\":\"response\"",
        "\"ok\":true",
        "\"raw\":\"",
    ] {
        assert_eq!(json.matches(key).count(), 1, "{json}");
    }
}

#[test]
fn x16_the_end_of_a_refused_prompt_does_not_end_the_reply_to_the_next() {
    let (mut session, _) = prompted();
    let next = session.send(Command::text("next")).unwrap();
    let error = r#"{"type":"error","id":"rp-1","message":"overloaded"}"#;
    told(&mut session, &[error]);
    assert_eq!(sent(&mut session).len(), 1);
    let failed =
        r#"{"type":"response","id":"rp-1","command":"prompt","ok":false,"error":"overloaded"}"#;
    let events = told(&mut session, &[TEXT, failed]);
    assert_eq!(names(&events).last(), Some(&"suppressed"));
    let events = told(&mut session, &[TEXT, &ok("rp-2")]);
    assert_eq!(settled(&events, next), [Settlement::Accepted]);
    assert!(matches!(ended(&events)[..], [Outcome::Completed(_)]));
}

#[test]
fn x16_the_end_of_a_prompt_is_told_once_however_often_it_comes() {
    let (mut session, _) = prompted();
    told(&mut session, &[TEXT, &ok("rp-1")]);
    let again = told(&mut session, &[&ok("rp-1")]);
    assert_eq!(names(&again), ["suppressed"]);
}
