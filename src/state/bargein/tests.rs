mod taken_back;

use crate::{
    config::{BargeIn, Media, ServerVad, TurnDetection},
    delta::DeltaKind,
    dialect::Fact,
    event::{
        By, Completion, ConversationRef, Epoch, Event, Lane, Outcome, Playback, PlaybackState,
    },
    state::{
        State as Machines,
        chart::{Step, assert_chart, chart, out, told_and_sent},
        sample::{command, created, delta, done, state as machines},
    },
    time::Time,
};
use alloc::{string::String, vec::Vec};
use core::time::Duration;

/// What there is to be cut. All audio lasts 100 ms, of which 40 ms were heard where that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Idle,
    /// A reply is in flight that says nothing aloud.
    Silent,
    /// A reply with audio is in flight, and nobody tells the time.
    Timeless,
    Audible,
    /// A reply with audio is in flight beside the conversation.
    Beside,
    Cut,
    /// The reply has ended, and some of it was not heard.
    Unheard,
    /// The reply has ended, and nobody tells what was heard.
    Unknown,
    Heard,
    /// The server plays it to the user, elsewhere.
    Remote,
}

#[derive(Clone, Copy, Debug)]
enum Trigger {
    Speech,
    SpeechIgnored,
    SpeechUndetected,
    SpeechOnCommit,
    SpeechManual,
    SpeechPassive,
    SpeechTruncated,
    Commit,
    CommitOfSpeech,
    CommitIgnored,
    CommitUndetected,
    CommitOnCommit,
    CommitManual,
    Cleared,
    Interrupt,
    Cancel,
    CancelledBySpeech,
}

const CHART: &str = "
Idle
    Cleared              Idle         playback
    Interrupt            Idle         settled Superseded
    Cancel               Idle         settled Superseded
    CancelledBySpeech    Idle         response_started, ended Cancelled(UserSpeech)
    nothing: Speech, SpeechIgnored, SpeechUndetected, SpeechOnCommit, SpeechManual, SpeechPassive, SpeechTruncated, Commit, CommitOfSpeech, CommitIgnored, CommitUndetected, CommitOnCommit, CommitManual
Silent
    Cleared              Silent       playback
    Interrupt            Cut          interrupted, heard None, flush 1, > cancel resp
    Cancel               Silent       > cancel resp
    CancelledBySpeech    Idle         text_done, ended Cancelled(UserSpeech)
    nothing: Speech, SpeechIgnored, SpeechUndetected, SpeechOnCommit, SpeechManual, SpeechPassive, SpeechTruncated, Commit, CommitOfSpeech, CommitIgnored, CommitUndetected, CommitOnCommit, CommitManual
Timeless
    Speech               Cut          interrupted, heard None, flush 1
    SpeechPassive        Cut          interrupted, heard None, flush 1
    SpeechTruncated      Cut          interrupted, heard None, flush 1
    Commit               Cut          interrupted, heard None, flush 1
    CommitUndetected     Cut          interrupted, heard None, flush 1, > cancel resp
    CommitOnCommit       Cut          interrupted, heard None, flush 1
    Cleared              Timeless     playback
    Interrupt            Cut          interrupted, heard None, flush 1, > cancel resp
    Cancel               Timeless     > cancel resp
    CancelledBySpeech    Idle         interrupted, heard None, flush 1, ended Cancelled(UserSpeech)
    nothing: SpeechIgnored, SpeechUndetected, SpeechOnCommit, SpeechManual, CommitOfSpeech, CommitIgnored, CommitManual
Audible
    Speech               Cut          interrupted, heard Some(40ms), flush 1, truncated 40ms, > truncate item 40ms
    SpeechPassive        Cut          interrupted, heard Some(40ms), flush 1
    SpeechTruncated      Cut          interrupted, heard Some(40ms), flush 1
    Commit               Cut          interrupted, heard Some(40ms), flush 1, truncated 40ms, > truncate item 40ms
    CommitUndetected     Cut          interrupted, heard Some(40ms), flush 1, truncated 40ms, > truncate item 40ms, > cancel resp
    CommitOnCommit       Cut          interrupted, heard Some(40ms), flush 1, truncated 40ms, > truncate item 40ms
    Cleared              Audible      playback
    Interrupt            Cut          interrupted, heard Some(40ms), flush 1, truncated 40ms, > truncate item 40ms, > cancel resp
    Cancel               Audible      > cancel resp
    CancelledBySpeech    Idle         interrupted, heard Some(40ms), flush 1, truncated 40ms, ended Cancelled(UserSpeech), > truncate item 40ms
    nothing: SpeechIgnored, SpeechUndetected, SpeechOnCommit, SpeechManual, CommitOfSpeech, CommitIgnored, CommitManual
