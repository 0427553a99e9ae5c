//! A frame applies whole or not at all: what is cut or flipped never panics, is never silent, and
//! changes nothing where it is no frame.

mod recorded;

use core::fmt;
use realtime_proto::{Command, CommandId, Config, Dialect, Event, Frame, FrameFault, Session};
use recorded::{Recorded, server_frames};

/// Of one frame, at most so many places are damaged.
const PLACES: usize = 192;

#[test]
fn x02_a_frame_that_is_cut_changes_nothing() {
    let sessions = [Dialect::OpenAi, Dialect::OpenAiBeta].map(Busy::new);
    for frame in server_frames() {
        let Recorded {
            place,
            dialect,
            text,
        } = frame;
        let busy = &sessions[usize::from(dialect == Dialect::OpenAiBeta)];
        for at in places(text.len()) {
            let cut = &text.as_bytes()[..at];
            let told = busy.damaged(cut, format_args!("{place} cut at {at}"));
            assert!(told.is_some(), "{place} cut at {at} is no frame");
        }
    }
}

#[test]
fn x02_a_frame_with_a_flipped_bit_is_whole_or_changes_nothing() {
    let (mut faults, mut whole) = (0, 0);
    let mut random = Xorshift(0x9e37_79b9_7f4a_7c15);
    let sessions = [Dialect::OpenAi, Dialect::OpenAiBeta].map(Busy::new);
    for frame in server_frames() {
        let Recorded {
            place,
            dialect,
            text,
        } = frame;
        let busy = &sessions[usize::from(dialect == Dialect::OpenAiBeta)];
        let mut bytes = text.into_bytes();
        for at in places(bytes.len()) {
            let bit = random.next() % 8;
            bytes[at] ^= 1 << bit;
            match busy.damaged(&bytes, format_args!("{place} bit {bit} of {at}")) {
                Some(_) => faults += 1,
                None => whole += 1,
            }
            bytes[at] ^= 1 << bit;
        }
    }
    assert!(
        faults > 1000 && whole > 1000,
        "{faults} faults, {whole} whole"
    );
}

#[test]
fn what_is_no_frame_is_told_with_its_fault() {
    let busy = Busy::new(Dialect::OpenAiBeta);
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
        let place = format_args!("{frame:?}");
        assert_eq!(busy.damaged(frame, place), Some(fault), "{place}");
    }
    assert_eq!(busy.damaged(b"{}", format_args!("{{}}")), None);
}

/// A session in the middle of everything, and what it is once its queued events are taken.
struct Busy {
    session: Session,
    queued: Vec<Event<'static>>,
    drained: Session,
}

impl Busy {
    fn new(dialect: Dialect) -> Self {
        let session = busy(dialect);
        let mut drained = session.clone();
        let queued: Vec<_> = core::iter::from_fn(|| drained.poll_event()).collect();
        assert!(!queued.is_empty(), "something was queued");
        Self {
            session,
            queued,
            drained,
        }
    }

    /// The fault of damaged bytes, if they are no frame; then only counters have changed.
    fn damaged(&self, bytes: &[u8], place: fmt::Arguments<'_>) -> Option<FrameFault> {
        let mut after = self.session.clone();
        let events = after.receive_binary(bytes);
        assert_eq!(events.frame(), Frame::Binary(bytes));
        let told: Vec<_> = events.collect();
        let (queued, own) = told.split_at(self.queued.len());
        assert_eq!(queued, self.queued, "{place}: what was queued comes first");
        assert!(!own.is_empty(), "{place}: silent");

        let fault = own.iter().find_map(no_frame)?;
        assert_eq!(own.len(), 1, "{place}: {own:?}");
        let (counted, earlier) = (after.counters(), self.session.counters());
        assert_eq!(counted.malformed, earlier.malformed + 1, "{place}");
        assert_eq!(counted.frames_in, earlier.frames_in + 1, "{place}");
        let bytes_in = earlier.bytes_in + bytes.len() as u64;
        assert_eq!(counted.bytes_in, bytes_in, "{place}");
        assert!(after == self.drained, "{place}: {fault:?} changed it");
        Some(fault)
    }
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
