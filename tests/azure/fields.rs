//! The fields of the server's events and of the schemas in them, as the protocol publishes them.

pub(crate) const LISTED: &str = "\
conversation.item.created
    type event_id previous_item_id item
conversation.item.deleted
    type event_id item_id
conversation.item.input_audio_transcription.completed
    type event_id item_id content_index transcript logprobs phrases
conversation.item.input_audio_transcription.delta
    type event_id item_id content_index delta logprobs
conversation.item.input_audio_transcription.failed
    type event_id item_id content_index error
conversation.item.retrieved
    type event_id item
conversation.item.truncated
    type event_id item_id content_index audio_end_ms
error
    type event_id error
input_audio_buffer.cleared
    type event_id
input_audio_buffer.committed
    type event_id item_id previous_item_id
input_audio_buffer.speech_started
    type event_id audio_start_ms item_id
input_audio_buffer.speech_stopped
    type event_id audio_end_ms item_id
mcp_list_tools.completed
    type event_id item_id
mcp_list_tools.failed
    type event_id item_id
mcp_list_tools.in_progress
    type event_id item_id
output_audio_buffer.cleared
    type event_id
output_audio_buffer.started
    type event_id response_id
output_audio_buffer.stopped
    type event_id response_id
response.animation_blendshapes.delta
    type event_id response_id item_id output_index content_index frames frame_index
response.animation_blendshapes.done
    type event_id response_id item_id output_index
response.animation_viseme.delta
    type event_id response_id item_id output_index content_index audio_offset_ms viseme_id
response.animation_viseme.done
    type event_id response_id item_id output_index content_index
response.output_audio.delta
    type event_id response_id item_id output_index content_index delta
response.audio.delta
    type event_id response_id item_id output_index content_index delta
response.output_audio.done
    type event_id response_id item_id output_index content_index
response.audio.done
    type event_id response_id item_id output_index content_index
response.audio_timestamp.delta
    type event_id response_id item_id output_index content_index audio_offset_ms
    audio_duration_ms text timestamp_type
response.audio_timestamp.done
    type event_id response_id item_id output_index content_index
response.audio_transcript.annotation.added
    type event_id response_id item_id output_index content_index annotation_index annotation
response.output_audio_transcript.delta
    type event_id response_id item_id output_index content_index delta
response.audio_transcript.delta
    type event_id response_id item_id output_index content_index delta
response.output_audio_transcript.done
    type event_id response_id item_id output_index content_index transcript
response.audio_transcript.done
    type event_id response_id item_id output_index content_index transcript
response.content_part.added
    type event_id response_id item_id output_index content_index part
response.content_part.done
    type event_id response_id item_id output_index content_index part
response.created
    type event_id response
response.done
    type event_id response
response.file_search_call.completed
    type event_id response_id item_id output_index sequence_number
response.file_search_call.in_progress
    type event_id response_id item_id output_index sequence_number
response.file_search_call.searching
    type event_id response_id item_id output_index sequence_number
response.function_call_arguments.delta
    type event_id response_id item_id output_index call_id delta
response.function_call_arguments.done
    type event_id response_id item_id output_index call_id arguments name
response.invocation.delta
    type event_id delta
response.mcp_call.completed
    type event_id item_id output_index
response.mcp_call.failed
    type event_id item_id output_index
response.mcp_call.in_progress
    type event_id item_id output_index
response.mcp_call_arguments.delta
    type event_id delta item_id response_id output_index obfuscation
response.mcp_call_arguments.done
    type event_id item_id response_id output_index arguments
response.output_item.added
    type event_id response_id output_index item
response.output_item.done
    type event_id response_id output_index item
response.output_text.delta
    type event_id response_id item_id output_index content_index delta
response.text.delta
    type event_id response_id item_id output_index content_index delta
response.output_text.done
    type event_id response_id item_id output_index content_index text
response.text.done
    type event_id response_id item_id output_index content_index text
response.video.delta
    type event_id output_index codec delta
response.web_search_call.completed
    type event_id response_id item_id output_index sequence_number
response.web_search_call.in_progress
    type event_id response_id item_id output_index sequence_number
response.web_search_call.searching
    type event_id response_id item_id output_index sequence_number
