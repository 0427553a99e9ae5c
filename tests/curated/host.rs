//! A host that does what the steps of a case say.

use crate::{
    case::Case,
    compare,
    words::{Words, words},
};
use core::time::Duration;
use realtime_proto::{
    AudioFormat, BargeIn, CancelResponse, Close, Command, Config, Dialect, Event, Media, Session,
    Time, TransmitBuf, TurnDetection, Unheard,
};
use serde_json::{Value, json};

/// What has happened in a case so far.
pub(crate) struct Host<'c> {
    pub(crate) case: &'c Case,
    pub(crate) session: Session,
    /// The frames that left, each with the number of the step that caused it.
    pub(crate) sent: Vec<(usize, Value)>,
    pub(crate) told: Vec<Event<'static>>,
    pub(crate) words: Words,
    pub(crate) step: usize,
    /// How many words were said before this step.
    pub(crate) before: usize,
    /// Decoded bytes of audio that came, of the last item.
    pub(crate) audio_bytes: usize,
    /// The item that was heard of last, and its content index.
    current: Option<(String, u32)>,
    /// What was played, since the last interruption.
    played: Option<Duration>,
    /// What is on its way to the ear when it is reported.
    allowance: Duration,
    /// A response that no frame announced may be under way.
    unannounced: bool,
}

/// Runs a case and compares what came of it.
pub(crate) fn run(case: &Case) -> Result<(), String> {
    let mut host = Host::new(case);
    for (step, number) in case.steps.iter().zip(1..) {
        host.step = number;
        host.before = host.words.order.len();
        host.follow(step);
    }
    compare::all(&host)
}

impl<'c> Host<'c> {
    fn new(case: &'c Case) -> Self {
        let mut host = Self {
            case,
            session: Session::new(config(case)),
            sent: Vec::new(),
            told: Vec::new(),
            words: Words::default(),
            step: 0,
            before: 0,
            audio_bytes: 0,
            current: None,
            played: None,
            allowance: Duration::ZERO,
            unannounced: false,
        };
        host.open();
        if case.habits.tells_time {
            host.session.handle_timeout(Time(Duration::ZERO));
        }
        host
    }

    /// The server is there, and the opening has left.
    fn open(&mut self) {
        while self.session.poll_transmit().is_some() {}
        let ready = if self.case.is_gemini() {
            r#"{"setupComplete":{}}"#
        } else {
            r#"{"type":"session.created","session":{}}"#
        };
        self.session.receive(ready).for_each(drop);
    }

    fn follow(&mut self, step: &Value) {
        if let Some(frame) = step.get("in") {
            self.receive_frame(frame);
        } else if let Some(transport) = step["transport"].as_str() {
            self.transport(transport, step["with"].as_str().unwrap_or_default());
        } else if let Some(raw) = step["in_raw"].as_str() {
            self.receive(raw);
        } else {
            self.command(&step["command"]);
        }
        self.forward();
    }

    /// The connection breaks, or the next one goes on with what the step says.
    fn transport(&mut self, what: &str, with: &str) {
        if what == "dropped" {
            self.session.disconnected(Close::lost());
            return;
        }
        let mut config = config(self.case);
        config.resume = with.strip_prefix("handle ").map(str::to_owned);
        let restored = if config.resume.is_some() {
            "state_restored"
        } else {
            "fresh"
        };
        self.session = self.session.clone().reconnect(config);
        self.open();
        self.words.reconnected(restored);
    }

    fn receive_frame(&mut self, frame: &Value) {
        let mut text = frame.to_string();
        if let Some(create) = self.sent_last("response.create") {
            let id = create["event_id"].as_str().unwrap();
            text = text.replace("$EVENT_ID_OF_PENDING_RESPONSE_CREATE", id);
        }
        let speech = frame["type"] == "input_audio_buffer.speech_started";
        if speech {
            self.end_unannounced();
        }
        self.note(frame);
        self.receive(&text);
        if speech && self.case.habits.interrupts && !self.server_interrupts() {
            self.interrupt();
        }
    }

