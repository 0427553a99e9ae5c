//! Every recording, replayed: a snapshot of what it causes, and one assertion that states its point.

#[path = "recordings/agents.rs"]
mod agents;
#[path = "recordings/azure.rs"]
mod azure;
#[path = "recordings/beta.rs"]
mod beta;
mod common;
#[path = "recordings/format.rs"]
mod format;
#[path = "recordings/gemini.rs"]
mod gemini;
#[path = "recordings/sweeps.rs"]
mod sweeps;
#[path = "recordings/tools.rs"]
mod tools;
#[path = "recordings/translation.rs"]
mod translation;
#[path = "recordings/xai.rs"]
mod xai;

use common::{dialect, recording, run, settings, trace::trace};
use core::time::Duration;
use realtime_proto::{
    By, Class, CloseClass, Content, ConversationRef, Event, Incompletion, InputNotice, Lane,
    Outcome, PlaybackState, Settlement, TextStatus, TranscriptUpdate,
};

#[test]
fn every_recording_replays_as_it_did() {
    settings().bind(|| {
        insta::glob!("recordings", "*/*.jsonl", |path| {
            let name = common::name(path);
            let trace = trace(&recording(&name), dialect(&name));
            insta::assert_snapshot!("recordings", trace);
        });
    });
}

#[test]
fn a_typed_turn_gets_one_response_with_its_own_usage() {
    let run = run("openai/text_turn");
    let each = run.all(|event| match event {
        Event::ResponseFinished(finished) => finished.usage.as_ref().map(|u| u.total_tokens),
        _ => None,
    });
    assert_eq!(
        (run.outcomes(), each.len(), each.iter().sum()),
        ([2, 0, 0, 0, 0], 2, 126_u64)
    );
}

#[test]
fn push_to_talk_clears_then_commits_then_gets_its_response() {
    let run = run("openai/push_to_talk");
    let order = run.names(&["input", "user_turn_committed", "response_finished"]);
    let wanted = vec!["input", "user_turn_committed", "response_finished"];
    assert_eq!(
        (order, run.outcomes(), run.summary.audio_bytes),
        (wanted, [1, 0, 0, 0, 0], 4020)
    );
}

#[test]
fn a_late_transcript_stands_where_it_was_spoken() {
    let run = run("openai/server_vad_turn");
    let late = run.all(|event| match event {
        Event::ResponseFinished(_) => Some("reply"),
        Event::InputTranscript(t) if matches!(t.update, TranscriptUpdate::Final { .. }) => {
            Some("transcript")
        }
        _ => None,
    });
    let spoken: Vec<_> = run
        .session
        .conversation()
        .items()
        .map(|item| item.text(Lane::Spoken))
        .collect();
    let wanted = vec![
        Some("Grüß Gott! Haben Sie morgen früh noch Mohnbrötchen?"),
        Some("Grüß Gott! Ja, für Sie lege ich gern sechs zurück. Bis morgen! 🙂"),
    ];
    assert_eq!((late, spoken), (vec!["reply", "transcript"], wanted));
}

#[test]
fn audio_with_escaped_slashes_decodes() {
    let run = run("openai/server_vad_turn");
    let pieces = run.all(|event| match event {
        Event::AudioDelta(delta) => Some(delta.decode_into(&mut Vec::new())),
        _ => None,
    });
    let bytes: Result<usize, _> = pieces.into_iter().sum();
    assert_eq!((bytes, run.summary.audio_bytes), (Ok(3864), 3864));
}

#[test]
fn a_barge_in_cancels_the_reply_and_cuts_it_to_what_was_heard() {
    let run = run("openai/barge_in");
    let told = run.all(|event| match event {
        Event::ResponseFinished(finished) => Some((Some(finished.outcome.clone()), None)),
        Event::Truncated(truncated) if truncated.confirmed => Some((None, Some(truncated.heard))),
        _ => None,
    });
    let cut = Outcome::Cancelled(By::UserSpeech);
    let heard = Duration::from_millis(346);
    let [first, second] = [told[0].clone(), told[1].clone()];
    assert_eq!(
        (first, second, run.outcomes()),
        ((Some(cut), None), (None, Some(heard)), [1, 1, 0, 0, 0])
    );
}

