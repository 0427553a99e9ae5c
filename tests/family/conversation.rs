//! I12: a spoken turn, a call, a barge-in and the end give the same trace in every dialect, but for
//! what its capabilities tell apart.

use crate::wires::{Step, frames};
use realtime_proto::{
    Capabilities, Close, Command, Completion, Config, Dialect, Event, Modality, Outcome, Session,
    ToolTurns,
};

/// What happens, whoever serves.
const TRACE: [&str; 14] = [
    "ready",
    "turn",
    "reply",
    "says",
    "call",
    "ended tool_use",
    "output",
    "reply",
    "says",
    "interrupted",
    "flush",
    "ended cancelled",
    "turn",
    "closed",
];

const DIALECTS: [Dialect; 8] = [
    Dialect::OpenAi,
    Dialect::OpenAiBeta,
    Dialect::AzureVoiceLive,
    Dialect::Xai,
    Dialect::Gemini,
    Dialect::GeminiVertex,
    Dialect::Synaps,
    Dialect::Pi,
];

/// What a capability changes in the trace: when it holds, what is told instead, and why.
struct Variant {
    because: &'static str,
    holds: fn(&Capabilities) -> bool,
    instead: fn(&mut Vec<&'static str>),
}

const VARIANTS: [Variant; 2] = [
    Variant {
        because: "`tool_turns` is `Joined`: the reply that calls goes on with the outputs",
        holds: |of| of.tool_turns == ToolTurns::Joined,
        instead: |trace| {
            forget(trace, "ended tool_use", 0);
            forget(trace, "reply", 1);
        },
    },
    Variant {
        because: "`input` has no audio: agents run their tools, and a cut needs no turn of speech",
        holds: |of| !of.input.contains(&Modality::Audio),
        instead: |trace| {
            forget(trace, "output", 0);
            forget(trace, "turn", 1);
            let call = trace.iter_mut().find(|word| **word == "call");
            *call.expect("there is a call") = "tool of theirs";
        },
    },
];

/// Takes out the n-th of the same words.
fn forget(trace: &mut Vec<&'static str>, word: &str, nth: usize) {
    let mut places = trace.iter().enumerate().filter(|(_, each)| **each == word);
    let (at, _) = places.nth(nth).expect("the trace has it");
    trace.remove(at);
}

#[test]
fn i12_the_same_conversation_is_the_same_trace_in_every_dialect() {
    for dialect in DIALECTS {
        let capabilities = Capabilities::of(dialect);
        let variants = VARIANTS.iter().filter(|each| (each.holds)(&capabilities));
        let mut expected = TRACE.to_vec();
        for variant in variants {
            println!("{dialect}: {}", variant.because);
            (variant.instead)(&mut expected);
        }

        assert_eq!(trace(dialect), expected, "{dialect}");
    }
}

fn trace(dialect: Dialect) -> Vec<&'static str> {
    let mut session = Session::new(Config::new(dialect));
    let mut trace = Vec::new();
    hear(&mut session, dialect, &mut trace, Step::Opens);
    let speaks = session.capabilities().input.contains(&Modality::Audio);
    if !speaks {
        send(&mut session, &mut trace, Command::text("Sunny?"));
    }
    for step in [Step::Asks, Step::Calls] {
        hear(&mut session, dialect, &mut trace, step);
    }
    if speaks {
        send(
            &mut session,
            &mut trace,
            Command::tool_output("call_1", r#"{"sky":"sunny"}"#),
        );
        trace.push("output");
    }
    hear(&mut session, dialect, &mut trace, Step::GoesOn);
    if !speaks {
        send(&mut session, &mut trace, Command::interrupt());
    }
    hear(&mut session, dialect, &mut trace, Step::CutsIn);
    send(&mut session, &mut trace, Command::Close);
    session.disconnected(Close::ended());
    trace.extend(core::iter::from_fn(|| session.poll_event()).filter_map(|event| word(&event)));
    trace.dedup();
    trace
}

fn hear(session: &mut Session, dialect: Dialect, trace: &mut Vec<&'static str>, step: Step) {
    for frame in frames(dialect, step) {
        trace.extend(session.receive(&frame).filter_map(|event| word(&event)));
        while session.poll_transmit().is_some() {}
    }
}

fn send(session: &mut Session, trace: &mut Vec<&'static str>, command: Command<'_>) {
    session.send(command).expect("every dialect can say this");
    while session.poll_transmit().is_some() {}
    trace.extend(core::iter::from_fn(|| session.poll_event()).filter_map(|event| word(&event)));
}

fn word(event: &Event<'_>) -> Option<&'static str> {
    Some(match event {
        Event::Ready(_) => "ready",
        Event::UserTurnCommitted(_) => "turn",
        Event::ResponseStarted(_) => "reply",
        Event::TextDelta(_) => "says",
        Event::ToolCall(_) => "call",
        Event::RemoteTool(_) => "tool of theirs",
        Event::ResponseFinished(finished) => match &finished.outcome {
            Outcome::Completed(Completion::ToolUse) => "ended tool_use",
            Outcome::Cancelled(_) => "ended cancelled",
            _ => "ended otherwise",
        },
        Event::Interrupted(_) => "interrupted",
        Event::FlushPlayback(_) => "flush",
        Event::Closed(_) => "closed",
        _ => return None,
    })
}
