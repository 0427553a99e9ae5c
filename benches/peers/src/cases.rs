//! The cases: 16 different frames each, or a recorded call, and how everyone works on them.

use crate::{
    alloc::count,
    chance::Chance,
    desk::Desk,
    frames::Wire,
    ours,
    peers::{PEERS, Peer},
    recorded::{self, Entry},
    timing::{Contestant, time},
    transport::{Provider, Tls},
};
use realtime_proto::{Dialect, Session};

/// How many different frames a case has.
pub(crate) const FRAMES: usize = 16;
/// How many frames a stream has: as many as a long reply. Each is read in a session of its own.
const STREAM: usize = 32 * FRAMES;
/// How many frames everyone works on in a round, at least.
const WORK: usize = 4 * STREAM;

/// What is measured.
#[derive(Debug)]
pub(crate) struct Case {
    /// Its name in the table.
    pub(crate) name: String,
    /// Its dialect.
    pub(crate) wire: &'static Wire,
    /// Its frames.
    pub(crate) load: Load,
}

/// What is worked on.
#[derive(Debug)]
pub(crate) enum Load {
    /// Frames from the server.
    Receive {
        /// In turn, again and again.
        frames: Vec<String>,
        /// Whether they are text that is only written.
        written: bool,
    },
    /// Sound from the user.
    Append(Vec<Vec<u8>>),
    /// Both, in the order of a recording.
    Call(Vec<Entry>),
}

/// The cases of a dialect.
pub(crate) fn of(wire: &'static Wire) -> Vec<Case> {
    let case = |name: &str, load| Case {
        name: named(name, wire.dialect),
        wire,
        load,
    };
    let mut cases = vec![case("text", texts(wire))];
    if let Some(audio) = wire.audio {
        for ms in [20, 100, 250] {
            cases.push(case(&format!("audio-{ms}"), voices(wire, audio, ms)));
        }
        for ms in [20, 100] {
            cases.push(case(&format!("append-{ms}"), sounds(wire, ms)));
        }
    }
    cases.push(case("call", Load::Call(recorded::read(wire.recording))));
    cases
}

/// The first family goes without its name.
fn named(case: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::OpenAi => case.to_owned(),
        dialect => format!("{case}-{dialect}"),
    }
}

fn texts(wire: &Wire) -> Load {
    let written = (wire.text)(1) != (wire.transcript)(1) || wire.audio.is_none();
    let frames = (0..FRAMES).map(wire.text).collect();
    Load::Receive { frames, written }
}

/// Audio and its words in turn, of two items in turn.
fn voices(wire: &Wire, audio: fn(usize, usize) -> String, ms: usize) -> Load {
    let voice = |number: usize| match number % 2 {
        0 => audio(number / 2, ms),
        _ => (wire.transcript)(number / 2),
    };
    Load::Receive {
        frames: (0..FRAMES).map(voice).collect(),
        written: false,
    }
}

fn sounds(wire: &Wire, ms: usize) -> Load {
    let sound = |number| Chance::new(number).sound(ms * wire.input_rate);
    Load::Append((0..FRAMES).map(sound).collect())
}

