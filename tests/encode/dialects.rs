//! The same conversation in both dialects: what differs on the way out, and nothing else does.

use crate::support::{BOTH, CREATED, hear, polled};
use core::time::Duration;
use realtime_proto::{
    AudioFormat, Command, Config, CreateResponse, Dialect, InputTranscription, ItemDraft,
    MaxTokens, Modality, Patch, SemanticVad, Session, SessionPatch, TurnDetection,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Where the two differ: the paths of GA on one side, those of the beta on the other.
const GA: &[&str] = &[
    "conversation.item.create item.content.type=output_text",
    "response.create response.audio.output.format.type=audio/pcmu",
    "response.create response.audio.output.voice=sage",
    "response.create response.max_output_tokens=100",
    "response.create response.output_modalities=audio",
    "session.update session.audio.input.format.rate=24000",
    "session.update session.audio.input.format.type=audio/pcm",
    "session.update session.audio.input.noise_reduction.type=near_field",
    "session.update session.audio.input.transcription.model=whisper-1",
    "session.update session.audio.input.turn_detection.type=semantic_vad",
    "session.update session.audio.input.turn_detection=null",
    "session.update session.audio.output.format.rate=24000",
    "session.update session.audio.output.format.type=audio/pcm",
    "session.update session.audio.output.speed=1.5",
    "session.update session.audio.output.voice=sage",
    "session.update session.max_output_tokens=inf",
    "session.update session.output_modalities=audio",
    "session.update session.type=realtime",
];
const BETA: &[&str] = &[
    "conversation.item.create item.content.type=text",
    "response.create response.max_response_output_tokens=100",
    "response.create response.modalities=audio",
    "response.create response.output_audio_format=g711_ulaw",
    "response.create response.voice=sage",
    "session.update session.input_audio_format=pcm16",
    "session.update session.input_audio_noise_reduction.type=near_field",
    "session.update session.input_audio_transcription.model=whisper-1",
    "session.update session.max_response_output_tokens=inf",
    "session.update session.modalities=audio",
    "session.update session.output_audio_format=pcm16",
    "session.update session.speed=1.5",
    "session.update session.turn_detection.type=semantic_vad",
    "session.update session.turn_detection=null",
    "session.update session.voice=sage",
];

#[test]
fn outbound_frames_differ_in_exactly_these_keys() {
    let [ga, beta] = BOTH.map(drive);

    assert_eq!(ga.kinds, beta.kinds);
    let only = |these: &BTreeSet<String>, those: &BTreeSet<String>| -> Vec<String> {
        these.difference(those).cloned().collect()
    };
    let of_ga = only(&ga.leaves, &beta.leaves);
    let of_beta = only(&beta.leaves, &ga.leaves);
    println!("openai: {of_ga:#?}\nopenai-beta: {of_beta:#?}");
    assert_eq!(of_ga, GA);
    assert_eq!(of_beta, BETA);
}

#[test]
fn every_client_event_of_both_dialects_is_driven() {
    let kinds: BTreeMap<String, usize> =
        drive(Dialect::OpenAi)
            .kinds
            .into_iter()
            .fold(BTreeMap::new(), |mut counts, kind| {
                *counts.entry(kind).or_default() += 1;
                counts
            });
    let kinds: Vec<_> = kinds.keys().map(String::as_str).collect();
    assert_eq!(
        kinds,
        [
            "conversation.item.create",
            "conversation.item.delete",
            "conversation.item.retrieve",
            "conversation.item.truncate",
            "input_audio_buffer.append",
            "input_audio_buffer.clear",
            "input_audio_buffer.commit",
            "output_audio_buffer.clear",
            "response.cancel",
            "response.create",
            "session.update",
        ]
    );
}

/// What left: the kinds in order, and every leaf of every frame with its path.
struct Sent {
    kinds: Vec<String>,
    leaves: BTreeSet<String>,
}

fn drive(dialect: Dialect) -> Sent {
    let mut config = Config::new(dialect);
    config.session.voice = Some("sage".to_owned());
    config.session.turn_detection = Some(TurnDetection::Manual);
    let mut session = Session::new(config);
    let mut frames = polled(&mut session);
    let _ = session.receive(CREATED);
    for step in conversation() {
        match step {
            Step::Send(command) => drop(session.send(command).unwrap()),
            Step::Hear(frame) => hear(&mut session, &[frame]),
        }
        frames.extend(polled(&mut session));
    }
    sent(&frames)
}

/// What the application does, and what the server says to it.
enum Step {
    Send(Command<'static>),
    Hear(&'static str),
}

/// A text turn, push to talk, settings, history, a response of its own kind, cuts, a tool.
fn conversation() -> impl Iterator<Item = Step> {
    let heard = |frames: &[&'static str]| frames.iter().copied().map(Step::Hear).collect();
    let steps: [Vec<Step>; 5] = [
        vec![Step::Send(Command::text("Hello."))],
        heard(&[
            r#"{"type":"response.created","response":{"id":"resp_0"}}"#,
            r#"{"type":"response.done","response":{"id":"resp_0","status":"completed"}}"#,
        ]),
        turn(),
        heard(CALL),
        vec![Step::Send(Command::tool_output(
            "call_1",
            r#"{"temperature":12}"#,
        ))],
    ];
    let continued = r#"{"type":"response.done","response":{"id":"resp_2","status":"completed"}}"#;
    steps.into_iter().flatten().chain([Step::Hear(continued)])
}

fn turn() -> Vec<Step> {
    let mut create = CreateResponse::new();
    create.modalities = Some(vec![Modality::Audio]);
    create.output_format = Some(AudioFormat::pcmu());
    create.voice = Some("sage".into());
    create.max_output_tokens = Some(MaxTokens::Count(100));
    create.metadata = vec![("turn".into(), "2".into())];
    let mut steps: Vec<_> = [
        Command::configure(settings()),
        Command::append_audio(&[0, 0, 1, 0]),
        Command::CommitInput,
        Command::from(create),
    ]
    .map(Step::Send)
    .into();
    steps.extend([
        Step::Hear(r#"{"type":"response.created","response":{"id":"resp_1"}}"#),
        Step::Send(Command::cancel_response()),
        Step::Hear(r#"{"type":"response.done","response":{"id":"resp_1","status":"cancelled"}}"#),
    ]);
    let rest = [
        Command::truncate("item_1", 0, Duration::from_millis(1_200)),
        Command::ClearOutput,
        Command::ClearInput,
        Command::create_item(ItemDraft::assistant_text("Hi there.")),
        Command::retrieve_item("item_1"),
        Command::delete_item("item_1"),
        Command::raw(r#"{"type":"response.create"}"#),
    ];
    steps.extend(rest.map(Step::Send));
    steps
}

fn settings() -> SessionPatch {
    let mut transcription = InputTranscription::default();
    transcription.model = Some("whisper-1".to_owned());
    let mut patch = SessionPatch::default();
    patch.instructions.set("Be brief.");
    patch.modalities.set([Modality::Audio]);
    patch.input_format.set(AudioFormat::pcm16(24_000));
    patch.output_format.set(AudioFormat::pcm16(24_000));
    patch.speed.set(1.5);
    patch.turn_detection.set(SemanticVad::default());
    patch.input_transcription.set(transcription);
    patch.noise_reduction.set("near_field");
    patch.max_output_tokens.set(MaxTokens::Infinite);
    patch.tools = Patch::Clear;
    patch
}

/// The server asks for a tool.
const CALL: &[&str] = &[
    r#"{"type":"response.created","response":{"id":"resp_2"}}"#,
    r#"{"type":"response.output_item.added","response_id":"resp_2","output_index":0,"item":{"id":"item_9","type":"function_call","call_id":"call_1","name":"weather","arguments":""}}"#,
    r#"{"type":"response.function_call_arguments.done","response_id":"resp_2","item_id":"item_9","output_index":0,"call_id":"call_1","arguments":"{}"}"#,
];

fn sent(frames: &[String]) -> Sent {
    let mut sent = Sent {
        kinds: Vec::new(),
        leaves: BTreeSet::new(),
    };
    for frame in frames {
        let frame: Value = serde_json::from_str(frame).unwrap();
        let kind = frame["type"].as_str().unwrap().to_owned();
        leaves(&frame, &kind, ' ', &mut sent.leaves);
        sent.kinds.push(kind);
    }
    sent
}

/// Every leaf as `path=value`; the elements of an array share the path of the array.
fn leaves(value: &Value, path: &str, join: char, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, member) in members {
                leaves(member, &format!("{path}{join}{key}"), '.', found);
            }
        }
        Value::Array(elements) if !elements.is_empty() => {
            for element in elements {
                leaves(element, path, '.', found);
            }
        }
        Value::String(text) => drop(found.insert(format!("{path}={text}"))),
        other => drop(found.insert(format!("{path}={other}"))),
    }
}
