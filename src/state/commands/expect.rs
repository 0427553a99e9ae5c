//! What the server is expected to say to a command.

use crate::{
    event::{Item, ItemKind, Role},
    heap::Heap,
};
use alloc::boxed::Box;

/// What settles a frame.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expect {
    Settings,
    Item(ExpectedItem),
    Retrieved(Box<str>),
    Deleted(Box<str>),
    Truncated(Box<str>),
    Committed,
    Cleared,
    OutputCleared,
    Response {
        out_of_band: bool,
    },
    Ended(Option<Box<str>>),
    /// The answer that names it.
    Answer,
    /// The same, to what asks for a reply of the default conversation.
    Reply,
    /// No answer: it settles when its frame has left.
    Nothing,
    /// Part of a stream: it does not settle at all.
    Stream,
}

/// What is known of an item before the server has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ExpectedItem {
    pub(crate) id: Option<Box<str>>,
    pub(crate) kind: Option<ItemKind>,
    pub(crate) role: Option<Role>,
    pub(crate) call_id: Option<Box<str>>,
}

impl Expect {
    pub(crate) fn item() -> Self {
        Self::Item(ExpectedItem::default())
    }

    pub(crate) fn message(role: Role) -> Self {
        let kind = Some(ItemKind::Message);
        Self::Item(ExpectedItem {
            kind,
            role: Some(role),
            ..ExpectedItem::default()
        })
    }

    pub(crate) fn output(call_id: &str) -> Self {
        let kind = Some(ItemKind::FunctionCallOutput);
        Self::Item(ExpectedItem {
            kind,
            call_id: Some(call_id.into()),
            ..ExpectedItem::default()
        })
    }

    pub(crate) fn approval() -> Self {
        let kind = Some(ItemKind::McpApprovalResponse);
        Self::Item(ExpectedItem {
            kind,
            ..ExpectedItem::default()
        })
    }

    pub(crate) fn with_id(self, id: Option<&str>) -> Self {
        match self {
            Self::Item(item) => Self::Item(ExpectedItem {
                id: id.map(Into::into),
                ..item
            }),
            other => other,
        }
    }

    /// The call that this frame answers.
    pub(crate) fn answers(&self) -> Option<&str> {
        match self {
            Self::Item(item) => item.call_id.as_deref(),
            _ => None,
        }
    }

    /// Whether its frame may pass audio that waits to be sent.
    pub(crate) fn overtakes(&self) -> bool {
        match self {
            Self::Item(item) => item.call_id.is_some(),
            other => other.takes_back(),
        }
    }

    /// Whether its frame ends or undoes what the server said.
    pub(super) fn takes_back(&self) -> bool {
        matches!(
            self,
            Self::Ended(_) | Self::Truncated(_) | Self::Deleted(_) | Self::OutputCleared
        )
    }

    /// The code that tells, without an id, that a frame of this kind failed.
    pub(super) fn fails_with(&self, code: &str) -> bool {
        match self {
            Self::Ended(_) => code == "response_cancel_not_active",
            Self::Response { .. } => code == "conversation_already_has_active_response",
            Self::Committed => code == "input_audio_buffer_commit_empty",
            Self::Truncated(_) => code == "item_truncate_invalid_item_id",
            Self::Deleted(_) => code == "item_delete_invalid_item_id",
            Self::Retrieved(_) => code == "item_retrieve_invalid_item_id",
            Self::Item(_) => code == "invalid_tool_call_id" && self.answers().is_some(),
            Self::Settings => code == "cannot_update_voice",
            Self::Cleared
            | Self::OutputCleared
            | Self::Answer
            | Self::Reply
            | Self::Nothing
            | Self::Stream => false,
        }
    }
}

impl ExpectedItem {
    pub(super) fn is(&self, item: &Item<'_>) -> bool {
        if let Some(id) = &self.id {
            return item.ids.item_id.as_deref() == Some(id);
        }
        let kind = self.kind.as_ref().is_none_or(|kind| *kind == item.kind);
        let role = self
            .role
            .as_ref()
            .is_none_or(|role| Some(role) == item.role.as_ref());
        let call = self
            .call_id
            .as_ref()
            .is_none_or(|call| item.call_id.as_deref().is_none_or(|told| *told == **call));
        kind && role && call
    }
}

impl Heap for Expect {
    fn heap(&self) -> usize {
        match self {
            Self::Item(item) => {
                let words = item.kind.heap() + item.role.heap();
                item.id.heap() + item.call_id.heap() + words
            }
            Self::Retrieved(id) | Self::Deleted(id) | Self::Truncated(id) => id.heap(),
            Self::Ended(id) => id.heap(),
            _ => 0,
        }
    }
}
