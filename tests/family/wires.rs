//! What each server says in the one conversation.

use realtime_proto::Dialect;
use serde_json::{Value, json};

/// 20 ms of silence.
fn audio() -> String {
    "A".repeat(1280)
}

/// The steps of the conversation, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Opens,
    /// The user asks, aloud or in words.
    Asks,
    /// The reply says something and calls a tool.
    Calls,
    /// With the output of the call, the reply goes on.
    GoesOn,
    /// The user cuts in.
    CutsIn,
}

/// The frames of a step, where the server speaks OpenAI's language or one like it.
pub(crate) fn frames(dialect: Dialect, step: Step) -> Vec<String> {
    match dialect {
        Dialect::Gemini | Dialect::GeminiVertex => gemini(step),
        Dialect::Synaps => synaps(step),
        Dialect::Pi => pi(step),
        _ => family(dialect, step),
    }
}

fn texts(frames: impl IntoIterator<Item = Value>) -> Vec<String> {
    frames.into_iter().map(|frame| frame.to_string()).collect()
}

fn family(dialect: Dialect, step: Step) -> Vec<String> {
    let beta = matches!(dialect, Dialect::OpenAiBeta | Dialect::AzureVoiceLive);
    let name = |ga: &str| {
        if beta {
            ga.replace("output_", "")
        } else {
            ga.into()
        }
    };
    let buffer = |kind: &str, item: &str| json!({"type": format!("input_audio_buffer.{kind}"), "item_id": item});
    let created =
        |response: &str| json!({"type": "response.created", "response": {"id": response}});
    let delta = |kind: &str, response: &str, item: &str, delta: &str| json!({"type": name(kind), "response_id": response, "item_id": item, "delta": delta});
    let spoken = "response.output_audio_transcript.delta";
    let sound = "response.output_audio.delta";
    let call = json!({"id": "item_2", "type": "function_call", "call_id": "call_1",
        "name": "get_weather", "arguments": "{}", "status": "completed"});
    texts(match step {
        Step::Opens => vec![json!({"type": "session.created", "session": {"id": "sess_1"}})],
        Step::Asks => vec![
            buffer("speech_started", "user_1"),
            buffer("speech_stopped", "user_1"),
            buffer("committed", "user_1"),
        ],
        Step::Calls => vec![
            created("resp_1"),
            delta(spoken, "resp_1", "item_1", "Let me look."),
            delta(sound, "resp_1", "item_1", &audio()),
            json!({"type": "response.output_item.added", "response_id": "resp_1", "item": call}),
            json!({"type": "response.function_call_arguments.done", "response_id": "resp_1",
                "item_id": "item_2", "call_id": "call_1", "arguments": "{}"}),
            json!({"type": "response.done",
                "response": {"id": "resp_1", "status": "completed", "output": [call]}}),
        ],
        Step::GoesOn => vec![
            created("resp_2"),
            delta(spoken, "resp_2", "item_3", "It is sunny."),
            delta(sound, "resp_2", "item_3", &audio()),
        ],
        Step::CutsIn => vec![
            buffer("speech_started", "user_2"),
            json!({"type": "response.done", "response": {"id": "resp_2", "status": "cancelled",
                "status_details": {"type": "cancelled", "reason": "turn_detected"}}}),
            buffer("speech_stopped", "user_2"),
            buffer("committed", "user_2"),
        ],
    })
}

fn gemini(step: Step) -> Vec<String> {
    let content = |content: Value| json!({"serverContent": content});
    let sound = json!({"modelTurn": {"parts": [{"inlineData":
        {"mimeType": "audio/pcm;rate=24000", "data": audio()}}]}});
    let says = |words: &str| content(json!({"outputTranscription": {"text": words}}));
    texts(match step {
        Step::Opens => vec![json!({"setupComplete": {}})],
        Step::Asks => vec![content(
            json!({"inputTranscription": {"text": " Sunny?", "finished": true}}),
        )],
        Step::Calls => vec![
            says("Let me look."),
            content(sound),
            json!({"toolCall": {"functionCalls": [{"id": "call_1", "name": "get_weather", "args": {}}]}}),
        ],
        Step::GoesOn => vec![says("It is sunny."), content(sound)],
        Step::CutsIn => vec![
            content(json!({"interrupted": true})),
            content(json!({"turnComplete": true})),
            content(json!({"inputTranscription": {"text": " Stop.", "finished": true}})),
        ],
    })
}

fn synaps(step: Step) -> Vec<String> {
    let update = |event: Value| json!({"type": "message_update", "event": event});
    let says = |words: &str| update(json!({"type": "text_delta", "delta": words}));
    texts(match step {
        Step::Opens => {
            vec![json!({"type": "ready", "session_id": "s1", "model": "m", "protocol_version": 1})]
        }
        Step::Asks => vec![],
        Step::Calls => vec![
            says("Let me look."),
            update(
                json!({"type": "toolcall_start", "tool_id": "call_1", "tool_name": "get_weather"}),
            ),
            update(json!({"type": "toolcall_input", "tool_id": "call_1", "input": {}})),
        ],
        Step::GoesOn => vec![
            update(json!({"type": "toolcall_result", "tool_id": "call_1", "result": "sunny"})),
            says("It is sunny."),
        ],
        Step::CutsIn => vec![
            json!({"type": "response", "id": "rp-1", "command": "prompt", "ok": true, "cancelled": true}),
            json!({"type": "response", "id": "rp-2", "command": "abort", "ok": true}),
        ],
    })
}

fn pi(step: Step) -> Vec<String> {
    let update = |event: Value| json!({"type": "message_update", "assistantMessageEvent": event});
    let says =
        |words: &str| update(json!({"type": "text_delta", "contentIndex": 0, "delta": words}));
    let tool = |kind: &str| {
        json!({"type": format!("tool_execution_{kind}"), "toolCallId": "call_1",
            "toolName": "get_weather", "args": {}, "result": {"content": []}, "isError": false})
    };
    let message = |kind: &str, role: &str, stop: &str| {
        json!({"type": format!("message_{kind}"),
            "message": {"role": role, "content": [], "stopReason": stop}})
    };
    texts(match step {
        Step::Opens => vec![],
        Step::Asks => vec![
            json!({"type": "response", "id": "rp-1", "command": "prompt", "success": true}),
            json!({"type": "agent_start"}),
            message("start", "user", ""),
            message("end", "user", ""),
        ],
        Step::Calls => vec![
            message("start", "assistant", ""),
            says("Let me look."),
            message("end", "assistant", "toolUse"),
            tool("start"),
        ],
        Step::GoesOn => vec![
            tool("end"),
            message("start", "assistant", ""),
            says("It is sunny."),
        ],
        Step::CutsIn => vec![
            message("end", "assistant", "aborted"),
            json!({"type": "agent_end", "messages": []}),
            json!({"type": "agent_settled"}),
            json!({"type": "response", "id": "rp-2", "command": "abort", "success": true}),
        ],
    })
}
