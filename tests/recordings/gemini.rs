//! What the recordings of Gemini are about.

use crate::common::run;
use core::time::Duration;
use realtime_proto::{
    By, CallCancelled, Completion, Event, GoingAwayCause, Lane, Outcome, Plan, RemotePhase,
};

#[test]
fn the_words_of_a_turn_stand_before_the_reply_however_late_they_come() {
    let run = run("gemini/voice_turn");
    let items = run.session.conversation().items();
    let texts: Vec<_> = items.map(|item| item.text(Lane::Spoken)).collect();
    let wanted = vec![
        Some(" Guten Tag, ist mein Rad schon fertig?"),
        Some("Guten Tag! Ja, es steht bereit. 🚲"),
    ];
    assert_eq!((texts, run.session.usage().total_tokens), (wanted, 273));
}

#[test]
fn a_thought_is_not_spoken_and_an_empty_turn_is_a_reply_that_held_nothing() {
    let run = run("gemini/text_turn");
    let ends = run.all(|event| match event {
        Event::ResponseFinished(finished) => Some((finished.had_audio, finished.empty)),
        _ => None,
    });
    let thoughts = run.all(|event| match event {
        Event::TextDone(done) => Some(done.lane == Lane::Thought),
        _ => None,
    });
    assert_eq!(
        (ends, thoughts),
        (vec![(true, false), (false, true)], vec![true, false])
    );
}

#[test]
fn each_cut_flushes_once_and_the_next_reply_is_audible() {
    let run = run("gemini/barge_in");
    let told = run.names(&["interrupted", "flush_playback"]);
    let epochs = run.all(|event| match event {
        Event::AudioDelta(delta) => Some(delta.epoch.0),
        _ => None,
    });
    let cut = ["interrupted", "flush_playback"];
    assert_eq!(
        (told, epochs, run.outcomes()),
        ([cut, cut].concat(), vec![0, 0, 0, 0, 1, 2], [2, 1, 0, 0, 0])
    );
}

#[test]
fn a_call_is_answered_once_and_the_reply_goes_on_by_itself() {
    let run = run("gemini/tool_call");
    let ends = run.all(|event| match event {
        Event::ResponseFinished(finished) => Some((finished.outcome.clone(), finished.calls)),
        _ => None,
    });
    let goes_on = Outcome::Completed(Completion::ToolUse);
    assert_eq!((ends, run.summary.calls.answered), (vec![(goes_on, 1)], 1));
}

#[test]
fn the_call_that_is_taken_back_is_the_only_one_that_is_not_answered() {
    let run = run("gemini/parallel_calls");
    let back = run.all(|event| match event {
        Event::ToolCallCancelled(cancelled) => {
            Some((cancelled.call_ids[0].to_string(), cancelled.reason))
        }
        _ => None,
    });
    let calls = run.summary.calls;
    assert_eq!(
        (back, calls.answered, run.summary.commands.superseded),
        (vec![("fc-rom".to_owned(), CallCancelled::Server)], 1, 1)
    );
}

#[test]
fn an_announced_end_is_told_twice_and_the_next_connection_goes_on() {
    let run = run("gemini/resume");
    let going = run.all(|event| match event {
        Event::GoingAway(going) => Some((going.cause, going.time_left, going.plan)),
        _ => None,
    });
    let server = |seconds| {
        let left = Some(Duration::from_secs(seconds));
        (GoingAwayCause::Server, left, Plan::Resume)
    };
    assert_eq!(
        (going, run.outcomes()),
        (vec![server(50), server(5)], [1, 0, 0, 0, 1])
    );
}

#[test]
fn activity_that_is_marked_is_one_turn() {
    let run = run("gemini/push_to_talk");
    let order = run.names(&[
        "user_turn_committed",
        "response_started",
        "response_finished",
    ]);
    let wanted = vec![
        "user_turn_committed",
        "response_started",
        "response_finished",
    ];
    assert_eq!((order, run.session.usage().total_tokens), (wanted, 85));
}

#[test]
fn a_turn_in_progress_ends_once_with_all_it_said() {
    let run = run("gemini/extended_thinking");
    let spoken = run.all(|event| match event {
        Event::TextDone(done) if done.lane == Lane::Spoken => Some(done.text.to_string()),
        _ => None,
    });
    let wanted = ["Ich sehe nach.", "Am 13. November."].map(String::from);
    assert_eq!((spoken, run.outcomes()), (wanted.to_vec(), [1, 0, 0, 0, 0]));
}

#[test]
fn what_the_provider_executes_is_told_and_is_nobodys_to_answer() {
    let run = run("gemini/code_and_search");
    let results = run.all(|event| match event {
        Event::RemoteTool(tool) => match &tool.phase {
            RemotePhase::Result { output, .. } => Some(output.to_string()),
            _ => None,
        },
        _ => None,
    });
    let aside = run.names(&["timed"]).len();
    assert_eq!(
        (results, aside, run.summary.calls.delivered),
        (vec!["41\n".to_owned()], 1, 0)
    );
}

#[test]
fn a_cut_leaves_no_picture_of_the_avatar() {
    let run = run("gemini/avatar");
    let epochs = run.all(|event| match event {
        Event::VideoDelta(delta) => Some(delta.epoch.0),
        _ => None,
    });
    assert_eq!((epochs, run.outcomes()), (vec![0, 0, 1], [1, 1, 0, 0, 0]));
}

#[test]
fn a_nameless_call_that_comes_in_pieces_is_answered_by_its_function() {
    let run = run("gemini-vertex/nameless_calls");
    let calls = run.all(|event| match event {
        Event::ToolCall(call) => Some(call.arguments.to_string()),
        _ => None,
    });
    let wanted = [r#"{"city":"Oslo","nights":2}"#];
    assert_eq!(
        (calls, run.outcomes()),
        (wanted.map(String::from).to_vec(), [2, 0, 0, 0, 0])
    );
}

#[test]
fn speech_that_cuts_is_one_barge_in_with_the_servers_own_word() {
    let run = run("gemini-vertex/speech_signals");
    let told = run.names(&["interrupted", "flush_playback"]);
    let ends = run.all(|event| match event {
        Event::ResponseFinished(finished) => Some(finished.outcome.clone()),
        _ => None,
    });
    let wanted = [
        Outcome::Cancelled(By::UserSpeech),
        Outcome::Completed(Completion::EndTurn),
    ];
    assert_eq!(
        (told, ends),
        (vec!["interrupted", "flush_playback"], wanted.to_vec())
    );
}

#[test]
fn tokens_that_are_counted_after_the_turn_are_counted_once_by_kind() {
    let run = run("gemini-vertex/spoken_turn");
    let told = run.names(&["speech_started", "speech_stopped", "response_finished"]);
    let usage = run.session.usage();
    let output = (usage.output.audio, usage.output.text, usage.output.thought);
    assert_eq!(
        (told, usage.total_tokens, output, usage.cached.total),
        (
            vec!["speech_started", "speech_stopped", "response_finished"],
            471,
            (32, 6, 21),
            256
        )
    );
}

#[test]
fn a_transparent_resumption_tells_what_each_handle_includes() {
    let run = run("gemini-vertex/transparent_resume");
    let told = run.all(|event| match event {
        Event::Resumption(point) => Some((point.resumable, point.last_consumed)),
        _ => None,
    });
    let wanted = [
        (true, Some(0)),
        (false, None),
        (true, Some(1)),
        (true, Some(0)),
    ];
    assert_eq!((told, run.outcomes()), (wanted.to_vec(), [2, 0, 0, 0, 0]));
}
