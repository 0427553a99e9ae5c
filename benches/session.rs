//! A whole recorded call, as a proxy sees it: both directions, from the first frame to the end.
//!
//! `session` is this crate: every frame received or sent, every event read, all audio decoded,
//! everything settled. `value` parses the same frames with `serde_json::Value`, reads their fields
//! and decodes their audio with base64's `STANDARD` engine, and tracks nothing.

#[expect(dead_code, reason = "each benchmark uses a part of it")]
mod common;

use common::{
    read::{self, LONGEST},
    time,
};
use core::hint::black_box;
use criterion::{Criterion, criterion_group, criterion_main};
use realtime_proto::{
    Close, Command, Config, Dialect, Policy, Session,
    testing::{Entry, Recording},
};

const RECORDING: &str = include_str!("../examples/replay/demo.jsonl");

criterion_group! {
    name = benches;
    config = time::harness();
    targets = recorded_call
}
criterion_main!(benches);

fn recorded_call(criterion: &mut Criterion) {
    let recording: Recording = RECORDING.parse().expect("a recording");
    let frames: Vec<&str> = recording
        .lines
        .iter()
        .filter_map(|line| frame(&line.entry))
        .collect();
    let bytes = frames.iter().map(|frame| frame.len()).sum();
    let mut pcm = vec![0; LONGEST];
    let mut group = time::case(criterion, "recorded_call", &[bytes]);
    group.bench_function("session", |bencher| {
        bencher.iter(|| replay(&recording, &mut pcm));
    });
    group.bench_function("value", |bencher| {
        bencher.iter(|| frames.iter().for_each(|frame| read::parse(frame, &mut pcm)));
    });
}

fn frame(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Server(frame) | Entry::Client(frame) => Some(frame),
        _ => None,
    }
}

fn replay(recording: &Recording, pcm: &mut [u8]) {
    let mut config = Config::new(Dialect::OpenAi);
    config.policy = Policy::passive();
    let mut session = Session::new(config);
    for line in &recording.lines {
        match &line.entry {
            Entry::At(now) => session.handle_timeout((*now).into()),
            Entry::Server(frame) => read::receive(&mut session, frame, pcm),
            Entry::Client(frame) => read::send(&mut session, Command::raw(frame)),
            _ => {}
        }
    }
    session.disconnected(Close::ended());
    while let Some(event) = session.poll_event() {
        black_box(&event);
    }
}
