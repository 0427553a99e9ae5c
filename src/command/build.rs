//! How commands are built.

use super::{
    Activity, AgentCommand, AppendAudio, Approve, CancelResponse, Command, CreateItem,
    CreateResponse, Interrupt, ItemDraft, ItemRef, Raw, ReportPlayback, Say, SendMedia, SendText,
    ToolOutput, Truncate,
};
use crate::{config::SessionPatch, event::Epoch};
use alloc::{borrow::Cow, boxed::Box};
use core::time::Duration;

impl<'a> Command<'a> {
    /// Returns audio of the user, as raw bytes in the input format.
    #[must_use]
    pub const fn append_audio(audio: &'a [u8]) -> Self {
        Self::AppendAudio(AppendAudio::Bytes(Cow::Borrowed(audio)))
    }

    /// Returns audio of the user, as base64 of bytes in the input format.
    #[must_use]
    pub const fn append_base64(audio: &'a str) -> Self {
        Self::AppendAudio(AppendAudio::Base64(Cow::Borrowed(audio)))
    }

    /// Returns a message of the user's, said now, that wants a reply.
    #[must_use]
    pub fn text(text: &'a str) -> Self {
        Self::SendText(SendText::new(text))
    }

    /// Returns words that the model speaks verbatim.
    #[must_use]
    pub fn say(text: &'a str) -> Self {
        Self::Say(Say::new(text))
    }

    /// Returns an image that becomes a conversation item.
    #[must_use]
    pub fn image(mime: &'a str, data: &'a [u8]) -> Self {
        Self::SendMedia(SendMedia::new(mime, data))
    }

    /// Returns a frame of the live video stream.
    #[must_use]
    pub fn video_frame(mime: &'a str, data: &'a [u8]) -> Self {
        Self::SendMedia(SendMedia::frame(mime, data))
    }

    /// Returns the mark that the user begins to speak.
    #[must_use]
    pub const fn activity_start() -> Self {
        Self::Activity(Activity::Start)
    }

    /// Returns the mark that the user has spoken.
    #[must_use]
    pub const fn activity_end() -> Self {
        Self::Activity(Activity::End)
    }

    /// Returns a change of settings.
    #[must_use]
    pub fn configure(patch: SessionPatch) -> Self {
        Self::Configure(Box::new(patch))
    }

    /// Returns an item for the end of the conversation.
    #[must_use]
    pub fn create_item(item: ItemDraft<'a>) -> Self {
        Self::CreateItem(CreateItem::new(item))
    }

    /// Returns the wish to see a whole item, its audio included.
    #[must_use]
    pub fn retrieve_item(item_id: &'a str) -> Self {
        Self::RetrieveItem(ItemRef::new(item_id))
    }

    /// Returns the removal of an item.
    #[must_use]
    pub fn delete_item(item_id: &'a str) -> Self {
        Self::DeleteItem(ItemRef::new(item_id))
    }

    /// Returns the cut of an item to what was heard of it, rounded down to milliseconds.
    #[must_use]
    pub fn truncate(item_id: &'a str, content_index: u32, heard: Duration) -> Self {
        Self::Truncate(Truncate::new(item_id, content_index, heard))
    }

    /// Returns the wish for a response that is as the session says.
    #[must_use]
    pub fn create_response() -> Self {
        Self::CreateResponse(Box::default())
    }

    /// Returns the end of the response in progress.
    #[must_use]
    pub const fn cancel_response() -> Self {
        Self::CancelResponse(CancelResponse { response_id: None })
    }

    /// Returns the end of what is said and what is played.
    #[must_use]
    pub const fn interrupt() -> Self {
        Self::Interrupt(Interrupt {})
    }

    /// Returns the output of a tool that succeeded; it wants a reply.
    #[must_use]
    pub fn tool_output(call_id: &'a str, output: &'a str) -> Self {
        Self::ToolOutput(ToolOutput::new(call_id, output))
    }

    /// Returns what a tool that failed says about it; it wants a reply.
    #[must_use]
    pub fn tool_error(call_id: &'a str, message: &'a str) -> Self {
        Self::ToolOutput(ToolOutput::error(call_id, message))
    }

    /// Returns the answer to a request for approval, without a reason.
    #[must_use]
    pub fn approve(approval_id: &'a str, approve: bool) -> Self {
        Self::Approve(Approve::new(approval_id, approve))
    }

