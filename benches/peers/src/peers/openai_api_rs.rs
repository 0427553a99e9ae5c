//! openai-api-rs: the events of OpenAI's beta, owned.

use crate::desk::{Desk, place};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use openai_api_rs::realtime::{
    client_event::{ClientEvent, InputAudioBufferAppend},
    server_event::ServerEvent as Event,
};
use realtime_proto::Dialect;
use std::hint::black_box;

pub(super) fn receive(_: Dialect, frame: &str, desk: &mut Desk) {
    match serde_json::from_str::<Event>(frame) {
        Ok(event) => read(&event, desk),
        Err(_) => desk.refused += 1,
    }
}

fn read(event: &Event, desk: &mut Desk) {
    match event {
        Event::ResponseTextDelta(e) => {
            let names = [&*e.event_id, &e.response_id, &e.item_id];
            place(names, [e.output_index, e.content_index]);
            desk.text(&e.delta);
        }
        Event::ResponseAudioTranscriptDelta(e) => {
            let names = [&*e.event_id, &e.response_id, &e.item_id];
            place(names, [e.output_index, e.content_index]);
            desk.text(&e.delta);
        }
        Event::ResponseAudioDelta(e) => {
            let names = [&*e.event_id, &e.response_id, &e.item_id];
            place(names, [e.output_index, e.content_index]);
            desk.sound(&STANDARD.decode(&e.delta).expect("base64"));
        }
        event => {
            black_box(event);
        }
    }
}

pub(super) fn append(_: Dialect, pcm: &[u8], _: &mut Desk) {
    let event = ClientEvent::InputAudioBufferAppend(InputAudioBufferAppend {
        event_id: None,
        audio: STANDARD.encode(pcm),
    });
    black_box(serde_json::to_string(&event).expect("an event"));
}
