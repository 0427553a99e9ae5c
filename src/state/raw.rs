//! Audio that comes without a word about it: it is of what was announced last.
//!
//! ```text
//!             a response begins               a message of it begins
//!  nothing ─────────────────────► response ──────────────────────────► message
//!     │                              ▲                                  │ │  ▲
//!     │  a message begins            └───── another response begins ────┘ └──┘ the next one
//!     └─────────────────────────────────────────────────────────────────────►
//! ```
//! Calls and messages of the user change nothing. Audio of what was cut or has ended does not
//! surface, like any other of it.

use super::{Out, State};
use crate::{
    delta::{Made, RawAudio, Read},
    event::{Item, ItemKind},
    heap::Heap,
    id::Id,
};
use alloc::{boxed::Box, sync::Arc};

/// A response, and its message if one was announced.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Announced {
    of: Arc<Made>,
    output_index: Option<u32>,
}

impl Heap for Announced {
    fn heap(&self) -> usize {
        self.of.heap()
    }
}

impl State {
    /// A response begins. Only where audio comes raw this needs to be known.
    pub(super) fn announce_response(&mut self, id: Option<&Id<'_>>) {
        if self.capabilities.binary_audio {
            self.announced = Some(Box::new(Announced {
                of: Arc::new(Made {
                    response: id.map(Id::to_shared),
                    ..Made::default()
                }),
                output_index: None,
            }));
        }
    }

    /// An item of a response begins; a call has no audio.
    pub(super) fn announce_item(&mut self, item: &Item<'_>) {
        if self.capabilities.binary_audio && item.kind == ItemKind::Message {
            self.announced = Some(Box::new(Announced {
                of: Arc::new(Made {
                    response: item.ids.response_id.as_ref().map(Id::to_shared),
                    item: item.ids.item_id.as_ref().map(Id::to_shared),
                    ..Made::default()
                }),
                output_index: item.ids.output_index,
            }));
        }
    }

    /// Whether there is something that raw audio can belong to.
    pub(crate) fn has_announced(&self) -> bool {
        self.announced.is_some()
    }

    /// Takes audio of so many bytes, as it takes any other; none if it must not surface.
    pub(crate) fn raw_audio(&mut self, bytes: usize, out: &mut Out<'_>) -> Option<RawAudio> {
        let Announced { of, output_index } = self.announced.as_deref()?.clone();
        let format = self.output_format();
        let read = Read::raw((of.response.as_deref(), of.item.as_deref()), format);
        let surfaces = self.audio(&read, bytes, out);
        self.begun_late(out);
        self.bound_responses(out);
        surfaces.then_some(RawAudio {
            of,
            output_index,
            epoch: self.playback.epoch,
            format,
        })
    }
}

#[cfg(test)]
mod tests;
