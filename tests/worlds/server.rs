//! A model of the server: a small machine with explicit state and a set of next steps.
//!
//! What the client sends waits in the inbox, so a step that comes before it was read has crossed it
//! on the wire; what the server sends arrives at once. Together that is every interleaving.

use crate::{
    frames::{self, Turns},
    reply::{End, Plan, Reply},
};
use serde_json::Value;
use std::collections::VecDeque;

/// A frame of the client, as far as the server reads it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Asked {
    Create {
        event_id: String,
        out_of_band: bool,
        metadata: Option<String>,
    },
    Cancel {
        event_id: String,
        response: Option<String>,
    },
    Item {
        event_id: String,
        answers: Option<String>,
    },
    Truncate {
        event_id: String,
        item: String,
        ms: u64,
    },
    Delete {
        event_id: String,
        item: String,
    },
    Update,
    Append(u64),
    Commit {
        event_id: String,
    },
    Clear,
}

/// What the server can do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// Reads the next frame of the client; an error about it names it or not.
    Read {
        named: bool,
    },
    /// The active reply goes on.
    Beat,
    /// The active reply ends.
    End(End),
    /// The reply beside it goes on, or ends.
    Beside,
    SpeechStarts,
    SpeechStops,
    Commits,
    /// Answers the user's turn by itself.
    Replies,
    /// Tells what the user said.
    Transcript,
    /// Tells the last end again.
    Repeats,
}

/// Where the user's turn is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Turn {
    #[default]
    Quiet,
    Speaks(u32),
    Stopped(u32),
}

/// How often the server may still do what it may do at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Budget {
    pub(crate) speech: u8,
    pub(crate) repeats: u8,
    /// Replies that go wrong.
    pub(crate) failures: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Server {
    pub(crate) turns: Turns,
    pub(crate) active: Option<Reply>,
    pub(crate) beside: Option<Reply>,
    inbox: VecDeque<Asked>,
    pub(crate) turn: Turn,
    owes: bool,
    /// Items with audio, and how much of it was sent.
    audio: Vec<(String, u64)>,
    items: Vec<String>,
    /// Calls that were answered.
    answered: Vec<String>,
    /// Calls of responses that have ended.
    told: Vec<String>,
    untold: Vec<String>,
    appended: u64,
    last_done: Option<String>,
    number: u32,
    pub(crate) budget: Budget,
    /// What the next replies are made of, in turn.
    plans: &'static [Plan],
    /// Default responses that were asked for and began.
    pub(crate) accepted: u32,
    pub(crate) refused: u32,
}

impl Server {
    pub(crate) fn new(turns: Turns, plans: &'static [Plan], budget: Budget) -> Self {
        Self {
            turns,
            active: None,
            beside: None,
            inbox: VecDeque::new(),
            turn: Turn::Quiet,
            owes: false,
            audio: Vec::new(),
            items: Vec::new(),
            answered: Vec::new(),
            told: Vec::new(),
            untold: Vec::new(),
            appended: 0,
            last_done: None,
            number: 0,
            budget,
            plans,
            accepted: 0,
            refused: 0,
        }
    }

    /// Takes a frame of the client: it waits to be read.
    pub(crate) fn hear(&mut self, text: &str) {
        let frame: Value = serde_json::from_str(text).expect("the session sends JSON");
        let text = |key: &str| frame[key].as_str().map(String::from);
        let event_id = text("event_id").unwrap_or_default();
        let item = text("item_id").unwrap_or_default();
        let asked = match frame["type"].as_str().unwrap_or_default() {
            "response.create" => Asked::Create {
                event_id,
                out_of_band: frame["response"]["conversation"] == "none",
                metadata: Some(&frame["response"]["metadata"])
                    .filter(|metadata| metadata.is_object())
                    .map(Value::to_string),
            },
            "response.cancel" => Asked::Cancel {
                event_id,
                response: text("response_id"),
            },
            "conversation.item.create" => Asked::Item {
                event_id,
                answers: frame["item"]["call_id"].as_str().map(String::from),
            },
            "conversation.item.truncate" => Asked::Truncate {
                event_id,
                item,
                ms: frame["audio_end_ms"].as_u64().unwrap_or(u64::MAX),
            },
            "conversation.item.delete" => Asked::Delete { event_id, item },
            "session.update" => Asked::Update,
            "input_audio_buffer.append" => Asked::Append(
                frame["audio"]
                    .as_str()
                    .map_or(0, |audio| audio.len() as u64 / 4 * 3),
            ),
            "input_audio_buffer.commit" => Asked::Commit { event_id },
            "input_audio_buffer.clear" => Asked::Clear,
            "pong" => return,
            other => panic!("the model does not know {other}"),
        };
        self.inbox.push_back(asked);
    }

