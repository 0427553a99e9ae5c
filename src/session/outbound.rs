//! Commands, on their way out.

use super::{Phase, Session, Urgency};
use crate::{
    codec,
    command::{AppendAudio, Command, Raw},
    dialect::{self, Append, Batch, Context},
    error::SendError,
    event::{Event, InputNotice, Settlement},
    id::CommandId,
    state::{Expect, Output, settled},
    transport::Transmit,
};
use alloc::boxed::Box;
use core::str::from_utf8;

impl Session {
    /// Takes a command; what it sends waits in [`poll_transmit`](Self::poll_transmit).
    ///
    /// Every command but the streams (audio, playback reports, pings, video frames) has exactly one
    /// [`Event::CommandSettled`] under the returned id.
    ///
    /// # Errors
    /// A [`SendError`] is a mistake in the caller's own calls; the session is then what it was.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a command is built for the call: `send(Command::text(..))`"
    )]
    pub fn send(&mut self, command: Command<'_>) -> Result<CommandId, SendError> {
        if matches!(self.phase(), Phase::Closing | Phase::Closed) {
            return Err(SendError::Closed);
        }
        let (queued, limit) = (self.queued.len(), self.config.limits.queued_events);
        if queued >= limit && !matches!(command, Command::Close) {
            return Err(SendError::Full { queued, limit });
        }
        let id = self.next_command();
        match &command {
            Command::AppendAudio(audio) => self.append(audio)?,
            Command::ReportPlayback(report) => {
                self.state.report_playback(report.epoch, report.played);
            }
            Command::Raw(raw) => self.raw(raw, id)?,
            Command::Close => self.close(id),
            Command::ToolOutput(output) => match self.state.output(&output.call_id) {
                Output::Unknown if !self.config.policy.passive => {
                    return Err(SendError::UnknownCall);
                }
                Output::TooLate => self.tell(settled(id, Settlement::Superseded)),
                _ => self.encode(&command, id, Urgency::Ordinary)?,
            },
            _ => self.encode(&command, id, Urgency::Ordinary)?,
        }
        if matches!(command, Command::ClearInput) {
            self.outbox.discard();
        }
        self.bound_audio();
        self.next_number = self.next_number.max(id.number + 1);
        Ok(id)
    }

    /// Takes the next thing to send; `None` when there is nothing, or the rest must wait.
    ///
    /// Before the session is ready only its opening is given out.
    pub fn poll_transmit(&mut self) -> Option<Transmit<'_>> {
        let ready = self.phase() != Phase::Opening || self.config.policy.passive;
        let polled = self.outbox.poll(ready)?;
        if let Some(command) = polled.settles {
            self.counters.events += 1;
            self.queued.push_back(settled(command, Settlement::Sent));
        }
        if let Transmit::Text(text) = polled.transmit {
            self.counters.frames_out += 1;
            self.counters.bytes_out += text.len() as u64;
        }
        Some(polled.transmit)
    }

    pub(super) fn next_command(&self) -> CommandId {
        CommandId {
            prefix: self.prefix,
            number: self.next_number,
        }
    }

    /// Writes the frames of a command and queues them, or leaves everything as it was.
    pub(super) fn encode(
        &mut self,
        command: &Command<'_>,
        id: CommandId,
        urgency: Urgency,
    ) -> Result<(), SendError> {
        let context = Context {
            dialect: self.config.dialect,
            kind: self.config.session.kind,
        };
        self.room(0)?;
        let text = self.outbox.control_tail();
        let start = text.len();
        let mut batch = Batch::new(text, id);
        let written = dialect::encode(command, &context, &mut batch);
        let frames = batch.frames;
        let fits = written.and_then(|()| self.room(frames.iter().map(|frame| frame.bytes).sum()));
        if let Err(error) = fits {
            self.outbox.roll_back(start);
            return Err(error);
        }
        for frame in frames {
            match urgency {
                Urgency::Opening => self.outbox.queue_opening(frame.bytes),
                Urgency::Ordinary => {
                    self.outbox
                        .queue(frame.bytes, frame.expect.overtakes(), None);
                }
            }
            if frame.expect == Expect::Committed {
                self.outbox.commit();
            }
            self.next_number = self.next_number.max(frame.number + 1);
            self.state.sent(id, frame.number, None, frame.expect);
        }
        Ok(())
    }

    /// Whether `bytes` more of control, not yet queued but perhaps written, may wait.
    fn room(&self, bytes: usize) -> Result<(), SendError> {
        let limits = &self.config.limits;
        if bytes > limits.outbox_bytes {
            return Err(SendError::TooLarge {
                limit: limits.outbox_bytes,
            });
        }
        let (queued, limit) = (self.outbox.control_bytes() + bytes, limits.outbox_bytes);
        if queued > limit {
            return Err(SendError::Full { queued, limit });
        }
        let (queued, limit) = (self.state.commands.len(), limits.pending_commands);
        if queued >= limit {
            Err(SendError::Full { queued, limit })
        } else {
            Ok(())
        }
    }

    /// Sends a frame that somebody else wrote, and follows what it asks for.
    fn raw(&mut self, raw: &Raw<'_>, id: CommandId) -> Result<(), SendError> {
        let limits = &self.config.limits;
        if raw.text.len() > limits.frame_bytes {
            return Err(SendError::TooLarge {
                limit: limits.frame_bytes,
            });
        }
        let intent = dialect::intent(&raw.text, self.config.dialect, limits.nesting);
        let intent = intent.ok_or(SendError::Invalid { field: "text" })?;
        self.room(raw.text.len())?;
        self.outbox.control_tail().push_str(&raw.text);
        let settles = intent.expect.is_none().then_some(id);
        self.outbox.queue(raw.text.len(), false, settles);
        if intent.expect == Some(Expect::Committed) {
            self.outbox.commit();
        }
        if let Some(expect) = intent.expect {
            let own = intent.event_id.or_else(|| Some(Box::from("")));
            self.state.sent(id, id.number, own, expect);
        }
        Ok(())
    }

    fn close(&mut self, id: CommandId) {
        self.drop_audio();
        if self.phase() == Phase::Opening {
            self.outbox.clear();
        }
        self.outbox.close(1000);
        self.state.close_requested(id);
    }

    /// Encodes audio straight into the outbox, in as many frames as the protocol wants.
    fn append(&mut self, audio: &AppendAudio<'_>) -> Result<(), SendError> {
        let context = Context {
            dialect: self.config.dialect,
            kind: self.config.session.kind,
        };
        let append = dialect::append(self.config.dialect);
        let append = append.ok_or_else(|| context.unsupported("append_audio"))?;
        let limit = self.config.limits.outbox_bytes;
        let encoded = match audio {
            AppendAudio::Bytes(bytes) => bytes.len().div_ceil(3).saturating_mul(4),
            AppendAudio::Base64(text) => text.len(),
        };
        if encoded == 0 {
            return Err(SendError::Invalid { field: "audio" });
        }
        let frames = encoded.div_ceil(append.most / 3 * 4);
        let around = append.before.len() + append.after.len();
        if encoded.saturating_add(frames * around) > limit {
            return Err(SendError::TooLarge { limit });
        }
        match audio {
            AppendAudio::Bytes(bytes) => {
                bytes
                    .chunks(append.most)
                    .for_each(|piece| self.append_bytes(&append, piece));
            }
            AppendAudio::Base64(text) => self.append_base64(&append, text)?,
        }
        Ok(())
    }

    fn append_bytes(&mut self, append: &Append, piece: &[u8]) {
        let tail = self.outbox.audio_tail();
        let start = tail.len();
        tail.extend_from_slice(append.before.as_bytes());
        codec::encode_append(piece, tail);
        tail.extend_from_slice(append.after.as_bytes());
        let written = tail.len() - start;
        self.outbox.queue_audio(written, piece.len());
    }

    fn append_base64(&mut self, append: &Append, text: &str) -> Result<(), SendError> {
        if !codec::is_base64(text) {
            return Err(SendError::Invalid { field: "audio" });
        }
        for piece in text.as_bytes().chunks(append.most / 3 * 4) {
            let tail = self.outbox.audio_tail();
            let start = tail.len();
            tail.extend_from_slice(append.before.as_bytes());
            tail.extend_from_slice(piece);
            tail.extend_from_slice(append.after.as_bytes());
            let written = tail.len() - start;
            let piece = from_utf8(piece).unwrap_or_default();
            self.outbox.queue_audio(written, codec::decoded_len(piece));
        }
        Ok(())
    }

    /// Audio beyond its limits gives way, oldest first, with a word.
    fn bound_audio(&mut self) {
        let limits = &self.config.limits;
        let most = limits.outbox_bytes;
        let held = match self.phase() {
            Phase::Opening => self.state.input_format().bytes(limits.held_audio),
            _ => None,
        };
        let held = held.unwrap_or(u64::MAX);
        let mut dropped = 0;
        while self.outbox.queued_bytes() > most || self.outbox.audio_payload() as u64 > held {
            let Some(payload) = self.outbox.drop_audio() else {
                break;
            };
            dropped += payload;
        }
        self.tell_dropped(dropped);
    }

    fn drop_audio(&mut self) {
        let mut dropped = 0;
        while let Some(payload) = self.outbox.drop_audio() {
            dropped += payload;
        }
        self.tell_dropped(dropped);
    }

    fn tell_dropped(&mut self, bytes: usize) {
        if bytes == 0 {
            return;
        }
        let duration = self.input_duration(bytes);
        let ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        self.counters.audio_dropped_ms += ms;
        self.tell(Event::Input(InputNotice::AudioDropped { duration }));
    }
}
