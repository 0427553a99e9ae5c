//! What an error means: every one gets one verdict, by its code, then by its type.
//!
//! ```text
//!   code ── known ──────────────► class ──► usable? ──► retry
//!     └── not ──► type ── known ────▲
//!                   └── not ──► Unknown: usable, never retried
//! ```
//! It is a table, and has no state.

use crate::event::{Class, Fault, Retry, ServerError, Str};
use alloc::borrow::Cow;

/// The verdict on an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) class: Class,
    pub(crate) session_usable: bool,
    pub(crate) retry: Retry,
}

const SAME: Retry = Retry::SameSession { after: None };

pub(crate) fn classify(code: Option<&str>, kind: Option<&str>) -> Verdict {
    let by_code = code.map(by_code).filter(|class| *class != Class::Unknown);
    let class = by_code.or_else(|| kind.map(by_kind)).unwrap_or_default();
    let over = matches!(
        class,
        Class::Auth | Class::Quota | Class::DialectRejected | Class::Expired | Class::ServerFault
    );
    let no_model = matches!(code, Some("model_not_found" | "unsupported_model"));
    let session_usable = !over && !no_model;
    let retry = match class {
        Class::BenignRace | Class::Throttled | Class::ResponseFailed => SAME,
        Class::Expired | Class::ServerFault => Retry::Reconnect,
        Class::ContextExhausted => Retry::FreshSession,
        _ => Retry::Never,
    };
    Verdict {
        class,
        session_usable,
        retry,
    }
}

fn by_code(code: &str) -> Class {
    match code {
        "conversation_already_has_active_response"
        | "response_cancel_not_active"
        | "input_audio_buffer_commit_empty"
        | "item_truncate_invalid_item_id"
        | "item_delete_invalid_item_id"
        | "item_retrieve_invalid_item_id" => Class::BenignRace,
        "invalid_json"
        | "invalid_event"
        | "invalid_value"
        | "invalid_type"
        | "invalid_request"
        | "missing_required_parameter"
        | "unknown_parameter"
        | "string_above_max_length"
        | "string_below_min_length"
        | "array_above_max_length"
        | "array_below_min_length"
        | "integer_above_max_value"
        | "integer_below_min_value"
        | "decimal_above_max_value"
        | "decimal_below_min_value"
        | "cannot_update_voice"
        | "duplicate_item_id"
        | "invalid_base64"
        | "image_too_large"
        | "mutually_exclusive_parameters"
        | "invalid_tool_call_id" => Class::Rejected,
        "unknown_event"
        | "unsupported_event"
        | "invalid_event_type"
        | "unsupported_content_type"
        | "unsupported_parameter"
        | "unsupported_value"
        | "unsupported_model"
        | "model_not_found"
        | "DeploymentNotFound" => Class::Unsupported,
        "rate_limit_exceeded"
        | "inference_rate_limit_exceeded"
        | "too_many_requests"
        | "tokens_exceeded"
        | "server_busy"
        | "429" => Class::Throttled,
        "insufficient_quota"
        | "billing_hard_limit_reached"
        | "billing_not_active"
        | "quota_exceeded" => Class::Quota,
        "invalid_api_key"
        | "invalid_authentication"
        | "invalid_organization"
        | "unauthorized"
        | "permission_denied"
        | "token_expired"
        | "invalid_ephemeral_token"
        | "401"
        | "403" => Class::Auth,
        "session_expired" | "session_timeout" | "idle_timeout" => Class::Expired,
        "beta_api_shape_disabled" | "invalid_beta" => Class::DialectRejected,
        "context_length_exceeded" | "max_context_length_exceeded" | "conversation_too_long" => {
            Class::ContextExhausted
        }
        "content_filter" | "content_policy_violation" | "moderation_blocked" => Class::Policy,
        "server_error"
        | "internal_error"
        | "internal_server_error"
        | "service_unavailable"
        | "overloaded"
        | "500"
        | "502"
        | "503" => Class::ServerFault,
        "audio_unintelligible" | "transcription_failed" | "response_failed" => {
            Class::ResponseFailed
        }
        _ => Class::Unknown,
    }
}

fn by_kind(kind: &str) -> Class {
    match kind {
        "invalid_request_error"
        | "invalid_request"
        | "invalid_event"
        | "INVALID_ARGUMENT"
        | "FAILED_PRECONDITION"
        | "OUT_OF_RANGE" => Class::Rejected,
        "rate_limit_exceeded"
        | "rate_limit_error"
        | "tokens"
        | "requests"
        | "RESOURCE_EXHAUSTED" => Class::Throttled,
        "authentication_error" | "permission_error" | "UNAUTHENTICATED" | "PERMISSION_DENIED" => {
            Class::Auth
        }
        "insufficient_quota" | "billing_error" => Class::Quota,
        "server_error"
        | "internal_server_error"
        | "internal_error"
        | "api_error"
        | "INTERNAL"
        | "UNAVAILABLE" => Class::ServerFault,
        "NOT_FOUND" | "UNIMPLEMENTED" => Class::Unsupported,
        "DEADLINE_EXCEEDED" | "max_duration" => Class::Expired,
        "transcription_error" => Class::ResponseFailed,
        _ => Class::Unknown,
    }
}

/// Classifies what failed a response or a transcript: the session goes on either way.
pub(crate) fn classify_fault(fault: &mut Fault<'_>) {
    let class = classify(fault.code.as_deref(), fault.kind.as_deref()).class;
    fault.class = if class == Class::Unknown {
        Class::ResponseFailed
    } else {
        class
    };
}

/// `survives`: only its age ends this session.
pub(crate) fn classify_error(error: &mut ServerError<'_>, survives: bool) {
    let mut verdict = classify(error.code.as_deref(), error.kind.as_deref());
    if survives && verdict.class != Class::Expired {
        verdict.session_usable = true;
        if verdict.retry == Retry::Reconnect {
            verdict.retry = SAME;
        }
    }
    error.class = verdict.class;
    error.session_usable = verdict.session_usable;
    error.retry = verdict.retry;
}

/// The error as the fault of the command it is about.
pub(crate) fn fault(error: &ServerError<'_>) -> Fault<'static> {
    let owned = |text: &Option<Str<'_>>| text.as_deref().map(|text| Cow::Owned(text.into()));
    Fault {
        class: error.class,
        code: owned(&error.code),
        kind: owned(&error.kind),
        message: owned(&error.message),
        param: owned(&error.param),
    }
}
