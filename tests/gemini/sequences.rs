//! Frames in the orders that people met in the field; each test names the thread that told of it.

use crate::support::{
    AUDIO, GENERATED, OVER, gemini, heard, polled, sent, spoken, told, trace, words, written,
};
use realtime_proto::{Command, Event};

/// `inlineData` and a transcript in one message, as one `if` after the other lost them.
const BOTH: &str = r#"{"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm;rate=24000","data":"AAEC"}}]},"outputTranscription":{"text":" there"}}}"#;

// pipecat c1dd44f94
#[test]
fn several_fields_of_one_message_are_all_told() {
    let trace = trace(&[BOTH, OVER]);
    let wanted = [
        "reply r1 began",
        "item i1 began",
        "audio i1 epoch 0",
        r#"spoken i1 " there""#,
        r#"spoken i1 all " there""#,
        "audio i1 done",
        "item i1 done",
        "reply r1 end_turn",
    ];
    assert_eq!(trace, wanted);
}

// livekit/agents#6431
#[test]
fn generation_complete_ends_the_item_and_not_the_reply() {
    let trace = trace(&[AUDIO, GENERATED]);
    let wanted = [
        "reply r1 began",
        "item i1 began",
        "audio i1 epoch 0",
        "audio i1 done",
        "item i1 done",
    ];
    assert_eq!(trace, wanted);
}

// livekit/agents#4699
#[test]
fn the_turn_ends_once_playback_is_assumed_to_be_over() {
    let mut session = gemini();
    told(&mut session, &[AUDIO, GENERATED]);
    assert_eq!(told(&mut session, &[OVER]), ["reply r1 end_turn"]);
}

// vercel/ai#17657
#[test]
fn content_after_generation_complete_of_the_same_turn_is_of_the_same_reply() {
    let mut session = gemini();
    told(&mut session, &[AUDIO, GENERATED]);
    let more = told(&mut session, &[&written("still turn one"), OVER]);
    let wanted = [
        "item i2 began",
        r#"text i2 "still turn one""#,
        r#"text i2 all "still turn one""#,
        "item i2 done",
        "reply r1 end_turn",
    ];
    assert_eq!(more, wanted);
}

// vercel/ai#17657
#[test]
fn a_late_transcript_is_of_the_reply_that_has_ended() {
    let mut session = gemini();
    told(&mut session, &[AUDIO, &spoken("It is"), OVER]);
    let late = told(&mut session, &[spoken(" ten.")]);
    assert_eq!(late, ["suppressed late"]);
    let item = session.conversation().get("local_item_1").unwrap();
    assert_eq!(item.text(realtime_proto::Lane::Spoken), Some("It is ten."));
}

