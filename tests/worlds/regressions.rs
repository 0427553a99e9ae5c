//! What the searches found once, as facts.

use core::time::Duration;
use realtime_proto::{
    Command, Config, Dialect, Event, ResponseState, Session, Settlement, Time, Transmit,
};

fn session() -> Session {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    told(
        &mut session,
        r#"{"type":"session.created","session":{"id":"sess_1"}}"#,
    );
    session
}

fn told(session: &mut Session, frame: &str) -> Vec<Event<'static>> {
    session.receive(frame).map(Event::into_owned).collect()
}

fn pass(session: &mut Session, seconds: u64) -> Vec<Event<'static>> {
    session.handle_timeout(Time(Duration::from_secs(seconds)));
    core::iter::from_fn(|| session.poll_event()).collect()
}

fn sent(session: &mut Session) -> Vec<String> {
    let mut frames = Vec::new();
    while let Some(Transmit::Text(text)) = session.poll_transmit() {
        frames.push(text.into());
    }
    frames
}

fn created(session: &mut Session, id: &str) -> Vec<Event<'static>> {
    let frame = format!(r#"{{"type":"response.created","response":{{"id":"{id}"}}}}"#);
    told(session, &frame)
}

fn done(session: &mut Session, id: &str) -> Vec<Event<'static>> {
    let response = format!(r#"{{"id":"{id}","status":"completed"}}"#);
    told(
        session,
        &format!(r#"{{"type":"response.done","response":{response}}}"#),
    )
}

#[test]
fn a_cancel_whose_response_never_begins_is_superseded() {
    let mut session = session();
    session.send(Command::create_response()).unwrap();
    let cancel = session.send(Command::cancel_response()).unwrap();
    pass(&mut session, 0);
    let events = pass(&mut session, 31);
    assert!(
        events
            .iter()
            .any(|event| matches!(event, Event::CommandSettled(settled)
        if settled.command == cancel && settled.outcome == Settlement::Superseded))
    );
}

#[test]
fn silence_frees_the_slot_of_a_response_whose_done_is_lost() {
    let mut session = session();
    created(&mut session, "resp_1");
    session.send(Command::create_response()).unwrap();
    assert!(sent(&mut session).is_empty());
    pass(&mut session, 0);
    pass(&mut session, 31);
    assert_eq!(sent(&mut session).len(), 1);
}

#[test]
fn a_response_that_goes_on_after_silence_does_not_answer_a_later_request() {
    let mut session = session();
    created(&mut session, "resp_1");
    session.send(Command::create_response()).unwrap();
    session.send(Command::create_response()).unwrap();
    pass(&mut session, 0);
    pass(&mut session, 31);
    assert_eq!(sent(&mut session).len(), 1);
    done(&mut session, "resp_1");
    assert!(sent(&mut session).is_empty());
    created(&mut session, "resp_2");
    done(&mut session, "resp_2");
    assert_eq!(sent(&mut session).len(), 1);
}

#[test]
fn an_item_of_the_conversation_starts_no_response() {
    let mut session = session();
    created(&mut session, "resp_1");
    told(
        &mut session,
        r#"{"type":"response.created","response":{"id":"resp_2","conversation_id":null}}"#,
    );
    told(
        &mut session,
        r#"{"type":"response.output_text.delta","response_id":"resp_2","item_id":"item_2","delta":"la"}"#,
    );
    done(&mut session, "resp_1");
    let events = told(
        &mut session,
        r#"{"type":"conversation.item.done","item":{"id":"item_2","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"la"}]}}"#,
    );
    assert!(
        !events
            .iter()
            .any(|event| matches!(event, Event::ResponseStarted(_)))
    );
    assert_eq!(session.response(), ResponseState::Idle);
}

#[test]
fn a_call_names_its_response_whichever_frame_delivers_it() {
    let mut session = session();
    created(&mut session, "resp_1");
    told(
        &mut session,
        r#"{"type":"response.output_item.added","response_id":"resp_1","item":{"id":"item_1","type":"function_call","call_id":"call_1","name":"look","status":"in_progress"}}"#,
    );
    let events = told(
        &mut session,
        r#"{"type":"conversation.item.done","item":{"id":"item_1","type":"function_call","call_id":"call_1","name":"look","arguments":"{}","status":"completed"}}"#,
    );
    assert!(
        events
            .iter()
            .any(|event| matches!(event, Event::ToolCall(call)
        if call.ids.response_id.as_deref() == Some("resp_1")))
    );
}

#[test]
fn a_turn_that_is_committed_twice_cuts_nothing() {
    let mut session = session();
    let committed = r#"{"type":"input_audio_buffer.committed","item_id":"user_1"}"#;
    told(
        &mut session,
        r#"{"type":"input_audio_buffer.speech_started","item_id":"user_1"}"#,
    );
    told(&mut session, committed);
    created(&mut session, "resp_1");
    told(
        &mut session,
        r#"{"type":"response.output_audio.delta","response_id":"resp_1","item_id":"item_1","delta":"AAAA"}"#,
    );
    let events = told(&mut session, committed);
    assert!(
        !events
            .iter()
            .any(|event| matches!(event, Event::Interrupted(_)))
    );
}
