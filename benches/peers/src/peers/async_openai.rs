//! async-openai: types of every event, owned.

use crate::desk::{Desk, place};
use async_openai::types::realtime::{
    RealtimeClientEvent, RealtimeClientEventInputAudioBufferAppend as Append,
    RealtimeServerEvent as Event,
    translation::{
        RealtimeTranslationClientEvent, RealtimeTranslationClientEventInputAudioBufferAppend,
        RealtimeTranslationServerEvent as Translation,
    },
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use realtime_proto::Dialect;
use std::hint::black_box;

pub(super) fn receive(dialect: Dialect, frame: &str, desk: &mut Desk) {
    if dialect == Dialect::OpenAiTranslation {
        return translation(frame, desk);
    }
    match serde_json::from_str::<Event>(frame) {
        Ok(event) => read(&event, desk),
        Err(_) => desk.refused += 1,
    }
}

fn read(event: &Event, desk: &mut Desk) {
    match event {
        Event::ResponseOutputTextDelta(e) => {
            let names = [&*e.event_id, &e.response_id, &e.item_id];
            place(names, [e.output_index, e.content_index]);
            desk.text(&e.delta);
        }
        Event::ResponseOutputAudioTranscriptDelta(e) => {
            let names = [&*e.event_id, &e.response_id, &e.item_id];
            place(names, [e.output_index, e.content_index]);
            desk.text(&e.delta);
        }
        Event::ResponseOutputAudioDelta(e) => {
            let names = [&*e.event_id, &e.response_id, &e.item_id];
            place(names, [e.output_index, e.content_index]);
            desk.sound(&STANDARD.decode(&e.delta).expect("base64"));
        }
        Event::ConversationItemInputAudioTranscriptionDelta(e) => {
            desk.text(&e.delta);
        }
        event => {
            black_box(event);
        }
    }
}

fn translation(frame: &str, desk: &mut Desk) {
    match serde_json::from_str::<Translation>(frame) {
        Ok(Translation::SessionInputTranscriptDelta(e)) => {
            black_box((&e.event_id, e.elapsed_ms));
            desk.text(&e.delta);
        }
        Ok(Translation::SessionOutputTranscriptDelta(e)) => {
            black_box((&e.event_id, e.elapsed_ms));
            desk.text(&e.delta);
        }
        Ok(Translation::SessionOutputAudioDelta(e)) => {
            black_box((&e.event_id, e.elapsed_ms, e.sample_rate, e.channels));
            desk.sound(&STANDARD.decode(&e.delta).expect("base64"));
        }
        Ok(event) => {
            black_box(event);
        }
        Err(_) => desk.refused += 1,
    }
}

pub(super) fn append(dialect: Dialect, pcm: &[u8], _: &mut Desk) {
    let (event_id, audio) = (None, STANDARD.encode(pcm));
    let frame = if dialect == Dialect::OpenAiTranslation {
        let append = RealtimeTranslationClientEventInputAudioBufferAppend { event_id, audio };
        serde_json::to_string(&RealtimeTranslationClientEvent::InputAudioBufferAppend(
            append,
        ))
    } else {
        let append = Append { event_id, audio };
        serde_json::to_string(&RealtimeClientEvent::InputAudioBufferAppend(append))
    };
    black_box(frame.expect("an event"));
}
