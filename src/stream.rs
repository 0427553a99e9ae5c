//! One stream: how its frames look, what its deltas are, where they go.
//!
//! What every delta of it touches stands first and together; what was learned once lies elsewhere.

use crate::{
    delta::{Delta, DeltaKind, Field},
    heap::{Heap, boxed},
    json::{AllVarying, Gap, Kind, OPEN, Slot, Template, Varying},
    outline::Pattern,
    slots::{Bases, Found, Slots},
    state::Place,
};
use alloc::boxed::Box;
use core::iter::repeat;

#[derive(Debug)]
#[repr(align(64))] // Whole lines of a cache, one stream each.
pub(crate) struct Stream {
    /// Where the last delta went, and in which round.
    place: Option<(Place, u32)>,
    kind: DeltaKind,
    /// How its deltas are told; none where something of them is odd.
    pattern: Option<Pattern>,
    /// The stream whose delta followed last.
    pub(crate) next: usize,
    pub(crate) template: Template,
    learned: Box<Learned>,
}

/// Four of them at most, where addresses have 64 bits; fewer elsewhere.
const _: () = assert!(size_of::<Stream>() <= 4 * 64);

#[derive(Debug)]
struct Learned {
    /// That of a frame, as it was decoded; its values are measured.
    delta: Delta,
    /// From what.
    from: Bases,
    /// The numbers of its output and of its content.
    indices: [Option<u32>; 2],
}

impl Stream {
    /// The stream of the delta of a frame, as it was decoded, that stands at `at`.
    pub(crate) fn new(frame: &str, delta: &Delta, varying: &AllVarying, at: usize) -> Self {
        let template = Template::new(frame, varying);
        Self {
            place: None,
            kind: delta.kind,
            pattern: None,
            next: at,
            learned: Box::new(Learned::new(&template, frame, delta)),
            template,
        }
    }

    /// Becomes the stream of another delta, and takes no more room than before.
    pub(crate) fn learn(&mut self, frame: &str, delta: &Delta, varying: &AllVarying, at: usize) {
        self.template.learn(frame, varying);
        *self.learned = Learned::new(&self.template, frame, delta);
        (self.place, self.kind, self.pattern, self.next) = (None, delta.kind, None, at);
    }

    /// A delta went there in that round, and this is how the machines left it.
    pub(crate) fn bind(&mut self, delta: &Delta, place: Place, round: u32) {
        let Learned {
            delta: known,
            from,
            indices,
        } = &*self.learned;
        let left = Delta {
            slots: known.slots,
            ..delta.clone()
        };
        self.kind = delta.kind;
        self.pattern = Pattern::new(&left, from, *indices);
        self.place = Some((place, round));
    }

    /// Where its deltas go, if that was found in this round.
    #[inline]
    pub(crate) fn place(&self, round: u32) -> Option<Place> {
        let (place, of) = self.place?;
        (of == round).then_some(place)
    }

    #[inline]
    pub(crate) fn kind(&self) -> DeltaKind {
        self.kind
    }

    /// What the delta of a frame adds, where the gaps of it lie there.
    #[inline]
    pub(crate) fn body<'f>(&self, frame: &'f str, found: &Found) -> &'f str {
        self.template.body(found).of(frame)
    }

    /// How its deltas are told.
    #[inline]
    pub(crate) fn pattern(&self) -> Option<&Pattern> {
        self.pattern.as_ref()
    }

    /// The delta of such a frame, as it was decoded.
    pub(crate) fn decoded(&self, found: &Found) -> Delta {
        let Learned { delta, from, .. } = &*self.learned;
        Delta {
            slots: delta.slots.placed(from, found),
            ..delta.clone()
        }
    }

    /// The delta of a frame of the same shape that is about other things, as it was decoded, and what
    /// varies in that.
    pub(crate) fn like(&self, frame: &str) -> Option<(Delta, AllVarying)> {
        let found = self.template.fit_any(frame)?;
        let delta = self.decoded(&self.template.learned());
        let slots = delta.slots.all();
        let delta = Delta {
            slots: Slots::of(slots.map(|slot| self.template.moved(slot, &found))),
            ..delta
        };
        Some((delta, self.template.varying(&found)))
    }
}

impl Learned {
    fn new(template: &Template, frame: &str, delta: &Delta) -> Self {
        let measures = delta.slots.all().map(|slot| template.measure(slot));
        Self {
            indices: [delta.output(frame), delta.index(frame)],
            from: measures.map(|(from, _)| from),
            delta: Delta {
                slots: Slots::of(measures.map(|(_, slot)| slot)),
                ..delta.clone()
            },
        }
    }
}

/// What varies in the frames of a stream, in order; none where no frame can be known by it. From
/// what is `idle` nothing is read.
pub(crate) fn varying(delta: &Delta, idle: &[Slot]) -> Option<AllVarying> {
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
    let mut all = AllVarying::new();
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
        self.template.heap() + boxed(&*self.learned)
    }
}

impl Heap for Learned {}