#[test]
fn a_cancel_of_the_client_ends_the_response_and_a_second_finds_nothing() {
    let run = run("openai/cancelled");
    let outcomes = run.all(|event| match event {
        Event::ResponseFinished(finished) => Some(finished.outcome.clone()),
        _ => None,
    });
    let superseded = run.summary.commands.superseded;
    let client = Outcome::Cancelled(By::Client);
    assert_eq!(
        (&outcomes[0], run.outcomes(), superseded),
        (&client, [1, 1, 0, 0, 0], 1)
    );
}

#[test]
fn a_response_at_its_token_limit_is_incomplete_with_the_text_it_has() {
    let run = run("openai/incomplete_max_tokens");
    let ends = run.all(|event| match event {
        Event::ResponseFinished(finished) => Some((finished.outcome.clone(), finished.had_text)),
        _ => None,
    });
    assert_eq!(ends, [(Outcome::Incomplete(Incompletion::MaxTokens), true)]);
}

#[test]
fn a_filtered_response_is_incomplete_and_the_next_completes() {
    let run = run("openai/incomplete_content_filter");
    let ends = run.all(|event| match event {
        Event::ResponseFinished(finished) => Some(finished.outcome.clone()),
        _ => None,
    });
    let filtered = Outcome::Incomplete(Incompletion::ContentFilter);
    assert_eq!((&ends[0], run.outcomes()), (&filtered, [1, 0, 1, 0, 0]));
}

#[test]
fn a_response_may_fail_without_a_message_and_the_next_completes() {
    let run = run("openai/failed");
    let faults = run.all(|event| match event {
        Event::ResponseFinished(finished) => match &finished.outcome {
            Outcome::Failed(fault) => Some((fault.class, fault.message.clone())),
            _ => None,
        },
        _ => None,
    });
    let wanted = vec![(Class::ServerFault, None)];
    assert_eq!((faults, run.outcomes()), (wanted, [1, 0, 0, 1, 0]));
}

#[test]
fn an_out_of_band_response_leaves_the_conversation_alone() {
    let run = run("openai/out_of_band");
    let beside = run.all(|event| match event {
        Event::ResponseStarted(started) => Some(started.conversation == ConversationRef::OutOfBand),
        _ => None,
    });
    let items = run.session.conversation().items();
    let texts: Vec<_> = items.map(|item| item.text(Lane::Display)).collect();
    let wanted = vec![
        Some("My tomatoes have brown spots. What can I do?"),
        Some("Cut off the spotted leaves, water only the roots and give the plants more air."),
    ];
    assert_eq!(
        (beside, run.outcomes(), texts),
        (vec![false, true], [2, 0, 0, 0, 0], wanted)
    );
}

#[test]
fn a_transcription_session_keeps_its_items_in_order_whatever_order_they_end_in() {
    let run = run("openai/transcription_session");
    let ends = run.all(|event| match event {
        Event::InputTranscript(transcript) => match &transcript.update {
            TranscriptUpdate::Final { .. } => Some("final"),
            TranscriptUpdate::Failed { .. } => Some("failed"),
            _ => None,
        },
        _ => None,
    });
    let items = run.session.conversation().items();
    let texts: Vec<_> = items.map(|item| item.text(Lane::Spoken)).collect();
    let first = "Item one: the roof of the boathouse needs new tiles before winter.";
    let third = "Item three: thanks to Åsa for the soup.";
    assert_eq!(
        (ends, texts),
        (
            vec!["final", "final", "failed"],
            vec![Some(first), None, Some(third)]
        )
    );
}

#[test]
fn segments_name_their_speakers() {
    let run = run("openai/transcription_diarized");
    let speakers = run.all(|event| match event {
        Event::InputTranscript(transcript) => match &transcript.update {
            TranscriptUpdate::Segment(segment) => segment.speaker.clone(),
            _ => None,
        },
        _ => None,
    });
    assert_eq!(speakers, ["A", "B", "A"]);
}

#[test]
fn the_tokens_of_an_image_are_counted_apart() {
    let run = run("openai/image_input");
    let usage = run.session.usage();
    assert_eq!(
        (usage.input.total, usage.input.text, usage.input.image),
        (115, 30, 85)
    );
}

#[test]
fn an_error_settles_the_command_that_it_names_and_nothing_else() {
    let run = run("openai/command_error");
    let failed = run.events.iter().filter_map(|(line, event)| match event {
        Event::CommandSettled(settled) => match &settled.outcome {
            Settlement::Accepted => None,
            outcome => Some((*line, settled.command.to_string(), outcome)),
        },
        _ => None,
    });
    let failed = failed.map(|(line, command, outcome)| {
        let refused = matches!(outcome, Settlement::Rejected(_));
        (line, command, refused)
    });
    let failed: Vec<_> = failed.collect();
    let named = |line, command: &str, refused| (line, command.to_owned(), refused);
    let wanted = vec![
        named(11, "rp-2", true),
        named(27, "rp-5", true),
        named(44, "rp-6", false),
    ];
    assert_eq!((failed, run.outcomes()), (wanted, [2, 0, 0, 0, 0]));
}

