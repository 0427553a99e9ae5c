//! The neutral vocabulary: what a frame, a command, the clock or the end of a connection caused.

mod audio;
mod content;
mod debug;
mod frame;
mod heap;
mod ids;
mod item;
mod owned;
mod reply;
mod report;
mod serial;
mod session;
mod tool;
mod user;

pub use audio::{AudioDelta, Payload};
pub use content::{AudioDone, Lane, TextDelta, TextDone, TextStatus, Timed, Truncated, VideoDelta};
pub use frame::{FrameFault, LimitReached, Malformed, Suppressed, SuppressedReason, Unknown};
pub use item::{Content, Item, ItemDeleted, ItemKind, Origin, Role, Status};
pub use reply::{
    By, Completion, ConversationRef, Epoch, FlushPlayback, Ids, Incompletion, Initiator,
    InterruptCause, Interrupted, Outcome, Playback, PlaybackState, Previous, ResponseFinished,
    ResponseStarted,
};
pub use report::{
    AgentEvent, Class, CommandSettled, Fault, Notice, RateLimit, RateLimits, Retry, Scope,
    ServerError, Settlement, Severity, Source, UsageKind, UsageReport, UsageScope,
};
pub use session::{
    CloseClass, Closed, ConversationCreated, GoingAway, GoingAwayCause, Plan, Ready, Resumption,
    SessionUpdated, Stalled, WaitingFor,
};
pub use tool::{
    ApprovalRequested, CallCancelled, Executor, RemotePhase, RemoteTool, ToolArgumentsDelta,
    ToolCall, ToolCallCancelled, ToolCallStarted, Validity,
};
pub use user::{
    InputNotice, InputTranscript, Segment, Speech, TranscriptUpdate, TurnOrigin, UserTurn,
};

use alloc::{borrow::Cow, boxed::Box};
use serde::Serialize;

/// Text borrowed from a frame where it is plain there, owned where it was escaped.
pub type Str<'f> = Cow<'f, str>;

