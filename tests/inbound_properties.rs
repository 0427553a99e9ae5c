//! Whatever comes in: nothing panics, no frame is silent, and what a frame ends stays ended.

mod recorded;

use proptest::{
    collection::{hash_map, vec},
    prelude::*,
    sample::{Index, select},
};
use realtime_proto::{Close, Config, Dialect, Event, FrameFault, ResponseState, Session};
use recorded::server_frames;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::sync::LazyLock;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn i01_arbitrary_text_tells_something(frames in vec(any::<String>(), 1..8)) {
        let mut session = replying(Dialect::OpenAi);
        for frame in &frames {
            prop_assert!(tells(&mut session, frame) >= 1, "{frame:?}");
        }
    }

    #[test]
    fn i01_arbitrary_bytes_tell_something(frames in vec(vec(any::<u8>(), 0..64), 1..8)) {
        let mut session = replying(Dialect::OpenAi);
        for frame in &frames {
            prop_assert!(session.receive_binary(frame).count() >= 1, "{frame:?}");
        }
    }

    #[test]
    fn i01_almost_json_is_told_from_json(frame in "[\\[\\]{}:,\"\\\\u0d8etrflsn1.\\-+ \n]{0,48}") {
        let valid = serde_json::from_str::<IgnoredAny>(&frame).is_ok();
        let mut session = replying(Dialect::OpenAi);
        let told: Vec<_> = session.receive(&frame).collect();
        let refused = matches!(told.as_slice(), [Event::Malformed(malformed)]
            if matches!(malformed.fault, FrameFault::NotJson { .. }));
        prop_assert_eq!(refused, !valid, "{:?}: {:?}", frame, told);
        let nested = format!(r#"{{"type":"response.done","response":{frame}}}"#);
        let valid = serde_json::from_str::<IgnoredAny>(&nested).is_ok();
        prop_assert!(tells(&mut session, &nested) >= 1);
        prop_assert_eq!(session.response() == ResponseState::Idle, valid, "{}", nested);
    }

    #[test]
    fn i01_any_value_in_any_place_tells_something(
        kind in select(KINDS.as_slice()),
        key in select(KEYS),
        value in json(),
        more in json(),
    ) {
        let mut session = replying(Dialect::OpenAi);
        let mut frame = serde_json::json!({"type": kind, "response_id": "resp_1", "more": more});
        frame[key] = value;
        let frame = frame.to_string();
        prop_assert!(tells(&mut session, &frame) >= 1, "{frame}");
        settles(session)?;
    }

    #[test]
    fn i01_damaged_frames_tell_something(
        at in any::<Index>(),
        place in any::<Index>(),
        damage in damage(),
        dialect in select(&[Dialect::OpenAi, Dialect::OpenAiBeta][..]),
    ) {
        let frame = damaged(at.get(&GOLDEN), place, &damage);
        let mut session = replying(dialect);
        prop_assert!(tells(&mut session, &frame) >= 1, "{frame}");
        prop_assert!(tells(&mut session, &frame) >= 1, "again: {frame}");
        settles(session)?;
    }

    #[test]
    fn i01_a_damaged_end_still_ends_its_response(
        at in any::<Index>(),
        place in any::<Index>(),
        damage in damage(),
    ) {
        let mut golden = at.get(&ENDS).clone();
        golden["response"]["id"] = "resp_1".into();
        let frame = damaged(&golden, place, &damage);
        let read: Value = serde_json::from_str(&frame).unwrap();
        let id = &read["response"]["id"];
        prop_assume!(read["type"] == "response.done" && (id == "resp_1" || id.is_null()));
        let mut session = replying(Dialect::OpenAi);
        let ends = session.receive(&frame).filter(|event| matches!(event, Event::ResponseFinished(_)));
        prop_assert_eq!(ends.count(), 1, "{}", frame);
        prop_assert_ne!(session.response(), ResponseState::Responding, "{}", frame);
    }

    #[test]
    fn i16_no_frame_before_the_end_is_silent(
        frames in vec((any::<Index>(), any::<Index>(), damage(), 0..4_u8), 1..24),
    ) {
        let mut session = Session::new(Config::new(Dialect::OpenAi));
        for (at, place, damage, how) in &frames {
            let golden = at.get(&GOLDEN);
            let frame = match how {
                0 => damaged(golden, *place, damage),
                1 => golden.to_string()[..8].into(),
                _ => golden.to_string(),
            };
            prop_assert!(tells(&mut session, &frame) >= 1, "{frame}");
        }
        settles(session)?;
    }
}

#[test]
fn i16_no_frame_of_a_recording_is_silent() {
    let mut place = String::new();
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    for frame in server_frames() {
        let recording = frame.place.split(':').next().unwrap();
        if place != recording {
            place = recording.into();
            session = Session::new(Config::new(frame.dialect));
        }
        let told: Vec<_> = session.receive(&frame.text).collect();
        assert!(!told.is_empty(), "{}", frame.place);
        let lost = told
            .iter()
            .find(|event| matches!(event, Event::Unknown(_) | Event::Malformed(_)));
        assert_eq!(lost, None, "{}", frame.place);
    }
}

