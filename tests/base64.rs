//! Base64, whichever codec does the work: what comes out is what a plain reading of it says.
//!
//! Runs with and without the feature `wide-base64`.

use core::iter::repeat_n;
use proptest::{collection::vec, prelude::*, sample::select};
use realtime_proto::{
    AudioDelta, AudioError, Command, Config, Dialect, Event, Payload, Session, Str, Transmit,
};
use serde_json::{Value, json};
use std::borrow::Cow;

const SYMBOLS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// What is no symbol: padding, other alphabets, blanks, ends of ranges, more than one byte.
const WRONG: [&str; 14] = [
    "=", "-", "_", " ", "\n", "\0", "\u{7f}", "é", "日", "@", "[", "`", "{", ":",
];

#[test]
fn every_length_decodes_padded_in_any_way() {
    for length in (0..300).chain([960, 4_799, 4_800, 12_000, 12_001]) {
        let bytes = sample(length);
        let text = plain_encode(&bytes);
        let symbols = text.trim_end_matches('=');
        for padding in 0..=4 {
            decodes_as_plainly(&[symbols, &"=".repeat(padding)].concat());
        }
        assert_eq!(plain_decode(&text), Ok(bytes));
    }
}

#[test]
fn a_wrong_byte_is_told_at_every_offset() {
    for length in (0..60).chain([190, 191, 192, 200, 500]) {
        let text = plain_encode(&sample(length));
        for (offset, wrong) in (0..text.len()).flat_map(|at| WRONG.map(|wrong| (at, wrong))) {
            decodes_as_plainly(&[&text[..offset], wrong, &text[offset + 1..]].concat());
        }
    }
}

#[test]
fn the_first_of_many_wrong_bytes_is_told() {
    let text = plain_encode(&sample(1_200)).replace('A', "!");
    for end in 0..text.len() {
        decodes_as_plainly(&text[..end]);
        decodes_as_plainly(&text[end..]);
    }
}

#[test]
fn left_over_bits_are_ignored() {
    for (whole, last) in [0, 3, 60, 192]
        .into_iter()
        .flat_map(|n| SYMBOLS.map(|s| (n, s)))
    {
        let head = plain_encode(&sample(whole));
        for end in ["A", "AA"] {
            let text = format!("{head}{end}{}", char::from(last));
            assert!(plain_decode(&text).is_ok());
            decodes_as_plainly(&text);
            decodes_as_plainly(&format!("{text}{}", &"=="[end.len() - 1..]));
        }
    }
}

#[test]
fn a_large_payload_is_decoded_and_refused() {
    let bytes = sample(3_000_001);
    let mut text = plain_encode(&bytes);
    decodes_as_plainly(&text);
    for offset in [0, 1_000_003, text.len() - 4] {
        let symbol = text[offset..=offset].to_owned();
        text.replace_range(offset..=offset, "*");
        decodes_as_plainly(&text);
        text.replace_range(offset..=offset, &symbol);
    }
}

#[test]
fn every_length_encodes() {
    for length in (0..300).chain([960, 4_799, 4_800, 12_000, 3_000_001]) {
        let bytes = sample(length);
        assert_eq!(encoded(&bytes), plain_encode(&bytes), "{length} bytes");
    }
}

