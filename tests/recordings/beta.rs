//! The points of the recordings in the shapes before the general release.

use crate::common::run;
use core::time::Duration;
use realtime_proto::{By, Event, Outcome, TranscriptUpdate};

#[test]
fn one_form_of_an_item_is_added_once_and_done_once() {
    let run = run("openai-beta/text_turn");
    let told = run.all(|event| match event {
        Event::ItemAdded(item) | Event::ItemDone(item) => {
            Some((event.name(), item.role.as_ref().map(ToString::to_string)))
        }
        _ => None,
    });
    let (user, assistant) = (Some(String::from("user")), Some(String::from("assistant")));
    let wanted = [
        ("item_added", user.clone()),
        ("item_done", user),
        ("item_added", assistant.clone()),
        ("item_done", assistant),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn flat_names_of_a_spoken_turn_mean_the_same() {
    let run = run("openai-beta/server_vad_turn");
    let order = run.names(&[
        "speech_started",
        "user_turn_committed",
        "response_started",
        "audio_done",
        "response_finished",
    ]);
    let wanted = vec![
        "speech_started",
        "user_turn_committed",
        "response_started",
        "audio_done",
        "response_finished",
    ];
    assert_eq!(
        (order, run.outcomes(), run.summary.audio_bytes),
        (wanted, [1, 0, 0, 0, 0], 4536)
    );
}

#[test]
fn a_call_without_a_name_has_that_of_its_item() {
    let run = run("openai-beta/tool_call");
    let calls = run.all(|event| match event {
        Event::ToolCall(call) => call.name.clone(),
        _ => None,
    });
    assert_eq!(calls, ["set_vent"]);
}

#[test]
fn a_cut_reply_is_truncated_to_what_was_heard() {
    let run = run("openai-beta/barge_in");
    let cut = run.all(|event| match event {
        Event::ResponseFinished(finished) => Some(finished.outcome.clone()),
        _ => None,
    });
    let heard = run.all(|event| match event {
        Event::Truncated(truncated) if truncated.confirmed => Some(truncated.heard),
        _ => None,
    });
    let received = run.all(|event| match event {
        Event::AudioDelta(delta) => delta
            .duration()
            .map(|time| (delta.ids.response_id.clone(), time)),
        _ => None,
    });
    let first = received[0].0.clone();
    let received: Duration = received
        .into_iter()
        .filter(|(id, _)| *id == first)
        .map(|(_, time)| time)
        .sum();
    let by_speech = Outcome::Cancelled(By::UserSpeech);
    assert_eq!(
        (&cut[0], received.as_millis(), heard),
        (&by_speech, 90, vec![Duration::from_millis(59)])
    );
}

#[test]
fn transcription_sessions_have_events_of_their_own() {
    let run = run("openai-beta/transcription_session");
    let ends = run.all(|event| match event {
        Event::Ready(_) => Some("ready"),
        Event::SessionUpdated(_) => Some("updated"),
        Event::InputTranscript(transcript) => match &transcript.update {
            TranscriptUpdate::Final { .. } => Some("final"),
            TranscriptUpdate::Failed { .. } => Some("failed"),
            _ => None,
        },
        _ => None,
    });
    assert_eq!(ends, ["ready", "updated", "final", "failed"]);
}

#[test]
fn a_response_that_fails_without_a_start_is_started_first() {
    let run = run("openai-beta/failed");
    let first = run.names(&["response_started", "response_finished"]);
    let wanted = vec![
        "response_started",
        "response_finished",
        "response_started",
        "response_finished",
    ];
    assert_eq!((first, run.outcomes()), (wanted, [1, 0, 0, 1, 0]));
}
