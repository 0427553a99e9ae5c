//! How much was heard, and how that is known.

use super::{BYTES, flush, key};
use crate::{
    event::Epoch,
    state::{
        chart::{Step, assert_chart, chart},
        playback::Playback,
    },
    time::Time,
};
use alloc::{format, string::String, vec::Vec};
use core::time::Duration;

/// What is known of how much was heard of audio that lasts 100 ms.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Heard {
    Nothing,
    /// It came while nobody told the time.
    Timeless,
    /// It came at 0 ms, and is assumed to be played in real time.
    Timed,
    ReportedHalf,
    ReportedAll,
}

#[derive(Clone, Copy, Debug)]
enum OfHeard {
    Audio,
    AudioAt50,
    AudioAt200,
    ReportHalf,
    ReportAll,
    ReportTooMuch,
    LateReport,
    Flush,
    FlushAt40,
    FlushAt200,
    FlushUnestimated,
    Reconnected,
}

const HEARD: &str = "
Nothing
    Audio                Timeless
    AudioAt50            Timed        Some(100ms) by 220 ms
    AudioAt200           Timed        Some(20ms) by 220 ms
    ReportHalf           ReportedAll  Some(0ns) by 220 ms
    ReportAll            ReportedAll  Some(0ns) by 220 ms
    ReportTooMuch        ReportedAll  Some(0ns) by 220 ms
    Flush                Nothing      epoch 2, heard None
    FlushAt40            Nothing      epoch 2, heard None
    FlushAt200           Nothing      epoch 2, heard None
    FlushUnestimated     Nothing      epoch 2, heard None
    nothing: LateReport, Reconnected
Timeless
    AudioAt50            Timed        Some(200ms) by 220 ms
    AudioAt200           Timed        Some(120ms) by 220 ms
    ReportHalf           ReportedHalf Some(50ms) by 220 ms
    ReportAll            ReportedAll  Some(100ms) by 220 ms
    ReportTooMuch        ReportedAll  Some(100ms) by 220 ms
    Flush                Nothing      epoch 2, heard None
    FlushAt40            Nothing      epoch 2, heard None
    FlushAt200           Nothing      epoch 2, heard None
    FlushUnestimated     Nothing      epoch 2, heard None
    nothing: Audio, LateReport, Reconnected
Timed
    Audio                Timed        Some(200ms) by 220 ms
    AudioAt50            Timed        Some(200ms) by 220 ms
    AudioAt200           Timed        Some(120ms) by 220 ms
    ReportHalf           ReportedHalf Some(50ms) by 220 ms
    ReportAll            ReportedAll
    ReportTooMuch        ReportedAll
    Flush                Nothing      epoch 2, heard None
    FlushAt40            Nothing      epoch 2, heard Some(40ms), item to 40ms of 100ms
    FlushAt200           Nothing      epoch 2, heard Some(100ms), item to 100ms of 100ms
    FlushUnestimated     Nothing      epoch 2, heard None
    nothing: LateReport, Reconnected
ReportedHalf
    ReportAll            ReportedAll  Some(100ms) by 220 ms
    ReportTooMuch        ReportedAll  Some(100ms) by 220 ms
    Flush                Nothing      epoch 2, heard Some(50ms), item to 50ms of 100ms
    FlushAt40            Nothing      epoch 2, heard Some(50ms), item to 50ms of 100ms
    FlushAt200           Nothing      epoch 2, heard Some(50ms), item to 50ms of 100ms
    FlushUnestimated     Nothing      epoch 2, heard Some(50ms), item to 50ms of 100ms
    nothing: Audio, AudioAt50, AudioAt200, ReportHalf, LateReport, Reconnected
ReportedAll
    Audio                ReportedHalf
    AudioAt50            ReportedHalf
    AudioAt200           ReportedHalf
    Flush                Nothing      epoch 2, heard Some(100ms), item to 100ms of 100ms
    FlushAt40            Nothing      epoch 2, heard Some(100ms), item to 100ms of 100ms
    FlushAt200           Nothing      epoch 2, heard Some(100ms), item to 100ms of 100ms
    FlushUnestimated     Nothing      epoch 2, heard Some(100ms), item to 100ms of 100ms
    nothing: ReportHalf, ReportAll, ReportTooMuch, LateReport, Reconnected
";

#[test]
fn what_was_heard_is_known_as_charted() {
    use OfHeard as T;
    let states = [
        Heard::Nothing,
        Heard::Timeless,
        Heard::Timed,
        Heard::ReportedHalf,
        Heard::ReportedAll,
    ];
    let triggers = [
        T::Audio,
        T::AudioAt50,
        T::AudioAt200,
        T::ReportHalf,
        T::ReportAll,
        T::ReportTooMuch,
        T::LateReport,
        T::Flush,
        T::FlushAt40,
        T::FlushAt200,
        T::FlushUnestimated,
        T::Reconnected,
    ];
    assert_chart(&chart(&states, &triggers, step_heard), HEARD);
}

fn step_heard(state: Heard, trigger: OfHeard) -> Step<Heard> {
    use OfHeard as T;
    let mut playback = Playback::default();
    playback.flush(None, true);
    match state {
        Heard::Nothing => {}
        Heard::Timed => drop(playback.received(key(), BYTES, Some(at(0)))),
        _ => drop(playback.received(key(), BYTES, None)),
    }
    match state {
        Heard::ReportedHalf => pull_heard(&mut playback, T::ReportHalf).clear(),
        Heard::ReportedAll => pull_heard(&mut playback, T::ReportAll).clear(),
        _ => {}
    }
    assert_eq!(read_heard(&playback), state);
    let before = playback.heard(Some(at(220)), true);
    let mut told = pull_heard(&mut playback, trigger);
    let after = playback.heard(Some(at(220)), true);
    if after != before && told.is_empty() {
        told.push(format!("{after:?} by 220 ms"));
    }
    Step {
        after: read_heard(&playback),
        told,
    }
}

fn read_heard(playback: &Playback) -> Heard {
    match (playback.played, playback.began) {
        (Some(played), _) if played < playback.total() => Heard::ReportedHalf,
        (Some(_), _) => Heard::ReportedAll,
        (None, Some(_)) => Heard::Timed,
        (None, None) if playback.total == 0 => Heard::Nothing,
        (None, None) => Heard::Timeless,
    }
}

/// What a flush hands out.
fn pull_heard(playback: &mut Playback, trigger: OfHeard) -> Vec<String> {
    let epoch = playback.epoch;
    match trigger {
        OfHeard::Audio => drop(playback.received(key(), BYTES, None)),
        OfHeard::AudioAt50 => drop(playback.received(key(), BYTES, Some(at(50)))),
        OfHeard::AudioAt200 => drop(playback.received(key(), BYTES, Some(at(200)))),
        OfHeard::ReportHalf => playback.report(epoch, Duration::from_millis(50)),
        OfHeard::ReportAll => playback.report(epoch, Duration::from_millis(100)),
        OfHeard::ReportTooMuch => playback.report(epoch, Duration::from_millis(500)),
        OfHeard::LateReport => playback.report(Epoch::default(), Duration::from_millis(70)),
        OfHeard::Reconnected => playback.carry_on(),
        OfHeard::Flush => return flush(playback, None, true),
        OfHeard::FlushAt40 => return flush(playback, Some(at(40)), true),
        OfHeard::FlushAt200 => return flush(playback, Some(at(200)), true),
        OfHeard::FlushUnestimated => return flush(playback, Some(at(40)), false),
    }
    Vec::new()
}

fn at(millis: u64) -> Time {
    Time(Duration::from_millis(millis))
}
