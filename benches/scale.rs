//! Many calls at once, and long ones. One figure a line:
//!
//! - `scale SESSIONS cpu PERCENT rss_mb N allocs_per_s N`: so many talk at once on one thread, both
//!   ways, in real time; the share of one core, the process's resident memory, its allocations.
//! - `growth TURNS ns N`: what a delta costs after so many turns of one call.
//! - `p999 ns N`: what `receive` takes at most, but for one frame of a thousand, over an hour.
//!
//! Everything is small with `--test`, and in `cargo test`.

#[expect(dead_code, reason = "each benchmark uses a part of it")]
mod common;
#[path = "common/counting.rs"]
mod counting;

use common::{
    call::Turn,
    frames,
    read::{LONGEST, receive, send},
};
use core::{ops::Range, time::Duration};
use cpu_time::ThreadTime;
use realtime_proto::{Command, Config, Dialect, Session, Time};
use std::{fs, time::Instant};

/// What a frame of audio lasts, both ways.
const TICK: Duration = Duration::from_millis(20);
/// How many ticks go by from one piece of the transcript to the next.
const WORDS: usize = 5;
/// How many ticks the assistant speaks in a turn.
const SPEAKS: usize = 300;
/// How many pieces the transcript of a turn has.
const PIECES: usize = SPEAKS.div_ceil(WORDS);
/// How many ticks one session is ahead of the one before it.
const STAGGER: usize = 7;
/// How many ticks are not measured: a session makes room for what it will need again.
const WARM: usize = 10;
/// How many times the hour passes; the least is told, for what else the machine does only adds.
const PASSES: usize = 5;
/// How many ticks the user speaks in a turn of an hour.
const LISTENS: usize = 300;

fn main() {
    let small = !common::time::is_measured();
    let loads: &[(usize, usize)] = if small {
        &[(1, 10), (10, 10)]
    } else {
        &[(1, 30_000), (100, 1_000), (10_000, 100)]
    };
    for (sessions, ticks) in loads {
        talk(*sessions, *ticks);
    }
    growth(if small { 100 } else { 10_000 });
    let turns = if small {
        2
    } else {
        3600 * 50 / (SPEAKS + LISTENS)
    };
    let passes = (0..PASSES).map(|_| slowest(turns));
    println!("p999 ns {}", passes.min().unwrap_or_default());
}

/// So many sessions that are spoken to and speak, in turn.
fn talk(sessions: usize, ticks: usize) {
    let mut calls: Vec<Session> = (0..sessions).map(|_| begun(0)).collect();
    let mut scripts = [script(0), script(1)];
    play(&mut calls, &scripts, 0..WARM);
    let (mut busy, mut allocations) = (Duration::ZERO, 0);
    let mut tick = WARM;
    while tick < WARM + ticks {
        if tick % SPEAKS == 0 {
            scripts.swap(0, 1);
            scripts[1] = script(tick / SPEAKS + 1);
        }
        let end = (WARM + ticks).min((tick / SPEAKS + 1) * SPEAKS);
        let (start, before) = (ThreadTime::now(), counting::allocations());
        play(&mut calls, &scripts, tick..end);
        busy += start.elapsed();
        allocations += counting::allocations() - before;
        tick = end;
    }
    let time = TICK.as_secs_f64() * count(ticks);
    let cpu = 100.0 * busy.as_secs_f64() / time;
    let (mb, rate) = (resident_mb(), count(allocations) / time);
    println!("scale {sessions} cpu {cpu:.3} rss_mb {mb:.1} allocs_per_s {rate:.0}");
}

/// Ticks of one turn, and of the next one for those that are ahead.
fn play(calls: &mut [Session], scripts: &[Script; 2], ticks: Range<usize>) {
    let (mut pcm, said) = (vec![0; LONGEST], frames::sound(7, 20));
    for tick in ticks {
        for (number, call) in calls.iter_mut().enumerate() {
            let at = tick % SPEAKS + number * STAGGER % SPEAKS;
            let frames = &scripts[at / SPEAKS][at % SPEAKS];
            live(call, tick, frames, &said, &mut pcm);
        }
    }
}

/// The frames of each tick of a turn.
type Script = Vec<Vec<String>>;

/// What a session hears in each tick of a turn. All hear the same; what they remember is their own.
fn script(number: usize) -> Script {
    let turn = Turn::of(number);
    let mut ticks: Script = (0..SPEAKS).map(|at| piece(&turn, at)).collect();
    if let Some(before) = number.checked_sub(1) {
        let mut change = Turn::of(before).ended(PIECES);
        change.extend(turn.heard());
        change.extend(turn.begun());
        ticks[0].splice(0..0, change);
    }
    ticks
}

