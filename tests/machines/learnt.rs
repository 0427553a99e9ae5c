//! What a server refuses as unsupported is turned off.

use crate::support::{Driver, audio, created, cut_off, done, ms, speech, text};
use realtime_proto::{Capabilities, Command, Config, Dialect, Epoch, Media, Unheard};
use serde_json::{Value, json};

const UNKNOWN: &str = "unknown_event";

/// What the server can do once it has refused what the session or the caller has sent.
fn left(mut driver: Driver, code: &str) -> Capabilities {
    let frames = driver.frames();
    let [frame] = &frames[..] else {
        panic!("one frame: {frames:?}");
    };
    refuse(&mut driver, frame, code);
    driver.session.capabilities().clone()
}

fn refuse(driver: &mut Driver, frame: &Value, code: &str) -> Vec<String> {
    let id = &frame["event_id"];
    assert!(id.is_string(), "{frame}");
    let error = json!({"type": "invalid_request_error", "code": code, "event_id": id});
    driver.feed(json!({"type": "error", "error": error}).to_string())
}

fn without(turn_off: impl FnOnce(&mut Capabilities)) -> Capabilities {
    let mut capabilities = Capabilities::of(Dialect::OpenAi);
    turn_off(&mut capabilities);
    capabilities
}

fn sending(command: Command<'_>) -> Driver {
    let mut driver = Driver::manual();
    driver.sent();
    driver.send(command);
    driver
}

/// A response of which 300 ms were heard is cut by the user.
fn barge_in(driver: &mut Driver, number: u32) {
    let (response, item) = (format!("resp_{number}"), format!("item_{number}"));
    driver.feed_all([created(&response), audio(&response, &item, 1_000)]);
    driver.send(Command::playback(Epoch(number - 1), ms(300)));
    driver.feed_all([speech(&format!("user_{number}")), cut_off(&response)]);
}

fn saying(driver: &mut Driver, response: &str) {
    driver.feed_all([created(response), text(response, "item", "Hello")]);
}

#[test]
fn a_refused_truncation_turns_truncation_off() {
    let driver = sending(Command::truncate("item_1", 0, ms(300)));

    assert_eq!(left(driver, UNKNOWN), without(|can| can.truncate = false));
}

#[test]
fn a_refused_deletion_turns_deletion_off() {
    let driver = sending(Command::delete_item("item_1"));

    assert_eq!(left(driver, UNKNOWN), without(|can| can.delete = false));
}

#[test]
fn a_refused_cancel_turns_cancelling_off() {
    let mut driver = Driver::ready();
    saying(&mut driver, "resp_1");
    driver.send(Command::cancel_response());

    assert_eq!(left(driver, UNKNOWN), without(|can| can.cancel = false));
}

#[test]
fn a_refused_commit_turns_committing_off() {
    let mut driver = sending(Command::append_audio(&[0; 9_600]));
    driver.sent();
    driver.send(Command::CommitInput);

    assert_eq!(left(driver, UNKNOWN), without(|can| can.commit = false));
}

#[test]
fn a_refused_clear_turns_clearing_off() {
    let driver = sending(Command::ClearInput);

    assert_eq!(left(driver, UNKNOWN), without(|can| can.clear = false));
}

#[test]
fn a_refused_clear_of_the_output_turns_that_off() {
    let driver = sending(Command::ClearOutput);

    let wanted = without(|can| can.clear_output = false);
    assert_eq!(left(driver, UNKNOWN), wanted);
}

#[test]
fn after_a_refused_truncation_no_barge_in_truncates() {
    let mut driver = Driver::ready();
    barge_in(&mut driver, 1);
    let frames = driver.frames();
    assert_eq!(frames[0]["type"], "conversation.item.truncate");
    refuse(&mut driver, &frames[0], UNKNOWN);

    barge_in(&mut driver, 2);

    assert_eq!((frames.len(), driver.sent()), (1, vec![]));
}

