//! The client messages that this protocol has alone, or words otherwise.

use super::settings;
use crate::{
    command::{Command, CreateItem, CreateResponse, ItemBody, Position, Say, Truncate},
    dialect::{
        Batch, Context,
        openai::{
            self,
            common::{has_modalities, modalities, refuse, with_extra},
            create::metadata,
            encode::item_frame,
        },
    },
    error::SendError,
    event::Role,
    json::Object,
    state::Expect,
};
use alloc::string::String;

pub(crate) fn encode(
    command: &Command<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    match command {
        Command::Configure(patch) => settings::session(patch, context, batch),
        Command::CreateResponse(create) => create_response(create, context, batch),
        Command::Truncate(truncate) => {
            truncate_item(truncate, batch);
            Ok(())
        }
        Command::Say(say) => {
            force(say, batch);
            Ok(())
        }
        Command::SendText(text) => {
            known_role(&text.role, context, "send_text.role")?;
            openai::encode(command, context, batch)
        }
        Command::CreateItem(create) => create_item(command, create, context, batch),
        Command::SendMedia(_)
        | Command::ToolOutput(_)
        | Command::CommitInput
        | Command::ClearInput
        | Command::DeleteItem(_)
        | Command::CancelResponse(_) => openai::encode(command, context, batch),
        _ => Err(context.unsupported(command.name())),
    }
}

/// Answers a ping with the number that it came with.
pub(crate) fn pong(timestamp: &str, out: &mut String) {
    let mut object = Object::new(out);
    object
        .plain("type", "pong")
        .raw("ping_timestamp", timestamp);
    object.end();
}

fn known_role(role: &Role, context: &Context, command: &'static str) -> Result<(), SendError> {
    match role {
        Role::User | Role::Assistant | Role::System => Ok(()),
        _ => Err(context.unsupported(command)),
    }
}

fn create_item(
    command: &Command<'_>,
    create: &CreateItem<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    if let ItemBody::Message { role, .. } = &create.item.body {
        known_role(role, context, "create_item.role")?;
    }
    if create.at == Position::Front {
        return Err(context.unsupported("create_item.at"));
    }
    openai::encode(command, context, batch)
}

fn truncate_item(truncate: &Truncate<'_>, batch: &mut Batch<'_>) {
    let expect = Expect::Truncated(truncate.item_id.as_ref().into());
    batch.frame("conversation.item.truncate", expect, |frame| {
        frame
            .str("item_id", &truncate.item_id)
            .number("content_index", truncate.content_index)
            .number("audio_end_ms", truncate.heard.as_millis());
    });
}

/// The server begins the response by itself.
fn force(say: &Say<'_>, batch: &mut Batch<'_>) {
    let mut item = String::new();
    let mut object = Object::new(&mut item);
    object
        .plain("type", "force_message")
        .plain("role", "assistant")
        .array("content", |parts| {
            parts.object(|part| {
                part.plain("type", "output_text").str("text", &say.text);
            });
        });
    object.end();
    let expect = Expect::message(Role::Assistant);
    item_frame(expect, batch, &item, &Position::End);
}

fn create_response(
    create: &CreateResponse<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    refuse(context, unheard_of(create))?;
    let overrides = with_extra(create.extra.as_ref(), |object| {
        if let Some(list) = &create.modalities {
            modalities(object, "modalities", list);
        }
        if let Some(instructions) = &create.instructions {
            object.str("instructions", instructions);
        }
        metadata(object, create);
    })?;
    let expect = Expect::Response { out_of_band: false };
    batch.frame("response.create", expect, |frame| {
        if overrides != "{}" {
            frame.raw("response", &overrides);
        }
    });
    Ok(())
}

/// A response differs from the session in little here.
fn unheard_of(create: &CreateResponse<'_>) -> [(bool, &'static str); 12] {
    let modalities = create.modalities.as_deref();
    [
        (create.out_of_band, "create_response.out_of_band"),
        (create.voice.is_some(), "create_response.voice"),
        (
            create.output_format.is_some(),
            "create_response.output_format",
        ),
        (create.tools.is_some(), "create_response.tools"),
        (create.tool_choice.is_some(), "create_response.tool_choice"),
        (
            create.parallel_tool_calls.is_some(),
            "create_response.parallel_tool_calls",
        ),
        (create.temperature.is_some(), "create_response.temperature"),
        (
            create.max_output_tokens.is_some(),
            "create_response.max_output_tokens",
        ),
        (create.reasoning.is_some(), "create_response.reasoning"),
        (create.prompt.is_some(), "create_response.prompt"),
        (create.input.is_some(), "create_response.input"),
        (
            modalities.is_some_and(|list| !has_modalities(list)),
            "create_response.modalities",
        ),
    ]
}
