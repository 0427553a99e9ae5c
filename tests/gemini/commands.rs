//! What each command sends, byte for byte, and which are refused.

use crate::support::{
    AUDIO, CUT, OVER, frame_of, gemini, manual, opened, polled, sent, told, vertex,
};
use core::time::Duration;
use realtime_proto::{
    Activity, AudioFormat, Capabilities, Close, Command, Config, CreateItem, CreateResponse,
    Deliver, Dialect, DraftContent, Event, Initiator, ItemDraft, Modality, RawJson, ResponseState,
    Role, SendError, SendText, Session, Settlement, Transmit,
};

#[test]
fn audio_is_live_input_with_its_rate() {
    let mut session = gemini();
    let frame = frame_of(&mut session, Command::append_audio(&[0, 1, 2, 3]));
    let wanted =
        r#"{"realtimeInput":{"audio":{"data":"AAECAw==","mimeType":"audio/pcm;rate=16000"}}}"#;
    assert_eq!(frame, wanted);
    assert!(Transmit::Text(&frame).is_audio());
}

#[test]
fn audio_of_another_rate_says_so() {
    for rate in [8_000, 24_000, 44_100, 48_000] {
        let mut config = Config::new(Dialect::Gemini);
        config.session.input_format = Some(AudioFormat::pcm16(rate));
        let frame = frame_of(&mut opened(config), Command::append_base64("AAAA"));
        let wanted = format!(
            r#"{{"realtimeInput":{{"audio":{{"data":"AAAA","mimeType":"audio/pcm;rate={rate}"}}}}}}"#
        );
        assert_eq!(frame, wanted);
    }
}

#[test]
fn a17_forty_milliseconds_are_1280_bytes() {
    let mut session = gemini();
    session.send(Command::append_audio(&[0; 1280])).unwrap();
    assert_eq!(session.audio_backlog(), Duration::from_millis(40));
}

#[test]
fn the_end_of_the_stream_is_told_only_where_the_server_detects_activity() {
    let mut session = gemini();
    session.send(Command::append_audio(&[0; 2])).unwrap();
    session.send(Command::EndAudioStream).unwrap();
    let frames = sent(&mut session);
    let wanted = r#"{"realtimeInput":{"audioStreamEnd":true}}"#;
    assert_eq!(frames.last().map(String::as_str), Some(wanted));
    refused(&mut manual(), Command::EndAudioStream, "end_audio_stream");
}

