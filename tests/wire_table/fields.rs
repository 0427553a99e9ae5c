//! What the protocol's table lists: every server event with its aliases, and the schemas of what they
//! carry; a field inside a field by its path.

/// One name a line, its fields below it.
pub(crate) const LISTED: &str = "\
conversation.created
    type event_id conversation conversation.id conversation.object
conversation.item.added
    type event_id item previous_item_id
conversation.item.created
    type event_id item previous_item_id
conversation.item.deleted
    type event_id item_id
conversation.item.done
    type event_id item previous_item_id
conversation.item.input_audio_transcription.completed
    type event_id content_index item_id transcript usage usage.input_tokens usage.output_tokens
    usage.total_tokens usage.type usage.input_token_details usage.input_token_details.audio_tokens
    usage.input_token_details.text_tokens usage.seconds languages logprobs
conversation.item.input_audio_transcription.delta
    type event_id item_id content_index delta logprobs obfuscation
conversation.item.input_audio_transcription.failed
    type event_id content_index error error.code error.message error.param error.type item_id
conversation.item.input_audio_transcription.segment
    type event_id id content_index end item_id speaker start text
conversation.item.retrieved
    type event_id item
conversation.item.truncated
    type event_id audio_end_ms content_index item_id
error
    type event_id error
input_audio_buffer.cleared
    type event_id
input_audio_buffer.committed
    type event_id item_id previous_item_id
input_audio_buffer.dtmf_event_received
    type event received_at
input_audio_buffer.speech_started
    type event_id audio_start_ms item_id
input_audio_buffer.speech_stopped
    type event_id audio_end_ms item_id
input_audio_buffer.timeout_triggered
    type event_id audio_end_ms audio_start_ms item_id
mcp_list_tools.completed
    type event_id item_id
mcp_list_tools.failed
    type event_id item_id
mcp_list_tools.in_progress
    type event_id item_id
output_audio_buffer.cleared
    type event_id response_id
output_audio_buffer.started
    type event_id response_id
output_audio_buffer.stopped
    type event_id response_id
rate_limits.updated
    type event_id rate_limits rate_limits[].limit rate_limits[].name rate_limits[].remaining
    rate_limits[].reset_seconds
response.content_part.added
    type event_id content_index item_id output_index part part.audio part.text part.transcript
    part.type response_id
response.content_part.done
    type event_id content_index item_id output_index part part.audio part.text part.transcript
    part.type response_id
response.created
    type event_id response
response.done
    type event_id response
response.function_call_arguments.delta
    type event_id call_id delta item_id output_index response_id obfuscation
response.function_call_arguments.done
    type event_id arguments call_id item_id name output_index response_id
response.mcp_call.completed
    type event_id item_id output_index
response.mcp_call.failed
    type event_id item_id output_index
response.mcp_call.in_progress
    type event_id item_id output_index
response.mcp_call_arguments.delta
    type event_id delta item_id output_index response_id obfuscation
response.mcp_call_arguments.done
    type event_id arguments item_id output_index response_id
response.output_audio.delta
    type event_id content_index delta item_id output_index response_id
response.audio.delta
    type event_id content_index delta item_id output_index response_id
response.output_audio.done
    type event_id content_index item_id output_index response_id
response.audio.done
    type event_id content_index item_id output_index response_id
response.output_audio_transcript.delta
    type event_id content_index delta item_id output_index response_id obfuscation
response.audio_transcript.delta
    type event_id content_index delta item_id output_index response_id obfuscation
response.output_audio_transcript.done
    type event_id content_index item_id output_index response_id transcript
response.audio_transcript.done
    type event_id content_index item_id output_index response_id transcript
response.output_item.added
    type event_id item output_index response_id
response.output_item.done
    type event_id item output_index response_id
response.output_text.delta
    type event_id content_index delta item_id output_index response_id obfuscation
response.text.delta
    type event_id content_index delta item_id output_index response_id obfuscation
response.output_text.done
    type event_id content_index item_id output_index response_id text
response.text.done
    type event_id content_index item_id output_index response_id text
session.created
    type event_id session
session.updated
    type event_id session
transcription_session.created
    type event_id session
transcription_session.updated
    type event_id session
ConversationItem
    content content[].text content[].type role type id object status content[].audio
    content[].detail content[].image_url content[].transcript phase arguments name call_id output
    approval_request_id approve reason server_label tools tools[].input_schema tools[].name
    tools[].annotations tools[].description error error.code error.message error.type
Beta.ConversationItem
    id arguments call_id content content[].id content[].audio content[].text content[].transcript
    content[].type name object output role status type
