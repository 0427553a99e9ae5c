//! The items of the conversation and of a response.

use crate::{Rows, Table, the};
use core::time::Duration;
use realtime_proto::{Content, Item, ItemKind, Previous, Role, Status, Validity};

pub(crate) fn rows(table: &mut Table) {
    of_the_conversation(table);
    of_a_response(table);
    changes(table);
    messages(table);
    calls(table);
    outputs(table);
    remote_calls(table);
    approvals(table);
    beta_items(table);
}

fn of_the_conversation(table: &mut Table) {
    for name in ["conversation.item.added", "conversation.item.created"] {
        table.event(&[name], &conversation(name), |rows| {
            let item = the!(rows, ItemAdded);
            of_conversation(rows, &item);
        });
    }
    table.event(
        &["conversation.item.done"],
        &conversation("conversation.item.done"),
        |rows| {
            let item = the!(rows, ItemDone);
            of_conversation(rows, &item);
        },
    );
    table.event(
        &["conversation.item.retrieved"],
        r#"{"type":"conversation.item.retrieved","event_id":"event_2","item":{"id":"item_2","type":"message","role":"assistant","content":[{"type":"output_audio","transcript":"Hi.","audio":"AAAB"}]}}"#,
        |rows| {
            let item = the!(rows, ItemRetrieved);
            rows.event_id("event_2");
            rows.is("item", item.ids.item_id.as_deref(), Some("item_2"));
        },
    );
}

fn conversation(name: &str) -> String {
    format!(
        r#"{{"type":"{name}","event_id":"event_1","previous_item_id":"item_0","item":{{"id":"item_1","type":"message","status":"completed","role":"user","content":[]}}}}"#
    )
}

fn of_conversation(rows: &mut Rows<'_>, item: &Item<'_>) {
    rows.event_id("event_1");
    rows.is("item", item.ids.item_id.as_deref(), Some("item_1"));
    let Previous::After(previous) = &item.previous else {
        panic!("it follows another");
    };
    rows.is("previous_item_id", &**previous, "item_0");
}

fn of_a_response(table: &mut Table) {
    let frame = |name| {
        format!(
            r#"{{"type":"{name}","event_id":"event_3","response_id":"resp_1","output_index":4,"item":{{"id":"item_3","type":"message","role":"assistant","content":[]}}}}"#
        )
    };
    let check = |rows: &mut Rows<'_>, item: &Item<'_>| {
        rows.event_id("event_3");
        rows.is("item", item.ids.item_id.as_deref(), Some("item_3"));
        rows.is("output_index", item.ids.output_index, Some(4));
        rows.is(
            "response_id",
            item.ids.response_id.as_deref(),
            Some("resp_1"),
        );
    };
    let added = "response.output_item.added";
    table.event(&[added], &frame(added), |rows| {
        let item = the!(rows, ItemAdded);
        check(rows, &item);
    });
    let done = "response.output_item.done";
    table.event(&[done], &frame(done), |rows| {
        let item = the!(rows, ItemDone);
        check(rows, &item);
    });
}

fn changes(table: &mut Table) {
    table.event(
        &["conversation.item.truncated"],
        r#"{"type":"conversation.item.truncated","event_id":"event_4","item_id":"item_3","content_index":1,"audio_end_ms":640}"#,
        |rows| {
            let truncated = the!(rows, Truncated);
            assert!(truncated.confirmed);
            rows.event_id("event_4");
            rows.is("item_id", truncated.ids.item_id.as_deref(), Some("item_3"));
            rows.is("content_index", truncated.ids.content_index, Some(1));
            rows.is("audio_end_ms", truncated.heard, Duration::from_millis(640));
        },
    );
    table.event(
        &["conversation.item.deleted"],
        r#"{"type":"conversation.item.deleted","event_id":"event_5","item_id":"item_3"}"#,
        |rows| {
            let deleted = the!(rows, ItemDeleted);
            rows.event_id("event_5");
            rows.is("item_id", deleted.item_id.as_deref(), Some("item_3"));
        },
    );
}

