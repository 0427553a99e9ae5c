//! One command: sent, and its frames polled.
//!
//! `session` is this crate, `value` the same frames built as a `serde_json::Value`, with base64's
//! `STANDARD` engine, and printed. There are 32 different inputs of each kind; throughput is in
//! bytes of frames.

#[expect(dead_code, reason = "each benchmark uses a part of it")]
mod common;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use common::{
    frames::{self, Reply},
    read::{opened, received, send},
    time,
};
use criterion::{Criterion, criterion_group, criterion_main};
use realtime_proto::{Command, Session, ToolOutput};
use serde_json::json;

/// How many different inputs a case has.
const INPUTS: usize = 32;

/// How many sounds are appended in a row.
const STREAM: usize = 256;

criterion_group! {
    name = benches;
    config = time::harness();
    targets = appended_audio, tool_output
}
criterion_main!(benches);

fn appended_audio(criterion: &mut Criterion) {
    for ms in [20, 100] {
        let sounds: Vec<Vec<u8>> = (0..INPUTS)
            .map(|number| frames::sound(number, ms))
            .collect();
        let length = appended(&sounds[0]).len();
        let mut group = time::case(criterion, &format!("append_{ms}_ms"), &[length]);
        group.bench_function("session", |bencher| {
            let append = |session: &mut Session, number: usize| {
                send(session, Command::append_audio(&sounds[number % INPUTS]));
            };
            bencher.iter_custom(|count| time::streams(count, STREAM, opened, append));
        });
        group.bench_function("value", |bencher| {
            let mut sounds = sounds.iter().cycle();
            bencher.iter(|| appended(sounds.next().expect("a circle")));
        });
    }
}

fn appended(sound: &[u8]) -> String {
    json!({"type": "input_audio_buffer.append", "audio": STANDARD.encode(sound)}).to_string()
}

/// Each output answers a call in a session of its own, after its response, and asks for no reply.
fn tool_output(criterion: &mut Criterion) {
    let calls: Vec<(String, String)> = (0..INPUTS)
        .map(|number| (Reply::of(number).call_id, output(number)))
        .collect();
    let lengths: Vec<usize> = calls
        .iter()
        .map(|(call_id, output)| answered(call_id, output).len())
        .collect();
    let mut group = time::case(criterion, "tool_output", &lengths);
    group.bench_function("session", |bencher| {
        let set_up = || (0..INPUTS).map(called).collect();
        let answer = |sessions: &mut Vec<Session>, number: usize| {
            let (call_id, output) = &calls[number];
            let mut answer = ToolOutput::new(call_id, output);
            answer.wants_reply = false;
            send(&mut sessions[number], answer.into());
        };
        bencher.iter_custom(|count| time::streams(count, INPUTS, set_up, answer));
    });
    group.bench_function("value", |bencher| {
        let mut calls = calls.iter().cycle();
        bencher.iter(|| {
            let (call_id, output) = calls.next().expect("a circle");
            answered(call_id, output)
        });
    });
}

fn output(number: usize) -> String {
    json!({"boats": [{"leaves": "07:40", "arrives": "08:25"}], "celsius": number}).to_string()
}

fn answered(call_id: &str, output: &str) -> String {
    let item = json!({"type": "function_call_output", "call_id": call_id, "output": output});
    json!({"type": "conversation.item.create", "item": item, "event_id": "rp-1"}).to_string()
}

/// A session that waits for the output of its call.
fn called(number: usize) -> Session {
    let mut said = frames::response_begun(number);
    said.push(frames::response_done(number));
    received(&said)
}