/// What the assistant says in a tick.
fn piece(turn: &Turn, at: usize) -> Vec<String> {
    let mut frames = vec![turn.audio(at)];
    if at % WORDS == 0 {
        frames.push(turn.transcript(at / WORDS));
    }
    frames
}

/// A tick of a call: the time is told, what came is read, what the user says goes out.
fn live(call: &mut Session, tick: usize, frames: &[String], said: &[u8], pcm: &mut [u8]) {
    call.handle_timeout(Time(TICK * u32::try_from(tick).expect("less than a year")));
    for frame in frames {
        receive(call, frame, pcm);
    }
    send(call, Command::append_audio(said));
    while call.poll_event().is_some() {}
}

/// A call whose assistant has begun to answer in this turn.
fn begun(turn: usize) -> Session {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    let created = r#"{"type":"session.created","event_id":"event_0","session":{"id":"sess_1"}}"#;
    session.receive(created).for_each(drop);
    start(&mut session, &Turn::of(turn));
    session
}

fn start(session: &mut Session, turn: &Turn) {
    for frame in turn.heard().iter().chain(&turn.begun()) {
        receive(session, frame, &mut []);
    }
    while session.poll_transmit().is_some() {}
}

fn end(session: &mut Session, turn: &Turn, pieces: usize) {
    for frame in turn.ended(pieces) {
        receive(session, &frame, &mut []);
    }
}

/// What a delta costs after 10 turns, after 100, and so on.
fn growth(longest: usize) {
    let mut session = begun(0);
    let mut wanted = 10;
    for number in 0..longest {
        let turn = Turn::of(number);
        if number > 0 {
            start(&mut session, &turn);
        }
        receive(&mut session, &turn.transcript(0), &mut []);
        if number + 1 == wanted {
            println!("growth {wanted} ns {:.0}", cost(&mut session, &turn));
            wanted *= 10;
        }
        end(&mut session, &turn, 1);
    }
}

/// The median of many short streams.
fn cost(session: &mut Session, turn: &Turn) -> f64 {
    let deltas: Vec<String> = (0..64)
        .map(|number| match number % 2 {
            0 => turn.audio(number),
            _ => turn.transcript(number),
        })
        .collect();
    let mut pcm = vec![0; LONGEST];
    let mut stream = || {
        let start = Instant::now();
        for delta in &deltas {
            receive(session, delta, &mut pcm);
        }
        start.elapsed().as_secs_f64() * 1e9 / count(deltas.len())
    };
    let mut costs: Vec<f64> = (0..33).map(|_| stream()).collect();
    costs.sort_by(f64::total_cmp);
    costs[costs.len() / 2]
}

/// What the slowest frame but one of a thousand takes, in nanoseconds, over so many turns.
fn slowest(turns: usize) -> u128 {
    let mut call = Session::new(Config::new(Dialect::OpenAi));
    let (mut times, mut pcm) = (Vec::new(), vec![0; LONGEST]);
    let said = frames::sound(7, 20);
    for number in 0..turns {
        let turn = Turn::of(number);
        let mut told = number * (SPEAKS + LISTENS);
        for frames in spoken(&turn) {
            told += 1;
            live(&mut call, told, &[], &said, &mut pcm);
            for frame in &frames {
                let start = Instant::now();
                receive(&mut call, frame, &mut pcm);
                times.push(start.elapsed().as_nanos());
            }
        }
    }
    times.sort_unstable();
    times[times.len() - 1 - times.len() / 1000]
}

/// What comes in each tick of a turn: the user speaks, then the assistant.
fn spoken(turn: &Turn) -> impl Iterator<Item = Vec<String>> {
    (0..LISTENS + SPEAKS).map(|tick| match tick.checked_sub(LISTENS) {
        None if tick == 0 => turn.heard(),
        None => Vec::new(),
        Some(at) => {
            let mut frames = piece(turn, at);
            if at == 0 {
                frames.splice(0..0, turn.begun());
            }
            if at + 1 == SPEAKS {
                frames.extend(turn.ended(PIECES));
            }
            frames
        }
    })
}

/// The resident memory of the process; 0 where the system does not tell it.
fn resident_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kb.unwrap_or_default() / 1024.0
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn count(number: usize) -> f64 {
    number as f64
}
