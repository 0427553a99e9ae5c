mod heard;

use super::{PartKey, Playback};
use crate::{
    audio::AudioFormat,
    state::chart::{Step, assert_chart, chart, out},
    time::Time,
};
use alloc::{format, string::String, vec, vec::Vec};
use core::time::Duration;

/// How far the audio of a part is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Unknown,
    /// Room was made, and no audio has come.
    Open,
    Received,
    /// Its audio is told to be whole.
    Done,
    /// Its response has ended.
    Over,
    /// It came on an earlier connection: this one cannot cut its item.
    Orphaned,
    /// Too many came after it: it is heard as a whole, and how long it was is remembered.
    Folded,
    /// A barge-in has flushed it; how long it was is remembered.
    Flushed,
}

#[derive(Clone, Copy, Debug)]
enum OfPart {
    Opened,
    Audio,
    Done,
    ResponseEnded,
    OtherEnded,
    Crowded,
    Flushed,
    Reconnected,
}

const PART: &str = "
Unknown
    Opened               Open
    Audio                Received
    Flushed              Unknown      epoch 1, heard Some(0ns)
    nothing: Done, ResponseEnded, OtherEnded, Crowded, Reconnected
Open
    Audio                Received
    Done                 Done
    ResponseEnded        Over
    Crowded              Folded
    Flushed              Flushed      epoch 1, heard Some(0ns)
    Reconnected          Orphaned
    nothing: Opened, OtherEnded
Received
    Done                 Done
    ResponseEnded        Over
    Crowded              Folded
    Flushed              Flushed      epoch 1, heard Some(100ms), item to 100ms of 100ms
    Reconnected          Orphaned
    nothing: Opened, Audio, OtherEnded
Done
    ResponseEnded        Over
    Crowded              Folded
    Flushed              Flushed      epoch 1, heard Some(100ms), item to 100ms of 100ms
    Reconnected          Orphaned
    nothing: Opened, Audio, Done, OtherEnded
Over
    Opened               Open
    Audio                Received
    Crowded              Folded
    Flushed              Flushed      epoch 1, heard Some(100ms), item to 100ms of 100ms
    Reconnected          Orphaned
    nothing: Done, ResponseEnded, OtherEnded
Orphaned
    Opened               Open
    Audio                Received
    Crowded              Unknown
    Flushed              Unknown      epoch 1, heard Some(100ms), no item to 100ms of 100ms
    nothing: Done, ResponseEnded, OtherEnded, Reconnected
Folded
    Opened               Open
    Audio                Received
    Flushed              Unknown      epoch 1, heard Some(100ms)
    Reconnected          Unknown
    nothing: Done, ResponseEnded, OtherEnded, Crowded
Flushed
    Opened               Open
    Audio                Received
    Flushed              Flushed      epoch 2, heard Some(0ns)
    Reconnected          Unknown
    nothing: Done, ResponseEnded, OtherEnded, Crowded
";

#[test]
fn the_audio_of_a_part_goes_as_charted() {
    use OfPart as T;
    let states = [
        Part::Unknown,
        Part::Open,
        Part::Received,
        Part::Done,
        Part::Over,
        Part::Orphaned,
        Part::Folded,
        Part::Flushed,
    ];
    let triggers = [
        T::Opened,
        T::Audio,
        T::Done,
        T::ResponseEnded,
        T::OtherEnded,
        T::Crowded,
        T::Flushed,
        T::Reconnected,
    ];
    assert_chart(&chart(&states, &triggers, step_part), PART);
}

fn step_part(state: Part, trigger: OfPart) -> Step<Part> {
    use OfPart as T;
    let mut playback = Playback::default();
    let path = match state {
        Part::Unknown => vec![],
        Part::Open => vec![T::Opened],
        Part::Received => vec![T::Audio],
        Part::Done => vec![T::Audio, T::Done],
        Part::Over => vec![T::Audio, T::ResponseEnded],
        Part::Orphaned => vec![T::Audio, T::Reconnected],
        Part::Folded => vec![T::Audio, T::Crowded],
        Part::Flushed => vec![T::Audio, T::Flushed],
    };
    for trigger in path {
        pull_part(&mut playback, trigger);
    }
    assert_eq!(read_part(&playback), state);
    let told = pull_part(&mut playback, trigger);
    Step {
        after: read_part(&playback),
        told,
    }
}