    /// Whether the next frame of the client is refused.
    fn refuses(&self) -> bool {
        match self.inbox.front() {
            Some(Asked::Create { out_of_band, .. }) => !out_of_band && self.active.is_some(),
            Some(Asked::Cancel { response, .. }) => !self.cancellable(response.as_deref()),
            Some(Asked::Item { answers, .. }) => {
                answers.as_ref().is_some_and(|call| !self.waits_for(call))
            }
            Some(Asked::Truncate { item, ms, .. }) => {
                self.sent_ms(item).is_none_or(|sent| *ms > sent)
            }
            Some(Asked::Delete { item, .. }) => !self.items.contains(item),
            Some(Asked::Commit { .. }) => self.appended < 4800,
            _ => false,
        }
    }

    fn waits_for(&self, call: &String) -> bool {
        let active = self.active.iter().flat_map(Reply::calls);
        let told = self.told.contains(call) || active.into_iter().any(|told| told == *call);
        told && !self.answered.contains(call)
    }

    /// How much audio of an item was sent, if it has any.
    fn sent_ms(&self, item: &str) -> Option<u64> {
        let replies = self.active.iter().chain(&self.beside);
        let open = replies.map(|reply| (reply.audio_item(), reply.audio_ms()));
        let ended = self.audio.iter().map(|(id, sent)| (&**id, *sent));
        let found = open.chain(ended).find(|(id, _)| *id == item);
        found.map(|(_, sent)| sent).filter(|sent| *sent > 0)
    }

    /// Another reply beside the default one waits until there is none.
    fn can_read(&self) -> bool {
        let beside = matches!(
            self.inbox.front(),
            Some(Asked::Create {
                out_of_band: true,
                ..
            })
        );
        let waits = beside && self.beside.is_some();
        !self.inbox.is_empty() && !waits
    }

    fn cancellable(&self, id: Option<&str>) -> bool {
        let is = |reply: &Reply| id.is_none_or(|id| reply.id == id) && reply.cut.is_none();
        let beside = self.beside.as_ref().filter(|_| id.is_some());
        self.active.as_ref().is_some_and(is) || beside.is_some_and(is)
    }

    /// What can come next, in a fixed order: what goes on by itself first.
    pub(crate) fn enabled(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        if self.can_read() {
            steps.push(Step::Read { named: true });
            if self.refuses() {
                steps.push(Step::Read { named: false });
            }
        }
        if let Some(reply) = &self.active {
            match reply.cut {
                Some(end) => steps.push(Step::End(end)),
                None if reply.is_whole() => steps.push(Step::End(End::Completed)),
                None => steps.push(Step::Beat),
            }
            if reply.cut.is_none() && self.budget.failures > 0 {
                steps.extend([Step::End(End::Failed), Step::End(End::Incomplete)]);
            }
        }
        if self.beside.is_some() {
            steps.push(Step::Beside);
        }
        match self.turn {
            Turn::Speaks(_) => steps.push(Step::SpeechStops),
            Turn::Stopped(_) => steps.push(Step::Commits),
            Turn::Quiet => {}
        }
        if self.owes && self.active.is_none() {
            steps.push(Step::Replies);
        }
        if !self.untold.is_empty() {
            steps.push(Step::Transcript);
        }
        if self.turn == Turn::Quiet && self.turns != Turns::Manual && self.budget.speech > 0 {
            steps.push(Step::SpeechStarts);
        }
        if self.last_done.is_some() && self.budget.repeats > 0 {
            steps.push(Step::Repeats);
        }
        steps
    }

