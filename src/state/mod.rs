//! The machines: what a session knows, in neutral words.
//!
//! Everything that changes the state of a session is here, and nothing here knows the wire, JSON or
//! a dialect; what differs between dialects the machines ask of [`Capabilities`]. Each machine is
//! small and has its file:
//!
//! | machine | guarantees | driven by |
//! |---|---|---|
//! | [`responses`] | one end for each response | created, anything of it, done |
//! | [`arbiter`] | one request for a default response in flight, and none lost | requests, created, done, errors |
//! | [`calls`] | a call is delivered once, then answered or cancelled | items, arguments, ends |
//! | [`continuation`] | one reply to all calls of a response | calls, outputs, ends |
//! | [`texts`] | one end for each text, with what its deltas left unsaid | deltas, done, ends |
//! | [`playback`] | what was heard is never more than what was received | deltas, reports, time |
//! | [`bargein`] | a reply is cut once, and its media of an old epoch never surfaces | speech, commits, commands |
//! | [`executed`] | one end for each call that the agent executes | words of it, ends of replies |
//! | [`prompts`] | one reply for each text that asks for one itself | texts sent, answers, ends |
//! | [`remote`] | what the provider executes is told of, and never the caller's to answer | items, arguments, ends |
//! | [`requests`] | a request is told from others where it could be taken for one | requests |
//! | [`items`] | one beginning and one end for each item, whatever form they come in | items |
//! | [`called`] | a call that one message tells is announced before it is delivered | calls, pieces |
//! | [`raw`] | audio without a word is of what was announced last | responses, items, audio |
//! | [`said`] | what is said of a reply without a name is told in its place | words, ends |
//! | [`turns`] | one end for each user turn | speech, commits, items |
//! | [`marks`] | one start for each end of the user's activity | marks, texts |
//! | [`awaited`] | a transcript that does not come is told of once | commits, transcripts, time |
//! | [`naming`] | one name for what the server leaves nameless | whatever has no name |
//! | [`commands`] | one settlement for each command | frames sent, acknowledgements, errors |
//! | [`conversation`] | spoken order, whatever the order of arrival | items |
//! | [`settings`](mod@settings) | only what changes is sent, and what came out otherwise is told | changes, sessions |
//! | [`input`] | samples stay whole, and a commit holds enough of them | audio, commits |
//! | [`errors`] | one verdict for each error | errors |
//! | [`deadlines`] | what was expected and has not come is told, once | time |
//! | [`resuming`] | the last point that can be gone on from, and two words before the end | handles, time |
//! | [`place`] | a delta goes where the last one of its stream went, or is looked at | deltas |
//! | [`close`](mod@close) | everything that is open ends before the end | the end |
//!
//! They are total on events: the server is the authority, and whatever it says leads to the state
//! that it proves. They are partial on commands, which are the caller's.

mod arbiter;
mod awaited;
mod bargein;
mod called;
mod calls;
#[cfg(test)]
mod chart;
mod close;
mod commands;
mod continuation;
mod conversation;
mod deadlines;
mod deltas;
mod ended;
mod errors;
mod executed;
mod failures;
mod input;
mod items;
mod marks;
mod memory;
mod nameless;
mod naming;
mod observe;
mod out;
mod place;
mod playback;
mod prompts;
mod raw;
mod remote;
mod reply;
mod requests;
mod responses;
mod resuming;
mod said;
#[cfg(test)]
mod sample;
mod sending;
mod settings;
mod snapshots;
mod texts;
mod turns;
mod waiting;

pub use conversation::{Conversation, ConversationItem};

pub(crate) use arbiter::{Request, Slot};
pub(crate) use bargein::Action;
pub(crate) use calls::{Answered, Output};
pub(crate) use commands::{Expect, ExpectedItem, settled};
pub(crate) use ended::Ended;
pub(crate) use input::COMMIT;
pub(crate) use out::Out;
pub(crate) use place::Place;
pub(crate) use settings::Change;

use crate::{
    audio::AudioFormat,
    capabilities::{Capabilities, Configurable, Resumes},
    config::{Config, Media, Policy, SessionConfig, TurnDetection},
    dialect::{Detection, Extras},
    event::{Class, Epoch, Event, LimitReached},
    id::{CommandId, Id},
    rare::Rare,
    session::{Phase, ResponseState},
    time::Time,
    usage::Usage,
};
use alloc::{borrow::Cow, boxed::Box, collections::VecDeque};
use arbiter::Arbiter;
use awaited::Awaited;
use calls::Calls;
use commands::Commands;
use core::{mem::offset_of, time::Duration};
use deadlines::{Deadline, Deadlines};
use executed::Executed;
use input::Input;
use naming::Naming;
use playback::Playback;
use prompts::Run;
use raw::Announced;
use remote::Remote;
use responses::Responses;
use settings::Asked;
use texts::Texts;
use turns::Turns;

