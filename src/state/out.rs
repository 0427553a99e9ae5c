//! Where the machines put what they have to say, in the order it is told.
//!
//! It has no state that outlives a frame, or a call.

use super::Action;
use crate::event::{Event, Ready, SuppressedReason};
use alloc::{collections::VecDeque, vec::Vec};

/// The events of one frame, or of one call. Settlements come last.
pub(crate) struct Out<'f> {
    events: VecDeque<Event<'f>>,
    settled: Vec<Event<'f>>,
    actions: Vec<Action>,
    /// Why nothing came of the frame, should nothing come of it.
    silence: SuppressedReason,
    /// What was there before the frame.
    earlier: usize,
    /// A part was opened.
    opened: bool,
}

impl<'f> Out<'f> {
    pub(crate) fn after(earlier: VecDeque<Event<'f>>) -> Self {
        Self {
            earlier: earlier.len(),
            events: earlier,
            settled: Vec::new(),
            actions: Vec::new(),
            silence: SuppressedReason::Acknowledgement,
            opened: false,
        }
    }

    pub(crate) fn push(&mut self, event: Event<'f>) {
        self.events.push_back(event);
    }

    /// Tells of something before what came of it.
    pub(crate) fn insert(&mut self, place: usize, event: Event<'f>) {
        self.events.insert(place, event);
    }

    /// Says what the server tells of itself where readiness was told without, and nobody has
    /// taken that yet.
    pub(crate) fn introduce(&mut self, ready: &Ready<'f>) {
        let told = self.events.iter_mut().take(self.earlier).rev();
        let mut introductions = told.filter_map(|event| match event {
            Event::Ready(told) => Some(told),
            _ => None,
        });
        if let Some(last) = introductions.next() {
            **last = ready.clone();
        }
    }

    pub(crate) fn settle(&mut self, event: Event<'f>) {
        self.settled.push(event);
    }

    /// Something is to be sent.
    pub(crate) fn act(&mut self, action: Action) {
        self.actions.push(action);
    }

    /// Takes what is to be sent.
    pub(crate) fn take_actions(&mut self) -> Vec<Action> {
        core::mem::take(&mut self.actions)
    }

    pub(crate) fn silent(&mut self, reason: SuppressedReason) {
        self.silence = reason;
    }

    /// A part was opened, or is not where it was.
    pub(crate) fn opened(&mut self) {
        self.opened = true;
    }

    /// Whether nothing has come of the frame so far.
    pub(crate) fn is_calm(&self) -> bool {
        self.silence().is_some() && self.actions.is_empty()
    }

    /// The same, and no part was opened for it.
    pub(crate) fn is_quiet(&self) -> bool {
        self.is_calm() && !self.opened
    }

    /// How many events were there before.
    pub(crate) fn earlier(&self) -> usize {
        self.earlier
    }

    /// How many events there are so far.
    pub(crate) fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there is nothing to tell, of the frame or of what was before.
    pub(crate) fn is_empty(&self) -> bool {
        self.events.is_empty() && self.settled.is_empty()
    }

    /// The reason for silence, if the frame has caused nothing at all.
    pub(crate) fn silence(&self) -> Option<SuppressedReason> {
        (self.events.len() == self.earlier && self.settled.is_empty()).then_some(self.silence)
    }

    pub(crate) fn finish(mut self) -> VecDeque<Event<'f>> {
        if !self.settled.is_empty() {
            self.events.extend(self.settled);
        }
        self.events
    }
}