#[test]
fn a15_activity_is_marked_only_where_the_caller_detects_it() {
    let mut session = manual();
    let start = frame_of(&mut session, Command::Activity(Activity::Start));
    let end = frame_of(&mut session, Command::Activity(Activity::End));
    assert_eq!(start, r#"{"realtimeInput":{"activityStart":{}}}"#);
    assert_eq!(end, r#"{"realtimeInput":{"activityEnd":{}}}"#);
    for edge in [Activity::Start, Activity::End] {
        refused(&mut gemini(), Command::Activity(edge), "activity");
    }
}

#[test]
fn a15_one_barge_in_is_one_start_and_the_end_arms_it_again() {
    let mut session = manual();
    for _ in 0..2 {
        frame_of(&mut session, Command::Activity(Activity::Start));
        session.send(Command::Activity(Activity::Start)).unwrap();
        session.send(Command::cancel_response()).unwrap();
        session.send(Command::interrupt()).unwrap();
        assert_eq!(sent(&mut session), [""; 0]);
        frame_of(&mut session, Command::Activity(Activity::End));
        session.send(Command::Activity(Activity::End)).unwrap();
        assert_eq!(sent(&mut session), [""; 0]);
    }
}

#[test]
fn activity_is_a_turn_of_the_users() {
    let mut session = manual();
    session.send(Command::Activity(Activity::Start)).unwrap();
    session.send(Command::append_audio(&[0; 320])).unwrap();
    session.send(Command::Activity(Activity::End)).unwrap();
    let kinds: Vec<_> = sent(&mut session)
        .iter()
        .map(|frame| frame.chars().skip(19).take(11).collect::<String>())
        .collect();
    assert_eq!(kinds, ["activitySta", "audio\":{\"da", "activityEnd"]);
    assert_eq!(session.response(), ResponseState::ServerOwes);
    let wanted = [
        "turn i1 began",
        "turn i1 committed",
        "rp-2 sent",
        "rp-4 sent",
    ];
    assert_eq!(polled(&mut session), wanted);
}

#[test]
fn a_commit_is_the_end_of_activity() {
    let mut session = manual();
    frame_of(&mut session, Command::Activity(Activity::Start));
    let frame = frame_of(&mut session, Command::CommitInput);
    assert_eq!(frame, r#"{"realtimeInput":{"activityEnd":{}}}"#);
    refused(&mut gemini(), Command::CommitInput, "commit_input");
}

#[test]
fn a15_a_cancel_is_the_start_of_activity_or_nothing_at_all() {
    let mut session = manual();
    told(&mut session, &[AUDIO]);
    let frame = frame_of(&mut session, Command::cancel_response());
    assert_eq!(frame, r#"{"realtimeInput":{"activityStart":{}}}"#);
    assert_eq!(polled(&mut session), ["rp-2 sent"]);
    session.send(Command::cancel_response()).unwrap();
    assert_eq!(polled(&mut session), ["rp-3 superseded"]);

    let mut session = gemini();
    told(&mut session, &[AUDIO]);
    refused(&mut session, Command::cancel_response(), "cancel_response");
}

#[test]
fn an_interruption_is_made_of_what_is_handed_out() {
    let mut session = gemini();
    told(&mut session, &[AUDIO]);
    session.send(Command::interrupt()).unwrap();
    assert_eq!(sent(&mut session), [""; 0]);
    assert_eq!(polled(&mut session), ["cut r1", "flush 1", "rp-2 accepted"]);
    let told = told(&mut session, &[AUDIO, OVER, AUDIO]);
    let wanted = [
        "suppressed staleepoch",
        "item i1 done",
        "reply r1 end_turn",
        "reply r2 began",
        "item i2 began",
        "audio i2 epoch 1",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn an_interruption_marks_activity_where_that_is_the_callers() {
    let mut session = manual();
    told(&mut session, &[AUDIO]);
    let frame = frame_of(&mut session, Command::interrupt());
    assert_eq!(frame, r#"{"realtimeInput":{"activityStart":{}}}"#);
    assert_eq!(polled(&mut session), ["cut r1", "flush 1", "rp-2 sent"]);
    let told = told(&mut session, &[CUT, OVER]);
    let wanted = [
        "suppressed redundant",
        "item i1 done",
        "reply r1 cut by user_speech",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn a18_a_text_is_a_turn_that_wants_a_reply() {
    let mut session = gemini();
    session.send(Command::text("Say \"hi\"")).unwrap();
    let turn = [
        "item i1 began",
        "turn i1 began",
        "turn i1 committed",
        "item i1 done",
    ];
    assert_eq!(polled(&mut session), turn);
    let wanted = r#"{"clientContent":{"turns":[{"role":"user","parts":[{"text":"Say \"hi\""}]}],"turnComplete":true}}"#;
    assert_eq!(sent(&mut session), [wanted]);
    assert_eq!(polled(&mut session), ["rp-2 sent"]);
    assert_eq!(session.response(), ResponseState::Requested);
}

#[test]
fn a_reply_to_a_text_names_the_command() {
    let mut session = gemini();
    frame_of(&mut session, Command::text("Hi"));
    polled(&mut session);
    let initiators: Vec<_> = session
        .receive(AUDIO)
        .filter_map(|event| match event {
            Event::ResponseStarted(started) => Some(started.initiator),
            _ => None,
        })
        .collect();
    assert!(
        matches!(&*initiators, [Initiator::Command(id)] if id.to_string() == "rp-2"),
        "{initiators:?}"
    );
}

#[test]
fn a_text_during_a_reply_is_answered_after_it() {
    let mut session = gemini();
    told(&mut session, &[AUDIO]);
    frame_of(&mut session, Command::text("Wait"));
    assert_eq!(session.response(), ResponseState::Responding);
    told(&mut session, &[CUT, OVER]);
    assert_eq!(session.response(), ResponseState::Requested);
    told(&mut session, &[AUDIO, OVER]);
    assert_eq!(session.response(), ResponseState::Idle);
}

#[test]
fn a18_a_text_that_wants_no_reply_leaves_its_turn_open() {
    let mut text = SendText::new("The user opened the settings.");
    text.respond = false;
    text.role = Role::System;
    let frame = frame_of(&mut gemini(), text.into());
    let wanted = r#"{"clientContent":{"turns":[{"role":"user","parts":[{"text":"The user opened the settings."}]}],"turnComplete":false}}"#;
    assert_eq!(frame, wanted);
}

#[test]
fn a_text_can_neither_wait_nor_steer() {
    for deliver in [Deliver::AfterTurn, Deliver::Steer] {
        let mut text = SendText::new("Hi");
        text.deliver = deliver;
        refused(&mut gemini(), text.into(), "send_text.deliver");
    }
}

fn live() -> Session {
    let mut config = Config::new(Dialect::Gemini);
    let mut capabilities = Capabilities::of(config.dialect);
    capabilities.live_text = true;
    config.capabilities = Some(capabilities);
    opened(config)
}

#[test]
fn some_models_take_texts_as_live_input() {
    let frame = frame_of(&mut live(), Command::text("Hello"));
    assert_eq!(frame, r#"{"realtimeInput":{"text":"Hello"}}"#);
    let mut text = SendText::new("Hello");
    text.respond = false;
    refused(&mut live(), text.into(), "send_text.respond");
    refused(&mut live(), Command::create_response(), "create_response");
}

#[test]
fn a_response_is_asked_for_by_a_turn_that_is_complete() {
    let mut session = gemini();
    let frame = frame_of(&mut session, Command::create_response());
    assert_eq!(frame, r#"{"clientContent":{"turnComplete":true}}"#);
    let mut create = CreateResponse::new();
    create.modalities = Some(vec![Modality::Text]);
    refused(&mut gemini(), create.into(), "create_response");
    let mut create = CreateResponse::new();
    create.out_of_band = true;
    refused(&mut gemini(), create.into(), "create_response");
}

#[test]
fn a18_history_is_turns_of_the_user_and_the_model() {
    let cases = [
        (ItemDraft::user_text("Hi"), "user", r#"{"text":"Hi"}"#),
        (
            ItemDraft::assistant_text("Hello"),
            "model",
            r#"{"text":"Hello"}"#,
        ),
        (
            ItemDraft::system_text("Be kind"),
            "user",
            r#"{"text":"Be kind"}"#,
        ),
        (
            ItemDraft::message(
                Role::User,
                vec![
                    DraftContent::text("Listen"),
                    DraftContent::audio("AAAA"),
                    DraftContent::image("data:image/png;base64,iVBO"),
                ],
            ),
            "user",
            r#"{"text":"Listen"},{"inlineData":{"mimeType":"audio/pcm;rate=16000","data":"AAAA"}},{"inlineData":{"mimeType":"image/png","data":"iVBO"}}"#,
        ),
    ];
    for (item, role, parts) in cases {
        let frame = frame_of(&mut gemini(), Command::create_item(item));
        let wanted = format!(
            r#"{{"clientContent":{{"turns":[{{"role":"{role}","parts":[{parts}]}}],"turnComplete":false}}}}"#
        );
        assert_eq!(frame, wanted);
    }
}

#[test]
fn history_in_the_providers_words_goes_as_it_is() {
    let turn = r#"{"role":"model","parts":[{"text":"Hi"}]}"#;
    let item = ItemDraft::raw(RawJson::new(turn).unwrap());
    let frame = frame_of(&mut gemini(), Command::create_item(item));
    let wanted = format!(r#"{{"clientContent":{{"turns":[{turn}],"turnComplete":false}}}}"#);
    assert_eq!(frame, wanted);
}

// pipecat-ai/pipecat#4926: the server closes at function parts in a seed
#[test]
fn what_history_cannot_hold_is_refused() {
    let mut named = ItemDraft::user_text("Hi");
    named.id = Some("item_1".into());
    let elsewhere = DraftContent::image("https://example.com/a.png");
    let cases = [
        (
            Command::create_item(ItemDraft::call("fc-1", "f", "{}")),
            "create_item",
        ),
        (
            Command::create_item(ItemDraft::output("fc-1", "{}")),
            "create_item",
        ),
        (Command::create_item(named), "create_item.id"),
        (
            Command::create_item(ItemDraft::message(Role::User, vec![elsewhere])),
            "create_item.content",
        ),
        (
            CreateItem::after(ItemDraft::user_text("Hi"), "item_1").into(),
            "create_item.at",
        ),
    ];
    for (command, name) in cases {
        refused(&mut gemini(), command, name);
    }
}

#[test]
fn a_picture_of_the_camera_is_live_input_and_never_settles() {
    let mut session = gemini();
    let frame = frame_of(&mut session, Command::video_frame("image/jpeg", &[1, 2, 3]));
    let wanted = r#"{"realtimeInput":{"video":{"data":"AQID","mimeType":"image/jpeg"}}}"#;
    assert_eq!((frame.as_str(), polled(&mut session).len()), (wanted, 0));
    refused(
        &mut session,
        Command::video_frame("video/mp4", &[1]),
        "send_media",
    );
}

#[test]
fn a_picture_by_itself_is_a_turn_that_is_not_complete() {
    let frame = frame_of(&mut gemini(), Command::image("image/png", &[1, 2, 3]));
    let wanted = r#"{"clientContent":{"turns":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"AQID"}}]}],"turnComplete":false}}"#;
    assert_eq!(frame, wanted);
}

#[test]
fn what_the_protocol_has_no_words_for_is_refused_by_name() {
    let commands = [
        (Command::ClearInput, "clear_input"),
        (Command::ClearOutput, "clear_output"),
        (Command::Ping, "ping"),
        (Command::say("Hi"), "say"),
        (Command::delete_item("local_item_1"), "delete_item"),
        (
            Command::truncate("local_item_1", 0, Duration::ZERO),
            "truncate",
        ),
    ];
    for (command, name) in commands {
        for mut session in [gemini(), vertex(), manual()] {
            told(&mut session, &[AUDIO]);
            refused(&mut session, command.clone(), name);
        }
    }
}

#[test]
fn a_command_that_never_left_is_unknown_at_the_end() {
    let mut session = gemini();
    session.send(Command::text("Hi")).unwrap();
    session
        .send(Command::raw(r#"{"realtimeInput":{}}"#))
        .unwrap();
    session.disconnected(Close::lost());
    let settled: Vec<_> = core::iter::from_fn(|| session.poll_event())
        .filter_map(|event| match event {
            Event::CommandSettled(settled) => Some(settled.outcome),
            _ => None,
        })
        .collect();
    assert_eq!(settled, [Settlement::Unknown, Settlement::Unknown]);
}

/// Refused by name, and the session is what it was.
#[track_caller]
fn refused(session: &mut Session, command: Command<'_>, name: &str) {
    let before = session.clone();
    match session.send(command) {
        Err(SendError::Unsupported { command, .. }) => assert_eq!(command, name),
        other => panic!("{name}: {other:?}"),
    }
    assert_eq!(*session, before, "{name}");
}
