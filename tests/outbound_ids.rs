//! Vectors by their id: what leaves, exactly.

use core::time::Duration;
use realtime_proto::{
    AudioFormat, CancelResponse, Command, CommandSettled, Config, CreateItem, CreateResponse,
    Dialect, Event, ItemDraft, Modality, Patch, Position, RawJson, SemanticVad, SendText,
    ServerVad, Session, SessionConfig, SessionKind, SessionPatch, Settlement, Tool, Transmit,
    TurnDetection,
};

const BOTH: [Dialect; 2] = [Dialect::OpenAi, Dialect::OpenAiBeta];

/// A reply begins, with a name and without one.
const STARTED: &str = r#"{"type":"response.created","response":{"id":"resp_1"}}"#;
const STARTED_UNNAMED: &str = r#"{"type":"response.created","response":{}}"#;

/// What the server has said, if anything.
type Said = &'static [&'static str];

/// Each client event, its frame, and what the server answers it with; for append nothing. First
/// what the server says before it.
fn client_events() -> Vec<(Said, Command<'static>, &'static str, &'static str)> {
    let mut silent = SendText::new("hi");
    silent.respond = false;
    let vad = configure(|patch| patch.turn_detection.set(ServerVad::default()));
    vec![
        (
            &[],
            vad,
            r#"{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"server_vad"}}}},"event_id":"rp-1"}"#,
            r#"{"type":"session.updated","session":{"id":"sess_1"}}"#,
        ),
        (
            &[],
            Command::append_audio(&[0; 6]),
            r#"{"type":"input_audio_buffer.append","audio":"AAAAAAAA"}"#,
            "",
        ),
        (
            &[],
            Command::CommitInput,
            r#"{"type":"input_audio_buffer.commit","event_id":"rp-1"}"#,
            r#"{"type":"input_audio_buffer.committed","item_id":"item_1"}"#,
        ),
        (
            &[],
            Command::ClearInput,
            r#"{"type":"input_audio_buffer.clear","event_id":"rp-1"}"#,
            r#"{"type":"input_audio_buffer.cleared"}"#,
        ),
        (
            &[],
            Command::ClearOutput,
            r#"{"type":"output_audio_buffer.clear","event_id":"rp-1"}"#,
            r#"{"type":"output_audio_buffer.cleared","response_id":"resp_1"}"#,
        ),
        (
            &[],
            Command::from(silent),
            r#"{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]},"event_id":"rp-1"}"#,
            r#"{"type":"conversation.item.added","item":{"id":"item_1","type":"message","role":"user","content":[]}}"#,
        ),
        (
            &[],
            Command::retrieve_item("item_1"),
            r#"{"type":"conversation.item.retrieve","item_id":"item_1","event_id":"rp-1"}"#,
            r#"{"type":"conversation.item.retrieved","item":{"id":"item_1","type":"message","role":"user","content":[]}}"#,
        ),
        (
            &[],
            Command::truncate("item_1", 0, Duration::from_millis(1_500)),
            r#"{"type":"conversation.item.truncate","audio_end_ms":1500,"content_index":0,"item_id":"item_1","event_id":"rp-1"}"#,
            r#"{"type":"conversation.item.truncated","item_id":"item_1","content_index":0,"audio_end_ms":1500}"#,
        ),
        (
            &[],
            Command::delete_item("item_1"),
            r#"{"type":"conversation.item.delete","item_id":"item_1","event_id":"rp-1"}"#,
            r#"{"type":"conversation.item.deleted","item_id":"item_1"}"#,
        ),
        (
            &[],
            Command::create_response(),
            r#"{"type":"response.create","event_id":"rp-1"}"#,
            r#"{"type":"response.created","response":{"id":"resp_1","status":"in_progress"}}"#,
        ),
        (
            &[STARTED],
            CancelResponse::new("resp_1").into(),
            r#"{"type":"response.cancel","response_id":"resp_1","event_id":"rp-1"}"#,
            r#"{"type":"response.done","response":{"id":"resp_1","status":"cancelled"}}"#,
        ),
    ]
}

