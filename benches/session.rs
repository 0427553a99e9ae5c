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
use core::{hint::black_box, time::Duration};
use criterion::{Criterion, criterion_group, criterion_main};
use realtime_proto::{Close, Command, Config, Dialect, Policy, Session};
use serde::Deserialize;
use serde_json::value::RawValue;

const RECORDING: &str = include_str!("../examples/replay/demo.jsonl");

criterion_group! {
    name = benches;
    config = time::harness();
    targets = recording
}
criterion_main!(benches);

/// A line of the recording: the time that passes, or a frame.
#[derive(Deserialize)]
struct Line<'l> {
    at_ms: Option<u64>,
    dir: Option<&'l str>,
    #[serde(borrow)]
    frame: Option<&'l RawValue>,
}

enum Step<'l> {
    Told(Duration),
    Received(&'l str),
    Sent(&'l str),
}

fn recording(criterion: &mut Criterion) {
    let steps: Vec<Step<'_>> = RECORDING.lines().filter_map(step).collect();
    let frames: Vec<&str> = steps.iter().filter_map(frame).collect();
    let bytes = frames.iter().map(|frame| frame.len()).sum();
    let mut pcm = vec![0; LONGEST];
    let mut group = time::case(criterion, "recorded_call", &[bytes]);
    group.bench_function("session", |bencher| {
        bencher.iter(|| replay(&steps, &mut pcm));
    });
    group.bench_function("value", |bencher| {
        bencher.iter(|| frames.iter().for_each(|frame| read::parse(frame, &mut pcm)));
    });
}

fn step(line: &str) -> Option<Step<'_>> {
    if line.starts_with('#') {
        return None;
    }
    let line: Line<'_> = serde_json::from_str(line).expect("a line of a recording");
    if let Some(ms) = line.at_ms {
        return Some(Step::Told(Duration::from_millis(ms)));
    }
    let frame = line.frame?.get();
    Some(if line.dir? == "server" {
        Step::Received(frame)
    } else {
        Step::Sent(frame)
    })
}

fn frame<'l>(step: &Step<'l>) -> Option<&'l str> {
    match step {
        Step::Told(_) => None,
        Step::Received(frame) | Step::Sent(frame) => Some(frame),
    }
}

fn replay(steps: &[Step<'_>], pcm: &mut [u8]) {
    let mut config = Config::new(Dialect::OpenAi);
    config.policy = Policy::passive();
    let mut session = Session::new(config);
    for step in steps {
        match step {
            Step::Told(now) => session.handle_timeout((*now).into()),
            Step::Received(frame) => read::receive(&mut session, frame, pcm),
            Step::Sent(frame) => read::send(&mut session, Command::raw(frame)),
        }
    }
    session.disconnected(Close::ended());
    while let Some(event) = session.poll_event() {
        black_box(&event);
    }
}
