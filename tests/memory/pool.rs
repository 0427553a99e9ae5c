//! The room of a text that is done is that of the next one.

use crate::live;
use realtime_proto::{Config, Dialect, Session};

/// The room of a first text.
const ROOM: usize = 512;

#[test]
fn a_text_that_is_done_leaves_its_room_to_the_next() {
    // Texts without a delta had no room, and leave none.
    for without in [0, 8] {
        let mut session = Session::new(Config::new(Dialect::OpenAi));
        open(&mut session, "item_1");
        for at in 0..without {
            done(&mut session, &format!("without_{at}"));
        }
        done(&mut session, "item_1");

        let before = live();
        open(&mut session, "item_2");

        let more = live().wrapping_sub(before);
        assert!(more < ROOM, "{more} more, after {without} without room");
    }
}

#[test]
fn no_more_room_is_kept_than_a_reply_needs() {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    let items: Vec<_> = (0..10).map(|at| format!("item_{at}")).collect();
    for item in &items {
        open(&mut session, item);
    }

    let before = session.memory_bytes();
    for item in &items {
        done(&mut session, item);
    }

    let freed = before - session.memory_bytes();
    assert_eq!((freed + ROOM / 2) / ROOM, 6, "{freed} bytes are freed");
}

/// Room is made for a text.
fn open(session: &mut Session, item: &str) {
    let frame = format!(
        r#"{{"type":"response.content_part.added","response_id":"resp_1","item_id":"{item}",
        "content_index":0,"part":{{"type":"text"}}}}"#
    );
    session.receive(&frame).for_each(drop);
}

fn done(session: &mut Session, item: &str) {
    let frame = format!(
        r#"{{"type":"response.output_text.done","response_id":"resp_1","item_id":"{item}",
        "content_index":0,"text":"a"}}"#
    );
    session.receive(&frame).for_each(drop);
}
