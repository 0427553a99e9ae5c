//! OpenAI Realtime translation sessions: one stream, without turns, responses or ends.

use core::time::Duration;
use realtime_proto::{
    Activity, AudioFormat, Capabilities, Class, Close, CloseClass, Command, Config, Dialect, Event,
    InputTranscription, Lane, Patch, Phase, Plan, RawJson, SendError, Session, SessionPatch,
    Settlement, Time, TranscriptUpdate, Transmit, TransmitBuf, WaitingFor,
};

const CREATED: &str = r#"{"type":"session.created","event_id":"event_123","session":{"id":"sess_123","type":"translation","model":"gpt-realtime-translate","expires_at":1714857600,"audio":{"input":{"transcription":{"model":"gpt-realtime-whisper","language":"en"},"noise_reduction":{"type":"near_field"}},"output":{"language":"fr"}}}}"#;
const AUDIO: &str = r#"{"type":"session.output_audio.delta","event_id":"event_125","delta":"AQID","sample_rate":24000,"channels":1,"format":"pcm16","elapsed_ms":1200}"#;
const CLOSED: &str = r#"{"type":"session.closed","event_id":"event_987"}"#;

fn config() -> Config {
    Config::new(Dialect::OpenAiTranslation)
}

fn session() -> Session {
    let mut session = Session::new(config());
    hear(&mut session, CREATED);
    session
}

#[track_caller]
fn hear(session: &mut Session, frame: &str) -> Vec<Event<'static>> {
    let events: Vec<_> = session.receive(frame).map(Event::into_owned).collect();
    assert!(!events.is_empty(), "silent: {frame}");
    events
}

fn names(events: &[Event<'_>]) -> Vec<&'static str> {
    events.iter().map(Event::name).collect()
}

fn polled(session: &mut Session) -> Vec<TransmitBuf> {
    core::iter::from_fn(|| session.poll_transmit().map(Transmit::into_owned)).collect()
}

fn text(frame: &str) -> TransmitBuf {
    TransmitBuf::Text(frame.into())
}

fn end() -> TransmitBuf {
    TransmitBuf::Close {
        code: 1000,
        reason: String::new(),
    }
}

fn patch(change: impl FnOnce(&mut SessionPatch)) -> Command<'static> {
    let mut patch = SessionPatch::default();
    change(&mut patch);
    Command::configure(patch)
}

fn unsupported(command: &'static str) -> SendError {
    SendError::Unsupported {
        by: Dialect::OpenAiTranslation,
        command,
    }
}

#[track_caller]
fn refuses<'a>(command: impl Into<Command<'a>>, error: &SendError) {
    let mut session = session();
    let before = session.clone();
    assert_eq!(session.send(command.into()).as_ref(), Err(error));
    assert_eq!(session, before);
}

