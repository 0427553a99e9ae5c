//! Names of the session's own: each is one thing's, and none is ever sent.

use crate::support::{AUDIO, CALL, CUT, GENERATED, OVER, READY, heard, spoken, written};
use proptest::{collection::vec, prelude::*, sample::select};
use realtime_proto::{
    Activity, Close, Command, Config, Dialect, Event, Session, ToolOutput, TransmitBuf,
    TurnDetection,
};
use std::collections::{HashMap, HashSet};

const NAMELESS: &str = r#"{"toolCall":{"functionCalls":[{"name":"f","args":{}}]}}"#;

/// What happens to a session.
#[derive(Clone, Copy, Debug)]
enum Step {
    Frame(usize),
    Text,
    Answer,
    Interrupt,
    Cancel,
    Start,
    End,
    Reconnect,
}

fn frames() -> Vec<String> {
    let mut frames: Vec<String> = [AUDIO, CALL, CUT, GENERATED, OVER, NAMELESS]
        .map(str::to_owned)
        .to_vec();
    frames.extend([
        heard(" Hello"),
        spoken("Hi"),
        written("Hi"),
        r#"{"toolCallCancellation":{"ids":["fc-1"]}}"#.into(),
        r#"{"serverContent":{"interrupted":true,"turnComplete":true}}"#.into(),
        r#"{"usageMetadata":{"totalTokenCount":3}}"#.into(),
        r#"{"voiceActivity":{"type":"ACTIVITY_START"}}"#.into(),
        r#"{"voiceActivity":{"type":"ACTIVITY_END"}}"#.into(),
        r#"{"serverContent":{"inputTranscription":{"finished":true}}}"#.into(),
        r#"{"serverContent":{"outputTranscription":{"finished":true}}}"#.into(),
        r#"{"serverContent":{"modelTurn":{"parts":[{"executableCode":{"code":"1"}},{"codeExecutionResult":{"output":"1"}}]}}}"#.into(),
    ]);
    frames
}

fn step() -> impl Strategy<Value = Step> {
    let frames = frames().len();
    prop_oneof![
        12 => (0..frames).prop_map(Step::Frame),
        4 => select(vec![Step::Text, Step::Answer, Step::Interrupt, Step::Cancel, Step::Start, Step::End]),
        1 => Just(Step::Reconnect),
    ]
}

struct World {
    session: Session,
    manual: bool,
    calls: Vec<String>,
    told: Vec<Event<'static>>,
    sent: Vec<String>,
}

impl World {
    fn new(dialect: Dialect, manual: bool) -> Self {
        let mut world = Self {
            session: Session::new(config(dialect, manual)),
            manual,
            calls: Vec::new(),
            told: Vec::new(),
            sent: Vec::new(),
        };
        world.receive(READY);
        world
    }

    fn receive(&mut self, frame: &str) {
        let events: Vec<_> = self.session.receive(frame).map(Event::into_owned).collect();
        assert!(!events.is_empty(), "{frame} is silent");
        self.tell(events);
    }

    fn tell(&mut self, events: Vec<Event<'static>>) {
        for event in &events {
            if let Event::ToolCall(call) = event {
                self.calls.push(call.call_id.to_string());
            }
        }
        self.told.extend(events);
    }

    fn send(&mut self, command: Command<'_>) {
        let _ = self.session.send(command);
    }

    fn settle(&mut self) {
        while let Some(out) = self.session.poll_transmit() {
            if let TransmitBuf::Text(text) = out.into_owned() {
                self.sent.push(text);
            }
        }
        let events = core::iter::from_fn(|| self.session.poll_event()).collect();
        self.tell(events);
    }

    fn take(&mut self, step: Step, frames: &[String]) {
        match step {
            Step::Frame(at) => self.receive(&frames[at]),
            Step::Text => self.send(Command::text("Hello")),
            Step::Answer => {
                for call in core::mem::take(&mut self.calls) {
                    self.send(ToolOutput::new(call, "4").into());
                }
            }
            Step::Interrupt => self.send(Command::interrupt()),
            Step::Cancel => self.send(Command::cancel_response()),
            Step::Start => self.send(Command::Activity(Activity::Start)),
            Step::End => self.send(Command::Activity(Activity::End)),
            Step::Reconnect => self.reconnect(),
        }
        self.settle();
    }

    fn reconnect(&mut self) {
        self.session.disconnected(Close::lost());
        self.settle();
        let dialect = Dialect::Gemini;
        self.session = self.session.clone().reconnect(config(dialect, self.manual));
        self.receive(READY);
    }
}

fn config(dialect: Dialect, manual: bool) -> Config {
    let mut config = Config::new(dialect);
    config.session.turn_detection = manual.then_some(TurnDetection::Manual);
    config
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_name_of_the_sessions_own_is_ever_sent(
        manual in any::<bool>(),
        steps in vec(step(), 1..48),
    ) {
        for dialect in [Dialect::Gemini, Dialect::GeminiVertex] {
            let mut world = World::new(dialect, manual);
            let frames = frames();
            for step in &steps {
                world.take(*step, &frames);
            }
            let named: Vec<_> = world.sent.iter().filter(|sent| sent.contains("local_")).collect();
            prop_assert!(named.is_empty(), "{named:?}");
            prop_assert!(!world.sent.is_empty(), "at least the opening");
        }
    }

    #[test]
    fn everything_that_begins_has_a_name_of_its_own_and_ends_once(
        manual in any::<bool>(),
        steps in vec(step(), 1..48),
    ) {
        let mut world = World::new(Dialect::Gemini, manual);
        let frames = frames();
        for step in &steps {
            world.take(*step, &frames);
        }
        world.session.disconnected(Close::lost());
        world.settle();
        let mut replies = HashMap::new();
        let mut turns = HashMap::new();
        let mut items = HashMap::new();
        let mut texts = HashSet::new();
        for event in &world.told {
            match event {
                Event::ResponseStarted(started) => {
                    let id = started.ids.response_id.clone().unwrap();
                    prop_assert_eq!(replies.insert(id, 0), None);
                }
                Event::ResponseFinished(finished) => {
                    let id = finished.ids.response_id.clone().unwrap();
                    let ends = replies.get_mut(&id);
                    prop_assert!(ends.is_some_and(|ends| { *ends += 1; *ends == 1 }), "{id}");
                }
                Event::UserTurnStarted(turn) => {
                    let id = turn.item_id.clone().unwrap();
                    prop_assert_eq!(turns.insert(id, 0), None);
                }
                Event::UserTurnCommitted(turn) | Event::UserTurnDiscarded(turn) => {
                    let id = turn.item_id.clone().unwrap();
                    let ends = turns.get_mut(&id);
                    prop_assert!(ends.is_some_and(|ends| { *ends += 1; *ends == 1 }), "{id}");
                }
                Event::ItemAdded(item) => {
                    let id = item.ids.item_id.clone().unwrap();
                    prop_assert_eq!(items.insert(id, 0), None);
                }
                Event::ItemDone(item) => {
                    let id = item.ids.item_id.clone().unwrap();
                    let ends = items.get_mut(&id);
                    prop_assert!(ends.is_some_and(|ends| { *ends += 1; *ends == 1 }), "{id}");
                }
                Event::TextDone(done) => {
                    let key = (done.ids.item_id.clone().unwrap(), done.ids.content_index, done.lane);
                    prop_assert!(texts.insert(key));
                }
                _ => {}
            }
        }
        let open = |ends: &HashMap<_, i32>| ends.values().any(|ends| *ends == 0);
        prop_assert!(!open(&replies) && !open(&turns) && !open(&items), "{:?}", world.told);
    }
}
