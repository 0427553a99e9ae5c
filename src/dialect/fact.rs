//! What a server frame says, in neutral words.

use crate::{
    config::SessionConfig,
    delta::Delta,
    event::{Event, Fault, Ids, Lane, Outcome, Ready, Str, UsageReport, Validity},
    id::Id,
    json::Slot,
    usage::Usage,
};
use alloc::{boxed::Box, string::String, vec::Vec};

/// One frame, decoded.
pub(crate) struct Decoded<'f> {
    /// The wire name of the frame.
    pub(crate) kind: Slot,
    pub(crate) event_id: Slot,
    pub(crate) body: Body<'f>,
}

pub(crate) enum Body<'f> {
    Delta(Delta),
    Facts(Vec<Fact<'f>>),
}

/// One thing that a frame says, in neutral words and without regard to what came before.
pub(crate) enum Fact<'f> {
    /// Surfaces as it is, unless the machines know better.
    Event(Event<'f>),
    /// A delta beside other things, and the frame that it lies in.
    Delta(Delta, &'f str),
    /// The session and its effective settings, whole.
    Session(Box<SessionFact<'f>>),
    /// A call that is yours to answer, whole or in pieces.
    Call(Box<CallFact<'f>>),
    /// All of the reply under way is generated; its turn goes on.
    Generated,
    /// The transcript of the reply under way is whole.
    SpokenOver,
    /// The transcript of what the user says is whole.
    WordsOver,
    /// The user says something new: what was answered before is over.
    NewWords,
    /// The model pauses: its turn goes on, unless it was cut.
    Paused,
    /// The model says nothing more before the user does.
    Waits,
    /// A part of what the reply under way consumes.
    ReplyUsage(Box<Usage>),
    /// A part of an item was opened.
    PartAdded(Ids<'f>, Lane),
    /// What is said of the session that is no setting of all dialects.
    Extras(Extras),
    /// The server asks for a sign of life, with this number in it.
    Ping(Str<'f>),
    /// The server has nothing more to do: the connection ends.
    Finished,
    /// Usage that is told beside what it belongs to.
    Usage(Box<UsageReport<'f>>),
    /// The server answers a command, by its name.
    Answer(Box<Answer<'f>>),
    /// How the last message of the reply under way ended.
    Stopped(Outcome<'f>),
    /// The reply under way is over, begun first if nothing of it was told.
    ReplyOver(Box<ReplyOver<'f>>),
    /// A run of the model's is over; the reply too, unless the server tells that apart.
    RunOver(Box<ReplyOver<'f>>),
    /// This server tells when a reply is over, apart from the runs that it consists of.
    Settles,
    /// These settings are in effect.
    InEffect(InEffect<'f>),
    /// The conversation is empty now.
    Emptied,
    /// All that a text of the reply says so far.
    TextSoFar(Ids<'f>, Lane, Str<'f>),
    /// Another message says the same, and more.
    Redundant,
    /// The peer is there, and says nothing else.
    Alive,
}

/// A call as one frame tells it.
pub(crate) struct CallFact<'f> {
    pub(crate) id: Option<Id<'f>>,
    pub(crate) name: Option<Str<'f>>,
    /// All of the arguments; absent where they come in pieces.
    pub(crate) arguments: Option<(Str<'f>, Validity)>,
    pub(crate) pieces: Vec<Piece<'f>>,
    /// More pieces follow.
    pub(crate) continues: bool,
    /// Makes the arguments of all pieces.
    pub(crate) assemble: fn(&[Assembled]) -> String,
}

/// A piece of the arguments of a call: a value, or more of a text.
pub(crate) struct Piece<'f> {
    pub(crate) path: Str<'f>,
    pub(crate) value: Str<'f>,
    /// Whether the value is a text, to which more can be added.
    pub(crate) text: bool,
}

/// A value of the arguments of a call, and where it belongs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Assembled {
    pub(crate) path: Box<str>,
    pub(crate) value: String,
    pub(crate) text: bool,
}

/// What a server says to a command that it names.
pub(crate) struct Answer<'f> {
    pub(crate) command: Option<Id<'f>>,
    /// Why it was refused, if it was.
    pub(crate) fault: Option<Fault<'f>>,
    /// Whether a reply follows where one was asked for.
    pub(crate) replies: bool,
}

/// The end of a reply, as a server tells it that names no replies.
pub(crate) struct ReplyOver<'f> {
    /// The command that asked for it, where that is told; it has its answer in this.
    pub(crate) command: Option<Id<'f>>,
    /// Absent where it ended as its last message did.
    pub(crate) outcome: Option<Outcome<'f>>,
    pub(crate) raw: Str<'f>,
}

/// Settings that are in effect; of the absent ones nothing is told.
pub(crate) struct InEffect<'f> {
    pub(crate) model: Option<Str<'f>>,
    pub(crate) reasoning: Option<Str<'f>>,
}

pub(crate) struct SessionFact<'f> {
    /// The first word of the session, not the answer to a change.
    pub(crate) created: bool,
    pub(crate) ready: Ready<'f>,
    /// Absent where none were told: those that were told before stay in force.
    pub(crate) settings: Option<SessionConfig>,
    pub(crate) detection: Detection,
}

/// What the server does at the ends of turns; absent is not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Detection {
    /// Creates a response.
    pub(crate) creates: Option<bool>,
    /// Ends the response in progress when the user speaks.
    pub(crate) interrupts: Option<bool>,
    /// Cuts the item that was interrupted.
    pub(crate) truncates: Option<bool>,
}

/// What a session object may say that is no setting of all dialects; none where it does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extras {
    /// The user's audio goes out raw, in binary frames.
    pub(crate) binary_input: Option<bool>,
    /// The conversation can be taken up again on another connection.
    pub(crate) resumable: Option<bool>,
}

impl Extras {
    /// These, with what others say over them.
    pub(crate) fn or(self, earlier: Self) -> Self {
        Self {
            binary_input: self.binary_input.or(earlier.binary_input),
            resumable: self.resumable.or(earlier.resumable),
        }
    }
}
