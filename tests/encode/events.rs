//! The events that are the same in both dialects.

use crate::support::{STARTED, STARTED_UNNAMED, both_send, both_send_after, hear, polled, ready};
use core::time::Duration;
use realtime_proto::{CancelResponse, Command, Config, Dialect, ItemRef, Truncate};

#[test]
fn append_carries_base64_and_no_event_id() {
    let frame = r#"{"type":"input_audio_buffer.append","audio":"AAECAwQF"}"#;
    both_send(Command::append_audio(&[0, 1, 2, 3, 4, 5]), &[frame]);
    both_send(Command::append_base64("AAECAwQF"), &[frame]);
}

#[test]
fn append_pads_what_is_no_whole_group() {
    both_send(
        Command::append_audio(&[0xfb, 0xff, 0xbf, 0x01]),
        &[r#"{"type":"input_audio_buffer.append","audio":"+/+/AQ=="}"#],
    );
    both_send(
        Command::append_base64("+/+/AQI="),
        &[r#"{"type":"input_audio_buffer.append","audio":"+/+/AQI="}"#],
    );
}

#[test]
fn commit_and_clear_say_nothing_more() {
    both_send(
        Command::CommitInput,
        &[r#"{"type":"input_audio_buffer.commit","event_id":"rp-1"}"#],
    );
    both_send(
        Command::ClearInput,
        &[r#"{"type":"input_audio_buffer.clear","event_id":"rp-1"}"#],
    );
    both_send(
        Command::ClearOutput,
        &[r#"{"type":"output_audio_buffer.clear","event_id":"rp-1"}"#],
    );
}

#[test]
fn retrieve_and_delete_name_the_item() {
    both_send(
        Command::retrieve_item("item_1"),
        &[r#"{"type":"conversation.item.retrieve","item_id":"item_1","event_id":"rp-1"}"#],
    );
    both_send(
        Command::DeleteItem(ItemRef::new("item_2")),
        &[r#"{"type":"conversation.item.delete","item_id":"item_2","event_id":"rp-1"}"#],
    );
}

#[test]
fn truncate_counts_whole_milliseconds_rounded_down() {
    both_send(
        Command::truncate("item_1", 0, Duration::from_micros(1_500_999)),
        &[
            r#"{"type":"conversation.item.truncate","audio_end_ms":1500,"content_index":0,"item_id":"item_1","event_id":"rp-1"}"#,
        ],
    );
    both_send(
        Truncate::new("item_2", 3, Duration::ZERO),
        &[
            r#"{"type":"conversation.item.truncate","audio_end_ms":0,"content_index":3,"item_id":"item_2","event_id":"rp-1"}"#,
        ],
    );
}

#[test]
fn cancel_names_the_response_where_its_name_is_known() {
    both_send_after(
        &[STARTED_UNNAMED],
        Command::cancel_response(),
        &[r#"{"type":"response.cancel","event_id":"rp-1"}"#],
    );
    for cancel in [
        Command::cancel_response(),
        CancelResponse::new("resp_1").into(),
    ] {
        both_send_after(
            &[STARTED],
            cancel,
            &[r#"{"type":"response.cancel","response_id":"resp_1","event_id":"rp-1"}"#],
        );
    }
}

#[test]
fn cancel_of_nothing_is_no_frame() {
    both_send(Command::cancel_response(), &[]);
    both_send(CancelResponse::new("resp_1"), &[]);
    both_send_after(&[STARTED], CancelResponse::new("resp_0"), &[]);
}

#[test]
fn raw_frames_leave_as_they_are() {
    for text in [
        r#" { "event_id" : "mine", "type":"response.cancel" } "#,
        "{\"type\":\"brand.new\",\n \"x\":1.0}",
        r#"{"type":"session.update","session":{"instructions":"\u00e9\/"}}"#,
        "{}",
    ] {
        both_send(Command::raw(text), &[text]);
    }
}

#[test]
fn text_is_escaped_where_json_demands_it_and_nowhere_else() {
    let every = "\" \\ / \u{0} \u{1f} \n \r \t \u{8} \u{c} \u{7f} \u{2028} é 🎙";
    both_send(
        Command::retrieve_item(every),
        &[
            "{\"type\":\"conversation.item.retrieve\",\"item_id\":\"\\\" \\\\ / \\u0000 \\u001f \\n \\r \\t \\b \\f \u{7f} \u{2028} é 🎙\",\"event_id\":\"rp-1\"}",
        ],
    );
}

#[test]
fn reports_of_playback_send_nothing() {
    both_send(
        Command::playback(realtime_proto::Epoch(0), Duration::from_secs(1)),
        &[],
    );
}

#[test]
fn each_frame_has_the_next_number() {
    let mut session = ready(Config::new(Dialect::OpenAi));
    hear(&mut session, &[STARTED]);
    session.send(Command::CommitInput).unwrap();
    session.send(Command::ClearInput).unwrap();

    let third = session.send(Command::cancel_response()).unwrap();

    assert_eq!(third.to_string(), "rp-3");
    assert_eq!(
        polled(&mut session),
        [
            r#"{"type":"input_audio_buffer.commit","event_id":"rp-1"}"#,
            r#"{"type":"input_audio_buffer.clear","event_id":"rp-2"}"#,
            r#"{"type":"response.cancel","response_id":"resp_1","event_id":"rp-3"}"#,
        ]
    );
}
