//! Client frames. One command is one arm, or one small function.

use super::{compatible, create, draft, update};
use crate::{
    command::{
        Approve, CancelResponse, Command, CreateItem, CreateResponse, Deliver, ItemRef,
        MediaTarget, Position, SendMedia, SendText, ToolOutput, Truncate,
    },
    config::{Dialect, SessionKind},
    dialect::{Batch, Context},
    error::SendError,
    event::Role,
    json::Object,
    state::Expect,
};
use alloc::{boxed::Box, string::String};

/// What stands around the base64 of an appended piece of audio.
pub(crate) const APPEND: (&str, &str) =
    (r#"{"type":"input_audio_buffer.append","audio":""#, r#""}"#);

/// The most audio that one append may carry, in bytes: 15 MiB, and whole samples in whole base64.
pub(crate) const APPEND_BYTES: usize = 15 * 1024 * 1024;

pub(crate) fn encode(
    command: &Command<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    match command {
        Command::Configure(patch) => update::session(patch, context, batch)?,
        Command::CommitInput => {
            batch.frame("input_audio_buffer.commit", Expect::Committed, |_| {});
        }
        Command::ClearInput => batch.frame("input_audio_buffer.clear", Expect::Cleared, |_| {}),
        Command::SendText(text) => send_text(text, context, batch)?,
        Command::SendMedia(media) => send_media(media, context, batch)?,
        Command::CreateItem(create) => create_item(create, context, batch)?,
        Command::RetrieveItem(item) => {
            by_item("conversation.item.retrieve", item, Expect::Retrieved, batch);
        }
        Command::DeleteItem(item) => {
            by_item("conversation.item.delete", item, Expect::Deleted, batch);
        }
        Command::Truncate(truncate) => truncate_item(truncate, batch),
        Command::CreateResponse(create) => create_response(create, context, batch)?,
        Command::CancelResponse(cancel) => cancel_response(cancel, batch),
        Command::ClearOutput => {
            batch.frame("output_audio_buffer.clear", Expect::OutputCleared, |_| {});
        }
        Command::ToolOutput(output) => tool_output(output, context, batch)?,
        Command::Approve(approve) => answer_approval(approve, context, batch)?,
        _ => return Err(context.unsupported(command.name())),
    }
    Ok(())
}

fn by_item(kind: &str, item: &ItemRef<'_>, expect: fn(Box<str>) -> Expect, batch: &mut Batch<'_>) {
    batch.frame(kind, expect(item.item_id.as_ref().into()), |frame| {
        frame.str("item_id", &item.item_id);
    });
}

/// Without an id it is the response in progress that ends.
fn cancel_response(cancel: &CancelResponse<'_>, batch: &mut Batch<'_>) {
    let expect = Expect::Ended(cancel.response_id.as_deref().map(Into::into));
    batch.frame("response.cancel", expect, |frame| {
        if let Some(response_id) = &cancel.response_id {
            frame.str("response_id", response_id);
        }
    });
}

fn truncate_item(truncate: &Truncate<'_>, batch: &mut Batch<'_>) {
    let expect = Expect::Truncated(truncate.item_id.as_ref().into());
    batch.frame("conversation.item.truncate", expect, |frame| {
        frame
            .number("audio_end_ms", truncate.heard.as_millis())
            .number("content_index", truncate.content_index)
            .str("item_id", &truncate.item_id);
    });
}

pub(in crate::dialect) fn item_frame(
    expect: Expect,
    batch: &mut Batch<'_>,
    item: &str,
    at: &Position<'_>,
) {
    batch.frame("conversation.item.create", expect, |frame| {
        frame.raw("item", item);
        match at {
            Position::End => {}
            Position::Front => {
                frame.plain("previous_item_id", "root");
            }
            Position::After(item_id) => {
                frame.str("previous_item_id", item_id);
            }
        }
    });
}

fn create_item(
    create: &CreateItem<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    let item = draft::item(&create.item, context, "create_item.content")?;
    let expect = draft::expect(&create.item, &item);
    item_frame(expect, batch, &item, &create.at);
    Ok(())
}

/// The text as an item; the session asks for the reply when its turn comes.
///
/// Only later responses see it, so to wait for the end of the turn is the same; nothing steers.
fn send_text(
    text: &SendText<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    if text.deliver == Deliver::Steer {
        return Err(context.unsupported("send_text.deliver"));
    }
    if text.respond {
        replies(context, "send_text.respond")?;
    }
    let item = draft::text(text, context)?;
    let expect = Expect::message(text.role.clone());
    item_frame(expect, batch, &item, &Position::End);
    Ok(())
}

fn send_media(
    media: &SendMedia<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    if media.target != MediaTarget::Item {
        return Err(context.unsupported("send_media"));
    }
    let item = draft::media(media, context)?;
    item_frame(Expect::message(Role::User), batch, &item, &Position::End);
    Ok(())
}

/// One call has one output here.
fn tool_output(
    output: &ToolOutput<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    if output.will_continue {
        return Err(context.unsupported("tool_output.will_continue"));
    }
    let mut item = String::new();
    let mut object = Object::new(&mut item);
    object.plain("type", "function_call_output");
    if !compatible::is_unnamed(&output.call_id) {
        object.str("call_id", &output.call_id);
    }
    object.str("output", &output.output);
    object.end();
    item_frame(
        Expect::output(&output.call_id),
        batch,
        &item,
        &Position::End,
    );
    Ok(())
}

/// The answer stands right behind the request it answers.
fn answer_approval(
    approve: &Approve<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    if context.dialect == Dialect::OpenAiBeta {
        return Err(context.unsupported("approve"));
    }
    let mut item = String::new();
    let mut object = Object::new(&mut item);
    object
        .plain("type", "mcp_approval_response")
        .str("approval_request_id", &approve.approval_id)
        .bool("approve", approve.approve);
    if let Some(reason) = &approve.reason {
        object.str("reason", reason);
    }
    object.end();
    item_frame(
        Expect::approval(),
        batch,
        &item,
        &Position::After(approve.approval_id.clone()),
    );
    Ok(())
}

fn create_response(
    wanted: &CreateResponse<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    replies(context, "create_response")?;
    let overrides = create::response(wanted, context)?;
    let expect = Expect::Response {
        out_of_band: wanted.out_of_band,
    };
    batch.frame("response.create", expect, |frame| {
        if overrides != "{}" {
            frame.raw("response", &overrides);
        }
    });
    Ok(())
}

/// A session that only transcribes has no replies.
fn replies(context: &Context, command: &'static str) -> Result<(), SendError> {
    match context.kind {
        SessionKind::Conversation => Ok(()),
        SessionKind::Transcription => Err(context.unsupported(command)),
    }
}
