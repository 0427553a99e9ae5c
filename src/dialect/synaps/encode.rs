//! Commands to the agent. One command is one arm, or one small function.

use crate::{
    command::{AgentCommand, Command, Deliver, SendText},
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
        Command::Close => batch.named(Expect::Nothing, |frame, _| {
            frame.plain("type", "shutdown");
        }),
        _ => return Err(context.unsupported(command.name())),
    }
    Ok(())
}

fn line(kind: &str, expect: Expect, batch: &mut Batch<'_>, write: impl FnOnce(&mut Object<'_>)) {
    batch.named(expect, |frame, id| {
        frame.str("type", kind).plain("id", id);
        write(frame);
    });
}

/// A turn is asked for one at a time, so what follows one is a turn like any other.
fn send_text(
    text: &SendText<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    agent::check_text(text, context)?;
    // Attachments are paths on the agent's machine, not bytes.
    if !text.attachments.is_empty() {
        return Err(context.unsupported("send_text.attachments"));
    }
    match text.deliver {
        Deliver::Now => line("prompt", Expect::Reply, batch, |frame| {
            frame
                .str("message", &text.text)
                .array("attachments", |_| {});
        }),
        Deliver::AfterTurn => line("follow_up", Expect::Reply, batch, |frame| {
            frame.str("message", &text.text);
        }),
        Deliver::Steer => return Err(context.unsupported("send_text.deliver")),
    }
    Ok(())
}

/// Only the model can be set.
fn configure(
    patch: &SessionPatch,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    refuse_but(&["configure.model"], patch, context)?;
    if let Some(model) = agent::set(&patch.model, "model")? {
        set_model(model, batch);
    }
    Ok(())
}

fn set_model(model: &str, batch: &mut Batch<'_>) {
    line("set_model", Expect::Answer, batch, |frame| {
        frame.str("model", model);
    });
}

fn ask(
    asked: &AgentCommand<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    let kind = match asked {
        AgentCommand::Compact {
            instructions: Some(_),
        } => return Err(context.unsupported("agent.compact.instructions")),
        AgentCommand::SetModel { model } => {
            set_model(model, batch);
            return Ok(());
        }
        AgentCommand::Other { name, fields } => return other(name, fields.as_ref(), batch),
        AgentCommand::Compact { .. } => "compact",
        AgentCommand::NewSession => "new_session",
        AgentCommand::GetMessages => "get_messages",
        AgentCommand::ListModels => "get_available_models",
        AgentCommand::Stats => "get_session_stats",
        AgentCommand::GetState => "get_state",
        AgentCommand::ListTools => "tools_list",
    };
    line(kind, Expect::Answer, batch, |_| {});
    Ok(())
}

/// Any other command: its name, the id that its answer bears, the caller's fields.
fn other(name: &str, fields: Option<&RawJson>, batch: &mut Batch<'_>) -> Result<(), SendError> {
    let fields = agent::fields(name, fields)?;
    line(name, Expect::Answer, batch, |frame| {
        agent::write(frame, &fields);
    });
    Ok(())
}
