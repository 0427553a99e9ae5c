//! Where the deltas of one stream go, found by one of them: no name is looked up for the next.
//!
//! It has no state of its own. A place holds until something else than such deltas, the time or the
//! user's audio has come; whoever keeps one sees to that.

use super::{State, texts::Key};
use crate::{
    codec,
    delta::{Delta, DeltaKind, Read},
    event::{Epoch, Lane},
};

/// Where a delta of a reply, or of the user's words, goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    /// Its response; none for what the user says, or where there are no responses.
    response: Option<usize>,
    part: Part,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    /// It only passes.
    None,
    Text(usize),
    Played(usize),
}

impl State {
    /// Where a delta went that has surfaced; none where the next one needs a closer look.
    pub(crate) fn place(&self, delta: &Delta, frame: &str) -> Option<Place> {
        let read = delta.read(frame);
        if !self.capabilities.responses {
            let (response, part) = (None, Part::None);
            return Some(Place { response, part });
        }
        let heard = read.kind == DeltaKind::InputTranscript;
        if heard && self.naming.user.is_some() {
            return None;
        }
        let response = if heard {
            None
        } else {
            Some(self.responses.place(read.response())?)
        };
        let part = self.part_of(&read)?;
        Some(Place { response, part })
    }

    fn part_of(&self, read: &Read<'_>) -> Option<Part> {
        Some(match read.kind {
            DeltaKind::Arguments => Part::None,
            DeltaKind::Video => return None,
            DeltaKind::Audio => Part::Played(self.playback.place(self.played(read))?),
            DeltaKind::Text(_) | DeltaKind::RemoteArguments(_) | DeltaKind::InputTranscript => {
                Part::Text(self.texts.place(Key::of(read)?)?)
            }
        })
    }

    /// Takes a delta to where the last one of its stream went; false if it needs a closer look.
    #[inline]
    pub(crate) fn add(&mut self, place: Place, kind: DeltaKind, text: &str) -> bool {
        let added = match place.part {
            Part::None => {
                self.count_streamed(kind, text);
                true
            }
            Part::Text(at) => self.texts.add(at, text),
            Part::Played(at) => {
                let bytes = codec::decoded_len(text);
                self.audio_bytes += bytes as u64;
                self.cut_by_speech = false;
                self.playback.add(at, bytes, self.now);
                true
            }
        };
        let response = place.response.and_then(|at| self.responses.at(at));
        if let (Some(response), DeltaKind::Text(lane)) = (response, kind) {
            response.had_text |= lane != Lane::Thought;
        }
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
