//! Who is measured beside this crate: published clients by what their documentation says to call,
//! and what an expert would write by hand.

mod adk_realtime;
mod async_openai;
mod baseline;
mod gemini_live;
mod gemini_live_api;
mod openai_api_rs;
mod rustic_ai;

use crate::desk::Desk;
use realtime_proto::Dialect;

/// A reader and writer of frames that keeps no state.
#[derive(Debug)]
pub(crate) struct Peer {
    /// Its name in the table.
    pub(crate) name: &'static str,
    /// The package that does most of it.
    pub(crate) package: &'static str,
    /// What it does with a frame.
    pub(crate) does: &'static str,
    /// What it speaks.
    pub(crate) speaks: &'static [Dialect],
    /// Whether it has a word for text that is only written, in this dialect.
    pub(crate) writes: fn(Dialect) -> bool,
    /// Decodes a frame, reads every field, decodes its audio, drops it.
    pub(crate) receive: fn(Dialect, &str, &mut Desk),
    /// Encodes sound into a frame.
    pub(crate) append: fn(Dialect, &[u8], &mut Desk),
}

impl Peer {
    /// The version that is measured: the one that the lock file names.
    pub(crate) fn version(&self) -> &'static str {
        let lock = include_str!("../Cargo.lock");
        let package = format!("name = \"{}\"\nversion = \"", self.package);
        let (_, behind) = lock.split_once(&package).expect("a dependency");
        behind.split('"').next().unwrap_or_default()
    }
}

/// Everyone.
pub(crate) const PEERS: &[Peer] = &[
    Peer {
        name: "async-openai",
        package: "async-openai",
        does: "from_str::<RealtimeServerEvent>, delta by base64 STANDARD; out: to_string",
        speaks: &[Dialect::OpenAi, Dialect::OpenAiTranslation],
        writes: |_| true,
        receive: async_openai::receive,
        append: async_openai::append,
    },
    Peer {
        name: "adk-realtime",
        package: "adk-realtime",
        does: "from_str::<ServerEvent>, which decodes the audio; out: to_string",
        speaks: &[Dialect::OpenAi, Dialect::OpenAiBeta],
        writes: |_| true,
        receive: adk_realtime::receive,
        append: adk_realtime::append,
    },
    Peer {
        name: "rustic-ai",
        package: "rustic-ai",
        does: "from_str::<ServerEvent>, audio_delta() by base64 STANDARD; out: to_string",
        speaks: &[Dialect::Xai, Dialect::OpenAi],
        writes: |dialect| dialect == Dialect::Xai,
        receive: rustic_ai::receive,
        append: rustic_ai::append,
    },
    Peer {
        name: "openai-api-rs",
        package: "openai-api-rs",
        does: "from_str::<ServerEvent>, delta by base64 STANDARD; out: to_string",
        speaks: &[Dialect::OpenAiBeta],
        writes: |_| true,
        receive: openai_api_rs::receive,
        append: openai_api_rs::append,
    },
    Peer {
        name: "gemini-live",
        package: "gemini-live",
        does: "codec::decode, which decodes the audio, and into_events; out: AudioEncoder, encode_into",
        speaks: &[Dialect::Gemini, Dialect::GeminiVertex],
        writes: |_| true,
        receive: gemini_live::receive,
        append: gemini_live::append,
    },
    Peer {
        name: "gemini-live-api",
        package: "gemini-live-api",
        does: "from_str::<ServerMessage>, data by base64 STANDARD; out: to_string",
        speaks: &[Dialect::Gemini, Dialect::GeminiVertex],
        writes: |_| true,
        receive: gemini_live_api::receive,
        append: gemini_live_api::append,
    },
    Peer {
        name: "baseline",
        package: "sonic-rs",
        does: "by hand: sonic-rs into borrowed structs, base64-simd into a slice; out: base64-simd into a buffer",
        speaks: Dialect::ALL,
        writes: |_| true,
        receive: baseline::receive,
        append: baseline::append,
    },
];
