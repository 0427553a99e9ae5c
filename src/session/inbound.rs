//! Frames, time and the end of the transport, on their way in.

use super::{Phase, Session};
use crate::{
    delta::Field,
    dialect::{self, Body, Decoded, Fact},
    event::{Event, FrameFault, Malformed, Suppressed},
    events::{Events, Frame},
    json::{Fault, Slot},
    slots::Found,
    state::Out,
    time::Time,
    transport::Close,
};
use alloc::{borrow::Cow, collections::VecDeque, vec::Vec};
use core::str::from_utf8;

impl Session {
    /// Applies one text frame and returns what it caused, oldest first.
    ///
    /// The frame applies as a unit. What is no message of the dialect is told as
    /// [`Event::Unknown`] or [`Event::Malformed`], with the raw text, and changes nothing but
    /// counters. The events borrow `frame`, not the session: commands may be sent while iterating.
    /// After the end nothing is received any more.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "where it meets the loop over the events, none is moved"
    )]
    pub fn receive<'f>(&mut self, frame: &'f str) -> Events<'f> {
        let mut found = Found::default();
        match self.follow(frame, &mut found) {
            Some((pattern, epoch)) => {
                Events::of_plain(frame, pattern.outline(&found, epoch), pattern.plain)
            }
            None => self.look_at(frame, &found).apart(),
        }
    }

    /// Takes a frame that is not simply the next one of its stream.
    #[inline(never)]
    fn look_at<'f>(&mut self, frame: &'f str, found: &Found) -> Events<'f> {
        if let Some(events) = self.followed(frame, found) {
            return events;
        }
        if self.phase() == Phase::Closed {
            return self.left(Frame::Text(frame));
        }
        let limit = self.longest();
        if frame.len() > limit {
            self.count_frame(frame.len());
            let fault = FrameFault::TooLong { limit };
            return self.malformed(Frame::Text(frame), Cow::Borrowed(frame), fault);
        }
        let known = match found.stream {
            Some(at) => self.known(frame, at, found),
            None => self.known_shape(frame),
        };
        if let Some(events) = known {
            return events;
        }
        match self.decode(frame) {
            Ok(Decoded {
                kind,
                body: Body::Delta(delta),
                ..
            }) => self.new_delta(frame, delta.with(Field::Kind, kind)),
            Ok(Decoded {
                kind,
                event_id,
                body: Body::Facts(facts),
            }) => self.facts(frame, kind, facts).named(frame, kind, event_id),
            Err(fault) => self.malformed(Frame::Text(frame), Cow::Borrowed(frame), fault),
        }
    }

    /// Applies one binary frame: JSON in UTF-8, as some dialects send it, or raw audio of the
    /// reply, as [`Capabilities::binary_audio`](crate::Capabilities::binary_audio) says.
    ///
    /// What is not UTF-8 is [`Event::Malformed`], with U+FFFD for what cannot be read. So is audio
    /// before any response: it belongs to nothing.
    pub fn receive_binary<'f>(&mut self, frame: &'f [u8]) -> Events<'f> {
        if self.state.capabilities.binary_audio && self.phase() != Phase::Closed {
            return self.raw_audio(frame);
        }
        match from_utf8(frame) {
            Ok(text) => self.receive(text).of_binary(frame),
            Err(_) if self.phase() == Phase::Closed => self.left(Frame::Binary(frame)),
            Err(error) => {
                self.count_frame(frame.len());
                let fault = FrameFault::Utf8 {
                    offset: error.valid_up_to(),
                };
                let raw = alloc::string::String::from_utf8_lossy(frame);
                self.malformed(Frame::Binary(frame), raw, fault)
            }
        }
    }

    /// Tells the time. An earlier one than was told before is read as the latest.
    pub fn handle_timeout(&mut self, now: Time) {
        let mut out = self.out();
        self.state.told(now, &mut out);
        self.disturbed_by(&out);
        self.originate(&mut out);
        self.keep(out);
    }

    /// Tells that the transport has ended: everything open settles, and [`Event::Closed`] is last.
    ///
    /// The events wait in [`poll_event`](Self::poll_event). A second end is none.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the end is told once; nothing is left to borrow from"
    )]
    pub fn disconnected(&mut self, close: Close<'_>) {
        if self.phase() == Phase::Closed {
            return;
        }
        let mut out = self.out();
        self.state.close(&close, &mut out);
        self.keep(out);
        self.outbox.clear();
    }

    /// Takes the oldest event that a command, the time or the end caused.
    ///
    /// What is left here comes out first in the next [`receive`](Self::receive).
    pub fn poll_event(&mut self) -> Option<Event<'static>> {
        self.queued.pop_front()
    }

    /// Returns when [`handle_timeout`](Self::handle_timeout) is due; `None` while nothing waits.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Time> {
        self.state.next_deadline()
    }

    /// What was queued before the end is still told, once.
    fn left<'f>(&mut self, frame: Frame<'f>) -> Events<'f> {
        Events::new(frame, core::mem::take(&mut self.queued))
    }

    pub(super) fn count_frame(&mut self, bytes: usize) {
        self.counters.frames_in += 1;
        self.counters.bytes_in += bytes as u64;
    }

    fn decode<'f>(&self, frame: &'f str) -> Result<Decoded<'f>, FrameFault> {
        let nesting = self.config.limits.nesting;
        dialect::decode(frame, self.config.dialect, nesting).map_err(|fault| match fault {
            Fault::Syntax { offset } => FrameFault::NotJson { offset },
            Fault::NotAnObject => FrameFault::NotAnObject,
            Fault::TooDeep { limit } => FrameFault::TooDeep { limit },
        })
    }

    pub(super) fn malformed<'f>(
        &mut self,
        frame: Frame<'f>,
        raw: Cow<'f, str>,
        fault: FrameFault,
    ) -> Events<'f> {
        let mut out = self.out();
        out.push(Event::Malformed(Malformed {
            kind: None,
            fault,
            raw,
        }));
        Events::new(frame, self.told(out))
    }

    /// The events behind those that were queued, counted.
    pub(super) fn told<'f>(&mut self, out: Out<'f>) -> VecDeque<Event<'f>> {
        let earlier = out.earlier();
        let queue = out.finish();
        let own = queue.iter().skip(earlier);
        self.counters.events += own.len() as u64;
        for event in own {
            match event {
                Event::Unknown(_) => self.counters.unknown += 1,
                Event::Malformed(_) => self.counters.malformed += 1,
                Event::Suppressed(_) => self.counters.suppressed += 1,
                _ => {}
            }
        }
        queue
    }

    fn facts<'f>(&mut self, frame: &'f str, kind: Slot, facts: Vec<Fact<'f>>) -> Events<'f> {
        self.streams.disturb();
        self.state.heard_of_peer();
        let mut out = self.out();
        if self.state.proves(&facts) {
            self.state.ready();
            if !facts.iter().any(|fact| matches!(fact, Fact::Session(_))) {
                self.state.proven(&mut out);
            }
        }
        for fact in facts {
            self.state.observe(fact, &mut out);
        }
        self.never_silent(frame, kind, out)
    }

    /// No frame passes without a word.
    pub(super) fn never_silent<'f>(
        &mut self,
        frame: &'f str,
        kind: Slot,
        mut out: Out<'f>,
    ) -> Events<'f> {
        self.originate(&mut out);
        if let Some(reason) = out.silence() {
            let kind = kind.of(frame).str();
            out.push(Event::Suppressed(Suppressed { kind, reason }));
        }
        Events::new(Frame::Text(frame), self.told(out))
    }
}