    /// What the host itself would remember of a frame.
    fn note(&mut self, frame: &Value) {
        let item = frame["item_id"].as_str();
        let index = frame["content_index"].as_u64().unwrap_or_default();
        let index = u32::try_from(index).unwrap();
        match frame["type"].as_str().unwrap_or_default() {
            "response.output_audio.delta" | "response.content_part.added" => {
                self.current = item.map(|item| (item.to_owned(), index));
                let response = frame["response_id"].as_str();
                self.unannounced |= !self.case.announces(response);
            }
            "output_audio_buffer.stopped" => self.current = None,
            _ => {}
        }
    }

    fn receive(&mut self, text: &str) {
        let events: Vec<_> = self.session.receive(text).map(Event::into_owned).collect();
        self.tell(events);
    }

    fn tell(&mut self, events: Vec<Event<'static>>) {
        for event in events {
            if let Event::AudioDelta(delta) = &event {
                self.audio_bytes += delta.decoded_len();
            }
            words(&event, &mut self.words);
            self.told.push(event);
        }
    }

    fn command(&mut self, command: &Value) {
        let ms = |key: &str| {
            let ms = command[key].as_f64();
            ms.map(|ms| Duration::from_secs_f64(ms / 1000.0))
        };
        let text = |key: &str| command[key].as_str().unwrap_or_default();
        match text("do") {
            "session_audio_format" => self.negotiate(text("output"), ms("playback_prefix_ms")),
            "transport" => {}
            "clock" => self.session.handle_timeout(Time(ms("ms").unwrap())),
            "audio_received_ms" => self.imply_audio("item", 0, ms("ms").unwrap()),
            "playback_ack" => self.acknowledge(&command["mark"]),
            "playback_position" => self.play(command, ms("ms").unwrap()),
            "playback_bytes" => {
                let played = self.format().duration(command["n"].as_u64().unwrap());
                self.play(command, played.unwrap());
            }
            "interrupt" if command.get("elapsed_ms").is_some() => {
                self.speak_over(ms("elapsed_ms").unwrap());
            }
            "interrupt" => {
                if command["cancel"] != false {
                    self.end_unannounced();
                }
                self.played = ms("played_ms").or(self.played);
                self.interrupt();
            }
            // The same, for a host whose cancel also clears what is played elsewhere.
            "interrupted" | "cancel" => self.interrupt(),
            "cancel_response" => {
                let id = text("response_id");
                self.send(CancelResponse::new(id).into());
            }
            "truncate" => self.truncate(ms("audio_end_ms").unwrap()),
            "create_response" => self.send(Command::create_response()),
            "send_user_text" => self.send(Command::text(text("text"))),
            "send_tool_output" => self.answer(text("call_id"), text("output")),
            other => panic!("{}: no step {other:?}", self.case.name),
        }
    }

    fn send(&mut self, command: Command<'_>) {
        let name = command.name();
        if let Err(error) = self.session.send(command) {
            panic!("{}: {name}: {error}", self.case.name);
        }
    }

    fn forward(&mut self) {
        let events: Vec<_> = core::iter::from_fn(|| self.session.poll_event()).collect();
        self.tell(events);
        while let Some(out) = self.session.poll_transmit() {
            if let TransmitBuf::Text(text) = out.into_owned() {
                self.sent
                    .push((self.step, serde_json::from_str(&text).unwrap()));
            }
        }
    }

    fn sent_last(&self, kind: &str) -> Option<&Value> {
        let mut sent = self.sent.iter().rev().map(|(_, frame)| frame);
        sent.find(|frame| frame["type"] == kind)
    }

    /// Both generations name the format in their own way.
    fn negotiate(&mut self, format: &str, allowance: Option<Duration>) {
        self.allowance = allowance.unwrap_or_default();
        let session = if format.contains('/') {
            json!({"type": "realtime", "audio": {"output": {"format": {"type": format}}}})
        } else {
            json!({"output_audio_format": format})
        };
        let updated = json!({"type": "session.updated", "session": session});
        self.receive(&updated.to_string());
    }

    pub(crate) fn format(&self) -> AudioFormat {
        let format = self.session.effective_config().output_format;
        format.unwrap_or(AudioFormat::pcm16(24_000))
    }

