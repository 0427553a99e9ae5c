//! Items, calls and their outputs.

use super::{Dialogue, Key, Kind, Row};
use realtime_proto::{
    ApprovalRequested, Content, Event, Item, ItemKind, RemotePhase, RemoteTool, Role, ToolCall,
    ToolCallCancelled,
};

impl Dialogue {
    pub(super) fn tool(&mut self, event: &Event<'_>) {
        match event {
            Event::ToolCall(call) => self.call(call),
            Event::ToolCallCancelled(cancelled) => self.cancelled(cancelled),
            Event::RemoteTool(tool) => self.remote(tool),
            Event::ApprovalRequested(request) => self.asked(request),
            _ => {}
        }
    }

    /// An item that was written, not streamed; or what completes one that was.
    pub(super) fn item(&mut self, item: &Item<'_>) {
        match (&item.kind, &item.role) {
            (ItemKind::Message, Some(Role::User)) => self.typed(item),
            (ItemKind::Message, Some(Role::Assistant)) => self.told(item, Kind::Assistant),
            (ItemKind::Message, _) => self.told(item, Kind::System),
            (ItemKind::FunctionCallOutput, _) => {
                if let Some((call, output)) = item.call_id.as_ref().zip(output(item)) {
                    self.output(call, &output);
                }
            }
            (ItemKind::McpApprovalResponse, _) => self.answered(item),
            (ItemKind::McpListTools, _) => self.named(item, "tools"),
            (ItemKind::McpCall, _) => self.named(item, ""),
            _ => {}
        }
    }

    /// Spoken words come as transcripts; only what was typed or shown is taken from the item.
    fn typed(&mut self, item: &Item<'_>) {
        let words = words(item);
        if let Some(id) = &item.ids.item_id {
            let row = self.turn(Some(id));
            if row.text.is_empty() {
                row.text = words;
            }
        }
    }

    fn told(&mut self, item: &Item<'_>, kind: Kind) {
        let (text, id) = (words(item), item.ids.item_id.as_deref());
        let known = |key: &Key| matches!(key, Key::Part { item, .. } if Some(item.as_str()) == id);
        if text.is_empty() || self.rows.iter().any(|row| known(&row.key)) {
            return;
        }
        let key = Key::Part {
            item: id.unwrap_or_default().to_owned(),
            index: 0,
            thought: false,
        };
        self.push_known(kind, key, text);
    }

    fn call(&mut self, call: &ToolCall<'_>) {
        let name = call.name.as_deref().unwrap_or("a function");
        let text = format!("{name} {}", call.arguments);
        self.belongs(call.ids.response_id.as_deref(), self.rows.len());
        self.push_known(Kind::Call, Key::Call(call.call_id.to_string()), text);
    }

    /// Told by the command, by the item, or by both.
    pub(super) fn output(&mut self, call: &str, output: &str) {
        let above = self.position(&Key::Call(call.to_owned()));
        let row = self.row(Kind::Output, Key::Output(call.to_owned()));
        row.under = above;
        if row.text.is_empty() {
            output.clone_into(&mut row.text);
        }
    }

    fn cancelled(&mut self, cancelled: &ToolCallCancelled<'_>) {
        for id in &cancelled.call_ids {
            if let Some(row) = self.find(&Key::Call(id.to_string())) {
                "needs no answer".clone_into(&mut row.note);
            }
        }
    }

    fn remote(&mut self, tool: &RemoteTool<'_>) {
        let id = tool.call_id.as_ref().or(tool.ids.item_id.as_ref());
        let id = id.map(ToString::to_string).unwrap_or_default();
        match &tool.phase {
            RemotePhase::Arguments { text } => self.begun(tool, id).text += text,
            RemotePhase::Result {
                output,
                is_error: false,
                ..
            } => self.gave(id, output),
            RemotePhase::Result { output, .. } => self.gave(id, &format!("fault: {output}")),
            RemotePhase::Failed => self.gave(id, "failed"),
            _ => drop(self.begun(tool, id)),
        }
    }

    fn begun(&mut self, tool: &RemoteTool<'_>, id: String) -> &mut Row {
        let key = Key::Call(id);
        if self.position(&key).is_none() {
            self.belongs(tool.ids.response_id.as_deref(), self.rows.len());
            let name = tool.name.as_deref();
            let text = name.map(|name| format!("{name} "));
            self.push_known(Kind::RemoteCall, key.clone(), text.unwrap_or_default());
        }
        self.row(Kind::RemoteCall, key)
    }

    /// What only the item tells of a call: its name, its arguments, whose tool it is.
    fn named(&mut self, item: &Item<'_>, what: &str) {
        let Some(id) = &item.ids.item_id else { return };
        let mut text = item.name.as_deref().unwrap_or(what).to_owned();
        for part in &item.content {
            match part {
                Content::Arguments {
                    text: arguments, ..
                } => text.extend([" ", arguments]),
                Content::Server { label, .. } if item.name.is_none() => {
                    text.extend([" of ", label]);
                }
                _ => {}
            }
        }
        let key = Key::Call(id.to_string());
        if self.position(&key).is_none() {
            self.belongs(item.ids.response_id.as_deref(), self.rows.len());
        }
        let row = self.row(Kind::RemoteCall, key);
        if row.text.len() < text.len() {
            row.text = text;
        }
    }

    /// Often told twice, at its end and with the whole of it.
    fn gave(&mut self, id: String, output: &str) {
        let above = self.position(&Key::Call(id.clone()));
        let row = self.row(Kind::RemoteOutput, Key::Output(id));
        row.under = above;
        if row.text.is_empty() || row.text == "failed" {
            output.clone_into(&mut row.text);
        }
    }

    fn asked(&mut self, request: &ApprovalRequested<'_>) {
        let name = request.name.as_deref().unwrap_or("a tool");
        let text = format!("may it call {name} {}?", request.arguments);
        let key = Key::Call(request.approval_id.to_string());
        if self.position(&key).is_none() {
            self.belongs(request.ids.response_id.as_deref(), self.rows.len());
        }
        self.row(Kind::RemoteCall, key).text = text;
    }

    fn answered(&mut self, item: &Item<'_>) {
        for part in &item.content {
            if let Content::Approval {
                approval_id: Some(id),
                approve,
                reason,
                ..
            } = part
            {
                let verdict = if *approve == Some(true) {
                    "it may"
                } else {
                    "it may not"
                };
                let reason = reason.as_deref().map(|why| format!(": {why}"));
                let text = format!("{verdict}{}", reason.unwrap_or_default());
                let above = self.position(&Key::Call(id.to_string()));
                let row = self.row(Kind::Output, Key::Output(id.to_string()));
                (row.text, row.under) = (text, above);
            }
        }
    }
}

fn output(item: &Item<'_>) -> Option<String> {
    item.content.iter().find_map(|part| match part {
        Content::Output { text, .. } => Some(text.to_string()),
        _ => None,
    })
}

/// What an item says, and that it shows something.
fn words(item: &Item<'_>) -> String {
    let words = item.content.iter().filter_map(|part| match part {
        Content::Text { text, .. } => Some(text.trim().to_owned()),
        Content::Audio { transcript, .. } => Some(transcript.as_deref()?.trim().to_owned()),
        Content::Image { .. } => Some(String::from("(an image)")),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" ")
}
