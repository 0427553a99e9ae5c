use crate::{
    config::Limits,
    event::{Lane, Previous, Role},
    id::Id,
    state::{Conversation, chart::out},
};

#[test]
fn history_goes_on_behind_what_was_told_anew_and_then_deleted() {
    let mut conversation = Conversation::new(&Limits::default());
    for word in ["one", "two"] {
        let id = Id::borrowed(word);
        conversation.spoken(id.as_ref(), &Previous::Unknown, &mut out());
        conversation.text(Some(word), Lane::Display, (word, true), &mut out());
    }
    conversation.carry_on();
    assert!(conversation.retells(&Role::User, "one"));

    conversation.deleted(Some("one"));

    assert!(conversation.retells(&Role::User, "two"));
}
