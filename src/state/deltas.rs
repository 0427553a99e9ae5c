//! Deltas: the hot path. Nothing is allocated where the part is open.

use super::{
    Out, State,
    playback::PartKey,
    texts::{Key, Side},
};
use crate::{
    codec,
    delta::{Delta, DeltaKind, Read},
    event::{Lane, SuppressedReason},
};

impl State {
    /// Takes a delta; false if it must not surface.
    pub(crate) fn delta(&mut self, delta: &mut Delta, frame: &str, out: &mut Out<'_>) -> bool {
        delta.epoch = self.playback.epoch;
        delta.format.get_or_insert_with(|| self.output_format());
        let mut read = delta.read(frame);
        if read.response().is_none() {
            read.adopted = self.responses.active().and_then(|active| active.id.clone());
        }
        let surfaces = if read.kind == DeltaKind::Audio {
            self.audio(&read, out)
        } else {
            self.of_open_response(&read, out) && self.of_open_part(&read, out)
        };
        self.begun_late(out);
        self.bound_responses(out);
        surfaces
    }

    /// Counts audio, and what of it is handed out to be played.
    fn audio(&mut self, read: &Read<'_>, out: &mut Out<'_>) -> bool {
        let bytes = codec::decoded_len(&read.text);
        self.audio_bytes += bytes as u64;
        let surfaces = self.of_open_response(read, out);
        if surfaces {
            let key = PartKey {
                format: read.format,
                ..self.part(read.item(), read.response(), read.index)
            };
            self.playback.received(key, bytes, self.now);
        }
        surfaces
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
        response.had_audio |= read.kind == DeltaKind::Audio;
        response.had_text |= !read.text.is_empty() && matches!(read.kind, DeltaKind::Text(_));
        let media = matches!(read.kind, DeltaKind::Audio | DeltaKind::Text(Lane::Spoken));
        if media && (response.cut || response.cancelling) {
            out.silent(SuppressedReason::StaleEpoch);
            return false;
        }
        true
    }

    /// Adds a text to its part; false if the part has ended.
    fn of_open_part(&mut self, read: &Read<'_>, out: &mut Out<'_>) -> bool {
        let side = match read.kind {
            DeltaKind::Audio | DeltaKind::Arguments => return true,
            DeltaKind::Text(lane) => Side::Reply(lane),
            DeltaKind::InputTranscript => Side::Input,
            DeltaKind::RemoteArguments => Side::Arguments,
        };
        let key = Key {
            item: read.item(),
            index: read.index,
            side,
        };
        let taken = self.texts.append(key, read.response(), &read.text, out);
        if !taken {
            out.silent(SuppressedReason::Duplicate);
        }
        taken
    }
}
