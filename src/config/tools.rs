//! Tools, and which of them the model may call.

use super::{RawJson, wire::json_field};
use alloc::string::String;
use serde::{Deserialize, Serialize};

/// A tool that the model may call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Tool {
    /// A function of the caller's: its calls arrive as `Event::ToolCall`.
    Function {
        /// The name that calls carry.
        name: String,
        /// What it is for, in words for the model.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        /// The JSON Schema of its arguments; `None` is a function without arguments.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parameters: Option<RawJson>,
        /// Whether the model waits for the output; `None` is the provider's default.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        blocking: Option<bool>,
    },
    /// A server of tools that the provider calls, in the provider's words.
    #[serde(with = "json_field")]
    Mcp(RawJson),
    /// A tool that the provider executes, in the provider's words.
    #[serde(with = "json_field")]
    Builtin(RawJson),
}

impl Tool {
    /// Returns a function with a JSON Schema of its arguments.
    ///
    /// ```
    /// use realtime_proto::{RawJson, Tool};
    ///
    /// let schema = RawJson::new(r#"{"type":"object","properties":{"city":{"type":"string"}}}"#)?;
    /// let tool = Tool::function("get_weather", "Current weather of a city", schema);
    /// # Ok::<(), realtime_proto::NotJson>(())
    /// ```
    pub fn function(
        name: impl Into<String>,
        description: impl Into<String>,
        parameters: RawJson,
    ) -> Self {
        Self::Function {
            name: name.into(),
            description: Some(description.into()),
            parameters: Some(parameters),
            blocking: None,
        }
    }
}

/// Which tools the model may or must call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ToolChoice {
    /// The model decides.
    Auto,
    /// No tool.
    None,
    /// At least one tool, whichever.
    Required,
    /// This function.
    Function {
        /// Its name.
        name: String,
    },
    /// A tool of this server.
    Mcp {
        /// The label of the server.
        server_label: String,
        /// The tool; `None` is any of the server's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// Any other choice, in the provider's words.
    #[serde(with = "json_field")]
    Other(RawJson),
}
