//! Times on a machine that does other things too: everyone in turn within each round, and the
//! median over the rounds of what they took in relation to each other.

use std::time::{Duration, Instant};

/// One of those that are compared: sets up untimed, then works, and tells how long that took.
pub(crate) type Contestant<'c> = Box<dyn FnMut() -> Duration + 'c>;

/// What everyone took, round by round.
#[derive(Debug, Default)]
pub(crate) struct Rounds(Vec<Vec<f64>>);

impl Rounds {
    /// Lets everyone work in turn. Each round begins with another one, so that nobody always works
    /// behind the same neighbour.
    pub(crate) fn run(&mut self, rounds: usize, contestants: &mut [Contestant<'_>]) {
        let count = contestants.len();
        self.0.resize_with(count, Vec::new);
        for round in 0..rounds {
            for at in (0..count).map(|at| (at + round) % count) {
                self.0[at].push(contestants[at]().as_secs_f64());
            }
        }
    }

    /// The median of what one of them took, in seconds.
    pub(crate) fn median(&self, at: usize) -> f64 {
        middle(self.0[at].clone())
    }

    /// The median of how often longer one of them took than another, within a round.
    pub(crate) fn ratio(&self, at: usize, to: usize) -> f64 {
        let pairs = self.0[at].iter().zip(&self.0[to]);
        middle(pairs.map(|(one, other)| one / other).collect())
    }
}

/// How long it takes.
pub(crate) fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
