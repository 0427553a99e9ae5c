//! Server frames: a bag of messages, told in a fixed order.

use super::{
    call, content,
    names::{Key, count, duration, fields, flag, is, plain},
    report,
};
use crate::{
    delta::{Delta, id},
    dialect::{Body, Decoded, Detection, Fact, SessionFact},
    event::{
        Event, FrameFault, GoingAway, GoingAwayCause, Malformed, Plan, Ready, Resumption, Speech,
        Unknown,
    },
    json::{self, Fault, Kind, Slot, Tape, Value},
};
use alloc::{borrow::Cow, boxed::Box, vec::Vec};

/// The messages, in the order in which they are told; the turn's end comes before the last two.
const MESSAGES: [Key; 10] = [
    ("setupComplete", "setup_complete"),
    ("sessionResumptionUpdate", "session_resumption_update"),
    ("voiceActivity", "voice_activity"),
    (
        "voiceActivityDetectionSignal",
        "voice_activity_detection_signal",
    ),
    ("serverContent", "server_content"),
    ("toolCall", "tool_call"),
    ("toolCallCancellation", "tool_call_cancellation"),
    ("usageMetadata", "usage_metadata"),
    ("goAway", "go_away"),
    plain("error"),
];

/// What a frame says so far: a delta alone costs nothing.
pub(super) struct Found<'f> {
    pub(super) frame: &'f str,
    only: Option<Delta>,
    facts: Vec<Fact<'f>>,
}

impl<'f> Found<'f> {
    pub(super) fn delta(&mut self, delta: Delta) {
        if self.only.is_none() && self.facts.is_empty() {
            self.only = Some(delta);
        } else {
            self.push(Fact::Delta(delta, self.frame));
        }
    }

    pub(super) fn push(&mut self, fact: Fact<'f>) {
        let frame = self.frame;
        let only = self.only.take();
        self.facts
            .extend(only.map(|delta| Fact::Delta(delta, frame)));
        self.facts.push(fact);
    }

    pub(super) fn event(&mut self, event: Event<'f>) {
        self.push(Fact::Event(event));
    }

    /// A known message without what its meaning needs.
    pub(super) fn malformed(
        &mut self,
        kind: &'static str,
        value: Value<'_, '_>,
        field: &'static str,
    ) {
        let fault = if value.is_some() {
            FrameFault::Mistyped { field }
        } else {
            FrameFault::Missing { field }
        };
        self.event(Event::Malformed(Malformed {
            kind: Some(Cow::Borrowed(kind)),
            fault,
            raw: Cow::Borrowed(self.frame),
        }));
    }

    pub(super) fn unknown(&mut self, kind: Option<Cow<'f, str>>) {
        self.event(Event::Unknown(Unknown {
            kind,
            raw: Cow::Borrowed(self.frame),
        }));
    }

    fn body(self) -> Body<'f> {
        self.only
            .map_or_else(|| Body::Facts(self.facts), Body::Delta)
    }
}

/// Decodes one server frame.
pub(crate) fn decode(text: &str, nesting: usize) -> Result<Decoded<'_>, Fault> {
    let mut slots = [Slot::default(); MESSAGES.len()];
    let (mut kind, mut stranger) = (Slot::default(), None);
    let mut tape = Tape::new();
    json::entries(text, nesting, &mut tape, |key, slot| {
        let name = key.str().unwrap_or_default();
        match MESSAGES.iter().position(|message| is(*message, &name)) {
            Some(at) => {
                if let Some(place) = slots.get_mut(at).filter(|_| !slot.of(text).is_null()) {
                    *place = slot;
                    if kind.kind == Kind::Absent {
                        kind = key.slot();
                    }
                }
            }
            None => stranger = Some((name, key.slot())),
        }
    })?;
    let mut found = Found {
        frame: text,
        only: None,
        facts: Vec::new(),
    };
    if let (Kind::Absent, Some((name, slot))) = (kind.kind, stranger) {
        kind = slot;
        found.unknown(Some(name));
    }
    tell(&mut found, &slots.map(|slot| tape.value(slot, text)));
    Ok(Decoded {
        kind,
        event_id: Slot::default(),
        body: found.body(),
    })
}

