//! gemini-live: a codec apart from its session; its audio is bytes.

use crate::desk::Desk;
use gemini_live::{
    audio::INPUT_AUDIO_MIME,
    codec,
    types::{Blob, ClientMessage, RealtimeInput, ServerEvent as Event},
};
use realtime_proto::Dialect;
use std::hint::black_box;

pub(super) fn receive(_: Dialect, frame: &str, desk: &mut Desk) {
    let Ok(message) = codec::decode(frame) else {
        desk.refused += 1;
        return;
    };
    for event in codec::into_events(message) {
        match event {
            Event::ModelAudio(audio) => desk.sound(&audio),
            Event::ModelText(text)
            | Event::OutputTranscription(text)
            | Event::InputTranscription(text) => desk.text(&text),
            event => {
                black_box(event);
            }
        }
    }
}

pub(super) fn append(_: Dialect, pcm: &[u8], desk: &mut Desk) {
    let blob = Blob {
        data: desk.encoder.encode_i16_le(pcm).to_owned(),
        mime_type: INPUT_AUDIO_MIME.into(),
    };
    let message = ClientMessage::RealtimeInput(RealtimeInput {
        audio: Some(blob),
        video: None,
        text: None,
        activity_start: None,
        activity_end: None,
        audio_stream_end: None,
    });
    codec::encode_into(&mut desk.bytes, &message).expect("a message");
    black_box(&desk.bytes);
}