/// A frame that shows an item.
fn shown(item: &str) -> String {
    format!(r#"{{"type":"conversation.item.added","item":{item}}}"#)
}

fn messages(table: &mut Table) {
    let message = r#"{"id":"item_4","object":"realtime.item","type":"message","status":"completed","role":"user","phase":"commentary","content":[{"type":"input_text","text":"What is this?"},{"type":"input_audio","transcript":"And this?","audio":"AAAB"},{"type":"input_image","image_url":"data:image/png;base64,AAAA","detail":"low"}]}"#;
    table.schema("ConversationItem", &shown(message), |rows| {
        let item = the!(rows, ItemAdded);
        rows.is("id", item.ids.item_id.as_deref(), Some("item_4"));
        rows.is("type", &item.kind, &ItemKind::Message);
        rows.is("role", &item.role, &Some(Role::User));
        rows.is("status", &item.status, &Some(Status::Completed));
        rows.raw("object", &item.raw, r#""object":"realtime.item""#);
        rows.raw("phase", &item.raw, r#""phase":"commentary""#);
        rows.is("content", item.content.len(), 3);
        let [Content::Text { text }, audio, image] = item.content.as_slice() else {
            panic!("a text comes first");
        };
        rows.is("content[].text", &**text, "What is this?");
        let Content::Audio {
            transcript, audio, ..
        } = audio
        else {
            panic!("then audio");
        };
        rows.is("content[].type", transcript.is_some(), true);
        rows.is(
            "content[].transcript",
            transcript.as_deref(),
            Some("And this?"),
        );
        rows.is("content[].audio", audio.as_deref(), Some("AAAB"));
        let Content::Image { url, detail } = image else {
            panic!("then a picture");
        };
        rows.is(
            "content[].image_url",
            url.as_deref(),
            Some("data:image/png;base64,AAAA"),
        );
        rows.is("content[].detail", detail.as_deref(), Some("low"));
    });
}

fn calls(table: &mut Table) {
    let call = r#"{"id":"item_5","type":"function_call","status":"completed","call_id":"call_1","name":"get_tide","arguments":"{\"port\":\"Bergen\"}"}"#;
    table.schema("ConversationItem", &shown(call), |rows| {
        let item = the!(rows, ItemAdded);
        assert_eq!(item.kind, ItemKind::FunctionCall);
        rows.is("name", item.name.as_deref(), Some("get_tide"));
        rows.is("call_id", item.call_id.as_deref(), Some("call_1"));
        let [Content::Arguments { text, validity }] = item.content.as_slice() else {
            panic!("a call holds its arguments");
        };
        assert_eq!(*validity, Validity::Object);
        rows.is("arguments", &**text, r#"{"port":"Bergen"}"#);
    });
}

fn outputs(table: &mut Table) {
    let output = r#"{"id":"item_6","type":"function_call_output","call_id":"call_1","output":"{\"cm\":84}"}"#;
    table.schema("ConversationItem", &shown(output), |rows| {
        let item = the!(rows, ItemAdded);
        assert_eq!(item.kind, ItemKind::FunctionCallOutput);
        assert_eq!(item.call_id.as_deref(), Some("call_1"));
        let [Content::Output { text }] = item.content.as_slice() else {
            panic!("an output holds its text");
        };
        rows.is("output", &**text, r#"{"cm":84}"#);
    });
}

fn remote_calls(table: &mut Table) {
    let listing = r#"{"id":"item_7","type":"mcp_list_tools","server_label":"ferries","tools":[{"name":"next","description":"The next ferry.","input_schema":{"type":"object"},"annotations":{"read_only":true}}]}"#;
    table.schema("ConversationItem", &shown(listing), |rows| {
        let item = the!(rows, ItemAdded);
        assert_eq!(item.kind, ItemKind::McpListTools);
        let [Content::Tools { raw }, Content::Server { label }] = item.content.as_slice() else {
            panic!("a listing holds tools and their server");
        };
        rows.is("server_label", &**label, "ferries");
        rows.is("tools", raw.starts_with('['), true);
        rows.raw("tools[].name", raw, r#""name":"next""#);
        rows.raw(
            "tools[].description",
            raw,
            r#""description":"The next ferry.""#,
        );
        rows.raw(
            "tools[].input_schema",
            raw,
            r#""input_schema":{"type":"object"}"#,
        );
        rows.raw(
            "tools[].annotations",
            raw,
            r#""annotations":{"read_only":true}"#,
        );
    });
    let call = r#"{"id":"item_8","type":"mcp_call","server_label":"ferries","name":"next","arguments":"{}","output":null,"error":{"type":"http_error","code":503,"message":"Unavailable"}}"#;
    table.schema("ConversationItem", &shown(call), |rows| {
        let item = the!(rows, ItemAdded);
        assert_eq!(item.kind, ItemKind::McpCall);
        let [_, Content::Fault { raw }, _] = item.content.as_slice() else {
            panic!("arguments, fault, server: {:?}", item.content);
        };
        rows.is(
            "error",
            &**raw,
            r#"{"type":"http_error","code":503,"message":"Unavailable"}"#,
        );
        rows.raw("error.type", raw, r#""type":"http_error""#);
        rows.raw("error.code", raw, r#""code":503"#);
        rows.raw("error.message", raw, r#""message":"Unavailable""#);
    });
}

fn approvals(table: &mut Table) {
    let answer = r#"{"id":"item_9","type":"mcp_approval_response","approval_request_id":"item_8","approve":false,"reason":"Not today."}"#;
    table.schema("ConversationItem", &shown(answer), |rows| {
        let item = the!(rows, ItemAdded);
        assert_eq!(item.kind, ItemKind::McpApprovalResponse);
        let [
            Content::Approval {
                approval_id,
                approve,
                reason,
            },
        ] = item.content.as_slice()
        else {
            panic!("an answer holds a decision");
        };
        rows.is(
            "approval_request_id",
            approval_id.as_deref(),
            Some("item_8"),
        );
        rows.is("approve", *approve, Some(false));
        rows.is("reason", reason.as_deref(), Some("Not today."));
    });
    let request = r#"{"id":"item_10","type":"mcp_approval_request","server_label":"ferries","name":"book","arguments":"{\"seat\":4}"}"#;
    let done = format!(r#"{{"type":"conversation.item.done","item":{request}}}"#);
    table.schema("ConversationItem", &done, |rows| {
        let asked = the!(rows, ApprovalRequested);
        assert_eq!(the!(rows, ItemDone).kind, ItemKind::McpApprovalRequest);
        rows.is("id", &*asked.approval_id, "item_10");
        rows.is(
            "server_label",
            asked.server_label.as_deref(),
            Some("ferries"),
        );
        rows.is("name", asked.name.as_deref(), Some("book"));
        rows.is("arguments", &*asked.arguments, r#"{"seat":4}"#);
    });
}

fn beta_items(table: &mut Table) {
    let created = |item: &str| format!(r#"{{"type":"conversation.item.created","item":{item}}}"#);
    let message = r#"{"id":"item_11","object":"realtime.item","type":"message","status":"in_progress","role":"assistant","content":[{"type":"text","text":"Tea?","id":"part_1"},{"type":"audio","transcript":"Or coffee?","audio":"AAAB"}]}"#;
    let name = "Beta.ConversationItem";
    table.schema(name, &created(message), |rows| {
        let item = the!(rows, ItemAdded);
        rows.is("id", item.ids.item_id.as_deref(), Some("item_11"));
        rows.is("type", &item.kind, &ItemKind::Message);
        rows.is("role", &item.role, &Some(Role::Assistant));
        rows.is("status", &item.status, &Some(Status::InProgress));
        rows.raw("object", &item.raw, r#""object":"realtime.item""#);
        rows.is("content", item.content.len(), 2);
        rows.raw("content[].id", &item.raw, r#""id":"part_1""#);
        let [
            Content::Text { text },
            Content::Audio {
                transcript, audio, ..
            },
        ] = item.content.as_slice()
        else {
            panic!("a text and audio: {:?}", item.content);
        };
        rows.is("content[].type", transcript.is_some(), true);
        rows.is("content[].text", &**text, "Tea?");
        rows.is(
            "content[].transcript",
            transcript.as_deref(),
            Some("Or coffee?"),
        );
        rows.is("content[].audio", audio.as_deref(), Some("AAAB"));
    });
    let call = r#"{"id":"item_12","type":"function_call","status":"in_progress","call_id":"call_2","name":"brew","arguments":"{}"}"#;
    table.schema(name, &created(call), |rows| {
        let item = the!(rows, ItemAdded);
        rows.is("call_id", item.call_id.as_deref(), Some("call_2"));
        rows.is("name", item.name.as_deref(), Some("brew"));
        let [Content::Arguments { text, .. }] = item.content.as_slice() else {
            panic!("a call holds its arguments");
        };
        rows.is("arguments", &**text, "{}");
    });
    let output =
        r#"{"id":"item_13","type":"function_call_output","call_id":"call_2","output":"done"}"#;
    table.schema(name, &created(output), |rows| {
        let item = the!(rows, ItemAdded);
        let [Content::Output { text }] = item.content.as_slice() else {
            panic!("an output holds its text");
        };
        rows.is("output", &**text, "done");
    });
}