#[test]
fn o8_every_event_in_its_fullest_and_its_barest_form() {
    for (frame, told) in [
        (CREATED, "session_updated"),
        (r#"{"type":"session.created"}"#, "session_updated"),
        (&*CREATED.replace("created", "updated"), "session_updated"),
        (r#"{"type":"session.updated"}"#, "session_updated"),
        (AUDIO, "audio_delta"),
        (
            r#"{"type":"session.output_audio.delta","delta":""}"#,
            "audio_delta",
        ),
        (
            r#"{"event_id":"event_124","type":"session.output_transcript.delta","delta":" escuch","elapsed_ms":1200}"#,
            "text_delta",
        ),
        (
            r#"{"type":"session.output_transcript.delta","delta":"Hola"}"#,
            "text_delta",
        ),
        (
            r#"{"event_id":"event_125","type":"session.input_transcript.delta","delta":" hear","elapsed_ms":null}"#,
            "input_transcript",
        ),
        (
            r#"{"type":"session.input_transcript.delta","delta":"Hello"}"#,
            "input_transcript",
        ),
        (CLOSED, "suppressed"),
        (r#"{"type":"session.closed"}"#, "suppressed"),
        (
            r#"{"type":"error","event_id":"event_1","error":{"type":"invalid_request_error","code":"invalid_value","message":"No such language.","param":"session.audio.output.language","event_id":null}}"#,
            "error",
        ),
        (
            r#"{"type":"error","error":{"message":"invalid target language"}}"#,
            "error",
        ),
        (r#"{"type":"session.paused"}"#, "unknown"),
        (r#"{"type":"session.output_audio.delta"}"#, "malformed"),
    ] {
        assert_eq!(names(&hear(&mut session(), frame)), [told], "{frame}");
    }
}

#[test]
fn the_session_introduces_itself() {
    let mut session = Session::new(config());
    let told = hear(&mut session, CREATED);
    let [Event::Ready(ready)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(ready.session_id.as_deref(), Some("sess_123"));
    assert_eq!(ready.expires_at, Some(1_714_857_600));
    let is = session.effective_config();
    assert_eq!(is.model.as_deref(), Some("gpt-realtime-translate"));
    assert_eq!(is.noise_reduction.as_deref(), Some("near_field"));
    let model = is
        .input_transcription
        .as_ref()
        .and_then(|is| is.model.as_deref());
    assert_eq!(model, Some("gpt-realtime-whisper"));
}

#[test]
fn o8_each_delta_says_where_it_lies_in_the_user_s_audio() {
    let mut session = session();
    let told = hear(&mut session, AUDIO);
    let [Event::AudioDelta(audio)] = &told[..] else {
        panic!("{told:?}");
    };
    let at = Some(Duration::from_millis(1_200));
    assert_eq!((audio.at, audio.base64()), (at, Some("AQID")));
    assert_eq!(
        (audio.format, audio.decoded_len()),
        (AudioFormat::pcm16(24_000), 3)
    );
    assert_eq!(audio.ids.event_id.as_deref(), Some("event_125"));
    let json = serde_json::to_value(&told[0]).unwrap();
    assert_eq!(json["at_ms"], 1_200);

    let said = r#"{"type":"session.output_transcript.delta","delta":" escuch","elapsed_ms":1200}"#;
    let told = hear(&mut session, said);
    assert!(
        matches!(&told[..], [Event::TextDelta(text)]
            if text.lane == Lane::Spoken && text.delta == " escuch" && text.start == at),
        "{told:?}"
    );
    let heard = r#"{"type":"session.input_transcript.delta","delta":" hear","elapsed_ms":1200}"#;
    let told = hear(&mut session, heard);
    assert!(
        matches!(&told[..], [Event::InputTranscript(transcript)]
            if transcript.at == at
                && transcript.update == TranscriptUpdate::Delta { text: " hear".into() }),
        "{told:?}"
    );
    assert_eq!(session.counters().audio_bytes_in, 3);
}

#[test]
fn a_stream_has_no_responses_no_turns_and_no_ends() {
    let mut session = session();
    let mut told = Vec::new();
    for _ in 0..3 {
        told.extend(hear(&mut session, AUDIO));
        let said = r#"{"type":"session.output_transcript.delta","delta":"Hola "}"#;
        told.extend(hear(&mut session, said));
        let heard = r#"{"type":"session.input_transcript.delta","delta":"Hello "}"#;
        told.extend(hear(&mut session, heard));
    }
    session.disconnected(Close::lost());
    told.extend(core::iter::from_fn(|| session.poll_event()));
    let mut kinds = names(&told);
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(
        kinds,
        ["audio_delta", "closed", "input_transcript", "text_delta"]
    );
    assert_eq!(session.conversation().len(), 0);
}

#[test]
fn audio_goes_out_under_a_name_of_its_own() {
    let mut session = session();
    session.send(Command::append_audio(&[0, 1, 2, 3])).unwrap();
    let frame = r#"{"type":"session.input_audio_buffer.append","audio":"AAECAw=="}"#;
    assert!(Transmit::Text(frame).is_audio());
    assert_eq!(polled(&mut session), [text(frame)]);
}

#[test]
fn the_language_is_an_extra_and_the_rest_is_about_the_input() {
    let mut wanted = config();
    let mut transcription = InputTranscription::default();
    transcription.model = Some("gpt-realtime-whisper".into());
    wanted.session.input_transcription = Some(transcription);
    wanted.session.noise_reduction = Some("near_field".into());
    wanted.session.output_format = Some(AudioFormat::pcm16(24_000));
    let extra = RawJson::new(r#"{"audio":{"output":{"language":"es"}}}"#).unwrap();
    wanted.session.extra = Some(extra);
    let update = r#"{"type":"session.update","session":{"audio":{"input":{"noise_reduction":{"type":"near_field"},"transcription":{"model":"gpt-realtime-whisper"}},"output":{"language":"es"}}},"event_id":"rp-1"}"#;
    assert_eq!(polled(&mut Session::new(wanted)), [text(update)]);

    let mut session = session();
    let clear = patch(|patch| {
        patch.input_transcription = Patch::Clear;
        patch.noise_reduction = Patch::Clear;
    });
    session.send(clear).unwrap();
    let update = r#"{"type":"session.update","session":{"audio":{"input":{"noise_reduction":null,"transcription":null}}},"event_id":"rp-1"}"#;
    assert_eq!(polled(&mut session), [text(update)]);
    let told = hear(&mut session, &CREATED.replace("created", "updated"));
    assert_eq!(names(&told), ["session_updated", "command_settled"]);
}

#[test]
fn whatever_is_about_turns_is_refused() {
    for (command, name) in [
        (Command::text("hi"), "send_text"),
        (Command::say("hi"), "say"),
        (Command::create_response(), "create_response"),
        (Command::cancel_response(), "cancel_response"),
        (Command::interrupt(), "cancel_response"),
        (Command::CommitInput, "commit_input"),
        (Command::ClearInput, "clear_input"),
        (Command::ClearOutput, "clear_output"),
        (Command::EndAudioStream, "end_audio_stream"),
        (Command::Activity(Activity::Start), "activity"),
        (Command::delete_item("item_1"), "delete_item"),
        (Command::truncate("item_1", 0, Duration::ZERO), "truncate"),
        (Command::image("image/png", b"png"), "send_media"),
        (Command::Ping, "ping"),
    ] {
        refuses(command, &unsupported(name));
    }
}

#[test]
fn settings_without_a_key_are_refused_by_name() {
    type Change = fn(&mut SessionPatch);
    let refused: [(Change, &'static str); 10] = [
        (|p| p.voice.set("ash"), "configure.voice"),
        (
            |p| p.instructions.set("Be brief."),
            "configure.instructions",
        ),
        (|p| p.speed.set(1.5), "configure.speed"),
        (|p| p.tools.set(vec![]), "configure.tools"),
        (|p| p.temperature.set(0.8), "configure.temperature"),
        (|p| p.reasoning.set("low"), "configure.reasoning"),
        (
            |p| p.turn_detection = Patch::Clear,
            "configure.turn_detection",
        ),
        (
            |p| p.input_format.set(AudioFormat::pcmu()),
            "configure.input_format",
        ),
        (
            |p| p.output_format.set(AudioFormat::pcm16(16_000)),
            "configure.output_format",
        ),
        (
            |p| {
                let mut transcription = InputTranscription::default();
                transcription.language = Some("en".into());
                p.input_transcription.set(transcription);
            },
            "configure.input_transcription",
        ),
    ];
    for (change, name) in refused {
        refuses(patch(change), &unsupported(name));
    }
}

#[test]
fn the_end_waits_for_what_the_server_still_has() {
    let mut session = session();
    session.send(Command::append_audio(&[0, 1])).unwrap();
    polled(&mut session);
    let close = session.send(Command::Close).unwrap();
    let goodbye = r#"{"type":"session.close","event_id":"rp-2"}"#;
    assert_eq!(polled(&mut session), [text(goodbye)]);
    assert_eq!(session.phase(), Phase::Closing);
    assert_eq!(
        session.send(Command::append_audio(&[0, 1])),
        Err(SendError::Closed)
    );

    assert_eq!(names(&hear(&mut session, AUDIO)), ["audio_delta"]);
    assert_eq!(polled(&mut session), []);
    assert_eq!(names(&hear(&mut session, CLOSED)), ["suppressed"]);
    assert_eq!(polled(&mut session), [end()]);

    session.disconnected(Close::code(1000, ""));
    let told: Vec<_> = core::iter::from_fn(|| session.poll_event()).collect();
    let [Event::CommandSettled(settled), Event::Closed(closed)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(
        (settled.command, closed.class),
        (close, CloseClass::Requested)
    );
}

#[test]
fn a_server_that_says_nothing_more_is_not_waited_for_for_ever() {
    let mut session = session();
    let tell = |session: &mut Session, seconds| {
        session.handle_timeout(Time(Duration::from_secs(seconds)));
    };
    tell(&mut session, 0);
    session.send(Command::Close).unwrap();
    polled(&mut session);
    tell(&mut session, 1);
    hear(&mut session, AUDIO);
    tell(&mut session, 20);
    assert_eq!(polled(&mut session), []);
    tell(&mut session, 51);
    let told: Vec<_> = core::iter::from_fn(|| session.poll_event()).collect();
    assert!(
        matches!(&told[..], [Event::Stalled(stalled)] if stalled.waiting_for == WaitingFor::AnyFrame),
        "{told:?}"
    );
    assert_eq!(polled(&mut session), [end()]);
}

#[test]
fn before_the_server_has_said_a_word_nobody_says_goodbye() {
    let mut session = Session::new(config());
    session.send(Command::Close).unwrap();
    assert_eq!(polled(&mut session), [end()]);
}

#[test]
fn a_server_that_ends_by_itself_has_finished() {
    let mut session = session();
    hear(&mut session, CLOSED);
    assert_eq!(polled(&mut session), [end()]);
    session.disconnected(Close::lost());
    let told: Vec<_> = core::iter::from_fn(|| session.poll_event()).collect();
    let [Event::Closed(closed)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(
        (closed.class, closed.plan),
        (CloseClass::Finished, Plan::Never)
    );
}

#[test]
fn a_stream_in_which_nothing_is_said_stays_open() {
    let mut session = session();
    session.handle_timeout(Time(Duration::from_secs(1)));
    while session.poll_event().is_some() {}

    session.handle_timeout(Time(Duration::from_secs(300)));

    assert_eq!(session.poll_event(), None);
    assert_eq!(polled(&mut session), []);
    assert_eq!(session.phase(), Phase::Ready);
}

/// A session that some server of the family answers as if it were a conversation; a call is to be
/// answered.
fn called(config: Config) -> Session {
    const OF: &str = r#""response_id":"resp_1","output_index":0"#;
    const CALL: &str = r#""id":"item_1","type":"function_call","call_id":"call_1","name":"find""#;
    let mut session = Session::new(config);
    for frame in [
        CREATED,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
        &format!(
            r#"{{"type":"response.output_item.added",{OF},"item":{{{CALL},"status":"in_progress","arguments":""}}}}"#
        ),
        &format!(
            r#"{{"type":"response.output_item.done",{OF},"item":{{{CALL},"status":"completed","arguments":"{{}}"}}}}"#
        ),
        r#"{"type":"response.done","response":{"id":"resp_1","status":"completed"}}"#,
    ] {
        hear(&mut session, frame);
    }
    session
}

const OUTPUT: &str = r#"{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_1","output":"{}"}}"#;

fn rejected(events: &[Event<'_>]) -> Vec<Class> {
    let fault = |event: &Event<'_>| match event {
        Event::CommandSettled(settled) => match &settled.outcome {
            Settlement::Rejected(fault) => Some(fault.class),
            _ => None,
        },
        _ => None,
    };
    events.iter().filter_map(fault).collect()
}

#[test]
fn an_output_that_is_sent_raw_asks_for_no_reply() {
    let mut session = called(config());

    session.send(Command::raw(OUTPUT)).unwrap();

    assert_eq!(polled(&mut session), [text(OUTPUT)]);
}

/// A configuration whose host says that everything can be done that a conversation can.
fn boastful() -> Config {
    let mut config = config();
    config.capabilities = Some(Capabilities::of(Dialect::OpenAi));
    config
}

#[test]
fn a_reply_that_only_the_host_thinks_can_be_asked_for_is_rejected() {
    let mut session = called(boastful());

    session.send(Command::raw(OUTPUT)).unwrap();
    let sent = polled(&mut session);
    let events: Vec<_> = core::iter::from_fn(|| session.poll_event()).collect();

    assert_eq!(sent, [text(OUTPUT)]);
    assert_eq!(rejected(&events), [Class::Unsupported]);
}

#[test]
fn a_truncation_that_only_the_host_thinks_can_be_sent_is_rejected() {
    let mut session = Session::new(boastful());
    let audio = format!(
        r#"{{"type":"response.output_audio.delta","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":"{}"}}"#,
        "AAAA".repeat(1600)
    );
    for frame in [
        CREATED,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
        &audio,
    ] {
        session.handle_timeout(Time(Duration::from_secs(1)));
        hear(&mut session, frame);
    }
    session.handle_timeout(Time(Duration::from_millis(1050)));

    let events = hear(
        &mut session,
        r#"{"type":"input_audio_buffer.speech_started","audio_start_ms":0,"item_id":"item_2"}"#,
    );

    assert_eq!(rejected(&events), [Class::Unsupported]);
    assert_eq!(polled(&mut session), []);
}
