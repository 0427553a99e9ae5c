//! What the assistant said, as a WAV file.

use realtime_proto::{AudioDelta, AudioFormat, Encoding, Event, audio};

/// The audio of a reply after the other, as 16-bit samples.
#[derive(Debug, Default)]
pub(crate) struct Wav {
    format: Option<AudioFormat>,
    pcm: Vec<u8>,
    scratch: Vec<u8>,
    skipped: usize,
}

impl Wav {
    pub(crate) fn event(&mut self, event: &Event<'_>) {
        if let Event::AudioDelta(delta) = event {
            self.skipped += usize::from(self.append(delta).is_none());
        }
    }

    /// How many pieces were no audio that fits behind the rest.
    pub(crate) const fn skipped(&self) -> usize {
        self.skipped
    }

    fn append(&mut self, delta: &AudioDelta<'_>) -> Option<()> {
        if *self.format.get_or_insert(delta.format) != delta.format {
            return None;
        }
        delta.decode_into(&mut self.scratch).ok()?;
        let codes = self.scratch.iter().copied();
        match delta.format.encoding {
            Encoding::Pcm16 => self.pcm.extend_from_slice(&self.scratch),
            Encoding::Pcmu => audio::write_samples(codes.map(audio::decode_mulaw), &mut self.pcm),
            Encoding::Pcma => audio::write_samples(codes.map(audio::decode_alaw), &mut self.pcm),
            _ => return None,
        }
        Some(())
    }

    /// The whole file: a header of 44 bytes, then the samples.
    pub(crate) fn file(&self) -> Vec<u8> {
        let format = self.format.unwrap_or(AudioFormat::pcm16(24_000));
        let channels = u16::from(format.channels);
        let frame = 2 * channels;
        let bytes = u32::try_from(self.pcm.len()).unwrap_or(u32::MAX);
        let mut file = Vec::with_capacity(44 + self.pcm.len());
        file.extend(b"RIFF");
        file.extend(bytes.saturating_add(36).to_le_bytes());
        file.extend(b"WAVEfmt ");
        file.extend(16_u32.to_le_bytes());
        file.extend(1_u16.to_le_bytes());
        file.extend(channels.to_le_bytes());
        file.extend(format.rate_hz.to_le_bytes());
        file.extend((format.rate_hz * u32::from(frame)).to_le_bytes());
        file.extend(frame.to_le_bytes());
        file.extend(16_u16.to_le_bytes());
        file.extend(b"data");
        file.extend(bytes.to_le_bytes());
        file.extend(&self.pcm);
        file
    }
}
