//! What a dialect can do, in neutral words.

use crate::config::{Dialect, Modality};
use crate::dialect::xai;
use alloc::{string::String, vec, vec::Vec};
use serde::{Deserialize, Serialize};

/// What a server can do, in neutral words.
///
/// A session asks this, never the name of the dialect.
///
/// A server that differs from its dialect is described by
/// [`Config::capabilities`](crate::config::Config::capabilities):
///
/// ```
/// use realtime_proto::{Capabilities, Config, Dialect};
///
/// let mut config = Config::new(Dialect::Xai);
/// let mut capabilities = Capabilities::of(config.dialect);
/// capabilities.truncate = false;
/// config.capabilities = Some(capabilities);
/// ```
///
/// What a server refuses as [`Unsupported`](crate::Class::Unsupported) is turned off: a cancel, a
/// truncation, a deletion, a commit or a clear. The session does not originate it again;
/// [`Session::capabilities`](crate::Session::capabilities) tells what is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each asked on its own"
)]
#[non_exhaustive]
pub struct Capabilities {
    /// Whether a response in progress can be cancelled.
    pub cancel: bool,
    /// Whether an item can be cut to what was heard.
    pub truncate: bool,
    /// Whether an item can be removed from the conversation.
    pub delete: bool,
    /// Whether the caller can end a user turn by committing the audio that was appended.
    pub commit: bool,
    /// Whether appended audio that is not committed can be thrown away.
    pub clear: bool,
    /// Whether the caller can mark where the user's activity starts and ends.
    pub activity: bool,
    /// When settings can change.
    pub configure: Configurable,
    /// Whether responses outside the conversation can run beside the one within it.
    pub out_of_band: bool,
    /// Whether a response carries the metadata that it was asked for with.
    pub response_metadata: bool,
    /// Whether the model goes on by itself once its calls are answered.
    pub server_continues_after_tools: bool,
    /// Whether a tool's output can say when the model may speak about it.
    pub tool_scheduling: bool,
    /// Whether a tool's response repeats the id of its call next to the name of the function.
    ///
    /// `false` also where the output is an item that only carries the id.
    pub tool_response_id: bool,
    /// Whether what follows a tool's output is a response of its own.
    pub tool_turns: ToolTurns,
    /// Whether asking for a response ends the one in progress instead of being refused.
    pub replaces_active: bool,
    /// Whether the server itself cuts an interrupted item, by what it believes was heard.
    pub server_truncates: bool,
    /// Whether the server answers commands.
    ///
    /// Where it does they settle as accepted, elsewhere as sent.
    pub acknowledges: bool,
    /// What a later connection can continue.
    pub resumes: Resumes,
    /// What the model takes as a stream or as text. Images inside items are not counted.
    pub input: Vec<Modality>,
    /// What the model answers in.
    pub output: Vec<Modality>,
    /// What proves that the server takes commands.
    pub ready_on: ReadyOn,
    /// Who gives names to responses, items and turns of the user.
    pub names: Names,
    /// Whether the server names the calls of a cut reply that it takes back; the others still want
    /// their outputs. Elsewhere all of them go with the reply.
    pub takes_back_calls: bool,
    /// Whether a text that wants a reply asks for it by itself; elsewhere a request follows it.
    pub prompts: bool,
    /// Whether a text goes as live input, beside the audio, and not as a turn of its own.
    pub live_text: bool,
    /// Whether a reply that cannot be cancelled is interrupted by handing out no more of it.
    pub mutes: bool,
    /// The rate of the user's audio, where no setting says otherwise, in Hz.
    pub input_rate_hz: u32,
    /// Where a text waits that comes while a reply is under way.
    pub texts_wait: TextsWait,
    /// Whether the server tells of the items that the client writes.
    pub echoes: bool,
    /// Whether a response that was asked for can be cancelled before it begins.
    pub cancels_unborn: bool,
    /// Whether the model can be changed within a session.
    pub changes_model: bool,
    /// Whether what the server says comes in responses that begin and end.
    ///
    /// Elsewhere it is one stream: its texts and audio belong to nothing, and nothing tells their
    /// ends.
    pub responses: bool,
    /// Whether the server says what it still has once it is told that the session ends, and then
    /// that it has: the end of the transport waits for that.
    pub answers_close: bool,
    /// Whether audio that the server has queued for playback elsewhere can be thrown away.
    pub clear_output: bool,
    /// Whether a binary frame of the server is audio of the reply, without a word about it.
    ///
    /// Elsewhere it is a message in UTF-8.
    pub binary_audio: bool,
    /// Whether the server may tell only some of its settings.
    ///
    /// Those that it does not tell are then as they were, or as they were last asked for.
    pub partial_settings: bool,
    /// Whether the session outlives every error but that of its age.
    pub survives_errors: bool,
    /// Whether an item that is told to follow none is the first one.
    ///
    /// Elsewhere that is also said of items whose place is not told.
    pub first_is_told: bool,
    /// The functions whose calls the provider executes itself, by name.
    ///
    /// Where there are any, so are those of functions that nobody declared to a session that has
    /// functions: [`Event::RemoteTool`](crate::Event::RemoteTool). Empty: each call is yours.
    pub provider_functions: Vec<String>,
}

