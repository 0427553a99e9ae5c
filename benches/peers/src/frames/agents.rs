//! Agents behind a pipe: text and thoughts, no sound.

use crate::chance::Chance;

pub(super) fn synaps_opening() -> Vec<String> {
    let ready = r#"{"type":"ready","session_id":"s1","model":"acme-2","protocol_version":1}"#;
    vec![ready.to_owned(), synaps_text(0), synaps_text(1)]
}

pub(super) fn synaps_text(number: usize) -> String {
    let (kind, words) = (kind(number), Chance::new(number).words());
    format!(r#"{{"type":"message_update","event":{{"type":"{kind}","delta":"{words}"}}}}"#)
}

pub(super) fn pi_opening() -> Vec<String> {
    let start = r#"{"type":"message_start","message":{"role":"assistant","content":[]}}"#;
    vec![
        r#"{"type":"agent_start"}"#.to_owned(),
        r#"{"type":"turn_start"}"#.to_owned(),
        start.to_owned(),
        pi_text(0),
        pi_text(1),
    ]
}

pub(super) fn pi_text(number: usize) -> String {
    let (kind, words) = (kind(number), Chance::new(number).words());
    let part = number % 2;
    format!(
        r#"{{"type":"message_update","assistantMessageEvent":{{"type":"{kind}","contentIndex":{part},"delta":"{words}"}}}}"#
    )
}

fn kind(number: usize) -> &'static str {
    match number % 2 {
        0 => "thinking_delta",
        _ => "text_delta",
    }
}