Beside
    Speech               Cut          interrupted, heard Some(40ms), flush 1, > cancel resp
    SpeechPassive        Cut          interrupted, heard Some(40ms), flush 1
    SpeechTruncated      Cut          interrupted, heard Some(40ms), flush 1, > cancel resp
    Commit               Cut          interrupted, heard Some(40ms), flush 1, > cancel resp
    CommitUndetected     Cut          interrupted, heard Some(40ms), flush 1, > cancel resp
    CommitOnCommit       Cut          interrupted, heard Some(40ms), flush 1, > cancel resp
    Cleared              Beside       playback
    Interrupt            Cut          interrupted, heard Some(40ms), flush 1, settled Accepted, > cancel resp
    Cancel               Beside       settled Superseded
    CancelledBySpeech    Idle         interrupted, heard Some(40ms), flush 1, ended Cancelled(UserSpeech)
    nothing: SpeechIgnored, SpeechUndetected, SpeechOnCommit, SpeechManual, CommitOfSpeech, CommitIgnored, CommitManual
Cut
    Cleared              Cut          playback
    Interrupt            Cut          > cancel resp
    Cancel               Cut          > cancel resp
    CancelledBySpeech    Idle         ended Cancelled(UserSpeech), > delete item
    nothing: Speech, SpeechIgnored, SpeechUndetected, SpeechOnCommit, SpeechManual, SpeechPassive, SpeechTruncated, Commit, CommitOfSpeech, CommitIgnored, CommitUndetected, CommitOnCommit, CommitManual
Unheard
    Speech               Idle         interrupted, heard Some(40ms), flush 1, truncated 40ms, > truncate item 40ms
    SpeechPassive        Idle         interrupted, heard Some(40ms), flush 1
    SpeechTruncated      Idle         interrupted, heard Some(40ms), flush 1
    Commit               Idle         interrupted, heard Some(40ms), flush 1, truncated 40ms, > truncate item 40ms
    CommitUndetected     Idle         interrupted, heard Some(40ms), flush 1, truncated 40ms, > truncate item 40ms
    CommitOnCommit       Idle         interrupted, heard Some(40ms), flush 1, truncated 40ms, > truncate item 40ms
    Cleared              Unheard      playback
    Interrupt            Idle         interrupted, heard Some(40ms), flush 1, truncated 40ms, settled Accepted, > truncate item 40ms
    Cancel               Unheard      settled Superseded
    nothing: SpeechIgnored, SpeechUndetected, SpeechOnCommit, SpeechManual, CommitOfSpeech, CommitIgnored, CommitManual, CancelledBySpeech
Unknown
    Cleared              Unknown      playback
    Interrupt            Unknown      settled Superseded
    Cancel               Unknown      settled Superseded
    nothing: Speech, SpeechIgnored, SpeechUndetected, SpeechOnCommit, SpeechManual, SpeechPassive, SpeechTruncated, Commit, CommitOfSpeech, CommitIgnored, CommitUndetected, CommitOnCommit, CommitManual, CancelledBySpeech
Heard
    Cleared              Heard        playback
    Interrupt            Heard        settled Superseded
    Cancel               Heard        settled Superseded
    nothing: Speech, SpeechIgnored, SpeechUndetected, SpeechOnCommit, SpeechManual, SpeechPassive, SpeechTruncated, Commit, CommitOfSpeech, CommitIgnored, CommitUndetected, CommitOnCommit, CommitManual, CancelledBySpeech
Remote
    Speech               Idle         interrupted, heard None, flush 1
    SpeechPassive        Idle         interrupted, heard None, flush 1
    SpeechTruncated      Idle         interrupted, heard None, flush 1
    Commit               Idle         interrupted, heard None, flush 1
    CommitUndetected     Idle         interrupted, heard None, flush 1
    CommitOnCommit       Idle         interrupted, heard None, flush 1
    Cleared              Idle         playback, interrupted, heard None, flush 1
    Interrupt            Idle         interrupted, heard None, flush 1, settled Accepted, > clear output
    Cancel               Remote       settled Superseded
    CancelledBySpeech    Remote       response_started, ended Cancelled(UserSpeech)
    nothing: SpeechIgnored, SpeechUndetected, SpeechOnCommit, SpeechManual, CommitOfSpeech, CommitIgnored, CommitManual
";

#[test]
fn a_barge_in_goes_as_charted() {
    use Trigger as T;
    let states = [
        State::Idle,
        State::Silent,
        State::Timeless,
        State::Audible,
        State::Beside,
        State::Cut,
        State::Unheard,
        State::Unknown,
        State::Heard,
        State::Remote,
    ];
    let triggers = [
        T::Speech,
        T::SpeechIgnored,
        T::SpeechUndetected,
        T::SpeechOnCommit,
        T::SpeechManual,
        T::SpeechPassive,
        T::SpeechTruncated,
        T::Commit,
        T::CommitOfSpeech,
        T::CommitIgnored,
        T::CommitUndetected,
        T::CommitOnCommit,
        T::CommitManual,
        T::Cleared,
        T::Interrupt,
        T::Cancel,
        T::CancelledBySpeech,
    ];
    assert_chart(&chart(&states, &triggers, step), CHART);
}

