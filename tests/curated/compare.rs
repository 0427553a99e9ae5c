//! What a case expects, compared with what happened.

use crate::host::Host;
use core::time::Duration;
use realtime_proto::{Command, Config, Dialect, Event, ResponseState, Transmit, TransmitBuf};
use serde_json::Value;

type Difference = Result<(), String>;

pub(crate) fn all(host: &Host<'_>) -> Difference {
    for (key, wanted) in host.case.expect.as_object().unwrap() {
        expected(host, key, wanted)?;
    }
    Ok(())
}

fn expected(host: &Host<'_>, key: &str, wanted: &Value) -> Difference {
    let frames: Vec<&Value> = host.sent.iter().map(|(_, frame)| frame).collect();
    match key {
        "words" => Ok(()),
        "sent" => sent(&frames, wanted),
        "sent_includes" => includes(&frames, wanted),
        "sent_types" => same(key, &kinds(&frames), &ordered(texts(wanted))),
        "sent_after_step" => after_step(host, wanted),
        "sent_types_after_each" => after_each(host, wanted),
        "sent_count" => counts(&frames, wanted),
        "sent_truncates" => truncates(&frames, wanted),
        "not_sent_types" => none_of(&frames, wanted),
        "emitted" => emitted(host, wanted),
        "emitted_order" => order(host, wanted),
        "state" => state(host, wanted),
        "usage" => same(
            key,
            &host.words.input_audio_tokens,
            &wanted["input_audio_tokens"].as_u64(),
        ),
        other => Err(format!("no expectation {other:?} is known")),
    }
}

fn same<T: PartialEq + core::fmt::Debug>(what: &str, is: &T, wanted: &T) -> Difference {
    if is == wanted {
        Ok(())
    } else {
        Err(format!("{what}: is {is:?}, wanted {wanted:?}"))
    }
}