#[test]
fn after_a_refused_deletion_what_nobody_heard_stays() {
    let mut config = Config::new(Dialect::OpenAi);
    config.policy.unheard = Unheard::Delete;
    let mut driver = Driver::ready_with(config);
    let unheard = |driver: &mut Driver, epoch, response: &str, item: &str| {
        driver.feed_all([created(response), audio(response, item, 100)]);
        driver.send(Command::playback(Epoch(epoch), ms(0)));
        driver.feed_all([speech(item), cut_off(response)]);
    };
    unheard(&mut driver, 0, "resp_1", "item_1");
    let frames = driver.frames();
    assert_eq!(frames[0]["type"], "conversation.item.delete");
    refuse(&mut driver, &frames[0], UNKNOWN);

    unheard(&mut driver, 1, "resp_2", "item_2");

    assert_eq!(driver.sent(), [""; 0]);
}

#[test]
fn after_a_refused_cancel_an_interruption_only_stops_the_playback() {
    let mut driver = Driver::ready();
    saying(&mut driver, "resp_1");
    driver.send(Command::interrupt());
    let frames = driver.frames();
    assert_eq!(frames[0]["type"], "response.cancel");
    refuse(&mut driver, &frames[0], UNKNOWN);
    driver.feed(done("resp_1"));
    saying(&mut driver, "resp_2");

    driver.send(Command::interrupt());

    assert_eq!(driver.sent(), [""; 0]);
    assert!(
        driver
            .told()
            .contains(&"interrupted resp_2 command".to_owned())
    );
}

#[test]
fn after_a_refused_clear_of_the_output_an_interruption_only_cancels() {
    let mut config = Config::new(Dialect::OpenAi);
    config.media = Media::Remote;
    let mut driver = Driver::new(config);
    saying(&mut driver, "resp_1");
    driver.send(Command::interrupt());
    let frames = driver.frames();
    assert_eq!(frames[1]["type"], "output_audio_buffer.clear");
    refuse(&mut driver, &frames[1], UNKNOWN);
    driver.feed(cut_off("resp_1"));
    saying(&mut driver, "resp_2");

    driver.send(Command::interrupt());

    assert_eq!(driver.sent(), ["cancel resp_2"]);
}

#[test]
fn what_is_refused_as_unsupported_is_told_as_any_error() {
    let mut driver = sending(Command::delete_item("item_1"));
    let frames = driver.frames();

    let lines = refuse(&mut driver, &frames[0], UNKNOWN);

    let names: Vec<_> = lines
        .iter()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert_eq!(names, ["error", "command_settled"]);
}

#[test]
fn a_race_and_a_wrong_value_teach_nothing() {
    for code in [
        "item_truncate_invalid_item_id",
        "invalid_value",
        "invalid_event",
    ] {
        let driver = sending(Command::truncate("item_1", 0, ms(300)));

        assert_eq!(left(driver, code), without(|_| ()), "{code}");
    }
}

#[test]
fn an_unsupported_item_teaches_nothing() {
    let item = realtime_proto::ItemDraft::user_text("Hello");
    let driver = sending(Command::create_item(item));

    assert_eq!(left(driver, "unsupported_content_type"), without(|_| ()));
}

#[test]
fn after_a_refused_cancel_a_cancel_by_id_sends_nothing() {
    let mut driver = Driver::ready();
    saying(&mut driver, "resp_1");
    driver.send(Command::cancel_response());
    let frames = driver.frames();
    refuse(&mut driver, &frames[0], UNKNOWN);
    driver.feed_all([done("resp_1"), created("resp_2")]);
    let mut cancel = Command::cancel_response();
    if let Command::CancelResponse(cancel) = &mut cancel {
        cancel.response_id = Some("resp_2".into());
    }

    let command = driver.send(cancel);

    assert_eq!(
        driver.told(),
        [format!("command_settled {command} superseded")]
    );
    assert_eq!(driver.sent(), [""; 0]);
}