fn step(state: State, trigger: Trigger) -> Step<State> {
    let mut machines = machines();
    bring(&mut machines, state);
    assert_eq!(read(&machines), state);
    let told = pull(&mut machines, trigger);
    Step {
        after: read(&machines),
        told,
    }
}

fn bring(machines: &mut Machines, state: State) {
    use State as S;
    let completed = || Outcome::Completed(Completion::EndTurn);
    let mut out = out();
    if matches!(
        state,
        S::Audible | S::Beside | S::Cut | S::Unheard | S::Heard
    ) {
        machines.told(at(0), &mut out);
    }
    match state {
        S::Idle | S::Remote => {}
        S::Silent => {
            delta(machines, DeltaKind::Text(Lane::Display), "one", &mut out);
        }
        S::Beside => {
            created(machines, Some("resp"), ConversationRef::OutOfBand, &mut out);
            say(machines);
        }
        _ => say(machines),
    }
    match state {
        S::Cut => machines.spoken_over(&mut out),
        S::Unheard | S::Unknown | S::Heard => done(machines, Some("resp"), completed(), &mut out),
        S::Remote => {
            machines.media = Media::Remote;
            plays(machines, PlaybackState::Started);
        }
        _ => {}
    }
    if matches!(state, S::Audible | S::Beside | S::Unheard | S::Heard) {
        machines.told(at(if state == S::Heard { 100 } else { 40 }), &mut out);
    }
}

/// 100 ms of audio come.
fn say(machines: &mut Machines) {
    delta(machines, DeltaKind::Audio, &"A".repeat(6400), &mut out());
}

fn plays(machines: &mut Machines, state: PlaybackState) -> Vec<String> {
    let mut out = out();
    let playback = Playback {
        state,
        response_id: None,
        epoch: Epoch::default(),
    };
    machines.observe(Fact::Event(Event::Playback(playback)), &mut out);
    told_and_sent(out)
}

fn read(machines: &Machines) -> State {
    let responses = &machines.responses;
    let played = machines.playback.epoch.0 == 0 && machines.audio_bytes > 0;
    match responses.active() {
        Some(reply) if reply.cut => State::Cut,
        Some(reply) if !reply.had_audio => State::Silent,
        Some(_) if machines.now.is_none() => State::Timeless,
        Some(_) => State::Audible,
        None if machines.remote_audible => State::Remote,
        None if responses.is_audible() => State::Beside,
        None if machines.audio_bytes > 0 && !responses.has_ended("resp") => State::Cut,
        None if !played => State::Idle,
        None if machines.playback.is_unheard(machines.now, true) => State::Unheard,
        None if machines.now.is_some() => State::Heard,
        None => State::Unknown,
    }
}

fn pull(machines: &mut Machines, trigger: Trigger) -> Vec<String> {
    use Trigger as T;
    let mut out = out();
    set_up(machines, trigger);
    match trigger {
        T::Speech
        | T::SpeechIgnored
        | T::SpeechUndetected
        | T::SpeechOnCommit
        | T::SpeechManual
        | T::SpeechPassive
        | T::SpeechTruncated => machines.spoken_over(&mut out),
        T::CommitOfSpeech | T::CommitOnCommit => machines.committed_over(true, &mut out),
        T::Commit | T::CommitIgnored | T::CommitUndetected | T::CommitManual => {
            machines.committed_over(false, &mut out);
        }
        T::Cleared => return plays(machines, PlaybackState::Cleared),
        T::Interrupt => machines.interrupt(command(), &mut out),
        T::Cancel => machines.cancel(command(), None, &mut out),
        T::CancelledBySpeech => {
            let outcome = Outcome::Cancelled(By::UserSpeech);
            done(machines, Some("resp"), outcome, &mut out);
        }
    }
    told_and_sent(out)
}

/// How the session is set up when the trigger comes.
fn set_up(machines: &mut Machines, trigger: Trigger) {
    use Trigger as T;
    match trigger {
        T::SpeechIgnored | T::CommitIgnored => {
            let vad = ServerVad {
                interrupt_response: Some(false),
                ..ServerVad::default()
            };
            machines.settings.turn_detection = Some(TurnDetection::ServerVad(vad));
        }
        T::SpeechUndetected | T::CommitUndetected => {
            machines.settings.turn_detection = Some(TurnDetection::Manual);
        }
        T::SpeechOnCommit | T::CommitOnCommit => machines.policy.barge_in = BargeIn::OnCommit,
        T::SpeechManual | T::CommitManual => machines.policy.barge_in = BargeIn::Manual,
        T::SpeechPassive => machines.policy.passive = true,
        T::SpeechTruncated => machines.capabilities.server_truncates = true,
        _ => {}
    }
}

fn at(millis: u64) -> Time {
    Time(Duration::from_millis(millis))
}
