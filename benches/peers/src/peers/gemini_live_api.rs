//! gemini-live-api: the messages as they are on the wire, owned.

use crate::desk::Desk;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use gemini_live_api::types::{
    BidiGenerateContentRealtimeInput, BidiGenerateContentServerContent, Blob, ClientMessagePayload,
    ServerMessage,
};
use realtime_proto::Dialect;
use std::hint::black_box;

pub(super) fn receive(_: Dialect, frame: &str, desk: &mut Desk) {
    match serde_json::from_str::<ServerMessage>(frame) {
        Ok(ServerMessage {
            server_content: Some(content),
            ..
        }) => read(&content, desk),
        Ok(message) => {
            black_box(message);
        }
        Err(_) => desk.refused += 1,
    }
}

fn read(content: &BidiGenerateContentServerContent, desk: &mut Desk) {
    if let Some(words) = &content.output_transcription {
        desk.text(&words.text);
    }
    for part in content.model_turn.iter().flat_map(|turn| &turn.parts) {
        if let Some(text) = &part.text {
            desk.text(text);
        }
        if let Some(blob) = &part.inline_data {
            black_box(&blob.mime_type);
            desk.sound(&STANDARD.decode(&blob.data).expect("base64"));
        }
    }
    black_box(content);
}

pub(super) fn append(_: Dialect, pcm: &[u8], _: &mut Desk) {
    let input = BidiGenerateContentRealtimeInput {
        audio: Some(Blob {
            mime_type: "audio/pcm;rate=16000".into(),
            data: STANDARD.encode(pcm),
        }),
        ..Default::default()
    };
    let message = ClientMessagePayload::RealtimeInput(input);
    black_box(serde_json::to_string(&message).expect("a message"));
}