/// When settings can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Configurable {
    /// At any time, each within its own rules.
    Anytime,
    /// Only in the first frame of the connection.
    OpeningOnly,
    /// Instructions and tools at any time, everything else only in the first frame.
    ContextOnly,
}

/// How a response with tool calls relates to the one that follows their outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ToolTurns {
    /// The calls end their response; what follows the outputs is another.
    Split,
    /// The response goes on after the outputs and ends once.
    Joined,
}

/// What a later connection can continue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Resumes {
    /// Nothing: it starts empty.
    No,
    /// The session, by a handle that the server renews.
    Handle,
    /// The conversation, by its id, where the settings ask for that.
    Conversation,
}

/// What proves that the server takes commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReadyOn {
    /// The frame that says so.
    SessionFrame,
    /// Any frame that is not an error.
    AnyFrame,
    /// The connection itself.
    AtOnce,
}

/// Who gives names to responses, items and turns of the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Names {
    /// The server: what has no name in a frame belongs to what is under way.
    Server,
    /// The session, for whatever a frame leaves nameless; such a name is never sent.
    Session,
}

/// Where a text waits that comes while a reply is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TextsWait {
    /// It does not: the server takes it at once.
    Nowhere,
    /// In the session: the server would refuse it.
    Session,
    /// On the server, which answers it in its turn.
    Server,
}

impl Capabilities {
    /// Returns what the servers of a dialect can do, as far as is known.
    ///
    /// It is what the vendors document; where they say nothing, what their servers were seen to do.
    #[must_use]
    pub fn of(dialect: Dialect) -> Self {
        match dialect {
            Dialect::OpenAi | Dialect::OpenAiBeta => Self::openai(),
            Dialect::OpenAiTranslation => Self {
                input: vec![Modality::Audio],
                ..Self::openai_stream()
            },
            Dialect::OpenAiLive => Self {
                ready_on: ReadyOn::SessionFrame,
                ..Self::openai_stream()
            },
            Dialect::AzureVoiceLive => Self {
                replaces_active: true,
                output: vec![Modality::Text, Modality::Audio, Modality::Video],
                ..Self::openai()
            },
            Dialect::Xai => Self {
                out_of_band: false,
                resumes: Resumes::Conversation,
                ready_on: ReadyOn::AtOnce,
                clear_output: false,
                binary_audio: true,
                partial_settings: true,
                survives_errors: true,
                first_is_told: false,
                provider_functions: xai::FUNCTIONS.map(String::from).into(),
                ..Self::openai()
            },
            Dialect::Gemini => Self::gemini(),
            Dialect::GeminiVertex => Self {
                tool_scheduling: false,
                tool_response_id: false,
                ..Self::gemini()
            },
            Dialect::Synaps => Self::agent(),
            Dialect::Pi => Self {
                ready_on: ReadyOn::AtOnce,
                texts_wait: TextsWait::Server,
                echoes: true,
                ..Self::agent()
            },
            Dialect::NovaSonic => Self::nova_sonic(),
        }
    }

