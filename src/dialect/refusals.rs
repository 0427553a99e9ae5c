//! Settings that a dialect has no words for, by their names.

use super::Context;
use crate::{config::SessionPatch, error::SendError};

/// Every setting: whether it is to stay as it is, and its name.
fn settings(patch: &SessionPatch) -> [(bool, &'static str); 22] {
    [
        (patch.kind.is_keep(), "configure.kind"),
        (patch.model.is_keep(), "configure.model"),
        (patch.voice.is_keep(), "configure.voice"),
        (patch.instructions.is_keep(), "configure.instructions"),
        (patch.modalities.is_keep(), "configure.modalities"),
        (patch.input_format.is_keep(), "configure.input_format"),
        (patch.output_format.is_keep(), "configure.output_format"),
        (patch.speed.is_keep(), "configure.speed"),
        (patch.turn_detection.is_keep(), "configure.turn_detection"),
        (
            patch.input_transcription.is_keep(),
            "configure.input_transcription",
        ),
        (patch.noise_reduction.is_keep(), "configure.noise_reduction"),
        (patch.tools.is_keep(), "configure.tools"),
        (patch.tool_choice.is_keep(), "configure.tool_choice"),
        (
            patch.parallel_tool_calls.is_keep(),
            "configure.parallel_tool_calls",
        ),
        (patch.temperature.is_keep(), "configure.temperature"),
        (
            patch.max_output_tokens.is_keep(),
            "configure.max_output_tokens",
        ),
        (patch.reasoning.is_keep(), "configure.reasoning"),
        (patch.truncation.is_keep(), "configure.truncation"),
        (patch.tracing.is_keep(), "configure.tracing"),
        (patch.prompt.is_keep(), "configure.prompt"),
        (patch.metadata.is_keep(), "configure.metadata"),
        (patch.extra.is_keep(), "configure.extra"),
    ]
}

/// Refuses the first setting that is wanted and that `refused` holds.
fn refuse(
    patch: &SessionPatch,
    context: &Context,
    refused: impl Fn(&str) -> bool,
) -> Result<(), SendError> {
    let wanted = settings(patch).into_iter().filter(|(keeps, _)| !keeps);
    let mut names = wanted.map(|(_, name)| name);
    match names.find(|name| refused(name)) {
        Some(name) => Err(context.unsupported(name)),
        None => Ok(()),
    }
}

/// Refuses whatever is wanted of a session beside what `settable` names.
pub(super) fn refuse_but(
    settable: &[&str],
    patch: &SessionPatch,
    context: &Context,
) -> Result<(), SendError> {
    refuse(patch, context, |name| !settable.contains(&name))
}

/// Refuses whatever is wanted of what `unheard_of` names.
pub(super) fn refuse_those(
    unheard_of: &[&str],
    patch: &SessionPatch,
    context: &Context,
) -> Result<(), SendError> {
    refuse(patch, context, |name| unheard_of.contains(&name))
}
