//! What the other systems decode: audio, calls, errors, what is unknown.

use crate::{call, receive, session};
use core::time::Duration;
use realtime_proto::{Command, Config, Dialect, Event, Phase, Session, Transmit, Validity};

#[test]
fn a1_audio_decodes_to_the_bytes_that_encode_to_it() {
    let mut session = session(Dialect::OpenAiBeta);
    let frame = r#"{"type":"response.audio.delta","response_id":"resp_1","delta":"/+7dzLuqmYh3ZlVEMyIRAA=="}"#;
    let Some(Event::AudioDelta(audio)) = session.receive(frame).last() else {
        panic!("audio comes last");
    };
    let mut pcm = Vec::new();
    assert_eq!(audio.decode_into(&mut pcm), Ok(16));
    assert_eq!(pcm[..4], [0xff, 0xee, 0xdd, 0xcc]);
    assert_eq!(audio.decoded_len(), 16);

    session.send(Command::append_audio(&pcm)).unwrap();

    let appended = r#"{"type":"input_audio_buffer.append","audio":"/+7dzLuqmYh3ZlVEMyIRAA=="}"#;
    assert_eq!(session.poll_transmit(), Some(Transmit::Text(appended)));
}

#[test]
fn a2_common_messages_with_their_exact_fields() {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    for (frame, event) in [
        (
            r#"{"type":"session.created","session":{"id":"sess_1","model":"gpt-realtime"}}"#,
            r#"{"type":"ready","session_id":"sess_1","model":"gpt-realtime","raw":"{\"id\":\"sess_1\",\"model\":\"gpt-realtime\"}"}"#,
        ),
        (
            r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
            r#"{"type":"response_started","response_id":"resp_1","conversation":{"type":"default"},"initiator":{"type":"server"}}"#,
        ),
        (
            r#"{"type":"response.output_text.delta","event_id":"event_1","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":"Hi"}"#,
            r#"{"type":"text_delta","event_id":"event_1","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"lane":"display","delta":"Hi"}"#,
        ),
        (
            r#"{"type":"response.function_call_arguments.done","response_id":"resp_1","item_id":"item_2","output_index":1,"call_id":"call_1","name":"f","arguments":"{\"a\":1}"}"#,
            r#"{"type":"tool_call","call_id":"call_1","name":"f","arguments":"{\"a\":1}","validity":"object","response_id":"resp_1","item_id":"item_2","output_index":1}"#,
        ),
        (
            r#"{"type":"response.done","response":{"id":"resp_1","status":"completed"}}"#,
            r#"{"type":"response_finished","response_id":"resp_1","outcome":{"type":"completed","reason":"tool_use"},"had_audio":false,"had_text":true,"calls":1,"empty":false,"raw":"{\"id\":\"resp_1\",\"status\":\"completed\"}"}"#,
        ),
    ] {
        let told = receive(&mut session, frame);
        let last = told.last().unwrap();
        assert_eq!(serde_json::to_string(last).unwrap(), event, "{frame}");
    }
}

#[test]
fn a3_speech_without_an_item() {
    let mut session = session(Dialect::OpenAi);
    let started = r#"{"type":"input_audio_buffer.speech_started","audio_start_ms":320}"#;
    let told = receive(&mut session, started);
    assert!(
        matches!(told.first(), Some(Event::SpeechStarted(speech))
            if speech.item_id.is_none() && speech.at == Some(Duration::from_millis(320))),
        "{told:?}"
    );
    let stopped = r#"{"type":"input_audio_buffer.speech_stopped","audio_end_ms":900}"#;
    let told = receive(&mut session, stopped);
    assert!(
        matches!(told.as_slice(), [Event::SpeechStopped(speech)]
            if speech.item_id.is_none() && speech.at == Some(Duration::from_millis(900))),
        "{told:?}"
    );
}

