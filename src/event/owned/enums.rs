//! `into_owned` of the enums inside events.

use super::{Own, into_owned};
use crate::event::{
    AgentEvent, Content, ConversationRef, InputNotice, Outcome, Payload, Previous, RemotePhase,
    Scope, Settlement, TranscriptUpdate, UsageScope,
};

into_owned! {
    InputNotice TranscriptUpdate Previous ConversationRef Outcome Content Payload
    RemotePhase Settlement Scope UsageScope AgentEvent
}

impl Own for InputNotice<'_> {
    type Owned = InputNotice<'static>;

    fn own(self) -> Self::Owned {
        match self {
            Self::Cleared => InputNotice::Cleared,
            Self::Timeout {
                item_id,
                start,
                end,
            } => InputNotice::Timeout {
                item_id: item_id.own(),
                start,
                end,
            },
            Self::Dtmf { digit, received_at } => InputNotice::Dtmf {
                digit: digit.own(),
                received_at,
            },
            Self::AudioDropped { duration } => InputNotice::AudioDropped { duration },
        }
    }
}

impl Own for TranscriptUpdate<'_> {
    type Owned = TranscriptUpdate<'static>;

    fn own(self) -> Self::Owned {
        match self {
            Self::Delta { text } => TranscriptUpdate::Delta { text: text.own() },
            Self::Snapshot { text } => TranscriptUpdate::Snapshot { text: text.own() },
            Self::Final {
                text,
                status,
                languages,
                usage,
            } => TranscriptUpdate::Final {
                text: text.own(),
                status: status.own(),
                languages: languages.own(),
                usage,
            },
            Self::Failed { fault, partial } => TranscriptUpdate::Failed {
                fault: fault.own(),
                partial: partial.own(),
            },
            Self::Segment(segment) => TranscriptUpdate::Segment(segment.own()),
        }
    }
}

impl Own for Previous<'_> {
    type Owned = Previous<'static>;

    fn own(self) -> Self::Owned {
        match self {
            Self::Unknown => Previous::Unknown,
            Self::First => Previous::First,
            Self::After(id) => Previous::After(id.own()),
        }
    }
}

impl Own for ConversationRef<'_> {
    type Owned = ConversationRef<'static>;

    fn own(self) -> Self::Owned {
        match self {
            Self::Default => ConversationRef::Default,
            Self::OutOfBand => ConversationRef::OutOfBand,
            Self::Id(id) => ConversationRef::Id(id.own()),
        }
    }
}

impl Own for Outcome<'_> {
    type Owned = Outcome<'static>;

    fn own(self) -> Self::Owned {
        match self {
            Self::Completed(reason) => Outcome::Completed(reason),
            Self::Incomplete(reason) => Outcome::Incomplete(reason),
            Self::Cancelled(by) => Outcome::Cancelled(by),
            Self::Failed(fault) => Outcome::Failed(fault.own()),
            Self::Lost => Outcome::Lost,
        }
    }
}

impl Own for Content<'_> {
    type Owned = Content<'static>;

    fn own(self) -> Self::Owned {
        match self {
            Self::Text { text } => Content::Text { text: text.own() },
            Self::Audio {
                transcript,
                audio,
                format,
            } => Content::Audio {
                transcript: transcript.own(),
                audio: audio.own(),
                format: format.own(),
            },
            Self::Image { url, detail } => Content::Image {
                url: url.own(),
                detail: detail.own(),
            },
            Self::Arguments { text, validity } => Content::Arguments {
                text: text.own(),
                validity,
            },
            Self::Output { text } => Content::Output { text: text.own() },
            Self::Fault { raw } => Content::Fault { raw: raw.own() },
            Self::Tools { raw } => Content::Tools { raw: raw.own() },
            Self::Server { label } => Content::Server { label: label.own() },
            Self::Approval {
                approval_id,
                approve,
                reason,
            } => Content::Approval {
                approval_id: approval_id.own(),
                approve,
                reason: reason.own(),
            },
            Self::Other { kind, raw } => Content::Other {
                kind: kind.own(),
                raw: raw.own(),
            },
        }
    }
}

impl Own for Payload<'_> {
    type Owned = Payload<'static>;

    fn own(self) -> Self::Owned {
        match self {
            Self::Base64(text) => Payload::Base64(text.own()),
            Self::Raw(bytes) => Payload::Raw(bytes.into_owned().into()),
        }
    }
}

impl Own for RemotePhase<'_> {
    type Owned = RemotePhase<'static>;

    fn own(self) -> Self::Owned {
        match self {
            Self::Started => RemotePhase::Started,
            Self::Arguments { text } => RemotePhase::Arguments { text: text.own() },
            Self::Running => RemotePhase::Running,
            Self::Result {
                output,
                is_error,
                partial,
            } => RemotePhase::Result {
                output: output.own(),
                is_error,
                partial,
            },
            Self::Failed => RemotePhase::Failed,
        }
    }
}

impl Own for Settlement<'_> {
    type Owned = Settlement<'static>;

    fn own(self) -> Self::Owned {
        match self {
            Self::Accepted => Settlement::Accepted,
            Self::Sent => Settlement::Sent,
            Self::Rejected(fault) => Settlement::Rejected(fault.own()),
            Self::Superseded => Settlement::Superseded,
            Self::Dropped(by) => Settlement::Dropped(by),
            Self::Unknown => Settlement::Unknown,
        }
    }
}

impl Own for Scope<'_> {
    type Owned = Scope<'static>;

    fn own(self) -> Self::Owned {
        match self {
            Self::Session => Scope::Session,
            Self::Command(command) => Scope::Command(command),
            Self::Response(id) => Scope::Response(id.own()),
            Self::Item(id) => Scope::Item(id.own()),
            Self::Call(id) => Scope::Call(id.own()),
        }
    }
}

impl Own for UsageScope<'_> {
    type Owned = UsageScope<'static>;

    fn own(self) -> Self::Owned {
        match self {
            Self::Transcription(id) => UsageScope::Transcription(id.own()),
            Self::Session => UsageScope::Session,
            Self::Response(id) => UsageScope::Response(id.own()),
        }
    }
}

impl Own for AgentEvent<'_> {
    type Owned = AgentEvent<'static>;

    fn own(self) -> Self::Owned {
        match self {
            Self::SubagentStarted { id, name, raw } => AgentEvent::SubagentStarted {
                id: id.own(),
                name: name.own(),
                raw: raw.own(),
            },
            Self::SubagentUpdated { id, raw } => AgentEvent::SubagentUpdated {
                id: id.own(),
                raw: raw.own(),
            },
            Self::SubagentDone { id, ok, raw } => AgentEvent::SubagentDone {
                id: id.own(),
                ok,
                raw: raw.own(),
            },
            Self::Response { command, ok, raw } => AgentEvent::Response {
                command: command.own(),
                ok,
                raw: raw.own(),
            },
            Self::Other { kind, raw } => AgentEvent::Other {
                kind: kind.own(),
                raw: raw.own(),
            },
        }
    }
}
