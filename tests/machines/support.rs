//! A driver for scripts: frames and commands in, one short line out for each event and frame.

pub(crate) use crate::frames::*;
use core::{cell::Cell, time::Duration};
use realtime_proto::{
    By, CloseClass, Command, Config, Dialect, Event, InputNotice, Outcome, Plan, SendError,
    Session, Settlement, Time, TranscriptUpdate, Transmit,
};
use serde::Serialize;
use serde_json::{Value, json};

thread_local! {
    static LATE: Cell<bool> = const { Cell::new(false) };
}

/// Runs tests with drivers that tell the time at the start, and never in time after.
pub(crate) fn late(tests: impl FnOnce()) {
    LATE.set(true);
    tests();
    LATE.set(false);
}

/// A session, and the lines that it says.
#[derive(Clone, Debug)]
pub(crate) struct Driver {
    pub(crate) session: Session,
}

impl Driver {
    /// Nothing was received yet.
    pub(crate) fn new(config: Config) -> Self {
        let mut session = Session::new(config);
        if LATE.get() {
            session.handle_timeout(Time::default());
        }
        Self { session }
    }

    /// The server has introduced itself; its settings are its own.
    pub(crate) fn ready() -> Self {
        Self::ready_with(Config::new(Dialect::OpenAi))
    }

    pub(crate) fn ready_with(config: Config) -> Self {
        let mut driver = Self::new(config);
        driver.feed(OPENED);
        driver.sent();
        driver
    }

    /// The server finds turns as `detection` says.
    pub(crate) fn detecting(detection: Value) -> Self {
        let mut driver = Self::new(Config::new(Dialect::OpenAi));
        driver.feed(opened_with(json!({"input": {"turn_detection": detection}})));
        driver
    }

    /// Every turn is the caller's to commit and to have answered.
    pub(crate) fn manual() -> Self {
        Self::detecting(Value::Null)
    }

    pub(crate) fn events(&mut self, frame: impl AsRef<str>) -> Vec<Event<'static>> {
        let events = self.session.receive(frame.as_ref());
        events.map(Event::into_owned).collect()
    }

    /// What a frame caused, with what was queued before it.
    pub(crate) fn feed(&mut self, frame: impl AsRef<str>) -> Vec<String> {
        self.events(frame).iter().map(line).collect()
    }

    pub(crate) fn feed_all<F: AsRef<str>>(
        &mut self,
        frames: impl IntoIterator<Item = F>,
    ) -> Vec<String> {
        let each = |frame: F| self.feed(frame);
        frames.into_iter().flat_map(each).collect()
    }

    /// Sends a command that must be taken; its id.
    pub(crate) fn send(&mut self, command: Command<'_>) -> String {
        let id = self.session.send(command).expect("the command is right");
        id.to_string()
    }

    pub(crate) fn refused(&mut self, command: Command<'_>) -> SendError {
        let before = self.session.clone();
        let error = self
            .session
            .send(command)
            .expect_err("the command is wrong");
        assert_eq!(self.session, before, "a refused command leaves no trace");
        error
    }

    /// What commands, time and the end caused.
    pub(crate) fn told(&mut self) -> Vec<String> {
        core::iter::from_fn(|| self.session.poll_event())
            .map(|event| line(&event))
            .collect()
    }

    /// Everything that wants to leave.
    pub(crate) fn sent(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        while let Some(transmit) = self.session.poll_transmit() {
            lines.push(outbound(transmit));
        }
        lines
    }

    /// The frames that want to leave, whole.
    pub(crate) fn frames(&mut self) -> Vec<Value> {
        let mut frames = Vec::new();
        while let Some(transmit) = self.session.poll_transmit() {
            if let Transmit::Text(text) = transmit {
                frames.push(serde_json::from_str(text).expect("every frame is JSON"));
            }
        }
        frames
    }

    /// Tells the time, in milliseconds, and returns what that caused.
    pub(crate) fn at(&mut self, ms: u64) -> Vec<String> {
        self.session.handle_timeout(time(ms));
        self.told()
    }

    pub(crate) fn due(&self) -> Option<u64> {
        let due = self.session.poll_timeout()?;
        u64::try_from(due.0.as_millis()).ok()
    }

    pub(crate) fn text_of(&self, item: &str, lane: realtime_proto::Lane) -> Option<String> {
        let item = self.session.conversation().get(item)?;
        item.text(lane).map(String::from)
    }

    /// The ids of the conversation, in order.
    pub(crate) fn order(&self) -> Vec<String> {
        let items = self.session.conversation().items();
        items.map(|item| item.id.to_string()).collect()
    }
}

