//! What events carry: items, parts, responses, usage, errors and details of transcripts.

use crate::{Rows, Table, the};
use realtime_proto::{Completion, Content, Item, ItemKind, Outcome, Role, Status, Usage};

pub(crate) fn rows(table: &mut Table) {
    searches(table);
    calls(table);
    approvals(table);
    messages(table);
    responses(table);
    usage(table);
    failures(table);
    details(table);
}

const ITEM: &str = "VoiceLive.ResponseItem";

fn item(table: &mut Table, members: &str, check: impl Fn(&mut Rows<'_>, &Item<'_>)) {
    let frame = format!(
        r#"{{"type":"conversation.item.created","item":{{"id":"item_1","object":"realtime.item",{members}}}}}"#
    );
    table.schema(ITEM, &frame, |rows| {
        let item = the!(rows, ItemAdded);
        check(rows, &item);
    });
}

fn searches(table: &mut Table) {
    let members = r#""type":"file_search_call","status":"searching","queries":["tides"],"results":[{"attributes":{"year":2026},"file_id":"file_1","filename":"tides.pdf","score":0.75,"text":"High at 7."}]"#;
    item(table, members, |rows, item| {
        rows.is("id", item.ids.item_id.as_deref(), Some("item_1"));
        rows.raw("object", &item.raw, r#""object":"realtime.item""#);
        rows.is(
            "type",
            &item.kind,
            &ItemKind::Other("file_search_call".into()),
        );
        rows.is(
            "status",
            item.status.as_ref(),
            Some(&Status::Other("searching".into())),
        );
        for (field, held) in [
            ("queries", r#""queries":["tides"]"#),
            ("results", r#""results":[{"#),
            ("results[].attributes", r#""attributes":{"year":2026}"#),
            ("results[].file_id", r#""file_id":"file_1""#),
            ("results[].filename", r#""filename":"tides.pdf""#),
            ("results[].score", r#""score":0.75"#),
            ("results[].text", r#""text":"High at 7.""#),
        ] {
            rows.raw(field, &item.raw, held);
        }
    });
}

fn calls(table: &mut Table) {
    let members = r#""type":"function_call","status":"completed","name":"get_tide","call_id":"call_1","arguments":"{}""#;
    item(table, members, |rows, item| {
        rows.is("name", item.name.as_deref(), Some("get_tide"));
        rows.is("call_id", item.call_id.as_deref(), Some("call_1"));
        let Content::Arguments { text, .. } = &item.content[0] else {
            panic!("arguments");
        };
        rows.is("arguments", &**text, "{}");
    });
    let members = r#""type":"mcp_call","name":"next","server_label":"ferries","arguments":"{}","output":"At 9.","error":{"code":1}"#;
    item(table, members, |rows, item| {
        let [_, output, fault, server] = &item.content[..] else {
            panic!("{:?}", item.content);
        };
        let text = "At 9.".into();
        rows.is("output", output, &Content::Output { text });
        let raw = r#"{"code":1}"#.into();
        rows.is("error", fault, &Content::Fault { raw });
        let label = "ferries".into();
        rows.is("server_label", server, &Content::Server { label });
    });
    let tools = r#"[{"name":"next","description":"The next one.","input_schema":{"type":"object"},"annotations":{"readOnly":true}}]"#;
    let members = format!(r#""type":"mcp_list_tools","server_label":"ferries","tools":{tools}"#);
    item(table, &members, |rows, item| {
        let Content::Tools { raw } = &item.content[0] else {
            panic!("{:?}", item.content);
        };
        rows.is("tools", &**raw, tools);
        for (field, held) in [
            ("tools[].name", r#""name":"next""#),
            ("tools[].description", r#""description":"The next one.""#),
            (
                "tools[].input_schema",
                r#""input_schema":{"type":"object"}"#,
            ),
            ("tools[].annotations", r#""annotations":{"readOnly":true}"#),
        ] {
            rows.raw(field, raw, held);
        }
    });
}

fn approvals(table: &mut Table) {
    let members = r#""type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true,"reason":"Go on.""#;
    item(table, members, |rows, item| {
        let Content::Approval {
            approval_id,
            approve,
            reason,
        } = &item.content[0]
        else {
            panic!("{:?}", item.content);
        };
        rows.is(
            "approval_request_id",
            approval_id.as_deref(),
            Some("mcpr_1"),
        );
        rows.is("approve", *approve, Some(true));
        rows.is("reason", reason.as_deref(), Some("Go on."));
    });
}

/// The parts of messages, whole and while they stream.
fn messages(table: &mut Table) {
    let part = "VoiceLive.ContentPart";
    let parts = r#"{"type":"input_image","image_url":"data:,","detail":"low"},{"type":"text","text":"Hi."},{"type":"audio","audio":"AAAB","transcript":"Ho."}"#;
    let members = format!(r#""type":"message","role":"assistant","content":[{parts}]"#);
    item(table, &members, |rows, item| {
        rows.is("role", item.role.as_ref(), Some(&Role::Assistant));
        rows.is("content", item.content.len(), 3);
    });
    let frame =
        format!(r#"{{"type":"conversation.item.created","item":{{"id":"item_1",{members}}}}}"#);
    table.schema(part, &frame, |rows| {
        let item = the!(rows, ItemAdded);
        let Content::Image { url, detail } = &item.content[0] else {
            panic!("an image");
        };
        rows.is("image_url", url.as_deref(), Some("data:,"));
        rows.is("detail", detail.as_deref(), Some("low"));
        let text = "Hi.".into();
        rows.is("text", &item.content[1], &Content::Text { text });
        let Content::Audio {
            transcript, audio, ..
        } = &item.content[2]
        else {
            panic!("audio");
        };
        rows.is("type", item.content.len(), 3);
        rows.is("audio", audio.as_deref(), Some("AAAB"));
        rows.is("transcript", transcript.as_deref(), Some("Ho."));
    });
}

const RESPONSE: &str = "VoiceLive.Response";

fn responses(table: &mut Table) {
    let frame = r#"{"type":"response.done","response":{"id":"resp_1","object":"realtime.response","status":"incomplete","status_details":{"type":"incomplete","reason":"max_output_tokens"},"output":[{"id":"item_1","type":"message","role":"assistant","content":[]}],"usage":{"total_tokens":9},"conversation_id":"conv_1","voice":{"type":"openai","name":"alloy"},"modalities":["text","audio"],"output_audio_format":"pcm16","temperature":0.7,"max_output_tokens":20,"metadata":{"desk":"north"}}}"#;
    table.schema(RESPONSE, frame, |rows| {
        let finished = the!(rows, ResponseFinished);
        rows.is("id", finished.ids.response_id.as_deref(), Some("resp_1"));
        let is_incomplete = matches!(finished.outcome, Outcome::Incomplete(_));
        rows.is("status", is_incomplete, true);
        rows.is("status_details", is_incomplete, true);
        let reason = realtime_proto::Incompletion::MaxTokens;
        rows.is(
            "status_details.reason",
            &finished.outcome,
            &Outcome::Incomplete(reason),
        );
        let item = the!(rows, ItemDone);
        rows.is("output", item.ids.item_id.as_deref(), Some("item_1"));
        rows.is(
            "usage",
            finished.usage.as_ref().map(|usage| usage.total_tokens),
            Some(9),
        );
        rows.is(
            "metadata",
            &finished.metadata[..],
            [("desk".into(), "north".into())],
        );
        let raw = finished.raw.as_deref().unwrap();
        for (field, held) in [
            ("object", r#""object":"realtime.response""#),
            ("status_details.type", r#""type":"incomplete""#),
            ("conversation_id", r#""conversation_id":"conv_1""#),
            ("voice", r#""voice":{"#),
            ("voice.type", r#""type":"openai""#),
            ("voice.name", r#""name":"alloy""#),
            ("modalities", r#""modalities":["text","audio"]"#),
            ("output_audio_format", r#""output_audio_format":"pcm16""#),
            ("temperature", r#""temperature":0.7"#),
            ("max_output_tokens", r#""max_output_tokens":20"#),
        ] {
            rows.raw(field, raw, held);
        }
    });
    let frame = r#"{"type":"response.done","response":{"id":"resp_1","status":"failed","status_details":{"type":"failed","error":{"code":"server_busy","message":"Later."}}}}"#;
    table.schema(RESPONSE, frame, |rows| {
        let finished = the!(rows, ResponseFinished);
        let Outcome::Failed(fault) = &finished.outcome else {
            panic!("{:?}", finished.outcome);
        };
        rows.is(
            "status_details.error",
            fault.code.as_deref(),
            Some("server_busy"),
        );
    });
}

fn usage(table: &mut Table) {
    let frame = r#"{"type":"response.done","response":{"id":"resp_1","status":"completed","usage":{"total_tokens":90,"input_tokens":60,"output_tokens":30,"input_token_details":{"cached_tokens":32,"text_tokens":20,"audio_tokens":30,"image_tokens":10,"cached_tokens_details":{"text_tokens":16,"audio_tokens":12,"image_tokens":4}},"output_token_details":{"text_tokens":5,"audio_tokens":18,"reasoning_tokens":7}}}}"#;
    table.schema("VoiceLive.TokenUsage", frame, |rows| {
        let finished = the!(rows, ResponseFinished);
        assert_eq!(finished.outcome, Outcome::Completed(Completion::EndTurn));
        let Usage {
            input,
            output,
            cached,
            total_tokens,
            ..
        } = finished.usage.clone().unwrap();
        let details = "input_token_details";
        let split = format!("{details}.cached_tokens_details");
        rows.is("total_tokens", total_tokens, 90);
        rows.is("input_tokens", input.total, 60);
        rows.is("output_tokens", output.total, 30);
        rows.is(
            details,
            (input.text, input.audio, input.image),
            (20, 30, 10),
        );
        rows.is(&format!("{details}.cached_tokens"), cached.total, 32);
        rows.is(&format!("{details}.text_tokens"), input.text, 20);
        rows.is(&format!("{details}.audio_tokens"), input.audio, 30);
        rows.is(&format!("{details}.image_tokens"), input.image, 10);
        rows.is(
            &split,
            (cached.text, cached.audio, cached.image),
            (16, 12, 4),
        );
        rows.is(&format!("{split}.text_tokens"), cached.text, 16);
        rows.is(&format!("{split}.audio_tokens"), cached.audio, 12);
        rows.is(&format!("{split}.image_tokens"), cached.image, 4);
        let details = "output_token_details";
        rows.is(
            details,
            (output.text, output.audio, output.thought),
            (5, 18, 7),
        );
        rows.is(&format!("{details}.text_tokens"), output.text, 5);
        rows.is(&format!("{details}.audio_tokens"), output.audio, 18);
        rows.is(&format!("{details}.reasoning_tokens"), output.thought, 7);
    });
}

fn failures(table: &mut Table) {
    let error = r#"{"type":"invalid_request_error","code":"invalid_value","message":"No such voice.","param":"session.voice","event_id":"rp-4"}"#;
    let frame = format!(r#"{{"type":"error","event_id":"event_1","error":{error}}}"#);
    table.event(&["error"], &frame, |rows| {
        let told = the!(rows, Error);
        rows.event_id("event_1");
        rows.raw("error", &told.raw, error);
    });
    table.schema("VoiceLive.ServerEventErrorDetails", &frame, |rows| {
        let error = the!(rows, Error);
        rows.is("type", error.kind.as_deref(), Some("invalid_request_error"));
        rows.is("code", error.code.as_deref(), Some("invalid_value"));
        rows.is("message", error.message.as_deref(), Some("No such voice."));
        rows.is("param", error.param.as_deref(), Some("session.voice"));
        rows.is("event_id", error.client_event_id.as_deref(), Some("rp-4"));
    });
    let failed = "conversation.item.input_audio_transcription.failed";
    let frame =
        format!(r#"{{"type":"{failed}","item_id":"item_1","content_index":0,"error":{error}}}"#);
    table.schema("VoiceLive.VoiceLiveErrorDetails", &frame, |rows| {
        let transcript = the!(rows, InputTranscript);
        let realtime_proto::TranscriptUpdate::Failed {
            fault: Some(fault), ..
        } = transcript.update
        else {
            panic!("it failed");
        };
        rows.is("type", fault.kind.as_deref(), Some("invalid_request_error"));
        rows.is("code", fault.code.as_deref(), Some("invalid_value"));
        rows.is("message", fault.message.as_deref(), Some("No such voice."));
        rows.is("param", fault.param.as_deref(), Some("session.voice"));
        rows.in_frame("event_id", r#""event_id":"rp-4""#);
    });
    let frame = r#"{"type":"warning","event_id":"event_1","warning":{"message":"Style ignored.","code":"style","param":"voice.style"}}"#;
    table.event(&["warning"], frame, |rows| {
        let notice = the!(rows, Notice);
        assert_eq!(notice.severity, realtime_proto::Severity::Warning);
        rows.event_id("event_1");
        rows.raw("warning", &notice.raw, r#""warning":{"message""#);
    });
    table.schema("VoiceLive.ServerEventWarningDetails", frame, |rows| {
        let notice = the!(rows, Notice);
        rows.is("message", &*notice.message, "Style ignored.");
        rows.is("code", notice.code.as_deref(), Some("style"));
        rows.raw("param", &notice.raw, r#""param":"voice.style""#);
    });
}

fn details(table: &mut Table) {
    let frame = r#"{"type":"conversation.item.input_audio_transcription.completed","item_id":"item_1","content_index":0,"transcript":"Two.","logprobs":[{"token":"Two","logprob":-0.25,"bytes":[84]}],"phrases":[{"offset_milliseconds":40,"duration_milliseconds":600,"text":"Two.","words":[{"text":"Two","offset_milliseconds":41,"duration_milliseconds":500}],"locale":"en-US","confidence":0.9}]}"#;
    table.schema("VoiceLive.LogProbProperties", frame, |rows| {
        rows.in_frame("token", r#""token":"Two""#);
        rows.in_frame("logprob", r#""logprob":-0.25"#);
        rows.in_frame("bytes", r#""bytes":[84]"#);
    });
    table.schema("VoiceLive.TranscriptionPhrase", frame, |rows| {
        for (field, held) in [
            ("offset_milliseconds", r#""offset_milliseconds":40"#),
            ("duration_milliseconds", r#""duration_milliseconds":600"#),
            ("text", r#""text":"Two.""#),
            ("words", r#""words":[{"text""#),
            ("words[].text", r#""text":"Two""#),
            ("words[].offset_milliseconds", r#""offset_milliseconds":41"#),
            (
                "words[].duration_milliseconds",
                r#""duration_milliseconds":500"#,
            ),
            ("locale", r#""locale":"en-US""#),
            ("confidence", r#""confidence":0.9"#),
        ] {
            rows.in_frame(field, held);
        }
    });
}
