//! What the machines make of what the decoder reads.

use realtime_proto::{
    Config, Dialect, Event, RemotePhase, Session, SuppressedReason, TurnDetection,
};

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
fn damaged_settings_leave_those_in_force() {
    let mut session = replying();
    let manual =
        r#"{"type":"session.updated","session":{"audio":{"input":{"turn_detection":null}}}}"#;
    receive(&mut session, manual);
    for damaged in [
        r#"{"type":"session.updated"}"#,
        r#"{"type":"session.updated","session":7}"#,
        r#"{"type":"session.updated","session":null}"#,
    ] {
        receive(&mut session, damaged);
        let detection = session.effective_config().turn_detection.as_ref();
        assert_eq!(detection, Some(&TurnDetection::Manual), "{damaged}");
    }
}

#[test]
fn a_late_delta_says_which_it_was() {
    let mut session = replying();
    receive(
        &mut session,
        r#"{"type":"response.done","response":{"id":"resp_1"}}"#,
    );
    let late = r#"{"type":"response.output_text.delta","response_id":"resp_1","delta":"x"}"#;
    let told = receive(&mut session, late);
    let [Event::Suppressed(suppressed)] = told.as_slice() else {
        panic!("it is understood: {told:?}");
    };
    assert_eq!(
        suppressed.kind.as_deref(),
        Some("response.output_text.delta")
    );
    assert_ne!(suppressed.reason, SuppressedReason::Acknowledgement);
}

#[test]
fn an_id_is_a_text_or_a_number() {
    let mut session = replying();
    let frame = r#"{"type":"response.done","response":{"id":false,"status":"completed"}}"#;
    let told = receive(&mut session, frame);
    assert!(
        matches!(told.as_slice(), [Event::ResponseFinished(finished)]
            if finished.ids.response_id.as_deref() == Some("resp_1")),
        "{told:?}"
    );
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

#[test]
fn nothing_of_a_remote_call_comes_after_the_end_of_its_response() {
    let mut session = replying();
    receive(
        &mut session,
        r#"{"type":"response.done","response":{"id":"resp_1"}}"#,
    );
    let late = r#"{"type":"response.mcp_call_arguments.done","response_id":"resp_1","item_id":"item_1","arguments":"{}"}"#;
    let told = receive(&mut session, late);
    assert!(
        matches!(told.as_slice(), [Event::Suppressed(_)]),
        "{told:?}"
    );
}

#[test]
fn a_remote_call_has_one_name_in_all_its_messages() {
    let mut session = replying();
    for frame in [
        r#"{"type":"response.output_item.added","response_id":"resp_1","item":{"id":"item_1","type":"mcp_call","name":"next","arguments":""}}"#,
        r#"{"type":"response.mcp_call_arguments.delta","response_id":"resp_1","item_id":"item_1","delta":"{"}"#,
        r#"{"type":"response.mcp_call_arguments.done","response_id":"resp_1","item_id":"item_1","arguments":"{}"}"#,
        r#"{"type":"response.mcp_call.in_progress","item_id":"item_1"}"#,
        r#"{"type":"conversation.item.done","item":{"id":"item_1","type":"mcp_call","name":"next","arguments":"{}","output":"4"}}"#,
    ] {
        let told = receive(&mut session, frame);
        let tool = told.iter().find_map(|event| match event {
            Event::RemoteTool(tool) => Some(tool),
            _ => None,
        });
        let tool = tool.unwrap_or_else(|| panic!("{frame}: {told:?}"));
        assert_eq!(tool.call_id.as_deref(), Some("item_1"), "{frame}");
        assert_ne!(tool.phase, RemotePhase::Failed);
    }
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
