//! Requests for a response as they are sent, and words that a response speaks.

use crate::support::{CREATED, events, hear, heard, polled, ready, sends, unsupported};
use realtime_proto::{
    AudioFormat, Command, CreatePolicy, CreateResponse, Event, InputItem, ItemDraft, MaxTokens,
    Modality, RawJson, ResponseState, Say, Settlement, Tool, ToolChoice,
};

fn creates(change: impl FnOnce(&mut CreateResponse<'_>), response: &str) {
    let mut create = CreateResponse::default();
    change(&mut create);
    let frame = format!(r#"{{"type":"response.create","response":{response},"event_id":"rp-1"}}"#);
    sends(create, &[&frame]);
}

#[test]
fn a_response_as_the_session_says_has_no_overrides() {
    sends(
        Command::create_response(),
        &[r#"{"type":"response.create","event_id":"rp-1"}"#],
    );
}

#[test]
fn all_overrides_stand_in_the_order_of_the_table() {
    creates(
        |create| {
            create.input = Some(vec![InputItem::from(ItemDraft::user_text("Is it high?"))]);
            create.modalities = Some(vec![Modality::Text, Modality::Video]);
            create.instructions = Some("One word.".into());
            create.voice = Some("en-US-AvaNeural".into());
            create.output_format = Some(AudioFormat::pcm16(16_000));
            let tool = RawJson::new(r#"{"type":"mcp","server_label":"f"}"#).unwrap();
            create.tools = Some(vec![Tool::Mcp(tool)]);
            create.tool_choice = Some(ToolChoice::Function {
                name: "get_tide".into(),
            });
            create.temperature = Some(0.8);
            create.max_output_tokens = Some(MaxTokens::Infinite);
            create.reasoning = Some("low".into());
            create.metadata = vec![("desk".into(), "north".into())];
        },
        r#"{"input_items":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Is it high?"}]}],"modalities":["text","avatar"],"instructions":"One word.","voice":{"type":"azure-standard","name":"en-US-AvaNeural"},"output_audio_format":"pcm16_16000hz","tools":[{"type":"mcp","server_label":"f"}],"tool_choice":"get_tide","temperature":0.8,"max_output_tokens":"inf","reasoning_effort":"low","metadata":{"desk":"north"}}"#,
    );
}

#[test]
fn what_no_field_expresses_goes_by_extra() {
    let extra = r#"{"append_input_items":[],"interim_response":{"type":"static_interim_response"},"invoke_input":{"a":1}}"#;
    creates(|create| create.extra = RawJson::new(extra).ok(), extra);
}

#[test]
fn choices_are_words() {
    for (choice, word) in [
        (ToolChoice::Auto, "auto"),
        (ToolChoice::None, "none"),
        (ToolChoice::Required, "required"),
    ] {
        let response = format!(r#"{{"tool_choice":"{word}"}}"#);
        creates(|create| create.tool_choice = Some(choice), &response);
    }
}

#[test]
fn what_there_are_no_words_for_is_refused_by_name() {
    let refuses = |name, change: fn(&mut CreateResponse<'_>)| {
        let mut create = CreateResponse::default();
        change(&mut create);
        unsupported(create, name);
    };
    refuses("create_response.parallel_tool_calls", |create| {
        create.parallel_tool_calls = Some(true);
    });
    refuses("create_response.prompt", |create| {
        create.prompt = RawJson::new("{}").ok();
    });
    refuses("create_response.output_format", |create| {
        create.output_format = Some(AudioFormat::pcm16(44_100));
    });
    refuses("create_response.tool_choice", |create| {
        create.tool_choice = Some(ToolChoice::Mcp {
            server_label: "f".into(),
            name: None,
        });
    });
    refuses("create_response.input", |create| {
        create.input = Some(vec![InputItem::reference("item_1")]);
    });
}

/// A response ends the one in progress unless told otherwise: one beside it must not.
#[test]
fn a_response_beside_the_conversation_leaves_the_other_alone() {
    let mut session = ready();
    let mut create = CreateResponse::default();
    create.out_of_band = true;
    session.send(create.into()).unwrap();
    assert_eq!(
        polled(&mut session),
        [
            r#"{"type":"response.create","response":{"commit":false,"cancel_previous":false,"metadata":{"realtime_proto.command":"rp-1"}},"event_id":"rp-1"}"#
        ]
    );
}

const ACTIVE: &str = r#"{"type":"response.created","response":{"id":"resp_1"}}"#;
const REPLACED: &str = r#"{"type":"response.done","response":{"id":"resp_1","status":"cancelled","status_details":{"type":"cancelled","reason":"client_cancelled"}}}"#;
const NEXT: &str = r#"{"type":"response.created","response":{"id":"resp_2"}}"#;

#[test]
fn a_response_that_replaces_another_does_not_wait_for_its_end() {
    let mut session = heard(&[CREATED, ACTIVE]);
    let mut create = CreateResponse::default();
    create.policy = CreatePolicy::ReplaceActive;

    let command = session.send(create.into()).unwrap();

    assert_eq!(
        polled(&mut session),
        [r#"{"type":"response.create","response":{"cancel_previous":true},"event_id":"rp-1"}"#]
    );
    assert_eq!(hear(&mut session, REPLACED), ["response_finished"]);
    assert_eq!(session.response(), ResponseState::Requested);
    let settled = session.receive(NEXT).any(|event| {
        matches!(event, Event::CommandSettled(settled)
            if settled.command == command && settled.outcome == Settlement::Accepted)
    });
    assert!(settled);
    assert_eq!(session.response(), ResponseState::Responding);
}

/// The end of the one that was replaced may come after the beginning of the other.
#[test]
fn the_end_of_a_replaced_response_ends_nothing_else() {
    let mut session = heard(&[CREATED, ACTIVE]);
    let mut create = CreateResponse::default();
    create.policy = CreatePolicy::ReplaceActive;
    session.send(create.into()).unwrap();
    polled(&mut session);

    assert_eq!(
        hear(&mut session, NEXT),
        ["response_finished", "response_started", "command_settled"]
    );
    assert_eq!(hear(&mut session, REPLACED), ["suppressed"]);
    assert_eq!(session.response(), ResponseState::Responding);
}

#[test]
fn any_other_response_waits_for_the_end() {
    let mut session = heard(&[CREATED, ACTIVE]);
    session.send(Command::create_response()).unwrap();
    assert_eq!(polled(&mut session), [""; 0]);
    hear(
        &mut session,
        r#"{"type":"response.done","response":{"id":"resp_1","status":"completed"}}"#,
    );
    assert_eq!(
        polled(&mut session),
        [r#"{"type":"response.create","event_id":"rp-1"}"#]
    );
}

const WORDS: &str = r#"{"type":"response.create","response":{"pre_generated_assistant_message":{"role":"assistant","type":"message","content":[{"type":"text","text":"Good \"day\"."}]}},"event_id":"rp-1"}"#;

#[test]
fn words_are_spoken_by_a_response_of_their_own() {
    sends(Command::Say(Say::new(r#"Good "day"."#)), &[WORDS]);
}

#[test]
fn words_wait_for_their_turn() {
    let mut session = heard(&[CREATED, ACTIVE]);
    let command = session
        .send(Command::Say(Say::new(r#"Good "day"."#)))
        .unwrap();
    assert_eq!(polled(&mut session), [""; 0]);

    hear(
        &mut session,
        r#"{"type":"response.done","response":{"id":"resp_1","status":"completed"}}"#,
    );

    assert_eq!(polled(&mut session), [WORDS]);
    let settled = session
        .receive(NEXT)
        .any(|event| matches!(event, Event::CommandSettled(settled) if settled.command == command));
    assert!(settled);
    assert_eq!(events(&mut session), []);
}
