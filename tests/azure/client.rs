//! The client's twenty events: by a command, or verbatim.

use crate::support::{CREATED, heard, polled, ready};
use realtime_proto::{
    Approve, Command, CreateResponse, Event, ItemDraft, Patch, ResponseState, SessionPatch,
    Settlement,
};

/// What no command has words for.
const VERBATIM: [&str; 9] = [
    r#"{"type":"input_audio.clear"}"#,
    r#"{"type":"input_audio.turn.append","turn_id":"turn_1","audio":"AAAB"}"#,
    r#"{"type":"input_audio.turn.cancel","turn_id":"turn_1"}"#,
    r#"{"type":"input_audio.turn.end","turn_id":"turn_1"}"#,
    r#"{"type":"input_audio.turn.start","turn_id":"turn_1"}"#,
    r#"{"type":"input_text.delta","id":"item_1","delta":"Good "}"#,
    r#"{"type":"input_text.done","id":"item_1"}"#,
    r#"{"type":"rtc.call.sdp.create","sdp_offer":"v=0"}"#,
    r#"{"type":"session.avatar.connect","client_sdp":"v=0"}"#,
];

#[test]
fn every_client_event_can_be_sent() {
    let mut sent: Vec<_> = commands().into_iter().flat_map(kinds).collect();
    sent.extend(VERBATIM.into_iter().map(Command::raw).flat_map(kinds));
    sent.sort();
    sent.dedup();
    assert_eq!(
        sent,
        [
            "conversation.item.create",
            "conversation.item.delete",
            "conversation.item.retrieve",
            "conversation.item.truncate",
            "input_audio.clear",
            "input_audio.turn.append",
            "input_audio.turn.cancel",
            "input_audio.turn.end",
            "input_audio.turn.start",
            "input_audio_buffer.append",
            "input_audio_buffer.clear",
            "input_audio_buffer.commit",
            "input_text.delta",
            "input_text.done",
            "output_audio_buffer.clear",
            "response.cancel",
            "response.create",
            "rtc.call.sdp.create",
            "session.avatar.connect",
            "session.update",
        ]
    );
}

#[test]
fn what_goes_verbatim_is_sent_as_it_is_and_settles() {
    for frame in VERBATIM {
        let mut session = ready();
        let command = session.send(Command::raw(frame)).unwrap();
        assert_eq!(polled(&mut session), [frame]);
        let settled = crate::support::events(&mut session);
        let [Event::CommandSettled(settled)] = &settled[..] else {
            panic!("{settled:?}");
        };
        assert_eq!(
            (settled.command, &settled.outcome),
            (command, &Settlement::Sent)
        );
    }
}

/// A frame that somebody else wrote is followed as far as its kind allows.
#[test]
fn a_verbatim_request_beside_the_conversation_is_one() {
    let mut session = ready();
    session
        .send(Command::raw(
            r#"{"type":"response.create","response":{"commit":false}}"#,
        ))
        .unwrap();
    polled(&mut session);
    assert_eq!(session.response(), ResponseState::Idle);
    let told = session
        .receive(r#"{"type":"response.created","response":{"id":"resp_1","conversation_id":null}}"#)
        .any(|event| matches!(event, Event::CommandSettled(_)));
    assert!(told);
}

fn commands() -> Vec<Command<'static>> {
    let mut patch = SessionPatch::default();
    patch.voice = Patch::Set("alloy".into());
    let mut additional = CreateResponse::default();
    additional.instructions = Some("One word.".into());
    vec![
        Command::configure(patch),
        Command::append_audio(&[0; 4800]),
        Command::CommitInput,
        Command::ClearInput,
        Command::create_item(ItemDraft::user_text("Hi.")),
        Approve::new("mcpr_1", true).into(),
        Command::retrieve_item("item_1"),
        Command::delete_item("item_1"),
        Command::truncate("item_1", 0, core::time::Duration::ZERO),
        additional.into(),
        Command::say("Good day."),
        Command::cancel_response(),
        Command::ClearOutput,
    ]
}

/// The wire names that a command leaves by.
fn kinds(command: Command<'_>) -> Vec<String> {
    let cancels = matches!(command, Command::CancelResponse(_));
    let active = r#"{"type":"response.created","response":{"id":"resp_1"}}"#;
    let mut session = if cancels {
        heard(&[CREATED, active])
    } else {
        ready()
    };
    if matches!(command, Command::CommitInput) {
        session.send(Command::append_audio(&[0; 4800])).unwrap();
    }
    session.send(command).unwrap();
    let kind = |frame: &String| {
        let frame: serde_json::Value = serde_json::from_str(frame).unwrap();
        frame["type"].as_str().unwrap().to_owned()
    };
    polled(&mut session).iter().map(kind).collect()
}
