//! Events in the neutral words of the cases.

use core::fmt::Write as _;
use realtime_proto::{
    Epoch, Event, Lane, Outcome, PlaybackState, TranscriptUpdate, Usage, UsageScope,
};

/// What was told, as the cases count it.
#[derive(Default)]
pub(crate) struct Words {
    /// In order, each in all its forms.
    pub(crate) order: Vec<Vec<String>>,
    /// The items, and the responses, of the audio that surfaced.
    pub(crate) audio_items: Vec<String>,
    pub(crate) audio_responses: Vec<String>,
    pub(crate) interruptions: usize,
    pub(crate) flushes: usize,
    pub(crate) errors: usize,
    pub(crate) malformed: usize,
    pub(crate) speech_starts: usize,
    pub(crate) tool_calls: Vec<serde_json::Value>,
    /// The calls that wait for their outputs.
    pub(crate) outstanding: Vec<String>,
    pub(crate) turn_ends: usize,
    pub(crate) input_audio_tokens: Option<u64>,
    pub(crate) epoch: Epoch,
}

pub(crate) fn words(event: &Event<'_>, words: &mut Words) {
    match event {
        Event::AudioDelta(delta) => {
            let item = delta.ids.item_id.as_deref().unwrap_or_default();
            let mut bytes = Vec::new();
            delta.decode_into(&mut bytes).unwrap();
            let mut long = format!("audio({item},0x");
            for byte in &bytes {
                write!(long, "{byte:02x}").unwrap();
            }
            words.say(long + ")", format!("audio({item})"));
            words.audio_items.push(item.into());
            let response = delta.ids.response_id.as_deref();
            words
                .audio_responses
                .push(response.unwrap_or_default().into());
        }
        Event::ResponseFinished(finished) => {
            let id = finished.ids.response_id.as_deref().unwrap_or_default();
            if let Some(usage) = &finished.usage {
                words.say_any(["usage".into(), format!("usage({id})"), counted(usage)]);
                words.input_audio_tokens = Some(usage.input.audio);
            }
            let how = match finished.outcome {
                Outcome::Cancelled(_) => "interrupted",
                _ => "completed",
            };
            let end = match finished.outcome {
                Outcome::Lost => "interrupted",
                _ => how,
            };
            words.say_any([
                format!("response_done({how},{id})"),
                "turn_ended".into(),
                format!("turn_end({end})"),
            ]);
            words.turn_ends += 1;
        }
        Event::Usage(report) => {
            let UsageScope::Response(id) = &report.scope else {
                return;
            };
            words.say(format!("usage({id})"), "usage".into());
        }
        Event::Playback(playback) => {
            let (word, starts) = match playback.state {
                PlaybackState::Started => ("output_speech_start", 1),
                _ => ("output_speech_end", 0),
            };
            words.say(word.into(), word.into());
            words.speech_starts += starts;
        }
        Event::Interrupted(_) => {
            words.say_any(["interrupted".into()]);
            words.interruptions += 1;
        }
        Event::InputTranscript(transcript) => {
            if let TranscriptUpdate::Final { text, .. } = &transcript.update {
                words.say_any([format!("input_transcript({text},final)")]);
            }
        }
        Event::TextDelta(delta) if delta.lane == Lane::Spoken => {
            words.say_any([format!("output_transcript({})", delta.delta)]);
        }
        Event::ToolCallCancelled(cancelled) => {
            words
                .outstanding
                .retain(|call| !cancelled.call_ids.iter().any(|id| *id == **call));
            let ids: Vec<_> = cancelled.call_ids.iter().map(|id| &**id).collect();
            words.say_any([format!("tool_cancelled({})", ids.join(","))]);
        }
        Event::FlushPlayback(flush) => {
            words.flushes += 1;
            words.epoch = flush.epoch;
        }
        Event::Error(_) => words.errors += 1,
        Event::Malformed(_) => words.malformed += 1,
        Event::ToolCall(call) => {
            let (id, name) = (&call.call_id, call.name.as_deref().unwrap_or_default());
            words.say_any([
                format!("tool_call({id},{name},{})", call.arguments),
                format!("tool_call({id})"),
            ]);
            words.outstanding.push(id.to_string());
            words.tool_calls.push(serde_json::json!({
                "name": call.name, "call_id": call.call_id, "arguments": call.arguments,
            }));
        }
        _ => {}
    }
}

impl Words {
    fn say(&mut self, long: String, short: String) {
        self.say_any([long, short]);
    }

    fn say_any<const N: usize>(&mut self, forms: [String; N]) {
        self.order.push(forms.into());
    }

    pub(crate) fn reconnected(&mut self, how: &str) {
        self.say_any([format!("reconnected({how})")]);
    }
}

fn counted(usage: &Usage) -> String {
    format!("usage(in={},out={})", usage.input.total, usage.output.total)
}
