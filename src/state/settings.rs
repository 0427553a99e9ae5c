//! Configuration: only what changes is sent, and what came out otherwise is told with its answer.
//!
//! ```text
//!              the server tells           a change is sent
//!   untold ───────────────────────► told ──────────────────► asked
//!                                    ▲ ▲                       │
//!                                    │ └── refused: forgotten ─┤
//!                                    └──── told: compared ─────┘
//!
//!   voiced (audio has come): a voice is settled as rejected, without a frame
//!   traced (tracing is on), and the model and the kind once they are known: an error
//!   locked (the opening was the only moment): every change is an error
//! ```
//! While a change is on its way, or one was accepted and nothing told what is in effect, nothing is
//! taken for what it is already: every change goes out.

use super::{Out, State, commands::settled};
use crate::{
    capabilities::Configurable,
    config::{Patch, SemanticVad, ServerVad, SessionConfig, SessionPatch, Tool, TurnDetection},
    dialect::{Extras, Wanted},
    error::SendError,
    event::{Class, Event, Fault, Settlement, Str},
    heap::Heap,
    id::CommandId,
};
use alloc::{borrow::Cow, boxed::Box, vec::Vec};

/// What becomes of a change.
pub(crate) enum Change {
    /// It goes out, as far as it is one.
    Send(Box<SessionPatch>),
    /// It is settled already.
    Settled,
}

/// A change on its way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    command: CommandId,
    patch: SessionPatch,
    /// What it asks for beside the settings.
    extras: Extras,
}

impl Heap for Asked {
    fn heap(&self) -> usize {
        self.patch.heap()
    }
}

impl State {
    /// What is left of a change once what is in effect already is taken out. While another change
    /// is on its way nobody knows what will be in effect.
    ///
    /// Fails where it can never be made; is settled at once where only the moment is wrong.
    pub(crate) fn change(
        &mut self,
        command: CommandId,
        patch: &SessionPatch,
        out: &mut Out<'_>,
    ) -> Result<Change, SendError> {
        self.never(patch)?;
        let mut left = patch.clone();
        if self.told_settings && !self.commands.changes_settings() {
            left.retain_changes(&self.settings);
        }
        if left.is_empty() {
            out.settle(settled(command, Settlement::Accepted));
            return Ok(Change::Settled);
        }
        if !left.voice.is_keep() && self.audio_bytes > 0 {
            let fault = Fault {
                class: Class::Rejected,
                code: Some(Cow::Borrowed("cannot_update_voice")),
                ..Fault::default()
            };
            out.settle(settled(command, Settlement::Rejected(fault)));
            return Ok(Change::Settled);
        }
        Ok(Change::Send(Box::new(left)))
    }

    /// What no server ever changes within a session.
    fn never(&self, patch: &SessionPatch) -> Result<(), SendError> {
        match self.capabilities.configure {
            Configurable::OpeningOnly => return Err(SendError::Immutable { field: "session" }),
            Configurable::ContextOnly => return beside_context(patch),
            Configurable::Anytime => {}
        }
        let model = patch.model.value().zip(self.settings.model.as_ref());
        let changes = model.is_some_and(|(wanted, is)| wanted != is);
        if changes && !self.capabilities.changes_model {
            return Err(SendError::Immutable { field: "model" });
        }
        if patch
            .kind
            .value()
            .is_some_and(|kind| *kind != self.settings.kind)
        {
            return Err(SendError::Immutable { field: "kind" });
        }
        if self.settings.tracing.is_some() && !patch.tracing.is_keep() {
            return Err(SendError::Immutable { field: "tracing" });
        }
        Ok(())
    }

    /// A change that nobody acknowledges is in effect.
    pub(crate) fn changed(&mut self, patch: &SessionPatch, out: &mut Out<'_>) {
        self.settings.apply(patch);
        out.push(Event::SessionUpdated(Box::default()));
    }

    /// Somebody else asked for settings. Where nothing tells what comes of them, they are in effect.
    pub(crate) fn wanted(&mut self, command: CommandId, wanted: Wanted, out: &mut Out<'_>) {
        if self.capabilities.acknowledges {
            self.asked(command, wanted.patch, wanted.extras);
        } else if wanted.opens {
            self.settings.apply(&wanted.patch);
            self.handle = wanted.handle.or_else(|| self.handle.take());
        } else {
            self.changed(&wanted.patch, out);
        }
    }

    /// Remembers what was asked for, to compare it with what comes of it.
    pub(crate) fn asked(&mut self, command: CommandId, patch: SessionPatch, extras: Extras) {
        self.asked.push_back(Asked {
            command,
            patch,
            extras,
        });
    }

    /// Takes what a command asked for, now that it has settled.
    pub(super) fn take_asked(&mut self, command: CommandId) -> Option<Asked> {
        let at = self
            .asked
            .iter()
            .position(|asked| asked.command == command)?;
        self.asked.remove(at)
    }

