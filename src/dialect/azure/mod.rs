//! Azure Voice Live, and the voice agents of Foundry: OpenAI's protocol by its beta names, the
//! agents' by its present ones, and what Azure adds to both.
//!
//! Of the client's twenty events, `input_text.delta`, `input_text.done`, `input_audio.clear`,
//! `input_audio.turn.*`, `session.avatar.connect` and `rtc.call.sdp.create` have no words of their
//! own in the neutral vocabulary and go by [`Command::Raw`](crate::Command::Raw), as does
//! `additional_instructions`. What no setting expresses (`avatar`, `animation`, `include`,
//! `interim_response`, `output_audio_timestamp_types`, voices in detail) goes by `extra`, and turn
//! detection by [`TurnDetection::Other`](crate::TurnDetection::Other).

mod create;
mod decode;
mod encode;
mod settings;
mod time;
mod update;

pub(super) use create::spoken;
pub(super) use decode::decode;
pub(super) use encode::encode;
