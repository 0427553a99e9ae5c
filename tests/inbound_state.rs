//! What the machines make of what the decoder reads.

use realtime_proto::{Config, Dialect, Event, Session};

#[test]
fn an_approval_is_asked_for_once_however_often_its_item_is_told() {
    let item = r#"{"id":"item_1","type":"mcp_approval_request","server_label":"ferries","name":"book","arguments":"{}"}"#;
    let mut session = replying();
    let mut asked = 0;
    for frame in [
        format!(r#"{{"type":"response.output_item.added","response_id":"resp_1","item":{item}}}"#),
        format!(r#"{{"type":"conversation.item.added","item":{item}}}"#),
        format!(r#"{{"type":"conversation.item.done","item":{item}}}"#),
        format!(r#"{{"type":"response.output_item.done","response_id":"resp_1","item":{item}}}"#),
        format!(r#"{{"type":"response.done","response":{{"id":"resp_1","output":[{item}]}}}}"#),
    ] {
        let told = receive(&mut session, &frame);
        asked += told
            .iter()
            .filter(|event| matches!(event, Event::ApprovalRequested(_)))
            .count();
    }
    assert_eq!(asked, 1);
}

#[test]
fn transcription_is_accounted_apart() {
    let mut session = replying();
    let done = r#"{"type":"response.done","response":{"id":"resp_1","usage":{"total_tokens":300,"input_tokens":220,"output_tokens":80}}}"#;
    let said = r#"{"type":"conversation.item.input_audio_transcription.completed","item_id":"item_1","transcript":"Two.","usage":{"type":"tokens","input_tokens":14,"output_tokens":5,"total_tokens":19}}"#;
    receive(&mut session, done);
    receive(&mut session, said);
    let usage = session.usage();
    assert_eq!(
        (usage.input.total, usage.output.total, usage.total_tokens),
        (220, 80, 300)
    );
    assert_eq!(usage.transcription.total, 19);
}

fn receive(session: &mut Session, frame: &str) -> Vec<Event<'static>> {
    session.receive(frame).map(Event::into_owned).collect()
}

/// A session in the middle of a response.
fn replying() -> Session {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    for frame in [
        r#"{"type":"session.created","session":{"id":"sess_1"}}"#,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
    ] {
        session.receive(frame).for_each(drop);
    }
    session
}
