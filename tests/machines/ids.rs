//! Which test proves which id, and the line of code without which it fails.
//!
//! Each line was removed, alone, and its test seen to fail. The few that nothing compiles without
//! were changed instead, as [`CHANGED`] tells.
//! What nothing can prove, because nobody can see it, is in `survivors.rs`.

use std::{fs, path::Path};

/// An id, its test, a file within `src`, and a piece of the one line that the test hangs on.
#[rustfmt::skip]
const IDS: &[(&str, &str, &str, &str)] = &[
    ("e1", "e1_a_done_without_its_response_still_ends_the_active_one", "dialect/openai/response.rs", r#"facts.push(frame.malformed(missing(response.value, "response")));"#),
    ("e2", "e2_damaged_usage_costs_the_usage_only", "dialect/openai/report.rs", "return None;"),
    ("e3", "e3_late_done_of_an_old_response_keeps_the_new_one_cancellable", "state/responses.rs", "None if id.is_some_and(|id| self.has_ended(id)) => return None,"),
    ("e4", "e4_done_with_an_unknown_id_ends_the_response_of_unknown_id", "state/responses.rs", "self.open.get_mut(at)?.id = Some(Arc::from(id));"),
    ("e5", "e5_cancel_before_created_goes_by_its_id_and_drops_what_still_comes", "state/arbiter.rs", "self.cancel = Some(Box::new(command));"),
    ("e6", "e6_queued_create_is_dropped_by_the_users_speech_and_sent_after_our_cancel", "state/reply.rs", "self.commands.end(command, dropped, out);"),
    ("e7", "e7_a_request_that_had_not_begun_is_asked_again_on_the_next_connection", "state/mod.rs", "self.unanswered = before.unanswered;"),
    ("e8", "e8_a_request_outlives_a_connection_that_never_got_ready", "state/close.rs", "self.unanswered.extend(self.arbiter.close());"),
    ("e9", "e9_a_clean_close_for_maximum_duration_is_an_expiry", "state/close.rs", "return CloseClass::Expired;"),
    ("e11", "e11_a_done_of_calls_only_is_not_the_end_of_the_turn", "state/responses.rs", "event.outcome = Outcome::Completed(Completion::ToolUse);"),
    ("e12", "e12_overlapping_turns_keep_their_own_items", "state/observe.rs", "out.push(Event::SpeechStopped(speech));"),
    ("e13", "e13_a_sideband_clamps_nothing_to_audio_that_it_never_sees", "state/bargein.rs", "return Some(heard);"),
    ("e14", "e14_an_item_can_be_truncated_until_its_playback_ends", "state/playback.rs", "self.began = Some((now, self.total()));"),
    ("e15", "e15_a_commit_over_audible_output_is_a_barge_in_without_speech", "state/bargein.rs", "self.cut(InterruptCause::Commit, out);"),
    ("e16", "e16_a_second_cancel_never_reaches_the_next_reply", "session/originate.rs", "cancel.response_id = response_id.as_deref().map(Into::into);"),
    ("e20", "e20_an_error_is_heard_before_readiness_and_proves_none", "state/observe.rs", ".filter(|fact| !matches!(fact, Fact::Event(Event::Error(_))))"),
    ("m1", "m1_every_wire_event_has_its_neutral_one", "state/observe.rs", "self.turns.started(origin, item_id.as_ref(), &previous, out);"),
    ("m2", "m2_speech_over_audio_interrupts_before_the_turn_starts", "state/observe.rs", "self.spoken_over(out);"),
    ("m3", "m3_a_commit_without_speech_interrupts_then_starts_and_commits_the_turn", "state/bargein.rs", "self.cut(InterruptCause::Commit, out);"),
    ("m4", "m4_a_done_by_turn_detection_alone_is_the_interruption", "state/reply.rs", "self.cut_ended(&response, out);"),
    ("m5", "m5_speech_and_the_done_that_follows_are_one_interruption", "state/responses.rs", "response.cut |= cut;"),
    ("m6", "m6_the_legacy_cancelled_and_a_done_are_one_end", "dialect/openai/response.rs", r#""response.cancelled" | "response.canceled" => cancelled(frame),"#),
    ("m7", "m7_text_alone_survives_speech_and_audio_does_not", "state/deltas.rs", "response.had_audio |= played;"),
    ("m8", "m8_speech_after_a_failed_response_cuts_nothing", "state/observe.rs", "Event::ResponseFinished(finished) => self.response_finished(finished, out),"),
    ("m9", "m9_each_interrupt_cancels_the_response_that_is_active_then", "session/originate.rs", "cancel.response_id = response_id.as_deref().map(Into::into);"),
    ("m10", "m10_a_cancel_that_the_end_overtook_is_no_error_either", "state/commands.rs", "self.remember(acknowledged);"),
    ("m11", "m11_a_request_that_was_taken_for_answered_is_asked_again_when_it_lost_the_race", "state/failures.rs", "self.commands.resume(command, ASKED);"),
    ("m12", "m12_a_dead_server_drops_every_request_in_its_turn", "state/waiting.rs", "Deadline::Response | Deadline::Continuation => self.give_up(out),"),
    ("m13", "m13_a_done_belongs_to_its_response_whatever_was_committed_since", "state/reply.rs", "self.report_usage(UsageReport::delta(scope, usage), out);"),
    ("m14", "m14_a_call_makes_the_end_a_tool_use_though_the_output_is_empty", "state/responses.rs", "event.outcome = Outcome::Completed(Completion::ToolUse);"),
    ("m15", "m15_items_without_words_keep_their_place_in_the_order", "state/items.rs", "out.insert(place, Event::ItemAdded(item));"),
    ("m16", "m16_a_final_text_adds_only_what_its_deltas_left_unsaid", "state/texts.rs", "event.suffix = unsaid;"),
    ("m17", "m17_lanes_interleave_in_the_order_of_arrival", "events.rs", "*next = Some(loose.event(&outline, made.as_deref(), text));"),
    ("m18", "m18_every_end_is_typed_and_the_next_turn_goes_on", "dialect/openai/response.rs", r#"Some("max_output_tokens" | "max_tokens") => Incompletion::MaxTokens,"#),
    ("m19", "m19_an_output_and_its_continuation_are_two_exact_frames", "session/originate.rs", "Action::Continue => self.go_on(out),"),
    ("m20", "m20_an_error_of_a_tool_continues_unless_the_policy_says_otherwise", "state/reply.rs", "out.act(Action::Continue);"),
    ("m21", "m21_the_old_response_may_end_before_or_after_the_result", "state/calls.rs", "self.continuations.response_ended(response);"),
    ("m22", "m22_a_commit_of_nothing_is_refused_without_a_frame", "session/outbound.rs", "return Err(SendError::InputTooShort { have, need: COMMIT });"),
    ("m23", "m23_what_this_server_cannot_take_is_refused_and_the_session_lives", "dialect/openai/encode.rs", r#"return Err(context.unsupported("send_media"));"#),
    ("m24", "m24_what_can_never_change_is_refused_and_nothing_is_sent", "state/settings.rs", "self.never(patch)?;"),
    ("m25", "m25_arguments_are_told_with_their_validity_and_are_never_fatal", "dialect/openai/item.rs", "Err(Fault::NotAnObject) => Validity::NotObject,"),
    ("m26", "m26_malformed_arguments_are_told_as_they_came", "state/calls.rs", "call.held = Some((event.arguments.as_ref().into(), event.validity));"),
    ("m27", "m27_control_is_never_lost_and_keeps_its_order_under_audio", "session/outbound.rs", "self.bound_audio();"),
    ("m28", "m28_every_event_id_fits_into_32_characters", "id.rs", "PREFIX_BYTES: usize = 11;"),
    ("m29", "m29_an_image_is_accepted_by_its_own_item_and_later_text_waits_behind_it", "state/items.rs", "self.commands.item(item, out);"),
    ("m30", "m30_errors_are_told_apart_by_code_and_never_by_their_words", "state/errors.rs", "error.class = verdict.class;"),
    ("a7", "a7_two_calls_get_two_outputs_and_one_reply", "state/reply.rs", "out.act(Action::Continue);"),
    ("a8", "a8_a_reply_without_calls_asks_for_nothing", "state/reply.rs", "&& self.calls.continuations.is_due()"),
    ("a9", "a9_the_reply_waits_for_tools_that_outlive_their_response", "state/continuation.rs", "group.open += 1;"),
    ("a10", "a10_audio_flows_while_calls_wait", "session/media.rs", "self.outbox.queue_audio(written, piece.len());"),
    ("a11", "a11_a_disconnect_is_told_once", "state/close.rs", "self.phase = Phase::Closed;"),
    ("a12", "a12_the_code_and_the_reason_of_the_end_are_told_apart", "state/close.rs", "Some(1011..=1014) => CloseClass::ServerFault,"),
    ("a13", "a13_the_close_leaves_though_the_audio_queue_is_full", "session/outbound.rs", "self.outbox.close(1000);"),
    ("a20", "a20_samples_out_survive_any_chunk_boundaries", "state/input.rs", "self.carry = Some(byte);"),
    ("a21", "a21_decoding_into_a_buffer_with_room_allocates_nothing", "codec.rs", "out.resize(need, 0);"),
    ("a22", "a22_half_a_sample_is_an_error_and_no_panic", "audio.rs", "return Err(AudioError::OddLength);"),
    ("a23", "a23_a_denied_call_is_answered_all_the_same", "session/originate.rs", "Action::Continue => self.go_on(out),"),
    ("x3", "x3_an_interruption_at_any_point_is_one_and_ends_the_response_once", "state/bargein.rs", "self.cut(InterruptCause::Command, out);"),
    ("x4", "x4_a_cancelled_done_without_usage_has_none", "state/reply.rs", "out.push(Event::ResponseFinished(finished));"),
    ("x5", "x5_results_in_any_order_before_or_after_the_end_get_one_reply", "state/reply.rs", "out.act(Action::Continue);"),
    ("x6", "x6_three_requests_during_a_response_go_one_at_a_time", "state/requests.rs", "self.arbiter.request(request);"),
    ("x7", "x7_a_failed_transcription_holds_up_no_later_turn", "state/observe.rs", "out.push(Event::InputTranscript(transcript));"),
    ("x8", "x8_deltas_and_the_suffix_are_the_text_for_any_split", "state/texts.rs", "event.suffix = unsaid;"),
    ("x9", "x9_a_truncation_is_clamped_to_what_was_received", "state/playback.rs", "self.total = self.total.saturating_add(part.add(bytes));"),
    ("x10", "x10_a_delta_of_an_unknown_item_begins_its_response", "state/responses.rs", "out.push(Event::ResponseStarted(started_late(id.clone(), default)));"),
    ("x11", "x11_ids_of_unexpected_types_cost_nothing_but_themselves", "json/value.rs", "Kind::Number | Kind::Bool => Some(Cow::Borrowed(self.text)),"),
    ("x15", "x15_a_close_in_the_middle_settles_everything_and_is_told_last", "state/close.rs", "self.commands.close(out);"),
    ("x20", "x20_benign_codes_are_benign_in_any_language", "state/errors.rs", r#"| "response_cancel_not_active""#),
    ("x21", "x21_two_polite_turns_cut_nothing_though_playback_is_never_reported", "state/observe.rs", "Event::ResponseFinished(finished) => self.response_finished(finished, out),"),
    ("x22", "x22_speech_that_the_server_ignores_is_speech_and_nothing_else", "state/bargein.rs", "&& self.server_interrupts()"),
    ("x23", "x23_a_sideband_cancels_then_clears_once_and_truncates_nothing", "state/bargein.rs", "out.act(Action::ClearOutput);"),
    ("x24", "x24_a_late_report_of_a_flushed_epoch_says_nothing", "state/playback.rs", "self.played = None;"),
    ("x25", "x25_a_cancel_within_the_arguments_leaves_no_call", "state/calls.rs", "out.push(cancelled(over, reason(outcome)));"),
    ("x26", "x26_a_reply_created_after_the_output_covers_it", "state/reply.rs", "self.calls.continuations.covered();"),
    ("x27", "x27_a_deadline_starts_when_the_time_is_told_after_it_was_armed", "state/deadlines.rs", "timer.since.get_or_insert(now);"),
    ("x28", "x28_a_change_of_format_stays_behind_the_audio_of_the_old_one", "outbox.rs", "after_audio += self.audio.len() as u64;"),
    ("x30", "x30_audio_beside_the_conversation_is_cut_and_text_lives_on", "state/bargein.rs", "self.cancel_out_of_band(out);"),
    ("x33", "x33_the_call_that_is_left_of_two_still_continues_once", "state/calls.rs", "out.push(cancelled(over, reason(outcome)));"),
    ("i1", "i1_what_is_no_message_is_an_event_and_a_refusal_leaves_no_trace", "session/outbound.rs", "self.queued = out.finish();"),
    ("i2", "i2_at_most_one_request_is_in_flight", "state/arbiter.rs", "self.on(Trigger::Create);"),
    ("i3", "i3_everything_that_began_ends_once", "state/close.rs", "self.calls.close(out);"),
    ("i4", "i4_no_media_of_an_old_epoch_after_the_flush", "state/playback.rs", "self.epoch = Epoch(self.epoch.0.wrapping_add(1));"),
    ("i5", "i5_no_truncation_goes_beyond_what_was_received_and_each_is_whole_milliseconds", "state/playback.rs", "self.total = self.total.saturating_add(part.add(bytes));"),
    ("i6", "i6_at_most_one_cancel_for_a_response", "state/responses.rs", "return None;"),
    ("i7", "i7_the_outputs_on_the_wire_are_those_of_the_calls_that_were_not_cancelled", "state/calls.rs", "self.ended.add(Arc::clone(&oldest.id), CANCELLED);"),
    ("i8", "i8_the_order_does_not_depend_on_which_frame_comes_first", "state/conversation/order.rs", "lists::insert(&mut self.items, at, item);"),
    ("i9", "i9_a_merge_loses_nothing_whatever_comes_twice_or_late", "state/conversation.rs", "known.status.clone_from(&item.status);"),
    ("i10", "i10_a_conversation_beyond_its_limits_gives_its_oldest_with_a_word", "state/conversation.rs", r#"out.push(super::limit("items", Some(oldest.id)));"#),
    ("i11", "i11_after_the_end_there_is_nothing", "state/close.rs", "self.deadlines.clear();"),
    ("i13", "i13_what_was_sent_and_received_replays_to_the_same_conversation", "session/raw.rs", "self.state.sent(id, id.number, own.clone(), expect, true);"),
    ("i14", "i14_a_frame_that_comes_twice_leaves_what_came_once", "state/responses.rs", "None if id.is_some_and(|id| self.has_ended(id)) => return None,"),
    ("i15", "i15_a_frame_that_never_comes_leaves_nothing_stuck", "state/reply.rs", "out.push(Event::ResponseFinished(finished));"),
    ("i16", "i16_every_frame_has_at_least_one_event", "session/inbound.rs", "out.push(Event::Suppressed(Suppressed { kind, reason }));"),
    ("i17", "i17_a_command_that_lost_its_race_is_no_mistake", "state/calls.rs", "return Output::TooLate;"),
    ("pain_01", "pain_01_a_request_survives_every_way_to_lose_the_race", "state/failures.rs", "self.commands.resume(command, ASKED);"),
    ("pain_02", "pain_02_a_truncation_never_claims_more_than_there_is", "state/playback.rs", "self.total = self.total.saturating_add(part.add(bytes));"),
    ("pain_03", "pain_03_at_every_point_of_a_tool_turn_each_call_is_answered_or_taken_back", "state/calls.rs", "out.push(cancelled(over, reason(outcome)));"),
    ("pain_04", "pain_04_one_continuation_for_any_order_of_ends_and_outputs", "state/reply.rs", "out.act(Action::Continue);"),
    ("pain_07", "pain_07_every_error_has_its_class_its_reach_and_its_advice", "state/errors.rs", r#"| "response_cancel_not_active""#),
    ("pain_08", "pain_08_no_late_media_after_an_interrupt_for_any_tail", "state/deltas.rs", "self.audio_bytes += bytes as u64;"),
    ("pain_09", "pain_09_a_cancel_at_any_point_is_sent_once_and_raises_no_error", "state/commands.rs", "self.remember(acknowledged);"),
    ("pain_10", "pain_10_the_cap_is_told_of_before_it_comes", "state/waiting.rs", "self.deadlines.arm(Deadline::Expiry, notice);"),
    ("pain_13", "pain_13_a_late_transcript_lands_where_it_was_spoken", "state/conversation.rs", "item.shown = true;"),
    ("pain_14", "pain_14_each_transcript_ends_once_also_at_the_close", "state/texts.rs", "self.ended.add(Arc::from(item), event.content_index);"),
    ("pain_15", "pain_15_every_command_has_one_outcome_whatever_becomes_of_it", "state/commands.rs", "self.settle(command, Settlement::Unknown, out);"),
    ("pain_16", "pain_16_an_interrupt_works_until_playback_ends", "state/playback.rs", "self.began = Some((now, self.total()));"),
    ("pain_18", "pain_18_nothing_is_lost_before_the_session_is_ready", "session/outbound.rs", "self.bound_audio();"),
    ("pain_19", "pain_19_only_what_changes_is_sent", "state/settings.rs", "left.retain_changes(&self.settings);"),
    ("pain_20", "pain_20_responses_add_up_once_each_also_the_cancelled_and_the_failed", "state/reply.rs", "self.usage += usage;"),
    ("pain_23", "pain_23_every_order_of_arrival_gives_the_same_order", "state/conversation/order.rs", "head.attached = attached;"),
    ("pain_24", "pain_24_a_status_only_advances", "state/conversation.rs", "known.status.clone_from(&item.status);"),
    ("pain_25", "pain_25_a_barge_in_leaves_the_text_of_the_same_reply_alone", "state/responses.rs", "response.cut |= cut;"),
    ("pain_27", "pain_27_control_waits_behind_no_audio", "state/commands/expect.rs", "Self::Item(item) => item.call_id.is_some(),"),
    ("pain_28", "pain_28_a_close_at_any_point_ends_all_that_is_open_and_is_last", "state/close.rs", "self.turns.discard(out);"),
    ("pain_31", "pain_31_a_response_beside_the_conversation_is_gated_and_cut_by_nothing", "session/outbound.rs", "return self.encode(tagged.as_ref().unwrap_or(command), id, Urgency::Ordinary);"),
    ("pain_35", "pain_35_a_late_driver_blames_no_server_that_spoke", "state/waiting.rs", "self.deadlines.restart(Deadline::Silence, self.stall, now);"),
    ("pain_36", "pain_36_an_idle_user_is_told_of", "dialect/openai/input.rs", r#""input_audio_buffer.timeout_triggered" => one(timeout(frame)),"#),
    ("pain_37", "pain_37_a_server_that_silently_does_nothing_is_told_of", "state/waiting.rs", "self.expect(Deadline::Continuation, continues);"),
    ("pain_40", "pain_40_each_shape_of_a_call_is_delivered_once", "state/calls.rs", "_ if call.delivered => return None,"),
    ("pain_44", "pain_44_a_commit_needs_100_ms_in_every_format", "session/outbound.rs", "return Err(SendError::InputTooShort { have, need: COMMIT });"),
];

/// An id whose line was changed, and what its piece became.
const CHANGED: &[(&str, &str)] = &[
    ("m19", "Action::Continue => {}"),
    ("m28", "PREFIX_BYTES: usize = 12;"),
];

#[test]
fn every_id_of_the_machines_has_its_row() {
    let numbered = |letter: &'static str, wanted: Vec<u32>| {
        wanted
            .into_iter()
            .map(move |number| format!("{letter}{number}"))
    };
    let pains = [
        1, 2, 3, 4, 7, 8, 9, 10, 13, 14, 15, 16, 18, 19, 20, 23, 24, 25, 27, 28, 31, 35, 36, 37,
        40, 44,
    ];
    let wanted = numbered("e", (1..=9).chain(11..=16).chain([20]).collect())
        .chain(numbered("m", (1..=30).collect()))
        .chain(numbered("a", (7..=13).chain(20..=23).collect()))
        .chain(numbered(
            "x",
            (3..=11)
                .chain([15])
                .chain(20..=28)
                .chain([30, 33])
                .collect(),
        ))
        .chain(numbered("i", (1..=11).chain(13..=17).collect()))
        .chain(pains.map(|pain| format!("pain_{pain:02}")));

    for id in wanted {
        let rows = IDS.iter().filter(|(row, ..)| *row == id).count();
        assert_eq!(rows, 1, "{id}");
    }
}

#[test]
fn every_test_of_the_table_exists_and_is_named_after_its_id() {
    let tests = sources(&root().join("tests/machines"));
    for (id, test, ..) in IDS {
        assert!(
            test.starts_with(&format!("{id}_")),
            "{test} is named after {id}"
        );
        let is = |visible| tests.contains(&format!("#[test]\n{visible}fn {test}()"));
        assert!(is("") || is("pub(crate) "), "{test}");
    }
}

#[test]
fn every_line_of_the_table_exists_once() {
    for (id, _, file, line) in IDS {
        let code = fs::read_to_string(root().join("src").join(file)).expect("a file of ours");
        assert_eq!(code.matches(line).count(), 1, "{id}: {file}: {line}");
    }
}

#[test]
fn every_change_is_one_of_a_line_of_the_table() {
    for (changed, becomes) in CHANGED {
        let row = IDS.iter().find(|(id, ..)| id == changed);
        let (.., line) = row.expect("the table has its line");
        assert_ne!(line, becomes, "{changed}");
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path) -> String {
    let files = fs::read_dir(folder).expect("the tests are here");
    let read = |file: fs::DirEntry| fs::read_to_string(file.path()).unwrap_or_default();
    files.flatten().map(read).collect()
}
