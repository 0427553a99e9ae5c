//! Frames of one conversation in every dialect, each different from the last: functions of their
//! number. Consecutive numbers belong to two items in turn, where a dialect has items.

mod agents;
mod family;
mod gemini;
mod translation;

use crate::chance::Chance;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use realtime_proto::Dialect;

/// What a dialect looks like on the wire.
#[derive(Debug)]
pub(crate) struct Wire {
    /// The dialect.
    pub(crate) dialect: Dialect,
    /// The first frames of a session: both items are open.
    pub(crate) opening: fn() -> Vec<String>,
    /// A piece of text.
    pub(crate) text: fn(usize) -> String,
    /// Where there is sound: a piece of it, so many milliseconds long.
    pub(crate) audio: Option<fn(usize, usize) -> String>,
    /// What the words of that sound are sent in.
    pub(crate) transcript: fn(usize) -> String,
    /// Bytes of a millisecond of what the user says.
    pub(crate) input_rate: usize,
    /// A recorded session, from its first frame to its end.
    pub(crate) recording: &'static str,
}

/// PCM16 at 24 kHz.
const RATE_24: usize = 48;
/// PCM16 at 16 kHz.
const RATE_16: usize = 32;

macro_rules! recording {
    ($name:literal) => {
        include_str!(concat!("../../../tests/recordings/", $name, ".jsonl"))
    };
}

/// Every dialect that is decoded.
pub(crate) const WIRES: &[Wire] = &[
    Wire {
        dialect: Dialect::OpenAi,
        opening: || family::OPENAI.opening(),
        text: |number| family::OPENAI.text(number),
        audio: Some(|number, ms| family::OPENAI.audio(number, ms)),
        transcript: |number| family::OPENAI.transcript(number),
        input_rate: RATE_24,
        recording: include_str!("../../../examples/replay/demo.jsonl"),
    },
    Wire {
        dialect: Dialect::OpenAiBeta,
        opening: || family::BETA.opening(),
        text: |number| family::BETA.text(number),
        audio: Some(|number, ms| family::BETA.audio(number, ms)),
        transcript: |number| family::BETA.transcript(number),
        input_rate: RATE_24,
        recording: recording!("openai-beta/barge_in"),
    },
    Wire {
        dialect: Dialect::OpenAiTranslation,
        opening: translation::opening,
        text: translation::text,
        audio: Some(translation::audio),
        transcript: translation::transcript,
        input_rate: RATE_24,
        recording: recording!("openai-translation/interpreter"),
    },
    Wire {
        dialect: Dialect::AzureVoiceLive,
        opening: || family::AZURE.opening(),
        text: |number| family::AZURE.text(number),
        audio: Some(|number, ms| family::AZURE.audio(number, ms)),
        transcript: |number| family::AZURE.transcript(number),
        input_rate: RATE_24,
        recording: recording!("azure-voice-live/barge_in_auto_truncate"),
    },
    Wire {
        dialect: Dialect::Xai,
        opening: || family::XAI.opening(),
        // This service writes nothing but what it says.
        text: |number| family::XAI.transcript(number),
        audio: Some(|number, ms| family::XAI.audio(number, ms)),
        transcript: |number| family::XAI.transcript(number),
        input_rate: RATE_24,
        recording: recording!("xai/server_vad_turn"),
    },
    Wire {
        dialect: Dialect::Gemini,
        opening: gemini::opening,
        text: gemini::text,
        audio: Some(gemini::audio),
        transcript: gemini::transcript,
        input_rate: RATE_16,
        recording: recording!("gemini/barge_in"),
    },
    Wire {
        dialect: Dialect::GeminiVertex,
        opening: gemini::opening,
        text: gemini::text,
        audio: Some(gemini::vertex_audio),
        transcript: gemini::transcript,
        input_rate: RATE_16,
        recording: recording!("gemini-vertex/spoken_turn"),
    },
    Wire {
        dialect: Dialect::Synaps,
        opening: agents::synaps_opening,
        text: agents::synaps_text,
        audio: None,
        transcript: agents::synaps_text,
        input_rate: 0,
        recording: recording!("synaps/tools"),
    },
    Wire {
        dialect: Dialect::Pi,
        opening: agents::pi_opening,
        text: agents::pi_text,
        audio: None,
        transcript: agents::pi_text,
        input_rate: 0,
        recording: recording!("pi/tool_call"),
    },
];

/// The base64 of so many milliseconds of PCM16 at 24 kHz.
fn sound(number: usize, ms: usize) -> String {
    STANDARD.encode(Chance::new(number).sound(ms * RATE_24))
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim_start).collect()
}
