//! `into_owned`: the same value, free of the frame.

mod enums;

use super::{
    ApprovalRequested, AudioDelta, AudioDone, Closed, CommandSettled, ConversationCreated, Event,
    Fault, Ids, InputTranscript, Interrupted, Item, ItemDeleted, LimitReached, Malformed, Notice,
    Playback, RateLimit, RateLimits, Ready, RemoteTool, ResponseFinished, ResponseStarted,
    Resumption, Segment, ServerError, SessionUpdated, Speech, Str, Suppressed, TextDelta, TextDone,
    Timed, ToolArgumentsDelta, ToolCall, ToolCallCancelled, ToolCallStarted, Truncated, Unknown,
    UsageReport, UserTurn, VideoDelta,
};
use crate::id::Id;
use alloc::{boxed::Box, vec::Vec};

/// The same value without its borrows. Crate-private: users see only `into_owned`.
pub(crate) trait Own {
    type Owned;

    fn own(self) -> Self::Owned;
}

impl Own for Str<'_> {
    type Owned = Str<'static>;

    fn own(self) -> Str<'static> {
        Str::Owned(self.into_owned())
    }
}

impl Own for Id<'_> {
    type Owned = Id<'static>;

    fn own(self) -> Id<'static> {
        self.into_owned()
    }
}

impl<T: Own> Own for Option<T> {
    type Owned = Option<T::Owned>;

    fn own(self) -> Self::Owned {
        self.map(T::own)
    }
}

impl<T: Own> Own for Box<T> {
    type Owned = Box<T::Owned>;

    fn own(self) -> Self::Owned {
        Box::new((*self).own())
    }
}

impl<T: Own> Own for Vec<T> {
    type Owned = Vec<T::Owned>;

    fn own(self) -> Self::Owned {
        self.into_iter().map(T::own).collect()
    }
}

impl<A: Own, B: Own> Own for (A, B) {
    type Owned = (A::Owned, B::Owned);

    fn own(self) -> Self::Owned {
        (self.0.own(), self.1.own())
    }
}

/// The public `into_owned` of types that are [`Own`].
macro_rules! into_owned {
    ($($name:ident)*) => {$(
        impl $name<'_> {
            /// Copies what is borrowed, so that the value, equal to `self`, outlives the frame.
            #[must_use]
            pub fn into_owned(self) -> $name<'static> {
                Own::own(self)
            }
        }
    )*};
}

pub(crate) use into_owned;

/// Structs: the fields that may borrow, then those that cannot. A field left out does not compile.
macro_rules! own_structs {
    ($($name:ident { $($borrowed:ident),*; $($plain:ident),* })*) => {
        $(impl Own for $name<'_> {
            type Owned = $name<'static>;

            fn own(self) -> Self::Owned {
                $name { $($borrowed: self.$borrowed.own(),)* $($plain: self.$plain,)* }
            }
        })*
        into_owned! { $($name)* }
    };
}

own_structs! {
    Ready {
        session_id, model, voice, protocol_version, raw; expires_at, input_format, output_format
    }
    SessionUpdated { raw, mismatches; }
    ConversationCreated { conversation_id, previous; }
    Resumption { handle; resumable, last_consumed }
    Closed { reason; code, class, plan }
    Speech { item_id; at }
    UserTurn { item_id, previous; origin }
    InputTranscript { item_id, previous, update; content_index, at }
    Segment { id, speaker, text; start, end }
    Ids { event_id, response_id, item_id; output_index, content_index }
    ResponseStarted { ids, conversation, metadata; initiator }
    ResponseFinished { ids, outcome, metadata, raw; usage, had_audio, had_text, calls, empty }
    Interrupted { response_id; cause, heard }
    Playback { response_id; state, epoch }
    Item { ids, previous, call_id, name, content, raw; kind, role, status, origin }
    ItemDeleted { item_id; }
    TextDelta { ids, delta; lane, start }
    TextDone { ids, text, suffix, previous; lane, status }
    AudioDelta { ids, payload; epoch, format, at }
    AudioDone { ids; epoch }
    VideoDelta { ids, mime, payload; epoch }
    Timed { ids, kind, raw; at }
    Truncated { ids, heard_text; heard, received, confirmed }
    ToolCallStarted { ids, call_id, name; }
    ToolArgumentsDelta { ids, call_id, delta, path; }
    ToolCall { call_id, name, arguments, ids; validity }
    ToolCallCancelled { call_ids; reason }
    RemoteTool { call_id, name, phase, ids; executor }
    ApprovalRequested { approval_id, name, arguments, server_label, ids; }
    CommandSettled { outcome; command }
    Fault { code, kind, message, param; class }
    ServerError {
        scope, code, kind, message, param, client_event_id, raw; class, session_usable, retry
    }
    UsageReport { scope; usage, kind }
    RateLimits { limits; }
    RateLimit { name; limit, remaining, reset }
    Notice { code, message, raw; severity, source }
    LimitReached { limit, item_id; }
    Suppressed { kind; reason }
    Unknown { kind, raw; }
    Malformed { kind, raw; fault }
}

