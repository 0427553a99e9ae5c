//! The documentation of events and commands names the wire: users search by wire name.

const EVENTS: &str = include_str!("../src/event.rs");
const COMMANDS: &str = include_str!("../src/command.rs");

/// Every server event of the reference, with the names that the beta had for it.
const SERVER: [&str; 54] = [
    "conversation.created",
    "conversation.item.added",
    "conversation.item.created",
    "conversation.item.deleted",
    "conversation.item.done",
    "conversation.item.input_audio_transcription.completed",
    "conversation.item.input_audio_transcription.delta",
    "conversation.item.input_audio_transcription.failed",
    "conversation.item.input_audio_transcription.segment",
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

/// Every client event of the reference.
const CLIENT: [&str; 12] = [
    "conversation.item.create",
    "conversation.item.delete",
    "conversation.item.retrieve",
    "conversation.item.truncate",
    "input_audio_buffer.append",
    "input_audio_buffer.clear",
    "input_audio_buffer.commit",
    "output_audio_buffer.clear",
    "response.cancel",
    "response.create",
    "session.update",
    "transcription_session.update",
];

/// Every server event that Azure adds to it.
const AZURE_SERVER: [&str; 24] = [
    "response.animation_blendshapes.delta",
    "response.animation_blendshapes.done",
    "response.animation_viseme.delta",
    "response.animation_viseme.done",
    "response.audio_timestamp.delta",
    "response.audio_timestamp.done",
    "response.audio_transcript.annotation.added",
    "response.file_search_call.completed",
    "response.file_search_call.in_progress",
    "response.file_search_call.searching",
    "response.invocation.delta",
    "response.video.delta",
    "response.web_search_call.completed",
    "response.web_search_call.in_progress",
    "response.web_search_call.searching",
    "rtc.call.error",
    "rtc.call.sdp.created",
    "session.avatar.connecting",
    "session.avatar.switch_to_idle",
    "session.avatar.switch_to_speaking",
    "session.subagent.aborted",
    "session.subagent.completed",
    "session.subagent.started",
    "warning",
];

/// Every client event that Azure adds to it.
const AZURE_CLIENT: [&str; 9] = [
    "input_audio.clear",
    "input_audio.turn.append",
    "input_audio.turn.cancel",
    "input_audio.turn.end",
    "input_audio.turn.start",
    "input_text.delta",
    "input_text.done",
    "rtc.call.sdp.create",
    "session.avatar.connect",
];

#[test]
fn every_server_event_is_named_in_the_docs_of_event() {
    for name in SERVER.into_iter().chain(AZURE_SERVER) {
        assert!(
            documents(EVENTS, name),
            "{name} is not in the docs of `Event`"
        );
    }
}

#[test]
fn every_client_event_is_named_in_the_docs_of_command() {
    for name in CLIENT.into_iter().chain(AZURE_CLIENT) {
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
