//! The user's audio, on its way out.

use super::{Phase, Session};
use crate::{
    audio::Encoding,
    codec,
    command::AppendAudio,
    dialect::{self, Append},
    error::SendError,
    event::{Event, InputNotice},
};
use alloc::vec::Vec;
use core::str::from_utf8;

const INVALID: SendError = SendError::Invalid { field: "audio" };

impl Session {
    /// Encodes audio straight into the outbox, in as many frames as the protocol wants.
    pub(super) fn append(&mut self, audio: &AppendAudio<'_>) -> Result<(), SendError> {
        let format = self.state.input_format();
        let append = dialect::append(self.config.dialect, format.rate_hz);
        let mut append = append.ok_or_else(|| self.context().unsupported("append_audio"))?;
        if self.state.sends_binary() {
            append = append.raw();
        }
        let limit = self.config.limits.outbox_bytes;
        let encoded = match audio {
            AppendAudio::Bytes(bytes) if append.is_raw() => bytes.len(),
            AppendAudio::Bytes(bytes) => bytes.len().div_ceil(3).saturating_mul(4),
            AppendAudio::Base64(text) => text.len(),
        };
        if encoded == 0 {
            return Err(INVALID);
        }
        let frames = encoded.div_ceil(append.most / 3 * 4);
        let around = append.before.len() + append.after.len();
        if encoded.saturating_add(frames * around) > limit {
            return Err(SendError::TooLarge { limit });
        }
        match audio {
            AppendAudio::Bytes(bytes) => self.append_samples(&append, bytes),
            AppendAudio::Base64(text) if self.state.input.has_carry() => {
                let mut bytes = Vec::new();
                codec::decode_into(text, &mut bytes).map_err(|_| INVALID)?;
                self.append_samples(&append, &bytes);
            }
            AppendAudio::Base64(text) => self.append_base64(&append, text)?,
        }
        Ok(())
    }

    /// Whole samples go out; half of one waits for its other half.
    fn append_samples(&mut self, append: &Append, bytes: &[u8]) {
        let halves = self.state.input_format().encoding == Encoding::Pcm16;
        let carry = self.state.input.take_carry();
        if !halves || (carry.is_none() && bytes.len() % 2 == 0) {
            self.append_pieces(append, bytes);
            return;
        }
        let mut whole = core::mem::take(&mut self.samples);
        whole.clear();
        whole.extend(carry);
        whole.extend_from_slice(bytes);
        let half = if whole.len() % 2 == 0 {
            None
        } else {
            whole.pop()
        };
        if let Some(half) = half {
            self.state.input.carry(half);
        }
        self.append_pieces(append, &whole);
        self.samples = whole;
    }

    fn append_pieces(&mut self, append: &Append, bytes: &[u8]) {
        self.state.input.appended(bytes.len());
        bytes
            .chunks(append.most)
            .for_each(|piece| self.append_bytes(append, piece));
    }

    fn append_bytes(&mut self, append: &Append, piece: &[u8]) {
        let tail = self.outbox.audio_tail();
        if append.is_raw() {
            tail.extend_from_slice(piece);
            self.outbox.queue_binary(piece.len());
            return;
        }
        let start = tail.len();
        tail.reserve(append.bytes(piece.len().div_ceil(3) * 4));
        tail.extend_from_slice(append.before.as_bytes());
        codec::encode_append(piece, tail);
        tail.extend_from_slice(append.after.as_bytes());
        let written = tail.len() - start;
        self.outbox.queue_audio(written, piece.len());
    }

    fn append_base64(&mut self, append: &Append, text: &str) -> Result<(), SendError> {
        if !codec::is_base64(text) {
            return Err(INVALID);
        }
        if append.is_raw() {
            return self.append_decoded(append, text);
        }
        self.state.input.appended(codec::decoded_len(text));
        for piece in text.as_bytes().chunks(append.most / 3 * 4) {
            let tail = self.outbox.audio_tail();
            let start = tail.len();
            tail.reserve(append.bytes(piece.len()));
            tail.extend_from_slice(append.before.as_bytes());
            tail.extend_from_slice(piece);
            tail.extend_from_slice(append.after.as_bytes());
            let written = tail.len() - start;
            let piece = from_utf8(piece).unwrap_or_default();
            self.outbox.queue_audio(written, codec::decoded_len(piece));
        }
        Ok(())
    }

    /// Base64 where the wire has none.
    fn append_decoded(&mut self, append: &Append, text: &str) -> Result<(), SendError> {
        let mut bytes = core::mem::take(&mut self.samples);
        let decoded = codec::decode_into(text, &mut bytes);
        if decoded.is_ok() {
            self.append_pieces(append, &bytes);
        }
        self.samples = bytes;
        decoded
            .map(drop)
            .map_err(|_| SendError::Invalid { field: "audio" })
    }

    /// Audio beyond its limits gives way, oldest first, with a word.
    pub(super) fn bound_audio(&mut self) {
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
        if let Some(event) = self.dropped(dropped) {
            self.tell(event);
        }
    }

    /// Drops all audio; the word that says so, if there was any.
    pub(super) fn drop_audio(&mut self) -> Option<Event<'static>> {
        let mut dropped = 0;
        let outbox = &mut self.outbox.existing_mut();
        while let Some(payload) = outbox.as_mut().and_then(|outbox| outbox.drop_audio()) {
            dropped += payload;
        }
        self.dropped(dropped)
    }

    fn dropped(&mut self, bytes: usize) -> Option<Event<'static>> {
        if bytes == 0 {
            return None;
        }
        let duration = self.input_duration(bytes);
        let ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        self.counters.audio_dropped_ms += ms;
        Some(Event::Input(InputNotice::AudioDropped { duration }))
    }
}
