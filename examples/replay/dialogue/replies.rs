//! What the assistant said, and how its replies ended.

use super::{Dialogue, Key, Kind, Row, span};
use realtime_proto::{
    AudioDelta, By, ConversationRef, Event, Fault, Ids, InterruptCause, Interrupted, Lane, Outcome,
    ResponseFinished, ResponseStarted, Truncated, Usage,
};

/// A reply that has not ended.
#[derive(Debug)]
pub(super) struct Reply {
    id: Option<String>,
    aside: bool,
    /// The row that its cost is noted at.
    last: Option<usize>,
}

impl Dialogue {
    pub(super) fn reply(&mut self, event: &Event<'_>) {
        match event {
            Event::ResponseStarted(started) => self.started(started),
            Event::ResponseReset(_) => {
                self.push(Kind::Mark, "the assistant begins anew");
            }
            Event::ResponseFinished(finished) => self.finished(finished),
            Event::Interrupted(interrupted) => self.interrupted(interrupted),
            Event::Truncated(truncated) => self.truncated(truncated),
            Event::TextDelta(delta) => self.part(&delta.ids, delta.lane).text += &delta.delta,
            Event::TextDone(done) => {
                done.text
                    .trim()
                    .clone_into(&mut self.part(&done.ids, done.lane).text);
            }
            Event::AudioDelta(delta) => self.audio(delta),
            _ => {}
        }
    }

    fn started(&mut self, started: &ResponseStarted<'_>) {
        self.replies.push(Reply {
            id: started.ids.response_id.as_deref().map(str::to_owned),
            aside: started.conversation == ConversationRef::OutOfBand,
            last: None,
        });
    }

    /// The row of one text of a reply.
    fn part(&mut self, ids: &Ids<'_>, lane: Lane) -> &mut Row {
        let mut key = spoken(ids);
        if let Key::Part { thought, .. } = &mut key {
            *thought = lane == Lane::Thought;
        }
        let kind = match self.open(ids.response_id.as_deref()) {
            _ if lane == Lane::Thought => Kind::Thought,
            Some(reply) if reply.aside => Kind::Aside,
            _ => Kind::Assistant,
        };
        if self.position(&key).is_none() {
            self.belongs(ids.response_id.as_deref(), self.rows.len());
        }
        self.row(kind, key)
    }

    /// The reply of an id; where none is told, the latest.
    fn open(&mut self, id: Option<&str>) -> Option<&mut Reply> {
        let mut replies = self.replies.iter_mut();
        replies.rfind(|reply| id.is_none() || reply.id.as_deref() == id)
    }

    /// Notes the row as the last of its reply.
    pub(super) fn belongs(&mut self, id: Option<&str>, row: usize) {
        if let Some(reply) = self.open(id) {
            reply.last = Some(row);
        }
    }

    fn audio(&mut self, delta: &AudioDelta<'_>) {
        let sound = delta.duration().unwrap_or_default();
        self.part(&delta.ids, Lane::Spoken).sound += sound;
    }

    fn finished(&mut self, finished: &ResponseFinished<'_>) {
        let id = finished.ids.response_id.as_deref();
        let at = self
            .replies
            .iter()
            .rposition(|reply| reply.id.as_deref() == id);
        let reply = at.map(|at| self.replies.remove(at));
        let cost = finished.usage.as_ref().map(cost).unwrap_or_default();
        let last = reply.and_then(|reply| reply.last);
        let row = match (ended(&finished.outcome), last) {
            (Some((kind, how)), _) if finished.outcome == Outcome::Lost => self.push(kind, how),
            (Some((kind, how)), _) => self.push_under(last, kind, how),
            (None, Some(last)) => &mut self.rows[last],
            (None, None) => self.push(Kind::Mark, "the assistant says nothing"),
        };
        row.note = cost;
    }

    fn interrupted(&mut self, interrupted: &Interrupted<'_>) {
        let cause = match interrupted.cause {
            InterruptCause::Speech | InterruptCause::Commit => "the user cuts in",
            InterruptCause::Command => "the application cuts in",
            _ => "the server cuts in",
        };
        let heard = interrupted
            .heard
            .map(|time| format!(" after {}", span(time)));
        let last = self.open(interrupted.response_id.as_deref());
        let last = last.and_then(|reply| reply.last);
        let text = format!("{cause}{}", heard.unwrap_or_default());
        self.push_under(last, Kind::Mark, text);
    }

    /// It is asked for first and confirmed then: one row.
    fn truncated(&mut self, truncated: &Truncated<'_>) {
        let item = truncated.ids.item_id.as_ref();
        let item = item.map(ToString::to_string).unwrap_or_default();
        let spoken = self.position(&spoken(&truncated.ids));
        let sound = spoken
            .map(|at| self.rows[at].sound)
            .filter(|sound| !sound.is_zero());
        let received = truncated.received.or(sound);
        let received = received.map(|time| format!(" of {}", span(time)));
        let heard = span(truncated.heard);
        let row = self.row(Kind::Mark, Key::Truncated(item));
        row.under = spoken;
        row.text = format!("heard: {heard}{}", received.unwrap_or_default());
        if let Some(text) = &truncated.heard_text {
            row.text.extend([", ", text.trim()]);
        }
    }

    fn push_under(
        &mut self,
        above: Option<usize>,
        kind: Kind,
        text: impl Into<String>,
    ) -> &mut Row {
        let row = self.push(kind, text);
        row.under = above;
        row
    }
}

/// The key of what is said in a part, aloud or in writing.
fn spoken(ids: &Ids<'_>) -> Key {
    let item = ids.item_id.as_ref().or(ids.response_id.as_ref());
    Key::Part {
        item: item.map(ToString::to_string).unwrap_or_default(),
        index: ids.content_index.unwrap_or_default(),
        thought: false,
    }
}

fn cost(usage: &Usage) -> String {
    format!("{} in {:>3} out", usage.input.total, usage.output.total)
}

/// What there is to say about an end; a completed reply speaks for itself.
fn ended(outcome: &Outcome<'_>) -> Option<(Kind, String)> {
    let mark = |text: String| Some((Kind::Mark, text));
    match outcome {
        Outcome::Completed(_) => None,
        Outcome::Incomplete(why) => mark(format!("stopped early: {}", words(why.as_str()))),
        Outcome::Cancelled(By::UserSpeech) => mark("cut off by the user's voice".into()),
        Outcome::Cancelled(By::Client) => mark("cut off by the application".into()),
        Outcome::Cancelled(by) => mark(format!("cut off: {}", words(by.as_str()))),
        Outcome::Failed(fault) => Some((Kind::Problem, failed(fault))),
        Outcome::Lost => mark("cut off by the end of the connection".into()),
        _ => mark("ended".into()),
    }
}

fn failed(fault: &Fault<'_>) -> String {
    let told = fault.message.as_deref().or(fault.code.as_deref());
    match told {
        Some(told) => format!("the reply failed: {told}"),
        None => String::from("the reply failed"),
    }
}

/// A name in words.
fn words(name: &str) -> String {
    name.replace('_', " ")
}
