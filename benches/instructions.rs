//! One case, a fixed number of times: what `instructions.sh` counts the instructions of.
//!
//! `instructions CASE COUNT` receives or sends COUNT frames on one session. Without arguments, each
//! case runs once.

#[expect(dead_code, reason = "each benchmark uses a part of it")]
mod common;

use common::{
    frames,
    read::{LONGEST, opened, receive, send},
};
use realtime_proto::{Command, Config, Dialect, Session};
use std::env;

/// How many different frames a case has.
const FRAMES: usize = 16;

/// The cases, by name.
const CASES: [&str; 6] = [
    "text",
    "transcript",
    "audio-20",
    "audio-100",
    "append-20",
    "text-gemini",
];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.as_slice() {
        [case, count] if CASES.contains(&&**case) => {
            run(case, count.parse().expect("a number"));
        }
        _ => CASES.iter().for_each(|case| run(case, 1)),
    }
}

fn run(case: &str, count: usize) {
    match case {
        "text" => received(opened(), &each(frames::text_delta), count),
        "transcript" => received(opened(), &each(transcript), count),
        "audio-20" => received(opened(), &each(|number| audio(number, 20)), count),
        "audio-100" => received(opened(), &each(|number| audio(number, 100)), count),
        "append-20" => appended(count),
        _ => received(replying(), &each(nameless), count),
    }
}

/// Two items speak in turn.
fn transcript(number: usize) -> String {
    frames::transcript_delta(number, number % 2)
}

fn audio(number: usize, ms: usize) -> String {
    frames::audio_delta(number, number % 2, ms)
}

/// Words without any name, as Gemini sends them.
fn nameless(number: usize) -> String {
    format!(r#"{{"serverContent":{{"outputTranscription":{{"text":" word {number}"}}}}}}"#)
}

/// A session in which a nameless reply is under way.
fn replying() -> Session {
    let mut session = Session::new(Config::new(Dialect::Gemini));
    for frame in [r#"{"setupComplete":{}}"#, &nameless(0)] {
        session.receive(frame).for_each(drop);
    }
    session
}

fn each(frame: impl Fn(usize) -> String) -> Vec<String> {
    (0..FRAMES).map(frame).collect()
}

fn received(mut session: Session, frames: &[String], count: usize) {
    let mut pcm = vec![0; LONGEST];
    for frame in frames.iter().cycle().take(count) {
        receive(&mut session, frame, &mut pcm);
    }
}

fn appended(count: usize) {
    let mut session = opened();
    let sounds: Vec<Vec<u8>> = (0..FRAMES)
        .map(|number| frames::sound(number, 20))
        .collect();
    for sound in sounds.iter().cycle().take(count) {
        send(&mut session, Command::append_audio(sound));
    }
}
