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
        let frame = Frame::Binary(audio);
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
        if let Some(raw) = raw {
            self.counters.events += 1;
            let before = out.len();
            return Events::new(frame, self.told(out)).with_raw(raw, before);
        }
        if let Some(reason) = out.silence() {
            out.push(Event::Suppressed(Suppressed { kind: None, reason }));
        }
        Events::new(frame, self.told(out))
    }

    fn no_audio<'f>(&mut self, audio: &'f [u8], fault: FrameFault) -> Events<'f> {
        let raw = String::from_utf8_lossy(audio);
        self.malformed(Frame::Binary(audio), raw, fault)
    }
}
