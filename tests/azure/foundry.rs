//! The voice agents of Foundry: the present names, and what Voice Live adds.

use crate::support::{AZURE, CREATED, hear, heard};
use realtime_proto::{AgentEvent, Config, Dialect, Event, Session};
use serde_json::{Map, Value, json};
use std::{env, fs, path::PathBuf};

#[test]
fn an_agent_consults_others() {
    let mut session = heard(&[CREATED]);
    let told: Vec<_> = ["started", "completed", "aborted"]
        .into_iter()
        .flat_map(|what| {
            let frame = format!(
                r#"{{"type":"session.subagent.{what}","consultation_id":"cons_1","call_id":"call_1","subagent_name":"tides","reason":"timeout"}}"#
            );
            let events = session.receive(&frame).map(Event::into_owned);
            events.collect::<Vec<_>>()
        })
        .collect();
    let told: Vec<_> = told
        .iter()
        .map(|event| match event {
            Event::Agent(agent) => match &**agent {
                AgentEvent::SubagentStarted { id, name, .. } => {
                    (id.as_deref(), name.as_deref(), None)
                }
                AgentEvent::SubagentDone { id, ok, .. } => (id.as_deref(), None, Some(*ok)),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        told,
        [
            (Some("cons_1"), Some("tides"), None),
            (Some("cons_1"), None, Some(true)),
            (Some("cons_1"), None, Some(false)),
        ]
    );
}

#[test]
fn a_session_may_name_its_conversation() {
    let mut session = Session::new(Config::new(AZURE));
    let told = hear(
        &mut session,
        r#"{"type":"session.created","conversation_id":"conv_1","session":{"id":"sess_1","type":"realtime","audio":{"output":{"voice":"alloy"}}}}"#,
    );
    assert_eq!(told, ["ready", "conversation_created"]);
}

#[test]
fn both_generations_of_names_are_one_protocol() {
    let mut session = heard(&[CREATED]);
    for frame in [
        r#"{"type":"conversation.item.added","item":{"id":"item_0","type":"message","role":"user","status":"completed","content":[{"type":"input_text","text":"Hi."}]}}"#,
        r#"{"type":"conversation.item.done","item":{"id":"item_0","type":"message","role":"user","status":"completed","content":[{"type":"input_text","text":"Hi."}]}}"#,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
        r#"{"type":"response.output_audio.delta","response_id":"resp_1","item_id":"item_1","content_index":0,"delta":"AAAB"}"#,
        r#"{"type":"response.output_audio_transcript.delta","response_id":"resp_1","item_id":"item_1","content_index":0,"delta":"Hi."}"#,
    ] {
        hear(&mut session, frame);
    }
    let done = hear(
        &mut session,
        r#"{"type":"response.done","response":{"id":"resp_1","status":"completed"}}"#,
    );
    assert_eq!(done, ["text_done", "response_finished"]);
}

/// Every event of both, with every field that the table has: none is unknown or malformed.
#[test]
fn no_event_of_the_tables_is_lost() {
    let Some(events) = events() else {
        println!("no folder of protocols here: nothing was compared");
        return;
    };
    let mut count = 0;
    for event in &events {
        let of = event["protocol"].as_str().unwrap();
        let ours = ["azure-voicelive", "azure-voice-agent"].contains(&of);
        if !ours || event["direction"] != "server" {
            continue;
        }
        let aliases = event["aliases"].as_array().unwrap();
        for name in aliases.iter().chain([&event["type"]]) {
            for whole in [true, false] {
                let frame = frame(event, name, whole).to_string();
                for before in [&[][..], &[CREATED]] {
                    let mut session = Session::new(Config::new(Dialect::AzureVoiceLive));
                    for frame in before {
                        session.receive(frame).for_each(drop);
                    }
                    hear(&mut session, &frame);
                    count += 1;
                }
            }
        }
    }
    assert!(count > 4 * (60 + 58), "only {count} frames");
}

/// A frame with all the fields of its event, or only with those that it must have.
fn frame(event: &Value, name: &Value, whole: bool) -> Value {
    let mut frame = Map::new();
    for field in event["fields"].as_array().unwrap() {
        if whole || field["required"] == true {
            let name = field["name"].as_str().unwrap();
            frame.insert(name.into(), value(field));
        }
    }
    frame.insert("type".into(), name.clone());
    Value::Object(frame)
}

fn value(field: &Value) -> Value {
    match field["type"].as_str().unwrap_or_default() {
        "string" => json!("text"),
        "string(base64)" => json!("AAAB"),
        "integer" | "number" => json!(1),
        "boolean" => json!(true),
        "array" => json!([]),
        "union" if field["name"] == "frames" => json!([[0.5]]),
        _ => json!({"id": "x_1", "type": "message"}),
    }
}

fn events() -> Option<Vec<Value>> {
    let corpus =
        env::var_os("REALTIME_CORPUS").map(|corpus| PathBuf::from(corpus).join("../protocols"));
    let named = env::var_os("REALTIME_PROTOCOLS").map(PathBuf::from);
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/protocols");
    let mut files = named.into_iter().chain(corpus).chain([shared]);
    let text = files
        .find_map(|folder| fs::read_to_string(folder.join("openai-realtime.events.json")).ok())?;
    serde_json::from_str(&text).ok()
}
