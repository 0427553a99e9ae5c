//! A server that takes what a session sends, answers it, and notes what it had to refuse.

use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Clone, Default)]
pub(crate) struct Server {
    /// The response of the default conversation.
    active: Option<String>,
    /// Items, and how many milliseconds of audio each holds.
    items: BTreeMap<String, u64>,
    /// Calls that wait for their outputs.
    calls: Vec<String>,
    made: usize,
    /// The frames that it refused.
    pub(crate) refused: Vec<String>,
}

pub(crate) fn created() -> String {
    json!({"type": "session.created", "session": {"id": "sess_1", "voice": "ash"}}).to_string()
}

impl Server {
    /// Notes an item that is there.
    pub(crate) fn holds(&mut self, item: &str, audio_ms: u64) {
        self.items.insert(item.into(), audio_ms);
    }

    /// A call waits for its output.
    pub(crate) fn calls(&mut self, call_id: &str) {
        self.calls.push(call_id.into());
    }

    /// Begins a response in the default conversation.
    pub(crate) fn respond(&mut self) -> String {
        let id = self.name("resp");
        self.active = Some(id.clone());
        json!({"type": "response.created", "response": {"id": id, "status": "in_progress"}})
            .to_string()
    }

    /// The id of the response in progress.
    pub(crate) fn active(&self) -> &str {
        self.active.as_deref().unwrap()
    }

    /// Ends the response in progress, if there is one.
    pub(crate) fn finish(&mut self) -> Option<String> {
        let id = self.active.take()?;
        Some(done(&json!({"id": id, "status": "completed"})))
    }

    /// Takes a frame of the session and answers it.
    pub(crate) fn take(&mut self, text: &str) -> Vec<String> {
        let frame: Value = serde_json::from_str(text).unwrap();
        let answer = self.answer(&frame);
        let answer = answer.unwrap_or_else(|code| {
            self.refused.push(text.into());
            let error = json!({"code": code, "event_id": frame["event_id"]});
            vec![json!({"type": "error", "error": error})]
        });
        answer.iter().map(Value::to_string).collect()
    }

    fn answer(&mut self, frame: &Value) -> Result<Vec<Value>, &'static str> {
        let item = frame["item_id"].as_str().unwrap_or_default().to_owned();
        let known = self.items.get(&item).copied();
        Ok(match frame["type"].as_str().unwrap() {
            "session.update" => vec![json!({"type": "session.updated", "session": {}})],
            "input_audio_buffer.append" => Vec::new(),
            "input_audio_buffer.clear" => vec![json!({"type": "input_audio_buffer.cleared"})],
            "output_audio_buffer.clear" => vec![json!({"type": "output_audio_buffer.cleared"})],
            "input_audio_buffer.commit" => {
                let item = self.name("item");
                vec![json!({"type": "input_audio_buffer.committed", "item_id": item})]
            }
            "conversation.item.create" => self.create_item(&frame["item"])?,
            "conversation.item.retrieve" => {
                known.ok_or("item_retrieve_invalid_item_id")?;
                vec![json!({"type": "conversation.item.retrieved", "item": {"id": item}})]
            }
            "conversation.item.delete" => {
                self.items
                    .remove(&item)
                    .ok_or("item_delete_invalid_item_id")?;
                vec![json!({"type": "conversation.item.deleted", "item_id": item})]
            }
            "conversation.item.truncate" => {
                let end = frame["audio_end_ms"].as_u64().unwrap();
                known
                    .filter(|ms| end <= *ms)
                    .ok_or("item_truncate_invalid_item_id")?;
                vec![
                    json!({"type": "conversation.item.truncated", "item_id": item, "audio_end_ms": end}),
                ]
            }
            "response.create" => self.create_response(&frame["response"])?,
            "response.cancel" => self.cancel(frame["response_id"].as_str())?,
            other => panic!("no such frame: {other}"),
        })
    }

    fn create_item(&mut self, item: &Value) -> Result<Vec<Value>, &'static str> {
        let mut item = item.clone();
        if item["type"] == "function_call_output" {
            let call = self.calls.iter().position(|call| item["call_id"] == **call);
            self.calls.remove(call.ok_or("invalid_tool_call_id")?);
        }
        let id = item["id"]
            .as_str()
            .map_or_else(|| self.name("item"), str::to_owned);
        item["id"] = json!(id);
        self.items.insert(id, 0);
        let told = |kind: &str| json!({"type": kind, "item": item});
        Ok(vec![
            told("conversation.item.added"),
            told("conversation.item.done"),
        ])
    }

    fn create_response(&mut self, wanted: &Value) -> Result<Vec<Value>, &'static str> {
        if wanted["conversation"] == "none" {
            let id = self.name("beside");
            let mut response = json!({"id": id, "conversation_id": null, "status": "in_progress"});
            response["metadata"] = wanted["metadata"].clone();
            let created = json!({"type": "response.created", "response": response});
            response["status"] = json!("completed");
            return Ok(vec![
                created,
                serde_json::from_str(&done(&response)).unwrap(),
            ]);
        }
        if self.active.is_some() {
            return Err("conversation_already_has_active_response");
        }
        Ok(vec![serde_json::from_str(&self.respond()).unwrap()])
    }

    fn cancel(&mut self, id: Option<&str>) -> Result<Vec<Value>, &'static str> {
        let active = self.active.take();
        let meant = active.filter(|active| id.is_none_or(|id| id == active));
        let id = meant.ok_or("response_cancel_not_active")?;
        let reason = json!({"type": "cancelled", "reason": "client_cancelled"});
        let response = json!({"id": id, "status": "cancelled", "status_details": reason});
        Ok(vec![serde_json::from_str(&done(&response)).unwrap()])
    }

    fn name(&mut self, of: &str) -> String {
        self.made += 1;
        format!("{of}_made_{}", self.made)
    }
}

fn done(response: &Value) -> String {
    json!({"type": "response.done", "response": response}).to_string()
}
