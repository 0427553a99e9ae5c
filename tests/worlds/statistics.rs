//! What a generated scenario was made of.

use crate::{
    books::CallState,
    reply::Reply,
    server::{Server, Step},
    world::World,
};
use realtime_proto::{Command, ResponseState};

/// When the user cut in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CutIn {
    pub(crate) idle: u32,
    pub(crate) before_audio: u32,
    pub(crate) in_audio: u32,
    pub(crate) after_done: u32,
}

impl CutIn {
    pub(crate) fn all(self) -> u32 {
        self.idle + self.before_audio + self.in_audio + self.after_done
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Made {
    pub(crate) steps: u32,
    pub(crate) races: u32,
    pub(crate) late_done: u32,
    pub(crate) done_first: u32,
    pub(crate) cut_in: CutIn,
    pub(crate) drops: u32,
    pub(crate) duplicates: u32,
    pub(crate) close_in_call: u32,
    pub(crate) closes: u32,
    pub(crate) cancels: u32,
    pub(crate) outputs: u32,
}

impl Made {
    pub(crate) fn note_step(&mut self, step: Step, world: &World) {
        if step != Step::SpeechStarts {
            return;
        }
        let Server { active, .. } = &world.server;
        match active.as_ref().map(Reply::audio_ms) {
            Some(0) => self.cut_in.before_audio += 1,
            Some(_) => self.cut_in.in_audio += 1,
            None if world.books.audio.is_empty() => self.cut_in.idle += 1,
            None => self.cut_in.after_done += 1,
        }
    }

    pub(crate) fn note_frame(&mut self, frame: &str) {
        self.races += u32::from(frame.contains("already_has_active"));
    }

    /// A done whose created has not come.
    pub(crate) fn note_arrival(&mut self, frame: &str, world: &World) {
        if !frame.contains(r#""response.done""#) {
            return;
        }
        let known = world.books.responses.iter().any(|known| {
            let id = format!(r#""id":"{}""#, known.id);
            frame.contains(&id)
        });
        self.done_first += u32::from(!known);
    }

    pub(crate) fn note_close(&mut self, world: &World) {
        self.closes += 1;
        let mut calls = world.books.calls.iter();
        let open = calls.any(|call| call.state == CallState::Delivered);
        let awaits = world.session.response() == ResponseState::AwaitingTools;
        self.close_in_call += u32::from(open || awaits);
    }

    pub(crate) fn note_command(&mut self, command: &Command<'_>, _: &World) {
        match command {
            Command::CancelResponse(_) => self.cancels += 1,
            Command::ToolOutput(_) => self.outputs += 1,
            _ => {}
        }
    }
}
