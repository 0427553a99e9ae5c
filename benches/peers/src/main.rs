//! This crate beside published clients, an expert's baseline and what any transport pays.
//!
//! One table for people, then one line for each figure for programs. `--test` runs each case once; a
//! name or a part of one runs the cases that have it.

mod alloc;
mod cases;
mod chance;
mod desk;
mod frames;
mod hits;
mod ours;
mod peers;
mod recorded;
mod timing;
mod transport;

use crate::{
    alloc::Counting,
    cases::{Case, Load},
    frames::WIRES,
    hits::Hits,
    peers::{PEERS, Peer},
    timing::Rounds,
    transport::Provider,
};
use std::env;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often all cases are gone through: what disturbs one for a while does not disturb it always.
const PASSES: usize = 7;
/// In how many rounds everyone works on a case in a pass.
const ROUNDS: usize = 5;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let is_told = |word: &str| arguments.iter().any(|argument| argument == word);
    let is_measured = is_told("--bench") && !is_told("--test");
    let (passes, rounds) = if is_measured {
        (PASSES, ROUNDS)
    } else {
        (1, 1)
    };
    let wanted = arguments.iter().find(|argument| !argument.starts_with('-'));
    let cases: Vec<Case> = WIRES.iter().flat_map(cases::of).collect();
    let cases = cases
        .iter()
        .filter(|case| wanted.is_none_or(|part| case.name.contains(part.as_str())));
    let mut rows: Vec<Row<'_>> = cases.map(Row::new).collect();
    for _ in 0..passes {
        for row in &mut rows {
            row.measure(rounds);
        }
    }
    introduce();
    rows.iter().for_each(Row::show);
    rows.iter().for_each(Row::print);
    for wire in WIRES {
        let hits = Hits::of(wire);
        let (seen, bound) = (hits.seen_before(), hits.bound());
        println!("hit_rate {} {seen:.1} {bound:.1}", wire.dialect);
    }
}

fn introduce() {
    println!(
        "realtime-proto: Session::receive, all events read, decode_to_slice; out: send, poll_transmit"
    );
    for peer in PEERS {
        println!(
            "{} ({} {}): {}",
            peer.name,
            peer.package,
            peer.version(),
            peer.does
        );
    }
    println!("aes: AES-128-GCM of the same frames, in place\n");
    println!(
        "{:<29} {:<15} {:>9} {:>9} {:>8}",
        "case", "who", "ns/frame", "slower", "allocs"
    );
}

/// A case and what was measured.
struct Row<'c> {
    case: &'c Case,
    peers: Vec<&'static Peer>,
    times: Rounds,
}

impl<'c> Row<'c> {
    fn new(case: &'c Case) -> Self {
        let peers = case.peers();
        for peer in &peers {
            case.agrees(peer).expect("all read the same");
        }
        let times = Rounds::default();
        Self { case, peers, times }
    }

    fn measure(&mut self, rounds: usize) {
        let mut contestants = vec![self.case.ours()];
        contestants.extend(Provider::ALL.map(|provider| self.case.floor(provider)));
        contestants.extend(self.peers.iter().map(|peer| self.case.theirs(peer)));
        self.times.run(rounds, &mut contestants);
    }

    /// The peers, and where they are among those who work.
    fn peers(&self) -> impl Iterator<Item = (usize, &'static Peer)> {
        (1 + Provider::ALL.len()..).zip(self.peers.iter().copied())
    }

    fn show(&self) {
        let line = |who: &str, at, allocations: f64, note: &str| {
            let (name, slower) = (&self.case.name, self.times.ratio(at, 0));
            let ns = 1e9 * self.times.median(at) / frames(self.case);
            println!("{name:<29} {who:<15} {ns:>9.1} {slower:>8.2}x {allocations:>8.2}{note}");
        };
        line("realtime-proto", 0, self.our_allocations(), "");
        for (at, peer) in self.peers() {
            line(peer.name, at, self.allocations_of(peer), &self.note(peer));
        }
        for (at, provider) in (1..).zip(Provider::ALL) {
            line(provider.name(), at, 0.0, "");
        }
    }

    fn our_allocations(&self) -> f64 {
        per_frame(self.case, self.case.our_allocations())
    }

    fn allocations_of(&self, peer: &Peer) -> f64 {
        per_frame(self.case, self.case.their_allocations(peer))
    }

    fn note(&self, peer: &Peer) -> String {
        let Load::Call(entries) = &self.case.load else {
            return String::new();
        };
        match self.case.refused(peer) {
            0 => String::new(),
            refused => format!("  has no type for {refused} of {} frames", entries.len()),
        }
    }

    fn print(&self) {
        let name = &self.case.name;
        for (at, peer) in self.peers() {
            println!("ratio {name} {} {:.2}", peer.name, self.times.ratio(at, 0));
        }
        println!("allocs {name} ours {:.3}", self.our_allocations());
        for peer in &self.peers {
            println!(
                "allocs {name} {} {:.3}",
                peer.name,
                self.allocations_of(peer)
            );
        }
        println!("floor {name} {:.2}", self.times.ratio(0, 1));
        println!("floor-aws-lc {name} {:.2}", self.times.ratio(0, 2));
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of frames")]
fn frames(case: &Case) -> f64 {
    case.frames() as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts of allocations")]
fn per_frame(case: &Case, allocations: u64) -> f64 {
    allocations as f64 / frames(case)
}
