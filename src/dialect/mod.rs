//! Dialects: the wire on one side, the neutral vocabulary on the other. Pure, without state.

mod agent;
mod azure;
pub(crate) mod gemini;
pub(crate) mod openai;
pub(crate) mod pi;
pub(crate) mod synaps;
pub(crate) mod translation;
pub(crate) mod xai;

use crate::{
    audio::AudioFormat,
    command::{Activity, Command, CreateResponse, ItemDraft, Say},
    config::{Dialect, SessionConfig, SessionKind, SessionPatch},
    delta::Delta,
    error::SendError,
    event::{Event, Fault as FaultOf, Ids, Lane, Outcome, Ready, Role, Str, UsageScope, Validity},
    id::{CommandId, Id},
    json::{Fault, Object, Slot, is_object},
    state::{Answered, Expect},
    usage::Usage,
};
use alloc::{borrow::Cow, boxed::Box, string::String, vec::Vec};
use arrayvec::ArrayVec;

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
    ReplyUsage(Usage),
    /// A part of an item was opened.
    PartAdded(Ids<'f>, Lane),
    /// What is said of the session that is no setting of all dialects.
    Extras(Extras),
    /// The server asks for a sign of life, with this number in it.
    Ping(Str<'f>),
    /// The server has nothing more to do: the connection ends.
    Finished,
    /// Usage that is told beside what it belongs to.
    Usage(UsageScope<'f>, Usage),
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
    pub(crate) fault: Option<FaultOf<'f>>,
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

/// What every outbound frame of a command is written with.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each asked on its own"
)]
pub(crate) struct Context {
    pub(crate) dialect: Dialect,
    pub(crate) kind: SessionKind,
    /// The caller marks where the user's turns start and end.
    pub(crate) manual: bool,
    /// A text goes as live input.
    pub(crate) live_text: bool,
    /// An output can say when the model may speak about it.
    pub(crate) scheduling: bool,
    /// An output repeats the id of its call.
    pub(crate) response_id: bool,
    pub(crate) input_format: AudioFormat,
    /// The call that an output answers.
    pub(crate) answered: Answered,
    /// The first frame of the connection.
    pub(crate) opening: Option<Opening>,
    /// A reply is under way or asked for.
    pub(crate) busy: bool,
}

/// What only the first frame of a connection says.
pub(crate) struct Opening {
    /// By what it goes on from an earlier one.
    pub(crate) resume: Option<String>,
}

impl Context {
    pub(crate) fn unsupported(&self, command: &'static str) -> SendError {
        SendError::Unsupported {
            by: self.dialect,
            command,
        }
    }
}

/// The frames of one command, written one behind the other.
pub(crate) struct Batch<'b> {
    text: &'b mut String,
    next: CommandId,
    pub(crate) frames: ArrayVec<Written, 4>,
}

/// One written frame: its length, its own id, and what will settle it.
pub(crate) struct Written {
    pub(crate) bytes: usize,
    pub(crate) number: u64,
    pub(crate) expect: Expect,
}

impl<'b> Batch<'b> {
    /// `next` names the first frame; each further one counts on.
    pub(crate) fn new(text: &'b mut String, next: CommandId) -> Self {
        Self {
            text,
            next,
            frames: ArrayVec::new(),
        }
    }

