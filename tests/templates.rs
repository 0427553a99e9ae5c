//! Frames that are known by those before them tell what they would tell alone.
//!
//! A copy of a session has learned nothing: each frame takes the ordinary path there. Whatever comes,
//! in whatever order, both tell the same and are the same after it; and what a delta says is what
//! `serde_json` reads in its frame.

use core::{cell::Cell, time::Duration};
use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
    test_runner::TestRunner,
};
use realtime_proto::{
    Command, Config, Dialect, Epoch, Event, Lane, Session, Time,
    testing::{Entry, Recording},
};
use serde_json::Value;
use std::{fs, path::Path, sync::LazyLock};

/// What happens to a recorded frame before it is received.
#[derive(Clone, Debug)]
enum Change {
    None,
    /// A string or number is another one.
    Value(Index, &'static str),
    /// A byte is another one, or gone.
    Byte(Index, Option<char>),
    /// A member comes twice, the second time with another value.
    Twice(Index),
}

/// What stands in the place of a value: plain, escaped, empty, broken, of another kind.
const VALUES: &[&str] = &[
    r#""a""#,
    r#""item_1""#,
    r#""resp_2""#,
    r#""""#,
    r#""a longer text than there was in any frame before this one, of the same stream""#,
    r#""é, 日本""#,
    r#""a\n\"b\"""#,
    r#""\u003d\/AAA""#,
    r#""\ud800""#,
    "\"\u{7}\"",
    r#""AAECAwQF""#,
    r#""AA==""#,
    "0",
    "1",
    "12",
    "-3",
    "1.5",
    "1e2",
    "01",
    "4294967296",
    "null",
    "true",
    "[]",
    r#"{"a":1}"#,
];

#[derive(Clone, Debug)]
enum Step {
    Frame(Index, Change),
    /// The same frame as the last one, changed.
    Again(Change),
    Interrupt,
    Append,
    Report,
    Create,
    Time(u16),
}

struct Recorded {
    dialect: Dialect,
    deltas: Vec<String>,
    others: Vec<String>,
}

impl Recorded {
    /// Whether the names of what a delta adds to stand beside it.
    fn names(&self) -> bool {
        use Dialect::{AzureVoiceLive, OpenAi, OpenAiBeta, Xai};
        matches!(self.dialect, OpenAi | OpenAiBeta | AzureVoiceLive | Xai)
    }
}

static RECORDED: LazyLock<Vec<Recorded>> = LazyLock::new(|| {
    let names = [
        "openai",
        "openai-beta",
        "openai-translation",
        "azure-voice-live",
        "xai",
        "gemini",
        "gemini-vertex",
        "synaps",
        "pi",
    ];
    names.into_iter().map(recorded).collect()
});

fn recorded(name: &str) -> Recorded {
    let folder = Path::new("tests/recordings").join(name);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let mut recorded = Recorded {
        dialect: name.parse().unwrap(),
        deltas: Vec::new(),
        others: Vec::new(),
    };
    for file in files {
        let recording: Recording = fs::read_to_string(file).unwrap().parse().unwrap();
        for line in recording.lines {
            if let Entry::Server(frame) = line.entry {
                let long = frame.len() > 2_000;
                let delta = frame.contains("elta") || frame.contains("inlineData");
                let to = if delta {
                    &mut recorded.deltas
                } else {
                    &mut recorded.others
                };
                if !long {
                    to.push(frame);
                }
            }
        }
    }
    assert!(!recorded.deltas.is_empty() && !recorded.others.is_empty());
    recorded
}

#[test]
fn a_frame_of_a_known_shape_tells_what_it_tells_alone() {
    let config = ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let followed = Cell::new(0);
    let call = (0..RECORDED.len(), vec(step(), 1..60));
    let held = TestRunner::new(config).run(&call, |(at, steps)| {
        followed.set(followed.get() + tells_what_it_tells_alone(&RECORDED[at], &steps)?);
        Ok(())
    });

    held.unwrap_or_else(|broken| panic!("{broken}"));
    let least = u64::from(cases()) / 2;
    assert!(
        followed.get() > least,
        "only {} deltas followed others",
        followed.get()
    );
}

/// How many deltas went where the last one of their stream had gone.
fn tells_what_it_tells_alone(recorded: &Recorded, steps: &[Step]) -> Result<u64, TestCaseError> {
    let mut session = Session::new(Config::new(recorded.dialect));
    let mut last = recorded.deltas[0].clone();
    for step in steps {
        let frame = match step {
            Step::Frame(at, change) => changed(frame(recorded, *at), change),
            Step::Again(change) => changed(&last, change),
            other => {
                act(&mut session, other);
                continue;
            }
        };
        let mut alone = session.clone();
        let (told, wanted) = (session.receive(&frame), alone.receive(&frame));
        let names = [&told, &wanted].map(|events| (events.kind(), events.event_id()));
        let told: Vec<_> = told.map(Event::into_owned).collect();
        let wanted: Vec<_> = wanted.map(Event::into_owned).collect();
        if let [Event::AudioDelta(audio)] = &told[..] {
            // The one thing that is left to whoever decodes.
            if audio
                .base64()
                .is_some_and(|text| text.contains(char::is_control))
            {
                prop_assert!(audio.decode_into(&mut Vec::new()).is_err());
                break;
            }
        }
        prop_assert_eq!(&told, &wanted, "{}", frame);
        prop_assert_eq!(names[0], names[1], "{}", frame);
        prop_assert!(session == alone, "{}", frame);
        read(&told, &frame, recorded.names())?;
        last = frame;
    }
    Ok(session.counters().template_bound)
}

/// As many as `REALTIME_CASES` says.
fn cases() -> u32 {
    let more = std::env::var("REALTIME_CASES").ok();
    more.and_then(|cases| cases.parse().ok()).unwrap_or(1_024)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (any::<Index>(), change()).prop_map(|(at, change)| Step::Frame(at, change)),
        12 => change().prop_map(Step::Again),
        1 => Just(Step::Interrupt),
        1 => Just(Step::Append),
        1 => Just(Step::Report),
        1 => Just(Step::Create),
        1 => any::<u16>().prop_map(Step::Time),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    let byte = select(vec![
        None,
        Some('"'),
        Some('\\'),
        Some('{'),
        Some('x'),
        Some('é'),
    ]);
    prop_oneof![
        4 => Just(Change::None),
        12 => (any::<Index>(), select(VALUES)).prop_map(|(at, value)| Change::Value(at, value)),
        2 => (any::<Index>(), byte).prop_map(|(at, byte)| Change::Byte(at, byte)),
        1 => any::<Index>().prop_map(Change::Twice),
    ]
}

/// One in four is no delta.
fn frame(recorded: &Recorded, at: Index) -> &str {
    let number = at.index(usize::MAX);
    let of = if number % 4 == 0 {
        &recorded.others
    } else {
        &recorded.deltas
    };
    &of[number / 4 % of.len()]
}

fn act(session: &mut Session, step: &Step) {
    let command = match step {
        Step::Interrupt => Command::interrupt(),
        Step::Append => Command::append_audio(&[0; 64]),
        Step::Report => Command::playback(Epoch(0), Duration::from_millis(20)),
        Step::Time(ms) => {
            session.handle_timeout(Time(Duration::from_millis(u64::from(*ms) * 4)));
            return;
        }
        _ => Command::create_response(),
    };
    let _ = session.send(command);
    while session.poll_transmit().is_some() {}
}

fn changed(frame: &str, change: &Change) -> String {
    match change {
        Change::None => frame.to_owned(),
        Change::Value(at, value) => {
            let values = values(frame);
            if values.is_empty() {
                return frame.to_owned();
            }
            let (start, end) = values[at.index(values.len())];
            [&frame[..start], value, &frame[end..]].concat()
        }
        Change::Byte(at, byte) => {
            let mut chars: Vec<char> = frame.chars().collect();
            let at = at.index(chars.len());
            match byte {
                Some(byte) => chars[at] = *byte,
                None => drop(chars.remove(at)),
            }
            chars.into_iter().collect()
        }
        Change::Twice(at) => {
            let values = values(frame);
            let Some(key) = values.get(at.index(values.len().max(1))) else {
                return frame.to_owned();
            };
            let word = &frame[key.0..key.1];
            let key = ["\"delta\"", "\"item_id\"", "\"type\""][word.len() % 3];
            let open = frame.strip_suffix('}').unwrap_or(frame);
            [open, ",", key, ":", word, "}"].concat()
        }
    }
}

/// Where strings and numbers stand that are values, wherever they lie.
fn values(frame: &str) -> Vec<(usize, usize)> {
    let bytes = frame.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        match bytes[at] {
            b'"' => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += 1 + usize::from(bytes[at] == b'\\');
                }
                at += 1;
                if bytes.get(at) != Some(&b':') && at <= bytes.len() {
                    found.push((start, at));
                }
            }
            b'0'..=b'9' | b'-' => {
                while at < bytes.len() && matches!(bytes[at], b'0'..=b'9' | b'-' | b'.' | b'e') {
                    at += 1;
                }
                found.push((start, at));
            }
            _ => at += 1,
        }
    }
    let whole = |(start, end): &(usize, usize)| frame.get(*start..*end).is_some();
    found.retain(whole);
    found
}

