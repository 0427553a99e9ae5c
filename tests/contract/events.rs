//! Events: every variant, every field, by the types that are promised.

use crate::{distinct, is, reads};
use core::time::Duration;
use realtime_proto::{
    AgentEvent, ApprovalRequested, AudioDelta, AudioDone, AudioFormat, By, CloseClass, Closed,
    CommandId, CommandSettled, Completion, Config, ConversationCreated, ConversationRef, Dialect,
    Epoch, Event, Fault, FlushPlayback, GoingAway, GoingAwayCause, Id, Ids, Incompletion,
    Initiator, InputNotice, InputTranscript, InterruptCause, Interrupted, Item, ItemDeleted,
    LimitReached, Malformed, Notice, Outcome, Plan, Playback, PlaybackState, Previous, RateLimits,
    Ready, RemoteTool, ResponseFinished, ResponseStarted, Resumption, Segment, ServerError,
    Session, SessionUpdated, Speech, Stalled, Str, Suppressed, TextDelta, TextDone, Time, Timed,
    ToolArgumentsDelta, ToolCall, ToolCallCancelled, ToolCallStarted, TranscriptUpdate, Truncated,
    TurnOrigin, Unknown, Usage, UsageReport, UserTurn, VideoDelta, WaitingFor,
};

#[test]
fn variants_hold_their_parts() {
    reads(|event: Event<'_>| match event {
        Event::Ready(it) => is::<Box<Ready<'_>>>(it),
        Event::SessionUpdated(it) => is::<Box<SessionUpdated<'_>>>(it),
        Event::ConversationCreated(it) => is::<ConversationCreated<'_>>(it),
        Event::Resumption(it) => is::<Resumption<'_>>(it),
        Event::GoingAway(it) => is::<GoingAway>(it),
        Event::Stalled(it) => is::<Stalled>(it),
        Event::Closed(it) => is::<Box<Closed<'_>>>(it),
        Event::SpeechStarted(it) | Event::SpeechStopped(it) => is::<Speech<'_>>(it),
        Event::UserTurnStarted(it)
        | Event::UserTurnCommitted(it)
        | Event::UserTurnDiscarded(it) => is::<UserTurn<'_>>(it),
        Event::Input(it) => is::<InputNotice<'_>>(it),
        Event::InputTranscript(it) => is::<InputTranscript<'_>>(it),
        Event::ResponseStarted(it) => is::<Box<ResponseStarted<'_>>>(it),
        Event::ResponseReset(it) => is::<Ids<'_>>(it),
        Event::ResponseFinished(it) => is::<Box<ResponseFinished<'_>>>(it),
        Event::Interrupted(it) => is::<Interrupted<'_>>(it),
        Event::FlushPlayback(it) => is::<FlushPlayback>(it),
        Event::Playback(it) => is::<Playback<'_>>(it),
        Event::ItemAdded(it) | Event::ItemDone(it) | Event::ItemRetrieved(it) => {
            is::<Box<Item<'_>>>(it);
        }
        Event::ItemDeleted(it) => is::<ItemDeleted<'_>>(it),
        Event::TextDelta(it) => is::<TextDelta<'_>>(it),
        Event::TextDone(it) => is::<Box<TextDone<'_>>>(it),
        Event::AudioDelta(it) => is::<AudioDelta<'_>>(it),
        Event::AudioDone(it) => is::<AudioDone<'_>>(it),
        Event::VideoDelta(it) => is::<Box<VideoDelta<'_>>>(it),
        Event::Timed(it) => is::<Box<Timed<'_>>>(it),
        Event::Truncated(it) => is::<Box<Truncated<'_>>>(it),
        Event::ToolCallStarted(it) => is::<ToolCallStarted<'_>>(it),
        Event::ToolArgumentsDelta(it) => is::<ToolArgumentsDelta<'_>>(it),
        Event::ToolCall(it) => is::<Box<ToolCall<'_>>>(it),
        Event::ToolCallCancelled(it) => is::<ToolCallCancelled<'_>>(it),
        Event::RemoteTool(it) => is::<Box<RemoteTool<'_>>>(it),
        Event::ApprovalRequested(it) => is::<Box<ApprovalRequested<'_>>>(it),
        Event::CommandSettled(it) => is::<Box<CommandSettled<'_>>>(it),
        Event::Usage(it) => is::<Box<UsageReport<'_>>>(it),
        Event::RateLimits(it) => is::<Box<RateLimits<'_>>>(it),
        Event::Error(it) => is::<Box<ServerError<'_>>>(it),
        Event::Notice(it) => is::<Box<Notice<'_>>>(it),
        Event::Agent(it) => is::<Box<AgentEvent<'_>>>(it),
        Event::LimitReached(it) => is::<LimitReached<'_>>(it),
        Event::Suppressed(it) => is::<Suppressed<'_>>(it),
        Event::Unknown(it) => is::<Unknown<'_>>(it),
        Event::Malformed(it) => is::<Malformed<'_>>(it),
        _ => {}
    });
}

