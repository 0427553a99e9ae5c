//! Gemini Live: nothing has a name, and what is said lies five levels deep.

use super::sound;
use crate::chance::Chance;

/// A reply is under way, in words and in sound.
pub(super) fn opening() -> Vec<String> {
    vec![
        r#"{"setupComplete":{}}"#.to_owned(),
        r#"{"serverContent":{"inputTranscription":{"text":"Hi"}}}"#.to_owned(),
        transcript(0),
        text(0),
        audio(0, 20),
    ]
}

/// Written text, and the words of what is said, in turn.
pub(super) fn text(number: usize) -> String {
    if number % 2 == 1 {
        return transcript(number);
    }
    let words = Chance::new(number).words();
    format!(r#"{{"serverContent":{{"modelTurn":{{"parts":[{{"text":"{words}"}}]}}}}}}"#)
}

pub(super) fn transcript(number: usize) -> String {
    let words = Chance::new(number).words();
    format!(r#"{{"serverContent":{{"outputTranscription":{{"text":"{words}"}}}}}}"#)
}

pub(super) fn audio(number: usize, ms: usize) -> String {
    let data = sound(number, ms);
    format!(
        r#"{{"serverContent":{{"modelTurn":{{"parts":[{{"inlineData":{{"mimeType":"audio/pcm;rate=24000","data":"{data}"}}}}]}}}}}}"#
    )
}

pub(super) fn vertex_audio(number: usize, ms: usize) -> String {
    let data = sound(number, ms);
    format!(
        r#"{{"serverContent":{{"modelTurn":{{"role":"model","parts":[{{"inlineData":{{"mimeType":"audio/pcm","data":"{data}"}}}}]}}}}}}"#
    )
}
