//! The format of recordings: what reads, what does not, and what is written back.

use crate::common::{names, recording};
use core::time::Duration;
use realtime_proto::{
    Command, Config, Dialect, Phase, TransmitBuf,
    testing::{Entry, Happened, Recording, RecordingFault, Replay},
};

#[track_caller]
fn fault(text: &str) -> (usize, RecordingFault) {
    let error = Recording::parse(text).unwrap_err();
    assert!(!error.to_string().contains("secret"), "{error}");
    (error.line, error.fault)
}

#[test]
fn what_is_written_reads_back() {
    for name in names() {
        let recording = recording(&name);
        let written = recording.to_string();
        assert_eq!(
            Recording::parse(&written).as_ref(),
            Ok(&recording),
            "{name}"
        );
        assert_eq!(
            written.parse::<Recording>().unwrap().to_string(),
            written,
            "{name}"
        );
    }
}

#[test]
fn every_entry_reads_back_on_its_own_line() {
    let mut recording = Recording::default();
    recording
        .push(Entry::Comment("By hand.".into()))
        .push(Entry::Server(
            r#"{"type":"a","text":"\u00fc \/ 1.0e3"}"#.into(),
        ))
        .push(Entry::Server("{\"type\":\n\"b\"}".into()))
        .push(Entry::Server(r#" {"type":"c"}"#.into()))
        .push(Entry::Server("not JSON \u{2028} \"at all".into()))
        .push(Entry::Server("null".into()))
        .push(Entry::Client(r#"{"type":"d"}"#.into()))
        .push(Entry::ServerBinary(vec![0, 0xff, 1]))
        .push(Entry::ServerBinary(Vec::new()))
        .push(Entry::ClientBinary(b"{}".to_vec()))
        .push(Entry::Command(Box::new(Command::text("Hello, \"you\"!"))))
        .push(Entry::Command(Box::new(
            Command::raw(r#"{ "type" : "e" }"#).into_owned(),
        )))
        .push(Entry::At(Duration::from_millis(1234)))
        .push(Entry::Close {
            code: Some(1001),
            reason: "away".into(),
            clean: true,
        })
        .push(Entry::Close {
            code: Some(1006),
            reason: String::new(),
            clean: false,
        })
        .push(Entry::Close {
            code: None,
            reason: "\n".into(),
            clean: true,
        });
    let written = recording.to_string();
    assert_eq!(written.lines().count(), 16);
    assert_eq!(Recording::parse(&written), Ok(recording));
}

#[test]
fn a_frame_keeps_its_text_and_its_line_its_number() {
    let text =
        "\n# x\n\n{\"dir\":\"server\",\"note\":{},\"frame\":{\"b\":1.0, \"a\" : \"\\/\"}}\r\n";
    let recording = Recording::parse(text).unwrap();
    let numbers: Vec<_> = recording.lines.iter().map(|line| line.number).collect();
    let frame = Entry::Server(r#"{"b":1.0, "a" : "\/"}"#.into());
    assert_eq!(
        (numbers, &recording.lines[1].entry, recording.end()),
        (vec![2, 4], &frame, 5)
    );
}

#[test]
fn a_binary_frame_is_base64_and_prints_its_length() {
    let text = "{\"dir\":\"client\",\"binary\":\"AAH/\",\"ms\":20}\n";
    let recording = Recording::parse(text).unwrap();
    let entry = &recording.lines[0].entry;
    assert_eq!(*entry, Entry::ClientBinary(vec![0, 1, 0xff]));
    assert_eq!(entry.to_string(), r#"{"dir":"client","binary":"AAH/"}"#);
    assert_eq!(format!("{entry:?}"), "ClientBinary(3 bytes)");
    assert!(recording.has_client_frames());
}

#[test]
fn binary_frames_are_messages_where_they_are_no_audio() {
    let text = r#"
{"dir":"client","frame":{"setup":{}}}
{"dir":"server","binary":"eyJzZXR1cENvbXBsZXRlIjp7fX0="}
{"dir":"client","binary":"eyJyZWFsdGltZUlucHV0Ijp7InRleHQiOiJIaSJ9fQ=="}
{"dir":"client","binary":"/w=="}
{"dir":"server","binary":"/w=="}
"#;
    let recording = Recording::parse(text).unwrap();
    let mut replay = Replay::new(&recording, Config::new(Dialect::Gemini));
    let steps: Vec<_> = replay.by_ref().collect();
    let sent = steps.iter().filter_map(|step| match &step.what {
        Happened::Transmit(TransmitBuf::Text(text)) => Some((step.line, &**text)),
        _ => None,
    });
    let hi = r#"{"realtimeInput":{"text":"Hi"}}"#;
    assert_eq!(sent.collect::<Vec<_>>(), [(2, r#"{"setup":{}}"#), (4, hi)]);
    assert_eq!(replay.session().phase(), Phase::Closed);
    let summary = replay.summary();
    assert_eq!((summary.frames, summary.malformed), (2, 1));
}

#[test]
fn a_line_of_another_shape_is_named_and_not_repeated() {
    use RecordingFault::{Ambiguous, Invalid, NotAnObject, Nothing};
    let faults = [
        ("\n\"secret\"", 2, NotAnObject),
        ("{\"secret\":", 1, NotAnObject),
        (r#"{"at_ms":1} {"at_ms":2}"#, 1, NotAnObject),
        (r#"{"dir":"server","secret":1}"#, 1, Nothing),
        (
            r#"{"dir":"server","frame":{},"raw":"secret"}"#,
            1,
            Ambiguous,
        ),
        (r#"{"at_ms":1,"dir":"server","frame":{}}"#, 1, Ambiguous),
        (r#"{"dir":"secret","frame":{}}"#, 1, Invalid { key: "dir" }),
        (r#"{"frame":{}}"#, 1, Invalid { key: "dir" }),
        (
            r#"{"dir":"client","close":{"code":1000}}"#,
            1,
            Invalid { key: "dir" },
        ),
        (r#"{"dir":"server","raw":{}}"#, 1, Invalid { key: "raw" }),
        (
            r#"{"dir":"server","binary":"secret!"}"#,
            1,
            Invalid { key: "binary" },
        ),
        (
            r#"{"dir":"server","binary":[0]}"#,
            1,
            Invalid { key: "binary" },
        ),
        (r#"{"binary":"AAAA"}"#, 1, Invalid { key: "dir" }),
        (
            r#"{"dir":"server","close":{"code":-1}}"#,
            1,
            Invalid { key: "close" },
        ),
        (
            r#"{"command":{"type":"secret"}}"#,
            1,
            Invalid { key: "command" },
        ),
        (r#"{"at_ms":-1}"#, 1, Invalid { key: "at_ms" }),
    ];
    for (text, line, expected) in faults {
        assert_eq!(fault(text), (line, expected), "{text}");
    }
}

#[test]
fn after_an_end_only_what_needs_a_connection_opens_the_next() {
    let text = r#"
{"dir":"server","frame":{"type":"session.created","session":{"id":"a"}}}
{"dir":"server","close":{"code":1000,"reason":""}}
{"at_ms":5}
# The end.
"#;
    let recording: Recording = text.parse().unwrap();
    let mut replay = Replay::new(&recording, Config::new(Dialect::OpenAi));
    let closed = replay.by_ref().filter(|step| match &step.what {
        Happened::Event(event) => event.name() == "closed",
        _ => false,
    });
    let closed: Vec<_> = closed.map(|step| step.line).collect();
    assert_eq!((closed, replay.session().phase()), (vec![3], Phase::Closed));
}

#[test]
fn a_refused_command_is_misuse_and_no_command() {
    let text = r#"{"command":{"type":"tool_output","call_id":"nobody","output":"1"}}"#;
    let recording = Recording::parse(text).unwrap();
    let mut replay = Replay::new(&recording, Config::new(Dialect::OpenAi));
    let refused = replay
        .by_ref()
        .any(|step| matches!(step.what, Happened::Refused(_)));
    let summary = replay.summary();
    assert_eq!(
        (refused, summary.misuse, summary.commands.sent),
        (true, 1, 0)
    );
}
