//! `serverContent`: what the user said, what the model says, and where its turn stands.

use super::{
    decode::Found,
    names::{Key, fields, flag, plain},
    part,
};
use crate::{
    delta::{Delta, DeltaKind},
    dialect::Fact,
    event::{
        Completion, Event, Fault, Ids, Incompletion, InputTranscript, InterruptCause, Interrupted,
        Lane, Outcome, Previous, ResponseFinished, Timed, TranscriptUpdate,
    },
    json::{Kind, Value},
};
use alloc::{borrow::Cow, boxed::Box, string::String, vec::Vec};

const FIELDS: [Key; 12] = [
    ("interimInputTranscription", "interim_input_transcription"),
    ("inputTranscription", "input_transcription"),
    plain("interrupted"),
    ("modelTurn", "model_turn"),
    ("outputTranscription", "output_transcription"),
    ("groundingMetadata", "grounding_metadata"),
    ("urlContextMetadata", "url_context_metadata"),
    ("generationComplete", "generation_complete"),
    ("turnComplete", "turn_complete"),
    ("turnCompleteReason", "turn_complete_reason"),
    ("waitingForInput", "waiting_for_input"),
    ("interactionStatus", "interaction_status"),
];

/// Tells what one message says; the end of the turn, if it says so, is told last.
pub(super) fn tell<'f>(found: &mut Found<'f>, content: Value<'_, 'f>) -> Option<Fact<'f>> {
    if content.kind != Kind::Object {
        if content.is_some() {
            found.malformed("serverContent", content, "serverContent");
        }
        return None;
    }
    let [
        interim,
        input,
        interrupted,
        turn,
        output,
        grounding,
        urls,
        generated,
        complete,
        reason,
        waiting,
        status,
    ] = fields(content, FIELDS);
    let cut = flag(interrupted);
    words(found, interim, input, cut);
    if cut {
        found.event(Event::Interrupted(Interrupted {
            response_id: None,
            cause: InterruptCause::Server,
            heard: None,
        }));
    }
    part::all(found, turn, cut);
    spoken(found, output, cut, flag(complete));
    aside(found, "groundingMetadata", grounding);
    aside(found, "urlContextMetadata", urls);
    if flag(generated) {
        found.push(Fact::Generated);
    }
    over(flag(complete), reason, flag(waiting), status)
}

/// What the user said; words that cut the model are of a new turn.
fn words<'f>(found: &mut Found<'f>, interim: Value<'_, 'f>, input: Value<'_, 'f>, cut: bool) {
    let [provisional] = fields(interim, [plain("text")]);
    let [text, finished] = fields(input, [plain("text"), plain("finished")]);
    let some = |value: Value<'_, '_>| value.kind == Kind::String && !value.text.is_empty();
    if cut && (some(provisional) || some(text)) {
        found.push(Fact::NewWords);
    }
    if some(provisional) {
        found.event(snapshot(provisional));
    }
    if some(text) {
        found.delta(Delta::new(DeltaKind::InputTranscript, text.slot()));
    }
    if flag(finished) {
        found.push(Fact::WordsOver);
    }
}

fn snapshot<'f>(text: Value<'_, 'f>) -> Event<'f> {
    Event::InputTranscript(InputTranscript {
        item_id: None,
        content_index: 0,
        previous: Previous::Unknown,
        update: TranscriptUpdate::Snapshot {
            text: text.str().unwrap_or_default(),
        },
        at: None,
    })
}

/// What the model says, as text; an empty one says nothing. One that comes with the end of its turn
/// has kept pace: nothing of it is late.
fn spoken<'f>(found: &mut Found<'f>, output: Value<'_, 'f>, cut: bool, complete: bool) {
    let [text, finished] = fields(output, [plain("text"), plain("finished")]);
    let says = text.kind == Kind::String && !text.text.is_empty();
    if says {
        let kind = DeltaKind::Text(Lane::Spoken);
        found.delta(Delta {
            due: !cut,
            ..Delta::new(kind, text.slot())
        });
    }
    if flag(finished) || (says && complete) {
        found.push(Fact::SpokenOver);
    }
}

/// What is neither text nor media; an empty object is nothing.
pub(super) fn aside<'f>(found: &mut Found<'f>, kind: &'f str, value: Value<'_, 'f>) {
    let raw = value.raw().unwrap_or_default();
    if !matches!(&*raw, "" | "{}") {
        found.event(Event::Timed(Box::new(Timed {
            ids: Ids::default(),
            kind: Cow::Borrowed(kind),
            at: None,
            raw,
        })));
    }
}

/// How the turn stands: over, paused, waiting for the user; or nothing is said of it.
fn over<'f>(
    complete: bool,
    reason: Value<'_, 'f>,
    waiting: bool,
    status: Value<'_, 'f>,
) -> Option<Fact<'f>> {
    if !complete {
        return waiting.then_some(Fact::Waits);
    }
    if status.str().as_deref() == Some("IN_PROGRESS") {
        return Some(Fact::Paused);
    }
    let outcome = match reason.str() {
        Some(reason) if reason != "TURN_COMPLETE_REASON_UNSPECIFIED" => outcome(reason),
        _ if waiting => Outcome::Completed(Completion::NeedsInput),
        _ => Outcome::Completed(Completion::EndTurn),
    };
    Some(Fact::Event(Event::ResponseFinished(Box::new(
        ResponseFinished {
            ids: Ids::default(),
            outcome,
            usage: None,
            had_audio: false,
            had_text: false,
            calls: 0,
            empty: false,
            metadata: Vec::new(),
            raw: None,
        },
    ))))
}

/// What a stated reason means. Whatever is not known stopped the model before it was done.
fn outcome(reason: Cow<'_, str>) -> Outcome<'_> {
    let filters = ["SAFETY", "PROHIBITED", "BLOCKLIST"];
    let filtered = filters.iter().any(|filter| reason.contains(filter));
    match &*reason {
        "NEED_MORE_INPUT" => Outcome::Completed(Completion::NeedsInput),
        "MAX_TOKENS" => Outcome::Incomplete(Incompletion::MaxTokens),
        "MALFORMED_FUNCTION_CALL" => Outcome::Failed(Fault {
            code: Some(reason),
            ..Fault::default()
        }),
        _ if filtered => Outcome::Incomplete(Incompletion::ContentFilter),
        _ => Outcome::Incomplete(Incompletion::Other(String::from(&*reason))),
    }
}
