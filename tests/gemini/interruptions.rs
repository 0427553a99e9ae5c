//! Interruptions as people met them in the field; each test names the thread that told of it.

use crate::support::{AUDIO, CALL, CUT, OVER, gemini, heard, spoken, told, trace};
use core::time::Duration;
use realtime_proto::{Event, Time};

// aiden#644
#[test]
fn x14_interrupted_then_turn_complete_is_one_cancelled_end() {
    let mut session = gemini();
    told(&mut session, &[AUDIO]);
    let told = told(&mut session, &[CUT, OVER]);
    let wanted = [
        "cut r1",
        "flush 1",
        "item i1 done",
        "reply r1 cut by user_speech",
    ];
    assert_eq!(told, wanted);
}

// aiden#644
#[test]
fn turn_complete_in_the_frame_of_the_interruption_is_the_cancelled_end() {
    let both = r#"{"serverContent":{"turnComplete":true,"interrupted":true}}"#;
    let mut session = gemini();
    told(&mut session, &[AUDIO]);
    let told = told(&mut session, &[both, AUDIO]);
    let wanted = [
        "cut r1",
        "flush 1",
        "item i1 done",
        "reply r1 cut by user_speech",
        "reply r2 began",
        "item i2 began",
        "audio i2 epoch 1",
    ];
    assert_eq!(told, wanted);
}

// livekit/agents (interrupted after turnComplete, while audio still played)
#[test]
fn x29_the_reply_after_a_late_interruption_is_audible() {
    let mut session = gemini();
    told(&mut session, &[AUDIO, OVER]);
    let told = told(&mut session, &[CUT, AUDIO, OVER]);
    let wanted = [
        "cut -",
        "flush 1",
        "reply r2 began",
        "item i2 began",
        "audio i2 epoch 1",
        "audio i2 done",
        "item i2 done",
        "reply r2 end_turn",
    ];
    assert_eq!(told, wanted);
}

// pydantic/pydantic-ai test_map_interruption_latches_until_turn_complete
#[test]
fn an_interruption_of_nothing_is_told_and_latches_to_the_next_end_only() {
    let trace = trace(&[CUT, OVER, OVER]);
    let wanted = [
        "cut -",
        "flush 1",
        "reply r1 began",
        "reply r1 cut by user_speech",
        "reply r2 began",
        "reply r2 end_turn",
    ];
    assert_eq!(trace, wanted);
}

// bolna-ai/bolna#1012
#[test]
fn media_between_the_interruption_and_the_turns_end_is_stale() {
    let mut session = gemini();
    told(&mut session, &[AUDIO]);
    let told = told(&mut session, &[CUT, AUDIO, &spoken("tail"), OVER, AUDIO]);
    let wanted = [
        "cut r1",
        "flush 1",
        "suppressed staleepoch",
        "suppressed staleepoch",
        "item i1 done",
        "reply r1 cut by user_speech",
        "reply r2 began",
        "item i2 began",
        "audio i2 epoch 1",
    ];
    assert_eq!(told, wanted);
}

// bolna-ai/bolna#1012, before anything was heard
#[test]
fn the_first_audio_of_a_reply_that_was_cut_is_stale() {
    let mut session = gemini();
    told(&mut session, &[&*spoken("Well"), CUT]);
    assert_eq!(told(&mut session, &[AUDIO]), ["suppressed staleepoch"]);
}

// iterate/iterate#2376
#[test]
fn media_in_the_frame_of_the_interruption_is_stale() {
    let both = AUDIO.replace(
        r#""serverContent":{"#,
        r#""serverContent":{"interrupted":true,"#,
    );
    let mut session = gemini();
    told(&mut session, &[AUDIO]);
    assert_eq!(told(&mut session, &[both]), ["cut r1", "flush 1"]);
    assert_eq!(session.counters().audio_bytes_in, 8);
}

// livekit/agents#6569
#[test]
fn a_second_interruption_of_the_same_reply_says_nothing_new() {
    let mut session = gemini();
    told(&mut session, &[AUDIO, CUT]);
    assert_eq!(told(&mut session, &[CUT]), ["suppressed redundant"]);
}

// pydantic/pydantic-ai test_map_transcriptions_interrupt_and_turn_complete
#[test]
fn words_that_cut_the_model_are_of_a_new_turn() {
    let cut = r#"{"serverContent":{"interrupted":true,"inputTranscription":{"text":" Stop"}}}"#;
    let mut session = gemini();
    told(&mut session, &[&*heard(" Go"), AUDIO]);
    let told = told(&mut session, &[cut, OVER, AUDIO]);
    let wanted = [
        r#"heard i1 all " go""#,
        "turn i3 began",
        r#"heard i3 " stop""#,
        "cut r1",
        "flush 1",
        "item i2 done",
        "reply r1 cut by user_speech",
        "turn i3 committed",
        "reply r2 began",
        "item i4 began",
        "audio i4 epoch 1",
    ];
    assert_eq!(told, wanted);
}

