//! Responses: their start, their end, what they cost.

use crate::{Rows, Table, the};
use realtime_proto::{
    By, Completion, ConversationRef, Incompletion, ItemKind, Outcome, ResponseFinished,
};

pub(crate) fn rows(table: &mut Table) {
    lifecycle(table);
    ends(table);
    echoes(table);
    usage(table);
    beta(table);
}

fn lifecycle(table: &mut Table) {
    table.event(
        &["response.created"],
        r#"{"type":"response.created","event_id":"event_1","response":{"id":"resp_1","status":"in_progress","conversation_id":"conv_1","metadata":{"kind":"greeting"}}}"#,
        |rows| {
            let started = the!(rows, ResponseStarted);
            assert_eq!(started.metadata, [("kind".into(), "greeting".into())]);
            rows.event_id("event_1");
            rows.is("response", started.ids.response_id.as_deref(), Some("resp_1"));
        },
    );
    table.event(
        &["response.done"],
        &done(r#""id":"resp_1","status":"completed""#),
        |rows| {
            let finished = the!(rows, ResponseFinished);
            rows.event_id("event_2");
            rows.is(
                "response",
                finished.ids.response_id.as_deref(),
                Some("resp_1"),
            );
        },
    );
}

/// The end of a response with these members.
fn done(members: &str) -> String {
    format!(r#"{{"type":"response.done","event_id":"event_2","response":{{{members}}}}}"#)
}

fn ends(table: &mut Table) {
    let completed = r#""id":"resp_1","status":"completed","output":[{"id":"item_1","type":"message","role":"assistant","content":[]}]"#;
    table.schema("RealtimeResponse", &done(completed), |rows| {
        let finished = the!(rows, ResponseFinished);
        let item = the!(rows, ItemDone);
        rows.is("id", finished.ids.response_id.as_deref(), Some("resp_1"));
        rows.is(
            "status",
            &finished.outcome,
            &Outcome::Completed(Completion::EndTurn),
        );
        rows.is("output", &item.kind, &ItemKind::Message);
    });
    cancelled(table, "RealtimeResponse");
    failed(table, "RealtimeResponse");
    let incomplete = r#""id":"resp_1","status":"incomplete","status_details":{"type":"incomplete","reason":"content_filter"}"#;
    table.schema("RealtimeResponse", &done(incomplete), |rows| {
        let outcome = Outcome::Incomplete(Incompletion::ContentFilter);
        rows.is(
            "status",
            the!(rows, ResponseFinished).outcome,
            outcome.clone(),
        );
        rows.is(
            "status_details",
            the!(rows, ResponseFinished).outcome,
            outcome,
        );
    });
}

fn cancelled(table: &mut Table, schema: &str) {
    let cancelled = r#""id":"resp_1","status":"cancelled","status_details":{"type":"cancelled","reason":"turn_detected"}"#;
    table.schema(schema, &done(cancelled), |rows| {
        let finished = the!(rows, ResponseFinished);
        let outcome = &Outcome::Cancelled(By::UserSpeech);
        rows.is("status", &finished.outcome, outcome);
        rows.is("status_details", &finished.outcome, outcome);
        rows.is("status_details.reason", &finished.outcome, outcome);
        let raw = finished.raw.as_deref().unwrap();
        rows.raw("status_details.type", raw, r#""type":"cancelled""#);
    });
}

fn failed(table: &mut Table, schema: &str) {
    let failed = r#""id":"resp_1","status":"failed","status_details":{"type":"failed","error":{"type":"server_error","code":"inference_rate_limit_exceeded","message":"Too many."}}"#;
    table.schema(schema, &done(failed), |rows| {
        let Outcome::Failed(fault) = the!(rows, ResponseFinished).outcome else {
            panic!("it failed");
        };
        rows.is("status_details.error", fault.param.is_none(), true);
        rows.is(
            "status_details.error.type",
            fault.kind.as_deref(),
            Some("server_error"),
        );
        rows.is(
            "status_details.error.code",
            fault.code.as_deref(),
            Some("inference_rate_limit_exceeded"),
        );
        rows.is(
            "status_details.error.message",
            fault.message.as_deref(),
            Some("Too many."),
        );
    });
}

/// What a response repeats of its request.
fn echoes(table: &mut Table) {
    let echo = r#""id":"resp_1","object":"realtime.response","status":"completed","conversation_id":"conv_1","metadata":{"kind":"greeting","turn":"3"},"max_output_tokens":4096,"output_modalities":["audio"],"audio":{"output":{"format":{"type":"audio/pcm","rate":24000},"voice":"marin"}}"#;
    table.schema("RealtimeResponse", &done(echo), |rows| {
        let finished = the!(rows, ResponseFinished);
        let raw = finished.raw.as_deref().unwrap();
        metadata(rows, &finished);
        rows.raw("object", raw, r#""object":"realtime.response""#);
        rows.raw("max_output_tokens", raw, r#""max_output_tokens":4096"#);
        rows.raw("output_modalities", raw, r#""output_modalities":["audio"]"#);
        rows.raw("audio", raw, r#""audio":{"output":{"#);
        rows.raw("audio.output", raw, r#""output":{"format":{"#);
        rows.raw(
            "audio.output.format",
            raw,
            r#""format":{"type":"audio/pcm""#,
        );
        rows.raw("audio.output.format.type", raw, r#""type":"audio/pcm""#);
        rows.raw("audio.output.format.rate", raw, r#""rate":24000"#);
        rows.raw("audio.output.voice", raw, r#""voice":"marin""#);
    });
    conversation(table, "RealtimeResponse");
}

fn metadata(rows: &mut Rows<'_>, finished: &ResponseFinished<'_>) {
    let pairs: Vec<(&str, &str)> = finished
        .metadata
        .iter()
        .map(|(key, value)| (&**key, &**value))
        .collect();
    rows.is("metadata", pairs, [("kind", "greeting"), ("turn", "3")]);
}

/// A conversation has a name where it is not the default one.
fn conversation(table: &mut Table, schema: &str) {
    table.given(&[r#"{"type":"conversation.created","conversation":{"id":"conv_0"}}"#]);
    let created =
        r#"{"type":"response.created","response":{"id":"resp_1","conversation_id":"conv_1"}}"#;
    table.schema(schema, created, |rows| {
        let ConversationRef::Id(id) = the!(rows, ResponseStarted).conversation else {
            panic!("it is named");
        };
        rows.is("conversation_id", &*id, "conv_1");
    });
    for (member, conversation) in [
        (r#","conversation_id":null"#, ConversationRef::OutOfBand),
        (r#","conversation_id":"conv_0""#, ConversationRef::Default),
        ("", ConversationRef::Default),
    ] {
        let created =
            format!(r#"{{"type":"response.created","response":{{"id":"resp_1"{member}}}}}"#);
        table.schema(schema, &created, |rows| {
            let told = the!(rows, ResponseStarted).conversation;
            rows.is("conversation_id", told, conversation.clone());
        });
    }
    table.given(&[]);
}

fn usage(table: &mut Table) {
    let cost = r#""id":"resp_1","status":"completed","usage":{"total_tokens":300,"input_tokens":220,"output_tokens":80,"input_token_details":{"text_tokens":119,"audio_tokens":90,"image_tokens":11,"cached_tokens":64,"cached_tokens_details":{"text_tokens":50,"audio_tokens":10,"image_tokens":4}},"output_token_details":{"text_tokens":23,"audio_tokens":57}}"#;
    let schema = "RealtimeResponse";
    table.schema(schema, &done(cost), |rows| {
        let usage = the!(rows, ResponseFinished).usage.unwrap();
        rows.is("usage", rows.session.usage(), &usage);
        rows.is("usage.total_tokens", usage.total_tokens, 300);
        rows.is("usage.input_tokens", usage.input.total, 220);
        let input = "usage.input_token_details";
        rows.is(input, usage.uncached().total, 156);
        rows.is(&format!("{input}.text_tokens"), usage.input.text, 119);
        rows.is(&format!("{input}.audio_tokens"), usage.input.audio, 90);
        rows.is(&format!("{input}.image_tokens"), usage.input.image, 11);
        rows.is(&format!("{input}.cached_tokens"), usage.cached.total, 64);
        let cached = "usage.input_token_details.cached_tokens_details";
        rows.is(cached, usage.uncached().text, 69);
        rows.is(&format!("{cached}.text_tokens"), usage.cached.text, 50);
        rows.is(&format!("{cached}.audio_tokens"), usage.cached.audio, 10);
        rows.is(&format!("{cached}.image_tokens"), usage.cached.image, 4);
        rows.is("usage.output_tokens", usage.output.total, 80);
        let output = "usage.output_token_details";
        rows.is(output, usage.output.thought, 0);
        rows.is(&format!("{output}.text_tokens"), usage.output.text, 23);
        rows.is(&format!("{output}.audio_tokens"), usage.output.audio, 57);
    });
}

fn beta(table: &mut Table) {
    let schema = "Beta.RealtimeResponse";
    let echo = r#""id":"resp_1","object":"realtime.response","status":"completed","metadata":{"kind":"greeting","turn":"3"},"max_output_tokens":"inf","modalities":["text","audio"],"output_audio_format":"pcm16","temperature":0.8,"voice":"echo","output":[{"id":"item_1","type":"message","role":"assistant","content":[]}]"#;
    table.schema(schema, &done(echo), |rows| {
        let finished = the!(rows, ResponseFinished);
        let raw = finished.raw.as_deref().unwrap();
        metadata(rows, &finished);
        rows.is("id", finished.ids.response_id.as_deref(), Some("resp_1"));
        rows.is("output", &the!(rows, ItemDone).kind, &ItemKind::Message);
        rows.raw("object", raw, r#""object":"realtime.response""#);
        rows.raw("max_output_tokens", raw, r#""max_output_tokens":"inf""#);
        rows.raw("modalities", raw, r#""modalities":["text","audio"]"#);
        rows.raw(
            "output_audio_format",
            raw,
            r#""output_audio_format":"pcm16""#,
        );
        rows.raw("temperature", raw, r#""temperature":0.8"#);
        rows.raw("voice", raw, r#""voice":"echo""#);
    });
    conversation(table, schema);
    cancelled(table, schema);
    failed(table, schema);
    let cost = r#""id":"resp_1","status":"completed","usage":{"total_tokens":30,"input_tokens":22,"output_tokens":8,"input_token_details":{"text_tokens":12,"audio_tokens":10,"cached_tokens":6},"output_token_details":{"text_tokens":3,"audio_tokens":5}}"#;
    table.schema(schema, &done(cost), |rows| {
        let usage = the!(rows, ResponseFinished).usage.unwrap();
        rows.is("usage", rows.session.usage(), &usage);
        rows.is("usage.total_tokens", usage.total_tokens, 30);
        rows.is("usage.input_tokens", usage.input.total, 22);
        rows.is("usage.input_token_details", usage.uncached().total, 16);
        rows.is(
            "usage.input_token_details.text_tokens",
            usage.input.text,
            12,
        );
        rows.is(
            "usage.input_token_details.audio_tokens",
            usage.input.audio,
            10,
        );
        rows.is(
            "usage.input_token_details.cached_tokens",
            usage.cached.total,
            6,
        );
        rows.is("usage.output_tokens", usage.output.total, 8);
        rows.is("usage.output_token_details", usage.output.image, 0);
        rows.is(
            "usage.output_token_details.text_tokens",
            usage.output.text,
            3,
        );
        rows.is(
            "usage.output_token_details.audio_tokens",
            usage.output.audio,
            5,
        );
    });
}
