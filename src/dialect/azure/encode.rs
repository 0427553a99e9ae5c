//! Client frames that are not written as the family writes them.

use super::{create, update};
use crate::{
    command::{Approve, Command, CreateItem, Position, Truncate},
    dialect::{
        Batch, Context,
        openai::{self, draft},
    },
    error::SendError,
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
        Command::Configure(patch) => update::session(patch, context, batch),
        Command::CreateItem(create) => create_item(create, context, batch),
        Command::Truncate(truncate) => {
            truncate_item(truncate, batch);
            Ok(())
        }
        Command::CreateResponse(wanted) => create::response(wanted, context, batch),
        Command::Say(say) => match create::spoken(say) {
            Some(wanted) => create::response(&wanted, context, batch),
            None => Err(context.unsupported("say")),
        },
        Command::Approve(approve) => answer_approval(approve, context, batch),
        _ => openai::encode(command, context, batch),
    }
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

fn create_item(
    create: &CreateItem<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    let item = draft::item(&create.item, context, "create_item.content")?;
    item_frame(draft::expect(&create.item, &item), batch, &item, &create.at);
    Ok(())
}

/// The place stands before the item.
fn item_frame(expect: Expect, batch: &mut Batch<'_>, item: &str, at: &Position<'_>) {
    batch.frame("conversation.item.create", expect, |frame| {
        match at {
            Position::End => {}
            Position::Front => {
                frame.plain("previous_item_id", "root");
            }
            Position::After(item_id) => {
                frame.str("previous_item_id", item_id);
            }
        }
        frame.raw("item", item);
    });
}

/// The answer stands right behind the request it answers; there is no room for a reason.
fn answer_approval(
    approve: &Approve<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    if approve.reason.is_some() {
        return Err(context.unsupported("approve.reason"));
    }
    let mut item = String::new();
    let mut object = Object::new(&mut item);
    object
        .plain("type", "mcp_approval_response")
        .str("approval_request_id", &approve.approval_id)
        .bool("approve", approve.approve);
    object.end();
    let at = Position::After(approve.approval_id.clone());
    item_frame(Expect::approval(), batch, &item, &at);
    Ok(())
}
