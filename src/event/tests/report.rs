//! Cases: accounts, faults, frames.

use super::*;

fn settled(outcome: Settlement<'static>) -> Event<'static> {
    Event::CommandSettled(Box::new(CommandSettled {
        command: command(12),
        outcome,
    }))
}

pub(super) fn settlements() -> Vec<Case> {
    vec![
        (
            settled(Settlement::Accepted),
            r#"{"type":"command_settled","command":"rp-12","outcome":{"type":"accepted"}}"#,
        ),
        (
            settled(Settlement::Sent),
            r#"{"type":"command_settled","command":"rp-12","outcome":{"type":"sent"}}"#,
        ),
        (
            settled(Settlement::Rejected(Fault {
                kind: Some("k".into()),
                ..fault()
            })),
            r#"{"type":"command_settled","command":"rp-12","outcome":{"type":"rejected","class":"throttled","code":"rate_limit_exceeded","kind":"k","message":"later"}}"#,
        ),
        (
            settled(Settlement::Superseded),
            r#"{"type":"command_settled","command":"rp-12","outcome":{"type":"superseded"}}"#,
        ),
        (
            settled(Settlement::Dropped(By::UserSpeech)),
            r#"{"type":"command_settled","command":"rp-12","outcome":{"type":"dropped","by":"user_speech"}}"#,
        ),
        (
            settled(Settlement::Unknown),
            r#"{"type":"command_settled","command":"rp-12","outcome":{"type":"unknown"}}"#,
        ),
    ]
}

fn usage(scope: UsageScope<'static>, kind: UsageKind) -> Event<'static> {
    Event::Usage(Box::new(UsageReport {
        scope,
        usage: account(1, 0),
        kind,
    }))
}

pub(super) fn accounts() -> Vec<Case> {
    vec![
        (
            usage(UsageScope::Transcription(Some(id("i1"))), UsageKind::Delta),
            r#"{"type":"usage","scope":{"type":"transcription","item_id":"i1"},"usage":{"input":{"total":1},"output":{"total":0},"total_tokens":1},"kind":"delta"}"#,
        ),
        (
            usage(UsageScope::Transcription(None), UsageKind::Delta),
            r#"{"type":"usage","scope":{"type":"transcription"},"usage":{"input":{"total":1},"output":{"total":0},"total_tokens":1},"kind":"delta"}"#,
        ),
        (
            usage(UsageScope::Session, UsageKind::Cumulative),
            r#"{"type":"usage","scope":{"type":"session"},"usage":{"input":{"total":1},"output":{"total":0},"total_tokens":1},"kind":"cumulative"}"#,
        ),
        (
            usage(UsageScope::Response(id("r1")), UsageKind::Delta),
            r#"{"type":"usage","scope":{"type":"response","response_id":"r1"},"usage":{"input":{"total":1},"output":{"total":0},"total_tokens":1},"kind":"delta"}"#,
        ),
        (
            Event::RateLimits(Box::new(RateLimits {
                limits: vec![RateLimit {
                    name: "tokens".into(),
                    limit: Some(100),
                    remaining: Some(99),
                    reset: Some(ms(1500)),
                }],
            })),
            r#"{"type":"rate_limits","limits":[{"name":"tokens","limit":100,"remaining":99,"reset_ms":1500}]}"#,
        ),
    ]
}

fn error(scope: Scope<'static>, retry: Retry) -> Event<'static> {
    Event::Error(Box::new(ServerError {
        class: Class::BenignRace,
        scope,
        code: Some("c".into()),
        kind: None,
        message: None,
        param: None,
        client_event_id: Some(id("rp-3")),
        session_usable: true,
        retry,
        raw: "{}".into(),
    }))
}

pub(super) fn errors() -> Vec<Case> {
    vec![
        (
            error(Scope::Session, Retry::Never),
            r#"{"type":"error","class":"benign_race","scope":{"type":"session"},"code":"c","client_event_id":"rp-3","session_usable":true,"retry":{"type":"never"},"raw":"{}"}"#,
        ),
        (
            error(
                Scope::Command(command(3)),
                Retry::SameSession {
                    after: Some(ms(250)),
                },
            ),
            r#"{"type":"error","class":"benign_race","scope":{"type":"command","command":"rp-3"},"code":"c","client_event_id":"rp-3","session_usable":true,"retry":{"type":"same_session","after_ms":250},"raw":"{}"}"#,
        ),
        (
            error(
                Scope::Response(id("r1")),
                Retry::SameSession { after: None },
            ),
            r#"{"type":"error","class":"benign_race","scope":{"type":"response","response_id":"r1"},"code":"c","client_event_id":"rp-3","session_usable":true,"retry":{"type":"same_session"},"raw":"{}"}"#,
        ),
        (
            error(Scope::Item(id("i1")), Retry::Reconnect),
            r#"{"type":"error","class":"benign_race","scope":{"type":"item","item_id":"i1"},"code":"c","client_event_id":"rp-3","session_usable":true,"retry":{"type":"reconnect"},"raw":"{}"}"#,
        ),
        (
            error(Scope::Call(id("c1")), Retry::FreshSession),
            r#"{"type":"error","class":"benign_race","scope":{"type":"call","call_id":"c1"},"code":"c","client_event_id":"rp-3","session_usable":true,"retry":{"type":"fresh_session"},"raw":"{}"}"#,
        ),
        (
            Event::Notice(Box::new(Notice {
                severity: Severity::Warning,
                source: Source::Agent,
                code: None,
                message: "m".into(),
                raw: "{}".into(),
            })),
            r#"{"type":"notice","severity":"warning","source":"agent","message":"m","raw":"{}"}"#,
        ),
    ]
}

pub(super) fn agents() -> Vec<Case> {
    let agent = |event| Event::Agent(Box::new(event));
    vec![
        (
            agent(AgentEvent::SubagentStarted {
                id: Some(id("7")),
                name: Some("scout".into()),
                raw: "{}".into(),
            }),
            r#"{"type":"agent","kind":"subagent_started","id":"7","name":"scout","raw":"{}"}"#,
        ),
        (
            agent(AgentEvent::SubagentUpdated {
                id: Some(id("7")),
                raw: "{}".into(),
            }),
            r#"{"type":"agent","kind":"subagent_updated","id":"7","raw":"{}"}"#,
        ),
        (
            agent(AgentEvent::SubagentDone {
                id: None,
                ok: true,
                raw: "{}".into(),
            }),
            r#"{"type":"agent","kind":"subagent_done","ok":true,"raw":"{}"}"#,
        ),
        (
            agent(AgentEvent::Response {
                command: Some("compact".into()),
                ok: false,
                raw: "{}".into(),
            }),
            r#"{"type":"agent","kind":"response","command":"compact","ok":false,"raw":"{}"}"#,
        ),
        (
            agent(AgentEvent::Other {
                kind: Some("queue_update".into()),
                raw: "{}".into(),
            }),
            r#"{"type":"agent","kind":"other","name":"queue_update","raw":"{}"}"#,
        ),
    ]
}

fn malformed(fault: FrameFault) -> Event<'static> {
    Event::Malformed(Malformed {
        kind: None,
        fault,
        raw: "[".into(),
    })
}

pub(super) fn frames() -> Vec<Case> {
    vec![
        (
            Event::LimitReached(LimitReached {
                limit: "items".into(),
                item_id: Some(id("i1")),
            }),
            r#"{"type":"limit_reached","limit":"items","item_id":"i1"}"#,
        ),
        (
            Event::Suppressed(Suppressed {
                kind: Some("k".into()),
                reason: SuppressedReason::StaleEpoch,
            }),
            r#"{"type":"suppressed","kind":"k","reason":"stale_epoch"}"#,
        ),
        (
            Event::Unknown(Unknown {
                kind: Some("k".into()),
                raw: "{}".into(),
            }),
            r#"{"type":"unknown","kind":"k","raw":"{}"}"#,
        ),
        (
            malformed(FrameFault::NotJson { offset: 3 }),
            r#"{"type":"malformed","fault":{"type":"not_json","offset":3},"raw":"["}"#,
        ),
        (
            malformed(FrameFault::NotAnObject),
            r#"{"type":"malformed","fault":{"type":"not_an_object"},"raw":"["}"#,
        ),
        (
            malformed(FrameFault::Utf8 { offset: 0 }),
            r#"{"type":"malformed","fault":{"type":"utf8","offset":0},"raw":"["}"#,
        ),
        (
            malformed(FrameFault::TooDeep { limit: 64 }),
            r#"{"type":"malformed","fault":{"type":"too_deep","limit":64},"raw":"["}"#,
        ),
        (
            malformed(FrameFault::Missing { field: "item_id" }),
            r#"{"type":"malformed","fault":{"type":"missing","field":"item_id"},"raw":"["}"#,
        ),
    ]
}
