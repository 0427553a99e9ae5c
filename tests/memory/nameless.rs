//! The places of a session that names what its server leaves nameless, filled: what they hold is
//! told.

use crate::live;
use realtime_proto::{Command, Config, Dialect, Retain, Session};
use serde_json::{Value, json};

/// How long each of the long words is: more than all else that a session holds.
const LONG: usize = 1 << 18;

/// What may be told beyond what is there: whatever is shared is counted by each that shares it.
const SHARED: usize = 4;

/// What is said, less at a time than is kept of one text.
const WORDS: &str = "well well well";

/// A place that can hold much, and what fills it.
type Place = (&'static str, fn(&mut Session));

const PLACES: &[Place] = &[
    ("what was understood for the time being", |session| {
        let words = json!({"interimInputTranscription": {"text": long("word")}});
        receive(session, [json!({"serverContent": words})]);
    }),
    ("what was understood", |session| {
        receive(session, [heard(&WORDS.repeat(1_000))]);
    }),
    ("many turns", |session| {
        for _ in 0..200 {
            receive(session, [heard("Hello"), spoken("Hi"), over()]);
        }
    }),
    ("what the user wrote", |session| {
        send(session, Command::text(&long("word")));
        while session.poll_transmit().is_some() {}
    }),
    ("the transcript of a reply", |session| {
        receive(session, [spoken(&WORDS.repeat(1_000))]);
    }),
    ("what came after the end of its reply", |session| {
        receive(session, [spoken("so "), over()]);
        receive(session, (0..10_000).map(|_| spoken("and on ")));
    }),
    ("thoughts", |session| {
        let part = json!({"text": WORDS.repeat(1_000), "thought": true});
        receive(session, [parts(&part)]);
    }),
    ("the point to go on from", |session| {
        let handle = json!({"newHandle": long("handle"), "resumable": true});
        receive(session, [json!({"sessionResumptionUpdate": handle})]);
    }),
    ("the id of a call", |session| {
        let call = json!({"id": long("call"), "name": "look", "args": {}});
        receive(session, [called(&call)]);
    }),
    ("the function of a call", |session| {
        let call = json!({"id": "fc-1", "name": long("look"), "args": {}});
        receive(session, [called(&call)]);
    }),
    ("a call that was taken back", |session| {
        let id = long("call");
        let call = json!({"id": id, "name": "look", "args": {}});
        receive(session, [called(&call)]);
        receive(session, [json!({"toolCallCancellation": {"ids": [id]}})]);
    }),
    ("one piece of the arguments of a call", |session| {
        receive(session, [piece("$.city", &long("word"))]);
    }),
    ("a text that came in many pieces", |session| {
        receive(session, (0..10_000).map(|_| piece("$.city", "word")));
    }),
    ("many pieces of the arguments of a call", |session| {
        receive(
            session,
            (0..10_000).map(|at| piece(&format!("$.city[{at}]"), "word")),
        );
    }),
    ("where a piece belongs", |session| {
        receive(session, [piece(&long("$.city"), "word")]);
    }),
];

#[test]
fn whatever_is_filled_without_names_is_told() {
    for (name, fill) in PLACES {
        let before = live();
        let mut config = Config::new(Dialect::GeminiVertex);
        config.limits.tombstones = 1;
        let mut session = opened(config);

        fill(&mut session);
        while session.poll_event().is_some() {}

        let (live, told) = (live().wrapping_sub(before), session.memory_bytes());
        assert!(live > 10_000, "{name}: {live} is not much");
        assert!(told * 10 >= live * 9, "{name}: {told} told of {live}");
        assert!(told <= live * SHARED, "{name}: {told} told of {live}");
    }
}

#[test]
fn a_text_that_the_next_reply_answers_is_told() {
    let mut config = Config::new(Dialect::Gemini);
    config.limits.conversation = Retain::Off;
    config.limits.tombstones = 1;
    let mut session = opened(config);
    let told = |session: &mut Session| {
        send(session, Command::text("Hello"));
        while session.poll_transmit().is_some() {}
        while session.poll_event().is_some() {}
        session.memory_bytes()
    };
    told(&mut session);
    receive(&mut session, [parts(&json!({"text": "Hi"}))]);
    let (live_before, before) = (live(), session.memory_bytes());

    let after = told(&mut session);

    assert_eq!(after - before, live() - live_before);
}

#[test]
fn a_call_that_is_delivered_keeps_no_piece_of_its_arguments() {
    let mut session = opened(Config::new(Dialect::GeminiVertex));
    let before = session.memory_bytes();
    receive(&mut session, [piece("$.city", &long("word"))]);
    assert!(session.memory_bytes() > before + LONG / 2);

    receive(&mut session, [called(&json!({}))]);

    assert!(session.memory_bytes() < before + 10_000);
}

#[test]
fn what_was_provisional_is_gone_with_what_is_certain() {
    let mut session = opened(Config::new(Dialect::Gemini));
    let before = session.memory_bytes();
    let words = json!({"interimInputTranscription": {"text": long("word")}});
    receive(&mut session, [json!({"serverContent": words})]);
    assert!(session.memory_bytes() > before + LONG / 2);

    receive(&mut session, [heard("certain")]);

    let more = session.memory_bytes() - before;
    assert!(more < 64 * 1024, "{more} bytes more");
}

fn opened(config: Config) -> Session {
    let mut session = Session::new(config);
    while session.poll_transmit().is_some() {}
    receive(&mut session, [json!({"setupComplete": {}})]);
    session
}

fn long(word: &str) -> String {
    word.repeat(LONG / word.len())
}

fn receive(session: &mut Session, frames: impl IntoIterator<Item = Value>) {
    for frame in frames {
        session.receive(&frame.to_string()).for_each(drop);
    }
}

fn send(session: &mut Session, command: Command<'_>) {
    session.send(command).expect("the command is right");
}

fn heard(text: &str) -> Value {
    json!({"serverContent": {"inputTranscription": {"text": text}}})
}

fn spoken(text: &str) -> Value {
    json!({"serverContent": {"outputTranscription": {"text": text}}})
}

fn parts(part: &Value) -> Value {
    json!({"serverContent": {"modelTurn": {"parts": [part]}}})
}

fn over() -> Value {
    json!({"serverContent": {"turnComplete": true}})
}

fn called(call: &Value) -> Value {
    json!({"toolCall": {"functionCalls": [call]}})
}

/// A piece of the arguments of a call without a name, of which more are to come.
fn piece(path: &str, text: &str) -> Value {
    let piece = json!({"jsonPath": path, "stringValue": text, "willContinue": true});
    called(&json!({"name": "look", "partialArgs": [piece], "willContinue": true}))
}
