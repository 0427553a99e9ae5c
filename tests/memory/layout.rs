//! What one session takes of the ten thousand that a process may hold.

use crate::live;
use core::time::Duration;
use realtime_proto::{
    Close, Command, Config, ConversationItem, Dialect, Event, Lane, Session, Time,
};

/// What a session may take, beside what it is told to keep and what it is to send.
const MOST: usize = 2 << 10;

/// The room of the text of one part under construction.
const ROOM: usize = 512;

/// What the deltas of two streams, audio and its transcript, are known by without being parsed: most
/// of it is the text that all frames of a stream have in common.
const STREAMS: usize = 2 * 800;

/// The room that the first 20 ms of the user's audio make in the outbox.
const OUTBOX: usize = 160 + 4 * 24 + 1340;

/// At how many points of a call memory is looked at, at least.
const POINTS: usize = 20;

const REPLY: &str = r#""response_id":"resp_FkXcRep1m7Zt0LwNvB4yQ","item_id":"item_FkXcSay1aRm3KfV9xWb2T","output_index":0,"content_index":0"#;
const AGAIN: &str = r#""response_id":"resp_FkXcRep3hJn6QyD8sLc5E","item_id":"item_FkXcSay2z4BvM1oUe7GkA","output_index":0,"content_index":0"#;
const CALLED: &str = r#""id":"item_FkXcCal1T9iXr2HqN5jFw","type":"function_call","name":"find_ferry","call_id":"call_Zt0LwNvB4yQd""#;

#[test]
fn an_idle_session_takes_at_most_two_kibibytes() {
    let mut call = Call::open();
    call.opens();

    let takes = size_of::<Session>() + call.held;

    assert!(takes <= MOST, "{takes} bytes");
}

#[test]
fn a_talking_session_takes_two_kibibytes_beside_its_text_and_outbox() {
    let mut call = Call::open();
    call.opens();
    call.user_speaks();
    call.assistant_speaks();
    call.sends(Command::append_audio(&[7; 960]));

    let takes = size_of::<Session>() + call.held;

    let beside = ROOM + kept(&call.session) + STREAMS + OUTBOX;
    assert!(takes > beside, "{takes} bytes hold less than {beside}");
    assert!(takes - beside <= MOST, "{} bytes", takes - beside);
}

#[test]
fn what_is_told_is_what_is_held_at_every_point_of_a_call() {
    let mut call = Call::open();
    call.opens();
    call.sends(Command::append_audio(&[7; 960]));
    call.user_speaks();
    call.assistant_speaks();
    call.assistant_is_done();
    call.assistant_calls();
    call.user_barges_in();
    call.ends();

    assert!(call.points.len() >= POINTS, "only {}", call.points.len());
    for (point, held, told) in &call.points {
        assert!(
            held.abs_diff(*told) * 10 <= *held,
            "{told} told of {held}: {point}"
        );
    }
}

