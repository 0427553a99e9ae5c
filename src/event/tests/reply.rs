//! Cases: the reply, its content, its tools.

use super::*;

fn started(conversation: ConversationRef<'static>, initiator: Initiator) -> Event<'static> {
    Event::ResponseStarted(Box::new(ResponseStarted {
        ids: of_response(),
        conversation,
        initiator,
        metadata: vec![],
    }))
}

pub(super) fn replies() -> Vec<Case> {
    vec![
        (
            Event::ResponseStarted(Box::new(ResponseStarted {
                ids: of_response(),
                conversation: ConversationRef::OutOfBand,
                initiator: Initiator::Command(command(3)),
                metadata: vec![("k".into(), "v".into()), ("l".into(), "w".into())],
            })),
            r#"{"type":"response_started","response_id":"r1","conversation":{"type":"out_of_band"},"initiator":{"type":"command","command":"rp-3"},"metadata":{"k":"v","l":"w"}}"#,
        ),
        (
            started(ConversationRef::Id(id("c1")), Initiator::Continuation),
            r#"{"type":"response_started","response_id":"r1","conversation":{"type":"id","id":"c1"},"initiator":{"type":"continuation"}}"#,
        ),
        (
            started(ConversationRef::Default, Initiator::Server),
            r#"{"type":"response_started","response_id":"r1","conversation":{"type":"default"},"initiator":{"type":"server"}}"#,
        ),
        (
            Event::ResponseReset(of_response()),
            r#"{"type":"response_reset","response_id":"r1"}"#,
        ),
        (
            Event::Interrupted(Interrupted {
                response_id: Some(id("r1")),
                cause: InterruptCause::Speech,
                heard: Some(ms(640)),
            }),
            r#"{"type":"interrupted","response_id":"r1","cause":"speech","heard_ms":640}"#,
        ),
        (
            Event::FlushPlayback(FlushPlayback { epoch: Epoch(2) }),
            r#"{"type":"flush_playback","epoch":2}"#,
        ),
        (
            Event::Playback(Playback {
                state: PlaybackState::Cleared,
                response_id: None,
                epoch: Epoch(2),
            }),
            r#"{"type":"playback","state":"cleared","epoch":2}"#,
        ),
    ]
}

pub(super) fn endings() -> Vec<Case> {
    let full = ResponseFinished {
        ids: of_response(),
        outcome: Outcome::Completed(Completion::EndTurn),
        usage: Some(account(7, 5)),
        had_audio: true,
        had_text: true,
        calls: 1,
        empty: false,
        metadata: vec![("k".into(), "v".into())],
        raw: Some("{}".into()),
    };
    vec![
        (
            Event::ResponseFinished(Box::new(full)),
            r#"{"type":"response_finished","response_id":"r1","outcome":{"type":"completed","reason":"end_turn"},"usage":{"input":{"total":7},"output":{"total":5},"total_tokens":12},"had_audio":true,"had_text":true,"calls":1,"empty":false,"metadata":{"k":"v"},"raw":"{}"}"#,
        ),
        (
            Event::ResponseFinished(Box::new(finished(Outcome::Incomplete(
                Incompletion::Other("tired".into()),
            )))),
            r#"{"type":"response_finished","response_id":"r1","outcome":{"type":"incomplete","reason":"tired"},"had_audio":true,"had_text":false,"calls":0,"empty":false}"#,
        ),
        (
            Event::ResponseFinished(Box::new(finished(Outcome::Cancelled(By::UserSpeech)))),
            r#"{"type":"response_finished","response_id":"r1","outcome":{"type":"cancelled","reason":"user_speech"},"had_audio":true,"had_text":false,"calls":0,"empty":false}"#,
        ),
        (
            Event::ResponseFinished(Box::new(finished(Outcome::Failed(fault())))),
            r#"{"type":"response_finished","response_id":"r1","outcome":{"type":"failed","class":"throttled","code":"rate_limit_exceeded","message":"later"},"had_audio":true,"had_text":false,"calls":0,"empty":false}"#,
        ),
        (
            Event::ResponseFinished(Box::new(finished(Outcome::Lost))),
            r#"{"type":"response_finished","response_id":"r1","outcome":{"type":"lost"},"had_audio":true,"had_text":false,"calls":0,"empty":false}"#,
        ),
    ]
}

pub(super) fn items() -> Vec<Case> {
    let call = Item {
        previous: Previous::First,
        kind: ItemKind::Other("web_search_call".into()),
        role: None,
        status: None,
        origin: Origin::Replay,
        call_id: Some(id("c1")),
        name: Some("f".into()),
        content: vec![],
        ..item()
    };
    vec![
        (
            Event::ItemAdded(Box::new(item())),
            r#"{"type":"item_added","response_id":"r1","item_id":"i1","previous":"i0","kind":"message","role":"assistant","status":"paused","origin":"response","content":[{"type":"text","text":"hi"},{"type":"audio","transcript":"ho"}],"raw":"{}"}"#,
        ),
        (
            Event::ItemDone(Box::new(call)),
            r#"{"type":"item_done","response_id":"r1","item_id":"i1","previous":null,"kind":"web_search_call","origin":"replay","call_id":"c1","name":"f","raw":"{}"}"#,
        ),
        (
            Event::ItemDeleted(ItemDeleted {
                item_id: Some(id("i1")),
            }),
            r#"{"type":"item_deleted","item_id":"i1"}"#,
        ),
        (
            Event::ItemRetrieved(Box::new(Item {
                content: every_content(),
                ..item()
            })),
            r#"{"type":"item_retrieved","response_id":"r1","item_id":"i1","previous":"i0","kind":"message","role":"assistant","status":"paused","origin":"response","content":[{"type":"audio","audio":"AAA=","format":"pcm16"},{"type":"image","url":"data:,x","detail":"low"},{"type":"arguments","text":"{}","validity":"object"},{"type":"output","text":"o"},{"type":"fault","raw":"{}"},{"type":"tools","raw":"[]"},{"type":"server","label":"s"},{"type":"approval","approval_id":"a1","approve":true},{"type":"other","kind":"k","raw":"{}"}],"raw":"{}"}"#,
        ),
    ]
}

fn every_content() -> Vec<Content<'static>> {
    vec![
        Content::Audio {
            transcript: None,
            audio: Some("AAA=".into()),
            format: Some("pcm16".into()),
        },
        Content::Image {
            url: Some("data:,x".into()),
            detail: Some("low".into()),
        },
        Content::Arguments {
            text: "{}".into(),
            validity: Validity::Object,
        },
        Content::Output { text: "o".into() },
        Content::Fault { raw: "{}".into() },
        Content::Tools { raw: "[]".into() },
        Content::Server { label: "s".into() },
        Content::Approval {
            approval_id: Some(id("a1")),
            approve: Some(true),
            reason: None,
        },
        Content::Other {
            kind: Some("k".into()),
            raw: "{}".into(),
        },
    ]
}

