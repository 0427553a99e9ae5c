//! What the hot path allocates: nothing.
//!
//! A text that is longer than any before it, and than what is said in half a minute, makes room for
//! what comes as it grows; the replies here are as long as those before them.
//!
//! Counted are the allocations and reallocations of the test's own thread, from `receive` or `send`
//! until what it gave is dropped.

use core::{
    alloc::{GlobalAlloc, Layout},
    cell::Cell,
    hint::black_box,
    slice,
};
use realtime_proto::{
    Command, Config, Dialect, Event, InputTranscript, Session, TranscriptUpdate, Transmit,
};
use std::alloc::System;

#[path = "../benches/common/frames.rs"]
#[expect(dead_code, reason = "the benchmarks need more")]
mod frames;

/// How many different deltas a stream has.
const MANY: usize = 1024;

#[test]
fn x12_audio_frames_allocate_nothing() {
    for ms in [20, 100, 250] {
        let frames = each(|number| frames::audio_delta(number, 0, ms));
        let heard = receive(&mut opened(), &frames);
        assert_eq!(heard.audio, MANY * ms * 48, "{ms} ms");
        assert_eq!((heard.events, heard.allocations), (MANY, 0), "{ms} ms");
    }
}

/// Raw audio is of the part that is open.
#[test]
fn binary_frames_allocate_nothing() {
    let mut session = Session::new(Config::new(Dialect::Xai));
    for frame in [
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
        r#"{"type":"response.output_item.added","response_id":"resp_1","item":{"id":"item_1","type":"message"}}"#,
    ] {
        session.receive(frame).for_each(drop);
    }
    let audio = [7_u8; 960];
    session.receive_binary(&audio).for_each(drop);
    let mut pcm = Vec::with_capacity(audio.len());
    let before = allocations();
    for _ in 0..MANY {
        for event in session.receive_binary(black_box(&audio)) {
            if let Event::AudioDelta(delta) = event {
                assert_eq!(delta.decode_into(&mut pcm), Ok(960));
            }
        }
    }
    assert_eq!(allocations() - before, 0);
    assert_eq!(session.counters().audio_bytes_in, (MANY as u64 + 1) * 960);
}

#[test]
fn text_allocates_nothing() {
    assert_free(&mut opened(), &each(frames::text_delta));
}

#[test]
fn transcripts_allocate_nothing() {
    assert_free(
        &mut opened(),
        &each(|number| frames::transcript_delta(number, 0)),
    );
}

#[test]
fn arguments_allocate_nothing() {
    assert_free(&mut opened(), &each(frames::arguments_delta));
}

/// Nothing announces a text there: its first delta makes room for the others.
#[test]
fn what_agents_say_allocates_nothing_after_its_first_delta() {
    for (dialect, before, after, over) in [
        (
            Dialect::Synaps,
            r#"{"type":"message_update","event":{"type":"text_delta","delta":""#,
            r#""}}"#,
            r#"{"type":"response","id":"rp-1","command":"prompt","ok":true}"#,
        ),
        (
            Dialect::Pi,
            r#"{"type":"message_update","assistantMessageEvent":{"type":"text_delta","contentIndex":0,"delta":""#,
            r#""}}"#,
            r#"{"type":"agent_end","messages":[]}"#,
        ),
    ] {
        let delta = |number: usize| format!("{before}w{number} {after}");
        let mut session = Session::new(Config::new(dialect));
        pass(&mut session, &each(delta));
        pass(&mut session, &[over.to_owned()]);
        let _ = session.receive(&delta(MANY)).count();
        let heard = receive(&mut session, &each(delta));
        assert_eq!((heard.events, heard.allocations), (MANY, 0), "{dialect}");
    }
}

/// No frame announces an input transcript: its first delta makes room for the others.
#[test]
fn input_transcripts_allocate_nothing_after_their_first_delta() {
    let mut session = opened();
    receive(&mut session, &[frames::input_transcript_delta(MANY)]);
    assert_free(&mut session, &each(frames::input_transcript_delta));
}

/// Neither frames nor replies have names, and the audio lies five levels deep.
#[test]
fn x12_nested_audio_of_nameless_replies_allocates_nothing() {
    for ms in [20, 100, 250] {
        let frames = each(|number| nested_audio(number, ms));
        let heard = receive(&mut replying(), &frames);
        assert_eq!(heard.audio, MANY * ms * 48, "{ms} ms");
        assert_eq!((heard.events, heard.allocations), (MANY, 0), "{ms} ms");
    }
}