fn tell<'f>(found: &mut Found<'f>, messages: &[Value<'_, 'f>; MESSAGES.len()]) {
    let [
        setup,
        resumption,
        activity,
        signal,
        content,
        calls,
        cancellation,
        usage,
        going,
        error,
    ] = *messages;
    if setup.is_some() {
        found.push(Fact::Session(Box::new(session(setup))));
    }
    if resumption.is_some() {
        found.event(Event::Resumption(resumed(resumption)));
    }
    voice_activity(found, activity);
    voice_signal(found, signal);
    let over = content::tell(found, content);
    call::tell(found, calls);
    call::cancelled(found, cancellation);
    if let Some(usage) = report::usage(usage) {
        found.push(Fact::ReplyUsage(Box::new(usage)));
    }
    if let Some(over) = over {
        found.push(over);
    }
    if going.is_some() {
        found.event(going_away(going));
    }
    if error.is_some() {
        found.event(report::error(found.frame, error));
    }
}

fn session<'f>(value: Value<'_, 'f>) -> SessionFact<'f> {
    let [session_id] = fields(value, [("sessionId", "session_id")]);
    SessionFact {
        created: true,
        ready: Ready {
            session_id: id(session_id),
            raw: value.raw().unwrap_or_default(),
            ..Ready::default()
        },
        settings: None,
        detection: Detection::default(),
    }
}

fn resumed<'f>(value: Value<'_, 'f>) -> Resumption<'f> {
    let [handle, resumable, last_consumed] = fields(
        value,
        [
            ("newHandle", "new_handle"),
            plain("resumable"),
            (
                "lastConsumedClientMessageIndex",
                "last_consumed_client_message_index",
            ),
        ],
    );
    Resumption {
        handle: handle.str().filter(|handle| !handle.is_empty()),
        resumable: flag(resumable),
        last_consumed: count(last_consumed),
    }
}

fn voice_activity<'f>(found: &mut Found<'f>, value: Value<'_, 'f>) {
    if !value.is_some() {
        return;
    }
    let [kind, older, offset] = fields(
        value,
        [
            plain("type"),
            ("voiceActivityType", "voice_activity_type"),
            ("audioOffset", "audio_offset"),
        ],
    );
    let kind = kind.str().or_else(|| older.str()).unwrap_or_default();
    let (starts, ends) = (kind == "ACTIVITY_START", kind == "ACTIVITY_END");
    speech(found, "voiceActivity", (starts, ends), offset);
}

fn voice_signal<'f>(found: &mut Found<'f>, value: Value<'_, 'f>) {
    if !value.is_some() {
        return;
    }
    let [kind] = fields(value, [("vadSignalType", "vad_signal_type")]);
    let kind = kind.str().unwrap_or_default();
    let (starts, ends) = (kind.ends_with("_SOS"), kind.ends_with("_EOS"));
    let kind = "voiceActivityDetectionSignal";
    speech(found, kind, (starts, ends), Value::default());
}

fn speech<'f>(
    found: &mut Found<'f>,
    kind: &'static str,
    (starts, ends): (bool, bool),
    offset: Value<'_, 'f>,
) {
    let speech = Speech {
        item_id: None,
        at: duration(offset),
    };
    if starts {
        found.event(Event::SpeechStarted(speech));
    } else if ends {
        found.event(Event::SpeechStopped(speech));
    } else {
        found.unknown(Some(Cow::Borrowed(kind)));
    }
}

/// What comes of it the session knows.
fn going_away<'f>(value: Value<'_, 'f>) -> Event<'f> {
    let [time_left] = fields(value, [("timeLeft", "time_left")]);
    Event::GoingAway(GoingAway {
        time_left: duration(time_left),
        cause: GoingAwayCause::Server,
        plan: Plan::Replay,
    })
}
