//! Commands as JSON: every variant, literally, both ways.

use core::time::Duration;
use realtime_proto::{
    AgentCommand, Approve, Attachment, AudioFormat, CancelResponse, Command, CreateItem,
    CreatePolicy, CreateResponse, Deliver, DraftContent, Encoding, Epoch, InputItem,
    InputTranscription, ItemBody, ItemDraft, MaxTokens, MediaTarget, Modality, Patch, Position,
    RawJson, ReportPlayback, Role, Say, Scheduling, SemanticVad, SendMedia, SendText, ServerVad,
    SessionKind, SessionPatch, Tool, ToolChoice, ToolOutput, Truncate, TurnDetection,
};

/// Asserts that the command is written as exactly this text, and read back from it.
#[track_caller]
fn both_ways(command: &Command<'_>, json: &str) {
    assert_eq!(serde_json::to_string(command).unwrap(), json);
    let read: Command<'static> = serde_json::from_str(json).unwrap();
    assert_eq!(read, *command);
    assert_eq!(read, command.clone().into_owned());
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(value["type"], command.name());
    assert_eq!(
        serde_json::from_value::<Command<'static>>(value)
            .unwrap()
            .name(),
        command.name()
    );
}

#[track_caller]
fn reads(json: &str) -> Command<'static> {
    serde_json::from_str(json).unwrap()
}

fn json(text: &str) -> RawJson {
    RawJson::new(text).unwrap()
}

