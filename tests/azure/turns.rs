//! Turns that the server detects in its own words: what it does by itself, the client does not.

use crate::support::{AZURE, hear, polled};
use core::time::Duration;
use realtime_proto::{Capabilities, Command, Config, Modality, ResponseState, Session, Time};

/// A session whose turns are detected so, with 300 ms of a reply of which 100 ms were heard.
#[track_caller]
fn replying(detection: &str) -> Session {
    let mut session = Session::new(Config::new(AZURE));
    let created = format!(
        r#"{{"type":"session.created","session":{{"id":"sess_1","turn_detection":{detection}}}}}"#
    );
    hear(&mut session, &created);
    hear(
        &mut session,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
    );
    let audio = format!(
        r#"{{"type":"response.audio.delta","response_id":"resp_1","item_id":"item_1","content_index":0,"delta":"{}"}}"#,
        "A".repeat(300 * 64)
    );
    hear(&mut session, &audio);
    let epoch = realtime_proto::Epoch(0);
    session
        .send(Command::playback(epoch, Duration::from_millis(100)))
        .unwrap();
    session
}

const SPEECH: &str =
    r#"{"type":"input_audio_buffer.speech_started","item_id":"item_2","audio_start_ms":900}"#;

#[test]
fn what_the_server_truncates_the_client_does_not() {
    for kind in [
        "server_vad",
        "azure_semantic_vad",
        "azure_semantic_vad_en",
        "azure_semantic_vad_multilingual",
    ] {
        let mut session = replying(&format!(r#"{{"type":"{kind}","auto_truncate":true}}"#));
        let told = hear(&mut session, SPEECH);
        assert_eq!(
            told,
            [
                "speech_started",
                "interrupted",
                "flush_playback",
                "user_turn_started"
            ]
        );
        assert_eq!(polled(&mut session), [""; 0], "{kind}");
    }
}

#[test]
fn otherwise_the_client_truncates_to_what_was_heard() {
    for detection in [
        r#"{"type":"azure_semantic_vad"}"#,
        r#"{"type":"azure_semantic_vad","auto_truncate":false}"#,
        r#"{"type":"server_vad","auto_truncate":false}"#,
    ] {
        let mut session = replying(detection);
        hear(&mut session, SPEECH);
        assert_eq!(
            polled(&mut session),
            [
                r#"{"type":"conversation.item.truncate","item_id":"item_1","content_index":0,"audio_end_ms":100,"event_id":"rp-2"}"#
            ],
            "{detection}"
        );
    }
}

#[test]
fn what_is_told_of_truncation_overrides_what_is_assumed() {
    let mut config = Config::new(AZURE);
    let mut capabilities = Capabilities::of(AZURE);
    capabilities.server_truncates = true;
    config.capabilities = Some(capabilities);
    let mut session = Session::new(config);
    for frame in [
        r#"{"type":"session.created","session":{"id":"sess_1","turn_detection":{"type":"azure_semantic_vad"}}}"#,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
        r#"{"type":"response.audio.delta","response_id":"resp_1","item_id":"item_1","content_index":0,"delta":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#,
        SPEECH,
    ] {
        session.handle_timeout(Time(Duration::ZERO));
        hear(&mut session, frame);
    }
    assert_eq!(polled(&mut session), [""; 0]);
}

#[test]
fn speech_that_may_not_interrupt_is_only_speech() {
    let mut session = replying(r#"{"type":"azure_semantic_vad","interrupt_response":false}"#);
    assert_eq!(
        hear(&mut session, SPEECH),
        ["speech_started", "user_turn_started"]
    );
}

#[test]
fn a_turn_that_the_server_does_not_answer_is_owed_nothing() {
    for (creates, owed) in [
        (true, ResponseState::ServerOwes),
        (false, ResponseState::Idle),
    ] {
        let mut session = Session::new(Config::new(AZURE));
        for frame in [
            &format!(
                r#"{{"type":"session.created","session":{{"turn_detection":{{"type":"azure_semantic_vad","create_response":{creates}}}}}}}"#
            ),
            SPEECH,
            r#"{"type":"input_audio_buffer.speech_stopped","item_id":"item_2","audio_end_ms":1900}"#,
            r#"{"type":"input_audio_buffer.committed","item_id":"item_2"}"#,
        ] {
            hear(&mut session, frame);
        }
        assert_eq!(session.response(), owed);
    }
}

#[test]
fn moments_of_a_reply_that_was_cut_are_stale() {
    let mut session = replying("{\"type\":\"azure_semantic_vad\"}");
    let viseme = r#"{"type":"response.animation_viseme.delta","response_id":"resp_1","item_id":"item_1","audio_offset_ms":9,"viseme_id":1}"#;
    assert_eq!(hear(&mut session, viseme), ["timed"]);
    hear(&mut session, SPEECH);
    assert_eq!(hear(&mut session, viseme), ["suppressed"]);
}

#[test]
fn video_is_of_the_epoch_in_which_it_came() {
    let mut session = replying("{\"type\":\"azure_semantic_vad\"}");
    let video = r#"{"type":"response.video.delta","output_index":0,"codec":"h264","delta":"AAAB"}"#;
    let epoch = |session: &mut Session| {
        session.receive(video).find_map(|event| match event {
            realtime_proto::Event::VideoDelta(video) => Some(video.epoch.0),
            _ => None,
        })
    };
    assert_eq!(epoch(&mut session), Some(0));
    hear(&mut session, SPEECH);
    assert_eq!(epoch(&mut session), Some(1));
}

#[test]
fn the_capabilities_are_those_of_voice_live() {
    let can = Capabilities::of(AZURE);
    assert!(can.cancel && can.truncate && can.delete && can.commit && can.clear);
    assert!(can.out_of_band && can.response_metadata && can.replaces_active && can.acknowledges);
    assert!(!can.activity && !can.server_truncates && !can.server_continues_after_tools);
    assert_eq!(
        can.output,
        [Modality::Text, Modality::Audio, Modality::Video]
    );
}

#[test]
fn audio_is_counted_at_the_rate_of_the_session() {
    let mut session = Session::new(Config::new(AZURE));
    hear(
        &mut session,
        r#"{"type":"session.created","session":{"input_audio_format":"pcm16","input_audio_sampling_rate":16000,"input_audio_echo_cancellation":{"type":"server_echo_cancellation","reference_source":"client","channels":2}}}"#,
    );
    session.send(Command::append_audio(&[0; 6400])).unwrap();
    assert_eq!(session.audio_backlog(), Duration::from_millis(100));
}