/// What all machines know together.
#[derive(Clone, Debug, PartialEq)]
#[repr(C)] // What a delta or an append touches stands together, and first: see `BUSY`.
pub(crate) struct State {
    texts: Texts,
    playback: Playback,
    /// The time, as it was told last.
    now: Option<Time>,
    pub(crate) last_inbound: Option<Time>,
    /// Audio that arrived, surfaced or not, in bytes.
    pub(crate) audio_bytes: u64,
    pub(crate) input: Input,
    pub(crate) settings: Rare<SessionConfig>,
    policy: Policy,
    pub(crate) phase: Phase,
    /// Speech has cut what was audible, and nothing has been heard since.
    cut_by_speech: bool,
    /// A frame came since the time was told.
    heard: bool,
    /// The deadline that fired last, until something comes.
    waited: Option<Deadline>,
    media: Media,
    /// What the server does at the ends of turns, as it told last.
    detection: Detection,
    /// What is in effect beside the settings.
    extras: Extras,
    /// The last error after which the session was of no use.
    fatal: Option<Class>,
    /// The server plays a reply to the user, elsewhere.
    remote_audible: bool,
    /// Calls were answered when the connection ended, and nobody had replied to the answers.
    pub(crate) owes_continuation: bool,
    /// The server has told its settings.
    told_settings: bool,
    /// The session has been told of: the next word of it is an update.
    introduced: bool,
    /// The server has nothing more to say.
    finished: bool,
    /// The formats in and out that were configured: what holds until the server tells.
    wanted_formats: (Option<AudioFormat>, Option<AudioFormat>),
    stall: Duration,
    pub(crate) deadlines: Deadlines,
    awaited: Awaited,
    pub(crate) arbiter: Arbiter,
    pub(crate) capabilities: Capabilities,
    pub(crate) conversation: Conversation,
    pub(crate) usage: Rare<Usage>,
    pub(crate) commands: Commands,
    responses: Responses,
    calls: Calls,
    executed: Rare<Executed>,
    run: Run,
    remote: Remote,
    turns: Turns,
    naming: Rare<Naming>,
    /// By what a later connection can go on, where the server told it.
    handle: Option<Box<str>>,
    /// How much is left when the last word of the announced end is said.
    leaving: Option<Duration>,
    /// What was asked for and had not begun when the connection ended.
    pub(crate) unanswered: Rare<VecDeque<Request>>,
    pending_commands: usize,
    unix_origin: Option<Duration>,
    max_session: Option<Duration>,
    expires: Option<Time>,
    /// Changes on their way, to compare them with what comes of them.
    asked: Rare<VecDeque<Asked>>,
    /// What raw audio belongs to.
    announced: Option<Box<Announced>>,
    /// Errors about what had settled by itself.
    pub(crate) races: u64,
    /// The command that asked for the end.
    closing: Option<Box<CommandId>>,
}

impl State {
    /// Where what is rarely touched begins, in bytes.
    pub(crate) const BUSY: usize = offset_of!(Self, media);
}

impl State {
    pub(crate) fn new(config: &Config, capabilities: Capabilities) -> Self {
        let limits = &config.limits;
        Self {
            phase: Phase::Opening,
            settings: settings(config, &capabilities).into(),
            wanted_formats: (config.session.input_format, config.session.output_format),
            conversation: Conversation::new(limits).trusting(capabilities.first_is_told),
            usage: Rare::blank(),
            commands: Commands::default(),
            policy: config.policy.clone(),
            media: config.media,
            now: None,
            responses: Responses::new(limits.tombstones),
            arbiter: Arbiter::default(),
            calls: Calls::new(limits.open_calls, limits.tombstones),
            executed: Rare::blank(),
            run: Run::default(),
            remote: Remote::new(limits.open_calls, limits.tombstones),
            texts: Texts::new(limits.tombstones),
            turns: Turns::new(limits.tombstones),
            naming: Rare::blank(),
            playback: Playback::default(),
            cut_by_speech: false,
            handle: config.resume.as_deref().map(Box::from),
            leaving: None,
            remote_audible: false,
            unanswered: Rare::blank(),
            owes_continuation: false,
            input: Input::default(),
            deadlines: Deadlines::default(),
            awaited: Awaited::default(),
            waited: None,
            heard: false,
            last_inbound: None,
            stall: limits.stall,
            pending_commands: limits.pending_commands,
            unix_origin: config.unix_origin,
            max_session: config.max_session,
            expires: None,
            asked: Rare::blank(),
            extras: Extras::default(),
            announced: None,
            detection: Detection::default(),
            told_settings: false,
            introduced: false,
            audio_bytes: 0,
            races: 0,
            fatal: None,
            finished: false,
            closing: None,
            capabilities,
        }
    }

