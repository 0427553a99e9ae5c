//! Commands: what the application wants said or done.

mod agent;
mod audio;
mod build;
mod heap;
mod item;
mod owned;
mod raw;
mod response;
mod text;
mod tool;

pub use agent::AgentCommand;
pub use audio::{Activity, AppendAudio, MediaTarget, ReportPlayback, SendMedia};
pub use item::{
    Content as DraftContent, CreateItem, ItemBody, ItemDraft, ItemRef, Position, Truncate,
};
pub use raw::Raw;
pub use response::{CancelResponse, CreatePolicy, CreateResponse, InputItem, Interrupt};
pub use text::{Attachment, Deliver, Say, SendText};
pub use tool::{Approve, Scheduling, ToolOutput};

pub use crate::event::Str;

use crate::config::SessionPatch;
use alloc::boxed::Box;
use serde::{Deserialize, Serialize};

/// One thing that the application wants said or done.
///
/// Built by constructors that take `&str` and `&[u8]` and borrow them; what is read from JSON owns
/// its parts. A command that the dialect cannot express is refused or, where the variant says so,
/// emulated, never ignored.
///
/// [`AppendAudio`](Self::AppendAudio), [`ReportPlayback`](Self::ReportPlayback),
/// [`Ping`](Self::Ping) and video frames are streams: nothing tells how they ended. Every other
/// command has exactly one `Event::CommandSettled`.
///
/// ```
/// use realtime_proto::{Command, CreateResponse, SendText};
///
/// let hello = Command::text("Hello!");
/// assert_eq!(serde_json::to_string(&hello)?, r#"{"type":"send_text","text":"Hello!"}"#);
///
/// let mut silent = SendText::new("The user opened the settings.");
/// silent.respond = false;
/// let silent = Command::from(silent);
///
/// let read: Command<'static> = serde_json::from_str(r#"{"type":"create_response"}"#)?;
/// assert_eq!(read, Command::create_response());
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # JSON
/// An object that the key `type` tells apart, its value the variant's name in snake case. Absent
/// keys have their defaults, unknown keys are ignored. Durations are integer milliseconds under a
/// key that ends in `_ms`, bytes are base64.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Command<'a> {
    /// Changes settings; absent, `null` and a value are three different frames.
    ///
    /// OpenAI, xAI, translation `session.update`, for beta transcription sessions
    /// `transcription_session.update`; Gemini `setup`, at the opening only, and for models that take
    /// it `contextUpdate` of instructions and tools; agents `set_model`, pi also
    /// `set_thinking_level` for the reasoning. What can never change is refused as immutable; what
    /// cannot change at the moment settles as rejected. Azure's voices, whose names have a `-`, are
    /// written as `azure-standard`.
    Configure(Box<SessionPatch>),
    /// Appends audio of the user: whole samples in the input format. A stream.
    ///
    /// OpenAI, xAI `input_audio_buffer.append`, at most 15 MiB, best 20 to 100 ms at a time; xAI a
    /// binary frame, where the input's `transport` is `binary`; translation
    /// `session.input_audio_buffer.append`; Gemini `realtimeInput.audio`; Nova
    /// Sonic `audioInput`.
    AppendAudio(AppendAudio<'a>),
    /// Ends the user's turn: what was appended becomes an item. It asks for no response.
    ///
    /// OpenAI, xAI `input_audio_buffer.commit`, of at least 100 ms. Where a server detects turns it
    /// may come too late, and then settles as superseded. Gemini has none; where the caller marks
    /// activity it is emulated by `realtimeInput.activityEnd`.
    CommitInput,
    /// Throws away what was appended and is not committed, and what was not even sent.
    ///
    /// OpenAI, xAI `input_audio_buffer.clear`.
    ClearInput,
    /// Says that the microphone was closed: the server shall wait for no more audio.
    ///
    /// Gemini `realtimeInput.audioStreamEnd`, where the server detects activity; Nova Sonic
    /// `contentEnd` of the audio.
    EndAudioStream,
    /// Marks where the user's activity starts or ends, where the caller detects it.
    ///
    /// Gemini `realtimeInput.activityStart` and `realtimeInput.activityEnd`: one start for each end,
    /// what is marked already settles as superseded.
    Activity(Activity),
    /// Says something in words, and asks for a reply unless told otherwise.
    ///
    /// OpenAI, xAI `conversation.item.create` and `response.create`; agents `prompt`, `follow_up`,
    /// `steer`: see [`Deliver`]. Gemini `clientContent`, which cuts the reply in progress; with
    /// `Capabilities::live_text` `realtimeInput.text`. A `clientContent` that wants no reply leaves
    /// its turn open: until a later one completes it the model may answer nothing.
    SendText(SendText<'a>),
    /// Makes the model speak these words verbatim, where the dialect can.
    ///
    /// xAI `conversation.item.create` of a `force_message`; Azure Voice Live `response.create`
    /// with `pre_generated_assistant_message`.
    Say(Say<'a>),
    /// Shows an image, or a frame of a video; a frame is a stream.
    ///
    /// OpenAI `conversation.item.create` with `input_image`; Gemini `clientContent` with
    /// `inlineData`, a frame `realtimeInput.video`.
    SendMedia(SendMedia<'a>),
    /// Writes an item into the conversation. It asks for no response.
    ///
    /// OpenAI, xAI `conversation.item.create`; Gemini `clientContent` whose turn is not complete, of
    /// the user or the model: there is no role of the system's, and no place for a call. Gemini does
    /// not repeat it; it stands in the conversation at once, under a name of the session's own. What
    /// is told again after a reconnect stands there once.
    CreateItem(CreateItem<'a>),
    /// Asks for a whole item, its audio included; it arrives as `Event::ItemRetrieved`.
    ///
    /// OpenAI `conversation.item.retrieve`.
    RetrieveItem(ItemRef<'a>),
    /// Removes an item from the conversation.
    ///
    /// OpenAI, xAI `conversation.item.delete`.
    DeleteItem(ItemRef<'a>),
    /// Cuts an item of the assistant's to what was heard of it.
    ///
    /// OpenAI, xAI `conversation.item.truncate`. A barge-in does it by itself.
    Truncate(Truncate<'a>),
    /// Asks for a response: now, or when the one in progress has ended.
    ///
    /// OpenAI, xAI `response.create`; Gemini `clientContent` with `turnComplete`. At Azure one that
    /// replaces says `cancel_previous`, and one beside the conversation is not committed (`commit`).
    CreateResponse(Box<CreateResponse<'a>>),
    /// Stops the generation of a response. It flushes nothing: what was received may be played.
    ///
    /// OpenAI, xAI `response.cancel`; agents `abort`. Gemini has none; where the caller marks
    /// activity it is emulated by `realtimeInput.activityStart`.
    CancelResponse(CancelResponse<'a>),
    /// Cuts in: stops the response, flushes what is played, cuts the item to what was heard.
    ///
    /// OpenAI, xAI `response.cancel` and `conversation.item.truncate`, where the audio passes
    /// elsewhere `response.cancel` and, at OpenAI, `output_audio_buffer.clear`; agents `abort`.
    /// Gemini: emulated, by handing out no more of the reply, and `realtimeInput.activityStart` where
    /// the caller marks activity.
    Interrupt(Interrupt),
    /// Drops the audio that the server has queued for playback, where it owns the playback.
    ///
    /// OpenAI `output_audio_buffer.clear`, with WebRTC and SIP only; Azure, with an avatar.
    ClearOutput,
    /// Answers a tool call.
    ///
    /// A reply is asked for once all calls of the response are answered.
    ///
    /// OpenAI, xAI `conversation.item.create` of a `function_call_output`, then `response.create`;
    /// Gemini `toolResponse`; Nova Sonic `toolResult`.
    ToolOutput(ToolOutput<'a>),
    /// Answers `Event::ApprovalRequested`.
    ///
    /// OpenAI `conversation.item.create` of an `mcp_approval_response`.
    Approve(Approve<'a>),
    /// Tells how much was really played. A stream; nothing is sent.
    ///
    /// It is what a later barge-in cuts to.
    ReportPlayback(ReportPlayback),
    /// Asks for a sign of life. A stream.
    ///
    /// Only where the protocol has one of its own; transports have theirs. A `ping` of xAI's server
    /// the session answers by itself, with `pong`.
    Ping,
    /// Ends the session: the protocol's own way first where it has one, then the transport's.
    ///
    /// OpenAI translation and GPT-Live `session.close`, whose answer the transport's end waits for; Nova Sonic `promptEnd` and `sessionEnd`;
    /// synaps `shutdown`.
    Close,
    /// Asks an agent for what only agents do.
    Agent(AgentCommand<'a>),
    /// Sends a frame verbatim.
    ///
    /// It is never refused but for its length and for not being one JSON object, and understood as
    /// far as its kind allows. Azure `input_text.delta`, `input_text.done`, `input_audio.clear`,
    /// `input_audio.turn.start`, `input_audio.turn.append`, `input_audio.turn.end`,
    /// `input_audio.turn.cancel`, `session.avatar.connect` and `rtc.call.sdp.create` have no other
    /// words here.
    Raw(Raw<'a>),
}
