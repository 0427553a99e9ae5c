//! Every place that can hold much, filled: what it holds is told.

use crate::live;
use core::time::Duration;
use realtime_proto::{
    Capabilities, Close, Command, Config, CreateResponse, Dialect, Modality, Raw, Session,
    SessionPatch, Time, ToolOutput, Unheard,
};
use serde_json::{Value, json};

/// How long each of the long words is: more than all else that a session holds.
const LONG: usize = 1 << 18;

/// What may be told beyond what is there: whatever is shared is counted by each that shares it.
const SHARED: usize = 4;

/// A place that can hold much, and what fills it.
type Place = (&'static str, fn(&mut Session));

const PLACES: &[Place] = &[
    ("the id of an item", |session| {
        receive(session, [item(&json!({"id": long("item")}))]);
    }),
    ("the call of an item", |session| {
        receive(
            session,
            [item(&json!({"id": "item_1", "call_id": long("call")}))],
        );
    }),
    ("the kind of an item", |session| {
        receive(
            session,
            [item(&json!({"id": "item_1", "type": long("kind")}))],
        );
    }),
    ("the role of an item", |session| {
        receive(
            session,
            [item(&json!({"id": "item_1", "role": long("role")}))],
        );
    }),
    ("the status of an item", |session| {
        receive(
            session,
            [item(&json!({"id": "item_1", "status": long("status")}))],
        );
    }),
    ("what an item waits for", |session| {
        let mut frame = item(&json!({"id": "item_1"}));
        frame["previous_item_id"] = json!(long("item"));
        receive(session, [frame]);
    }),
    ("the text of an item", |session| {
        let content = json!([{"type": "input_text", "text": long("word")}]);
        receive(
            session,
            [done_item(&json!({"id": "item_1", "content": content}))],
        );
    }),
    ("the texts of many items", |session| {
        let content = json!([{"type": "input_text", "text": "a"}]);
        receive(
            session,
            (0..4_000).map(|at| done_item(&json!({"id": format!("{at}"), "content": content}))),
        );
    }),
    ("the name that a frame bears", |session| {
        let frame = json!({"type": "input_audio_buffer.clear", "event_id": long("event")});
        send(session, Raw::new(frame.to_string()).into());
    }),
    ("what a command waits for", |session| {
        send(session, Command::delete_item(long("item").as_str()));
    }),
    ("the item that a command makes", |session| {
        let item = json!({"id": long("item"), "type": "message", "role": "user", "content": []});
        let frame = json!({"type": "conversation.item.create", "item": item});
        send(session, Raw::new(frame.to_string()).into());
    }),
    ("the kind of the item that a command makes", |session| {
        let item = json!({"type": long("kind"), "role": "user"});
        let frame = json!({"type": "conversation.item.create", "item": item});
        send(session, Raw::new(frame.to_string()).into());
    }),
    ("the role of the item that a command makes", |session| {
        let item = json!({"type": "message", "role": long("role")});
        let frame = json!({"type": "conversation.item.create", "item": item});
        send(session, Raw::new(frame.to_string()).into());
    }),
    ("the call that a command answers", |session| {
        let id = long("call");
        receive(session, call("resp_1", "item_1", &id, "{}"));
        send(session, Command::tool_output(&id, "1"));
    }),
    ("a cancel that was acknowledged", |session| {
        let id = long("resp");
        receive(session, [created(&id)]);
        let cancel = json!({"type": "response.cancel", "response_id": id});
        send(session, Raw::new(cancel.to_string()).into());
        receive(session, [done(&id), created("resp_2"), done("resp_2")]);
    }),
    ("an open response", |session| {
        receive(session, [created(&long("resp"))]);
    }),
    ("a response that has ended", |session| {
        let id = long("resp");
        receive(session, [created(&id), done(&id)]);
    }),
    ("a response that another superseded", |session| {
        receive(
            session,
            [created(&long("resp")), created("resp_2"), done("resp_2")],
        );
    }),
    ("the conversation", |session| {
        let conversation = json!({"id": long("conv"), "object": "realtime.conversation"});
        receive(
            session,
            [json!({"type": "conversation.created", "conversation": conversation})],
        );
    }),
    ("the id of a call", |session| {
        receive(session, call("resp_1", "item_1", &long("call"), ""));
    }),
    ("the item of a call", |session| {
        receive(session, call("resp_1", &long("item"), "call_1", ""));
    }),
    ("the response of a call", |session| {
        receive(session, call(&long("resp"), "item_1", "call_1", ""));
    }),
    ("the arguments that are held", |session| {
        receive(session, call("resp_1", "item_1", "call_1", &long("[")));
    }),
    ("the name of a call", |session| {
        let mut frames = call("resp_1", "item_1", "call_1", "");
        frames[1]["item"]["name"] = json!(long("name"));
        receive(session, frames);
    }),
    ("a call that has ended", |session| {
        receive(session, call("resp_1", "item_1", &long("call"), ""));
        receive(session, [done("resp_1")]);
    }),
    ("the response that answers go to", |session| {
        let id = long("resp");
        receive(session, call(&id, "item_1", "call_1", "{}"));
        receive(session, [done(&id), created("resp_2"), done("resp_2")]);
        let mut output = ToolOutput::new("call_1", "");
        output.wants_reply = false;
        send(session, output.into());
    }),
    ("the response that is to go on", |session| {
        let id = long("resp");
        receive(session, call(&id, "item_1", "call_1", "{}"));
        let mut aside = created("side");
        aside["response"]["conversation_id"] = Value::Null;
        receive(session, [done(&id), aside, done("side")]);
        send(session, Command::tool_output("call_1", ""));
        while session.poll_transmit().is_some() {}
    }),
    ("the calls of many responses", |session| {
        for at in 0..60 {
            let resp = format!("{at}");
            receive(
                session,
                call(&resp, &format!("item_{at}"), &format!("call_{at}"), "{}"),
            );
            receive(session, [done(&resp)]);
        }
    }),
    ("the item of a text", |session| {
        receive(
            session,
            [delta("output_text", "resp_1", &long("item"), "a")],
        );
    }),
    ("the response of a text", |session| {
        receive(
            session,
            [delta("output_text", &long("resp"), "item_1", "a")],
        );
    }),
    ("texts under construction", |session| {
        receive(
            session,
            (0..200).map(|at| delta("output_text", "resp_1", &format!("{at}"), "a")),
        );
    }),
    ("texts that are done", |session| {
        let done = json!({
            "type": "response.output_text.done", "response_id": "resp_1", "item_id": "item_1",
            "content_index": 0, "text": "a"
        });
        let long = "a".repeat(12_000);
        receive(
            session,
            [delta("output_text", "resp_1", "item_1", &long), done],
        );
    }),
    ("a transcript that has ended", |session| {
        receive(session, [transcript(&long("item"))]);
    }),
    ("an open turn", |session| {
        receive(session, [speech("speech_started", &long("item"))]);
    }),
    ("a turn that has ended", |session| {
        receive(session, [speech("committed", &long("item"))]);
    }),
    ("a turn whose transcript is awaited", |session| {
        let input = json!({"transcription": {"model": "whisper-1"}});
        let settings = json!({"type": "realtime", "audio": {"input": input}});
        receive(
            session,
            [
                json!({"type": "session.updated", "session": settings}),
                speech("committed", &long("item")),
            ],
        );
    }),
    ("the item of audio", |session| {
        receive(
            session,
            [delta("output_audio", "resp_1", &long("item"), "AAAA")],
        );
    }),
    ("the response of audio", |session| {
        receive(
            session,
            [delta("output_audio", &long("resp"), "item_1", "AAAA")],
        );
    }),
    ("audio of the past", |session| {
        receive(
            session,
            [
                delta("output_audio", "resp_1", &long("item"), "AAAA"),
                speech("speech_started", "user_1"),
                done("resp_1"),
            ],
        );
    }),
    ("the item that nobody heard", |session| {
        session.handle_timeout(Time(Duration::ZERO));
        receive(
            session,
            [
                delta(
                    "output_audio",
                    "resp_1",
                    &long("item"),
                    &"A".repeat(1 << 10),
                ),
                speech("speech_started", "user_1"),
            ],
        );
    }),
    ("the request that is in flight", |session| {
        send(session, create());
    }),
    ("the requests that wait", |session| {
        receive(session, [created("resp_1")]);
        send(session, create());
        send(session, create());
    }),
    ("the request that was answered", |session| {
        send(session, create());
        receive(session, [created("resp_1")]);
    }),
    ("requests for the next connection", |session| {
        send(session, create());
        session.disconnected(Close::lost());
    }),
    ("settings", |session| {
        let settings = json!({"type": "realtime", "instructions": long("word")});
        receive(
            session,
            [json!({"type": "session.updated", "session": settings})],
        );
    }),
    ("settings that were asked for", |session| {
        let mut patch = SessionPatch::default();
        patch.instructions = realtime_proto::Patch::Set(long("word"));
        send(session, Command::configure(patch));
    }),
];

#[test]
fn whatever_is_filled_is_told() {
    for (name, fill) in PLACES {
        let before = live();
        let mut config = Config::new(Dialect::OpenAi);
        config.limits.tombstones = 1;
        config.policy.unheard = Unheard::Delete;
        let mut session = Session::new(config);
        receive(
            &mut session,
            [json!({"type": "session.created", "session": {}})],
        );

        fill(&mut session);
        while session.poll_event().is_some() {}

        let (live, told) = (live().wrapping_sub(before), session.memory_bytes());
        assert!(live > 10_000, "{name}: {live} is not much");
        assert!(told * 10 >= live * 9, "{name}: {told} told of {live}");
        assert!(told <= live * SHARED, "{name}: {told} told of {live}");
    }
}

#[test]
fn what_a_server_can_do_is_told() {
    let before = live();
    let mut capabilities = Capabilities::of(Dialect::OpenAi);
    capabilities.input = vec![Modality::Text; LONG];
    let mut config = Config::new(Dialect::OpenAi);
    config.capabilities = Some(capabilities);

    let session = Session::new(config);

    let (live, told) = (live().wrapping_sub(before), session.memory_bytes());
    assert!(live.abs_diff(told) * 10 <= live, "{told} told of {live}");
}

fn long(word: &str) -> String {
    word.repeat(LONG / word.len())
}

fn receive(session: &mut Session, frames: impl IntoIterator<Item = Value>) {
    for frame in frames {
        session.receive(&frame.to_string()).for_each(drop);
    }
}

/// Sends a command; it waits to leave.
fn send(session: &mut Session, command: Command<'_>) {
    session.send(command).expect("the command is right");
}

fn create() -> Command<'static> {
    let mut create = CreateResponse::new();
    create.instructions = Some(long("word").into());
    create.into()
}

