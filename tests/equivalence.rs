//! One message can be written in many ways: however it is written, it tells the same.

mod recorded;

use core::fmt::Write as _;
use realtime_proto::{Config, Dialect, Event, Session};
use recorded::server_frames;
use serde_json::{Map, Value};

#[test]
fn the_order_of_keys_means_nothing() {
    assert_same(|frame| {
        written(
            frame,
            &Style {
                reversed: true,
                ..Style::PLAIN
            },
        )
    });
}

#[test]
fn space_between_tokens_means_nothing() {
    assert_same(|frame| {
        written(
            frame,
            &Style {
                space: " \t\r\n ",
                ..Style::PLAIN
            },
        )
    });
    assert_same(|frame| format!("\n{frame:#}\n"));
}

#[test]
fn escapes_in_keys_and_values_mean_what_they_escape() {
    assert_same(|frame| {
        written(
            frame,
            &Style {
                escaped_every: 3,
                ..Style::PLAIN
            },
        )
    });
    assert_same(|frame| {
        written(
            frame,
            &Style {
                escaped_every: 1,
                ..Style::PLAIN
            },
        )
    });
    assert_same(|frame| frame.to_string().replace('/', r"\/"));
}

#[test]
fn keys_that_nobody_knows_mean_nothing() {
    assert_same(|frame| {
        written(
            frame,
            &Style {
                unknown: true,
                ..Style::PLAIN
            },
        )
    });
}

#[test]
fn of_duplicate_keys_the_last_counts() {
    assert_same(|frame| {
        written(
            frame,
            &Style {
                duplicates: true,
                ..Style::PLAIN
            },
        )
    });
}

#[test]
fn integers_may_be_written_as_fractions() {
    assert_same(|frame| {
        written(
            frame,
            &Style {
                fractions: true,
                ..Style::PLAIN
            },
        )
    });
}

#[test]
fn all_at_once() {
    let style = Style {
        reversed: true,
        space: "  ",
        escaped_every: 2,
        unknown: true,
        duplicates: true,
        fractions: true,
    };
    assert_same(|frame| written(frame, &style));
}

#[test]
fn bytes_tell_what_their_text_tells() {
    let mut texts = Session::new(Config::new(Dialect::OpenAi));
    let mut bytes = texts.clone();
    for frame in server_frames() {
        let events = texts.receive(&frame.text);
        let (kind, event_id) = (events.kind(), events.event_id());
        let binary = bytes.receive_binary(frame.text.as_bytes());
        assert_eq!(
            (binary.kind(), binary.event_id()),
            (kind, event_id),
            "{}",
            frame.place
        );
        assert!(binary.eq(events), "{}", frame.place);
    }
    assert!(texts == bytes);
}

#[test]
fn a_plain_name_is_borrowed_and_an_escaped_one_is_read() {
    let plain = r#"{"type":"input_audio_buffer.cleared","event_id":"event_1"}"#;
    let escaped = r#"{"\u0074ype":"input\u005faudio_buffer.cleared","event_id":"event\u005f1"}"#;
    for (frame, name, id) in [
        (plain, Some("input_audio_buffer.cleared"), Some("event_1")),
        (escaped, None, None),
    ] {
        let mut session = Session::new(Config::new(Dialect::OpenAi));
        let events = session.receive(frame);
        assert_eq!((events.kind(), events.event_id()), (name, id));
        let told: Vec<_> = events
            .filter(|event| matches!(event, Event::Input(_)))
            .collect();
        assert_eq!(told.len(), 1, "{frame}");
    }
}

