//! A reply of the model server: what it will say, and how far it is.

use crate::frames;

/// What a reply is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Plan {
    Audio,
    Text,
    /// Two calls.
    Calls,
    /// Speech, and a call.
    Mixed,
    Nothing,
    /// The shortest forms of audio and of two calls.
    ShortAudio,
    ShortCalls,
}

/// One frame of a reply, about its n-th item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Beat {
    Added(usize),
    Conversation(usize),
    Part(usize),
    Audio(usize),
    Transcript(usize),
    Text(usize),
    AudioDone(usize),
    TranscriptDone(usize),
    TextDone(usize),
    PartDone(usize),
    Arguments(usize),
    ArgumentsDone(usize),
    Done(usize),
    ConversationDone(usize),
}

use Beat::{
    Added, Arguments, ArgumentsDone, Audio, AudioDone, Conversation, ConversationDone, Done, Part,
    PartDone, Text, TextDone, Transcript, TranscriptDone,
};

const AUDIO: &[Beat] = &[
    Added(0),
    Conversation(0),
    Part(0),
    Transcript(0),
    Audio(0),
    Audio(0),
    Transcript(0),
    Audio(0),
    AudioDone(0),
    TranscriptDone(0),
    PartDone(0),
    Done(0),
    ConversationDone(0),
];
const TEXT: &[Beat] = &[
    Added(0),
    Conversation(0),
    Part(0),
    Text(0),
    Text(0),
    TextDone(0),
    PartDone(0),
    ConversationDone(0),
    Done(0),
];
const CALLS: &[Beat] = &[
    Added(0),
    Conversation(0),
    Arguments(0),
    ArgumentsDone(0),
    Done(0),
    ConversationDone(0),
    Added(1),
    Conversation(1),
    Arguments(1),
    ArgumentsDone(1),
    Done(1),
    ConversationDone(1),
];
const MIXED: &[Beat] = &[
    Added(0),
    Conversation(0),
    Part(0),
    Audio(0),
    Transcript(0),
    Audio(0),
    TranscriptDone(0),
    AudioDone(0),
    PartDone(0),
    Done(0),
    ConversationDone(0),
    Added(1),
    Conversation(1),
    ArgumentsDone(1),
    Done(1),
    ConversationDone(1),
];
const SHORT_CALLS: &[Beat] = &[ArgumentsDone(0), ArgumentsDone(1)];
const SHORT_AUDIO: &[Beat] = &[Audio(0)];

/// How a reply ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum End {
    Completed,
    Speech,
    Client,
    Failed,
    Incomplete,
}

