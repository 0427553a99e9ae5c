//! One connection of one conversation: the only place where wire and machines meet.

use crate::{
    capabilities::{Capabilities, ReadyOn},
    command::Command,
    config::{Config, Dialect, Limits, Media, Policy, SessionConfig, SessionKind, SessionPatch},
    counters::Counters,
    dialect,
    event::{Event, Notice, Severity, Source},
    heap::Heap,
    id::PREFIX_BYTES,
    outbox::Outbox,
    rare::Rare,
    state::{Conversation, Out, State, limit},
    streams::Streams,
    time::Time,
    transport::Close,
    usage::Usage,
};
use alloc::{borrow::Cow, boxed::Box, collections::VecDeque, string::ToString, vec::Vec};
use arrayvec::ArrayString;
use core::{fmt, mem::offset_of, time::Duration};

mod binary;
mod context;
mod deltas;
mod inbound;
mod media;
mod originate;
mod outbound;
mod raw;
mod user;
mod written;

/// How far a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a session is nothing else")]
pub enum Phase {
    /// Nothing of the server has been heard: control is held, never dropped.
    Opening,
    /// Everything flows.
    Ready,
    /// The end was asked for; what the server still says is told.
    Closing,
    /// Nothing comes any more.
    Closed,
}

/// Where the default conversation stands with its response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseState {
    /// None is under way and none was asked for.
    Idle,
    /// One was asked for and has not begun.
    Requested,
    /// The server is about to begin one by itself.
    ServerOwes,
    /// One is under way.
    Responding,
    /// A cancel of the one under way was sent.
    Cancelling,
    /// It ended with calls that wait for their outputs.
    AwaitingTools,
}

/// One connection of one conversation with a realtime service, without any I/O.
///
/// | calls | what they do |
/// |---|---|
/// | [`receive`](Self::receive), [`receive_binary`](Self::receive_binary), [`handle_timeout`](Self::handle_timeout), [`disconnected`](Self::disconnected) | take what happened; none can fail because of what the peer sent |
/// | [`send`](Self::send) | takes what the application wants; fails only for the caller's own mistakes |
/// | [`poll_transmit`](Self::poll_transmit), [`poll_event`](Self::poll_event), [`poll_timeout`](Self::poll_timeout) | give what is to be done; `None` is nothing left |
/// | the others | answer questions, and change nothing |
///
/// Any interleaving of calls is legal. A host has three duties:
/// 1. **forward** what [`poll_transmit`](Self::poll_transmit) gives, before sleeping;
/// 2. **flush** queued audio on [`Event::FlushPlayback`];
/// 3. **report** what was played, with [`Command::playback`]; never reporting is safe.
///
/// ```
/// use realtime_proto::{Command, Config, Dialect, Event, Session, Transmit};
///
/// let mut session = Session::new(Config::new(Dialect::OpenAi));
/// let created = r#"{"type":"session.created","session":{"id":"sess_1"}}"#;
/// assert!(session.receive(created).any(|event| matches!(event, Event::Ready(_))));
///
/// session.send(Command::create_response())?;
/// let create = r#"{"type":"response.create","event_id":"rp-1"}"#;
/// assert_eq!(session.poll_transmit(), Some(Transmit::Text(create)));
/// # Ok::<(), realtime_proto::SendError>(())
/// ```
#[derive(Clone)]
#[repr(C)] // What a delta or an append touches stands together, and first.
pub struct Session {
    counters: Counters,
    streams: Streams,
    queued: VecDeque<Event<'static>>,
    outbox: Rare<Outbox>,
    next_number: u64,
    prefix: ArrayString<PREFIX_BYTES>,
    config: Rules,
    state: State,
    /// Where a half sample meets its other half.
    samples: Vec<u8>,
}

/// Thousands of sessions take turns in the caches: what a delta or an append touches is all they keep.
const _: () = assert!(offset_of!(Session, state) + State::BUSY <= 512);

/// What of the configuration is asked for once the session is open.
#[derive(Clone, PartialEq)]
struct Rules {
    dialect: Dialect,
    kind: SessionKind,
    policy: Policy,
    limits: Rare<Limits>,
}

