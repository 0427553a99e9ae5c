//! Frames that somebody else wrote.

use super::Session;
use crate::{
    command::Raw,
    dialect,
    error::SendError,
    id::CommandId,
    state::{Expect, Out},
};
use alloc::boxed::Box;

impl Session {
    /// Sends a frame that somebody else wrote, and follows what it asks for.
    pub(super) fn raw(
        &mut self,
        raw: &Raw<'_>,
        id: CommandId,
        out: &mut Out<'_>,
    ) -> Result<(), SendError> {
        let limits = &self.config.limits;
        if raw.text.len() > limits.frame_bytes {
            return Err(SendError::TooLarge {
                limit: limits.frame_bytes,
            });
        }
        let intent = dialect::intent(&raw.text, self.config.dialect, limits.nesting);
        let mut intent = intent.ok_or(SendError::Invalid { field: "text" })?;
        self.room(raw.text.len())?;
        for function in &intent.functions {
            let answered = self.state.nameless_call(function);
            intent.expects.extend(answered.map(Expect::output));
        }
        self.outbox.control_tail().push_str(&raw.text);
        let leaves = intent.expects.is_empty() || !self.state.capabilities.acknowledges;
        let answers = |expect: &Expect| expect.answers().is_some();
        let output = intent.expects.iter().any(answers);
        self.outbox
            .queue(raw.text.len(), false, Some(id).filter(|_| leaves), output);
        if intent.expects.contains(&Expect::Committed) {
            self.outbox.commit();
        }
        if let Some(wanted) = intent.wanted {
            self.state.wanted(id, *wanted, out);
        }
        if intent.format.is_some() {
            self.state.settings.input_format = intent.format;
        }
        if let Some(edge) = intent.marks {
            self.state.mark(edge, out);
        }
        let mut item = None;
        for said in intent.said {
            item = self.state.written(&said, out);
        }
        let own = intent.event_id.or_else(|| Some(Box::from("")));
        if intent.expects.is_empty() {
            self.state.sent(id, id.number, own, Expect::Nothing, true);
            return Ok(());
        }
        for expect in intent.expects {
            self.state.asked_elsewhere(&expect);
            self.state.sent(id, id.number, own.clone(), expect, true);
        }
        self.state.commands.says(id, item);
        Ok(())
    }
}
