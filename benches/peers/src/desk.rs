//! Where a reader puts what it has read: reused from frame to frame, as an application would.

use std::{fmt, hint::black_box};

/// The longest sound of a frame, in bytes: two seconds.
const LONGEST: usize = 96_000;

/// What was read so far, and room for what is read next.
pub(crate) struct Desk {
    /// Bytes of text.
    pub(crate) text: usize,
    /// Bytes of decoded audio.
    pub(crate) audio: usize,
    /// Frames that could not be decoded.
    pub(crate) refused: usize,
    /// Room for decoded audio.
    pub(crate) pcm: Vec<u8>,
    /// Room for a frame that is written.
    pub(crate) bytes: Vec<u8>,
    /// The encoder of gemini-live, which keeps its room too.
    pub(crate) encoder: gemini_live::audio::AudioEncoder,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            text: 0,
            audio: 0,
            refused: 0,
            pcm: vec![0; LONGEST],
            bytes: Vec::with_capacity(2 * LONGEST),
            encoder: gemini_live::audio::AudioEncoder::new(),
        }
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk")
            .field("text", &self.text)
            .field("audio", &self.audio)
            .field("refused", &self.refused)
            .finish_non_exhaustive()
    }
}

impl Desk {
    /// What was read, as what all readers of the same frames must agree on.
    pub(crate) fn heard(&self) -> (usize, usize) {
        (self.text, self.audio)
    }

    /// Reads a piece of text.
    pub(crate) fn text(&mut self, text: &str) {
        self.text += black_box(text).len();
    }

    /// Reads audio that is decoded.
    pub(crate) fn sound(&mut self, pcm: &[u8]) {
        self.audio += black_box(pcm).len();
    }

    /// Reads audio that lies in `pcm`.
    pub(crate) fn decoded(&mut self, bytes: usize) {
        black_box(&self.pcm[..bytes]);
        self.audio += bytes;
    }
}

/// Reads names and places.
pub(crate) fn place(names: [&str; 3], indices: [u32; 2]) {
    black_box((names, indices));
}
