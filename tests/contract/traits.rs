//! What every type can do, and how large the ones on the hot path are.

use core::{any::Any, fmt::Debug};
use realtime_proto::{
    Activity, AgentCommand, AgentEvent, AppendAudio, ApprovalRequested, Approve, Attachment,
    AudioDelta, AudioDone, AudioError, AudioFormat, BargeIn, By, CallCancelled, CancelResponse,
    Capabilities, Class, Close, CloseClass, Closed, Command, CommandId, CommandSettled, Completion,
    Config, Configurable, Content, Conversation, ConversationCreated, ConversationItem,
    ConversationRef, Counters, CreateItem, CreatePolicy, CreateResponse, Deliver, Dialect,
    DraftContent, Encoding, Epoch, Event, Events, Executor, Fault, FlushPlayback, Frame,
    FrameFault, GoingAway, GoingAwayCause, Id, Ids, Incompletion, Initiator, InputItem,
    InputNotice, InputTranscript, InputTranscription, Interrupt, InterruptCause, Interrupted, Item,
    ItemBody, ItemDeleted, ItemDraft, ItemKind, ItemRef, Lane, LimitReached, Limits, Malformed,
    MaxTokens, Media, MediaTarget, Modality, NotJson, Notice, Origin, Outcome, Patch, Payload,
    Phase, Plan, Playback, PlaybackState, Policy, Position, Previous, RateLimit, RateLimits, Raw,
    RawJson, Ready, ReadyOn, RemotePhase, RemoteTool, ReportPlayback, ResponseFinished,
    ResponseStarted, ResponseState, Resumes, Resumption, Retain, Retry, Role, Say, Scheduling,
    Scope, Segment, SemanticVad, SendError, SendMedia, SendText, ServerError, ServerVad, Session,
    SessionConfig, SessionKind, SessionPatch, SessionUpdated, Settlement, Severity, Source, Speech,
    Stalled, Status, Suppressed, SuppressedReason, TextDelta, TextDone, TextStatus, Time, Timed,
    Tokens, Tool, ToolArgumentsDelta, ToolCall, ToolCallCancelled, ToolCallStarted, ToolChoice,
    ToolOutput, ToolTurns, TranscriptUpdate, Transmit, TransmitBuf, Truncate, Truncated,
    TurnDetection, TurnOrigin, Unheard, Unknown, UnknownDialect, Usage, UsageKind, UsageReport,
    UsageScope, UserTurn, Validity, VideoDelta, WaitingFor,
};
use serde::{Serialize, de::DeserializeOwned};

/// Asserts that each of these types has all of these traits.
macro_rules! have {
    ($($bound:path),+ => $($name:ty),+ $(,)?) => {{
        fn has<T: $($bound +)+ ?Sized>() {}
        $(has::<$name>();)+
    }};
}