RealtimeResponse
    id audio audio.output audio.output.format audio.output.format.rate audio.output.format.type
    audio.output.voice conversation_id max_output_tokens metadata object output output_modalities
    status status_details status_details.error status_details.error.code
    status_details.error.message status_details.error.type status_details.reason
    status_details.type usage usage.input_token_details usage.input_token_details.audio_tokens
    usage.input_token_details.cached_tokens usage.input_token_details.cached_tokens_details
    usage.input_token_details.cached_tokens_details.audio_tokens
    usage.input_token_details.cached_tokens_details.image_tokens
    usage.input_token_details.cached_tokens_details.text_tokens
    usage.input_token_details.image_tokens usage.input_token_details.text_tokens
    usage.input_tokens usage.output_token_details usage.output_token_details.audio_tokens
    usage.output_token_details.text_tokens usage.output_tokens usage.total_tokens
Beta.RealtimeResponse
    id conversation_id max_output_tokens metadata modalities object output output_audio_format
    status status_details status_details.error status_details.error.code
    status_details.error.message status_details.error.type status_details.reason
    status_details.type temperature usage usage.input_token_details
    usage.input_token_details.audio_tokens usage.input_token_details.cached_tokens
    usage.input_token_details.text_tokens usage.input_tokens usage.output_token_details
    usage.output_token_details.audio_tokens usage.output_token_details.text_tokens
    usage.output_tokens usage.total_tokens voice
RealtimeError
    message type code event_id param
RealtimeSessionCreateResponse
    id object type audio audio.input audio.input.format audio.input.format.rate
    audio.input.format.type audio.input.noise_reduction audio.input.noise_reduction.strength
    audio.input.noise_reduction.type audio.input.transcription audio.input.transcription.delay
    audio.input.transcription.keywords audio.input.transcription.language
    audio.input.transcription.languages audio.input.transcription.model
    audio.input.transcription.prompt audio.input.turn_detection audio.input.turn_detection.type
    audio.input.turn_detection.create_response audio.input.turn_detection.idle_timeout_ms
    audio.input.turn_detection.interrupt_response audio.input.turn_detection.prefix_padding_ms
    audio.input.turn_detection.silence_duration_ms audio.input.turn_detection.threshold
    audio.input.turn_detection.eagerness audio.output audio.output.format audio.output.format.rate
    audio.output.format.type audio.output.speed audio.output.voice expires_at include instructions
    max_output_tokens model output_modalities prompt prompt.id prompt.variables prompt.version
    reasoning reasoning.effort tool_choice tool_choice.name tool_choice.type
    tool_choice.server_label tools tools[].description tools[].name tools[].parameters
    tools[].type tools[].server_label tools[].allowed_callers tools[].allowed_tools
    tools[].allowed_tools.read_only tools[].allowed_tools.tool_names tools[].authorization
    tools[].connector_id tools[].defer_loading tools[].headers tools[].require_approval
    tools[].require_approval.always tools[].require_approval.always.read_only
    tools[].require_approval.always.tool_names tools[].require_approval.never
    tools[].require_approval.never.read_only tools[].require_approval.never.tool_names
    tools[].server_description tools[].server_url tools[].tunnel_id tracing tracing.group_id
    tracing.metadata tracing.workflow_name truncation truncation.retention_ratio truncation.type
    truncation.token_limits truncation.token_limits.post_instructions
RealtimeTranscriptionSessionCreateResponse
    id object type audio audio.input audio.input.format audio.input.format.rate
    audio.input.format.type audio.input.noise_reduction audio.input.noise_reduction.strength
    audio.input.noise_reduction.type audio.input.transcription audio.input.transcription.delay
    audio.input.transcription.keywords audio.input.transcription.language
    audio.input.transcription.languages audio.input.transcription.model
    audio.input.transcription.prompt audio.input.turn_detection
    audio.input.turn_detection.prefix_padding_ms audio.input.turn_detection.silence_duration_ms
    audio.input.turn_detection.threshold audio.input.turn_detection.type expires_at include
Beta.TranscriptionSession
    client_secret client_secret.expires_at client_secret.value input_audio_format
    input_audio_transcription input_audio_transcription.language input_audio_transcription.model
    input_audio_transcription.prompt modalities turn_detection turn_detection.prefix_padding_ms
    turn_detection.silence_duration_ms turn_detection.threshold turn_detection.type
Beta.Session
    id input_audio_format input_audio_noise_reduction input_audio_noise_reduction.type
    input_audio_transcription input_audio_transcription.language input_audio_transcription.model
    input_audio_transcription.prompt instructions max_response_output_tokens modalities model
    output_audio_format speed temperature tool_choice tools tools[].description tools[].name
    tools[].parameters tools[].type tracing tracing.group_id tracing.metadata
    tracing.workflow_name turn_detection turn_detection.create_response turn_detection.eagerness
    turn_detection.interrupt_response turn_detection.prefix_padding_ms
    turn_detection.silence_duration_ms turn_detection.threshold turn_detection.type voice
TranscriptionLanguage
    code
LogProbProperties
    token bytes logprob
";
