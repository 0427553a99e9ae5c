//! Deltas: known by the frames before them, or new.

use super::{Phase, Session};
use crate::{
    capabilities::ReadyOn,
    delta::{Delta, DeltaKind, Field},
    dialect,
    event::Epoch,
    events::{Events, Frame},
    json,
    outline::Pattern,
    slots::{Found, LONGEST},
    state::Out,
};

impl Session {
    /// Takes a frame to where the last one of its stream went, and returns how its delta is told; none
    /// if it needs a closer look.
    #[inline(never)]
    pub(super) fn follow(&mut self, frame: &str, found: &mut Found) -> Option<(&Pattern, Epoch)> {
        if self.phase() == Phase::Closed || frame.len() > self.longest() {
            return None;
        }
        self.count_frame(frame.len());
        let at = self.streams.find(frame, found)?;
        found.stream = Some(at);
        let stream = self.streams.at(at).filter(|_| self.queued.is_empty())?;
        let pattern = stream.pattern()?;
        let place = self.streams.place(stream)?;
        if !self
            .state
            .add(place, stream.kind(), stream.body(frame, found))
        {
            return None;
        }
        self.counters.followed();
        found.followed = true;
        pattern
            .is_plain(found)
            .then_some((pattern, self.state.epoch()))
    }

    /// What is told of a frame that went there, if its delta may lack names or tells more than others.
    #[inline]
    pub(super) fn followed<'f>(&self, frame: &'f str, found: &Found) -> Option<Events<'f>> {
        let at = found.stream.filter(|_| found.followed)?;
        let pattern = self.streams.at(at)?.pattern()?;
        let outline = pattern.outline(found, self.state.epoch());
        let made = pattern.made.clone();
        Some(Events::of_loose(frame, outline, pattern.loose(found), made))
    }

    /// The longest frame that is taken.
    #[inline]
    pub(super) fn longest(&self) -> usize {
        self.config.limits.frame_bytes.min(LONGEST)
    }

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
        let (delta, like) = self.streams.find_like(frame)?;
        is_sound(frame, &delta).then(|| {
            self.counters.template_hits += 1;
            let stream = self.streams.learn_like(frame, &delta, &like);
            self.delta(frame, delta, Some(stream))
        })
    }

    /// A delta of a shape that is not known. One with an escape teaches nothing: its shape is known
    /// or will be by the others of its stream.
    pub(super) fn new_delta<'f>(&mut self, frame: &'f str, delta: Delta) -> Events<'f> {
        self.counters.template_misses += 1;
        let plain = delta.slots.plain(Field::Body, frame).is_some();
        let learn = || {
            let idle = dialect::idle(frame, self.config.dialect);
            self.streams.learn(frame, &delta, &idle)
        };
        let stream = plain.then(learn).flatten();
        self.delta(frame, delta, stream)
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

/// Whether a delta adds something, for one that does not may be none, and its audio has nothing that
/// only the scanner sees.
fn is_sound(frame: &str, delta: &Delta) -> bool {
    let body = delta.slots.plain(Field::Body, frame).unwrap_or_default();
    let scanned = delta.kind != DeltaKind::Audio || !json::has_control(body);
    scanned && !body.is_empty()
}
