//! The mutants of `src/state` that nothing can catch, each with what makes it invisible.
//!
//! `cargo mutants -f 'src/state/**/*.rs'` lists them; every other one that compiles is caught.

use crate::ids::root;
use std::fs;

/// A file within `src/state`, a function of it, a piece of its one line that is changed, what it is
/// changed to, and why nobody can see that.
#[rustfmt::skip]
const SURVIVORS: &[(&str, &str, &str, &str, &str)] = &[
    ("bargein.rs", "cancel", "if found.is_some() && default {", "||",
        "the slot of a cancelled response holds back and lets through what that of an active one does"),
    ("responses.rs", "is", "self.id.as_deref() == Some(id)", "true",
        "it only tells which of the two slots above is taken"),
    ("conversation.rs", "upsert", "if rank(item.status.as_ref()) > rank(known.status.as_ref()) {", ">=",
        "of one rank are only equal statuses, and one is as good as the other"),
    ("conversation.rs", "text", "Some(kept) if kept.weight() < (last, text.len(), text)", "<=",
        "of one weight are only equal texts, and one is as good as the other"),
    ("reply.rs", "end_response", "let echo = finished.empty && matches!(finished.outcome, Outcome::Cancelled(_));", "||",
        "it matters only for what has not begun, of which nothing can have come"),
    ("texts.rs", "add", "if part.done || (whole && said > PART_BYTES) {", ">=",
        "a text that just fits is taken by a closer look as well"),
];

#[test]
fn every_survivor_is_where_the_table_says() {
    for (file, function, line, change, reason) in SURVIVORS {
        let code = fs::read_to_string(root().join("src/state").join(file)).expect("a file of ours");
        assert_eq!(code.matches(line).count(), 1, "{file}: {line}");
        let before = code
            .split(line)
            .next()
            .and_then(|code| code.rsplit("fn ").next());
        let name = before.and_then(|code| code.split(['(', '<']).next());
        assert_eq!(name, Some(*function), "{file}: {line}");
        assert!(!change.is_empty() && reason.contains(' '), "{file}: {line}");
    }
}
