//! `conversation.item.create`: texts, media, calls, outputs, approvals, and their places.

use crate::support::{BOTH, both_send, sends};
use realtime_proto::{
    Approve, Attachment, Command, CreateItem, Deliver, Dialect, DraftContent, ItemDraft, Position,
    RawJson, Role, SendMedia, SendText,
};

#[test]
fn a_text_that_wants_a_reply_is_two_frames() {
    both_send(
        Command::text("hi"),
        &[
            r#"{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]},"event_id":"rp-1"}"#,
            r#"{"type":"response.create","event_id":"rp-2"}"#,
        ],
    );
}

#[test]
fn a_text_that_wants_none_is_one_frame() {
    both_send(
        said(Role::User, "hi"),
        &[&created(
            r#"{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}"#,
        )],
    );
}

#[test]
fn a_text_for_after_the_turn_is_the_same_here() {
    let mut text = SendText::new("hi");
    text.deliver = Deliver::AfterTurn;
    for dialect in BOTH {
        let now = crate::support::ready(realtime_proto::Config::new(dialect));
        let (mut now, mut later) = (now.clone(), now);
        now.send(Command::text("hi")).unwrap();
        later.send(text.clone().into()).unwrap();
        assert_eq!(now, later);
    }
}

#[test]
fn what_is_said_is_input_but_for_the_assistants_words() {
    for role in ["system", "user", "developer", "narrator"] {
        let role = role_of(role);
        let written = format!(
            r#"{{"type":"message","role":"{}","content":[{{"type":"input_text","text":"x"}}]}}"#,
            role.as_str()
        );
        both_send(said(role, "x"), &[&created(&written)]);
    }
    sends(
        Dialect::OpenAi,
        said(Role::Assistant, "x"),
        &[&created(
            r#"{"type":"message","role":"assistant","content":[{"type":"output_text","text":"x"}]}"#,
        )],
    );
    sends(
        Dialect::OpenAiBeta,
        said(Role::Assistant, "x"),
        &[&created(
            r#"{"type":"message","role":"assistant","content":[{"type":"text","text":"x"}]}"#,
        )],
    );
}

#[test]
fn attachments_are_further_parts() {
    let mut text = SendText::new("Look and listen.");
    text.respond = false;
    text.attachments = vec![
        Attachment::new("image/png", &[1u8, 2, 3][..]),
        Attachment::new("audio/pcm", &[0u8, 0][..]),
    ];
    sends(
        Dialect::OpenAi,
        text,
        &[&created(
            r#"{"type":"message","role":"user","content":[{"type":"input_text","text":"Look and listen."},{"type":"input_image","image_url":"data:image/png;base64,AQID"},{"type":"input_audio","audio":"AAA="}]}"#,
        )],
    );
}

#[test]
fn an_image_is_a_message_of_its_own() {
    sends(
        Dialect::OpenAi,
        Command::image("image/jpeg", &[0xff, 0xd8]),
        &[&created(
            r#"{"type":"message","role":"user","content":[{"type":"input_image","image_url":"data:image/jpeg;base64,/9g="}]}"#,
        )],
    );
}

#[test]
fn audio_is_a_message_of_its_own() {
    both_send(
        SendMedia::new("audio/pcm", &[0u8, 1, 2][..]),
        &[&created(
            r#"{"type":"message","role":"user","content":[{"type":"input_audio","audio":"AAEC"}]}"#,
        )],
    );
}

#[test]
fn an_item_begins_with_its_type_and_its_id() {
    let mut item = ItemDraft::user_text("hi");
    item.id = Some("item_1".into());
    both_send(
        Command::create_item(item),
        &[&created(
            r#"{"type":"message","id":"item_1","role":"user","content":[{"type":"input_text","text":"hi"}]}"#,
        )],
    );
}

