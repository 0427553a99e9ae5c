//! What leaves before the server has said a word: the desired settings, and nothing else.

use crate::support::{BOTH, CREATED, polled};
use realtime_proto::{
    Command, Config, Dialect, Event, Media, Phase, Policy, Session, SessionPatch, Settlement,
    Severity, Source, TurnDetection,
};

#[test]
fn default_settings_are_not_sent() {
    for dialect in BOTH {
        let mut session = Session::new(Config::new(dialect));
        assert_eq!(session.phase(), Phase::Opening);
        assert_eq!(polled(&mut session), Vec::<String>::new());
        let _ = session.receive(CREATED);
        assert_eq!(polled(&mut session), Vec::<String>::new());
    }
}

#[test]
fn desired_settings_are_sent_once_and_first() {
    for (dialect, update) in [
        (
            Dialect::OpenAi,
            r#"{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":null},"output":{"voice":"sage"}}},"event_id":"rp-1"}"#,
        ),
        (
            Dialect::OpenAiBeta,
            r#"{"type":"session.update","session":{"turn_detection":null,"voice":"sage"},"event_id":"rp-1"}"#,
        ),
    ] {
        let mut session = Session::new(configured(dialect));
        session.send(Command::append_audio(&[0, 0])).unwrap();
        session.send(Command::CommitInput).unwrap();

        assert_eq!(polled(&mut session), [update]);
        assert_eq!(polled(&mut session), Vec::<String>::new());
        let _ = session.receive(CREATED);
        assert_eq!(
            polled(&mut session),
            [
                r#"{"type":"input_audio_buffer.append","audio":"AAA="}"#,
                r#"{"type":"input_audio_buffer.commit","event_id":"rp-3"}"#,
            ]
        );
    }
}

#[test]
fn what_was_not_polled_before_the_greeting_is_still_first() {
    let mut session = Session::new(configured(Dialect::OpenAi));
    session.send(Command::CommitInput).unwrap();
    let _ = session.receive(CREATED);

    let polled = polled(&mut session);

    assert_eq!(polled.len(), 2);
    assert!(polled[0].starts_with(r#"{"type":"session.update","#));
    assert!(polled[1].starts_with(r#"{"type":"input_audio_buffer.commit","#));
}

#[test]
fn nothing_else_leaves_before_the_first_word_of_the_server() {
    for dialect in BOTH {
        let mut session = Session::new(Config::new(dialect));
        let mut brief = SessionPatch::default();
        brief.instructions.set("Be brief.");
        for command in [
            Command::text("hi"),
            Command::append_audio(&[0, 0]),
            Command::delete_item("item_1"),
            Command::ClearOutput,
            Command::configure(brief.clone()),
            Command::raw(r#"{"type":"anything"}"#),
        ] {
            session.send(command).unwrap();
        }

        assert_eq!(polled(&mut session), Vec::<String>::new());
        let error = r#"{"type":"error","error":{"type":"server_error"}}"#;
        let _ = session.receive(error);
        assert_eq!(polled(&mut session), Vec::<String>::new());
        let _ = session.receive("no JSON");
        assert_eq!(polled(&mut session), Vec::<String>::new());

        let _ = session.receive(r#"{"type":"rate_limits.updated","rate_limits":[]}"#);
        assert_eq!(polled(&mut session).len(), 7);
    }
}

#[test]
fn where_the_audio_passes_elsewhere_everything_leaves_at_once() {
    for dialect in BOTH {
        let mut config = configured(dialect);
        config.media = Media::Remote;
        let mut session = Session::new(config);
        session.send(Command::ClearOutput).unwrap();

        let polled = polled(&mut session);

        assert_eq!(polled.len(), 2, "{polled:?}");
        assert_eq!(
            polled[1],
            r#"{"type":"output_audio_buffer.clear","event_id":"rp-2"}"#
        );
    }
}

#[test]
fn the_opening_settles_silently_when_it_is_done() {
    let mut session = Session::new(configured(Dialect::OpenAi));
    polled(&mut session);
    let _ = session.receive(CREATED);

    let updated = r#"{"type":"session.updated","session":{"id":"sess_1"}}"#;
    let events: Vec<_> = session.receive(updated).map(|event| event.name()).collect();

    assert_eq!(events, ["session_updated"]);
}

#[test]
fn the_opening_is_told_of_when_it_is_refused() {
    let mut session = Session::new(configured(Dialect::OpenAi));
    polled(&mut session);
    let _ = session.receive(CREATED);

    let refused = r#"{"type":"error","error":{"type":"invalid_request_error","code":"unknown_parameter","event_id":"rp-1"}}"#;
    let events: Vec<_> = session.receive(refused).map(Event::into_owned).collect();

    assert_eq!(events.len(), 2, "{events:?}");
    assert!(matches!(&events[0], Event::Error(_)), "{events:?}");
    assert!(
        matches!(&events[1], Event::CommandSettled(settled)
            if settled.command.to_string() == "rp-1"
                && matches!(settled.outcome, Settlement::Rejected(_))),
        "{events:?}"
    );
}

#[test]
fn settings_that_the_dialect_lacks_are_told_of_and_none_is_sent() {
    let mut config = configured(Dialect::OpenAi);
    config.session.temperature = Some(0.8);
    let mut session = Session::new(config);

    let notice = session.poll_event().unwrap();

    let Event::Notice(notice) = notice else {
        panic!("{notice:?}");
    };
    assert_eq!(notice.severity, Severity::Error);
    assert_eq!(notice.source, Source::Session);
    assert!(notice.message.contains("configure.temperature"));
    assert_eq!(session.poll_event(), None);
    assert_eq!(polled(&mut session), Vec::<String>::new());
}

#[test]
fn a_passive_session_sends_no_settings() {
    for dialect in BOTH {
        let mut config = configured(dialect);
        config.policy = Policy::passive();
        let mut session = Session::new(config);
        let _ = session.receive(CREATED);
        assert_eq!(polled(&mut session), Vec::<String>::new());
    }
}

#[test]
fn each_connection_is_told_the_settings() {
    let mut session = Session::new(configured(Dialect::OpenAi));
    polled(&mut session);
    let _ = session.receive(CREATED);
    session.send(Command::CommitInput).unwrap();

    let mut session = session.reconnect(configured(Dialect::OpenAi));

    let polled = polled(&mut session);
    assert_eq!(polled.len(), 1, "{polled:?}");
    assert!(polled[0].starts_with(r#"{"type":"session.update","session":{"type":"realtime","#));
    assert!(
        polled[0].ends_with(r#""event_id":"rp-3"}"#),
        "{}",
        polled[0]
    );
}

fn configured(dialect: Dialect) -> Config {
    let mut config = Config::new(dialect);
    config.session.voice = Some("sage".to_owned());
    config.session.turn_detection = Some(TurnDetection::Manual);
    config
}
