//! Audio: samples in and out, formats, and how much a commit needs.

use crate::support::{Driver, created, delta, ms, opened_with};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use realtime_proto::{
    AudioError, AudioFormat, Command, Config, Dialect, Encoding, Event, SendError, audio::samples,
};
use serde_json::json;

#[test]
fn a20_samples_out_survive_any_chunk_boundaries() {
    let pcm: Vec<u8> = (0..=250).chain(0..=250).collect();
    for size in [1, 2, 3, 7, 480] {
        let mut driver = Driver::ready();
        for chunk in pcm.chunks(size) {
            driver.send(Command::append_audio(chunk));
        }

        assert_eq!(appended(&mut driver), pcm, "chunks of {size}");
    }
}

#[test]
fn a20_half_a_sample_goes_before_the_base64_behind_it() {
    let mut driver = Driver::ready();
    driver.send(Command::append_audio(&[1, 2, 3]));

    driver.send(Command::append_base64(&STANDARD.encode([4, 5, 6])));

    assert_eq!(appended(&mut driver), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn a20_half_a_sample_does_not_outlive_its_turn() {
    for end in [Command::ClearInput, Command::CommitInput] {
        let mut driver = Driver::ready();
        driver.send(Command::append_audio(&[1, 2, 3]));
        driver.send(end);
        driver.sent();

        driver.send(Command::append_audio(&[4, 5]));

        assert_eq!(appended(&mut driver), [4, 5]);
    }
}

#[test]
fn a20_samples_in_survive_any_chunk_boundaries() {
    let pcm: Vec<u8> = (0..240).collect();
    let mut heard = Vec::new();
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));

    for chunk in pcm.chunks(7) {
        let frame = delta(
            "response.output_audio.delta",
            "resp_1",
            "item_1",
            &STANDARD.encode(chunk),
        );
        for event in driver.session.receive(&frame) {
            if let Event::AudioDelta(audio) = event {
                audio.decode_append(&mut heard).expect("it is base64");
            }
        }
    }

    assert_eq!(heard, pcm);
}

#[test]
fn a20_no_channels_are_no_rate_and_no_panic() {
    let none = AudioFormat::new(Encoding::Pcm16, 24_000, 0);

    assert_eq!(none.bytes_per_ms(), None);
    assert_eq!(none.duration(960), None);
}

#[test]
fn a21_decoding_into_a_buffer_with_room_allocates_nothing() {
    let frame = delta(
        "response.output_audio.delta",
        "resp_1",
        "item_1",
        &STANDARD.encode([7; 960]),
    );
    let mut driver = Driver::ready();
    driver.feed(created("resp_1"));
    let mut pcm = Vec::with_capacity(960);
    let room = pcm.as_ptr();

    for event in driver.session.receive(&frame) {
        if let Event::AudioDelta(audio) = event {
            audio.decode_into(&mut pcm).expect("it is base64");
        }
    }

    assert_eq!(pcm, [7; 960]);
    assert_eq!(pcm.as_ptr(), room, "the same buffer");
}

#[test]
fn a22_half_a_sample_is_an_error_and_no_panic() {
    let error = samples(&[1, 2, 3]).map(Iterator::count);

    assert_eq!(error, Err(AudioError::OddLength));
    assert_eq!(
        samples(&[1, 0, 255, 255]).map(Iterator::collect),
        Ok(vec![1, -1])
    );
}

#[test]
pub(crate) fn pain_44_a_commit_needs_100_ms_in_every_format() {
    for (format, bytes_per_ms) in [
        (json!({"type": "audio/pcm", "rate": 24_000}), 48),
        (json!({"type": "audio/pcmu"}), 8),
        (json!({"type": "audio/pcma"}), 8),
    ] {
        let mut driver = Driver::new(Config::new(Dialect::OpenAi));
        driver.feed(opened_with(
            json!({"input": {"format": format, "turn_detection": null}}),
        ));
        driver.send(Command::append_audio(&vec![0; 99 * bytes_per_ms]));

        let error = driver.refused(Command::CommitInput);
        driver.send(Command::append_audio(&vec![0; bytes_per_ms]));
        driver.send(Command::CommitInput);

        let need = ms(100);
        assert_eq!(error, SendError::InputTooShort { have: ms(99), need });
        assert_eq!(driver.sent(), ["append", "append", "commit"]);
    }
}

#[test]
pub(crate) fn pain_44_a_commit_that_the_server_made_already_is_superseded() {
    let mut driver = Driver::ready();
    let commit = driver.send(Command::CommitInput);

    let lines = driver.feed(crate::support::error(
        "input_audio_buffer_commit_empty",
        Some(&commit),
    ));

    assert_eq!(lines, [format!("command_settled {commit} superseded")]);
}

/// What leaves of the user's audio, put together again.
fn appended(driver: &mut Driver) -> Vec<u8> {
    let frames = driver.frames();
    let audio = frames.iter().filter_map(|frame| frame["audio"].as_str());
    let decode = |text: &str| STANDARD.decode(text).expect("it is base64");
    audio.flat_map(decode).collect()
}

#[test]
fn pain_44_base64_counts_as_much_as_its_bytes() {
    let mut driver = Driver::manual();
    driver.send(Command::append_base64(&STANDARD.encode(vec![0; 4_800])));

    driver.send(Command::CommitInput);

    assert_eq!(driver.sent(), ["append", "commit"]);
}
