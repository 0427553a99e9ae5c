//! Any interleaving of sending and polling, against a queue that is too simple to be wrong.

use crate::support::{CREATED, poll};
use proptest::{collection::vec, prelude::*};
use realtime_proto::{Command, Config, Dialect, Session};
use std::collections::VecDeque;

/// One call of a driver's.
#[derive(Clone, Copy, Debug)]
enum Call {
    Append,
    /// A command that may pass audio.
    Urgent,
    /// A command that keeps its place.
    Kept,
    /// A frame of the caller's own that keeps its place.
    Raw,
    Poll,
    Greeting,
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_doubled_or_out_of_order(calls in vec(call(), 0..200)) {
        let mut driver = Driver::new();

        for call in calls {
            driver.call(call);
        }
        driver.drain();

        let Driver { sent, left, .. } = driver;
        prop_assert_eq!(of(&left, Kind::Audio), of(&sent, Kind::Audio), "audio");
        let control = |frames: &[Frame]| -> Vec<Frame> {
            frames.iter().filter(|frame| frame.kind != Kind::Audio).cloned().collect()
        };
        prop_assert_eq!(control(&left), control(&sent), "control");
        for (at, frame) in sent.iter().enumerate() {
            let place = left.iter().position(|other| other == frame).unwrap();
            let audio_before = of(&sent[..at], Kind::Audio).len();
            let audio_left = of(&left[..place], Kind::Audio).len();
            if frame.kind == Kind::Kept {
                prop_assert!(audio_left >= audio_before, "{:?} passed audio", frame);
            }
        }
    }
}

fn call() -> impl Strategy<Value = Call> {
    prop_oneof![
        4 => Just(Call::Append),
        2 => Just(Call::Urgent),
        2 => Just(Call::Kept),
        1 => Just(Call::Raw),
        6 => Just(Call::Poll),
        1 => Just(Call::Greeting),
    ]
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Audio,
    Urgent,
    Kept,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Frame {
    kind: Kind,
    text: String,
}

/// A session, and the queue that says what each poll must give.
struct Driver {
    session: Session,
    waiting: VecDeque<Frame>,
    greeted: bool,
    sent: Vec<Frame>,
    left: Vec<Frame>,
}

impl Driver {
    fn new() -> Self {
        let mut config = Config::new(Dialect::OpenAi);
        config.limits.pending_commands = 1_000;
        Self {
            session: Session::new(config),
            waiting: VecDeque::new(),
            greeted: false,
            sent: Vec::new(),
            left: Vec::new(),
        }
    }

    fn call(&mut self, call: Call) {
        let number = self.sent.len() + 1;
        let item = format!("item_{number}");
        match call {
            Call::Append => {
                let base64 = format!("{number:04}");
                let text = format!(r#"{{"type":"input_audio_buffer.append","audio":"{base64}"}}"#);
                self.send(Kind::Audio, Command::append_base64(&base64), text);
            }
            Call::Urgent => {
                let text = format!(
                    r#"{{"type":"conversation.item.delete","item_id":"{item}","event_id":"rp-{number}"}}"#
                );
                self.send(Kind::Urgent, Command::delete_item(&item), text);
            }
            Call::Kept => {
                let text = format!(
                    r#"{{"type":"conversation.item.retrieve","item_id":"{item}","event_id":"rp-{number}"}}"#
                );
                self.send(Kind::Kept, Command::retrieve_item(&item), text);
            }
            Call::Raw => {
                let text = format!(r#"{{"type":"x","n":{number}}}"#);
                self.send(Kind::Kept, Command::raw(&text), text.clone());
            }
            Call::Poll => self.poll(),
            Call::Greeting => {
                let _ = self.session.receive(CREATED);
                self.greeted = true;
            }
        }
    }

    fn send(&mut self, kind: Kind, command: Command<'_>, text: String) {
        self.session.send(command).unwrap();
        let frame = Frame { kind, text };
        self.sent.push(frame.clone());
        self.waiting.push_back(frame);
    }

    fn poll(&mut self) {
        let expected = self.next();
        let polled = poll(&mut self.session);
        assert_eq!(polled.as_ref(), expected.as_ref().map(|frame| &frame.text));
        self.left.extend(expected);
    }

    /// The first control frame, if it is urgent or no audio waits before it; else the first audio.
    fn next(&mut self) -> Option<Frame> {
        let waiting = self.waiting.make_contiguous();
        let audio = waiting.iter().position(|frame| frame.kind == Kind::Audio);
        let control = waiting.iter().position(|frame| frame.kind != Kind::Audio);
        let first = match (audio, control) {
            (Some(audio), Some(control)) if waiting[control].kind == Kind::Kept => {
                audio.min(control)
            }
            (audio, control) => control.or(audio)?,
        };
        self.greeted.then(|| self.waiting.remove(first)).flatten()
    }

    fn drain(&mut self) {
        self.call(Call::Greeting);
        while !self.waiting.is_empty() {
            self.poll();
        }
        self.poll();
    }
}

fn of(frames: &[Frame], kind: Kind) -> Vec<&str> {
    let frames = frames.iter().filter(|frame| frame.kind == kind);
    frames.map(|frame| frame.text.as_str()).collect()
}
