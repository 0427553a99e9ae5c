//! Events of accounts, faults and damage.

use crate::{distinct, is, reads};
use core::time::Duration;
use realtime_proto::{
    AgentEvent, By, Class, CommandId, CommandSettled, Fault, FrameFault, Id, LimitReached,
    Malformed, Notice, RateLimit, RateLimits, Retry, Scope, ServerError, Settlement, Severity,
    Source, Str, Suppressed, SuppressedReason, Tokens, Unknown, Usage, UsageKind, UsageReport,
    UsageScope,
};

#[test]
fn of_accounts_and_faults() {
    reads(|it: CommandSettled<'_>| {
        let _: (CommandId, Settlement<'_>) = (it.command, it.outcome);
    });
    reads(|it: Settlement<'_>| match it {
        Settlement::Rejected(fault) => is::<Fault<'_>>(fault),
        Settlement::Dropped(by) => is::<By>(by),
        Settlement::Accepted
        | Settlement::Sent
        | Settlement::Superseded
        | Settlement::Unknown
        | _ => {}
    });
    reads(|it: UsageReport<'_>| {
        let _: (UsageScope<'_>, Usage, UsageKind) = (it.scope, it.usage, it.kind);
    });
    reads(|it: UsageScope<'_>| match it {
        UsageScope::Transcription(item) => is::<Option<Id<'_>>>(item),
        UsageScope::Response(id) => is::<Id<'_>>(id),
        UsageScope::Session | _ => {}
    });
    reads(|it: RateLimits<'_>| is::<Vec<RateLimit<'_>>>(it.limits));
    reads(|it: RateLimit<'_>| {
        let _: (Str<'_>, [Option<u64>; 2]) = (it.name, [it.limit, it.remaining]);
        let _: Option<Duration> = it.reset;
    });
    reads(|it: ServerError<'_>| {
        let _: (Class, Scope<'_>, bool, Retry) = (it.class, it.scope, it.session_usable, it.retry);
        let _: [Option<Str<'_>>; 4] = [it.code, it.kind, it.message, it.param];
        let _: (Option<Id<'_>>, Str<'_>) = (it.client_event_id, it.raw);
    });
    reads(|it: Fault<'_>| {
        let _: (Class, [Option<Str<'_>>; 4]) = (it.class, [it.code, it.kind, it.message, it.param]);
    });
    reads(|it: Scope<'_>| match it {
        Scope::Command(command) => is::<CommandId>(command),
        Scope::Response(id) | Scope::Item(id) | Scope::Call(id) => is::<Id<'_>>(id),
        Scope::Session | _ => {}
    });
    reads(|it: Retry| {
        if let Retry::SameSession { after } = it {
            is::<Option<Duration>>(after);
        }
    });
    distinct(&[Retry::Never, Retry::Reconnect, Retry::FreshSession]);
    distinct(&[UsageKind::Delta, UsageKind::Cumulative]);
    distinct(&[
        Class::BenignRace,
        Class::Rejected,
        Class::ResponseFailed,
        Class::Throttled,
        Class::ContextExhausted,
        Class::Auth,
        Class::Quota,
        Class::Policy,
        Class::Unsupported,
        Class::DialectRejected,
        Class::Expired,
        Class::ServerFault,
        Class::Unknown,
    ]);
}

#[test]
fn of_notices_and_damage() {
    reads(|it: Notice<'_>| {
        let _: (Severity, Source, Option<Str<'_>>) = (it.severity, it.source, it.code);
        let _: (Str<'_>, Str<'_>) = (it.message, it.raw);
    });
    reads(|it: AgentEvent<'_>| match it {
        AgentEvent::SubagentStarted { id, raw, .. }
        | AgentEvent::SubagentUpdated { id, raw, .. }
        | AgentEvent::SubagentDone { id, raw, .. } => {
            is::<(Option<Id<'_>>, Str<'_>)>((id, raw));
        }
        AgentEvent::Response { command, ok, raw } => {
            is::<(Option<Str<'_>>, bool, Str<'_>)>((command, ok, raw));
        }
        _ => {}
    });
    reads(|it: LimitReached<'_>| {
        let _: (Str<'_>, Option<Id<'_>>) = (it.limit, it.item_id);
    });
    reads(|it: Suppressed<'_>| {
        let _: (Option<Str<'_>>, SuppressedReason) = (it.kind, it.reason);
    });
    reads(|it: Unknown<'_>| {
        let _: (Option<Str<'_>>, Str<'_>) = (it.kind, it.raw);
    });
    reads(|it: Malformed<'_>| {
        let _: (Option<Str<'_>>, FrameFault, Str<'_>) = (it.kind, it.fault, it.raw);
    });
    reads(|it: FrameFault| match it {
        FrameFault::NotJson { offset } | FrameFault::Utf8 { offset } => is::<usize>(offset),
        FrameFault::TooLong { limit } => is::<usize>(limit),
        FrameFault::Missing { field } | FrameFault::Mistyped { field } => is::<&str>(field),
        FrameFault::NotAnObject | _ => {}
    });
    distinct(&[Source::Server, Source::Agent]);
    distinct(&[
        SuppressedReason::StaleEpoch,
        SuppressedReason::Duplicate,
        SuppressedReason::Redundant,
        SuppressedReason::Acknowledgement,
    ]);
}

#[test]
fn accounts() {
    reads(|it: Usage| {
        let _: [Tokens; 5] = [
            it.input,
            it.output,
            it.cached,
            it.cache_write,
            it.transcription,
        ];
        let _: ([u64; 2], f64) = ([it.total_tokens, it.tool_prompt], it.seconds);
        let _: (Option<String>, Option<f64>) = (it.model, it.cost);
    });
    reads(|it: Tokens| {
        let _: [u64; 6] = [it.total, it.text, it.audio, it.image, it.video, it.thought];
    });
    let _: fn(&Usage) -> Tokens = Usage::uncached;
}
