//! `Debug` prints lengths for media and raw frames, counts for a session, and content for neither.

use crate::samples::commands;
use core::fmt::Debug;
use realtime_proto::{
    Attachment, Close, Command, Config, Dialect, DraftContent, Event, ItemDraft, Role, SendMedia,
    SendText, Session, Transmit,
};

/// Stands in every payload, and in no length.
const SECRET: &str = "hunter2";

#[test]
fn commands_print_how_much_media_they_carry() {
    let mut text = SendText::new("Look.");
    text.attachments = vec![Attachment::new("image/png", SECRET.as_bytes())];
    let audio = DraftContent::audio(SECRET);
    let image = DraftContent::image(format!("data:image/png;base64,{SECRET}"));
    for command in [
        Command::append_audio(SECRET.as_bytes()),
        Command::append_base64(SECRET),
        Command::raw(SECRET),
        Command::from(SendMedia::new("image/png", SECRET.as_bytes())),
        Command::from(text),
        Command::create_item(ItemDraft::message(Role::User, vec![audio, image])),
    ] {
        let printed = hidden(&command);
        assert!(printed.contains("bytes"), "{printed}");
    }
    assert_eq!(
        hidden(&Command::append_audio(SECRET.as_bytes())),
        "AppendAudio(AppendAudio(7 bytes))"
    );
}

#[test]
fn frames_print_their_length() {
    assert_eq!(hidden(&Transmit::Text(SECRET)), "Text(7 bytes)");
    assert_eq!(
        hidden(&Transmit::Binary(SECRET.as_bytes())),
        "Binary(7 bytes)"
    );
    assert_eq!(
        hidden(&Transmit::Text(SECRET).into_owned()),
        "Text(7 bytes)"
    );
    let mut session = session();
    let frame = format!(r#"{{"type":"{SECRET}"}}"#);
    let events = session.receive(&frame);
    hidden(&events.frame());
    hidden(&events);
}

#[test]
fn a_session_prints_counts() {
    let mut session = session();
    session.send(Command::append_audio(&[0; 48])).unwrap();
    session.send(Command::text(SECRET)).unwrap();
    session
        .send(Command::append_base64(&"A".repeat(4_000)))
        .unwrap();
    let added = format!(
        r#"{{"type":"conversation.item.added","item":{{"id":"item_1","type":"message","role":"user","content":[{{"type":"input_text","text":"{SECRET}"}}]}}}}"#
    );
    let _ = session.receive(&added);

    let printed = hidden(&session);

    assert!(printed.contains("Ready"), "{printed}");
    assert!(printed.len() < 1_000, "{printed}");
    session.disconnected(Close::lost());
    hidden(&session);
}

#[test]
fn events_print_neither_media_nor_raw_frames() {
    let audio = r#"{"type":"response.output_audio.delta","response_id":"r","item_id":"i","delta":"aHVudGVyMg=="}"#;
    let retrieved = r#"{"type":"conversation.item.retrieved","item":{"id":"i","type":"message","role":"user","content":[{"type":"input_audio","audio":"aHVudGVyMg=="},{"type":"input_image","image_url":"data:image/png;base64,aHVudGVyMg=="},{"type":"new","x":"hunter2"}]}}"#;
    for frame in [
        audio,
        retrieved,
        r#"{"type":"session.created","session":{"id":"s","x":"hunter2"}}"#,
        r#"{"type":"session.updated","session":{"id":"s","x":"hunter2"}}"#,
        r#"{"type":"error","error":{"code":"c","x":"hunter2"}}"#,
        r#"{"type":"response.done","response":{"id":"r","status":"completed","x":"hunter2"}}"#,
        r#"{"type":"brand.new","x":"hunter2"}"#,
        r#"["hunter2"]"#,
        r#"{"type":"response.output_text.delta","x":"hunter2"}"#,
    ] {
        let mut session = session();
        let events: Vec<Event<'_>> = session.receive(frame).collect();
        assert!(!events.is_empty());
        for event in events {
            let printed = hidden(&event);
            assert!(!printed.contains("aHVudGVyMg"), "{printed}");
        }
    }
}

#[test]
fn errors_print_nothing_of_what_was_refused() {
    let long = format!("{}!", SECRET.repeat(1_000));
    for command in commands() {
        let mut session = Session::new(Config::new(Dialect::GeminiVertex));
        if let Err(error) = session.send(command) {
            hidden(&error);
        }
    }
    let mut session = session();
    for command in [
        Command::raw(&long),
        Command::append_base64(&long),
        Command::tool_output(SECRET, SECRET),
        Command::say(SECRET),
    ] {
        let error = session.send(command).unwrap_err();
        hidden(&error);
        hidden(&error.to_string());
    }
}

fn session() -> Session {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    let created = r#"{"type":"session.created","session":{"id":"sess_1"}}"#;
    assert_eq!(session.receive(created).count(), 1);
    session
}

/// What is printed, after a look whether it tells the secret, as text or as numbers.
#[track_caller]
fn hidden(value: &impl Debug) -> String {
    let printed = format!("{value:?}");
    let pretty = format!("{value:#?}");
    for told in [&printed, &pretty] {
        assert!(!told.contains(SECRET), "{told}");
        assert!(!told.contains("104, 117"), "{told}");
    }
    printed
}