impl End {
    fn status(self) -> &'static str {
        match self {
            Self::Completed => r#""status":"completed","status_details":null"#,
            Self::Speech => {
                r#""status":"cancelled","status_details":{"type":"cancelled","reason":"turn_detected"}"#
            }
            Self::Client => {
                r#""status":"cancelled","status_details":{"type":"cancelled","reason":"client_cancelled"}"#
            }
            Self::Failed => {
                r#""status":"failed","status_details":{"type":"failed","error":{"type":"server_error","code":"response_failed"}}"#
            }
            Self::Incomplete => {
                r#""status":"incomplete","status_details":{"type":"incomplete","reason":"max_output_tokens"}"#
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Reply {
    pub(crate) id: String,
    pub(crate) out_of_band: bool,
    metadata: String,
    plan: Plan,
    at: usize,
    /// Cut, by whom.
    pub(crate) cut: Option<End>,
    /// What its items are called: the n-th stands at n.
    items: [String; 2],
    /// Where its items stand.
    previous: Option<String>,
}

/// 20 ms of audio, 960 bytes.
pub(crate) const AUDIO_MS: u64 = 20;

impl Reply {
    pub(crate) fn new(number: u32, plan: Plan, metadata: Option<String>) -> Self {
        Self {
            id: format!("resp_{number}"),
            out_of_band: false,
            metadata: metadata.unwrap_or_else(|| "null".into()),
            plan,
            at: 0,
            cut: None,
            items: [format!("item_{number}a"), format!("item_{number}b")],
            previous: None,
        }
    }

    pub(crate) fn behind(mut self, previous: Option<String>) -> Self {
        self.previous = previous;
        self
    }

    pub(crate) fn beside(mut self) -> Self {
        self.out_of_band = true;
        self
    }

    fn beats(&self) -> &'static [Beat] {
        match self.plan {
            Plan::Audio => AUDIO,
            Plan::Text => TEXT,
            Plan::Calls => CALLS,
            Plan::Mixed => MIXED,
            Plan::Nothing => &[],
            Plan::ShortAudio => SHORT_AUDIO,
            Plan::ShortCalls => SHORT_CALLS,
        }
    }

    /// Whether everything is said.
    pub(crate) fn is_whole(&self) -> bool {
        self.at >= self.beats().len()
    }

    pub(crate) fn created(&self) -> String {
        frames::created(&self.id, self.out_of_band, &self.metadata)
    }

    /// The calls that it has told whole, by their ids.
    pub(crate) fn calls(&self) -> Vec<String> {
        let told = self.beats().iter().take(self.at);
        told.filter_map(|beat| match beat {
            ArgumentsDone(item) => Some(self.call(*item)),
            _ => None,
        })
        .collect()
    }

    fn call(&self, item: usize) -> String {
        self.items[item].replace("item_", "call_")
    }

    /// Its items of the conversation, so far, the last last.
    pub(crate) fn last_item(&self) -> Option<&str> {
        let told = self.beats().iter().take(self.at);
        let last = told.filter_map(|beat| match beat {
            Conversation(item) => Some(*item),
            _ => None,
        });
        last.max().map(|item| &*self.items[item])
    }

    /// The item that has begun and is not done.
    fn open_item(&self) -> Option<usize> {
        let told = || self.beats().iter().take(self.at);
        let begun = told().filter_map(|beat| match beat {
            Added(item) => Some(*item),
            _ => None,
        });
        begun
            .max()
            .filter(|item| !told().any(|beat| *beat == Done(*item)))
    }

    /// How much audio of its first item was sent.
    pub(crate) fn audio_ms(&self) -> u64 {
        let told = self.beats().iter().take(self.at);
        told.filter(|beat| matches!(beat, Audio(_))).count() as u64 * AUDIO_MS
    }

    pub(crate) fn audio_item(&self) -> &str {
        &self.items[0]
    }

    /// Says the next thing.
    pub(crate) fn beat(&mut self) -> Option<String> {
        let beat = *self.beats().get(self.at)?;
        self.at += 1;
        if self.out_of_band && matches!(beat, Conversation(_) | ConversationDone(_)) {
            return self.beat();
        }
        Some(self.frame(beat))
    }

    fn frame(&self, beat: Beat) -> String {
        let part = |kind: &str, item: usize, rest: &str| {
            frames::part(kind, &self.id, &self.items[item], item, rest)
        };
        match beat {
            Added(item) => {
                frames::output_item("added", &self.id, item, &self.item(item, "in_progress"))
            }
            Conversation(item) => self.in_conversation("added", item, "in_progress"),
            Part(item) => part("content_part.added", item, self.empty_part()),
            Audio(item) => {
                let silence = "A".repeat(1280);
                part(
                    "output_audio.delta",
                    item,
                    &format!(r#","delta":"{silence}""#),
                )
            }
            Transcript(item) => part("output_audio_transcript.delta", item, r#","delta":"la ""#),
            Text(item) => part("output_text.delta", item, r#","delta":"la ""#),
            AudioDone(item) => part("output_audio.done", item, ""),
            TranscriptDone(item) => {
                let said = format!(r#","transcript":"{}""#, self.said());
                part("output_audio_transcript.done", item, &said)
            }
            TextDone(item) => part("output_text.done", item, r#","text":"la la ""#),
            PartDone(item) => part("content_part.done", item, &self.whole_part()),
            Arguments(item) => part(
                "function_call_arguments.delta",
                item,
                &format!(r#","call_id":"{}","delta":"{{}}""#, self.call(item)),
            ),
            ArgumentsDone(item) => part(
                "function_call_arguments.done",
                item,
                &format!(
                    r#","call_id":"{}","name":"look","arguments":"{{}}""#,
                    self.call(item)
                ),
            ),
            Done(item) => {
                frames::output_item("done", &self.id, item, &self.item(item, "completed"))
            }
            ConversationDone(item) => self.in_conversation("done", item, "completed"),
        }
    }

    fn said(&self) -> &'static str {
        if self.plan == Plan::Mixed {
            "la "
        } else {
            "la la "
        }
    }

    fn empty_part(&self) -> &'static str {
        match self.plan {
            Plan::Text => r#","part":{"type":"text","text":""}"#,
            _ => r#","part":{"type":"audio","transcript":""}"#,
        }
    }

    fn whole_part(&self) -> String {
        match self.plan {
            Plan::Text => r#","part":{"type":"text","text":"la la "}"#.into(),
            _ => format!(
                r#","part":{{"type":"audio","transcript":"{}"}}"#,
                self.said()
            ),
        }
    }

    fn in_conversation(&self, kind: &str, item: usize, status: &str) -> String {
        let previous = match item {
            0 => self.previous.as_deref(),
            _ => Some(&*self.items[0]),
        };
        frames::conversation_item(kind, previous, &self.item(item, status))
    }

    fn item(&self, item: usize, status: &str) -> String {
        let id = &self.items[item];
        let whole = status == "completed";
        let said = self.said();
        match (self.plan, item) {
            (Plan::Calls | Plan::ShortCalls, _) | (Plan::Mixed, 1) => {
                let arguments = if whole { "{}" } else { "" };
                frames::call(id, &self.call(item), status, arguments)
            }
            (Plan::Text, _) if whole => frames::message(
                id,
                "assistant",
                status,
                r#"{"type":"output_text","text":"la la "}"#,
            ),
            _ if whole => frames::message(
                id,
                "assistant",
                status,
                &format!(r#"{{"type":"output_audio","transcript":"{said}"}}"#),
            ),
            _ => frames::message(id, "assistant", status, ""),
        }
    }

    /// Ends; an item that is open ends first, incomplete.
    pub(crate) fn end(&self, end: End) -> Vec<String> {
        let open = self.open_item().filter(|_| end != End::Failed);
        let item = open.map(|item| {
            frames::output_item("done", &self.id, item, &self.item(item, "incomplete"))
        });
        let done = frames::done(&self.id, self.out_of_band, &self.metadata, end.status());
        item.into_iter().chain([done]).collect()
    }
}
