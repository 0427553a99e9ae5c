//! A session against a model of the server: every interleaving of a small world, and many of a large
//! one.
//!
//! The server speaks as the protocol lets it: it hears, replies, calls, is cut, and ends each turn
//! once. What the client does crosses it at any time.

use crate::{
    books::{Books, CallState, Settled, Verdict},
    server::{Budget, Server, Step},
    support::READY,
};
use proptest::{collection::vec, prelude::*, sample::Index};
use realtime_proto::{
    Close, Command, Config, Dialect, Event, Phase, ResponseState, Session, Time, Transmit,
    TurnDetection,
};
use std::collections::{HashMap, HashSet};

/// What the application can do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Act {
    Server(Step),
    Text,
    Answer,
    Interrupt,
    Close,
}

#[derive(Clone, Debug, PartialEq)]
struct World {
    session: Session,
    server: Server,
    books: Books,
    /// Calls that were answered on the wire.
    answered: Vec<String>,
}

impl World {
    fn new(budget: Budget) -> Self {
        let mut world = Self {
            session: Session::new(Config::new(Dialect::Gemini)),
            server: Server::new(budget),
            books: Books::default(),
            answered: Vec::new(),
        };
        world.drain().expect("an opening");
        world.receive(READY).expect("a session opens");
        world
    }

    fn acts(&self) -> Vec<Act> {
        if self.session.phase() == Phase::Closed {
            return Vec::new();
        }
        let mut acts: Vec<_> = self.server.enabled().into_iter().map(Act::Server).collect();
        let budget = self.server.budget;
        let calls = &self.books.calls;
        let waits = calls.iter().any(|call| call.state == CallState::Delivered);
        acts.extend(waits.then_some(Act::Answer));
        acts.extend((budget.texts > 0).then_some(Act::Text));
        acts.extend((budget.interrupts > 0).then_some(Act::Interrupt));
        acts.extend((budget.closes > 0).then_some(Act::Close));
        acts
    }

    fn take(&mut self, act: Act) -> Verdict {
        match act {
            Act::Server(step) => {
                let frame = self.server.take(step);
                self.receive(&frame)
            }
            Act::Text => {
                self.server.budget.texts -= 1;
                self.send(Command::text("hi"))
            }
            Act::Answer => {
                let mut calls = self.books.calls.iter();
                let open = calls.find(|call| call.state == CallState::Delivered);
                let id = open.expect("a call waits").id.clone();
                self.send(Command::tool_output(&id, "4"))?;
                let mut calls = self.books.calls.iter_mut();
                if let Some(call) = calls.find(|call| call.id == id) {
                    call.state = CallState::Answered;
                }
                Ok(())
            }
            Act::Interrupt => {
                self.server.budget.interrupts -= 1;
                self.send(Command::interrupt())
            }
            Act::Close => {
                self.server.budget.closes -= 1;
                self.session.disconnected(Close::lost());
                self.drain()
            }
        }
    }

    fn receive(&mut self, frame: &str) -> Verdict {
        let events: Vec<_> = self.session.receive(frame).map(Event::into_owned).collect();
        if events.is_empty() {
            return Err(format!("I16: nothing came of {frame}"));
        }
        events.iter().try_for_each(|event| self.see(event))?;
        self.drain()
    }

    fn see(&mut self, event: &Event<'_>) -> Verdict {
        self.books.event(event)?;
        self.books.audible(event);
        Ok(())
    }

    fn send(&mut self, command: Command<'_>) -> Verdict {
        let creates = matches!(command, Command::SendText(_));
        let id = self
            .session
            .send(command)
            .map_err(|error| error.to_string())?;
        self.books.sent(id, creates);
        self.drain()
    }

    fn drain(&mut self) -> Verdict {
        loop {
            while let Some(event) = self.session.poll_event() {
                self.see(&event)?;
            }
            let text = match self.session.poll_transmit() {
                None => return Ok(()),
                Some(Transmit::Text(text)) => text.to_owned(),
                Some(other) => return Err(format!("nobody asked for {other:?}")),
            };
            if text.contains("local_") {
                return Err(format!("a name of the session's own leaves: {text}"));
            }
            self.one_answer_a_call(&text)?;
            self.server.hear(&text);
        }
    }

    fn one_answer_a_call(&mut self, text: &str) -> Verdict {
        let frame: serde_json::Value = serde_json::from_str(text).map_err(|_| "no JSON")?;
        let answer = &frame["toolResponse"]["functionResponses"][0]["id"];
        if let Some(id) = answer.as_str().map(str::to_owned) {
            if self.answered.contains(&id) {
                return Err(format!("I7: {id} is answered twice"));
            }
            self.answered.push(id);
        }
        Ok(())
    }