#[test]
fn appended_audio_is_encoded_where_it_is_sent() {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    drop(session.receive(r#"{"type":"session.created","session":{"id":"s"}}"#));
    for length in (2..400).step_by(2).chain([960, 4_800, 12_000]) {
        let pcm = sample(length);
        session.send(Command::append_audio(&pcm)).unwrap();
        while let Some(Transmit::Text(frame)) = session.poll_transmit() {
            let frame: Value = serde_json::from_str(frame).unwrap();
            if frame["type"] == "input_audio_buffer.append" {
                assert_eq!(frame["audio"], plain_encode(&pcm));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn whatever_comes_decodes_as_it_reads(
        (bytes, damage, padding) in (vec(any::<u8>(), 0..2_000), damage(), 0_usize..4),
        (before, room) in (0_usize..64, 0_usize..64),
    ) {
        let text = plain_encode(&bytes);
        let mut text = [text.trim_end_matches('='), &"=".repeat(padding)].concat();
        for (at, wrong) in damage {
            let at = at.index(text.len() + 1);
            if text.is_char_boundary(at) {
                text.insert_str(at, wrong);
            }
        }
        let frame = ["\"".repeat(before), text].concat();
        decodes_as_plainly(&frame[before..]);
        decodes_in_place(&frame[before..], room);
    }

    #[test]
    fn whatever_is_said_encodes(bytes in vec(any::<u8>(), 0..2_000)) {
        prop_assert_eq!(encoded(&bytes), plain_encode(&bytes));
    }
}

/// Few places, often none: what is wrong hides among what is right.
fn damage() -> impl Strategy<Value = Vec<(proptest::sample::Index, &'static str)>> {
    vec((any::<proptest::sample::Index>(), select(&WRONG[..])), 0..3)
}

/// All ways to decode say the same, and leave the same behind.
fn decodes_as_plainly(text: &str) {
    let (audio, plain) = (delta(text), plain_decode(text));
    let told = match &plain {
        Ok(bytes) => Ok(bytes.len()),
        Err(offset) => Err(AudioError::Base64 { offset: *offset }),
    };
    let bytes = plain.unwrap_or_default();

    let mut replaced = vec![7; 100];
    assert_eq!(audio.decode_into(&mut replaced), told, "{text:?}");
    assert_eq!(replaced, bytes, "{text:?}");

    let mut appended = vec![7; 3];
    assert_eq!(audio.decode_append(&mut appended), told, "{text:?}");
    assert_eq!(appended, [&[7; 3], &bytes[..]].concat(), "{text:?}");

    decodes_in_place(text, 0);
}

/// At any place of a buffer, and nothing is written behind it.
fn decodes_in_place(text: &str, place: usize) {
    let (audio, plain) = (delta(text), plain_decode(text));
    let need = audio.decoded_len();
    let mut buffer = vec![7; place + need + 64];
    let told = audio.decode_to_slice(&mut buffer[place..place + need]);
    match plain {
        Ok(bytes) => {
            assert_eq!(told, Ok(need), "{text:?}");
            assert_eq!(buffer[place..place + need], bytes, "{text:?}");
        }
        Err(offset) => assert_eq!(told, Err(AudioError::Base64 { offset }), "{text:?}"),
    }
    assert_eq!(buffer[..place], vec![7; place]);
    assert_eq!(buffer[place + need..], [7; 64]);
    if need > 0 {
        let short = audio.decode_to_slice(&mut buffer[..need - 1]);
        assert_eq!(short, Err(AudioError::TooSmall { need }));
    }
}

/// A delta as it comes, with this payload.
fn delta(text: &str) -> AudioDelta<'_> {
    let mut audio = received();
    audio.payload = Payload::Base64(Str::Borrowed(text));
    audio
}

fn encoded(bytes: &[u8]) -> String {
    let mut audio = received();
    audio.payload = Payload::Raw(Cow::Borrowed(bytes));
    json!(audio)["payload"].as_str().unwrap().to_owned()
}

fn received() -> AudioDelta<'static> {
    let frame = r#"{"type":"response.output_audio.delta","item_id":"i","delta":"AAAA"}"#;
    Session::new(Config::new(Dialect::OpenAi))
        .receive(frame)
        .find_map(|event| match event {
            Event::AudioDelta(audio) => Some(audio),
            _ => None,
        })
        .unwrap()
}

/// As RFC 4648 is read aloud; an error is the offset of what does not belong there.
fn plain_decode(text: &str) -> Result<Vec<u8>, usize> {
    let value = |byte: &u8| SYMBOLS.iter().position(|symbol| symbol == byte);
    let values: Vec<usize> = text.as_bytes().iter().map_while(value).collect();
    let padding = &text.as_bytes()[values.len()..];
    let most = [0, 0, 2, 1][values.len() % 4];
    let is_cut = values.len() % 4 == 1;
    if is_cut || padding.len() > most || padding.iter().any(|byte| *byte != b'=') {
        return Err(values.len());
    }
    let bits = values
        .iter()
        .flat_map(|value| (0..6).rev().map(move |bit| value >> bit & 1));
    let bits: Vec<usize> = bits.collect();
    let byte = |bits: &[usize]| bits.iter().fold(0, |byte, bit| byte << 1 | *bit);
    Ok(bits
        .chunks_exact(8)
        .map(|bits| u8::try_from(byte(bits)).unwrap())
        .collect())
}

fn plain_encode(bytes: &[u8]) -> String {
    let bits = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    let bits: Vec<u8> = bits.collect();
    let symbol = |bits: &[u8]| {
        let value = bits.iter().fold(0, |value, bit| value << 1 | bit) << (6 - bits.len());
        char::from(SYMBOLS[usize::from(value)])
    };
    let padding = repeat_n('=', (3 - bytes.len() % 3) % 3);
    bits.chunks(6).map(symbol).chain(padding).collect()
}

fn sample(length: usize) -> Vec<u8> {
    let byte = |at: usize| (at * 167 + at / 7 + 13).to_le_bytes()[0];
    (0..length).map(byte).collect()
}