    /// Takes over settings that the server told, and says which did not come out as they were
    /// asked for. Where none were told with the acknowledgement of a change, nobody knows any more
    /// what is in effect, unless what is not told is as it was asked for.
    pub(super) fn settle_settings(
        &mut self,
        told: Option<SessionConfig>,
        changed: Option<CommandId>,
    ) -> Vec<Str<'static>> {
        let whole = !self.capabilities.partial_settings;
        let known = self.told_settings && (changed.is_none() || !whole);
        self.told_settings = told.is_some() || known;
        let asked = changed.and_then(|command| self.take_asked(command));
        if let Some(asked) = &asked {
            self.extras = asked.extras.or(self.extras);
            if !whole {
                self.settings.apply(&asked.patch);
            }
        }
        let Some(told) = told else {
            return Vec::new();
        };
        if whole {
            self.settings = told.into();
        } else {
            self.settings.apply(&SessionPatch::from(&told));
        }
        asked.map_or_else(Vec::new, |asked| self.mismatches(&asked.patch))
    }

    /// What is in effect beside the settings, if what is on its way comes out as asked for.
    pub(super) fn extras(&self) -> Extras {
        let asked = self.asked.iter().map(|asked| asked.extras);
        asked.fold(self.extras, |earlier, asked| asked.or(earlier))
    }

    /// Whether the user's audio goes out raw.
    pub(crate) fn sends_binary(&self) -> bool {
        self.capabilities.binary_audio && self.extras().binary_input == Some(true)
    }

    /// The tools that are declared, or on their way to be.
    pub(super) fn tools(&self) -> impl Iterator<Item = &Tool> {
        let asked = self
            .asked
            .iter()
            .filter_map(|asked| asked.patch.tools.value());
        self.settings.tools.iter().chain(asked.flatten())
    }

    /// The settings that did not come out as they were asked for.
    fn mismatches(&self, patch: &SessionPatch) -> Vec<Str<'static>> {
        let is = &self.settings;
        let told = [
            ("voice", speaks_differently(patch, is)),
            (
                "instructions",
                differs(&patch.instructions, is.instructions.as_ref()),
            ),
            (
                "modalities",
                differs(&patch.modalities, is.modalities.as_ref()),
            ),
            (
                "input_format",
                differs(&patch.input_format, is.input_format.as_ref()),
            ),
            (
                "output_format",
                differs(&patch.output_format, is.output_format.as_ref()),
            ),
            ("speed", differs(&patch.speed, is.speed.as_ref())),
            ("turn_detection", detects_differently(patch, is)),
            (
                "temperature",
                differs(&patch.temperature, is.temperature.as_ref()),
            ),
            (
                "max_output_tokens",
                differs(&patch.max_output_tokens, is.max_output_tokens.as_ref()),
            ),
            (
                "tool_choice",
                differs(&patch.tool_choice, is.tool_choice.as_ref()),
            ),
        ];
        let differing = told.into_iter().filter(|(_, differs)| *differs);
        differing.map(|(field, _)| Cow::Borrowed(field)).collect()
    }
}

/// Only instructions and tools can change once the session is open.
fn beside_context(patch: &SessionPatch) -> Result<(), SendError> {
    let rest = SessionPatch {
        instructions: Patch::Keep,
        tools: Patch::Keep,
        ..patch.clone()
    };
    if rest.is_empty() {
        Ok(())
    } else {
        Err(SendError::Immutable { field: "session" })
    }
}

/// A setting that the server does not tell cannot be compared.
fn differs<T: PartialEq>(patch: &Patch<T>, is: Option<&T>) -> bool {
    patch
        .value()
        .zip(is)
        .is_some_and(|(wanted, is)| wanted != is)
}

/// A voice may be spelled in capitals or not.
fn speaks_differently(patch: &SessionPatch, is: &SessionConfig) -> bool {
    let voices = patch.voice.value().zip(is.voice.as_ref());
    voices.is_some_and(|(wanted, is)| !wanted.eq_ignore_ascii_case(is))
}

/// Only what was asked for is compared: the server fills in the rest.
fn detects_differently(patch: &SessionPatch, is: &SessionConfig) -> bool {
    let (Some(wanted), Some(is)) = (patch.turn_detection.value(), &is.turn_detection) else {
        return false;
    };
    match (wanted, is) {
        (TurnDetection::ServerVad(wanted), TurnDetection::ServerVad(is)) => vad_differs(wanted, is),
        (TurnDetection::SemanticVad(wanted), TurnDetection::SemanticVad(is)) => {
            semantic_differs(wanted, is)
        }
        (wanted, is) => wanted != is,
    }
}

fn vad_differs(wanted: &ServerVad, is: &ServerVad) -> bool {
    let asked = ServerVad {
        threshold: wanted.threshold.and(is.threshold),
        prefix_padding_ms: wanted.prefix_padding_ms.and(is.prefix_padding_ms),
        silence_duration_ms: wanted.silence_duration_ms.and(is.silence_duration_ms),
        idle_timeout_ms: wanted.idle_timeout_ms.and(is.idle_timeout_ms),
        create_response: wanted.create_response.and(is.create_response),
        interrupt_response: wanted.interrupt_response.and(is.interrupt_response),
    };
    *wanted != asked
}

fn semantic_differs(wanted: &SemanticVad, is: &SemanticVad) -> bool {
    let asked = SemanticVad {
        eagerness: is.eagerness.clone().filter(|_| wanted.eagerness.is_some()),
        create_response: wanted.create_response.and(is.create_response),
        interrupt_response: wanted.interrupt_response.and(is.interrupt_response),
    };
    *wanted != asked
}

#[cfg(test)]
mod tests;
