//! How calls are timed that change the state they are made on.

use core::time::Duration;
use criterion::{BenchmarkGroup, Criterion, Throughput, measurement::WallTime};
use std::{env, time::Instant};

/// The harness of all benchmarks: precise enough in a few seconds each.
pub(crate) fn harness() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
}

/// A case whose throughput is the mean length of what it reads or writes, in bytes.
pub(crate) fn case<'c>(
    criterion: &'c mut Criterion,
    name: &str,
    lengths: &[usize],
) -> BenchmarkGroup<'c, WallTime> {
    let mut group = criterion.benchmark_group(name);
    let mean = lengths.iter().sum::<usize>() / lengths.len();
    group.throughput(Throughput::Bytes(mean as u64));
    group
}

/// The time of `count` calls, in streams of at most `length`, each on a state set up untimed.
pub(crate) fn streams<S>(
    count: u64,
    length: usize,
    mut set_up: impl FnMut() -> S,
    mut call: impl FnMut(&mut S, usize),
) -> Duration {
    let mut time = Duration::ZERO;
    let mut left = usize::try_from(count).expect("fewer than memory has bytes");
    while left > 0 {
        let (calls, mut state) = (left.min(length), set_up());
        let start = Instant::now();
        (0..calls).for_each(|number| call(&mut state, number));
        time += start.elapsed();
        left -= calls;
    }
    time
}

/// Whether figures are wanted: `cargo bench` says so, `cargo test` and a smoke test do not.
pub(crate) fn is_measured() -> bool {
    let is_told = |word: &str| env::args().any(|argument| argument == word);
    is_told("--bench") && !is_told("--test")
}
