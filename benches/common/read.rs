//! What a user does with a frame, through a session and through `serde_json::Value`.

use super::frames;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use core::hint::black_box;
use realtime_proto::{Command, Config, Dialect, Event, Session};
use serde_json::Value;

/// The longest sound of a frame, in bytes: a second.
pub(crate) const LONGEST: usize = 48_000;

/// A session in which all items of a response are open.
pub(crate) fn opened() -> Session {
    received(&frames::opening())
}

/// A session that has received these frames.
pub(crate) fn received(frames: &[String]) -> Session {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    for frame in frames {
        receive(&mut session, frame, &mut []);
    }
    session
}

/// Sends a command and reads what it puts on the wire.
pub(crate) fn send(session: &mut Session, command: Command<'_>) {
    session.send(command).expect("nothing stands against it");
    while let Some(transmit) = session.poll_transmit() {
        black_box(transmit);
    }
}

/// Receives a frame; reads every field of its events, decodes their audio, drops them.
pub(crate) fn receive(session: &mut Session, frame: &str, pcm: &mut [u8]) {
    for event in session.receive(frame) {
        if let Event::AudioDelta(audio) = &event {
            let decoded = audio.decode_to_slice(pcm).expect("base64");
            black_box(&pcm[..decoded]);
        }
        black_box(&event);
    }
}

/// Parses a frame; reads the fields that its kind is read for, decodes its audio, drops it.
///
/// The engine is base64's `STANDARD`, the one its documentation begins with; it is scalar.
pub(crate) fn parse(frame: &str, pcm: &mut [u8]) {
    let frame: Value = serde_json::from_str(frame).expect("JSON");
    let kind = black_box(frame["type"].as_str().expect("a kind"));
    if let Some(body) = frame["delta"].as_str() {
        delta(&frame, kind == "response.output_audio.delta", body, pcm);
    } else if kind.starts_with("session.") {
        settings(&frame["session"]);
    } else if kind == "response.done" {
        response(&frame["response"]);
    } else {
        black_box(&frame);
    }
}

fn delta(frame: &Value, audio: bool, body: &str, pcm: &mut [u8]) {
    for id in ["event_id", "response_id", "item_id"] {
        black_box(frame[id].as_str());
    }
    for index in ["output_index", "content_index"] {
        black_box(frame[index].as_u64());
    }
    if audio {
        let decoded = STANDARD.decode_slice(body, pcm).expect("base64");
        black_box(&pcm[..decoded]);
    } else {
        black_box(body);
    }
}

fn settings(session: &Value) {
    for text in ["id", "model", "instructions"] {
        black_box(session[text].as_str());
    }
    let (input, output) = (&session["audio"]["input"], &session["audio"]["output"]);
    for format in [&input["format"], &output["format"]] {
        black_box((format["type"].as_str(), format["rate"].as_u64()));
    }
    black_box(input["turn_detection"]["type"].as_str());
    black_box(output["voice"].as_str());
    for tool in session["tools"].as_array().into_iter().flatten() {
        black_box((tool["name"].as_str(), tool["description"].as_str()));
        black_box(&tool["parameters"]);
    }
}

fn response(response: &Value) {
    black_box((response["id"].as_str(), response["status"].as_str()));
    for item in response["output"].as_array().into_iter().flatten() {
        for text in ["id", "type", "name", "call_id", "arguments"] {
            black_box(item[text].as_str());
        }
        black_box(item["content"][0]["transcript"].as_str());
    }
    let usage = &response["usage"];
    for total in ["total_tokens", "input_tokens", "output_tokens"] {
        black_box(usage[total].as_u64());
    }
    for details in ["input_token_details", "output_token_details"] {
        for tokens in ["text_tokens", "audio_tokens", "cached_tokens"] {
            black_box(usage[details][tokens].as_u64());
        }
    }
}
