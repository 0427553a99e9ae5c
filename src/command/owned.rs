//! Commands that outlive what they were built from.

use super::{
    AgentCommand, AppendAudio, Approve, Attachment, CancelResponse, Command, CreateItem,
    CreateResponse, DraftContent, InputItem, ItemBody, ItemDraft, ItemRef, Position, Raw, Say,
    SendMedia, SendText, Str, ToolOutput, Truncate,
};
use alloc::{borrow::Cow, boxed::Box, vec::Vec};

fn text(text: Str<'_>) -> Str<'static> {
    Cow::Owned(text.into_owned())
}

fn bytes(bytes: Cow<'_, [u8]>) -> Cow<'static, [u8]> {
    Cow::Owned(bytes.into_owned())
}

impl Command<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Command<'static> {
        match self {
            Self::Configure(patch) => Command::Configure(patch),
            Self::AppendAudio(audio) => Command::AppendAudio(audio.into_owned()),
            Self::CommitInput => Command::CommitInput,
            Self::ClearInput => Command::ClearInput,
            Self::EndAudioStream => Command::EndAudioStream,
            Self::Activity(edge) => Command::Activity(edge),
            Self::SendText(message) => Command::SendText(message.into_owned()),
            Self::Say(say) => Command::Say(Say {
                text: text(say.text),
            }),
            Self::SendMedia(media) => Command::SendMedia(media.into_owned()),
            Self::CreateItem(create) => Command::CreateItem(create.into_owned()),
            Self::RetrieveItem(item) => Command::RetrieveItem(item.into_owned()),
            Self::DeleteItem(item) => Command::DeleteItem(item.into_owned()),
            Self::Truncate(cut) => Command::Truncate(cut.into_owned()),
            Self::CreateResponse(create) => Command::CreateResponse(Box::new(create.into_owned())),
            Self::CancelResponse(cancel) => Command::CancelResponse(cancel.into_owned()),
            Self::Interrupt(interrupt) => Command::Interrupt(interrupt),
            Self::ClearOutput => Command::ClearOutput,
            Self::ToolOutput(output) => Command::ToolOutput(output.into_owned()),
            Self::Approve(answer) => Command::Approve(answer.into_owned()),
            Self::ReportPlayback(report) => Command::ReportPlayback(report),
            Self::Ping => Command::Ping,
            Self::Close => Command::Close,
            Self::Agent(command) => Command::Agent(command.into_owned()),
            Self::Raw(raw) => Command::Raw(Raw {
                text: text(raw.text),
            }),
        }
    }
}

impl AppendAudio<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> AppendAudio<'static> {
        match self {
            Self::Bytes(audio) => AppendAudio::Bytes(bytes(audio)),
            Self::Base64(audio) => AppendAudio::Base64(text(audio)),
        }
    }
}

impl SendText<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> SendText<'static> {
        SendText {
            text: text(self.text),
            role: self.role,
            deliver: self.deliver,
            respond: self.respond,
            attachments: self
                .attachments
                .into_iter()
                .map(Attachment::into_owned)
                .collect(),
        }
    }
}

impl Attachment<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Attachment<'static> {
        Attachment {
            mime: text(self.mime),
            data: bytes(self.data),
        }
    }
}

impl SendMedia<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> SendMedia<'static> {
        SendMedia {
            mime: text(self.mime),
            data: bytes(self.data),
            target: self.target,
        }
    }
}

impl CreateItem<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> CreateItem<'static> {
        CreateItem {
            item: self.item.into_owned(),
            at: self.at.into_owned(),
        }
    }
}

impl ItemDraft<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> ItemDraft<'static> {
        ItemDraft {
            id: self.id.map(text),
            body: self.body.into_owned(),
            extra: self.extra,
        }
    }
}

