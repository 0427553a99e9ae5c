//! Texts that ask for their reply themselves: when they leave, and what ends them.

use crate::support::{deliver, ended, names, opened, place, queued, sent, settled, told};
use core::time::Duration;
use realtime_proto::{
    Command, Deliver, Dialect, Event, Initiator, ResponseState, Settlement, Time,
};

const STARTED: &str = r#"{"id":"rp-1","type":"response","command":"prompt","success":true,"data":{"disposition":"started"}}"#;
const MESSAGE: &str = r#"{"type":"message_start","message":{"role":"assistant","content":[],"stopReason":"pending"}}"#;
const SETTLED: &str = r#"{"type":"agent_settled","aborted":false}"#;

#[test]
fn a_prompt_of_pi_settles_when_it_is_accepted() {
    let mut session = opened(Dialect::Pi);
    let prompt = session.send(Command::text("hi")).unwrap();
    let events = told(&mut session, &[STARTED]);
    assert_eq!(settled(&events, prompt), [Settlement::Accepted]);
    assert_eq!(session.response(), ResponseState::Requested);
    let events = told(&mut session, &[MESSAGE]);
    let Event::ResponseStarted(started) = &events[place(&events, "response_started")] else {
        unreachable!();
    };
    assert_eq!(started.initiator, Initiator::Command(prompt));
    assert_eq!(session.response(), ResponseState::Responding);
    assert_eq!(ended(&told(&mut session, &[SETTLED])).len(), 1);
    assert_eq!(session.response(), ResponseState::Idle);
}

#[test]
fn a_prompt_that_an_extension_handled_gets_no_reply() {
    let mut session = opened(Dialect::Pi);
    let prompt = session.send(Command::text("/stats")).unwrap();
    let handled = STARTED.replace("started", "handled");
    let events = told(&mut session, &[&handled]);
    assert_eq!(settled(&events, prompt), [Settlement::Accepted]);
    assert_eq!(session.response(), ResponseState::Idle);
    session.send(Command::text("next")).unwrap();
    let plain = r#"{"id":"rp-2","type":"prompt","message":"next"}"#;
    assert_eq!(sent(&mut session)[1..], [plain]);
}

#[test]
fn a_refused_prompt_frees_the_way_for_the_next() {
    let mut session = opened(Dialect::Pi);
    let prompt = session.send(Command::text("hi")).unwrap();
    let refused =
        r#"{"id":"rp-1","type":"response","command":"prompt","success":false,"error":"no model"}"#;
    let events = told(&mut session, &[refused]);
    assert_eq!(names(&events), ["error", "command_settled"]);
    assert!(matches!(
        settled(&events, prompt)[..],
        [Settlement::Rejected(_)]
    ));
    assert_eq!(session.response(), ResponseState::Idle);
}

#[test]
fn during_a_run_of_pi_every_text_leaves_at_once_and_says_how() {
    let mut session = opened(Dialect::Pi);
    session.send(Command::text("one")).unwrap();
    told(&mut session, &[STARTED, MESSAGE]);
    sent(&mut session);
    for delivery in [Deliver::Now, Deliver::AfterTurn, Deliver::Steer] {
        session.send(deliver("two", delivery)).unwrap();
    }
    assert_eq!(
        sent(&mut session),
        [
            r#"{"id":"rp-2","type":"prompt","message":"two","streamingBehavior":"followUp"}"#,
            r#"{"id":"rp-3","type":"follow_up","message":"two"}"#,
            r#"{"id":"rp-4","type":"steer","message":"two"}"#,
        ]
    );
}

#[test]
fn an_idle_agent_is_prompted_whatever_the_delivery() {
    for delivery in [Deliver::Now, Deliver::AfterTurn, Deliver::Steer] {
        let mut session = opened(Dialect::Pi);
        session.send(deliver("go", delivery)).unwrap();
        let prompt = r#"{"id":"rp-1","type":"prompt","message":"go"}"#;
        assert_eq!(sent(&mut session), [prompt]);
    }
}

#[test]
fn what_is_said_to_synaps_stands_in_the_conversation() {
    let mut session = opened(Dialect::Synaps);
    session.send(Command::text("hi")).unwrap();
    let events = queued(&mut session);
    assert_eq!(
        names(&events),
        [
            "item_added",
            "user_turn_started",
            "user_turn_committed",
            "item_done"
        ]
    );
    session.send(Command::text("second")).unwrap();
    assert!(queued(&mut session).is_empty());
    assert_eq!(session.conversation().len(), 1);
}

#[test]
fn what_pi_echoes_is_told_once() {
    let mut session = opened(Dialect::Pi);
    session.send(Command::text("hi")).unwrap();
    assert!(queued(&mut session).is_empty());
    let echo = r#"{"role":"user","content":"hi"}"#;
    let frames = ["message_start", "message_end"]
        .map(|kind| format!(r#"{{"type":"{kind}","message":{echo}}}"#));
    let events = told(&mut session, &[&frames[0], &frames[1]]);
    let ids: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::ItemAdded(item) | Event::ItemDone(item) => item.ids.item_id.clone(),
            _ => None,
        })
        .collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    assert_eq!(session.conversation().len(), 1);
}

#[test]
fn a_silent_tool_does_not_let_the_next_prompt_go() {
    let mut session = opened(Dialect::Synaps);
    let at = |seconds| Time(Duration::from_secs(seconds));
    session.handle_timeout(at(0));
    session.send(Command::text("build it")).unwrap();
    let start = r#"{"type":"message_update","event":{"type":"toolcall_start","tool_id":"t","tool_name":"bash"}}"#;
    told(&mut session, &[start]);
    session.send(Command::text("next")).unwrap();
    session.handle_timeout(at(1));
    session.handle_timeout(at(3600));
    assert!(names(&queued(&mut session)).contains(&"stalled"));
    assert_eq!(sent(&mut session).len(), 1);
}

#[test]
fn the_end_settles_prompts_that_wait() {
    let mut session = opened(Dialect::Synaps);
    let first = session.send(Command::text("one")).unwrap();
    let second = session.send(Command::text("two")).unwrap();
    session.disconnected(realtime_proto::Close::lost());
    let events = queued(&mut session);
    for prompt in [first, second] {
        assert_eq!(settled(&events, prompt), [Settlement::Unknown]);
    }
    assert_eq!(names(&events).last(), Some(&"closed"));
}