#[test]
fn escaped_base64_is_the_audio_that_it_says() {
    let frame =
        |delta: &str| format!(r#"{{"type":"response.output_audio.delta","delta":"{delta}"}}"#);
    let decoded = |frame: &str| {
        let mut session = Session::new(Config::new(Dialect::OpenAi));
        let Some(Event::AudioDelta(audio)) = session.receive(frame).last() else {
            panic!("audio comes last");
        };
        let mut pcm = Vec::new();
        assert_eq!(audio.decode_into(&mut pcm), Ok(audio.decoded_len()));
        assert_eq!(session.counters().audio_bytes_in, pcm.len() as u64);
        pcm
    };
    let bytes = [0xff, 0xff, 0xff, 0xfb, 0xef, 0xbe, 0x00];
    for delta in [
        "////++++AA==",
        r"\/\/\/\/++++AA==",
        r"\u002f///\u002B+++AA\u003d\u003D",
        "////++++AA",
        r"////++++\u0041A",
    ] {
        assert_eq!(decoded(&frame(delta)), bytes, "{delta}");
    }
}

/// Feeds every recorded frame to one session and the same frame, rewritten, to another.
#[track_caller]
fn assert_same(rewrite: impl Fn(&Value) -> String) {
    let mut different = 0;
    let mut place = String::new();
    let mut plain = Session::new(Config::new(Dialect::OpenAi));
    let mut other = plain.clone();
    for frame in server_frames() {
        let recording = frame.place.split(':').next().unwrap();
        if place != recording {
            place = recording.into();
            plain = Session::new(Config::new(frame.dialect));
            other = plain.clone();
        }
        let value: Value = serde_json::from_str(&frame.text).unwrap();
        let rewritten = rewrite(&value);
        different += usize::from(rewritten != frame.text);
        let told = told(&mut other, &rewritten);
        assert_eq!(
            told,
            self::told(&mut plain, &frame.text),
            "{}: {rewritten}",
            frame.place
        );
        assert_eq!(plain.response(), other.response(), "{}", frame.place);
        assert!(
            plain.conversation() == other.conversation(),
            "{}",
            frame.place
        );
        assert_eq!(plain.usage(), other.usage(), "{}", frame.place);
    }
    assert!(different > 1000, "only {different} frames were rewritten");
}

/// The events without their raw texts, which are as they came.
fn told(session: &mut Session, frame: &str) -> Vec<Value> {
    let events = session.receive(frame).map(|event| {
        let mut event = serde_json::to_value(event).unwrap();
        without_raw(&mut event);
        event
    });
    events.collect()
}

fn without_raw(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("raw");
            // The fault of a call that the provider made is told as it came, too.
            if members.get("is_error") == Some(&Value::Bool(true)) {
                members.remove("output");
            }
            members.values_mut().for_each(without_raw);
        }
        Value::Array(elements) => elements.iter_mut().for_each(without_raw),
        _ => {}
    }
}

/// How a message is written.
#[expect(clippy::struct_excessive_bools, reason = "each is a way of its own")]
struct Style {
    reversed: bool,
    space: &'static str,
    /// Of how many characters each one is escaped; 0 for none.
    escaped_every: usize,
    unknown: bool,
    duplicates: bool,
    fractions: bool,
}

impl Style {
    const PLAIN: Self = Self {
        reversed: false,
        space: "",
        escaped_every: 0,
        unknown: false,
        duplicates: false,
        fractions: false,
    };
}

fn written(value: &Value, style: &Style) -> String {
    let mut out = String::from(style.space);
    write(value, style, &mut out);
    out.push_str(style.space);
    out
}

fn write(value: &Value, style: &Style, out: &mut String) {
    match value {
        Value::Object(members) => object(members, style, out),
        Value::Array(elements) => {
            let elements = elements.iter().map(|value| (None, inside(value, style)));
            list(['[', ']'], elements, style, out);
        }
        Value::String(text) => string(text, style, out),
        Value::Number(number) if style.fractions && number.is_u64() => {
            let even = number.as_u64().is_some_and(|number| number % 2 == 0);
            let form = if even { ".0" } else { "e0" };
            write!(out, "{number}{form}").unwrap();
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

fn object(members: &Map<String, Value>, style: &Style, out: &mut String) {
    let junk = r#"{"id":"junk","x":[1,"]}",{"y":null}]}"#;
    let pair = |(key, value)| (Some(String::as_str(key)), member(key, value, style));
    let mut pairs: Vec<_> = members.iter().map(pair).collect();
    if style.reversed {
        pairs.reverse();
    }
    if style.duplicates {
        let earlier: Vec<_> = pairs.iter().map(|(key, _)| (*key, junk.into())).collect();
        pairs.splice(0..0, earlier);
    }
    if style.unknown {
        pairs.insert(pairs.len() / 2, (Some("x_unknown"), junk.into()));
        pairs.push((Some(""), junk.into()));
    }
    list(['{', '}'], pairs.into_iter(), style, out);
}

/// Of metadata no key is unknown: all are the caller's.
fn member(key: &str, value: &Value, style: &Style) -> String {
    let unknown = style.unknown && key != "metadata";
    inside(value, &Style { unknown, ..*style })
}

fn inside(value: &Value, style: &Style) -> String {
    let mut out = String::new();
    write(value, style, &mut out);
    out
}

fn list<'k>(
    [open, close]: [char; 2],
    members: impl Iterator<Item = (Option<&'k str>, String)>,
    style: &Style,
    out: &mut String,
) {
    out.push(open);
    for (at, (key, value)) in members.enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str(style.space);
        if let Some(key) = key {
            string(key, style, out);
            out.push_str(style.space);
            out.push(':');
            out.push_str(style.space);
        }
        out.push_str(&value);
        out.push_str(style.space);
    }
    out.push(close);
}

fn string(text: &str, style: &Style, out: &mut String) {
    if style.escaped_every == 0 {
        out.push_str(&Value::from(text).to_string());
        return;
    }
    out.push('"');
    for (at, each) in text.chars().enumerate() {
        if at % style.escaped_every == 0 || each < ' ' || matches!(each, '"' | '\\') {
            for unit in each.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").unwrap();
            }
        } else {
            out.push(each);
        }
    }
    out.push('"');
}
