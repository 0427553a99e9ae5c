//! Commands that only agents understand.

use super::Str;
use crate::config::RawJson;
use serde::{Deserialize, Serialize};

/// What an agent behind an RPC dialect can be asked; elsewhere it is unsupported.
///
/// In JSON the key `command` tells which it is. The result arrives as `Event::Agent`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
#[non_exhaustive]
pub enum AgentCommand<'a> {
    /// Summarises the conversation so far, to free its context: `compact`.
    ///
    /// What the summary shall keep can be told to pi only.
    Compact {
        /// What the summary shall keep.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instructions: Option<Str<'a>>,
    },
    /// Begins an empty conversation: `new_session`.
    ///
    /// synaps takes none while it answers: it waits for the end of the reply, and what is said after
    /// it waits for the new conversation.
    NewSession,
    /// Asks for the messages of the conversation: `get_messages`.
    GetMessages,
    /// Asks which models there are: `get_available_models`.
    ListModels,
    /// Changes the model: `set_model`; in pi the model's provider stands before it,
    /// `provider/model`.
    SetModel {
        /// The model, by the agent's name.
        model: Str<'a>,
    },
    /// Asks for tokens and costs: `get_session_stats`.
    Stats,
    /// Asks what the agent is doing: `get_state`.
    GetState,
    /// Asks which tools there are: `tools_list`; not in pi.
    ListTools,
    /// Any other command of the agent, by its name and its fields.
    ///
    /// The session names it, but for pi's `extension_ui_response`, whose `id` among the fields is
    /// that of the request it answers; nothing answers that one.
    Other {
        /// The name on the wire.
        name: Str<'a>,
        /// An object whose keys stand beside the name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fields: Option<RawJson>,
    },
}