    /// Takes a step that is enabled; the frames that it sends.
    pub(crate) fn take(&mut self, step: Step) -> Vec<String> {
        match step {
            Step::Read { named } => self.read(named),
            Step::Beat => self
                .active
                .as_mut()
                .and_then(Reply::beat)
                .into_iter()
                .collect(),
            Step::End(end) => self.end(end),
            Step::Beside => self.step_beside(),
            Step::SpeechStarts => vec![self.speech()],
            Step::SpeechStops => vec![self.stop()],
            Step::Commits => self.commit(),
            Step::Replies => vec![self.reply(None)],
            Step::Transcript => vec![self.transcript()],
            Step::Repeats => {
                self.budget.repeats -= 1;
                self.last_done.take().into_iter().collect()
            }
        }
    }

    fn next_number(&mut self) -> u32 {
        self.number += 1;
        self.number
    }

    /// What the next reply is made of; the last plan is that of all others.
    fn plan(&mut self) -> Plan {
        let plan = self.plans[0];
        if self.plans.len() > 1 {
            self.plans = &self.plans[1..];
        }
        plan
    }

    fn reply(&mut self, metadata: Option<String>) -> String {
        self.owes = false;
        let plan = self.plan();
        let number = self.next_number();
        let reply = Reply::new(number, plan, metadata).behind(self.items.last().cloned());
        let created = reply.created();
        self.active = Some(reply);
        created
    }

    fn step_beside(&mut self) -> Vec<String> {
        let Some(reply) = &mut self.beside else {
            return Vec::new();
        };
        if reply.cut.is_none() && !reply.is_whole() {
            return reply.beat().into_iter().collect();
        }
        let end = reply.cut.unwrap_or(End::Completed);
        let frames = reply.end(end);
        self.keep_audio_of_beside();
        self.beside = None;
        frames
    }

    fn keep_audio_of_beside(&mut self) {
        if let Some(reply) = &self.beside {
            self.audio
                .push((reply.audio_item().into(), reply.audio_ms()));
        }
    }

    fn end(&mut self, end: End) -> Vec<String> {
        let Some(reply) = self.active.take() else {
            return Vec::new();
        };
        if matches!(end, End::Failed | End::Incomplete) {
            self.budget.failures -= 1;
        }
        self.told.extend(reply.calls());
        if reply.audio_ms() > 0 {
            self.audio
                .push((reply.audio_item().into(), reply.audio_ms()));
        }
        self.items.extend(reply.last_item().map(String::from));
        let frames = reply.end(end);
        self.last_done = frames.last().cloned();
        frames
    }

    fn speech(&mut self) -> String {
        self.budget.speech -= 1;
        let number = self.next_number();
        self.turn = Turn::Speaks(number);
        self.owes = false;
        if self.turns == Turns::Answers {
            if let Some(reply) = &mut self.active {
                reply.cut.get_or_insert(End::Speech);
            }
        }
        frames::about(
            "input_audio_buffer.speech_started",
            &format!("user_{number}"),
            r#","audio_start_ms":0"#,
        )
    }

    fn stop(&mut self) -> String {
        let Turn::Speaks(number) = self.turn else {
            unreachable!("nobody speaks")
        };
        self.turn = Turn::Stopped(number);
        frames::about(
            "input_audio_buffer.speech_stopped",
            &format!("user_{number}"),
            r#","audio_end_ms":0"#,
        )
    }

    fn commit(&mut self) -> Vec<String> {
        let Turn::Stopped(number) = core::mem::take(&mut self.turn) else {
            unreachable!("nothing to commit")
        };
        self.owes = self.turns == Turns::Answers;
        self.committed(format!("user_{number}"))
    }