/// Boxes of a few words are told as exactly as long texts are.
#[test]
fn a_cancel_that_waits_and_an_end_that_was_asked_for_are_told_to_the_byte() {
    let asked: [&[Command<'_>]; 3] = [
        &[Command::create_response()],
        &[Command::create_response(), Command::cancel_response()],
        &[Command::Close],
    ];
    for commands in asked {
        let before = live();
        let mut session = Session::new(Config::new(Dialect::OpenAi));
        let opened = r#"{"type":"session.created","session":{"id":"sess_1"}}"#;
        session.receive(opened).for_each(drop);
        for command in commands {
            session.send(command.clone()).unwrap();
            while session.poll_transmit().is_some() {}
        }
        while session.poll_event().is_some() {}

        assert_eq!(live() - before, session.memory_bytes(), "{commands:?}");
    }
}

/// What is kept of the conversation: its items, their names and their texts.
fn kept(session: &Session) -> usize {
    /// The counts before a name, and the record of a text.
    const COUNTS: usize = 16;
    const TEXT: usize = 24;
    let text = |text: Option<&str>| text.map_or(0, |text| TEXT + text.len());
    let texts =
        |item: &ConversationItem| text(item.text(Lane::Display)) + text(item.text(Lane::Spoken));
    let items = session.conversation().items();
    items
        .map(|item| size_of::<ConversationItem>() + COUNTS + item.id.len() + texts(item))
        .sum()
}

/// One call, and what it held at each of its points.
struct Call {
    session: Session,
    /// What the session holds on the heap.
    held: usize,
    /// What happened, what is held then, and what is told to be.
    points: Vec<(&'static str, usize, usize)>,
}

impl Call {
    fn open() -> Self {
        let before = live();
        let session = Session::new(Config::new(Dialect::OpenAi));
        Self {
            session,
            held: live() - before,
            points: Vec::new(),
        }
    }

    fn look(&mut self, at: &'static str) {
        let told = self.session.memory_bytes();
        self.points.push((at, self.held, told));
    }

    /// Lets something happen, and counts what the session holds more.
    fn count(&mut self, happens: impl FnOnce(&mut Session)) {
        let before = live();
        happens(&mut self.session);
        self.held = (self.held + live()).wrapping_sub(before);
    }

    fn opens(&mut self) {
        self.look("it is new");
        self.count(|session| session.handle_timeout(Time(Duration::from_secs(1))));
        self.says(
            "the session is created",
            r#"{"type":"session.created","event_id":"event_1","session":{"id":"sess_FkXc2mGq7Zt0LwNvB4yQd"}}"#,
        );
    }

    fn user_speaks(&mut self) {
        let user = "item_FkXcUsrE6dYb8CmK3pZvO";
        for (point, rest) in [
            (
                "speech starts",
                r#"input_audio_buffer.speech_started","audio_start_ms":7"#,
            ),
            (
                "speech stops",
                r#"input_audio_buffer.speech_stopped","audio_end_ms":9"#,
            ),
            (
                "the turn is committed",
                r#"input_audio_buffer.committed","previous_item_id":null"#,
            ),
        ] {
            self.says(point, &format!(r#"{{"type":"{rest},"item_id":"{user}"}}"#));
        }
        self.says(
            "the turn is an item",
            &format!(
                r#"{{"type":"conversation.item.added","item":{{"id":"{user}","type":"message","status":"completed","role":"user","content":[{{"type":"input_audio","transcript":null}}]}}}}"#
            ),
        );
    }

    fn assistant_speaks(&mut self) {
        self.replies("a reply begins", "resp_FkXcRep1m7Zt0LwNvB4yQ");
        self.begins("its item begins", REPLY, "item_FkXcSay1aRm3KfV9xWb2T");
        self.deltas(REPLY);
    }

    fn assistant_is_done(&mut self) {
        let user = r#""item_id":"item_FkXcUsrE6dYb8CmK3pZvO","content_index":0"#;
        let said = "It leaves at eight. ".repeat(20);
        for (point, frame) in [
            (
                "the user is transcribed",
                format!(
                    r#"conversation.item.input_audio_transcription.completed",{user},"transcript":"When does the ferry leave?""#
                ),
            ),
            (
                "the audio is whole",
                format!(r#"response.output_audio.done",{REPLY}"#),
            ),
            (
                "the transcript is whole",
                format!(r#"response.output_audio_transcript.done",{REPLY},"transcript":"{said}""#),
            ),
            (
                "the item is done",
                format!(
                    r#"response.output_item.done","response_id":"resp_FkXcRep1m7Zt0LwNvB4yQ","item":{{"id":"item_FkXcSay1aRm3KfV9xWb2T","type":"message","status":"completed","role":"assistant","content":[{{"type":"output_audio","transcript":"{said}"}}]}}"#
                ),
            ),
        ] {
            self.says(point, &format!(r#"{{"type":"{frame}}}"#));
        }
        self.done("the reply is done", "resp_FkXcRep1m7Zt0LwNvB4yQ");
    }

    fn assistant_calls(&mut self) {
        let response = "resp_FkXcRep2tPz4BvM1oUe7G";
        self.replies("another reply begins", response);
        for (point, frame) in [
            (
                "a call begins",
                format!(
                    r#"response.output_item.added","response_id":"{response}","output_index":0,"item":{{{CALLED},"status":"in_progress","arguments":""}}"#
                ),
            ),
            (
                "its arguments are whole",
                format!(
                    r#"response.function_call_arguments.done","response_id":"{response}","item_id":"item_FkXcCal1T9iXr2HqN5jFw","call_id":"call_Zt0LwNvB4yQd","arguments":"{{\"to\":\"Naxos\"}}""#
                ),
            ),
            (
                "the call is done",
                format!(
                    r#"response.output_item.done","response_id":"{response}","output_index":0,"item":{{{CALLED},"status":"completed","arguments":"{{\"to\":\"Naxos\"}}"}}"#
                ),
            ),
        ] {
            self.says(point, &format!(r#"{{"type":"{frame}}}"#));
        }
        self.done("the reply with the call is done", response);
        self.sends(Command::tool_output(
            "call_Zt0LwNvB4yQd",
            r#"{"at":"8:00"}"#,
        ));
        self.forwards();
        self.says(
            "the output is an item",
            r#"{"type":"conversation.item.added","item":{"id":"item_FkXcOut1E6dYb8CmK3pZv","type":"function_call_output","call_id":"call_Zt0LwNvB4yQd","output":"{}"}}"#,
        );
    }

    fn user_barges_in(&mut self) {
        self.replies("the call is replied to", "resp_FkXcRep3hJn6QyD8sLc5E");
        self.begins("the item begins", AGAIN, "item_FkXcSay2z4BvM1oUe7GkA");
        self.deltas(AGAIN);
        self.says(
            "the user barges in",
            r#"{"type":"input_audio_buffer.speech_started","audio_start_ms":9000,"item_id":"item_FkXcUsr2aRm3KfV9xWb2T"}"#,
        );
        self.forwards();
        self.says(
            "the reply is cut",
            r#"{"type":"response.done","response":{"id":"resp_FkXcRep3hJn6QyD8sLc5E","status":"cancelled","status_details":{"type":"cancelled","reason":"turn_detected"},"usage":{"total_tokens":9}}}"#,
        );
    }

    fn ends(&mut self) {
        self.sends(Command::Close);
        self.forwards();
        self.count(|session| session.disconnected(Close::lost()));
        self.look("the connection is gone");
        self.count(|session| while session.poll_event().is_some() {});
        self.look("all is told");
    }

    fn replies(&mut self, point: &'static str, response: &str) {
        self.says(
            point,
            &format!(r#"{{"type":"response.created","response":{{"id":"{response}","status":"in_progress","output":[]}}}}"#),
        );
    }

    fn begins(&mut self, point: &'static str, place: &str, item: &str) {
        self.says(
            point,
            &format!(r#"{{"type":"response.output_item.added",{place},"item":{{"id":"{item}","type":"message","status":"in_progress","role":"assistant","content":[]}}}}"#),
        );
        self.says(
            "its part begins",
            &format!(r#"{{"type":"response.content_part.added",{place},"part":{{"type":"audio","transcript":""}}}}"#),
        );
    }

    fn deltas(&mut self, place: &str) {
        for _ in 0..20 {
            let audio = "AAAA".repeat(320);
            self.hears(&format!(
                r#"{{"type":"response.output_audio.delta",{place},"delta":"{audio}"}}"#
            ));
            self.hears(&format!(r#"{{"type":"response.output_audio_transcript.delta",{place},"delta":"It leaves at eight. "}}"#));
        }
        self.look("much of it is said");
    }

    fn done(&mut self, point: &'static str, response: &str) {
        self.says(
            point,
            &format!(r#"{{"type":"response.done","response":{{"id":"{response}","status":"completed","usage":{{"total_tokens":171,"input_tokens":112,"output_tokens":59}}}}}}"#),
        );
    }

    fn says(&mut self, point: &'static str, frame: &str) {
        self.hears(frame);
        self.look(point);
    }

    fn hears(&mut self, frame: &str) {
        self.count(|session| {
            for event in session.receive(frame) {
                let read = !matches!(event, Event::Malformed(_) | Event::Unknown(_));
                assert!(read, "{event:?}");
            }
        });
    }

    fn sends(&mut self, command: Command<'_>) {
        self.count(|session| {
            session.send(command).expect("it is right");
        });
        self.look("something was sent");
    }

    fn forwards(&mut self) {
        self.count(|session| while session.poll_transmit().is_some() {});
        self.count(|session| while session.poll_event().is_some() {});
        self.look("all has left");
    }
}
