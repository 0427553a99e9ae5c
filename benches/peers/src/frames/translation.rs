//! Translation sessions: no items, no turns; each piece has its place in the talk.

use super::sound;
use crate::chance::Chance;

pub(super) fn opening() -> Vec<String> {
    let session = r#"{"id":"sess_4Wd8uYc1","type":"translation","model":"gpt-realtime-translate"}"#;
    vec![
        format!(r#"{{"type":"session.created","event_id":"event_0","session":{session}}}"#),
        text(0),
        text(1),
        audio(0, 20),
    ]
}

/// What was said, and what it is in the other language, in turn.
pub(super) fn text(number: usize) -> String {
    if number % 2 == 1 {
        return transcript(number);
    }
    words("session.input_transcript", number)
}

pub(super) fn transcript(number: usize) -> String {
    words("session.output_transcript", number)
}

pub(super) fn audio(number: usize, ms: usize) -> String {
    let data = sound(number, ms);
    let end = format!(
        r#""sample_rate":24000,"channels":1,"format":"pcm16","elapsed_ms":{}"#,
        200 * number
    );
    delta("session.output_audio", number, &data, &end)
}

fn words(stream: &str, number: usize) -> String {
    let end = format!(r#""elapsed_ms":{}"#, 200 * number);
    delta(stream, number, &Chance::new(number).words(), &end)
}

fn delta(stream: &str, number: usize, delta: &str, end: &str) -> String {
    let event = Chance::new(number).letters(19 + number % 4);
    format!(r#"{{"type":"{stream}.delta","event_id":"event_{event}","delta":"{delta}",{end}}}"#)
}