/// What a delta says is what the frame says, read by somebody else.
fn read(told: &[Event<'_>], frame: &str, names: bool) -> Result<(), TestCaseError> {
    let Ok(value) = serde_json::from_str::<Value>(frame) else {
        return Ok(());
    };
    for event in told {
        if let (true, Event::TextDelta(delta)) = (names, event) {
            let says = strings(&value).any(|text| *text == *delta.delta);
            let replaced = frame.contains(r"\ud800") || frame.contains("\\u");
            prop_assert!(says || replaced || delta.lane == Lane::Spoken, "{}", frame);
            if let (Some(id), Some(told)) = (&delta.ids.item_id, value.get("item_id")) {
                prop_assert!(
                    told.as_str()
                        .is_none_or(|told| told == &**id || told.is_empty())
                );
            }
            if let Some(index) = value.get("content_index").and_then(Value::as_u64) {
                prop_assert_eq!(delta.ids.content_index, u32::try_from(index).ok());
            }
        }
    }
    Ok(())
}

fn strings(value: &Value) -> Box<dyn Iterator<Item = &str> + '_> {
    match value {
        Value::String(text) => Box::new(core::iter::once(text.as_str())),
        Value::Array(values) => Box::new(values.iter().flat_map(strings)),
        Value::Object(members) => Box::new(members.values().flat_map(strings)),
        _ => Box::new(core::iter::empty()),
    }
}

