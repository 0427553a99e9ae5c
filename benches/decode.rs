//! One inbound frame: received, its events read and dropped, its audio decoded.
//!
//! `session` is this crate, `value` the same frame through `serde_json::Value` and base64's
//! `STANDARD` engine. There are 32 different frames of each kind. Deltas come in streams of 256,
//! each into newly opened parts.

#[expect(dead_code, reason = "each benchmark uses a part of it")]
mod common;

use common::{
    frames,
    read::{self, LONGEST, opened, received},
    time,
};
use criterion::{Criterion, criterion_group, criterion_main};
use realtime_proto::Session;

/// How many different frames a case has.
const FRAMES: usize = 32;

/// How many deltas a stream has.
const STREAM: usize = 256;

criterion_group! {
    name = benches;
    config = time::harness();
    targets = deltas, settings, ends
}
criterion_main!(benches);

fn deltas(criterion: &mut Criterion) {
    let text = each(frames::text_delta);
    compare(criterion, "text", &text, STREAM, opened, the_one);
    for ms in [20, 100, 250] {
        let audio = each(|number| frames::audio_delta(number, 0, ms));
        let name = format!("audio_{ms}_ms");
        compare(criterion, &name, &audio, STREAM, opened, the_one);
    }
}

fn settings(criterion: &mut Criterion) {
    let updated = each(frames::session_updated);
    let name = "session_updated_20_tools";
    compare(criterion, name, &updated, FRAMES, opened, the_one);
}

/// Each end comes in a session of its own, in which its response has begun.
fn ends(criterion: &mut Criterion) {
    let done = each(frames::response_done);
    let begun = |number| received(&frames::response_begun(number));
    let started = || (0..FRAMES).map(begun).collect::<Vec<_>>();
    let name = "response_done";
    compare(
        criterion,
        name,
        &done,
        FRAMES,
        started,
        |sessions, number| &mut sessions[number],
    );
}

fn the_one(session: &mut Session, _: usize) -> &mut Session {
    session
}

fn each(frame: impl Fn(usize) -> String) -> Vec<String> {
    (0..FRAMES).map(frame).collect()
}

fn compare<S>(
    criterion: &mut Criterion,
    name: &str,
    frames: &[String],
    stream: usize,
    set_up: impl Fn() -> S,
    session: impl Fn(&mut S, usize) -> &mut Session,
) {
    let mut pcm = vec![0; LONGEST];
    let lengths: Vec<usize> = frames.iter().map(String::len).collect();
    let mut group = time::case(criterion, name, &lengths);
    group.bench_function("session", |bencher| {
        bencher.iter_custom(|count| {
            time::streams(count, stream, &set_up, |state, number| {
                read::receive(session(state, number), &frames[number % FRAMES], &mut pcm);
            })
        });
    });
    group.bench_function("value", |bencher| {
        let mut parse =
            |(): &mut (), number: usize| read::parse(&frames[number % FRAMES], &mut pcm);
        bencher.iter_custom(|count| time::streams(count, stream, || (), &mut parse));
    });
}
