//! The ids that a session gives its frames.

use crate::support::{CREATED, STARTED, hear, polled, ready};
use realtime_proto::{
    Close, Command, CommandSettled, Config, Dialect, Event, ItemDraft, RawJson, SendError, Session,
    Settlement,
};

#[test]
fn a_command_of_two_frames_takes_two_numbers() {
    let mut session = ready(Config::new(Dialect::OpenAi));

    let first = session.send(Command::text("one")).unwrap();
    let second = session.send(Command::text("two")).unwrap();

    assert_eq!((first.to_string(), second.to_string()), ids("rp-1", "rp-3"));
    let named = |session: &mut Session| -> Vec<_> {
        let polled = polled(session);
        polled.iter().map(|frame| event_id(frame)).collect()
    };
    assert_eq!(named(&mut session), ["rp-1", "rp-2", "rp-3"]);
    // The second reply is asked for at the end of the first.
    let done = r#"{"type":"response.done","response":{"id":"resp_1","status":"completed"}}"#;
    hear(&mut session, &[STARTED, done]);
    assert_eq!(named(&mut session), ["rp-4"]);
    assert_eq!(event_id_of_next(&mut session), "rp-5");
}

/// The id that the next frame has.
fn event_id_of_next(session: &mut Session) -> String {
    session.send(Command::ClearInput).unwrap();
    event_id(&polled(session)[0])
}

#[test]
fn what_is_refused_takes_no_number() {
    let mut session = ready(Config::new(Dialect::OpenAi));
    let refused = session.send(Command::Ping).unwrap_err();
    assert!(matches!(refused, SendError::Unsupported { .. }));

    let id = session.send(Command::CommitInput).unwrap();

    assert_eq!(id.to_string(), "rp-1");
}

#[test]
fn streams_take_a_number_that_no_frame_has() {
    let mut session = ready(Config::new(Dialect::OpenAi));

    let append = session.send(Command::append_audio(&[0, 0])).unwrap();
    session.send(Command::CommitInput).unwrap();

    assert_eq!(append.to_string(), "rp-1");
    let polled = polled(&mut session);
    assert!(!polled[0].contains("event_id"), "{}", polled[0]);
    assert_eq!(event_id(&polled[1]), "rp-2");
}

#[test]
fn the_prefix_is_the_callers_as_far_as_it_fits() {
    for (prefix, expected) in [
        ("call7", "call7-1"),
        ("", "-1"),
        ("a-long-prefix-that-fits-not", "a-long-pref-1"),
        ("élevenbytes", "élevenbyte-1"),
    ] {
        let mut config = Config::new(Dialect::OpenAi);
        config.id_prefix = prefix.to_owned();
        let mut session = ready(config);

        let id = session.send(Command::CommitInput).unwrap();

        assert_eq!(id.to_string(), expected);
        assert!(id.to_string().len() <= 32);
        assert_eq!(event_id(&polled(&mut session)[0]), expected);
    }
}

#[test]
fn a_prefix_that_json_must_escape_still_names_the_command() {
    let mut config = Config::new(Dialect::OpenAi);
    config.id_prefix = "q\"\\\n".to_owned();
    let mut session = ready(config);
    hear(&mut session, &[STARTED]);
    let id = session.send(Command::cancel_response()).unwrap();

    let frame = polled(&mut session).remove(0);

    assert_eq!(
        frame,
        r#"{"type":"response.cancel","response_id":"resp_1","event_id":"q\"\\\n-1"}"#
    );
    let error =
        r#"{"type":"error","error":{"code":"response_cancel_not_active","event_id":"q\"\\\n-1"}}"#;
    let settled: Vec<_> = session.receive(error).filter_map(settlement).collect();
    assert_eq!(settled, [(id.to_string(), Settlement::Superseded)]);
}

#[test]
fn numbers_go_on_across_a_reconnect() {
    let mut session = ready(Config::new(Dialect::OpenAi));
    session.send(Command::text("one")).unwrap();
    session.disconnected(Close::lost());

    let mut session = session.reconnect(Config::new(Dialect::OpenAi));
    let _ = session.receive(CREATED);
    let id = session.send(Command::CommitInput).unwrap();

    // The reply that had not begun is asked for again, under the first number that is free.
    assert_eq!(id.to_string(), "rp-4");
    assert_eq!(
        polled(&mut session),
        [
            r#"{"type":"response.create","event_id":"rp-3"}"#,
            r#"{"type":"input_audio_buffer.commit","event_id":"rp-4"}"#,
        ]
    );
}

#[test]
fn an_error_about_the_second_frame_is_about_the_command() {
    let mut session: Session = ready(Config::new(Dialect::OpenAi));
    let id = session.send(Command::text("hi")).unwrap();
    polled(&mut session);
    let added = r#"{"type":"conversation.item.added","item":{"id":"i","type":"message","role":"user","content":[]}}"#;
    let _ = session.receive(added);

    let refused = r#"{"type":"error","error":{"type":"invalid_request_error","event_id":"rp-2"}}"#;
    let settled: Vec<_> = session.receive(refused).filter_map(settlement).collect();

    assert!(
        matches!(&settled[..], [(command, Settlement::Rejected(_))] if *command == id.to_string()),
        "{settled:?}"
    );
}

#[test]
fn an_item_is_acknowledged_by_the_id_that_it_leaves_with() {
    let mut added = ItemDraft::user_text("hi");
    added.id = Some("other".into());
    added.extra = Some(RawJson::new(r#"{"id":"mine"}"#).unwrap());
    let worded = RawJson::new(r#"{"type":"x","id":"mine"}"#).unwrap();
    let mut named = ItemDraft::user_text("hi");
    named.id = Some("mine".into());
    for item in [added, ItemDraft::raw(worded), named] {
        let mut session = ready(Config::new(Dialect::OpenAi));
        let id = session.send(Command::create_item(item)).unwrap();
        polled(&mut session);
        let mut settles = |item_id: &str| -> Vec<_> {
            let added = format!(
                r#"{{"type":"conversation.item.added","item":{{"id":"{item_id}","type":"message","role":"user","content":[]}}}}"#
            );
            session.receive(&added).filter_map(settlement).collect()
        };

        assert_eq!(settles("other"), []);
        assert_eq!(settles("mine"), [(id.to_string(), Settlement::Accepted)]);
    }
}

fn ids(first: &str, second: &str) -> (String, String) {
    (first.to_owned(), second.to_owned())
}

fn event_id(frame: &str) -> String {
    let frame: serde_json::Value = serde_json::from_str(frame).unwrap();
    frame["event_id"].as_str().unwrap().to_owned()
}

fn settlement(event: Event<'_>) -> Option<(String, Settlement<'static>)> {
    match event.into_owned() {
        Event::CommandSettled(settled) => {
            let CommandSettled {
                command, outcome, ..
            } = *settled;
            Some((command.to_string(), outcome))
        }
        _ => None,
    }
}
