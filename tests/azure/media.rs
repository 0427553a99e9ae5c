//! Events that only Voice Live has: what goes with the audio, the avatar, searches and agents.

use crate::{
    Rows, Table,
    family::{in_item, of_part, only_in_frame, placed},
    the,
};
use core::time::Duration;
use realtime_proto::{AgentEvent, RemotePhase, Severity, Source, SuppressedReason, Timed};

pub(crate) fn rows(table: &mut Table) {
    table.given(&[
        r#"{"type":"session.created","session":{"id":"sess_1"}}"#,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
    ]);
    moments(table);
    ends(table);
    video(table);
    searches(table);
    avatar(table);
    call(table);
    agent(table);
}

pub(crate) fn found() -> RemotePhase<'static> {
    RemotePhase::Result {
        output: "".into(),
        is_error: false,
        partial: false,
    }
}

fn moment(table: &mut Table, name: &str, own: &str, check: impl Fn(&mut Rows<'_>, &Timed<'_>)) {
    table.event(&[name], &of_part(name, own), |rows| {
        let timed = the!(rows, Timed);
        assert_eq!((&*timed.kind, &*timed.raw), (name, &*rows.frame));
        placed(rows, &timed.ids);
        check(rows, &timed);
    });
}

fn moments(table: &mut Table) {
    let own = r#","audio_offset_ms":455,"viseme_id":20"#;
    moment(
        table,
        "response.animation_viseme.delta",
        own,
        |rows, timed| {
            rows.is(
                "audio_offset_ms",
                timed.at,
                Some(Duration::from_millis(455)),
            );
            rows.raw("viseme_id", &timed.raw, r#""viseme_id":20"#);
        },
    );
    let own = r#","frames":[[0.1,0.2],[0.3,0.4]],"frame_index":60"#;
    moment(
        table,
        "response.animation_blendshapes.delta",
        own,
        |rows, timed| {
            assert_eq!(timed.at, None);
            rows.raw("frames", &timed.raw, r#""frames":[[0.1,0.2],[0.3,0.4]]"#);
            rows.raw("frame_index", &timed.raw, r#""frame_index":60"#);
        },
    );
    let own =
        r#","audio_offset_ms":50,"audio_duration_ms":287,"text":"Good","timestamp_type":"word""#;
    moment(
        table,
        "response.audio_timestamp.delta",
        own,
        |rows, timed| {
            rows.is("audio_offset_ms", timed.at, Some(Duration::from_millis(50)));
            rows.raw(
                "audio_duration_ms",
                &timed.raw,
                r#""audio_duration_ms":287"#,
            );
            rows.raw("text", &timed.raw, r#""text":"Good""#);
            rows.raw("timestamp_type", &timed.raw, r#""timestamp_type":"word""#);
        },
    );
    let own = r#","annotation_index":1,"annotation":{"type":"url_citation","url":"https://tides.example"}"#;
    moment(
        table,
        "response.audio_transcript.annotation.added",
        own,
        |rows, timed| {
            rows.raw("annotation_index", &timed.raw, r#""annotation_index":1"#);
            rows.raw(
                "annotation",
                &timed.raw,
                r#""annotation":{"type":"url_citation""#,
            );
        },
    );
}

fn ends(table: &mut Table) {
    for name in [
        "response.animation_viseme.done",
        "response.animation_blendshapes.done",
        "response.audio_timestamp.done",
    ] {
        table.event(&[name], &of_part(name, ""), |rows| {
            assert_eq!(the!(rows, Suppressed).reason, SuppressedReason::Redundant);
            only_in_frame(rows);
            if name != "response.animation_blendshapes.done" {
                rows.in_frame("content_index", r#""content_index":2"#);
            }
        });
    }
}

fn video(table: &mut Table) {
    let name = "response.video.delta";
    let frame = format!(
        r#"{{"type":"{name}","event_id":"event_1","output_index":3,"codec":"h264","delta":"AAECAw=="}}"#
    );
    table.event(&[name], &frame, |rows| {
        let video = the!(rows, VideoDelta);
        rows.event_id("event_1");
        rows.is("output_index", video.ids.output_index, Some(3));
        rows.is("codec", &*video.mime, "h264");
        let mut bytes = Vec::new();
        video.decode_into(&mut bytes).unwrap();
        rows.is("delta", bytes, [0, 1, 2, 3]);
    });
}

fn searches(table: &mut Table) {
    for (kind, tool) in [
        ("web_search_call", "web_search"),
        ("file_search_call", "file_search"),
    ] {
        for (what, phase) in [
            ("in_progress", RemotePhase::Running),
            ("searching", RemotePhase::Running),
            ("completed", found()),
        ] {
            let name = format!("response.{kind}.{what}");
            let frame = of_part(&name, r#","sequence_number":4"#);
            table.event(&[&name], &frame, |rows| {
                let remote = the!(rows, RemoteTool);
                assert_eq!(remote.phase, phase);
                assert_eq!(remote.name.as_deref(), Some(tool));
                assert_eq!(remote.call_id.as_deref(), Some("item_1"));
                in_item(rows, &remote.ids);
                rows.in_frame("sequence_number", r#""sequence_number":4"#);
            });
        }
    }
}

fn avatar(table: &mut Table) {
    for (name, code, field, value) in [
        (
            "session.avatar.connecting",
            "avatar_connecting",
            "server_sdp",
            "v=0",
        ),
        (
            "session.avatar.switch_to_speaking",
            "avatar_speaking",
            "turn_id",
            "turn_1",
        ),
        (
            "session.avatar.switch_to_idle",
            "avatar_idle",
            "turn_id",
            "turn_1",
        ),
        (
            "rtc.call.sdp.created",
            "rtc_call_created",
            "sdp_answer",
            "v=0",
        ),
    ] {
        let frame = format!(
            r#"{{"type":"{name}","event_id":"event_1","rtc_call_id":"rtc_1","{field}":"{value}"}}"#
        );
        table.event(&[name], &frame, |rows| {
            let notice = the!(rows, Notice);
            assert_eq!(
                (notice.severity, notice.source),
                (Severity::Info, Source::Server)
            );
            assert_eq!(notice.code.as_deref(), Some(code));
            rows.event_id("event_1");
            rows.is(field, &*notice.message, value);
            if name == "rtc.call.sdp.created" {
                rows.raw("rtc_call_id", &notice.raw, r#""rtc_call_id":"rtc_1""#);
            }
        });
    }
}

fn call(table: &mut Table) {
    let frame = r#"{"type":"rtc.call.error","event_id":"event_1","error":{"type":"invalid_request_error","code":"invalid_sdp","message":"No media."},"operation":"create","rtc_call_id":"rtc_1"}"#;
    table.event(&["rtc.call.error"], frame, |rows| {
        let error = the!(rows, Error);
        rows.event_id("event_1");
        rows.is("error", &*error.raw, frame);
        rows.raw("operation", &error.raw, r#""operation":"create""#);
        rows.raw("rtc_call_id", &error.raw, r#""rtc_call_id":"rtc_1""#);
    });
    table.schema("VoiceLive.RtcCallErrorDetails", frame, |rows| {
        let error = the!(rows, Error);
        rows.is("type", error.kind.as_deref(), Some("invalid_request_error"));
        rows.is("code", error.code.as_deref(), Some("invalid_sdp"));
        rows.is("message", error.message.as_deref(), Some("No media."));
    });
}

fn agent(table: &mut Table) {
    let name = "response.invocation.delta";
    let frame =
        format!(r#"{{"type":"{name}","event_id":"event_1","delta":{{"step":"look","n":2}}}}"#);
    table.event(&[name], &frame, |rows| {
        let agent = the!(rows, Agent);
        let AgentEvent::Other { kind, raw } = &*agent else {
            panic!("it has no words of its own");
        };
        assert_eq!(kind.as_deref(), Some(name));
        rows.event_id("event_1");
        rows.raw("delta", raw, r#""delta":{"step":"look","n":2}"#);
    });
}
