//! Every interleaving of a small world, to a depth.

use crate::{
    books::{CallState, Settled, Verdict},
    frames::Turns,
    reply::Plan,
    server::{Budget, Server, Step},
    world::World,
};
use core::hash::{Hash, Hasher};
use realtime_proto::{Command, Dialect, Phase, ResponseState};
use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    rc::Rc,
};

/// What the application may still do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Wishes {
    creates: u8,
    cancels: u8,
    interrupts: u8,
    closes: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Server(Step),
    Create,
    Answer(usize),
    Cancel,
    Interrupt,
    Close,
}

#[derive(Clone, Debug, PartialEq)]
struct State {
    world: World,
    wishes: Wishes,
}

impl State {
    fn acts(&self) -> Vec<Act> {
        if self.world.session.phase() == Phase::Closed {
            return Vec::new();
        }
        let mut acts: Vec<_> = self
            .world
            .server
            .enabled()
            .into_iter()
            .map(Act::Server)
            .collect();
        let wishes = self.wishes;
        let wish = |wanted: u8, act: Act| (wanted > 0).then_some(act);
        acts.extend(wish(wishes.creates, Act::Create));
        acts.extend(wish(wishes.cancels, Act::Cancel));
        acts.extend(wish(wishes.interrupts, Act::Interrupt));
        acts.extend(wish(wishes.closes, Act::Close));
        let calls = self.world.books.calls.iter().enumerate();
        let open = calls.filter(|(_, call)| call.state == CallState::Delivered);
        acts.extend(open.map(|(at, _)| Act::Answer(at)));
        acts
    }

    fn take(&mut self, act: Act) -> Verdict {
        let world = &mut self.world;
        match act {
            Act::Server(step) => world.step(step),
            Act::Create => {
                self.wishes.creates -= 1;
                world.send(Command::create_response()).map(drop)
            }
            Act::Answer(at) => {
                let call = world.books.calls[at].id.clone();
                world.send(Command::tool_output(&call, "ok")).map(drop)
            }
            Act::Cancel => {
                self.wishes.cancels -= 1;
                world.send(Command::cancel_response()).map(drop)
            }
            Act::Interrupt => {
                self.wishes.interrupts -= 1;
                world.send(Command::interrupt()).map(drop)
            }
            Act::Close => {
                self.wishes.closes -= 1;
                world.close()
            }
        }
    }

    /// What can be hashed of a state; what is alike in it is compared as a whole.
    fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let World {
            session,
            server,
            books,
            in_flight,
            ..
        } = &self.world;
        (session.phase(), session.response(), session.queued_bytes()).hash(&mut hasher);
        (server, books, in_flight, self.wishes).hash(&mut hasher);
        hasher.finish()
    }

    /// Whatever happened: if the server goes on, nothing sticks and nothing is lost.
    fn comes_to_rest(&self) -> Verdict {
        let mut end = self.clone();
        if end.world.session.phase() == Phase::Closed {
            return Ok(());
        }
        end.world.server.budget = Budget {
            speech: 0,
            repeats: 0,
            failures: 0,
        };
        for _ in 0..200 {
            let calls = &end.world.books.calls;
            let open = calls
                .iter()
                .position(|call| call.state == CallState::Delivered);
            let next = end.world.server.enabled().first().copied();
            let act = next.map(Act::Server).or_else(|| open.map(Act::Answer));
            match act {
                Some(act) => end.take(act)?,
                None => return end.is_at_rest(),
            }
        }
        Err("the world never comes to rest".into())
    }

    fn is_at_rest(&mut self) -> Verdict {
        let World {
            session,
            books,
            server,
            ..
        } = &self.world;
        if session.response() != ResponseState::Idle {
            return Err(format!("the slot sticks: {:?}", session.response()));
        }
        if let Some((id, _)) = books.commands.iter().find(|(_, is)| *is == Settled::No) {
            return Err(format!("{id} is lost"));
        }
        self.requests_are_answered_once(books.accepted_creates(), server.accepted)?;
        self.world.close()
    }

    fn requests_are_answered_once(&self, settled: u32, began: u32) -> Verdict {
        let groups = self.world.books.groups();
        if settled > began {
            return Err(format!("{settled} creates were accepted and {began} began"));
        }
        if began > settled + groups {
            return Err(format!("{began} responses began for {settled} creates"));
        }
        Ok(())
    }
}

/// A way back to the beginning.
struct Path {
    parent: usize,
    act: Option<Act>,
}

struct Search {
    paths: Vec<Path>,
    seen: HashMap<u64, Vec<Rc<State>>>,
    states: usize,
}

