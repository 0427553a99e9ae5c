//! The agents' recordings: what each of them is about.

use crate::common::{Run, run};
use realtime_proto::{
    By, Class, Completion, Event, Incompletion, Outcome, RemotePhase, Settlement, Source,
};

fn outcomes(run: &Run) -> Vec<Outcome<'static>> {
    run.all(|event| match event {
        Event::ResponseFinished(finished) => Some(finished.outcome.clone()),
        _ => None,
    })
}

fn texts(run: &Run) -> Vec<String> {
    run.all(|event| match event {
        Event::TextDone(done) => Some(done.text.to_string()),
        _ => None,
    })
}

fn phases(run: &Run) -> Vec<&'static str> {
    run.all(|event| match event {
        Event::RemoteTool(tool) => Some(match tool.phase {
            RemotePhase::Started => "started",
            RemotePhase::Arguments { .. } => "arguments",
            RemotePhase::Running => "running",
            RemotePhase::Result { partial: true, .. } => "partial",
            RemotePhase::Result { .. } => "result",
            _ => "failed",
        }),
        _ => None,
    })
}

const DONE: Outcome<'_> = Outcome::Completed(Completion::EndTurn);
const ABORTED: Outcome<'_> = Outcome::Cancelled(By::Client);

#[test]
fn s7_a_turn_of_synaps_ends_with_the_answer_to_its_prompt() {
    let run = run("synaps/text_turn");
    let order = run.names(&["response_finished", "command_settled", "closed"]);
    assert_eq!(order, ["response_finished", "command_settled", "closed"]);
    assert_eq!(texts(&run)[1], "Two: `core` and `cli`.");
}

#[test]
fn s8_what_was_asked_for_next_leaves_after_the_abort() {
    let run = run("synaps/abort");
    assert_eq!(outcomes(&run), [ABORTED, DONE]);
    assert_eq!(texts(&run), ["1 2 3 4 5 6", "Un, deux, trois."]);
}

#[test]
fn tools_and_subagents_of_synaps_are_observed() {
    let run = run("synaps/tools");
    let wanted = [
        "started",
        "arguments",
        "arguments",
        "started",
        "arguments",
        "result",
        "result",
    ];
    assert_eq!(phases(&run), wanted);
    assert_eq!(
        (run.names(&["agent"]).len(), run.summary.calls.delivered),
        (3, 0)
    );
}

#[test]
fn a_tool_that_an_abort_stops_has_failed() {
    let run = run("synaps/abort_tool");
    assert_eq!(phases(&run), ["started", "arguments", "failed"]);
    assert_eq!((outcomes(&run), run.summary.transmits), (vec![ABORTED], 4));
}

#[test]
fn x16_both_shapes_of_failure_settle_once() {
    let run = run("synaps/failures");
    let rejected = run.all(|event| match event {
        Event::CommandSettled(settled) => Some(matches!(settled.outcome, Settlement::Rejected(_))),
        _ => None,
    });
    assert_eq!(rejected, [true, true, false]);
    assert_eq!(run.outcomes(), [1, 0, 0, 1, 0]);
}

#[test]
fn s11_an_attempt_that_is_reset_says_nothing() {
    let run = run("synaps/attempt_reset");
    let notes = run.all(|event| match event {
        Event::Notice(notice) => Some(notice.source),
        _ => None,
    });
    assert_eq!(
        (texts(&run), notes),
        (vec!["Hi!".into()], vec![Source::Agent; 2])
    );
}

#[test]
fn s9_s10_what_is_not_a_turn_is_answered_by_name() {
    let run = run("synaps/commands");
    let commands = run.summary.commands;
    assert_eq!(
        (
            commands.accepted,
            commands.rejected,
            commands.unacknowledged
        ),
        (7, 1, 2)
    );
    assert!(run.session.conversation().is_empty());
}

#[test]
fn pi_0_74_ends_with_its_run() {
    let run = run("pi/text_turn");
    assert_eq!(texts(&run), ["Acme.\u{2028}Und du? 👩‍🚀"]);
    assert_eq!(
        (outcomes(&run), run.summary.usage.total_tokens),
        (vec![DONE], 112)
    );
}

#[test]
fn pi_runs_its_tools_within_one_reply() {
    let run = run("pi/tool_call");
    let wanted = [
        "started",
        "arguments",
        "arguments",
        "running",
        "partial",
        "partial",
        "result",
    ];
    assert_eq!(phases(&run), wanted);
    assert_eq!(
        (outcomes(&run), run.names(&["item_added"]).len()),
        (vec![DONE], 5)
    );
}

#[test]
fn pi_answers_an_abort_when_it_is_idle() {
    let run = run("pi/abort");
    assert_eq!(outcomes(&run), [ABORTED, DONE]);
    assert_eq!(run.names(&["interrupted"]).len(), 1);
}

#[test]
fn texts_during_a_run_of_pi_are_part_of_it() {
    let run = run("pi/steer_and_follow_up");
    assert_eq!(
        (outcomes(&run), run.summary.commands.accepted),
        (vec![DONE], 4)
    );
    assert_eq!(run.names(&["user_turn_committed"]).len(), 4);
}

#[test]
fn pi_tries_again_within_the_reply() {
    let run = run("pi/retry");
    assert_eq!(run.names(&["response_reset"]).len(), 1);
    let said = run
        .session
        .conversation()
        .items()
        .last()
        .and_then(|item| item.text(realtime_proto::Lane::Display).map(String::from));
    assert_eq!(
        (outcomes(&run), said),
        (vec![DONE], Some("Dear Ms Ito,".into()))
    );
}

#[test]
fn failures_of_pi_are_errors_by_name() {
    let run = run("pi/failures");
    let [Outcome::Failed(fault), Outcome::Incomplete(stop)] = &outcomes(&run)[..] else {
        panic!("{:?}", outcomes(&run));
    };
    assert_eq!(
        (fault.class, stop),
        (Class::ResponseFailed, &Incompletion::MaxTokens)
    );
    let counts = (run.summary.errors, run.summary.commands.rejected);
    assert_eq!(counts, (4, 2));
}
