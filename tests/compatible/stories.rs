//! What deviations mean for the conversation: several frames, and what is sent.

use crate::{BOTH, RESPONSE, SESSION, SPEECH, plain};
use core::time::Duration;
use realtime_proto::{
    Close, CloseClass, Command, Config, Dialect, Event, Plan, ResponseState, Session, Settlement,
    Time,
};

/// GLM names no calls: an output is taken for the oldest call that waits for one.
#[test]
fn a_call_without_an_id_is_answered_without_one() {
    for dialect in BOTH {
        let mut session = heard(dialect, &[SESSION, RESPONSE]);
        let call = r#"{"type":"response.function_call_arguments.done","response_id":"resp_1","output_index":0,"name":"lookup","arguments":"{}"}"#;
        let call = session.receive(call).find_map(|event| match event {
            Event::ToolCall(call) => Some(call.call_id.to_string()),
            _ => None,
        });
        let done = r#"{"type":"response.done","response":{"id":"resp_1","status":"completed","output":[{"type":"function_call","name":"lookup","arguments":"{}"}]}}"#;
        hear(&mut session, done);

        let output = session
            .send(Command::tool_output(&call.unwrap(), "12 degrees"))
            .unwrap();

        assert_eq!(
            sent(&mut session),
            [
                r#"{"type":"conversation.item.create","item":{"type":"function_call_output","output":"12 degrees"},"event_id":"rp-1"}"#,
                r#"{"type":"response.create","event_id":"rp-2"}"#,
            ]
        );
        let echo = r#"{"type":"conversation.item.created","item":{"id":"item_9","type":"function_call_output","output":"12 degrees"}}"#;
        let settled = session.receive(echo).find_map(|event| match event {
            Event::CommandSettled(settled) => Some((settled.command, settled.outcome)),
            _ => None,
        });
        assert_eq!(settled, Some((output, Settlement::Accepted)));
    }
}

#[test]
fn calls_of_one_response_without_ids_are_told_apart() {
    let mut session = heard(Dialect::OpenAiBeta, &[SESSION, RESPONSE]);
    let mut names = Vec::new();
    for (place, function) in [(0, "lookup"), (1, "lookup"), (1, "store")] {
        let frame = format!(
            r#"{{"type":"response.function_call_arguments.done","response_id":"resp_1","output_index":{place},"name":"{function}","arguments":"{{}}"}}"#
        );
        names.extend(session.receive(&frame).filter_map(|event| match event {
            Event::ToolCall(call) => Some(call.call_id.to_string()),
            _ => None,
        }));
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 3);
}

#[test]
fn a_call_without_an_id_and_a_name_is_nothing_that_could_be_answered() {
    let mut session = heard(Dialect::OpenAi, &[SESSION, RESPONSE]);
    let frame = r#"{"type":"response.function_call_arguments.done","arguments":"{}"}"#;
    let told: Vec<_> = session.receive(frame).map(|event| event.name()).collect();
    assert_eq!(told, ["malformed"]);
}

/// Qwen: noise that was taken for speech is owed no answer.
#[test]
fn speech_that_was_none_is_owed_nothing() {
    let mut session = heard(Dialect::OpenAi, &[SESSION, SPEECH]);
    hear(
        &mut session,
        r#"{"type":"input_audio_buffer.speech_stopped","item_id":"item_1","reason":"turn_invalid"}"#,
    );
    assert_eq!(session.response(), ResponseState::Idle);

    hear(
        &mut session,
        r#"{"type":"input_audio_buffer.speech_started","item_id":"item_2"}"#,
    );
    hear(
        &mut session,
        r#"{"type":"input_audio_buffer.speech_stopped","item_id":"item_2"}"#,
    );
    assert_eq!(session.response(), ResponseState::ServerOwes);
}

#[test]
fn a_turn_that_was_discarded_is_not_discarded_again_at_the_end() {
    let mut session = heard(Dialect::OpenAi, &[SESSION, SPEECH]);
    hear(
        &mut session,
        r#"{"type":"input_audio_buffer.speech_stopped","item_id":"item_1","reason":"turn_invalid"}"#,
    );
    session.disconnected(Close::lost());
    let told: Vec<_> = core::iter::from_fn(|| session.poll_event())
        .map(|event| event.name())
        .collect();
    assert_eq!(told, ["closed"]);
}

