//! The documentation of events and commands names the wire: users search by wire name.

const EVENTS: &str = include_str!("../src/event.rs");
const COMMANDS: &str = concat!(
    include_str!("../src/command.rs"),
    include_str!("../src/command/agent.rs"),
    include_str!("../src/command/text.rs"),
);

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

/// Every event of the agents, and what stands inside `message_update`.
const AGENTS: [&str; 47] = [
    "agent_end",
    "agent_settled",
    "agent_start",
    "auto_retry_end",
    "auto_retry_start",
    "bash_execution_update",
    "compaction_end",
    "compaction_start",
    "done",
    "entry_appended",
    "error",
    "event",
    "extension_error",
    "extension_ui_request",
    "message_end",
    "message_start",
    "message_update",
    "queue_update",
    "ready",
    "response",
    "response_reset",
    "response_start",
    "session_info_changed",
    "start",
    "subagent_done",
    "subagent_start",
    "subagent_update",
    "summarization_retry_attempt_start",
    "summarization_retry_finished",
    "summarization_retry_scheduled",
    "text_delta",
    "text_end",
    "text_start",
    "thinking_delta",
    "thinking_end",
    "thinking_level_changed",
    "thinking_start",
    "tool_execution_end",
    "tool_execution_start",
    "tool_execution_update",
    "toolcall_delta",
    "toolcall_end",
    "toolcall_input",
    "toolcall_input_delta",
    "toolcall_result",
    "toolcall_start",
    "turn_end",
];

/// What agents can be asked, by the commands that have a form of their own.
const ASKED: [&str; 14] = [
    "abort",
    "compact",
    "extension_ui_response",
    "follow_up",
    "get_available_models",
    "get_messages",
    "get_session_stats",
    "get_state",
    "new_session",
    "prompt",
    "set_model",
    "set_thinking_level",
    "shutdown",
    "steer",
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

/// What the messages of Gemini hold that an event comes of.
const PARTS: [&str; 25] = [
    "setupComplete",
    "sessionResumptionUpdate",
    "voiceActivity",
    "voiceActivityDetectionSignal",
    "serverContent",
    "serverContent.inputTranscription",
    "serverContent.interimInputTranscription",
    "serverContent.interrupted",
    "serverContent.modelTurn",
    "serverContent.outputTranscription",
    "serverContent.groundingMetadata",
    "serverContent.urlContextMetadata",
    "serverContent.generationComplete",
    "serverContent.turnComplete",
    "serverContent.turnCompleteReason",
    "serverContent.waitingForInput",
    "serverContent.interactionStatus",
    "executableCode",
    "codeExecutionResult",
    "functionCall",
    "toolCall.functionCalls",
    "partialArgs",
    "toolCallCancellation.ids",
    "usageMetadata",
    "goAway",
];

/// What Gemini is sent.
const SENT: [&str; 9] = [
    "setup",
    "contextUpdate",
    "clientContent",
    "realtimeInput.audio",
    "realtimeInput.video",
    "realtimeInput.text",
    "realtimeInput.activityStart",
    "realtimeInput.audioStreamEnd",
    "toolResponse",
];

#[test]
fn every_part_of_a_message_of_gemini_is_named_in_the_docs() {
    for name in PARTS {
        assert!(documents(EVENTS, name), "{name}: `Event`");
    }
    for name in SENT {
        assert!(documents(COMMANDS, name), "{name}: `Command`");
    }
}

#[test]
fn every_server_event_is_named_in_the_docs_of_event() {
    for name in SERVER.iter().chain(&AGENTS).chain(&AZURE_SERVER) {
        assert!(
            documents(EVENTS, name),
            "{name} is not in the docs of `Event`"
        );
    }
}

#[test]
fn every_client_event_is_named_in_the_docs_of_command() {
    for name in CLIENT.iter().chain(&ASKED).chain(&AZURE_CLIENT) {
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
