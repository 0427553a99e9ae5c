//! Cases: the session and the user.

use super::*;

pub(super) fn session() -> Vec<Case> {
    vec![
        (
            Event::Ready(Box::new(Ready {
                session_id: Some(id("s1")),
                model: Some("m".into()),
                expires_at: Some(1_700_000_000),
                output_format: Some(AudioFormat::pcm16(24_000)),
                raw: "{}".into(),
                ..Ready::default()
            })),
            r#"{"type":"ready","session_id":"s1","model":"m","expires_at":1700000000,"output_format":FORMAT,"raw":"{}"}"#,
        ),
        (
            Event::SessionUpdated(Box::new(SessionUpdated {
                raw: "{\"a\":1}".into(),
                mismatches: vec!["voice".into()],
            })),
            r#"{"type":"session_updated","raw":"{\"a\":1}","mismatches":["voice"]}"#,
        ),
        (
            Event::ConversationCreated(ConversationCreated {
                conversation_id: Some(id("c1")),
                previous: Previous::First,
            }),
            r#"{"type":"conversation_created","conversation_id":"c1","previous":null}"#,
        ),
        (
            Event::Resumption(Resumption {
                handle: Some("h".into()),
                resumable: true,
                last_consumed: Some(42),
            }),
            r#"{"type":"resumption","handle":"h","resumable":true,"last_consumed":42}"#,
        ),
        (
            Event::GoingAway(GoingAway {
                time_left: Some(ms(50_000)),
                cause: GoingAwayCause::Server,
                plan: Plan::Resume,
            }),
            r#"{"type":"going_away","time_left_ms":50000,"cause":"server","plan":"resume"}"#,
        ),
        (
            Event::Stalled(Stalled {
                waiting_for: WaitingFor::AnyFrame,
                since: Time(ms(1500)),
            }),
            r#"{"type":"stalled","waiting_for":"any_frame","since_ms":1500}"#,
        ),
        (
            Event::Closed(Box::new(Closed {
                code: Some(1011),
                reason: "".into(),
                class: CloseClass::ServerFault,
                plan: Plan::Replay,
            })),
            r#"{"type":"closed","code":1011,"reason":"","class":"server_fault","plan":"replay"}"#,
        ),
    ]
}

pub(super) fn user() -> Vec<Case> {
    let speech = Speech {
        item_id: Some(id("i1")),
        at: Some(ms(120)),
    };
    let turn = UserTurn {
        origin: TurnOrigin::Speech,
        item_id: None,
        previous: Previous::Unknown,
    };
    vec![
        (
            Event::SpeechStarted(speech.clone()),
            r#"{"type":"speech_started","item_id":"i1","at_ms":120}"#,
        ),
        (
            Event::SpeechStopped(Speech { at: None, ..speech }),
            r#"{"type":"speech_stopped","item_id":"i1"}"#,
        ),
        (
            Event::UserTurnStarted(turn.clone()),
            r#"{"type":"user_turn_started","origin":"speech"}"#,
        ),
        (
            Event::UserTurnCommitted(UserTurn {
                origin: TurnOrigin::Explicit,
                item_id: Some(id("i1")),
                previous: Previous::First,
            }),
            r#"{"type":"user_turn_committed","origin":"explicit","item_id":"i1","previous":null}"#,
        ),
        (
            Event::UserTurnDiscarded(UserTurn {
                previous: Previous::After(id("i0")),
                ..turn
            }),
            r#"{"type":"user_turn_discarded","origin":"speech","previous":"i0"}"#,
        ),
    ]
}

pub(super) fn input() -> Vec<Case> {
    vec![
        (
            Event::Input(InputNotice::Cleared),
            r#"{"type":"input","kind":"cleared"}"#,
        ),
        (
            Event::Input(InputNotice::Timeout {
                item_id: Some(id("i1")),
                start: Some(ms(1)),
                end: Some(ms(2)),
            }),
            r#"{"type":"input","kind":"timeout","item_id":"i1","start_ms":1,"end_ms":2}"#,
        ),
        (
            Event::Input(InputNotice::Dtmf {
                digit: "#".into(),
                received_at: Some(1_700_000_000),
            }),
            r##"{"type":"input","kind":"dtmf","digit":"#","received_at":1700000000}"##,
        ),
        (
            Event::Input(InputNotice::AudioDropped { duration: ms(20) }),
            r#"{"type":"input","kind":"audio_dropped","duration_ms":20}"#,
        ),
    ]
}

fn transcript(update: TranscriptUpdate<'static>) -> Event<'static> {
    Event::InputTranscript(InputTranscript {
        item_id: Some(id("i1")),
        content_index: 0,
        previous: Previous::Unknown,
        update,
        at: None,
    })
}

pub(super) fn transcripts() -> Vec<Case> {
    let segment = Segment {
        id: Some(id("s1")),
        speaker: Some("A".into()),
        start: Some(ms(500)),
        end: None,
        text: "x".into(),
    };
    vec![
        (
            transcript(TranscriptUpdate::Delta { text: "x".into() }),
            r#"{"type":"input_transcript","item_id":"i1","content_index":0,"update":{"type":"delta","text":"x"}}"#,
        ),
        (
            transcript(TranscriptUpdate::Snapshot { text: "x".into() }),
            r#"{"type":"input_transcript","item_id":"i1","content_index":0,"update":{"type":"snapshot","text":"x"}}"#,
        ),
        (
            transcript(TranscriptUpdate::Final {
                text: "x".into(),
                status: None,
                languages: vec!["no".into()],
                usage: Some(Box::new(account(1, 2))),
            }),
            r#"{"type":"input_transcript","item_id":"i1","content_index":0,"update":{"type":"final","text":"x","languages":["no"],"usage":{"input":{"total":1},"output":{"total":2},"total_tokens":3}}}"#,
        ),
        (
            transcript(TranscriptUpdate::Failed {
                fault: Some(Box::new(Fault::default())),
                partial: None,
            }),
            r#"{"type":"input_transcript","item_id":"i1","content_index":0,"update":{"type":"failed","fault":{"class":"unknown"}}}"#,
        ),
        (
            transcript(TranscriptUpdate::Segment(Box::new(segment))),
            r#"{"type":"input_transcript","item_id":"i1","content_index":0,"update":{"type":"segment","id":"s1","speaker":"A","start_ms":500,"text":"x"}}"#,
        ),
    ]
}
