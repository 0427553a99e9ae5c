//! The audio buffers, in and out, and the transcription of what the user said.

use super::{
    compatible,
    decode::{Frame, missing, one},
    names::Key,
    report::{fault, usage},
};
use crate::{
    dialect::Fact,
    event::{
        Epoch, Event, InputNotice, InputTranscript, Playback, PlaybackState, Previous, Segment,
        Speech, Str, TranscriptUpdate, TurnOrigin, UsageReport, UsageScope, UserTurn,
    },
};
use alloc::{boxed::Box, vec, vec::Vec};

pub(super) fn message<'f>(frame: &Frame<'f>, kind: &str) -> Option<Vec<Fact<'f>>> {
    Some(match kind {
        "input_audio_buffer.speech_started" => {
            one(Event::SpeechStarted(speech(frame, Key::AudioStartMs)))
        }
        "input_audio_buffer.speech_stopped" => speech_stopped(frame),
        "input_audio_buffer.committed" => one(committed(frame)),
        "input_audio_buffer.cleared" => one(Event::Input(InputNotice::Cleared)),
        "input_audio_buffer.timeout_triggered" => one(timeout(frame)),
        "input_audio_buffer.dtmf_event_received" => vec![dtmf(frame)],
        "output_audio_buffer.started" => one(playback(frame, PlaybackState::Started)),
        "output_audio_buffer.stopped" => one(playback(frame, PlaybackState::Stopped)),
        "output_audio_buffer.cleared" => one(playback(frame, PlaybackState::Cleared)),
        "conversation.item.input_audio_transcription.completed" | "transcription.done" => {
            completed(frame)
        }
        "conversation.item.input_audio_transcription.updated" => vec![snapshot(frame)],
        "conversation.item.input_audio_transcription.failed" => one(failed(frame)),
        "conversation.item.input_audio_transcription.segment" => vec![segment(frame)],
        _ => return None,
    })
}

fn speech<'f>(frame: &Frame<'f>, at: Key) -> Speech<'f> {
    Speech {
        item_id: frame.id(Key::ItemId),
        at: frame.value(at).millis(),
    }
}

fn speech_stopped<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let speech = speech(frame, Key::AudioEndMs);
    let no_turn = compatible::no_turn(frame, &speech);
    let mut facts = one(Event::SpeechStopped(speech));
    facts.extend(no_turn);
    facts
}

fn committed<'f>(frame: &Frame<'f>) -> Event<'f> {
    Event::UserTurnCommitted(UserTurn {
        origin: TurnOrigin::Explicit,
        item_id: frame.id(Key::ItemId),
        previous: frame.previous(),
    })
}

fn timeout<'f>(frame: &Frame<'f>) -> Event<'f> {
    Event::Input(InputNotice::Timeout {
        item_id: frame.id(Key::ItemId),
        start: frame.value(Key::AudioStartMs).millis(),
        end: frame.value(Key::AudioEndMs).millis(),
    })
}

/// A key is a string; some servers send digits as numbers.
fn dtmf<'f>(frame: &Frame<'f>) -> Fact<'f> {
    let value = frame.value(Key::Event);
    let Some(digit) = value.text() else {
        return frame.malformed(missing(value, "event"));
    };
    let received_at = frame.value(Key::ReceivedAt).u64();
    Fact::Event(Event::Input(InputNotice::Dtmf { digit, received_at }))
}

fn playback<'f>(frame: &Frame<'f>, state: PlaybackState) -> Event<'f> {
    let response_id = frame.id(Key::ResponseId);
    Event::Playback(Playback {
        state,
        response_id,
        epoch: Epoch::default(),
    })
}

fn transcript<'f>(frame: &Frame<'f>, update: TranscriptUpdate<'f>) -> Event<'f> {
    Event::InputTranscript(InputTranscript {
        item_id: frame.id(Key::ItemId),
        content_index: frame.value(Key::ContentIndex).u32().unwrap_or_default(),
        previous: Previous::Unknown,
        update,
        at: None,
    })
}

/// Damaged usage costs the usage only, never the transcript; and a damaged text the text only.
fn completed<'f>(frame: &Frame<'f>) -> Vec<Fact<'f>> {
    let usage = usage(frame.value(Key::Usage), true);
    let text = frame.required(Key::Transcript, "transcript");
    // Some servers have it under another key.
    let text = text.or_else(|fault| frame.value(Key::Text).str().ok_or(fault));
    let mut facts = match text {
        Ok(text) => one(transcript(
            frame,
            TranscriptUpdate::Final {
                text,
                status: frame.value(Key::Status).str(),
                languages: languages(frame),
                usage: usage.clone().map(Box::new),
            },
        )),
        Err(fault) => vec![frame.malformed(fault), Fact::Event(without_text(frame))],
    };
    let scope = UsageScope::Transcription(frame.id(Key::ItemId));
    facts.extend(usage.map(|usage| Fact::Usage(UsageReport::delta(scope, usage))));
    facts
}

/// The end of a transcript whose text could not be read.
fn without_text<'f>(frame: &Frame<'f>) -> Event<'f> {
    transcript(
        frame,
        TranscriptUpdate::Failed {
            fault: None,
            partial: None,
        },
    )
}

/// All of a transcript up to now, as other servers of the protocol tell it.
pub(in crate::dialect) fn snapshot<'f>(frame: &Frame<'f>) -> Fact<'f> {
    match frame.required(Key::Transcript, "transcript") {
        Ok(text) => Fact::Event(transcript(frame, TranscriptUpdate::Snapshot { text })),
        Err(fault) => frame.malformed(fault),
    }
}

/// `[{"code":"en"}]`, by some servers plain codes.
fn languages<'f>(frame: &Frame<'f>) -> Vec<Str<'f>> {
    let languages = frame.value(Key::Languages).elements();
    languages
        .into_iter()
        .filter_map(|each| each.str().or_else(|| each.field("code").str()))
        .collect()
}

fn failed<'f>(frame: &Frame<'f>) -> Event<'f> {
    let fault = Some(Box::new(fault(frame.value(Key::Error))));
    transcript(
        frame,
        TranscriptUpdate::Failed {
            fault,
            partial: None,
        },
    )
}

fn segment<'f>(frame: &Frame<'f>) -> Fact<'f> {
    let text = match frame.required(Key::Text, "text") {
        Ok(text) => text,
        Err(fault) => return frame.malformed(fault),
    };
    let segment = Segment {
        id: frame.id(Key::Id),
        speaker: frame.value(Key::Speaker).str(),
        start: frame.value(Key::Start).seconds(),
        end: frame.value(Key::End).seconds(),
        text,
    };
    Fact::Event(transcript(
        frame,
        TranscriptUpdate::Segment(Box::new(segment)),
    ))
}
