//! The runs of pi: where a reply ends, in each version.

use crate::support::{ended, names, opened, place, told};
use realtime_proto::{
    By, Command, Completion, Dialect, Event, Incompletion, Lane, Outcome, Session, Severity,
    TextStatus,
};

fn start(stop: &str) -> String {
    format!(
        r#"{{"type":"message_start","message":{{"role":"assistant","content":[],"stopReason":"{stop}"}}}}"#
    )
}

fn end(stop: &str, input: u32) -> String {
    format!(
        r#"{{"type":"message_end","message":{{"role":"assistant","content":[],"model":"m{input}","usage":{{"input":{input},"output":1,"cacheRead":2,"cacheWrite":3,"totalTokens":{},"cost":{{"total":0.5}}}},"stopReason":"{stop}","errorMessage":"why"}}}}"#,
        input + 6
    )
}

fn update(event: &str) -> String {
    format!(r#"{{"type":"message_update","assistantMessageEvent":{event}}}"#)
}

fn prompted() -> Session {
    let mut session = opened(Dialect::Pi);
    session.send(Command::text("go")).unwrap();
    session
}

fn told_all(session: &mut Session, frames: &[String]) -> Vec<Event<'static>> {
    let frames: Vec<&str> = frames.iter().map(String::as_str).collect();
    told(session, &frames)
}

const RUN_OVER: &str = r#"{"type":"agent_end","messages":[],"willRetry":false}"#;
const RETRIES: &str = r#"{"type":"agent_end","messages":[],"willRetry":true}"#;
const SETTLED: &str = r#"{"type":"agent_settled","aborted":false}"#;

#[test]
fn without_a_settled_the_end_of_the_run_ends_the_reply() {
    for run_over in [
        RUN_OVER,
        r#"{"type":"agent_end","messages":[]}"#,
        r#"{"type":"agent_end"}"#,
    ] {
        let mut session = prompted();
        let events = told_all(
            &mut session,
            &[start("stop"), end("stop", 1), run_over.into()],
        );
        assert_eq!(
            ended(&events),
            [Outcome::Completed(Completion::EndTurn)],
            "{run_over}"
        );
    }
}

#[test]
fn a_server_that_settles_ends_the_reply_there() {
    let mut session = prompted();
    let events = told_all(
        &mut session,
        &[start("pending"), end("stop", 1), RUN_OVER.into()],
    );
    assert!(ended(&events).is_empty());
    let events = told(&mut session, &[SETTLED, SETTLED]);
    assert_eq!(ended(&events), [Outcome::Completed(Completion::EndTurn)]);
    assert_eq!(events.last().map(Event::name), Some("suppressed"));
}

#[test]
fn more_runs_before_all_is_settled_are_one_reply() {
    let mut session = prompted();
    let run = [start("pending"), end("stop", 1), RUN_OVER.into()];
    let events = told_all(
        &mut session,
        &[&run[..], &run[..], &[SETTLED.into()]].concat(),
    );
    let started = names(&events)
        .into_iter()
        .filter(|name| *name == "response_started");
    assert_eq!((started.count(), ended(&events).len()), (1, 1));
}

#[test]
fn the_last_message_says_how_the_reply_ended() {
    let cases = [
        ("stop", Outcome::Completed(Completion::EndTurn)),
        ("toolUse", Outcome::Completed(Completion::ToolUse)),
        ("length", Outcome::Incomplete(Incompletion::MaxTokens)),
        ("aborted", Outcome::Cancelled(By::Client)),
        (
            "deferred",
            Outcome::Completed(Completion::Other("deferred".into())),
        ),
    ];
    for (stop, outcome) in cases {
        let mut session = prompted();
        let events = told_all(
            &mut session,
            &[start("pending"), end(stop, 1), SETTLED.into()],
        );
        assert_eq!(ended(&events), [outcome]);
    }
    let mut session = prompted();
    let events = told_all(
        &mut session,
        &[start("pending"), end("error", 1), SETTLED.into()],
    );
    let [Outcome::Failed(fault)] = &ended(&events)[..] else {
        panic!("{events:?}");
    };
    assert_eq!(fault.message.as_deref(), Some("why"));
}

