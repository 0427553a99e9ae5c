//! Frames that are nothing but audio of the reply.

use super::Session;
use crate::{
    event::{Event, FrameFault, Suppressed},
    events::{Events, Frame},
};
use alloc::string::String;

impl Session {
    /// Takes raw audio: it is of what the server announced last.
    pub(super) fn raw_audio<'f>(&mut self, audio: &'f [u8]) -> Events<'f> {
        self.count_frame(audio.len());
        let limit = self.config.limits.frame_bytes;
        if audio.len() > limit {
            return self.no_audio(audio, FrameFault::TooLong { limit });
        }
        if !self.state.has_announced() {
            return self.no_audio(audio, FrameFault::Missing { field: "response" });
        }
        self.state.heard_of_peer();
        let mut out = self.out();
        let raw = self.state.raw_audio(audio.len(), &mut out);
        self.disturbed_by(&out);
        self.originate(&mut out);
        match (raw, out.silence()) {
            (Some(raw), _) if out.is_empty() => {
                self.counters.events += 1;
                return Events::of_raw(audio, raw);
            }
            (Some(raw), _) => Events::of_raw(audio, raw).for_each(|event| out.push(event)),
            (None, Some(reason)) => out.push(Event::Suppressed(Suppressed { kind: None, reason })),
            (None, None) => {}
        }
        Events::new(Frame::Binary(audio), self.told(out))
    }

    fn no_audio<'f>(&mut self, audio: &'f [u8], fault: FrameFault) -> Events<'f> {
        let raw = String::from_utf8_lossy(audio);
        self.malformed(Frame::Binary(audio), raw, fault)
    }
}
