//! What a delta costs in an ordinary voice call, all machines included: received, its event dropped.
//!
//! `told` is a call whose driver tells the time before each frame; `untold` one that never does.
//! `long` is told the time, after sixty items of one epoch that nobody interrupted. `decoded` is the
//! frame without any machine: what the others take beyond it is what the machines cost.

#[expect(dead_code, reason = "each benchmark uses a part of it")]
mod common;

use common::{frames, read::opened, time};
use core::{hint::black_box, time::Duration};
use criterion::{
    BenchmarkGroup, Criterion, criterion_group, criterion_main, measurement::WallTime,
};
use realtime_proto::{Dialect, Session, Time, testing::wire_name};

/// How many different frames a case has.
const FRAMES: usize = 32;

/// How many deltas a stream has.
const STREAM: usize = 256;

/// How many items came before, in a long epoch.
const ITEMS: usize = 60;

criterion_group! {
    name = benches;
    config = time::harness();
    targets = deltas
}
criterion_main!(benches);

fn deltas(criterion: &mut Criterion) {
    bench(criterion, "machines_text", frames::text_delta);
    bench(criterion, "machines_transcript", |number| {
        frames::transcript_delta(number, 0)
    });
    bench(criterion, "machines_audio_20_ms", |number| {
        frames::audio_delta(number, 0, 20)
    });
}

fn bench(criterion: &mut Criterion, name: &str, frame: impl Fn(usize) -> String) {
    let frames: Vec<_> = (0..FRAMES).map(frame).collect();
    let lengths: Vec<usize> = frames.iter().map(String::len).collect();
    let mut group = time::case(criterion, name, &lengths);
    decoded(&mut group, &frames);
    for (case, is_long, told) in [
        ("told", false, true),
        ("untold", false, false),
        ("long", true, true),
    ] {
        let set_up = if is_long { long } else { opened };
        group.bench_function(case, |bencher| {
            bencher.iter_custom(|count| {
                time::streams(count, STREAM, set_up, |session, number| {
                    if told {
                        let now = Duration::from_millis(20 * number as u64);
                        session.handle_timeout(Time(now));
                    }
                    let frame = &frames[number % FRAMES];
                    session.receive(frame).for_each(|event| {
                        black_box(event);
                    });
                })
            });
        });
    }
}

fn decoded(group: &mut BenchmarkGroup<'_, WallTime>, frames: &[String]) {
    group.bench_function("decoded", |bencher| {
        let mut frames = frames.iter().cycle();
        bencher.iter(|| {
            let frame = frames.next().expect("a cycle has no end");
            wire_name(black_box(frame), Dialect::OpenAi)
        });
    });
}

fn long() -> Session {
    let mut session = opened();
    session.handle_timeout(Time(Duration::ZERO));
    for item in 0..ITEMS {
        let frame = frames::audio_delta(item, 0, 20);
        let frame = frame.replace(frames::SPOKEN[0], &format!("item_{item}"));
        session.receive(&frame).for_each(drop);
    }
    session
}