impl ItemBody<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> ItemBody<'static> {
        match self {
            Self::Message { role, content } => ItemBody::Message {
                role,
                content: content.into_iter().map(DraftContent::into_owned).collect(),
            },
            Self::Call {
                call_id,
                name,
                arguments,
            } => ItemBody::Call {
                call_id: text(call_id),
                name: text(name),
                arguments: text(arguments),
            },
            Self::Output { call_id, output } => ItemBody::Output {
                call_id: text(call_id),
                output: text(output),
            },
            Self::Raw { json } => ItemBody::Raw { json },
        }
    }
}

impl DraftContent<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> DraftContent<'static> {
        match self {
            Self::Text { text: words } => DraftContent::Text { text: text(words) },
            Self::Audio { audio, transcript } => DraftContent::Audio {
                audio: text(audio),
                transcript: transcript.map(text),
            },
            Self::Image { url, detail } => DraftContent::Image {
                url: text(url),
                detail: detail.map(text),
            },
            Self::Raw { json } => DraftContent::Raw { json },
        }
    }
}

impl ItemRef<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> ItemRef<'static> {
        ItemRef {
            item_id: text(self.item_id),
        }
    }
}

impl Truncate<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Truncate<'static> {
        Truncate {
            item_id: text(self.item_id),
            content_index: self.content_index,
            heard: self.heard,
        }
    }
}

impl CreateResponse<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> CreateResponse<'static> {
        let input =
            |items: Vec<InputItem<'_>>| items.into_iter().map(InputItem::into_owned).collect();
        let labels = self.metadata.into_iter();
        CreateResponse {
            policy: self.policy,
            keep: self.keep,
            out_of_band: self.out_of_band,
            modalities: self.modalities,
            instructions: self.instructions.map(text),
            voice: self.voice.map(text),
            output_format: self.output_format,
            tools: self.tools,
            tool_choice: self.tool_choice,
            parallel_tool_calls: self.parallel_tool_calls,
            temperature: self.temperature,
            max_output_tokens: self.max_output_tokens,
            reasoning: self.reasoning.map(text),
            prompt: self.prompt,
            input: self.input.map(input),
            metadata: labels
                .map(|(key, value)| (text(key), text(value)))
                .collect(),
            extra: self.extra,
        }
    }
}

impl InputItem<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> InputItem<'static> {
        match self {
            Self::Reference { id } => InputItem::Reference { id: text(id) },
            Self::Item { item } => InputItem::Item {
                item: item.into_owned(),
            },
        }
    }
}

impl CancelResponse<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> CancelResponse<'static> {
        CancelResponse {
            response_id: self.response_id.map(text),
        }
    }
}

impl ToolOutput<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> ToolOutput<'static> {
        ToolOutput {
            call_id: text(self.call_id),
            output: text(self.output),
            is_error: self.is_error,
            wants_reply: self.wants_reply,
            scheduling: self.scheduling,
            will_continue: self.will_continue,
        }
    }
}

impl Say<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Say<'static> {
        Say {
            text: text(self.text),
        }
    }
}

impl Raw<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Raw<'static> {
        Raw {
            text: text(self.text),
        }
    }
}

impl Position<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Position<'static> {
        match self {
            Self::End => Position::End,
            Self::Front => Position::Front,
            Self::After(id) => Position::After(text(id)),
        }
    }
}

impl Approve<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Approve<'static> {
        Approve {
            approval_id: text(self.approval_id),
            approve: self.approve,
            reason: self.reason.map(text),
        }
    }
}

impl AgentCommand<'_> {
    /// Returns an equal value that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> AgentCommand<'static> {
        match self {
            Self::Compact { instructions } => AgentCommand::Compact {
                instructions: instructions.map(text),
            },
            Self::NewSession => AgentCommand::NewSession,
            Self::GetMessages => AgentCommand::GetMessages,
            Self::ListModels => AgentCommand::ListModels,
            Self::SetModel { model } => AgentCommand::SetModel { model: text(model) },
            Self::Stats => AgentCommand::Stats,
            Self::GetState => AgentCommand::GetState,
            Self::ListTools => AgentCommand::ListTools,
            Self::Other { name, fields } => AgentCommand::Other {
                name: text(name),
                fields,
            },
        }
    }
}