#[test]
fn nested_transcripts_of_nameless_replies_allocate_nothing() {
    let frames = each(|number| match number % 3 {
        0 => format!(r#"{{"serverContent":{{"outputTranscription":{{"text":" {number}"}}}}}}"#),
        1 => format!(r#"{{"serverContent":{{"inputTranscription":{{"text":" {number}"}}}}}}"#),
        _ => format!(r#"{{"serverContent":{{"modelTurn":{{"parts":[{{"text":" {number}"}}]}}}}}}"#),
    });
    let mut session = replying();
    pass(&mut session, &frames);
    pass(&mut session, &nameless_reply());
    receive(&mut session, &frames[..3]);
    let heard = receive(&mut session, &frames[3..]);
    assert_eq!((heard.events, heard.allocations), (MANY - 3, 0));
}

#[test]
fn interleaved_items_and_streams_allocate_nothing() {
    let frames = each(|number| match number % 4 {
        voice @ 0..2 => frames::audio_delta(number, voice, 20),
        other => frames::transcript_delta(number, other - 2),
    });
    let heard = receive(&mut opened(), &frames);
    assert_eq!(heard.audio, MANY / 2 * 20 * 48);
    assert_eq!(heard.text, said(&frames));
    assert_eq!((heard.events, heard.allocations), (MANY, 0));
}

#[test]
fn an_escaped_delta_is_right_at_whatever_cost() {
    let frame = frames::text_delta(0).replace(r#""delta":""#, r#""delta":"\u00e9\n\"\/"#);
    let heard = receive(&mut opened(), slice::from_ref(&frame));
    let whole: serde_json::Value = serde_json::from_str(&frame).unwrap();
    assert!(heard.text.starts_with("é\n\"/"));
    assert_eq!(
        (heard.events, heard.text.as_str()),
        (1, whole["delta"].as_str().unwrap())
    );
}

#[test]
fn appended_audio_allocates_nothing_after_the_first() {
    for ms in [20, 100] {
        let sounds: Vec<Vec<u8>> = (0..MANY).map(|number| frames::sound(number, ms)).collect();
        let mut session = opened();
        append(&mut session, &sounds[..1]);
        assert_eq!(append(&mut session, &sounds), (MANY, 0), "{ms} ms");
    }
}

#[test]
fn allocations_and_reallocations_are_counted() {
    let before = allocations();
    let mut text = black_box(String::with_capacity(1));
    text.reserve_exact(100);
    assert_eq!(allocations() - before, 2);
}

/// What is said in half a minute needs no reply before it.
#[test]
fn a_first_reply_of_half_a_minute_allocates_nothing() {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    pass(&mut session, &frames::opening());
    let mut frames = each(frames::text_delta);
    while said(&frames).len() > 512 {
        frames.pop();
    }
    let (first, others) = frames.split_at(1);
    pass(&mut session, first);
    assert!(others.len() > 25);
    assert_free(&mut session, others);
}

/// A session in which all items of a response are open, and nothing waits to be sent. The one before
/// it was as long as what comes.
fn opened() -> Session {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    let mut before = frames::opening();
    before.extend(each(frames::text_delta));
    before.push(
        r#"{"type":"response.done","response":{"id":"resp_FkXc2mGq7Zt0LwNvB4yQd","status":"completed"}}"#
            .to_owned(),
    );
    let other = |frame: &String| frame.replace("_FkXc", "_EjWb").replace("call_0", "call_1");
    pass(&mut session, &before.iter().map(other).collect::<Vec<_>>());
    for frame in frames::opening() {
        assert!(
            session
                .receive(&frame)
                .all(|event| !matches!(event, Event::Malformed(_)))
        );
    }
    // The first delta of a stream makes room for what the others are known by.
    let streams = [
        frames::text_delta(MANY),
        frames::arguments_delta(MANY),
        frames::audio_delta(MANY, 0, 20),
        frames::audio_delta(MANY, 1, 20),
        frames::transcript_delta(MANY, 0),
        frames::transcript_delta(MANY, 1),
    ];
    for frame in &streams {
        session.receive(frame).for_each(drop);
    }
    assert_eq!(session.poll_transmit(), None);
    session
}

fn nested_audio(number: usize, ms: usize) -> String {
    let delta: serde_json::Value =
        serde_json::from_str(&frames::audio_delta(number, 0, ms)).unwrap();
    let data = delta["delta"].as_str().unwrap();
    format!(
        r#"{{"serverContent":{{"modelTurn":{{"parts":[{{"inlineData":{{"mimeType":"audio/pcm;rate=24000","data":"{data}"}}}}]}}}}}}"#
    )
}

/// A session in which a nameless reply is under way, and the user speaks beside it.
fn replying() -> Session {
    let mut session = Session::new(Config::new(Dialect::Gemini));
    pass(&mut session, &[r#"{"setupComplete":{}}"#.to_owned()]);
    pass(&mut session, &nameless_reply());
    session
}

/// The end of a reply, if one is under way, and the beginning of the next one.
fn nameless_reply() -> [String; 3] {
    let over = r#"{"serverContent":{"turnComplete":true}}"#;
    let said = r#"{"serverContent":{"inputTranscription":{"text":"Hi"},"outputTranscription":{"text":"Hi"},"modelTurn":{"parts":[{"text":"Hi"}]}}}"#;
    [over.to_owned(), said.to_owned(), nested_audio(0, 20)]
}

fn pass(session: &mut Session, frames: &[String]) {
    for frame in frames {
        assert!(session.receive(frame).count() > 0);
    }
}

fn each(frame: impl Fn(usize) -> String) -> Vec<String> {
    (0..MANY).map(frame).collect()
}

fn assert_free(session: &mut Session, frames: &[String]) {
    let heard = receive(session, frames);
    assert_eq!(heard.text, said(frames));
    assert_eq!((heard.events, heard.allocations), (frames.len(), 0));
}

/// The text of all frames, read without the session.
fn said(frames: &[String]) -> String {
    let text = |frame: &String| {
        let frame: serde_json::Value = serde_json::from_str(frame).unwrap();
        let kind = frame["type"].as_str().unwrap();
        let text = frame["delta"]
            .as_str()
            .filter(|_| !kind.ends_with("audio.delta"));
        text.unwrap_or_default().to_owned()
    };
    frames.iter().map(text).collect()
}

/// What a stream of frames said, and what it cost.
#[derive(Default)]
struct Heard {
    events: usize,
    text: String,
    /// Decoded, in bytes.
    audio: usize,
    allocations: usize,
}

fn receive(session: &mut Session, frames: &[String]) -> Heard {
    let mut heard = Heard {
        text: String::with_capacity(frames.iter().map(String::len).sum()),
        ..Heard::default()
    };
    let mut pcm = vec![0; 250 * 48];
    let before = allocations();
    for frame in frames {
        for event in session.receive(frame) {
            heard.events += 1;
            heard.take(&event, &mut pcm);
        }
    }
    heard.allocations = allocations() - before;
    heard
}

impl Heard {
    fn take(&mut self, event: &Event<'_>, pcm: &mut [u8]) {
        match event {
            Event::AudioDelta(delta) => self.audio += delta.decode_to_slice(pcm).unwrap(),
            Event::TextDelta(delta) => self.text.push_str(&delta.delta),
            Event::ToolArgumentsDelta(delta) => self.text.push_str(&delta.delta),
            Event::InputTranscript(InputTranscript {
                update: TranscriptUpdate::Delta { text },
                ..
            }) => self.text.push_str(text),
            other => panic!("a delta gave {other:?}"),
        }
    }
}

/// Sends each sound and polls its frame; how many frames there were, and their allocations.
fn append(session: &mut Session, sounds: &[Vec<u8>]) -> (usize, usize) {
    let (mut frames, before) = (0, allocations());
    for sound in sounds {
        session.send(Command::append_audio(sound)).unwrap();
        while let Some(Transmit::Text(frame)) = session.poll_transmit() {
            assert!(frame.len() > sound.len() / 3 * 4);
            frames += 1;
        }
    }
    (frames, allocations() - before)
}

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

fn allocations() -> usize {
    ALLOCATIONS.get()
}

fn count() {
    ALLOCATIONS.set(ALLOCATIONS.get() + 1);
}

// SAFETY: every call is the system allocator's own; counting neither allocates nor unwinds.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller keeps the contract of `alloc_zeroed`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: the caller keeps the contract of `realloc`.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(block, layout) }
    }
}
