use super::{added, whole};
use crate::{
    event::{Content, ConversationRef, Item, ItemKind, Origin, Role, Status, Validity},
    id::Id,
    state::{
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{created, item, state as machines},
    },
};
use alloc::{string::String, vec, vec::Vec};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    UserText,
    UserAudio,
    Reply,
    Call,
    Output,
    RemoteCall,
    Approval,
}

/// What is told of it, first or alone.
#[derive(Clone, Copy, Debug)]
enum Told {
    Added,
    Done,
    DoneIncomplete,
    AddedThenDone,
    Replayed,
}

const CHART: &str = "
UserText
    Added                UserText     item_added, user_turn_started, user_turn_committed
    Done                 UserText     item_done, user_turn_started, user_turn_committed
    DoneIncomplete       UserText     item_done, user_turn_started, user_turn_committed
    AddedThenDone        UserText     item_added, user_turn_started, user_turn_committed, item_done
    Replayed             UserText     item_added, item_done
UserAudio
    Added                UserAudio    item_added, user_turn_started, user_turn_committed
    Done                 UserAudio    item_done, user_turn_started, user_turn_committed
    DoneIncomplete       UserAudio    item_done, user_turn_started, user_turn_committed
    AddedThenDone        UserAudio    item_added, user_turn_started, user_turn_committed, item_done
    Replayed             UserAudio    item_added, item_done
Reply
    Added                Reply        item_added
    Done                 Reply        text_done, item_done
    DoneIncomplete       Reply        text_done, item_done
    AddedThenDone        Reply        item_added, text_done, item_done
    Replayed             Reply        item_added, item_done
Call
    Added                Call         item_added, tool_call_started
    Done                 Call         tool_call_started, tool_call, item_done
    DoneIncomplete       Call         tool_call_started, item_done
    AddedThenDone        Call         item_added, tool_call_started, tool_call, item_done
    Replayed             Call         item_added, item_done
Output
    Added                Output       item_added
    Done                 Output       item_done
    DoneIncomplete       Output       item_done
    AddedThenDone        Output       item_added, item_done
    Replayed             Output       item_added, item_done
RemoteCall
    Added                RemoteCall   item_added, remote started
    Done                 RemoteCall   remote result, item_done
    DoneIncomplete       RemoteCall   remote failed, item_done
    AddedThenDone        RemoteCall   item_added, remote started, remote result, item_done
    Replayed             RemoteCall   item_added, item_done
Approval
    Added                Approval     item_added
    Done                 Approval     item_done, approval_requested
    DoneIncomplete       Approval     item_done
    AddedThenDone        Approval     item_added, item_done, approval_requested
    Replayed             Approval     item_added, item_done
";

#[test]
fn what_comes_of_an_item_is_as_charted() {
    let kinds = [
        Kind::UserText,
        Kind::UserAudio,
        Kind::Reply,
        Kind::Call,
        Kind::Output,
        Kind::RemoteCall,
        Kind::Approval,
    ];
    let told = [
        Told::Added,
        Told::Done,
        Told::DoneIncomplete,
        Told::AddedThenDone,
        Told::Replayed,
    ];
    assert_chart(
        &chart(&kinds, &told, |kind, told| Step {
            after: kind,
            told: tell(kind, told),
        }),
        CHART,
    );
}

fn tell(kind: Kind, told: Told) -> Vec<String> {
    let mut machines = machines();
    created(
        &mut machines,
        Some("resp"),
        ConversationRef::Default,
        &mut out(),
    );
    let item = of(kind, origin(kind));
    let mut out = out();
    match told {
        Told::Added => added(&mut machines, item, &mut out),
        Told::Done => whole(&mut machines, item, &mut out),
        Told::DoneIncomplete => {
            let status = Some(Status::Incomplete);
            whole(&mut machines, Item { status, ..item }, &mut out);
        }
        Told::AddedThenDone => {
            added(&mut machines, item.clone(), &mut out);
            whole(&mut machines, item, &mut out);
        }
        Told::Replayed => {
            added(&mut machines, of(kind, Origin::Replay), &mut out);
            whole(&mut machines, of(kind, Origin::Replay), &mut out);
        }
    }
    told_and_sent(out)
}

/// Replies and calls are told by their response, the others by the conversation.
fn origin(kind: Kind) -> Origin {
    match kind {
        Kind::Reply | Kind::Call | Kind::RemoteCall | Kind::Approval => Origin::Response,
        Kind::UserText | Kind::UserAudio | Kind::Output => Origin::Conversation,
    }
}

fn of(kind: Kind, origin: Origin) -> Item<'static> {
    let text = || Content::Text {
        text: "text".into(),
    };
    let audio = Content::Audio {
        transcript: None,
        audio: None,
        format: None,
    };
    let arguments = || Content::Arguments {
        text: "{}".into(),
        validity: Validity::Object,
    };
    let (kind, role, content) = match kind {
        Kind::UserText => (ItemKind::Message, Some(Role::User), text()),
        Kind::UserAudio => (ItemKind::Message, Some(Role::User), audio),
        Kind::Reply => (ItemKind::Message, Some(Role::Assistant), text()),
        Kind::Call => (ItemKind::FunctionCall, None, arguments()),
        Kind::Output => (ItemKind::FunctionCallOutput, None, text()),
        Kind::RemoteCall => (ItemKind::McpCall, None, arguments()),
        Kind::Approval => (ItemKind::McpApprovalRequest, None, arguments()),
    };
    let call_id = Id::borrowed("call").filter(|_| kind == ItemKind::FunctionCall);
    Item {
        role,
        content: vec![content],
        call_id,
        ..item(kind, origin)
    }
}
