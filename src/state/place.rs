//! Where the deltas of one stream go, found by one of them: no name is looked up for the next.
//!
//! It has no state of its own. A place holds until something else than such deltas, the time or the
//! user's audio has come; whoever keeps one sees to that.

use super::{State, texts::Key};
use crate::{
    codec,
    delta::{Delta, DeltaKind},
    event::Epoch,
};

/// Where a delta of a reply, or of the user's words, goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Place {
    /// It only passes.
    Nowhere,
    Text(usize),
    Played(usize),
}

impl State {
    /// Where a delta went that has surfaced; none where the next one needs a closer look.
    pub(crate) fn place(&self, delta: &Delta, frame: &str) -> Option<Place> {
        if !self.capabilities.responses {
            return Some(Place::Nowhere);
        }
        let read = delta.read(frame);
        Some(match read.kind {
            DeltaKind::Arguments => Place::Nowhere,
            DeltaKind::Video => return None,
            DeltaKind::Audio => Place::Played(self.playback.place(self.played(&read))?),
            DeltaKind::Text(_) | DeltaKind::RemoteArguments(_) | DeltaKind::InputTranscript => {
                Place::Text(self.texts.place(Key::of(&read)?)?)
            }
        })
    }

    /// Takes a delta to where the last one of its stream went; false if it needs a closer look, as
    /// one that adds nothing does.
    #[inline]
    pub(crate) fn add(&mut self, place: Place, kind: DeltaKind, text: &str) -> bool {
        let added = match place {
            _ if text.is_empty() => false,
            Place::Nowhere => {
                self.count_streamed(kind, text);
                true
            }
            Place::Text(at) => self.texts.add(at, text),
            Place::Played(at) => {
                let bytes = codec::decoded_len(text);
                self.audio_bytes += bytes as u64;
                self.cut_by_speech = false;
                self.playback.add(at, bytes, self.now);
                true
            }
        };
        if added {
            self.heard_of_peer();
        }
        added
    }

    #[inline]
    pub(crate) fn epoch(&self) -> Epoch {
        self.playback.epoch
    }
}
