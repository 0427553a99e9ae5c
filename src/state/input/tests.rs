use super::Input;
use crate::{
    audio::AudioFormat,
    state::chart::{Step, assert_chart, chart},
};
use alloc::{format, string::String, vec::Vec};

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Empty,
    /// 20 ms wait for a commit.
    Some,
    /// Half a sample waits for its other half, and nothing else.
    Half,
    SomeAndHalf,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Appended,
    HalfLeft,
    HalfTaken,
    Over,
}

const CHART: &str = "
Empty
    Appended             Some         Some(20ms)
    HalfLeft             Half
    nothing: HalfTaken, Over
Some
    Appended             Some         Some(40ms)
    HalfLeft             SomeAndHalf
    Over                 Empty        Some(0ns)
    nothing: HalfTaken
Half
    Appended             SomeAndHalf  Some(20ms)
    HalfTaken            Empty        half 7
    Over                 Empty
    nothing: HalfLeft
SomeAndHalf
    Appended             SomeAndHalf  Some(40ms)
    HalfTaken            Some         half 7
    Over                 Empty        Some(0ns)
    nothing: HalfLeft
";

#[test]
fn the_input_goes_as_charted() {
    let states = [State::Empty, State::Some, State::Half, State::SomeAndHalf];
    let triggers = [
        Trigger::Appended,
        Trigger::HalfLeft,
        Trigger::HalfTaken,
        Trigger::Over,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

/// What is told is what a commit would hold, where that has changed, and the half that was taken.
fn step(state: State, trigger: Trigger) -> Step<State> {
    let mut input = Input::default();
    if matches!(state, State::Some | State::SomeAndHalf) {
        input.appended(960);
    }
    if matches!(state, State::Half | State::SomeAndHalf) {
        input.carry(7);
    }
    assert_eq!(read(&input), state);
    let before = held(&input);
    let mut told: Vec<_> = pull(&mut input, trigger).into_iter().collect();
    let after = held(&input);
    told.extend((after != before).then_some(after));
    Step {
        after: read(&input),
        told,
    }
}

fn read(input: &Input) -> State {
    match (input.bytes, input.carry) {
        (0, None) => State::Empty,
        (0, Some(_)) => State::Half,
        (_, None) => State::Some,
        (_, Some(_)) => State::SomeAndHalf,
    }
}

fn held(input: &Input) -> String {
    let held = input.since_commit(AudioFormat::pcm16(24_000));
    format!("{held:?}")
}

fn pull(input: &mut Input, trigger: Trigger) -> Option<String> {
    match trigger {
        Trigger::Appended => input.appended(960),
        Trigger::HalfLeft => input.carry(8),
        Trigger::HalfTaken => return input.take_carry().map(|half| format!("half {half}")),
        Trigger::Over => input.over(),
    }
    None
}

#[test]
fn the_mark_of_activity_outlives_the_buffer() {
    let mut input = Input {
        marked: true,
        ..Input::default()
    };

    input.over();

    assert!(input.marked);
}
