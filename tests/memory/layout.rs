//! What one session takes of the ten thousand that a process may hold.

use crate::live;
use core::fmt::Write as _;
use realtime_proto::{Command, Config, Dialect, Session};

/// The most that a session takes beside what it was told to keep and what it is to send.
const MOST: usize = 2 << 10;

fn opened() -> Session {
    let mut session = Session::new(Config::new(Dialect::OpenAi));
    says(
        &mut session,
        r#"{"type":"session.created","event_id":"event_1","session":{"id":"sess_FkXc2mGq7Zt0LwNvB4yQd"}}"#,
    );
    session
}

fn says(session: &mut Session, frame: &str) {
    session.receive(frame).for_each(drop);
}

#[test]
fn probe() {
    let mut s = Session::new(Config::new(Dialect::OpenAi));
    println!("new {} + {}", size_of::<Session>(), s.memory_bytes());
    s = opened();
    println!("opened {} + {}", size_of::<Session>(), s.memory_bytes());
    let mut last = s.memory_bytes();
    let ids = r#""response_id":"resp_1abcdefghijklmnop","item_id":"item_abcdefghijklm","output_index":0,"content_index":0"#;
    for f in [
        r#"{"type":"input_audio_buffer.speech_started","item_id":"item_userabcdefgh","audio_start_ms":7}"#.to_owned(),
        r#"{"type":"input_audio_buffer.speech_stopped","item_id":"item_userabcdefgh","audio_end_ms":9}"#.to_owned(),
        r#"{"type":"input_audio_buffer.committed","item_id":"item_userabcdefgh"}"#.to_owned(),
        r#"{"type":"conversation.item.added","item":{"id":"item_userabcdefgh","type":"message","role":"user","content":[{"type":"input_audio"}]}}"#.to_owned(),
        r#"{"type":"response.created","response":{"id":"resp_1abcdefghijklmnop","status":"in_progress"}}"#.to_owned(),
        r#"{"type":"response.output_item.added","response_id":"resp_1abcdefghijklmnop","item":{"id":"item_abcdefghijklm","type":"message","role":"assistant","content":[]}}"#.to_owned(),
        format!(r#"{{"type":"response.content_part.added",{ids},"part":{{"type":"audio"}}}}"#),
        format!(r#"{{"type":"response.output_audio.delta",{ids},"delta":"AAAAAAAAAAAAAAAA"}}"#),
        format!(r#"{{"type":"response.output_audio_transcript.delta",{ids},"delta":"and then"}}"#),
        r#"{"type":"conversation.item.input_audio_transcription.completed","item_id":"item_userabcdefgh","content_index":0,"transcript":"well"}"#.to_owned(),
        format!(r#"{{"type":"response.output_audio_transcript.done",{ids},"transcript":"and then"}}"#),
        r#"{"type":"response.output_item.done","response_id":"resp_1abcdefghijklmnop","item":{"id":"item_abcdefghijklm","type":"message","role":"assistant","status":"completed","content":[{"type":"output_audio","transcript":"and then"}]}}"#.to_owned(),
        r#"{"type":"response.done","response":{"id":"resp_1abcdefghijklmnop","status":"completed","usage":{"total_tokens":9}}}"#.to_owned(),
    ] {
        says(&mut s, &f);
        println!("{:6} {:?} {}", s.memory_bytes() as isize - last as isize, s.memory_bytes(), &f[..60]);
        last = s.memory_bytes();
    }
    s.send(Command::append_audio(&[0; 960])).unwrap();
    println!("append {}", s.memory_bytes() - last);
    let mut t = String::new();
    write!(t, "{}", live()).unwrap();
}
