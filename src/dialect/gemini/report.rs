//! Accounts and errors.

use super::names::{Key, count, fields, plain};
use crate::{
    event::{Class, Event, Retry, Scope, ServerError},
    json::{Kind, Value},
    usage::{Tokens, Usage},
};
use alloc::{borrow::Cow, boxed::Box};

const FIELDS: [Key; 12] = [
    ("promptTokenCount", "prompt_token_count"),
    ("promptTokensDetails", "prompt_tokens_details"),
    ("cachedContentTokenCount", "cached_content_token_count"),
    ("cacheTokensDetails", "cache_tokens_details"),
    ("responseTokenCount", "response_token_count"),
    ("responseTokensDetails", "response_tokens_details"),
    ("candidatesTokenCount", "candidates_token_count"),
    ("candidatesTokensDetails", "candidates_tokens_details"),
    ("toolUsePromptTokenCount", "tool_use_prompt_token_count"),
    (
        "toolUsePromptTokensDetails",
        "tool_use_prompt_tokens_details",
    ),
    ("thoughtsTokenCount", "thoughts_token_count"),
    ("totalTokenCount", "total_token_count"),
];

/// What a part of a turn consumed. Vertex calls the response the candidates.
pub(super) fn usage(value: Value<'_, '_>) -> Option<Usage> {
    if value.kind != Kind::Object {
        return None;
    }
    let [
        prompt,
        prompt_details,
        cached,
        cached_details,
        response,
        response_details,
        candidates,
        candidates_details,
        tool,
        tool_details,
        thoughts,
        total,
    ] = fields(value, FIELDS);
    let thoughts = count(thoughts).unwrap_or_default();
    let mut usage = Usage {
        input: tokens(prompt, prompt_details),
        cached: tokens(cached, cached_details),
        output: tokens(
            either(response, candidates),
            either(response_details, candidates_details),
        ),
        tool_prompt: tokens(tool, tool_details).total,
        ..Usage::default()
    };
    usage.output.thought = thoughts;
    usage.total_tokens = count(total).unwrap_or_else(|| {
        let sum = usage.input.total.saturating_add(usage.output.total);
        sum.saturating_add(usage.tool_prompt)
            .saturating_add(thoughts)
    });
    Some(usage)
}

/// `[{"modality":"AUDIO","tokenCount":12}]`; documents are text.
fn tokens(total: Value<'_, '_>, details: Value<'_, '_>) -> Tokens {
    let mut tokens = Tokens::default();
    let mut sum = 0_u64;
    details.each(|detail| {
        let [modality, number] = fields(detail, [plain("modality"), ("tokenCount", "token_count")]);
        let number = count(number).unwrap_or_default();
        sum = sum.saturating_add(number);
        match modality.str().as_deref() {
            Some("AUDIO") => tokens.audio = tokens.audio.saturating_add(number),
            Some("IMAGE") => tokens.image = tokens.image.saturating_add(number),
            Some("VIDEO") => tokens.video = tokens.video.saturating_add(number),
            _ => tokens.text = tokens.text.saturating_add(number),
        }
    });
    tokens.total = count(total).unwrap_or(sum);
    tokens
}

/// Seldom told: the server mostly closes the connection instead.
pub(super) fn error<'f>(frame: &'f str, value: Value<'_, 'f>) -> Event<'f> {
    let [code, message, status] = fields(value, [plain("code"), plain("message"), plain("status")]);
    Event::Error(Box::new(ServerError {
        class: Class::Unknown,
        scope: Scope::Session,
        code: code.text(),
        kind: status.str(),
        message: message.str().or_else(|| value.str()),
        param: None,
        client_event_id: None,
        session_usable: true,
        retry: Retry::Never,
        raw: Cow::Borrowed(frame),
    }))
}

fn either<'t, 'f>(one: Value<'t, 'f>, other: Value<'t, 'f>) -> Value<'t, 'f> {
    if one.is_some() { one } else { other }
}