impl Search {
    fn fail(&self, mut at: usize, last: Act, complaint: &str) -> ! {
        let mut acts = vec![last];
        while let Some(act) = self.paths[at].act {
            acts.push(act);
            at = self.paths[at].parent;
        }
        acts.reverse();
        panic!("{complaint}; after {acts:?}");
    }

    /// Notes a state; true if it is new.
    fn is_new(&mut self, state: &Rc<State>) -> bool {
        let bucket = self.seen.entry(state.fingerprint()).or_default();
        if bucket.contains(state) {
            return false;
        }
        bucket.push(Rc::clone(state));
        self.states += 1;
        true
    }

    fn explore(start: State, depth: usize) -> (usize, usize) {
        let start = Rc::new(start);
        let mut search = Self {
            paths: vec![Path {
                parent: 0,
                act: None,
            }],
            seen: HashMap::new(),
            states: 0,
        };
        search.is_new(&start);
        let mut layer = vec![(0, start)];
        for reached in 0..depth {
            let next = search.expand(&layer);
            if next.is_empty() {
                return (search.states, reached);
            }
            layer = next;
        }
        search.settle(&layer);
        (search.states, depth)
    }

    fn expand(&mut self, layer: &[(usize, Rc<State>)]) -> Vec<(usize, Rc<State>)> {
        let mut next = Vec::new();
        for (at, state) in layer {
            let acts = state.acts();
            for act in acts {
                let mut then = State::clone(state);
                if let Err(complaint) = then.take(act) {
                    self.fail(*at, act, &complaint);
                }
                let then = Rc::new(then);
                if self.is_new(&then) {
                    self.paths.push(Path {
                        parent: *at,
                        act: Some(act),
                    });
                    next.push((self.paths.len() - 1, then));
                }
            }
        }
        next
    }

    /// From the last layer everything comes to rest.
    fn settle(&self, layer: &[(usize, Rc<State>)]) {
        for (at, state) in layer {
            if let (Err(complaint), Some(act)) = (state.comes_to_rest(), self.paths[*at].act) {
                self.fail(self.paths[*at].parent, act, &complaint);
            }
        }
    }
}

/// How deep the search goes.
fn depth(default: usize) -> usize {
    let told = std::env::var("REALTIME_DEPTH").ok();
    told.and_then(|depth| depth.parse().ok()).unwrap_or(default)
}

fn explore(dialect: Dialect, server: Server, wishes: Wishes, deepest: usize) {
    let world = World::of(dialect, server);
    let (states, depth) = Search::explore(State { world, wishes }, depth(deepest));
    println!("{dialect}: {states} states to depth {depth}");
}

const WISHES: Wishes = Wishes {
    creates: 0,
    cancels: 0,
    interrupts: 0,
    closes: 0,
};

#[test]
fn three_creates_in_every_order() {
    creates(Dialect::OpenAi, 13);
}

#[test]
fn three_creates_in_every_order_for_xai() {
    creates(Dialect::Xai, 10);
}

fn creates(dialect: Dialect, deepest: usize) {
    let budget = Budget {
        speech: 1,
        repeats: 1,
        failures: 1,
    };
    let server = Server::new(Turns::Answers, &[Plan::ShortAudio], budget);
    let wishes = Wishes {
        creates: 3,
        cancels: 1,
        closes: 1,
        ..WISHES
    };
    explore(dialect, server, wishes, deepest);
}

#[test]
fn two_calls_and_their_outputs_in_every_order() {
    calls(Dialect::OpenAi, 13);
}

#[test]
fn two_calls_and_their_outputs_in_every_order_for_xai() {
    calls(Dialect::Xai, 10);
}

fn calls(dialect: Dialect, deepest: usize) {
    const PLANS: &[Plan] = &[Plan::ShortCalls, Plan::ShortAudio, Plan::ShortAudio];
    let budget = Budget {
        speech: 1,
        repeats: 1,
        failures: 1,
    };
    let server = Server::new(Turns::Answers, PLANS, budget);
    let wishes = Wishes {
        creates: 2,
        interrupts: 1,
        closes: 1,
        ..WISHES
    };
    explore(dialect, server, wishes, deepest);
}

#[test]
fn everything_at_once_in_every_order() {
    everything(Dialect::OpenAi, 13);
}

#[test]
fn everything_at_once_in_every_order_for_xai() {
    everything(Dialect::Xai, 10);
}

fn everything(dialect: Dialect, deepest: usize) {
    const PLANS: &[Plan] = &[Plan::ShortCalls, Plan::ShortAudio];
    let budget = Budget {
        speech: 1,
        repeats: 1,
        failures: 0,
    };
    let server = Server::new(Turns::Answers, PLANS, budget);
    let wishes = Wishes {
        creates: 3,
        cancels: 1,
        interrupts: 0,
        closes: 1,
    };
    explore(dialect, server, wishes, deepest);
}
