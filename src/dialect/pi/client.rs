//! Client frames that somebody else wrote, understood as far as their kind allows.

use crate::{
    dialect::{Intent, agent},
    state::Expect,
};

/// What a client frame wants, if it is one object. Without an id nothing can be told to answer it.
pub(crate) fn intent(text: &str, nesting: usize) -> Option<Intent> {
    let line = agent::line(text, nesting)?;
    let expect = match line.kind.as_deref() {
        Some("prompt") => Some(Expect::Reply),
        Some("abort") => Some(Expect::Ended(None)),
        Some("extension_ui_response") | None => None,
        Some(_) => Some(Expect::Answer),
    };
    Some(Intent {
        expects: expect.filter(|_| line.id.is_some()).into_iter().collect(),
        event_id: line.id,
        ..Intent::default()
    })
}
