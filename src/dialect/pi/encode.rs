//! Commands to the agent. One command is one arm, or one small function.

use crate::{
    codec,
    command::{AgentCommand, Attachment, Command, Deliver, SendText},
    config::{RawJson, SessionPatch},
    dialect::{Batch, Context, agent, refusals::refuse_but},
    error::SendError,
    json::Object,
    state::Expect,
};

pub(crate) fn encode(
    command: &Command<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    match command {
        Command::SendText(text) => send_text(text, context, batch)?,
        Command::CancelResponse(_) | Command::Interrupt(_) => {
            line("abort", Expect::Ended(None), batch, |_| {});
        }
        Command::Configure(patch) => configure(patch, context, batch)?,
        Command::Agent(asked) => ask(asked, context, batch)?,
        _ => return Err(context.unsupported(command.name())),
    }
    Ok(())
}

fn line(kind: &str, expect: Expect, batch: &mut Batch<'_>, write: impl FnOnce(&mut Object<'_>)) {
    batch.named(expect, |frame, id| {
        frame.plain("id", id).str("type", kind);
        write(frame);
    });
}

/// What nothing is under way for is a prompt: an idle agent would keep it for a later one.
///
/// A prompt during a run says that it waits; to an agent that is idle after all that means nothing.
fn send_text(
    text: &SendText<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    agent::check_text(text, context)?;
    let is_image = |attachment: &Attachment<'_>| attachment.mime.starts_with("image/");
    if !text.attachments.iter().all(is_image) {
        return Err(context.unsupported("send_text.attachments"));
    }
    let (kind, expect, waits) = match text.deliver {
        Deliver::AfterTurn if context.busy => ("follow_up", Expect::Answer, false),
        Deliver::Steer if context.busy => ("steer", Expect::Answer, false),
        _ if context.busy => ("prompt", Expect::Answer, true),
        _ => ("prompt", Expect::Reply, false),
    };
    line(kind, expect, batch, |frame| {
        frame.str("message", &text.text);
        images(frame, &text.attachments);
        if waits {
            frame.plain("streamingBehavior", "followUp");
        }
    });
    Ok(())
}

fn images(frame: &mut Object<'_>, images: &[Attachment<'_>]) {
    if images.is_empty() {
        return;
    }
    frame.array("images", |list| {
        for image in images {
            list.object(|object| {
                object
                    .plain("type", "image")
                    .str("data", &codec::encode(&image.data))
                    .str("mimeType", &image.mime);
            });
        }
    });
}

/// The model and its effort are commands of their own.
fn configure(
    patch: &SessionPatch,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    refuse_but(&["configure.model", "configure.reasoning"], patch, context)?;
    let level = agent::set(&patch.reasoning, "reasoning")?;
    if let Some(model) = agent::set(&patch.model, "model")? {
        set_model(model, batch)?;
    }
    if let Some(level) = level {
        line("set_thinking_level", Expect::Answer, batch, |frame| {
            frame.str("level", level);
        });
    }
    Ok(())
}

/// A model is named together with its provider: `provider/model`.
fn set_model(model: &str, batch: &mut Batch<'_>) -> Result<(), SendError> {
    let named = model.split_once('/');
    let (provider, model) = named.ok_or(SendError::Invalid { field: "model" })?;
    line("set_model", Expect::Answer, batch, |frame| {
        frame.str("provider", provider).str("modelId", model);
    });
    Ok(())
}

fn ask(
    asked: &AgentCommand<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    let kind = match asked {
        AgentCommand::Compact {
            instructions: Some(text),
        } => {
            line("compact", Expect::Answer, batch, |frame| {
                frame.str("customInstructions", text);
            });
            return Ok(());
        }
        AgentCommand::SetModel { model } => return set_model(model, batch),
        AgentCommand::Other { name, fields } => return other(name, fields.as_ref(), batch),
        AgentCommand::ListTools => return Err(context.unsupported("agent.list_tools")),
        AgentCommand::Compact { .. } => "compact",
        AgentCommand::NewSession => "new_session",
        AgentCommand::GetMessages => "get_messages",
        AgentCommand::ListModels => "get_available_models",
        AgentCommand::Stats => "get_session_stats",
        AgentCommand::GetState => "get_state",
    };
    line(kind, Expect::Answer, batch, |_| {});
    Ok(())
}

/// Any other command: its name, the id that its answer bears, the caller's fields. What answers a
/// request of an extension bears the id of that request, and is not answered.
fn other(name: &str, fields: Option<&RawJson>, batch: &mut Batch<'_>) -> Result<(), SendError> {
    let own = agent::fields(name, fields)?;
    if name != "extension_ui_response" {
        line(name, Expect::Answer, batch, |frame| {
            agent::write(frame, &own);
        });
        return Ok(());
    }
    let request = agent::field(fields, "id").ok_or(SendError::Invalid { field: "fields" })?;
    batch.named(Expect::Nothing, |frame, _| {
        frame.plain("type", name).str("id", &request);
        agent::write(frame, &own);
    });
    Ok(())
}
