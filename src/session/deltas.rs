//! Deltas: known by the frames before them, or new.

use super::Session;
use crate::{
    capabilities::ReadyOn,
    delta::{Delta, DeltaKind, Field},
    dialect,
    events::Events,
    json::{Found, OPEN},
    state::Out,
    streams::Stream,
};

impl Session {
    /// Takes a delta to where the last one of its stream went; none if the frame needs a closer look.
    #[inline]
    pub(super) fn follow(&mut self, frame: &str, at: usize, found: &Found<OPEN>) -> Option<()> {
        if !self.queued.is_empty() {
            return None;
        }
        let stream = self.streams.at(at)?;
        let place = self.streams.place(stream)?;
        let body = stream.body(frame, found)?;
        if body.is_empty() || !self.state.add(place, stream.delta.kind, body) {
            return None;
        }
        self.counters.template_hits += 1;
        self.counters.template_bound += 1;
        self.counters.events += 1;
        Some(())
    }

    /// The delta of a frame that went where the last one of its stream did.
    #[inline]
    pub(super) fn followed<'f>(
        &self,
        frame: &'f str,
        stream: &Stream,
        found: &Found<OPEN>,
    ) -> Events<'f> {
        let mut events = Events::of_delta(frame, stream.delta.clone());
        events.moved(|delta| {
            stream.fill(&mut delta.slots, found);
            delta.epoch = self.state.epoch();
        });
        events
    }

    /// What a frame of a known stream causes, looked at.
    pub(super) fn known<'f>(
        &mut self,
        frame: &'f str,
        at: usize,
        found: &Found<OPEN>,
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
        self.disturbed_by(&out);
        // What comes of a delta beside it may be the end of what others of its stream add to.
        let calm = out.is_calm();
        if !surfaces {
            let [kind, event_id] = [Field::Kind, Field::EventId].map(|of| delta.slots.get(of));
            let events = self.never_silent(frame, kind, out);
            return events.named(frame, kind, event_id);
        }
        self.originate(&mut out);
        self.counters.events += 1;
        let before = out.len();
        if let Some(stream) = stream.filter(|_| calm && self.has_reserve()) {
            if let Some(place) = self.state.place(&delta, frame) {
                self.streams.bind(stream, &delta, place);
            }
        }
        let queue = self.told(out);
        Events::of_delta(frame, delta).among(before, queue)
    }

    /// Where deltas go may have changed, unless nothing has come of what happened.
    pub(super) fn disturbed_by(&mut self, out: &Out<'_>) {
        if !out.is_quiet() {
            self.streams.disturb();
        }
    }
}

/// Whether a delta adds something, for one that does not may be none, and its audio has nothing that
/// only the scanner sees.
fn is_sound(frame: &str, delta: &Delta) -> bool {
    let body = delta.slots.plain(Field::Body, frame).unwrap_or_default();
    let scanned = delta.kind != DeltaKind::Audio || body.bytes().all(|byte| byte >= 0x20);
    scanned && !body.is_empty()
}
