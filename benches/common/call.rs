//! A call of any length, turn by turn: functions of the number of the turn.

use super::frames::{self, Chance, one_line};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// How many different sounds a call has: enough that none is remembered from the last time.
const SOUNDS: usize = 32;

/// The user says something, and the assistant answers.
pub(crate) struct Turn {
    number: usize,
    user: String,
    response: String,
    item: String,
}

impl Turn {
    pub(crate) fn of(number: usize) -> Self {
        let letters = Chance::new(number).letters(16);
        Self {
            number,
            user: format!("item_{letters}User"),
            response: format!("resp_{letters}{number}"),
            item: format!("item_{letters}Said"),
        }
    }

    /// The user speaks.
    pub(crate) fn heard(&self) -> Vec<String> {
        let (user, ms) = (&self.user, 12_000 * self.number);
        let item = format!(r#""item_id":"{user}""#);
        vec![
            self.frame(
                "input_audio_buffer.speech_started",
                &format!(r#""audio_start_ms":{ms},{item}"#),
            ),
            self.frame(
                "input_audio_buffer.speech_stopped",
                &format!(r#""audio_end_ms":{},{item}"#, ms + 1800),
            ),
            self.frame(
                "input_audio_buffer.committed",
                &format!(r#""previous_item_id":null,{item}"#),
            ),
            self.frame(
                "conversation.item.added",
                &format!(
                    r#""item":{{"id":"{user}","type":"message","status":"completed","role":"user","content":[{{"type":"input_audio","transcript":null}}]}}"#
                ),
            ),
        ]
    }

    /// The assistant begins to answer.
    pub(crate) fn begun(&self) -> Vec<String> {
        let added = format!(r#""item":{}"#, self.item("in_progress", "[]"));
        let created = self.response("in_progress", "[]", "null");
        vec![
            self.frame("response.created", &created),
            self.frame(
                "response.output_item.added",
                &format!("{},{added}", self.of_response()),
            ),
            self.frame("conversation.item.added", &added),
            self.frame(
                "response.content_part.added",
                &format!(
                    r#"{},"part":{{"type":"audio","transcript":""}}"#,
                    self.place()
                ),
            ),
        ]
    }

    /// 20 ms of what it says.
    pub(crate) fn audio(&self, number: usize) -> String {
        let audio = STANDARD.encode(frames::sound(number % SOUNDS, 20));
        let delta = format!(r#"{},"delta":"{audio}""#, self.place());
        self.frame("response.output_audio.delta", &delta)
    }

    /// Some words of it.
    pub(crate) fn transcript(&self, number: usize) -> String {
        let delta = format!(r#"{},"delta":"{}""#, self.place(), words(number));
        self.frame("response.output_audio_transcript.delta", &delta)
    }

    /// It has said so many pieces, and what the user said is written down.
    pub(crate) fn ended(&self, pieces: usize) -> Vec<String> {
        let spoken: String = (0..pieces).map(words).collect();
        let part = format!(r#"{{"type":"output_audio","transcript":"{spoken}"}}"#);
        let item = self.item("completed", &format!("[{part}]"));
        let usage = r#"{"total_tokens":171,"input_tokens":112,"output_tokens":59}"#;
        let (place, response) = (self.place(), self.of_response());
        let heard = format!(
            r#""item_id":"{}","content_index":0,"transcript":"When do you open?""#,
            self.user
        );
        vec![
            self.frame(
                "conversation.item.input_audio_transcription.completed",
                &heard,
            ),
            self.frame("response.output_audio.done", &place),
            self.frame(
                "response.output_audio_transcript.done",
                &format!(r#"{place},"transcript":"{spoken}""#),
            ),
            self.frame(
                "response.content_part.done",
                &format!(r#"{place},"part":{{"type":"audio","transcript":"{spoken}"}}"#),
            ),
            self.frame("conversation.item.done", &format!(r#""item":{item}"#)),
            self.frame(
                "response.output_item.done",
                &format!(r#"{response},"item":{item}"#),
            ),
            self.frame(
                "response.done",
                &self.response("completed", &format!("[{item}]"), usage),
            ),
        ]
    }

    fn frame(&self, kind: &str, rest: &str) -> String {
        let event = Chance::new(kind.len() + rest.len()).letters(17);
        let number = self.number;
        format!(r#"{{"type":"{kind}","event_id":"event_{event}{number}",{rest}}}"#)
    }

    fn item(&self, status: &str, content: &str) -> String {
        let id = &self.item;
        format!(
            r#"{{"id":"{id}","type":"message","status":"{status}","role":"assistant","content":{content}}}"#
        )
    }

    fn response(&self, status: &str, output: &str, usage: &str) -> String {
        let id = &self.response;
        one_line(&format!(
            r#""response":{{"object":"realtime.response","id":"{id}","status":"{status}",
            "status_details":null,"output":{output},"output_modalities":["audio"],
            "usage":{usage},"metadata":null}}"#
        ))
    }

    fn of_response(&self) -> String {
        format!(r#""response_id":"{}","output_index":0"#, self.response)
    }

    fn place(&self) -> String {
        let (response, item) = (&self.response, &self.item);
        format!(
            r#""response_id":"{response}","item_id":"{item}","output_index":0,"content_index":0"#
        )
    }
}

fn words(number: usize) -> String {
    Chance::new(number).words()
}
