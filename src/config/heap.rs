//! What settings hold on the heap.

use super::{
    InputTranscription, Limits, MaxTokens, Modality, Patch, RawJson, SemanticVad, SessionConfig,
    SessionKind, SessionPatch, Tool, ToolChoice, TurnDetection,
};
use crate::{audio::AudioFormat, capabilities::Capabilities, heap::Heap};

impl Heap for Modality {}
impl Heap for SessionKind {}
impl Heap for MaxTokens {}
impl Heap for AudioFormat {}

impl Heap for RawJson {
    fn heap(&self) -> usize {
        self.get().len()
    }
}

impl<T: Heap> Heap for Patch<T> {
    fn heap(&self) -> usize {
        self.value().map_or(0, Heap::heap)
    }
}

impl Heap for Limits {}

impl Heap for Capabilities {
    fn heap(&self) -> usize {
        self.input.heap() + self.output.heap() + self.provider_functions.heap()
    }
}

/// A whole and a patch hold the same fields, each in its own kind of option.
macro_rules! heap_of_settings {
    ($settings:ty) => {
        impl Heap for $settings {
            fn heap(&self) -> usize {
                let texts = [
                    &self.model,
                    &self.voice,
                    &self.instructions,
                    &self.noise_reduction,
                    &self.reasoning,
                ];
                let raw = [&self.truncation, &self.tracing, &self.prompt, &self.extra];
                texts.into_iter().map(Heap::heap).sum::<usize>()
                    + raw.into_iter().map(Heap::heap).sum::<usize>()
                    + self.modalities.heap()
                    + self.turn_detection.heap()
                    + self.input_transcription.heap()
                    + self.tools.heap()
                    + self.tool_choice.heap()
                    + self.metadata.heap()
            }
        }
    };
}

heap_of_settings!(SessionConfig);
heap_of_settings!(SessionPatch);

impl Heap for TurnDetection {
    fn heap(&self) -> usize {
        match self {
            Self::Manual | Self::ServerVad(_) => 0,
            Self::SemanticVad(SemanticVad { eagerness, .. }) => eagerness.heap(),
            Self::Other(raw) => raw.heap(),
        }
    }
}

impl Heap for InputTranscription {
    fn heap(&self) -> usize {
        let texts = [&self.model, &self.language, &self.prompt, &self.delay];
        texts.into_iter().map(Heap::heap).sum::<usize>()
            + self.languages.heap()
            + self.keywords.heap()
    }
}

impl Heap for Tool {
    fn heap(&self) -> usize {
        match self {
            Self::Function {
                name,
                description,
                parameters,
                ..
            } => name.heap() + description.heap() + parameters.heap(),
            Self::Mcp(raw) | Self::Builtin(raw) => raw.heap(),
        }
    }
}

impl Heap for ToolChoice {
    fn heap(&self) -> usize {
        match self {
            Self::Auto | Self::None | Self::Required => 0,
            Self::Function { name } => name.heap(),
            Self::Mcp { server_label, name } => server_label.heap() + name.heap(),
            Self::Other(raw) => raw.heap(),
        }
    }
}
