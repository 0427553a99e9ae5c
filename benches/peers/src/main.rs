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

/// In how many rounds everyone works.
const ROUNDS: usize = 31;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let is_told = |word: &str| arguments.iter().any(|argument| argument == word);
    let is_measured = is_told("--bench") && !is_told("--test");
    let rounds = if is_measured { ROUNDS } else { 1 };
    let wanted = arguments.iter().find(|argument| !argument.starts_with('-'));
    let cases: Vec<Case> = WIRES.iter().flat_map(cases::of).collect();
    let cases = cases
        .iter()
        .filter(|case| wanted.is_none_or(|part| case.name.contains(part.as_str())));
    alloc::keep_freed_memory();
    introduce();
    let rows: Vec<Row<'_>> = cases.map(|case| Row::measure(case, rounds)).collect();
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

/// Where the peers begin among those who work.
const PEERS_AT: usize = 3;

/// A case and what was measured.
struct Row<'c> {
    case: &'c Case,
    /// Of the peers: the name, how much longer they took, how often they allocate.
    peers: Vec<(&'static Peer, f64, f64)>,
    our_allocations: f64,
    /// How much longer this crate takes than each provider's AES.
    floors: [f64; 2],
}

impl<'c> Row<'c> {
    /// Measures and shows it to people at once: the whole table takes a while.
    fn measure(case: &'c Case, rounds: usize) -> Self {
        let peers = case.peers();
        for peer in &peers {
            case.agrees(peer).expect("all read the same");
        }
        let mut contestants = vec![case.ours()];
        contestants.extend(Provider::ALL.map(|provider| case.floor(provider)));
        contestants.extend(peers.iter().map(|peer| case.theirs(peer)));
        let times = Rounds::run(rounds, &mut contestants);
        let row = Self {
            case,
            our_allocations: per_frame(case, case.our_allocations()),
            floors: [1, 2].map(|at| times.ratio(0, at)),
            peers: (PEERS_AT..)
                .zip(peers)
                .map(|(at, peer)| {
                    let allocations = per_frame(case, case.their_allocations(peer));
                    (peer, times.ratio(at, 0), allocations)
                })
                .collect(),
        };
        row.show(&times);
        row
    }

    fn show(&self, times: &Rounds) {
        let nanoseconds = |at| 1e9 * times.median(at) / frames(self.case);
        let line = |who: &str, at, slower: f64, allocations: f64, note: &str| {
            let (name, ns) = (&self.case.name, nanoseconds(at));
            println!("{name:<29} {who:<15} {ns:>9.1} {slower:>8.2}x {allocations:>8.2}{note}");
        };
        line("realtime-proto", 0, 1.0, self.our_allocations, "");
        for (at, (peer, slower, allocations)) in (PEERS_AT..).zip(&self.peers) {
            let note = self.note(peer);
            line(peer.name, at, *slower, *allocations, &note);
        }
        for (at, (provider, floor)) in (1..).zip(Provider::ALL.iter().zip(self.floors)) {
            line(provider.name(), at, 1.0 / floor, 0.0, "");
        }
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
        for (peer, slower, _) in &self.peers {
            println!("ratio {name} {} {slower:.2}", peer.name);
        }
        println!("allocs {name} ours {:.3}", self.our_allocations);
        for (peer, _, allocations) in &self.peers {
            println!("allocs {name} {} {allocations:.3}", peer.name);
        }
        println!("floor {name} {:.2}", self.floors[0]);
        println!("floor-aws-lc {name} {:.2}", self.floors[1]);
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