pub(crate) fn time(ms: u64) -> Time {
    Time(Duration::from_millis(ms))
}

pub(crate) fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// How many lines begin with these words.
pub(crate) fn count(lines: &[String], words: &str) -> usize {
    lines.iter().filter(|line| line.starts_with(words)).count()
}

/// One event as one line: what it is, of what, and what matters of it.
pub(crate) fn line(event: &Event<'_>) -> String {
    let name = event.name();
    let rest = match event {
        Event::Closed(closed) => closing(closed.class, closed.plan),
        Event::GoingAway(going) => format!("{} {}", word(&going.cause), word(&going.plan)),
        Event::Stalled(stalled) => word(&stalled.waiting_for),
        Event::SessionUpdated(updated) => updated.mismatches.join(","),
        Event::SpeechStarted(speech) | Event::SpeechStopped(speech) => id(speech.item_id.as_ref()),
        Event::UserTurnStarted(turn)
        | Event::UserTurnCommitted(turn)
        | Event::UserTurnDiscarded(turn) => id(turn.item_id.as_ref()),
        Event::Input(notice) => noticed(notice),
        Event::InputTranscript(heard) => {
            let (kind, text) = transcript(&heard.update);
            format!("{} {kind} {text}", id(heard.item_id.as_ref()))
        }
        Event::ResponseStarted(started) => id(started.ids.response_id.as_ref()),
        Event::ResponseFinished(finished) => {
            let of = id(finished.ids.response_id.as_ref());
            format!("{of} {}", outcome(&finished.outcome))
        }
        Event::Interrupted(cut) => {
            format!("{} {}", id(cut.response_id.as_ref()), word(&cut.cause))
        }
        Event::FlushPlayback(flush) => flush.epoch.0.to_string(),
        Event::Playback(playback) => word(&playback.state),
        Event::ItemAdded(item) | Event::ItemDone(item) | Event::ItemRetrieved(item) => {
            id(item.ids.item_id.as_ref())
        }
        Event::ItemDeleted(deleted) => id(deleted.item_id.as_ref()),
        Event::TextDelta(delta) => format!("{} {}", id(delta.ids.item_id.as_ref()), delta.delta),
        Event::TextDone(done) => {
            let of = id(done.ids.item_id.as_ref());
            format!("{of} {} +{} {}", done.text, done.suffix, word(&done.status))
        }
        Event::AudioDelta(audio) => {
            format!("{} @{}", id(audio.ids.item_id.as_ref()), audio.epoch.0)
        }
        Event::AudioDone(audio) => format!("{} @{}", id(audio.ids.item_id.as_ref()), audio.epoch.0),
        Event::Truncated(cut) => {
            let confirmed = if cut.confirmed { " confirmed" } else { "" };
            let of = id(cut.ids.item_id.as_ref());
            format!("{of} {}{confirmed}", cut.heard.as_millis())
        }
        Event::ToolCallStarted(call) => id(call.call_id.as_ref()),
        Event::ToolCall(call) => format!("{} {}", call.call_id, call.arguments),
        Event::ToolCallCancelled(calls) => {
            let ids: Vec<_> = calls.call_ids.iter().map(|id| &**id).collect();
            format!("{} {}", ids.join(","), word(&calls.reason))
        }
        Event::CommandSettled(settled) => {
            format!("{} {}", settled.command, settlement(&settled.outcome))
        }
        Event::Error(error) => format!(
            "{} {}",
            word(&error.class),
            error.code.as_deref().unwrap_or("-")
        ),
        Event::LimitReached(limit) => limit.limit.to_string(),
        Event::Suppressed(nothing) => word(&nothing.reason),
        _ => String::new(),
    };
    format!("{name} {rest}").trim_end().into()
}