    /// Returns a report of how much was played since `epoch` began, over all items together.
    #[must_use]
    pub const fn playback(epoch: Epoch, played: Duration) -> Self {
        Self::ReportPlayback(ReportPlayback::new(epoch, played))
    }

    /// Returns a frame that is sent verbatim: one JSON object of the protocol.
    #[must_use]
    pub fn raw(text: &'a str) -> Self {
        Self::Raw(Raw::new(text))
    }
}

impl Command<'_> {
    /// Returns the name of the command, as JSON and errors have it: `append_audio`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Configure(_) => "configure",
            Self::AppendAudio(_) => "append_audio",
            Self::CommitInput => "commit_input",
            Self::ClearInput => "clear_input",
            Self::EndAudioStream => "end_audio_stream",
            Self::Activity(_) => "activity",
            Self::SendText(_) => "send_text",
            Self::Say(_) => "say",
            Self::SendMedia(_) => "send_media",
            Self::CreateItem(_) => "create_item",
            Self::RetrieveItem(_) => "retrieve_item",
            Self::DeleteItem(_) => "delete_item",
            Self::Truncate(_) => "truncate",
            Self::CreateResponse(_) => "create_response",
            Self::CancelResponse(_) => "cancel_response",
            Self::Interrupt(_) => "interrupt",
            Self::ClearOutput => "clear_output",
            Self::ToolOutput(_) => "tool_output",
            Self::Approve(_) => "approve",
            Self::ReportPlayback(_) => "report_playback",
            Self::Ping => "ping",
            Self::Close => "close",
            Self::Agent(_) => "agent",
            Self::Raw(_) => "raw",
        }
    }
}

impl From<SessionPatch> for Command<'_> {
    fn from(patch: SessionPatch) -> Self {
        Self::configure(patch)
    }
}

impl<'a> From<CreateResponse<'a>> for Command<'a> {
    fn from(response: CreateResponse<'a>) -> Self {
        Self::CreateResponse(Box::new(response))
    }
}

impl<'a> From<AppendAudio<'a>> for Command<'a> {
    fn from(payload: AppendAudio<'a>) -> Self {
        Self::AppendAudio(payload)
    }
}

impl<'a> From<SendText<'a>> for Command<'a> {
    fn from(payload: SendText<'a>) -> Self {
        Self::SendText(payload)
    }
}

impl<'a> From<Say<'a>> for Command<'a> {
    fn from(payload: Say<'a>) -> Self {
        Self::Say(payload)
    }
}

impl<'a> From<SendMedia<'a>> for Command<'a> {
    fn from(payload: SendMedia<'a>) -> Self {
        Self::SendMedia(payload)
    }
}

impl<'a> From<CreateItem<'a>> for Command<'a> {
    fn from(payload: CreateItem<'a>) -> Self {
        Self::CreateItem(payload)
    }
}

impl<'a> From<Truncate<'a>> for Command<'a> {
    fn from(payload: Truncate<'a>) -> Self {
        Self::Truncate(payload)
    }
}

impl<'a> From<CancelResponse<'a>> for Command<'a> {
    fn from(payload: CancelResponse<'a>) -> Self {
        Self::CancelResponse(payload)
    }
}

impl<'a> From<ToolOutput<'a>> for Command<'a> {
    fn from(payload: ToolOutput<'a>) -> Self {
        Self::ToolOutput(payload)
    }
}

impl<'a> From<Approve<'a>> for Command<'a> {
    fn from(payload: Approve<'a>) -> Self {
        Self::Approve(payload)
    }
}

impl<'a> From<Raw<'a>> for Command<'a> {
    fn from(payload: Raw<'a>) -> Self {
        Self::Raw(payload)
    }
}

impl<'a> From<AgentCommand<'a>> for Command<'a> {
    fn from(payload: AgentCommand<'a>) -> Self {
        Self::Agent(payload)
    }
}

impl From<Activity> for Command<'_> {
    fn from(payload: Activity) -> Self {
        Self::Activity(payload)
    }
}

impl From<Interrupt> for Command<'_> {
    fn from(payload: Interrupt) -> Self {
        Self::Interrupt(payload)
    }
}

impl From<ReportPlayback> for Command<'_> {
    fn from(payload: ReportPlayback) -> Self {
        Self::ReportPlayback(payload)
    }
}
