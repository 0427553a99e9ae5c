//! What the user said.

use super::{Dialogue, Key, Kind, Row, span};
use realtime_proto::{Event, InputNotice, InputTranscript, Speech, TranscriptUpdate, UserTurn};

impl Dialogue {
    pub(super) fn user(&mut self, event: &Event<'_>) {
        match event {
            Event::SpeechStarted(speech) => self.speech_started(speech),
            Event::SpeechStopped(speech) => self.speech_stopped(speech),
            Event::UserTurnStarted(turn) | Event::UserTurnCommitted(turn) => {
                self.turn(turn.item_id.as_deref());
            }
            Event::UserTurnDiscarded(turn) => self.discarded(turn),
            Event::Input(notice) => self.notice(notice),
            Event::InputTranscript(transcript) => self.transcript(transcript),
            _ => {}
        }
    }

    /// The row of a turn: of its item, or the last one of which none was known.
    pub(super) fn turn(&mut self, item: Option<&str>) -> &mut Row {
        let key = Key::Turn(item.map(str::to_owned));
        if self.position(&key).is_none() {
            if let Some(nameless) = self.find(&Key::Turn(None)) {
                nameless.key = key.clone();
            }
        }
        self.row(Kind::User, key)
    }

    fn speech_started(&mut self, speech: &Speech<'_>) {
        self.speaking = speech.at;
        self.turn(speech.item_id.as_deref());
    }

    fn speech_stopped(&mut self, speech: &Speech<'_>) {
        let spoken = speech.at.zip(self.speaking.take());
        let spoken = spoken.map(|(end, start)| end.saturating_sub(start));
        self.turn(speech.item_id.as_deref()).sound = spoken.unwrap_or_default();
    }

    fn discarded(&mut self, turn: &UserTurn<'_>) {
        let row = self.turn(turn.item_id.as_deref());
        "discarded".clone_into(&mut row.note);
        if row.text.is_empty() {
            "(speech)".clone_into(&mut row.text);
        }
    }

    fn notice(&mut self, notice: &InputNotice<'_>) {
        match notice {
            InputNotice::Timeout { start, end, .. } => {
                let silence = end
                    .zip(*start)
                    .map(|(end, start)| end.saturating_sub(start));
                let silence =
                    silence.map_or_else(String::new, |time| format!(" for {}", span(time)));
                self.push(Kind::Mark, format!("the user says nothing{silence}"));
            }
            InputNotice::Dtmf { digit, .. } => self.digit(digit),
            InputNotice::AudioDropped { duration } => {
                let dropped = format!("{} of the user's audio were dropped", span(*duration));
                self.push(Kind::Problem, dropped);
            }
            _ => {}
        }
    }

    fn digit(&mut self, digit: &str) {
        if let Some(row) = self.rows.last_mut().filter(|row| row.key == Key::Digits) {
            row.text.extend([" ", digit]);
        } else {
            let text = format!("the user presses {digit}");
            self.push_known(Kind::Mark, Key::Digits, text);
        }
    }

    fn transcript(&mut self, transcript: &InputTranscript<'_>) {
        let item = transcript.item_id.as_deref();
        let late = self.late(item);
        if let TranscriptUpdate::Segment(segment) = &transcript.update {
            let speaker = segment.speaker.as_deref().unwrap_or("somebody");
            let turn = self.position(&Key::Turn(item.map(str::to_owned)));
            let text = format!("{speaker}: {}", segment.text.trim());
            self.push(Kind::Segment, text).under = turn;
            return;
        }
        let row = self.turn(item);
        match &transcript.update {
            TranscriptUpdate::Delta { text } => row.text += text,
            TranscriptUpdate::Snapshot { text } => row.text = text.to_string(),
            TranscriptUpdate::Final { text, .. } => {
                text.trim().clone_into(&mut row.text);
                row.note = late.unwrap_or_default();
            }
            TranscriptUpdate::Failed { .. } => {
                row.text += " (could not be transcribed)";
            }
            _ => {}
        }
    }

    /// How long after the next words of the assistant's a transcript comes, if it does.
    fn late(&self, item: Option<&str>) -> Option<String> {
        let at = self.position(&Key::Turn(item.map(str::to_owned)))?;
        let mut behind = self.rows[at..].iter();
        let reply = behind.find(|row| row.kind == Kind::Assistant)?;
        let behind = self.now.zip(reply.at);
        let behind = behind.map(|(now, then)| now.saturating_sub(then));
        Some(match behind.filter(|time| !time.is_zero()) {
            Some(time) => format!("written {} late", span(time)),
            None => String::from("written late"),
        })
    }
}