    /// Whatever happened: if the server goes on, nothing sticks and nothing is lost.
    fn comes_to_rest(&self) -> Verdict {
        let mut end = self.clone();
        if end.session.phase() == Phase::Closed {
            return Ok(());
        }
        end.server.budget = Budget {
            words: 0,
            cuts: 0,
            calls: 0,
            content: end.server.budget.content.min(1),
            texts: 0,
            interrupts: 0,
            closes: 0,
        };
        for _ in 0..64 {
            let acts = end.acts();
            let answer = acts.iter().find(|act| **act == Act::Answer);
            match answer.or_else(|| acts.first()) {
                Some(act) => end.take(*act)?,
                None => return end.is_at_rest(),
            }
        }
        Err("the world never comes to rest".into())
    }

    fn is_at_rest(&mut self) -> Verdict {
        let stuck = |state| !matches!(state, ResponseState::Idle | ResponseState::Requested);
        if stuck(self.session.response()) {
            return Err(format!("the slot sticks: {:?}", self.session.response()));
        }
        for seconds in [1_000, 2_000] {
            self.session
                .handle_timeout(Time(core::time::Duration::from_secs(seconds)));
            self.drain()?;
        }
        if self.session.response() != ResponseState::Idle {
            return Err(format!("the slot sticks: {:?}", self.session.response()));
        }
        let mut commands = self.books.commands.iter();
        if let Some((id, _)) = commands.find(|(_, is)| *is == Settled::No) {
            return Err(format!("{id} is lost"));
        }
        self.session.disconnected(Close::lost());
        self.drain()
    }
}

const SMALL: Budget = Budget {
    words: 2,
    cuts: 2,
    calls: 1,
    content: 3,
    texts: 1,
    interrupts: 1,
    closes: 1,
};

const LARGE: Budget = Budget {
    words: 30,
    cuts: 12,
    calls: 12,
    content: 60,
    texts: 12,
    interrupts: 6,
    closes: 0,
};

/// Breadth first, each state once; from every state of the last layer everything comes to rest.
#[test]
fn every_order_of_a_small_world_keeps_the_invariants() {
    let deepest = std::env::var("REALTIME_DEPTH").ok();
    let deepest = deepest.and_then(|depth| depth.parse().ok()).unwrap_or(6);
    let start = World::new(SMALL);
    let mut layer = vec![(Vec::new(), start)];
    let mut states = 0;
    for depth in 0..deepest {
        let mut next: Vec<(Vec<Act>, World)> = Vec::new();
        let mut seen: HashMap<String, Vec<usize>> = HashMap::new();
        for (path, world) in &layer {
            for act in world.acts() {
                let mut then = world.clone();
                let path = [path.as_slice(), &[act]].concat();
                if let Err(complaint) = then.take(act) {
                    panic!("{complaint}; after {path:?}");
                }
                let print = format!("{:?}{:?}{:?}", then.server, then.books, then.session);
                let alike = seen.entry(print).or_default();
                if alike.iter().all(|at| next[*at].1 != then) {
                    alike.push(next.len());
                    next.push((path, then));
                }
            }
        }
        states += next.len();
        layer = next;
        if layer.is_empty() {
            println!("exhausted at depth {depth}");
            break;
        }
    }
    for (path, world) in &layer {
        if let Err(complaint) = world.comes_to_rest() {
            panic!("{complaint}; at rest after {path:?}");
        }
    }
    println!("{states} states to depth {deepest}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_024))]

    #[test]
    fn long_scenarios_keep_the_invariants_and_come_to_rest(choices in vec(any::<Index>(), 20..120)) {
        let mut world = World::new(LARGE);
        let mut path = Vec::new();
        for choice in choices {
            let acts = world.acts();
            if acts.is_empty() {
                break;
            }
            let act = *choice.get(&acts);
            path.push(act);
            if let Err(complaint) = world.take(act) {
                prop_assert!(false, "{complaint}; after {path:?}");
            }
        }
        if let Err(complaint) = world.comes_to_rest() {
            prop_assert!(false, "{complaint}; after {path:?}");
        }
    }

    #[test]
    fn manual_activity_keeps_the_invariants(choices in vec(any::<Index>(), 20..80)) {
        let mut config = Config::new(Dialect::Gemini);
        config.session.turn_detection = Some(TurnDetection::Manual);
        let mut world = World::new(LARGE);
        world.session = Session::new(config);
        world.drain().unwrap();
        let _ = world.session.receive(READY).count();
        let mut kinds = HashSet::new();
        for choice in choices {
            let acts = world.acts();
            if acts.is_empty() {
                break;
            }
            let act = *choice.get(&acts);
            kinds.insert(act);
            if let Err(complaint) = world.take(act) {
                prop_assert!(false, "{complaint}; {kinds:?}");
            }
        }
    }
}