#[test]
fn o2_every_client_event_has_its_exact_json() {
    for (said, command, frame, _) in client_events() {
        sends_after(said, Dialect::OpenAi, command, &[frame]);
    }
    let mut config = Config::new(Dialect::OpenAiBeta);
    config.session.kind = SessionKind::Transcription;
    config.session.input_format = Some(AudioFormat::pcm16(24_000));
    assert_eq!(
        polled(&mut Session::new(config)),
        [
            r#"{"type":"transcription_session.update","session":{"input_audio_format":"pcm16"},"event_id":"rp-1"}"#
        ]
    );
}

#[test]
fn o2_the_same_frame_from_another_hand_is_answered_by_the_same_word() {
    for (said, command, frame, answer) in client_events() {
        if answer.is_empty() {
            continue;
        }
        let (mut made, mut raw) = (ready(), ready());
        hear(&mut made, said);
        hear(&mut raw, said);
        let id = made.send(command).unwrap();
        let _ = polled(&mut made);
        assert_eq!(raw.send(Command::raw(frame)), Ok(id));
        let _ = polled(&mut raw);

        let settled = settlements(&mut made, answer);

        assert_eq!(settled, [(id.to_string(), Settlement::Accepted)], "{frame}");
        assert_eq!(settlements(&mut raw, answer), settled, "{frame}");
    }
}

