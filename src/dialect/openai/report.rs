//! Errors, rate limits and usage.

use super::{
    decode::{Frame, one},
    names::Key,
};
use crate::{
    delta::id,
    dialect::Fact,
    event::{
        Class, Event, Fault, Notice, RateLimit, RateLimits, Retry, Scope, ServerError, Severity,
        Source, Str,
    },
    json::{Kind, Value},
    usage::{Tokens, Usage},
};
use alloc::{borrow::Cow, boxed::Box, vec::Vec};

pub(super) fn message<'f>(frame: &Frame<'f>, kind: &str) -> Option<Vec<Fact<'f>>> {
    Some(match kind {
        "error" => one(error(frame)),
        "rate_limits.updated" => one(rate_limits(frame)),
        _ => return None,
    })
}

/// The error is an object; some servers send its text alone, with the code beside it.
pub(in crate::dialect) fn error<'f>(frame: &Frame<'f>) -> Event<'f> {
    let error = frame.value(Key::Error);
    let [client_event_id] = error.fields(["event_id"]);
    let fault = fault(error);
    Event::Error(Box::new(ServerError {
        class: Class::Unknown,
        scope: Scope::Session,
        code: fault.code.or_else(|| frame.value(Key::Code).text()),
        kind: fault.kind,
        message: fault.message.or_else(|| frame.value(Key::Message).str()),
        param: fault.param,
        client_event_id: id(client_event_id),
        session_usable: true,
        retry: Retry::Never,
        raw: Cow::Borrowed(frame.text),
    }))
}

/// Something worth knowing, with the whole frame.
pub(in crate::dialect) fn notice<'f>(
    frame: &Frame<'f>,
    severity: Severity,
    code: Option<Str<'f>>,
    message: Str<'f>,
) -> Event<'f> {
    Event::Notice(Box::new(Notice {
        severity,
        source: Source::Server,
        code,
        message,
        raw: Cow::Borrowed(frame.text),
    }))
}

/// An object with a code and more, or a message alone.
pub(super) fn fault<'f>(error: Value<'_, 'f>) -> Fault<'f> {
    let [code, kind, message, param] = error.fields(["code", "type", "message", "param"]);
    Fault {
        class: Class::Unknown,
        code: code.text(),
        kind: kind.str(),
        message: message.str().or_else(|| error.str()),
        param: param.str(),
    }
}

fn rate_limits<'f>(frame: &Frame<'f>) -> Event<'f> {
    let limits = frame.value(Key::RateLimits).map(rate_limit);
    Event::RateLimits(Box::new(RateLimits { limits }))
}

fn rate_limit<'f>(value: Value<'_, 'f>) -> RateLimit<'f> {
    let [name, limit, remaining, reset] =
        value.fields(["name", "limit", "remaining", "reset_seconds"]);
    RateLimit {
        name: name.str().unwrap_or_default(),
        limit: limit.u64(),
        remaining: remaining.u64(),
        reset: reset.seconds(),
    }
}

/// Usage of a response, or of a transcription: tokens or seconds.
pub(super) fn usage(value: Value<'_, '_>, transcription: bool) -> Option<Usage> {
    if value.kind != Kind::Object {
        return None;
    }
    let [
        total,
        input,
        output,
        input_details,
        output_details,
        seconds,
        billed,
        // By the names of another interface, which some servers keep.
        prompt,
        completion,
    ] = value.fields([
        "total_tokens",
        "input_tokens",
        "output_tokens",
        "input_token_details",
        "output_token_details",
        "seconds",
        "billable_audio_seconds",
        "prompt_tokens",
        "completion_tokens",
    ]);
    let input = if input.is_some() { input } else { prompt };
    let output = if output.is_some() { output } else { completion };
    let mut usage = Usage::default();
    usage.input = tokens(input, input_details);
    usage.output = tokens(output, output_details);
    usage.total_tokens = total
        .u64()
        .unwrap_or_else(|| usage.input.total.saturating_add(usage.output.total));
    usage.cached = cached(input_details);
    usage.seconds = seconds
        .f64()
        .or_else(|| billed.f64())
        .filter(|seconds| *seconds >= 0.0)
        .unwrap_or_default();
    if transcription {
        usage.transcription = usage.input;
        usage.transcription.total = usage.total_tokens;
    }
    Some(usage)
}

fn tokens(total: Value<'_, '_>, details: Value<'_, '_>) -> Tokens {
    let [text, audio, image, reasoning] = details.fields([
        "text_tokens",
        "audio_tokens",
        "image_tokens",
        "reasoning_tokens",
    ]);
    let count = |value: Value<'_, '_>| value.u64().unwrap_or_default();
    let (text, audio, image) = (count(text), count(audio), count(image));
    let parts = text.saturating_add(audio).saturating_add(image);
    Tokens {
        total: total.u64().unwrap_or(parts),
        text,
        audio,
        image,
        thought: count(reasoning),
        ..Tokens::default()
    }
}

/// The details are `cached_tokens_details`; a misspelling of some servers is read too.
fn cached(details: Value<'_, '_>) -> Tokens {
    let [total, split, misspelt] = details.fields([
        "cached_tokens",
        "cached_tokens_details",
        "cached_token_details",
    ]);
    tokens(total, if split.is_some() { split } else { misspelt })
}
