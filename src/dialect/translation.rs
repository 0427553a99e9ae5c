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
    delta::{DeltaKind, Field, Unit},
    dialect::{Batch, Body, Context, Decoded, Fact, refusals::refuse_but},
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

/// Nothing is about turns, replies or tools.
const SETTABLE: [&str; 5] = [
    "configure.input_format",
    "configure.output_format",
    "configure.noise_reduction",
    "configure.input_transcription",
    "configure.extra",
];

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
        delta.slots.set(Field::Cursor, frame.slot(Key::ElapsedMs));
        delta.unit = Unit::Millisecond;
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
    let transcription = context.kind == SessionKind::Transcription;
    refuse(context, [(transcription, "configure.kind")])?;
    refuse_but(&SETTABLE, patch, context)?;
    refuse(context, without_value(patch))?;
    let session = with_extra(patch.extra.value(), |object| input(object, patch))?;
    batch.frame("session.update", Expect::Settings, |frame| {
        frame.raw("session", &session);
    });
    Ok(())
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
