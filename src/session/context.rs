//! What a command is written with.

use super::Session;
use crate::{
    command::Command,
    dialect::{Context, Opening},
    state::Answered,
};

impl Session {
    pub(super) fn context(&self) -> Context {
        let capabilities = &self.state.capabilities;
        Context {
            dialect: self.config.dialect,
            kind: self.config.kind,
            manual: self.state.marks_activity(),
            live_text: capabilities.live_text,
            scheduling: capabilities.tool_scheduling,
            response_id: capabilities.tool_response_id,
            input_format: self.state.input_format(),
            answered: Answered::default(),
            opening: None,
            busy: self.state.arbiter.is_busy(),
        }
    }

    /// What a command is written with, with what only its own kind needs.
    pub(super) fn context_of(&self, command: &Command<'_>, opens: bool) -> Context {
        let resume = || self.state.handle().map(Into::into);
        Context {
            answered: match command {
                Command::ToolOutput(output) => self.state.answer_to(&output.call_id),
                _ => Answered::default(),
            },
            opening: opens.then(|| Opening { resume: resume() }),
            ..self.context()
        }
    }
}
