//! The settings of a session, nested and flat.

use crate::{Rows, Table, session, the};
use realtime_proto::{
    AudioFormat, Encoding, MaxTokens, Modality, RawJson, SessionKind, Tool, ToolChoice,
    TurnDetection,
};

pub(crate) fn rows(table: &mut Table) {
    basics(table);
    audio(table);
    semantic(table);
    tools(table);
    tool_choices(table);
    opaque(table);
}

const SESSION: &str = "RealtimeSessionCreateResponse";

/// A frame that tells of a session with these members.
pub(crate) fn created(members: &str) -> String {
    format!(r#"{{"type":"session.created","session":{{{members}}}}}"#)
}

fn basics(table: &mut Table) {
    let frame = created(
        r#""id":"sess_1","object":"realtime.session","type":"realtime","model":"gpt-realtime","instructions":"Be brief.","output_modalities":["audio"],"max_output_tokens":2048,"expires_at":1790000000,"include":["item.input_audio_transcription.logprobs"],"reasoning":{"effort":"low"}"#,
    );
    table.schema(SESSION, &frame, |rows| {
        let ready = the!(rows, Ready);
        let config = rows.session.effective_config();
        rows.is("id", ready.session_id.as_deref(), Some("sess_1"));
        rows.raw("object", &ready.raw, r#""object":"realtime.session""#);
        rows.is("type", config.kind, SessionKind::Conversation);
        assert_eq!(ready.model.as_deref(), Some("gpt-realtime"));
        rows.is("model", config.model.as_deref(), Some("gpt-realtime"));
        rows.is(
            "instructions",
            config.instructions.as_deref(),
            Some("Be brief."),
        );
        rows.is(
            "output_modalities",
            config.modalities.as_deref(),
            Some(&[Modality::Audio][..]),
        );
        rows.is(
            "max_output_tokens",
            config.max_output_tokens,
            Some(MaxTokens::Count(2048)),
        );
        rows.is("expires_at", ready.expires_at, Some(1_790_000_000));
        rows.raw(
            "include",
            &ready.raw,
            r#""include":["item.input_audio_transcription.logprobs"]"#,
        );
        rows.raw("reasoning", &ready.raw, r#""reasoning":{"effort":"low"}"#);
        rows.is("reasoning.effort", config.reasoning.as_deref(), Some("low"));
    });
}

fn audio(table: &mut Table) {
    let frame = created(
        r#""type":"realtime","audio":{"input":{"format":{"type":"audio/pcm","rate":16000},"noise_reduction":{"type":"far_field","strength":0.5},"transcription":{"model":"gpt-transcribe","language":"en","languages":["en","nl"],"prompt":"Names of boats.","keywords":["sloop"],"delay":"low"},"turn_detection":{"type":"server_vad","threshold":0.75,"prefix_padding_ms":250,"silence_duration_ms":450,"idle_timeout_ms":6000,"create_response":true,"interrupt_response":false}},"output":{"format":{"type":"audio/pcm","rate":24000},"voice":"cedar","speed":1.25}}"#,
    );
    table.schema(SESSION, &frame, |rows| {
        let ready = the!(rows, Ready);
        let config = rows.session.effective_config();
        rows.raw("audio", &ready.raw, r#""audio":{"input":{"#);
        rows.raw("audio.input", &ready.raw, r#""input":{"format":{"#);
        rows.raw("audio.output", &ready.raw, r#""output":{"format":{"#);
        let (input, output) = (config.input_format, config.output_format);
        rows.is(
            "audio.input.format",
            ready.input_format,
            Some(AudioFormat::pcm16(16_000)),
        );
        rows.is("audio.input.format.rate", input.unwrap().rate_hz, 16_000);
        rows.is(
            "audio.input.format.type",
            input.unwrap().encoding,
            Encoding::Pcm16,
        );
        rows.is(
            "audio.output.format",
            ready.output_format,
            Some(AudioFormat::pcm16(24_000)),
        );
        rows.is("audio.output.format.rate", output.unwrap().rate_hz, 24_000);
        rows.is(
            "audio.output.format.type",
            output.unwrap().encoding,
            Encoding::Pcm16,
        );
        assert_eq!(ready.voice.as_deref(), Some("cedar"));
        rows.is("audio.output.voice", config.voice.as_deref(), Some("cedar"));
        rows.is("audio.output.speed", config.speed, Some(1.25));
        session::input_of(rows);
        let vad = session::server_vad(rows);
        let path = |field: &str| format!("audio.input.turn_detection.{field}");
        rows.is(&path("threshold"), vad.threshold, Some(0.75));
        rows.is(&path("prefix_padding_ms"), vad.prefix_padding_ms, Some(250));
        rows.is(
            &path("silence_duration_ms"),
            vad.silence_duration_ms,
            Some(450),
        );
        rows.is(&path("idle_timeout_ms"), vad.idle_timeout_ms, Some(6000));
        rows.is(&path("create_response"), vad.create_response, Some(true));
        rows.is(
            &path("interrupt_response"),
            vad.interrupt_response,
            Some(false),
        );
    });
}

fn semantic(table: &mut Table) {
    let frame = created(
        r#""audio":{"input":{"turn_detection":{"type":"semantic_vad","eagerness":"high","create_response":false,"interrupt_response":true}}}"#,
    );
    table.schema(SESSION, &frame, |rows| {
        let Some(TurnDetection::SemanticVad(vad)) = &rows.session.effective_config().turn_detection
        else {
            panic!("it is semantic");
        };
        let path = |field: &str| format!("audio.input.turn_detection{field}");
        rows.is(&path(".type"), vad.eagerness.is_some(), true);
        rows.is(&path(".eagerness"), vad.eagerness.as_deref(), Some("high"));
        rows.is(&path(".create_response"), vad.create_response, Some(false));
        rows.is(
            &path(".interrupt_response"),
            vad.interrupt_response,
            Some(true),
        );
    });
    let manual = created(r#""audio":{"input":{"turn_detection":null}}"#);
    table.schema(SESSION, &manual, |rows| {
        let detection = rows.session.effective_config().turn_detection.as_ref();
        rows.is(
            "audio.input.turn_detection",
            detection,
            Some(&TurnDetection::Manual),
        );
    });
}

fn tools(table: &mut Table) {
    let frame = created(
        r#""tools":[{"type":"function","name":"get_tide","description":"The tide.","parameters":{"type":"object"}},{"type":"mcp","server_label":"ferries","server_url":"https://ferries.example/mcp","server_description":"Ferries.","tunnel_id":"tun_1","connector_id":"connector_dropbox","authorization":"secret","headers":{"x-a":"1"},"defer_loading":true,"allowed_callers":["direct"],"allowed_tools":{"read_only":true,"tool_names":["next"]},"require_approval":{"always":{"read_only":false,"tool_names":["book"]},"never":{"read_only":true,"tool_names":["last"]}}}]"#,
    );
    table.schema(SESSION, &frame, |rows| {
        let tools = &rows.session.effective_config().tools;
        rows.is("tools", tools.len(), 2);
        let Tool::Function {
            name,
            description,
            parameters,
            ..
        } = &tools[0]
        else {
            panic!("a function comes first");
        };
        rows.is("tools[].name", name.as_str(), "get_tide");
        rows.is(
            "tools[].description",
            description.as_deref(),
            Some("The tide."),
        );
        let parameters = parameters.as_ref().map(RawJson::get);
        rows.is(
            "tools[].parameters",
            parameters,
            Some(r#"{"type":"object"}"#),
        );
        let Tool::Mcp(server) = &tools[1] else {
            panic!("then a server");
        };
        rows.raw("tools[].type", server.get(), r#""type":"mcp""#);
        for (field, held) in [
            ("server_label", r#""server_label":"ferries""#),
            (
                "server_url",
                r#""server_url":"https://ferries.example/mcp""#,
            ),
            ("server_description", r#""server_description":"Ferries.""#),
            ("tunnel_id", r#""tunnel_id":"tun_1""#),
            ("connector_id", r#""connector_id":"connector_dropbox""#),
            ("authorization", r#""authorization":"secret""#),
            ("headers", r#""headers":{"x-a":"1"}"#),
            ("defer_loading", r#""defer_loading":true"#),
            ("allowed_callers", r#""allowed_callers":["direct"]"#),
            ("allowed_tools", r#""allowed_tools":{"read_only":true"#),
            ("allowed_tools.read_only", r#"{"read_only":true,"#),
            ("allowed_tools.tool_names", r#""tool_names":["next"]"#),
            ("require_approval", r#""require_approval":{"always""#),
            ("require_approval.always", r#""always":{"read_only":false"#),
            ("require_approval.always.read_only", r#""read_only":false"#),
            (
                "require_approval.always.tool_names",
                r#""tool_names":["book"]"#,
            ),
            ("require_approval.never", r#""never":{"read_only":true"#),
            (
                "require_approval.never.read_only",
                r#"{"read_only":true,"tool_names":["last"]"#,
            ),
            (
                "require_approval.never.tool_names",
                r#""tool_names":["last"]"#,
            ),
        ] {
            rows.raw(&format!("tools[].{field}"), server.get(), held);
        }
    });
}

fn tool_choices(table: &mut Table) {
    let choice = |choice: &str| created(&format!(r#""tool_choice":{choice}"#));
    table.schema(SESSION, &choice(r#""required""#), |rows| {
        let choice = rows.session.effective_config().tool_choice.as_ref();
        rows.is("tool_choice", choice, Some(&ToolChoice::Required));
    });
    table.schema(
        SESSION,
        &choice(r#"{"type":"function","name":"get_tide"}"#),
        |rows| {
            let Some(ToolChoice::Function { name }) = &rows.session.effective_config().tool_choice
            else {
                panic!("it is a function");
            };
            rows.is("tool_choice.name", name.as_str(), "get_tide");
        },
    );
    let mcp = choice(r#"{"type":"mcp","server_label":"ferries","name":"next"}"#);
    table.schema(SESSION, &mcp, |rows| {
        let Some(ToolChoice::Mcp { server_label, name }) =
            &rows.session.effective_config().tool_choice
        else {
            panic!("it is a server's");
        };
        rows.is("tool_choice.type", name.as_deref(), Some("next"));
        rows.is("tool_choice.server_label", server_label.as_str(), "ferries");
    });
}

/// Settings in the provider's words.
fn opaque(table: &mut Table) {
    let frame = created(
        r#""prompt":{"id":"pmpt_1","version":"3","variables":{"name":"Ada"}},"tracing":{"workflow_name":"desk","group_id":"g1","metadata":{"a":1}},"truncation":{"type":"retention_ratio","retention_ratio":0.8,"token_limits":{"post_instructions":8000}}"#,
    );
    table.schema(SESSION, &frame, |rows| {
        let config = rows.session.effective_config();
        let prompt = config.prompt.as_ref().unwrap().get();
        rows.is(
            "prompt",
            prompt,
            r#"{"id":"pmpt_1","version":"3","variables":{"name":"Ada"}}"#,
        );
        rows.raw("prompt.id", prompt, r#""id":"pmpt_1""#);
        rows.raw("prompt.version", prompt, r#""version":"3""#);
        rows.raw("prompt.variables", prompt, r#""variables":{"name":"Ada"}"#);
        let tracing = config.tracing.as_ref().unwrap().get();
        tracing_of(rows, tracing);
        let truncation = config.truncation.as_ref().unwrap().get();
        rows.is("truncation", truncation.starts_with('{'), true);
        rows.raw("truncation.type", truncation, r#""type":"retention_ratio""#);
        rows.raw(
            "truncation.retention_ratio",
            truncation,
            r#""retention_ratio":0.8"#,
        );
        rows.raw("truncation.token_limits", truncation, r#""token_limits":{"#);
        rows.raw(
            "truncation.token_limits.post_instructions",
            truncation,
            r#""post_instructions":8000"#,
        );
    });
}

pub(crate) fn tracing_of(rows: &mut Rows<'_>, tracing: &str) {
    rows.is(
        "tracing",
        tracing,
        r#"{"workflow_name":"desk","group_id":"g1","metadata":{"a":1}}"#,
    );
    rows.raw(
        "tracing.workflow_name",
        tracing,
        r#""workflow_name":"desk""#,
    );
    rows.raw("tracing.group_id", tracing, r#""group_id":"g1""#);
    rows.raw("tracing.metadata", tracing, r#""metadata":{"a":1}"#);
}