fn delta(stream: &str, number: u32, item: &str, words: &str) -> String {
    format!(
        r#"{{"type":"response.{stream}.delta","event_id":"event_{number:04}","response_id":"resp_1","item_id":"{item}","output_index":0,"content_index":0,"delta":"{words}"}}"#
    )
}

/// The deltas that were known by their shape, those of them that went where others had gone, and the
/// others.
fn known(frames: impl IntoIterator<Item = String>) -> (u64, u64, u64) {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    for frame in [
        r#"{"type":"session.created","session":{"id":"sess_1"}}"#,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
    ] {
        session.receive(frame).for_each(drop);
    }
    for frame in frames {
        session.receive(&frame).for_each(drop);
    }
    let counters = session.counters();
    (
        counters.template_hits,
        counters.template_bound,
        counters.template_misses,
    )
}

#[test]
fn the_deltas_of_a_stream_are_known_from_the_second_on() {
    let frames = (0..100).map(|n| delta("output_text", n, "item_1", "word"));

    assert_eq!(known(frames), (99, 99, 1));
}

#[test]
fn streams_that_come_in_turn_are_known_each() {
    let streams = ["output_audio", "output_audio_transcript"];
    let of = |n: u32| {
        (
            streams[n as usize % 2],
            ["item_1", "item_2"][n as usize / 2 % 2],
        )
    };
    let frames = (0..400).map(|n| delta(of(n).0, n, of(n).1, "AAAA"));

    // The first of each shape is new. Until all four parts are open, none is where it was.
    assert_eq!(known(frames), (398, 393, 2));
}