#[test]
fn a_session_may_go_anywhere() {
    have!(Send, Sync, Clone, Debug, PartialEq => Session);
    have!(Any => Session); // which only what is `'static` is
    have!(Send, Sync => Event<'static>, Events<'static>, Command<'static>, Config, Conversation);
}

#[test]
fn the_hot_path_is_small() {
    assert!(size_of::<Event<'_>>() <= 160);
    assert_eq!(size_of::<Id<'_>>(), 24);
    assert_eq!(size_of::<Option<Id<'_>>>(), 24);
}

#[test]
fn everything_is_clone_debug_and_comparable() {
    have!(Clone, Debug, PartialEq =>
        Capabilities, Close<'_>, CommandId, Config, Conversation, ConversationItem, Counters,
        Dialect, Epoch, Frame<'_>, Id<'_>, Limits, Media, NotJson, Phase, Policy, ResponseState,
        SendError, AudioError, UnknownDialect, Time, Transmit<'_>, TransmitBuf, Usage, Tokens,
    );
    have!(Clone, Debug => Events<'_>);
}

#[test]
fn what_is_only_a_value_is_copied() {
    have!(Copy =>
        CommandId, Time, Phase, ResponseState, Counters, Epoch, Dialect, AudioFormat, Transmit<'_>,
        Frame<'_>, Tokens,
    );
    have!(Ord, Default, From<core::time::Duration> => Time);
    have!(core::str::FromStr, core::fmt::Display => Dialect);
    have!(core::fmt::Display => CommandId, Id<'_>, SendError, AudioError, AudioFormat);
    have!(core::error::Error => SendError, AudioError, NotJson, UnknownDialect);
    have!(core::ops::Deref<Target = str> => Id<'_>);
    have!(Iterator<Item = Event<'static>> => Events<'static>);
}

#[test]
fn events_are_written() {
    have!(Clone, Debug, PartialEq, Serialize =>
        Event<'_>, Ready<'_>, SessionUpdated<'_>, ConversationCreated<'_>, Resumption<'_>,
        GoingAway, GoingAwayCause, Plan, Stalled, WaitingFor, Closed<'_>, CloseClass, Speech<'_>,
        UserTurn<'_>, TurnOrigin, InputNotice<'_>, InputTranscript<'_>, TranscriptUpdate<'_>,
        Segment<'_>, Ids<'_>, Previous<'_>, Epoch, ResponseStarted<'_>, ConversationRef<'_>,
        Initiator, ResponseFinished<'_>, Outcome<'_>, Completion, Incompletion, By,
        Interrupted<'_>, InterruptCause, FlushPlayback, Playback<'_>, PlaybackState, Item<'_>,
        ItemKind, Role, Status, Origin, Content<'_>, ItemDeleted<'_>, Lane, TextDelta<'_>,
        TextDone<'_>, TextStatus, AudioDelta<'_>, Payload<'_>, AudioDone<'_>, VideoDelta<'_>,
        Timed<'_>, Truncated<'_>, ToolCallStarted<'_>, ToolArgumentsDelta<'_>, ToolCall<'_>,
        Validity, ToolCallCancelled<'_>, CallCancelled, RemoteTool<'_>, Executor, RemotePhase<'_>,
        ApprovalRequested<'_>, CommandSettled<'_>, Settlement<'_>, Fault<'_>, Class, Scope<'_>,
        Retry, ServerError<'_>, UsageReport<'_>, UsageScope<'_>, UsageKind, RateLimits<'_>,
        RateLimit<'_>, Notice<'_>, Severity, Source, AgentEvent<'_>, LimitReached<'_>,
        Suppressed<'_>, SuppressedReason, Unknown<'_>, Malformed<'_>, FrameFault, Usage, Tokens,
    );
}

#[test]
fn commands_settings_and_identifiers_are_written_and_read() {
    have!(Clone, Debug, PartialEq, Serialize, DeserializeOwned =>
        Command<'static>, AppendAudio<'static>, Activity, SendText<'static>, Deliver,
        Attachment<'static>, Say<'static>, SendMedia<'static>, MediaTarget, CreateItem<'static>,
        Position<'static>, ItemDraft<'static>, ItemBody<'static>, DraftContent<'static>,
        ItemRef<'static>, Truncate<'static>, CreateResponse<'static>, CreatePolicy,
        InputItem<'static>, CancelResponse<'static>, Interrupt, ToolOutput<'static>, Scheduling,
        Approve<'static>, ReportPlayback, AgentCommand<'static>, Raw<'static>, Role,
    );
    have!(Clone, Debug, PartialEq, Serialize, DeserializeOwned =>
        Config, Dialect, SessionConfig, SessionKind, SessionPatch, Patch<u8>, Modality,
        AudioFormat, Encoding, TurnDetection, ServerVad, SemanticVad, InputTranscription, Tool,
        ToolChoice, MaxTokens, RawJson, Media, Policy, BargeIn, Unheard, Limits, Retain,
        Capabilities, Configurable, ToolTurns, Resumes, ReadyOn,
    );
    have!(Clone, Debug, PartialEq, Serialize, DeserializeOwned => Id<'static>, CommandId, Epoch);
}
