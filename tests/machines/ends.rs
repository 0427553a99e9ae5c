//! Ends and deadlines, as they are told.

use crate::support::{Driver, closing, committed, created, speech, spoken, text, time};
use realtime_proto::{Close, CloseClass, Command, Config, Dialect, Event, Phase, Plan};

#[test]
fn x15_a_close_in_the_middle_settles_everything_and_is_told_last() {
    for (code, class, plan) in [
        (1008, CloseClass::Rejected, Plan::Never),
        (1011, CloseClass::ServerFault, Plan::Replay),
    ] {
        let mut driver = Driver::ready();
        driver.feed_all([created("resp_1"), spoken("resp_1", "item_1", "Hel")]);
        driver.feed_all([speech("user_1")]);
        let cancel = driver.send(Command::cancel_response());

        driver.session.disconnected(Close::code(code, "policy"));

        assert_eq!(
            driver.told(),
            [
                "text_done item_1 Hel + abandoned".to_owned(),
                "user_turn_discarded user_1".to_owned(),
                "response_finished resp_1 lost".to_owned(),
                format!("command_settled {cancel} unknown"),
                format!("closed {}", closing(class, plan)),
            ]
        );
        assert_eq!(driver.session.phase(), Phase::Closed);
    }
}

#[test]
fn x27_a_deadline_starts_when_the_time_is_told_after_it_was_armed() {
    let mut config = Config::new(Dialect::OpenAi);
    config.max_session = None;
    let mut driver = Driver::ready_with(config);
    driver.at(0);
    driver.feed(committed("user_1"));

    assert_eq!(driver.due(), Some(0), "the time is asked for once");
    assert_eq!(driver.at(3_600_000), [""; 0]);
    assert_eq!(driver.due(), Some(3_630_000));
    assert_eq!(driver.at(3_630_000), ["stalled response"]);
}

#[test]
fn x27_sparse_and_dense_drivers_see_the_same_events() {
    let script = |dense: bool| {
        let mut driver = Driver::ready();
        let mut lines = driver.at(0);
        lines.extend(driver.feed(created("resp_1")));
        for second in 0..120 {
            lines.extend(driver.feed(text("resp_1", "item_1", "x")));
            if dense || second % 60 == 59 {
                lines.extend(driver.at(second * 1_000));
            }
        }
        lines
    };

    assert_eq!(script(true), script(false));
}

#[test]
fn a11_a_disconnect_is_told_once() {
    let mut driver = Driver::ready();

    driver.session.disconnected(Close::lost());
    driver.session.disconnected(Close::code(1000, ""));

    assert_eq!(driver.told(), ["closed lost replay"]);
}

#[test]
fn a12_the_code_and_the_reason_of_the_end_are_told_apart() {
    for (close, code, reason, class) in [
        (
            Close::code(1008, "idle"),
            Some(1008),
            "idle",
            CloseClass::Rejected,
        ),
        (
            Close::code(1011, ""),
            Some(1011),
            "",
            CloseClass::ServerFault,
        ),
        (
            Close::code(1001, "going away"),
            Some(1001),
            "going away",
            CloseClass::Lost,
        ),
        (Close::code(1000, ""), Some(1000), "", CloseClass::Finished),
        (Close::lost(), None, "", CloseClass::Lost),
        (Close::ended(), None, "", CloseClass::Finished),
    ] {
        let mut driver = Driver::ready();

        driver.session.disconnected(close);

        let Some(Event::Closed(closed)) = driver.session.poll_event() else {
            panic!("the end is told");
        };
        assert_eq!(
            (closed.code, &*closed.reason, closed.class),
            (code, reason, class)
        );
    }
}

#[test]
fn x27_time_that_goes_back_is_read_as_the_latest() {
    let mut driver = Driver::ready();
    driver.at(50_000);
    driver.feed(committed("user_1"));
    driver.at(10_000);

    assert_eq!(driver.session.poll_timeout(), Some(time(80_000)));
}