pub(super) fn media() -> Vec<Case> {
    vec![
        (
            Event::AudioDelta(audio(Payload::Base64("AAEC/w==".into()))),
            r#"{"type":"audio_delta","response_id":"r1","item_id":"i1","epoch":1,"format":FORMAT,"bytes":4,"payload":"AAEC/w=="}"#,
        ),
        (
            Event::AudioDelta(audio(Payload::Raw(vec![0, 1, 2, 255].into()))),
            r#"{"type":"audio_delta","response_id":"r1","item_id":"i1","epoch":1,"format":FORMAT,"bytes":4,"payload":"AAEC/w=="}"#,
        ),
        (
            Event::AudioDone(AudioDone {
                ids: ids(),
                epoch: Epoch(1),
            }),
            r#"{"type":"audio_done","event_id":"e1","response_id":"r1","item_id":"i1","output_index":0,"content_index":1,"epoch":1}"#,
        ),
        (
            Event::VideoDelta(Box::new(VideoDelta {
                ids: of_response(),
                epoch: Epoch(0),
                mime: "video/mp4".into(),
                payload: "AAEC".into(),
            })),
            r#"{"type":"video_delta","response_id":"r1","epoch":0,"mime":"video/mp4","bytes":3,"payload":"AAEC"}"#,
        ),
        (
            Event::Timed(Box::new(Timed {
                ids: of_item(),
                kind: "viseme".into(),
                at: Some(ms(80)),
                raw: "{}".into(),
            })),
            r#"{"type":"timed","response_id":"r1","item_id":"i1","kind":"viseme","at_ms":80,"raw":"{}"}"#,
        ),
    ]
}

