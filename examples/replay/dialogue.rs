//! The session as a dialogue: who said and did what, in the order in which it was spoken.
//!
//! Each row is one thing. A row stands where its thing began and is completed when more is known:
//! what the user said is often written down only after the reply began, but it reads before it.

mod replies;
mod session;
mod tools;
mod user;

use core::time::Duration;
use realtime_proto::{
    Command, Event, Session,
    testing::{Entry, Happened, Step},
};
use replies::Reply;

/// One thing that was said or done.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// When it began, where the recording tells.
    pub(crate) at: Option<Duration>,
    pub(crate) kind: Kind,
    pub(crate) text: String,
    /// What is worth a glance only.
    pub(crate) note: String,
    /// How long the sound of it lasts, as far as it passed here.
    sound: Duration,
    key: Key,
    /// The row that this one belongs under.
    under: Option<usize>,
}

/// Who or what a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The connection, its settings, its end.
    Session,
    User,
    /// What one of several speakers said, as part of a turn.
    Segment,
    System,
    Assistant,
    /// The assistant, beside the conversation.
    Aside,
    Thought,
    /// A call that the application answers.
    Call,
    Output,
    /// A call that the provider executes.
    RemoteCall,
    RemoteOutput,
    /// Something that happened to what stands above.
    Mark,
    Problem,
}

/// What later news of a row is known by.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    None,
    /// A turn of the user: its item, once it is known.
    Turn(Option<String>),
    /// A part of an item of the assistant or the system.
    Part {
        item: String,
        index: u32,
        thought: bool,
    },
    Call(String),
    Output(String),
    Truncated(String),
    /// Keys of the telephone, pressed one after the other.
    Digits,
}

#[derive(Debug, Default)]
pub(crate) struct Dialogue {
    rows: Vec<Row>,
    replies: Vec<Reply>,
    now: Option<Duration>,
    /// When the user began to speak, by the clock of the audio.
    speaking: Option<Duration>,
    /// What was told of the session last.
    settings: String,
}

impl Dialogue {
    /// Takes what happened next.
    pub(crate) fn step(&mut self, step: &Step<'_>, session: &Session) {
        match &step.what {
            Happened::Applied { entry, .. } => self.applied(entry),
            Happened::Event(Event::Ready(_) | Event::SessionUpdated(_)) => {
                self.introduce(session.effective_config());
            }
            Happened::Event(event) => self.event(event),
            Happened::Refused(error) => {
                self.push(Kind::Problem, format!("refused: {error}"));
            }
            _ => {}
        }
    }

    /// What there is to read, in order: what belongs under a row stands right behind it.
    pub(crate) fn rows(self) -> Vec<Row> {
        let mut roots: Vec<usize> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let above = row.under.and_then(|above| roots.get(above));
            roots.push(above.copied().unwrap_or(at));
        }
        let mut rows: Vec<_> = roots.into_iter().zip(self.rows).collect();
        rows.sort_by_key(|(root, _)| *root);
        let rows = rows.into_iter().map(|(_, row)| row.completed());
        rows.filter(|row| !row.text.is_empty()).collect()
    }

    fn applied(&mut self, entry: &Entry) {
        match entry {
            Entry::At(time) => self.now = Some(*time),
            Entry::Command(command) => {
                if let Command::ToolOutput(output) = &**command {
                    self.output(&output.call_id, &output.output);
                }
            }
            _ => {}
        }
    }

    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::SpeechStarted(_)
            | Event::SpeechStopped(_)
            | Event::UserTurnStarted(_)
            | Event::UserTurnCommitted(_)
            | Event::UserTurnDiscarded(_)
            | Event::Input(_)
            | Event::InputTranscript(_) => self.user(event),
            Event::ResponseStarted(_)
            | Event::ResponseReset(_)
            | Event::ResponseFinished(_)
            | Event::Interrupted(_)
            | Event::Truncated(_)
            | Event::TextDelta(_)
            | Event::TextDone(_)
            | Event::AudioDelta(_) => self.reply(event),
            Event::ItemAdded(item) | Event::ItemDone(item) => self.item(item),
            Event::ToolCall(_)
            | Event::ToolCallCancelled(_)
            | Event::RemoteTool(_)
            | Event::ApprovalRequested(_) => self.tool(event),
            _ => self.session(event),
        }
    }

    fn push(&mut self, kind: Kind, text: impl Into<String>) -> &mut Row {
        self.push_known(kind, Key::None, text)
    }

    fn push_known(&mut self, kind: Kind, key: Key, text: impl Into<String>) -> &mut Row {
        self.rows.push(Row {
            at: self.now,
            kind,
            text: text.into(),
            note: String::new(),
            sound: Duration::ZERO,
            key,
            under: None,
        });
        let last = self.rows.len() - 1;
        &mut self.rows[last]
    }

    fn position(&self, key: &Key) -> Option<usize> {
        self.rows.iter().rposition(|row| row.key == *key)
    }

    fn find(&mut self, key: &Key) -> Option<&mut Row> {
        self.rows.iter_mut().rfind(|row| row.key == *key)
    }

    /// The row of a key, begun now if there is none.
    fn row(&mut self, kind: Kind, key: Key) -> &mut Row {
        match self.position(&key) {
            Some(at) => &mut self.rows[at],
            None => self.push_known(kind, key, ""),
        }
    }
}

impl Row {
    /// Says what is known of a row that has no words.
    fn completed(mut self) -> Self {
        if self.text.is_empty() && !self.sound.is_zero() {
            self.text = format!("({} of speech, not transcribed)", span(self.sound));
        }
        self
    }
}

/// Seconds where they are many, milliseconds where they are few.
fn span(time: Duration) -> String {
    match time.as_millis() {
        millis @ ..1000 => format!("{millis} ms"),
        millis @ ..10_000 => format!("{}.{:02} s", millis / 1000, millis % 1000 / 10),
        millis => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
    }
}
