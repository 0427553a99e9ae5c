//! What the host plays: the epoch, and how much of it was heard by the host's own report.

use crate::event::Epoch;
use core::time::Duration;

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Playback {
    pub(crate) epoch: Epoch,
    /// Played since the epoch began, across items.
    played: Option<Duration>,
}

impl Playback {
    /// Takes a report; one of a flushed epoch says nothing any more, and none goes back.
    pub(crate) fn report(&mut self, epoch: Epoch, played: Duration) {
        if epoch == self.epoch {
            self.played = self.played.max(Some(played));
        }
    }
}