#[test]
fn an_item_inserted_at_the_front_stands_first_and_a_deleted_one_nowhere() {
    let run = run("openai/history_truncation");
    let items = run.session.conversation().items();
    let ids: Vec<_> = items.map(|item| item.id.to_string()).collect();
    let wanted = [
        "note-1",
        "item_FE6HApNZ3w5fM1P7VQecd",
        "ask-2",
        "item_FE6HCPVGTsXJbFY9veibl",
    ];
    assert_eq!(ids, wanted);
}

#[test]
fn a_session_that_expires_loses_what_is_in_flight() {
    let run = run("openai/expiry");
    let ends = run.all(|event| match event {
        Event::Error(error) => Some((error.class == Class::Expired, error.session_usable, None)),
        Event::Closed(closed) => Some((closed.class == CloseClass::Expired, false, closed.code)),
        _ => None,
    });
    let wanted = vec![(true, false, None), (true, false, Some(1001))];
    assert_eq!((ends, run.outcomes()), (wanted, [0, 0, 0, 0, 1]));
}

#[test]
fn a_lost_connection_ends_what_was_open_and_the_next_one_completes() {
    let run = run("openai/reconnect");
    let order = run.names(&["ready", "response_finished", "closed"]);
    let one = ["ready", "response_finished", "closed"];
    assert_eq!(
        (order, run.outcomes()),
        ([one, one].concat(), [1, 0, 0, 0, 1])
    );
}

#[test]
fn keys_of_a_telephone_are_told_one_by_one() {
    let run = run("openai/dtmf_and_idle_timeout");
    let input = run.all(|event| match event {
        Event::Input(InputNotice::Dtmf { digit, .. }) => Some(digit.to_string()),
        Event::Input(InputNotice::Timeout { .. }) => Some(String::from("silence")),
        _ => None,
    });
    assert_eq!(input, ["silence", "4", "0", "7", "#"]);
}

#[test]
fn beside_a_call_the_server_owns_the_playback() {
    let run = run("openai/sideband");
    let count = |wanted| {
        let states = run.all(|event| match event {
            Event::Playback(playback) => Some(playback.state),
            _ => None,
        });
        states.into_iter().filter(|state| *state == wanted).count()
    };
    let playback = [
        PlaybackState::Started,
        PlaybackState::Stopped,
        PlaybackState::Cleared,
    ]
    .map(count);
    assert_eq!((playback, run.outcomes()), ([3, 1, 2], [1, 2, 0, 0, 0]));
}

#[test]
fn a_response_may_speak_in_two_items_at_once() {
    let run = run("openai/two_items");
    let mut items = run.all(|event| match event {
        Event::AudioDelta(delta) => Some(delta.ids.item_id.as_ref().map(ToString::to_string)),
        _ => None,
    });
    let named = items.iter().all(Option::is_some);
    items.dedup();
    assert_eq!(
        (named, items.len() >= 2, run.summary.audio_bytes),
        (true, true, 6840)
    );
}

#[test]
fn speech_beside_a_reply_is_only_speech_where_it_may_not_interrupt() {
    let run = run("openai/backchannel");
    let order = run.names(&[
        "response_started",
        "speech_started",
        "interrupted",
        "flush_playback",
        "response_finished",
    ]);
    let cut = run.all(|event| match event {
        Event::TextDone(done) if done.status != TextStatus::Final => Some(done.text.to_string()),
        _ => None,
    });
    let wanted = vec![
        "speech_started",
        "response_started",
        "speech_started",
        "response_finished",
    ];
    assert_eq!(
        (order, cut, run.outcomes()),
        (wanted, vec![], [1, 0, 0, 0, 0])
    );
}

#[test]
fn a_retrieved_item_has_its_audio() {
    let run = run("openai/history_truncation");
    let audio = run.all(|event| match event {
        Event::ItemRetrieved(item) => item.content.iter().find_map(|part| match part {
            Content::Audio { audio, .. } => audio.as_ref().map(|text| text.len() > 100),
            _ => None,
        }),
        _ => None,
    });
    assert_eq!(audio, [true]);
}
