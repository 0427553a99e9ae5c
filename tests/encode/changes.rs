//! Changes against what is in effect: only what changes leaves.

use crate::{
    configure::{beta, ga},
    support::{BOTH, hear, is_in_effect, polled, ready, sends_after},
};
use realtime_proto::{Config, Dialect, Event, SessionPatch};

#[test]
fn nothing_to_change_is_no_frame() {
    for dialect in BOTH {
        is_in_effect(dialect, patch("{}"));
    }
}

#[test]
fn what_is_in_effect_already_is_left_out() {
    let told = [
        r#"{"type":"session.updated","session":{"instructions":"i","audio":{"output":{"voice":"v"}}}}"#,
        r#"{"type":"session.updated","session":{"instructions":"i","voice":"v"}}"#,
    ];
    let frames = [
        r#"{"type":"session.update","session":{"type":"realtime","audio":{"output":{"speed":1.5}}},"event_id":"rp-1"}"#,
        r#"{"type":"session.update","session":{"speed":1.5},"event_id":"rp-1"}"#,
    ];
    for ((dialect, told), frame) in BOTH.into_iter().zip(told).zip(frames) {
        let same = patch(r#"{"instructions":"i","voice":"v"}"#);
        sends_after(&[told], dialect, same, &[]);
        let more = patch(r#"{"instructions":"i","voice":"v","speed":1.5}"#);
        sends_after(&[told], dialect, more, &[frame]);
    }
}

#[test]
fn what_will_not_be_in_effect_any_more_is_not_left_out() {
    let mut session = ready(Config::new(Dialect::OpenAi));
    let told = r#"{"type":"session.updated","session":{"instructions":"i"}}"#;
    hear(&mut session, &[told]);
    for wanted in ["j", "i"] {
        let wanted = patch(&format!(r#"{{"instructions":"{wanted}"}}"#));
        session.send(wanted.into()).unwrap();
    }

    assert_eq!(
        polled(&mut session),
        [
            r#"{"type":"session.update","session":{"type":"realtime","instructions":"j"},"event_id":"rp-1"}"#,
            r#"{"type":"session.update","session":{"type":"realtime","instructions":"i"},"event_id":"rp-2"}"#,
        ]
    );
}

#[test]
fn what_was_refused_is_not_expected_of_the_next_change() {
    let mut session = ready(Config::new(Dialect::OpenAi));
    for wanted in [
        r#"{"speed":1.5}"#,
        r#"{"instructions":"j"}"#,
        r#"{"voice":"v"}"#,
    ] {
        session.send(patch(wanted).into()).unwrap();
    }
    let refused = r#"{"type":"error","error":{"type":"invalid_request_error","event_id":"rp-2"}}"#;
    hear(&mut session, &[refused]);

    for voice in ["u", "w"] {
        let updated = format!(
            r#"{{"type":"session.updated","session":{{"instructions":"i","audio":{{"output":{{"speed":1.5,"voice":"{voice}"}}}}}}}}"#
        );
        let told: Vec<_> = session.receive(&updated).collect();
        let expected: &[&str] = if voice == "u" { &[] } else { &["voice"] };
        assert!(
            matches!(&told[0], Event::SessionUpdated(updated) if updated.mismatches == expected),
            "{told:?}"
        );
    }
}

#[test]
fn what_was_refused_is_forgotten() {
    let mut session = ready(Config::new(Dialect::OpenAi));
    let mut refused = |number: u32| {
        session
            .send(patch(r#"{"instructions":"Be brief."}"#).into())
            .unwrap();
        polled(&mut session);
        let refused = format!(
            r#"{{"type":"error","error":{{"type":"invalid_request_error","event_id":"rp-{number}"}}}}"#
        );
        assert_eq!(session.receive(&refused).len(), 2, "an error, a settlement");
        session.memory_bytes()
    };
    let before = (1..=100).map(&mut refused).last();

    let after = (101..=1_000).map(&mut refused).last();

    assert_eq!(after, before);
}

#[test]
fn the_kind_that_the_session_has_may_be_repeated() {
    ga(
        r#"{"kind":"conversation","instructions":"i"}"#,
        r#""instructions":"i""#,
    );
    beta(
        r#"{"kind":null,"instructions":"i"}"#,
        r#""instructions":"i""#,
    );
    for dialect in BOTH {
        is_in_effect(dialect, patch(r#"{"kind":"conversation"}"#));
        is_in_effect(dialect, patch(r#"{"kind":null}"#));
    }
}

fn patch(json: &str) -> SessionPatch {
    serde_json::from_str(json).unwrap()
}
