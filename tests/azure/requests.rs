//! Commands as they are sent; fields stand in the order of the table.

use crate::support::{CREATED, heard, polled, ready, sends, unsupported};
use core::time::Duration;
use realtime_proto::{
    Approve, CancelResponse, Command, CreateItem, DraftContent, ItemBody, ItemDraft, Position,
    Role, SendText,
};

#[test]
fn audio_is_appended_as_base64() {
    sends(
        Command::append_audio(&[0, 1, 2, 3]),
        &[r#"{"type":"input_audio_buffer.append","audio":"AAECAw=="}"#],
    );
}

#[test]
fn the_buffer_is_committed_and_cleared() {
    let mut session = ready();
    session.send(Command::append_audio(&[0; 4800])).unwrap();
    session.send(Command::CommitInput).unwrap();
    session.send(Command::ClearInput).unwrap();
    let frames = polled(&mut session);
    assert_eq!(
        frames[1..],
        [
            r#"{"type":"input_audio_buffer.commit","event_id":"rp-2"}"#,
            r#"{"type":"input_audio_buffer.clear","event_id":"rp-3"}"#
        ]
    );
}

#[test]
fn a_text_is_an_item_and_a_request() {
    sends(
        Command::text("Hello."),
        &[
            r#"{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Hello."}]},"event_id":"rp-1"}"#,
            r#"{"type":"response.create","event_id":"rp-2"}"#,
        ],
    );
}

#[test]
fn what_an_assistant_said_has_the_name_of_the_beta() {
    let mut text = SendText::new("Hello.");
    text.role = Role::Assistant;
    text.respond = false;
    sends(
        text,
        &[
            r#"{"type":"conversation.item.create","item":{"type":"message","role":"assistant","content":[{"type":"text","text":"Hello."}]},"event_id":"rp-1"}"#,
        ],
    );
}

#[test]
fn an_item_stands_behind_its_place() {
    let item = r#""item":{"type":"message","role":"user","content":[{"type":"input_image","image_url":"data:,"}]}"#;
    for (at, place) in [
        (Position::End, ""),
        (Position::Front, r#""previous_item_id":"root","#),
        (
            Position::After("item_1".into()),
            r#""previous_item_id":"item_1","#,
        ),
    ] {
        let image = DraftContent::Image {
            url: "data:,".into(),
            detail: None,
        };
        let body = ItemBody::Message {
            role: Role::User,
            content: vec![image],
        };
        let mut create = CreateItem::new(ItemDraft::new(body));
        create.at = at;
        let frame =
            format!(r#"{{"type":"conversation.item.create",{place}{item},"event_id":"rp-1"}}"#);
        sends(create, &[&frame]);
    }
}

#[test]
fn items_are_named_by_their_id() {
    for (command, kind) in [
        (Command::retrieve_item("item_1"), "retrieve"),
        (Command::delete_item("item_1"), "delete"),
    ] {
        let frame = format!(
            r#"{{"type":"conversation.item.{kind}","item_id":"item_1","event_id":"rp-1"}}"#
        );
        sends(command, &[&frame]);
    }
    sends(
        Command::truncate("item_1", 0, Duration::from_millis(640)),
        &[
            r#"{"type":"conversation.item.truncate","item_id":"item_1","content_index":0,"audio_end_ms":640,"event_id":"rp-1"}"#,
        ],
    );
}

#[test]
fn a_response_is_cancelled_by_its_id() {
    let mut session = heard(&[
        CREATED,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
    ]);
    session.send(CancelResponse::new("resp_1").into()).unwrap();
    assert_eq!(
        polled(&mut session),
        [r#"{"type":"response.cancel","response_id":"resp_1","event_id":"rp-1"}"#]
    );
}

#[test]
fn an_avatar_is_silenced() {
    sends(
        Command::ClearOutput,
        &[r#"{"type":"output_audio_buffer.clear","event_id":"rp-1"}"#],
    );
}

#[test]
fn a_call_is_answered_and_continued() {
    let mut session = heard(&[
        CREATED,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
        r#"{"type":"response.function_call_arguments.done","response_id":"resp_1","item_id":"item_1","call_id":"call_1","name":"f","arguments":"{}"}"#,
        r#"{"type":"response.done","response":{"id":"resp_1","status":"completed"}}"#,
    ]);
    session
        .send(Command::tool_output("call_1", "12 degrees"))
        .unwrap();
    assert_eq!(
        polled(&mut session),
        [
            r#"{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_1","output":"12 degrees"},"event_id":"rp-1"}"#,
            r#"{"type":"response.create","event_id":"rp-2"}"#,
        ]
    );
}

#[test]
fn an_approval_stands_behind_its_request_and_has_no_reason() {
    sends(
        Approve::new("mcpr_1", true),
        &[
            r#"{"type":"conversation.item.create","previous_item_id":"mcpr_1","item":{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true},"event_id":"rp-1"}"#,
        ],
    );
    let mut approve = Approve::new("mcpr_1", false);
    approve.reason = Some("Too dear.".into());
    unsupported(approve, "approve.reason");
}
