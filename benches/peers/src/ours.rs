//! This crate: a public session with all its state, each event read, all audio decoded.

use crate::{
    desk::{Desk, place},
    frames::Wire,
    recorded::Entry,
};
use realtime_proto::{
    Close, Command, Config, Event, Id, Ids, InputTranscript, Policy, Session, TranscriptUpdate,
    Transmit,
};
use std::hint::black_box;

/// What was said before, in deltas: as in any call, texts have room from the replies before.
const SAID: usize = 700;

/// A session in which all items are open, much was said, and nothing waits to be sent.
pub(crate) fn opened(wire: &Wire) -> Session {
    let (mut session, mut desk) = (Session::new(Config::new(wire.dialect)), Desk::default());
    for frame in (wire.opening)() {
        receive(&mut session, &frame, &mut desk);
    }
    for number in 0..SAID {
        receive(&mut session, &(wire.text)(number), &mut desk);
        receive(&mut session, &(wire.transcript)(number), &mut desk);
    }
    while session.poll_transmit().is_some() {}
    session
}

/// A session that follows a call that others hold, as a proxy does.
pub(crate) fn passive(wire: &Wire) -> Session {
    let mut config = Config::new(wire.dialect);
    config.policy = Policy::passive();
    Session::new(config)
}

/// Receives a frame; reads every field of its events, decodes their audio, drops them.
pub(crate) fn receive(session: &mut Session, frame: &str, desk: &mut Desk) {
    for event in session.receive(frame) {
        read(&event, desk);
    }
}

/// Appends what the user says and takes its frame.
pub(crate) fn append(session: &mut Session, pcm: &[u8]) {
    session
        .send(Command::append_audio(pcm))
        .expect("nothing stands against it");
    transmit(session);
}

/// Everything of a recorded call, to the end of its transport.
pub(crate) fn call(mut session: Session, entries: &[Entry], desk: &mut Desk) {
    for entry in entries {
        match entry {
            Entry::Server(frame) => receive(&mut session, frame, desk),
            Entry::Append(pcm) => append(&mut session, pcm),
        }
    }
    session.disconnected(Close::ended());
    while let Some(event) = session.poll_event() {
        read(&event, desk);
    }
}

fn transmit(session: &mut Session) {
    while let Some(transmit) = session.poll_transmit() {
        if let Transmit::Text(frame) = transmit {
            black_box(frame);
        }
    }
}

fn read(event: &Event<'_>, desk: &mut Desk) {
    match event {
        Event::AudioDelta(audio) => {
            read_ids(&audio.ids);
            black_box((audio.epoch, audio.format, audio.at));
            let decoded = audio.decode_to_slice(&mut desk.pcm).expect("base64");
            desk.decoded(decoded);
        }
        Event::TextDelta(text) => {
            read_ids(&text.ids);
            black_box((text.lane, text.start));
            desk.text(&text.delta);
        }
        Event::InputTranscript(InputTranscript {
            item_id,
            content_index,
            update: TranscriptUpdate::Delta { text },
            ..
        }) => {
            black_box((item_id.as_ref().map(Id::as_str), content_index));
            desk.text(text);
        }
        event => {
            black_box(event);
        }
    }
}

fn read_ids(ids: &Ids<'_>) {
    let [event, response, item] = [&ids.event_id, &ids.response_id, &ids.item_id]
        .map(|id| id.as_ref().map_or("", Id::as_str));
    let [output, content] = [ids.output_index, ids.content_index].map(Option::unwrap_or_default);
    place([event, response, item], [output, content]);
}
