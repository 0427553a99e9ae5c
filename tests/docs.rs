//! The documentation of events and commands names the wire: users search by wire name.

const EVENTS: &str = include_str!("../src/event.rs");
const COMMANDS: &str = include_str!("../src/command.rs");

/// Every server event of the references, with the names that the beta had for it.
const SERVER: [&str; 56] = [
    "conversation.created",
    "conversation.item.added",
    "conversation.item.created",
    "conversation.item.deleted",
    "conversation.item.done",
    "conversation.item.input_audio_transcription.completed",
    "conversation.item.input_audio_transcription.delta",
    "conversation.item.input_audio_transcription.failed",
    "conversation.item.input_audio_transcription.segment",
    "conversation.item.input_audio_transcription.updated",
    "conversation.item.retrieved",
    "conversation.item.truncated",
    "error",
    "input_audio_buffer.cleared",
    "input_audio_buffer.committed",
    "input_audio_buffer.dtmf_event_received",
    "input_audio_buffer.speech_started",
    "input_audio_buffer.speech_stopped",
    "input_audio_buffer.timeout_triggered",
    "mcp_list_tools.completed",
    "mcp_list_tools.failed",
    "mcp_list_tools.in_progress",
    "output_audio_buffer.cleared",
    "output_audio_buffer.started",
    "output_audio_buffer.stopped",
    "ping",
    "rate_limits.updated",
    "response.audio.delta",
    "response.audio.done",
    "response.audio_transcript.delta",
    "response.audio_transcript.done",
    "response.content_part.added",
    "response.content_part.done",
    "response.created",
    "response.done",
    "response.function_call_arguments.delta",
    "response.function_call_arguments.done",
    "response.mcp_call.completed",
    "response.mcp_call.failed",
    "response.mcp_call.in_progress",
    "response.mcp_call_arguments.delta",
    "response.mcp_call_arguments.done",
    "response.output_audio.delta",
    "response.output_audio.done",
    "response.output_audio_transcript.delta",
    "response.output_audio_transcript.done",
    "response.output_item.added",
    "response.output_item.done",
    "response.output_text.delta",
    "response.output_text.done",
    "response.text.delta",
    "response.text.done",
    "session.created",
    "session.updated",
    "transcription_session.created",
    "transcription_session.updated",
];

/// Every client event of the references.
const CLIENT: [&str; 13] = [
    "conversation.item.create",
    "conversation.item.delete",
    "conversation.item.retrieve",
    "conversation.item.truncate",
    "input_audio_buffer.append",
    "input_audio_buffer.clear",
    "input_audio_buffer.commit",
    "output_audio_buffer.clear",
    "pong",
    "response.cancel",
    "response.create",
    "session.update",
    "transcription_session.update",
];

#[test]
fn every_server_event_is_named_in_the_docs_of_event() {
    for name in SERVER {
        assert!(
            documents(EVENTS, name),
            "{name} is not in the docs of `Event`"
        );
    }
}

#[test]
fn every_client_event_is_named_in_the_docs_of_command() {
    for name in CLIENT {
        assert!(
            documents(COMMANDS, name),
            "{name} is not in the docs of `Command`"
        );
    }
}

/// Whether a line of documentation has the name as code.
fn documents(source: &str, name: &str) -> bool {
    let code = format!("`{name}`");
    let mut docs = source
        .lines()
        .filter(|line| line.trim_start().starts_with("///"));
    docs.any(|line| line.contains(&code))
}
