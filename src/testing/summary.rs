//! Counts of what happened in a session.

use crate::{
    command::{Command, MediaTarget},
    counters::Counters,
    error::SendError,
    event::{CommandSettled, Event, Outcome, Settlement, UsageKind, UsageReport, UsageScope},
    id::Id,
    transport::Transmit,
    usage::Usage,
};
use alloc::vec::Vec;
use serde::Serialize;

/// Counts of what happened in a session: a fold over its events, its frames and its counters.
///
/// [`Replay::summary`](super::Replay::summary) makes one of a recording. Of a live session, pass
/// what happens to the methods here, and the counters at the end.
///
/// ```
/// use realtime_proto::{Close, Config, Dialect, Session, testing::Summary};
///
/// let mut session = Session::new(Config::new(Dialect::OpenAi));
/// let mut summary = Summary::default();
/// for event in session.receive(r#"{"type":"response.created","response":{"id":"resp_1"}}"#) {
///     summary.observe(&event);
/// }
/// session.disconnected(Close::lost());
/// while let Some(event) = session.poll_event() {
///     summary.observe(&event);
/// }
/// summary.count(session.counters());
/// assert_eq!((summary.frames, summary.responses.started, summary.responses.lost), (1, 1, 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// Frames of the server.
    pub frames: u64,
    /// Events.
    pub events: u64,
    /// Frames that the dialect does not know.
    pub unknown: u64,
    /// Frames that are no message.
    pub malformed: u64,
    /// Errors that the server reported.
    pub errors: u64,
    /// Commands that the session refused: mistakes of the caller.
    pub misuse: u64,
    /// Frames that were sent, and closes.
    pub transmits: u64,
    /// What became of the responses.
    pub responses: ResponseCounts,
    /// What became of the calls that were yours to answer.
    pub calls: CallCounts,
    /// What became of the commands.
    pub commands: CommandCounts,
    /// Bytes of audio received, decoded, surfaced or not.
    pub audio_bytes: u64,
    /// Deltas that a learned template decoded.
    pub template_hits: u64,
    /// Deltas that the ordinary path decoded.
    pub template_misses: u64,
    /// What the responses consumed, each counted once.
    pub usage: TokenCounts,
    /// Calls that were delivered and not cancelled.
    #[serde(skip)]
    delivered: Vec<Id<'static>>,
}

/// What became of the responses: each that started ended in one of these ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ResponseCounts {
    /// Responses that started.
    pub started: u64,
    /// Those that the model completed.
    pub completed: u64,
    /// Those that somebody cut.
    pub cancelled: u64,
    /// Those that were stopped before they were done.
    pub incomplete: u64,
    /// Those that went wrong.
    pub failed: u64,
    /// Those that the connection did not outlive.
    pub lost: u64,
}

/// What became of the calls that were yours to answer.
///
/// No event says that an answer was sent. But a session cancels at its end every call that has
/// none, so what was delivered and never cancelled was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CallCounts {
    /// Calls that were delivered.
    pub delivered: u64,
    /// Those that were not cancelled: at the end of a session, those that were answered.
    pub answered: u64,
    /// Those that were cancelled after they had been delivered.
    pub cancelled: u64,
}

/// What became of the commands, streams aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CommandCounts {
    /// Commands that the session took; frames of a client among them.
    pub sent: u64,
    /// Those that the server acknowledged.
    pub accepted: u64,
    /// Those that left and that nobody acknowledges.
    pub unacknowledged: u64,
    /// Those that the server refused.
    pub rejected: u64,
    /// Those that had become needless.
    pub superseded: u64,
    /// Those that were thrown away before they left.
    pub dropped: u64,
    /// Those that the session did not outlive.
    pub unknown: u64,
}

/// Tokens, as the provider counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TokenCounts {
    /// Tokens that went in.
    pub input_tokens: u64,
    /// Tokens that came out.
    pub output_tokens: u64,
    /// The totals as they were sent.
    pub total_tokens: u64,
}

