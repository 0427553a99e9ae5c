//! Every server event of the protocol's table, each in its fullest and its barest form: the events
//! that it causes.

use crate::{
    hear, names,
    rows::{INPUT, ITEMS, REPLIES, Row, SESSION, TOOLS},
};

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
