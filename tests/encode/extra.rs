//! `extra`: what no field expresses, merged into what the dialect writes. No key comes twice.

use crate::{
    configure::{beta, ga},
    support::{both_send, refuses, sends},
};
use realtime_proto::{
    Command, Config, CreateResponse, Dialect, ItemDraft, Patch, RawJson, SendError, SessionPatch,
};

#[test]
fn a_new_key_comes_behind_the_others() {
    ga(
        r#"{"instructions":"i","extra":{"include":["item.input_audio_transcription.logprobs"]}}"#,
        r#""instructions":"i","include":["item.input_audio_transcription.logprobs"]"#,
    );
    beta(
        r#"{"voice":"v","extra":{"client_secret":{"expires_after":{"seconds":60}}}}"#,
        r#""voice":"v","client_secret":{"expires_after":{"seconds":60}}"#,
    );
}

#[test]
fn a_key_that_is_there_is_replaced_where_it_stands() {
    ga(
        r#"{"instructions":"i","model":"m","extra":{"instructions":"other","x":1}}"#,
        r#""instructions":"other","model":"m","x":1"#,
    );
    beta(r#"{"voice":"v","extra":{"voice":null}}"#, r#""voice":null"#);
}

#[test]
fn objects_merge_at_any_depth() {
    ga(
        r#"{"noise_reduction":"near_field","voice":"marin","extra":{"audio":{"input":{"noise_reduction":{"strength":0.5},"x":{"y":1}},"output":{"speed":1.1}},"z":2}}"#,
        r#""audio":{"input":{"noise_reduction":{"type":"near_field","strength":0.5},"x":{"y":1}},"output":{"voice":"marin","speed":1.1}},"z":2"#,
    );
    ga(
        r#"{"extra":{"audio":{"input":{"turn_detection":null}}}}"#,
        r#""audio":{"input":{"turn_detection":null}}"#,
    );
}

#[test]
fn an_object_and_anything_else_replace_each_other() {
    ga(
        r#"{"turn_detection":null,"extra":{"audio":{"input":{"turn_detection":{"type":"server_vad"}}}}}"#,
        r#""audio":{"input":{"turn_detection":{"type":"server_vad"}}}"#,
    );
    ga(
        r#"{"voice":"marin","noise_reduction":"near_field","extra":{"audio":{"input":null}}}"#,
        r#""audio":{"input":null,"output":{"voice":"marin"}}"#,
    );
    ga(
        r#"{"tools":[{"type":"function","name":"f"}],"extra":{"tools":[{"type":"function","name":"g"}]}}"#,
        r#""tools":[{"type":"function","name":"g"}]"#,
    );
}

#[test]
fn the_session_type_is_the_callers_to_override() {
    sends(
        Dialect::OpenAi,
        patched(r#"{"type":"custom"}"#),
        &[r#"{"type":"session.update","session":{"type":"custom"},"event_id":"rp-1"}"#],
    );
}

#[test]
fn of_a_key_that_comes_twice_in_it_the_last_stands() {
    sends(
        Dialect::OpenAi,
        patched(
            r#"{"a":1,"b":{"c":1,"c":2,"d":{"e":1,"e":2}},"type":"x","a":3,"type":"realtime"}"#,
        ),
        &[
            r#"{"type":"session.update","session":{"type":"realtime","b":{"c":2,"d":{"e":2}},"a":3},"event_id":"rp-1"}"#,
        ],
    );
}

#[test]
fn keys_that_are_spelled_differently_are_the_same() {
    sends(
        Dialect::OpenAiBeta,
        patched(r#"{"\u0061":1,"a":2,"\"q\"":"\u00e9\/"}"#),
        &[r#"{"type":"session.update","session":{"a":2,"\"q\"":"\u00e9\/"},"event_id":"rp-1"}"#],
    );
}

#[test]
fn numbers_and_strings_keep_their_spelling() {
    sends(
        Dialect::OpenAiBeta,
        patched(r#"{"n":1.50e0,"s":"\u0041","l":[1.0,{"k":-0}]}"#),
        &[
            r#"{"type":"session.update","session":{"n":1.50e0,"s":"\u0041","l":[1.0,{"k":-0}]},"event_id":"rp-1"}"#,
        ],
    );
}

#[test]
fn nothing_extra_is_nothing() {
    ga(r#"{"extra":{}}"#, "");
    ga(r#"{"extra":null}"#, "");
    both_send(
        create(r"{}"),
        &[r#"{"type":"response.create","event_id":"rp-1"}"#],
    );
}

#[test]
fn responses_and_items_take_it_too() {
    both_send(
        create(r#"{"instructions":"other","x":1}"#),
        &[
            r#"{"type":"response.create","response":{"instructions":"other","x":1},"event_id":"rp-1"}"#,
        ],
    );
    let mut item = ItemDraft::user_text("hi");
    item.extra = Some(json(r#"{"status":"completed","role":"developer"}"#));
    both_send(
        Command::create_item(item),
        &[
            r#"{"type":"conversation.item.create","item":{"type":"message","role":"developer","content":[{"type":"input_text","text":"hi"}],"status":"completed"},"event_id":"rp-1"}"#,
        ],
    );
}

#[test]
fn only_an_object_can_be_merged() {
    let error = SendError::Invalid { field: "extra" };
    for dialect in crate::support::BOTH {
        let config = Config::new(dialect);
        for other in ["[1]", "\"text\"", "7", "null", "true"] {
            let mut item = ItemDraft::user_text("hi");
            item.extra = Some(json(other));
            refuses(&config, patched(other), &error);
            refuses(&config, create(other), &error);
            refuses(&config, Command::create_item(item), &error);
        }
    }
}

fn json(text: &str) -> RawJson {
    RawJson::new(text).unwrap()
}

fn patched(extra: &str) -> SessionPatch {
    let mut patch = SessionPatch::default();
    patch.extra = Patch::Set(json(extra));
    patch
}

fn create(extra: &str) -> CreateResponse<'static> {
    let mut create = CreateResponse::new();
    if extra.contains("instructions") {
        create.instructions = Some("i".into());
    }
    create.extra = Some(json(extra));
    create
}
