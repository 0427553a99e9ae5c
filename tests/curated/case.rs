//! One case: its steps, its expectations, and what its project takes for granted.

use serde_json::Value;

pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) steps: Vec<Value>,
    pub(crate) expect: Value,
    pub(crate) habits: Habits,
    dialect: String,
}

/// What a project takes for granted, and its cases do not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Habits {
    /// It looks at a clock all the time.
    pub(crate) tells_time: bool,
    /// It interrupts by itself when the user speaks, unless the session says that the server does.
    pub(crate) interrupts: bool,
    /// What came without a `response.created` is not under way.
    pub(crate) ends_unannounced: bool,
}

impl Case {
    pub(crate) fn read(project: &str, case: &Value) -> Self {
        let text = |key: &str| case[key].as_str().unwrap().to_owned();
        let agents = project.starts_with("openai-agents");
        Self {
            name: text("name"),
            steps: case["steps"].as_array().unwrap().clone(),
            expect: case["expect"].clone(),
            habits: Habits {
                tells_time: agents,
                interrupts: agents,
                ends_unannounced: agents,
            },
            dialect: text("dialect"),
        }
    }

    /// Whether this version of the crate speaks its dialect.
    pub(crate) fn is_spoken(&self) -> bool {
        self.dialect.starts_with("openai") || self.is_gemini()
    }

    pub(crate) fn is_gemini(&self) -> bool {
        self.dialect == "gemini-live"
    }

    /// Whether some frame announces a response: by its id, or without any if it is the first.
    pub(crate) fn announces(&self, response: Option<&str>) -> bool {
        let named = |frame: &Value| frame["response_id"].as_str().map(str::to_owned);
        let first = self.frames().find_map(named);
        self.frames().any(|frame| {
            let id = frame["response"]["id"].as_str();
            let it = id == response || (id.is_none() && first.as_deref() == response);
            frame["type"] == "response.created" && it
        })
    }

    /// Whether a step is the truncation alone, as it follows what the server cuts by itself.
    pub(crate) fn leaves_cancels_to_the_server(&self) -> bool {
        let commands = self.steps.iter().map(|step| &step["command"]);
        commands
            .filter(|command| command["do"] == "interrupt")
            .any(|command| command.get("elapsed_ms").is_some())
    }

    /// Whether the audio of an item comes in some frame.
    pub(crate) fn has_audio(&self, item: &str) -> bool {
        self.frames()
            .any(|frame| frame["type"] == "response.output_audio.delta" && frame["item_id"] == item)
    }

    /// Whether some frame tells of a call.
    pub(crate) fn has_call(&self, call_id: &str) -> bool {
        self.frames().any(|frame| frame["call_id"] == call_id)
    }

    fn frames(&self) -> impl Iterator<Item = &Value> {
        self.steps.iter().filter_map(|step| step.get("in"))
    }
}
