//! The cases of an agent behind a pipe, by their names.

use crate::support::{
    AGENT_END, READY, TEXT, ended, names, ok, opened, place, prompted, queued, sent, settled, told,
};
use realtime_proto::{
    AgentCommand, AgentEvent, Command, Completion, Config, Dialect, Event, Initiator, Lane,
    LineBuffer, Notice, Outcome, Phase, Raw, Scope, Session, Settlement, Severity, Source,
};

#[test]
fn s1_each_golden_frame_is_understood() {
    let (mut session, _) = prompted();
    let goldens = [
        (READY, "session_updated"),
        (r#"{"type":"error","message":"bad"}"#, "error"),
        (
            r#"{"type":"response","id":"x","command":"get_messages","messages":[]}"#,
            "agent",
        ),
        (TEXT, "response_started"),
        (
            r#"{"type":"message_update","event":{"type":"toolcall_start","tool_id":"id1","tool_name":"bash"}}"#,
            "remote_tool",
        ),
        (
            r#"{"type":"message_update","event":{"type":"toolcall_input_delta","tool_id":"id1","delta":"{\"cmd"}}"#,
            "remote_tool",
        ),
        (
            r#"{"type":"message_update","event":{"type":"toolcall_input","tool_id":"id1","input":{"cmd":"ls"}}}"#,
            "remote_tool",
        ),
        (
            r#"{"type":"message_update","event":{"type":"toolcall_result","tool_id":"id1","result":"a\nb"}}"#,
            "remote_tool",
        ),
        (AGENT_END, "suppressed"),
    ];
    for (frame, first) in goldens {
        assert_eq!(told(&mut session, &[frame])[0].name(), first, "{frame}");
    }
}

#[test]
fn s2_what_a_response_holds_is_told_whole() {
    let mut session = opened(Dialect::Synaps);
    let frame = r#"{"type":"response","id":"q","command":"get_session_stats","input_tokens":1,"output_tokens":2,"cost":0.5,"message_count":3,"model":"m","session_id":"s"}"#;
    let [Event::Agent(event)] = &told(&mut session, &[frame])[..] else {
        panic!("one event");
    };
    let AgentEvent::Response { command, ok, raw } = &**event else {
        panic!("{event:?}");
    };
    assert_eq!(
        (command.as_deref(), *ok, raw.as_ref()),
        (Some("get_session_stats"), true, frame)
    );
}

#[test]
fn s3_an_answer_without_an_id_is_told_all_the_same() {
    let mut session = opened(Dialect::Synaps);
    for id in [r#""id":"","#, ""] {
        let frame =
            format!(r#"{{"type":"response",{id}"command":"tools_list","ok":true,"tools":[]}}"#);
        assert_eq!(names(&told(&mut session, &[&frame])), ["agent"]);
    }
    let prompt = Command::from(Raw::new(r#"{"type":"prompt","id":"y","message":"hi"}"#));
    let prompt = session.send(prompt).unwrap();
    let events = told(&mut session, &[TEXT, &ok("y")]);
    assert_eq!(settled(&events, prompt), [Settlement::Accepted]);
}

#[test]
fn s4_an_error_that_names_nothing_ends_nothing() {
    let (mut session, prompt) = prompted();
    let frames = [
        TEXT,
        r#"{"type":"error","message":"frame exceeds 1 MiB limit"}"#,
        r#"{"type":"error","message":"unknown variant `bogus`"}"#,
        "{not json",
        r#"{"type":"not_invented_yet","n":1}"#,
        r#"{"type":"message_update","event":{"type":"not_invented_yet"}}"#,
    ];
    let events = told(&mut session, &frames);
    let rest = &names(&events)[3..];
    assert_eq!(rest, ["error", "error", "malformed", "unknown", "unknown"]);
    let errors = events.iter().filter_map(|event| match event {
        Event::Error(error) => Some((&error.scope, error.session_usable)),
        _ => None,
    });
    assert!(
        errors
            .into_iter()
            .all(|error| error == (&Scope::Session, true))
    );
    assert!(settled(&events, prompt).is_empty());
    assert_eq!(session.phase(), Phase::Ready);
}

#[test]
fn s4_a_line_of_the_limit_is_read_and_a_longer_one_is_not() {
    let text = "x".repeat(1 << 20);
    let frame =
        format!(r#"{{"type":"message_update","event":{{"type":"text_delta","delta":"{text}"}}}}"#);
    let mut lines = LineBuffer::new(frame.len());
    lines.push(format!("{frame}\n {frame}\n{READY}\n").as_bytes());
    let mut session = opened(Dialect::Synaps);
    let mut told = Vec::new();
    while let Some(line) = lines.poll_line() {
        told.push(line.map(|line| session.receive(line).last().unwrap().name()));
    }
    let limit = frame.len();
    let too_long = Err(realtime_proto::FrameFault::TooLong { limit });
    assert_eq!(told, [Ok("text_delta"), too_long, Ok("session_updated")]);
}

#[test]
fn s5_words_thoughts_and_the_end_map_to_a_reply() {
    let (mut session, prompt) = prompted();
    let think =
        r#"{"type":"message_update","event":{"type":"thinking_delta","delta":"Greeting."}}"#;
    let events = told(&mut session, &[think, TEXT, AGENT_END, &ok("rp-1")]);
    assert_eq!(
        names(&events),
        [
            "response_started",
            "item_added",
            "text_delta",
            "text_delta",
            "suppressed",
            "text_done",
            "text_done",
            "item_done",
            "response_finished",
            "command_settled"
        ]
    );
    let Event::ResponseStarted(started) = &events[0] else {
        panic!("{:?}", events[0]);
    };
    assert_eq!(started.initiator, Initiator::Command(prompt));
    let lanes: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::TextDelta(delta) => Some((delta.lane, delta.delta.as_ref())),
            _ => None,
        })
        .collect();
    assert_eq!(lanes, [(Lane::Thought, "Greeting."), (Lane::Display, "hi")]);
}

#[test]
fn s5_every_event_of_a_reply_has_the_same_names() {
    let (mut session, _) = prompted();
    let events = told(&mut session, &[TEXT, TEXT, &ok("rp-1")]);
    let ids = events.iter().filter_map(|event| match event {
        Event::ItemAdded(item) | Event::ItemDone(item) => Some(&item.ids),
        Event::TextDelta(delta) => Some(&delta.ids),
        Event::TextDone(done) => Some(&done.ids),
        _ => None,
    });
    let ids: Vec<_> = ids
        .map(|ids| (ids.response_id.clone(), ids.item_id.clone()))
        .collect();
    assert_eq!(ids.len(), 5);
    assert!(
        ids.iter()
            .all(|each| *each == ids[0] && each.0.is_some() && each.1.is_some())
    );
}

#[test]
fn s6_usage_adds_up_and_only_usage_does() {
    let mut session = opened(Dialect::Synaps);
    for id in ["rp-1", "rp-2"] {
        session.send(Command::text("hi")).unwrap();
        told(&mut session, &[TEXT, AGENT_END, AGENT_END, &ok(id)]);
    }
    let usage = session.usage();
    assert_eq!(
        (usage.input.total, usage.output.total, usage.total_tokens),
        (40, 20, 60)
    );
}

#[test]
fn s6_cached_tokens_are_a_part_of_the_input() {
    let (mut session, _) = prompted();
    let usage = r#"{"type":"agent_end","usage":{"input_tokens":10,"output_tokens":5,"cache_read_input_tokens":30,"cache_creation_input_tokens":7,"cache_creation_5m":7,"model":"m"}}"#;
    let events = told(&mut session, &[TEXT, usage, &ok("rp-1")]);
    let Event::ResponseFinished(finished) = &events[place(&events, "response_finished")] else {
        unreachable!();
    };
    let usage = finished.usage.as_ref().unwrap();
    assert_eq!(
        (
            usage.input.total,
            usage.cached.total,
            usage.cache_write.total,
            usage.total_tokens,
            usage.model.as_deref()
        ),
        (47, 30, 7, 52, Some("m"))
    );
}

#[test]
fn s6_usage_outside_of_a_turn_is_told_apart() {
    let mut session = opened(Dialect::Synaps);
    assert_eq!(names(&told(&mut session, &[AGENT_END])), ["usage"]);
}

#[test]
fn s7_commands_wait_for_ready_and_a_turn_for_its_answer() {
    let mut session = Session::new(Config::new(Dialect::Synaps));
    let prompt = session.send(Command::text("hi")).unwrap();
    assert_eq!(sent(&mut session), [""; 0]);
    let events = told(&mut session, &[READY]);
    let Event::Ready(ready) = &events[place(&events, "ready")] else {
        unreachable!();
    };
    assert_eq!(
        (
            ready.session_id.as_deref(),
            ready.model.as_deref(),
            ready.protocol_version.as_deref()
        ),
        (Some("s1"), Some("claude-3-opus"), Some("1"))
    );
    assert_eq!(sent(&mut session).len(), 1);
    let events = told(&mut session, &[TEXT, AGENT_END]);
    assert_eq!((ended(&events), settled(&events, prompt)), (vec![], vec![]));
    let events = told(&mut session, &[&ok("rp-1")]);
    assert_eq!(ended(&events), [Outcome::Completed(Completion::EndTurn)]);
    assert_eq!(settled(&events, prompt), [Settlement::Accepted]);
}

#[test]
fn s7_another_version_is_reported_and_not_refused() {
    let mut session = Session::new(Config::new(Dialect::Synaps));
    session.send(Command::text("hi")).unwrap();
    let ready = READY.replace(r#""protocol_version":1"#, r#""protocol_version":2"#);
    let events = told(&mut session, &[&ready]);
    let Event::Notice(notice) = &events[place(&events, "notice")] else {
        unreachable!();
    };
    assert_eq!(
        (notice.code.as_deref(), notice.source),
        (Some("protocol_version"), Source::Session)
    );
    assert_eq!(sent(&mut session).len(), 1);
}

#[test]
fn s10_a_history_is_told_as_it_comes() {
    let mut session = opened(Dialect::Synaps);
    session
        .send(Command::from(AgentCommand::GetMessages))
        .unwrap();
    let history = r#"{"type":"response","id":"rp-1","command":"get_messages","messages":[{"role":"user","content":"Say hi"}]}"#;
    let events = told(&mut session, &[history]);
    assert_eq!(names(&events), ["agent", "command_settled"]);
}

#[test]
fn s10_a_new_session_is_empty() {
    let (mut session, _) = prompted();
    told(&mut session, &[TEXT, &ok("rp-1")]);
    assert_eq!(session.conversation().len(), 2);
    let new = session
        .send(Command::from(AgentCommand::NewSession))
        .unwrap();
    let frame = r#"{"type":"response","id":"rp-2","command":"new_session","session_id":"s2"}"#;
    let events = told(&mut session, &[frame]);
    assert_eq!(names(&events), ["session_updated", "command_settled"]);
    assert_eq!(settled(&events, new), [Settlement::Accepted]);
    assert!(session.conversation().is_empty());
}

#[test]
fn s11_notes_come_idle_and_busy_one_event_a_frame() {
    let note = r#"{"type":"event","payload":{"id":"e1","source":"cron","severity":"warning","content_type":"text/plain","text":"tick","timestamp":"t","formatted":"[cron] tick","disclosure":"d"}}"#;
    let mut session = opened(Dialect::Synaps);
    let idle = told(&mut session, &[note]);
    session.send(Command::text("hi")).unwrap();
    queued(&mut session);
    let busy = &told(&mut session, &[TEXT, note])[3..];
    for events in [idle.as_slice(), busy] {
        let [Event::Notice(notice)] = events else {
            panic!("{events:?}");
        };
        let Notice {
            severity,
            source,
            code,
            message,
            ..
        } = &**notice;
        assert_eq!(
            (severity, source, code.as_deref(), message.as_ref()),
            (&Severity::Warning, &Source::Agent, Some("cron"), "tick")
        );
    }
}

#[test]
fn s11_attempts_are_items_of_one_reply() {
    let (mut session, _) = prompted();
    let start = r#"{"type":"message_update","event":{"type":"response_start"}}"#;
    let events = told(&mut session, &[start, TEXT, start, TEXT, &ok("rp-1")]);
    assert_eq!(ended(&events).len(), 1);
    let items = names(&events)
        .into_iter()
        .filter(|name| *name == "item_done");
    assert_eq!(items.count(), 2);
}

#[test]
fn s12_the_tools_are_listed_in_the_answer() {
    let mut session = opened(Dialect::Synaps);
    let list = session
        .send(Command::from(AgentCommand::ListTools))
        .unwrap();
    let frame = r#"{"type":"response","id":"rp-1","command":"tools_list","ok":true,"tools":[{"name":"bash","description":"d","input_schema":{}}]}"#;
    let events = told(&mut session, &[frame]);
    assert_eq!(names(&events), ["agent", "command_settled"]);
    assert_eq!(settled(&events, list), [Settlement::Accepted]);
}
