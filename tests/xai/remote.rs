//! Calls that the provider executes: told of, never delivered, never to be answered.

use crate::{STARTED, config, hear, names};
use realtime_proto::{Command, Event, RemotePhase, SendError, Session, Tool};

/// A session with one function of its own, as the server confirmed it.
fn session() -> Session {
    let mut config = config();
    config.session.tools = vec![Tool::Function {
        name: "get_weather".into(),
        description: None,
        parameters: None,
        blocking: None,
    }];
    let mut session = Session::new(config);
    hear(
        &mut session,
        r#"{"type":"session.updated","session":{"id":"sess_1"}}"#,
    );
    hear(&mut session, STARTED);
    session
}

fn item(kind: &str, name: &str, arguments: &str, status: &str) -> String {
    format!(
        r#"{{"type":"response.output_item.{kind}","response_id":"resp_1","item":{{"id":"fc_1","type":"function_call","status":"{status}","call_id":"call_1","name":"{name}","arguments":"{arguments}"}}}}"#
    )
}

fn arguments(name: &str) -> String {
    format!(
        r#"{{"type":"response.function_call_arguments.done","response_id":"resp_1","item_id":"fc_1","call_id":"call_1"{name},"arguments":"{{\"q\":1}}"}}"#
    )
}

fn phases(events: &[Event<'_>]) -> Vec<RemotePhase<'static>> {
    let phase = |event: &Event<'_>| match event.clone().into_owned() {
        Event::RemoteTool(tool) => Some(tool.phase),
        _ => None,
    };
    events.iter().filter_map(phase).collect()
}

#[test]
fn a_call_of_a_function_that_nobody_declared_is_the_provider_s() {
    let mut session = session();
    let told = hear(
        &mut session,
        &item("added", "find_posts", "", "in_progress"),
    );
    assert_eq!(names(&told), ["item_added", "remote_tool"]);
    assert_eq!(phases(&told), [RemotePhase::Started]);

    let delta = r#"{"type":"response.function_call_arguments.delta","response_id":"resp_1","item_id":"fc_1","call_id":"call_1","delta":"{\"q\""}"#;
    let told = hear(&mut session, delta);
    let text = |text: &str| RemotePhase::Arguments {
        text: text.to_owned().into(),
    };
    assert_eq!(phases(&told), [text(r#"{"q""#)]);
    assert_eq!(phases(&hear(&mut session, &arguments(""))), [text(":1}")]);

    let done = item("done", "find_posts", r#"{\"q\":1}"#, "completed");
    assert_eq!(phases(&hear(&mut session, &done)), [RemotePhase::Running]);

    let output = r#"{"type":"conversation.item.added","item":{"id":"fco_1","type":"function_call_output","role":"tool","call_id":"call_1","output":"three posts"}}"#;
    let gave = RemotePhase::Result {
        output: "three posts".into(),
        is_error: false,
        partial: false,
    };
    assert_eq!(phases(&hear(&mut session, output)), [gave]);

    let told = hear(
        &mut session,
        r#"{"type":"response.done","response_id":"resp_1"}"#,
    );
    let Some(Event::ResponseFinished(finished)) = told.last() else {
        panic!("{told:?}");
    };
    assert_eq!(finished.calls, 0);
    let answer = session.send(Command::tool_output("call_1", "{}"));
    assert_eq!(answer, Err(SendError::UnknownCall));
}

#[test]
fn a_call_that_only_its_arguments_tell_of_is_remote_by_its_name() {
    let mut session = session();
    let told = hear(&mut session, &arguments(r#","name":"x_keyword_search""#));
    assert_eq!(names(&told), ["remote_tool"]);
    let done = r#"{"type":"response.done","response":{"id":"resp_1","status":"completed","output":[{"id":"fc_1","type":"function_call","status":"completed","call_id":"call_1","name":"x_keyword_search","arguments":"{\"q\":1}"}]}}"#;
    let told = hear(&mut session, done);
    assert_eq!(phases(&told), [RemotePhase::Running]);
    assert!(!names(&told).contains(&"tool_call"));
}

#[test]
fn a_call_of_the_application_s_own_function_is_its_own() {
    let mut session = session();
    let told = hear(
        &mut session,
        &item("added", "get_weather", "", "in_progress"),
    );
    assert_eq!(names(&told), ["item_added", "tool_call_started"]);
    let told = hear(&mut session, &arguments(r#","name":"get_weather""#));
    assert_eq!(names(&told), ["tool_call"]);
}

#[test]
fn where_nothing_is_declared_only_the_provider_s_own_names_are_its_own() {
    for (name, told) in [
        ("web_search", "remote_tool"),
        ("anything", "tool_call_started"),
    ] {
        let mut session = crate::after(&[STARTED]);
        let added = hear(&mut session, &item("added", name, "", "in_progress"));
        assert_eq!(names(&added), ["item_added", told], "{name}");
    }
}

#[test]
fn a_function_that_is_on_its_way_to_be_declared_is_the_application_s() {
    let mut session = session();
    let tool = Tool::Function {
        name: "book".into(),
        description: None,
        parameters: None,
        blocking: None,
    };
    session
        .send(crate::patch(|patch| patch.tools.set(vec![tool])))
        .unwrap();
    let told = hear(&mut session, &item("added", "book", "", "in_progress"));
    assert_eq!(names(&told), ["item_added", "tool_call_started"]);
}

#[test]
fn a_call_of_an_mcp_server_is_the_provider_s() {
    let mut session = session();
    let added = r#"{"type":"response.output_item.added","response_id":"resp_1","item":{"id":"mcp_1","type":"mcp_call","name":"berth","server_label":"harbour"}}"#;
    assert_eq!(phases(&hear(&mut session, added)), [RemotePhase::Started]);
    let done = r#"{"type":"response.output_item.done","response_id":"resp_1","item":{"id":"mcp_1","type":"mcp_call","name":"berth","server_label":"harbour","output":"14"}}"#;
    let gave = RemotePhase::Result {
        output: "14".into(),
        is_error: false,
        partial: false,
    };
    assert_eq!(phases(&hear(&mut session, done)), [gave]);
}

#[test]
fn the_arguments_of_a_call_that_the_conversation_has_told_of_are_the_provider_s() {
    let mut session = session();
    let call = r#"{"type":"conversation.item.added","item":{"id":"fc_1","type":"function_call","call_id":"call_1","name":"web_search"}}"#;
    hear(&mut session, call);
    let delta = r#"{"type":"response.function_call_arguments.delta","response_id":"resp_1","item_id":"fc_1","call_id":"call_1","delta":"{"}"#;
    assert_eq!(names(&hear(&mut session, delta)), ["remote_tool"]);
}

#[test]
fn each_of_two_calls_that_the_conversation_has_told_of_keeps_its_name() {
    let mut session = session();
    for (at, name) in [(1, "web_search"), (2, "x_keyword_search")] {
        let call = format!(
            r#"{{"type":"conversation.item.added","item":{{"id":"fc_{at}","type":"function_call","call_id":"call_{at}","name":"{name}"}}}}"#
        );
        hear(&mut session, &call);
    }
    let delta = r#"{"type":"response.function_call_arguments.delta","response_id":"resp_1","item_id":"fc_1","call_id":"call_1","delta":"{"}"#;
    for call in ["1", "2"] {
        let delta = delta.replace("_1\",\"delta", &format!("_{call}\",\"delta"));
        assert_eq!(
            names(&hear(&mut session, &delta)),
            ["remote_tool"],
            "{call}"
        );
    }
}

#[test]
fn a_call_that_was_cut_gave_nothing() {
    let mut session = session();
    let call = |status: &str| {
        format!(
            r#"{{"type":"response.output_item.done","response_id":"resp_1","item":{{"id":"mcp_{status}","type":"mcp_call","status":"{status}","name":"look","arguments":"{{"}}}}"#
        )
    };
    let cut = hear(&mut session, &call("incomplete"));
    assert_eq!(phases(&cut), [RemotePhase::Failed]);
    let whole = hear(&mut session, &call("completed"));
    assert!(matches!(phases(&whole)[..], [RemotePhase::Result { .. }]));
}

#[test]
fn a_request_that_was_cut_is_not_put() {
    let mut session = session();
    let request = |status: &str| {
        format!(
            r#"{{"type":"response.output_item.done","response_id":"resp_1","item":{{"id":"mcpr_{status}","type":"mcp_approval_request","status":"{status}","name":"look","arguments":"{{}}"}}}}"#
        )
    };
    let cut = hear(&mut session, &request("incomplete"));
    assert!(!names(&cut).contains(&"approval_requested"));
    let whole = hear(&mut session, &request("completed"));
    assert!(names(&whole).contains(&"approval_requested"));
}

#[test]
fn a_message_of_the_user_s_that_only_its_end_tells_is_a_turn() {
    let mut session = session();
    let done = r#"{"type":"conversation.item.done","item":{"id":"msg_1","type":"message","role":"user","status":"completed","content":[{"type":"input_text","text":"hi"}]}}"#;
    let told = hear(&mut session, done);
    assert_eq!(
        names(&told),
        ["item_done", "user_turn_started", "user_turn_committed"]
    );
    let added = done.replace("item.done", "item.added");
    assert_eq!(names(&hear(&mut session, &added)), ["item_added"]);
}
