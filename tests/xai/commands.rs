//! Every command, byte for byte, and what the protocol has no words for.

use crate::{ITEM, STARTED, polled, refuses, sends, sends_after, session, unsupported};
use core::time::Duration;
use realtime_proto::{
    Activity, AgentCommand, AudioFormat, CancelResponse, Command, CreateItem, CreatePolicy,
    CreateResponse, Deliver, DraftContent, InputItem, ItemBody, ItemDraft, Modality, Position,
    RawJson, Role, SendError, SendMedia, SendText, ToolChoice, Truncate,
};

#[test]
fn audio_is_appended_as_base64() {
    sends(
        Command::append_audio(&[0, 1, 2, 3]),
        &[r#"{"type":"input_audio_buffer.append","audio":"AAECAw=="}"#],
    );
}

#[test]
fn the_buffer_is_committed_and_cleared() {
    let mut session = session();
    session.send(Command::append_audio(&[0; 4_800])).unwrap();
    polled(&mut session);
    session.send(Command::CommitInput).unwrap();
    session.send(Command::ClearInput).unwrap();
    assert_eq!(
        polled(&mut session),
        [
            r#"{"type":"input_audio_buffer.commit","event_id":"rp-2"}"#,
            r#"{"type":"input_audio_buffer.clear","event_id":"rp-3"}"#,
        ]
    );
}

#[test]
fn a_text_is_an_item_and_the_wish_for_a_reply() {
    sends(
        Command::text("Say hi"),
        &[
            r#"{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Say hi"}]},"event_id":"rp-1"}"#,
            r#"{"type":"response.create","event_id":"rp-2"}"#,
        ],
    );
}

#[test]
fn verbatim_speech_is_one_item_and_nothing_behind_it() {
    sends(
        Command::say("Your call is \"recorded\"."),
        &[
            r#"{"type":"conversation.item.create","item":{"type":"force_message","role":"assistant","content":[{"type":"output_text","text":"Your call is \"recorded\"."}]},"event_id":"rp-1"}"#,
        ],
    );
}

#[test]
fn items_of_every_kind() {
    let message = ItemDraft::assistant_text("Well.");
    sends(
        Command::create_item(message),
        &[
            r#"{"type":"conversation.item.create","item":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Well."}]},"event_id":"rp-1"}"#,
        ],
    );
    let call = ItemDraft::call("call_1", "get_weather", "{}");
    sends(
        CreateItem::after(call, "item_9"),
        &[
            r#"{"type":"conversation.item.create","item":{"type":"function_call","call_id":"call_1","name":"get_weather","arguments":"{}"},"previous_item_id":"item_9","event_id":"rp-1"}"#,
        ],
    );
    sends(
        Command::create_item(ItemDraft::output("call_1", "4")),
        &[
            r#"{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_1","output":"4"},"event_id":"rp-1"}"#,
        ],
    );
    let spoken = SendMedia::new("audio/pcm", &[0u8, 1][..]);
    sends(
        Command::from(spoken),
        &[
            r#"{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_audio","audio":"AAE="}]},"event_id":"rp-1"}"#,
        ],
    );
    let json = RawJson::new(r#"{"type":"force_message","role":"assistant","voice":"rex"}"#);
    let raw = ItemBody::Raw {
        json: json.unwrap(),
    };
    sends(
        Command::create_item(ItemDraft::new(raw)),
        &[
            r#"{"type":"conversation.item.create","item":{"type":"force_message","role":"assistant","voice":"rex"},"event_id":"rp-1"}"#,
        ],
    );
}

#[test]
fn an_item_is_deleted() {
    sends(
        Command::delete_item("item_1"),
        &[r#"{"type":"conversation.item.delete","item_id":"item_1","event_id":"rp-1"}"#],
    );
}

#[test]
fn a_truncation_never_passes_what_was_received() {
    let audio = r#"{"type":"response.output_audio.delta","response_id":"resp_1","item_id":"item_1","delta":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#;
    let truncate = Truncate::new("item_1", 0, Duration::from_secs(9));
    sends_after(
        &[STARTED, ITEM, audio],
        truncate,
        &[
            r#"{"type":"conversation.item.truncate","item_id":"item_1","content_index":0,"audio_end_ms":1,"event_id":"rp-1"}"#,
        ],
    );
}

#[test]
fn a_response_says_what_is_to_be_different() {
    sends(
        Command::create_response(),
        &[r#"{"type":"response.create","event_id":"rp-1"}"#],
    );
    let mut create = CreateResponse::new();
    create.modalities = Some(vec![Modality::Text, Modality::Audio]);
    create.instructions = Some("Be brief.".into());
    create.metadata = vec![("req".into(), "7".into())];
    create.extra = Some(RawJson::new(r#"{"voice":"rex"}"#).unwrap());
    sends(
        create,
        &[
            r#"{"type":"response.create","response":{"modalities":["text","audio"],"instructions":"Be brief.","metadata":{"req":"7"},"voice":"rex"},"event_id":"rp-1"}"#,
        ],
    );
}

#[test]
fn a_response_is_cancelled_by_its_id() {
    sends_after(
        &[STARTED],
        Command::cancel_response(),
        &[r#"{"type":"response.cancel","response_id":"resp_1","event_id":"rp-1"}"#],
    );
    let named = CancelResponse::new("resp_1");
    sends_after(
        &[STARTED],
        named,
        &[r#"{"type":"response.cancel","response_id":"resp_1","event_id":"rp-1"}"#],
    );
}

#[test]
fn a_reply_is_replaced_by_cancelling_it_first() {
    let mut session = crate::after(&[STARTED]);
    let mut create = CreateResponse::new();
    create.policy = CreatePolicy::ReplaceActive;
    session.send(create.into()).unwrap();
    let cancel = r#"{"type":"response.cancel","response_id":"resp_1","event_id":"rp-2"}"#;
    assert_eq!(polled(&mut session), [cancel]);
    let done = r#"{"type":"response.done","response":{"id":"resp_1","status":"cancelled"}}"#;
    crate::hear(&mut session, done);
    let create = r#"{"type":"response.create","event_id":"rp-1"}"#;
    assert_eq!(polled(&mut session), [create]);
}

#[test]
fn commands_without_words_are_refused() {
    for (command, name) in [
        (Command::retrieve_item("item_1"), "retrieve_item"),
        (Command::ClearOutput, "clear_output"),
        (Command::approve("approval_1", true), "approve"),
        (Command::EndAudioStream, "end_audio_stream"),
        (Command::Activity(Activity::Start), "activity"),
        (Command::Ping, "ping"),
        (Command::Agent(AgentCommand::GetState), "agent"),
        (Command::image("image/png", b"png"), "send_media"),
        (Command::video_frame("image/png", b"png"), "send_media"),
    ] {
        refuses(command, &unsupported(name));
    }
}

#[test]
fn parts_of_commands_without_words_are_refused() {
    let mut steer = SendText::new("hi");
    steer.deliver = Deliver::Steer;
    refuses(steer, &unsupported("send_text.deliver"));
    let mut developer = SendText::new("hi");
    developer.role = Role::Developer;
    refuses(developer, &unsupported("send_text.role"));
    let developer = ItemDraft::message(Role::Developer, vec![DraftContent::text("hi")]);
    refuses(
        Command::create_item(developer),
        &unsupported("create_item.role"),
    );
    let mut first = CreateItem::new(ItemDraft::user_text("hi"));
    first.at = Position::Front;
    refuses(first, &unsupported("create_item.at"));
    let image = DraftContent::Image {
        url: "data:image/png;base64,".into(),
        detail: None,
    };
    let image = ItemDraft::message(Role::User, vec![image]);
    refuses(
        Command::create_item(image),
        &unsupported("create_item.content"),
    );
}

#[test]
fn what_a_response_cannot_have_is_refused_by_name() {
    type Change = fn(&mut CreateResponse<'_>);
    let refused: [(Change, &'static str); 12] = [
        (
            |create| create.out_of_band = true,
            "create_response.out_of_band",
        ),
        (
            |create| create.voice = Some("rex".into()),
            "create_response.voice",
        ),
        (
            |create| create.output_format = Some(AudioFormat::pcmu()),
            "create_response.output_format",
        ),
        (
            |create| create.tools = Some(vec![]),
            "create_response.tools",
        ),
        (
            |create| create.tool_choice = Some(ToolChoice::Auto),
            "create_response.tool_choice",
        ),
        (
            |create| create.parallel_tool_calls = Some(true),
            "create_response.parallel_tool_calls",
        ),
        (
            |create| create.temperature = Some(0.8),
            "create_response.temperature",
        ),
        (
            |create| create.max_output_tokens = Some(9.into()),
            "create_response.max_output_tokens",
        ),
        (
            |create| create.reasoning = Some("none".into()),
            "create_response.reasoning",
        ),
        (
            |create| create.prompt = Some(RawJson::new("{}").unwrap()),
            "create_response.prompt",
        ),
        (
            |create| create.input = Some(vec![InputItem::reference("item_1")]),
            "create_response.input",
        ),
        (
            |create| create.modalities = Some(vec![Modality::Video]),
            "create_response.modalities",
        ),
    ];
    for (change, name) in refused {
        let mut create = CreateResponse::new();
        change(&mut create);
        refuses(create, &unsupported(name));
    }
}

#[test]
fn a_frame_of_somebody_else_s_settles_by_its_kind_even_under_its_old_name() {
    let mut session = session();
    let commit = r#"{"type":"conversation.item.commit"}"#;
    let id = session.send(Command::raw(commit)).unwrap();
    assert_eq!(polled(&mut session), [commit]);
    let committed = r#"{"type":"input_audio_buffer.committed","item_id":"item_3"}"#;
    let told = crate::hear(&mut session, committed);
    let settled = told.iter().any(|event| {
        matches!(event, realtime_proto::Event::CommandSettled(settled) if settled.command == id)
    });
    assert!(settled, "{told:?}");
}

#[test]
fn g6_a_tool_s_output_is_an_item_and_then_the_wish_for_a_reply() {
    let call = r#"{"type":"response.function_call_arguments.done","response_id":"resp_1","item_id":"fc_1","call_id":"call_a","name":"get_weather","arguments":"{\"city\":\"Oslo\"}"}"#;
    let done = r#"{"type":"response.done","response":{"id":"resp_1","status":"completed"}}"#;
    sends_after(
        &[STARTED, call, done],
        Command::tool_output("call_a", r#"{"temp_c":4}"#),
        &[
            r#"{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_a","output":"{\"temp_c\":4}"},"event_id":"rp-1"}"#,
            r#"{"type":"response.create","event_id":"rp-2"}"#,
        ],
    );
    refuses(
        Command::tool_output("call_b", "{}"),
        &SendError::UnknownCall,
    );
}
