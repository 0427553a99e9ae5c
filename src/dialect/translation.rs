//! OpenAI Realtime translation sessions: one stream without turns, responses or ends. What its
//! session and its errors say, it says like the family.

use super::openai::{
    common::{refuse, with_extra},
    decode::{Frame, decode_with, delta},
    names::Key,
    update::{noise, transcriber},
};
use crate::{
    audio::AudioFormat,
    command::Command,
    config::{Dialect, InputTranscription, Patch, SessionKind, SessionPatch},
    delta::{Cursor, DeltaKind},
    dialect::{Batch, Body, Context, Decoded, Fact},
    error::SendError,
    event::Lane,
    json::{Fault, Object},
    state::Expect,
};
use alloc::vec;

/// What stands before the base64 of an appended piece of audio.
pub(crate) const APPEND: &str = r#"{"type":"session.input_audio_buffer.append","audio":""#;

/// The only format there is, in and out.
const FORMAT: AudioFormat = AudioFormat::pcm16(24_000);

/// Decodes one server frame.
pub(crate) fn decode(text: &str, nesting: usize) -> Result<Decoded<'_>, Fault> {
    decode_with(text, Dialect::OpenAiTranslation, nesting, message)
}

fn message<'f>(frame: &Frame<'f>, kind: &str) -> Option<Body<'f>> {
    let kind = match kind {
        "session.input_transcript.delta" => DeltaKind::InputTranscript,
        "session.output_transcript.delta" => DeltaKind::Text(Lane::Spoken),
        "session.output_audio.delta" => DeltaKind::Audio,
        "session.closed" => return Some(Body::Facts(vec![Fact::Finished])),
        _ => return None,
    };
    let mut body = delta(frame, kind);
    if let Body::Delta(delta) = &mut body {
        delta.cursor = Cursor::Millis(frame.slot(Key::ElapsedMs));
    }
    Some(body)
}

pub(crate) fn encode(
    command: &Command<'_>,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    match command {
        Command::Configure(patch) => configure(patch, context, batch),
        Command::Close => {
            batch.frame("session.close", Expect::Settings, |_| {});
            Ok(())
        }
        _ => Err(context.unsupported(command.name())),
    }
}

fn configure(
    patch: &SessionPatch,
    context: &Context,
    batch: &mut Batch<'_>,
) -> Result<(), SendError> {
    refuse(context, without_key(patch, context))?;
    refuse(context, without_value(patch))?;
    let session = with_extra(patch.extra.value(), |object| input(object, patch))?;
    batch.frame("session.update", Expect::Settings, |frame| {
        frame.raw("session", &session);
    });
    Ok(())
}

/// Whatever is about turns, replies or tools.
fn without_key(patch: &SessionPatch, context: &Context) -> [(bool, &'static str); 17] {
    let transcription = context.kind == SessionKind::Transcription || !patch.kind.is_keep();
    [
        (transcription, "configure.kind"),
        (!patch.model.is_keep(), "configure.model"),
        (!patch.voice.is_keep(), "configure.voice"),
        (!patch.instructions.is_keep(), "configure.instructions"),
        (!patch.modalities.is_keep(), "configure.modalities"),
        (!patch.speed.is_keep(), "configure.speed"),
        (!patch.turn_detection.is_keep(), "configure.turn_detection"),
        (!patch.tools.is_keep(), "configure.tools"),
        (!patch.tool_choice.is_keep(), "configure.tool_choice"),
        (
            !patch.parallel_tool_calls.is_keep(),
            "configure.parallel_tool_calls",
        ),
        (!patch.temperature.is_keep(), "configure.temperature"),
        (
            !patch.max_output_tokens.is_keep(),
            "configure.max_output_tokens",
        ),
        (!patch.reasoning.is_keep(), "configure.reasoning"),
        (!patch.truncation.is_keep(), "configure.truncation"),
        (!patch.tracing.is_keep(), "configure.tracing"),
        (!patch.prompt.is_keep(), "configure.prompt"),
        (!patch.metadata.is_keep(), "configure.metadata"),
    ]
}

fn without_value(patch: &SessionPatch) -> [(bool, &'static str); 3] {
    let other = |format: &Patch<AudioFormat>| format.value().is_some_and(|f| *f != FORMAT);
    let named = |wanted: &InputTranscription| {
        let model = InputTranscription {
            model: wanted.model.clone(),
            ..InputTranscription::default()
        };
        *wanted != model
    };
    [
        (other(&patch.input_format), "configure.input_format"),
        (other(&patch.output_format), "configure.output_format"),
        (
            patch.input_transcription.value().is_some_and(named),
            "configure.input_transcription",
        ),
    ]
}

/// The target language has no setting of its own: it is an extra.
fn input(object: &mut Object<'_>, patch: &SessionPatch) {
    if patch.noise_reduction.is_keep() && patch.input_transcription.is_keep() {
        return;
    }
    object.object("audio", |audio| {
        audio.object("input", |input| {
            noise(input, "noise_reduction", patch);
            transcriber(input, "transcription", patch);
        });
    });
}