fn texts(wanted: &Value) -> Vec<String> {
    let texts = wanted.as_array().into_iter().flatten();
    texts
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

fn kinds(frames: &[&Value]) -> Vec<String> {
    let kinds = frames.iter().map(|frame| frame["type"].as_str().unwrap());
    ordered(kinds.map(str::to_owned).collect())
}

/// The projects do not agree whether a cut or its cancel is sent first: the cut is, here.
fn ordered(mut kinds: Vec<String>) -> Vec<String> {
    for at in 1..kinds.len() {
        if kinds[at] == "conversation.item.truncate" && kinds[at - 1] == "response.cancel" {
            kinds.swap(at - 1, at);
        }
    }
    kinds
}

/// Whether a frame says everything that is wanted of it; it may say more.
fn says(frame: &Value, wanted: &Value) -> bool {
    let wanted = wanted.as_object().unwrap();
    wanted.iter().all(|(key, value)| frame[key] == *value)
}

fn sent(frames: &[&Value], wanted: &Value) -> Difference {
    let wanted = wanted.as_array().unwrap();
    let pairs = frames.iter().zip(wanted);
    let right = frames.len() == wanted.len() && pairs.clone().all(|(is, wanted)| says(is, wanted));
    if right {
        Ok(())
    } else {
        Err(format!("sent {frames:?}, wanted {wanted:?}"))
    }
}

fn includes(frames: &[&Value], wanted: &Value) -> Difference {
    let mut missing = wanted.as_array().unwrap().iter();
    match missing.find(|wanted| !frames.iter().any(|frame| says(frame, wanted))) {
        None => Ok(()),
        Some(missing) => Err(format!("sent {frames:?}, not {missing}")),
    }
}

/// By the event id of the frame that came, or the number of the step; each step by itself.
fn after_step(host: &Host<'_>, wanted: &Value) -> Difference {
    for (step, wanted) in wanted.as_object().unwrap() {
        let number: usize = step.parse().unwrap();
        let here = host.sent.iter().filter(|(at, _)| *at == number);
        let frames: Vec<_> = here.map(|(_, frame)| frame).collect();
        match wanted.as_str().map(|words| words.strip_prefix("no ")) {
            Some(kind) => none_of(&frames, &serde_json::json!([kind.unwrap()]))?,
            None => same(step, &kinds(&frames), &ordered(texts(wanted)))?,
        }
    }
    Ok(())
}

/// Everything that was sent up to a step.
fn after_each(host: &Host<'_>, wanted: &Value) -> Difference {
    for (step, wanted) in wanted.as_object().unwrap() {
        let number: usize = step.parse().unwrap();
        let so_far = host.sent.iter().filter(|(at, _)| *at <= number);
        let frames: Vec<_> = so_far.map(|(_, frame)| frame).collect();
        same(step, &kinds(&frames), &texts(wanted))?;
    }
    Ok(())
}

fn counts(frames: &[&Value], wanted: &Value) -> Difference {
    for (kind, wanted) in wanted.as_object().unwrap() {
        let count = frames
            .iter()
            .filter(|frame| frame["type"] == **kind)
            .count();
        same(kind, &Some(count as u64), &wanted.as_u64())?;
    }
    Ok(())
}

fn truncates(frames: &[&Value], wanted: &Value) -> Difference {
    let truncates = frames.iter().copied();
    let truncates = truncates.filter(|frame| frame["type"] == "conversation.item.truncate");
    sent(&truncates.collect::<Vec<_>>(), wanted)
}

fn none_of(frames: &[&Value], wanted: &Value) -> Difference {
    let sent = kinds(frames);
    match texts(wanted).iter().find(|kind| sent.contains(kind)) {
        None => Ok(()),
        Some(kind) => Err(format!("{kind} was sent")),
    }
}

fn emitted(host: &Host<'_>, wanted: &Value) -> Difference {
    let words = &host.words;
    let count = |is: usize, wanted: &Value| same("count", &Some(is as u64), &wanted.as_u64());
    for (key, wanted) in wanted.as_object().unwrap() {
        let difference = match key.as_str() {
            "audio_items" => same(key, &words.audio_items, &texts(wanted)),
            "audio_response_ids" => same(key, &words.audio_responses, &texts(wanted)),
            "audio" => count(words.audio_items.len(), wanted),
            // An interruption names its reply, not an item: it is counted.
            "interrupted_items" => same(key, &words.interruptions, &texts(wanted).len()),
            "clear_playback" => count(words.flushes, wanted),
            "errors" if wanted.is_array() => same(key, &words.errors, &texts(wanted).len()),
            "errors" | "recoverable_errors" => count(words.errors + words.malformed, wanted),
            "turn_end" => count(words.turn_ends, wanted),
            "tool_results" => count(host.sent.len(), wanted),
            "output_speech_start" => count(words.speech_starts, wanted),
            "tool_calls" => same(key, &Value::from(words.tool_calls.clone()), wanted),
            other => Err(format!("no emission {other:?} is known")),
        };
        difference.map_err(|difference| format!("{key}: {difference}"))?;
    }
    Ok(())
}

/// The words that the case speaks of, in their order; it is silent about the others, and may stop
/// listening within what its last step says.
fn order(host: &Host<'_>, wanted: &Value) -> Difference {
    let wanted = texts(wanted);
    let spoken = |word: &&String| {
        let kind = |word: &str| word.split('(').next().unwrap_or_default().to_owned();
        wanted.iter().any(|wanted| kind(wanted) == kind(word))
    };
    let heard = |forms: &Vec<String>| {
        let exact = forms.iter().find(|form| wanted.contains(form));
        exact.or_else(|| forms.iter().find(spoken)).cloned()
    };
    let (before, last) = host.words.order.split_at(host.before);
    let mut said: Vec<_> = before.iter().filter_map(heard).collect();
    let left = wanted.len().saturating_sub(said.len());
    said.extend(last.iter().filter_map(heard).take(left));
    same("order", &said, &wanted)
}

fn state(host: &Host<'_>, wanted: &Value) -> Difference {
    let format = host.format();
    for (key, wanted) in wanted.as_object().unwrap() {
        let difference = match key.as_str() {
            "audio_ms" => {
                let bytes_per_ms = f64::from(format.bytes_per_ms().unwrap());
                let bytes = u32::try_from(host.audio_bytes).unwrap();
                let ms = f64::from(bytes) / bytes_per_ms;
                let near = (ms - wanted.as_f64().unwrap()).abs() < 1e-9;
                near.then_some(()).ok_or_else(|| format!("{ms} ms"))
            }
            "elapsed_ms" => same(key, &heard(host), &played(host, wanted)),
            "current_item" => same(key, &heard(host).is_some(), &wanted.is_string()),
            "current_content_index" | "item_id" | "content_index" => Ok(()),
            "outstanding_tool_calls" => same(key, &host.words.outstanding, &texts(wanted)),
            "resumption_handle" => goes_on(host, wanted.as_str().unwrap()),
            "response_control" => control(host, wanted.as_str().unwrap()),
            other => Err(format!("no state {other:?} is known")),
        };
        difference.map_err(|difference| format!("{key}: {difference}"))?;
    }
    Ok(())
}

/// What would be known as heard if the reply were cut now; nothing if none is to be cut.
fn heard(host: &Host<'_>) -> Option<Duration> {
    let mut session = host.session.clone();
    if let Some(report) = host.played() {
        session.send(report).unwrap();
    }
    session.send(Command::interrupt()).unwrap();
    core::iter::from_fn(|| session.poll_event()).find_map(|event| match event {
        Event::Interrupted(interrupted) => Some(interrupted.heard.unwrap_or_default()),
        _ => None,
    })
}

/// What was played, as far as it was received: more of it cannot have been heard.
fn played(host: &Host<'_>, wanted: &Value) -> Option<Duration> {
    let wanted = Duration::from_secs_f64(wanted.as_f64()? / 1000.0);
    let bytes = u64::try_from(host.audio_bytes).unwrap();
    Some(wanted.min(host.format().duration(bytes).unwrap()))
}

/// Whether the next connection would go on by this handle.
fn goes_on(host: &Host<'_>, handle: &str) -> Difference {
    let next = Config::new(Dialect::Gemini);
    let mut next = host.session.clone().reconnect(next);
    let setup = match next.poll_transmit().map(Transmit::into_owned) {
        Some(TransmitBuf::Text(text)) => text,
        other => return Err(format!("{other:?} comes first")),
    };
    let setup: Value = serde_json::from_str(&setup).unwrap();
    let is = setup["setup"]["sessionResumption"]["handle"].as_str();
    same("handle", &is, &Some(handle))
}

fn control(host: &Host<'_>, wanted: &str) -> Difference {
    let wanted = match wanted.split(' ').next() {
        Some("create_requested") => ResponseState::Requested,
        Some("cancel_requested") => ResponseState::Cancelling,
        other => return Err(format!("no control {other:?} is known")),
    };
    same("control", &host.session.response(), &wanted)
}