fn read_part(playback: &Playback) -> Part {
    let remembered = playback.received_of("item", 0).is_some();
    match playback.parts.iter().rfind(|part| part.index == 0) {
        None if remembered && playback.epoch.0 == 0 => Part::Folded,
        None if remembered => Part::Flushed,
        None => Part::Unknown,
        Some(part) if part.item.is_none() => Part::Orphaned,
        Some(part) if part.over => Part::Over,
        Some(part) if part.done => Part::Done,
        Some(part) if part.is_empty() => Part::Open,
        Some(_) => Part::Received,
    }
}

/// What a flush hands out, after all of it was reported to be heard.
fn pull_part(playback: &mut Playback, trigger: OfPart) -> Vec<String> {
    match trigger {
        OfPart::Opened => {
            playback.open(key());
        }
        OfPart::Audio => drop(playback.received(key(), BYTES, None)),
        OfPart::Done => playback.done(Some("item"), 0),
        OfPart::ResponseEnded => {
            playback.response_ended(Some("resp"));
        }
        OfPart::OtherEnded => {
            playback.response_ended(Some("other"));
        }
        OfPart::Crowded => crowd(playback),
        OfPart::Reconnected => playback.carry_on(),
        OfPart::Flushed => {
            playback.report(playback.epoch, Duration::from_secs(1));
            return flush(playback, None, true);
        }
    }
    Vec::new()
}

/// As many other parts begin as are told apart.
fn crowd(playback: &mut Playback) {
    for index in 1..=64 {
        playback.open(PartKey {
            item: Some("other"),
            index,
            ..key()
        });
    }
}

#[test]
fn what_nobody_heard_is_deleted_once_its_response_has_ended() {
    let mut playback = Playback::default();
    playback.delete_later(Some("resp".into()), "item", &mut out());
    assert!(playback.response_ended(Some("other")).is_empty());
    assert_eq!(playback.response_ended(Some("resp")), ["item".into()]);
    assert!(playback.response_ended(Some("resp")).is_empty());
}

#[test]
fn what_is_not_told_apart_counts_in_its_own_epoch_only() {
    let mut playback = Playback::default();
    for trigger in [OfPart::Audio, OfPart::Crowded, OfPart::Audio] {
        pull_part(&mut playback, trigger);
    }
    playback.report(playback.epoch, Duration::from_millis(140));
    let told = flush(&mut playback, None, true);
    assert_eq!(
        told,
        ["epoch 1, heard Some(140ms)", "item to 40ms of 100ms"]
    );
    pull_part(&mut playback, OfPart::Audio);
    playback.report(playback.epoch, Duration::from_millis(30));
    let told = flush(&mut playback, None, true);
    assert_eq!(told, ["epoch 2, heard Some(30ms)", "item to 30ms of 100ms"]);
}

/// 100 ms.
const BYTES: usize = 4800;

fn key() -> PartKey<'static> {
    PartKey {
        beside: false,
        item: Some("item"),
        response: Some("resp"),
        index: 0,
        format: AudioFormat::pcm16(24_000),
    }
}

fn flush(playback: &mut Playback, now: Option<Time>, estimate: bool) -> Vec<String> {
    let (heard, cuts) = playback.flush(now, estimate);
    let some = cuts.iter().filter(|cut| !cut.part.is_empty());
    let cuts = some.map(|cut| {
        let item = cut.part.item.as_deref().unwrap_or("no item");
        format!("{item} to {:?} of {:?}", cut.heard, cut.part.received())
    });
    let mut told = vec![format!("epoch {}, heard {heard:?}", playback.epoch.0)];
    told.extend(cuts);
    told
}

#[test]
fn the_audio_of_an_item_ends_once() {
    let mut playback = Playback::default();
    playback.received(key(), 960, None);
    playback.received(
        PartKey {
            item: Some("other"),
            ..key()
        },
        960,
        None,
    );

    let ends = ["item", "item", "silent", "other"].map(|item| playback.take_open(item));

    assert_eq!(ends, [true, false, false, true]);
}
