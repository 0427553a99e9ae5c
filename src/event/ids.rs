//! Where events say what they belong to.

use super::{Event, Ids};
use crate::id::Id;

impl<'f> Event<'f> {
    /// What an event within a reply belongs to.
    pub(crate) fn reply_ids(&mut self) -> Option<&mut Ids<'f>> {
        Some(match self {
            Self::ResponseReset(ids) => ids,
            Self::TextDelta(delta) => &mut delta.ids,
            Self::TextDone(done) => &mut done.ids,
            Self::AudioDelta(delta) => &mut delta.ids,
            Self::AudioDone(done) => &mut done.ids,
            Self::VideoDelta(delta) => &mut delta.ids,
            Self::Timed(timed) => &mut timed.ids,
            Self::ToolCallStarted(started) => &mut started.ids,
            Self::ToolArgumentsDelta(delta) => &mut delta.ids,
            Self::ToolCall(call) => &mut call.ids,
            Self::RemoteTool(tool) => &mut tool.ids,
            Self::ApprovalRequested(asked) => &mut asked.ids,
            _ => return None,
        })
    }

    /// The item of the user's that an event is about.
    pub(crate) fn user_item(&mut self) -> Option<&mut Option<Id<'f>>> {
        Some(match self {
            Self::InputTranscript(transcript) => &mut transcript.item_id,
            Self::UserTurnStarted(turn)
            | Self::UserTurnCommitted(turn)
            | Self::UserTurnDiscarded(turn) => &mut turn.item_id,
            _ => return None,
        })
    }
}