#[test]
fn i16_after_the_end_every_frame_is_silent() {
    let mut session = replying(Dialect::OpenAi);
    session.disconnected(Close::lost());
    while session.poll_event().is_some() {}
    for frame in ["", "{}", r#"{"type":"response.done"}"#] {
        assert_eq!(session.receive(frame).count(), 0, "{frame}");
        assert_eq!(session.receive_binary(frame.as_bytes()).count(), 0);
    }
    assert_eq!(session.receive_binary(&[0xff]).count(), 0);
}

/// How many events a frame causes; as many as it says.
fn tells(session: &mut Session, frame: &str) -> usize {
    let events = session.receive(frame);
    let (said, count) = (events.len(), events.map(Event::into_owned).count());
    assert_eq!(said, count, "{frame}");
    count
}

/// The end is told, last and once, and everything that was open ends before it.
fn settles(mut session: Session) -> Result<(), TestCaseError> {
    session.disconnected(Close::lost());
    let mut told = Vec::new();
    while let Some(event) = session.poll_event() {
        told.push(event);
    }
    let ends = told
        .iter()
        .filter(|event| matches!(event, Event::Closed(_)));
    prop_assert_eq!(ends.count(), 1);
    prop_assert!(matches!(told.last(), Some(Event::Closed(_))));
    prop_assert_eq!(session.response(), ResponseState::Idle);
    Ok(())
}

/// A session in the middle of a response.
fn replying(dialect: Dialect) -> Session {
    let mut session = Session::new(Config::new(dialect));
    for frame in [
        r#"{"type":"session.created","session":{"id":"sess_1"}}"#,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
    ] {
        session.receive(frame).for_each(drop);
    }
    session
}

/// The recorded frames, each shape once.
static GOLDEN: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let mut frames: Vec<Value> = Vec::new();
    for frame in server_frames() {
        let value: Value = serde_json::from_str(&frame.text).unwrap();
        let seen = frames.iter().filter(|other| other["type"] == value["type"]);
        if seen.count() < 4 {
            frames.push(value);
        }
    }
    assert!(frames.len() > 80, "only {} frames", frames.len());
    frames
});

static ENDS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let ends = server_frames().into_iter().filter_map(|frame| {
        let value: Value = serde_json::from_str(&frame.text).unwrap();
        (value["type"] == "response.done").then_some(value)
    });
    ends.collect()
});

static KINDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let kinds = GOLDEN
        .iter()
        .map(|frame| frame["type"].as_str().unwrap().into());
    kinds.collect()
});

const KEYS: &[&str] = &[
    "delta",
    "item",
    "part",
    "response",
    "session",
    "error",
    "item_id",
    "response_id",
    "event_id",
    "previous_item_id",
    "content_index",
    "audio_end_ms",
    "usage",
    "transcript",
    "arguments",
    "call_id",
    "rate_limits",
];

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let keys = prop_oneof![
            any::<String>(),
            select(&["id", "type", "content", "status", "output", "usage"][..])
                .prop_map(String::from),
        ];
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            hash_map(keys, inner, 0..4).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

/// What happens to one place of a frame.
#[derive(Clone, Debug)]
enum Damage {
    Drop,
    Set(Value),
    Rename(String),
    Duplicate(Value),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        Just(Damage::Drop),
        Just(Damage::Set(Value::Null)),
        json().prop_map(Damage::Set),
        "[a-z_]{0,8}".prop_map(Damage::Rename),
        json().prop_map(Damage::Duplicate),
    ]
}

/// The frame with one member or element, anywhere in it, damaged.
fn damaged(frame: &Value, place: Index, damage: &Damage) -> String {
    let mut left = place.index(places(frame));
    let mut out = String::new();
    write(frame, &mut left, damage, &mut out);
    out
}

/// How many members and elements there are, at all depths.
fn places(value: &Value) -> usize {
    match value {
        Value::Object(members) => members.values().map(|value| 1 + places(value)).sum(),
        Value::Array(elements) => elements.iter().map(|value| 1 + places(value)).sum(),
        _ => 0,
    }
}

/// Writes a value, damaging the place that `left` counts down to.
fn write(value: &Value, left: &mut usize, damage: &Damage, out: &mut String) {
    let (open, close, inner): (_, _, Vec<(Option<&String>, &Value)>) = match value {
        Value::Object(members) => (
            '{',
            '}',
            members
                .iter()
                .map(|(key, value)| (Some(key), value))
                .collect(),
        ),
        Value::Array(elements) => (
            '[',
            ']',
            elements.iter().map(|value| (None, value)).collect(),
        ),
        scalar => return out.push_str(&scalar.to_string()),
    };
    out.push(open);
    let start = out.len();
    for (key, value) in inner {
        let here = *left == 0;
        *left = left.wrapping_sub(1);
        let key = key.cloned();
        match damage {
            Damage::Drop if here => {}
            Damage::Set(other) if here => member(key, other, left, damage, start, out),
            Damage::Rename(name) if here => {
                member(key.map(|_| name.clone()), value, left, damage, start, out);
            }
            Damage::Duplicate(other) if here => {
                member(key.clone(), value, left, damage, start, out);
                member(key, other, left, damage, start, out);
            }
            _ => member(key, value, left, damage, start, out),
        }
    }
    out.push(close);
}

fn member(
    key: Option<String>,
    value: &Value,
    left: &mut usize,
    damage: &Damage,
    start: usize,
    out: &mut String,
) {
    if out.len() > start {
        out.push(',');
    }
    if let Some(key) = key {
        out.push_str(&Value::from(key).to_string());
        out.push(':');
    }
    write(value, left, damage, out);
}
