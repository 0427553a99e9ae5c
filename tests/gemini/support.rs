//! A session of the dialect, and its events in few words.

use realtime_proto::{
    Command, Config, Dialect, Event, Lane, Outcome, RemotePhase, Session, SessionConfig,
    TextStatus, TranscriptUpdate, TransmitBuf, TurnDetection, UsageScope,
};

pub(crate) const READY: &str = r#"{"setupComplete":{}}"#;
pub(crate) const OVER: &str = r#"{"serverContent":{"turnComplete":true}}"#;
pub(crate) const GENERATED: &str = r#"{"serverContent":{"generationComplete":true}}"#;
pub(crate) const CUT: &str = r#"{"serverContent":{"interrupted":true}}"#;
pub(crate) const AUDIO: &str = r#"{"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm;rate=24000","data":"AAECAw=="}}]}}}"#;
pub(crate) const CALL: &str =
    r#"{"toolCall":{"functionCalls":[{"id":"fc-1","name":"get_weather","args":{"city":"Oslo"}}]}}"#;

pub(crate) fn heard(text: &str) -> String {
    format!(r#"{{"serverContent":{{"inputTranscription":{{"text":"{text}"}}}}}}"#)
}

pub(crate) fn spoken(text: &str) -> String {
    format!(r#"{{"serverContent":{{"outputTranscription":{{"text":"{text}"}}}}}}"#)
}

pub(crate) fn written(text: &str) -> String {
    format!(r#"{{"serverContent":{{"modelTurn":{{"parts":[{{"text":"{text}"}}]}}}}}}"#)
}

/// A session that is ready, its first frame sent.
pub(crate) fn opened(config: Config) -> Session {
    let mut session = Session::new(config);
    sent(&mut session);
    session.receive(READY).for_each(drop);
    session
}

pub(crate) fn gemini() -> Session {
    opened(Config::new(Dialect::Gemini))
}

pub(crate) fn vertex() -> Session {
    opened(Config::new(Dialect::GeminiVertex))
}

/// A session whose caller marks the user's activity.
pub(crate) fn manual() -> Session {
    opened(with(|session| {
        session.turn_detection = Some(TurnDetection::Manual);
    }))
}

pub(crate) fn with(set: impl FnOnce(&mut SessionConfig)) -> Config {
    let mut config = Config::new(Dialect::Gemini);
    set(&mut config.session);
    config
}

/// The frames that leave now.
pub(crate) fn sent(session: &mut Session) -> Vec<String> {
    let mut frames = Vec::new();
    while let Some(out) = session.poll_transmit() {
        match out.into_owned() {
            TransmitBuf::Text(text) => frames.push(text),
            other => frames.push(format!("{other:?}")),
        }
    }
    frames
}

/// What a command sends, once all of it has left.
#[track_caller]
pub(crate) fn frame_of(session: &mut Session, command: Command<'_>) -> String {
    session.send(command).unwrap();
    let frames = sent(session);
    assert_eq!(frames.len(), 1, "{frames:?}");
    frames.into_iter().next().unwrap()
}

/// The events that wait to be polled, in few words.
pub(crate) fn polled(session: &mut Session) -> Vec<String> {
    let events = core::iter::from_fn(|| session.poll_event());
    events.map(|event| words(&event)).collect()
}

/// What each frame causes in turn, in few words.
pub(crate) fn told<S: AsRef<str>>(session: &mut Session, frames: &[S]) -> Vec<String> {
    let mut told = Vec::new();
    for frame in frames {
        told.extend(session.receive(frame.as_ref()).map(|event| words(&event)));
    }
    told
}

/// What frames cause in a new session, in few words.
pub(crate) fn trace<S: AsRef<str>>(frames: &[S]) -> Vec<String> {
    told(&mut gemini(), frames)
}

/// An event in few words; names of the session's own are `r1`, `i1`, `c1`.
pub(crate) fn words(event: &Event<'_>) -> String {
    let words = match event {
        Event::UserTurnStarted(turn) => format!("turn {} began", id(turn.item_id.as_deref())),
        Event::UserTurnCommitted(turn) => {
            format!("turn {} committed", id(turn.item_id.as_deref()))
        }
        Event::InputTranscript(transcript) => {
            let item = id(transcript.item_id.as_deref());
            match &transcript.update {
                TranscriptUpdate::Delta { text } => format!("heard {item} {text:?}"),
                TranscriptUpdate::Snapshot { text } => format!("heard {item} now {text:?}"),
                TranscriptUpdate::Final { text, .. } => format!("heard {item} all {text:?}"),
                other => format!("heard {item} {other:?}"),
            }
        }
        Event::ResponseStarted(started) => {
            format!("reply {} began", id(started.ids.response_id.as_deref()))
        }
        Event::ResponseFinished(finished) => {
            let reply = id(finished.ids.response_id.as_deref());
            let usage = finished.usage.as_ref().map(|usage| usage.total_tokens);
            let usage = usage.map(|total| format!(" for {total}"));
            let outcome = outcome(&finished.outcome);
            format!("reply {reply} {outcome}{}", usage.unwrap_or_default())
        }
        Event::ItemAdded(item) => format!("item {} began", id(item.ids.item_id.as_deref())),
        Event::ItemDone(item) => format!("item {} done", id(item.ids.item_id.as_deref())),
        Event::AudioDelta(delta) => {
            let item = id(delta.ids.item_id.as_deref());
            format!("audio {item} epoch {}", delta.epoch.0)
        }
        Event::VideoDelta(delta) => format!("video {}", delta.mime),
        Event::AudioDone(done) => format!("audio {} done", id(done.ids.item_id.as_deref())),
        Event::TextDelta(delta) => {
            let item = id(delta.ids.item_id.as_deref());
            format!("{} {item} {:?}", lane(delta.lane), delta.delta)
        }
        Event::TextDone(done) => {
            let item = id(done.ids.item_id.as_deref());
            let how = match done.status {
                TextStatus::Final => "all",
                TextStatus::Interrupted => "cut at",
                _ => "lost at",
            };
            format!("{} {item} {how} {:?}", lane(done.lane), done.text)
        }
        Event::Interrupted(cut) => format!("cut {}", id(cut.response_id.as_deref())),
        Event::FlushPlayback(flush) => format!("flush {}", flush.epoch.0),
        Event::ToolCallStarted(started) => format!("call {} began", id(started.call_id.as_deref())),
        Event::ToolArgumentsDelta(delta) => {
            let path = delta.path.as_deref().unwrap_or_default();
            format!(
                "call {} {path} {:?}",
                id(delta.call_id.as_deref()),
                delta.delta
            )
        }
        Event::ToolCall(call) => format!("call {} {}", id(Some(&call.call_id)), call.arguments),
        Event::ToolCallCancelled(cancelled) => {
            let ids = cancelled.call_ids.iter().map(|call| id(Some(call)));
            format!("calls {:?} {:?}", ids.collect::<Vec<_>>(), cancelled.reason)
        }
        Event::RemoteTool(tool) => {
            let phase = match &tool.phase {
                RemotePhase::Started => "started".into(),
                RemotePhase::Arguments { text } => format!("with {text}"),
                RemotePhase::Result {
                    output, is_error, ..
                } => format!("gave {output:?} error {is_error}"),
                other => format!("{other:?}"),
            };
            format!("remote {} {phase}", id(tool.call_id.as_deref()))
        }
        Event::Timed(timed) => format!("aside {}", timed.kind),
        Event::Usage(report) => {
            let of = match &report.scope {
                UsageScope::Response(response) => id(Some(response)),
                _ => "-".into(),
            };
            format!("usage {of} {}", report.usage.total_tokens)
        }
        Event::Resumption(resumption) => {
            let handle = resumption.handle.as_deref().unwrap_or("-");
            format!("resumption {handle} {}", resumption.resumable)
        }
        Event::GoingAway(going) => format!(
            "going away in {:?} {:?}",
            going.time_left.unwrap_or_default(),
            going.plan
        ),
        Event::Suppressed(suppressed) => format!("suppressed {:?}", suppressed.reason),
        Event::CommandSettled(settled) => format!("{} {:?}", settled.command, settled.outcome),
        Event::Unknown(unknown) => format!("unknown {:?}", unknown.kind),
        other => other.name().to_owned(),
    };
    words.to_lowercase().replace("stale_epoch", "stale")
}

fn outcome(outcome: &Outcome<'_>) -> String {
    match outcome {
        Outcome::Completed(how) => how.as_str().into(),
        Outcome::Incomplete(why) => format!("incomplete {}", why.as_str()),
        Outcome::Cancelled(by) => format!("cut by {}", by.as_str()),
        Outcome::Failed(fault) => format!("failed {:?}", fault.code),
        _ => "lost".into(),
    }
}

fn lane(lane: Lane) -> &'static str {
    match lane {
        Lane::Spoken => "spoken",
        Lane::Thought => "thought",
        _ => "text",
    }
}

fn id(id: Option<&str>) -> String {
    let short = id.unwrap_or("-").replace("local_response_", "r");
    short
        .replace("local_item_", "i")
        .replace("local_call_", "c")
}
