//! What a dialect has no words for: the error names it, and the session is as it was.

use crate::support::{BOTH, refuses, unsupported};
use realtime_proto::{
    Activity, AgentCommand, Attachment, Command, Config, CreateResponse, Deliver, Dialect,
    DraftContent, ItemDraft, Patch, RawJson, Role, Say, SendError, SendMedia, SendText, ServerVad,
    SessionKind, SessionPatch, ToolOutput,
};

/// Settings and the dialects that have no key, or no value, for them.
const SETTINGS: &[(&[Dialect], &str, &str)] = &[
    (GA, r#"{"temperature":0.8}"#, "configure.temperature"),
    (GA, r#"{"temperature":null}"#, "configure.temperature"),
    (ALL, r#"{"metadata":{"a":"1"}}"#, "configure.metadata"),
    (ALL, r#"{"metadata":null}"#, "configure.metadata"),
    (ALL, r#"{"modalities":["video"]}"#, "configure.modalities"),
    (ALL, OPUS_IN, "configure.input_format"),
    (ALL, OPUS_OUT, "configure.output_format"),
    (ALL, STEREO, "configure.input_format"),
    (ALL, WIDE_ULAW, "configure.output_format"),
    (BETA, NARROW_PCM, "configure.input_format"),
    (
        BETA,
        r#"{"parallel_tool_calls":true}"#,
        "configure.parallel_tool_calls",
    ),
    (BETA, r#"{"reasoning":"low"}"#, "configure.reasoning"),
    (BETA, r#"{"truncation":"auto"}"#, "configure.truncation"),
    (BETA, r#"{"prompt":null}"#, "configure.prompt"),
    (
        BETA,
        r#"{"tools":[{"type":"mcp","json":{}}]}"#,
        "configure.tools",
    ),
    (
        BETA,
        r#"{"tool_choice":{"type":"mcp","server_label":"docs"}}"#,
        "configure.tool_choice",
    ),
    (
        BETA,
        r#"{"turn_detection":{"type":"server_vad","idle_timeout_ms":5000}}"#,
        "configure.turn_detection.idle_timeout_ms",
    ),
    (
        BETA,
        r#"{"input_transcription":{"delay":"low"}}"#,
        "configure.input_transcription.delay",
    ),
    (
        BETA,
        r#"{"input_transcription":{"keywords":["x"]}}"#,
        "configure.input_transcription.keywords",
    ),
    (
        BETA,
        r#"{"input_transcription":{"languages":["de"]}}"#,
        "configure.input_transcription.languages",
    ),
];

const ALL: &[Dialect] = &BOTH;
const GA: &[Dialect] = &[Dialect::OpenAi];
const BETA: &[Dialect] = &[Dialect::OpenAiBeta];
const OPUS_IN: &str = r#"{"input_format":{"encoding":"opus","rate_hz":24000}}"#;
const OPUS_OUT: &str = r#"{"output_format":{"encoding":"other","rate_hz":24000}}"#;
const STEREO: &str = r#"{"input_format":{"encoding":"pcm16","rate_hz":24000,"channels":2}}"#;
const WIDE_ULAW: &str = r#"{"output_format":{"encoding":"pcmu","rate_hz":16000}}"#;
const NARROW_PCM: &str = r#"{"input_format":{"encoding":"pcm16","rate_hz":16000}}"#;

#[test]
fn settings() {
    for (dialects, patch, name) in SETTINGS {
        for dialect in *dialects {
            let patch: SessionPatch = serde_json::from_str(patch).unwrap();
            refuses(&Config::new(*dialect), patch, &unsupported(*dialect, name));
        }
    }
}

#[test]
fn overrides() {
    let table: &[(&[Dialect], &str, &str)] = &[
        (GA, r#"{"temperature":0.8}"#, "create_response.temperature"),
        (
            BETA,
            r#"{"parallel_tool_calls":true}"#,
            "create_response.parallel_tool_calls",
        ),
        (BETA, r#"{"reasoning":"low"}"#, "create_response.reasoning"),
        (BETA, r#"{"prompt":{"id":"p"}}"#, "create_response.prompt"),
        (
            BETA,
            r#"{"tools":[{"type":"mcp","json":{}}]}"#,
            "create_response.tools",
        ),
        (
            BETA,
            r#"{"tool_choice":{"type":"mcp","server_label":"docs"}}"#,
            "create_response.tool_choice",
        ),
        (ALL, OPUS_OUT, "create_response.output_format"),
        (
            ALL,
            r#"{"modalities":["audio","video"]}"#,
            "create_response.modalities",
        ),
        (ALL, ASSISTANT_AUDIO, "create_response.input"),
    ];
    for (dialects, create, name) in table {
        for dialect in *dialects {
            let create: CreateResponse<'_> = serde_json::from_str(create).unwrap();
            refuses(&Config::new(*dialect), create, &unsupported(*dialect, name));
        }
    }
}

const ASSISTANT_AUDIO: &str = r#"{"input":[{"type":"item","item":{"type":"message","role":"assistant","content":[{"type":"audio","audio":"AAAA"}]}}]}"#;

#[test]
fn media_that_are_not_the_users() {
    for dialect in BOTH {
        let error = unsupported(dialect, "create_item.content");
        for role in [Role::Assistant, Role::System] {
            for part in [
                DraftContent::audio("AAAA"),
                DraftContent::image("https://example.com/a.png"),
            ] {
                let item = ItemDraft::message(role.clone(), vec![part]);
                refuses(&Config::new(dialect), Command::create_item(item), &error);
            }
        }
    }
}

#[test]
fn images_in_the_beta() {
    let beta = Config::new(Dialect::OpenAiBeta);
    let image = DraftContent::image("https://example.com/a.png");
    let mut text = SendText::new("Look.");
    text.attachments = vec![Attachment::new("image/png", &[1u8][..])];

    refuses(
        &beta,
        Command::create_item(ItemDraft::message(Role::User, vec![image])),
        &unsupported(beta.dialect, "create_item.content"),
    );
    refuses(
        &beta,
        text,
        &unsupported(beta.dialect, "send_text.attachments"),
    );
    refuses(
        &beta,
        Command::image("image/png", &[1]),
        &unsupported(beta.dialect, "send_media"),
    );
}

#[test]
fn files_and_streams_of_video() {
    for dialect in BOTH {
        let config = Config::new(dialect);
        let mut text = SendText::new("Read.");
        text.attachments = vec![Attachment::new("application/pdf", &[1u8][..])];
        refuses(
            &config,
            text,
            &unsupported(dialect, "send_text.attachments"),
        );
        for media in [
            SendMedia::frame("image/jpeg", &[1u8][..]),
            SendMedia::new("video/mp4", &[1u8][..]),
        ] {
            refuses(&config, media, &unsupported(dialect, "send_media"));
        }
    }
}

#[test]
fn steering_and_outputs_in_parts() {
    for dialect in BOTH {
        let mut steer = SendText::new("Faster.");
        steer.deliver = Deliver::Steer;
        refuses(
            &Config::new(dialect),
            steer,
            &unsupported(dialect, "send_text.deliver"),
        );
        let mut config = Config::new(dialect);
        config.policy.passive = true; // so that any call may be answered
        let mut part = ToolOutput::new("call_1", "one");
        part.will_continue = true;
        refuses(
            &config,
            part,
            &unsupported(dialect, "tool_output.will_continue"),
        );
    }
}

#[test]
fn approvals_in_the_beta() {
    let beta = Config::new(Dialect::OpenAiBeta);
    let error = unsupported(beta.dialect, "approve");
    refuses(&beta, Command::approve("mcpr_1", true), &error);
}

#[test]
fn commands_of_other_protocols() {
    for dialect in BOTH {
        for command in [
            Command::EndAudioStream,
            Command::from(Activity::Start),
            Command::from(Activity::End),
            Command::from(Say::new("Hello.")),
            Command::Ping,
            Command::from(AgentCommand::Compact { instructions: None }),
        ] {
            let error = unsupported(dialect, command.name());
            refuses(&Config::new(dialect), command, &error);
        }
    }
}

#[test]
fn numbers_that_are_none() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut speed = SessionPatch::default();
        speed.speed.set(number);
        let mut temperature = SessionPatch::default();
        temperature.temperature.set(number);
        let mut vad = ServerVad::default();
        vad.threshold = Some(number);
        let mut detection = SessionPatch::default();
        detection.turn_detection.set(vad);
        let mut create = CreateResponse::new();
        create.temperature = Some(number);
        for dialect in BOTH {
            let config = Config::new(dialect);
            let invalid = |field| SendError::Invalid { field };
            refuses(&config, speed.clone(), &invalid("speed"));
            refuses(&config, temperature.clone(), &invalid("temperature"));
            refuses(&config, detection.clone(), &invalid("turn_detection"));
            refuses(&config, create.clone(), &invalid("temperature"));
        }
    }
}

#[test]
fn words_of_the_provider_that_are_no_object() {
    for dialect in BOTH {
        let config = Config::new(dialect);
        let part = DraftContent::Raw { json: json("[1]") };
        refuses(
            &config,
            Command::create_item(ItemDraft::raw(json("\"item\""))),
            &SendError::Invalid { field: "item" },
        );
        refuses(
            &config,
            Command::create_item(ItemDraft::message(Role::User, vec![part])),
            &SendError::Invalid { field: "content" },
        );
    }
}

#[test]
fn raw_frames_that_are_no_object() {
    for dialect in BOTH {
        for text in ["", "[]", "7", "{", r#"{"type":"response.cancel"} x"#, "{]"] {
            refuses(
                &Config::new(dialect),
                Command::raw(text),
                &SendError::Invalid { field: "text" },
            );
        }
    }
}

#[test]
fn the_kind_of_a_session_never_changes() {
    for dialect in BOTH {
        let conversation = Config::new(dialect);
        let mut transcription = Config::new(dialect);
        transcription.session.kind = SessionKind::Transcription;
        let to = |kind| {
            let mut patch = SessionPatch::default();
            patch.kind = kind;
            patch
        };
        let immutable = SendError::Immutable { field: "kind" };

        refuses(
            &conversation,
            to(Patch::Set(SessionKind::Transcription)),
            &immutable,
        );
        refuses(
            &transcription,
            to(Patch::Set(SessionKind::Conversation)),
            &immutable,
        );
        refuses(&transcription, to(Patch::Clear), &immutable);
    }
}

#[test]
fn no_error_says_what_was_refused() {
    let mut session = crate::support::ready(Config::new(Dialect::OpenAiBeta));
    let secret = "hunter2";
    let mut patch = SessionPatch::default();
    patch.reasoning.set(secret);

    for command in [
        Command::configure(patch),
        Command::raw(secret),
        Command::say(secret),
        Command::approve(secret, true),
        Command::append_base64("hunter2!"),
        Command::tool_output(secret, secret),
    ] {
        let error = session.send(command).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter"), "{error}");
    }
}

#[test]
fn outputs_of_calls_that_nobody_made() {
    for dialect in BOTH {
        refuses(
            &Config::new(dialect),
            Command::tool_output("call_1", "{}"),
            &SendError::UnknownCall,
        );
    }
}

fn json(text: &str) -> RawJson {
    RawJson::new(text).unwrap()
}
