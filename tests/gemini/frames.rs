//! Single frames: every field of the protocol, both spellings, and what is damaged.

use crate::support::{AUDIO, CALL, OVER, READY, gemini, told, trace};
use core::time::Duration;
use proptest::prelude::*;
use realtime_proto::{
    AudioFormat, Class, Encoding, Event, FrameFault, Lane, Session, TranscriptUpdate,
};
use std::{fs, path::Path};

fn only(frame: &str) -> Event<'_> {
    let mut events: Vec<_> = gemini().receive(frame).collect();
    assert_eq!(events.len(), 1, "{events:?}");
    events.remove(0)
}

fn last<'f>(session: &mut Session, frame: &'f str) -> Event<'f> {
    session.receive(frame).last().unwrap()
}

#[test]
fn a_frame_is_named_by_its_key() {
    for (frame, kind) in [
        (READY, Some("setupComplete")),
        (AUDIO, Some("serverContent")),
        (CALL, Some("toolCall")),
        (r#"{"go_away":{}}"#, Some("go_away")),
        (r#"{"brandNew":{}}"#, Some("brandNew")),
        ("{}", None),
    ] {
        assert_eq!(gemini().receive(frame).kind(), kind, "{frame}");
    }
}

#[test]
fn a_session_may_have_a_name() {
    let frame =
        r#"{"setupComplete":{"sessionId":"s-123","voiceConsentSignature":{"signature":"x"}}}"#;
    let mut session = Session::new(realtime_proto::Config::new(realtime_proto::Dialect::Gemini));
    let Event::Ready(ready) = last(&mut session, frame) else {
        panic!("no ready");
    };
    assert_eq!(ready.session_id.as_deref(), Some("s-123"));
}

#[test]
fn speech_is_told_by_either_message() {
    let start = r#"{"voiceActivity":{"type":"ACTIVITY_START","audioOffset":"1.200s"}}"#;
    let older = r#"{"voice_activity":{"voice_activity_type":"ACTIVITY_END","audio_offset":"2s"}}"#;
    let mut session = gemini();
    let at = |event: Option<Event<'_>>| match event {
        Some(Event::SpeechStarted(speech) | Event::SpeechStopped(speech)) => {
            speech.at.map(|at| at.as_millis())
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(at(session.receive(start).next()), Some(1_200));
    assert_eq!(at(session.receive(older).next()), Some(2_000));
    let signals = ["SOS", "EOS"].map(|edge| {
        format!(
            r#"{{"voiceActivityDetectionSignal":{{"vadSignalType":"VAD_SIGNAL_TYPE_{edge}"}}}}"#
        )
    });
    let told = trace(&signals);
    assert_eq!(told, ["speech_started", "turn i1 began", "speech_stopped"]);
}

#[test]
fn audio_has_the_format_of_its_type() {
    let audio = |mime: &str| AUDIO.replace("audio/pcm;rate=24000", mime);
    let cases = [
        ("audio/pcm;rate=24000", AudioFormat::pcm16(24_000)),
        ("audio/pcm", AudioFormat::pcm16(24_000)),
        ("audio/pcm; rate=16000", AudioFormat::pcm16(16_000)),
        (
            "audio/l16;rate=48000;channels=2",
            AudioFormat::new(Encoding::Pcm16, 48_000, 2),
        ),
        ("audio/pcmu", AudioFormat::pcmu()),
        ("audio/opus", AudioFormat::opus(24_000)),
    ];
    for (mime, format) in cases {
        let frame = audio(mime);
        let Event::AudioDelta(delta) = last(&mut gemini(), &frame) else {
            panic!("{mime} is no audio");
        };
        assert_eq!((delta.format, delta.decoded_len()), (format, 4), "{mime}");
    }
    let untold = AUDIO.replace(r#""mimeType":"audio/pcm;rate=24000","#, "");
    assert!(matches!(last(&mut gemini(), &untold), Event::AudioDelta(_)));
}

#[test]
fn a_thought_has_a_lane_of_its_own() {
    let frame = r#"{"serverContent":{"modelTurn":{"parts":[{"text":"hm","thought":true,"thoughtSignature":"c2ln"}]}}}"#;
    let Event::TextDelta(delta) = last(&mut gemini(), frame) else {
        panic!("no text");
    };
    assert_eq!((delta.lane, &*delta.delta), (Lane::Thought, "hm"));
}

#[test]
fn usage_is_read_in_all_its_fields() {
    let frame = r#"{"usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":"40","candidatesTokenCount":30,"toolUsePromptTokenCount":7,"thoughtsTokenCount":5,"totalTokenCount":142,
        "promptTokensDetails":[{"modality":"TEXT","tokenCount":60},{"modality":"AUDIO","tokenCount":"30"},{"modality":"IMAGE","tokenCount":4},{"modality":"VIDEO","tokenCount":3},{"modality":"DOCUMENT","tokenCount":3}],
        "cacheTokensDetails":[{"modality":"TEXT","tokenCount":40}],"candidatesTokensDetails":[{"modality":"AUDIO","tokenCount":30}],"trafficType":"ON_DEMAND","serviceTier":"x"}}"#;
    let Event::Usage(report) = only(frame) else {
        panic!("no usage");
    };
    let usage = report.usage;
    assert_eq!(
        (usage.input.total, usage.input.text, usage.input.audio),
        (100, 63, 30)
    );
    assert_eq!((usage.input.image, usage.input.video), (4, 3));
    assert_eq!((usage.cached.total, usage.cached.text), (40, 40));
    assert_eq!(
        (usage.output.total, usage.output.audio, usage.output.thought),
        (30, 30, 5)
    );
    assert_eq!((usage.tool_prompt, usage.total_tokens), (7, 142));
}

#[test]
fn a_total_that_is_not_told_is_the_sum() {
    let frame = r#"{"usageMetadata":{"promptTokensDetails":[{"modality":"AUDIO","tokenCount":10}],"responseTokenCount":2}}"#;
    let Event::Usage(report) = only(frame) else {
        panic!("no usage");
    };
    assert_eq!(report.usage.total_tokens, 12);
}

#[test]
fn what_is_neither_text_nor_media_stands_aside() {
    let frame = r#"{"serverContent":{"groundingMetadata":{"webSearchQueries":["q"]},"urlContextMetadata":{"urlMetadata":[]},"turnComplete":true}}"#;
    let mut session = gemini();
    told(&mut session, &[AUDIO]);
    let told = told(&mut session, &[frame]);
    assert_eq!(
        told[..2],
        ["aside groundingmetadata", "aside urlcontextmetadata"]
    );
    let stranger = r#"{"serverContent":{"modelTurn":{"parts":[{"fileData":{"fileUri":"x"}}]}}}"#;
    assert_eq!(trace(&[stranger]).last().unwrap(), "aside filedata");
}

#[test]
fn an_error_is_classified_by_its_code_and_its_status() {
    let cases = [
        (
            r#"{"error":{"code":429,"message":"x","status":"RESOURCE_EXHAUSTED"}}"#,
            Class::Throttled,
        ),
        (
            r#"{"error":{"code":401,"status":"UNAUTHENTICATED"}}"#,
            Class::Auth,
        ),
        (
            r#"{"error":{"status":"INVALID_ARGUMENT"}}"#,
            Class::Rejected,
        ),
        (r#"{"error":{"status":"INTERNAL"}}"#, Class::ServerFault),
        (r#"{"error":"something"}"#, Class::Unknown),
    ];
    for (frame, class) in cases {
        let Event::Error(error) = only(frame) else {
            panic!("{frame} is no error");
        };
        assert_eq!(error.class, class, "{frame}");
    }
}

#[test]
fn both_spellings_say_the_same() {
    for name in ["voice_turn", "tool_call", "parallel_calls", "barge_in"] {
        let (mut camel, mut snake) = (gemini(), gemini());
        for frame in recorded("gemini", name) {
            let other = snake_case(&frame);
            let (told, others) = (told(&mut camel, &[&frame]), told(&mut snake, &[&other]));
            assert_eq!(told, others, "{other}");
        }
    }
}

/// The frames of the server in a recording.
fn recorded(dialect: &str, name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/recordings")
        .join(dialect)
        .join(name)
        .with_extension("jsonl");
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    rows.filter(|row| row["dir"] == "server" && row.get("frame").is_some())
        .map(|row| row["frame"].to_string())
        .collect()
}

/// A frame with its keys in snake case; what they hold stays.
fn snake_case(frame: &str) -> String {
    fn keys(value: serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::Object(object) => object
                .into_iter()
                .map(|(key, value)| {
                    let spelt = key.chars().flat_map(|char| {
                        let before = char.is_uppercase().then_some('_');
                        before.into_iter().chain(char.to_lowercase())
                    });
                    (spelt.collect::<String>(), keys(value))
                })
                .collect(),
            serde_json::Value::Array(array) => array.into_iter().map(keys).collect(),
            other => other,
        }
    }
    keys(serde_json::from_str(frame).unwrap()).to_string()
}

#[test]
fn a_binary_frame_is_text() {
    let mut session = gemini();
    let events: Vec<_> = session.receive_binary(AUDIO.as_bytes()).collect();
    assert!(matches!(events.last(), Some(Event::AudioDelta(_))));
}

#[test]
fn what_is_not_known_is_told_whole() {
    for (frame, kind) in [
        (r#"{"brandNew":{"a":1}}"#, "brandNew"),
        (
            r#"{"voiceActivity":{"type":"ACTIVITY_PAUSE"}}"#,
            "voiceActivity",
        ),
    ] {
        let Event::Unknown(unknown) = only(frame) else {
            panic!("{frame} is known");
        };
        assert_eq!(
            (unknown.kind.as_deref(), &*unknown.raw),
            (Some(kind), frame)
        );
    }
}

#[test]
fn what_is_damaged_is_told_with_its_field_and_ends_what_it_can() {
    let cases = [
        (r#"{"serverContent":3}"#, "serverContent"),
        (
            r#"{"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm"}}]}}}"#,
            "data",
        ),
        (r#"{"serverContent":{"modelTurn":{"parts":[7]}}}"#, "parts"),
        (r#"{"toolCall":{"functionCalls":{}}}"#, "functionCalls"),
        (r#"{"toolCall":{"functionCalls":["f"]}}"#, "functionCalls"),
    ];
    for (frame, wanted) in cases {
        let Event::Malformed(malformed) = only(frame) else {
            panic!("{frame} is whole");
        };
        let field = match malformed.fault {
            FrameFault::Missing { field } | FrameFault::Mistyped { field } => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(field, wanted, "{frame}");
    }
    let both = r#"{"serverContent":{"modelTurn":{"parts":[7]},"turnComplete":true}}"#;
    let mut session = gemini();
    told(&mut session, &[AUDIO]);
    let told = told(&mut session, &[both]);
    assert_eq!(told.last().unwrap(), "reply r1 end_turn");
}

#[test]
fn segments_of_words_may_have_any_other_fields() {
    let frame = r#"{"serverContent":{"inputTranscription":{"text":" Hi","languageCode":"en","speakerLabel":"A","words":[{"word":"Hi","startOffset":"0.1s"}]}}}"#;
    let Event::InputTranscript(transcript) = last(&mut gemini(), frame) else {
        panic!("no transcript");
    };
    assert_eq!(
        transcript.update,
        TranscriptUpdate::Delta { text: " Hi".into() }
    );
}

#[test]
fn a_frame_that_is_cut_changes_nothing() {
    let mut session = gemini();
    told(&mut session, &[AUDIO, CALL]);
    for name in [
        "text_turn",
        "tool_call",
        "extended_thinking",
        "code_and_search",
    ] {
        for frame in recorded("gemini", name) {
            for at in (0..frame.len()).step_by(1 + frame.len() / 96) {
                let mut after = session.clone();
                let events: Vec<_> = after.receive_binary(&frame.as_bytes()[..at]).collect();
                assert!(matches!(&*events, [Event::Malformed(_)]), "{at} of {frame}");
                assert!(after == session, "{at} of {frame}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_frame_with_flipped_bits_is_never_silent(
        name in prop::sample::select(vec!["text_turn", "tool_call", "parallel_calls", "code_and_search", "resume"]),
        at in any::<prop::sample::Index>(),
        places in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 1..4),
    ) {
        let frames = recorded("gemini", name);
        let mut bytes = at.get(&frames).clone().into_bytes();
        for (place, bit) in places {
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
        }
        let mut session = gemini();
        told(&mut session, &[AUDIO, CALL]);
        prop_assert!(session.receive_binary(&bytes).count() >= 1);
        session.disconnected(realtime_proto::Close::lost());
    }

    #[test]
    fn any_value_in_any_place_tells_something(
        key in prop::sample::select(KEYS.to_vec()),
        field in prop::sample::select(FIELDS.to_vec()),
        value in json(),
    ) {
        let frame = format!(r#"{{"{key}":{{"{field}":{value}}}}}"#);
        let mut session = gemini();
        told(&mut session, &[AUDIO]);
        prop_assert!(session.receive(&frame).count() >= 1, "{frame}");
        let frame = format!(r#"{{"{key}":{value}}}"#);
        prop_assert!(session.receive(&frame).count() >= 1, "{frame}");
        prop_assert!(session.receive(OVER).count() >= 1);
    }
}

const KEYS: [&str; 10] = [
    "setupComplete",
    "serverContent",
    "toolCall",
    "toolCallCancellation",
    "usageMetadata",
    "goAway",
    "sessionResumptionUpdate",
    "voiceActivity",
    "voiceActivityDetectionSignal",
    "error",
];

const FIELDS: [&str; 20] = [
    "modelTurn",
    "generationComplete",
    "turnComplete",
    "turnCompleteReason",
    "interrupted",
    "inputTranscription",
    "outputTranscription",
    "interimInputTranscription",
    "waitingForInput",
    "interactionStatus",
    "groundingMetadata",
    "functionCalls",
    "ids",
    "promptTokenCount",
    "promptTokensDetails",
    "timeLeft",
    "newHandle",
    "resumable",
    "type",
    "audioOffset",
];

/// A value that fits somewhere, or nowhere.
fn json() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "null", "true", "\"true\"", "3", "-1", "1e400", "\"\"", "\"1.5s\"", "\"-1s\"", "\"IDLE\"",
        "[]", "{}",
    ])
    .prop_map(str::to_owned);
    let names = prop::sample::select(vec![
        "parts",
        "text",
        "inlineData",
        "data",
        "mimeType",
        "finished",
        "id",
        "name",
        "args",
        "partialArgs",
        "jsonPath",
        "stringValue",
        "functionCall",
        "executableCode",
        "thought",
    ]);
    leaf.prop_recursive(5, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3)
                .prop_map(|all| format!("[{}]", all.join(","))),
            prop::collection::vec((names.clone(), inner), 0..3).prop_map(|all| {
                let members = all.iter().map(|(key, value)| format!("{key:?}:{value}"));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

#[test]
fn the_time_that_is_left_is_never_negative() {
    let frame = r#"{"goAway":{"timeLeft":"-3s"}}"#;
    let Event::GoingAway(going) = only(frame) else {
        panic!("not going");
    };
    assert_eq!(going.time_left, None::<Duration>);
}