impl Summary {
    /// Counts an event.
    pub fn observe(&mut self, event: &Event<'_>) {
        self.events += 1;
        match event {
            Event::Unknown(_) => self.unknown += 1,
            Event::Malformed(_) => self.malformed += 1,
            Event::Error(_) => self.errors += 1,
            Event::ResponseStarted(_) => self.responses.started += 1,
            Event::ResponseFinished(finished) => {
                self.responses.end(&finished.outcome);
                self.usage.add(finished.usage.as_ref());
            }
            Event::Usage(report) => self.usage.add(late(report)),
            Event::ToolCall(call) => self.delivered(&call.call_id),
            Event::ToolCallCancelled(cancelled) => {
                cancelled.call_ids.iter().for_each(|id| self.cancelled(id));
            }
            Event::CommandSettled(settled) => self.commands.settle(settled),
            _ => {}
        }
    }

    /// Counts a command that the session took; streams do not count.
    pub fn sent(&mut self, command: &Command<'_>) {
        self.commands.sent += u64::from(!Self::is_stream(command));
    }

    /// Counts a command that the session refused.
    pub const fn refused(&mut self, _: &SendError) {
        self.misuse += 1;
    }

    /// Counts something that was sent.
    pub const fn transmit(&mut self, _: Transmit<'_>) {
        self.transmits += 1;
    }

    /// Takes over what the session itself counts: frames, bytes of audio, templates.
    pub const fn count(&mut self, counters: Counters) {
        self.frames = counters.frames_in;
        self.audio_bytes = counters.audio_bytes_in;
        self.template_hits = counters.template_hits;
        self.template_misses = counters.template_misses;
    }

    /// Whether nothing will tell what became of a command.
    pub(super) fn is_stream(command: &Command<'_>) -> bool {
        match command {
            Command::AppendAudio(_) | Command::ReportPlayback(_) | Command::Ping => true,
            Command::SendMedia(media) => media.target == MediaTarget::Stream,
            _ => false,
        }
    }

    fn delivered(&mut self, id: &Id<'_>) {
        self.delivered.push(id.clone().into_owned());
        self.calls.delivered += 1;
        self.calls.answered += 1;
    }

    fn cancelled(&mut self, id: &Id<'_>) {
        if let Some(at) = self.delivered.iter().position(|call| call == id) {
            self.delivered.swap_remove(at);
            self.calls.answered -= 1;
            self.calls.cancelled += 1;
        }
    }
}

/// The usage of a response that had ended before it was told.
fn late<'e>(report: &'e UsageReport<'_>) -> Option<&'e Usage> {
    let of_response = matches!(report.scope, UsageScope::Response(_));
    (of_response && report.kind == UsageKind::Delta).then_some(&report.usage)
}

impl ResponseCounts {
    fn end(&mut self, outcome: &Outcome<'_>) {
        *match outcome {
            Outcome::Completed(_) => &mut self.completed,
            Outcome::Incomplete(_) => &mut self.incomplete,
            Outcome::Cancelled(_) => &mut self.cancelled,
            Outcome::Failed(_) => &mut self.failed,
            Outcome::Lost => &mut self.lost,
        } += 1;
    }

    /// How many ended, in whatever way.
    #[must_use]
    pub const fn ended(&self) -> u64 {
        self.completed + self.cancelled + self.incomplete + self.failed + self.lost
    }
}

impl CommandCounts {
    fn settle(&mut self, settled: &CommandSettled<'_>) {
        *match settled.outcome {
            Settlement::Accepted => &mut self.accepted,
            Settlement::Sent => &mut self.unacknowledged,
            Settlement::Rejected(_) => &mut self.rejected,
            Settlement::Superseded => &mut self.superseded,
            Settlement::Dropped(_) => &mut self.dropped,
            Settlement::Unknown => &mut self.unknown,
        } += 1;
    }

    /// How many settled, in whatever way.
    #[must_use]
    pub const fn settled(&self) -> u64 {
        self.accepted
            + self.unacknowledged
            + self.rejected
            + self.superseded
            + self.dropped
            + self.unknown
    }
}

impl TokenCounts {
    fn add(&mut self, usage: Option<&Usage>) {
        let Some(usage) = usage else { return };
        self.input_tokens = self.input_tokens.saturating_add(usage.input.total);
        self.output_tokens = self.output_tokens.saturating_add(usage.output.total);
        self.total_tokens = self.total_tokens.saturating_add(usage.total_tokens);
    }
}
