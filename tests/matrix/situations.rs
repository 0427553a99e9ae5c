//! Every phase with every state of the response that it can meet.

use crate::server::{Server, created};
use core::time::Duration;
use realtime_proto::{
    Close, Command, Config, Dialect, Event, Phase, ResponseState, Session, Time, Transmit,
};
use serde_json::json;

/// A session, and the server that it talks to.
#[derive(Clone)]
pub(crate) struct Situation {
    pub(crate) session: Session,
    pub(crate) server: Server,
    /// What the server has sent and the session has not received.
    under_way: Vec<String>,
}

/// How the end of the connection shows among the frames.
const CLOSE: &str = r#"{"type":"the end of the connection"}"#;

pub(crate) const STATES: [ResponseState; 6] = [
    ResponseState::Idle,
    ResponseState::Requested,
    ResponseState::ServerOwes,
    ResponseState::Responding,
    ResponseState::Cancelling,
    ResponseState::AwaitingTools,
];

/// All of them. Before readiness no response is known, and after the end none is open.
pub(crate) fn all() -> Vec<Situation> {
    let mut all = vec![opening(), opening_requested()];
    all.extend(STATES.map(ready));
    all.extend(STATES.map(|state| {
        let mut closing = ready(state);
        closing.session.send(Command::Close).unwrap();
        closing
    }));
    all.push(closed(ResponseState::Responding));
    all
}

pub(crate) fn opening() -> Situation {
    let mut server = Server::default();
    server.holds("item_spoken", 5000);
    Situation {
        session: Session::new(Config::new(Dialect::OpenAi)),
        server,
        under_way: Vec::new(),
    }
}

fn opening_requested() -> Situation {
    let mut opening = opening();
    opening.session.send(Command::create_response()).unwrap();
    opening
}

/// After the end of the transport.
pub(crate) fn closed(before: ResponseState) -> Situation {
    let mut closed = ready(before);
    closed.session.disconnected(Close::lost());
    while closed.session.poll_event().is_some() {}
    closed
}

/// A session that has heard one second of `item_spoken`, answered `call_done`, lost `call_gone`,
/// and whose default conversation stands as wanted.
pub(crate) fn ready(state: ResponseState) -> Situation {
    let mut ready = opening();
    ready.session.handle_timeout(Time(Duration::ZERO));
    ready.hears(&created());
    ready.speaks("item_spoken");
    ready.finishes();
    ready.calls("call_done");
    ready.finishes();
    ready.sends(Command::tool_output("call_done", "{}"));
    ready.finishes();
    ready.calls("call_gone");
    ready.cancels();
    ready.session.handle_timeout(Time(Duration::from_secs(60)));
    ready.become_(state);
    while ready.session.poll_event().is_some() {}
    assert_eq!(ready.session.poll_transmit(), None);
    assert_eq!(
        (ready.session.phase(), ready.session.response()),
        (Phase::Ready, state)
    );
    ready
}

impl Situation {
    fn become_(&mut self, state: ResponseState) {
        match state {
            ResponseState::Idle => {}
            ResponseState::Requested => {
                self.session.send(Command::create_response()).unwrap();
                let create = self.polled().pop().unwrap();
                assert!(create.contains(r#""type":"response.create""#));
                self.under_way = self.server.take(&create);
            }
            ResponseState::ServerOwes => {
                let stopped = json!({"type": "input_audio_buffer.speech_stopped"});
                self.hears(&stopped.to_string());
            }
            ResponseState::Responding => self.speaks("item_speaking"),
            ResponseState::Cancelling => {
                self.speaks("item_speaking");
                self.session.send(Command::cancel_response()).unwrap();
                let cancel = self.polled().pop().unwrap();
                self.under_way = self.server.take(&cancel);
            }
            ResponseState::AwaitingTools => {
                self.calls("call_1");
                self.finishes();
            }
            other => panic!("{other:?} is no state that was known"),
        }
    }

    pub(crate) fn hears(&mut self, frame: &str) -> Vec<Event<'static>> {
        let events = self.session.receive(frame);
        events.map(Event::into_owned).collect()
    }

    /// A response says one second.
    fn speaks(&mut self, item: &str) {
        let created = self.server.respond();
        self.server.holds(item, 1000);
        self.hears(&created);
        let audio = "A".repeat(64_000);
        let delta = json!({
            "type": "response.output_audio.delta", "response_id": self.server.active(),
            "item_id": item, "content_index": 0, "delta": audio,
        });
        self.hears(&delta.to_string());
    }

    /// A response makes a call.
    fn calls(&mut self, call_id: &str) {
        let created = self.server.respond();
        self.hears(&created);
        let call = json!({
            "type": "response.function_call_arguments.done", "response_id": self.server.active(),
            "item_id": format!("item_{call_id}"), "call_id": call_id, "name": "look",
            "arguments": "{}",
        });
        self.server.calls(call_id);
        self.hears(&call.to_string());
    }

    fn finishes(&mut self) {
        let done = self.server.finish().unwrap();
        self.hears(&done);
    }

    /// The server ends its response by itself.
    fn cancels(&mut self) {
        let id = self.server.active().to_owned();
        self.server.finish();
        let response = json!({"id": id, "status": "cancelled"});
        let done = json!({"type": "response.done", "response": response});
        self.hears(&done.to_string());
    }

    /// Sends a command and lets the server answer it.
    fn sends(&mut self, command: Command<'_>) {
        self.session.send(command).unwrap();
        self.exchange();
    }

    /// The frames that leave now; the end of the connection is none.
    pub(crate) fn polled(&mut self) -> Vec<String> {
        let mut frames = Vec::new();
        while let Some(out) = self.session.poll_transmit() {
            match out {
                Transmit::Text(text) => frames.push(text.to_owned()),
                Transmit::Close { .. } => frames.push(CLOSE.into()),
                other => panic!("{other:?} left"),
            }
        }
        frames
    }

    /// Forwards until nothing leaves any more; a response that was asked for begins.
    fn exchange(&mut self) -> Vec<Event<'static>> {
        let mut events = Vec::new();
        for frame in core::mem::take(&mut self.under_way) {
            events.extend(self.hears(&frame));
        }
        for _ in 0..16 {
            let frames = self.polled();
            if frames.is_empty() {
                break;
            }
            for frame in frames {
                for answer in self.server.take(&frame) {
                    events.extend(self.hears(&answer));
                }
            }
        }
        events
    }

    /// Goes on until everything that was asked for has come and ended.
    pub(crate) fn quiesces(&mut self) -> Vec<Event<'static>> {
        let mut events = Vec::new();
        for _ in 0..16 {
            events.extend(core::iter::from_fn(|| self.session.poll_event()));
            events.extend(self.exchange());
            let Some(done) = self.server.finish() else {
                break;
            };
            events.extend(self.hears(&done));
        }
        assert_eq!(self.session.poll_transmit(), None);
        events
    }
}