// pydantic/pydantic-ai asap_enqueue_waits_for_response_boundary
#[test]
fn a_transcript_after_the_user_said_something_begins_the_next_reply() {
    let mut session = gemini();
    told(&mut session, &[AUDIO, &spoken("First."), OVER]);
    session.send(Command::text("And then?")).unwrap();
    sent(&mut session);
    polled(&mut session);
    let next = told(&mut session, &[spoken("Second.")]);
    let wanted = ["reply r2 began", "item i3 began", r#"spoken i3 "second.""#];
    assert_eq!(next, wanted);
}

// googleapis/python-genai#2117
#[test]
fn a_turn_that_ends_in_mid_sentence_is_followed_by_another_reply() {
    let trace = trace(&[AUDIO, OVER, AUDIO, OVER]);
    let replies = trace.iter().filter(|words| words.starts_with("reply"));
    let wanted = [
        "reply r1 began",
        "reply r1 end_turn",
        "reply r2 began",
        "reply r2 end_turn",
    ];
    assert_eq!(replies.collect::<Vec<_>>(), wanted);
}

// googleapis/python-genai#2117
#[test]
fn an_empty_turn_is_a_reply_that_held_nothing() {
    let mut session = gemini();
    let events: Vec<_> = session.receive(OVER).map(Event::into_owned).collect();
    let empty = events.iter().any(|event| match event {
        Event::ResponseFinished(finished) => finished.empty,
        _ => false,
    });
    let told: Vec<_> = events.iter().map(words).collect();
    assert_eq!(told, ["reply r1 began", "reply r1 end_turn"]);
    assert!(empty);
}

// google-gemini/cookbook#1227
#[test]
fn what_the_user_says_next_is_a_turn_of_its_own() {
    let trace = trace(&[&*heard(" One"), AUDIO, OVER, &heard(" Two"), AUDIO, OVER]);
    let user = trace
        .iter()
        .filter(|words| words.starts_with("turn") || words.starts_with("heard"));
    let wanted = [
        "turn i1 began",
        r#"heard i1 " one""#,
        "turn i1 committed",
        r#"heard i1 all " one""#,
        "turn i3 began",
        r#"heard i3 " two""#,
        "turn i3 committed",
        r#"heard i3 all " two""#,
    ];
    assert_eq!(user.collect::<Vec<_>>(), wanted);
}

// googleapis/js-genai#707
#[test]
fn usage_alone_is_of_the_reply_that_has_ended() {
    let usage = r#"{"usageMetadata":{"promptTokenCount":80,"responseTokenCount":40,"totalTokenCount":120},"serverContent":{}}"#;
    let mut session = gemini();
    told(&mut session, &[AUDIO, OVER]);
    assert_eq!(told(&mut session, &[usage]), ["usage r1 120"]);
    assert_eq!(session.usage().total_tokens, 120);
}

// BerriAI/litellm#38457
#[test]
fn usage_within_a_turn_is_summed_into_its_end() {
    let part = r#"{"serverContent":{},"usageMetadata":{"promptTokenCount":10,"responseTokenCount":5,"totalTokenCount":15}}"#;
    let last = r#"{"serverContent":{"turnComplete":true},"usageMetadata":{"totalTokenCount":"3"}}"#;
    let mut session = gemini();
    told(&mut session, &[AUDIO]);
    let told = told(&mut session, &[part, part, last]);
    let wanted = [
        "suppressed redundant",
        "suppressed redundant",
        "audio i1 done",
        "item i1 done",
        "reply r1 end_turn for 33",
    ];
    assert_eq!(told, wanted);
    assert_eq!(session.usage().total_tokens, 33);
}

// pydantic/pydantic-ai test_google.py
#[test]
fn x32_an_empty_message_is_neither_unknown_nor_a_reply() {
    let trace = trace(&[r#"{"serverContent":{}}"#, "{}"]);
    assert_eq!(
        trace,
        ["suppressed acknowledgement", "suppressed acknowledgement"]
    );
}

// googleapis/js-genai Vertex: a reply's transcript comes before its audio, and begins empty
#[test]
fn an_empty_transcript_begins_nothing() {
    let empty = r#"{"serverContent":{"outputTranscription":{}}}"#;
    let last = r#"{"serverContent":{"outputTranscription":{"finished":true}}}"#;
    let trace = trace(&[empty, &spoken("We"), last, AUDIO, OVER]);
    let wanted = [
        "suppressed acknowledgement",
        "reply r1 began",
        "item i1 began",
        r#"spoken i1 "we""#,
        r#"spoken i1 all "we""#,
        "audio i1 epoch 0",
        "audio i1 done",
        "item i1 done",
        "reply r1 end_turn",
    ];
    assert_eq!(trace, wanted);
}

// googleapis/js-genai Vertex: two transcripts within one turn
#[test]
fn a_second_transcript_of_a_reply_is_a_part_of_its_own() {
    let last = r#"{"serverContent":{"outputTranscription":{"text":"One.","finished":true}}}"#;
    let mut session = gemini();
    let mut parts = Vec::new();
    for frame in [last, &spoken("Two.")] {
        for event in session.receive(frame) {
            if let Event::TextDelta(delta) = event {
                parts.push(delta.ids.content_index);
            }
        }
    }
    assert_eq!(parts, [None, Some(1)]);
}

// vercel/ai google-live-speech-translation
#[test]
fn what_the_user_says_on_goes_on_beside_the_reply() {
    let trace = trace(&[
        &*heard("The quick"),
        &spoken("El zorro"),
        &heard(" brown fox"),
        &spoken(" marrón"),
    ]);
    let wanted = [
        "turn i1 began",
        r#"heard i1 "the quick""#,
        "turn i1 committed",
        "reply r1 began",
        "item i2 began",
        r#"spoken i2 "el zorro""#,
        r#"heard i1 " brown fox""#,
        r#"spoken i2 " marrón""#,
    ];
    assert_eq!(trace, wanted);
}

// pipecat-ai/pipecat#1788
#[test]
fn words_that_are_understood_after_the_reply_began_stand_before_it() {
    let mut session = gemini();
    told(&mut session, &[AUDIO, &heard("What time is it?"), OVER]);
    let items = session.conversation().items();
    let order: Vec<_> = items.map(|item| item.id.to_string()).collect();
    assert_eq!(order, ["local_item_2", "local_item_1"]);
}

// googleapis/python-genai (interimInputTranscription)
#[test]
fn provisional_words_give_way_to_certain_ones() {
    let interim = |text: &str| heard(text).replace("inputT", "interimInputT");
    let trace = trace(&[
        interim("what"),
        heard("What's"),
        interim(" the dime"),
        heard(" the time?"),
    ]);
    let wanted = [
        "turn i1 began",
        r#"heard i1 now "what""#,
        r#"heard i1 now "what's""#,
        r#"heard i1 now "what's the dime""#,
        r#"heard i1 now "what's the time?""#,
    ];
    assert_eq!(trace, wanted);
}

// Google Live API, extended thinking
#[test]
fn a_turn_in_progress_is_not_over() {
    let paused = r#"{"serverContent":{"turnComplete":true,"interactionStatus":"IN_PROGRESS"}}"#;
    let idle = r#"{"serverContent":{"turnComplete":true,"interactionStatus":"IDLE"}}"#;
    let thought =
        r#"{"serverContent":{"modelTurn":{"parts":[{"text":"checking","thought":true}]}}}"#;
    let trace = trace(&[AUDIO, paused, thought, AUDIO, idle]);
    let wanted = [
        "reply r1 began",
        "item i1 began",
        "audio i1 epoch 0",
        "suppressed acknowledgement",
        r#"thought i1 "checking""#,
        "audio i1 epoch 0",
        r#"thought i1 all "checking""#,
        "audio i1 done",
        "item i1 done",
        "reply r1 end_turn",
    ];
    assert_eq!(trace, wanted);
}

// googleapis/js-genai (waitingForInput)
#[test]
fn a_model_that_waits_has_ended_its_reply_once() {
    let waits = r#"{"serverContent":{"waitingForInput":true}}"#;
    let trace = trace(&[waits, &written("Which one?"), waits, OVER]);
    let wanted = [
        "suppressed acknowledgement",
        "reply r1 began",
        "item i1 began",
        r#"text i1 "which one?""#,
        r#"text i1 all "which one?""#,
        "item i1 done",
        "reply r1 needs_input",
        "suppressed duplicate",
    ];
    assert_eq!(trace, wanted);
}

// googleapis/python-genai (the user speaks on while the reply ends)
#[test]
fn what_is_spoken_behind_the_users_words_answers_them() {
    let whole = heard(" Hi").replace(r#"" Hi""#, r#"" Hi","finished":true"#);
    let mut session = gemini();
    told(
        &mut session,
        &[&whole, AUDIO, &spoken("Anything"), &heard(" No"), OVER],
    );
    let told = told(&mut session, &[spoken("Bye.")]);
    assert_eq!(told[..2], ["turn i3 committed", "reply r2 began"]);
}

// google-gemini/live-api (usageMetadata in the middle of a turn)
#[test]
fn what_a_reply_has_consumed_so_far_is_held_until_its_end() {
    let usage = r#"{"usageMetadata":{"promptTokenCount":7,"totalTokenCount":7}}"#;
    let mut session = gemini();
    told(&mut session, &[AUDIO]);
    let before = session.memory_bytes();

    session.receive(usage).for_each(drop);

    let held = session.memory_bytes() - before;
    assert!((100..1_000).contains(&held), "{held} bytes");
}
