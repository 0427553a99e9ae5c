//! Commands that ask for what cannot be: settled without a frame, or refused and forgotten.

use crate::{
    commands::WHOLE,
    outcome,
    situations::{Situation, closed, ready},
};
use core::time::Duration;
use realtime_proto::{
    Close, Command, Config, Dialect, Epoch, Event, Media, ResponseState, SendError, Session,
    Transmit,
};

#[test]
fn reports_of_other_epochs_say_nothing() {
    let mut late = ready(ResponseState::Responding);
    assert_eq!(sent(&mut late, Command::interrupt()), ["response.cancel"]);
    let mut same = late.clone();
    let report = Command::playback(Epoch(0), WHOLE);
    assert_eq!(sent(&mut late, report), [""; 0]);
    assert_eq!(sent(&mut same, Command::playback(Epoch(7), WHOLE)), [""; 0]);
    for session in [late, same] {
        assert!(told(session, Command::interrupt()).is_empty());
    }
}

#[test]
fn what_was_played_is_never_more_than_what_came() {
    let mut session = ready(ResponseState::Responding);
    assert_eq!(
        sent(&mut session, Command::playback(Epoch(0), WHOLE * 60)),
        [""; 0]
    );
    session.session.send(Command::interrupt()).unwrap();
    let truncated = session.polled().remove(0);
    assert!(truncated.contains(r#""audio_end_ms":1000"#), "{truncated}");
}

#[test]
fn a_call_is_answered_once() {
    let mut session = ready(ResponseState::AwaitingTools);
    session
        .session
        .send(Command::tool_output("call_1", "{}"))
        .unwrap();
    for call in ["call_1", "call_done", "call_unknown"] {
        refused(
            &session,
            Command::tool_output(call, "{}"),
            &SendError::UnknownCall,
        );
        refused(
            &session,
            Command::tool_error(call, "no"),
            &SendError::UnknownCall,
        );
    }
}

#[test]
fn an_output_that_comes_too_late_is_no_mistake() {
    let cancelled = ready(ResponseState::Idle);
    assert_eq!(
        settled(cancelled, Command::tool_output("call_gone", "{}")),
        "superseded"
    );
    let mut lost = ready(ResponseState::AwaitingTools).session;
    lost.disconnected(Close::lost());
    let mut next = lost.reconnect(Config::new(Dialect::OpenAi));
    while next.poll_event().is_some() {}
    next.send(Command::tool_output("call_1", "{}")).unwrap();
    assert_eq!(outcome(&next.poll_event().unwrap()), "superseded");
}

#[test]
fn there_is_nothing_to_cancel() {
    for state in [
        ResponseState::Idle,
        ResponseState::ServerOwes,
        ResponseState::Cancelling,
        ResponseState::AwaitingTools,
    ] {
        assert_eq!(
            settled(ready(state), Command::cancel_response()),
            "superseded",
            "{state:?}"
        );
    }
}

#[test]
fn a_second_interruption_finds_nothing() {
    let mut session = ready(ResponseState::Responding);
    session.session.send(Command::interrupt()).unwrap();
    let told: Vec<_> = core::iter::from_fn(|| session.session.poll_event()).collect();
    assert!(matches!(
        told[..],
        [Event::Interrupted(_), Event::FlushPlayback(_)]
    ));
    session.polled();
    assert_eq!(settled(session, Command::interrupt()), "superseded");
}

#[test]
fn a_truncation_ends_where_the_audio_does() {
    let mut session = ready(ResponseState::Idle);
    session
        .session
        .send(Command::truncate("item_spoken", 0, WHOLE * 9))
        .unwrap();
    assert!(session.polled()[0].contains(r#""audio_end_ms":1000"#));
    let fraction = Command::truncate("item_spoken", 0, Duration::from_micros(1_999));
    session.session.send(fraction).unwrap();
    assert!(session.polled()[0].contains(r#""audio_end_ms":1,"#));
}

/// Audio that passes elsewhere bounds nothing here.
#[test]
fn remote_audio_is_truncated_where_the_caller_says() {
    let mut config = Config::new(Dialect::OpenAi);
    config.media = Media::Remote;
    let mut session = Session::new(config);
    let delta = r#"{"type":"response.output_audio.delta","item_id":"item_1","delta":"AA=="}"#;
    assert!(session.receive(delta).count() > 0);
    session.send(Command::truncate("item_1", 0, WHOLE)).unwrap();
    let Some(Transmit::Text(truncate)) = session.poll_transmit() else {
        panic!("nothing left");
    };
    assert!(truncate.contains(r#""audio_end_ms":1000"#), "{truncate}");
}

#[test]
fn nothing_follows_the_wish_to_close() {
    for state in crate::situations::STATES {
        let mut session = ready(state);
        session.session.send(Command::Close).unwrap();
        assert_eq!(session.polled().len(), 1, "{state:?}");
        session.hears(r#"{"type":"input_audio_buffer.speech_started","item_id":"item_user"}"#);
        session.hears(r#"{"type":"response.done","response":{"status":"completed"}}"#);
        assert_eq!(session.polled(), [""; 0], "{state:?}");
    }
}

/// What was held for a server that never came does not leave with the end.
#[test]
fn what_is_held_is_not_sent_to_be_closed() {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    let id = session.send(Command::text("Hello!")).unwrap();
    session.send(Command::Close).unwrap();
    assert!(matches!(
        session.poll_transmit(),
        Some(Transmit::Close { code: 1000, .. })
    ));
    assert_eq!(session.poll_transmit(), None);
    session.disconnected(Close::ended());
    let settled: Vec<_> = core::iter::from_fn(|| session.poll_event())
        .filter(|event| matches!(event, Event::CommandSettled(settled) if settled.command == id))
        .map(|event| outcome(&event))
        .collect();
    assert_eq!(settled, ["unknown"]);
}

#[test]
fn after_the_end_every_command_is_closed() {
    let closed = closed(ResponseState::Responding);
    for (name, command) in crate::commands::all() {
        let mut session = closed.session.clone();
        assert_eq!(session.send(command), Err(SendError::Closed), "{name}");
        assert!(session == closed.session, "{name}");
    }
}

#[track_caller]
fn refused(situation: &Situation, command: Command<'_>, with: &SendError) {
    let mut session = situation.session.clone();
    assert_eq!(session.send(command).as_ref(), Err(with));
    assert!(session == situation.session);
}

/// The kinds of the frames that a command sends.
#[track_caller]
fn sent(situation: &mut Situation, command: Command<'_>) -> Vec<String> {
    situation.session.send(command).unwrap();
    while situation.session.poll_event().is_some() {}
    situation
        .polled()
        .iter()
        .map(|frame| crate::kind(frame))
        .collect()
}

/// What a command tells beside its own settlement; it sends nothing.
#[track_caller]
fn told(mut situation: Situation, command: Command<'_>) -> Vec<Event<'static>> {
    situation.session.send(command).unwrap();
    assert_eq!(situation.polled(), [""; 0]);
    core::iter::from_fn(|| situation.session.poll_event())
        .filter(|event| !matches!(event, Event::CommandSettled(_)))
        .collect()
}

/// How a command that sends nothing settles, at once.
#[track_caller]
fn settled(mut situation: Situation, command: Command<'_>) -> String {
    let id = situation.session.send(command).unwrap();
    assert_eq!(situation.polled(), [""; 0]);
    let event = situation.session.poll_event().unwrap();
    assert!(matches!(&event, Event::CommandSettled(settled) if settled.command == id));
    assert_eq!(situation.session.poll_event(), None);
    outcome(&event)
}
