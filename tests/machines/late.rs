//! Every pain once more, for a host that told the time at the start and is late ever after.
//!
//! The other tests never tell the time, unless time is what they are about: those have drivers that
//! are on time, late and silent of their own. Three are not here: they are about playback of which
//! nothing is known, and who tells the time knows something of it.

use crate::{
    audio, errors, lost, pains_order, pains_settings, pains_speech, pains_time, support::late,
    tools,
};

/// What holds in the same words, whether the time is told or not.
const TIMELESS: &[fn()] = &[
    pains_speech::pain_01_a_request_survives_every_way_to_lose_the_race,
    pains_speech::pain_01_a_request_that_is_refused_for_good_frees_the_slot,
    pains_speech::pain_01_who_replaces_goes_before_who_waits,
    pains_speech::pain_02_a_truncation_never_claims_more_than_there_is,
    pains_speech::pain_02_milliseconds_are_those_of_the_negotiated_format,
    pains_speech::pain_02_what_was_not_heard_at_all_goes_by_policy,
    pains_speech::pain_02_before_the_first_audio_there_is_nothing_to_truncate,
    pains_speech::pain_02_later_items_that_nobody_heard_go_too,
    tools::pain_03_at_every_point_of_a_tool_turn_each_call_is_answered_or_taken_back,
    tools::pain_03_an_output_for_a_call_that_was_taken_back_is_too_late_and_no_mistake,
    tools::pain_04_one_continuation_for_any_order_of_ends_and_outputs,
    tools::pain_04_the_reply_to_an_interruption_is_the_only_one,
    errors::pain_07_every_error_has_its_class_its_reach_and_its_advice,
    errors::pain_07_an_error_about_a_command_is_of_that_command,
    errors::pain_07_the_next_turn_works_after_every_error_that_ends_nothing,
    errors::pain_07_no_error_ends_the_session_by_itself,
    pains_speech::pain_08_no_late_media_after_an_interrupt_for_any_tail,
    pains_speech::pain_08_a_reply_that_was_abandoned_before_it_began_is_never_heard,
    pains_speech::pain_09_a_cancel_at_any_point_is_sent_once_and_raises_no_error,
    pains_time::pain_10_a_cut_at_any_point_keeps_the_history_and_repeats_nothing,
    pains_order::pain_13_a_late_transcript_lands_where_it_was_spoken,
    pains_order::pain_14_each_transcript_ends_once_also_at_the_close,
    pains_order::pain_14_an_interrupted_reply_keeps_what_it_said,
    pains_order::pain_14_a_final_text_is_not_erased_by_an_empty_one,
    pains_settings::pain_15_every_command_has_one_outcome_whatever_becomes_of_it,
    lost::pain_15_an_item_that_was_only_told_as_done_answers_its_command,
    pains_speech::pain_16_an_interrupt_works_until_playback_ends,
    pains_settings::pain_18_nothing_is_lost_before_the_session_is_ready,
    pains_settings::pain_19_only_what_changes_is_sent,
    pains_settings::pain_19_a_voice_after_the_first_audio_is_rejected_without_a_frame,
    pains_settings::pain_19_an_update_keeps_its_place_before_the_output_that_follows,
    pains_settings::pain_20_responses_add_up_once_each_also_the_cancelled_and_the_failed,
    pains_order::pain_23_every_order_of_arrival_gives_the_same_order,
    pains_order::pain_24_a_status_only_advances,
    pains_order::pain_25_two_items_and_two_lanes_overlap_without_mixing,
    pains_order::pain_25_a_barge_in_leaves_the_text_of_the_same_reply_alone,
    pains_time::pain_27_control_waits_behind_no_audio,
    pains_time::pain_28_a_close_at_any_point_ends_all_that_is_open_and_is_last,
    pains_time::pain_28_input_that_was_cleared_is_a_turn_discarded,
    tools::pain_40_each_shape_of_a_call_is_delivered_once,
    tools::pain_40_an_output_goes_out_as_it_was_given,
    audio::pain_44_a_commit_needs_100_ms_in_every_format,
    audio::pain_44_a_commit_that_the_server_made_already_is_superseded,
];

#[test]
fn every_pain_is_healed_for_a_late_host_too() {
    late(|| TIMELESS.iter().for_each(|pain| pain()));
}
