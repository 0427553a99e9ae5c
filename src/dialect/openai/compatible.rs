//! What servers of the same protocol say and OpenAI's never do: other names, other keys, no ids.

use super::{
    decode::{Frame, delta_of, one},
    names::Key,
    report::{fault, notice},
};
use crate::{
    audio::{AudioFormat, Encoding},
    delta::DeltaKind,
    dialect::{Body, Fact},
    event::{
        Epoch, Event, Executor, InputTranscript, InterruptCause, Interrupted, Lane, Previous,
        RemotePhase, RemoteTool, Severity, Speech, Str, TranscriptUpdate, TurnOrigin, UserTurn,
        VideoDelta,
    },
    id::Id,
    json::{Kind, Slot, Tape, Value, entries},
};
use alloc::{borrow::Cow, boxed::Box, format, string::String, sync::Arc, vec, vec::Vec};

/// The messages that no reference of OpenAI's has.
pub(super) fn message<'f>(frame: &Frame<'f>, kind: &str) -> Option<Vec<Fact<'f>>> {
    Some(match kind {
        "heartbeat" | "ping" => vec![Fact::Alive],
        "session.finished" | "session.closed" => vec![Fact::Finished],
        "conversation.item.input_audio_transcription.text" => vec![snapshot(frame)],
        "response.text.text" => vec![grown(frame, Lane::Display)],
        "response.audio_transcript.text" => vec![grown(frame, Lane::Spoken)],
        "response.video.delta" => vec![video(frame)],
        "response.function_call.simple_browser" => one(browser(frame)),
        "unmute.interrupted_by_vad" => one(Event::Interrupted(Interrupted {
            response_id: None,
            cause: InterruptCause::Server,
            heard: None,
        })),
        // They announce a delta that comes by itself.
        "unmute.response.text.delta.ready" | "unmute.response.audio.delta.ready" => {
            vec![Fact::Redundant]
        }
        "warning" => one(warning(frame)),
        _ => return aside(frame, kind),
    })
}

/// What is worth knowing and changes nothing.
fn aside<'f>(frame: &Frame<'f>, kind: &str) -> Option<Vec<Fact<'f>>> {
    let (severity, code) = match kind {
        "conversation.item.ambient_audio_transcription.delta"
        | "conversation.item.ambient_audio_transcription.completed" => {
            (Severity::Info, "ambient_audio_transcription")
        }
        "voiceprint_audio_list.in_progress" | "voiceprint_audio_list.completed" => {
            (Severity::Info, "voiceprint_audio_list")
        }
        "voiceprint_audio_list.failed" => (Severity::Warning, "voiceprint_audio_list"),
        "localai.classifier.result" => (Severity::Info, "classifier_result"),
        "localai.model.failover" => (Severity::Warning, "model_failover"),
        "unmute.additional_outputs" => (Severity::Info, "additional_outputs"),
        _ => return None,
    };
    let [reason] = frame.others(["reason"]);
    let why = || fault(frame.value(Key::Error)).message;
    let said = heard(frame).or_else(why).or_else(|| reason.str());
    let said = said.unwrap_or_default();
    Some(one(notice(
        frame,
        severity,
        Some(Cow::Borrowed(code)),
        said,
    )))
}

fn warning<'f>(frame: &Frame<'f>) -> Event<'f> {
    let [warning] = frame.others(["warning"]);
    let [code, message] = warning.fields(["code", "message"]);
    let message = message.str().or_else(|| warning.str()).unwrap_or_default();
    notice(frame, Severity::Warning, code.text(), message)
}

/// What was understood so far: words that stay, and words that may still change.
fn heard<'f>(frame: &Frame<'f>) -> Option<Str<'f>> {
    let [stash] = frame.others(["stash"]);
    let transcript = || frame.value(Key::Transcript).str();
    match (
        frame.value(Key::Text).str().or_else(transcript),
        stash.str(),
    ) {
        (Some(text), Some(stash)) if !stash.is_empty() => {
            Some(Cow::Owned(format!("{text}{stash}")))
        }
        (Some(text), _) => Some(text),
        (None, stash) => stash,
    }
}

fn snapshot<'f>(frame: &Frame<'f>) -> Fact<'f> {
    let text = heard(frame).unwrap_or_default();
    Fact::Event(Event::InputTranscript(InputTranscript {
        item_id: frame.id(Key::ItemId),
        content_index: frame.value(Key::ContentIndex).u32().unwrap_or_default(),
        previous: Previous::Unknown,
        update: TranscriptUpdate::Snapshot { text },
        at: None,
    }))
}

/// All of a reply's text that stays; its end tells the rest.
fn grown<'f>(frame: &Frame<'f>, lane: Lane) -> Fact<'f> {
    let text = frame.value(Key::Text).str().unwrap_or_default();
    Fact::TextSoFar(frame.ids(), lane, text)
}

