//! What an error means: its class, whether the session goes on, and whether to try again.

use crate::support::{Driver, created, done};
use realtime_proto::{Class, Command, Event, Retry, Scope, ServerError};
use std::collections::{BTreeMap, BTreeSet};

const SAME: Retry = Retry::SameSession { after: None };

/// A frame, its class, whether the session is of use after it, and what may be tried.
#[rustfmt::skip]
const ERRORS: &[(&str, Class, bool, Retry)] = &[
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"conversation_already_has_active_response"}}"#, Class::BenignRace, true, SAME),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"response_cancel_not_active"}}"#, Class::BenignRace, true, SAME),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"input_audio_buffer_commit_empty"}}"#, Class::BenignRace, true, SAME),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"item_truncate_invalid_item_id"}}"#, Class::BenignRace, true, SAME),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"item_delete_invalid_item_id"}}"#, Class::BenignRace, true, SAME),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"item_retrieve_invalid_item_id"}}"#, Class::BenignRace, true, SAME),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"invalid_json"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"invalid_event"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"invalid_value"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"invalid_type"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"invalid_request"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"missing_required_parameter"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"unknown_parameter"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"string_above_max_length"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"string_below_min_length"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"array_above_max_length"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"array_below_min_length"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"integer_above_max_value"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"integer_below_min_value"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"decimal_above_max_value"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"decimal_below_min_value"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"cannot_update_voice"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"duplicate_item_id"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"invalid_tool_call_id"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"invalid_base64"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"image_too_large"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"mutually_exclusive_parameters"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"never_seen"}}"#, Class::Rejected, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"unsupported_content_type"}}"#, Class::Unsupported, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"unsupported_parameter"}}"#, Class::Unsupported, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"unsupported_value"}}"#, Class::Unsupported, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"unknown_event"}}"#, Class::Unsupported, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"unsupported_event"}}"#, Class::Unsupported, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"invalid_event_type"}}"#, Class::Unsupported, true, Retry::Never),
    (r#"{"type":"error","error":{"code":"DeploymentNotFound"}}"#, Class::Unsupported, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"model_not_found"}}"#, Class::Unsupported, false, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"unsupported_model"}}"#, Class::Unsupported, false, Retry::Never),
    (r#"{"type":"error","error":{"type":"requests","code":"rate_limit_exceeded"}}"#, Class::Throttled, true, SAME),
    (r#"{"type":"error","error":{"type":"tokens","code":"rate_limit_exceeded"}}"#, Class::Throttled, true, SAME),
    (r#"{"type":"error","error":{"code":"too_many_requests"}}"#, Class::Throttled, true, SAME),
    (r#"{"type":"error","error":{"code":"inference_rate_limit_exceeded"}}"#, Class::Throttled, true, SAME),
    (r#"{"type":"error","error":{"code":429}}"#, Class::Throttled, true, SAME),
    (r#"{"type":"error","error":{"type":"rate_limit_error"}}"#, Class::Throttled, true, SAME),
    (r#"{"type":"error","error":{"code":"server_busy"}}"#, Class::Throttled, true, SAME),
    (r#"{"type":"error","error":{"type":"insufficient_quota","code":"insufficient_quota"}}"#, Class::Quota, false, Retry::Never),
    (r#"{"type":"error","error":{"code":"billing_hard_limit_reached"}}"#, Class::Quota, false, Retry::Never),
    (r#"{"type":"error","error":{"code":"billing_not_active"}}"#, Class::Quota, false, Retry::Never),
    (r#"{"type":"error","error":{"code":"quota_exceeded"}}"#, Class::Quota, false, Retry::Never),
    (r#"{"type":"error","error":{"type":"billing_error"}}"#, Class::Quota, false, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"invalid_api_key"}}"#, Class::Auth, false, Retry::Never),
    (r#"{"type":"error","error":{"code":"invalid_authentication"}}"#, Class::Auth, false, Retry::Never),
    (r#"{"type":"error","error":{"code":"invalid_organization"}}"#, Class::Auth, false, Retry::Never),
    (r#"{"type":"error","error":{"code":"unauthorized"}}"#, Class::Auth, false, Retry::Never),
    (r#"{"type":"error","error":{"code":"permission_denied"}}"#, Class::Auth, false, Retry::Never),
    (r#"{"type":"error","error":{"code":"token_expired"}}"#, Class::Auth, false, Retry::Never),
    (r#"{"type":"error","error":{"code":401}}"#, Class::Auth, false, Retry::Never),
    (r#"{"type":"error","error":{"code":403}}"#, Class::Auth, false, Retry::Never),
    (r#"{"type":"error","error":{"type":"authentication_error"}}"#, Class::Auth, false, Retry::Never),
    (r#"{"type":"error","error":{"type":"permission_error"}}"#, Class::Auth, false, Retry::Never),
    (r#"{"type":"error","error":{"code":"invalid_ephemeral_token"}}"#, Class::Auth, false, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"session_expired"}}"#, Class::Expired, false, Retry::Reconnect),
    (r#"{"type":"error","error":{"code":"session_timeout"}}"#, Class::Expired, false, Retry::Reconnect),
    (r#"{"type":"error","error":{"code":"idle_timeout"}}"#, Class::Expired, false, Retry::Reconnect),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"beta_api_shape_disabled"}}"#, Class::DialectRejected, false, Retry::Never),
    (r#"{"type":"error","error":{"code":"invalid_beta"}}"#, Class::DialectRejected, false, Retry::Never),
    (r#"{"type":"error","error":{"type":"invalid_request_error","code":"context_length_exceeded"}}"#, Class::ContextExhausted, true, Retry::FreshSession),
    (r#"{"type":"error","error":{"code":"max_context_length_exceeded"}}"#, Class::ContextExhausted, true, Retry::FreshSession),
    (r#"{"type":"error","error":{"code":"conversation_too_long"}}"#, Class::ContextExhausted, true, Retry::FreshSession),
    (r#"{"type":"error","error":{"code":"content_filter"}}"#, Class::Policy, true, Retry::Never),
    (r#"{"type":"error","error":{"code":"content_policy_violation"}}"#, Class::Policy, true, Retry::Never),
    (r#"{"type":"error","error":{"code":"moderation_blocked"}}"#, Class::Policy, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"server_error","code":"server_error"}}"#, Class::ServerFault, false, Retry::Reconnect),
    (r#"{"type":"error","error":{"code":"internal_error"}}"#, Class::ServerFault, false, Retry::Reconnect),
    (r#"{"type":"error","error":{"code":"internal_server_error"}}"#, Class::ServerFault, false, Retry::Reconnect),
    (r#"{"type":"error","error":{"code":"service_unavailable"}}"#, Class::ServerFault, false, Retry::Reconnect),
    (r#"{"type":"error","error":{"code":500}}"#, Class::ServerFault, false, Retry::Reconnect),
    (r#"{"type":"error","error":{"code":502}}"#, Class::ServerFault, false, Retry::Reconnect),
    (r#"{"type":"error","error":{"code":503}}"#, Class::ServerFault, false, Retry::Reconnect),
    (r#"{"type":"error","error":{"code":"overloaded"}}"#, Class::ServerFault, false, Retry::Reconnect),
    (r#"{"type":"error","error":{"type":"NOT_FOUND"}}"#, Class::Unsupported, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"server_error"}}"#, Class::ServerFault, false, Retry::Reconnect),
    (r#"{"type":"error","error":{"type":"api_error"}}"#, Class::ServerFault, false, Retry::Reconnect),
    (r#"{"type":"error","error":{"code":"audio_unintelligible"}}"#, Class::ResponseFailed, true, SAME),
    (r#"{"type":"error","error":{"code":"transcription_failed"}}"#, Class::ResponseFailed, true, SAME),
    (r#"{"type":"error","error":{"code":"response_failed"}}"#, Class::ResponseFailed, true, SAME),
    (r#"{"type":"error","error":{"type":"transcription_error"}}"#, Class::ResponseFailed, true, SAME),
    (r#"{"type":"error","error":{"code":"never_seen"}}"#, Class::Unknown, true, Retry::Never),
    (r#"{"type":"error","error":{}}"#, Class::Unknown, true, Retry::Never),
    (r#"{"type":"error","error":{"type":"never_seen","code":"never_seen"}}"#, Class::Unknown, true, Retry::Never),
];

#[test]
pub(crate) fn pain_07_every_error_has_its_class_its_reach_and_its_advice() {
    for (frame, class, usable, retry) in ERRORS {
        let error = classified(&mut Driver::ready(), frame);

        assert_eq!(error.class, *class, "{frame}");
        assert_eq!(error.session_usable, *usable, "{frame}");
        assert_eq!(error.retry, *retry, "{frame}");
        assert_eq!(error.scope, Scope::Session, "{frame}");
    }
}

#[test]
pub(crate) fn pain_07_an_error_about_a_command_is_of_that_command() {
    for (frame, class, usable, retry) in ERRORS {
        if *class == Class::BenignRace {
            continue;
        }
        let mut driver = Driver::ready();
        let item = realtime_proto::ItemDraft::user_text("Hello");
        let command = driver.session.send(Command::create_item(item));
        let command = command.expect("the command is right");
        let named = frame.replace(
            r#""error":{"#,
            &format!(r#""error":{{"event_id":"{command}","#),
        );

        let error = classified(&mut driver, &named.replace(",}", "}"));

        assert_eq!(error.scope, Scope::Command(command), "{frame}");
        assert_eq!(
            (error.class, error.session_usable),
            (*class, *usable),
            "{frame}"
        );
        assert_eq!(error.retry, *retry, "{frame}");
    }
}

#[test]
pub(crate) fn pain_07_the_next_turn_works_after_every_error_that_ends_nothing() {
    for (frame, ..) in ERRORS.iter().filter(|(_, _, usable, _)| *usable) {
        let mut driver = Driver::ready();
        driver.feed(frame);

        driver.send(Command::create_response());
        let lines = driver.feed_all([created("resp_1"), done("resp_1")]);

        assert_eq!(driver.sent(), ["create"], "{frame}");
        assert_eq!(
            lines.last().map(String::as_str),
            Some("response_finished resp_1 completed:end_turn")
        );
    }
}

#[test]
pub(crate) fn pain_07_no_error_ends_the_session_by_itself() {
    for (frame, ..) in ERRORS {
        let mut driver = Driver::ready();

        let lines = driver.feed(frame);

        assert_eq!(lines.len(), 1, "{frame}");
        assert_eq!(
            driver.session.phase(),
            realtime_proto::Phase::Ready,
            "{frame}"
        );
    }
}

#[test]
fn pain_07_the_table_is_wide_enough() {
    let mut classes = BTreeMap::new();
    let mut codes = BTreeSet::new();
    for (frame, class, ..) in ERRORS {
        *classes.entry(format!("{class:?}")).or_insert(0) += 1;
        let frame: serde_json::Value = serde_json::from_str(frame).expect("it is JSON");
        codes.insert(frame["error"]["code"].to_string());
    }

    assert!(
        ERRORS.len() >= 60 && codes.len() >= 40,
        "{} {}",
        ERRORS.len(),
        codes.len()
    );
    assert_eq!(classes.len(), 13, "{classes:?}");
    assert!(classes.values().all(|rows| *rows >= 2), "{classes:?}");
}

/// The one error that a frame tells of.
fn classified(driver: &mut Driver, frame: &str) -> ServerError<'static> {
    let errors = driver
        .events(frame)
        .into_iter()
        .filter_map(|event| match event {
            Event::Error(error) => Some(*error),
            _ => None,
        });
    let errors: Vec<_> = errors.collect();
    let [error] = <[_; 1]>::try_from(errors).expect("one error");
    error
}