#[test]
fn o2_absent_optionals_are_omitted() {
    for dialect in BOTH {
        sends_after(
            &[STARTED_UNNAMED],
            dialect,
            Command::cancel_response(),
            &[r#"{"type":"response.cancel","event_id":"rp-1"}"#],
        );
        sends(
            dialect,
            CreateItem::new(ItemDraft::output("call_1", "ok")),
            &[
                r#"{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_1","output":"ok"},"event_id":"rp-1"}"#,
            ],
        );
        let tool = Tool::Function {
            name: "stop".to_owned(),
            description: None,
            parameters: None,
            blocking: None,
        };
        let kind = kind(dialect);
        sends(
            dialect,
            configure(|patch| patch.tools.set([tool])),
            &[&format!(
                r#"{{"type":"session.update","session":{{{kind}"tools":[{{"type":"function","name":"stop"}}]}},"event_id":"rp-1"}}"#
            )],
        );
    }
}

#[test]
fn o2_explicit_nulls_are_expressible() {
    sends(
        Dialect::OpenAi,
        configure(|patch| {
            patch.turn_detection = Patch::Clear;
            patch.input_transcription = Patch::Clear;
            patch.noise_reduction = Patch::Clear;
            patch.prompt = Patch::Clear;
            patch.tracing = Patch::Clear;
        }),
        &[
            r#"{"type":"session.update","session":{"type":"realtime","audio":{"input":{"noise_reduction":null,"transcription":null,"turn_detection":null}},"prompt":null,"tracing":null},"event_id":"rp-1"}"#,
        ],
    );
    sends(
        Dialect::OpenAiBeta,
        configure(|patch| {
            patch.turn_detection = Patch::Clear;
            patch.input_transcription = Patch::Clear;
            patch.noise_reduction = Patch::Clear;
        }),
        &[
            r#"{"type":"session.update","session":{"input_audio_noise_reduction":null,"input_audio_transcription":null,"turn_detection":null},"event_id":"rp-1"}"#,
        ],
    );
}

#[test]
fn a6_append_commit_cancel_create() {
    for dialect in BOTH {
        sends(
            dialect,
            Command::append_audio(&[1, 2, 3, 4, 5, 6]),
            &[r#"{"type":"input_audio_buffer.append","audio":"AQIDBAUG"}"#],
        );
        sends(
            dialect,
            Command::CommitInput,
            &[r#"{"type":"input_audio_buffer.commit","event_id":"rp-1"}"#],
        );
        sends_after(
            &[STARTED_UNNAMED],
            dialect,
            Command::cancel_response(),
            &[r#"{"type":"response.cancel","event_id":"rp-1"}"#],
        );
        sends(
            dialect,
            Command::create_response(),
            &[r#"{"type":"response.create","event_id":"rp-1"}"#],
        );
    }
}

#[test]
fn g1_each_setting_has_its_key_and_no_tools_are_no_list() {
    let mut settings = SessionConfig::default();
    settings.instructions = Some("Be brief.".to_owned());
    settings.voice = Some("sage".to_owned());
    settings.turn_detection = Some(SemanticVad::default().into());
    settings.input_format = Some(AudioFormat::pcmu());
    settings.output_format = Some(AudioFormat::pcma());
    assert!(settings.tools.is_empty());
    for (dialect, frame) in [
        (
            Dialect::OpenAi,
            r#"{"type":"session.update","session":{"type":"realtime","audio":{"input":{"format":{"type":"audio/pcmu"},"turn_detection":{"type":"semantic_vad"}},"output":{"format":{"type":"audio/pcma"},"voice":"sage"}},"instructions":"Be brief."},"event_id":"rp-1"}"#,
        ),
        (
            Dialect::OpenAiBeta,
            r#"{"type":"session.update","session":{"input_audio_format":"g711_ulaw","instructions":"Be brief.","output_audio_format":"g711_alaw","turn_detection":{"type":"semantic_vad"},"voice":"sage"},"event_id":"rp-1"}"#,
        ),
    ] {
        let mut config = Config::new(dialect);
        config.session = settings.clone();
        assert_eq!(polled(&mut Session::new(config)), [frame]);
    }
}

#[test]
fn g2_items_of_a_call_and_of_the_user() {
    for dialect in BOTH {
        sends(
            dialect,
            Command::create_item(ItemDraft::output("call_1", r#"{"ok":true}"#)),
            &[
                r#"{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_1","output":"{\"ok\":true}"},"event_id":"rp-1"}"#,
            ],
        );
        let mut front = CreateItem::new(ItemDraft::user_text("hi"));
        front.at = Position::Front;
        sends(
            dialect,
            front,
            &[
                r#"{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]},"previous_item_id":"root","event_id":"rp-1"}"#,
            ],
        );
    }
}

#[test]
fn g7_one_frame_each_and_a_text_that_wants_a_reply_is_two() {
    let item = |number: u8| {
        format!(
            r#"{{"type":"conversation.item.create","item":{{"type":"message","role":"user","content":[{{"type":"input_text","text":"hi"}}]}},"event_id":"rp-{number}"}}"#
        )
    };
    for (dialect, modalities) in BOTH.into_iter().zip(["output_modalities", "modalities"]) {
        let mut silent = SendText::new("hi");
        silent.respond = false;
        sends(dialect, silent, &[&item(1)]);
        sends(
            dialect,
            Command::text("hi"),
            &[&item(1), r#"{"type":"response.create","event_id":"rp-2"}"#],
        );
        let mut create = CreateResponse::new();
        create.modalities = Some(vec![Modality::Text]);
        sends(
            dialect,
            create,
            &[&format!(
                r#"{{"type":"response.create","response":{{"{modalities}":["text"]}},"event_id":"rp-1"}}"#
            )],
        );
        sends(
            dialect,
            Command::CommitInput,
            &[r#"{"type":"input_audio_buffer.commit","event_id":"rp-1"}"#],
        );
        sends_after(
            &[STARTED],
            dialect,
            CancelResponse::new("resp_1"),
            &[r#"{"type":"response.cancel","response_id":"resp_1","event_id":"rp-1"}"#],
        );
    }
}

#[test]
fn g8_a_tool_keeps_its_name_its_description_and_its_schema() {
    let schema = r#"{"type":"object","properties":{"city":{"type":"string","description":"Its \"name\""}},"required":["city"]}"#;
    let tool = Tool::function("weather", "Of a city.", RawJson::new(schema).unwrap());
    for dialect in BOTH {
        let kind = kind(dialect);
        sends(
            dialect,
            configure(|patch| patch.tools.set([tool.clone()])),
            &[&format!(
                r#"{{"type":"session.update","session":{{{kind}"tools":[{{"type":"function","name":"weather","description":"Of a city.","parameters":{schema}}}]}},"event_id":"rp-1"}}"#
            )],
        );
    }
}

#[test]
fn x18_turn_detection_null_absent_and_an_object_are_three_frames() {
    let detecting = |turn_detection: Patch<TurnDetection>| {
        configure(|patch| {
            patch.turn_detection = turn_detection;
            patch.voice.set("v"); // so that there is something to send at all
        })
    };
    let absent = detecting(Patch::Keep);
    let null = detecting(Patch::Clear);
    let object = detecting(Patch::Set(SemanticVad::default().into()));
    for (command, ga, beta) in [
        (absent, "", ""),
        (
            null,
            r#""input":{"turn_detection":null},"#,
            r#""turn_detection":null,"#,
        ),
        (
            object,
            r#""input":{"turn_detection":{"type":"semantic_vad"}},"#,
            r#""turn_detection":{"type":"semantic_vad"},"#,
        ),
    ] {
        let ga = format!(
            r#"{{"type":"session.update","session":{{"type":"realtime","audio":{{{ga}"output":{{"voice":"v"}}}}}},"event_id":"rp-1"}}"#
        );
        let beta = format!(
            r#"{{"type":"session.update","session":{{{beta}"voice":"v"}},"event_id":"rp-1"}}"#
        );
        sends(Dialect::OpenAi, command.clone(), &[&ga]);
        sends(Dialect::OpenAiBeta, command, &[&beta]);
    }
}

#[test]
fn x19_create_says_nothing_unless_it_overrides() {
    let mut create = CreateResponse::new();
    create.modalities = Some(vec![Modality::Text]);
    create.voice = Some("sage".into());
    create.output_format = Some(AudioFormat::pcmu());
    create.max_output_tokens = Some(100.into());
    for (dialect, overrides) in BOTH.into_iter().zip([
        r#"{"audio":{"output":{"format":{"type":"audio/pcmu"},"voice":"sage"}},"max_output_tokens":100,"output_modalities":["text"]}"#,
        r#"{"max_response_output_tokens":100,"modalities":["text"],"output_audio_format":"g711_ulaw","voice":"sage"}"#,
    ]) {
        sends(
            dialect,
            CreateResponse::new(),
            &[r#"{"type":"response.create","event_id":"rp-1"}"#],
        );
        sends(
            dialect,
            create.clone(),
            &[&format!(
                r#"{{"type":"response.create","response":{overrides},"event_id":"rp-1"}}"#
            )],
        );
    }
}

/// Asserts that the command leaves as exactly these frames.
#[track_caller]
fn sends<'a>(dialect: Dialect, command: impl Into<Command<'a>>, frames: &[&str]) {
    sends_after(&[], dialect, command, frames);
}

/// The same, once the server has said this.
#[track_caller]
fn sends_after<'a>(
    said: &[&str],
    dialect: Dialect,
    command: impl Into<Command<'a>>,
    frames: &[&str],
) {
    let mut session = greeted(dialect);
    hear(&mut session, said);
    session.send(command.into()).unwrap();
    assert_eq!(polled(&mut session), frames, "{dialect}");
}

/// Takes these frames of the server, which make nothing leave.
#[track_caller]
fn hear(session: &mut Session, frames: &[&str]) {
    for frame in frames {
        assert!(session.receive(frame).len() > 0, "{frame}");
    }
    assert_eq!(polled(session), [""; 0]);
}

fn ready() -> Session {
    greeted(Dialect::OpenAi)
}

fn greeted(dialect: Dialect) -> Session {
    let mut session = Session::new(Config::new(dialect));
    let created = r#"{"type":"session.created","session":{"id":"sess_1"}}"#;
    assert_eq!(session.receive(created).count(), 1);
    session
}

fn polled(session: &mut Session) -> Vec<String> {
    let mut frames = Vec::new();
    while let Some(Transmit::Text(text)) = session.poll_transmit() {
        frames.push(text.to_owned());
    }
    frames
}

/// The commands that a frame of the server settles.
fn settlements(session: &mut Session, frame: &str) -> Vec<(String, Settlement<'static>)> {
    let events = session.receive(frame).map(Event::into_owned);
    events
        .filter_map(|event| match event {
            Event::CommandSettled(settled) => {
                let CommandSettled {
                    command, outcome, ..
                } = *settled;
                Some((command.to_string(), outcome))
            }
            _ => None,
        })
        .collect()
}

fn configure(change: impl FnOnce(&mut SessionPatch)) -> Command<'static> {
    let mut patch = SessionPatch::default();
    change(&mut patch);
    Command::configure(patch)
}

/// What an update begins with: GA says of which kind the session is.
fn kind(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::OpenAi => r#""type":"realtime","#,
        _ => "",
    }
}