pub(super) fn texts() -> Vec<Case> {
    vec![
        (
            Event::TextDelta(TextDelta {
                ids: of_item(),
                lane: Lane::Spoken,
                delta: "He".into(),
                start: Some(ms(240)),
            }),
            r#"{"type":"text_delta","response_id":"r1","item_id":"i1","lane":"spoken","delta":"He","start_ms":240}"#,
        ),
        (
            Event::TextDone(Box::new(TextDone {
                ids: of_item(),
                lane: Lane::Display,
                text: "Hello".into(),
                suffix: "llo".into(),
                previous: Previous::Unknown,
                status: TextStatus::Final,
            })),
            r#"{"type":"text_done","response_id":"r1","item_id":"i1","lane":"display","text":"Hello","suffix":"llo","status":"final"}"#,
        ),
        (
            Event::Truncated(Box::new(Truncated {
                ids: of_item(),
                heard: ms(700),
                received: Some(ms(900)),
                heard_text: None,
                confirmed: false,
            })),
            r#"{"type":"truncated","response_id":"r1","item_id":"i1","heard_ms":700,"received_ms":900,"confirmed":false}"#,
        ),
    ]
}

pub(super) fn tools() -> Vec<Case> {
    vec![
        (
            Event::ToolCallStarted(ToolCallStarted {
                ids: of_item(),
                call_id: Some(id("c1")),
                name: None,
            }),
            r#"{"type":"tool_call_started","response_id":"r1","item_id":"i1","call_id":"c1"}"#,
        ),
        (
            Event::ToolArgumentsDelta(ToolArgumentsDelta {
                ids: of_item(),
                call_id: Some(id("c1")),
                delta: "{\"a".into(),
                path: Some("$.a".into()),
            }),
            r#"{"type":"tool_arguments_delta","response_id":"r1","item_id":"i1","call_id":"c1","delta":"{\"a","path":"$.a"}"#,
        ),
        (
            Event::ToolCall(Box::new(ToolCall {
                call_id: id("c1"),
                name: Some("f".into()),
                arguments: "[]".into(),
                validity: Validity::NotObject,
                ids: of_item(),
            })),
            r#"{"type":"tool_call","call_id":"c1","name":"f","arguments":"[]","validity":"not_object","response_id":"r1","item_id":"i1"}"#,
        ),
        (
            Event::ToolCallCancelled(ToolCallCancelled {
                call_ids: vec![id("c1"), id("c2")],
                reason: CallCancelled::Interrupted,
            }),
            r#"{"type":"tool_call_cancelled","call_ids":["c1","c2"],"reason":"interrupted"}"#,
        ),
        (
            Event::ApprovalRequested(Box::new(ApprovalRequested {
                approval_id: id("a1"),
                name: Some("f".into()),
                arguments: "{}".into(),
                server_label: Some("s".into()),
                ids: of_item(),
            })),
            r#"{"type":"approval_requested","approval_id":"a1","name":"f","arguments":"{}","server_label":"s","response_id":"r1","item_id":"i1"}"#,
        ),
    ]
}

fn remote(executor: Executor, phase: RemotePhase<'static>) -> Event<'static> {
    let call_id = Some(id("c1"));
    Event::RemoteTool(Box::new(RemoteTool {
        call_id,
        name: None,
        executor,
        phase,
        ids: Ids::default(),
    }))
}

pub(super) fn remote_tools() -> Vec<Case> {
    vec![
        (
            remote(Executor::Provider, RemotePhase::Started),
            r#"{"type":"remote_tool","call_id":"c1","executor":"provider","phase":{"type":"started"}}"#,
        ),
        (
            remote(Executor::Agent, RemotePhase::Arguments { text: "{".into() }),
            r#"{"type":"remote_tool","call_id":"c1","executor":"agent","phase":{"type":"arguments","text":"{"}}"#,
        ),
        (
            remote(Executor::Agent, RemotePhase::Running),
            r#"{"type":"remote_tool","call_id":"c1","executor":"agent","phase":{"type":"running"}}"#,
        ),
        (
            remote(
                Executor::Provider,
                RemotePhase::Result {
                    output: "o".into(),
                    is_error: false,
                    partial: true,
                },
            ),
            r#"{"type":"remote_tool","call_id":"c1","executor":"provider","phase":{"type":"result","output":"o","is_error":false,"partial":true}}"#,
        ),
        (
            remote(Executor::Provider, RemotePhase::Failed),
            r#"{"type":"remote_tool","call_id":"c1","executor":"provider","phase":{"type":"failed"}}"#,
        ),
    ]
}
