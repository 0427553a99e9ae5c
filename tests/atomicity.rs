//! A frame applies whole or not at all: what is cut or flipped never panics, is never silent, and
//! changes nothing where it is no frame.

mod recorded;

use realtime_proto::{Command, CommandId, Config, Dialect, Event, Frame, FrameFault, Session};
use recorded::server_frames;

/// Of one frame, at most so many places are damaged.
const PLACES: usize = 256;

#[test]
fn x02_a_frame_that_is_cut_changes_nothing() {
    for frame in server_frames() {
        let session = busy(frame.dialect);
        for at in places(frame.text.len()) {
            let cut = &frame.text.as_bytes()[..at];
            let told = damaged(&session, cut, &format!("{} cut at {at}", frame.place));
            assert!(told.is_some(), "{} cut at {at} is no frame", frame.place);
        }
    }
}

#[test]
fn x02_a_frame_with_a_flipped_bit_is_whole_or_changes_nothing() {
    let (mut faults, mut whole) = (0, 0);
    let mut random = Xorshift(0x9e37_79b9_7f4a_7c15);
    for frame in server_frames() {
        let session = busy(frame.dialect);
        for at in places(frame.text.len()) {
            let mut bytes = frame.text.clone().into_bytes();
            let bit = random.next() % 8;
            bytes[at] ^= 1 << bit;
            let place = format!("{} bit {bit} of {at}", frame.place);
            match damaged(&session, &bytes, &place) {
                Some(_) => faults += 1,
                None => whole += 1,
            }
        }
    }
    assert!(
        faults > 1000 && whole > 1000,
        "{faults} faults, {whole} whole"
    );
}

#[test]
fn what_is_no_frame_is_told_with_its_fault() {
    let session = busy(Dialect::OpenAi);
    for (frame, fault) in [
        (&b""[..], FrameFault::NotJson { offset: 0 }),
        (
            b"{\"type\":\"response.done\"",
            FrameFault::NotJson { offset: 23 },
        ),
        (b"[1]", FrameFault::NotAnObject),
        (b"\"\xc3\x28\"", FrameFault::Utf8 { offset: 1 }),
        (b"{\"a\":\"\xe2\x82", FrameFault::Utf8 { offset: 6 }),
    ] {
        assert_eq!(
            damaged(&session, frame, "literal"),
            Some(fault),
            "{frame:?}"
        );
    }
    assert_eq!(damaged(&session, b"{}", "literal"), None);
}

/// The fault of damaged bytes, if they are no frame; then nothing but counters has changed.
fn damaged(session: &Session, bytes: &[u8], place: &str) -> Option<FrameFault> {
    let mut after = session.clone();
    let events = after.receive_binary(bytes);
    assert_eq!(events.frame(), Frame::Binary(bytes));
    let told: Vec<_> = events.map(Event::into_owned).collect();

    let mut before = session.clone();
    let mut queued = Vec::new();
    while let Some(event) = before.poll_event() {
        queued.push(event);
    }
    assert!(!queued.is_empty(), "something was queued");
    assert_eq!(
        told[..queued.len()],
        queued,
        "{place}: what was queued comes first"
    );
    let own = &told[queued.len()..];
    assert!(!own.is_empty(), "{place}: silent");

    let fault = own.iter().find_map(no_frame)?;
    assert_eq!(own.len(), 1, "{place}: {own:?}");
    assert!(after == before, "{place}: {fault:?} changed the session");
    let (counted, earlier) = (after.counters(), before.counters());
    assert_eq!(counted.malformed, earlier.malformed + 1, "{place}");
    assert_eq!(counted.frames_in, earlier.frames_in + 1, "{place}");
    assert_eq!(
        counted.bytes_in,
        earlier.bytes_in + bytes.len() as u64,
        "{place}"
    );
    Some(fault)
}

fn no_frame(event: &Event<'_>) -> Option<FrameFault> {
    match event {
        Event::Malformed(malformed) => match malformed.fault {
            FrameFault::Missing { .. } | FrameFault::Mistyped { .. } => None,
            _ => Some(malformed.fault.clone()),
        },
        _ => None,
    }
}

/// A session in the middle of everything: a response, a call, events and frames that wait.
fn busy(dialect: Dialect) -> Session {
    let mut session = Session::new(Config::new(dialect));
    for frame in [
        r#"{"type":"session.created","session":{"id":"sess_1"}}"#,
        r#"{"type":"input_audio_buffer.speech_started","item_id":"item_1","audio_start_ms":320}"#,
        r#"{"type":"response.created","response":{"id":"resp_1"}}"#,
        r#"{"type":"response.output_item.added","response_id":"resp_1","item":{"id":"item_2","type":"message","role":"assistant"}}"#,
        r#"{"type":"response.output_text.delta","response_id":"resp_1","item_id":"item_2","content_index":0,"delta":"It "}"#,
        r#"{"type":"response.output_audio.delta","response_id":"resp_1","item_id":"item_2","content_index":1,"delta":"AAABAAIAAwA="}"#,
        r#"{"type":"response.output_item.added","response_id":"resp_1","item":{"id":"item_3","type":"function_call","call_id":"call_1","name":"f"}}"#,
    ] {
        session.receive(frame).for_each(drop);
    }
    let raw = Command::raw(r#"{"type":"weather.subscribe"}"#);
    let sent: CommandId = session.send(raw).unwrap();
    while session.poll_transmit().is_some() {}
    for command in [
        Command::append_audio(&[0; 960]),
        Command::text("Wait."),
        Command::cancel_response(),
    ] {
        session.send(command).unwrap();
    }
    let mut waiting = session.clone();
    assert!(
        matches!(waiting.poll_event(), Some(Event::CommandSettled(settled)) if settled.command == sent)
    );
    assert!(session.queued_bytes() > 1000);
    session
}

/// Every place of a short frame; of a long one its ends, and places spread over the rest.
fn places(len: usize) -> Vec<usize> {
    if len <= PLACES {
        return (0..len).collect();
    }
    let ends = PLACES / 4;
    let spread = (0..PLACES / 2).map(|at| ends + at * (len - 2 * ends) / (PLACES / 2));
    (0..ends).chain(spread).chain(len - ends..len).collect()
}

/// A small generator of numbers, the same on every run.
struct Xorshift(u64);

impl Xorshift {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
