//! What is no frame: told with its exact fault, and nothing else happens.

use realtime_proto::{Config, Dialect, Event, Frame, FrameFault, InputNotice, Session};

/// Each item that follows another which follows it, over one, two and three.
#[test]
fn items_that_follow_each_other_in_a_circle_are_all_there() {
    for circle in [&["a"][..], &["a", "b"], &["a", "b", "c"], &["a", "c", "b"]] {
        let mut session = Session::new(Config::new(Dialect::OpenAi));
        for (at, item) in circle.iter().enumerate() {
            let before = circle[(at + circle.len() - 1) % circle.len()];
            let frame = format!(
                r#"{{"type":"input_audio_buffer.committed","item_id":"{item}","previous_item_id":"{before}"}}"#
            );
            assert!(session.receive(&frame).len() > 0);
        }
        let mut there: Vec<_> = session
            .conversation()
            .items()
            .map(|item| item.id.to_string())
            .collect();
        there.sort();
        let mut wanted = circle.to_vec();
        wanted.sort_unstable();
        assert_eq!(there, wanted);
    }
}

#[test]
fn what_is_not_json_says_where() {
    for (frame, offset) in [
        ("", 0),
        ("   ", 3),
        ("hello", 0),
        ("nul", 3),
        ("nulL", 3),
        ("{", 1),
        ("{\"type\"", 7),
        ("{\"type\":", 8),
        ("{\"type\":}", 8),
        ("{\"type\":\"ping\"", 14),
        ("{\"type\":\"ping\",}", 15),
        ("{\"type\":\"ping\"}}", 15),
        ("{\"type\":\"ping\"} x", 16),
        ("{\"type\":\"ping\"}\u{0}", 15),
        ("{\"type\":\"pi\nng\"}", 11),
        ("{\"type\":\"pi\\ng\\x\"}", 15),
        ("{\"type\":\"\\u12g4\"}", 13),
        ("{\"type\":\"ping", 13),
        ("{'type':1}", 1),
        ("{type:1}", 1),
        ("{\"a\":01}", 6),
        ("{\"a\":-}", 6),
        ("{\"a\":1.}", 7),
        ("{\"a\":1e}", 7),
        ("{\"a\":.5}", 5),
        ("{\"a\":+1}", 5),
        ("{\"a\":NaN}", 5),
        ("{\"a\":Infinity}", 5),
        ("{\"a\":tru}", 8),
        ("{\"a\":[1,]}", 8),
        ("{\"a\":[1 2]}", 8),
        ("{\"a\":[}", 6),
        ("{\"a\":{]}", 6),
        ("{\"a\":{\"b\":1]}", 11),
        ("{\"a\" 1}", 5),
        ("{\"a\":1 \"b\":2}", 7),
        ("{1:2}", 1),
        ("\u{feff}{\"type\":\"ping\"}", 0),
        ("{\"type\":\"ping\"}\u{a0}", 15),
        ("[1,2", 4),
    ] {
        assert_eq!(fault(frame), FrameFault::NotJson { offset }, "{frame:?}");
    }
}

