//! adk-realtime: one type of event for all services, owned; its audio is bytes.

use crate::desk::{Desk, place};
use adk_realtime::events::{ClientEvent, ServerEvent as Event};
use realtime_proto::Dialect;
use std::hint::black_box;

pub(super) fn receive(_: Dialect, frame: &str, desk: &mut Desk) {
    match serde_json::from_str::<Event>(frame) {
        Ok(Event::Unknown) | Err(_) => desk.refused += 1,
        Ok(event) => read(&event, desk),
    }
}

fn read(event: &Event, desk: &mut Desk) {
    match event {
        Event::TextDelta {
            event_id,
            response_id,
            item_id,
            output_index,
            content_index,
            delta,
        }
        | Event::TranscriptDelta {
            event_id,
            response_id,
            item_id,
            output_index,
            content_index,
            delta,
        } => {
            place(
                [event_id, response_id, item_id],
                [*output_index, *content_index],
            );
            desk.text(delta);
        }
        Event::AudioDelta {
            event_id,
            response_id,
            item_id,
            output_index,
            content_index,
            delta,
        } => {
            place(
                [event_id, response_id, item_id],
                [*output_index, *content_index],
            );
            desk.sound(delta);
        }
        Event::InputTranscriptDelta { delta, .. } => desk.text(delta),
        event => {
            black_box(event);
        }
    }
}

pub(super) fn append(_: Dialect, pcm: &[u8], _: &mut Desk) {
    let event = ClientEvent::AudioDelta {
        event_id: None,
        audio: pcm.to_vec(),
        format: None,
    };
    black_box(serde_json::to_string(&event).expect("an event"));
}
