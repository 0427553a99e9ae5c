//! Deltas: the hot path. Nothing is allocated where the part is open.

use super::{
    Out, State,
    texts::{Key, Side},
};
use crate::{
    codec,
    delta::{Delta, DeltaKind},
    event::SuppressedReason,
};

impl State {
    /// Takes a delta; false if it must not surface. Allocates nothing where its part is open.
    pub(crate) fn delta(&mut self, delta: &mut Delta, frame: &str, out: &mut Out<'_>) -> bool {
        delta.epoch = self.playback.epoch;
        delta.format = self.output_format();
        let text = delta.body.of(frame).str().unwrap_or_default();
        let item = delta.item_id.of(frame).text();
        let side = match delta.kind {
            DeltaKind::Audio => {
                self.audio_bytes += codec::decoded_len(&text) as u64;
                None
            }
            DeltaKind::Text(lane) => Some(Side::Reply(lane)),
            DeltaKind::InputTranscript => Some(Side::Input),
            DeltaKind::RemoteArguments => Some(Side::Arguments),
            DeltaKind::Arguments => None,
        };
        let response_id = delta.response_id.of(frame).text();
        let response_id = response_id.as_deref().filter(|id| !id.is_empty());
        if delta.kind != DeltaKind::InputTranscript {
            let Some(response) = self.responses.touch(response_id, out) else {
                out.silent(SuppressedReason::StaleEpoch);
                return false;
            };
            response.had_audio |= delta.kind == DeltaKind::Audio;
            response.had_text |= matches!(delta.kind, DeltaKind::Text(_)) && !text.is_empty();
        }
        let Some(side) = side else { return true };
        let item = item.as_deref().filter(|id| !id.is_empty());
        let key = Key {
            item,
            index: delta.content_index.unwrap_or_default(),
            side,
        };
        let taken = self.texts.append(key, response_id, &text, out);
        if !taken {
            out.silent(SuppressedReason::Duplicate);
        }
        taken
    }
}
