//! Raw audio on binary frames, both ways.

use crate::{CREATED, ITEM, STARTED, after, config, hear, patch, transmits};
use core::time::Duration;
use realtime_proto::{
    AudioFormat, Command, Config, Event, Frame, FrameFault, RawJson, SendError, Session,
    TransmitBuf,
};

const SPEECH: &str =
    r#"{"type":"input_audio_buffer.speech_started","audio_start_ms":5210,"item_id":"msg_5"}"#;

fn binary(session: &mut Session, audio: &[u8]) -> Vec<Event<'static>> {
    let events = session.receive_binary(audio);
    assert_eq!(events.frame(), Frame::Binary(audio));
    events.map(Event::into_owned).collect()
}

/// A session that asked for its input to be binary.
fn asking(transport: &str) -> Session {
    let mut config = config();
    let extra = format!(r#"{{"audio":{{"input":{{"transport":"{transport}"}}}}}}"#);
    config.session.extra = Some(RawJson::new(&extra).unwrap());
    let mut session = Session::new(config);
    assert_eq!(transmits(&mut session).len(), 1);
    session
}

fn append(session: &mut Session, audio: &[u8]) -> Vec<TransmitBuf> {
    session.send(Command::append_audio(audio)).unwrap();
    transmits(session)
}

#[test]
fn a_binary_frame_is_audio_of_what_was_announced_last() {
    let mut session = after(&[STARTED]);
    let told = binary(&mut session, &[1, 2, 3, 4]);
    let [Event::AudioDelta(audio)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(audio.ids.response_id.as_deref(), Some("resp_1"));
    assert_eq!(audio.ids.item_id, None);

    hear(&mut session, ITEM);
    let told = binary(&mut session, &[0; 480]);
    let [Event::AudioDelta(audio)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(audio.ids.item_id.as_deref(), Some("item_1"));
    assert_eq!(audio.ids.output_index, Some(0));
    assert_eq!(audio.base64(), None);
    assert_eq!(
        (audio.decoded_len(), audio.format),
        (480, AudioFormat::pcm16(24_000))
    );
    assert_eq!(audio.duration(), Some(Duration::from_millis(10)));
    let mut pcm = Vec::new();
    assert_eq!(audio.decode_into(&mut pcm), Ok(480));
    assert_eq!(session.counters().audio_bytes_in, 484);
}

#[test]
fn a_call_has_no_audio() {
    let call = r#"{"type":"response.output_item.added","response_id":"resp_1","output_index":1,"item":{"id":"fc_1","type":"function_call","call_id":"call_1","name":"f"}}"#;
    let mut session = after(&[STARTED, ITEM, call]);
    let told = binary(&mut session, &[0; 4]);
    assert!(
        matches!(&told[..], [Event::AudioDelta(audio)]
            if audio.ids.item_id.as_deref() == Some("item_1")),
        "{told:?}"
    );
}

#[test]
fn audio_before_any_response_is_told_and_changes_nothing() {
    let mut session = after(&[]);
    let before = session.clone();
    let told = binary(&mut session, &[0xff, 0x00, 0x7f]);
    let [Event::Malformed(malformed)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(malformed.fault, FrameFault::Missing { field: "response" });
    assert_eq!(session.counters().malformed, 1);
    assert!(session == before);
}

#[test]
fn a_frame_beyond_the_limit_is_told() {
    let mut config = config();
    config.limits.frame_bytes = 100;
    let mut session = Session::new(config);
    hear(
        &mut session,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
    );
    let told = binary(&mut session, &[0; 101]);
    assert!(
        matches!(&told[..], [Event::Malformed(malformed)]
            if malformed.fault == FrameFault::TooLong { limit: 100 }),
        "{told:?}"
    );
}

#[test]
fn audio_of_a_reply_that_was_cut_is_stale() {
    let vad = r#"{"type":"session.updated","session":{"turn_detection":{"type":"server_vad"}}}"#;
    let mut session = after(&[vad, STARTED, ITEM]);
    binary(&mut session, &[0; 480]);
    let told = hear(&mut session, SPEECH);
    assert!(crate::names(&told).contains(&"flush_playback"), "{told:?}");
    assert_eq!(
        crate::names(&binary(&mut session, &[0; 480])),
        ["suppressed"]
    );
    assert_eq!(session.counters().audio_bytes_in, 960);

    let second = STARTED.replace("resp_1", "resp_2");
    hear(&mut session, &second);
    let told = binary(&mut session, &[0; 480]);
    assert!(
        matches!(&told[..], [Event::AudioDelta(audio)]
            if audio.ids.response_id.as_deref() == Some("resp_2") && audio.epoch.0 == 1),
        "{told:?}"
    );
}

#[test]
fn audio_after_the_end_of_its_response_is_stale() {
    let done = r#"{"type":"response.done","response":{"id":"resp_1","status":"completed"}}"#;
    let mut session = after(&[STARTED, ITEM, done]);
    assert_eq!(crate::names(&binary(&mut session, &[0; 4])), ["suppressed"]);
}

#[test]
fn what_was_queued_comes_before_the_audio() {
    let mut session = after(&[STARTED]);
    session
        .send(Command::raw(r#"{"type":"weather.subscribe"}"#))
        .unwrap();
    transmits(&mut session);
    let told = binary(&mut session, &[0; 4]);
    assert_eq!(crate::names(&told), ["command_settled", "audio_delta"]);
}

#[test]
fn the_users_audio_goes_out_raw_where_that_was_asked_for() {
    let mut session = asking("binary");
    assert_eq!(
        append(&mut session, &[1, 2, 3, 4]),
        [TransmitBuf::Binary(vec![1, 2, 3, 4])]
    );
    session.send(Command::append_base64("AQIDBA==")).unwrap();
    assert_eq!(
        transmits(&mut session),
        [TransmitBuf::Binary(vec![1, 2, 3, 4])]
    );
    let counters = session.counters();
    assert_eq!(counters.frames_out, 3);
    assert_eq!(
        session.send(Command::append_base64("A")),
        Err(SendError::Invalid { field: "audio" })
    );
}

#[test]
fn half_a_sample_waits_for_the_other_half() {
    let mut session = asking("binary");
    assert_eq!(
        append(&mut session, &[1, 2, 3]),
        [TransmitBuf::Binary(vec![1, 2])]
    );
    assert_eq!(
        append(&mut session, &[4]),
        [TransmitBuf::Binary(vec![3, 4])]
    );
}

#[test]
fn what_the_server_tells_of_the_transport_wins() {
    let mut session = asking("binary");
    let json = r#"{"type":"session.updated","session":{"audio":{"input":{"transport":"json"}}}}"#;
    hear(&mut session, json);
    assert!(matches!(
        &append(&mut session, &[1, 2])[..],
        [TransmitBuf::Text(_)]
    ));
    let silent = r#"{"type":"session.updated","session":{"id":"sess_1"}}"#;
    let mut session = asking("binary");
    hear(&mut session, silent);
    assert!(matches!(
        &append(&mut session, &[1, 2])[..],
        [TransmitBuf::Binary(_)]
    ));
}

#[test]
fn a_transport_that_was_refused_is_not_used() {
    let mut session = asking("binary");
    let refused = r#"{"type":"error","error":{"type":"invalid_request_error","message":"no","event_id":"rp-1"}}"#;
    hear(&mut session, refused);
    assert!(matches!(
        &append(&mut session, &[1, 2])[..],
        [TransmitBuf::Text(_)]
    ));
}

#[test]
fn a_change_of_transport_stays_behind_the_audio_of_the_old_one() {
    let mut session = after(&[]);
    session.send(Command::append_audio(&[1, 2])).unwrap();
    let extra = RawJson::new(r#"{"audio":{"input":{"transport":"binary"}}}"#).unwrap();
    session.send(patch(|patch| patch.extra.set(extra))).unwrap();
    session.send(Command::append_audio(&[3, 4])).unwrap();
    let sent = transmits(&mut session);
    let [
        TransmitBuf::Text(first),
        TransmitBuf::Text(change),
        TransmitBuf::Binary(raw),
    ] = &sent[..]
    else {
        panic!("{sent:?}");
    };
    assert!(first.starts_with(r#"{"type":"input_audio_buffer.append""#));
    assert!(change.starts_with(r#"{"type":"session.update""#));
    assert_eq!(raw, &[3, 4]);
}

#[test]
fn elsewhere_a_binary_frame_is_a_message() {
    let mut session = Session::new(Config::new(realtime_proto::Dialect::OpenAi));
    let told: Vec<_> = session.receive_binary(CREATED.as_bytes()).collect();
    assert_eq!(crate::names(&told)[0], "ready");
}