into_owned! { Event }

impl Own for Event<'_> {
    type Owned = Event<'static>;

    fn own(self) -> Event<'static> {
        match self {
            Self::Ready(inner) => Event::Ready(inner.own()),
            Self::SessionUpdated(inner) => Event::SessionUpdated(inner.own()),
            Self::ConversationCreated(inner) => Event::ConversationCreated(inner.own()),
            Self::Resumption(inner) => Event::Resumption(inner.own()),
            Self::GoingAway(inner) => Event::GoingAway(inner),
            Self::Stalled(inner) => Event::Stalled(inner),
            Self::Closed(inner) => Event::Closed(inner.own()),
            Self::SpeechStarted(inner) => Event::SpeechStarted(inner.own()),
            Self::SpeechStopped(inner) => Event::SpeechStopped(inner.own()),
            Self::UserTurnStarted(inner) => Event::UserTurnStarted(inner.own()),
            Self::UserTurnCommitted(inner) => Event::UserTurnCommitted(inner.own()),
            Self::UserTurnDiscarded(inner) => Event::UserTurnDiscarded(inner.own()),
            Self::Input(inner) => Event::Input(inner.own()),
            Self::InputTranscript(inner) => Event::InputTranscript(inner.own()),
            Self::ResponseStarted(inner) => Event::ResponseStarted(inner.own()),
            Self::ResponseReset(inner) => Event::ResponseReset(inner.own()),
            Self::ResponseFinished(inner) => Event::ResponseFinished(inner.own()),
            Self::Interrupted(inner) => Event::Interrupted(inner.own()),
            Self::FlushPlayback(inner) => Event::FlushPlayback(inner),
            Self::Playback(inner) => Event::Playback(inner.own()),
            Self::ItemAdded(inner) => Event::ItemAdded(inner.own()),
            Self::ItemDone(inner) => Event::ItemDone(inner.own()),
            Self::ItemDeleted(inner) => Event::ItemDeleted(inner.own()),
            Self::ItemRetrieved(inner) => Event::ItemRetrieved(inner.own()),
            Self::TextDelta(inner) => Event::TextDelta(inner.own()),
            Self::TextDone(inner) => Event::TextDone(inner.own()),
            Self::AudioDelta(inner) => Event::AudioDelta(inner.own()),
            Self::AudioDone(inner) => Event::AudioDone(inner.own()),
            Self::VideoDelta(inner) => Event::VideoDelta(inner.own()),
            Self::Timed(inner) => Event::Timed(inner.own()),
            Self::Truncated(inner) => Event::Truncated(inner.own()),
            Self::ToolCallStarted(inner) => Event::ToolCallStarted(inner.own()),
            Self::ToolArgumentsDelta(inner) => Event::ToolArgumentsDelta(inner.own()),
            Self::ToolCall(inner) => Event::ToolCall(inner.own()),
            Self::ToolCallCancelled(inner) => Event::ToolCallCancelled(inner.own()),
            Self::RemoteTool(inner) => Event::RemoteTool(inner.own()),
            Self::ApprovalRequested(inner) => Event::ApprovalRequested(inner.own()),
            Self::CommandSettled(inner) => Event::CommandSettled(inner.own()),
            Self::Usage(inner) => Event::Usage(inner.own()),
            Self::RateLimits(inner) => Event::RateLimits(inner.own()),
            Self::Error(inner) => Event::Error(inner.own()),
            Self::Notice(inner) => Event::Notice(inner.own()),
            Self::Agent(inner) => Event::Agent(inner.own()),
            Self::LimitReached(inner) => Event::LimitReached(inner.own()),
            Self::Suppressed(inner) => Event::Suppressed(inner.own()),
            Self::Unknown(inner) => Event::Unknown(inner.own()),
            Self::Malformed(inner) => Event::Malformed(inner.own()),
        }
    }
}
