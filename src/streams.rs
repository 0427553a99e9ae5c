//! Streams: deltas of one shape that add to the same thing, known by the frames before.
//!
//! What a frame says is found from where the gaps of its shape lie, without parsing; where it goes,
//! from where the last one of its stream went, without looking names up.

use crate::{
    audio::AudioFormat,
    delta::{Delta, DeltaKind, Field},
    event::{Epoch, Lane},
    followed::Followed,
    heap::Heap,
    json::{GAPS, Gap, Kind, OPEN, Slot, Template, Varying},
    lists,
    slots::{Found, Measured, Slots},
    state::Place,
};
use alloc::vec::Vec;
use arrayvec::ArrayVec;
use core::{iter::repeat, mem::take};

/// How many streams are known at once: two items of three kinds, and room for the next.
const STREAMS: usize = 8;

#[derive(Debug)]
pub(crate) struct Stream {
    template: Template,
    /// That of a frame of it, as the machines left it that took it last, wherever its values lie.
    delta: Delta,
    /// What they may have changed of it.
    decoded: (DeltaKind, Option<AudioFormat>),
    /// Where its values lie.
    measured: Measured,
    /// The numbers of its output and of its content.
    indices: [Option<u32>; 2],
    /// Its frames say all of it, as it stands.
    told: bool,
    /// How its words are meant; none where it is audio.
    lane: Option<Lane>,
    /// Where the last delta went, and in which round.
    place: Option<(Place, u32)>,
    /// The stream whose delta followed last.
    next: usize,
}

/// The streams of one connection. A copy knows none: it learns anew.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    known: Vec<Stream>,
    last: usize,
    oldest: usize,
    /// Counts whatever may have changed where deltas go.
    round: u32,
}

impl Clone for Streams {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Streams {
    /// Something may have changed where deltas go.
    #[inline]
    pub(crate) fn disturb(&mut self) {
        self.round = self.round.wrapping_add(1);
    }

    /// The known stream that a frame is of, and where the gaps of the frame lie.
    #[inline]
    pub(crate) fn find(&mut self, frame: &str, found: &mut Found) -> Option<usize> {
        let next = self.known.get(self.last)?.next;
        let fits = self.known.get(next)?.template.fit(frame, found);
        let at = if fits {
            next
        } else {
            self.find_other(next, frame, found)?
        };
        self.last = at;
        Some(at)
    }

    #[inline(never)]
    fn find_other(&mut self, than: usize, frame: &str, found: &mut Found) -> Option<usize> {
        let known = self.known.iter().enumerate();
        let mut others = known.filter(|(at, _)| *at != than);
        let (at, _) = others.find(|(_, stream)| stream.template.fit(frame, found))?;
        self.known.get_mut(self.last)?.next = at;
        Some(at)
    }

    #[inline]
    pub(crate) fn at(&self, at: usize) -> Option<&Stream> {
        self.known.get(at)
    }

    /// Where the deltas of a stream go, if nothing may have changed it.
    #[inline]
    pub(crate) fn place(&self, stream: &Stream) -> Option<Place> {
        let (place, round) = stream.place?;
        (round == self.round).then_some(place)
    }

    /// The delta of a frame of a known shape that is about other things; the stream that is like it.
    pub(crate) fn find_like(&self, frame: &str) -> Option<(usize, Delta)> {
        let mut known = self.known.iter().enumerate();
        known.find_map(|(at, stream)| {
            let found = stream.template.fit_any(frame)?;
            let mut delta = stream.decoded(&stream.template.learned());
            let slots = delta.slots.all();
            delta.slots = Slots::of(slots.map(|slot| stream.template.moved(slot, &found)));
            Some((at, delta))
        })
    }

    /// Learns the stream that a delta is of, as it was decoded; which one that is. It takes the place
    /// of one that is like it and over, else of the oldest.
    pub(crate) fn learn(
        &mut self,
        frame: &str,
        delta: &Delta,
        idle: &[Slot],
        like: Option<usize>,
    ) -> Option<usize> {
        let varying = varying(delta, idle)?;
        let is_of = |stream: &Stream| stream.template.is_of(frame, &varying);
        if let Some(at) = self.known.iter().position(is_of) {
            return Some(at);
        }
        let at = like.filter(|at| !self.is_under_way(*at));
        let at = at.unwrap_or_else(|| self.room());
        let old = self.known.get_mut(at);
        let mut template = old.map_or_else(Template::default, |old| take(&mut old.template));
        template.learn(frame, &varying);
        let stream = Stream::new(template, frame, delta, at);
        match self.known.get_mut(at) {
            Some(old) => *old = stream,
            None => lists::push(&mut self.known, stream),
        }
        Some(at)
    }

    fn is_under_way(&self, at: usize) -> bool {
        let place = self.known.get(at).and_then(|stream| stream.place);
        place.is_some_and(|(_, round)| round == self.round)
    }

    /// Where the next stream stands.
    fn room(&mut self) -> usize {
        let known = self.known.len();
        if known < STREAMS {
            return known;
        }
        let oldest = self.oldest;
        self.oldest = (oldest + 1) % STREAMS;
        oldest
    }

