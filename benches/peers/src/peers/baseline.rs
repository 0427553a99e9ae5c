//! What an expert would write by hand: the fields of each dialect in borrowed structs, a SIMD parser,
//! SIMD base64 into memory that is reused. Nothing is tracked from frame to frame.

use crate::desk::{Desk, place};
use base64_simd::{Out, STANDARD};
use realtime_proto::Dialect;
use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};
use std::{borrow::Cow, fmt, hint::black_box};

/// Borrowed unless it is escaped; serde's own `Cow` is always owned within an `Option`.
struct Text<'f>(Cow<'f, str>);

impl<'de: 'f, 'f> Deserialize<'de> for Text<'f> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Of;
        impl<'de> Visitor<'de> for Of {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        input.deserialize_str(Of)
    }
}

/// The family of OpenAI's protocol.
#[derive(Deserialize)]
struct Named<'f> {
    #[serde(borrow, rename = "type")]
    kind: Text<'f>,
    #[serde(borrow)]
    event_id: Option<Text<'f>>,
    #[serde(borrow)]
    response_id: Option<Text<'f>>,
    #[serde(borrow)]
    item_id: Option<Text<'f>>,
    #[serde(default)]
    output_index: u32,
    #[serde(default)]
    content_index: u32,
    #[serde(borrow)]
    delta: Option<Text<'f>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Nameless<'f> {
    #[serde(borrow)]
    server_content: Option<Content<'f>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Content<'f> {
    #[serde(borrow)]
    model_turn: Option<Turn<'f>>,
    #[serde(borrow)]
    output_transcription: Option<Words<'f>>,
    #[serde(borrow)]
    input_transcription: Option<Words<'f>>,
    #[serde(default)]
    interrupted: bool,
    #[serde(default)]
    turn_complete: bool,
}

#[derive(Deserialize)]
struct Turn<'f> {
    #[serde(borrow)]
    parts: Vec<Part<'f>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part<'f> {
    #[serde(borrow)]
    text: Option<Text<'f>>,
    #[serde(borrow)]
    inline_data: Option<Blob<'f>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Blob<'f> {
    #[serde(borrow)]
    mime_type: Text<'f>,
    #[serde(borrow)]
    data: Text<'f>,
}

#[derive(Deserialize)]
struct Words<'f> {
    #[serde(borrow)]
    text: Option<Text<'f>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Agent<'f> {
    #[serde(borrow, rename = "type")]
    kind: Text<'f>,
    #[serde(borrow, alias = "assistantMessageEvent")]
    event: Option<Update<'f>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Update<'f> {
    #[serde(borrow, rename = "type")]
    kind: Text<'f>,
    #[serde(default)]
    content_index: u32,
    #[serde(borrow)]
    delta: Option<Text<'f>>,
}

pub(super) fn receive(dialect: Dialect, frame: &str, desk: &mut Desk) {
    match dialect {
        Dialect::Gemini | Dialect::GeminiVertex => nameless(sonic_rs::from_str(frame).ok(), desk),
        Dialect::Synaps | Dialect::Pi => agent(sonic_rs::from_str(frame).ok(), desk),
        _ => named(sonic_rs::from_str(frame).ok(), desk),
    }
}

fn named(frame: Option<Named<'_>>, desk: &mut Desk) {
    let Some(frame) = frame else {
        desk.refused += 1;
        return;
    };
    let name = |name: &Option<Text<'_>>| {
        black_box(name.as_ref().map(|name| &*name.0));
    };
    name(&frame.event_id);
    name(&frame.response_id);
    name(&frame.item_id);
    place(
        [&frame.kind.0, "", ""],
        [frame.output_index, frame.content_index],
    );
    match &frame.delta {
        Some(delta) if frame.kind.0.ends_with("audio.delta") => decode(&delta.0, desk),
        Some(delta) => desk.text(&delta.0),
        None => {}
    }
}

fn nameless(frame: Option<Nameless<'_>>, desk: &mut Desk) {
    let Some(frame) = frame else {
        desk.refused += 1;
        return;
    };
    let Some(content) = frame.server_content else {
        return;
    };
    black_box((content.interrupted, content.turn_complete));
    let words = [&content.output_transcription, &content.input_transcription];
    for text in words
        .into_iter()
        .flatten()
        .filter_map(|words| words.text.as_ref())
    {
        desk.text(&text.0);
    }
    for part in content.model_turn.iter().flat_map(|turn| &turn.parts) {
        if let Some(text) = &part.text {
            desk.text(&text.0);
        }
        if let Some(blob) = &part.inline_data {
            black_box(&*blob.mime_type.0);
            decode(&blob.data.0, desk);
        }
    }
}

fn agent(frame: Option<Agent<'_>>, desk: &mut Desk) {
    let Some(frame) = frame else {
        desk.refused += 1;
        return;
    };
    black_box(&*frame.kind.0);
    if let Some(update) = &frame.event {
        black_box((&*update.kind.0, update.content_index));
        desk.text(update.delta.as_ref().map_or("", |delta| &delta.0));
    }
}

fn decode(base64: &str, desk: &mut Desk) {
    let out = Out::from_slice(&mut desk.pcm);
    let decoded = STANDARD
        .decode(base64.as_bytes(), out)
        .expect("base64")
        .len();
    desk.decoded(decoded);
}

pub(super) fn append(dialect: Dialect, pcm: &[u8], desk: &mut Desk) {
    let (before, after): (&[u8], &[u8]) = match dialect {
        Dialect::Gemini | Dialect::GeminiVertex => (
            br#"{"realtimeInput":{"audio":{"mimeType":"audio/pcm;rate=16000","data":""#,
            br#""}}}"#,
        ),
        _ => (
            br#"{"type":"input_audio_buffer.append","audio":""#,
            br#""}"#,
        ),
    };
    desk.bytes.clear();
    desk.bytes.extend_from_slice(before);
    STANDARD.encode_append(pcm, &mut desk.bytes);
    desk.bytes.extend_from_slice(after);
    black_box(&desk.bytes);
}