#[test]
fn a4_an_error_is_told_and_ends_nothing() {
    let mut session = session(Dialect::OpenAi);
    let frame = r#"{"type":"error","error":{"type":"invalid_request_error","code":"invalid_value","message":"No."}}"#;
    let told = receive(&mut session, frame);
    let [Event::Error(error)] = told.as_slice() else {
        panic!("one error: {told:?}");
    };
    let fields = [&error.kind, &error.code, &error.message].map(|field| field.as_deref());
    assert_eq!(
        fields,
        [
            Some("invalid_request_error"),
            Some("invalid_value"),
            Some("No.")
        ]
    );
    assert!(error.session_usable);
    assert_eq!(session.phase(), Phase::Ready);
    let created = r#"{"type":"response.created","response":{"id":"resp_1"}}"#;
    let told = receive(&mut session, created);
    assert!(
        matches!(told.as_slice(), [Event::ResponseStarted(_)]),
        "{told:?}"
    );
}

#[test]
fn a5_an_unknown_type_is_no_error() {
    let mut session = session(Dialect::OpenAi);
    let before = session.clone();
    let frame = r#"{"type":"weather.changed","event_id":"event_1","sky":"grey"}"#;
    let told = receive(&mut session, frame);
    let [Event::Unknown(unknown)] = told.as_slice() else {
        panic!("it is unknown: {told:?}");
    };
    assert_eq!(
        (unknown.kind.as_deref(), &*unknown.raw),
        (Some("weather.changed"), frame)
    );
    assert!(session == before);
    assert_eq!(session.counters().unknown, 1);
}

#[test]
fn g3_both_names_of_audio_give_the_same_audio() {
    let audio = |name: &str| {
        let mut session = session(Dialect::OpenAi);
        let frame = format!(r#"{{"type":"{name}","item_id":"item_1","delta":"AAEC"}}"#);
        let Some(Event::AudioDelta(audio)) = receive(&mut session, &frame).pop() else {
            panic!("audio comes last");
        };
        audio
    };
    let (beta, ga) = (
        audio("response.audio.delta"),
        audio("response.output_audio.delta"),
    );
    assert_eq!(beta, ga);
    assert_eq!((ga.base64(), ga.decoded_len()), (Some("AAEC"), 3));
}

#[test]
fn g4_finished_arguments_name_call_function_and_arguments() {
    let call = call(r#""call_id":"call_1","name":"get_tide","arguments":"{\"port\":\"Bergen\"}""#);
    assert_eq!(call.call_id, "call_1");
    assert_eq!(call.name.as_deref(), Some("get_tide"));
    assert_eq!(call.arguments, r#"{"port":"Bergen"}"#);
}

#[test]
fn g5_arguments_are_kept_as_written_whatever_they_are() {
    for (written, validity) in [
        (r#"{"a":[1,{"b":null}]}"#, Validity::Object),
        (" {} \n", Validity::Object),
        ("", Validity::Empty),
        (" \t", Validity::Empty),
        ("null", Validity::NotObject),
        ("[{}]", Validity::NotObject),
        ("7", Validity::NotObject),
        (r#""{}""#, Validity::NotObject),
        (r#"{"a":1"#, Validity::Malformed),
        (r#"{"a":1}}"#, Validity::Malformed),
        ("{'a':1}", Validity::Malformed),
        ("\u{a0}{}", Validity::Malformed),
        ("get the tide", Validity::Malformed),
    ] {
        let arguments = serde_json::to_string(written).unwrap();
        let call = call(&format!(r#""call_id":"call_1","arguments":{arguments}"#));
        assert_eq!(call.arguments, written);
        assert_eq!(call.validity, validity, "{written:?}");
    }
    let deep = format!("{}{}", "[".repeat(400), "]".repeat(400));
    let nested = call(&format!(r#""call_id":"call_1","arguments":"{deep}""#));
    assert_eq!(nested.validity, Validity::NotObject);
    let object = call(r#""call_id":"call_1","arguments":{"a":1}"#);
    assert_eq!(
        object.arguments, r#"{"a":1}"#,
        "an object in place of its text"
    );
}
