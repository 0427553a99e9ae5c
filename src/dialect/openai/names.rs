//! Which of the known keys of a frame is which; the ones that deltas carry come first.

use crate::{
    dialect::Idle,
    json::{Tape, entries},
};

/// The top-level keys of server frames, each the index of its slot.
#[derive(Clone, Copy)]
pub(in crate::dialect) enum Key {
    Type,
    EventId,
    ResponseId,
    ItemId,
    OutputIndex,
    ContentIndex,
    Delta,
    CallId,
    Name,
    Arguments,
    Text,
    Transcript,
    Item,
    Part,
    Response,
    Session,
    Error,
    PreviousItemId,
    AudioStartMs,
    AudioEndMs,
    Usage,
    Languages,
    Conversation,
    RateLimits,
    Event,
    ReceivedAt,
    Id,
    Speaker,
    Start,
    End,
    Status,
    Code,
    Message,
    StartTime,
    Timestamp,
    ElapsedMs,
}

/// How many keys there are.
pub(super) const KEYS: usize = Key::ElapsedMs as usize + 1;

pub(super) fn index(key: &str) -> Option<usize> {
    let key = match key {
        "type" => Key::Type,
        "event_id" => Key::EventId,
        "response_id" => Key::ResponseId,
        "item_id" => Key::ItemId,
        "output_index" => Key::OutputIndex,
        "content_index" => Key::ContentIndex,
        "delta" => Key::Delta,
        "call_id" => Key::CallId,
        "name" => Key::Name,
        "arguments" => Key::Arguments,
        "text" => Key::Text,
        "transcript" => Key::Transcript,
        "item" => Key::Item,
        "part" => Key::Part,
        "response" => Key::Response,
        "session" => Key::Session,
        "error" => Key::Error,
        "previous_item_id" => Key::PreviousItemId,
        "audio_start_ms" => Key::AudioStartMs,
        "audio_end_ms" => Key::AudioEndMs,
        "usage" => Key::Usage,
        "languages" => Key::Languages,
        "conversation" => Key::Conversation,
        "rate_limits" => Key::RateLimits,
        "event" => Key::Event,
        "received_at" => Key::ReceivedAt,
        "id" => Key::Id,
        "speaker" => Key::Speaker,
        "start" => Key::Start,
        "end" => Key::End,
        "status" => Key::Status,
        "code" => Key::Code,
        "message" => Key::Message,
        "start_time" => Key::StartTime,
        "timestamp" => Key::Timestamp,
        "elapsed_ms" => Key::ElapsedMs,
        _ => return None,
    };
    Some(key as usize)
}

/// What the frames of some servers' deltas say of their audio, under keys that are not looked for in
/// every frame.
pub(super) const ASIDE: [&str; 4] = ["audio", "format", "sample_rate_hz", "stash"];

/// Where the values lie that nothing is read from: what frames are filled up with, or servers tell
/// of themselves.
pub(crate) fn idle(frame: &str) -> Idle {
    let mut idle = Idle::new();
    let whole = entries(frame, usize::MAX, &mut Tape::new(), |key, slot| {
        let read = |key: &str| index(key).is_some() || ASIDE.contains(&key);
        if !key.str().is_none_or(|key| read(&key)) {
            let _ = idle.try_push(slot);
        }
    });
    debug_assert!(whole.is_ok(), "a scanned frame scans again");
    idle
}