// An event is written once, where it is yielded from; a larger one would cost every delta.
const _: () = assert!(size_of::<Event<'static>>() <= 160);

/// One thing that happened, in words that no provider owns.
///
/// Each variant names the messages that it comes from, as they are called on the wire. A name
/// may stand at several variants: one frame can cause several events. Each frame causes at least
/// one; a message that no variant names is [`Unknown`](Self::Unknown).
///
/// The labels stand for these specifications, and their sections:
///
/// - **OpenAI**: OpenAI Realtime reference, Server events; *beta* is the shape before the general
///   release
/// - **Translation**, **Live**: the same reference, Translation and Live server events
/// - **Azure**: Azure Voice Live API reference, Server events; OpenAI's beta names, and those
///   listed here
/// - **xAI**: xAI Grok Voice Agent API reference, Server events; OpenAI's names, and those listed
///   here
/// - **Gemini**: Google Live API reference, `BidiGenerateContentServerMessage`; paths of fields
/// - **Nova**: Amazon Nova Sonic user guide, Output events
/// - **synaps**: synaps RPC protocol 1, Events; and `AssistantEvent`, inside `message_update`
/// - **pi**: pi RPC protocol, Events; and `assistantMessageEvent`, inside `message_update`
///
/// Times are [`Duration`](core::time::Duration)s here and whole milliseconds in JSON, under a key
/// that ends in `_ms`. In JSON an event is one object, its [`name`](Self::name) under `type`;
/// what is absent is omitted.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(
    clippy::doc_markdown,
    reason = "names of providers are words, not code"
)]
#[non_exhaustive]
pub enum Event<'f> {
    // The session.
    //
    /// The session is ready, for the first time on this connection.
    ///
    /// Holds what the server tells of itself; `expires_at` is in Unix seconds.
    ///
    /// - OpenAI: the first `session.created`; beta: the first `transcription_session.created`
    /// - Translation: `session.created`; Live: `session.started`
    /// - xAI: the connection itself, with the first `session.created` if that comes before this is
    ///   taken
    /// - Gemini: `setupComplete`
    /// - Nova: `completionStart`
    /// - synaps: `ready`; pi: at once, as nothing introduces the session
    Ready(Box<Ready<'f>>),
    /// The settings of the session changed, or were told again.
    ///
    /// `Session::effective_config` has what is in force now; `mismatches` names the fields that
    /// were asked for and are not.
    ///
    /// - OpenAI: `session.updated`, a later `session.created`; beta:
    ///   `transcription_session.updated`, a later `transcription_session.created`
    /// - Translation, Live: `session.updated`; xAI: `session.created`, `session.updated`
    /// - synaps: `response` to `set_model` or `new_session`, a later `ready`
    /// - pi: `response` to `get_state`, `set_model`, `cycle_model`, `new_session` or
    ///   `switch_session`; `session_info_changed`, `thinking_level_changed`, `session`
    SessionUpdated(Box<SessionUpdated<'f>>),
    /// The server named the conversation.
    ///
    /// - OpenAI (seldom), xAI: `conversation.created`
    /// - Azure (agents): `session.created` with a `conversation_id`
    ConversationCreated(ConversationCreated<'f>),
    /// There is a new point that a later session can resume from, or there is none.
    ///
    /// Keep the handle of the last event that was resumable.
    ///
    /// - Gemini: `sessionResumptionUpdate`
    /// - xAI: `conversation.created`, if resumption was asked for
    Resumption(Resumption<'f>),
    /// The connection will end in `time_left`.
    ///
    /// - Gemini: `goAway`
    /// - xAI: `error` of type `max_duration`
    /// - Compatible servers: `session.finished`, `session.closed`, which leave no time
    /// - Any: the session's greatest age draws near
    GoingAway(GoingAway),
    /// Something did not come in time; only where the session is told the time.
    ///
    /// - Any: a deadline of `Limits` passed
    Stalled(Stalled),
    /// The session ended, and this is the last event.
    ///
    /// - Any: the transport ended
    /// - Translation, Live: `session.closed` tells why
    /// - Nova: `completionEnd` tells why
    Closed(Box<Closed<'f>>),

    // The user.
    //
    /// The user began to speak; `at` counts from the start of the session's audio.
    ///
    /// - OpenAI: `input_audio_buffer.speech_started`
    /// - Gemini: `voiceActivity` of `ACTIVITY_START`, `voiceActivityDetectionSignal` of
    ///   `VAD_SIGNAL_TYPE_SOS`
    /// - Nova: `contentStart` of `TEXT` and `USER`
    SpeechStarted(Speech<'f>),
    /// The user stopped speaking; `at` counts from the start of the session's audio.
    ///
    /// - OpenAI: `input_audio_buffer.speech_stopped`
    /// - Gemini: `voiceActivity` of `ACTIVITY_END`, `voiceActivityDetectionSignal` of
    ///   `VAD_SIGNAL_TYPE_EOS`
    /// - Nova: the first `contentStart` of `ASSISTANT` or `TOOL` after the user's text
    SpeechStopped(Speech<'f>),
    /// A turn of the user began; it ends committed or discarded, exactly once.
    ///
    /// - OpenAI: `input_audio_buffer.speech_started`; `input_audio_buffer.committed` where no
    ///   speech came first; `conversation.item.added` of a user's item; beta:
    ///   `conversation.item.created` of one
    /// - Gemini: the first of `voiceActivity`, `voiceActivityDetectionSignal`,
    ///   `serverContent.inputTranscription` and `serverContent.interimInputTranscription`; a text or
    ///   `realtimeInput.activityStart` was sent
    /// - Nova: `contentStart` of `TEXT` and `USER`
    /// - synaps: a prompt was sent; pi: `message_start` of a user's message
    UserTurnStarted(UserTurn<'f>),
    /// A turn of the user is part of the conversation now.
    ///
    /// - OpenAI: `input_audio_buffer.committed`; `conversation.item.added` of a user's item; beta:
    ///   `conversation.item.created` of one
    /// - Gemini: the model's turn began, `serverContent.inputTranscription` with `finished`; a text
    ///   or `realtimeInput.activityEnd` was sent
    /// - Nova: the first `contentStart` of `ASSISTANT` or `TOOL` after the user's text
    /// - synaps: a prompt was sent; pi: `message_start` of a user's message
    UserTurnCommitted(UserTurn<'f>),
    /// A turn of the user ended without becoming part of the conversation.
    ///
    /// - OpenAI: `input_audio_buffer.cleared`
    /// - Compatible servers: `input_audio_buffer.speech_stopped` with the reason `turn_invalid`
    /// - Any: the session ended first
    UserTurnDiscarded(UserTurn<'f>),
    /// Something about the input that is neither speech nor a turn.
    ///
    /// - OpenAI: `input_audio_buffer.cleared` (`Cleared`), `input_audio_buffer.timeout_triggered`
    ///   (`Timeout`), `input_audio_buffer.dtmf_event_received` (`Dtmf`, has no event id)
    /// - Live: `transport.dtmf.received` (`Dtmf`)
    /// - Any: appended audio exceeds `Limits::held_audio` or `Limits::outbox_bytes`
    ///   (`AudioDropped`)
    Input(InputNotice<'f>),
    /// More is known of what the user said, often only after the reply began.
    ///
    /// A `Final` or `Failed` ends each part exactly once.
    ///
    /// - OpenAI: `conversation.item.input_audio_transcription.delta` (`Delta`),
    ///   `conversation.item.input_audio_transcription.completed` (`Final`),
    ///   `conversation.item.input_audio_transcription.failed` (`Failed`),
    ///   `conversation.item.input_audio_transcription.segment` (`Segment`)
    /// - Compatible servers: `transcription.delta` (`Delta`), `transcription.done` (`Final`);
    ///   `conversation.item.input_audio_transcription.text`, and the delta with its text under
    ///   `transcript`, or under `text` and `stash` (`Snapshot`)
    /// - Translation, Live: `session.input_transcript.delta` (`Delta`)
    /// - xAI: `conversation.item.input_audio_transcription.updated` (`Snapshot`), and
    ///   `conversation.item.input_audio_transcription.completed` whose status is `in_progress`
    /// - Gemini: `serverContent.interimInputTranscription` (`Snapshot`),
    ///   `serverContent.inputTranscription` (`Delta`, behind a `Snapshot` another; `Final` by
    ///   `finished`, the reply's end, or what cuts it)
    /// - Nova: `textOutput` of `USER` (`Delta`), its `contentEnd` (`Final`)
    InputTranscript(InputTranscript<'f>),

    // The reply.
    //
    /// A reply began.
    ///
    /// It ends with [`ResponseFinished`](Self::ResponseFinished), exactly once.
    ///
    /// - OpenAI: `response.created`
    /// - Gemini: the first `serverContent.modelTurn`, `serverContent.outputTranscription` or
    ///   `toolCall` of a turn
    /// - Nova: the first `contentStart` of `ASSISTANT` or `TOOL` of a turn
    /// - synaps: `response_start`, else the first `message_update` after a prompt
    /// - pi: the first `message_start` of the assistant's in a run
    ResponseStarted(Box<ResponseStarted<'f>>),
    /// What was streamed of a reply is void: it is tried again, under the same ids.
    ///
    /// Where an item is named, only what was streamed of that is void.
    ///
    /// - synaps: `response_reset`
    /// - pi: `auto_retry_start` of a run that is not over
    ResponseReset(Ids<'f>),
    /// A reply ended: how, what it consumed, and what it held.
    ///
    /// - OpenAI: `response.done`; Azure, older: `response.cancelled`
    /// - xAI: the same, its usage inside the response or beside it
    /// - Compatible servers: `response.cancelled`, `response.canceled`; `response.audio.done` with
    ///   `has_audio`, where nothing else ends a reply
    /// - Gemini: `serverContent.turnComplete`, with `serverContent.turnCompleteReason`,
    ///   `serverContent.waitingForInput` and the `usageMetadata` of the turn
    /// - Nova: `contentEnd` of `AUDIO` with `END_TURN` or `INTERRUPTED`
    /// - synaps: `response` to `prompt` or `follow_up`, with the usage of `agent_end`
    /// - pi: `agent_settled`; older, which have none: `agent_end`; with the usage of each
    ///   `message_end`
    /// - Any: another reply takes its place, or the session ended first
    ResponseFinished(Box<ResponseFinished<'f>>),
    /// A reply was cut: a fact.
    ///
    /// `heard` is how much of its audio the user heard, where that is known.
    ///
    /// - OpenAI: `input_audio_buffer.speech_started` while a reply is heard;
    ///   `output_audio_buffer.cleared`; `conversation.item.truncated` that nobody asked for;
    ///   `response.done` whose reason is `turn_detected`
    /// - Gemini: `serverContent.interrupted`
    /// - Nova: `textOutput` of `{ "interrupted" : true }`, `contentEnd` with `INTERRUPTED`
    /// - Compatible servers: `unmute.interrupted_by_vad`
    /// - synaps: `response` to `prompt` that is `cancelled`, if not this session asked for it
    /// - pi: `error` or `message_end` of a message that was `aborted`, the same
    /// - Any: `Command::Interrupt`
    Interrupted(Interrupted<'f>),
    /// The one instruction: drop queued audio and video of every epoch before `epoch`.
    ///
    /// - Any: follows [`Interrupted`](Self::Interrupted)
    FlushPlayback(FlushPlayback),
    /// The server's own playback buffer changed.
    ///
    /// Only where audio does not pass through this session.
    ///
    /// - OpenAI (WebRTC, SIP), Azure: `output_audio_buffer.started` (`Started`),
    ///   `output_audio_buffer.stopped` (`Stopped`), `output_audio_buffer.cleared` (`Cleared`)
    /// - Live: `session.output_audio.fixture.playing` (`Started`),
    ///   `session.output_audio.fixture.played` (`Stopped`)
    Playback(Playback<'f>),

    // What a conversation and a reply consist of.
    //
    /// An item appeared in the conversation or in a reply; once for each item.
    ///
    /// - OpenAI: the first of `conversation.item.added` and `response.output_item.added`; beta:
    ///   `conversation.item.created`
    /// - Live: `decision.item.created`
    /// - xAI: `conversation.item.created` while a resumed conversation is told (`Replay`)
    /// - Gemini: the first content of a reply; a text was sent; Nova: `contentStart`
    /// - synaps: a prompt was sent; `response_start`, else the first `message_update` of a reply
    /// - pi: `message_start`
    ItemAdded(Box<Item<'f>>),
    /// An item will not change any more, but for truncation; once for each item.
    ///
    /// - OpenAI: the first of `conversation.item.done` and `response.output_item.done`; beta:
    ///   `conversation.item.created` of an item that is complete
    /// - xAI: the first of `response.output_item.done` and `response.done`; of a resumed
    ///   conversation `conversation.item.created`
    /// - Gemini: `serverContent.generationComplete`, else the turn's end; Nova: `contentEnd`
    /// - synaps: a prompt was sent; the next `response_start`, `response_reset`, the turn's end
    /// - pi: `message_end`
    ItemDone(Box<Item<'f>>),
    /// An item left the conversation.
    ///
    /// - OpenAI: `conversation.item.deleted`
    /// - Live: `decision.item.deleted`
    /// - synaps: an `error` about a prompt that was not taken
    ItemDeleted(ItemDeleted<'f>),
    /// The item that was asked for, with its audio.
    ///
    /// - OpenAI: `conversation.item.retrieved`
    ItemRetrieved(Box<Item<'f>>),
    /// An increment of a text of the reply: `lane` says what it is for.
    ///
    /// - OpenAI: `response.output_text.delta` (`Display`),
    ///   `response.output_audio_transcript.delta` (`Spoken`); beta: `response.text.delta`,
    ///   `response.audio_transcript.delta`
    /// - Compatible servers: `response.text.text`, `response.audio_transcript.text`: what is new of
    ///   the text so far
    /// - Translation, Live: `session.output_transcript.delta` (`Spoken`)
    /// - xAI: the same with `start_time`, which is `start`
    /// - Gemini: `text` of `serverContent.modelTurn.parts` (`Thought` where `thought` is true,
    ///   else `Display`), `serverContent.outputTranscription` (`Spoken`)
    /// - Nova: `textOutput` of `ASSISTANT` and `SPECULATIVE` (`Spoken`)
    /// - synaps, pi: `text_delta` (`Display`), `thinking_delta` (`Thought`)
    TextDelta(TextDelta<'f>),
    /// A text of the reply is whole, or was cut; once for each text.
    ///
    /// `text` replaces what the deltas added up to; `suffix` is what none of them said.
    ///
    /// - OpenAI: the first of `response.output_text.done` and `response.content_part.done`
    ///   (`Display`), or of `response.output_audio_transcript.done` and the same (`Spoken`); beta:
    ///   `response.text.done`, `response.audio_transcript.done`
    /// - Gemini: `serverContent.outputTranscription` with `finished`,
    ///   `serverContent.generationComplete` (all but the transcript), else the turn's end
    /// - Nova: `textOutput` of `ASSISTANT` and `FINAL`
    /// - synaps: `response` to `prompt`; pi: `text_end`, `thinking_end`
    /// - Any: the reply or the session ended first
    TextDone(Box<TextDone<'f>>),
    /// A piece of the reply's audio, still encoded.
    ///
    /// Comes faster than it plays. Play it only while `epoch` is the latest that was named.
    ///
    /// - OpenAI: `response.output_audio.delta`; beta: `response.audio.delta`; compatible servers:
    ///   the same with the audio under `audio`
    /// - Translation, Live: `session.output_audio.delta`
    /// - xAI: the same, or a binary frame where the output's `transport` is `binary`
    /// - Gemini: `inlineData` of `audio/*` in `serverContent.modelTurn.parts`
    /// - Nova: `audioOutput`
    AudioDelta(AudioDelta<'f>),
    /// The audio of one part has been received; it may still be playing.
    ///
    /// - OpenAI: `response.output_audio.done`; beta: `response.audio.done`
    /// - Gemini: `serverContent.generationComplete`, else the turn's end
    /// - Nova: `contentEnd` of `AUDIO`
    AudioDone(AudioDone<'f>),
    /// A piece of the reply's video, still encoded.
    ///
    /// - Azure: `response.video.delta`
    /// - Gemini: `inlineData` of `video/*`, and of whatever is no audio, in
    ///   `serverContent.modelTurn.parts`
    VideoDelta(Box<VideoDelta<'f>>),
    /// Something of a moment of the reply: visemes, word timestamps, citations.
    ///
    /// `at` counts from the start of the item's audio.
    ///
    /// - Azure: `response.animation_viseme.delta`, `response.animation_blendshapes.delta`,
    ///   `response.audio_timestamp.delta`, `response.audio_transcript.annotation.added`
    /// - Gemini: `serverContent.groundingMetadata`, `serverContent.urlContextMetadata`, and any other
    ///   of `serverContent.modelTurn.parts`
    Timed(Box<Timed<'f>>),
    /// An item of the reply was cut to what the user heard.
    ///
    /// `confirmed` is false when this session asks for it, true when the server has done it.
    ///
    /// - OpenAI: `conversation.item.truncated`; xAI: the same with the text that is left
    /// - Any: a barge-in, where truncation is the client's to ask for
    Truncated(Box<Truncated<'f>>),

    // Tools.
    //
    /// The model began a call that will be yours to answer.
    ///
    /// - OpenAI: `response.output_item.added` of a `function_call`
    /// - Gemini: `toolCall.functionCalls`, `functionCall` of `serverContent.modelTurn.parts`
    /// - Nova: `contentStart` of `TOOL`
    ToolCallStarted(ToolCallStarted<'f>),
    /// An increment of the arguments of such a call.
    ///
    /// - OpenAI: `response.function_call_arguments.delta`
    /// - Gemini: `partialArgs` of `toolCall.functionCalls`, with the `jsonPath` as `path`
    ToolArgumentsDelta(ToolArgumentsDelta<'f>),
    /// A call that is yours to answer; delivered once, whole.
    ///
    /// - OpenAI: the first of `response.function_call_arguments.done`,
    ///   `response.output_item.done`, `conversation.item.done` and `response.done` that has it
    ///   whole
    /// - Gemini: `toolCall.functionCalls`, once `willContinue` is false or absent
    /// - Nova: `toolUse`
    ToolCall(Box<ToolCall<'f>>),
    /// Calls need no answer any more.
    ///
    /// - Gemini: `toolCallCancellation.ids`
    /// - Any: the reply that made them was cut or failed before the answer (not where the server
    ///   names those that it takes back), or the session ended
    ToolCallCancelled(ToolCallCancelled<'f>),
    /// A call that the provider or the agent executes; never yours to answer.
    ///
    /// - OpenAI: `mcp_list_tools.in_progress` (`Running`), `mcp_list_tools.completed` (`Result`),
    ///   `mcp_list_tools.failed` (`Failed`), all without a call; `response.output_item.added` of
    ///   an `mcp_call` (`Started`); `response.mcp_call_arguments.delta` and
    ///   `response.mcp_call_arguments.done` (`Arguments`, each what the earlier ones left unsaid);
    ///   `response.mcp_call.in_progress` (`Running`); the first `response.output_item.done` or
    ///   `conversation.item.done` of an `mcp_call` (`Result`, with its output or its error)
    /// - Azure: `response.web_search_call.in_progress`, `response.web_search_call.searching`,
    ///   `response.file_search_call.in_progress`, `response.file_search_call.searching`
    ///   (`Running`), `response.web_search_call.completed`, `response.file_search_call.completed`
    ///   (`Result`)
    /// - xAI: of a `function_call` whose function is the provider's, or that nobody declared,
    ///   `response.output_item.added` (`Started`), `response.function_call_arguments.delta` and
    ///   `response.function_call_arguments.done` (`Arguments`), `response.output_item.done`
    ///   (`Running`), `conversation.item.added` of its `function_call_output` (`Result`)
    /// - Compatible servers: `response.function_call.simple_browser` (`Running`)
    /// - Gemini: `executableCode` and `toolCall` (`Started`, `Arguments`), `codeExecutionResult` and
    ///   `toolResponse` (`Result`) in `serverContent.modelTurn.parts`
    /// - synaps: `toolcall_start` (`Started`), `toolcall_input_delta` and `toolcall_input`
    ///   (`Arguments`), `toolcall_result` (`Result`)
    /// - pi: `toolcall_start` (`Started`), `toolcall_delta` and `toolcall_end` (`Arguments`),
    ///   `tool_execution_start` (`Running`), `tool_execution_update` and `tool_execution_end`
    ///   (`Result`)
    /// - synaps, pi: the reply ended first, or was reset (`Failed`)
    RemoteTool(Box<RemoteTool<'f>>),
    /// The provider asks whether it may execute a call.
    ///
    /// - OpenAI: the first `response.output_item.done` or `conversation.item.done` of an
    ///   `mcp_approval_request`
    ApprovalRequested(Box<ApprovalRequested<'f>>),

    // Accounts and faults.
    //
    /// What became of a command; exactly once for each that is no stream.
    ///
    /// - OpenAI: the message that answers the command, such as `session.updated`,
    ///   `conversation.item.added` or `response.created`; `error` that names it
    /// - synaps, pi: `response` or `error` with its id
    /// - Gemini, Nova: it was sent
    CommandSettled(Box<CommandSettled<'f>>),
    /// Consumption that no [`ResponseFinished`](Self::ResponseFinished) carries.
    ///
    /// - OpenAI: `conversation.item.input_audio_transcription.completed` (scope `Transcription`)
    /// - Live: `session.usage.updated`, `session.closed` (seconds, `Cumulative`)
    /// - Gemini: `usageMetadata` outside of a turn: of the last reply
    /// - Nova: `usageEvent`
    /// - synaps: `agent_end` outside of a turn
    Usage(Box<UsageReport<'f>>),
    /// What the account may still consume.
    ///
    /// - OpenAI: `rate_limits.updated`
    RateLimits(Box<RateLimits<'f>>),
    /// The server reports a problem; `session_usable` says whether it can go on.
    ///
    /// - OpenAI, Translation, Live, xAI, Gemini: `error`
    /// - Live: `transport.failed`; Azure: `rtc.call.error`
    /// - synaps: `error`; pi: `response` without success, `extension_error`
    Error(Box<ServerError<'f>>),
    /// Something worth knowing that is no error.
    ///
    /// - Azure: `warning`; `session.avatar.connecting`, `session.avatar.switch_to_speaking`,
    ///   `session.avatar.switch_to_idle`, `rtc.call.sdp.created`, each with what it says as `message`
    /// - Live: `info`
    /// - Compatible servers: `conversation.item.ambient_audio_transcription.delta`,
    ///   `conversation.item.ambient_audio_transcription.completed`,
    ///   `voiceprint_audio_list.in_progress`, `voiceprint_audio_list.completed`,
    ///   `voiceprint_audio_list.failed`, `localai.classifier.result`, `localai.model.failover`,
    ///   `unmute.additional_outputs`
    /// - synaps: `event`, `ready` of another version; pi: `compaction_start`, `compaction_end`, `auto_retry_end`
    /// - Any: something that this session did otherwise than it was asked to
    Notice(Box<Notice<'f>>),
    /// What only agents do.
    ///
    /// Subagents, and answers to commands that are not about a reply.
    ///
    /// - Azure: `session.subagent.started`, `session.subagent.completed`,
    ///   `session.subagent.aborted`, `response.invocation.delta`
    /// - synaps: `subagent_start`, `subagent_update`, `subagent_done`, `response` to other commands
    /// - pi: `response` to other commands, `queue_update`, `bash_execution_update`,
    ///   `extension_ui_request`, `entry_appended`, `auto_retry_start`,
    ///   `summarization_retry_scheduled`, `summarization_retry_attempt_start`,
    ///   `summarization_retry_finished`
    Agent(Box<AgentEvent<'f>>),
    /// The session keeps less than it was told, because a limit is reached.
    ///
    /// - Any: a limit of `Limits` that is reached by forgetting
    LimitReached(LimitReached<'f>),
    /// A frame was understood, and nothing else came of it.
    ///
    /// - OpenAI: `response.content_part.added`, `response.mcp_call.completed` and
    ///   `response.mcp_call.failed`, of which the item tells more; the later ones of `conversation.item.added`,
    ///   `conversation.item.done`, `response.output_item.added`, `response.output_item.done`,
    ///   `response.content_part.done` and `response.mcp_call_arguments.done` that say nothing
    ///   new (`Redundant`)
    /// - Any: media of a reply that was cut (`StaleEpoch`)
    /// - Azure: `response.animation_viseme.done`, `response.animation_blendshapes.done`,
    ///   `response.audio_timestamp.done`
    /// - Translation: `session.closed`, on which the session ends the transport
    /// - Live: `session.instructions.appended`, `session.thinking.appended`,
    ///   `session.commentary.appended`, `session.input_audio.muted`,
    ///   `session.input_audio.unmuted`, `transport.dtmf.sent` (`Acknowledgement`)
    /// - xAI: `ping`, which the session answers
    /// - Compatible servers: `heartbeat`, `ping` (`Acknowledgement`);
    ///   `unmute.response.text.delta.ready`, `unmute.response.audio.delta.ready` (`Redundant`)
    /// - Gemini: an empty `serverContent`; `serverContent.turnComplete` while
    ///   `serverContent.interactionStatus` is `IN_PROGRESS`; `usageMetadata` within a turn, whose end
    ///   tells the sum; the tail of `serverContent.outputTranscription` that comes once the reply has
    ///   ended (`Late`)
    /// - synaps: `agent_end`, whose usage the turn's end tells
    /// - pi: `agent_start`, `turn_start`, `turn_end`, `text_start`, `thinking_start`, `start`,
    ///   `done`, of which other messages tell more
    Suppressed(Suppressed<'f>),
    /// A message that this version does not know, whole.
    ///
    /// - Any: a name that stands nowhere above
    Unknown(Unknown<'f>),
    /// A frame that is not a message of the protocol, whole.
    ///
    /// It changed nothing but counters.
    ///
    /// - Any: no JSON object, or a known name without what its meaning needs
    /// - xAI: a binary frame before the first `response.created`
    Malformed(Malformed<'f>),
}

impl Event<'_> {
    /// The name of the variant, such as `"audio_delta"`: the `type` in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Ready(_) => "ready",
            Self::SessionUpdated(_) => "session_updated",
            Self::ConversationCreated(_) => "conversation_created",
            Self::Resumption(_) => "resumption",
            Self::GoingAway(_) => "going_away",
            Self::Stalled(_) => "stalled",
            Self::Closed(_) => "closed",
            Self::SpeechStarted(_) => "speech_started",
            Self::SpeechStopped(_) => "speech_stopped",
            Self::UserTurnStarted(_) => "user_turn_started",
            Self::UserTurnCommitted(_) => "user_turn_committed",
            Self::UserTurnDiscarded(_) => "user_turn_discarded",
            Self::Input(_) => "input",
            Self::InputTranscript(_) => "input_transcript",
            Self::ResponseStarted(_) => "response_started",
            Self::ResponseReset(_) => "response_reset",
            Self::ResponseFinished(_) => "response_finished",
            Self::Interrupted(_) => "interrupted",
            Self::FlushPlayback(_) => "flush_playback",
            Self::Playback(_) => "playback",
            Self::ItemAdded(_) => "item_added",
            Self::ItemDone(_) => "item_done",
            Self::ItemDeleted(_) => "item_deleted",
            Self::ItemRetrieved(_) => "item_retrieved",
            Self::TextDelta(_) => "text_delta",
            Self::TextDone(_) => "text_done",
            Self::AudioDelta(_) => "audio_delta",
            Self::AudioDone(_) => "audio_done",
            Self::VideoDelta(_) => "video_delta",
            Self::Timed(_) => "timed",
            Self::Truncated(_) => "truncated",
            Self::ToolCallStarted(_) => "tool_call_started",
            Self::ToolArgumentsDelta(_) => "tool_arguments_delta",
            Self::ToolCall(_) => "tool_call",
            Self::ToolCallCancelled(_) => "tool_call_cancelled",
            Self::RemoteTool(_) => "remote_tool",
            Self::ApprovalRequested(_) => "approval_requested",
            Self::CommandSettled(_) => "command_settled",
            Self::Usage(_) => "usage",
            Self::RateLimits(_) => "rate_limits",
            Self::Error(_) => "error",
            Self::Notice(_) => "notice",
            Self::Agent(_) => "agent",
            Self::LimitReached(_) => "limit_reached",
            Self::Suppressed(_) => "suppressed",
            Self::Unknown(_) => "unknown",
            Self::Malformed(_) => "malformed",
        }
    }
}

#[cfg(test)]
mod tests;
