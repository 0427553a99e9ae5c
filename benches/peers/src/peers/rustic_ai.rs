//! rustic-ai: the events of Grok, owned. It has no word for text that is only written.

use crate::desk::{Desk, place};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use realtime_proto::Dialect;
use rustic_ai::realtime::{ClientEvent, ServerEvent as Event};
use std::hint::black_box;

pub(super) fn receive(_: Dialect, frame: &str, desk: &mut Desk) {
    match serde_json::from_str::<Event>(frame) {
        Ok(Event::Unknown) | Err(_) => desk.refused += 1,
        Ok(event) => read(&event, desk),
    }
}

fn read(event: &Event, desk: &mut Desk) {
    match event {
        Event::ResponseOutputAudioTranscriptDelta {
            event_id,
            item_id,
            response_id,
            delta,
            content_index,
            output_index,
            start_time,
            ..
        } => {
            place(
                [event_id, response_id, item_id],
                [*output_index, *content_index],
            );
            black_box(start_time);
            desk.text(delta);
        }
        Event::ResponseOutputAudioDelta {
            event_id,
            response_id,
            item_id,
            output_index,
            content_index,
            ..
        } => {
            place(
                [event_id, response_id, item_id],
                [*output_index, *content_index],
            );
            let audio = event.audio_delta().unwrap_or_default();
            desk.sound(&STANDARD.decode(audio).expect("base64"));
        }
        event => {
            black_box(event);
        }
    }
}

pub(super) fn append(_: Dialect, pcm: &[u8], _: &mut Desk) {
    let event = ClientEvent::InputAudioBufferAppend {
        event_id: None,
        audio: STANDARD.encode(pcm),
    };
    black_box(serde_json::to_string(&event).expect("an event"));
}