/// Counters, and whatever only makes things fast, are no part of what a session is.
impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        self.config == other.config
            && self.state == other.state
            && self.outbox == other.outbox
            && self.queued == other.queued
            && self.next_number == other.next_number
    }
}

/// Prints counts, never content.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("dialect", &self.config.dialect)
            .field("phase", &self.phase())
            .field("response", &self.response())
            .field("items", &self.state.conversation.len())
            .field("queued_events", &self.queued.len())
            .field("queued_bytes", &self.queued_bytes())
            .field("counters", &self.counters)
            .finish_non_exhaustive()
    }
}

impl Session {
    /// Opens a session: nothing is sent or known yet.
    ///
    /// Settings that the configuration names go out first, before anything else and without
    /// waiting for the server. Where the dialect cannot express one of them, an
    /// [`Event::Notice`] names it and none is sent.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a configuration is one connection's: little of it is kept"
    )]
    #[must_use]
    pub fn new(config: Config) -> Self {
        let mut session = Self::unopened(&config);
        session.open(&config);
        session
    }

    /// Opens the next connection of the same conversation, on a new transport.
    ///
    /// History, usage, identifiers and epoch go on. What was still in flight settles first. Where the
    /// server cannot resume, requests that nobody had answered are asked again once it is ready; what
    /// is sent before its first frame, such as the history that a host replays, goes ahead of them.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a configuration is one connection's: little of it is kept"
    )]
    #[must_use]
    pub fn reconnect(mut self, config: Config) -> Self {
        self.disconnected(Close::lost());
        let mut session = Self::unopened(&config);
        session.state.carry_on(self.state);
        session.queued = self.queued;
        session.bound_told();
        session.next_number = self.next_number;
        session.counters = self.counters;
        session.ask_again();
        session.open(&config);
        session
    }

    /// Where too much waits to be told, what connections before the last one left is given up.
    fn bound_told(&mut self) {
        if self.queued.len() <= self.config.limits.queued_events {
            return;
        }
        let told = self.queued.iter().enumerate().rev();
        let mut ends = told.filter(|(_, event)| matches!(event, Event::Closed(_)));
        if let Some((last, _)) = ends.nth(1) {
            self.queued.drain(..=last);
            self.queued.push_front(limit("queued_events", None));
        }
    }

    fn unopened(config: &Config) -> Self {
        let capabilities = config.capabilities.clone();
        let capabilities = capabilities.unwrap_or_else(|| Capabilities::of(config.dialect));
        Self {
            prefix: prefix(&config.id_prefix),
            state: State::new(config, capabilities),
            outbox: Rare::blank(),
            queued: VecDeque::new(),
            next_number: 1,
            samples: Vec::new(),
            streams: Streams::default(),
            counters: Counters::default(),
            config: Rules {
                dialect: config.dialect,
                kind: config.session.kind,
                policy: config.policy.clone(),
                limits: config.limits.clone().into(),
            },
        }
    }

    fn open(&mut self, config: &Config) {
        if self.state.capabilities.ready_on == ReadyOn::AtOnce || config.media == Media::Remote {
            let mut out = self.out();
            self.state.proven(&mut out);
            self.keep(out);
        }
        let limit = self.config.limits.readiness;
        self.state.await_readiness(limit);
        self.configure(&config.session);
    }

    /// Sends the desired settings. They are the session's own frame: told of only if refused.
    fn configure(&mut self, wanted: &SessionConfig) {
        let patch = SessionPatch::from(wanted);
        let needless = patch.is_empty() && !dialect::opens(self.config.dialect);
        if self.config.policy.passive || needless {
            return;
        }
        let command = self.next_command();
        let configure = Command::configure(patch.clone());
        match self.encode(&configure, command, Urgency::Opening) {
            Ok(()) if !self.state.capabilities.acknowledges => {}
            Ok(()) => {
                let extras = dialect::extras(&patch, self.config.dialect);
                self.state.asked(command, patch, extras);
                self.state.commands.originate(command);
            }
            Err(refused) => self.tell(Event::Notice(Box::new(Notice {
                severity: Severity::Error,
                source: Source::Session,
                code: Some(Cow::Borrowed("configuration_unsupported")),
                message: Cow::Owned(refused.to_string()),
                raw: Cow::Borrowed(""),
            }))),
        }
    }

    /// Returns how far the session is.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.state.phase
    }

    /// Returns where the default conversation stands with its response.
    #[must_use]
    pub fn response(&self) -> ResponseState {
        self.state.response()
    }

    /// Returns what the session can do, without what the server has refused as unsupported.
    #[must_use]
    pub fn capabilities(&self) -> &Capabilities {
        &self.state.capabilities
    }

    /// Returns the settings that are in effect, as the server told them last.
    #[must_use]
    pub fn effective_config(&self) -> &SessionConfig {
        &self.state.settings
    }

    /// Returns the conversation, in spoken order.
    #[must_use]
    pub fn conversation(&self) -> &Conversation {
        &self.state.conversation
    }

    /// Returns the usage so far, over all connections, each response once.
    #[must_use]
    pub fn usage(&self) -> &Usage {
        &self.state.usage
    }

    /// Returns the running totals.
    #[must_use]
    pub fn counters(&self) -> Counters {
        Counters {
            audio_bytes_in: self.state.audio_bytes,
            races: self.state.races,
            ..self.counters
        }
    }

    /// Returns the time that was last told before a frame came; `None` while no time is told.
    #[must_use]
    pub fn last_inbound(&self) -> Option<Time> {
        self.state.last_inbound
    }

    /// Returns how much appended audio has not been polled yet.
    #[must_use]
    pub fn audio_backlog(&self) -> Duration {
        self.input_duration(self.outbox.audio_payload())
    }

    /// Returns how many bytes wait to be polled.
    #[must_use]
    pub fn queued_bytes(&self) -> usize {
        self.outbox.queued_bytes()
    }

    /// Returns how many bytes this session holds on the heap, within a tenth of what an allocator
    /// counts: settings, history, what waits to be sent or told. Takes time with the items.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.config.limits.heap()
            + self.state.memory()
            + self.outbox.heap()
            + self.samples.heap()
            + self.streams.heap()
            + self.queued.heap()
    }

    /// What is to be told, behind what is queued already.
    fn out<'f>(&mut self) -> Out<'f> {
        Out::after(core::mem::take(&mut self.queued))
    }

    /// Tells of something that no frame caused.
    fn tell(&mut self, event: Event<'static>) {
        self.counters.events += 1;
        self.queued.push_back(event);
    }

    /// Keeps what was told until it is polled.
    fn keep(&mut self, out: Out<'static>) {
        let before = out.earlier();
        self.queued = out.finish();
        self.counters.events += (self.queued.len() - before) as u64;
    }

    fn input_duration(&self, bytes: usize) -> Duration {
        let format = self.state.input_format();
        format.duration(bytes as u64).unwrap_or_default()
    }
}

/// What may go before what.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Urgency {
    /// Behind everything that was queued before it, unless its kind may pass audio.
    Ordinary,
    /// The same; so many bytes more belong to it, and must have room with it.
    Followed(usize),
    /// Before the session is ready.
    Opening,
    /// The output of a call; whether a reply to it is wanted.
    Reply(bool),
    /// Of the session's own: there is always room for it.
    Own,
    /// The same, and may pass audio.
    Continuation,
}

impl Urgency {
    const fn is_own(self) -> bool {
        matches!(self, Self::Own | Self::Continuation)
    }
}

/// As much of the prefix as leaves `event_id` within its 32 characters.
fn prefix(wanted: &str) -> ArrayString<PREFIX_BYTES> {
    let mut prefix = ArrayString::new();
    let fitting = wanted
        .chars()
        .take_while(|each| prefix.try_push(*each).is_ok())
        .count();
    debug_assert!(
        fitting <= PREFIX_BYTES,
        "an array takes what it has room for"
    );
    prefix
}