#[test]
fn a_control_character_in_a_string_is_found_wherever_it_is() {
    for at in 0..300 {
        for control in ["\u{0}", "\n", "\u{1f}"] {
            let (before, after) = ("a".repeat(at), "b".repeat(300 - at));
            for end in ["", r"\n", "é"] {
                let frame = format!(r#"{{"type":"{before}{control}{after}{end}"}}"#);
                assert_eq!(
                    fault(&frame),
                    FrameFault::NotJson { offset: 9 + at },
                    "{frame:?}"
                );
            }
        }
    }
    let allowed = format!("{{\"type\":\"{}\u{7f}\u{80}\"}}", "a".repeat(100));
    let told = replying().receive(&allowed).map(Event::into_owned).last();
    assert!(matches!(told, Some(Event::Unknown(_))), "{told:?}");
}

#[test]
fn json_that_is_no_object_is_no_frame() {
    for frame in [
        "null",
        "true",
        "false",
        "0",
        "-1.5e+3",
        "\"{}\"",
        "[]",
        "[{\"type\":\"ping\"}]",
        " \t\r\n[[1,{}], \"\\u0041\"] ",
    ] {
        assert_eq!(fault(frame), FrameFault::NotAnObject, "{frame:?}");
    }
}

#[test]
fn space_around_an_object_is_no_fault() {
    let mut session = replying();
    let frame = " \t\r\n{ \"type\" :\t\"input_audio_buffer.cleared\" } \r\n";
    let told: Vec<_> = session.receive(frame).collect();
    assert_eq!(told, [Event::Input(InputNotice::Cleared)]);
}

#[test]
fn invalid_utf8_says_where_and_is_shown_replaced() {
    let frame = b"{\"type\":\"pi\xffng\"}";
    let mut session = replying();
    let before = session.clone();

    let events = session.receive_binary(frame);

    assert_eq!(events.frame(), Frame::Binary(frame));
    assert_eq!((events.kind(), events.event_id()), (None, None));
    let told: Vec<_> = events.collect();
    let [Event::Malformed(malformed)] = told.as_slice() else {
        panic!("one fault: {told:?}");
    };
    assert_eq!(malformed.fault, FrameFault::Utf8 { offset: 11 });
    assert_eq!(malformed.raw, "{\"type\":\"pi\u{fffd}ng\"}");
    assert_eq!(malformed.kind, None);
    assert!(session == before);
}

#[test]
fn a_binary_frame_of_json_is_read_like_text() {
    let frame = br#"{"type":"response.output_text.delta","event_id":"event_1","delta":"Hi"}"#;
    let mut session = replying();
    let events = session.receive_binary(frame);
    assert_eq!(events.kind(), Some("response.output_text.delta"));
    assert_eq!(events.event_id(), Some("event_1"));
    assert_eq!(events.frame(), Frame::Binary(frame));
    let told: Vec<_> = events.collect();
    let text = core::str::from_utf8(frame).unwrap();
    assert_eq!(told, replying().receive(text).collect::<Vec<_>>());
    assert!(matches!(told.as_slice(), [Event::TextDelta(text)] if text.delta == "Hi"));
}

#[test]
fn a_frame_may_be_as_long_as_the_limit() {
    let frame = r#"{"type":"input_audio_buffer.cleared"}"#;
    let mut config = Config::new(Dialect::OpenAi);
    config.limits.frame_bytes = frame.len();
    let mut session = Session::new(config);

    let told: Vec<_> = session.receive(frame).collect();
    assert!(
        told.contains(&Event::Input(InputNotice::Cleared)),
        "{told:?}"
    );

    let before = session.clone();
    for too_long in [format!("{frame} "), "x".repeat(frame.len() + 1)] {
        let told: Vec<_> = session.receive(&too_long).collect();
        let [Event::Malformed(malformed)] = told.as_slice() else {
            panic!("one fault: {told:?}");
        };
        let limit = frame.len();
        assert_eq!(malformed.fault, FrameFault::TooLong { limit });
        assert_eq!(malformed.raw, too_long);
    }
    assert!(session == before);
}

#[test]
fn a_frame_may_be_nested_as_deep_as_the_limit() {
    let mut config = Config::new(Dialect::OpenAi);
    config.limits.nesting = 5;
    let mut session = Session::new(config);
    let nested = |levels: usize| {
        let (open, close) = ("[".repeat(levels - 1), "]".repeat(levels - 1));
        format!(r#"{{"type":"weather","x":{open}{close}}}"#)
    };

    let deep = nested(5);
    let told = session.receive(&deep).last();
    assert!(matches!(told, Some(Event::Unknown(_))), "{told:?}");

    let before = session.clone();
    let too_deep = nested(6);
    let told: Vec<_> = session.receive(&too_deep).collect();
    assert!(
        matches!(told.as_slice(), [Event::Malformed(malformed)]
            if malformed.fault == FrameFault::TooDeep { limit: 5 } && malformed.raw == too_deep),
        "{told:?}"
    );
    assert!(session == before);
}

#[test]
fn depth_costs_no_stack() {
    let config = Config::new(Dialect::OpenAi);
    let limit = config.limits.nesting;
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let brackets = open.repeat(100_000);
        let frame = format!(r#"{{"type":"ping","x":{brackets}"#);
        assert_eq!(fault(&frame), FrameFault::TooDeep { limit });
        let whole = format!("{brackets}1{}", close.repeat(100_000));
        assert_eq!(fault(&whole), FrameFault::TooDeep { limit });
    }
    let mut config = config;
    config.limits.nesting = usize::MAX;
    let mut session = Session::new(config);
    let frame = format!(r#"{{"x":{}"#, "[".repeat(100_000));
    let told: Vec<_> = session.receive(&frame).collect();
    assert!(
        matches!(told.as_slice(), [Event::Malformed(malformed)]
            if matches!(malformed.fault, FrameFault::TooDeep { .. })),
        "{told:?}"
    );
}

#[test]
fn a_type_that_is_none() {
    for frame in ["{}", r#"{"type":null}"#, r#"{"TYPE":"error"}"#] {
        let told: Vec<_> = replying().receive(frame).map(Event::into_owned).collect();
        let [Event::Unknown(unknown)] = told.as_slice() else {
            panic!("{frame}: {told:?}");
        };
        assert_eq!((unknown.kind.as_deref(), &*unknown.raw), (None, frame));
    }
    for frame in [
        r#"{"type":7}"#,
        r#"{"type":true}"#,
        r#"{"type":["error"]}"#,
        r#"{"type":{"type":"error"}}"#,
    ] {
        assert_eq!(
            fault(frame),
            FrameFault::Mistyped { field: "type" },
            "{frame}"
        );
    }
    let told: Vec<_> = replying()
        .receive(r#"{"type":""}"#)
        .map(Event::into_owned)
        .collect();
    assert!(
        matches!(told.as_slice(), [Event::Unknown(unknown)] if unknown.kind.as_deref() == Some("")),
        "{told:?}"
    );
}

/// The fault of a text that is no frame: the one event, which changes nothing but counters.
#[track_caller]
fn fault(frame: &str) -> FrameFault {
    let mut session = replying();
    let before = session.clone();
    let events = session.receive(frame);
    assert_eq!(events.frame(), Frame::Text(frame));
    let told: Vec<_> = events.map(Event::into_owned).collect();
    let [Event::Malformed(malformed)] = told.as_slice() else {
        panic!("one fault: {frame:?}: {told:?}");
    };
    assert_eq!((malformed.kind.as_deref(), &*malformed.raw), (None, frame));
    let counted = session.counters();
    assert_eq!(counted.malformed, before.counters().malformed + 1);
    assert_eq!(counted.frames_in, before.counters().frames_in + 1);
    assert!(session == before, "{frame:?} changed the session");
    malformed.fault.clone()
}

/// A session in the middle of a response.
fn replying() -> Session {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    for frame in [
        r#"{"type":"session.created","session":{"id":"sess_1"}}"#,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
    ] {
        session.receive(frame).for_each(drop);
    }
    session
}
