//! Events that Voice Live has of the family, by the names of the beta.

use crate::{Rows, Table, the};
use core::time::Duration;
use realtime_proto::{
    Ids, InputNotice, Item, Lane, PlaybackState, Previous, RemotePhase, SuppressedReason,
    TranscriptUpdate,
};

pub(crate) fn rows(table: &mut Table) {
    speech(table);
    transcripts(table);
    playback(table);
    items(table);
    table.given(&[
        r#"{"type":"session.created","session":{"id":"sess_1"}}"#,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
    ]);
    responses(table);
    parts(table);
    texts(table);
    audio(table);
    calls(table);
    remote_calls(table);
    listings(table);
}

/// A message about a part, with the fields that are its own.
pub(crate) fn of_part(name: &str, own: &str) -> String {
    format!(
        r#"{{"type":"{name}","event_id":"event_1","response_id":"resp_1","item_id":"item_1","output_index":3,"content_index":2{own}}}"#
    )
}

/// The fields that all messages about a part have, on the typed event.
pub(crate) fn placed(rows: &mut Rows<'_>, ids: &Ids<'_>) {
    in_item(rows, ids);
    rows.is("content_index", ids.content_index, Some(2));
}

/// The fields that all messages about an item of a response have.
pub(crate) fn in_item(rows: &mut Rows<'_>, ids: &Ids<'_>) {
    rows.event_id("event_1");
    rows.is("response_id", ids.response_id.as_deref(), Some("resp_1"));
    rows.is("item_id", ids.item_id.as_deref(), Some("item_1"));
    rows.is("output_index", ids.output_index, Some(3));
}