    /// A server that can do nothing but talk.
    fn least() -> Self {
        Self {
            cancel: false,
            truncate: false,
            delete: false,
            commit: false,
            clear: false,
            activity: false,
            configure: Configurable::OpeningOnly,
            out_of_band: false,
            response_metadata: false,
            server_continues_after_tools: false,
            tool_scheduling: false,
            tool_response_id: false,
            tool_turns: ToolTurns::Split,
            replaces_active: false,
            server_truncates: false,
            acknowledges: false,
            resumes: Resumes::No,
            input: vec![Modality::Text, Modality::Audio],
            output: vec![Modality::Text, Modality::Audio],
            ready_on: ReadyOn::SessionFrame,
            names: Names::Server,
            takes_back_calls: false,
            prompts: false,
            live_text: false,
            mutes: false,
            input_rate_hz: 24_000,
            texts_wait: TextsWait::Nowhere,
            echoes: true,
            cancels_unborn: false,
            changes_model: false,
            responses: true,
            answers_close: false,
            clear_output: false,
            binary_audio: false,
            partial_settings: false,
            survives_errors: false,
            first_is_told: true,
            provider_functions: Vec::new(),
        }
    }

    fn openai() -> Self {
        Self {
            cancel: true,
            truncate: true,
            delete: true,
            commit: true,
            clear: true,
            configure: Configurable::Anytime,
            out_of_band: true,
            response_metadata: true,
            acknowledges: true,
            ready_on: ReadyOn::AnyFrame,
            clear_output: true,
            ..Self::least()
        }
    }

    /// Continuous speech: no turns, no items, nothing to cancel.
    fn openai_stream() -> Self {
        Self {
            responses: false,
            answers_close: true,
            configure: Configurable::Anytime,
            acknowledges: true,
            ready_on: ReadyOn::AnyFrame,
            ..Self::least()
        }
    }

    /// The server cuts what it streamed by itself: it assumes playback in real time.
    fn gemini() -> Self {
        Self {
            activity: true,
            server_continues_after_tools: true,
            tool_scheduling: true,
            tool_response_id: true,
            tool_turns: ToolTurns::Joined,
            replaces_active: true,
            server_truncates: true,
            resumes: Resumes::Handle,
            names: Names::Session,
            takes_back_calls: true,
            prompts: true,
            mutes: true,
            input_rate_hz: 16_000,
            input: vec![Modality::Text, Modality::Audio, Modality::Video],
            output: vec![Modality::Text, Modality::Audio, Modality::Video],
            ..Self::least()
        }
    }

    /// Tools run inside the agent, within the response that called them.
    fn agent() -> Self {
        Self {
            cancel: true,
            configure: Configurable::Anytime,
            server_continues_after_tools: true,
            tool_turns: ToolTurns::Joined,
            acknowledges: true,
            names: Names::Session,
            prompts: true,
            texts_wait: TextsWait::Session,
            echoes: false,
            cancels_unborn: true,
            changes_model: true,
            input: vec![Modality::Text],
            output: vec![Modality::Text],
            ..Self::least()
        }
    }

    fn nova_sonic() -> Self {
        Self {
            server_continues_after_tools: true,
            tool_response_id: true,
            tool_turns: ToolTurns::Joined,
            server_truncates: true,
            ready_on: ReadyOn::AtOnce,
            ..Self::least()
        }
    }
}