// googleapis/python-genai (voiceActivity, then interrupted: one barge-in)
#[test]
fn speech_and_the_interruption_that_it_causes_are_one_barge_in() {
    let speech = r#"{"voiceActivity":{"type":"ACTIVITY_START","audioOffset":"1.200s"}}"#;
    let mut session = gemini();
    told(&mut session, &[AUDIO]);
    let told = told(&mut session, &[speech, CUT, OVER]);
    let wanted = [
        "speech_started",
        "cut r1",
        "flush 1",
        "turn i2 began",
        "suppressed redundant",
        "item i1 done",
        "reply r1 cut by user_speech",
    ];
    assert_eq!(told, wanted);
}

// livekit/agents#6569: the model pauses for its tool, and is interrupted meanwhile
#[test]
fn calls_of_a_cut_reply_want_their_answers_until_they_are_taken_back() {
    let back = r#"{"toolCallCancellation":{"ids":["fc-1"]}}"#;
    let mut session = gemini();
    told(&mut session, &[AUDIO, CALL]);
    let told = told(&mut session, &[CUT, OVER, back]);
    let wanted = [
        "cut r1",
        "flush 1",
        "item i1 done",
        "reply r1 cut by user_speech",
        r#"calls ["fc-1"] server"#,
    ];
    assert_eq!(told, wanted);
}

// Google Live API, extended thinking, interrupted
#[test]
fn a_cut_reply_is_over_though_its_turn_goes_on() {
    let paused = r#"{"serverContent":{"turnComplete":true,"interactionStatus":"IN_PROGRESS"}}"#;
    let mut session = gemini();
    told(&mut session, &[AUDIO]);
    let told = told(&mut session, &[CUT, paused, AUDIO]);
    assert_eq!(
        told.last().map(String::as_str),
        Some("audio i2 epoch 1"),
        "{told:?}"
    );
}

#[test]
fn a_cut_reply_does_not_end_again_with_its_turn() {
    let paused = r#"{"serverContent":{"turnComplete":true,"interactionStatus":"IN_PROGRESS"}}"#;
    let idle = r#"{"serverContent":{"turnComplete":true,"interactionStatus":"IDLE"}}"#;
    let mut session = gemini();
    told(&mut session, &[AUDIO, CUT, paused]);
    assert_eq!(told(&mut session, &[idle]), ["suppressed duplicate"]);
    assert_eq!(
        told(&mut session, &[AUDIO, OVER]).last().unwrap(),
        "reply r2 end_turn"
    );
}

#[test]
fn the_end_of_a_reply_that_nobody_heard_ends_no_words_of_the_user() {
    let mut session = gemini();
    let frames = [heard(" Stop"), CUT.into(), OVER.into(), heard(" that")];
    let words = told(&mut session, &frames);
    let heard = words.iter().filter(|words| words.starts_with("heard"));
    let wanted = [r#"heard i1 " stop""#, r#"heard i1 " that""#];
    assert_eq!(heard.collect::<Vec<_>>(), wanted);
}

#[test]
fn words_over_a_reply_to_words_over_a_reply_are_a_turn_of_their_own() {
    let whole = |text: &str| {
        format!(
            r#"{{"serverContent":{{"inputTranscription":{{"text":"{text}","finished":true}}}}}}"#
        )
    };
    let mut session = gemini();
    let frames = [
        whole(" One"),
        AUDIO.into(),
        whole(" Two"),
        OVER.into(),
        AUDIO.into(),
    ];
    told(&mut session, &frames);
    let next = told(&mut session, &[heard(" Three")]);
    assert_eq!(next, ["turn i5 began", r#"heard i5 " three""#]);
}

// livekit/agents#6569
#[test]
fn what_is_spoken_behind_a_cut_reply_begins_another() {
    let mut session = gemini();
    told(&mut session, &[AUDIO, &spoken("Once upon"), CUT, OVER]);
    assert_eq!(told(&mut session, &[spoken("Yes?")])[0], "reply r2 began");
}

#[test]
fn what_was_heard_is_counted_at_the_rate_that_the_audio_names() {
    let second = "AAAA".repeat(16_000 / 3);
    let slow = AUDIO.replace("rate=24000", "rate=8000");
    let slow = slow.replace("AAECAw==", &second);
    let mut session = gemini();
    session.handle_timeout(Time(Duration::ZERO));
    told(&mut session, &[slow]);
    session.handle_timeout(Time(Duration::from_secs(2)));

    let cut = session.receive(CUT).find_map(|event| match event {
        Event::Interrupted(cut) => cut.heard,
        _ => None,
    });

    assert_eq!(cut, Some(Duration::from_millis(999)));
}
