//! Errors and rate limits.

use crate::{Table, the};
use core::time::Duration;

pub(crate) fn rows(table: &mut Table) {
    errors(table);
    rate_limits(table);
}

fn errors(table: &mut Table) {
    let frame = r#"{"type":"error","event_id":"event_1","error":{"type":"invalid_request_error","code":"invalid_value","message":"No such voice.","param":"session.voice","event_id":"rp-4"}}"#;
    table.event(&["error"], frame, |rows| {
        let error = the!(rows, Error);
        rows.event_id("event_1");
        rows.is("error", &*error.raw, frame);
    });
    table.schema("RealtimeError", frame, |rows| {
        let error = the!(rows, Error);
        rows.is("type", error.kind.as_deref(), Some("invalid_request_error"));
        rows.is("code", error.code.as_deref(), Some("invalid_value"));
        rows.is("message", error.message.as_deref(), Some("No such voice."));
        rows.is("param", error.param.as_deref(), Some("session.voice"));
        rows.is("event_id", error.client_event_id.as_deref(), Some("rp-4"));
    });
}

fn rate_limits(table: &mut Table) {
    table.event(
        &["rate_limits.updated"],
        r#"{"type":"rate_limits.updated","event_id":"event_2","rate_limits":[{"name":"requests","limit":1000,"remaining":999,"reset_seconds":60},{"name":"tokens","limit":5000000000,"remaining":4999999747,"reset_seconds":0.379}]}"#,
        |rows| {
            let limits = the!(rows, RateLimits).limits;
            rows.event_id("event_2");
            rows.is("rate_limits", limits.len(), 2);
            rows.is("rate_limits[].name", &*limits[1].name, "tokens");
            rows.is("rate_limits[].limit", limits[1].limit, Some(5_000_000_000));
            rows.is(
                "rate_limits[].remaining",
                limits[1].remaining,
                Some(4_999_999_747),
            );
            rows.is(
                "rate_limits[].reset_seconds",
                limits[1].reset,
                Some(Duration::from_millis(379)),
            );
        },
    );
}