#[test]
fn units() {
    both_ways(&Command::CommitInput, r#"{"type":"commit_input"}"#);
    both_ways(&Command::ClearInput, r#"{"type":"clear_input"}"#);
    both_ways(&Command::EndAudioStream, r#"{"type":"end_audio_stream"}"#);
    both_ways(&Command::ClearOutput, r#"{"type":"clear_output"}"#);
    both_ways(&Command::Ping, r#"{"type":"ping"}"#);
    both_ways(&Command::Close, r#"{"type":"close"}"#);
    both_ways(&Command::interrupt(), r#"{"type":"interrupt"}"#);
    both_ways(
        &Command::activity_start(),
        r#"{"type":"activity","edge":"start"}"#,
    );
    both_ways(
        &Command::activity_end(),
        r#"{"type":"activity","edge":"end"}"#,
    );
}

#[test]
fn audio_is_base64_whichever_form_it_had() {
    let json = r#"{"type":"append_audio","audio":"AAD//w=="}"#;
    both_ways(&Command::append_base64("AAD//w=="), json);
    let bytes = Command::append_audio(&[0, 0, 255, 255]);
    assert_eq!(serde_json::to_string(&bytes).unwrap(), json);
    assert_eq!(bytes.clone().into_owned(), bytes);
}

#[test]
fn text() {
    both_ways(&Command::text("hi"), r#"{"type":"send_text","text":"hi"}"#);

    let mut message = SendText::new("later");
    message.role = Role::System;
    message.deliver = Deliver::AfterTurn;
    message.respond = false;
    message
        .attachments
        .push(Attachment::new("image/png", &[1u8, 2, 3][..]));
    both_ways(
        &message.clone().into(),
        r#"{"type":"send_text","text":"later","role":"system","deliver":"after_turn","respond":false,"attachments":[{"mime":"image/png","data":"AQID"}]}"#,
    );

    message.attachments.clear();
    message.role = Role::Other("tool".into());
    message.deliver = Deliver::Steer;
    message.respond = true;
    both_ways(
        &message.into(),
        r#"{"type":"send_text","text":"later","role":"tool","deliver":"steer"}"#,
    );

    both_ways(&Command::say("Hello."), r#"{"type":"say","text":"Hello."}"#);
    assert_eq!(Command::say("Hello."), Say::new("Hello.").into());
}

#[test]
fn media() {
    both_ways(
        &Command::image("image/png", &[1, 2, 3]),
        r#"{"type":"send_media","mime":"image/png","data":"AQID"}"#,
    );
    both_ways(
        &Command::video_frame("image/jpeg", &[1]),
        r#"{"type":"send_media","mime":"image/jpeg","data":"AQ==","target":"stream"}"#,
    );
    let mut frame = SendMedia::new("image/jpeg", vec![1]);
    frame.target = MediaTarget::Stream;
    assert_eq!(
        Command::from(frame),
        Command::video_frame("image/jpeg", &[1])
    );
    let unpadded = r#"{"type":"send_media","mime":"image/png","data":"AQ"}"#;
    assert_eq!(reads(unpadded), Command::image("image/png", &[1]));
}

#[test]
fn items() {
    both_ways(
        &Command::create_item(ItemDraft::user_text("hi")),
        r#"{"type":"create_item","item":{"type":"message","role":"user","content":[{"type":"text","text":"hi"}]}}"#,
    );
    both_ways(
        &CreateItem::after(ItemDraft::system_text("be brief"), "item_1").into(),
        r#"{"type":"create_item","item":{"type":"message","role":"system","content":[{"type":"text","text":"be brief"}]},"at":{"type":"after","item_id":"item_1"}}"#,
    );

    let mut draft = ItemDraft::assistant_text("hello");
    draft.id = Some("item_2".into());
    draft.extra = Some(json(r#"{"phase":"commentary"}"#));
    let mut create = CreateItem::new(draft);
    create.at = Position::Front;
    both_ways(
        &create.into(),
        r#"{"type":"create_item","item":{"id":"item_2","type":"message","role":"assistant","content":[{"type":"text","text":"hello"}],"extra":{"phase":"commentary"}},"at":{"type":"front"}}"#,
    );
    both_ways(
        &Command::create_item(ItemDraft::call(
            "call_1",
            "get_weather",
            r#"{"city":"Oslo"}"#,
        )),
        r#"{"type":"create_item","item":{"type":"call","call_id":"call_1","name":"get_weather","arguments":"{\"city\":\"Oslo\"}"}}"#,
    );
    both_ways(
        &Command::create_item(ItemDraft::output("call_1", "4 degrees")),
        r#"{"type":"create_item","item":{"type":"output","call_id":"call_1","output":"4 degrees"}}"#,
    );
    both_ways(
        &Command::create_item(ItemDraft::raw(json(
            r#"{"type":"force_message","voice":null}"#,
        ))),
        r#"{"type":"create_item","item":{"type":"raw","json":{"type":"force_message","voice":null}}}"#,
    );
}

#[test]
fn parts_of_a_message() {
    let content = vec![
        DraftContent::audio("AAA="),
        DraftContent::Audio {
            audio: "AAA=".into(),
            transcript: Some("hm".into()),
        },
        DraftContent::image("data:image/png;base64,AQID"),
        DraftContent::Image {
            url: "https://a.example/b.png".into(),
            detail: Some("low".into()),
        },
        DraftContent::Raw {
            json: json(r#"{"type":"input_file","id":7}"#),
        },
    ];
    both_ways(
        &Command::create_item(ItemDraft::new(ItemBody::Message {
            role: Role::Developer,
            content,
        })),
        concat!(
            r#"{"type":"create_item","item":{"type":"message","role":"developer","content":["#,
            r#"{"type":"audio","audio":"AAA="},{"type":"audio","audio":"AAA=","transcript":"hm"},"#,
            r#"{"type":"image","url":"data:image/png;base64,AQID"},"#,
            r#"{"type":"image","url":"https://a.example/b.png","detail":"low"},"#,
            r#"{"type":"raw","json":{"type":"input_file","id":7}}]}}"#
        ),
    );
}

#[test]
fn references_to_items() {
    both_ways(
        &Command::retrieve_item("item_1"),
        r#"{"type":"retrieve_item","item_id":"item_1"}"#,
    );
    both_ways(
        &Command::delete_item("item_1"),
        r#"{"type":"delete_item","item_id":"item_1"}"#,
    );
    both_ways(
        &Command::truncate("item_1", 0, Duration::from_millis(640)),
        r#"{"type":"truncate","item_id":"item_1","content_index":0,"heard_ms":640}"#,
    );
    assert_eq!(
        reads(r#"{"type":"truncate","item_id":"item_1","heard_ms":640}"#),
        Truncate::new("item_1", 0, Duration::from_millis(640)).into()
    );
}

#[test]
fn responses() {
    both_ways(&Command::create_response(), r#"{"type":"create_response"}"#);

    let mut response = CreateResponse::new();
    response.policy = CreatePolicy::ReplaceActive;
    response.keep = true;
    response.out_of_band = true;
    response.modalities = Some(vec![Modality::Text, Modality::Audio]);
    response.instructions = Some("classify".into());
    response.voice = Some("marin".into());
    response.output_format = Some(AudioFormat::pcm16(24_000));
    response.tools = Some(vec![]);
    response.tool_choice = Some(ToolChoice::Function {
        name: "classify".into(),
    });
    response.parallel_tool_calls = Some(false);
    response.temperature = Some(0.5);
    response.max_output_tokens = Some(512.into());
    response.reasoning = Some("low".into());
    response.prompt = Some(json(r#"{"id":"pmpt_1"}"#));
    response.input = Some(vec![
        InputItem::reference("item_1"),
        ItemDraft::user_text("hi").into(),
    ]);
    response.metadata = vec![("b".into(), "2".into()), ("a".into(), "1".into())];
    response.extra = Some(json(r#"{"z":1,"a":[1.5,null,true,"\n"]}"#));
    both_ways(
        &response.into(),
        concat!(
            r#"{"type":"create_response","policy":"replace_active","keep":true,"out_of_band":true,"#,
            r#""modalities":["text","audio"],"instructions":"classify","voice":"marin","#,
            r#""output_format":{"encoding":"pcm16","rate_hz":24000,"channels":1},"tools":[],"#,
            r#""tool_choice":{"type":"function","name":"classify"},"parallel_tool_calls":false,"#,
            r#""temperature":0.5,"max_output_tokens":512,"reasoning":"low","prompt":{"id":"pmpt_1"},"#,
            r#""input":[{"type":"reference","id":"item_1"},{"type":"item","item":"#,
            r#"{"type":"message","role":"user","content":[{"type":"text","text":"hi"}]}}],"#,
            r#""metadata":{"b":"2","a":"1"},"extra":{"z":1,"a":[1.5,null,true,"\n"]}}"#
        ),
    );
}

#[test]
fn stops() {
    both_ways(&Command::cancel_response(), r#"{"type":"cancel_response"}"#);
    both_ways(
        &CancelResponse::new("resp_1").into(),
        r#"{"type":"cancel_response","response_id":"resp_1"}"#,
    );
}

#[test]
fn tools() {
    both_ways(
        &Command::tool_output("c", "o"),
        r#"{"type":"tool_output","call_id":"c","output":"o"}"#,
    );
    both_ways(
        &Command::tool_error("c", "timed out"),
        r#"{"type":"tool_output","call_id":"c","output":"timed out","is_error":true}"#,
    );
    let mut output = ToolOutput::new("c", "o");
    output.wants_reply = false;
    output.scheduling = Some(Scheduling::WhenIdle);
    output.will_continue = true;
    both_ways(
        &output.into(),
        r#"{"type":"tool_output","call_id":"c","output":"o","wants_reply":false,"scheduling":"when_idle","will_continue":true}"#,
    );
    both_ways(
        &Command::approve("mcpr_1", true),
        r#"{"type":"approve","approval_id":"mcpr_1","approve":true}"#,
    );
    let mut refusal = Approve::new("mcpr_1", false);
    refusal.reason = Some("too costly".into());
    both_ways(
        &refusal.into(),
        r#"{"type":"approve","approval_id":"mcpr_1","approve":false,"reason":"too costly"}"#,
    );
}

#[test]
fn playback() {
    both_ways(
        &Command::playback(Epoch(3), Duration::from_micros(1_234_999)).into_whole(),
        r#"{"type":"report_playback","epoch":3,"played_ms":1234}"#,
    );
}

/// What a report is once it was written: whole milliseconds.
trait IntoWhole {
    fn into_whole(self) -> Self;
}

impl IntoWhole for Command<'_> {
    fn into_whole(self) -> Self {
        match self {
            Command::ReportPlayback(report) => {
                let whole = u64::try_from(report.played.as_millis()).unwrap();
                ReportPlayback::new(report.epoch, Duration::from_millis(whole)).into()
            }
            other => other,
        }
    }
}

#[test]
fn agents() {
    let cases = [
        (AgentCommand::Compact { instructions: None }, r#""compact""#),
        (
            AgentCommand::Compact {
                instructions: Some("keep names".into()),
            },
            r#""compact","instructions":"keep names""#,
        ),
        (AgentCommand::NewSession, r#""new_session""#),
        (AgentCommand::GetMessages, r#""get_messages""#),
        (AgentCommand::ListModels, r#""list_models""#),
        (
            AgentCommand::SetModel { model: "m".into() },
            r#""set_model","model":"m""#,
        ),
        (AgentCommand::Stats, r#""stats""#),
        (AgentCommand::GetState, r#""get_state""#),
        (AgentCommand::ListTools, r#""list_tools""#),
        (
            AgentCommand::Other {
                name: "clone".into(),
                fields: None,
            },
            r#""other","name":"clone""#,
        ),
        (
            AgentCommand::Other {
                name: "bash".into(),
                fields: Some(json(r#"{"command":"ls"}"#)),
            },
            r#""other","name":"bash","fields":{"command":"ls"}"#,
        ),
    ];
    for (command, fields) in cases {
        both_ways(
            &command.into(),
            &format!(r#"{{"type":"agent","command":{fields}}}"#),
        );
    }
}

#[test]
fn raw_frames_are_embedded_where_their_spelling_survives() {
    both_ways(
        &Command::raw(r#"{"type":"response.create","z":1.5,"a":{"é":[]}}"#),
        r#"{"type":"raw","frame":{"type":"response.create","z":1.5,"a":{"é":[]}}}"#,
    );
    for text in [
        r#"{"type": "x"}"#,
        r#"{"n":1e3}"#,
        r#"{"s":"\u0041"}"#,
        "[1]",
        "{",
        "",
        "{}\n",
    ] {
        let quoted = serde_json::to_string(text).unwrap();
        both_ways(
            &Command::raw(text),
            &format!(r#"{{"type":"raw","text":{quoted}}}"#),
        );
    }
    assert_eq!(
        reads(r#"{"type":"raw","frame":{ "type" : "x" }}"#),
        Command::raw(r#"{"type":"x"}"#)
    );
    assert!(serde_json::from_str::<Command<'_>>(r#"{"type":"raw"}"#).is_err());
}

#[test]
fn absent_null_and_a_value_are_three_patches() {
    both_ways(
        &Command::configure(SessionPatch::default()),
        r#"{"type":"configure"}"#,
    );

    let mut patch = SessionPatch::default();
    patch.instructions.set("brief");
    patch.turn_detection = Patch::Clear;
    patch.noise_reduction = Patch::Clear;
    patch.metadata = Patch::Clear;
    both_ways(
        &patch.into(),
        r#"{"type":"configure","instructions":"brief","turn_detection":null,"noise_reduction":null,"metadata":null}"#,
    );
}

#[test]
fn every_setting() {
    let mut vad = ServerVad::default();
    vad.threshold = Some(0.5);
    vad.interrupt_response = Some(false);
    let mut transcription = InputTranscription::default();
    transcription.model = Some("gpt-transcribe".into());
    transcription.languages = vec!["en".into()];

    let mut patch = SessionPatch::default();
    patch.kind.set(SessionKind::Transcription);
    patch.model.set("gpt-realtime-2");
    patch.voice.set("marin");
    patch.modalities.set([Modality::Video]);
    patch.input_format.set(AudioFormat::pcmu());
    patch
        .output_format
        .set(AudioFormat::new(Encoding::Opus, 24_000, 2));
    patch.speed.set(1.25);
    patch.turn_detection.set(vad);
    patch.input_transcription.set(transcription);
    patch.tools.set(vec![
        Tool::function("f", "does f", json(r#"{"type":"object"}"#)),
        Tool::Function {
            name: "g".into(),
            description: None,
            parameters: None,
            blocking: Some(true),
        },
        Tool::Mcp(json(r#"{"server_label":"docs"}"#)),
        Tool::Builtin(json(r#"{"googleSearch":{}}"#)),
    ]);
    patch.tool_choice.set(ToolChoice::Mcp {
        server_label: "docs".into(),
        name: None,
    });
    patch.max_output_tokens.set(MaxTokens::Infinite);
    patch.truncation.set(json(r#""disabled""#));
    patch.metadata.set(vec![
        ("b".to_owned(), "2".to_owned()),
        ("a".to_owned(), "1".to_owned()),
    ]);
    patch.extra.set(json(r#"{"include":["x"]}"#));
    both_ways(
        &patch.into(),
        concat!(
            r#"{"type":"configure","kind":"transcription","model":"gpt-realtime-2","voice":"marin","#,
            r#""modalities":["video"],"#,
            r#""input_format":{"encoding":"pcmu","rate_hz":8000,"channels":1},"#,
            r#""output_format":{"encoding":"opus","rate_hz":24000,"channels":2},"speed":1.25,"#,
            r#""turn_detection":{"type":"server_vad","threshold":0.5,"interrupt_response":false},"#,
            r#""input_transcription":{"model":"gpt-transcribe","languages":["en"]},"#,
            r#""tools":[{"type":"function","name":"f","description":"does f","parameters":{"type":"object"}},"#,
            r#"{"type":"function","name":"g","blocking":true},"#,
            r#"{"type":"mcp","json":{"server_label":"docs"}},"#,
            r#"{"type":"builtin","json":{"googleSearch":{}}}],"#,
            r#""tool_choice":{"type":"mcp","server_label":"docs"},"max_output_tokens":"inf","#,
            r#""truncation":"disabled","metadata":{"b":"2","a":"1"},"extra":{"include":["x"]}}"#
        ),
    );
}

#[test]
fn turn_detections_and_tool_choices() {
    let mut semantic = SemanticVad::default();
    semantic.eagerness = Some("low".into());
    let cases: [(TurnDetection, &str); 4] = [
        (TurnDetection::Manual, r#"{"type":"manual"}"#),
        (ServerVad::default().into(), r#"{"type":"server_vad"}"#),
        (
            semantic.into(),
            r#"{"type":"semantic_vad","eagerness":"low"}"#,
        ),
        (
            TurnDetection::Other(json(r#"{"type":"azure_semantic_vad","languages":["en"]}"#)),
            r#"{"type":"other","json":{"type":"azure_semantic_vad","languages":["en"]}}"#,
        ),
    ];
    for (detection, json) in cases {
        let mut patch = SessionPatch::default();
        patch.turn_detection.set(detection);
        both_ways(
            &patch.into(),
            &format!(r#"{{"type":"configure","turn_detection":{json}}}"#),
        );
    }
    let cases = [
        (ToolChoice::Auto, r#"{"type":"auto"}"#),
        (ToolChoice::None, r#"{"type":"none"}"#),
        (ToolChoice::Required, r#"{"type":"required"}"#),
        (
            ToolChoice::Mcp {
                server_label: "docs".into(),
                name: Some("search".into()),
            },
            r#"{"type":"mcp","server_label":"docs","name":"search"}"#,
        ),
        (
            ToolChoice::Other(json("[1]")),
            r#"{"type":"other","json":[1]}"#,
        ),
    ];
    for (choice, json) in cases {
        let mut patch = SessionPatch::default();
        patch.tool_choice.set(choice);
        both_ways(
            &patch.into(),
            &format!(r#"{{"type":"configure","tool_choice":{json}}}"#),
        );
    }
}

#[test]
fn unknown_keys_are_ignored() {
    assert_eq!(reads(r#"{"x":1,"type":"ping","y":{}}"#), Command::Ping);
    assert_eq!(
        reads(r#"{"text":"hi","later":[1],"type":"send_text"}"#),
        Command::text("hi")
    );
    assert!(serde_json::from_str::<Command<'_>>(r#"{"type":"dance"}"#).is_err());
}

/// What serde buffers before it reads it: a command inside somebody's own tagged enum.
#[test]
fn commands_stand_inside_other_enums() {
    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Message {
        Do {
            command: Command<'static>,
            deadline: u32,
        },
    }

    let mut patch = SessionPatch::default();
    patch.extra.set(json(
        r#"{"z":-1,"a":{"n":0.5,"s":"\n\"é"},"e":[],"t":[true,null]}"#,
    ));
    patch.tracing = Patch::Clear;
    let message = Message::Do {
        command: patch.into(),
        deadline: 5,
    };
    let text = concat!(
        r#"{"kind":"do","command":{"type":"configure","tracing":null,"#,
        r#""extra":{"z":-1,"a":{"n":0.5,"s":"\n\"é"},"e":[],"t":[true,null]}},"deadline":5}"#
    );
    assert_eq!(serde_json::to_string(&message).unwrap(), text);
    assert_eq!(serde_json::from_str::<Message>(text).unwrap(), message);
}

#[test]
fn debug_prints_lengths_of_media_and_raw_text() {
    let audio = [7; 960];
    let commands = [
        (Command::append_audio(&audio), "AppendAudio(960 bytes)"),
        (
            Command::append_base64("AAAA"),
            "AppendAudio(4 base64 bytes)",
        ),
        (Command::image("image/png", &audio), "data: 960 bytes"),
        (Command::raw(r#"{"secret":1}"#), "Raw(12 bytes)"),
        (
            Command::create_item(ItemDraft::message(
                Role::User,
                vec![
                    DraftContent::audio("AAAA"),
                    DraftContent::image("data:image/png;base64,AQID"),
                ],
            )),
            r"[Audio { audio: 4 base64 bytes, transcript: None }, Image { url: 26 bytes, detail: None }]",
        ),
    ];
    for (command, part) in commands {
        let debug = format!("{command:?}");
        assert!(debug.contains(part), "{debug}");
        assert!(debug.len() < 300, "{debug}");
    }
    let mut message = SendText::new("look");
    message
        .attachments
        .push(Attachment::new("image/png", &audio[..]));
    assert!(
        format!("{message:?}").contains(r#"Attachment { mime: "image/png", data: 960 bytes }"#)
    );
}
