//! The points of the recordings of xAI's protocol.

use crate::common::run;
use core::time::Duration;
use realtime_proto::{
    By, CloseClass, Event, GoingAwayCause, Lane, Origin, Outcome, Plan, RemotePhase,
    TranscriptUpdate,
};

#[test]
fn usage_beside_the_response_is_that_of_the_response() {
    let run = run("xai/text_turn");
    let usage = run.session.usage();
    assert_eq!(
        (usage.total_tokens, usage.output.audio, run.outcomes()),
        (77, 42, [1, 0, 0, 0, 0])
    );
}

#[test]
fn a_cumulative_transcript_is_final_once() {
    let run = run("xai/server_vad_turn");
    let updates = run.all(|event| match event {
        Event::InputTranscript(transcript) => Some(match &transcript.update {
            TranscriptUpdate::Snapshot { .. } => "snapshot",
            TranscriptUpdate::Final { .. } => "final",
            _ => "other",
        }),
        Event::TextDelta(delta) => delta.start.map(|_| "spoken at"),
        _ => None,
    });
    let heard = run.session.conversation().items().next();
    let heard = heard.and_then(|item| item.text(Lane::Spoken));
    let wanted = vec![
        "snapshot",
        "snapshot",
        "snapshot",
        "snapshot",
        "spoken at",
        "final",
        "spoken at",
    ];
    assert_eq!(
        (updates, heard),
        (wanted, Some("When does the last ferry leave?"))
    );
}

#[test]
fn raw_audio_is_counted_both_ways_and_is_of_what_was_announced() {
    let run = run("xai/binary_audio");
    let heard = run.all(|event| match event {
        Event::AudioDelta(audio) => Some((
            audio.ids.item_id.is_some(),
            audio.base64().is_none(),
            audio.decoded_len(),
        )),
        _ => None,
    });
    let bytes = [960, 1440, 1152];
    let wanted: Vec<_> = bytes.map(|bytes| (true, true, bytes)).into();
    let counters = run.session.counters();
    assert_eq!(
        (
            heard,
            run.summary.audio_bytes,
            counters.frames_out,
            run.outcomes()
        ),
        (wanted, 3552, 4, [1, 0, 0, 0, 0])
    );
}

#[test]
fn an_empty_cancelled_response_is_not_the_answer_to_the_barge_in() {
    let run = run("xai/barge_in");
    let told = run.all(|event| match event {
        Event::Truncated(truncated) => Some((
            truncated.confirmed,
            truncated.heard,
            truncated.heard_text.as_ref().map(ToString::to_string),
        )),
        _ => None,
    });
    let heard = Duration::from_millis(120);
    let wanted = vec![
        (false, heard, None),
        (true, heard, Some("The keeper climbed".into())),
    ];
    assert_eq!((told, run.outcomes()), (wanted, [1, 2, 0, 0, 0]));
}

#[test]
fn two_calls_get_two_outputs_and_one_continuation_whichever_way_they_are_told() {
    let run = run("xai/parallel_tool_calls");
    let calls = run.summary.calls;
    assert_eq!(
        (
            [calls.delivered, calls.answered, calls.cancelled],
            run.outcomes()
        ),
        ([2, 2, 0], [2, 0, 0, 0, 0])
    );
}

#[test]
fn words_that_are_spoken_verbatim_ask_for_nothing_more() {
    let run = run("xai/verbatim_speech");
    let commands = run.summary.commands;
    let spoken = run.all(|event| match event {
        Event::TextDone(done) => Some(done.text.to_string()),
        _ => None,
    });
    assert_eq!(
        (
            commands.sent,
            commands.accepted,
            run.summary.transmits,
            &*spoken[0]
        ),
        (2, 2, 3, "This call is recorded.")
    );
}

#[test]
fn a_resumed_conversation_is_told_anew_and_nothing_is_asked_again() {
    let run = run("xai/resume");
    // Of three items two are known from before.
    let replayed = run.all(|event| match event {
        Event::ItemDone(item) if item.origin == Origin::Replay => Some(item.kind.clone()),
        _ => None,
    });
    let handles = run.names(&["resumption"]).len();
    let plan = run.all(|event| match event {
        Event::Closed(closed) => Some(closed.plan),
        _ => None,
    });
    assert_eq!(
        (
            replayed.len(),
            handles,
            plan[0],
            run.summary.calls.delivered,
            run.outcomes()
        ),
        (1, 1, Plan::Resume, 0, [2, 0, 0, 0, 0])
    );
}

#[test]
fn the_provider_s_own_calls_are_never_delivered() {
    let run = run("xai/search_tools");
    let results = run.all(|event| match event {
        Event::RemoteTool(tool) => match &tool.phase {
            RemotePhase::Result { output, .. } if !output.is_empty() => Some(output.to_string()),
            _ => None,
        },
        _ => None,
    });
    let gave = vec![
        r#"[{"text":"The harbour is open."}]"#.to_owned(),
        "[14]".into(),
    ];
    let calls = run.summary.calls;
    assert_eq!((results, calls.delivered, calls.answered), (gave, 1, 1));
}

#[test]
fn the_sparsest_frames_say_the_same_and_a_superseded_response_ends_once() {
    let run = run("xai/superseded");
    let ends = run.all(|event| match event {
        Event::ResponseFinished(finished) => Some(finished.outcome.clone()),
        _ => None,
    });
    let tokens = run.session.usage().total_tokens;
    assert_eq!(
        (&ends[0], tokens, run.outcomes()),
        (&Outcome::Cancelled(By::Superseded), 7, [1, 1, 0, 0, 0])
    );
}

#[test]
fn a_session_that_is_too_old_says_so_though_its_close_does_not() {
    let run = run("xai/expiry");
    let going = run.all(|event| match event {
        Event::GoingAway(going) => Some((going.cause, going.plan)),
        _ => None,
    });
    let closed = run.all(|event| match event {
        Event::Closed(closed) => Some((closed.class, closed.plan)),
        _ => None,
    });
    assert_eq!(
        (going, closed, run.outcomes()),
        (
            vec![(GoingAwayCause::Expiry, Plan::Resume)],
            vec![(CloseClass::Expired, Plan::Resume)],
            [0, 0, 0, 0, 1]
        )
    );
}
