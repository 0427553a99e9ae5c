//! The family of OpenAI's protocol: one shape, with names and an order of keys of each service's own.

use super::{one_line, sound};
use crate::chance::Chance;

/// How a service of the family writes its deltas.
pub(super) struct Family {
    /// The names of the streams: text, transcript, audio.
    streams: [&'static str; 3],
    /// What stands before the delta; `{stream}` and the like are filled in.
    before: &'static str,
    /// What stands behind the delta of text.
    after_text: &'static str,
    /// What stands behind the delta of audio.
    after_audio: &'static str,
    /// Whether what is written hides the length of its text.
    obfuscates: bool,
    /// Whether things are named by UUIDs.
    uuids: bool,
}

const GA: &str = r#"{"type":"{stream}.delta","event_id":"{event}","response_id":"{response}","item_id":"{item}","output_index":{output},"content_index":0,"delta":""#;

pub(super) const OPENAI: Family = Family {
    streams: [
        "response.output_text",
        "response.output_audio_transcript",
        "response.output_audio",
    ],
    before: GA,
    after_text: "\"}",
    after_audio: "\"}",
    obfuscates: true,
    uuids: false,
};

const BETA_STREAMS: [&str; 3] = [
    "response.text",
    "response.audio_transcript",
    "response.audio",
];

pub(super) const BETA: Family = Family {
    streams: BETA_STREAMS,
    obfuscates: false,
    ..OPENAI
};

pub(super) const AZURE: Family = Family {
    before: r#"{"event_id":"{event}","type":"{stream}.delta","response_id":"{response}","item_id":"{item}","output_index":{output},"content_index":0,"delta":""#,
    ..BETA
};

pub(super) const XAI: Family = Family {
    streams: OPENAI.streams,
    before: r#"{"type":"{stream}.delta","event_id":"{event}","item_id":"{item}","response_id":"{response}","delta":""#,
    after_text: r#"","content_index":0,"output_index":{output},"rid":"{rid}","start_time":0.{start},"previous_item_id":null}"#,
    after_audio: r#"","content_index":0,"output_index":{output},"rid":"{rid}","audio_duration_ms":20,"ts":1785300{start}980,"previous_item_id":null}"#,
    obfuscates: false,
    uuids: true,
};

impl Family {
    pub(super) fn opening(&self) -> Vec<String> {
        let response = self.response();
        let session = r#"{"type":"realtime","id":"sess_9ZtQ2kVn0","object":"realtime.session","model":"gpt-realtime","output_modalities":["audio"],"instructions":"You answer for a bakery."}"#;
        let mut frames = vec![
            format!(r#"{{"type":"session.created","event_id":"event_0","session":{session}}}"#),
            one_line(&format!(
                r#"{{"type":"response.created","event_id":"event_1","response":{{
                "object":"realtime.response","id":"{response}","status":"in_progress",
                "status_details":null,"output":[],"usage":null}}}}"#
            )),
        ];
        (0..4).for_each(|output| frames.extend(self.item(output)));
        frames
    }

    /// Two items that speak, and two that write.
    fn item(&self, output: usize) -> [String; 2] {
        let (response, item) = (self.response(), self.name("item_", output));
        let part = match output {
            0 | 1 => r#""type":"audio","transcript":"""#,
            _ => r#""type":"text","text":"""#,
        };
        let place = format!(r#""response_id":"{response}","output_index":{output}"#);
        [
            one_line(&format!(
                r#"{{"type":"response.output_item.added","event_id":"event_2",{place},
                "item":{{"id":"{item}","object":"realtime.item","type":"message",
                "status":"in_progress","role":"assistant","content":[]}}}}"#
            )),
            one_line(&format!(
                r#"{{"type":"response.content_part.added","event_id":"event_3",{place},
                "item_id":"{item}","content_index":0,"part":{{{part}}}}}"#
            )),
        ]
    }

    pub(super) fn text(&self, number: usize) -> String {
        self.words(number, 0, 2 + number % 2)
    }

    pub(super) fn transcript(&self, number: usize) -> String {
        self.words(number, 1, number % 2)
    }

    fn words(&self, number: usize, stream: usize, output: usize) -> String {
        let words = Chance::new(number).words();
        let noise = Chance::new(words.len()).letters(1 + 15 - words.len() % 16);
        let delta = if self.obfuscates && stream == 0 {
            format!(r#"{words}","obfuscation":"{noise}"#)
        } else {
            words
        };
        self.delta(number, stream, output, &delta, self.after_text)
    }

    pub(super) fn audio(&self, number: usize, ms: usize) -> String {
        self.delta(number, 2, number % 2, &sound(number, ms), self.after_audio)
    }

    fn delta(&self, number: usize, stream: usize, output: usize, delta: &str, end: &str) -> String {
        let fill = |text: &str| {
            text.replace("{stream}", self.streams[stream])
                .replace("{event}", &self.name("event_", 1000 + number))
                .replace("{response}", &self.response())
                .replace("{item}", &self.name("item_", output))
                .replace("{output}", &output.to_string())
                .replace("{rid}", &Chance::new(2000 + number).uuid())
                .replace("{start}", &(10 + number % 90).to_string())
        };
        format!("{}{delta}{}", fill(self.before), fill(end))
    }

    fn response(&self) -> String {
        self.name("resp_", 500)
    }

    /// Identifiers vary in length, so that nothing is found by its place in the frame alone.
    fn name(&self, prefix: &str, number: usize) -> String {
        let mut chance = Chance::new(number);
        if self.uuids {
            chance.uuid()
        } else {
            format!("{prefix}{}", chance.letters(19 + number % 4))
        }
    }
}