    /// What the reply's audio is encoded in.
    pub(crate) fn output_format(&self) -> AudioFormat {
        let wanted = || self.wanted_formats.1;
        let format = self.settings.output_format.or_else(wanted);
        format.unwrap_or(AudioFormat::pcm16(24_000))
    }

    /// What the user's audio is encoded in.
    pub(crate) fn input_format(&self) -> AudioFormat {
        let wanted = || self.wanted_formats.0;
        let format = self.settings.input_format.or_else(wanted);
        format.unwrap_or_else(|| AudioFormat::pcm16(self.capabilities.input_rate_hz))
    }

    /// Takes over what goes on from one connection to the next.
    pub(crate) fn carry_on(&mut self, before: Self) {
        self.conversation = before.conversation;
        self.conversation.carry_on();
        self.usage = before.usage;
        self.calls.carry_on(before.calls);
        if let Some(before) = { before.naming }.take() {
            self.naming.carry_on(before);
        }
        self.handle = self.handle.take().or(before.handle);
        self.playback = before.playback;
        self.playback.carry_on();
        if self.capabilities.resumes == Resumes::No {
            self.unanswered = before.unanswered;
            self.owes_continuation = before.owes_continuation;
        }
        self.audio_bytes = before.audio_bytes;
        self.races = before.races;
    }

    /// How much a commit would hold, where only the caller commits.
    pub(crate) fn uncommitted(&self) -> Option<Duration> {
        let manual = self.settings.turn_detection == Some(TurnDetection::Manual);
        let since = self.input.since_commit(self.input_format());
        since.filter(|_| manual)
    }

    /// Whether the server takes frames: it does so still while the session is being closed.
    pub(crate) fn takes_frames(&self) -> bool {
        match self.phase {
            Phase::Opening => false,
            Phase::Ready => true,
            Phase::Closing | Phase::Closed => self.introduced,
        }
    }

    /// A frame came.
    pub(crate) fn heard_of_peer(&mut self) {
        self.last_inbound = self.now.or(self.last_inbound);
        self.waited = None;
        self.heard = true;
    }

    /// The session is opened: it is waited for.
    pub(crate) fn await_readiness(&mut self, length: Duration) {
        if self.phase == Phase::Opening {
            self.deadlines.arm(Deadline::Readiness, length);
        }
    }

    /// When the time should be told again.
    pub(crate) fn next_deadline(&self) -> Option<Time> {
        self.deadlines.next(self.now)
    }

    pub(crate) fn report_playback(&mut self, epoch: Epoch, played: Duration) {
        self.playback.report(epoch, played);
    }

    pub(crate) fn response(&self) -> ResponseState {
        match self.responses.active() {
            Some(response) if response.cancelling => ResponseState::Cancelling,
            Some(_) => ResponseState::Responding,
            None if self.arbiter.slot() == Slot::Taken => ResponseState::Responding,
            None if self.is_requested() => ResponseState::Requested,
            None if self.arbiter.slot() == Slot::ServerOwes => ResponseState::ServerOwes,
            None if self.calls.awaiting() => ResponseState::AwaitingTools,
            None => ResponseState::Idle,
        }
    }

    /// Whether a response was asked for and has not begun.
    fn is_requested(&self) -> bool {
        let sent = self.arbiter.slot() == Slot::CreateSent;
        self.commands.asks_for_response() || (sent && !self.arbiter.begins_anew())
    }
}

/// What is in effect before the server tells anything. One that takes settings only once does not
/// tell them: what is asked for is in effect.
fn settings(config: &Config, capabilities: &Capabilities) -> SessionConfig {
    if capabilities.configure == Configurable::Anytime {
        SessionConfig {
            kind: config.session.kind,
            ..SessionConfig::default()
        }
    } else {
        config.session.clone()
    }
}

/// Tells that a limit was hit.
pub(crate) fn limit<'f>(name: &'static str, item_id: Option<Id<'f>>) -> Event<'f> {
    Event::LimitReached(LimitReached {
        limit: Cow::Borrowed(name),
        item_id,
    })
}
