//! Deltas: known by the frames before them, or new.

use super::Session;
use crate::{
    capabilities::ReadyOn,
    delta::{Delta, DeltaKind, Field},
    dialect,
    events::{Events, Frame},
    json,
    slots::Found,
    state::{Out, State},
    stream::Stream,
    streams::Streams,
};

impl Session {
    /// What a frame of a known stream causes, looked at.
    pub(super) fn known<'f>(
        &mut self,
        frame: &'f str,
        at: usize,
        found: &Found,
    ) -> Option<Events<'f>> {
        let delta = self.streams.at(at)?.decoded(found);
        is_sound(frame, &delta).then(|| {
            self.counters.template_hits += 1;
            self.delta(frame, delta, Some(at))
        })
    }

    /// The same for one of no known stream that has the shape of one.
    pub(super) fn known_shape<'f>(&mut self, frame: &'f str) -> Option<Events<'f>> {
        let (like, delta) = self.streams.find_like(frame)?;
        is_sound(frame, &delta).then(|| {
            self.counters.template_hits += 1;
            let stream = self.learn(frame, &delta, Some(like));
            self.delta(frame, delta, stream)
        })
    }

    /// A delta of a shape that is not known. One with an escape teaches nothing: its shape is known
    /// or will be by the others of its stream.
    pub(super) fn new_delta<'f>(&mut self, frame: &'f str, delta: Delta) -> Events<'f> {
        self.counters.template_misses += 1;
        let plain = delta.slots.plain(Field::Body, frame).is_some();
        let stream = plain.then(|| self.learn(frame, &delta, None)).flatten();
        self.delta(frame, delta, stream)
    }

    fn learn(&mut self, frame: &str, delta: &Delta, like: Option<usize>) -> Option<usize> {
        let idle = dialect::idle(frame, self.config.dialect);
        self.streams.learn(frame, delta, &idle, like)
    }

    fn delta<'f>(&mut self, frame: &'f str, mut delta: Delta, stream: Option<usize>) -> Events<'f> {
        self.state.heard_of_peer();
        let mut out = self.out();
        if self.state.capabilities.ready_on != ReadyOn::SessionFrame {
            self.state.proven(&mut out);
        }
        let surfaces = self.state.delta(&mut delta, frame, &mut out);
        let [kind, event_id] = [Field::Kind, Field::EventId].map(|of| delta.slots.get(of));
        self.disturbed_by(&out);
        // What comes of a delta beside it may be the end of what others of its stream add to.
        let calm = out.is_calm();
        if !surfaces {
            let events = self.never_silent(frame, kind, out);
            return events.named(frame, kind, event_id);
        }
        self.originate(&mut out);
        if let Some(stream) = stream.filter(|_| calm && self.has_reserve()) {
            if let Some(place) = self.state.place(&delta, frame) {
                self.streams.bind(stream, &delta, place);
            }
        }
        if out.is_empty() {
            self.counters.events += 1;
            return Events::of_delta(frame, delta);
        }
        out.push(delta.event(frame));
        Events::new(Frame::Text(frame), self.told(out)).named(frame, kind, event_id)
    }

    /// Where deltas go may have changed, unless nothing has come of what happened.
    pub(super) fn disturbed_by(&mut self, out: &Out<'_>) {
        if !out.is_quiet() {
            self.streams.disturb();
        }
    }
}

/// Takes a delta to where the last one of its stream went; none if the frame needs a closer look.
#[inline]
pub(super) fn follow<'s>(
    streams: &'s Streams,
    state: &mut State,
    at: usize,
    frame: &str,
    found: &Found,
) -> Option<&'s Stream> {
    let stream = streams.at(at)?;
    let place = streams.place(stream)?;
    let body = stream.body(frame, found);
    (!body.is_empty() && state.add(place, stream.kind(), body)).then_some(stream)
}

/// Whether a delta adds something, for one that does not may be none, and its audio has nothing that
/// only the scanner sees.
fn is_sound(frame: &str, delta: &Delta) -> bool {
    let body = delta.slots.plain(Field::Body, frame).unwrap_or_default();
    let scanned = delta.kind != DeltaKind::Audio || !json::has_control(body);
    scanned && !body.is_empty()
}