pub(crate) fn closing(class: CloseClass, plan: Plan) -> String {
    format!("{} {}", word(&class), word(&plan))
}

fn id(id: Option<&realtime_proto::Id<'_>>) -> String {
    id.map_or_else(|| "-".into(), ToString::to_string)
}

/// The name of a choice, as it is serialised.
fn word<T: Serialize>(choice: &T) -> String {
    let value = serde_json::to_value(choice).expect("a choice has a name");
    value.as_str().expect("a choice has a name").into()
}

fn noticed(notice: &InputNotice<'_>) -> String {
    match notice {
        InputNotice::Cleared => "cleared".into(),
        InputNotice::Timeout { item_id, .. } => format!("timeout {}", id(item_id.as_ref())),
        InputNotice::Dtmf { digit, .. } => format!("dtmf {digit}"),
        InputNotice::AudioDropped { duration } => format!("dropped {}", duration.as_millis()),
        _ => "?".into(),
    }
}

fn transcript<'t>(update: &'t TranscriptUpdate<'_>) -> (&'static str, &'t str) {
    match update {
        TranscriptUpdate::Delta { text } => ("delta", text),
        TranscriptUpdate::Snapshot { text } => ("snapshot", text),
        TranscriptUpdate::Final { text, .. } => ("final", text),
        TranscriptUpdate::Failed { partial, .. } => {
            ("failed", partial.as_deref().unwrap_or_default())
        }
        _ => ("segment", ""),
    }
}

fn outcome(outcome: &Outcome<'_>) -> String {
    match outcome {
        Outcome::Completed(how) => format!("completed:{how}"),
        Outcome::Incomplete(why) => format!("incomplete:{why}"),
        Outcome::Cancelled(by) => cancelled(by),
        Outcome::Failed(fault) => format!("failed:{}", word(&fault.class)),
        Outcome::Lost => "lost".into(),
        _ => "?".into(),
    }
}

fn cancelled(by: &By) -> String {
    format!("cancelled:{by}")
}

fn settlement(outcome: &Settlement<'_>) -> String {
    match outcome {
        Settlement::Accepted => "accepted".into(),
        Settlement::Sent => "sent".into(),
        Settlement::Rejected(fault) => format!("rejected:{}", word(&fault.class)),
        Settlement::Superseded => "superseded".into(),
        Settlement::Dropped(by) => format!("dropped:{by}"),
        Settlement::Unknown => "unknown".into(),
        _ => "?".into(),
    }
}

/// A frame of ours: the last word of its type, and what it is about.
fn outbound(transmit: Transmit<'_>) -> String {
    let text = match transmit {
        Transmit::Text(text) => text,
        Transmit::Close { code, .. } => return format!("close {code}"),
        _ => return "binary".into(),
    };
    let frame: Value = serde_json::from_str(text).expect("every frame is JSON");
    let is = |key: &str| frame[key].as_str().unwrap_or_default().to_owned();
    let kind = is("type");
    let name = kind.rsplit('.').next().unwrap_or_default();
    let about = match &*kind {
        "response.create" if frame["response"]["conversation"] == "none" => "aside".into(),
        "response.cancel" => is("response_id"),
        "conversation.item.truncate" => format!("{} {}", is("item_id"), frame["audio_end_ms"]),
        "conversation.item.create" => {
            let item = &frame["item"];
            let about = [&item["call_id"], &item["role"], &item["type"]];
            about
                .iter()
                .find_map(|value| value.as_str())
                .unwrap_or_default()
                .into()
        }
        "output_audio_buffer.clear" => "output".into(),
        _ => is("item_id"),
    };
    format!("{name} {about}").trim_end().into()
}
