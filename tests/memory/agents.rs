//! What sessions hold of agents that execute their own calls, and of providers that do.

use crate::live;
use realtime_proto::{Command, Config, Dialect, Retain, Session};
use serde_json::{Value, json};

/// How long each of the long words is: more than all else that a session holds.
const LONG: usize = 1 << 18;

/// What may be told beyond what is there: whatever is shared is counted by each that shares it.
const SHARED: usize = 4;

/// A place that can hold much, whose session has it, and what fills it.
type Place = (&'static str, Dialect, fn(&mut Session));

const PLACES: &[Place] = &[
    ("the id of a call", Dialect::Synaps, |session| {
        prompt(session);
        receive(session, [tool("toolcall_start", &long("call"), "look")]);
    }),
    ("the name of a call", Dialect::Synaps, |session| {
        prompt(session);
        receive(session, [tool("toolcall_start", "call", &long("look"))]);
    }),
    ("many calls", Dialect::Synaps, |session| {
        prompt(session);
        let calls = (0..250).map(|at| tool("toolcall_start", &format!("call_{at}"), "look"));
        receive(session, calls);
    }),
    (
        "calls that gave their results",
        Dialect::Synaps,
        |session| {
            prompt(session);
            for at in 0..250 {
                let id = format!("{at}{}", "call".repeat(250));
                let result = json!({"type": "toolcall_result", "tool_id": id, "result": "1"});
                receive(
                    session,
                    [tool("toolcall_start", &id, "look"), update(&result)],
                );
            }
        },
    ),
    ("the arguments of a call", Dialect::Synaps, |session| {
        prompt(session);
        let arguments = |at| {
            let id = format!("call_{at}");
            let delta = json!({"type": "toolcall_input_delta", "tool_id": id, "delta": "{"});
            [tool("toolcall_start", &id, "look"), update(&delta)]
        };
        receive(session, (0..200).flat_map(arguments));
    }),
    (
        "calls that nobody has heard of as failed",
        Dialect::Synaps,
        |session| {
            prompt(session);
            receive(session, [tool("toolcall_start", "call", &long("look"))]);
            session.disconnected(realtime_proto::Close::lost());
        },
    ),
    ("the text that waits", Dialect::Synaps, |session| {
        prompt(session);
        send(session, Command::text(&long("text")));
    }),
    ("the texts that wait on the agent", Dialect::Pi, |session| {
        prompt(session);
        let started = json!({"role": "assistant", "content": []});
        receive(
            session,
            [json!({"type": "message_start", "message": started})],
        );
        send(session, Command::text(&long("text")));
    }),
    ("the text that is in flight", Dialect::Pi, |session| {
        send(session, Command::text(&long("text")));
        while session.poll_transmit().is_some() {}
    }),
    ("how the last message failed", Dialect::Pi, |session| {
        prompt(session);
        let message = json!({
            "role": "assistant", "content": [], "stopReason": "error", "errorMessage": long("why")
        });
        receive(
            session,
            [
                json!({"type": "message_start", "message": {"role": "assistant"}}),
                json!({"type": "message_end", "message": message}),
            ],
        );
    }),
    ("the model in effect", Dialect::Synaps, |session| {
        let answer = json!({
            "type": "response", "id": "x", "command": "set_model", "model": long("model")
        });
        receive(session, [answer]);
    }),
    ("a call of the provider's", Dialect::Xai, |session| {
        receive(
            session,
            [created("resp"), began("resp", &long("call"), "web_search")],
        );
    }),
    ("many calls of the provider's", Dialect::Xai, |session| {
        receive(session, [created("resp")]);
        let calls = (0..60).map(|at| {
            let id = format!("{at}{}", "call".repeat(1_000));
            began("resp", &id, "web_search")
        });
        receive(session, calls);
    }),
    ("what a call is called", Dialect::Xai, |session| {
        let mut item = call("call", &long("look"));
        item["role"] = json!("tool");
        receive(
            session,
            [json!({"type": "conversation.item.added", "item": item})],
        );
    }),
    (
        "the response that raw audio is of",
        Dialect::Xai,
        |session| {
            receive(session, [created(&long("resp"))]);
        },
    ),
    (
        "the message that raw audio is of",
        Dialect::Xai,
        |session| {
            let item = json!({"id": long("item"), "type": "message", "role": "assistant"});
            let added = json!({
                "type": "response.output_item.added", "response_id": "resp", "item": item
            });
            receive(session, [created("resp"), added]);
            session.receive_binary(&[0; 480]).for_each(drop);
        },
    ),
    (
        "arguments that come in pieces",
        Dialect::Gemini,
        |session| {
            let piece = json!({
                "name": "look", "id": "call", "willContinue": true,
                "partialArgs": [{"jsonPath": "$.a", "stringValue": long("word"), "willContinue": true}]
            });
            receive(session, [json!({"toolCall": {"functionCalls": [piece]}})]);
        },
    ),
    ("what the user said in words", Dialect::Gemini, |session| {
        send(session, Command::text(&long("word")));
        while session.poll_transmit().is_some() {}
    }),
];

#[test]
fn whatever_agents_and_providers_fill_is_told() {
    for (name, dialect, fill) in PLACES {
        let before = live();
        let mut config = Config::new(*dialect);
        config.limits.tombstones = 64;
        let mut session = Session::new(config);
        open(&mut session, *dialect);

        fill(&mut session);

        let (live, told) = (live().wrapping_sub(before), session.memory_bytes());
        assert!(live > 10_000, "{name}: {live} is not much");
        assert!(told * 10 >= live * 9, "{name}: {told} told of {live}");
        assert!(told <= live * SHARED, "{name}: {told} told of {live}");
    }
}

#[test]
fn whatever_calls_of_many_messages_hold_is_told() {
    let before = live();
    let mut config = Config::new(Dialect::Synaps);
    config.limits.conversation = Retain::Off;
    config.limits.tombstones = 1;
    let mut session = Session::new(config);
    open(&mut session, Dialect::Synaps);
    prompt(&mut session);

    for at in 0..250 {
        let began = update(&json!({"type": "response_start"}));
        receive(
            &mut session,
            [began, tool("toolcall_start", &format!("{at}"), "look")],
        );
    }

    let (live, told) = (live().wrapping_sub(before), session.memory_bytes());
    assert!(told * 10 >= live * 9, "{told} told of {live}");
    assert!(told <= live * SHARED, "{told} told of {live}");
}

fn open(session: &mut Session, dialect: Dialect) {
    let frame = match dialect {
        Dialect::Synaps => json!({"type": "ready", "session_id": "s", "protocol_version": 1}),
        Dialect::Gemini => json!({"setupComplete": {}}),
        Dialect::Xai => json!({"type": "session.created", "session": {}}),
        _ => json!({"type": "agent_start"}),
    };
    receive(session, [frame]);
    while session.poll_transmit().is_some() {}
    while session.poll_event().is_some() {}
}

fn long(word: &str) -> String {
    word.repeat(LONG / word.len())
}

fn receive(session: &mut Session, frames: impl IntoIterator<Item = Value>) {
    for frame in frames {
        session.receive(&frame.to_string()).for_each(drop);
    }
}

fn send(session: &mut Session, command: Command<'_>) {
    session.send(command).expect("the command is right");
}

fn prompt(session: &mut Session) {
    send(session, Command::text("go"));
    while session.poll_transmit().is_some() {}
    while session.poll_event().is_some() {}
}

fn update(event: &Value) -> Value {
    json!({"type": "message_update", "event": event})
}

fn tool(kind: &str, id: &str, name: &str) -> Value {
    update(&json!({"type": kind, "tool_id": id, "tool_name": name}))
}

fn created(response: &str) -> Value {
    json!({"type": "response.created", "response": {"id": response}})
}

fn call(id: &str, name: &str) -> Value {
    json!({"id": "item", "type": "function_call", "call_id": id, "name": name})
}

fn began(response: &str, id: &str, name: &str) -> Value {
    json!({
        "type": "response.output_item.added", "response_id": response, "item": call(id, name)
    })
}
