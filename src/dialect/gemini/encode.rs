//! Client frames: one key each, and never an id of the session's own.

use super::{setup, turn};
use crate::{
    codec,
    command::{Activity, Command, CreateResponse, Deliver, MediaTarget, SendMedia, SendText},
    command::{CreateItem, Position, Scheduling, ToolOutput},
    dialect::{Append, Batch, Context},
    error::SendError,
    json::{Fault, Object, object},
    state::Expect,
};
use alloc::{borrow::Cow, format};

/// What stands before the base64 of an appended piece of audio.
pub(crate) const AUDIO: &str = r#"{"realtimeInput":{"audio":{"data":""#;

/// The most audio that one frame carries, in bytes: whole samples in whole base64.
const AUDIO_BYTES: usize = 768 * 1024;

/// How audio of a rate is appended; only linear PCM is.
pub(crate) fn append(rate_hz: u32) -> Append {
    let after = match rate_hz {
        8_000 => Cow::Borrowed(r#"","mimeType":"audio/pcm;rate=8000"}}}"#),
        16_000 => Cow::Borrowed(r#"","mimeType":"audio/pcm;rate=16000"}}}"#),
        24_000 => Cow::Borrowed(r#"","mimeType":"audio/pcm;rate=24000"}}}"#),
        48_000 => Cow::Borrowed(r#"","mimeType":"audio/pcm;rate=48000"}}}"#),
        other => Cow::Owned(format!(r#"","mimeType":"audio/pcm;rate={other}"}}}}}}"#)),
    };
    Append {
        before: AUDIO,
        after,
        most: AUDIO_BYTES,
    }
}

pub(crate) fn encode(
    command: &Command<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    match command {
        Command::Configure(patch) => setup::configure(patch, context, batch),
        Command::EndAudioStream if !context.manual => {
            live(batch, |input| {
                input.bool("audioStreamEnd", true);
            });
            Ok(())
        }
        Command::Activity(edge) if context.manual => {
            activity(*edge, Expect::Nothing, batch);
            Ok(())
        }
        // The user's activity is what cuts a reply.
        Command::CancelResponse(_) if context.manual => {
            activity(Activity::Start, Expect::Ended(None), batch);
            Ok(())
        }
        Command::SendText(text) => send_text(text, context, batch),
        Command::SendMedia(media) => send_media(media, context, batch),
        Command::CreateItem(create) => create_item(create, context, batch),
        Command::CreateResponse(create) => create_response(create, context, batch),
        Command::ToolOutput(output) => tool_output(output, context, batch),
        _ => Err(context.unsupported(command.name())),
    }
}

fn live(batch: &mut Batch<'_>, write: impl FnOnce(&mut Object<'_>)) {
    live_as(Expect::Nothing, batch, write);
}

fn live_as(expect: Expect, batch: &mut Batch<'_>, write: impl FnOnce(&mut Object<'_>)) {
    batch.bare(expect, |frame| {
        frame.object("realtimeInput", write);
    });
}

fn activity(edge: Activity, expect: Expect, batch: &mut Batch<'_>) {
    let key = match edge {
        Activity::Start => "activityStart",
        Activity::End => "activityEnd",
    };
    live_as(expect, batch, |input| {
        input.object(key, |_| {});
    });
}

/// Turns of a conversation; the model answers the last one where the turn is complete.
fn content(turns: &str, complete: bool, batch: &mut Batch<'_>) {
    batch.bare(Expect::Nothing, |frame| {
        frame.object("clientContent", |content| {
            content.raw("turns", turns).bool("turnComplete", complete);
        });
    });
}

/// A text as a turn, which cuts the reply in progress, or as live input beside the audio.
fn send_text(
    text: &SendText<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    if text.deliver != Deliver::Now {
        return Err(context.unsupported("send_text.deliver"));
    }
    if !context.live_text {
        content(&turn::of_text(text), text.respond, batch);
        return Ok(());
    }
    if !text.respond {
        return Err(context.unsupported("send_text.respond"));
    }
    if !text.attachments.is_empty() {
        return Err(context.unsupported("send_text.attachments"));
    }
    live(batch, |input| {
        input.str("text", &text.text);
    });
    Ok(())
}

/// A frame of the live video, or a picture as a turn of the user's that wants no reply yet.
fn send_media(
    media: &SendMedia<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    let image = media.mime.starts_with("image/");
    match media.target {
        MediaTarget::Stream if image => {
            let data = codec::encode(&media.data);
            live_as(Expect::Stream, batch, |input| {
                input.object("video", |video| {
                    video.str("data", &data).str("mimeType", &media.mime);
                });
            });
            Ok(())
        }
        MediaTarget::Item if !context.live_text => {
            content(&turn::of_media(media), false, batch);
            Ok(())
        }
        _ => Err(context.unsupported("send_media")),
    }
}

/// An item at the end of the conversation: history, which the model does not answer.
fn create_item(
    create: &CreateItem<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    if create.at != Position::End {
        return Err(context.unsupported("create_item.at"));
    }
    content(&turn::of_item(&create.item, context)?, false, batch);
    Ok(())
}

/// Nothing can be said of the response, but that it is wanted.
fn create_response(
    create: &CreateResponse<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    let plain = CreateResponse {
        policy: create.policy,
        keep: create.keep,
        ..CreateResponse::default()
    };
    if *create != plain || context.live_text {
        return Err(context.unsupported("create_response"));
    }
    let expect = Expect::Response { out_of_band: false };
    batch.bare(expect, |frame| {
        frame.object("clientContent", |content| {
            content.bool("turnComplete", true);
        });
    });
    Ok(())
}

/// The answer names the function, and the call where the server gave it a name.
fn tool_output(
    output: &ToolOutput<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    if output.scheduling.is_some() && !context.scheduling {
        return Err(context.unsupported("tool_output.scheduling"));
    }
    if output.will_continue && !context.scheduling {
        return Err(context.unsupported("tool_output.will_continue"));
    }
    let expect = if output.will_continue {
        Expect::Nothing
    } else {
        Expect::output(&output.call_id)
    };
    batch.bare(expect, |frame| {
        frame.object("toolResponse", |response| {
            response.array("functionResponses", |list| {
                list.object(|answer| write_answer(answer, output, context));
            });
        });
    });
    Ok(())
}

fn write_answer(answer: &mut Object<'_>, output: &ToolOutput<'_>, context: &Context) {
    if context.response_id && !context.answered.made {
        answer.str("id", &output.call_id);
    }
    if let Some(name) = &context.answered.name {
        answer.str("name", name);
    }
    write_result(answer, output);
    let silent = Some(Scheduling::Silent).filter(|_| context.scheduling && !output.wants_reply);
    if let Some(scheduling) = output.scheduling.or(silent) {
        answer.plain("scheduling", scheduling_name(scheduling));
    }
    if output.will_continue {
        answer.bool("willContinue", true);
    }
}

/// An object stands for itself; anything else, and what went wrong, stands in one.
fn write_result(answer: &mut Object<'_>, output: &ToolOutput<'_>) {
    let text = &*output.output;
    let checked = object(text);
    if checked.is_ok() && !output.is_error {
        answer.raw("response", text);
        return;
    }
    let key = if output.is_error { "error" } else { "output" };
    answer.object("response", |response| {
        if matches!(checked, Ok(()) | Err(Fault::NotAnObject)) {
            response.raw(key, text);
        } else {
            response.str(key, text);
        }
    });
}

const fn scheduling_name(scheduling: Scheduling) -> &'static str {
    match scheduling {
        Scheduling::Interrupt => "INTERRUPT",
        Scheduling::WhenIdle => "WHEN_IDLE",
        Scheduling::Silent => "SILENT",
    }
}
