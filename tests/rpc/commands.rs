//! Every command, byte by byte.

use crate::support::{deliver, opened, queued, sent, settled};
use realtime_proto::{
    AgentCommand, Attachment, Command, CreateResponse, Deliver, Dialect, Raw, RawJson, Role,
    SendError, SendText, Session, SessionPatch, Settlement,
};

fn other(name: &'static str, fields: &str) -> Command<'static> {
    Command::from(AgentCommand::Other {
        name: name.into(),
        fields: Some(RawJson::new(fields).unwrap()),
    })
}

fn ask(command: AgentCommand<'static>) -> Command<'static> {
    Command::from(command)
}

fn set_model(model: &'static str) -> Command<'static> {
    ask(AgentCommand::SetModel {
        model: model.into(),
    })
}

fn configure(json: &str) -> Command<'static> {
    Command::from(serde_json::from_str::<SessionPatch>(json).unwrap())
}

#[track_caller]
fn assert_frames(dialect: Dialect, cases: Vec<(Command<'_>, &[&str])>) {
    for (command, wanted) in cases {
        let mut session = opened(dialect);
        let name = command.name();
        session.send(command).unwrap();
        assert_eq!(sent(&mut session), wanted, "{name}");
    }
}

#[track_caller]
fn refused(session: &mut Session, command: Command<'_>) -> SendError {
    let before = session.clone();
    let error = session.send(command).unwrap_err();
    assert_eq!(*session, before);
    error
}

#[test]
fn s1_s2_synaps_commands_are_byte_exact() {
    let frames: Vec<(Command<'_>, &[&str])> = vec![
        (
            Command::text("hi"),
            &[r#"{"type":"prompt","id":"rp-1","message":"hi","attachments":[]}"#],
        ),
        (
            Command::text("a\"\n\u{2028}ü"),
            &[
                "{\"type\":\"prompt\",\"id\":\"rp-1\",\"message\":\"a\\\"\\n\u{2028}ü\",\"attachments\":[]}",
            ],
        ),
        (
            deliver("and then", Deliver::AfterTurn),
            &[r#"{"type":"follow_up","id":"rp-1","message":"and then"}"#],
        ),
        (
            ask(AgentCommand::Compact { instructions: None }),
            &[r#"{"type":"compact","id":"rp-1"}"#],
        ),
        (
            ask(AgentCommand::NewSession),
            &[r#"{"type":"new_session","id":"rp-1"}"#],
        ),
        (
            ask(AgentCommand::GetMessages),
            &[r#"{"type":"get_messages","id":"rp-1"}"#],
        ),
        (
            set_model("claude-sonnet-4-5"),
            &[r#"{"type":"set_model","id":"rp-1","model":"claude-sonnet-4-5"}"#],
        ),
        (
            configure(r#"{"model":"claude-sonnet-4-5"}"#),
            &[r#"{"type":"set_model","id":"rp-1","model":"claude-sonnet-4-5"}"#],
        ),
        (
            ask(AgentCommand::ListModels),
            &[r#"{"type":"get_available_models","id":"rp-1"}"#],
        ),
        (
            ask(AgentCommand::Stats),
            &[r#"{"type":"get_session_stats","id":"rp-1"}"#],
        ),
        (
            ask(AgentCommand::GetState),
            &[r#"{"type":"get_state","id":"rp-1"}"#],
        ),
        (
            ask(AgentCommand::ListTools),
            &[r#"{"type":"tools_list","id":"rp-1"}"#],
        ),
        (
            other("custom", r#"{"b":[1,2],"a":"\u00fc","c":null}"#),
            &[r#"{"type":"custom","id":"rp-1","b":[1,2],"a":"\u00fc","c":null}"#],
        ),
        (
            Command::from(Raw::new(r#"{"type":"tools_list"}"#)),
            &[r#"{"type":"tools_list"}"#],
        ),
        (Command::Close, &[r#"{"type":"shutdown"}"#, "Close(1000)"]),
    ];
    assert_frames(Dialect::Synaps, frames);
}

#[test]
fn pi_commands_are_byte_exact() {
    let mut image = SendText::new("What is this?");
    image
        .attachments
        .push(Attachment::new("image/png", b"\x89PNG".as_slice()));
    let summary = AgentCommand::Compact {
        instructions: Some("Keep the code".into()),
    };
    let frames: Vec<(Command<'_>, &[&str])> = vec![
        (
            Command::text("List files"),
            &[r#"{"id":"rp-1","type":"prompt","message":"List files"}"#],
        ),
        (
            Command::from(image),
            &[
                r#"{"id":"rp-1","type":"prompt","message":"What is this?","images":[{"type":"image","data":"iVBORw==","mimeType":"image/png"}]}"#,
            ],
        ),
        (
            ask(AgentCommand::Compact { instructions: None }),
            &[r#"{"id":"rp-1","type":"compact"}"#],
        ),
        (
            ask(summary),
            &[r#"{"id":"rp-1","type":"compact","customInstructions":"Keep the code"}"#],
        ),
        (
            ask(AgentCommand::NewSession),
            &[r#"{"id":"rp-1","type":"new_session"}"#],
        ),
        (
            ask(AgentCommand::GetMessages),
            &[r#"{"id":"rp-1","type":"get_messages"}"#],
        ),
        (
            ask(AgentCommand::ListModels),
            &[r#"{"id":"rp-1","type":"get_available_models"}"#],
        ),
        (
            ask(AgentCommand::Stats),
            &[r#"{"id":"rp-1","type":"get_session_stats"}"#],
        ),
        (
            ask(AgentCommand::GetState),
            &[r#"{"id":"rp-1","type":"get_state"}"#],
        ),
        (
            set_model("acme/a/2"),
            &[r#"{"id":"rp-1","type":"set_model","provider":"acme","modelId":"a/2"}"#],
        ),
        (
            configure(r#"{"model":"acme/2","reasoning":"high"}"#),
            &[
                r#"{"id":"rp-1","type":"set_model","provider":"acme","modelId":"2"}"#,
                r#"{"id":"rp-2","type":"set_thinking_level","level":"high"}"#,
            ],
        ),
        (
            other("bash", r#"{"command":"ls -la"}"#),
            &[r#"{"id":"rp-1","type":"bash","command":"ls -la"}"#],
        ),
        (
            other("set_auto_retry", r#"{"enabled":true}"#),
            &[r#"{"id":"rp-1","type":"set_auto_retry","enabled":true}"#],
        ),
        (
            other("fork", r#"{"entryId":"e1"}"#),
            &[r#"{"id":"rp-1","type":"fork","entryId":"e1"}"#],
        ),
        (
            other(
                "extension_ui_response",
                r#"{"value":"Allow","id":"uuid-1"}"#,
            ),
            &[r#"{"type":"extension_ui_response","id":"uuid-1","value":"Allow"}"#],
        ),
        (Command::Close, &["Close(1000)"]),
    ];
    assert_frames(Dialect::Pi, frames);
}

#[test]
fn what_no_agent_can_be_told_is_refused_and_changes_nothing() {
    let mut whispered = SendText::new("psst");
    whispered.respond = false;
    let mut system = SendText::new("Be kind.");
    system.role = Role::System;
    for dialect in [Dialect::Synaps, Dialect::Pi] {
        let commands = [
            (Command::from(whispered.clone()), "send_text.respond"),
            (Command::from(system.clone()), "send_text.role"),
            (Command::from(CreateResponse::default()), "create_response"),
            (Command::append_audio(&[0; 4]), "append_audio"),
            (Command::CommitInput, "commit_input"),
            (Command::ClearOutput, "clear_output"),
            (Command::tool_output("call", "1"), "tool_output"),
            (Command::Ping, "ping"),
            (configure(r#"{"voice":"alloy"}"#), "configure.voice"),
        ];
        for (command, wanted) in commands {
            let error = refused(&mut opened(dialect), command);
            let unsupported = SendError::Unsupported {
                by: dialect,
                command: wanted,
            };
            assert_eq!(error, unsupported);
        }
    }
}

#[test]
fn each_agent_refuses_what_only_the_other_can_do() {
    let mut file = SendText::new("Read this.");
    file.attachments
        .push(Attachment::new("text/plain", b"hi".as_slice()));
    let compact = AgentCommand::Compact {
        instructions: Some("x".into()),
    };
    let cases = [
        (
            Dialect::Synaps,
            deliver("left!", Deliver::Steer),
            "send_text.deliver",
        ),
        (
            Dialect::Synaps,
            Command::from(file.clone()),
            "send_text.attachments",
        ),
        (Dialect::Synaps, ask(compact), "agent.compact.instructions"),
        (
            Dialect::Synaps,
            configure(r#"{"reasoning":"high"}"#),
            "configure.reasoning",
        ),
        (Dialect::Pi, Command::from(file), "send_text.attachments"),
        (
            Dialect::Pi,
            ask(AgentCommand::ListTools),
            "agent.list_tools",
        ),
    ];
    for (dialect, command, wanted) in cases {
        let error = refused(&mut opened(dialect), command);
        let unsupported = SendError::Unsupported {
            by: dialect,
            command: wanted,
        };
        assert_eq!(error, unsupported);
    }
}

#[test]
fn what_makes_no_frame_is_invalid() {
    let cases = [
        (Dialect::Pi, set_model("acme-2"), "model"),
        (Dialect::Pi, configure(r#"{"model":null}"#), "model"),
        (
            Dialect::Pi,
            other("extension_ui_response", r#"{"value":1}"#),
            "fields",
        ),
        (Dialect::Pi, other("bash", "[1]"), "fields"),
        (Dialect::Synaps, other("", "{}"), "name"),
    ];
    for (dialect, command, field) in cases {
        let error = refused(&mut opened(dialect), command);
        assert_eq!(error, SendError::Invalid { field });
    }
}

#[test]
fn what_nobody_answers_settles_when_it_leaves() {
    let mut session = opened(Dialect::Pi);
    let answer = other("extension_ui_response", r#"{"id":"u1","cancelled":true}"#);
    let answer = session.send(answer).unwrap();
    assert!(settled(&queued(&mut session), answer).is_empty());
    sent(&mut session);
    assert_eq!(settled(&queued(&mut session), answer), [Settlement::Sent]);
}

#[test]
fn two_frames_of_one_command_settle_once() {
    let configured = || {
        let mut session = opened(Dialect::Pi);
        let command = configure(r#"{"model":"acme/2","reasoning":"high"}"#);
        let command = session.send(command).unwrap();
        (session, command)
    };
    let accepted =
        |id: u8| format!(r#"{{"id":"rp-{id}","type":"response","command":"c","success":true}}"#);
    let (mut session, command) = configured();
    assert!(
        settled(
            &crate::support::told(&mut session, &[&accepted(1)]),
            command
        )
        .is_empty()
    );
    let events = crate::support::told(&mut session, &[&accepted(2)]);
    assert_eq!(settled(&events, command), [Settlement::Accepted]);

    let refused =
        r#"{"id":"rp-1","type":"response","command":"set_model","success":false,"error":"no"}"#;
    let (mut session, command) = configured();
    let events = crate::support::told(&mut session, &[refused, &accepted(2)]);
    assert!(matches!(
        settled(&events, command)[..],
        [Settlement::Rejected(_)]
    ));
}

#[test]
fn no_name_that_the_session_made_is_ever_sent() {
    for dialect in [Dialect::Synaps, Dialect::Pi] {
        let mut session = opened(dialect);
        session.send(Command::text("hi")).unwrap();
        let delta = match dialect {
            Dialect::Pi => {
                r#"{"type":"message_update","assistantMessageEvent":{"type":"text_delta","contentIndex":0,"delta":"a"}}"#
            }
            _ => r#"{"type":"message_update","event":{"type":"text_delta","delta":"a"}}"#,
        };
        crate::support::told(&mut session, &[delta]);
        session.send(Command::interrupt()).unwrap();
        session.send(Command::Close).unwrap();
        let sent = sent(&mut session).concat();
        assert!(sent.contains("abort") && !sent.contains("local_"), "{sent}");
    }
}
