//! Messages that lack something or hold what they should not: read as far as they go.

use core::time::Duration;
use realtime_proto::{
    Class, Config, Dialect, Event, FrameFault, Phase, ResponseState, Session, TranscriptUpdate,
};

#[test]
fn a_message_without_what_it_means_names_the_field() {
    let text = "conversation.item.input_audio_transcription";
    for (kind, field) in [
        ("response.output_audio.delta", "delta"),
        ("response.audio.delta", "delta"),
        ("response.output_text.delta", "delta"),
        ("response.output_audio_transcript.delta", "delta"),
        ("response.function_call_arguments.delta", "delta"),
        ("response.mcp_call_arguments.delta", "delta"),
        ("response.output_text.done", "text"),
        ("response.output_audio_transcript.done", "transcript"),
        ("response.function_call_arguments.done", "call_id"),
        ("response.output_item.added", "item"),
        ("response.output_item.done", "item"),
        ("conversation.item.added", "item"),
        ("conversation.item.created", "item"),
        ("conversation.item.done", "item"),
        ("conversation.item.retrieved", "item"),
        (&format!("{text}.completed"), "transcript"),
        (&format!("{text}.segment"), "text"),
        ("input_audio_buffer.dtmf_event_received", "event"),
        ("response.created", "response"),
        ("response.done", "response"),
    ] {
        for (value, expected) in [
            (None, FrameFault::Missing { field }),
            (Some("null"), FrameFault::Missing { field }),
            (Some("[]"), FrameFault::Mistyped { field }),
        ] {
            let own = value.map(|value| format!(r#","{field}":{value}"#));
            let frame = format!(r#"{{"type":"{kind}"{}}}"#, own.unwrap_or_default());
            let told: Vec<_> = replying().receive(&frame).map(Event::into_owned).collect();
            let malformed = told.iter().find_map(|event| match event {
                Event::Malformed(malformed) => Some(malformed),
                _ => None,
            });
            let malformed = malformed.unwrap_or_else(|| panic!("{frame}: {told:?}"));
            assert_eq!(malformed.fault, expected, "{frame}");
            assert_eq!(malformed.kind.as_deref(), Some(kind));
            assert_eq!(malformed.raw, frame);
        }
    }
}

#[test]
fn a_session_may_say_nothing_of_itself_but_not_be_something_else() {
    for kind in [
        "session.created",
        "session.updated",
        "transcription_session.created",
    ] {
        for nothing in ["", r#","session":null"#, r#","session":{}"#] {
            let frame = format!(r#"{{"type":"{kind}"{nothing}}}"#);
            let mut session = Session::new(Config::new(Dialect::OpenAi));
            let told: Vec<_> = session.receive(&frame).collect();
            assert!(
                matches!(told.as_slice(), [Event::Ready(ready)] if ready.session_id.is_none()),
                "{frame}: {told:?}"
            );
        }
        let frame = format!(r#"{{"type":"{kind}","session":"sess_1"}}"#);
        let told: Vec<_> = replying().receive(&frame).map(Event::into_owned).collect();
        let field = "session";
        assert!(
            matches!(told.as_slice(), [Event::Malformed(malformed)]
                if malformed.fault == FrameFault::Mistyped { field } && malformed.raw == frame),
            "{frame}: {told:?}"
        );
    }
}

#[test]
fn a_damaged_end_is_an_end() {
    let mut session = replying();
    let frame = r#"{"type":"response.done","response":"resp_1"}"#;
    let told: Vec<_> = session.receive(frame).collect();
    assert!(
        matches!(
            told.as_slice(),
            [Event::Malformed(_), Event::ResponseFinished(_)]
        ),
        "{told:?}"
    );
    assert_eq!(session.response(), ResponseState::Idle);

    let completed = "conversation.item.input_audio_transcription.completed";
    let delta = "conversation.item.input_audio_transcription.delta";
    let said = format!(r#"{{"type":"{delta}","item_id":"item_1","delta":"Two"}}"#);
    session.receive(&said).for_each(drop);
    let damaged = format!(
        r#"{{"type":"{completed}","item_id":"item_1","transcript":7,"usage":{{"type":"duration","seconds":1.5}}}}"#
    );
    let told: Vec<_> = session.receive(&damaged).collect();
    let [
        Event::Malformed(_),
        Event::InputTranscript(end),
        Event::Usage(report),
    ] = told.as_slice()
    else {
        panic!("a fault, an end, a cost: {told:?}");
    };
    let TranscriptUpdate::Failed {
        fault: None,
        partial,
    } = &end.update
    else {
        panic!("it failed: {end:?}");
    };
    assert_eq!(partial.as_deref(), Some("Two"));
    assert!((report.usage.seconds - 1.5).abs() < f64::EPSILON);
}

#[test]
fn ids_that_are_none_are_absent() {
    for id in ["null", r#""""#, "[]", "{}"] {
        let frame = format!(
            r#"{{"type":"input_audio_buffer.speech_started","event_id":{id},"item_id":{id}}}"#
        );
        let mut session = replying();
        let events = session.receive(&frame);
        assert_eq!(events.event_id(), None, "{frame}");
        let speech = events.clone().find_map(|event| match event {
            Event::SpeechStarted(speech) => Some(speech),
            _ => None,
        });
        assert_eq!(speech.unwrap().item_id, None, "{frame}");
    }
    let numbered = r#"{"type":"input_audio_buffer.speech_started","item_id":17}"#;
    let mut session = replying();
    let told = session.receive(numbered).next();
    assert!(
        matches!(&told, Some(Event::SpeechStarted(speech)) if speech.item_id.as_deref() == Some("17")),
        "{told:?}"
    );
}

#[test]
fn numbers_are_read_as_far_as_they_go() {
    for (number, limit, index) in [
        ("0", Some(0), Some(0)),
        ("1.0", Some(1), Some(1)),
        ("1e3", Some(1000), Some(1000)),
        ("2.9", Some(2), Some(2)),
        ("-0", Some(0), Some(0)),
        ("4294967295", Some(4_294_967_295), Some(u32::MAX)),
        ("4294967296", Some(4_294_967_296), None),
        ("18446744073709551615", Some(u64::MAX), None),
        ("18446744073709551616", Some(u64::MAX), None),
        ("1e300", Some(u64::MAX), None),
        ("1e999", Some(u64::MAX), None),
        ("-1", None, None),
        ("-1e999", None, None),
        ("\"12\"", None, None),
        ("null", None, None),
        ("[12]", None, None),
    ] {
        let frame =
            format!(r#"{{"type":"rate_limits.updated","rate_limits":[{{"limit":{number}}}]}}"#);
        let mut session = replying();
        let Some(Event::RateLimits(told)) = session.receive(&frame).next() else {
            panic!("limits: {frame}");
        };
        assert_eq!(told.limits[0].limit, limit, "{number}");

        let frame = format!(
            r#"{{"type":"response.output_text.delta","delta":"a","output_index":{number},"content_index":{number}}}"#
        );
        let mut session = replying();
        let Some(Event::TextDelta(text)) = session.receive(&frame).next() else {
            panic!("a text: {frame}");
        };
        assert_eq!(text.ids.output_index, index, "{number}");
        assert_eq!(text.ids.content_index, index, "{number}");
    }
}

#[test]
fn durations_that_cannot_be_are_absent() {
    for (number, at) in [
        ("0", Some(Duration::ZERO)),
        ("1184", Some(Duration::from_millis(1184))),
        ("1184.0", Some(Duration::from_millis(1184))),
        ("1.184e3", Some(Duration::from_millis(1184))),
        ("0.5", Some(Duration::from_micros(500))),
        ("4294967296000", Some(Duration::from_secs(4_294_967_296))),
        ("-1", None),
        ("-0.001", None),
        ("1e30", None),
        ("1e999", None),
        ("\"1184\"", None),
        ("null", None),
        ("true", None),
    ] {
        let frame = format!(
            r#"{{"type":"input_audio_buffer.speech_started","item_id":"item_1","audio_start_ms":{number}}}"#
        );
        let mut session = replying();
        let Some(Event::SpeechStarted(speech)) = session.receive(&frame).next() else {
            panic!("speech: {frame}");
        };
        assert_eq!(speech.at, at, "{number}");
    }
}

#[test]
fn an_error_has_many_shapes() {
    for (members, code, kind, message, class) in [
        (r#""error":{}"#, None, None, None, Class::Unknown),
        (r#""error":null"#, None, None, None, Class::Unknown),
        (r#""x":1"#, None, None, None, Class::Unknown),
        (
            r#""error":"Full.""#,
            None,
            None,
            Some("Full."),
            Class::Unknown,
        ),
        (
            r#""error":"Full.","code":"server_error""#,
            Some("server_error"),
            None,
            Some("Full."),
            Class::ServerFault,
        ),
        (
            r#""message":"Full.","code":503"#,
            Some("503"),
            None,
            Some("Full."),
            Class::ServerFault,
        ),
        (
            r#""error":{"type":null,"code":401,"message":null}"#,
            Some("401"),
            None,
            None,
            Class::Auth,
        ),
        (
            r#""error":{"type":"rate_limit_error","code":null,"message":"Slow."}"#,
            None,
            Some("rate_limit_error"),
            Some("Slow."),
            Class::Throttled,
        ),
        (
            r#""error":{"type":7,"code":true,"message":["Slow."],"param":{}}"#,
            Some("true"),
            None,
            None,
            Class::Unknown,
        ),
    ] {
        let frame = format!(r#"{{"type":"error",{members}}}"#);
        let mut session = replying();
        let told: Vec<_> = session.receive(&frame).collect();
        let [Event::Error(error)] = told.as_slice() else {
            panic!("one error: {frame}: {told:?}");
        };
        assert_eq!(error.code.as_deref(), code, "{frame}");
        assert_eq!(error.kind.as_deref(), kind, "{frame}");
        assert_eq!(error.message.as_deref(), message, "{frame}");
        assert_eq!(error.class, class, "{frame}");
        assert_eq!(error.raw, frame);
        assert_eq!(session.phase(), Phase::Ready, "an error ends nothing");
        assert_eq!(session.response(), ResponseState::Responding);
    }
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
