//! A long call: turn after turn of speech, answered with audio and its transcript; now and then a
//! tool, now and then a barge-in. Everything is forwarded, and nothing is kept.

use core::{fmt::Write as _, time::Duration};
use realtime_proto::{Command, Config, Dialect, Epoch, Event, Session, Time, Transmit};
use serde_json::{Value, json};

pub(crate) struct Call {
    session: Option<Session>,
    /// Where frames are written: as much room as the longest needs.
    frame: String,
    audio: String,
    /// How many deltas the reply to one turn has.
    of_turn: usize,
    turn: usize,
    items: usize,
    epoch: Epoch,
    pub(crate) deltas: usize,
    /// What deltas into open parts allocated.
    pub(crate) allocations: usize,
}

impl Call {
    pub(crate) fn new(of_turn: usize) -> Self {
        Self {
            session: None,
            frame: String::with_capacity(1 << 13),
            audio: "A".repeat(640 * 4 / 3),
            of_turn,
            turn: 0,
            items: 0,
            epoch: Epoch::default(),
            deltas: 0,
            allocations: 0,
        }
    }

    pub(crate) fn session(&self) -> &Session {
        self.session.as_ref().unwrap()
    }

    pub(crate) fn open(&mut self) {
        self.session = Some(Session::new(Config::new(Dialect::OpenAi)));
        self.says(format_args!(
            r#"{{"type":"session.created","session":{{"id":"sess_1","audio":{{
            "input":{{"transcription":{{"model":"whisper-1"}}}}}}}}}}"#
        ));
    }

    pub(crate) fn turns(&mut self, turns: usize) {
        for _ in 0..turns {
            self.turn += 1;
            let now = Time(Duration::from_secs(20 * self.turn as u64));
            self.session.as_mut().unwrap().handle_timeout(now);
            self.user_speaks();
            if self.turn % 10 == 0 {
                self.reply_calls();
            }
            self.reply(self.turn % 7 == 0);
            self.reports();
        }
    }

    fn user_speaks(&mut self) {
        let item = self.item();
        self.says(format_args!(
            r#"{{"type":"input_audio_buffer.speech_started","item_id":"item_{item:024}","audio_start_ms":7}}"#
        ));
        self.says(format_args!(
            r#"{{"type":"input_audio_buffer.speech_stopped","item_id":"item_{item:024}","audio_end_ms":9}}"#
        ));
        self.says(format_args!(
            r#"{{"type":"input_audio_buffer.committed","item_id":"item_{item:024}"}}"#
        ));
        for kind in ["added", "done"] {
            self.says(format_args!(
                r#"{{"type":"conversation.item.{kind}","item":{{"id":"item_{item:024}","type":"message","role":"user","content":[{{"type":"input_audio"}}]}}}}"#
            ));
        }
        let transcription = "conversation.item.input_audio_transcription";
        for _ in 0..3 {
            self.says(format_args!(
                r#"{{"type":"{transcription}.delta","item_id":"item_{item:024}","content_index":0,"delta":"well "}}"#
            ));
        }
        self.says(format_args!(
            r#"{{"type":"{transcription}.completed","item_id":"item_{item:024}","content_index":0,"transcript":"well well well "}}"#
        ));
    }

    /// A reply that is a call; its output is given before it ends.
    fn reply_calls(&mut self) {
        let (response, item) = (self.created(), self.item());
        let call = format!(
            r#""id":"item_{item:024}","type":"function_call","name":"look","call_id":"call_{item:024}""#
        );
        self.says(format_args!(
            r#"{{"type":"response.output_item.added","response_id":"resp_{response:024}","item":{{{call},"arguments":""}}}}"#
        ));
        self.says(format_args!(
            r#"{{"type":"response.function_call_arguments.done","response_id":"resp_{response:024}","item_id":"item_{item:024}","call_id":"call_{item:024}","arguments":"{{}}"}}"#
        ));
        self.says(format_args!(
            r#"{{"type":"response.output_item.done","response_id":"resp_{response:024}","item":{{{call},"status":"completed","arguments":"{{}}"}}}}"#
        ));
        let name = format!("call_{item:024}");
        self.sends(Command::tool_output(&name, r#"{"found":true}"#));
        let output = self.item();
        self.says(format_args!(
            r#"{{"type":"conversation.item.added","item":{{"id":"item_{output:024}","type":"function_call_output","call_id":"{name}","output":"{{}}"}}}}"#
        ));
        self.done(response, "completed", "");
    }

    /// A reply in audio and its transcript, that the user may cut.
    fn reply(&mut self, cut: bool) {
        let (response, item) = (self.created(), self.item());
        let ids = format!(
            r#""response_id":"resp_{response:024}","item_id":"item_{item:024}","output_index":0,"content_index":0"#
        );
        self.says(format_args!(
            r#"{{"type":"response.output_item.added","response_id":"resp_{response:024}","item":{{"id":"item_{item:024}","type":"message","role":"assistant","content":[]}}}}"#
        ));
        self.says(format_args!(
            r#"{{"type":"response.content_part.added",{ids},"part":{{"type":"audio"}}}}"#
        ));
        for _ in 0..self.of_turn / 2 {
            self.deltas(&ids);
        }
        if cut {
            self.says(format_args!(
                r#"{{"type":"input_audio_buffer.speech_started"}}"#
            ));
            self.done(response, "cancelled", "turn_detected");
            self.says(format_args!(r#"{{"type":"input_audio_buffer.cleared"}}"#));
            return;
        }
        let said = "and then, ".repeat(self.of_turn / 2);
        self.says(format_args!(
            r#"{{"type":"response.output_audio.done",{ids}}}"#
        ));
        self.says(format_args!(
            r#"{{"type":"response.output_audio_transcript.done",{ids},"transcript":"{said}"}}"#
        ));
        self.says(format_args!(
            r#"{{"type":"response.output_item.done","response_id":"resp_{response:024}","item":{{"id":"item_{item:024}","type":"message","role":"assistant","status":"completed","content":[{{"type":"output_audio","transcript":"{said}"}}]}}}}"#
        ));
        self.done(response, "completed", "");
    }

    fn deltas(&mut self, ids: &str) {
        let audio = core::mem::take(&mut self.audio);
        for (kind, delta) in [
            ("output_audio", &*audio),
            ("output_audio_transcript", "and then, "),
        ] {
            self.frame.clear();
            write!(
                self.frame,
                r#"{{"type":"response.{kind}.delta",{ids},"delta":"{delta}"}}"#
            )
            .unwrap();
            let before = crate::allocations();
            let told = self.session.as_mut().unwrap().receive(&self.frame).count();
            self.allocations += crate::allocations() - before;
            assert_eq!(told, 1);
            self.deltas += 1;
        }
        self.audio = audio;
    }

    fn created(&mut self) -> usize {
        let response = self.item();
        self.says(format_args!(
            r#"{{"type":"response.created","response":{{"id":"resp_{response:024}","status":"in_progress"}}}}"#
        ));
        response
    }

    fn done(&mut self, response: usize, status: &str, reason: &str) {
        self.says(format_args!(
            r#"{{"type":"response.done","response":{{"id":"resp_{response:024}","status":"{status}","status_details":{{"reason":"{reason}"}},"usage":{{"total_tokens":9}}}}}}"#
        ));
    }

    /// Every fourth turn the host tells what was played.
    fn reports(&mut self) {
        if self.turn % 4 == 0 {
            let played = Duration::from_millis(10);
            self.sends(Command::playback(self.epoch, played));
        }
    }

    fn item(&mut self) -> usize {
        self.items += 1;
        self.items
    }

    fn says(&mut self, frame: core::fmt::Arguments<'_>) {
        self.frame.clear();
        self.frame.write_fmt(frame).unwrap();
        let session = self.session.as_mut().unwrap();
        for event in session.receive(&self.frame) {
            match event {
                Event::FlushPlayback(flush) => self.epoch = flush.epoch,
                Event::Malformed(_) | Event::Unknown(_) => panic!("{event:?}"),
                _ => {}
            }
        }
        self.forward();
    }

    fn sends(&mut self, command: Command<'_>) {
        self.session.as_mut().unwrap().send(command).unwrap();
        self.forward();
    }

    /// Everything leaves; the server does what the session takes back of a reply.
    fn forward(&mut self) {
        let session = self.session.as_mut().unwrap();
        let mut answers = Vec::new();
        while let Some(Transmit::Text(text)) = session.poll_transmit() {
            answers.extend(answer(text));
        }
        for answer in answers {
            session.receive(&answer).for_each(drop);
        }
        while session.poll_event().is_some() {}
    }
}

fn answer(frame: &str) -> Option<String> {
    let frame: Value = serde_json::from_str(frame).unwrap();
    let done = match frame["type"].as_str()? {
        "conversation.item.truncate" => "conversation.item.truncated",
        "conversation.item.delete" => "conversation.item.deleted",
        _ => return None,
    };
    let item = &frame["item_id"];
    Some(json!({"type": done, "item_id": item, "audio_end_ms": frame["audio_end_ms"]}).to_string())
}
