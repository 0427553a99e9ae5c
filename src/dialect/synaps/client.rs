//! Client frames that somebody else wrote, understood as far as their kind allows.

use crate::{
    dialect::{Intent, Said, agent},
    event::Role,
    state::Expect,
};
use alloc::boxed::Box;

/// What a client frame wants, if it is one object.
pub(crate) fn intent(text: &str, nesting: usize) -> Option<Intent> {
    let line = agent::line(text, nesting)?;
    let expect = match line.kind.as_deref() {
        Some("prompt" | "follow_up") => Some(Expect::Reply),
        Some("abort") => Some(Expect::Ended(None)),
        Some("shutdown") | None => None,
        Some(_) => Some(Expect::Answer),
    };
    let prompts = expect == Some(Expect::Reply);
    Some(Intent {
        expects: expect.filter(|_| line.id.is_some()).into_iter().collect(),
        event_id: line.id,
        said: line
            .said
            .filter(|_| prompts)
            .map(prompt)
            .into_iter()
            .collect(),
        ..Intent::default()
    })
}

fn prompt(text: Box<str>) -> Said {
    Said {
        role: Role::User,
        text,
        asks: true,
    }
}