impl Case {
    /// Who is measured beside this crate.
    pub(crate) fn peers(&self) -> Vec<&'static Peer> {
        let dialect = self.wire.dialect;
        let able = |peer: &&Peer| peer.speaks.contains(&dialect) && self.has_words(peer);
        PEERS.iter().filter(able).collect()
    }

    fn has_words(&self, peer: &Peer) -> bool {
        match self.load {
            Load::Receive { written: true, .. } => (peer.writes)(self.wire.dialect),
            // A call begins and ends with words for everything.
            Load::Call(_) => self.wire.dialect != Dialect::OpenAi || (peer.writes)(Dialect::OpenAi),
            Load::Receive { .. } | Load::Append(_) => true,
        }
    }

    /// How many frames a round of everyone has.
    pub(crate) fn frames(&self) -> usize {
        match &self.load {
            Load::Call(entries) => entries.len() * WORK.div_ceil(4 * entries.len()),
            _ => WORK,
        }
    }

    /// This crate.
    pub(crate) fn ours(&self) -> Contestant<'_> {
        let mut desk = Desk::default();
        Box::new(move || {
            let mut sessions = self.sessions();
            time(|| self.work(&mut sessions, &mut desk))
        })
    }

    /// How often this crate allocates in a round.
    pub(crate) fn our_allocations(&self) -> u64 {
        let (mut sessions, mut desk) = (self.sessions(), Desk::default());
        count(|| self.work(&mut sessions, &mut desk))
    }

    /// As many sessions as a round needs. Those that receive or send have done so already.
    fn sessions(&self) -> Vec<Session> {
        let passes = match &self.load {
            Load::Call(entries) => self.frames() / entries.len(),
            _ => WORK / STREAM,
        };
        (0..passes).map(|_| self.session()).collect()
    }

    fn session(&self) -> Session {
        if matches!(self.load, Load::Call(_)) {
            return ours::passive(self.wire);
        }
        let mut session = ours::opened(self.wire);
        self.stream(&mut session, FRAMES, &mut Desk::default());
        session
    }

    fn work(&self, sessions: &mut Vec<Session>, desk: &mut Desk) {
        if let Load::Call(entries) = &self.load {
            return sessions
                .drain(..)
                .for_each(|session| ours::call(session, entries, desk));
        }
        for session in sessions {
            self.stream(session, STREAM, desk);
        }
    }

    fn stream(&self, session: &mut Session, length: usize, desk: &mut Desk) {
        match &self.load {
            Load::Receive { frames, .. } => {
                (0..length).for_each(|at| ours::receive(session, &frames[at % FRAMES], desk));
            }
            Load::Append(sounds) => {
                (0..length).for_each(|at| ours::append(session, &sounds[at % FRAMES]));
            }
            Load::Call(_) => {}
        }
    }

    /// A peer.
    pub(crate) fn theirs(&self, peer: &'static Peer) -> Contestant<'_> {
        let mut desk = Desk::default();
        Box::new(move || time(|| self.their_work(peer, &mut desk)))
    }

    /// How often a peer allocates in a round.
    pub(crate) fn their_allocations(&self, peer: &Peer) -> u64 {
        let mut desk = Desk::default();
        count(|| self.their_work(peer, &mut desk))
    }

    fn their_work(&self, peer: &Peer, desk: &mut Desk) {
        let dialect = self.wire.dialect;
        (0..self.frames()).for_each(|at| match &self.load {
            Load::Receive { frames, .. } => (peer.receive)(dialect, &frames[at % FRAMES], desk),
            Load::Append(sounds) => (peer.append)(dialect, &sounds[at % FRAMES], desk),
            Load::Call(entries) => match &entries[at % entries.len()] {
                Entry::Server(frame) => (peer.receive)(dialect, frame, desk),
                Entry::Append(pcm) => (peer.append)(dialect, pcm, desk),
            },
        });
    }

    /// The same frames, as the transport has them.
    pub(crate) fn floor(&self, provider: Provider) -> Contestant<'_> {
        let frames = self.on_the_wire();
        let mut tls = Tls::new(provider, &frames);
        Box::new(move || time(|| (0..self.frames()).for_each(|at| tls.seal(at % frames.len()))))
    }

    /// Sound becomes a frame by a third more.
    fn on_the_wire(&self) -> Vec<String> {
        let frame = |pcm: &Vec<u8>| "A".repeat(48 + pcm.len().div_ceil(3) * 4);
        match &self.load {
            Load::Receive { frames, .. } => frames.clone(),
            Load::Append(sounds) => sounds.iter().map(frame).collect(),
            Load::Call(entries) => entries
                .iter()
                .map(|entry| match entry {
                    Entry::Server(text) => text.clone(),
                    Entry::Append(pcm) => frame(pcm),
                })
                .collect(),
        }
    }

    /// What everyone makes of it once: all must have read the same, or nothing is compared.
    pub(crate) fn agrees(&self, peer: &Peer) -> Result<(), String> {
        let Load::Receive { frames, .. } = &self.load else {
            return Ok(());
        };
        let (mut own, mut their) = (Desk::default(), Desk::default());
        let mut session = ours::opened(self.wire);
        for frame in frames {
            ours::receive(&mut session, frame, &mut own);
            (peer.receive)(self.wire.dialect, frame, &mut their);
        }
        if own.heard() == their.heard() && own.text + own.audio > 0 {
            return Ok(());
        }
        let (case, peer) = (&self.name, peer.name);
        Err(format!("{case}: {peer} read {their:?}, not {own:?}"))
    }

    /// How many frames of a call a peer has no type for.
    pub(crate) fn refused(&self, peer: &Peer) -> usize {
        let mut desk = Desk::default();
        if let Load::Call(entries) = &self.load {
            for entry in entries {
                if let Entry::Server(frame) = entry {
                    (peer.receive)(self.wire.dialect, frame, &mut desk);
                }
            }
        }
        desk.refused
    }
}
