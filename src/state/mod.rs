//! The machines: what a session knows, in neutral words.
//!
//! Everything that changes the state of a session is here, and nothing here knows the wire, JSON or
//! a dialect; what differs between dialects the machines ask of [`Capabilities`]. Each machine is
//! small and has its file:
//!
//! | machine | guarantees | driven by |
//! |---|---|---|
//! | [`responses`] | one end for each response | created, anything of it, done |
//! | [`calls`] | a call is delivered once, then answered or cancelled | items, arguments, ends |
//! | [`texts`] | one end for each text, with what its deltas left unsaid | deltas, done, ends |
//! | [`turns`] | one end for each user turn | speech, commits, items |
//! | [`commands`] | one settlement for each command | frames sent, acknowledgements, errors |
//! | [`conversation`] | spoken order, whatever the order of arrival | items |
//! | [`errors`] | one verdict for each error | errors |
//!
//! They are total on events: the server is the authority, and whatever it says leads to the state
//! that it proves. They are partial on commands, which are the caller's.

mod calls;
mod close;
mod commands;
mod conversation;
mod deltas;
mod ended;
mod errors;
mod items;
mod observe;
mod out;
mod playback;
mod reply;
mod responses;
mod texts;
mod turns;

pub use conversation::{Conversation, ConversationItem};

pub(crate) use calls::Output;
pub(crate) use commands::{Expect, ExpectedItem, settled};
pub(crate) use ended::Ended;
pub(crate) use out::Out;

use crate::{
    audio::AudioFormat,
    capabilities::Capabilities,
    config::{Config, SessionConfig},
    event::{Class, Epoch, Event, LimitReached},
    id::{CommandId, Id},
    session::{Phase, ResponseState},
    usage::Usage,
};
use alloc::{borrow::Cow, boxed::Box};
use calls::Calls;
use commands::Commands;
use core::time::Duration;
use playback::Playback;
use responses::Responses;
use texts::Texts;
use turns::Turns;

/// What all machines know together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) phase: Phase,
    pub(crate) capabilities: Capabilities,
    pub(crate) settings: SessionConfig,
    /// The formats in and out that were configured: what holds until the server tells.
    wanted_formats: (Option<AudioFormat>, Option<AudioFormat>),
    pub(crate) conversation: Conversation,
    pub(crate) usage: Usage,
    pub(crate) commands: Commands,
    responses: Responses,
    calls: Calls,
    texts: Texts,
    turns: Turns,
    playback: Playback,
    /// The session has been told of: the next word of it is an update.
    introduced: bool,
    /// Audio that arrived, surfaced or not, in bytes.
    pub(crate) audio_bytes: u64,
    /// Errors about what had settled by itself.
    pub(crate) races: u64,
    /// The last error after which the session was of no use.
    fatal: Option<Class>,
    /// The command that asked for the end.
    closing: Option<CommandId>,
}

impl State {
    pub(crate) fn new(config: &Config, capabilities: Capabilities) -> Self {
        let limits = &config.limits;
        Self {
            phase: Phase::Opening,
            settings: SessionConfig {
                kind: config.session.kind,
                ..SessionConfig::default()
            },
            wanted_formats: (config.session.input_format, config.session.output_format),
            conversation: Conversation::new(limits),
            usage: Usage::default(),
            commands: Commands::default(),
            responses: Responses::new(limits.tombstones),
            calls: Calls::new(limits.open_calls, limits.tombstones),
            texts: Texts::new(limits.tombstones),
            turns: Turns::new(limits.tombstones),
            playback: Playback::default(),
            introduced: false,
            audio_bytes: 0,
            races: 0,
            fatal: None,
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
        format.unwrap_or(AudioFormat::pcm16(24_000))
    }

    /// Takes over what goes on from one connection to the next.
    pub(crate) fn carry_on(&mut self, before: Self) {
        self.conversation = before.conversation;
        self.conversation.carry_on();
        self.usage = before.usage;
        self.playback = before.playback;
        self.audio_bytes = before.audio_bytes;
        self.races = before.races;
    }

    pub(crate) fn report_playback(&mut self, epoch: Epoch, played: Duration) {
        self.playback.report(epoch, played);
    }

    pub(crate) fn response(&self) -> ResponseState {
        match self.responses.active() {
            Some(response) if response.cancelling => ResponseState::Cancelling,
            Some(_) => ResponseState::Responding,
            None if self.commands.asks_for_response() => ResponseState::Requested,
            None if self.calls.awaiting() => ResponseState::AwaitingTools,
            None => ResponseState::Idle,
        }
    }

    /// What becomes of the output of a call.
    pub(crate) fn output(&self, call_id: &str) -> Output {
        self.calls.output(call_id)
    }

    /// A frame of a command was queued.
    pub(crate) fn sent(
        &mut self,
        command: CommandId,
        number: u64,
        own: Option<Box<str>>,
        expect: Expect,
    ) {
        if let Some(call_id) = expect.answers() {
            self.calls.answered(call_id);
        }
        if let Expect::Ended(response_id) = &expect {
            self.responses.cancelling(response_id.as_deref());
        }
        self.commands.sent(command, number, own, expect);
    }

    pub(crate) fn memory(&self) -> usize {
        self.conversation.memory()
            + self.commands.memory()
            + self.responses.memory()
            + self.calls.memory()
            + self.texts.memory()
            + self.turns.memory()
    }
}

/// Tells that a limit was hit.
pub(crate) fn limit<'f>(name: &'static str, item_id: Option<Id<'f>>) -> Event<'f> {
    Event::LimitReached(LimitReached {
        limit: Cow::Borrowed(name),
        item_id,
    })
}
