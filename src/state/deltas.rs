//! Deltas: the hot path. Nothing is allocated where the part is open.

use super::{
    Out, State,
    playback::PartKey,
    texts::{Key, Side},
};
use crate::{
    codec,
    delta::{Delta, DeltaKind},
    event::{Lane, SuppressedReason},
};

impl State {
    /// Takes a delta; false if it must not surface.
    pub(crate) fn delta(&mut self, delta: &mut Delta, frame: &str, out: &mut Out<'_>) -> bool {
        delta.epoch = self.playback.epoch;
        delta.format = self.output_format();
        let text = delta.text(frame);
        if delta.kind == DeltaKind::Audio {
            self.audio_bytes += codec::decoded_len(&text) as u64;
        }
        let surfaces = self.of_open_response(delta, frame, !text.is_empty(), out)
            && self.of_open_part(delta, frame, &text, out);
        if surfaces && delta.kind == DeltaKind::Audio {
            self.play(delta, frame, &text);
        }
        self.begun_late(out);
        self.bound_responses(out);
        surfaces
    }

    /// Counts audio that is handed out to be played.
    fn play(&mut self, delta: &Delta, frame: &str, payload: &str) {
        let (item, response) = (delta.item_id(frame), delta.response_id(frame));
        let key = PartKey {
            item: item.as_deref(),
            response: response.as_deref(),
            index: delta.content_index.unwrap_or_default(),
            format: delta.format,
        };
        self.playback
            .received(key, codec::decoded_len(payload), self.now);
    }

    /// Notes what the response of a delta had; false if that response has ended.
    fn of_open_response(
        &mut self,
        delta: &Delta,
        frame: &str,
        says: bool,
        out: &mut Out<'_>,
    ) -> bool {
        if delta.kind == DeltaKind::InputTranscript {
            return true;
        }
        let Some(response) = self
            .responses
            .touch(delta.response_id(frame).as_deref(), out)
        else {
            out.silent(SuppressedReason::StaleEpoch);
            return false;
        };
        response.had_audio |= delta.kind == DeltaKind::Audio;
        response.had_text |= says && matches!(delta.kind, DeltaKind::Text(_));
        let media = matches!(delta.kind, DeltaKind::Audio | DeltaKind::Text(Lane::Spoken));
        if media && (response.cut || response.cancelling) {
            out.silent(SuppressedReason::StaleEpoch);
            return false;
        }
        true
    }

    /// Adds a text to its part; false if the part has ended.
    fn of_open_part(&mut self, delta: &Delta, frame: &str, text: &str, out: &mut Out<'_>) -> bool {
        let side = match delta.kind {
            DeltaKind::Audio | DeltaKind::Arguments => return true,
            DeltaKind::Text(lane) => Side::Reply(lane),
            DeltaKind::InputTranscript => Side::Input,
            DeltaKind::RemoteArguments => Side::Arguments,
        };
        let (item, response) = (delta.item_id(frame), delta.response_id(frame));
        let key = Key {
            item: item.as_deref(),
            index: delta.content_index.unwrap_or_default(),
            side,
        };
        let taken = self.texts.append(key, response.as_deref(), text, out);
        if !taken {
            out.silent(SuppressedReason::Duplicate);
        }
        taken
    }
}