    /// Audio of an item that no frame of the case brings, in a response that is under way.
    fn imply_audio(&mut self, item: &str, index: u32, length: Duration) {
        let bytes = self.format().bytes(length).unwrap();
        let bytes = usize::try_from(bytes).unwrap();
        let audio = match bytes % 3 {
            0 => "A".repeat(bytes / 3 * 4),
            1 => "A".repeat(bytes / 3 * 4 + 2) + "==",
            _ => "A".repeat(bytes / 3 * 4 + 3) + "=",
        };
        let delta = json!({
            "type": "response.output_audio.delta", "response_id": "implied", "item_id": item,
            "content_index": index, "delta": audio,
        });
        self.receive(&delta.to_string());
        self.current = Some((item.into(), index));
        self.unannounced = self.case.habits.ends_unannounced;
    }

    /// What came without an announcement has ended before it is interrupted.
    fn end_unannounced(&mut self) {
        if self.case.habits.ends_unannounced && core::mem::take(&mut self.unannounced) {
            self.receive(r#"{"type":"response.done","response":{"status":"completed"}}"#);
        }
    }

    /// Each mark but the last is one piece of audio, a tenth of a second long.
    fn acknowledge(&mut self, mark: &Value) {
        let done = mark.as_str().is_some_and(|mark| mark.starts_with("done"));
        if !done {
            let piece = Duration::from_millis(100);
            self.played = Some(self.played.unwrap_or_default() + piece);
        }
    }

    /// More of an item was played; if no frame brought it, a second more than that came before.
    fn play(&mut self, command: &Value, more: Duration) {
        let item = command["item_id"].as_str().unwrap();
        let index = command["content_index"].as_u64().unwrap_or_default();
        if !self.case.has_audio(item) && self.current.is_none() {
            let index = u32::try_from(index).unwrap();
            self.imply_audio(item, index, more + Duration::from_secs(1));
        }
        self.played = Some(self.played.unwrap_or_default() + more);
    }

    /// What is to be reported as played, if anything is known of it.
    pub(crate) fn played(&self) -> Option<Command<'static>> {
        let known = self.played.is_some() || !self.allowance.is_zero();
        let played = self.played.unwrap_or_default() + self.allowance;
        known.then(|| Command::playback(self.words.epoch, played))
    }

    fn interrupt(&mut self) {
        if let Some(report) = self.played() {
            self.send(report);
        }
        self.send(Command::interrupt());
        self.played = None;
    }

    /// The truncation alone: the server cuts its reply by itself.
    fn speak_over(&mut self, elapsed: Duration) {
        self.session.handle_timeout(Time(elapsed));
        let interrupting = json!({"type": "server_vad", "interrupt_response": true});
        let session = json!({"audio": {"input": {"turn_detection": interrupting}}});
        self.receive(&json!({"type": "session.updated", "session": session}).to_string());
        self.receive(r#"{"type":"input_audio_buffer.speech_started"}"#);
    }

    fn truncate(&mut self, heard: Duration) {
        if let Some((item, index)) = self.current.clone() {
            self.send(Command::truncate(&item, index, heard));
        }
    }

    /// An output answers a call that some frame told of; where none did, one does now.
    fn answer(&mut self, call_id: &str, output: &str) {
        if !self.case.has_call(call_id) {
            let call = json!({
                "type": "response.function_call_arguments.done", "call_id": call_id,
                "item_id": format!("item_{call_id}"), "name": "tool", "arguments": "{}",
            });
            self.receive(&call.to_string());
        }
        self.send(Command::tool_output(call_id, output));
    }

    /// Whether the session says that the server cuts its replies.
    fn server_interrupts(&self) -> bool {
        match &self.session.effective_config().turn_detection {
            Some(TurnDetection::ServerVad(vad)) => vad.interrupt_response != Some(false),
            _ => false,
        }
    }
}

fn config(case: &Case) -> Config {
    if case.is_gemini() {
        return Config::new(Dialect::Gemini);
    }
    let mut config = Config::new(Dialect::OpenAi);
    config.policy.unheard = Unheard::Truncate;
    if case.habits.interrupts && !case.leaves_cancels_to_the_server() {
        config.policy.barge_in = BargeIn::Manual;
    }
    let transport = case.steps.iter().map(|step| &step["command"]);
    let remote = transport
        .filter(|command| command["do"] == "transport")
        .any(|command| command["observes_output_audio"] == false);
    if remote {
        config.media = Media::Remote;
    }
    config
}
