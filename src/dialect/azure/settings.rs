//! The settings of a session as the server tells them, where they are not as the family has them.

use super::time;
use crate::{
    audio::{AudioFormat, Encoding},
    config::{Modality, SessionConfig},
    delta::id,
    dialect::{
        Fact,
        openai::{
            decode::{Frame, one},
            names::Key,
            session,
            settings::{self, Shape},
        },
    },
    event::{ConversationCreated, Event, Previous},
    json::Value,
};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// An agent's session may name its conversation beside it.
pub(super) fn session<'f>(frame: &Frame<'f>, created: bool) -> Vec<Fact<'f>> {
    let mut facts = session::session(frame, created, read);
    if let Some(Fact::Session(fact)) = facts.first_mut() {
        let told = frame.value(Key::Session).field("expires_at");
        let date = || time::unix_seconds(&told.str()?);
        fact.ready.expires_at = fact.ready.expires_at.or_else(date);
    }
    let [conversation] = frame.others(["conversation_id"]);
    if let Some(conversation_id) = id(conversation) {
        facts.extend(one(Event::ConversationCreated(ConversationCreated {
            conversation_id: Some(conversation_id),
            previous: Previous::Unknown,
        })));
    }
    facts
}

fn read(told: Value<'_, '_>) -> (SessionConfig, Shape) {
    let (mut config, shape) = settings::read(told);
    let [
        rate,
        echo,
        output,
        transcription,
        reasoning,
        metadata,
        modalities,
    ] = told.fields([
        "input_audio_sampling_rate",
        "input_audio_echo_cancellation",
        "output_audio_format",
        "input_audio_transcription",
        "reasoning_effort",
        "metadata",
        "modalities",
    ]);
    config.input_format = config.input_format.map(|format| input(format, rate, echo));
    config.output_format = self::output(output).or(config.output_format);
    let phrases = transcription.field("phrase_list").elements();
    if let Some(wanted) = &mut config.input_transcription {
        wanted
            .keywords
            .extend(phrases.into_iter().filter_map(owned));
    }
    config.reasoning = owned(reasoning).or(config.reasoning);
    config.metadata = labels(metadata);
    if let Some(known) = &mut config.modalities {
        let avatar = |value: &Value<'_, '_>| value.str().as_deref() == Some("avatar");
        known.extend(
            modalities
                .elements()
                .iter()
                .any(avatar)
                .then_some(Modality::Video),
        );
    }
    (config, shape)
}

/// The rate is told apart; two channels are the microphone and what the loudspeaker plays.
fn input(mut format: AudioFormat, rate: Value<'_, '_>, echo: Value<'_, '_>) -> AudioFormat {
    if format.encoding == Encoding::Pcm16 {
        format.rate_hz = rate.u32().unwrap_or(format.rate_hz);
    }
    let channels = echo.field("channels").u32();
    format.channels = if channels == Some(2) { 2 } else { 1 };
    format
}

/// Some name the rate.
fn output(name: Value<'_, '_>) -> Option<AudioFormat> {
    match name.str().as_deref()? {
        "pcm16_16000hz" | "pcm16-16000hz" => Some(AudioFormat::pcm16(16_000)),
        "pcm16_8000hz" | "pcm16-8000hz" => Some(AudioFormat::pcm16(8_000)),
        _ => None,
    }
}

fn labels(value: Value<'_, '_>) -> Vec<(String, String)> {
    let members = value.members().into_iter();
    members
        .filter_map(|(key, value)| Some((key.into_owned(), owned(value)?)))
        .collect()
}

fn owned(value: Value<'_, '_>) -> Option<String> {
    value.str().map(Cow::into_owned)
}
