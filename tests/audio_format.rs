//! Bytes, milliseconds, samples and G.711.

use core::time::Duration;
use realtime_proto::{
    AudioError, AudioFormat, Encoding,
    audio::{decode_alaw, decode_mulaw, encode_alaw, encode_mulaw, samples, write_samples},
};

/// A known duration.
#[expect(
    clippy::unnecessary_wraps,
    reason = "what a format answers is optional"
)]
fn ms(millis: u64) -> Option<Duration> {
    Some(Duration::from_millis(millis))
}

#[test]
fn bytes_of_a_millisecond() {
    assert_eq!(AudioFormat::pcm16(24_000).bytes_per_ms(), Some(48));
    assert_eq!(AudioFormat::pcmu().bytes_per_ms(), Some(8));
    assert_eq!(AudioFormat::pcma().bytes_per_ms(), Some(8));
    assert_eq!(
        AudioFormat::new(Encoding::Pcm16, 24_000, 2).bytes_per_ms(),
        Some(96)
    );
    assert_eq!(AudioFormat::pcm16(22_050).bytes_per_ms(), None);
    assert_eq!(AudioFormat::pcm16(22_500).bytes_per_ms(), Some(45));
    assert_eq!(AudioFormat::opus(24_000).bytes_per_ms(), None);
}

#[test]
fn durations_are_whole_milliseconds_rounded_down() {
    let wideband = AudioFormat::pcm16(24_000);
    assert_eq!(wideband.duration(0), ms(0));
    assert_eq!(wideband.duration(47), ms(0));
    assert_eq!(wideband.duration(4_800), ms(100));
    assert_eq!(wideband.duration(4_847), ms(100));

    let odd = AudioFormat::pcm16(11_025);
    assert_eq!(odd.duration(22_050), ms(1_000));
    assert_eq!(odd.duration(22_049), ms(999));
    assert_eq!(odd.duration(22_050 * 3_600), ms(3_600_000));
    assert_eq!(
        odd.duration(u64::MAX),
        ms(u64::MAX / 22_050 * 1_000 + u64::MAX % 22_050 * 1_000 / 22_050)
    );
}

#[test]
fn bytes_of_a_duration_are_whole_samples() {
    let odd = AudioFormat::new(Encoding::Pcm16, 11_025, 2);
    assert_eq!(odd.bytes(Duration::from_secs(1)), Some(44_100));
    assert_eq!(odd.bytes(Duration::from_millis(1)), Some(44));
    assert_eq!(odd.bytes(Duration::MAX), Some(u64::MAX));
    assert_eq!(
        AudioFormat::pcmu().bytes(Duration::from_millis(20)),
        Some(160)
    );
}

#[test]
fn nothing_divides_by_zero() {
    let zeros = [
        AudioFormat::pcm16(0),
        AudioFormat::new(Encoding::Pcmu, 8_000, 0),
        AudioFormat::new(Encoding::Other, 8_000, 1),
        AudioFormat::opus(48_000),
    ];
    for format in zeros {
        assert_eq!(format.bytes_per_ms(), None);
        assert_eq!(format.duration(1_000), None);
        assert_eq!(format.bytes(Duration::from_secs(1)), None);
    }
    let most = AudioFormat::new(Encoding::Pcm16, u32::MAX, u8::MAX);
    assert_eq!(most.duration(u64::MAX), ms(8_421_504_503));
    assert_eq!(most.bytes(Duration::MAX), Some(u64::MAX));
}

#[test]
fn formats_have_names() {
    assert_eq!(AudioFormat::pcm16(16_000).mime(), "audio/pcm");
    assert_eq!(
        AudioFormat::pcm16(16_000).to_string(),
        "audio/pcm;rate=16000"
    );
    assert_eq!(AudioFormat::pcmu().mime(), "audio/pcmu");
    assert_eq!(AudioFormat::pcma().mime(), "audio/pcma");
    assert_eq!(
        AudioFormat::new(Encoding::Opus, 48_000, 2).to_string(),
        "audio/opus;rate=48000;channels=2"
    );
    let read: AudioFormat = serde_json::from_str(r#"{"encoding":"pcma","rate_hz":8000}"#).unwrap();
    assert_eq!(read, AudioFormat::pcma());
}

#[test]
fn samples_there_and_back() {
    let all = [0, 1, -1, 256, i16::MIN, i16::MAX];
    let mut pcm = Vec::new();
    write_samples(all, &mut pcm);
    assert_eq!(pcm, [0, 0, 1, 0, 255, 255, 0, 1, 0, 128, 255, 127]);
    assert_eq!(samples(&pcm).unwrap().len(), 6);
    assert!(samples(&pcm).unwrap().eq(all));
    assert_eq!(samples(&[1]).err(), Some(AudioError::OddLength));
}

#[test]
fn mulaw_is_that_of_g711() {
    // The decision and output values of the standard's table 2, scaled from 14 to 16 bits.
    let decoded = [
        (0x80, 32_124),
        (0x8f, 16_764),
        (0x9f, 8_316),
        (0xef, 132),
        (0xf0, 120),
        (0xfe, 8),
    ];
    for (code, sample) in decoded {
        assert_eq!(decode_mulaw(code), sample);
        assert_eq!(decode_mulaw(code & 0x7f), -sample);
    }
    let encoded = [
        (0, 0xff),
        (3, 0xff),
        (4, 0xfe),
        (-1, 0x7f),
        (-4, 0x7f),
        (-5, 0x7e),
    ];
    for (sample, code) in encoded {
        assert_eq!(encode_mulaw(sample), code, "{sample}");
    }
    assert_eq!(
        [i16::MAX, 32_635, i16::MIN].map(encode_mulaw),
        [0x80, 0x80, 0x00]
    );
    for code in 0..=u8::MAX {
        let again = encode_mulaw(decode_mulaw(code));
        assert_eq!(again, if code == 0x7f { 0xff } else { code });
    }
}

#[test]
fn alaw_is_that_of_g711() {
    let decoded = [
        (0xaa, 32_256),
        (0xa5, 16_896),
        (0xba, 16_128),
        (0xd5, 8),
        (0xd4, 24),
        (0xda, 248),
    ];
    for (code, sample) in decoded {
        assert_eq!(decode_alaw(code), sample, "{code:x}");
        assert_eq!(decode_alaw(code & 0x7f), -sample);
    }
    let encoded = [
        (0, 0xd5),
        (15, 0xd5),
        (16, 0xd4),
        (-1, 0x55),
        (-16, 0x55),
        (-17, 0x54),
    ];
    for (sample, code) in encoded {
        assert_eq!(encode_alaw(sample), code, "{sample}");
    }
    assert_eq!([i16::MAX, i16::MIN].map(encode_alaw), [0xaa, 0x2a]);
    for code in 0..=u8::MAX {
        assert_eq!(encode_alaw(decode_alaw(code)), code);
    }
}

#[test]
fn g711_errs_by_half_a_step_at_most() {
    for sample in i16::MIN..=i16::MAX {
        for decoded in [
            decode_mulaw(encode_mulaw(sample)),
            decode_alaw(encode_alaw(sample)),
        ] {
            let error = i32::from(sample).abs_diff(i32::from(decoded));
            assert!(
                error <= 8 + u32::from(sample.unsigned_abs()) / 32,
                "{sample}: {decoded}"
            );
        }
    }
}