    /// A delta of a stream went there, and this is how the machines left it.
    pub(crate) fn bind(&mut self, at: usize, delta: &Delta, place: Place) {
        if let Some(stream) = self.known.get_mut(at) {
            let known = &mut stream.delta;
            (known.kind, known.format) = (delta.kind, delta.format);
            known.made.clone_from(&delta.made);
            stream.lane = match delta.kind {
                DeltaKind::Text(lane) => Some(lane),
                _ => None,
            };
            stream.told = delta.made.is_none() && stream.tells();
            stream.place = Some((place, self.round));
        }
    }
}

impl Stream {
    pub(crate) fn kind(&self) -> DeltaKind {
        self.delta.kind
    }

    /// What a delta adds, where the gaps of its frame lie there.
    #[inline]
    pub(crate) fn body<'f>(&self, frame: &'f str, found: &Found) -> &'f str {
        self.measured.span(Field::Body, found).of(frame)
    }

    /// Whether such a frame says all of its delta, as it stands.
    #[inline]
    pub(crate) fn is_told(&self, found: &Found) -> bool {
        self.told && !self.measured.span(Field::EventId, found).is_empty()
    }

    /// The delta of such a frame that has gone where the last one went.
    #[inline]
    pub(crate) fn followed(&self, found: &Found, epoch: Epoch) -> Followed {
        let [output_index, content_index] = self.indices;
        let span = |field| self.measured.span(field, found);
        Followed {
            kind: span(Field::Kind),
            event_id: span(Field::EventId),
            response: span(Field::Response),
            item: span(Field::Item),
            body: span(Field::Body),
            output_index,
            content_index,
            epoch,
            format: self.delta.format(),
            lane: self.lane,
        }
    }

    /// The same, where something of it is not in the frame, or not as it stands.
    pub(crate) fn odd(&self, found: &Found, epoch: Epoch) -> Delta {
        Delta {
            slots: self.measured.of(found),
            epoch,
            ..self.delta.clone()
        }
    }

    /// The delta of such a frame, as it was decoded.
    pub(crate) fn decoded(&self, found: &Found) -> Delta {
        let mut delta = self.odd(found, Epoch::default());
        self.restore(&mut delta);
        delta
    }

    /// The stream of the delta of a frame, as it was decoded, that stands at `at`.
    fn new(template: Template, frame: &str, delta: &Delta, at: usize) -> Self {
        let measures = delta.slots.all().map(|slot| template.measure(slot));
        Self {
            decoded: (delta.kind, delta.format),
            delta: delta.clone(),
            measured: Measured::new(measures),
            indices: [delta.output(frame), delta.index(frame)],
            told: false,
            lane: None,
            place: None,
            next: at,
            template,
        }
    }

    /// Whether the delta is words or sound, and no name of it is missing or odd.
    fn tells(&self) -> bool {
        let names = [Field::Kind, Field::Response, Field::Item];
        let slots = self.measured.slots();
        matches!(self.delta.kind, DeltaKind::Text(_) | DeltaKind::Audio)
            && slots.is_absent(Field::Cursor)
            && slots.is_plain(Field::EventId)
            && names.into_iter().all(|field| slots.is_name(field))
    }

    /// Undoes what the machines have made of a delta.
    fn restore(&self, delta: &mut Delta) {
        (delta.kind, delta.format) = self.decoded;
        delta.made = None;
    }
}

/// What varies in the frames of a stream, in order; none where no frame can be known by it. From
/// what is `idle` nothing is read.
fn varying(delta: &Delta, idle: &[Slot]) -> Option<ArrayVec<Varying, GAPS>> {
    const STAY: [Field; 5] = [
        Field::Response,
        Field::Item,
        Field::Call,
        Field::OutputIndex,
        Field::ContentIndex,
    ];
    const GO: [Field; 3] = [Field::EventId, Field::Body, Field::Cursor];
    let body = delta.slots.get(Field::Body);
    if !delta.due || body.kind != Kind::String || body.start == body.end {
        return None;
    }
    let media = delta.kind == DeltaKind::Audio;
    let told = |field| (field, delta.slots.get(field));
    let stay = STAY.into_iter().map(told);
    let idle = idle.iter().map(|slot| (Field::Idle, *slot));
    let go = GO.into_iter().map(told).chain(idle);
    let mut all = ArrayVec::new();
    for ((field, slot), stays) in stay.zip(repeat(true)).chain(go.zip(repeat(false))) {
        if let Some(gap) = gap(field, slot, media) {
            let Slot { start, end, .. } = slot;
            let value = Varying {
                field,
                start,
                end,
                gap,
                stays,
            };
            all.try_push(value).ok()?;
        }
    }
    all.sort_unstable_by_key(|value| value.start);
    let open = all.iter().filter(|value| !value.stays).count();
    let apart = all
        .windows(2)
        .all(|pair| matches!(pair, [one, next] if one.end < next.start));
    (apart && open <= OPEN).then_some(all)
}

/// What can fill the gap that a value leaves; none if the value is constant.
fn gap(field: Field, slot: Slot, media: bool) -> Option<Gap> {
    match slot.kind {
        Kind::String if media && field == Field::Body => Some(Gap::Media),
        Kind::String => Some(Gap::Text),
        Kind::Number => Some(Gap::Number),
        _ => None,
    }
}

impl Heap for Stream {
    fn heap(&self) -> usize {
        self.template.heap()
    }
}

impl Heap for Streams {
    fn heap(&self) -> usize {
        self.known.heap()
    }
}
