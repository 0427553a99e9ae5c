//! Dialects: the wire on one side, the neutral vocabulary on the other. Pure, without state.

mod agent;
mod azure;
mod batch;
mod fact;
pub(crate) mod gemini;
mod intent;
pub(crate) mod openai;
pub(crate) mod pi;
mod refusals;
pub(crate) mod synaps;
pub(crate) mod translation;
pub(crate) mod xai;

pub(crate) use batch::{Append, Batch, Context, Opening, Written};
pub(crate) use fact::{
    Answer, Assembled, Body, CallFact, Decoded, Detection, Extras, Fact, InEffect, Piece,
    ReplyOver, SessionFact,
};
pub(crate) use intent::{Intent, Said, Wanted};

use crate::{
    command::{Command, CreateResponse, ItemDraft, Say},
    config::{Dialect, SessionPatch},
    error::SendError,
    json::{Fault, Slot, is_object},
};
use alloc::{borrow::Cow, string::String};
use arrayvec::ArrayVec;

/// What an item says, where the server will not repeat it.
pub(crate) fn said(item: &ItemDraft<'_>, dialect: Dialect) -> Option<Said> {
    match dialect {
        Dialect::Gemini | Dialect::GeminiVertex => gemini::said(item),
        _ => None,
    }
}

/// Reads a client frame; none if it is not one JSON object.
pub(crate) fn intent(text: &str, dialect: Dialect, nesting: usize) -> Option<Intent> {
    match dialect {
        Dialect::OpenAi
        | Dialect::OpenAiBeta
        | Dialect::OpenAiTranslation
        | Dialect::AzureVoiceLive => openai::intent(text, nesting),
        Dialect::Xai => xai::intent(text, nesting),
        Dialect::Gemini | Dialect::GeminiVertex => gemini::intent(text, nesting),
        Dialect::Synaps => synaps::intent(text, nesting),
        Dialect::Pi => pi::intent(text, nesting),
        _ => is_object(text).then(Intent::default),
    }
}

/// Whether an outbound frame is audio of the user's.
pub(crate) fn is_audio(text: &str) -> bool {
    let appends = [openai::APPEND.0, translation::APPEND, gemini::AUDIO];
    appends.iter().any(|append| text.starts_with(append))
}

/// How a dialect appends audio of a rate; none if it does not.
pub(crate) fn append(dialect: Dialect, rate_hz: u32) -> Option<Append> {
    let (before, after) = openai::APPEND;
    match dialect {
        Dialect::OpenAi | Dialect::OpenAiBeta | Dialect::AzureVoiceLive | Dialect::Xai => {
            Some(Append {
                before,
                after: Cow::Borrowed(after),
                most: openai::APPEND_BYTES,
            })
        }
        Dialect::OpenAiTranslation => Some(Append {
            before: translation::APPEND,
            after: Cow::Borrowed(after),
            most: openai::APPEND_BYTES,
        }),
        Dialect::Gemini | Dialect::GeminiVertex => Some(gemini::append(rate_hz)),
        _ => None,
    }
}

/// Decodes one text frame of the server.
pub(crate) fn decode(text: &str, dialect: Dialect, nesting: usize) -> Result<Decoded<'_>, Fault> {
    match dialect {
        Dialect::AzureVoiceLive => azure::decode(text, nesting),
        Dialect::Gemini | Dialect::GeminiVertex => gemini::decode(text, nesting),
        Dialect::Synaps => synaps::decode(text, nesting),
        Dialect::Pi => pi::decode(text, nesting),
        Dialect::OpenAiTranslation => translation::decode(text, nesting),
        Dialect::Xai => xai::decode(text, nesting),
        _ => openai::decode(text, dialect, nesting),
    }
}

/// Where values lie from which nothing is read. Of more, the others are taken for constant.
pub(crate) type Idle = ArrayVec<Slot, 3>;

/// Where the values of a frame lie from which nothing is read, as far as the dialect knows them.
pub(crate) fn idle(text: &str, dialect: Dialect) -> Idle {
    match dialect {
        Dialect::OpenAi
        | Dialect::OpenAiBeta
        | Dialect::OpenAiTranslation
        | Dialect::AzureVoiceLive
        | Dialect::Xai => openai::idle(text),
        _ => Idle::new(),
    }
}

/// The request that has these words spoken, in a dialect where a reply of its own speaks them.
pub(crate) fn spoken(say: &Say<'_>, dialect: Dialect) -> Option<CreateResponse<'static>> {
    match dialect {
        Dialect::AzureVoiceLive => azure::spoken(say),
        _ => None,
    }
}

/// Writes the frames of a command.
pub(crate) fn encode(
    command: &Command<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    match context.dialect {
        Dialect::OpenAi | Dialect::OpenAiBeta => openai::encode(command, context, batch),
        Dialect::Gemini | Dialect::GeminiVertex => gemini::encode(command, context, batch),
        Dialect::Synaps => synaps::encode(command, context, batch),
        Dialect::Pi => pi::encode(command, context, batch),
        Dialect::OpenAiTranslation => translation::encode(command, context, batch),
        Dialect::Xai => xai::encode(command, context, batch),
        Dialect::AzureVoiceLive => azure::encode(command, context, batch),
        _ => Err(context.unsupported(command.name())),
    }
}

/// Whether a connection begins with a frame of settings, even where there are none.
pub(crate) fn opens(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Gemini | Dialect::GeminiVertex)
}

/// What a change of settings asks for beside the settings that all dialects share.
pub(crate) fn extras(patch: &SessionPatch, dialect: Dialect) -> Extras {
    match dialect {
        Dialect::Xai => xai::asked(patch),
        _ => Extras::default(),
    }
}

/// Writes the answer to a server that asks for a sign of life, where the dialect has one.
pub(crate) fn pong(timestamp: &str, dialect: Dialect, out: &mut String) {
    if dialect == Dialect::Xai {
        xai::pong(timestamp, out);
    }
}