#[test]
fn events_outlive_their_frame_when_owned() {
    fn owned(event: Event<'_>) -> Event<'static> {
        event.into_owned()
    }
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    let frame = String::from(r#"{"type":"brand.new"}"#);
    let event = session.receive(&frame).last().unwrap();
    let name: &'static str = event.name();

    let kept = owned(event.clone());

    assert_eq!(kept, event);
    drop(frame);
    assert_eq!((name, kept.name()), ("unknown", "unknown"));
}

#[test]
fn of_the_session() {
    reads(|it: Ready<'_>| {
        let _: (Option<Id<'_>>, Option<u64>) = (it.session_id, it.expires_at);
        let _: [Option<Str<'_>>; 3] = [it.model, it.voice, it.protocol_version];
        let _: [Option<AudioFormat>; 2] = [it.input_format, it.output_format];
        let _: Str<'_> = it.raw;
    });
    reads(|it: SessionUpdated<'_>| {
        let _: (Str<'_>, Vec<Str<'_>>) = (it.raw, it.mismatches);
    });
    reads(|it: ConversationCreated<'_>| {
        let _: (Option<Id<'_>>, Previous<'_>) = (it.conversation_id, it.previous);
    });
    reads(|it: Resumption<'_>| {
        let _: (Option<Str<'_>>, bool) = (it.handle, it.resumable);
        let _: Option<u64> = it.last_consumed;
    });
    reads(|it: GoingAway| {
        let _: (Option<Duration>, GoingAwayCause, Plan) = (it.time_left, it.cause, it.plan);
    });
    reads(|it: Stalled| {
        let _: (WaitingFor, Time) = (it.waiting_for, it.since);
    });
    reads(|it: Closed<'_>| {
        let _: (Option<u16>, Str<'_>, CloseClass, Plan) = (it.code, it.reason, it.class, it.plan);
    });
    distinct(&[GoingAwayCause::Server, GoingAwayCause::Expiry]);
    distinct(&[Plan::Resume, Plan::Replay, Plan::Fresh, Plan::Never]);
    distinct(&[
        WaitingFor::Readiness,
        WaitingFor::Response,
        WaitingFor::Continuation,
        WaitingFor::AnyFrame,
        WaitingFor::Transcript,
    ]);
    distinct(&[
        CloseClass::Requested,
        CloseClass::Expired,
        CloseClass::Lost,
        CloseClass::Rejected,
        CloseClass::Auth,
        CloseClass::Quota,
        CloseClass::ServerFault,
        CloseClass::Finished,
    ]);
}

#[test]
fn of_the_user() {
    reads(|it: Speech<'_>| {
        let _: (Option<Id<'_>>, Option<Duration>) = (it.item_id, it.at);
    });
    reads(|it: UserTurn<'_>| {
        let _: (TurnOrigin, Option<Id<'_>>, Previous<'_>) = (it.origin, it.item_id, it.previous);
    });
    reads(|it: InputNotice<'_>| match it {
        InputNotice::Timeout {
            item_id,
            start,
            end,
        } => is::<(Option<Id<'_>>, [Option<Duration>; 2])>((item_id, [start, end])),
        InputNotice::Dtmf { digit, received_at } => {
            is::<(Str<'_>, Option<u64>)>((digit, received_at));
        }
        InputNotice::AudioDropped { duration } => is::<Duration>(duration),
        InputNotice::Cleared | _ => {}
    });
    reads(|it: InputTranscript<'_>| {
        let _: (Option<Id<'_>>, u32, Previous<'_>) = (it.item_id, it.content_index, it.previous);
        let _: (TranscriptUpdate<'_>, Option<Duration>) = (it.update, it.at);
    });
    reads(|it: TranscriptUpdate<'_>| match it {
        TranscriptUpdate::Delta { text } | TranscriptUpdate::Snapshot { text } => {
            is::<Str<'_>>(text);
        }
        TranscriptUpdate::Final {
            text,
            status,
            languages,
            usage,
        } => {
            let _: (Str<'_>, Option<Str<'_>>, Vec<Str<'_>>) = (text, status, languages);
            let _: Option<Box<Usage>> = usage;
        }
        TranscriptUpdate::Failed { fault, partial } => {
            let _: (Option<Box<Fault<'_>>>, Option<Str<'_>>) = (fault, partial);
        }
        TranscriptUpdate::Segment(segment) => is::<Box<Segment<'_>>>(segment),
        _ => {}
    });
    reads(|it: Segment<'_>| {
        let _: (Option<Id<'_>>, Option<Str<'_>>, Str<'_>) = (it.id, it.speaker, it.text);
        let _: [Option<Duration>; 2] = [it.start, it.end];
    });
    distinct(&[
        TurnOrigin::Speech,
        TurnOrigin::Text,
        TurnOrigin::Explicit,
        TurnOrigin::External,
    ]);
}

#[test]
fn of_the_reply() {
    reads(|it: Ids<'_>| {
        let _: [Option<Id<'_>>; 3] = [it.event_id, it.response_id, it.item_id];
        let _: [Option<u32>; 2] = [it.output_index, it.content_index];
    });
    reads(|it: ResponseStarted<'_>| {
        let _: (Ids<'_>, ConversationRef<'_>, Initiator) = (it.ids, it.conversation, it.initiator);
        let _: Vec<(Str<'_>, Str<'_>)> = it.metadata;
    });
    reads(|it: ResponseFinished<'_>| {
        let _: (Ids<'_>, Outcome<'_>, Option<Usage>) = (it.ids, it.outcome, it.usage);
        let _: ([bool; 3], u32) = ([it.had_audio, it.had_text, it.empty], it.calls);
        let _: (Vec<(Str<'_>, Str<'_>)>, Option<Str<'_>>) = (it.metadata, it.raw);
    });
    reads(|it: Interrupted<'_>| {
        let _: (Option<Id<'_>>, InterruptCause) = (it.response_id, it.cause);
        let _: Option<Duration> = it.heard;
    });
    reads(|it: FlushPlayback| is::<Epoch>(it.epoch));
    reads(|it: Playback<'_>| {
        let _: (PlaybackState, Option<Id<'_>>, Epoch) = (it.state, it.response_id, it.epoch);
    });
    reads(|it: ConversationRef<'_>| {
        if let ConversationRef::Id(id) = it {
            is::<Id<'_>>(id);
        }
    });
    distinct(&[ConversationRef::Default, ConversationRef::OutOfBand]);
    reads(|it: Initiator| {
        if let Initiator::Command(id) = it {
            is::<CommandId>(id);
        }
    });
    distinct(&[Initiator::Server, Initiator::Continuation]);
    reads(|it: Outcome<'_>| match it {
        Outcome::Completed(it) => is::<Completion>(it),
        Outcome::Incomplete(it) => is::<Incompletion>(it),
        Outcome::Cancelled(it) => is::<By>(it),
        Outcome::Failed(it) => is::<Fault<'_>>(it),
        Outcome::Lost | _ => {}
    });
    reads(|it: Previous<'_>| {
        if let Previous::After(id) = it {
            is::<Id<'_>>(id);
        }
    });
    distinct(&[Previous::Unknown, Previous::First]);
    distinct(&[
        Completion::EndTurn,
        Completion::ToolUse,
        Completion::StopSequence,
        Completion::NeedsInput,
        Completion::Other(String::new()),
    ]);
    distinct(&[
        Incompletion::MaxTokens,
        Incompletion::ContentFilter,
        Incompletion::Other(String::new()),
    ]);
    distinct(&[
        By::UserSpeech,
        By::Client,
        By::OtherClient,
        By::Superseded,
        By::Other(String::new()),
    ]);
    distinct(&[
        InterruptCause::Speech,
        InterruptCause::Commit,
        InterruptCause::Command,
        InterruptCause::Server,
    ]);
    distinct(&[
        PlaybackState::Started,
        PlaybackState::Stopped,
        PlaybackState::Cleared,
    ]);
}
