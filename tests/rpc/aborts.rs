//! Turns that are cut, and what is asked for meanwhile.

use crate::support::{
    AGENT_END, TEXT, ended, ok, opened, place, prompted, queued, sent, settled, told,
};
use realtime_proto::{By, Command, Completion, Dialect, Outcome, Raw, Settlement};

#[test]
fn s8_an_abort_keeps_reading_until_the_turn_has_its_answer() {
    let (mut session, prompt) = prompted();
    told(&mut session, &[TEXT]);
    let abort = session.send(Command::cancel_response()).unwrap();
    assert_eq!(sent(&mut session), [r#"{"type":"abort","id":"rp-2"}"#]);
    let cancelled =
        r#"{"type":"response","id":"rp-1","command":"prompt","cancelled":true,"ok":true}"#;
    let aborted = r#"{"type":"response","id":"rp-2","command":"abort","ok":true}"#;
    let events = told(&mut session, &[TEXT, AGENT_END, cancelled, aborted]);
    assert_eq!(events[0].name(), "text_delta");
    assert_eq!(ended(&events), [Outcome::Cancelled(By::Client)]);
    assert_eq!(settled(&events, prompt), [Settlement::Accepted]);
    assert_eq!(settled(&events, abort), [Settlement::Accepted]);
}

#[test]
fn s8_an_abort_of_what_has_not_begun_leaves_at_once() {
    let (mut session, prompt) = prompted();
    let abort = session.send(Command::cancel_response()).unwrap();
    assert_eq!(sent(&mut session), [r#"{"type":"abort","id":"rp-2"}"#]);
    let cancelled =
        r#"{"type":"response","id":"rp-1","command":"prompt","ok":true,"cancelled":true}"#;
    let aborted = r#"{"type":"response","id":"rp-2","command":"abort","ok":true}"#;
    let events = told(&mut session, &[cancelled, aborted]);
    assert_eq!(ended(&events), [Outcome::Cancelled(By::Client)]);
    assert_eq!(settled(&events, prompt), [Settlement::Accepted]);
    assert_eq!(settled(&events, abort), [Settlement::Accepted]);
    session.send(Command::text("next")).unwrap();
    assert_eq!(sent(&mut session).len(), 1);
}

#[test]
fn s8_an_abort_with_nothing_in_flight_harms_nobody() {
    let mut session = opened(Dialect::Synaps);
    for abort in [Command::cancel_response(), Command::interrupt()] {
        let abort = session.send(abort).unwrap();
        assert_eq!(
            settled(&queued(&mut session), abort),
            [Settlement::Superseded]
        );
    }
    assert_eq!(sent(&mut session), [""; 0]);
}

#[test]
fn s8_a_turn_that_others_aborted_is_an_interruption() {
    let (mut session, _) = prompted();
    let cancelled =
        r#"{"type":"response","id":"rp-1","command":"prompt","ok":true,"cancelled":true}"#;
    let events = told(&mut session, &[TEXT, cancelled]);
    assert!(place(&events, "interrupted") < place(&events, "flush_playback"));
    assert!(place(&events, "flush_playback") < place(&events, "response_finished"));
}

#[test]
fn s9_a_second_prompt_waits_for_the_first() {
    let (mut session, _) = prompted();
    session.send(Command::text("second")).unwrap();
    told(&mut session, &[TEXT, AGENT_END]);
    assert_eq!(sent(&mut session), [""; 0]);
    told(&mut session, &[&ok("rp-1")]);
    let second = r#"{"type":"prompt","id":"rp-2","message":"second","attachments":[]}"#;
    assert_eq!(sent(&mut session), [second]);
}

#[test]
fn s9_a_rejected_second_prompt_leaves_the_first_alone() {
    let (mut session, first) = prompted();
    told(&mut session, &[TEXT]);
    let raw = |kind: &str| {
        Raw::new(format!(
            r#"{{"type":"{kind}","id":"{kind}-2","message":"x"}}"#
        ))
    };
    for kind in ["prompt", "new_session"] {
        let second = session.send(Command::from(raw(kind))).unwrap();
        let busy = format!(
            r#"{{"type":"error","id":"{kind}-2","message":"another prompt is in flight; abort first"}}"#
        );
        let events = told(&mut session, &[&busy]);
        assert!(matches!(
            settled(&events, second)[..],
            [Settlement::Rejected(_)]
        ));
        assert_eq!((ended(&events), settled(&events, first)), (vec![], vec![]));
    }
    let events = told(&mut session, &[TEXT, &ok("rp-1")]);
    assert_eq!(ended(&events), [Outcome::Completed(Completion::EndTurn)]);
    assert_eq!(settled(&events, first), [Settlement::Accepted]);
}
