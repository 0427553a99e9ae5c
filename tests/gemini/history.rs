//! History that is told to the server: it stands in the conversation, and once.

use crate::support::{AUDIO, OVER, gemini, heard, polled, sent, spoken, told};
use realtime_proto::{Close, Command, Config, Dialect, ItemDraft, Lane, RawJson, Role, Session};

#[test]
fn a18_history_that_was_seeded_stands_in_the_conversation() {
    let mut session = gemini();
    seed(&mut session, history());
    let item =
        |n: u32, role, text: &str| (format!("local_item_{n}"), Some(role), Some(text.to_owned()));
    assert_eq!(
        said(&session),
        [
            item(1, Role::System, "Be kind"),
            item(2, Role::User, "Weather?"),
            item(3, Role::Assistant, "Four degrees."),
        ]
    );
    let told = polled(&mut session);
    let turns = told.iter().filter(|told| told.starts_with("turn"));
    let turn = ["turn i2 began", "turn i2 committed"];
    assert_eq!(turns.collect::<Vec<_>>(), turn);
    assert!(
        sent(&mut session)
            .iter()
            .all(|frame| !frame.contains("local_"))
    );
}

#[test]
fn history_that_is_told_anew_on_the_next_connection_stands_once() {
    let mut session = gemini();
    seed(&mut session, history());
    told(&mut session, &[spoken("Shall I go on?"), OVER.into()]);
    session.disconnected(Close::lost());
    let mut next = session.reconnect(Config::new(Dialect::Gemini));
    let before = said(&next);
    seed(&mut next, history());
    seed(&mut next, [ItemDraft::assistant_text("Shall I go on?")]);
    assert_eq!(said(&next), before);
    // What was told once anew is new when it is told again.
    seed(&mut next, [ItemDraft::user_text("Weather?")]);
    assert_eq!(said(&next).len(), 5);
    next.disconnected(Close::lost());
    let mut third = next.reconnect(Config::new(Dialect::Gemini));
    seed(&mut third, history());
    assert_eq!(said(&third).len(), 5);
}

#[test]
fn only_the_same_words_in_their_turn_are_history_told_anew() {
    let words = |session: &Session| -> Vec<_> {
        let items = said(session).into_iter();
        items.filter_map(|(_, _, text)| text).collect()
    };
    let mut session = gemini();
    let user = ItemDraft::user_text;
    seed(&mut session, [user("one"), user("two"), user("three")]);
    session.disconnected(Close::lost());
    let mut next = session.reconnect(Config::new(Dialect::Gemini));
    seed(&mut next, [user("one"), user("other")]);
    assert_eq!(words(&next), ["one", "two", "three", "other"]);
    seed(&mut next, [user("two"), user("two"), user("three")]);
    assert_eq!(words(&next), ["one", "two", "three", "other", "two"]);
}

#[test]
fn words_of_the_user_that_come_late_stand_behind_history_and_before_their_reply() {
    let mut session = gemini();
    seed(&mut session, [ItemDraft::user_text("Weather?")]);
    told(&mut session, &[AUDIO.into(), heard("And now?")]);
    let order: Vec<_> = said(&session).into_iter().map(|(id, ..)| id).collect();
    assert_eq!(order, ["local_item_1", "local_item_3", "local_item_2"]);
}

fn said(session: &Session) -> Vec<(String, Option<Role>, Option<String>)> {
    let items = session.conversation().items();
    let said = items.map(|item| {
        let text = item.text(Lane::Display).or_else(|| item.text(Lane::Spoken));
        (item.id.to_string(), item.role.clone(), text.map(Into::into))
    });
    said.collect()
}

fn seed(session: &mut Session, history: impl IntoIterator<Item = ItemDraft<'static>>) {
    for item in history {
        session.send(Command::create_item(item)).unwrap();
    }
}

fn history() -> [ItemDraft<'static>; 3] {
    let turn = r#"{"role":"model","parts":[{"text":"Four "},{"text":"degrees."}]}"#;
    [
        ItemDraft::system_text("Be kind"),
        ItemDraft::user_text("Weather?"),
        ItemDraft::raw(RawJson::new(turn).unwrap()),
    ]
}