/// The same, where nothing but the frame has them.
pub(crate) fn only_in_frame(rows: &mut Rows<'_>) {
    rows.event_id("event_1");
    rows.in_frame("response_id", r#""response_id":"resp_1""#);
    rows.in_frame("item_id", r#""item_id":"item_1""#);
    rows.in_frame("output_index", r#""output_index":3"#);
}

fn speech(table: &mut Table) {
    table.event(
        &["input_audio_buffer.speech_started"],
        r#"{"type":"input_audio_buffer.speech_started","event_id":"event_1","audio_start_ms":420,"item_id":"item_1"}"#,
        |rows| {
            let speech = the!(rows, SpeechStarted);
            rows.event_id("event_1");
            rows.is("audio_start_ms", speech.at, Some(Duration::from_millis(420)));
            rows.is("item_id", speech.item_id.as_deref(), Some("item_1"));
        },
    );
    table.event(
        &["input_audio_buffer.speech_stopped"],
        r#"{"type":"input_audio_buffer.speech_stopped","event_id":"event_1","audio_end_ms":1900,"item_id":"item_1"}"#,
        |rows| {
            let speech = the!(rows, SpeechStopped);
            rows.event_id("event_1");
            rows.is("audio_end_ms", speech.at, Some(Duration::from_millis(1900)));
            rows.is("item_id", speech.item_id.as_deref(), Some("item_1"));
        },
    );
    table.event(
        &["input_audio_buffer.committed"],
        r#"{"type":"input_audio_buffer.committed","event_id":"event_1","previous_item_id":"item_0","item_id":"item_1"}"#,
        |rows| {
            let turn = the!(rows, UserTurnCommitted);
            rows.event_id("event_1");
            rows.is("item_id", turn.item_id.as_deref(), Some("item_1"));
            rows.is("previous_item_id", after(&turn.previous), Some("item_0"));
        },
    );
    table.event(
        &["input_audio_buffer.cleared"],
        r#"{"type":"input_audio_buffer.cleared","event_id":"event_1"}"#,
        |rows| {
            assert_eq!(the!(rows, Input), InputNotice::Cleared);
            rows.event_id("event_1");
        },
    );
}

pub(crate) fn after<'p>(previous: &'p Previous<'_>) -> Option<&'p str> {
    match previous {
        Previous::After(id) => Some(id),
        _ => None,
    }
}

fn transcripts(table: &mut Table) {
    let name = "conversation.item.input_audio_transcription.delta";
    let frame = format!(
        r#"{{"type":"{name}","event_id":"event_1","item_id":"item_1","content_index":2,"delta":"Two ","logprobs":[{{"token":"Two","logprob":-0.25,"bytes":[84]}}]}}"#
    );
    table.event(&[name], &frame, |rows| {
        let transcript = the!(rows, InputTranscript);
        let TranscriptUpdate::Delta { text } = &transcript.update else {
            panic!("a delta is one");
        };
        rows.event_id("event_1");
        rows.is("item_id", transcript.item_id.as_deref(), Some("item_1"));
        rows.is("content_index", transcript.content_index, 2);
        rows.is("delta", &**text, "Two ");
        rows.in_frame("logprobs", r#""logprobs":[{"#);
    });
    let name = "conversation.item.input_audio_transcription.completed";
    let frame = format!(
        r#"{{"type":"{name}","event_id":"event_1","item_id":"item_1","content_index":2,"transcript":"Two tickets.","logprobs":[],"phrases":[{{"text":"Two tickets."}}]}}"#
    );
    table.event(&[name], &frame, |rows| {
        let transcript = the!(rows, InputTranscript);
        let TranscriptUpdate::Final { text, .. } = &transcript.update else {
            panic!("a completed transcript is final");
        };
        rows.event_id("event_1");
        rows.is("item_id", transcript.item_id.as_deref(), Some("item_1"));
        rows.is("content_index", transcript.content_index, 2);
        rows.is("transcript", &**text, "Two tickets.");
        rows.in_frame("logprobs", r#""logprobs":[]"#);
        rows.in_frame("phrases", r#""phrases":[{"#);
    });
    let name = "conversation.item.input_audio_transcription.failed";
    let frame = format!(
        r#"{{"type":"{name}","event_id":"event_1","item_id":"item_1","content_index":2,"error":{{"message":"Nothing to hear."}}}}"#
    );
    table.event(&[name], &frame, |rows| {
        let transcript = the!(rows, InputTranscript);
        let TranscriptUpdate::Failed { fault, .. } = &transcript.update else {
            panic!("a failed transcript is one");
        };
        rows.event_id("event_1");
        rows.is("item_id", transcript.item_id.as_deref(), Some("item_1"));
        rows.is("content_index", transcript.content_index, 2);
        let message = fault.as_ref().and_then(|fault| fault.message.as_deref());
        rows.is("error", message, Some("Nothing to hear."));
    });
}

fn playback(table: &mut Table) {
    for (name, state) in [
        ("output_audio_buffer.started", PlaybackState::Started),
        ("output_audio_buffer.stopped", PlaybackState::Stopped),
        ("output_audio_buffer.cleared", PlaybackState::Cleared),
    ] {
        let of = if state == PlaybackState::Cleared {
            ""
        } else {
            r#","response_id":"resp_1""#
        };
        let frame = format!(r#"{{"type":"{name}","event_id":"event_1"{of}}}"#);
        table.event(&[name], &frame, |rows| {
            let playback = the!(rows, Playback);
            assert_eq!(playback.state, state);
            rows.event_id("event_1");
            if !of.is_empty() {
                rows.is(
                    "response_id",
                    playback.response_id.as_deref(),
                    Some("resp_1"),
                );
            }
        });
    }
}

const ITEM: &str =
    r#""item":{"id":"item_1","type":"message","role":"user","status":"completed","content":[]}"#;

fn items(table: &mut Table) {
    let name = "conversation.item.created";
    let frame =
        format!(r#"{{"type":"{name}","event_id":"event_1","previous_item_id":"item_0",{ITEM}}}"#);
    table.event(&[name], &frame, |rows| {
        let item = the!(rows, ItemAdded);
        rows.event_id("event_1");
        rows.is("previous_item_id", after(&item.previous), Some("item_0"));
        rows.is("item", item.ids.item_id.as_deref(), Some("item_1"));
    });
    let name = "conversation.item.retrieved";
    let frame = format!(r#"{{"type":"{name}","event_id":"event_1",{ITEM}}}"#);
    table.event(&[name], &frame, |rows| {
        let item = the!(rows, ItemRetrieved);
        rows.event_id("event_1");
        rows.is("item", item.ids.item_id.as_deref(), Some("item_1"));
    });
    let name = "conversation.item.deleted";
    let frame = format!(r#"{{"type":"{name}","event_id":"event_1","item_id":"item_1"}}"#);
    table.event(&[name], &frame, |rows| {
        let deleted = the!(rows, ItemDeleted);
        rows.event_id("event_1");
        rows.is("item_id", deleted.item_id.as_deref(), Some("item_1"));
    });
    let name = "conversation.item.truncated";
    let frame = format!(
        r#"{{"type":"{name}","event_id":"event_1","item_id":"item_1","content_index":2,"audio_end_ms":640}}"#
    );
    table.event(&[name], &frame, |rows| {
        let truncated = the!(rows, Truncated);
        rows.event_id("event_1");
        rows.is("item_id", truncated.ids.item_id.as_deref(), Some("item_1"));
        rows.is("content_index", truncated.ids.content_index, Some(2));
        rows.is("audio_end_ms", truncated.heard, Duration::from_millis(640));
    });
}

fn responses(table: &mut Table) {
    let name = "response.created";
    let frame = format!(
        r#"{{"type":"{name}","event_id":"event_1","response":{{"id":"resp_2","status":"in_progress"}}}}"#
    );
    table.event(&[name], &frame, |rows| {
        let started = the!(rows, ResponseStarted);
        rows.event_id("event_1");
        rows.is(
            "response",
            started.ids.response_id.as_deref(),
            Some("resp_2"),
        );
    });
    let name = "response.done";
    let frame = format!(
        r#"{{"type":"{name}","event_id":"event_1","response":{{"id":"resp_1","status":"completed"}}}}"#
    );
    table.event(&[name], &frame, |rows| {
        let finished = the!(rows, ResponseFinished);
        rows.event_id("event_1");
        rows.is(
            "response",
            finished.ids.response_id.as_deref(),
            Some("resp_1"),
        );
    });
    let of_response = |name| {
        format!(
            r#"{{"type":"{name}","event_id":"event_1","response_id":"resp_1","output_index":3,"item":{{"id":"item_1","type":"message","role":"assistant","content":[]}}}}"#
        )
    };
    let check = |rows: &mut Rows<'_>, item: &Item<'_>| {
        rows.event_id("event_1");
        rows.is(
            "response_id",
            item.ids.response_id.as_deref(),
            Some("resp_1"),
        );
        rows.is("output_index", item.ids.output_index, Some(3));
        rows.is("item", item.ids.item_id.as_deref(), Some("item_1"));
    };
    let name = "response.output_item.added";
    table.event(&[name], &of_response(name), |rows| {
        let item = the!(rows, ItemAdded);
        check(rows, &item);
    });
    let name = "response.output_item.done";
    table.event(&[name], &of_response(name), |rows| {
        let item = the!(rows, ItemDone);
        check(rows, &item);
    });
}

fn parts(table: &mut Table) {
    let name = "response.content_part.added";
    let own = r#","part":{"type":"audio","transcript":""}"#;
    table.event(&[name], &of_part(name, own), |rows| {
        assert_eq!(the!(rows, Suppressed).reason, SuppressedReason::Redundant);
        only_in_frame(rows);
        rows.in_frame("content_index", r#""content_index":2"#);
        rows.in_frame("part", own);
    });
    let name = "response.content_part.done";
    let own = r#","part":{"type":"audio","transcript":"It rains."}"#;
    table.event(&[name], &of_part(name, own), |rows| {
        let done = the!(rows, TextDone);
        placed(rows, &done.ids);
        rows.is("part", &*done.text, "It rains.");
    });
}

fn texts(table: &mut Table) {
    for (names, field, lane) in [
        (
            ["response.text", "response.output_text"],
            "text",
            Lane::Display,
        ),
        (
            [
                "response.audio_transcript",
                "response.output_audio_transcript",
            ],
            "transcript",
            Lane::Spoken,
        ),
    ] {
        let [delta, alias] = names.map(|name| format!("{name}.delta"));
        let frame = of_part(&delta, r#","delta":"It ""#);
        table.event(&[&delta, &alias], &frame, |rows| {
            let text = the!(rows, TextDelta);
            placed(rows, &text.ids);
            rows.is("delta", (&*text.delta, text.lane), ("It ", lane));
        });
        let [done, alias] = names.map(|name| format!("{name}.done"));
        let frame = of_part(&done, &format!(r#","{field}":"It rains.""#));
        table.event(&[&done, &alias], &frame, |rows| {
            let text = the!(rows, TextDone);
            placed(rows, &text.ids);
            rows.is(field, (&*text.text, text.lane), ("It rains.", lane));
        });
    }
}

fn audio(table: &mut Table) {
    let names = ["response.audio.delta", "response.output_audio.delta"];
    table.event(
        &names,
        &of_part(names[0], r#","delta":"AAABAAIAAwA=""#),
        |rows| {
            let audio = the!(rows, AudioDelta);
            placed(rows, &audio.ids);
            let mut pcm = Vec::new();
            audio.decode_into(&mut pcm).unwrap();
            rows.is("delta", pcm, [0, 0, 1, 0, 2, 0, 3, 0]);
        },
    );
    let names = ["response.audio.done", "response.output_audio.done"];
    table.event(&names, &of_part(names[0], ""), |rows| {
        let done = the!(rows, AudioDone);
        placed(rows, &done.ids);
    });
}

fn calls(table: &mut Table) {
    let of_call = |name: &str, own: &str| {
        format!(
            r#"{{"type":"{name}","event_id":"event_1","response_id":"resp_1","item_id":"item_1","output_index":3,"call_id":"call_1"{own}}}"#
        )
    };
    let name = "response.function_call_arguments.delta";
    table.event(&[name], &of_call(name, r#","delta":"{\"port\"""#), |rows| {
        let arguments = the!(rows, ToolArgumentsDelta);
        in_item(rows, &arguments.ids);
        rows.is("call_id", arguments.call_id.as_deref(), Some("call_1"));
        rows.is("delta", &*arguments.delta, r#"{"port""#);
    });
    let name = "response.function_call_arguments.done";
    let own = r#","name":"get_tide","arguments":"{\"port\":\"Bergen\"}""#;
    table.event(&[name], &of_call(name, own), |rows| {
        let call = the!(rows, ToolCall);
        in_item(rows, &call.ids);
        rows.is("call_id", &*call.call_id, "call_1");
        rows.is("name", call.name.as_deref(), Some("get_tide"));
        rows.is("arguments", &*call.arguments, r#"{"port":"Bergen"}"#);
    });
}

fn remote_calls(table: &mut Table) {
    for (name, field, own) in [
        (
            "response.mcp_call_arguments.delta",
            "delta",
            r#","obfuscation":"w8""#,
        ),
        ("response.mcp_call_arguments.done", "arguments", ""),
    ] {
        let frame = format!(
            r#"{{"type":"{name}","event_id":"event_1","response_id":"resp_1","item_id":"item_1","output_index":3,"{field}":"{{}}"{own}}}"#
        );
        table.event(&[name], &frame, |rows| {
            let tool = the!(rows, RemoteTool);
            let RemotePhase::Arguments { text } = &tool.phase else {
                panic!("arguments are told");
            };
            in_item(rows, &tool.ids);
            rows.is(field, &**text, "{}");
            if !own.is_empty() {
                rows.in_frame("obfuscation", own);
            }
        });
    }
    let of_call = |name: &str| {
        format!(r#"{{"type":"{name}","event_id":"event_1","item_id":"item_1","output_index":3}}"#)
    };
    let name = "response.mcp_call.in_progress";
    table.event(&[name], &of_call(name), |rows| {
        let tool = the!(rows, RemoteTool);
        assert_eq!(tool.phase, RemotePhase::Running);
        rows.event_id("event_1");
        rows.is("item_id", tool.ids.item_id.as_deref(), Some("item_1"));
        rows.is("output_index", tool.ids.output_index, Some(3));
    });
    for name in ["response.mcp_call.completed", "response.mcp_call.failed"] {
        table.event(&[name], &of_call(name), |rows| {
            assert_eq!(the!(rows, Suppressed).reason, SuppressedReason::Redundant);
            rows.event_id("event_1");
            rows.in_frame("item_id", r#""item_id":"item_1""#);
            rows.in_frame("output_index", r#""output_index":3"#);
        });
    }
}

fn listings(table: &mut Table) {
    for (name, phase) in [
        ("mcp_list_tools.in_progress", RemotePhase::Running),
        ("mcp_list_tools.completed", crate::media::found()),
        ("mcp_list_tools.failed", RemotePhase::Failed),
    ] {
        let frame = format!(r#"{{"type":"{name}","event_id":"event_1","item_id":"item_1"}}"#);
        table.event(&[name], &frame, |rows| {
            let tool = the!(rows, RemoteTool);
            assert_eq!((&tool.phase, &tool.call_id), (&phase, &None));
            rows.event_id("event_1");
            rows.is("item_id", tool.ids.item_id.as_deref(), Some("item_1"));
        });
    }
}