#[test]
fn what_is_not_read_may_differ() {
    let frames = (0..10).map(|n| {
        let frame = delta("output_text", n, "item_1", "word");
        let padding = "x".repeat(n as usize);
        frame.replace('}', &format!(r#","obfuscation":"{padding}","ts":{n}.5}}"#))
    });

    assert_eq!(known(frames), (9, 9, 1));
}

#[test]
fn another_frame_between_them_only_has_the_next_one_looked_up() {
    let other = String::from(r#"{"type":"rate_limits.updated","rate_limits":[]}"#);
    let frames = (0..10).map(|n| delta("output_text", n, "item_1", "word"));
    let frames = frames.flat_map(|frame| [frame, other.clone()]);

    assert_eq!(known(frames), (9, 0, 1));
}

#[test]
fn what_has_an_escape_is_read_as_ever_and_forgets_nothing() {
    let word = |n: u32| if n % 2 == 0 { "a" } else { r"\n" };
    let frames = (0..10).map(|n| delta("output_text", n, "item_1", word(n)));

    assert_eq!(known(frames), (4, 4, 6));
}

#[test]
fn the_words_of_the_user_are_known_like_those_of_the_reply() {
    let said = |n: u32| {
        format!(
            r#"{{"type":"conversation.item.input_audio_transcription.delta","event_id":"event_{n:04}","item_id":"user_1","content_index":0,"delta":"word"}}"#
        )
    };

    assert_eq!(known((0..10).map(said)), (9, 9, 1));
}

/// How many responses may be open.
const OPEN: u32 = 64;

#[test]
fn words_go_where_they_belong_though_a_call_crowds_the_oldest_reply_out() {
    let said = |reply: u32, words: &str| {
        let frame = delta("output_text", 1, &format!("item_{reply}"), words);
        frame.replace("resp_1", &format!("resp_{reply}"))
    };
    let call = delta("function_call_arguments", 1, "item_0", "{").replace("resp_1", "resp_0");
    let over = r#"{"type":"response.done","response":{"id":"resp_2","status":"completed"}}"#;
    let replies = (1..=OPEN).map(|reply| said(reply, "mine"));
    let frames = replies.chain([said(2, " too"), said(2, " too"), call, said(2, " yet")]);
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    for frame in frames {
        session.receive(&frame).for_each(drop);
    }

    let told = session.receive(over);

    let text = told.filter_map(|event| match event {
        Event::TextDone(done) => Some(done.text.to_string()),
        _ => None,
    });
    assert_eq!(text.collect::<Vec<_>>(), ["mine too too yet"]);
}

#[test]
fn what_a_cancel_that_waited_has_cut_is_stale_though_its_stream_is_known() {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    session.send(Command::create_response()).unwrap();
    session.send(Command::interrupt()).unwrap();
    let spoken = |number| delta("output_audio_transcript", number, "item_1", "word");
    session.receive(&spoken(1)).for_each(drop);

    let frame = spoken(2);
    let told: Vec<_> = session.receive(&frame).map(|event| event.name()).collect();

    assert_eq!(told, ["suppressed"]);
}

#[test]
fn events_are_the_same_however_they_are_taken() {
    let frames: Vec<String> = (0..4)
        .map(|n| delta("output_text", n, "item_1", "word"))
        .collect();
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    for frame in &frames {
        let events = session.receive(frame);
        let (mut looped, mut handed, mut left) = (Vec::new(), Vec::new(), 0);
        for event in events.clone() {
            looped.push(event);
        }

        events.clone().for_each(|event| handed.push(event));
        let mut rest = events;
        let first = rest.next();
        rest.for_each(|_| left += 1);

        assert_eq!(handed, looped);
        assert_eq!((first.as_ref(), left), (looped.first(), looped.len() - 1));
    }
}

#[test]
fn events_are_equal_whether_their_frame_was_known_or_not() {
    let [first, second, third] = [1, 2, 3].map(|n| delta("output_text", n, "item_1", "word"));
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    for frame in [&first, &second] {
        session.receive(frame).for_each(drop);
    }
    let mut copy = session.clone();

    let (known, anew) = (session.receive(&third), copy.receive(&third));

    assert_eq!(session.counters().template_bound, 1);
    assert_eq!(copy.counters().template_bound, 0);
    assert_eq!(known, anew);
    let mut taken = known.clone();
    taken.next();
    assert_ne!(taken, known);
}

#[test]
fn words_are_known_on_when_they_are_more_than_is_kept() {
    let words = "word ".repeat(200);
    let frames = (0..100).map(|n| delta("output_text", n, "item_1", &words));

    // What passes the limit tells of it, and the next one finds its place again.
    assert_eq!(known(frames), (99, 97, 1));
}
