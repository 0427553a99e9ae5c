//! Which settings a dialect has keys for, and which of them a kind of session has.

use super::common::{finite, has_choice, has_format, has_modalities, has_tools, refuse};
use crate::{
    config::{Dialect, Patch, SessionKind, SessionPatch, TurnDetection},
    dialect::{
        Context,
        refusals::{refuse_but, refuse_those},
    },
    error::SendError,
};

/// Refuses what the server would refuse, or would not even see.
pub(super) fn check(patch: &SessionPatch, context: &Context) -> Result<(), SendError> {
    kind(patch, context)?;
    numbers(patch)?;
    values(patch, context)?;
    if context.kind == SessionKind::Transcription {
        replies(patch, context)?;
    }
    if context.dialect == Dialect::OpenAiBeta {
        beta(patch, context)
    } else {
        refuse_those(&["configure.temperature"], patch, context)
    }
}

/// The kind of a session is that of its opening.
pub(in crate::dialect) fn kind(patch: &SessionPatch, context: &Context) -> Result<(), SendError> {
    let wanted = match patch.kind {
        Patch::Keep => return Ok(()),
        Patch::Clear => SessionKind::default(),
        Patch::Set(kind) => kind,
    };
    if wanted == context.kind {
        Ok(())
    } else {
        Err(SendError::Immutable { field: "kind" })
    }
}

pub(in crate::dialect) fn numbers(patch: &SessionPatch) -> Result<(), SendError> {
    finite(patch.speed.value().copied(), "speed")?;
    finite(patch.temperature.value().copied(), "temperature")?;
    match patch.turn_detection.value() {
        Some(TurnDetection::ServerVad(vad)) => finite(vad.threshold, "turn_detection"),
        _ => Ok(()),
    }
}

/// Keys that are there, with values that are not.
fn values(patch: &SessionPatch, context: &Context) -> Result<(), SendError> {
    let (input, output) = (patch.input_format.value(), patch.output_format.value());
    let (modalities, tools) = (patch.modalities.value(), patch.tools.value());
    let choice = patch.tool_choice.value();
    let refused = [
        (!patch.metadata.is_keep(), "configure.metadata"),
        (
            input.is_some_and(|format| !has_format(*format, context)),
            "configure.input_format",
        ),
        (
            output.is_some_and(|format| !has_format(*format, context)),
            "configure.output_format",
        ),
        (
            modalities.is_some_and(|list| !has_modalities(list)),
            "configure.modalities",
        ),
        (
            tools.is_some_and(|tools| !has_tools(tools, context)),
            "configure.tools",
        ),
        (
            choice.is_some_and(|choice| !has_choice(choice, context)),
            "configure.tool_choice",
        ),
    ];
    refuse(context, refused)
}

/// Where the server only transcribes, nothing is said about replies.
fn replies(patch: &SessionPatch, context: &Context) -> Result<(), SendError> {
    let settable = [
        "configure.kind",
        "configure.modalities",
        "configure.input_format",
        "configure.turn_detection",
        "configure.input_transcription",
        "configure.noise_reduction",
        "configure.extra",
    ];
    if context.dialect != Dialect::OpenAiBeta {
        refuse_those(&["configure.modalities"], patch, context)?;
    }
    refuse_but(&settable, patch, context)
}

/// What came after the beta.
fn beta(patch: &SessionPatch, context: &Context) -> Result<(), SendError> {
    let idle = match patch.turn_detection.value() {
        Some(TurnDetection::ServerVad(vad)) => vad.idle_timeout_ms,
        _ => None,
    };
    let wanted = patch.input_transcription.value();
    let unheard_of = [
        "configure.parallel_tool_calls",
        "configure.reasoning",
        "configure.truncation",
        "configure.prompt",
    ];
    refuse_those(&unheard_of, patch, context)?;
    let refused = [
        (idle.is_some(), "configure.turn_detection.idle_timeout_ms"),
        (
            wanted.is_some_and(|wanted| wanted.delay.is_some()),
            "configure.input_transcription.delay",
        ),
        (
            wanted.is_some_and(|wanted| !wanted.keywords.is_empty()),
            "configure.input_transcription.keywords",
        ),
        (
            wanted.is_some_and(|wanted| !wanted.languages.is_empty()),
            "configure.input_transcription.languages",
        ),
    ];
    refuse(context, refused)
}