#[test]
fn the_messages_of_the_run_tell_it_too() {
    let mut session = prompted();
    let run_over = r#"{"type":"agent_end","messages":[{"role":"assistant","stopReason":"length"},{"role":"toolResult"}]}"#;
    let events = told(&mut session, &[run_over]);
    assert_eq!(
        ended(&events),
        [Outcome::Incomplete(Incompletion::MaxTokens)]
    );
}

#[test]
fn a_run_that_is_tried_again_goes_on_with_the_same_reply() {
    let mut session = prompted();
    let void = update(r#"{"type":"text_delta","contentIndex":0,"delta":"void"}"#);
    let whole = update(r#"{"type":"text_end","contentIndex":0,"content":"void"}"#);
    let retry = r#"{"type":"auto_retry_start","attempt":1,"maxAttempts":3,"delayMs":2000,"errorMessage":"529"}"#;
    let events = told_all(
        &mut session,
        &[
            start("pending"),
            void,
            whole,
            end("error", 1),
            RETRIES.into(),
            retry.into(),
        ],
    );
    assert!(ended(&events).is_empty());
    let Event::ResponseReset(ids) = &events[place(&events, "response_reset")] else {
        unreachable!();
    };
    let void = ids.item_id.clone().unwrap();
    assert!(session.conversation().get(&void).is_none());
    let events = told_all(
        &mut session,
        &[start("pending"), end("stop", 1), SETTLED.into()],
    );
    assert_eq!(ended(&events), [Outcome::Completed(Completion::EndTurn)]);
}

#[test]
fn an_older_server_tells_no_retry_ahead() {
    let mut session = prompted();
    let retry =
        r#"{"type":"auto_retry_start","attempt":1,"maxAttempts":3,"delayMs":9,"errorMessage":"x"}"#;
    let events = told_all(
        &mut session,
        &[
            start("error"),
            end("error", 1),
            r#"{"type":"agent_end","messages":[]}"#.into(),
            retry.into(),
        ],
    );
    assert!(matches!(ended(&events)[..], [Outcome::Failed(_)]));
    assert_eq!(events.last().map(Event::name), Some("agent"));
}

#[test]
fn s6_the_messages_of_a_run_add_up() {
    let mut session = prompted();
    let events = told_all(
        &mut session,
        &[
            start("pending"),
            end("toolUse", 10),
            start("pending"),
            end("stop", 20),
            SETTLED.into(),
        ],
    );
    let Event::ResponseFinished(finished) = &events[place(&events, "response_finished")] else {
        unreachable!();
    };
    let usage = finished.usage.as_ref().unwrap();
    assert_eq!(
        (
            usage.input.total,
            usage.output.total,
            usage.cached.total,
            usage.cache_write.total
        ),
        (40, 2, 4, 6)
    );
    assert_eq!((usage.total_tokens, usage.cost), (42, Some(1.0)));
    assert_eq!(session.usage().total_tokens, 42);
}

#[test]
fn an_abort_by_somebody_else_is_an_interruption_once() {
    let mut session = prompted();
    let aborted = update(
        r#"{"type":"error","reason":"aborted","error":{"role":"assistant","stopReason":"aborted"}}"#,
    );
    let events = told_all(
        &mut session,
        &[start("pending"), aborted, end("aborted", 1), SETTLED.into()],
    );
    let cut = names(&events)
        .into_iter()
        .filter(|name| *name == "interrupted");
    assert_eq!(cut.count(), 1);
    assert_eq!(ended(&events), [Outcome::Cancelled(By::Client)]);
}

#[test]
fn settled_as_aborted_is_cancelled() {
    let mut session = prompted();
    let events = told(
        &mut session,
        &[r#"{"type":"agent_settled","aborted":true}"#],
    );
    assert_eq!(ended(&events), [Outcome::Cancelled(By::Client)]);
}

#[test]
fn thoughts_and_words_have_their_places() {
    let mut session = prompted();
    let events = told_all(
        &mut session,
        &[
            start("pending"),
            update(r#"{"type":"thinking_start","contentIndex":0}"#),
            update(r#"{"type":"thinking_delta","contentIndex":0,"delta":"Hm"}"#),
            update(r#"{"type":"text_start","contentIndex":1}"#),
            update(r#"{"type":"text_delta","contentIndex":1,"delta":"4"}"#),
            update(r#"{"type":"thinking_end","contentIndex":0,"content":"Hm."}"#),
            update(r#"{"type":"text_end","contentIndex":1,"content":"42"}"#),
        ],
    );
    let done: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::TextDone(done) => Some((
                done.lane,
                done.ids.content_index,
                done.suffix.as_ref(),
                done.status,
            )),
            _ => None,
        })
        .collect();
    assert_eq!(
        done,
        [
            (Lane::Thought, Some(0), ".", TextStatus::Final),
            (Lane::Display, Some(1), "2", TextStatus::Final),
        ]
    );
}

#[test]
fn a_text_that_only_the_message_tells_is_told() {
    let mut session = prompted();
    let whole = r#"{"type":"message_end","message":{"role":"assistant","content":[{"type":"text","text":"all"}],"stopReason":"stop"}}"#;
    let events = told(&mut session, &[&start("pending"), whole]);
    let texts = names(&events)
        .into_iter()
        .filter(|name| *name == "text_done");
    assert_eq!(texts.count(), 1);
}

#[test]
fn what_the_agent_tells_of_itself_is_in_effect() {
    let mut session = opened(Dialect::Pi);
    let state = r#"{"id":"r","type":"response","command":"get_state","success":true,"data":{"model":{"id":"acme-2","provider":"acme"},"thinkingLevel":"medium"}}"#;
    assert_eq!(
        names(&told(&mut session, &[state])),
        ["session_updated", "agent"]
    );
    told(
        &mut session,
        &[r#"{"type":"thinking_level_changed","level":"high"}"#],
    );
    let is = session.effective_config();
    assert_eq!(
        (is.model.as_deref(), is.reasoning.as_deref()),
        (Some("acme-2"), Some("high"))
    );
}

#[test]
fn each_report_has_its_event() {
    let cases = [
        (
            r#"{"type":"compaction_start","reason":"threshold"}"#,
            "notice",
        ),
        (
            r#"{"type":"compaction_end","reason":"manual","aborted":false,"willRetry":false}"#,
            "notice",
        ),
        (
            r#"{"type":"auto_retry_end","success":true,"attempt":2}"#,
            "notice",
        ),
        (r#"{"type":"auto_retry_start","attempt":1}"#, "agent"),
        (
            r#"{"type":"queue_update","steering":[],"followUp":[]}"#,
            "agent",
        ),
        (
            r#"{"type":"bash_execution_update","id":"b","delta":"x"}"#,
            "agent",
        ),
        (
            r#"{"type":"extension_ui_request","id":"u","method":"notify"}"#,
            "agent",
        ),
        (r#"{"type":"entry_appended"}"#, "agent"),
        (
            r#"{"type":"summarization_retry_scheduled","attempt":1}"#,
            "agent",
        ),
        (r#"{"type":"summarization_retry_attempt_start"}"#, "agent"),
        (r#"{"type":"summarization_retry_finished"}"#, "agent"),
        (
            r#"{"type":"session_info_changed","name":"n"}"#,
            "session_updated",
        ),
        (
            r#"{"type":"session","version":3,"id":"u","cwd":"/"}"#,
            "session_updated",
        ),
        (
            r#"{"type":"extension_error","extensionPath":"/e.ts","event":"tool_call","error":"boom"}"#,
            "error",
        ),
        (
            r#"{"type":"response","success":false,"error":"Unknown command: undefined"}"#,
            "error",
        ),
        (
            r#"{"type":"response","command":"parse","success":false,"error":"Failed"}"#,
            "error",
        ),
        (r#"{"type":"agent_start"}"#, "suppressed"),
        (r#"{"type":"turn_start"}"#, "suppressed"),
        (
            r#"{"type":"turn_end","message":{},"toolResults":[]}"#,
            "suppressed",
        ),
    ];
    let mut session = opened(Dialect::Pi);
    for (frame, name) in cases {
        assert_eq!(names(&told(&mut session, &[frame])), [name], "{frame}");
    }
    let failed = r#"{"type":"compaction_end","errorMessage":"Nothing to compact"}"#;
    let [Event::Notice(notice)] = &told(&mut session, &[failed])[..] else {
        panic!("one notice");
    };
    assert_eq!(
        (notice.severity, notice.message.as_ref()),
        (Severity::Warning, "Nothing to compact")
    );
}