#[test]
fn every_part_of_a_message() {
    let content = vec![
        DraftContent::text("one"),
        DraftContent::audio("AAAA"),
        DraftContent::Audio {
            audio: "AAAA".into(),
            transcript: Some("two".into()),
        },
        DraftContent::Raw {
            json: json(r#"{"type":"input_text","text":"three"}"#),
        },
    ];
    let parts = r#"{"type":"input_text","text":"one"},{"type":"input_audio","audio":"AAAA"},{"type":"input_audio","audio":"AAAA","transcript":"two"},{"type":"input_text","text":"three"}"#;
    both_send(
        Command::create_item(ItemDraft::message(Role::User, content.clone())),
        &[&created(&format!(
            r#"{{"type":"message","role":"user","content":[{parts}]}}"#
        ))],
    );

    let mut content = content;
    content.push(DraftContent::image("https://example.com/a.png"));
    content.push(DraftContent::Image {
        url: "data:image/png;base64,AQID".into(),
        detail: Some("low".into()),
    });
    sends(
        Dialect::OpenAi,
        Command::create_item(ItemDraft::message(Role::User, content)),
        &[&created(&format!(
            r#"{{"type":"message","role":"user","content":[{parts},{{"type":"input_image","image_url":"https://example.com/a.png"}},{{"type":"input_image","image_url":"data:image/png;base64,AQID","detail":"low"}}]}}"#
        ))],
    );
}

#[test]
fn a_message_may_be_empty() {
    both_send(
        Command::create_item(ItemDraft::message(Role::System, Vec::new())),
        &[&created(
            r#"{"type":"message","role":"system","content":[]}"#,
        )],
    );
}

#[test]
fn calls_and_outputs_of_the_past() {
    let mut call = ItemDraft::call("call_1", "weather", r#"{"city":"Kiel"}"#);
    call.id = Some("item_1".into());
    both_send(
        Command::create_item(call),
        &[&created(
            r#"{"type":"function_call","id":"item_1","arguments":"{\"city\":\"Kiel\"}","name":"weather","call_id":"call_1"}"#,
        )],
    );
    let mut output = ItemDraft::output("call_1", "rain");
    output.id = Some("item_2".into());
    both_send(
        Command::create_item(output),
        &[&created(
            r#"{"type":"function_call_output","id":"item_2","call_id":"call_1","output":"rain"}"#,
        )],
    );
}

#[test]
fn an_item_in_the_providers_words_is_verbatim() {
    let worded = r#"{"type":"mcp_list_tools","server_label":"docs","tools":[],"n":1.0}"#;
    both_send(
        Command::create_item(ItemDraft::raw(json(worded))),
        &[&created(worded)],
    );
}

#[test]
fn an_item_in_the_providers_words_takes_an_id_and_additions() {
    let mut item = ItemDraft::raw(json(r#"{"type":"x","id":"theirs","a":{"b":1}}"#));
    item.id = Some("mine".into());
    item.extra = Some(json(r#"{"a":{"c":2}}"#));
    both_send(
        Command::create_item(item),
        &[&created(r#"{"type":"x","id":"mine","a":{"b":1,"c":2}}"#)],
    );
}

#[test]
fn places() {
    for (at, previous) in [
        (Position::End, ""),
        (Position::Front, r#""previous_item_id":"root","#),
        (
            Position::After("item_0".into()),
            r#""previous_item_id":"item_0","#,
        ),
    ] {
        let mut create = CreateItem::new(ItemDraft::output("call_1", ""));
        create.at = at;
        both_send(
            create,
            &[&format!(
                r#"{{"type":"conversation.item.create","item":{{"type":"function_call_output","call_id":"call_1","output":""}},{previous}"event_id":"rp-1"}}"#
            )],
        );
    }
}

#[test]
fn an_approval_stands_behind_its_request() {
    sends(
        Dialect::OpenAi,
        Command::approve("mcpr_1", true),
        &[
            r#"{"type":"conversation.item.create","item":{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true},"previous_item_id":"mcpr_1","event_id":"rp-1"}"#,
        ],
    );
    let mut refusal = Approve::new("mcpr_1", false);
    refusal.reason = Some("Not \"now\".".into());
    sends(
        Dialect::OpenAi,
        refusal,
        &[
            r#"{"type":"conversation.item.create","item":{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":false,"reason":"Not \"now\"."},"previous_item_id":"mcpr_1","event_id":"rp-1"}"#,
        ],
    );
}

fn said(role: Role, text: &str) -> SendText<'_> {
    let mut said = SendText::new(text);
    (said.role, said.respond) = (role, false);
    said
}

fn role_of(name: &str) -> Role {
    serde_json::from_value(name.into()).unwrap()
}

fn created(item: &str) -> String {
    format!(r#"{{"type":"conversation.item.create","item":{item},"event_id":"rp-1"}}"#)
}

fn json(text: &str) -> RawJson {
    RawJson::new(text).unwrap()
}
