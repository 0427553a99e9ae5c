//! Every event as JSON, owned, and by name.

use super::*;
use crate::{
    audio::AudioFormat,
    id::{CommandId, Id},
    time::Time,
    usage::{Tokens, Usage as Account},
};
use alloc::{collections::BTreeSet, format, string::String, vec, vec::Vec};
use arrayvec::ArrayString;
use core::time::Duration;

mod reply;
mod report;
mod session;

type Case = (Event<'static>, &'static str);

fn id(text: &'static str) -> Id<'static> {
    Id::borrowed(text).unwrap()
}

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// All of them.
fn ids() -> Ids<'static> {
    Ids {
        event_id: Some(id("e1")),
        response_id: Some(id("r1")),
        item_id: Some(id("i1")),
        output_index: Some(0),
        content_index: Some(1),
    }
}

/// What most events of a reply have.
fn of_item() -> Ids<'static> {
    Ids {
        response_id: Some(id("r1")),
        item_id: Some(id("i1")),
        ..Ids::default()
    }
}

fn of_response() -> Ids<'static> {
    Ids {
        response_id: Some(id("r1")),
        ..Ids::default()
    }
}

fn command(number: u64) -> CommandId {
    CommandId {
        prefix: ArrayString::from("rp").unwrap(),
        number,
    }
}

fn fault() -> Fault<'static> {
    Fault {
        class: Class::Throttled,
        code: Some("rate_limit_exceeded".into()),
        message: Some("later".into()),
        ..Fault::default()
    }
}

fn account(input: u64, output: u64) -> Account {
    Account {
        input: Tokens {
            total: input,
            ..Tokens::default()
        },
        output: Tokens {
            total: output,
            ..Tokens::default()
        },
        total_tokens: input + output,
        ..Account::default()
    }
}

fn item() -> Item<'static> {
    Item {
        ids: of_item(),
        previous: Previous::After(id("i0")),
        kind: ItemKind::Message,
        role: Some(Role::Assistant),
        status: Some(Status::Other("paused".into())),
        origin: Origin::Response,
        call_id: None,
        name: None,
        content: vec![
            Content::Text { text: "hi".into() },
            Content::Audio {
                transcript: Some("ho".into()),
                audio: None,
                format: None,
            },
        ],
        raw: "{}".into(),
    }
}

fn audio(payload: Payload<'static>) -> AudioDelta<'static> {
    AudioDelta {
        ids: of_item(),
        epoch: Epoch(1),
        format: AudioFormat::pcm16(24_000),
        payload,
        at: None,
    }
}

fn finished(outcome: Outcome<'static>) -> ResponseFinished<'static> {
    ResponseFinished {
        ids: of_response(),
        outcome,
        usage: None,
        had_audio: true,
        had_text: false,
        calls: 0,
        empty: false,
        metadata: vec![],
        raw: None,
    }
}

fn every_case() -> Vec<Case> {
    [
        session::session(),
        session::user(),
        session::input(),
        session::transcripts(),
        reply::replies(),
        reply::endings(),
        reply::items(),
        reply::media(),
        reply::texts(),
        reply::tools(),
        reply::remote_tools(),
        report::settlements(),
        report::accounts(),
        report::errors(),
        report::agents(),
        report::frames(),
    ]
    .concat()
}

#[test]
fn json_is_as_written_here() {
    // How a format looks is the business of `AudioFormat`.
    let format = serde_json::to_string(&AudioFormat::pcm16(24_000)).unwrap();
    for (event, json) in every_case() {
        assert_eq!(
            serde_json::to_string(&event).unwrap(),
            json.replace("FORMAT", &format)
        );
    }
}

#[test]
fn every_variant_has_a_case_and_its_name_is_the_type() {
    let mut names = BTreeSet::new();
    for (event, json) in every_case() {
        assert!(
            json.starts_with(&format!("{{\"type\":\"{}\"", event.name())),
            "{json}"
        );
        names.insert(event.name());
    }
    assert_eq!(names.len(), 47);
}

#[test]
fn owned_events_are_equal_and_outlive_the_frame() {
    for (event, _) in every_case() {
        assert_eq!(event.clone().into_owned(), event);
    }
    let owned = {
        let frame = String::from("Hello");
        let (ids, delta) = (
            Ids {
                item_id: Id::borrowed(&frame),
                ..Ids::default()
            },
            Str::from(&*frame),
        );
        Event::TextDelta(TextDelta {
            ids,
            lane: Lane::Display,
            delta,
            start: None,
        })
        .into_owned()
    };
    assert_eq!(owned, owned.clone().into_owned());
}

#[test]
fn debug_prints_no_media_and_no_raw_frame() {
    let secret = "c2VjcmV0IHNlY3JldCBzZWNyZXQ=";
    let raw = || Str::from(secret);
    let picture = Content::Image {
        url: Some(format!("data:{secret}").into()),
        detail: None,
    };
    let sound = Content::Audio {
        transcript: None,
        audio: Some(raw()),
        format: None,
    };
    let thing = Content::Other {
        kind: None,
        raw: raw(),
    };
    let finished = ResponseFinished {
        raw: Some(raw()),
        ..finished(Outcome::Failed(fault()))
    };
    let printed = [
        format!("{:?}", audio(Payload::Base64(raw()))),
        format!(
            "{:?}",
            Event::Unknown(Unknown {
                kind: None,
                raw: raw()
            })
        ),
        format!(
            "{:?}",
            Malformed {
                kind: None,
                fault: FrameFault::NotAnObject,
                raw: raw()
            }
        ),
        format!(
            "{:?}",
            Item {
                content: vec![picture, sound, thing],
                raw: raw(),
                ..item()
            }
        ),
        format!("{finished:?}"),
        format!(
            "{:?}",
            AgentEvent::SubagentUpdated {
                id: None,
                raw: raw()
            }
        ),
    ];
    for text in &printed {
        assert!(!text.contains("c2Vj"), "{text}");
        assert!(
            text.contains("<20 bytes>") || text.contains("<28 bytes>"),
            "{text}"
        );
    }
    assert_eq!(
        printed[1],
        "Unknown(Unknown { kind: None, raw: <28 bytes> })"
    );
}

#[test]
fn names_are_those_of_the_json() {
    assert_eq!(Completion::StopSequence.as_str(), "stop_sequence");
    assert_eq!(format!("{}", By::Other("moon".into())), "moon");
    assert_eq!(Role::Developer.as_str(), "developer");
}

#[test]
fn a_raw_payload_is_copied() {
    let delta = audio(Payload::Raw(vec![1, 2, 3].into()));
    let (mut out, mut slice) = (vec![9; 5], [7; 4]);
    assert_eq!((delta.base64(), delta.decoded_len()), (None, 3));
    assert_eq!(delta.decode_into(&mut out), Ok(3));
    assert_eq!(delta.decode_append(&mut out), Ok(3));
    assert_eq!(out, [1, 2, 3, 1, 2, 3]);
    assert_eq!(delta.decode_to_slice(&mut slice), Ok(3));
    assert_eq!(slice, [1, 2, 3, 7]);
    let need = crate::error::AudioError::TooSmall { need: 3 };
    assert_eq!(delta.decode_to_slice(&mut slice[..2]), Err(need));
}

#[test]
fn duration_is_that_of_the_decoded_bytes() {
    let mut delta = audio(Payload::Raw(vec![0; 4800 + 47].into()));
    assert_eq!(delta.duration(), Some(ms(100)));
    delta.format = AudioFormat::pcmu();
    assert_eq!(delta.duration(), Some(ms(605)));
}
