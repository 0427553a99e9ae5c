//! `response.create`: without overrides, and with each of them.

use crate::support::{BOTH, both_send, sends, sends_after};
use realtime_proto::{
    AudioFormat, Command, CreatePolicy, CreateResponse, Dialect, InputItem, ItemDraft, MaxTokens,
    Modality, RawJson, Tool, ToolChoice,
};

const BARE: &str = r#"{"type":"response.create","event_id":"rp-1"}"#;

#[test]
fn without_overrides_there_is_no_response_key() {
    both_send(Command::create_response(), &[BARE]);
    for policy in [
        CreatePolicy::Queue,
        CreatePolicy::ReplaceActive,
        CreatePolicy::FailFast,
    ] {
        let mut create = CreateResponse::new();
        (create.policy, create.keep) = (policy, true);
        both_send(create, &[BARE]);
    }
}

#[test]
fn overrides_have_the_names_of_their_dialect() {
    let mut create = CreateResponse::new();
    create.modalities = Some(vec![Modality::Audio]);
    create.instructions = Some("Speak \"up\".".into());
    create.voice = Some("sage".into());
    create.output_format = Some(AudioFormat::pcma());
    create.tools = Some(vec![Tool::Function {
        name: "stop".to_owned(),
        description: None,
        parameters: None,
        blocking: None,
    }]);
    create.tool_choice = Some(ToolChoice::Required);
    create.max_output_tokens = Some(MaxTokens::Count(100));
    create.metadata = vec![("b".into(), "2".into()), ("a".into(), "1".into())];
    create.input = Some(vec![InputItem::reference("item_1")]);
    create.out_of_band = true;
    create.extra = Some(json(r#"{"x":1}"#));

    let mut of_ga = create.clone();
    of_ga.parallel_tool_calls = Some(false);
    of_ga.reasoning = Some("high".into());
    of_ga.prompt = Some(json(r#"{"id":"pmpt_1"}"#));
    ga(
        of_ga,
        r#""audio":{"output":{"format":{"type":"audio/pcma"},"voice":"sage"}},"conversation":"none","input":[{"type":"item_reference","id":"item_1"}],"instructions":"Speak \"up\".","max_output_tokens":100,"metadata":{"b":"2","a":"1"},"output_modalities":["audio"],"parallel_tool_calls":false,"prompt":{"id":"pmpt_1"},"reasoning":{"effort":"high"},"tool_choice":"required","tools":[{"type":"function","name":"stop"}],"x":1"#,
    );

    let mut of_beta = create;
    of_beta.temperature = Some(0.6);
    beta(
        of_beta,
        r#""conversation":"none","input":[{"type":"item_reference","id":"item_1"}],"instructions":"Speak \"up\".","max_response_output_tokens":100,"metadata":{"b":"2","a":"1"},"modalities":["audio"],"output_audio_format":"g711_alaw","temperature":0.6,"tool_choice":"required","tools":[{"type":"function","name":"stop"}],"voice":"sage","x":1"#,
    );
}

#[test]
fn each_override_alone() {
    let table: [(&str, &str, &str); 12] = [
        (
            r#"{"out_of_band":true}"#,
            r#""conversation":"none""#,
            r#""conversation":"none""#,
        ),
        (
            r#"{"modalities":["text","audio"]}"#,
            r#""output_modalities":["text","audio"]"#,
            r#""modalities":["text","audio"]"#,
        ),
        (
            r#"{"instructions":""}"#,
            r#""instructions":"""#,
            r#""instructions":"""#,
        ),
        (
            r#"{"voice":"voice_7"}"#,
            r#""audio":{"output":{"voice":{"id":"voice_7"}}}"#,
            r#""voice":"voice_7""#,
        ),
        (
            r#"{"output_format":{"encoding":"pcm16","rate_hz":24000}}"#,
            r#""audio":{"output":{"format":{"type":"audio/pcm","rate":24000}}}"#,
            r#""output_audio_format":"pcm16""#,
        ),
        (
            r#"{"output_format":{"encoding":"pcmu","rate_hz":8000}}"#,
            r#""audio":{"output":{"format":{"type":"audio/pcmu"}}}"#,
            r#""output_audio_format":"g711_ulaw""#,
        ),
        (r#"{"tools":[]}"#, r#""tools":[]"#, r#""tools":[]"#),
        (
            r#"{"tool_choice":{"type":"function","name":"stop"}}"#,
            r#""tool_choice":{"type":"function","name":"stop"}"#,
            r#""tool_choice":"stop""#,
        ),
        (
            r#"{"max_output_tokens":"inf"}"#,
            r#""max_output_tokens":"inf""#,
            r#""max_response_output_tokens":"inf""#,
        ),
        (r#"{"input":[]}"#, r#""input":[]"#, r#""input":[]"#),
        (
            r#"{"metadata":{"turn":"7"}}"#,
            r#""metadata":{"turn":"7"}"#,
            r#""metadata":{"turn":"7"}"#,
        ),
        (r#"{"extra":{"seed":7}}"#, r#""seed":7"#, r#""seed":7"#),
    ];
    for (wanted, of_ga, of_beta) in table {
        let create: CreateResponse<'_> = serde_json::from_str(wanted).unwrap();
        ga(create.clone(), of_ga);
        beta(create, of_beta);
    }
}

#[test]
fn overrides_that_only_one_dialect_has() {
    for (wanted, written) in [
        (
            r#"{"parallel_tool_calls":true}"#,
            r#""parallel_tool_calls":true"#,
        ),
        (
            r#"{"reasoning":"minimal"}"#,
            r#""reasoning":{"effort":"minimal"}"#,
        ),
        (r#"{"prompt":{"id":"p"}}"#, r#""prompt":{"id":"p"}"#),
        (
            r#"{"tools":[{"type":"mcp","json":{"type":"mcp","server_label":"docs"}}]}"#,
            r#""tools":[{"type":"mcp","server_label":"docs"}]"#,
        ),
    ] {
        ga(serde_json::from_str(wanted).unwrap(), written);
    }
    beta(
        serde_json::from_str(r#"{"temperature":1.2}"#).unwrap(),
        r#""temperature":1.2"#,
    );
}

#[test]
fn the_input_is_references_and_items() {
    let mut message = ItemDraft::assistant_text("one");
    message.id = Some("item_9".into());
    let mut create = CreateResponse::new();
    create.input = Some(vec![
        InputItem::reference("item_1"),
        message.into(),
        ItemDraft::call("c", "f", "{}").into(),
        ItemDraft::output("c", "ok").into(),
        ItemDraft::raw(json(r#"{"type":"x"}"#)).into(),
    ]);
    for (dialect, kind) in BOTH.into_iter().zip(["output_text", "text"]) {
        overridden(
            dialect,
            create.clone(),
            &format!(
                r#""input":[{{"type":"item_reference","id":"item_1"}},{{"type":"message","id":"item_9","role":"assistant","content":[{{"type":"{kind}","text":"one"}}]}},{{"type":"function_call","arguments":"{{}}","name":"f","call_id":"c"}},{{"type":"function_call_output","call_id":"c","output":"ok"}},{{"type":"x"}}]"#
            ),
        );
    }
}

#[test]
fn a_label_that_is_given_twice_stands_once_with_its_last_value() {
    let mut create = CreateResponse::new();
    for (key, value) in [("a", "1"), ("b", "2"), ("a", "3"), ("c", "4"), ("a", "5")] {
        create.metadata.push((key.into(), value.into()));
    }
    for dialect in BOTH {
        overridden(
            dialect,
            create.clone(),
            r#""metadata":{"a":"5","b":"2","c":"4"}"#,
        );
    }
}

#[test]
fn a_request_beside_the_conversation_has_a_label_where_the_server_answers_too() {
    let mut create = CreateResponse::new();
    create.out_of_band = true;
    both_send(
        create.clone(),
        &[
            r#"{"type":"response.create","response":{"conversation":"none","metadata":{"realtime_proto.command":"rp-1"}},"event_id":"rp-1"}"#,
        ],
    );
    create.metadata = vec![("b".into(), "2".into()), ("a".into(), "1".into())];
    both_send(
        create,
        &[
            r#"{"type":"response.create","response":{"conversation":"none","metadata":{"b":"2","a":"1","realtime_proto.command":"rp-1"}},"event_id":"rp-1"}"#,
        ],
    );
}

#[track_caller]
fn ga(create: CreateResponse<'_>, members: &str) {
    overridden(Dialect::OpenAi, create, members);
}

#[track_caller]
fn beta(create: CreateResponse<'_>, members: &str) {
    overridden(Dialect::OpenAiBeta, create, members);
}

#[track_caller]
fn overridden(dialect: Dialect, create: CreateResponse<'_>, members: &str) {
    let frame =
        format!(r#"{{"type":"response.create","response":{{{members}}},"event_id":"rp-1"}}"#);
    if !create.out_of_band {
        sends(dialect, create.clone(), &[&frame]);
    }
    sends_after(&[manual(dialect)], dialect, create, &[&frame]);
}

/// The server answers no turn by itself: no response is taken for another.
fn manual(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::OpenAi => {
            r#"{"type":"session.updated","session":{"audio":{"input":{"turn_detection":null}}}}"#
        }
        _ => r#"{"type":"session.updated","session":{"turn_detection":null}}"#,
    }
}

fn json(text: &str) -> RawJson {
    RawJson::new(text).unwrap()
}