    /// Writes one frame: `type` first, what the dialect writes, `event_id` last.
    pub(crate) fn frame(
        &mut self,
        kind: &str,
        expect: Expect,
        write: impl FnOnce(&mut Object<'_>),
    ) {
        self.named(expect, |object, event_id| {
            object.plain("type", kind);
            write(object);
            object.plain("event_id", event_id);
        });
    }

    /// Writes one frame that says its id in a way of its own.
    pub(crate) fn named(&mut self, expect: Expect, write: impl FnOnce(&mut Object<'_>, CommandId)) {
        let id = self.next;
        self.bare(expect, |object| write(object, id));
    }

    /// Writes one frame that has neither a type nor an id.
    pub(crate) fn bare(&mut self, expect: Expect, write: impl FnOnce(&mut Object<'_>)) {
        let start = self.text.len();
        let mut object = Object::new(self.text);
        write(&mut object);
        object.end();
        let written = Written {
            bytes: self.text.len() - start,
            number: self.next.number,
            expect,
        };
        debug_assert!(
            !self.frames.is_full(),
            "no command needs more frames than this"
        );
        let _ = self.frames.try_push(written);
        self.next.number += 1;
    }
}

/// What a client frame that somebody else wrote asks for.
#[derive(Default)]
pub(crate) struct Intent {
    pub(crate) event_id: Option<Box<str>>,
    pub(crate) expects: Vec<Expect>,
    /// What is said by it, where the server will not repeat it.
    pub(crate) said: Vec<Said>,
    /// The settings that it asks for, as far as the server does not tell what comes of them.
    pub(crate) wanted: Option<Box<Wanted>>,
    /// The edge of the user's activity that it marks.
    pub(crate) marks: Option<Activity>,
    /// The format of the user's audio that it carries, where it says so.
    pub(crate) format: Option<AudioFormat>,
    /// The functions whose calls it answers without naming them.
    pub(crate) functions: Vec<Box<str>>,
}

/// Settings that a client asks for.
#[derive(Default)]
pub(crate) struct Wanted {
    pub(crate) patch: SessionPatch,
    pub(crate) extras: Extras,
    /// By what the connection goes on from an earlier one.
    pub(crate) handle: Option<Box<str>>,
    /// The frame opens the session.
    pub(crate) opens: bool,
}

/// A message that the client writes.
pub(crate) struct Said {
    pub(crate) role: Role,
    pub(crate) text: Box<str>,
    /// It wants a reply; otherwise it is history.
    pub(crate) asks: bool,
}

/// What an item says, where the server will not repeat it.
pub(crate) fn said(item: &ItemDraft<'_>, dialect: Dialect) -> Option<Said> {
    match dialect {
        Dialect::Gemini | Dialect::GeminiVertex => gemini::said(item),
        _ => None,
    }
}

/// Reads a client frame; none if it is not one JSON object.
pub(crate) fn intent(text: &str, dialect: Dialect, nesting: usize) -> Option<Intent> {
    match dialect {
        Dialect::OpenAi
        | Dialect::OpenAiBeta
        | Dialect::OpenAiTranslation
        | Dialect::AzureVoiceLive => openai::intent(text, nesting),
        Dialect::Xai => xai::intent(text, nesting),
        Dialect::Gemini | Dialect::GeminiVertex => gemini::intent(text, nesting),
        Dialect::Synaps => synaps::intent(text, nesting),
        Dialect::Pi => pi::intent(text, nesting),
        _ => is_object(text).then(Intent::default),
    }
}

/// Whether an outbound frame is audio of the user's.
pub(crate) fn is_audio(text: &str) -> bool {
    let appends = [openai::APPEND.0, translation::APPEND, gemini::AUDIO];
    appends.iter().any(|append| text.starts_with(append))
}

/// What a dialect says around the base64 of the user's audio, and how much one frame may hold.
pub(crate) struct Append {
    pub(crate) before: &'static str,
    pub(crate) after: Cow<'static, str>,
    /// In bytes of audio: whole samples, whole groups of base64.
    pub(crate) most: usize,
}

impl Append {
    /// The same for audio that goes out as it is.
    pub(crate) fn raw(self) -> Self {
        Self {
            before: "",
            after: Cow::Borrowed(""),
            most: self.most,
        }
    }

    pub(crate) const fn is_raw(&self) -> bool {
        self.before.is_empty()
    }
}

/// How a dialect appends audio of a rate; none if it does not.
pub(crate) fn append(dialect: Dialect, rate_hz: u32) -> Option<Append> {
    let (before, after) = openai::APPEND;
    match dialect {
        Dialect::OpenAi | Dialect::OpenAiBeta | Dialect::AzureVoiceLive | Dialect::Xai => {
            Some(Append {
                before,
                after: Cow::Borrowed(after),
                most: openai::APPEND_BYTES,
            })
        }
        Dialect::OpenAiTranslation => Some(Append {
            before: translation::APPEND,
            after: Cow::Borrowed(after),
            most: openai::APPEND_BYTES,
        }),
        Dialect::Gemini | Dialect::GeminiVertex => Some(gemini::append(rate_hz)),
        _ => None,
    }
}

/// Decodes one text frame of the server.
pub(crate) fn decode(text: &str, dialect: Dialect, nesting: usize) -> Result<Decoded<'_>, Fault> {
    match dialect {
        Dialect::AzureVoiceLive => azure::decode(text, nesting),
        Dialect::Gemini | Dialect::GeminiVertex => gemini::decode(text, nesting),
        Dialect::Synaps => synaps::decode(text, nesting),
        Dialect::Pi => pi::decode(text, nesting),
        Dialect::OpenAiTranslation => translation::decode(text, nesting),
        Dialect::Xai => xai::decode(text, nesting),
        _ => openai::decode(text, dialect, nesting),
    }
}

/// The request that has these words spoken, in a dialect where a reply of its own speaks them.
pub(crate) fn spoken(say: &Say<'_>, dialect: Dialect) -> Option<CreateResponse<'static>> {
    match dialect {
        Dialect::AzureVoiceLive => azure::spoken(say),
        _ => None,
    }
}

/// Writes the frames of a command.
pub(crate) fn encode(
    command: &Command<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    match context.dialect {
        Dialect::OpenAi | Dialect::OpenAiBeta => openai::encode(command, context, batch),
        Dialect::Gemini | Dialect::GeminiVertex => gemini::encode(command, context, batch),
        Dialect::Synaps => synaps::encode(command, context, batch),
        Dialect::Pi => pi::encode(command, context, batch),
        Dialect::OpenAiTranslation => translation::encode(command, context, batch),
        Dialect::Xai => xai::encode(command, context, batch),
        Dialect::AzureVoiceLive => azure::encode(command, context, batch),
        _ => Err(context.unsupported(command.name())),
    }
}

/// Whether a connection begins with a frame of settings, even where there are none.
pub(crate) fn opens(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Gemini | Dialect::GeminiVertex)
}

/// What a change of settings asks for beside the settings that all dialects share.
pub(crate) fn extras(patch: &SessionPatch, dialect: Dialect) -> Extras {
    match dialect {
        Dialect::Xai => xai::asked(patch),
        _ => Extras::default(),
    }
}

/// Writes the answer to a server that asks for a sign of life, where the dialect has one.
pub(crate) fn pong(timestamp: &str, dialect: Dialect, out: &mut String) {
    if dialect == Dialect::Xai {
        xai::pong(timestamp, out);
    }
}