fn created(response: &str) -> Value {
    json!({"type": "response.created", "response": {"id": response}})
}

fn done(response: &str) -> Value {
    json!({"type": "response.done", "response": {"id": response, "status": "completed"}})
}

fn item(item: &Value) -> Value {
    json!({"type": "conversation.item.added", "item": message(item)})
}

fn done_item(item: &Value) -> Value {
    json!({"type": "conversation.item.done", "item": message(item)})
}

fn message(item: &Value) -> Value {
    let mut item = item.clone();
    let kind = if item["call_id"].is_null() {
        "message"
    } else {
        "function_call_output"
    };
    for (key, word) in [("type", kind), ("role", "system")] {
        if item[key].is_null() {
            item[key] = json!(word);
        }
    }
    item
}

fn call(response: &str, item: &str, call: &str, arguments: &str) -> Vec<Value> {
    let of = json!({"id": item, "type": "function_call", "call_id": call, "name": "look"});
    let added = json!({"type": "response.output_item.added", "response_id": response, "item": of});
    let whole = json!({
        "type": "response.function_call_arguments.done", "response_id": response,
        "item_id": item, "call_id": call, "arguments": arguments
    });
    let mut frames = vec![created(response), added];
    if !arguments.is_empty() {
        frames.push(whole);
    }
    frames
}

fn delta(kind: &str, response: &str, item: &str, delta: &str) -> Value {
    json!({
        "type": format!("response.{kind}.delta"), "response_id": response, "item_id": item,
        "content_index": 0, "delta": delta
    })
}

fn transcript(item: &str) -> Value {
    json!({
        "type": "conversation.item.input_audio_transcription.failed", "item_id": item,
        "content_index": 0, "error": {}
    })
}

fn speech(kind: &str, item: &str) -> Value {
    json!({"type": format!("input_audio_buffer.{kind}"), "item_id": item})
}
