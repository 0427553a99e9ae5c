//! Deltas: the hot path. Nothing is allocated where the part is open and its text has room.
//!
//! It has no state of its own: a delta is handed to the machines of its response, its part and its
//! audio.

use super::{Out, State, playback::PartKey, texts::Key};
use crate::{
    capabilities::Names,
    codec,
    delta::{Delta, DeltaKind, Read},
    event::{Executor, Lane, SuppressedReason},
};

impl State {
    /// Takes a delta among other things: its event has its place among theirs.
    pub(super) fn delta_beside<'f>(&mut self, mut delta: Delta, frame: &'f str, out: &mut Out<'f>) {
        if self.delta(&mut delta, frame, out) {
            out.push(delta.event(frame));
        }
    }

    /// Takes a delta; false if it must not surface.
    pub(crate) fn delta(&mut self, delta: &mut Delta, frame: &str, out: &mut Out<'_>) -> bool {
        if !delta.due {
            self.count_audio(delta, frame);
            out.silent(SuppressedReason::StaleEpoch);
            return false;
        }
        if self.capabilities.names == Names::Session && delta.is_nameless() {
            let late = self.name_delta(delta, frame, out);
            if late {
                self.late_words(&delta.read(frame), out);
                return false;
            }
        }
        delta.epoch = self.playback.epoch;
        delta.format = delta.format.or_else(|| Some(self.output_format()));
        if delta.kind == DeltaKind::Arguments && self.is_remote_delta(delta, frame) {
            delta.kind = DeltaKind::RemoteArguments(Executor::Provider);
        }
        let mut read = delta.read(frame);
        if !self.capabilities.responses {
            return self.streamed(&read);
        }
        if read.response().is_none() {
            read.adopted = self.responses.active().and_then(|active| active.id.clone());
        }
        let surfaces = match read.kind {
            DeltaKind::Audio => self.audio(&read, codec::decoded_len(&read.text), out),
            _ => self.of_open_response(&read, out) && self.of_open_part(&read, out),
        };
        self.begun_late(out);
        self.bound_responses(out);
        surfaces && !self.replaces_provisional(&read, out)
    }

    fn count_audio(&mut self, delta: &Delta, frame: &str) {
        if delta.kind == DeltaKind::Audio {
            self.audio_bytes += codec::decoded_len(&delta.text(frame)) as u64;
        }
    }

    /// A stream has no parts that could end.
    fn streamed(&mut self, read: &Read<'_>) -> bool {
        self.count_streamed(read.kind, &read.text);
        true
    }

    pub(super) fn count_streamed(&mut self, kind: DeltaKind, text: &str) {
        if kind == DeltaKind::Audio {
            self.audio_bytes += codec::decoded_len(text) as u64;
        }
    }

    /// Counts audio, and what of it is handed out to be played.
    pub(super) fn audio(&mut self, read: &Read<'_>, bytes: usize, out: &mut Out<'_>) -> bool {
        self.audio_bytes += bytes as u64;
        let surfaces = self.of_open_response(read, out);
        if surfaces {
            self.cut_by_speech = false;
            let key = self.played(read);
            if self.playback.received(key, bytes, self.now) {
                out.opened();
            }
        }
        surfaces
    }

    /// What names the part that a delta is played as.
    pub(super) fn played<'k>(&self, read: &'k Read<'_>) -> PartKey<'k> {
        PartKey {
            format: read.format,
            ..self.part(read.item(), read.response(), read.index)
        }
    }

    /// What names a part that is played.
    pub(super) fn part<'k>(
        &self,
        item: Option<&'k str>,
        response: Option<&'k str>,
        index: u32,
    ) -> PartKey<'k> {
        PartKey {
            item,
            response,
            index,
            beside: self.responses.is_beside(response),
            format: self.output_format(),
        }
    }

    /// Notes what the response of a delta had; false if that response has ended.
    fn of_open_response(&mut self, read: &Read<'_>, out: &mut Out<'_>) -> bool {
        if read.kind == DeltaKind::InputTranscript {
            return true;
        }
        let Some(response) = self.responses.touch(read.response(), out) else {
            out.silent(SuppressedReason::StaleEpoch);
            return false;
        };
        let played = matches!(read.kind, DeltaKind::Audio | DeltaKind::Video);
        let words = matches!(read.kind, DeltaKind::Text(lane) if lane != Lane::Thought);
        response.had_audio |= played;
        response.had_text |= words && !read.text.is_empty();
        let media = played || read.kind == DeltaKind::Text(Lane::Spoken);
        if media && (response.cut || response.cancelling) {
            out.silent(SuppressedReason::StaleEpoch);
            return false;
        }
        true
    }

    /// Adds a text to its part; false if the part has ended.
    fn of_open_part(&mut self, read: &Read<'_>, out: &mut Out<'_>) -> bool {
        let Some(key) = Key::of(read) else {
            return true;
        };
        let taken = self.texts.append(key, read.response(), &read.text, out);
        if !taken {
            out.silent(SuppressedReason::Duplicate);
        }
        taken
    }
}