    fn committed(&mut self, item: String) -> Vec<String> {
        let previous = self.items.last().cloned();
        let behind = previous
            .as_ref()
            .map_or_else(|| "null".into(), |id| format!("\"{id}\""));
        let audio = r#"{"type":"input_audio","transcript":null}"#;
        let message = frames::message(&item, "user", "completed", audio);
        let frames = vec![
            frames::about(
                "input_audio_buffer.committed",
                &item,
                &format!(r#","previous_item_id":{behind}"#),
            ),
            frames::conversation_item("added", previous.as_deref(), &message),
            frames::conversation_item("done", previous.as_deref(), &message),
        ];
        self.untold.push(item.clone());
        self.items.push(item);
        frames
    }

    fn transcript(&mut self) -> String {
        let item = self.untold.remove(0);
        frames::about(
            "conversation.item.input_audio_transcription.completed",
            &item,
            r#","content_index":0,"transcript":"hello""#,
        )
    }

    fn read(&mut self, named: bool) -> Vec<String> {
        let refused = self.refuses();
        let Some(asked) = self.inbox.pop_front() else {
            return Vec::new();
        };
        if refused {
            self.refused += 1;
            return vec![refusal(&asked, named)];
        }
        match asked {
            Asked::Create {
                out_of_band: true,
                metadata,
                ..
            } => vec![self.reply_beside(metadata)],
            Asked::Create { metadata, .. } => {
                self.accepted += 1;
                vec![self.reply(metadata)]
            }
            Asked::Cancel { response, .. } => self.cancel(response.as_deref()),
            Asked::Item { answers, .. } => self.item(answers),
            Asked::Truncate { item, ms, .. } => vec![frames::about(
                "conversation.item.truncated",
                &item,
                &format!(r#","content_index":0,"audio_end_ms":{ms}"#),
            )],
            Asked::Delete { item, .. } => {
                self.items.retain(|id| *id != item);
                vec![frames::about("conversation.item.deleted", &item, "")]
            }
            Asked::Update => vec![frames::session("updated", self.turns)],
            Asked::Append(bytes) => {
                self.appended += bytes;
                Vec::new()
            }
            Asked::Commit { .. } => {
                self.appended = 0;
                let number = self.next_number();
                self.committed(format!("user_{number}"))
            }
            Asked::Clear => {
                self.appended = 0;
                self.turn = Turn::Quiet;
                vec![r#"{"type":"input_audio_buffer.cleared"}"#.into()]
            }
        }
    }

    fn reply_beside(&mut self, metadata: Option<String>) -> String {
        let plan = self.plan();
        let number = self.next_number();
        let reply = Reply::new(number, plan, metadata).beside();
        let created = reply.created();
        self.beside = Some(reply);
        created
    }

    fn cancel(&mut self, id: Option<&str>) -> Vec<String> {
        let replies = [&mut self.active, &mut self.beside];
        let named = replies
            .into_iter()
            .flatten()
            .find(|reply| id.is_none_or(|id| reply.id == id));
        if let Some(reply) = named {
            reply.cut = Some(End::Client);
        }
        Vec::new()
    }

    fn item(&mut self, answers: Option<String>) -> Vec<String> {
        let number = self.next_number();
        let id = format!("made_{number}");
        let previous = self.items.last().cloned();
        let item = match &answers {
            Some(call) => frames::output(&id, call),
            None => frames::message(
                &id,
                "user",
                "completed",
                r#"{"type":"input_text","text":"hi"}"#,
            ),
        };
        self.answered.extend(answers);
        self.items.push(id);
        vec![
            frames::conversation_item("added", previous.as_deref(), &item),
            frames::conversation_item("done", previous.as_deref(), &item),
        ]
    }

    /// Nothing happens any more that does not have to.
    pub(crate) fn calm(&mut self) {
        self.budget = Budget {
            speech: 0,
            repeats: 0,
            failures: 0,
        };
        self.plans = &[Plan::Nothing];
    }
}

fn refusal(asked: &Asked, named: bool) -> String {
    let (code, event_id) = match asked {
        Asked::Create { event_id, .. } => ("conversation_already_has_active_response", event_id),
        Asked::Cancel { event_id, .. } => ("response_cancel_not_active", event_id),
        Asked::Item { event_id, .. } => ("invalid_tool_call_id", event_id),
        Asked::Truncate { event_id, .. } => ("item_truncate_invalid_item_id", event_id),
        Asked::Delete { event_id, .. } => ("item_delete_invalid_item_id", event_id),
        Asked::Commit { event_id } => ("input_audio_buffer_commit_empty", event_id),
        Asked::Update | Asked::Append(_) | Asked::Clear => ("invalid_value", &String::new()),
    };
    frames::error(code, Some(&**event_id).filter(|_| named))
}
