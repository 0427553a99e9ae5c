//! What was seen of a session from outside, and the invariants that it must keep.
//!
//! Each rule is a function, and each violation begins with its name.

use realtime_proto::{
    CommandId, ConversationRef, Event, Initiator, Settlement, TranscriptUpdate, WaitingFor,
};
use serde_json::Value;

pub(crate) type Verdict = Result<(), String>;

/// Something that is opened and then ends, once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Scope {
    pub(crate) id: String,
    pub(crate) ended: bool,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each seen by itself"
)]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Response {
    pub(crate) id: String,
    pub(crate) default: bool,
    pub(crate) ended: bool,
    audible: bool,
    /// A flush came while it was audible.
    flushed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CallState {
    Delivered,
    Answered,
    Cancelled,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Call {
    pub(crate) id: String,
    pub(crate) state: CallState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Settled {
    No,
    Accepted,
    Otherwise,
    Unknown,
}

/// What was seen so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Books {
    pub(crate) commands: Vec<(CommandId, Settled)>,
    /// Those that asked for a default response.
    creates: Vec<CommandId>,
    pub(crate) responses: Vec<Response>,
    pub(crate) calls: Vec<Call>,
    /// Turns of the user. One that was discarded may begin again: the server is the authority.
    turns: Vec<Scope>,
    transcripts: Vec<String>,
    texts: Vec<String>,
    epoch: u32,
    /// Bytes of audio that surfaced, by item.
    pub(crate) audio: Vec<(String, u64)>,
    /// Responses that a cancel named.
    cancels: Vec<String>,
    pub(crate) closed: bool,
    /// The end left.
    close_sent: bool,
    pub(crate) continuations: u32,
    pub(crate) stalls: u32,
    /// Nothing came for so long that a response may have ended unheard.
    silent: bool,
    pub(crate) interruptions: u32,
}

impl Books {
    /// A command was taken.
    pub(crate) fn sent(&mut self, command: CommandId, creates: bool) {
        if creates {
            self.creates.push(command);
        }
        self.commands.push((command, Settled::No));
    }

    pub(crate) fn event(&mut self, event: &Event<'_>) -> Verdict {
        self.i11_nothing_after_closed(event)?;
        self.i04_no_media_of_an_old_epoch(event)?;
        self.i03_nothing_of_a_response_after_its_end(event)?;
        match event {
            Event::CommandSettled(settled) => {
                return self.i03_one_settlement(settled.command, &settled.outcome);
            }
            Event::ResponseStarted(started) => {
                let id = name(started.ids.response_id.as_deref());
                let default = started.conversation != ConversationRef::OutOfBand;
                self.continuations += u32::from(started.initiator == Initiator::Continuation);
                return self.i03_one_start(id, default);
            }
            Event::ResponseFinished(finished) => {
                return self.i03_one_end(&name(finished.ids.response_id.as_deref()));
            }
            Event::TextDone(done) => {
                let part = format!("{:?} {:?}", name(done.ids.item_id.as_deref()), done.lane);
                return once(&mut self.texts, part, "I3: a text ended twice");
            }
            Event::InputTranscript(said) => return self.i03_one_transcript(said),
            Event::FlushPlayback(flush) => self.flushed(flush.epoch.0)?,
            Event::Interrupted(_) => self.interruptions += 1,
            Event::Stalled(stalled) => {
                self.stalls += 1;
                self.silent |= stalled.waiting_for == WaitingFor::AnyFrame;
            }
            Event::AudioDelta(delta) => {
                let bytes = delta.decoded_len() as u64;
                self.heard(&name(delta.ids.item_id.as_deref()), bytes);
            }
            Event::Closed(_) => return self.i03_everything_has_ended(),
            other => return self.scopes(other),
        }
        Ok(())
    }

    /// Calls, and turns of the user.
    fn scopes(&mut self, event: &Event<'_>) -> Verdict {
        match event {
            Event::ToolCall(call) => self.i03_one_delivery(&call.call_id),
            Event::ToolCallCancelled(cancelled) => {
                let mut ids = cancelled.call_ids.iter();
                ids.try_for_each(|id| self.i03_one_cancellation(id))
            }
            Event::UserTurnStarted(turn) => self.i03_one_turn(name(turn.item_id.as_deref())),
            Event::UserTurnCommitted(turn) => {
                self.i03_one_end_of_a_turn(&name(turn.item_id.as_deref()))
            }
            Event::UserTurnDiscarded(turn) => {
                let id = name(turn.item_id.as_deref());
                self.i03_one_end_of_a_turn(&id)?;
                self.turns.retain(|known| known.id != id);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn i11_nothing_after_closed(&self, event: &Event<'_>) -> Verdict {
        if self.closed {
            return Err(format!("I11: {} after Closed", event.name()));
        }
        Ok(())
    }

    fn i04_no_media_of_an_old_epoch(&self, event: &Event<'_>) -> Verdict {
        let Event::AudioDelta(delta) = event else {
            return Ok(());
        };
        let id = name(delta.ids.response_id.as_deref());
        if delta.epoch.0 != self.epoch {
            return Err(format!(
                "I4: audio of epoch {}, not {}",
                delta.epoch.0, self.epoch
            ));
        }
        let flushed = self
            .responses
            .iter()
            .any(|known| known.id == id && known.flushed);
        if flushed {
            return Err(format!("I4: audio of {id}, which was flushed"));
        }
        Ok(())
    }

    fn i03_nothing_of_a_response_after_its_end(&self, event: &Event<'_>) -> Verdict {
        let ids = match event {
            Event::AudioDelta(delta) => &delta.ids,
            Event::AudioDone(done) => &done.ids,
            Event::TextDelta(delta) => &delta.ids,
            Event::TextDone(done) => &done.ids,
            Event::ToolCallStarted(call) => &call.ids,
            Event::ToolArgumentsDelta(delta) => &delta.ids,
            Event::ToolCall(call) => &call.ids,
            _ => return Ok(()),
        };
        let id = name(ids.response_id.as_deref());
        match self.responses.iter().rfind(|known| known.id == id) {
            Some(known) if !known.ended => Ok(()),
            _ => Err(format!("I3: {} of {id}, which is not open", event.name())),
        }
    }

    fn i03_one_settlement(&mut self, command: CommandId, outcome: &Settlement<'_>) -> Verdict {
        let known = self.commands.iter_mut().find(|(id, _)| *id == command);
        let Some((_, settled)) = known else {
            return match outcome {
                Settlement::Rejected(_) => Ok(()),
                _ => Err(format!("I3: {command} is nobody's and settled {outcome:?}")),
            };
        };
        if *settled != Settled::No {
            return Err(format!("I3: {command} settled twice, then {outcome:?}"));
        }
        *settled = match outcome {
            Settlement::Accepted => Settled::Accepted,
            Settlement::Unknown => Settled::Unknown,
            _ => Settled::Otherwise,
        };
        Ok(())
    }

    fn i03_one_start(&mut self, id: String, default: bool) -> Verdict {
        if self.responses.iter().any(|known| known.id == id) {
            return Err(format!("I3: the response {id} started twice"));
        }
        if default && self.responds() {
            return Err(format!("I2: {id} is a second default response"));
        }
        self.silent &= !default;
        self.responses.push(Response {
            id,
            default,
            ended: false,
            audible: false,
            flushed: false,
        });
        Ok(())
    }

    fn i03_one_end(&mut self, id: &str) -> Verdict {
        let open = self
            .responses
            .iter_mut()
            .find(|known| known.id == id && !known.ended);
        let open = open.ok_or_else(|| format!("I3: the response {id} ended twice"))?;
        open.ended = true;
        Ok(())
    }

    fn i03_one_turn(&mut self, id: String) -> Verdict {
        if self.turns.iter().any(|known| known.id == id) {
            return Err(format!("I3: the turn {id} started twice"));
        }
        self.turns.push(Scope { id, ended: false });
        Ok(())
    }

    fn i03_one_end_of_a_turn(&mut self, id: &str) -> Verdict {
        let mut turns = self.turns.iter_mut();
        let open = turns.find(|known| known.id == id && !known.ended);
        open.ok_or_else(|| format!("I3: the turn {id} ended twice"))?
            .ended = true;
        Ok(())
    }

    fn i03_one_transcript(&mut self, said: &realtime_proto::InputTranscript<'_>) -> Verdict {
        match said.update {
            TranscriptUpdate::Final { .. } | TranscriptUpdate::Failed { .. } => {
                let part = name(said.item_id.as_deref());
                once(&mut self.transcripts, part, "I3: a transcript ended twice")
            }
            _ => Ok(()),
        }
    }

    fn i03_one_delivery(&mut self, id: &str) -> Verdict {
        if self.calls.iter().any(|call| call.id == id) {
            return Err(format!(
                "I3: the call {id} was delivered twice, or after its end"
            ));
        }
        self.calls.push(Call {
            id: id.into(),
            state: CallState::Delivered,
        });
        Ok(())
    }

    fn i03_one_cancellation(&mut self, id: &str) -> Verdict {
        let Some(call) = self.calls.iter_mut().find(|call| call.id == id) else {
            self.calls.push(Call {
                id: id.into(),
                state: CallState::Cancelled,
            });
            return Ok(());
        };
        if call.state != CallState::Delivered {
            return Err(format!(
                "I3: the call {id} is {:?} and was cancelled",
                call.state
            ));
        }
        call.state = CallState::Cancelled;
        Ok(())
    }

    fn i03_everything_has_ended(&mut self) -> Verdict {
        self.closed = true;
        if let Some((id, _)) = self.commands.iter().find(|(_, is)| *is == Settled::No) {
            return Err(format!("I3: {id} never settled"));
        }
        if let Some(open) = self.responses.iter().find(|known| !known.ended) {
            return Err(format!("I3: the response {} never ended", open.id));
        }
        if let Some(open) = self.turns.iter().find(|turn| !turn.ended) {
            return Err(format!("I3: the turn {} never ended", open.id));
        }
        let waits = |call: &&Call| call.state == CallState::Delivered;
        match self.calls.iter().find(waits) {
            Some(call) => Err(format!("I3: the call {} never ended", call.id)),
            None => Ok(()),
        }
    }

    fn flushed(&mut self, epoch: u32) -> Verdict {
        if epoch <= self.epoch {
            return Err(format!("I4: the epoch went from {} to {epoch}", self.epoch));
        }
        self.epoch = epoch;
        for response in &mut self.responses {
            response.flushed |= response.audible;
        }
        Ok(())
    }

    fn heard(&mut self, item: &str, bytes: u64) {
        match self.audio.iter_mut().find(|(id, _)| id == item) {
            Some((_, sum)) => *sum += bytes,
            None => self.audio.push((item.into(), bytes)),
        }
    }

    /// Audio of a response surfaced: from now on a flush is about it.
    pub(crate) fn audible(&mut self, event: &Event<'_>) {
        if let Event::AudioDelta(delta) = event {
            let id = name(delta.ids.response_id.as_deref());
            let known = self.responses.iter_mut().find(|known| known.id == id);
            if let Some(known) = known {
                known.audible = true;
            }
        }
    }

    /// Creates that the server accepted, as the session settled them.
    pub(crate) fn accepted_creates(&self) -> u32 {
        let accepted = |id: &&CommandId| {
            let mut commands = self.commands.iter();
            commands.any(|(known, is)| known == *id && *is == Settled::Accepted)
        };
        u32::try_from(self.creates.iter().filter(accepted).count()).unwrap_or(u32::MAX)
    }

    /// How many responses made calls: each can be continued once.
    pub(crate) fn groups(&self) -> u32 {
        let mut groups: Vec<_> = self
            .calls
            .iter()
            .map(|call| call.id.trim_end_matches(['a', 'b']))
            .collect();
        groups.dedup();
        u32::try_from(groups.len()).unwrap_or(u32::MAX)
    }

    /// Whether a default response is open.
    pub(crate) fn responds(&self) -> bool {
        self.responses
            .iter()
            .any(|known| known.default && !known.ended)
    }

    pub(crate) fn epoch(&self) -> u32 {
        self.epoch
    }

    /// A frame left.
    pub(crate) fn transmit(&mut self, text: &str, in_flight: usize) -> Verdict {
        if self.closed || self.close_sent {
            return Err(format!("I11: sent after the end: {text}"));
        }
        let frame: Value = serde_json::from_str(text).map_err(|_| "a frame is no JSON")?;
        match frame["type"].as_str().unwrap_or_default() {
            "response.create" if frame["response"]["conversation"] != "none" => {
                self.i02_one_create(in_flight)
            }
            "response.cancel" => self.i06_one_cancel(&frame),
            "conversation.item.create" => self.i07_one_output(&frame),
            "conversation.item.truncate" => self.i05_heard_is_no_more_than_received(&frame),
            _ => Ok(()),
        }
    }

    pub(crate) fn end_sent(&mut self) -> Verdict {
        if core::mem::replace(&mut self.close_sent, true) {
            return Err("I11: closed twice".into());
        }
        Ok(())
    }

    fn i02_one_create(&self, in_flight: usize) -> Verdict {
        if in_flight > 0 {
            return Err("I2: a second create is in flight".into());
        }
        if self.responds() && !self.silent {
            return Err("I2: a create is sent into an open response".into());
        }
        Ok(())
    }

    fn i06_one_cancel(&mut self, frame: &Value) -> Verdict {
        let Some(id) = frame["response_id"].as_str() else {
            return Err("I6: a cancel names no response".into());
        };
        once(
            &mut self.cancels,
            id.into(),
            "I6: a response was cancelled twice",
        )
    }

    fn i07_one_output(&mut self, frame: &Value) -> Verdict {
        let Some(id) = frame["item"]["call_id"].as_str() else {
            return Ok(());
        };
        let call = self.calls.iter_mut().find(|call| call.id == id);
        match call {
            Some(call) if call.state == CallState::Delivered => {
                call.state = CallState::Answered;
                Ok(())
            }
            other => Err(format!("I7: an output is sent for {other:?}")),
        }
    }

    fn i05_heard_is_no_more_than_received(&self, frame: &Value) -> Verdict {
        let item = frame["item_id"].as_str().unwrap_or_default();
        let Some(ms) = frame["audio_end_ms"].as_u64() else {
            return Err(format!("I5: {} is no integer", frame["audio_end_ms"]));
        };
        let received = self.audio.iter().find(|(id, _)| id == item);
        let received = received.map_or(0, |(_, bytes)| bytes / 48);
        if ms > received {
            return Err(format!("I5: {item} is cut at {ms} of {received} ms"));
        }
        Ok(())
    }
}

fn name(id: Option<&str>) -> String {
    id.unwrap_or("(none)").into()
}

fn once(seen: &mut Vec<String>, id: String, complaint: &str) -> Verdict {
    if seen.contains(&id) {
        return Err(format!("{complaint}: {id}"));
    }
    seen.push(id);
    Ok(())
}