fn video<'f>(frame: &Frame<'f>) -> Fact<'f> {
    let payload = match frame.required(Key::Delta, "delta") {
        Ok(payload) => payload,
        Err(fault) => return frame.malformed(fault),
    };
    let [codec] = frame.others(["codec"]);
    Fact::Event(Event::VideoDelta(Box::new(VideoDelta {
        ids: frame.ids(),
        epoch: Epoch::default(),
        mime: codec.str().unwrap_or_default(),
        payload,
    })))
}

/// A search that the server makes by itself.
fn browser<'f>(frame: &Frame<'f>) -> Event<'f> {
    Event::RemoteTool(Box::new(RemoteTool {
        call_id: frame.id(Key::CallId),
        name: frame.value(Key::Name).str(),
        executor: Executor::Provider,
        phase: RemotePhase::Running,
        ids: frame.ids(),
    }))
}

/// A delta whose text stands under another key.
pub(super) fn delta<'f>(frame: &Frame<'f>, kind: DeltaKind) -> Option<Body<'f>> {
    match kind {
        DeltaKind::InputTranscript => heard(frame).map(|_| Body::Facts(vec![snapshot(frame)])),
        DeltaKind::Text(_) => {
            let slot = [Key::Text, Key::Transcript]
                .map(|key| frame.slot(key))
                .into_iter()
                .find(|slot| slot.kind == Kind::String)?;
            Some(Body::Delta(delta_of(frame, kind, slot)))
        }
        DeltaKind::Audio => {
            let [audio] = frame.others(["audio"]);
            let slot = audio.slot();
            let mut delta = delta_of(frame, kind, slot);
            delta.format = format(frame);
            (slot.kind == Kind::String).then_some(Body::Delta(delta))
        }
        DeltaKind::Arguments | DeltaKind::RemoteArguments(_) | DeltaKind::Video => None,
    }
}

/// What the frame itself says of its audio.
fn format(frame: &Frame<'_>) -> Option<AudioFormat> {
    let [name, rate] = frame.others(["format", "sample_rate_hz"]);
    let mut format = AudioFormat::pcm16(rate.u32()?);
    if name.str().is_some_and(|name| name != "pcm16") {
        format.encoding = Encoding::Other;
    }
    Some(format)
}

/// Where nothing but the end of the audio ends a response, it says whether there was any.
pub(super) fn ends_response(frame: &Frame<'_>) -> bool {
    let [has_audio] = frame.others(["has_audio"]);
    has_audio.is_some()
}

/// What was taken for speech was none: there will be no turn.
pub(super) fn no_turn<'f>(frame: &Frame<'f>, speech: &Speech<'f>) -> Option<Fact<'f>> {
    let [reason] = frame.others(["reason"]);
    let invalid = reason.str().as_deref() == Some("turn_invalid");
    invalid.then(|| {
        Fact::Event(Event::UserTurnDiscarded(UserTurn {
            origin: TurnOrigin::Speech,
            item_id: speech.item_id.clone(),
            previous: Previous::Unknown,
        }))
    })
}

/// What begins the name of a call that the server did not name; no identifier of the wire does.
const UNNAMED: &str = "unnamed:";

/// A name for a call that has none: by its response, its place there, and its function.
pub(super) fn call_name<'f>(frame: &Frame<'f>) -> Option<Id<'f>> {
    let function = frame.value(Key::Name).str()?;
    let response = frame.id(Key::ResponseId).or_else(|| frame.id(Key::EventId));
    let response = response.as_deref().unwrap_or_default();
    let place = frame.value(Key::OutputIndex).u32().unwrap_or_default();
    let name: String = format!("{UNNAMED}{response}:{place}:{function}");
    Some(Id::shared(Arc::from(name)))
}

/// Whether the server did not name this call: it cannot be told its name either.
pub(super) fn is_unnamed(call_id: &str) -> bool {
    call_id.starts_with(UNNAMED)
}

impl<'f> Frame<'f> {
    /// Keys that are too rare to be looked for in every frame.
    pub(in crate::dialect) fn others<const N: usize>(&self, keys: [&str; N]) -> [Value<'_, 'f>; N] {
        let mut slots = [Slot::default(); N];
        let whole = entries(self.text, usize::MAX, &mut Tape::new(), |key, slot| {
            let wanted = |key: &str| keys.iter().position(|wanted| *wanted == key);
            if let Some(place) = key.named(wanted).and_then(|at| slots.get_mut(at)) {
                *place = slot;
            }
        });
        debug_assert!(whole.is_ok(), "a scanned frame scans again");
        slots.map(|slot| self.at(slot))
    }
}