/// A connection that breaks after the server has finished is not to be made again.
#[test]
fn a_session_that_finished_is_not_lost() {
    for frame in [
        r#"{"type":"session.finished"}"#,
        r#"{"type":"session.closed"}"#,
    ] {
        let mut session = heard(Dialect::OpenAi, &[SESSION, frame]);
        let again: Vec<_> = session
            .receive(frame)
            .map(|event| plain(&event)["reason"].clone())
            .collect();
        session.disconnected(Close::lost());
        let closed = core::iter::from_fn(|| session.poll_event()).find_map(|event| match event {
            Event::Closed(closed) => Some((closed.class, closed.plan)),
            _ => None,
        });
        assert_eq!(again, ["duplicate"]);
        assert_eq!(closed, Some((CloseClass::Finished, Plan::Never)));
    }
}

/// Qwen: after a cancel no end may come.
#[test]
fn a_cancelled_response_that_nothing_ends_holds_up_nobody_for_ever() {
    let mut session = heard(Dialect::OpenAiBeta, &[SESSION, RESPONSE]);
    session.handle_timeout(Time(Duration::ZERO));
    session.send(Command::cancel_response()).unwrap();
    session.send(Command::create_response()).unwrap();
    hear(
        &mut session,
        r#"{"type":"response.output_item.done","response_id":"resp_1","output_index":0,"item":{"id":"item_2","type":"message","role":"assistant","status":"incomplete","content":[]}}"#,
    );
    assert_eq!(
        sent(&mut session),
        [r#"{"type":"response.cancel","response_id":"resp_1","event_id":"rp-1"}"#]
    );

    session.handle_timeout(Time(Duration::ZERO));
    session.handle_timeout(Time(Duration::from_secs(3600)));

    assert_eq!(
        sent(&mut session),
        [r#"{"type":"response.create","event_id":"rp-2"}"#]
    );
}

/// vLLM-Omni: one reply after another, none of which is told to begin or to end.
#[test]
fn replies_that_only_their_audio_delimits_each_begin_and_end() {
    let audio =
        r#"{"type":"response.audio.delta","audio":"AAEC","format":"pcm16","sample_rate_hz":24000}"#;
    let done = r#"{"type":"response.audio.done","has_audio":true}"#;
    let mut session = heard(Dialect::OpenAiBeta, &[SESSION]);
    let mut told = Vec::new();
    for frame in [audio, audio, done, audio, done] {
        told.extend(session.receive(frame).map(|event| event.name()));
    }
    let reply = |deltas: usize| {
        let audio = core::iter::repeat_n("audio_delta", deltas);
        let end = ["audio_done", "response_finished"];
        ["response_started"].into_iter().chain(audio).chain(end)
    };
    assert_eq!(told, reply(2).chain(reply(1)).collect::<Vec<_>>());
}

/// Heartbeats and pings come from a server that is there.
#[test]
fn a_sign_of_life_makes_a_session_ready() {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    let told: Vec<_> = session
        .receive(r#"{"type":"heartbeat"}"#)
        .map(|event| event.name())
        .collect();
    assert_eq!(told, ["ready"]);
}

#[track_caller]
fn heard(dialect: Dialect, frames: &[&str]) -> Session {
    let mut session = Session::new(Config::new(dialect));
    for frame in frames {
        hear(&mut session, frame);
    }
    session
}

#[track_caller]
fn hear(session: &mut Session, frame: &str) {
    let told: Vec<_> = session.receive(frame).map(|event| event.name()).collect();
    assert!(
        !told.contains(&"unknown") && !told.contains(&"malformed"),
        "{frame}: {told:?}"
    );
}

fn sent(session: &mut Session) -> Vec<String> {
    let mut frames = Vec::new();
    while let Some(transmit) = session.poll_transmit() {
        frames.push(String::from(match transmit {
            realtime_proto::Transmit::Text(text) => text,
            other => panic!("{other:?}"),
        }));
    }
    frames
}

/// Video that is on its way when its reply ends is of no use any more.
#[test]
fn video_of_a_reply_that_has_ended_is_stale() {
    let done = r#"{"type":"response.done","response":{"id":"resp_1","status":"completed"}}"#;
    let video = r#"{"type":"response.video.delta","response_id":"resp_1","delta":"AAAA"}"#;
    let mut session = heard(Dialect::OpenAi, &[SESSION, RESPONSE, done]);

    let told: Vec<_> = session.receive(video).map(|event| event.name()).collect();

    assert_eq!(told, ["suppressed"]);
}
