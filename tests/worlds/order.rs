//! The conversation: the same, whatever the order in which its frames come.

use crate::{books::Verdict, frames, generate::check};
use proptest::{collection::vec, prelude::*};
use realtime_proto::{Config, Dialect, Lane, Session};

/// What is seen of a conversation from outside.
fn shown(session: &Session) -> Vec<String> {
    let items = session.conversation().items();
    items
        .map(|item| {
            let texts = [Lane::Display, Lane::Spoken].map(|lane| item.text(lane));
            let (id, role, kind, status) = (&item.id, &item.role, &item.kind, &item.status);
            format!(
                "{id} {role:?} {kind:?} {status:?} {texts:?} {:?}",
                item.heard
            )
        })
        .collect()
}

fn after<'f>(dialect: Dialect, frames: impl IntoIterator<Item = &'f String>) -> Vec<String> {
    let mut session = Session::new(Config::new(dialect));
    for frame in frames {
        session.receive(frame).for_each(drop);
    }
    shown(&session)
}

/// A conversation of so many items: of each its frames, in the order of the wire.
fn conversation(items: usize) -> Vec<String> {
    let mut frames = Vec::new();
    for at in 0..items {
        let id = format!("i{at}");
        let previous = at.checked_sub(1).map(|before| format!("i{before}"));
        let previous = previous.as_deref();
        if at % 2 == 0 {
            let audio = r#"{"type":"input_audio","transcript":null}"#;
            let item = frames::message(&id, "user", "completed", audio);
            frames.push(frames::conversation_item("added", previous, &item));
            frames.push(frames::about(
                "conversation.item.input_audio_transcription.completed",
                &id,
                r#","content_index":0,"transcript":"hello""#,
            ));
        } else {
            let begun = frames::message(&id, "assistant", "in_progress", "");
            let said = r#"{"type":"output_text","text":"well"}"#;
            let whole = frames::message(&id, "assistant", "completed", said);
            frames.push(frames::conversation_item("added", previous, &begun));
            frames.push(frames::conversation_item("done", previous, &whole));
        }
    }
    frames
}

fn shuffled() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    (1..9usize).prop_flat_map(|items| {
        let frames = conversation(items);
        (Just(frames.clone()), Just(frames).prop_shuffle())
    })
}

const BOTH: [Dialect; 2] = [Dialect::OpenAi, Dialect::Xai];

fn i08_order_is_that_of_the_conversation((wire, shuffled): &(Vec<String>, Vec<String>)) -> Verdict {
    for dialect in BOTH {
        let (spoken, arrived) = (after(dialect, wire), after(dialect, shuffled));
        if spoken != arrived {
            return Err(format!("I8: {dialect}: {spoken:#?} is not {arrived:#?}"));
        }
    }
    Ok(())
}

#[test]
fn i08_the_order_of_arrival_changes_nothing() {
    check(2_000, &shuffled(), |case| {
        i08_order_is_that_of_the_conversation(&case)
    });
}

/// What frames can say of one item: more and less, earlier and later.
fn about_one_item() -> impl Strategy<Value = Vec<String>> {
    let status = prop_oneof![Just("in_progress"), Just("completed"), Just("incomplete")];
    let text = prop_oneof![Just(""), Just("we"), Just("well"), Just("wild")];
    let frame = (any::<bool>(), status, text).prop_map(|(done, status, text)| {
        let content = if text.is_empty() {
            String::new()
        } else {
            format!(r#"{{"type":"output_text","text":"{text}"}}"#)
        };
        let item = frames::message("i0", "assistant", status, &content);
        let kind = if done && status != "in_progress" {
            "done"
        } else {
            "added"
        };
        frames::conversation_item(kind, None, &item)
    });
    vec(frame, 1..6)
}

fn i09_merge_is_commutative((told, shuffled): &(Vec<String>, Vec<String>)) -> Verdict {
    for dialect in BOTH {
        let (one, other) = (after(dialect, told), after(dialect, shuffled));
        if one != other {
            return Err(format!("I9: {dialect}: {one:?} is not {other:?}"));
        }
    }
    Ok(())
}

fn i09_merge_is_idempotent(told: &[String]) -> Verdict {
    let twice = told.iter().flat_map(|frame| [frame, frame]);
    let (once, twice) = (after(Dialect::OpenAi, told), after(Dialect::OpenAi, twice));
    if once == twice {
        return Ok(());
    }
    Err(format!("I9: {once:?} once is not {twice:?} twice"))
}

#[test]
fn i09_what_is_said_of_an_item_merges_in_any_order_and_number() {
    let cases = about_one_item()
        .prop_flat_map(|frames| (Just(frames.clone()), Just(frames).prop_shuffle()));
    check(2_000, &cases, |case| {
        i09_merge_is_idempotent(&case.0)?;
        i09_merge_is_commutative(&case)
    });
}