rtc.call.error
    type event_id error operation rtc_call_id
rtc.call.sdp.created
    type event_id rtc_call_id sdp_answer
session.avatar.connecting
    type event_id server_sdp
session.avatar.switch_to_idle
    type event_id turn_id
session.avatar.switch_to_speaking
    type event_id turn_id
session.created
    type event_id session
session.updated
    type event_id session
warning
    type event_id warning
VoiceLive.ResponseItem
    type queries status results results[].attributes results[].file_id results[].filename
    results[].score results[].text id object name call_id arguments output server_label
    approval_request_id approve reason error tools tools[].name tools[].description
    tools[].input_schema tools[].annotations role content
VoiceLive.Response
    id object status status_details status_details.type status_details.reason
    status_details.error output usage conversation_id voice voice.type voice.name modalities
    output_audio_format temperature max_output_tokens metadata
VoiceLive.ResponseSession
    model modalities animation voice voice.type voice.name instructions
    input_audio_sampling_rate input_audio_format output_audio_format turn_detection
    input_audio_noise_reduction input_audio_noise_reduction.type input_audio_echo_cancellation
    input_audio_echo_cancellation.type input_audio_echo_cancellation.reference_source
    input_audio_echo_cancellation.channels avatar input_audio_transcription
    input_audio_transcription.model input_audio_transcription.language
    input_audio_transcription.custom_speech input_audio_transcription.phrase_list
    output_audio_timestamp_types tools tools[].type tools[].name tools[].description
    tools[].parameters tool_choice tool_choice.type tool_choice.name parallel_tool_calls
    temperature max_response_output_tokens reasoning_effort interim_response include metadata
    agent id expires_at
VoiceLive.ContentPart
    type audio transcript image_url detail text
VoiceLive.LogProbProperties
    token logprob bytes
VoiceLive.TranscriptionPhrase
    offset_milliseconds duration_milliseconds text words words[].text
    words[].offset_milliseconds words[].duration_milliseconds locale confidence
VoiceLive.VoiceLiveErrorDetails
    code message param type event_id
VoiceLive.ServerEventErrorDetails
    type code message param event_id
VoiceLive.ServerEventWarningDetails
    message code param
VoiceLive.RtcCallErrorDetails
    type code message
VoiceLive.AvatarConfig
    type ice_servers ice_servers[].urls ice_servers[].username ice_servers[].credential
    character style model customized video video.bitrate video.codec video.crop
    video.crop.top_left video.crop.bottom_right video.resolution video.resolution.width
    video.resolution.height video.background video.background.color video.background.image_url
    video.gop_size scene scene.zoom scene.position_x scene.position_y scene.rotation_x
    scene.rotation_y scene.rotation_z scene.amplitude output_protocol output_audit_audio
VoiceLive.TurnDetection
    type threshold prefix_padding_ms silence_duration_ms end_of_utterance_detection
    end_of_utterance_detection.model end_of_utterance_detection.threshold_level
    end_of_utterance_detection.timeout_ms speech_duration_ms remove_filler_words languages
    auto_truncate create_response interrupt_response
VoiceLive.AzureVoice
    type model temperature custom_lexicon_url custom_text_normalization_url prefer_locales
    locale style pitch rate volume name endpoint_id
VoiceLive.MCPServer
    type server_label server_url authorization headers allowed_tools require_approval
VoiceLive.StaticInterimResponseConfig
    type texts triggers latency_threshold_ms
VoiceLive.LlmInterimResponseConfig
    type model instructions max_completion_tokens triggers latency_threshold_ms
VoiceLive.TokenUsage
    total_tokens input_tokens output_tokens input_token_details
    input_token_details.cached_tokens input_token_details.text_tokens
    input_token_details.audio_tokens input_token_details.image_tokens
    input_token_details.cached_tokens_details
    input_token_details.cached_tokens_details.text_tokens
    input_token_details.cached_tokens_details.audio_tokens
    input_token_details.cached_tokens_details.image_tokens output_token_details
    output_token_details.text_tokens output_token_details.audio_tokens
    output_token_details.reasoning_tokens
VoiceLive.AgentConfig
    type name description agent_id thread_id
VoiceLive.Animation
    model_name outputs
";
