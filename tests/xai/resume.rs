//! A conversation is taken up again by its id: its items are told anew, and are nobody's turn.

use crate::{CREATED, STARTED, after, config, hear, names, polled};
use realtime_proto::{Close, Command, Event, Lane, Origin, Plan, RawJson, Session};

const CONVERSATION: &str = r#"{"type":"conversation.created","event_id":"r1","conversation":{"id":"conv_1","object":"realtime.conversation"},"previous_item_id":null}"#;

fn resumable() -> Session {
    let mut config = config();
    let extra = r#"{"resumption":{"enabled":true}}"#;
    config.session.extra = Some(RawJson::new(extra).unwrap());
    Session::new(config)
}

fn plan_after(mut session: Session, frames: &[&str]) -> Plan {
    polled(&mut session);
    for frame in frames {
        hear(&mut session, frame);
    }
    session.disconnected(Close::lost());
    let events = core::iter::from_fn(|| session.poll_event());
    let plans = events.filter_map(|event| match event {
        Event::Closed(closed) => Some(closed.plan),
        _ => None,
    });
    plans.last().unwrap()
}

fn handle(events: &[Event<'_>]) -> Option<String> {
    events.iter().find_map(|event| match event {
        Event::Resumption(resumption) if resumption.resumable => {
            resumption.handle.as_ref().map(ToString::to_string)
        }
        _ => None,
    })
}

#[test]
fn the_id_of_the_conversation_is_told_and_is_the_handle_where_it_was_asked_for() {
    let told = hear(&mut after(&[]), CONVERSATION);
    assert_eq!(names(&told), ["conversation_created"]);
    let told = hear(&mut resumable(), CONVERSATION);
    assert_eq!(handle(&told).as_deref(), Some("conv_1"));
}

#[test]
fn either_of_the_first_two_frames_may_come_first() {
    for frames in [[CREATED, CONVERSATION], [CONVERSATION, CREATED]] {
        let mut session = Session::new(config());
        let told = frames
            .map(|frame| names(&hear(&mut session, frame)))
            .concat();
        let count = |name| told.iter().filter(|told| **told == name).count();
        assert_eq!((count("ready"), count("conversation_created")), (1, 1));
    }
}

#[test]
fn replayed_items_are_no_turns_and_no_calls() {
    let mut session = resumable();
    polled(&mut session);
    for (frame, told) in [
        (
            r#"{"type":"conversation.item.created","event_id":"r4","previous_item_id":null,"item":{"id":"msg_1","type":"message","role":"user","content":[{"type":"input_text","text":"Weather?"}]}}"#,
            vec!["ready", "item_added", "item_done"],
        ),
        (
            r#"{"type":"conversation.item.created","previous_item_id":"msg_1","item":{"id":"fc_1","type":"function_call","status":"completed","call_id":"call_1","name":"get_weather","arguments":"{}"}}"#,
            vec!["item_added", "item_done"],
        ),
        (
            r#"{"type":"conversation.item.created","previous_item_id":"fc_1","item":{"id":"fco_1","type":"function_call_output","call_id":"call_1","output":"4"}}"#,
            vec!["item_added", "item_done"],
        ),
        (
            r#"{"type":"conversation.item.created","previous_item_id":"fco_1","item":{"id":"mcp_1","type":"mcp_call","name":"berth","output":"14"}}"#,
            vec!["item_added", "item_done"],
        ),
        (
            r#"{"type":"conversation.item.created","previous_item_id":"mcp_1","item":{"id":"msg_2","type":"message","role":"assistant","content":[{"type":"output_text","text":"Four degrees."}]}}"#,
            vec!["item_added", "item_done"],
        ),
    ] {
        let events = hear(&mut session, frame);
        assert_eq!(names(&events), told, "{frame}");
        let replayed = events.iter().all(|event| match event {
            Event::ItemAdded(item) | Event::ItemDone(item) => item.origin == Origin::Replay,
            _ => true,
        });
        assert!(replayed, "{events:?}");
    }
    assert_eq!(polled(&mut session), [""; 0]);
    let said: Vec<_> = session
        .conversation()
        .items()
        .map(|item| (&*item.id, item.text(Lane::Display)))
        .collect();
    assert_eq!(
        said,
        [
            ("msg_1", Some("Weather?")),
            ("fc_1", None),
            ("fco_1", None),
            ("mcp_1", None),
            ("msg_2", Some("Four degrees.")),
        ]
    );
}

#[test]
fn a_replayed_item_answers_no_command() {
    let mut session = after(&[]);
    session
        .send(Command::create_item(realtime_proto::ItemDraft::user_text(
            "hi",
        )))
        .unwrap();
    let told = r#"{"type":"conversation.item.created","item":{"id":"msg_1","type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}}"#;
    assert_eq!(
        names(&hear(&mut session, told)),
        ["item_added", "item_done"]
    );
}

#[test]
fn e7_what_was_asked_for_is_not_asked_again_of_a_server_that_resumes() {
    let mut session = resumable();
    hear(&mut session, CREATED);
    session.send(Command::create_response()).unwrap();
    polled(&mut session);
    session.disconnected(Close::lost());
    let plan = core::iter::from_fn(|| session.poll_event()).find_map(|event| match event {
        Event::Closed(closed) => Some(closed.plan),
        _ => None,
    });
    assert_eq!(plan, Some(Plan::Resume));

    let mut config = config();
    config.resume = Some("conv_1".into());
    config.session.instructions = Some("Be brief.".into());
    let mut session = session.reconnect(config);

    hear(&mut session, CREATED);
    let update =
        r#"{"type":"session.update","session":{"instructions":"Be brief."},"event_id":"rp-3"}"#;
    assert_eq!(polled(&mut session), [update]);
}

#[test]
fn the_plan_is_to_resume_only_where_the_server_keeps_the_conversation() {
    let heard = [CREATED, CONVERSATION];
    let mut taken_up = config();
    taken_up.resume = Some("conv_1".into());
    assert_eq!(plan_after(Session::new(config()), &heard), Plan::Replay);
    assert_eq!(plan_after(resumable(), &heard), Plan::Resume);
    assert_eq!(plan_after(Session::new(taken_up), &heard), Plan::Resume);
}

#[test]
fn what_somebody_else_asks_for_counts_like_what_the_session_asks_for() {
    let asked = r#"{"type":"session.update","session":{"resumption":{"enabled":true}}}"#;
    let mut session = after(&[]);
    session.send(Command::raw(asked)).unwrap();
    let updated = r#"{"type":"session.updated","session":{"id":"sess_1"}}"#;
    assert_eq!(plan_after(session, &[updated, CONVERSATION]), Plan::Resume);
}

#[test]
fn what_the_server_says_of_resumption_wins_over_what_was_asked_for() {
    let told = |enabled: bool| {
        format!(
            r#"{{"type":"session.updated","session":{{"id":"sess_1","resumption":{{"enabled":{enabled}}}}}}}"#
        )
    };
    let (on, off) = (told(true), told(false));
    let session = || Session::new(config());
    assert_eq!(plan_after(session(), &[CREATED, &on]), Plan::Resume);
    assert_eq!(plan_after(resumable(), &[CREATED, &off]), Plan::Replay);
}

#[test]
fn an_item_that_is_known_already_is_not_told_again() {
    let added = r#"{"type":"conversation.item.added","item":{"id":"msg_1","type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}}"#;
    let mut session = after(&[added]);
    session.disconnected(Close::lost());
    let mut session = session.reconnect(config());
    hear(&mut session, CREATED);
    let told = added.replace("item.added", "item.created");
    assert_eq!(names(&hear(&mut session, &told)), ["suppressed"]);
    assert_eq!(session.conversation().len(), 1);
}

#[test]
fn null_says_nothing_of_a_place() {
    let item = |id: &str, kind: &str, previous: &str| {
        format!(
            r#"{{"type":"conversation.item.added","previous_item_id":{previous},"item":{{"id":"{id}",{kind}}}}}"#
        )
    };
    let mut session = after(&[STARTED]);
    for frame in [
        item("u", r#""type":"message","role":"user""#, "null"),
        item("a", r#""type":"message","role":"assistant""#, r#""u""#),
        item(
            "fc",
            r#""type":"function_call","call_id":"c","name":"f""#,
            "null",
        ),
        item(
            "fco",
            r#""type":"function_call_output","call_id":"c""#,
            "null",
        ),
        item("b", r#""type":"message","role":"assistant""#, r#""fco""#),
    ] {
        hear(&mut session, &frame);
    }
    let order: Vec<_> = session
        .conversation()
        .items()
        .map(|item| &*item.id)
        .collect();
    assert_eq!(order, ["u", "a", "fc", "fco", "b"]);
}
