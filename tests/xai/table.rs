//! Every server event of the protocol's table, each in its fullest and its barest form: the events
//! that it causes.

use crate::{ITEM, STARTED, hear, names};

/// An event, what came before, its frame, and the names of what it causes.
type Row = (
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static [&'static str],
);

const NEW: &[&str] = &[];
const REPLY: &[&str] = &[STARTED, ITEM];
const REPLY_ONLY: &[&str] = &[STARTED];

const SESSION: &[Row] = &[
    (
        "session.created",
        NEW,
        r#"{"type":"session.created","event_id":"evt_1","session":{"id":"sess_1","object":"realtime.session","model":"grok-voice-latest","voice":"xai_ara","instructions":"","modalities":["audio"],"turn_detection":{"type":null},"tools":[]}}"#,
        &["session_updated"],
    ),
    (
        "session.created",
        NEW,
        r#"{"type":"session.created"}"#,
        &["session_updated"],
    ),
    (
        "session.updated",
        NEW,
        r#"{"session":{"voice":"human_Eve","enable_noise_suppression":true,"keep_context":false,"temperature":-1.0,"max_response_output_tokens":"inf"},"type":"session.updated","event_id":"evt_2","previous_item_id":null}"#,
        &["session_updated"],
    ),
    (
        "session.updated",
        NEW,
        r#"{"type":"session.updated"}"#,
        &["session_updated"],
    ),
    (
        "conversation.created",
        NEW,
        r#"{"type":"conversation.created","event_id":"evt_3","conversation":{"id":"conv_1","object":"realtime.conversation"},"previous_item_id":null}"#,
        &["conversation_created"],
    ),
    (
        "conversation.created",
        NEW,
        r#"{"type":"conversation.created","conversation":{}}"#,
        &["conversation_created"],
    ),
    (
        "rate_limits.updated",
        NEW,
        r#"{"type":"rate_limits.updated","event_id":"e14","rate_limits":[{"name":"requests","limit":100,"remaining":99,"reset_seconds":1.5}]}"#,
        &["rate_limits"],
    ),
    (
        "rate_limits.updated",
        NEW,
        r#"{"type":"rate_limits.updated"}"#,
        &["rate_limits"],
    ),
    (
        "ping",
        NEW,
        r#"{"type":"ping","event_id":"e","timestamp":1761000000000,"previous_item_id":null}"#,
        &["suppressed"],
    ),
    ("ping", NEW, r#"{"type":"ping"}"#, &["suppressed"]),
    (
        "error",
        NEW,
        r#"{"type":"error","event_id":"e15","error":{"type":"invalid_request_error","code":null,"message":"bad","param":null,"event_id":null}}"#,
        &["error"],
    ),
    (
        "error",
        NEW,
        r#"{"type":"error","message":"bad","code":"x"}"#,
        &["error"],
    ),
    (
        "error",
        NEW,
        r#"{"type":"error","error":{"type":"max_duration","message":"over"}}"#,
        &["error", "going_away"],
    ),
];

const ITEMS: &[Row] = &[
    (
        "conversation.item.added",
        NEW,
        r#"{"type":"conversation.item.added","event_id":"e","previous_item_id":null,"item":{"id":"msg_1","object":"realtime.item","type":"message","status":"completed","role":"user","content":[{"type":"input_text","text":"Say hi"}]}}"#,
        &[
            "item_added",
            "user_turn_started",
            "user_turn_committed",
            "item_done",
        ],
    ),
    (
        "conversation.item.added",
        NEW,
        r#"{"type":"conversation.item.added","item":{}}"#,
        &["item_added", "item_done"],
    ),
    (
        "conversation.item.created",
        NEW,
        r#"{"type":"conversation.item.created","event_id":"r4","previous_item_id":null,"item":{"id":"msg_1","type":"message","role":"user","content":[{"type":"input_text","text":"Say hi"}]}}"#,
        &["item_added", "item_done"],
    ),
    (
        "conversation.item.created",
        NEW,
        r#"{"type":"conversation.item.created","item":{}}"#,
        &["item_added", "item_done"],
    ),
    (
        "conversation.item.deleted",
        NEW,
        r#"{"type":"conversation.item.deleted","event_id":"e","item_id":"msg_1"}"#,
        &["item_deleted"],
    ),
    (
        "conversation.item.deleted",
        NEW,
        r#"{"type":"conversation.item.deleted","item_id":""}"#,
        &["item_deleted"],
    ),
    (
        "conversation.item.truncated",
        NEW,
        r#"{"type":"conversation.item.truncated","event_id":"b4","item_id":"msg_4","content_index":0,"audio_end_ms":1450,"transcript":"It is ten"}"#,
        &["truncated"],
    ),
    (
        "conversation.item.truncated",
        NEW,
        r#"{"type":"conversation.item.truncated"}"#,
        &["truncated"],
    ),
    (
        "conversation.item.input_audio_transcription.updated",
        NEW,
        r#"{"type":"conversation.item.input_audio_transcription.updated","event_id":"e2","item_id":"msg_3","content_index":0,"transcript":"What is"}"#,
        &["input_transcript"],
    ),
    (
        "conversation.item.input_audio_transcription.updated",
        NEW,
        r#"{"type":"conversation.item.input_audio_transcription.updated","transcript":"What is"}"#,
        &["input_transcript"],
    ),
    (
        "conversation.item.input_audio_transcription.completed",
        NEW,
        r#"{"type":"conversation.item.input_audio_transcription.completed","event_id":"e11","item_id":"item_3","transcript":"Hello","content_index":0,"status":"completed","previous_item_id":null}"#,
        &["input_transcript"],
    ),
    (
        "conversation.item.input_audio_transcription.completed",
        NEW,
        r#"{"type":"conversation.item.input_audio_transcription.completed","transcript":"Hello"}"#,
        &["input_transcript"],
    ),
    (
        "conversation.item.input_audio_transcription.completed",
        NEW,
        r#"{"type":"conversation.item.input_audio_transcription.completed","item_id":"item_3","transcript":"Hel","status":"in_progress"}"#,
        &["input_transcript"],
    ),
];

const INPUT: &[Row] = &[
    (
        "input_audio_buffer.speech_started",
        NEW,
        r#"{"type":"input_audio_buffer.speech_started","event_id":"e1","audio_start_ms":320,"item_id":"msg_3"}"#,
        &["speech_started", "user_turn_started"],
    ),
    (
        "input_audio_buffer.speech_started",
        NEW,
        r#"{"type":"input_audio_buffer.speech_started"}"#,
        &["speech_started", "user_turn_started"],
    ),
    (
        "input_audio_buffer.speech_stopped",
        NEW,
        r#"{"type":"input_audio_buffer.speech_stopped","event_id":"e4","audio_end_ms":1900,"item_id":"msg_3"}"#,
        &["speech_stopped"],
    ),
    (
        "input_audio_buffer.speech_stopped",
        NEW,
        r#"{"type":"input_audio_buffer.speech_stopped"}"#,
        &["speech_stopped"],
    ),
    (
        "input_audio_buffer.committed",
        NEW,
        r#"{"type":"input_audio_buffer.committed","event_id":"e5","item_id":"msg_3","previous_item_id":"msg_2"}"#,
        &["user_turn_started", "user_turn_committed"],
    ),
    (
        "input_audio_buffer.committed",
        NEW,
        r#"{"type":"input_audio_buffer.committed"}"#,
        &["user_turn_started", "user_turn_committed"],
    ),
    (
        "input_audio_buffer.cleared",
        NEW,
        r#"{"type":"input_audio_buffer.cleared"}"#,
        &["input"],
    ),
    (
        "input_audio_buffer.timeout_triggered",
        NEW,
        r#"{"type":"input_audio_buffer.timeout_triggered","event_id":"e","item_id":"msg_3","previous_item_id":"msg_2","audio_start_ms":0,"audio_end_ms":6000}"#,
        &["input"],
    ),
    (
        "input_audio_buffer.timeout_triggered",
        NEW,
        r#"{"type":"input_audio_buffer.timeout_triggered"}"#,
        &["input"],
    ),
    (
        "input_audio_buffer.dtmf_event_received",
        NEW,
        r#"{"type":"input_audio_buffer.dtmf_event_received","event":"5","received_at":1761000000}"#,
        &["input"],
    ),
    (
        "input_audio_buffer.dtmf_event_received",
        NEW,
        r#"{"type":"input_audio_buffer.dtmf_event_received","event":"5"}"#,
        &["input"],
    ),
];

const REPLIES: &[Row] = &[
    (
        "response.created",
        NEW,
        r#"{"type":"response.created","event_id":"evt_5","response":{"id":"resp_1","object":"realtime.response","status":"in_progress","status_details":"unimplemented","output":[],"usage":{},"metadata":{"req":"7"}},"previous_item_id":null}"#,
        &["response_started"],
    ),
    (
        "response.created",
        NEW,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
        &["response_started"],
    ),
    (
        "response.output_item.added",
        REPLY_ONLY,
        r#"{"type":"response.output_item.added","event_id":"evt_6","response_id":"resp_1","output_index":0,"item":{"id":"msg_2","object":"realtime.item","type":"message","status":"in_progress","role":"assistant","content":[]}}"#,
        &["item_added"],
    ),
    (
        "response.output_item.added",
        REPLY_ONLY,
        r#"{"type":"response.output_item.added","response_id":"resp_1","item":{"id":"fc_1","type":"function_call","role":"user","call_id":"call_1","name":"get_weather","arguments":""}}"#,
        &["item_added", "tool_call_started"],
    ),
    (
        "response.output_item.done",
        REPLY,
        r#"{"type":"response.output_item.done","event_id":"evt_14","response_id":"resp_1","item":{"id":"item_1","type":"message","role":"assistant","status":"completed","content":[{"type":"audio","transcript":"Hi!"}]}}"#,
        &["text_done", "item_done"],
    ),
    (
        "response.output_item.done",
        REPLY,
        r#"{"type":"response.output_item.done","item":{"id":"item_1","type":"message","status":"completed","role":"assistant"}}"#,
        &["item_done"],
    ),
    (
        "response.content_part.added",
        REPLY,
        r#"{"type":"response.content_part.added","event_id":"evt_8","item_id":"item_1","previous_item_id":"0","part":{"type":"audio","transcript":""},"response_id":"resp_1","content_index":0,"output_index":0}"#,
        &["suppressed"],
    ),
    (
        "response.content_part.done",
        REPLY,
        r#"{"type":"response.content_part.done","event_id":"evt_13","response_id":"resp_1","item_id":"item_1"}"#,
        &["suppressed"],
    ),
    (
        "response.output_audio.delta",
        REPLY,
        r#"{"type":"response.output_audio.delta","event_id":"e4","item_id":"item_1","response_id":"resp_1","delta":"AAA=","content_index":0,"output_index":0,"rid":"r","latency":"0.65","audio_duration_ms":489,"ts":1785214086092,"previous_item_id":null}"#,
        &["audio_delta"],
    ),
    (
        "response.audio.delta",
        REPLY,
        r#"{"type":"response.audio.delta","delta":"AAA="}"#,
        &["audio_delta"],
    ),
    (
        "response.output_audio.done",
        REPLY,
        r#"{"type":"response.output_audio.done","event_id":"evt_12","response_id":"resp_1","item_id":"item_1"}"#,
        &["audio_done"],
    ),
    (
        "response.audio.done",
        REPLY,
        r#"{"type":"response.audio.done"}"#,
        &["audio_done"],
    ),
    (
        "response.output_audio_transcript.delta",
        REPLY,
        r#"{"type":"response.output_audio_transcript.delta","event_id":"e12","item_id":"item_1","response_id":"resp_1","delta":"Hi","content_index":0,"output_index":0,"start_time":0.24,"previous_item_id":null}"#,
        &["text_delta"],
    ),
    (
        "response.audio_transcript.delta",
        REPLY,
        r#"{"type":"response.audio_transcript.delta","delta":"Hi"}"#,
        &["text_delta"],
    ),
    (
        "response.output_audio_transcript.done",
        REPLY,
        r#"{"type":"response.output_audio_transcript.done","event_id":"e13","item_id":"item_1","response_id":"resp_1","transcript":"Hi there","content_index":0,"output_index":0}"#,
        &["text_done"],
    ),
    (
        "response.audio_transcript.done",
        REPLY,
        r#"{"type":"response.audio_transcript.done","transcript":"hi"}"#,
        &["text_done"],
    ),
    (
        "response.output_text.delta",
        REPLY,
        r#"{"type":"response.output_text.delta","response_id":"resp_1","item_id":"item_1","delta":"your"}"#,
        &["text_delta"],
    ),
    (
        "response.text.delta",
        REPLY,
        r#"{"type":"response.text.delta","delta":"your"}"#,
        &["text_delta"],
    ),
    (
        "response.output_text.done",
        REPLY,
        r#"{"type":"response.output_text.done","response_id":"resp_1","item_id":"item_1","text":"your"}"#,
        &["text_done"],
    ),
    (
        "response.text.done",
        REPLY,
        r#"{"type":"response.text.done","text":"your"}"#,
        &["text_done"],
    ),
    (
        "response.done",
        REPLY,
        r#"{"type":"response.done","event_id":"evt_15","response":{"id":"resp_1","object":"realtime.response","status":"completed","status_details":"unimplemented","output":[],"usage":{},"metadata":null},"response_id":"resp_1","usage":{"input_tokens":5,"output_tokens":42,"total_tokens":47},"previous_item_id":null}"#,
        &["response_finished"],
    ),
    (
        "response.done",
        REPLY,
        r#"{"type":"response.done","event_id":"e7b","response_id":"resp_1"}"#,
        &["response_finished"],
    ),
    (
        "response.done",
        REPLY,
        r#"{"type":"response.done"}"#,
        &["response_finished"],
    ),
];

const TOOLS: &[Row] = &[
    (
        "response.function_call_arguments.delta",
        REPLY,
        r#"{"type":"response.function_call_arguments.delta","event_id":"e5","response_id":"resp_1","item_id":"item_2","output_index":0,"call_id":"call_1","delta":"{\"ci"}"#,
        &["tool_arguments_delta"],
    ),
    (
        "response.function_call_arguments.delta",
        REPLY,
        r#"{"type":"response.function_call_arguments.delta","delta":"{\"ci"}"#,
        &["tool_arguments_delta"],
    ),
    (
        "response.function_call_arguments.done",
        REPLY,
        r#"{"type":"response.function_call_arguments.done","event_id":"e6","response_id":"resp_1","item_id":"item_2","output_index":0,"call_id":"call_1","name":"get_weather","arguments":"{\"city\":\"Oslo\"}","previous_item_id":null}"#,
        &["tool_call"],
    ),
    (
        "response.function_call_arguments.done",
        REPLY,
        r#"{"type":"response.function_call_arguments.done","call_id":"call-2","name":"weather","arguments":"{}","item_id":""}"#,
        &["tool_call"],
    ),
    (
        "mcp_list_tools.in_progress",
        REPLY,
        r#"{"type":"mcp_list_tools.in_progress","event_id":"e","item_id":"mcpl_1"}"#,
        &["remote_tool"],
    ),
    (
        "mcp_list_tools.completed",
        REPLY,
        r#"{"type":"mcp_list_tools.completed","item_id":"mcpl_1"}"#,
        &["remote_tool"],
    ),
    (
        "mcp_list_tools.failed",
        REPLY,
        r#"{"type":"mcp_list_tools.failed","item_id":"mcpl_1","error":{"message":"no"}}"#,
        &["remote_tool"],
    ),
    (
        "response.mcp_call_arguments.delta",
        REPLY,
        r#"{"type":"response.mcp_call_arguments.delta","response_id":"resp_1","item_id":"mcp_1","output_index":0,"delta":"{"}"#,
        &["remote_tool"],
    ),
    (
        "response.mcp_call_arguments.done",
        REPLY,
        r#"{"type":"response.mcp_call_arguments.done","item_id":"mcp_1","arguments":"{}"}"#,
        &["remote_tool"],
    ),
    (
        "response.mcp_call.in_progress",
        REPLY,
        r#"{"type":"response.mcp_call.in_progress","item_id":"mcp_1","output_index":0}"#,
        &["remote_tool"],
    ),
    (
        "response.mcp_call.completed",
        REPLY,
        r#"{"type":"response.mcp_call.completed","item_id":"mcp_1","output_index":0}"#,
        &["suppressed"],
    ),
    (
        "response.mcp_call.failed",
        REPLY,
        r#"{"type":"response.mcp_call.failed","item_id":"mcp_1","error":{"message":"no"}}"#,
        &["suppressed"],
    ),
];

/// The server events of the protocol, both names of those that have two.
const LISTED: [&str; 43] = [
    "session.created",
    "session.updated",
    "conversation.created",
    "conversation.item.added",
    "conversation.item.created",
    "conversation.item.deleted",
    "conversation.item.truncated",
    "conversation.item.input_audio_transcription.updated",
    "conversation.item.input_audio_transcription.completed",
    "input_audio_buffer.speech_started",
    "input_audio_buffer.speech_stopped",
    "input_audio_buffer.committed",
    "input_audio_buffer.cleared",
    "input_audio_buffer.timeout_triggered",
    "input_audio_buffer.dtmf_event_received",
    "response.created",
    "response.output_item.added",
    "response.output_item.done",
    "response.content_part.added",
    "response.content_part.done",
    "response.output_audio.delta",
    "response.audio.delta",
    "response.output_audio.done",
    "response.audio.done",
    "response.output_audio_transcript.delta",
    "response.audio_transcript.delta",
    "response.output_audio_transcript.done",
    "response.audio_transcript.done",
    "response.output_text.delta",
    "response.text.delta",
    "response.output_text.done",
    "response.text.done",
    "response.function_call_arguments.delta",
    "response.function_call_arguments.done",
    "response.done",
    "mcp_list_tools.in_progress",
    "mcp_list_tools.completed",
    "mcp_list_tools.failed",
    "response.mcp_call_arguments.delta",
    "response.mcp_call_arguments.done",
    "response.mcp_call.in_progress",
    "response.mcp_call.completed",
    "response.mcp_call.failed",
];

/// Those that stand for themselves.
const REST: [&str; 3] = ["rate_limits.updated", "ping", "error"];

fn rows() -> impl Iterator<Item = &'static Row> {
    [SESSION, ITEMS, INPUT, REPLIES, TOOLS]
        .into_iter()
        .flatten()
}

#[test]
fn every_event_of_the_table_has_its_place() {
    for (kind, before, frame, told) in rows() {
        let mut session = crate::after(before);
        let events = session.receive(frame);
        assert_eq!(events.kind(), Some(*kind));
        assert_eq!(&names(&events.collect::<Vec<_>>()), told, "{frame}");
    }
    for kind in LISTED.iter().chain(&REST) {
        assert!(rows().any(|row| row.0 == *kind), "no row for {kind}");
    }
}

#[test]
fn a_first_frame_of_any_kind_is_preceded_by_readiness() {
    for (_, _, frame, _) in rows() {
        let mut session = realtime_proto::Session::new(crate::config());
        let told = names(&hear(&mut session, frame));
        assert_eq!(told.first(), Some(&"ready"), "{frame}: {told:?}");
        assert!(told.len() > 1, "{frame}: {told:?}");
    }
}

#[test]
fn an_event_of_the_future_is_handed_through() {
    let frame = r#"{"type":"some.future.event","anything":1}"#;
    let told = hear(&mut crate::session(), frame);
    let [realtime_proto::Event::Unknown(unknown)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(
        (unknown.kind.as_deref(), &*unknown.raw),
        (Some("some.future.event"), frame)
    );
}
