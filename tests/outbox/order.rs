//! Which frames pass waiting audio, and which keep their place among it.

use crate::support::{CREATED, limited, ms, name, names, poll, ready, responding, send};
use realtime_proto::{
    Command, Config, CreateItem, CreateResponse, Dialect, ItemDraft, Session, SessionPatch,
    ToolOutput,
};

const A: &str = "AAAA";
const B: &str = "BBBB";

#[test]
fn what_is_urgent_passes_audio() {
    for (command, name) in [
        (Command::cancel_response(), "response.cancel"),
        (Command::truncate("item_1", 0, ms(10)), "truncate"),
        (Command::delete_item("item_1"), "delete"),
        (Command::ClearOutput, "output_audio_buffer.clear"),
        (Command::tool_output("call_1", "{}"), "create"),
        (ToolOutput::error("call_1", "broken").into(), "create"),
    ] {
        let mut session = calling();
        send(&mut session, [append(A), command, append(B)]);

        assert_eq!(names(&mut session), [name, A, B]);
    }
}

#[test]
fn everything_else_keeps_its_place_among_the_audio() {
    let mut silent = realtime_proto::SendText::new("hi");
    silent.respond = false;
    let mut brief = SessionPatch::default();
    brief.instructions.set("Be brief.");
    for (command, name) in [
        (Command::CommitInput, "input_audio_buffer.commit"),
        (silent.into(), "create"),
        (Command::configure(brief), "session.update"),
        (Command::create_response(), "response.create"),
        (CreateResponse::new().into(), "response.create"),
        (CreateItem::new(ItemDraft::user_text("hi")).into(), "create"),
        (Command::retrieve_item("item_1"), "retrieve"),
        (Command::approve("mcpr_1", true), "create"),
        (Command::raw(r#"{"type":"brand.new"}"#), "brand.new"),
        (
            Command::raw(r#"{"type":"input_audio_buffer.commit"}"#),
            "input_audio_buffer.commit",
        ),
    ] {
        let mut session = ready();
        send(&mut session, [append(A), command, append(B)]);

        assert_eq!(names(&mut session), [A, name, B]);
    }
}

#[test]
fn a_text_and_its_request_stay_together() {
    let mut session = ready();
    send(&mut session, [append(A), Command::text("hi"), append(B)]);

    assert_eq!(names(&mut session), [A, "create", "response.create", B]);
}

#[test]
fn an_urgent_frame_never_passes_an_earlier_control_frame() {
    let mut session = responding();
    send(
        &mut session,
        [
            append(A),
            Command::CommitInput,
            append(B),
            Command::cancel_response(),
        ],
    );

    assert_eq!(
        names(&mut session),
        [A, "input_audio_buffer.commit", "response.cancel", B]
    );
}

#[test]
fn what_is_behind_an_urgent_frame_still_keeps_its_place() {
    let mut session = responding();
    send(
        &mut session,
        [
            append(A),
            Command::cancel_response(),
            Command::CommitInput,
            append(B),
        ],
    );

    assert_eq!(
        names(&mut session),
        ["response.cancel", A, "input_audio_buffer.commit", B]
    );
}

#[test]
fn urgent_frames_keep_their_order_among_themselves() {
    let mut session = responding();
    send(
        &mut session,
        [
            append(A),
            Command::cancel_response(),
            Command::truncate("item_1", 0, ms(5)),
            Command::ClearOutput,
            Command::delete_item("item_2"),
        ],
    );

    assert_eq!(
        names(&mut session),
        [
            "response.cancel",
            "truncate",
            "output_audio_buffer.clear",
            "delete",
            A
        ]
    );
}

#[test]
fn polling_between_changes_no_order() {
    let mut session = responding();
    send(&mut session, [append(A), append(B), Command::CommitInput]);
    assert_eq!(poll(&mut session).as_deref().map(name).unwrap(), A);
    send(&mut session, [Command::cancel_response(), append("CCCC")]);

    assert_eq!(
        names(&mut session),
        [B, "input_audio_buffer.commit", "response.cancel", "CCCC"]
    );
}

#[test]
fn clear_discards_the_audio_that_was_not_polled_and_says_so_to_nobody() {
    let mut session = ready();
    send(&mut session, [append(A), append(B)]);
    poll(&mut session);
    send(&mut session, [Command::ClearInput, append("CCCC")]);

    assert_eq!(session.audio_backlog(), ms(0));
    assert_eq!(names(&mut session), ["input_audio_buffer.clear", "CCCC"]);
    assert_eq!(session.poll_event(), None);
    assert_eq!(session.counters().audio_dropped_ms, 0);
}

#[test]
fn clear_discards_nothing_that_a_commit_waits_behind() {
    for commit in [
        Command::CommitInput,
        Command::raw(r#"{"type":"input_audio_buffer.commit"}"#),
    ] {
        let mut session = ready();
        send(
            &mut session,
            [append(A), commit, append(B), Command::ClearInput],
        );

        assert_eq!(
            names(&mut session),
            [A, "input_audio_buffer.commit", "input_audio_buffer.clear"]
        );
    }
}

#[test]
fn raw_frames_keep_their_place_whatever_they_say() {
    for kind in ["response.cancel", "output_audio_buffer.clear"] {
        let mut session = ready();
        let frame = format!(r#"{{"type":"{kind}"}}"#);
        send(&mut session, [append(A), Command::raw(&frame), append(B)]);

        assert_eq!(names(&mut session), [A, kind, B]);
    }
}

#[test]
fn what_waited_for_discarded_audio_waits_no_more() {
    let mut session = ready();
    send(
        &mut session,
        [append(A), Command::text("hi"), Command::ClearInput],
    );

    assert_eq!(
        names(&mut session),
        ["create", "response.create", "input_audio_buffer.clear"]
    );
}

#[test]
fn what_waited_for_dropped_audio_waits_no_more() {
    let mut session = limited(|limits| limits.outbox_bytes = 200);
    send(&mut session, [append(A), Command::CommitInput]);
    send(&mut session, [append(B), append("CCCC"), append("DDDD")]);

    assert_eq!(
        names(&mut session),
        ["input_audio_buffer.commit", "CCCC", "DDDD"]
    );
}

#[test]
fn the_order_is_the_same_for_what_was_held_before_readiness() {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    send(
        &mut session,
        [
            append(A),
            Command::delete_item("item_1"),
            Command::CommitInput,
            append(B),
            Command::ClearOutput,
        ],
    );
    assert_eq!(names(&mut session), [""; 0]);
    let _ = session.receive(CREATED);

    assert_eq!(
        names(&mut session),
        [
            "delete",
            A,
            "input_audio_buffer.commit",
            "output_audio_buffer.clear",
            B
        ]
    );
}

#[test]
fn audio_is_told_from_control() {
    let mut session = ready();
    send(
        &mut session,
        [
            append(A),
            Command::CommitInput,
            Command::raw(r#"{"type":"input_audio_buffer.clear"}"#),
        ],
    );

    let is_audio: Vec<_> =
        core::iter::from_fn(|| session.poll_transmit().map(|transmit| transmit.is_audio()))
            .collect();

    assert_eq!(is_audio, [true, false, false]);
}

fn append(base64: &str) -> Command<'_> {
    Command::append_base64(base64)
}

/// A session of which the server has asked for the output of `call_1`.
fn calling() -> Session {
    let mut session = ready();
    for frame in [
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
        r#"{"type":"response.output_item.added","response_id":"resp_1","output_index":0,"item":{"id":"item_9","type":"function_call","call_id":"call_1","name":"f","arguments":""}}"#,
        r#"{"type":"response.function_call_arguments.done","response_id":"resp_1","item_id":"item_9","output_index":0,"call_id":"call_1","arguments":"{}"}"#,
    ] {
        let _ = session.receive(frame);
    }
    session
}
