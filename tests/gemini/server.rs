//! A model of the server: it hears, replies, calls, is cut, and ends each turn once.

use crate::support::{AUDIO, CUT, GENERATED, OVER, heard, spoken};

/// What the server can do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    Hears,
    HearsAll,
    Speaks,
    Transcribes,
    Calls,
    Generates,
    Cuts,
    /// What was on its way when the reply was cut.
    Tail,
    TakesBack,
    Counts,
    Ends,
    EndsCut,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Turn {
    #[default]
    Quiet,
    /// Something is to be answered.
    Owes,
    Speaks,
    Generated,
    Cut,
}

/// How often things that can come at any time still come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Budget {
    pub(crate) words: u8,
    pub(crate) cuts: u8,
    pub(crate) calls: u8,
    pub(crate) content: u8,
    pub(crate) texts: u8,
    pub(crate) interrupts: u8,
    pub(crate) closes: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Server {
    pub(crate) turn: Turn,
    pub(crate) budget: Budget,
    /// Calls that were made, and want an answer.
    pub(crate) calls: Vec<u8>,
    pub(crate) made: u8,
}

impl Server {
    pub(crate) fn new(budget: Budget) -> Self {
        Self {
            turn: Turn::Quiet,
            budget,
            calls: Vec::new(),
            made: 0,
        }
    }

    pub(crate) fn enabled(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        let Budget {
            words,
            cuts,
            calls,
            content,
            ..
        } = self.budget;
        let mut may = |step, can: bool| {
            if can {
                steps.push(step);
            }
        };
        let replies = matches!(self.turn, Turn::Owes | Turn::Speaks);
        may(
            Step::Ends,
            matches!(self.turn, Turn::Owes | Turn::Speaks | Turn::Generated),
        );
        may(Step::EndsCut, self.turn == Turn::Cut);
        may(Step::Speaks, replies && content > 0);
        may(Step::Transcribes, replies && content > 0);
        may(Step::Calls, replies && calls > 0);
        may(Step::Generates, self.turn == Turn::Speaks);
        may(Step::Counts, self.turn != Turn::Quiet && content > 0);
        may(Step::Hears, words > 0);
        may(Step::HearsAll, words > 0);
        may(Step::Cuts, cuts > 0);
        may(Step::Tail, self.turn == Turn::Cut && content > 0);
        may(
            Step::TakesBack,
            self.turn == Turn::Cut && !self.calls.is_empty(),
        );
        steps
    }

    pub(crate) fn take(&mut self, step: Step) -> String {
        let budget = &mut self.budget;
        match step {
            Step::Hears | Step::HearsAll => {
                budget.words -= 1;
                self.turn = match self.turn {
                    Turn::Quiet => Turn::Owes,
                    turn => turn,
                };
                let finished = r#""text":" hi","finished":true"#;
                let words = heard(" hi");
                if step == Step::Hears {
                    words
                } else {
                    words.replace(r#""text":" hi""#, finished)
                }
            }
            Step::Speaks => {
                budget.content -= 1;
                self.turn = Turn::Speaks;
                AUDIO.into()
            }
            Step::Tail => {
                budget.content -= 1;
                AUDIO.into()
            }
            Step::Transcribes => {
                budget.content -= 1;
                self.turn = Turn::Speaks;
                spoken(" la")
            }
            Step::Calls => {
                budget.calls -= 1;
                self.turn = Turn::Speaks;
                self.made += 1;
                self.calls.push(self.made);
                let id = self.made;
                format!(
                    r#"{{"toolCall":{{"functionCalls":[{{"id":"fc-{id}","name":"f","args":{{}}}}]}}}}"#
                )
            }
            Step::Generates => {
                self.turn = Turn::Generated;
                GENERATED.into()
            }
            Step::Cuts => {
                budget.cuts -= 1;
                self.turn = match self.turn {
                    Turn::Quiet => Turn::Quiet,
                    _ => Turn::Cut,
                };
                CUT.into()
            }
            Step::TakesBack => {
                let id = self.calls.remove(0);
                format!(r#"{{"toolCallCancellation":{{"ids":["fc-{id}"]}}}}"#)
            }
            Step::Counts => {
                budget.content -= 1;
                r#"{"serverContent":{},"usageMetadata":{"totalTokenCount":1}}"#.into()
            }
            Step::Ends | Step::EndsCut => {
                self.turn = Turn::Quiet;
                OVER.into()
            }
        }
    }

    /// A frame of the client arrives.
    pub(crate) fn hear(&mut self, text: &str) {
        let frame: serde_json::Value = serde_json::from_str(text).expect("the session sends JSON");
        if frame["clientContent"]["turnComplete"] == true {
            self.turn = match self.turn {
                Turn::Quiet => Turn::Owes,
                turn => turn,
            };
        }
        if let Some(id) = frame["toolResponse"]["functionResponses"][0]["id"].as_str() {
            self.calls.retain(|call| format!("fc-{call}") != id);
            if self.turn == Turn::Quiet {
                self.turn = Turn::Owes;
            }
        }
    }
}
