//! Turns as this protocol tells them: snapshots, superseded replies, cancelled echoes, barge-in.

use crate::{CREATED, ITEM, STARTED, after, config, hear, names, polled};
use core::time::Duration;
use realtime_proto::{
    By, Command, Epoch, Event, InputTranscript, Outcome, Session, Settlement, Time,
    TranscriptUpdate,
};

const VAD: &str = r#"{"type":"session.updated","session":{"turn_detection":{"type":"server_vad","create_response":true,"interrupt_response":true}}}"#;
const SPEECH: &str = r#"{"type":"input_audio_buffer.speech_started","event_id":"b2","audio_start_ms":5210,"item_id":"msg_5"}"#;

fn transcript(
    session: &mut Session,
    kind: &str,
    text: &str,
    status: &str,
) -> InputTranscript<'static> {
    let frame = format!(
        r#"{{"type":"conversation.item.input_audio_transcription.{kind}","item_id":"msg_3","transcript":"{text}"{status}}}"#
    );
    match hear(session, &frame).pop() {
        Some(Event::InputTranscript(transcript)) => transcript,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_transcript_is_replaced_until_it_is_final() {
    let mut session = after(&[]);
    let snapshot = |text: &str| TranscriptUpdate::Snapshot {
        text: text.to_owned().into(),
    };
    let told = transcript(&mut session, "updated", "What is", "");
    assert_eq!(told.update, snapshot("What is"));
    let told = transcript(&mut session, "updated", "What's the time", "");
    assert_eq!(told.update, snapshot("What's the time"));
    let status = r#","status":"in_progress""#;
    let told = transcript(&mut session, "completed", "What's the", status);
    assert_eq!(told.update, snapshot("What's the"));
    let status = r#","status":"completed""#;
    let told = transcript(&mut session, "completed", "What's the time?", status);
    assert!(
        matches!(&told.update, TranscriptUpdate::Final { text, status, .. }
            if text == "What's the time?" && status.as_deref() == Some("completed")),
        "{told:?}"
    );
    let again = r#"{"type":"conversation.item.input_audio_transcription.completed","item_id":"msg_3","transcript":"What's the time?"}"#;
    assert_eq!(names(&hear(&mut session, again)), ["suppressed"]);
}

#[test]
fn a_reply_that_another_takes_the_place_of_is_superseded() {
    let mut session = after(&[STARTED]);
    let second = STARTED.replace("resp_1", "resp_2");
    let told = hear(&mut session, &second);
    let [Event::ResponseFinished(first), Event::ResponseStarted(_)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(first.outcome, Outcome::Cancelled(By::Superseded));
    let late = r#"{"type":"response.done","response":{"id":"resp_1","status":"cancelled"},"usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3}}"#;
    assert_eq!(names(&hear(&mut session, late)), ["usage"]);
}

#[test]
fn a_cancelled_echo_before_the_answer_ends_nothing() {
    let mut session = after(&[VAD]);
    session.send(Command::create_response()).unwrap();
    polled(&mut session);
    let echo =
        r#"{"type":"response.done","response":{"id":"resp_3","status":"cancelled","usage":{}}}"#;
    let told = hear(&mut session, echo);
    assert!(!names(&told).contains(&"command_settled"), "{told:?}");
    let told = hear(&mut session, STARTED);
    assert!(names(&told).contains(&"command_settled"), "{told:?}");
}

#[test]
fn a_barge_in_flushes_truncates_to_what_was_heard_and_drops_what_was_in_flight() {
    let mut session = Session::new(config());
    session.handle_timeout(Time(Duration::ZERO));
    for frame in [CREATED, VAD, STARTED, ITEM] {
        hear(&mut session, frame);
    }
    let audio = format!(
        r#"{{"type":"response.output_audio.delta","response_id":"resp_1","item_id":"item_1","delta":"{}"}}"#,
        "A".repeat(12_800)
    );
    hear(&mut session, &audio);
    session
        .send(Command::playback(Epoch(0), Duration::from_millis(120)))
        .unwrap();

    let told = hear(&mut session, SPEECH);

    assert_eq!(
        names(&told),
        [
            "speech_started",
            "interrupted",
            "flush_playback",
            "truncated",
            "user_turn_started"
        ]
    );
    let truncate = r#"{"type":"conversation.item.truncate","item_id":"item_1","content_index":0,"audio_end_ms":120,"event_id":"rp-2"}"#;
    assert_eq!(polled(&mut session), [truncate]);
    assert_eq!(names(&hear(&mut session, &audio)), ["suppressed"]);
    let done = r#"{"type":"response.done","event_id":"b3","response":{"id":"resp_1","status":"cancelled","usage":{}}}"#;
    assert_eq!(names(&hear(&mut session, done)), ["response_finished"]);
}

#[test]
fn verbatim_speech_is_answered_by_its_item_and_is_a_reply_of_the_server_s_own() {
    let mut session = after(&[]);
    let id = session.send(Command::say("Welcome.")).unwrap();
    polled(&mut session);
    let added = r#"{"type":"conversation.item.added","item":{"id":"fm_1","type":"force_message","role":"assistant","content":[{"type":"output_text","text":"Welcome."}]}}"#;
    let told = hear(&mut session, added);
    let Some(Event::CommandSettled(settled)) = told.last() else {
        panic!("{told:?}");
    };
    assert_eq!(
        (settled.command, &settled.outcome),
        (id, &Settlement::Accepted)
    );
    assert_eq!(names(&hear(&mut session, STARTED)), ["response_started"]);
    assert_eq!(polled(&mut session), [""; 0]);
}

#[test]
fn several_calls_of_a_response_get_one_continuation() {
    let call = |n: char, city: &str| {
        format!(
            r#"{{"type":"response.function_call_arguments.done","response_id":"resp_1","item_id":"fc_{n}","call_id":"call_{n}","name":"get_weather","arguments":"{{\"city\":\"{city}\"}}"}}"#
        )
    };
    let mut session = after(&[STARTED]);
    for frame in [call('a', "Oslo"), call('b', "Rome")] {
        assert_eq!(names(&hear(&mut session, &frame)), ["tool_call"]);
    }
    hear(
        &mut session,
        r#"{"type":"response.done","response":{"id":"resp_1","status":"completed","usage":{}}}"#,
    );
    session.send(Command::tool_output("call_a", "4")).unwrap();
    session.send(Command::tool_output("call_b", "17")).unwrap();
    let sent = polled(&mut session);
    let creates = sent
        .iter()
        .filter(|frame| frame.contains("response.create"));
    assert_eq!((sent.len(), creates.count()), (3, 1), "{sent:?}");
}

#[test]
fn beside_a_call_there_is_nothing_to_clear() {
    let mut config = config();
    config.media = realtime_proto::Media::Remote;
    let mut session = Session::new(config);
    hear(&mut session, STARTED);
    session.send(Command::interrupt()).unwrap();
    let cancel = r#"{"type":"response.cancel","response_id":"resp_1","event_id":"rp-1"}"#;
    assert_eq!(polled(&mut session), [cancel]);
}
